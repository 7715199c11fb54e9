// One Ntry becomes one line, or one line per TxDtls when their amounts add up to it.
#include <algorithm>

#include "ledger/bank/camt_parts.h"
#include "ledger/base/text.h"

namespace deodat::bank::camt {
namespace {

// The group of figures of an entry and of its details.
struct Details {
    std::vector<XmlElement> elements;
    std::vector<std::optional<Money>>
        amounts;  // signed; none when not said in the entry's currency
    int announced = 0;
};

MovementStatus status_of(std::string_view code) {
    if (code == "BOOK") return MovementStatus::booked;
    if (code == "PDNG") return MovementStatus::pending;
    if (code == "INFO") return MovementStatus::information;
    return MovementStatus::other;
}

// EndToEndId and its like, without the words that banks write for "none".
std::string reference(const XmlElement& element) {
    const std::string_view text = element.text();
    if (text == "NOTPROVIDED" || text == "NOT PROVIDED" || text == "NONREF") return {};
    return std::string(text);
}

void read_references(const XmlElement& refs, Movement& line) {
    line.end_to_end_id = reference(refs.child("EndToEndId"));
    // A detail that is silent leaves what the group said.
    const auto say = [&](const char* name, std::string& target) {
        if (auto said = reference(refs.child(name)); !said.empty()) target = std::move(said);
    };
    say("MsgId", line.references.message);
    say("PmtInfId", line.references.payment_information);
    say("AcctSvcrRef", line.references.servicer);
    line.references.instruction = reference(refs.child("InstrId"));
    line.references.transaction = reference(refs.child("TxId"));
    line.references.mandate = reference(refs.child("MndtId"));
    line.references.uetr = reference(refs.child("UETR"));
}

struct Party {
    std::string name;
    std::string account;
};

Party party(const XmlElement& related, std::string_view role) {
    const XmlElement who = related.child(role);
    Party out;
    // Up to version 07 the party itself; from 08 a choice of party and bank.
    for (const XmlElement& name :
         {who.child("Nm"), who.at("Pty", "Nm"), who.at("Agt", "FinInstnId", "Nm")}) {
        if (name && out.name.empty()) out.name = name.text();
    }
    const XmlElement account = related.child(std::string(role) + "Acct").child("Id");
    out.account =
        account.child("IBAN") ? account.child("IBAN").text() : account.at("Othr", "Id").text();
    return out;
}

// Whoever is not us. In a payment that came back the parties keep the roles of the original, so
// that the direction alone would name ourselves.
void read_counterparty(const XmlElement& related, const Statement& statement, Movement& line) {
    Party likely = party(related, "Dbtr");
    Party other = party(related, "Cdtr");
    const bool came_back = line.reversal || !line.return_reason.empty();
    if (line.amount.is_negative() != came_back) std::swap(likely, other);
    const bool ours = !likely.account.empty() && likely.account == statement.account_text;
    const bool nobody = likely.name.empty() && likely.account.empty();
    if (ours || nobody) std::swap(likely, other);
    line.counterparty_name = likely.name;
    line.counterparty_iban = likely.account;
}

std::string bank_code(const XmlElement& code) {
    const XmlElement domain = code.child("Domn");
    if (!domain) return text_of(code.at("Prtry", "Cd"));
    return text_of(domain.child("Cd")) + "/" + text_of(domain.at("Fmly", "Cd")) + "/" +
           text_of(domain.at("Fmly", "SubFmlyCd"));
}

// What a TxDtls says about the line it belongs to.
void read_detail(const XmlElement& detail, const Statement& statement, Movement& line) {
    read_references(detail.child("Refs"), line);
    const XmlElement reason = detail.at("RtrInf", "Rsn");
    line.return_reason =
        reason.child("Cd") ? text_of(reason.child("Cd")) : text_of(reason.child("Prtry"));
    read_counterparty(detail.child("RltdPties"), statement, line);
    const XmlElement remittance = detail.child("RmtInf");
    std::vector<XmlElement> texts = remittance.children("Ustrd");
    for (const XmlElement& structured : remittance.children("Strd")) {
        if (line.references.creditor_reference.empty()) {
            line.references.creditor_reference = text_of(structured.at("CdtrRefInf", "Ref"));
        }
        for (const XmlElement& more : structured.children("AddtlRmtInf")) texts.push_back(more);
    }
    line.remittance = joined(texts);
    if (const XmlElement code = detail.child("BkTxCd")) line.bank_code = bank_code(code);
    if (const XmlElement more = detail.child("AddtlTxInf")) {
        line.bank_label += (line.bank_label.empty() ? "" : " ") + text_of(more);
    }
}

// The amount of a detail in the entry's currency, in the direction it says or else the entry's.
std::optional<Money> detail_amount(const XmlElement& detail, bool entry_is_debit,
                                   std::string_view currency) {
    for (const XmlElement& amount : {detail.at("AmtDtls", "TxAmt", "Amt"), detail.child("Amt")}) {
        if (!amount || amount.currency() != currency) continue;
        const auto read = money_from_decimal("montant", amount.text());
        if (!read) return std::nullopt;
        const std::string_view direction = detail.child("CdtDbtInd").text();
        const bool debit = direction.empty() ? entry_is_debit : direction == "DBIT";
        return debit ? -*read : *read;
    }
    return std::nullopt;
}

// Adds the charges said in one Chrgs: one each up to version 03, records later. Taken away unless
// said so.
void add_charges(const XmlElement& charges, std::string_view currency, WideSum& sum) {
    const auto add = [&](const XmlElement& record) {
        const XmlElement amount = record.child("Amt");
        if (!amount || amount.currency() != currency) return;
        const auto read = money_from_decimal("frais", amount.text());
        if (!read) return;
        sum.add(record.child("CdtDbtInd").text() == "CRDT" ? *read : -*read);
    };
    add(charges);
    for (const XmlElement& record : charges.children("Rcrd")) add(record);
}

// The charges of the entry, else those of its details together.
Money charges_of(const XmlElement& entry, const Details& details, std::string_view currency) {
    WideSum sum;
    for (const XmlElement& charges : entry.children("Chrgs")) add_charges(charges, currency, sum);
    if (sum.money() != Money()) return sum.money().value_or(Money());
    for (const XmlElement& detail : details.elements) {
        for (const XmlElement& charges : detail.children("Chrgs")) {
            add_charges(charges, currency, sum);
        }
    }
    return sum.money().value_or(Money());
}

Details details_of(const XmlElement& entry, bool entry_is_debit, std::string_view currency) {
    constexpr int announced_max = 1'000'000;
    Details out;
    for (const XmlElement& group : entry.children("NtryDtls")) {
        const std::string_view count = group.at("Btch", "NbOfTxs").text();
        int announced = 0;
        for (const char c : count) {
            if (c < '0' || c > '9' || announced > announced_max) break;
            announced = announced * 10 + (c - '0');
        }
        out.announced += std::min(announced, announced_max);
        out.announced = std::min(out.announced, announced_max);
        for (const XmlElement& detail : group.children("TxDtls")) {
            out.elements.push_back(detail);
            out.amounts.push_back(detail_amount(detail, entry_is_debit, currency));
        }
    }
    return out;
}

// The sum of the details in the entry's currency; none when one is not known.
std::optional<Money> sum_of(const Details& details) {
    WideSum sum;
    for (const auto& amount : details.amounts) {
        if (!amount) return std::nullopt;
        sum.add(*amount);
    }
    return sum.money();
}

// What the details leave of the entry.
std::optional<Money> rest_of(Money entry, Money details) {
    WideSum sum;
    sum.add(entry);
    sum.add(-details);
    return sum.money();
}

void append(Movement line, Statement& statement) {
    line.ordinal = static_cast<int>(statement.movements.size()) + 1;
    statement.movements.push_back(std::move(line));
}

// What every line of a grouped entry repeats of it.
std::size_t text_bytes(const Movement& line) {
    std::size_t bytes = line.bank_code.size() + line.bank_label.size();
    for (const std::string* text :
         {&line.references.entry, &line.references.servicer, &line.references.message,
          &line.references.payment_information}) {
        bytes += text->size();
    }
    return bytes + (line.doubt ? line.doubt->message.size() : 0);
}

// One line per detail, and one for the charges where they make up the difference.
void append_details(const Movement& common, const Details& details, bool flipped, Money charges,
                    Statement& statement) {
    for (std::size_t i = 0; i < details.elements.size(); ++i) {
        Movement line = common;
        line.amount = flipped ? -*details.amounts[i] : *details.amounts[i];
        read_detail(details.elements[i], statement, line);
        append(std::move(line), statement);
    }
    if (charges.is_zero()) return;
    Movement line = common;
    line.amount = flipped ? -charges : charges;
    line.charges = true;
    append(std::move(line), statement);
}

Refusal doubtful(const Movement& line, const Details& details, const std::optional<Money>& sum) {
    const std::string count = std::to_string(details.elements.size());
    const std::string what =
        sum ? "ses " + count + " détails totalisent " + french(*sum)
            : "les montants de ses " + count + " détails ne sont pas tous connus";
    return Refusal{Code::movement_details_mismatch, "mouvement.details",
                   "Le mouvement de " + french(line.amount) + " reste entier : " + what +
                       ". À rapprocher par une personne."};
}

bool flips(const Movement& whole, const Reading& reading) {
    return whole.reversal && reading.reversal_sign == ReversalSign::of_the_original;
}

// Decides whether the entry stays whole; the lines are built by the functions above.
void append_lines(const XmlElement& entry, Movement whole, Money unflipped, Reading& reading,
                  Statement& statement) {
    const bool flipped = flips(whole, reading);
    const Details details = details_of(entry, unflipped.is_negative(), whole.currency);
    whole.announced_details = details.announced;
    const std::size_t count = details.elements.size();
    const auto sum = sum_of(details);
    const std::size_t repeated_bytes = count * text_bytes(whole);
    if (count > 1 && repeated_bytes > reading.repeated_bytes_left) {
        whole.doubt = doubtful(whole, details, sum);
        append(std::move(whole), statement);
        return;
    }
    if (count > 1) reading.repeated_bytes_left -= repeated_bytes;
    if (count >= 2 && sum == unflipped) {
        append_details(whole, details, flipped, Money(), statement);
        return;
    }
    if (count >= 1 && sum && *sum != unflipped) {
        const Money charges = charges_of(entry, details, whole.currency);
        if (!charges.is_zero() && rest_of(unflipped, *sum) == charges) {
            append_details(whole, details, flipped, charges, statement);
            return;
        }
    }
    if (count == 1) read_detail(details.elements[0], statement, whole);
    if (count >= 2 || (count == 1 && sum && *sum != unflipped)) {
        whole.doubt = doubtful(whole, details, sum);
    }
    append(std::move(whole), statement);
}

void note_value_day(const WrittenDay& value, Movement& line) {
    line.value_day = value.day;
    line.proposed_value_day = value.proposed;
    if (value.text.empty() || value.day) return;
    line.doubt = Refusal{
        Code::date_invalid, "mouvement.date_valeur",
        "La date de valeur « " + shown(value.text) + " » n'existe pas" +
            (value.proposed ? " ; le " + value.proposed->french() + " est à confirmer." : ".")};
}

}  // namespace

Result<Done> read_entry(const XmlElement& entry, Reading& reading, Statement& statement) {
    const auto& movements = statement.movements;
    Movement whole;
    whole.entry_ordinal = movements.empty() ? 1 : movements.back().entry_ordinal + 1;
    const std::string place =
        "relevé « " + shown(statement.id) + " », mouvement " + std::to_string(whole.entry_ordinal);
    const auto amount = signed_amount(entry, place);
    if (!amount) return amount.refusal();
    const std::string_view code =
        entry.at("Sts", "Cd") ? entry.at("Sts", "Cd").text() : entry.child("Sts").text();
    if (code.empty()) return damaged(place, "le statut (Sts) manque ; BOOK est attendu.");
    whole.status = status_of(code);
    const std::string_view reversal = entry.child("RvslInd").text();
    whole.reversal = reversal == "true" || reversal == "1";
    whole.amount = flips(whole, reading) ? -amount->amount : amount->amount;
    whole.currency = amount->currency;
    const WrittenDay booking = written_day(entry.child("BookgDt"));
    whole.booking_day = booking.day;
    whole.proposed_booking_day = booking.proposed;
    note_value_day(written_day(entry.child("ValDt")), whole);
    whole.references.entry = reference(entry.child("NtryRef"));
    whole.references.servicer = reference(entry.child("AcctSvcrRef"));
    whole.bank_code = bank_code(entry.child("BkTxCd"));
    whole.bank_label = text_of(entry.child("AddtlNtryInf"));
    const XmlElement batch = entry.at("NtryDtls", "Btch");
    whole.references.message = reference(batch.child("MsgId"));
    whole.references.payment_information = reference(batch.child("PmtInfId"));
    append_lines(entry, std::move(whole), amount->amount, reading, statement);
    return Done{};
}

}  // namespace deodat::bank::camt
