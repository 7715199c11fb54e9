// Goal: each writer of the journal gives the bytes its contract shows, and keeps what would break
// its format out of it. Method: entries written out by hand; the casebook's cases of the FEC by
// their ids (FEC-08 stands in tests/property/exports_test.cpp, where entries have origins).
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "ledger/base/canonical.h"
#include "reports/journal/beancount.h"
#include "reports/journal/fec.h"
#include "reports/journal/hashed_output.h"
#include "reports/journal/journal_csv.h"
#include "tests/support/programs.h"

namespace deodat::reports {
namespace {

const Day day = Day::of(2026, 1, 15);

TEST(Beancount, WritesWhatItsContractShows) {
    std::ostringstream out;
    BeancountJournal journal(out, "Déodat", Day::of(2025, 10, 2));
    const std::string expenditure = beancount_account("458101", {"D26-0001"});
    const BeancountEntry entry{
        day,
        42,
        "order_released",
        "Facture « 2 »\nacceptée \"ici\" \\",
        "F-1",
        {{expenditure, Money::cents(123'450)},
         {beancount_account("4041", {"D26-0001", "S123"}), Money::cents(-123'450)}}};
    journal.write(entry);
    EXPECT_EQ(out.str(),
              "; Déodat\noption \"title\" \"Déodat\"\noption \"operating_currency\" \"EUR\"\n\n"
              "2025-10-02 open Liabilities:458101:D26-0001 EUR\n"
              "2025-10-02 open Liabilities:4041:D26-0001:S123 EUR\n\n"
              "2026-01-15 * \"Facture « 2 » acceptée \\\"ici\\\" \\\\\"\n"
              "  entry: 42\n  event: \"order_released\"\n  piece: \"F-1\"\n"
              "  Liabilities:458101:D26-0001  1234.50 EUR\n"
              "  Liabilities:4041:D26-0001:S123  -1234.50 EUR\n");
    const std::size_t opened = out.str().size();
    journal.write(entry);
    EXPECT_EQ(out.str().find(" open ", opened), std::string::npos) << "opened twice";
}

TEST(Beancount, NamesAccountsByClass) {
    EXPECT_EQ(beancount_account("515", {}), "Assets:515");
    EXPECT_EQ(beancount_account("1021", {}), "Equity:1021");
    EXPECT_EQ(beancount_account("65888", {}), "Expenses:65888");
    EXPECT_EQ(beancount_account("8018", {}), "Equity:HorsBilan:8018");
    EXPECT_EQ(beancount_account("memo.claim.c", {"é_x"}), "Equity:HorsBilan:Xmemo-claim-c:X---x");
}

TEST(Beancount, RefusesWhatWouldNotBalance) {
    std::ostringstream out;
    BeancountJournal journal(out, "x", day);
    EXPECT_THROW(journal.write({day, 1, "", "", "", {{"Assets:515", Money::cents(1)}}}),
                 BrokenInvariant);
    EXPECT_THROW(journal.write({day.plus_days(-1), 1, "", "", "", {}}), BrokenInvariant);
    std::ofstream closed;
    EXPECT_THROW(BeancountJournal(closed, "x", day).write({day, 1, "", "", "", {}}),
                 EnvironmentFailure);
}

TEST(JournalCsv, QuotesAndDisarmsCells) {
    std::ostringstream out;
    JournalCsv table(out);
    JournalCsvLine line{42,        day,        Instant(0), "MA", "order_released",
                        "a;\"b\"", "=1+1",     "HMD",      4,    "515",
                        "Compte",  "D26-0001", "",         "",   Money::cents(-123'450)};
    table.write(line);
    line.label = "-2";
    line.amount = Money::cents(5);
    table.write(line);
    const auto lines = testing_support::split(out.str(), '\n');
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_EQ(lines[0].substr(0, 3), "\xEF\xBB\xBF");
    EXPECT_EQ(lines[1],
              "42;2026-01-15;1970-01-01T00:00:00.000000Z;MA;order_released;\"a;\"\"b\"\"\";'=1+1;"
              "HMD;4;515;Compte;D26-0001;;;;1234,50\r");
    EXPECT_EQ(lines[2],
              "42;2026-01-15;1970-01-01T00:00:00.000000Z;MA;order_released;'-2;'=1+1;"
              "HMD;4;515;Compte;D26-0001;;;0,05;\r");
}

FecLine fec_line(const std::string& label, const std::string& piece, Money amount) {
    return {"TI",  "Titres", 1,     day,    "515", "Compte au Trésor", "", "",
            piece, day,      label, amount, day};
}

struct WrittenFec {
    std::vector<std::string> lines;
    FecNotes notes;
};
WrittenFec written(const std::vector<FecLine>& lines) {
    std::ostringstream out;
    FecFile file(out);
    for (const FecLine& line : lines) file.write(line);
    return {testing_support::split(out.str(), '\n'), file.notes()};
}

TEST(Fec, FEC_02_ANilLineIsLeftOutAndCounted) {
    const auto fec =
        written({fec_line("Aide", "P", Money()), fec_line("Aide", "P", Money::cents(5))});
    EXPECT_EQ(fec.lines.size(), 2U);
    EXPECT_EQ(fec.notes.lines, 1);
    EXPECT_EQ(fec.notes.nil_lines, 1);
    EXPECT_NE(fec.lines[1].find("\t0,05\t0,00\t"), std::string::npos);
}

TEST(Fec, FEC_03_ControlCharactersNeverBreakTheColumns) {
    const auto fec = written({fec_line("Facture\t2026-17\r\nlot A|B", "P", Money::cents(-5))});
    ASSERT_EQ(fec.lines.size(), 2U);
    const auto fields = testing_support::split(fec.lines[1], '\t');
    ASSERT_EQ(fields.size(), 18U);
    EXPECT_EQ(fields[10], "Facture 2026-17 lot A/B");
    EXPECT_EQ(fields[11] + " " + fields[12], "0,00 0,05");
    EXPECT_EQ(fields[17], "\r");
}

TEST(Fec, FEC_04_NoSeparatorInsideAFieldAndTheSubstitutionIsSaid) {
    const auto fec = written({fec_line("Avance", "AV|2026|0042", Money::cents(5))});
    EXPECT_EQ(testing_support::split(fec.lines[1], '\t').at(8), "AV/2026/0042");
    EXPECT_EQ(fec.notes.replaced, 1);
    ASSERT_EQ(fec.notes.examples.size(), 1U);
    EXPECT_NE(fec.notes.examples[0].find("ligne 2, PieceRef : « AV|2026|0042 »"),
              std::string::npos);
}

TEST(Fec, FEC_07_TheHeaderHasTheEighteenNames) {
    EXPECT_EQ(written({}).lines.at(0),
              "JournalCode\tJournalLib\tEcritureNum\tEcritureDate\tCompteNum\tCompteLib\tCompAuxNum"
              "\tCompAuxLib\tPieceRef\tPieceDate\tEcritureLib\tDebit\tCredit\tEcritureLet\tDateLet"
              "\tValidDate\tMontantdevise\tIdevise\r");
}

TEST(Fec, IsEncodedInIso885915) {
    bool faithful = true;
    EXPECT_EQ(iso_8859_15("é Œ € – ’ …", faithful), "\xe9 \xbc \xa4 - ' ...");
    EXPECT_TRUE(faithful);
    EXPECT_EQ(iso_8859_15("¤½日\xff", faithful), "????");
    EXPECT_FALSE(faithful);
}

TEST(Fec, RefusesABlankFieldAndABadAccount) {
    EXPECT_THROW(written({fec_line(" \t", "P", Money::cents(5))}), BrokenInvariant);
    EXPECT_THROW(written({fec_line("x", "", Money::cents(5))}), BrokenInvariant);
    FecLine line = fec_line("x", "P", Money::cents(5));
    line.account = "memo.8018";
    EXPECT_THROW(written({line}), BrokenInvariant);
}

TEST(Fec, HasItsLegalName) {
    EXPECT_EQ(fec_file_name(siren_with_check_digit("35600000"), 2026), "356000000FEC20261231.txt");
}

TEST(HashedOutput, HashesWhatItHandsOn) {
    std::ostringstream out;
    HashedOutput hashed(out);
    std::string all;
    for (int i = 0; i < 40'000; ++i) {
        hashed.stream() << i << '\n';
        all += std::to_string(i) + "\n";
    }
    const auto finished = hashed.finish();
    EXPECT_EQ(out.str(), all);
    EXPECT_EQ(finished.bytes, static_cast<std::int64_t>(all.size()));
    EXPECT_EQ(finished.sha256, sha256(all));
    std::ofstream closed;
    HashedOutput failing(closed);
    failing.stream() << "x";
    EXPECT_THROW(failing.finish(), EnvironmentFailure);
}

}  // namespace
}  // namespace deodat::reports
