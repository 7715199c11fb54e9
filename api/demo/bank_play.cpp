#include "api/demo/bank_play.h"

#include "ledger/bank/xml.h"

namespace deodat::demo {
namespace {

using bank::xml_escaped;

// Writes elements one a line, with no blank that a reader would have to trim.
class Writer {
  public:
    void open(const std::string& name) { out_ += "<" + name + ">\n"; }
    void close(const std::string& name) { out_ += "</" + name + ">\n"; }
    // An element with its text; an empty text writes nothing.
    void leaf(const std::string& name, const std::string& text) {
        if (!text.empty()) out_ += "<" + name + ">" + xml_escaped(text) + "</" + name + ">\n";
    }
    void amount(Money amount) {
        const Money magnitude = amount.is_negative() ? -amount : amount;
        out_ += "<Amt Ccy=\"EUR\">" + decimal_text(magnitude) + "</Amt>\n";
        leaf("CdtDbtInd", amount.is_negative() ? "DBIT" : "CRDT");
    }
    // Names from the outermost in, around one text.
    void nested(const std::vector<std::string>& names, const std::string& text) {
        if (text.empty()) return;
        for (const std::string& name : names) out_ += "<" + name + ">";
        out_ += xml_escaped(text);
        for (auto name = names.rbegin(); name != names.rend(); ++name) out_ += "</" + *name + ">";
        out_ += "\n";
    }
    std::string take() { return std::move(out_); }

  private:
    std::string out_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
};

// An instant as ISODateTime, to the second.
std::string date_time(Instant instant) {
    return instant.iso().substr(0, 19) + "Z";
}

void write_balance(Writer& out, const char* code, Money amount, Day day) {
    out.open("Bal");
    out.nested({"Tp", "CdOrPrtry", "Cd"}, code);
    out.amount(amount);
    out.nested({"Dt", "Dt"}, day.iso());
    out.close("Bal");
}

// A payment that came back keeps the roles of the payment we made: the counterparty is still its
// creditor.
void write_parties(Writer& out, const PlayedMovement& movement) {
    const bool we_paid = movement.amount.is_negative() || movement.return_reason;
    const std::string role = we_paid ? "Cdtr" : "Dbtr";
    if (movement.counterparty_name.empty() && !movement.counterparty_iban) return;
    out.open("RltdPties");
    out.nested({role, "Pty", "Nm"}, movement.counterparty_name);
    if (movement.counterparty_iban) {
        out.nested({role + "Acct", "Id", "IBAN"}, movement.counterparty_iban->text());
    }
    out.close("RltdPties");
}

void write_kind(Writer& out, const PlayedMovement& movement) {
    const bool debit = movement.amount.is_negative();
    out.open("BkTxCd");
    out.open("Domn");
    out.leaf("Cd", "PMNT");
    out.open("Fmly");
    out.leaf("Cd", debit || movement.return_reason ? "ICDT" : "RCDT");
    out.leaf("SubFmlyCd", movement.return_reason ? "RRTN" : "ESCT");
    out.close("Fmly");
    out.close("Domn");
    out.close("BkTxCd");
}

void write_movement(Writer& out, const PlayedMovement& movement) {
    out.open("Ntry");
    out.amount(movement.amount);
    out.nested({"Sts", "Cd"}, "BOOK");
    out.nested({"BookgDt", "Dt"}, movement.day.iso());
    out.nested({"ValDt", "Dt"}, movement.day.iso());
    write_kind(out, movement);
    out.open("NtryDtls");
    out.open("TxDtls");
    out.nested({"Refs", "EndToEndId"},
               movement.end_to_end_id.empty() ? "NOTPROVIDED" : movement.end_to_end_id);
    out.amount(movement.amount);
    write_parties(out, movement);
    out.nested({"RmtInf", "Ustrd"}, movement.remittance);
    if (movement.return_reason) out.nested({"RtrInf", "Rsn", "Cd"}, *movement.return_reason);
    out.close("TxDtls");
    out.close("NtryDtls");
    out.close("Ntry");
}

}  // namespace

Money closing_balance(const PlayedStatement& statement) {
    Money balance = statement.opening;
    for (const PlayedMovement& movement : statement.movements) balance += movement.amount;
    return balance;
}

std::string camt053_08(const PlayedStatement& statement) {
    Writer out;
    out.open("Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"");
    out.open("BkToCstmrStmt");
    out.open("GrpHdr");
    out.leaf("MsgId", statement.id);
    out.leaf("CreDtTm", date_time(statement.created));
    out.close("GrpHdr");
    out.open("Stmt");
    out.leaf("Id", statement.id);
    out.leaf("ElctrncSeqNb", std::to_string(statement.sequence_number));
    out.leaf("CreDtTm", date_time(statement.created));
    out.open("FrToDt");
    out.leaf("FrDtTm", statement.first_day.iso() + "T00:00:00");
    out.leaf("ToDtTm", statement.last_day.iso() + "T23:59:59");
    out.close("FrToDt");
    out.open("Acct");
    out.nested({"Id", "IBAN"}, statement.account.text());
    out.leaf("Ccy", "EUR");
    out.close("Acct");
    write_balance(out, "OPBD", statement.opening, statement.first_day);
    write_balance(out, "CLBD", closing_balance(statement), statement.last_day);
    for (const PlayedMovement& movement : statement.movements) write_movement(out, movement);
    out.close("Stmt");
    out.close("BkToCstmrStmt");
    out.close("Document");
    return out.take();
}

}  // namespace deodat::demo
