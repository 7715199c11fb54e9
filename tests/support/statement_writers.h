// Writes a statement in each format that banks use, without any of the program's own code for it:
// what the readers are compared with.
#pragma once
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

namespace deodat::testing_support {

struct WrittenDate {
    int year, month, day;
};

struct WrittenMovement {
    WrittenDate day;
    std::int64_t cents = 0;  // debits below zero
    std::string label = {};  // at most 31 characters
    std::string name = {};
    std::string end_to_end_id = {};
    std::string reference = {};  // at most 16 characters
};

struct WrittenStatement {
    // FR7699999000010000000010106
    std::string bank = "99999", branch = "00001", number = "00000000101",
                iban = "FR7699999000010000000010106";
    std::string id = "REL-1";
    WrittenDate first = {2026, 11, 2};
    WrittenDate last = {2026, 11, 3};
    std::int64_t opening = 0;
    std::vector<WrittenMovement> movements = {};

    std::int64_t closing() const {
        std::int64_t sum = opening;
        for (const WrittenMovement& movement : movements) sum += movement.cents;
        return sum;
    }
};

inline std::string digits(std::int64_t value, int width) {
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%0*lld", width, static_cast<long long>(value));
    return buffer;
}

inline std::string iso(const WrittenDate& day) {
    return digits(day.year, 4) + "-" + digits(day.month, 2) + "-" + digits(day.day, 2);
}

inline std::string decimal(std::int64_t cents, const char* point) {
    const std::int64_t size = cents < 0 ? -cents : cents;
    return digits(size / 100, 1) + point + digits(size % 100, 2);
}

// ---- camt

inline std::string xml_text(const std::string& text) {
    std::string out;
    for (const char c : text) {
        out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : std::string(1, c);
    }
    return out;
}

inline std::string camt_amount(std::int64_t cents) {
    return "<Amt Ccy=\"EUR\">" + decimal(cents, ".") + "</Amt><CdtDbtInd>" +
           (cents < 0 ? "DBIT" : "CRDT") + "</CdtDbtInd>";
}

inline std::string camt_balance(const char* code, std::int64_t cents, const WrittenDate& day) {
    return std::string("<Bal><Tp><CdOrPrtry><Cd>") + code + "</Cd></CdOrPrtry></Tp>" +
           camt_amount(cents) + "<Dt><Dt>" + iso(day) + "</Dt></Dt></Bal>";
}

inline std::string camt_entry(const WrittenMovement& one, int version) {
    const std::string status = version >= 7 ? "<Sts><Cd>BOOK</Cd></Sts>" : "<Sts>BOOK</Sts>";
    const std::string role = one.cents < 0 ? "Cdtr" : "Dbtr";
    const std::string party = version >= 8 ? "<Pty><Nm>" + xml_text(one.name) + "</Nm></Pty>"
                                           : "<Nm>" + xml_text(one.name) + "</Nm>";
    const auto unless_empty = [](const std::string& tag, const std::string& text) {
        return text.empty() ? "" : "<" + tag + ">" + xml_text(text) + "</" + tag + ">";
    };
    return "<Ntry>" + camt_amount(one.cents) + status + "<BookgDt><Dt>" + iso(one.day) +
           "</Dt></BookgDt>" + unless_empty("AcctSvcrRef", one.reference) +
           "<NtryDtls><TxDtls><Refs>" + unless_empty("EndToEndId", one.end_to_end_id) + "</Refs>" +
           (one.name.empty()
                ? ""
                : "<RltdPties><" + role + ">" + party + "</" + role + "></RltdPties>") +
           "</TxDtls></NtryDtls>" + unless_empty("AddtlNtryInf", one.label) + "</Ntry>\n";
}

// One Stmt; and the message around any number of them. version: 2 to 13.
inline std::string camt_statement(const WrittenStatement& statement, int version) {
    std::string out = "<Stmt><Id>" + statement.id + "</Id><Acct><Id><IBAN>" + statement.iban +
                      "</IBAN></Id><Ccy>EUR</Ccy></Acct>" +
                      camt_balance("OPBD", statement.opening, statement.first) +
                      camt_balance("CLBD", statement.closing(), statement.last) + "\n";
    for (const WrittenMovement& one : statement.movements) out += camt_entry(one, version);
    return out + "</Stmt>";
}
inline std::string camt053(const std::string& statements, int version) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document xmlns=\"urn:iso:std:iso:20022:"
           "tech:xsd:camt.053.001." +
           digits(version, 2) + "\"><BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId></GrpHdr>" +
           statements + "</BkToCstmrStmt></Document>\n";
}

// ---- CFONB120

inline std::string padded(std::string text, std::size_t width) {
    text.resize(width, ' ');
    return text;
}

// Fourteen characters, the last of which bears the sign.
inline std::string overpunched(std::int64_t value) {
    const std::string plain = digits(value < 0 ? -value : value, 14);
    const std::string last = value < 0 ? "}JKLMNOPQR" : "{ABCDEFGHI";
    return plain.substr(0, 13) + last[static_cast<std::size_t>(plain[13] - '0')];
}

inline std::string ddmmyy(const WrittenDate& day) {
    return digits(day.day, 2) + digits(day.month, 2) + digits(day.year % 100, 2);
}

// decimals: in which amounts are written, from 2.
inline std::vector<std::string> cfonb_records(const WrittenStatement& statement, int decimals) {
    std::int64_t unit = 1;
    for (int i = 2; i < decimals; ++i) unit *= 10;
    const auto head = [&](const char* code, const std::string& operation) {
        return code + statement.bank + padded(operation, 4) + statement.branch + "EUR" +
               digits(decimals, 1) + " " + statement.number;
    };
    const auto balance = [&](const char* code, const WrittenDate& day, std::int64_t cents) {
        return padded(padded(head(code, "") + "  " + ddmmyy(day), 90) + overpunched(cents * unit),
                      120);
    };
    std::vector<std::string> out = {balance("01", statement.first, statement.opening)};
    for (const WrittenMovement& one : statement.movements) {
        out.push_back(padded(padded(padded(head("04", "9162") + "B1" + ddmmyy(one.day) + "  " +
                                               ddmmyy(one.day) + one.label,
                                           81) +
                                        "0000000",
                                    90) +
                                 overpunched(one.cents * unit) + one.reference,
                             120));
        const auto complement = [&](const std::string& qualifier, const std::string& text) {
            if (text.empty()) return;
            out.push_back(padded(
                padded(head("05", "9162") + "B1" + ddmmyy(one.day), 45) + qualifier + text, 120));
        };
        complement(one.cents < 0 ? "NBE" : "NPY", one.name);
        complement("RCN", one.end_to_end_id);
    }
    out.push_back(balance("07", statement.last, statement.closing()));
    return out;
}

inline std::string cfonb120(const WrittenStatement& statement, const std::string& line_end,
                            int decimals = 2) {
    std::string out;
    for (const std::string& record : cfonb_records(statement, decimals)) out += record + line_end;
    return out;
}

// ---- CSV

// What the two sides agree on: the mapping is the reader's, the rest is the bank's.
struct CsvStyle {
    char separator = ';';
    const char* point = ",";
    bool two_columns = false;  // debit and credit
    bool newest_first = false;
};

inline std::string csv_mapping(const WrittenStatement& statement, const CsvStyle& style) {
    return "# export\naccount = " + statement.iban +
           "\ndate_format = DD/MM/YYYY\nbooking_date = Date\nlabel = Libellé\n"
           "counterparty = Tiers\nreference = Référence\nend_to_end_id = E2E\nbalance = Solde\n" +
           (style.two_columns ? "debit = Débit\ncredit = Crédit\n" : "amount = Montant\n");
}

inline std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

inline std::string csv_export(const WrittenStatement& statement, const CsvStyle& style) {
    const std::string cut(1, style.separator);
    const auto line = [&](const std::vector<std::string>& cells) {
        std::string out;
        for (const std::string& cell : cells) out += (out.empty() ? "" : cut) + quoted(cell);
        return out + "\r\n";
    };
    const auto amount = [&](std::int64_t cents) {
        return (cents < 0 ? "-" : "") + decimal(cents, style.point);
    };
    std::vector<std::string> lines;
    std::int64_t balance = statement.opening;
    for (const WrittenMovement& one : statement.movements) {
        balance += one.cents;
        const std::string day =
            digits(one.day.day, 2) + "/" + digits(one.day.month, 2) + "/" + digits(one.day.year, 4);
        std::vector<std::string> cells = {day, one.label, one.name, one.reference,
                                          one.end_to_end_id};
        if (style.two_columns) {
            cells.push_back(one.cents < 0 ? decimal(one.cents, style.point) : "");
            cells.push_back(one.cents < 0 ? "" : decimal(one.cents, style.point));
        } else {
            cells.push_back(amount(one.cents));
        }
        cells.push_back(amount(balance));
        lines.push_back(line(cells));
    }
    std::vector<std::string> headings = {"Date", "Libellé", "Tiers", "Référence", "E2E"};
    if (style.two_columns) {
        headings.insert(headings.end(), {"Débit", "Crédit"});
    } else {
        headings.push_back("Montant");
    }
    headings.push_back("Solde");
    std::string out = "Relevé du compte\r\n" + line(headings);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        out += lines[style.newest_first ? lines.size() - 1 - i : i];
    }
    return out;
}

}  // namespace deodat::testing_support
