// The reading side: control figures, lines and faults of a pain.001 file, whoever wrote it.
#include <algorithm>
#include <set>

#include "ledger/bank/statement.h"
#include "ledger/bank/xml.h"
#include "ledger/base/bic.h"
#include "ledger/base/text.h"
#include "reports/transfers/sepa_text.h"
#include "reports/transfers/target_days.h"
#include "reports/transfers/transfer_file.h"

namespace deodat::reports {
namespace {

using bank::WideSum;
using bank::XmlElement;

std::string text_of(const XmlElement& element) {
    return std::string(element.text());
}

class Reader {
  public:
    ReadTransfers take() { return std::move(out_); }

    void read(const XmlElement& document, std::string_view format) {
        out_.format = format;
        const XmlElement message = document.child("CstmrCdtTrfInitn");
        const XmlElement header = message.child("GrpHdr");
        out_.message_id = text_of(header.child("MsgId"));
        out_.created = text_of(header.child("CreDtTm"));
        out_.announced_count = text_of(header.child("NbOfTxs"));
        out_.announced_sum = text_of(header.child("CtrlSum"));
        keep(check_sepa_identifier("MsgId", out_.message_id));
        check_address("InitgPty", header.at("InitgPty", "PstlAdr"));
        for (const XmlElement& block : message.children("PmtInf")) read_block(block);
        if (out_.transfers.empty()) fault("transfers", "Le fichier ne contient aucun virement.");
        check_count(header, "fichier", 0);
        check_sum(header, "fichier", 0);
        out_.sum = sum_from(0);
        check_texts(document);
    }

  private:
    void note(const Refusal& fault) {
        if (out_.faults.size() < faults_max) out_.faults.push_back(fault);
    }

    void fault(std::string field, std::string message, Code code = Code::transfer_invalid) {
        note(Refusal{code, std::move(field), std::move(message)});
    }

    template <class T>
    void keep(const Result<T>& checked) {
        if (!checked) note(checked.refusal());
    }

    void read_block(const XmlElement& block) {
        const std::size_t first = out_.transfers.size();
        const std::string id = text_of(block.child("PmtInfId"));
        keep(check_sepa_identifier("PmtInfId", id));
        if (!block_ids_.insert(id).second) {
            fault("PmtInfId", "Le bloc « " + shown(id) + " » porte le nom d'un autre.",
                  Code::duplicate);
        }
        if (block.child("PmtMtd").text() != "TRF") {
            fault("PmtMtd", "Le mode de paiement du bloc « " + shown(id) + " » doit être TRF.");
        }
        out_.debtor_name = text_of(block.at("Dbtr", "Nm"));
        out_.debtor_account = text_of(block.at("DbtrAcct", "Id", "IBAN"));
        (void)check_account("DbtrAcct", out_.debtor_account);
        check_bank("DbtrAgt", block.at("DbtrAgt", "FinInstnId"));
        for (const char* party : {"Dbtr", "UltmtDbtr"}) {
            check_address(party, block.at(party, "PstlAdr"));
        }
        check_terms("bloc « " + shown(id) + " »", block);
        const XmlElement requested = block.child("ReqdExctnDt");
        const std::string day = day_of(requested);
        check_day(day);
        for (const XmlElement& element : block.children("CdtTrfTxInf")) {
            read_transfer(element, id, day);
        }
        // The schema lets a block be silent; when it speaks, it must be right.
        const std::string place = "bloc « " + shown(id) + " »";
        if (block.child("NbOfTxs")) check_count(block, place, first);
        if (block.child("CtrlSum")) check_sum(block, place, first);
    }

    // A bare day in .03, a day or a day and hour (DtTm) since .08.
    static std::string day_of(const XmlElement& requested) {
        constexpr std::size_t day_length = 10;
        if (requested.child("Dt")) return text_of(requested.child("Dt"));
        if (!requested.child("DtTm")) return text_of(requested);
        return text_of(requested.child("DtTm")).substr(0, day_length);
    }

    void check_day(const std::string& text) {
        const auto day = Day::parse("ReqdExctnDt", text);
        if (!day) {
            note(day.refusal());
        } else if (!is_target_day(*day)) {
            fault("ReqdExctnDt",
                  "Aucun virement ne se règle le " + day->french() +
                      " ; le premier jour possible est le " + next_target_day(*day).french() + ".",
                  Code::transfer_day);
        }
    }

    void read_transfer(const XmlElement& element, const std::string& block_id,
                       const std::string& day) {
        const XmlElement amount = element.at("Amt", "InstdAmt");
        ReadTransfer line{.block_id = block_id,
                          .end_to_end_id = text_of(element.at("PmtId", "EndToEndId")),
                          .instruction_id = text_of(element.at("PmtId", "InstrId")),
                          .amount = {},
                          .currency = std::string(amount.currency()),
                          .creditor_name = text_of(element.at("Cdtr", "Nm")),
                          .creditor_account = text_of(element.at("CdtrAcct", "Id", "IBAN")),
                          .remittance = text_of(element.at("RmtInf", "Ustrd")),
                          .execution_day = day};
        const std::string field = "transfers[" + std::to_string(out_.transfers.size() + 1) + "]";
        check_amount(field, amount, line);
        check_parties(field, element, line);
        keep(check_sepa_identifier(field + ".EndToEndId", line.end_to_end_id));
        if (!line.instruction_id.empty()) {
            keep(check_sepa_identifier(field + ".InstrId", line.instruction_id));
        }
        // "No reference": many may have none.
        const bool named = line.end_to_end_id != "NOTPROVIDED";
        if (named && !end_to_end_ids_.insert(line.end_to_end_id).second) {
            note(Refusal{
                Code::duplicate, field + ".EndToEndId",
                "L'identifiant « " + shown(line.end_to_end_id) + " » est donné deux fois."});
        }
        if (code_points(line.remittance) > sepa_remittance_length_max ||
            element.child("RmtInf").children("Ustrd").size() > 1) {
            fault(field + ".Ustrd", "Un seul libellé de 140 caractères au plus est admis.",
                  Code::transfer_text);
        }
        if (element.at("RmtInf", "Ustrd") && element.at("RmtInf", "Strd")) {
            fault(
                field + ".RmtInf",
                "Le libellé est donné en clair (Ustrd) et structuré (Strd) : un seul des deux est "
                "admis.",
                Code::transfer_text);
        }
        out_.transfers.push_back(std::move(line));
    }

    // As the message must write it: banks refuse blanks and small letters, which people use.
    Result<Iban> check_account(const std::string& field, const std::string& text) {
        auto account = Iban::parse(field, text);
        keep(account);
        if (account && account->text() != text) {
            note(Refusal{Code::iban_character, field,
                         "Le compte « " + shown(text) +
                             " » doit être écrit en capitales et sans blanc : « " +
                             account->text() + " »."});
        }
        return account;
    }

    void check_amount(const std::string& field, const XmlElement& amount, ReadTransfer& line) {
        const auto read = money_from_decimal(field + ".InstdAmt", amount.text());
        if (!read) {
            note(read.refusal());
            return;
        }
        line.amount = *read;
        if (line.currency != "EUR") {
            fault(field + ".Ccy",
                  "La devise est « " + shown(line.currency) + " » ; EUR est attendu.",
                  Code::transfer_currency);
        }
        if (*read < transfer_amount_min || *read > transfer_amount_max) {
            note(Refusal{Code::amount_out_of_range, field + ".InstdAmt",
                         "Le montant " + french(*read) + " sort des bornes d'un virement SEPA."});
        }
    }

    void check_parties(const std::string& field, const XmlElement& element,
                       const ReadTransfer& line) {
        const auto account = check_account(field + ".CdtrAcct", line.creditor_account);
        if (account && !in_sepa_area(account->country())) {
            fault(field + ".CdtrAcct",
                  "Le compte « " + shown(line.creditor_account) + " » est hors de l'espace SEPA.");
        }
        if (line.creditor_name.empty() || code_points(line.creditor_name) > sepa_name_length_max) {
            fault(field + ".Cdtr.Nm", "Le nom du bénéficiaire doit avoir de 1 à 70 caractères.",
                  Code::transfer_text);
        }
        check_bank(field + ".CdtrAgt", element.at("CdtrAgt", "FinInstnId"));
        for (const char* party : {"Cdtr", "UltmtCdtr", "UltmtDbtr"}) {
            check_address(field + "." + party, element.at(party, "PstlAdr"));
        }
        check_terms(field, element);
    }

    // A bank may go unnamed; named, it is named rightly.
    void check_bank(const std::string& field, const XmlElement& bank) {
        for (const char* name : {"BIC", "BICFI"}) {
            if (bank.child(name)) keep(check_bic(field + "." + name, bank.child(name).text()));
        }
    }

    // Town and country in their elements, with two free lines at most; or no address.
    void check_address(const std::string& field, const XmlElement& address) {
        if (!address) return;
        constexpr std::size_t lines_max = 2;
        constexpr std::size_t line_length_max = 70;
        const auto refused = [&](const std::string& why) {
            fault(field + ".PstlAdr", "L'adresse " + why, Code::transfer_address);
        };
        if (address.child("TwnNm").text().empty() || address.child("Ctry").text().empty()) {
            refused(
                "n'a pas sa commune (TwnNm) et son pays (Ctry) dans leurs éléments : les banques "
                "la refusent depuis le 15 novembre 2026.");
        }
        if (const std::string_view country = address.child("Ctry").text();
            !country.empty() && !is_country_code(country)) {
            refused("a le pays « " + shown(country) +
                    " » : il faut un code de deux capitales, FR par exemple.");
        }
        const auto lines = address.children("AdrLine");
        const bool long_line = std::ranges::any_of(lines, [](const XmlElement& line) {
            return code_points(line.text()) > line_length_max;
        });
        if (lines.size() > lines_max || long_line) {
            refused("a " + std::to_string(lines.size()) +
                    " lignes libres (AdrLine) : deux de 70 caractères au plus sont admises à côté "
                    "de la commune et du pays.");
        }
    }

    // Who bears the charges, and which service is asked: SEPA leaves no choice.
    void check_terms(const std::string& place, const XmlElement& holder) {
        const std::string_view charges = holder.child("ChrgBr").text();
        if (!charges.empty() && charges != "SLEV") {
            fault("ChrgBr", "Les frais (" + place + ") sont « " + shown(charges) +
                                " » ; SLEV est attendu, chacun les siens.");
        }
        const XmlElement service = holder.at("PmtTpInf", "SvcLvl");
        if (service && service.child("Cd").text() != "SEPA") {
            fault("SvcLvl", "Le service demandé (" + place + ") est « " +
                                shown(service.child("Cd").text()) + " » ; SEPA est attendu.");
        }
    }

    // The sum of the lines from that one on; none when one is unreadable.
    std::optional<Money> sum_from(std::size_t first) const {
        WideSum wide;
        for (std::size_t i = first; i < out_.transfers.size(); ++i) {
            if (!out_.transfers[i].amount) return std::nullopt;
            wide.add(*out_.transfers[i].amount);
        }
        return wide.money();
    }

    // What the file announces of itself.
    void check_count(const XmlElement& holder, const std::string& place, std::size_t first) {
        const std::string_view announced = holder.child("NbOfTxs").text();
        const std::string count = std::to_string(out_.transfers.size() - first);
        if (announced == count) return;
        fault("NbOfTxs",
              "Le " + place +
                  (announced.empty() ? " n'annonce pas ses virements (NbOfTxs)"
                                     : " annonce « " + shown(announced) + " » virements") +
                  " et en contient " + count + ".",
              Code::transfer_count);
    }

    void check_sum(const XmlElement& holder, const std::string& place, std::size_t first) {
        const std::string_view text = holder.child("CtrlSum").text();
        const auto sum = sum_from(first);
        const auto announced = money_from_decimal("CtrlSum", text);
        if (sum && announced && *announced == *sum) return;
        fault("CtrlSum",
              "Le " + place +
                  (text.empty() ? " n'annonce pas de total (CtrlSum)"
                                : " annonce un total de « " + shown(text) + " »") +
                  ", ses lignes font " + (sum ? decimal_text(*sum) : "une somme illisible") + ".",
              Code::transfer_sum);
    }

    // One rule for every text of the file: no element escapes it.
    void check_texts(const XmlElement& element) {
        if (!is_sepa_text(element.text())) {
            note(Refusal{Code::transfer_text, std::string(element.name()),
                         "Le texte « " + shown(element.text()) + " » (" +
                             std::string(element.name()) + ") sort de l'alphabet SEPA."});
        }
        for (XmlElement child = element.first_child(); child; child = child.next()) {
            check_texts(child);
        }
    }

    ReadTransfers out_;
    std::set<std::string> block_ids_;
    std::set<std::string> end_to_end_ids_;
};

std::size_t transfers_in(const XmlElement& message) {
    std::size_t count = 0;
    for (XmlElement block = message.first_child(); block; block = block.next()) {
        if (block.name() != "PmtInf") continue;
        for (XmlElement child = block.first_child(); child; child = child.next()) {
            if (child.name() == "CdtTrfTxInf") ++count;
        }
    }
    return count;
}

// pain.001.001.03 to .12, and the national rules that put their name around it
// (….pain.001.001.03.ch.02.xsd).
bool is_version_we_read(std::string_view format) {
    constexpr std::string_view family = "pain.001.001.";
    constexpr int version_min = 3;
    constexpr int version_max = 12;
    const std::size_t at = format.find(family);
    if (at == std::string_view::npos) return false;
    const std::string_view digits = format.substr(at + family.size(), 2);
    if (digits.size() != 2 || digits[0] < '0' || digits[0] > '1' || digits[1] < '0' ||
        digits[1] > '9') {
        return false;
    }
    const int version = (digits[0] - '0') * 10 + (digits[1] - '0');
    return version >= version_min && version <= version_max;
}

}  // namespace

bool is_pain001(const bank::XmlTree& tree) {
    return static_cast<bool>(tree.root().child("CstmrCdtTrfInitn"));
}

Result<ReadTransfers> read_pain001(const bank::XmlTree& tree) {
    constexpr std::string_view prefix = "urn:iso:std:iso:20022:tech:xsd:";
    std::string_view format = tree.root().declared_namespace();
    if (format.starts_with(prefix)) format.remove_prefix(prefix.size());
    const XmlElement message = tree.root().child("CstmrCdtTrfInitn");
    if (!message || !is_version_we_read(format)) {
        return Refusal{Code::not_a_payment_file, "fichier",
                       "Le fichier est de type « " +
                           shown(format.empty() ? tree.root().name() : format) +
                           " » ; un pain.001, version .03 à .12, est attendu."};
    }
    if (!message.at("GrpHdr", "MsgId") || !message.at("PmtInf", "CdtTrfTxInf")) {
        return Refusal{Code::payment_file_damaged, "fichier",
                       "Le fichier est abîmé : son identifiant (MsgId) manque, ou il ne contient "
                       "aucun virement."};
    }
    const std::size_t count = transfers_in(message);
    if (count > transfers_max) {
        return Refusal{Code::out_of_range, "fichier",
                       "Le fichier compte " + std::to_string(count) + " virements : au plus " +
                           std::to_string(transfers_max) + " dans un fichier ; scindez-le."};
    }
    Reader reader;
    reader.read(tree.root(), format);
    return reader.take();
}

Result<ReadTransfers> read_pain001(std::string_view xml) {
    const auto tree = bank::XmlTree::parse(xml);
    if (!tree) return tree.refusal();
    return read_pain001(*tree);
}

}  // namespace deodat::reports
