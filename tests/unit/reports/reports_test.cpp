// Goal: the two workbooks agree with their data, with themselves when recalculated by another
// program, and say so when they do not. Method: a small Déodatie; cells read back by Python;
// LibreOffice recalculates and converts.
#include <gtest/gtest.h>

#include "tests/support/programs.h"
#include "tests/unit/reports/sample_data.h"

namespace deodat::reports {
namespace {

using testing::sample_reconciliation;
using testing::sample_treasury;
using testing_support::read_xlsx;
using testing_support::ReadBook;
using testing_support::TestDirectory;

// The cells in which a text stands, by sheet: to find rows by their labels.
std::string cell_right_of(const ReadBook& book, const std::string& sheet, const std::string& label,
                          char column, int skip = 0) {
    std::map<int, std::string> rows;  // in the order of the sheet
    for (const auto& [place, cell] : book) {
        if (place.first != sheet || cell.value != label || place.second[0] != 'A') continue;
        rows[std::stoi(place.second.substr(1))] = place.second.substr(1);
    }
    for (const auto& [number, row] : rows) {
        if (skip-- == 0) return column + row;
    }
    ADD_FAILURE() << label << " is not in " << sheet;
    return {};
}

std::string value_right_of(const ReadBook& book, const std::string& sheet, const std::string& label,
                           char column, int skip = 0) {
    const auto found = book.find({sheet, cell_right_of(book, sheet, label, column, skip)});
    return found == book.end() ? std::string("(blank)") : found->second.value;
}

void expect_well_formed(const TestDirectory& directory, const std::filesystem::path& file) {
    const std::string parts = (directory / "parts").string();
    EXPECT_EQ(testing_support::run("unzip -qqo '" + file.string() + "' -d '" + parts + "'").status,
              0);
    if (!testing_support::has_program("xmllint")) return;
    EXPECT_EQ(
        testing_support::run("find '" + parts + "' -type f -print0 | xargs -0 xmllint --noout 2>&1")
            .output,
        "");
}

// LibreOffice loads the file, recalculates every formula and writes its own: each must give the
// value that we wrote.
void expect_same_when_recalculated(const TestDirectory& directory,
                                   const std::filesystem::path& file, std::size_t formulas_min) {
    ASSERT_TRUE(
        testing_support::convert(directory, file, "xlsx:Calc MS Excel 2007 XML", "recalculated"));
    const ReadBook ours = read_xlsx(file);
    const ReadBook theirs = read_xlsx(directory / ("recalculated/" + file.filename().string()));
    std::size_t formulas = 0;
    for (const auto& [place, cell] : ours) {
        if (cell.formula.empty()) continue;
        ++formulas;
        const auto found = theirs.find(place);
        ASSERT_NE(found, theirs.end()) << place.first << "!" << place.second;
        EXPECT_FALSE(found->second.formula.empty());
        if (cell.type == "str") {
            EXPECT_EQ(found->second.value, cell.value) << place.first << "!" << place.second;
        } else {
            EXPECT_NEAR(std::stod(found->second.value), std::stod(cell.value), 0.000001)
                << place.first << "!" << place.second << " " << cell.formula;
        }
    }
    EXPECT_GE(formulas, formulas_min);
}

TEST(FunderReconciliation, AddsUpAndAgrees) {
    const TestDirectory directory;
    const FunderReconciliation data = sample_reconciliation();
    EXPECT_TRUE(write_funder_reconciliation(directory / "f.xlsx", data));
    expect_well_formed(directory, directory / "f.xlsx");
    const ReadBook book = read_xlsx(directory / "f.xlsx");
    EXPECT_EQ(value_right_of(book, "Synthèse", "Notifié", 'B'), "233851.82");
    EXPECT_EQ(value_right_of(book, "Synthèse", "Notifié", 'C'), "1");
    EXPECT_EQ(value_right_of(book, "Synthèse", "Encaissé", 'B', 1), "115105.51");
    EXPECT_EQ(value_right_of(book, "Synthèse", "Encaissé", 'C', 1), "115105.51");
    EXPECT_EQ(value_right_of(book, "Synthèse", "Écart", 'B'), "-19287.63");
    EXPECT_EQ(value_right_of(book, "Synthèse", "Restant dû", 'E', 1), "0");
    EXPECT_EQ(value_right_of(book, "Synthèse", "Restant dû", 'F', 1), "✔ concorde");
    EXPECT_EQ(book.at({"Subventions", "D6"}).type, "inlineStr");
    EXPECT_EQ(book.at({"Subventions", "D6"}).value, "88413");
    EXPECT_EQ(value_right_of(book, "Subventions", "Total", 'G'), "233851.82");
    EXPECT_EQ(book.at({"Synthèse", "A4"}).value,
              "Arrêté au 31/10/2026, écriture n° 4512, enregistrée le 02/11/2026 à 09 h 12");
}

TEST(FunderReconciliation, SaysWhereItDoesNotAgree) {
    const TestDirectory directory;
    FunderReconciliation data = sample_reconciliation();
    data.ledger.claimed += Money::cents(1);
    EXPECT_FALSE(write_funder_reconciliation(directory / "ledger.xlsx", data));
    const ReadBook ledger = read_xlsx(directory / "ledger.xlsx");
    EXPECT_EQ(value_right_of(ledger, "Synthèse", "Demandé", 'E', 1), "-0.01");
    EXPECT_EQ(value_right_of(ledger, "Synthèse", "Demandé", 'F', 1), "✘ écart");
    EXPECT_EQ(value_right_of(ledger, "Synthèse", "Encaissé", 'F', 1), "✔ concorde");

    data = sample_reconciliation();
    data.movements.pop_back();  // a receipt that is in the lines and in the ledger
    EXPECT_FALSE(write_funder_reconciliation(directory / "movement.xlsx", data));
    const ReadBook movement = read_xlsx(directory / "movement.xlsx");
    EXPECT_EQ(value_right_of(movement, "Synthèse", "Encaissé", 'F', 1), "✘ écart");
    EXPECT_EQ(value_right_of(movement, "Synthèse", "Notifié", 'F', 1), "✔ concorde");
    if (!testing_support::has_program("soffice")) return;
    expect_same_when_recalculated(directory, directory / "ledger.xlsx", 60);
    expect_same_when_recalculated(directory, directory / "movement.xlsx", 60);
}

TEST(FunderReconciliation, IsRecalculatedToTheSame) {
    if (!testing_support::has_program("soffice")) GTEST_SKIP() << "skipped: no LibreOffice";
    const TestDirectory directory;
    FunderReconciliation data = sample_reconciliation();
    data.funder = "L'Anah & Cie : \"Vosges\" <est>";
    EXPECT_TRUE(write_funder_reconciliation(directory / "f.xlsx", data));
    expect_same_when_recalculated(directory, directory / "f.xlsx", 60);
    data.grants.clear();
    data.movements.clear();
    data.ledger = {};
    EXPECT_TRUE(write_funder_reconciliation(directory / "empty.xlsx", data));
    expect_same_when_recalculated(directory, directory / "empty.xlsx", 25);
}

TEST(FunderReconciliation, PrintsOnFrenchPages) {
    if (!testing_support::has_program("soffice") || !testing_support::has_program("pdftotext")) {
        GTEST_SKIP() << "skipped: no LibreOffice or no pdftotext";
    }
    const TestDirectory directory;
    EXPECT_TRUE(write_funder_reconciliation(directory / "f.xlsx", sample_reconciliation()));
    ASSERT_TRUE(testing_support::convert(directory, directory / "f.xlsx", "pdf", "out"));
    const std::string text =
        testing_support::run("pdftotext -layout '" + (directory / "out/f.pdf").string() + "' -")
            .output;
    EXPECT_EQ(text.find("###"), std::string::npos);
    EXPECT_EQ(text.find("-0,00"), std::string::npos);
    EXPECT_NE(testing_support::plain_blanks(text).find(" 233 851,82 €"), std::string::npos) << text;
    EXPECT_NE(text.find("Page 1 / 3"), std::string::npos);
    EXPECT_NE(text.find("Page 3 / 3"), std::string::npos);
}

TEST(TreasuryWorkbook, AddsUpAndAgrees) {
    const TestDirectory directory;
    const TreasuryPosition data = sample_treasury();
    EXPECT_TRUE(write_treasury_workbook(directory / "t.xlsx", data));
    expect_well_formed(directory, directory / "t.xlsx");
    const ReadBook book = read_xlsx(directory / "t.xlsx");
    EXPECT_EQ(value_right_of(book, "Trésorerie", "= Trésorerie libre", 'B'), "48300.28");
    EXPECT_EQ(value_right_of(book, "Trésorerie", "Utilisation du plafond", 'B'), "0.4213");
    EXPECT_EQ(value_right_of(book, "Trésorerie", "Encours, par ancienneté", 'B'), "45195");
    EXPECT_EQ(value_right_of(book, "Trésorerie", "Encours, par ancienneté", 'E'), "✔ concorde");
    EXPECT_EQ(value_right_of(book, "Trésorerie", "Région Grand Est", 'B'), "25900");
    EXPECT_EQ(value_right_of(book, "Ancienneté", "Total", 'I'), "45195");
    EXPECT_EQ(value_right_of(book, "Créances", "Total", 'G'), "43700");
    // A dossier without exposure has no line among the ages.
    EXPECT_EQ(book.count({"Ancienneté", "A11"}), 1U);
    EXPECT_EQ(book.at({"Ancienneté", "A11"}).value, "Total");
}

TEST(TreasuryWorkbook, SaysWhereItDoesNotAgree) {
    const TestDirectory directory;
    TreasuryPosition data = sample_treasury();
    data.dossiers[1].ageing[4] += Money::cents(1);
    EXPECT_FALSE(write_treasury_workbook(directory / "t.xlsx", data));
    const ReadBook book = read_xlsx(directory / "t.xlsx");
    EXPECT_EQ(value_right_of(book, "Trésorerie", "Encours, par ancienneté", 'E'), "✘ écart");
    EXPECT_EQ(value_right_of(book, "Trésorerie", "Couverture attendue", 'E', 1), "✔ concorde");
}

TEST(TreasuryWorkbook, IsRecalculatedToTheSame) {
    if (!testing_support::has_program("soffice")) GTEST_SKIP() << "skipped: no LibreOffice";
    const TestDirectory directory;
    TreasuryPosition data = sample_treasury();
    EXPECT_TRUE(write_treasury_workbook(directory / "t.xlsx", data));
    expect_same_when_recalculated(directory, directory / "t.xlsx", 50);
    data.dossiers.clear();
    data.claims.clear();
    data.totals = {};
    EXPECT_TRUE(write_treasury_workbook(directory / "empty.xlsx", data));
    expect_same_when_recalculated(directory, directory / "empty.xlsx", 40);
}

}  // namespace
}  // namespace deodat::reports
