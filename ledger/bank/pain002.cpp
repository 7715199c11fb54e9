// pain.002, versions .001.02 to .001.14: GrpHdr, OrgnlGrpInfAndSts, OrgnlPmtInfAndSts*,
// TxInfAndSts*. The names that we need are the same in all of them.
#include <array>

#include "ledger/bank/payment_status_parts.h"
#include "ledger/bank/status_reasons.h"
#include "ledger/base/text.h"

namespace deodat::bank::status {
namespace {

struct CodeRow {
    std::string_view code;
    Stage stage;
};

// ExternalPaymentGroupStatus and ExternalPaymentTransactionStatus. PART says that its lines differ:
// what they say counts. The codes of the payee's verification stop nothing and end nothing.
constexpr auto codes = std::to_array<CodeRow>({
    {"RCVD", Stage::received},        {"PDNG", Stage::received},
    {"PART", Stage::received},        {"PRES", Stage::received},
    {"PATC", Stage::received},        {"RCVC", Stage::received},
    {"RVCM", Stage::received},        {"RVMC", Stage::received},
    {"RVNM", Stage::received},        {"RVNA", Stage::received},
    {"RVNC", Stage::received},        {"ACTC", Stage::technically_accepted},
    {"ACCP", Stage::accepted},        {"ACFC", Stage::accepted},
    {"ACFW", Stage::accepted},        {"ACWC", Stage::accepted},
    {"ACWP", Stage::taken_in_charge}, {"ACSP", Stage::taken_in_charge},
    {"ACPD", Stage::taken_in_charge}, {"ACIS", Stage::taken_in_charge},
    {"BLCK", Stage::taken_in_charge}, {"ACSC", Stage::announced_paid},
    {"ACCC", Stage::announced_paid},  {"CPUC", Stage::announced_paid},
    {"RJCT", Stage::rejected},        {"CANC", Stage::rejected},
});

Stage stage_of_code(std::string_view code) {
    for (const CodeRow& row : codes) {
        if (row.code == code) return row.stage;
    }
    return Stage::unknown;
}

std::vector<StatusReason> reasons_of(const XmlElement& holder) {
    constexpr std::size_t reasons_max = 20;
    std::vector<StatusReason> out;
    for (XmlElement info = holder.first_child(); info; info = info.next()) {
        if (info.name() != "StsRsnInf" || out.size() == reasons_max) continue;
        const XmlElement reason = info.child("Rsn");
        StatusReason found{text_of(reason.child("Cd") ? reason.child("Cd") : reason.child("Prtry")),
                           {}};
        if (!found.code.empty()) found.french = iso_reason(found.code);
        for (const XmlElement& more : info.children("AddtlInf")) {
            if (!found.french.empty()) found.french += " – ";
            found.french += more.text();
        }
        if (!found.code.empty() || !found.french.empty()) out.push_back(std::move(found));
    }
    return out;
}

// A code of no list is told, and changes nothing.
StatusItem item_of(const XmlElement& holder, std::string_view status_name, StatusLevel level,
                   StatusReport& report) {
    StatusItem item{.level = level, .code = text_of(holder.child(status_name))};
    item.stage = stage_of_code(item.code);
    item.reasons = reasons_of(holder);
    if (item.stage == Stage::unknown && !item.code.empty()) {
        remark(report, std::string(status_name),
               "Le statut « " + shown(item.code) + " » n'est d'aucune liste : il est sans effet.");
    }
    return item;
}

Result<Done> read_line(const XmlElement& element, const std::string& block, StatusReport& report) {
    StatusItem item = item_of(element, "TxSts", StatusLevel::line, report);
    item.block = block;
    item.id = text_of(element.child("OrgnlEndToEndId"));
    item.instruction = text_of(element.child("OrgnlInstrId"));
    const std::string place = "TxInfAndSts[" + std::to_string(report.items.size() + 1) + "]";
    if (item.id.empty() && item.instruction.empty()) {
        return damaged(place,
                       "l'opération n'a ni OrgnlEndToEndId ni OrgnlInstrId : on ne sait de "
                       "quel virement elle parle.");
    }
    const XmlElement amount = element.at("OrgnlTxRef", "Amt", "InstdAmt");
    if (amount) {
        if (const auto read = money_from_decimal(place, amount.text())) {
            item.amount = *read;
        } else {
            remark(report, place,
                   "Le montant rappelé « " + shown(amount.text()) + " » est illisible.");
        }
    }
    return add(report, std::move(item));
}

Result<Done> read_block(const XmlElement& element, StatusReport& report) {
    StatusItem item = item_of(element, "PmtInfSts", StatusLevel::block, report);
    item.block = text_of(element.child("OrgnlPmtInfId"));
    if (item.block.empty()) {
        return damaged("OrgnlPmtInfAndSts", "le bloc n'a pas d'identifiant (OrgnlPmtInfId).");
    }
    const std::string block = item.block;
    if (!item.code.empty() || !item.reasons.empty()) {
        if (auto added = add(report, std::move(item)); !added) return added;
    }
    for (XmlElement line = element.first_child(); line; line = line.next()) {
        if (line.name() != "TxInfAndSts") continue;
        if (auto read = read_line(line, block, report); !read) return read;
    }
    return Done{};
}

constexpr std::string_view prefix = "urn:iso:std:iso:20022:tech:xsd:";

}  // namespace

bool is_pain002(const XmlTree& tree) {
    const std::string_view name_space = tree.root().declared_namespace();
    return tree.root().child("CstmrPmtStsRpt") &&
           (name_space.empty() || name_space.find("pain.002.") != std::string_view::npos);
}

Result<StatusReport> read_pain002(const XmlTree& tree) {
    const XmlElement message = tree.root().child("CstmrPmtStsRpt");
    std::string_view format = tree.root().declared_namespace();
    if (format.starts_with(prefix)) format.remove_prefix(prefix.size());
    StatusReport report;
    report.format = format.empty() ? "pain.002" : std::string(format);
    if (format.empty()) {
        remark(report, "Document",
               "Le fichier n'a pas l'espace de noms de sa version (xmlns) : il est lu quand même.");
    }
    report.id = text_of(message.at("GrpHdr", "MsgId"));
    report.created = text_of(message.at("GrpHdr", "CreDtTm"));
    const XmlElement group = message.child("OrgnlGrpInfAndSts");
    if (report.id.empty() || !group) {
        return damaged("GrpHdr",
                       "l'identifiant du compte rendu (MsgId) ou la référence du fichier "
                       "d'origine (OrgnlGrpInfAndSts) manque.");
    }
    report.original_file = text_of(group.child("OrgnlMsgId"));
    report.original_format = text_of(group.child("OrgnlMsgNmId"));
    if (report.original_file.empty()) {
        remark(report, "OrgnlMsgId",
               "Le compte rendu ne dit pas de quel fichier il parle : il ne peut être rapproché.");
    }
    StatusItem whole = item_of(group, "GrpSts", StatusLevel::file, report);
    if (!whole.code.empty() || !whole.reasons.empty()) {
        if (auto added = add(report, std::move(whole)); !added) return added.refusal();
    }
    for (XmlElement block = message.first_child(); block; block = block.next()) {
        if (block.name() != "OrgnlPmtInfAndSts") continue;
        if (auto read = read_block(block, report); !read) return read.refusal();
    }
    if (report.items.empty()) {
        return damaged("OrgnlGrpInfAndSts", "le compte rendu ne contient aucun statut.");
    }
    return report;
}

}  // namespace deodat::bank::status
