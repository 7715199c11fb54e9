// Goal: deodat invoice as a person and a script meet it: an invoice shown with what is wrong with
// it, the same as JSON, refusals on the error output alone. Method: the built program on files of
// our own.
#include <gtest/gtest.h>

#include <fstream>

#include "ledger/base/money.h"
#include "tests/support/invoice_files.h"
#include "tests/support/programs.h"

namespace deodat {
namespace {

using testing_support::Answer;

class CliInvoice : public ::testing::Test {
  protected:
    Answer deodat(const std::string& arguments) {
        return testing_support::run_in(directory_, DEODAT_PROGRAM, arguments);
    }
    void file(const std::string& name, const std::string& bytes) {
        std::ofstream(directory_ / name, std::ios::binary) << bytes;
    }
    static bool has(const std::string& text, const std::string& part) {
        return text.find(part) != std::string::npos;
    }
    testing_support::TestDirectory directory_;
};

TEST_F(CliInvoice, ShowsTheSameInvoiceWhateverHoldsIt) {
    file("f.xml", test::cii_invoice());
    file("u.xml", test::ubl_invoice());
    file("f.pdf", test::pdf_with({{"factur-x.xml", test::cii_invoice()}}));
    const Answer cii = deodat("invoice f.xml");
    EXPECT_EQ(cii.code, 0) << cii.err;
    EXPECT_TRUE(cii.err.empty());
    for (const std::string& shown : std::vector<std::string>{
             "FA-2026-17", "SIRET 73282932000074", "Isolation des combles", "Commande : W26-0001",
             "TTC " + french(Money::cents(177'085)), "écart " + french(Money()),
             "Compte lu, jamais payable : FR7630006000011234567890189"}) {
        EXPECT_TRUE(has(cii.out, shown)) << shown << "\n" << cii.out;
    }
    EXPECT_FALSE(has(cii.out, "À corriger"));
    EXPECT_EQ(deodat("invoice u.xml").out, cii.out);
    EXPECT_EQ(deodat("invoice f.pdf").out, cii.out);
}

TEST_F(CliInvoice, SaysWhatIsWrongAndStaysReadable) {
    file("f.xml", testing_support::replaced(test::cii_invoice(), ">1770.85<", ">1780.85<"));
    const Answer wrong = deodat("invoice f.xml");
    EXPECT_EQ(wrong.code, 0);
    EXPECT_TRUE(has(wrong.out, "À corriger avant d'enregistrer la facture :")) << wrong.out;
    EXPECT_TRUE(has(wrong.out, "invoice_total_mismatch : ")) << wrong.out;
    const Answer json = deodat("invoice f.xml --json");
    EXPECT_EQ(json.code, 0);
    EXPECT_TRUE(has(json.out, "\"invoice_total_mismatch\"")) << json.out;
    EXPECT_EQ(json.out.find('{'), 0U);
}

TEST_F(CliInvoice, RefusesWithTheReasonAndNothingOnTheOutput) {
    file("n.xml", "<a/>");
    file("n.pdf", test::pdf_with({{"photo.png", "x"}}));
    file("c.pdf", test::pdf_with({{"factur-x.xml", test::cii_invoice()}}, {false, "a", "b"}));
    file("b.xml", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>");
    const std::vector<std::pair<std::string, std::string>> refused = {
        {"n.xml", "Attendu : Factur-X"},
        {"n.pdf", "« photo.png »"},
        {"c.pdf", "chiffré"},
        {"b.xml", "DTD"},
    };
    for (const auto& [name, reason] : refused) {
        const Answer answer = deodat("invoice " + name);
        EXPECT_EQ(answer.code, 1) << name;
        EXPECT_TRUE(answer.out.empty()) << name;
        EXPECT_TRUE(has(answer.err, reason)) << name << ": " << answer.err;
    }
    EXPECT_EQ(deodat("invoice").code, 2);
    EXPECT_EQ(deodat("invoice a b").code, 2);
    EXPECT_NE(deodat("invoice nowhere.xml").code, 0);
}

}  // namespace
}  // namespace deodat
