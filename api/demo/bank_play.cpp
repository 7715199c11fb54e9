#include "api/demo/bank_play.h"

#include "ledger/bank/xml_writer.h"

namespace deodat::demo {
namespace {

using bank::XmlWriter;

void write_amount(XmlWriter& out, Money amount) {
    out.euros("Amt", decimal_text(amount.is_negative() ? -amount : amount));
    out.leaf("CdtDbtInd", amount.is_negative() ? "DBIT" : "CRDT");
}

// An instant as ISODateTime, to the second.
std::string date_time(Instant instant) {
    return instant.iso().substr(0, 19) + "Z";
}

void write_balance(XmlWriter& out, const char* code, Money amount, Day day) {
    out.open("Bal");
    out.nested({"Tp", "CdOrPrtry", "Cd"}, code);
    write_amount(out, amount);
    out.nested({"Dt", "Dt"}, day.iso());
    out.close("Bal");
}

// A payment that came back keeps the roles of the payment we made: the counterparty is still its
// creditor.
void write_parties(XmlWriter& out, const PlayedMovement& movement) {
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

void write_kind(XmlWriter& out, const PlayedMovement& movement) {
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

void write_movement(XmlWriter& out, const PlayedMovement& movement) {
    out.open("Ntry");
    write_amount(out, movement.amount);
    out.nested({"Sts", "Cd"}, "BOOK");
    out.nested({"BookgDt", "Dt"}, movement.day.iso());
    out.nested({"ValDt", "Dt"}, movement.day.iso());
    write_kind(out, movement);
    out.open("NtryDtls");
    out.open("TxDtls");
    out.nested({"Refs", "EndToEndId"},
               movement.end_to_end_id.empty() ? "NOTPROVIDED" : movement.end_to_end_id);
    write_amount(out, movement.amount);
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
    XmlWriter out;
    out.open("Document", "xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"");
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

std::string pain002_11(const PlayedAcceptance& acceptance) {
    XmlWriter out;
    out.open("Document", "xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.11\"");
    out.open("CstmrPmtStsRpt");
    out.open("GrpHdr");
    out.leaf("MsgId", acceptance.id);
    out.leaf("CreDtTm", date_time(acceptance.created));
    out.close("GrpHdr");
    out.open("OrgnlGrpInfAndSts");
    out.leaf("OrgnlMsgId", acceptance.file);
    out.leaf("OrgnlMsgNmId", acceptance.file_format);
    out.leaf("GrpSts", "ACCP");
    out.close("OrgnlGrpInfAndSts");
    out.close("CstmrPmtStsRpt");
    out.close("Document");
    return out.take();
}

}  // namespace deodat::demo
