// Goal: a bank's CSV export is read by its mapping to the cent, and what could be read two ways is
// refused, not guessed. Method: own exports, one doubt at a time.
#include "ledger/bank/csv_statement.h"

#include <gtest/gtest.h>

#include "ledger/bank/csv_amount.h"
#include "ledger/bank/statement_file.h"

namespace deodat::bank {
namespace {

const std::string base =
    "account = FR76 9999 9000 0100 0000 0010 106\ndate_format = DD/MM/YYYY\nbooking_date = Date\n"
    "label = Libellé\n";

CsvMapping mapping(const std::string& more) {
    const auto read = read_csv_mapping(base + more);
    EXPECT_TRUE(read.ok()) << (read.ok() ? "" : read.refusal().message);
    return *read;
}

Result<std::vector<Statement>> read(const std::string& file, const std::string& more) {
    return read_statements(file, {.mapping = mapping(more)});
}

Statement only(const std::string& file, const std::string& more) {
    const auto got = read(file, more);
    EXPECT_TRUE(got.ok()) << (got.ok() ? "" : got.refusal().message);
    return got.ok() ? got->front() : Statement{};
}

std::string refused(const std::string& file, const std::string& more) {
    const auto got = read(file, more);
    EXPECT_FALSE(got.ok()) << file;
    if (got.ok()) return {};
    return std::string(code_name(got.refusal().code)) + " " + got.refusal().field;
}

std::string amount(const std::string& text, char decimal = ',') {
    const auto got = money_from_table("montant", text, decimal);
    return got ? decimal_text(*got) : "refused";
}

TEST(CsvAmount, ReadsWhatBanksWrite) {
    for (const char* text : {"1234,50", "1 234,50", "1.234,50",
                             "1\xC2\xA0"
                             "234,50 €",
                             "1\xE2\x80\xAF"
                             "234,5 EUR",
                             "+1234,50", "€ 1234,50", "1'234,50", "1234,500"}) {
        EXPECT_EQ(amount(text), "1234.50") << text;
    }
    for (const char* text : {"-12,00", "12,00-", "(12,00)",
                             "\xE2\x88\x92"
                             "12",
                             "-12 €", "- 12,0"}) {
        EXPECT_EQ(amount(text), "-12.00") << text;
    }
    for (const char* text : {"", "-", "12,345", "1.23,00", "12.34.5", "1,2,3", "douze", "1e3",
                             "--12", "12,00 $", ",", "(12", "999999999999,00", "12,3,4"}) {
        EXPECT_EQ(amount(text), "refused") << text;
    }
    EXPECT_EQ(amount("1,234.50", '.'), "1234.50");
    EXPECT_EQ(amount("1,234", '.'), "1234.00");
}

TEST(CsvStatement, BNK_19_OneDecimalIsATenth) {
    const std::string file =
        "Date;Libellé;Montant\n03/11/2026;A;-204.3 €\n03/11/2026;B;-204.30 €\n"
        "04/11/2026;C;-204 €\n";
    const Statement s = only(file, "amount = Montant\n");
    ASSERT_EQ(s.movements.size(), 3U);
    EXPECT_EQ(s.movements[0].amount, Money::cents(-20'430));
    EXPECT_EQ(s.movements[1].amount, Money::cents(-20'430));
    EXPECT_EQ(s.movements[2].amount, Money::cents(-20'400));
    EXPECT_EQ(s.id, "2026-11-03_2026-11-04");
    // Shown, and not bookable: nothing says what the balances are.
    EXPECT_EQ(s.obstacles.at(0).code, Code::statement_balance_missing);
}

TEST(CsvStatement, ReadsALineApartForEachBalance) {
    const std::string file =
        "Compte;FR76…\nSolde initial au 31/10/2026;;100,00\nDate;Libellé;Débit;Crédit\n"
        "03/11/2026;\"A;B\";10,00;\n04/11/2026;C;;1 030,00\n\nSolde final;;1.120,00 €\n";
    const Statement s = only(
        file, "debit = Débit\ncredit = Crédit\nopening = Solde initial\nclosing = Solde final\n");
    EXPECT_TRUE(s.bookable()) << s.obstacles.at(0).message;
    EXPECT_EQ(s.movements[0].remittance, "A;B");
    EXPECT_EQ(s.movements[0].amount, Money::euros(-10));
    EXPECT_EQ(s.movements[1].amount, Money::euros(1'030));
    EXPECT_EQ(s.closing->day, Day::of(2026, 11, 4));
}

TEST(CsvStatement, RefusesDecimalsThatCouldBeThousands) {
    const std::string rows = "Date;Libellé;Montant\n03/11/2026;A;";
    EXPECT_EQ(refused(rows + "1,234\n", "amount = Montant\n"), "malformed mapping.decimal");
    EXPECT_EQ(refused(rows + "1.234\n", "amount = Montant\n"), "malformed mapping.decimal");
    EXPECT_EQ(refused(rows + "1,5\n03/11/2026;B;1.5\n", "amount = Montant\n"),
              "malformed mapping.decimal");
    // Another line, or the mapping, settles it.
    EXPECT_EQ(only(rows + "1.234\n03/11/2026;B;1,50\n", "amount = Montant\n").movements[0].amount,
              Money::euros(1'234));
    EXPECT_EQ(only(rows + "1,234\n", "amount = Montant\ndecimal = .\n").movements[0].amount,
              Money::euros(1'234));
    EXPECT_EQ(refused(rows + "1,234\n", "amount = Montant\ndecimal = ,\n"),
              "statement_damaged ligne 2");
}

TEST(CsvStatement, FindsTheSeparatorOrRefuses) {
    EXPECT_EQ(
        only("Date,Libellé,Montant\n03/11/2026,A,1.50\n", "amount = Montant\n").movements.size(),
        1U);
    EXPECT_EQ(only("Date\tLibellé\tMontant\n03/11/2026\tA\t1,50\n", "amount = Montant\n")
                  .movements.size(),
              1U);
    EXPECT_EQ(refused("Date,Libellé,Montant\n03/11/2026,A,1,50\n", "amount = Montant\n"),
              "statement_damaged ligne 2");
    const std::string both = "Date;Libellé;Montant\nDate,Libellé,Montant\n";
    EXPECT_EQ(refused(both, "amount = Montant\n"), "malformed mapping.separator");
    EXPECT_EQ(refused("Jour;Texte;Somme\n", "amount = Montant\n"), "not_a_statement fichier");
    EXPECT_EQ(refused("", "amount = Montant\n"), "not_a_statement fichier");
}

TEST(CsvStatement, RefusesALineThatIsNoMovement) {
    const auto with = [](const std::string& row) {
        return refused("Date;Libellé;Débit;Crédit\n" + row + "\n",
                       "debit = Débit\ncredit = Crédit\n");
    };
    for (const char* row : {"03/11/26;A;1,00;", "2026-11-03;A;1,00;", "03/13/2026;A;1,00;",
                            "00/11/2026;A;1,00;", ";A;1,00;", "03/11/2026;A;;",
                            "03/11/2026;A;1,00;2,00", "03/11/2026;A;x;", "03/11/2026;\"A;1,00;"}) {
        EXPECT_EQ(with(row), "statement_damaged ligne 2") << row;
    }
    EXPECT_EQ(with("03/11/2026;A;-1,00;\n03/11/2026;A;1,00;"), "statement_damaged ligne 3");
    const Statement february =
        only("Date;Libellé;Montant\n30/02/2027;A;1,00\n", "amount = Montant\n");
    EXPECT_EQ(february.movements[0].proposed_booking_day, Day::of(2027, 2, 28));
    EXPECT_FALSE(february.bookable());
}

TEST(CsvStatement, TheRunningBalanceProvesTheLinesAndTheirOrder) {
    const std::string head = "Date;Libellé;Montant;Solde\n";
    const std::string a = "03/11/2026;A;10,00;110,00\n";
    const std::string b = "03/11/2026;B;5,00;115,00\n";
    const std::string c = "03/11/2026;C;-15,00;100,00\n";
    const std::string more = "amount = Montant\nbalance = Solde\n";
    for (const std::string& rows : {a + b + c, c + b + a}) {
        const Statement s = only(head + rows, more);
        EXPECT_TRUE(s.bookable());
        EXPECT_EQ(s.opening->amount, Money::euros(100));
        EXPECT_EQ(s.movements[0].remittance, "A");
        EXPECT_EQ(s.movements[2].ordinal, 3);
    }
    const Statement torn =
        only(head + a + "03/11/2026;C;-14,00;101,00\n", more);  // a line is missing
    EXPECT_EQ(torn.obstacles.at(0).code, Code::statement_balance_mismatch);
    const Statement hidden =
        only(head + a + "03/11/2026;B;5,00;114,00\n03/11/2026;C;6,00;121,00\n", more);
    EXPECT_FALSE(hidden.bookable());
}

TEST(CsvMapping, RefusesWhatItDoesNotKnow) {
    const auto code = [](const std::string& text) {
        const auto got = read_csv_mapping(text);
        return got ? "read"
                   : std::string(code_name(got.refusal().code)) + " " + got.refusal().field;
    };
    const std::string good = base + "amount = Montant\n";
    EXPECT_EQ(code(good), "read");
    EXPECT_EQ(code(good + "colour = blue\n"), "unknown_field mapping.");
    EXPECT_EQ(code(good + "amount = Autre\n"), "duplicate mapping.amount");
    EXPECT_EQ(code(good + "Montant\n"), "malformed mapping.");
    EXPECT_EQ(code(good + "value_date =\n"), "missing mapping.value_date");
    EXPECT_EQ(code(good + "separator = |\n"), "malformed mapping.separator");
    EXPECT_EQ(code(good + "decimal = ;\n"), "malformed mapping.decimal");
    EXPECT_EQ(code(good + "order = up\n"), "malformed mapping.order");
    EXPECT_EQ(code(good + "debit = D\n"), "missing mapping.amount");
    EXPECT_EQ(code(base + "debit = D\n"), "missing mapping.amount");
    EXPECT_EQ(code(base), "missing mapping.amount");
    EXPECT_EQ(code("label = L\n"), "missing mapping.account");
    std::string form = good;
    EXPECT_EQ(code(form.replace(form.find("DD/MM/YYYY"), 10, "D/M/Y")),
              "malformed mapping.date_format");
    std::string account = good;
    EXPECT_EQ(code(account.replace(account.find("106"), 3, "107")),
              "iban_check_digits mapping.account");
}

TEST(StatementFile, IsKnownByItsFirstBytes) {
    const auto code = [](const std::string& bytes, const BankProfile& profile = {}) {
        const auto got = read_statements(bytes, profile);
        return got ? "read" : std::string(code_name(got.refusal().code));
    };
    EXPECT_EQ(code(""), "not_a_statement");
    EXPECT_EQ(code("Date;Libellé;Montant\n"), "not_a_statement");
    EXPECT_EQ(code("01/11/2026;A;1,00\n"), "not_a_statement");
    EXPECT_EQ(code("<html></html>"), "not_a_statement");
    EXPECT_EQ(code("  <html>"), "xml_malformed");
    EXPECT_EQ(code("%PDF-1.4\n\x93\x01"), "statement_damaged");
    EXPECT_EQ(code("<a/>", {.mapping = mapping("amount = M\n")}), "not_a_statement");
}

}  // namespace
}  // namespace deodat::bank
