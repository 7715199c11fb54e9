// The writing side: every check, then every element, then the reading back.
#include <set>

#include "ledger/bank/xml_writer.h"
#include "ledger/base/bic.h"
#include "ledger/base/text.h"
#include "reports/transfers/sepa_text.h"
#include "reports/transfers/target_days.h"
#include "reports/transfers/transfer_file.h"

namespace deodat::reports {
namespace {

using bank::XmlWriter;

// A transfer with its texts as they will leave.
struct ReadyTransfer {
    const Transfer* asked;
    std::string creditor_name;
    std::string remittance;
    std::optional<PostalAddress> address;
};

struct ReadyFile {
    std::string initiator_name;
    std::string debtor_name;
    std::vector<ReadyTransfer> transfers;
    Money sum;
    std::vector<SentText> changes;
};

Refusal invalid(std::string field, std::string message) {
    return Refusal{Code::transfer_invalid, std::move(field), std::move(message)};
}

void note_change(const std::string& field, const std::string& original, const std::string& sent,
                 ReadyFile& ready) {
    if (original != sent) ready.changes.push_back({field, original, sent});
}

// Spells one text into the ready file.
Result<std::string> ready_name(const std::string& field, const std::string& name,
                               ReadyFile& ready) {
    auto sent = sepa_name(field, name);
    if (sent) note_change(field, name, *sent, ready);
    return sent;
}

struct AddressPart {
    const char* name;
    std::string PostalAddress::*member;
    std::size_t length_max;
};

// The address in the channel's mode. Without town or country there is none to send, and it is left
// out in sight.
Result<std::optional<PostalAddress>> ready_address(const std::string& field, const Transfer& asked,
                                                   AddressForm mode, ReadyFile& ready) {
    if (!asked.address || mode == AddressForm::none) return std::optional<PostalAddress>();
    const PostalAddress& given = *asked.address;
    if (trimmed(given.town).empty() || trimmed(given.country).empty()) {
        ready.changes.push_back(
            {field, given.building + " " + given.street + " " + given.post_code + " " + given.town,
             ""});
        return std::optional<PostalAddress>();
    }
    if (!is_country_code(given.country)) {
        return invalid(field + ".country",
                       "Le pays « " + shown(given.country) +
                           " » doit être un code de deux capitales, FR par exemple.");
    }
    PostalAddress out;
    out.country = given.country;
    std::vector<AddressPart> parts = {{"town", &PostalAddress::town, 35}};
    if (mode == AddressForm::hybrid) parts.push_back({"post_code", &PostalAddress::post_code, 16});
    if (mode == AddressForm::hybrid) {
        const std::string line = std::string(trimmed(given.building + " " + given.street));
        if (!line.empty()) {
            constexpr std::size_t line_length_max = 70;
            auto sent = sepa_text_within(field + ".line", line, line_length_max);
            if (!sent) return sent.refusal();
            note_change(field + ".line", line, *sent, ready);
            out.free_line = std::move(sent).value();
        }
    }
    if (mode == AddressForm::structured) {
        parts.push_back({"street", &PostalAddress::street, 70});
        parts.push_back({"building", &PostalAddress::building, 16});
        parts.push_back({"post_code", &PostalAddress::post_code, 16});
    }
    for (const AddressPart& part : parts) {
        const std::string& text = given.*part.member;
        if (trimmed(text).empty()) continue;
        const std::string part_field = field + "." + part.name;
        auto sent = sepa_text_within(part_field, text, part.length_max);
        if (!sent) return sent.refusal();
        note_change(part_field, text, *sent, ready);
        out.*part.member = std::move(sent).value();
    }
    return std::optional<PostalAddress>(std::move(out));
}

Result<Done> check_amount(const std::string& field, Money amount) {
    if (amount >= transfer_amount_min && amount <= transfer_amount_max) return Done{};
    return Refusal{Code::amount_out_of_range, field,
                   "Le montant " + french(amount) + " est refusé : un virement va de " +
                       french(transfer_amount_min) + " à " + french(transfer_amount_max) + "."};
}

Result<Done> add_transfer(const Transfer& asked, AddressForm mode, ReadyFile& ready) {
    const std::string field = "transfers[" + std::to_string(ready.transfers.size() + 1) + "]";
    if (auto checked = check_sepa_identifier(field + ".end_to_end_id", asked.end_to_end_id);
        !checked) {
        return checked;
    }
    if (!asked.instruction_id.empty()) {
        auto checked = check_sepa_identifier(field + ".instruction_id", asked.instruction_id);
        if (!checked) return checked;
    }
    if (auto checked = check_amount(field + ".amount", asked.amount); !checked) return checked;
    if (!in_sepa_area(asked.creditor_iban.country())) {
        return invalid(
            field + ".creditor_iban",
            "L'IBAN " + asked.creditor_iban.spaced() +
                " est d'un pays hors de l'espace SEPA : ce virement se fait à la banque.");
    }
    ReadyTransfer line{.asked = &asked, .creditor_name = {}, .remittance = {}, .address = {}};
    auto name = ready_name(field + ".creditor_name", asked.creditor_name, ready);
    if (!name) return name.refusal();
    line.creditor_name = std::move(name).value();
    if (!trimmed(asked.remittance).empty()) {
        auto text =
            sepa_text_within(field + ".remittance", asked.remittance, sepa_remittance_length_max);
        if (!text) return text.refusal();
        note_change(field + ".remittance", asked.remittance, *text, ready);
        line.remittance = std::move(text).value();
    }
    auto address = ready_address(field + ".address", asked, mode, ready);
    if (!address) return address.refusal();
    line.address = std::move(address).value();
    ready.transfers.push_back(std::move(line));
    return Done{};
}

Result<Done> check_day(const TransferFile& file) {
    const Day day = file.execution_day;
    if (day < file.created.day_in_paris()) {
        return invalid("execution_day", "La date d'exécution du " + day.french() +
                                            " est passée ; la première possible est le " +
                                            next_target_day(file.created.day_in_paris()).french() +
                                            ".");
    }
    if (!is_target_day(day)) {
        return invalid("execution_day",
                       "Aucun virement ne se règle le " + day.french() +
                           " (fermeture TARGET) ; le premier jour possible est le " +
                           next_target_day(day).french() + ".");
    }
    return Done{};
}

Result<Done> check_file(const TransferFile& file) {
    if (auto checked = check_sepa_identifier("message_id", file.message_id); !checked)
        return checked;
    if (file.debtor_bic) {
        if (auto bic = check_bic("debtor_bic", *file.debtor_bic); !bic) return bic;
    }
    if (file.format == FileFormat::pes_aller) {
        return invalid("format", "Le canal est un PES : ce programme n'en écrit pas encore.");
    }
    if (file.transfers.empty())
        return invalid("transfers", "Le fichier ne contient aucun virement.");
    if (file.transfers.size() > transfers_max) {
        return invalid("transfers", "Le fichier contient " + std::to_string(file.transfers.size()) +
                                        " virements, la limite est de " +
                                        std::to_string(transfers_max) + " : scindez-le.");
    }
    return check_day(file);
}

Result<Done> check_duplicates(const TransferFile& file) {
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < file.transfers.size(); ++i) {
        const std::string& id = file.transfers[i].end_to_end_id;
        if (seen.insert(id).second) continue;
        return Refusal{Code::duplicate, "transfers[" + std::to_string(i + 1) + "].end_to_end_id",
                       "L'identifiant « " + shown(id) +
                           " » est déjà celui d'un autre virement du fichier : le même paiement y "
                           "est peut-être deux fois."};
    }
    return Done{};
}

Result<Money> sum_of(const TransferFile& file) {
    // At most 10,000 transfers below a billion euros: far within 64 bits, but maybe not within
    // Money.
    std::int64_t cents = 0;
    for (const Transfer& transfer : file.transfers) cents += transfer.amount.cents();
    return money_from_cents("transfers", cents);
}

Result<ReadyFile> ready_file(const TransferFile& file) {
    if (const auto checked = check_file(file); !checked) return checked.refusal();
    if (const auto checked = check_duplicates(file); !checked) return checked.refusal();
    ReadyFile ready;
    auto initiator = ready_name("initiator_name", file.initiator_name, ready);
    if (!initiator) return initiator.refusal();
    ready.initiator_name = std::move(initiator).value();
    auto debtor = ready_name("debtor_name", file.debtor_name, ready);
    if (!debtor) return debtor.refusal();
    ready.debtor_name = std::move(debtor).value();
    for (const Transfer& transfer : file.transfers) {
        const auto added = add_transfer(transfer, file.address_form, ready);
        if (!added) return added.refusal();
    }
    const auto sum = sum_of(file);
    if (!sum) return sum.refusal();
    ready.sum = *sum;
    return ready;
}

void write_control(XmlWriter& out, const ReadyFile& ready) {
    out.leaf("NbOfTxs", std::to_string(ready.transfers.size()));
    out.leaf("CtrlSum", decimal_text(ready.sum));
}

void write_address(XmlWriter& out, const PostalAddress& address) {
    out.open("PstlAdr");
    out.leaf("StrtNm", address.street);
    out.leaf("BldgNb", address.building);
    out.leaf("PstCd", address.post_code);
    out.leaf("TwnNm", address.town);
    out.leaf("Ctry", address.country);
    out.leaf("AdrLine", address.free_line);
    out.close("PstlAdr");
}

void write_transfer(XmlWriter& out, const ReadyTransfer& transfer) {
    out.open("CdtTrfTxInf");
    out.open("PmtId");
    out.leaf("InstrId", transfer.asked->instruction_id);
    out.leaf("EndToEndId", transfer.asked->end_to_end_id);
    out.close("PmtId");
    out.open("Amt");
    out.euros("InstdAmt", decimal_text(transfer.asked->amount));
    out.close("Amt");
    out.open("Cdtr");
    out.leaf("Nm", transfer.creditor_name);
    if (transfer.address) write_address(out, *transfer.address);
    out.close("Cdtr");
    out.nested({"CdtrAcct", "Id", "IBAN"}, transfer.asked->creditor_iban.text());
    out.nested({"RmtInf", "Ustrd"}, transfer.remittance);
    out.close("CdtTrfTxInf");
}

void write_block(XmlWriter& out, const TransferFile& file, const ReadyFile& ready) {
    out.open("PmtInf");
    out.leaf("PmtInfId", file.message_id);
    out.leaf("PmtMtd", "TRF");
    out.leaf("BtchBookg", "false");
    write_control(out, ready);
    out.nested({"PmtTpInf", "SvcLvl", "Cd"}, "SEPA");
    const bool old = file.format == FileFormat::pain001_03;
    if (old) {
        out.leaf("ReqdExctnDt", file.execution_day.iso());
    } else {
        out.nested({"ReqdExctnDt", "Dt"}, file.execution_day.iso());
    }
    out.nested({"Dbtr", "Nm"}, ready.debtor_name);
    out.nested({"DbtrAcct", "Id", "IBAN"}, file.debtor_iban.text());
    if (file.debtor_bic) {
        out.nested({"DbtrAgt", "FinInstnId", old ? "BIC" : "BICFI"}, *file.debtor_bic);
    } else {
        out.nested({"DbtrAgt", "FinInstnId", "Othr", "Id"}, "NOTPROVIDED");
    }
    out.leaf("ChrgBr", "SLEV");
    for (const ReadyTransfer& transfer : ready.transfers) write_transfer(out, transfer);
    out.close("PmtInf");
}

std::string write_message(const TransferFile& file, const ReadyFile& ready) {
    constexpr std::size_t seconds_length = 19;  // 2026-02-28T23:30:00, in UTC
    XmlWriter out;
    out.open("Document", "xmlns=\"urn:iso:std:iso:20022:tech:xsd:" +
                             std::string(payments::file_format_name(file.format)) + "\"");
    out.open("CstmrCdtTrfInitn");
    out.open("GrpHdr");
    out.leaf("MsgId", file.message_id);
    out.leaf("CreDtTm", file.created.iso().substr(0, seconds_length) + "Z");
    write_control(out, ready);
    out.nested({"InitgPty", "Nm"}, ready.initiator_name);
    out.close("GrpHdr");
    write_block(out, file, ready);
    out.close("CstmrCdtTrfInitn");
    out.close("Document");
    return out.take();
}

// The bytes are read by the reader of foreign files and must say what was asked, no less and no
// more.
void assert_reads_back(const TransferFile& file, const WrittenTransfers& written) {
    const auto read = read_pain001(written.xml);
    DEODAT_ASSERT(read.ok(), "a written payment file is readable");
    DEODAT_ASSERT(read->faults.empty(), "a written payment file has no fault");
    DEODAT_ASSERT(read->sum == written.control_sum, "the lines add up to the control sum");
    DEODAT_ASSERT(read->transfers.size() == file.transfers.size(), "every transfer is in the file");
    DEODAT_ASSERT(read->debtor_account == file.debtor_iban.text(), "the account debited is ours");
    for (std::size_t i = 0; i < file.transfers.size(); ++i) {
        const Transfer& asked = file.transfers[i];
        const ReadTransfer& line = read->transfers[i];
        DEODAT_ASSERT(line.amount == asked.amount, "the amount written is the amount asked");
        DEODAT_ASSERT(line.creditor_account == asked.creditor_iban.text(),
                      "the account written is the one asked");
        DEODAT_ASSERT(line.end_to_end_id == asked.end_to_end_id, "the id written is the one asked");
    }
}

}  // namespace

Result<WrittenTransfers> write_pain001(const TransferFile& file) {
    auto ready = ready_file(file);
    if (!ready) return ready.refusal();
    WrittenTransfers written;
    written.xml = write_message(file, *ready);
    written.count = ready->transfers.size();
    written.control_sum = ready->sum;
    written.changes = std::move(ready->changes);
    assert_reads_back(file, written);
    return written;
}

}  // namespace deodat::reports
