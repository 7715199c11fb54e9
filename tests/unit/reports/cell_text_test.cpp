// Goal: no text from outside can make a workbook that a spreadsheet refuses or repairs. Method: the
// casebook's inputs.
#include "reports/cell_text.h"

#include <gtest/gtest.h>

#include "ledger/base/text.h"

namespace deodat::reports {
namespace {

CellText prepared(std::string_view text) {
    CellText out;
    prepare_cell_text(text, out);
    return out;
}

std::string repeated(std::string_view text, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i) out += text;
    return out;
}

TEST(CellText, ReplacesAndCountsWhatXmlForbids) {
    const CellText cell = prepared("collé\vd'un\x01 PDF\x1f é\tà\nla");
    EXPECT_EQ(cell.text, "collé\ufffdd'un\ufffd PDF\ufffd é\tà\nla");
    EXPECT_EQ(cell.replaced_characters, 3);
    EXPECT_FALSE(cell.cut);
    EXPECT_EQ(prepared("\xff\xfe").text, "\ufffd\ufffd");
    EXPECT_EQ(prepared("é\xc3").replaced_characters, 1);
    EXPECT_EQ(prepared("\xed\xa0\x80").replaced_characters, 3);  // half a surrogate pair
    EXPECT_EQ(prepared("\uffff").text, "\ufffd");
    EXPECT_EQ(prepared("a\r\nb\rc").text, "a\nb\nc");
    EXPECT_EQ(prepared("a\r\nb").replaced_characters, 0);
    EXPECT_EQ(prepared(std::string_view("a\0b", 3)).text, "a\ufffdb");
}

TEST(CellText, CutsAtTheLimitOfTheCell) {  // XLS-04
    const CellText exact = prepared(repeated("é", 32'767));
    EXPECT_FALSE(exact.cut);
    EXPECT_EQ(utf16_units(exact.text), 32'767U);
    const CellText longer = prepared(repeated("é", 40'000));
    EXPECT_TRUE(longer.cut);
    EXPECT_EQ(utf16_units(longer.text), 32'767U);
    EXPECT_TRUE(longer.text.ends_with(cut_mark));
    // Two units each: 16,383 fit, and one is never halved.
    EXPECT_FALSE(prepared(repeated("😀", 16'383)).cut);
    const CellText faces = prepared(repeated("😀", 16'384));
    EXPECT_TRUE(faces.cut);
    EXPECT_LE(utf16_units(faces.text), 32'767U);
    EXPECT_TRUE(is_utf8(faces.text));
}

TEST(CellText, CountsTheTextAndNotItsEscapes) {  // TXT-08
    EXPECT_FALSE(prepared(repeated("&", 32'767)).cut);
    EXPECT_EQ(prepared("_x0041_").text, "_x005F_x0041_");
    EXPECT_EQ(prepared("_x41_ _y0041_ _x004G_").text, "_x41_ _y0041_ _x004G_");
    EXPECT_FALSE(prepared(repeated("_x0041_", 4'681)).cut);  // 32,767 as typed
}

TEST(SheetName, FitsThirtyOneUnits) {  // XLS-07
    const std::string fits = "Prêts d'Étampes à régler 2026😀";
    EXPECT_EQ(utf16_units(fits), 31U);
    EXPECT_EQ(sheet_name(fits, {}), fits);
    EXPECT_EQ(sheet_name("Prêts d'Étampes à régler 2026x😀", {}), "Prêts d'Étampes à régler 2026x");
}

TEST(SheetName, StaysUnique) {  // XLS-09
    const std::string a = sheet_name("Préfinancement rénovation énergétique – Lot A", {});
    const std::string b = sheet_name("Préfinancement rénovation énergétique – Lot B", {a});
    EXPECT_NE(a, b);
    EXPECT_LE(utf16_units(a), 31U);
    EXPECT_LE(utf16_units(b), 31U);
    EXPECT_TRUE(b.ends_with(" (2)"));
    EXPECT_EQ(sheet_name("ÉTAT", {"État", "état (2)"}), "ÉTAT (3)");
    EXPECT_EQ(sheet_name("Œuvre", {"œuvre"}), "Œuvre (2)");
}

TEST(SheetName, HoldsNothingForbidden) {
    EXPECT_EQ(sheet_name("a[b]c:d*e?f/g\\h", {}), "a-b-c-d-e-f-g-h");
    EXPECT_EQ(sheet_name("'cité'", {}), "cité");
    EXPECT_EQ(sheet_name(" ' ", {}), "Feuille");
    EXPECT_NE(sheet_name("history", {}), "history");
    EXPECT_NE(sheet_name("Historique", {}), "Historique");
}

}  // namespace
}  // namespace deodat::reports
