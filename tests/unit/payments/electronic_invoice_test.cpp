// Goal: an electronic invoice is read to the cent or refused with the reason, whatever its syntax,
// and what is wrong with it is said. Method: one invoice of our own in both syntaxes, changed one
// thing at a time; PDFs made by another library's writer, then damaged; the samples of others
// against a table; bombs, each refused by the bound that it meets (fuzz_memory counts what they
// hold).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <sstream>

#include "ledger/payments/electronic/checks.h"
#include "ledger/payments/electronic/invoice_json.h"
#include "ledger/payments/electronic/parts.h"
#include "ledger/payments/electronic/pdf.h"
#include "ledger/payments/electronic/pdf_filters.h"
#include "ledger/payments/electronic/reading.h"
#include "tests/support/invoice_files.h"
#include "tests/support/raw_pdf.h"

namespace deodat::payments::electronic {
namespace {

using test::catalogue;
using test::cii_invoice;
using test::deflated;
using test::file_spec;
using test::pdf_of;
using test::pdf_with;
using test::stream_object;
using test::ubl_invoice;
using testing_support::replaced;

const Day today = Day::of(2026, 11, 25);

ElectronicInvoice read(const std::string& bytes) {
    auto invoice = read_invoice(bytes);
    EXPECT_TRUE(invoice.ok()) << (invoice.ok() ? "" : invoice.refusal().message);
    return invoice.ok() ? *invoice : ElectronicInvoice{};
}

Refusal refusal_of(const std::string& bytes) {
    const auto invoice = read_invoice(bytes);
    EXPECT_FALSE(invoice.ok());
    return invoice.ok() ? Refusal{Code::usage, "", ""} : invoice.refusal();
}

using Names = std::vector<std::string>;

Names names_of(const std::vector<Refusal>& faults) {
    Names names;
    for (const Refusal& fault : faults) {
        names.push_back(std::string(code_name(fault.code)) + " " + fault.field);
        EXPECT_GT(fault.message.size(), 20U) << fault.field;
    }
    return names;
}

Names obstacles(const std::string& xml) {
    return names_of(check(read(xml), today).obstacles);
}
Names remarks(const std::string& xml) {
    return names_of(check(read(xml), today).remarks);
}

// Both syntaxes with the same change; the model must say the same of both.
struct Change {
    std::string cii_from, cii_to, ubl_from, ubl_to;
};
void expect_obstacles(const Change& change, const Names& expected) {
    EXPECT_EQ(obstacles(replaced(cii_invoice(), change.cii_from, change.cii_to)), expected);
    EXPECT_EQ(obstacles(replaced(ubl_invoice(), change.ubl_from, change.ubl_to)), expected);
}

TEST(ElectronicInvoice, BothSyntaxesGiveTheSameModelAndNothingIsWrongWithIt) {
    const ElectronicInvoice cii = read(cii_invoice());
    ElectronicInvoice ubl = read(ubl_invoice());
    EXPECT_EQ(ubl.syntax, Syntax::ubl_invoice);
    EXPECT_EQ(cii.syntax, Syntax::cii);
    ubl.syntax = Syntax::cii;
    const Checks checks = check(cii, today);
    EXPECT_EQ(invoice_json(cii, checks), invoice_json(ubl, check(ubl, today)));
    EXPECT_THAT(names_of(checks.obstacles), testing::IsEmpty());
    EXPECT_THAT(names_of(checks.remarks), testing::IsEmpty());
    ASSERT_TRUE(checks.recomputed);
    EXPECT_EQ(checks.recomputed->lines, Money::cents(170000));
    EXPECT_EQ(checks.recomputed->net, Money::cents(167000));
    EXPECT_EQ(checks.recomputed->vat, Money::cents(10085));
    EXPECT_EQ(checks.recomputed->gross, Money::cents(177085));
    EXPECT_TRUE(checks.recomputed->gap.is_zero());
    EXPECT_EQ(checks.recomputed->tolerance, Money::cents(3));
}

TEST(ElectronicInvoice, ReadsEveryFieldThatTheModelHasAPlaceFor) {
    const ElectronicInvoice invoice = read(cii_invoice());
    EXPECT_EQ(invoice.number, "FA-2026-17");
    EXPECT_EQ(invoice.kind, Kind::invoice);
    EXPECT_EQ(invoice.issued_on.day, Day::of(2026, 9, 18));
    EXPECT_EQ(invoice.due_on.day, Day::of(2026, 10, 18));
    EXPECT_EQ(invoice.delivered_on.day, Day::of(2026, 9, 15));
    EXPECT_EQ(invoice.currency, "EUR");
    EXPECT_THAT(invoice.notes, testing::ElementsAre("Devis DV-88 du 12/05/2026"));
    EXPECT_EQ(invoice.seller.name, "Toitures du Kemberg");
    EXPECT_EQ(invoice.seller.siret, "73282932000074");
    EXPECT_EQ(invoice.seller.siren, "732829320");
    EXPECT_EQ(invoice.seller.vat_number, "FR44732829320");
    EXPECT_EQ(invoice.seller.line, "1 rue des Trois-Villes");
    EXPECT_EQ(invoice.seller.postcode, "88100");
    EXPECT_EQ(invoice.seller.town, "Saint-Dié-des-Vosges");
    EXPECT_EQ(invoice.seller.country, "FR");
    EXPECT_EQ(invoice.buyer.name, "Ménage D01");
    EXPECT_EQ(invoice.order, "W26-0001");
    EXPECT_EQ(invoice.quote, "DV-88");
    EXPECT_EQ(invoice.contract, "CT-9");
    ASSERT_EQ(invoice.precedents.size(), 1U);
    EXPECT_EQ(invoice.precedents[0].number, "FA-2026-09");
    EXPECT_EQ(invoice.precedents[0].issued_on.day, Day::of(2026, 5, 20));
    EXPECT_EQ(invoice.precedents[0].type_code, "386");
    ASSERT_EQ(invoice.lines.size(), 3U);
    EXPECT_EQ(invoice.lines[0].name, "Isolation des combles");
    EXPECT_EQ(invoice.lines[0].description, "R = 7");
    EXPECT_EQ(invoice.lines[0].quantity->text(), "80");
    EXPECT_EQ(invoice.lines[0].unit, "MTK");
    EXPECT_EQ(invoice.lines[0].price->text(), "12.5");
    EXPECT_EQ(invoice.lines[0].order_line, "7");
    EXPECT_EQ(invoice.lines[1].net, Money::cents(50000));
    EXPECT_EQ(invoice.lines[1].category, "S");
    EXPECT_EQ(invoice.lines[1].rate->hundredths(), 550);
    ASSERT_EQ(invoice.lines[1].adjustments.size(), 1U);
    EXPECT_EQ(invoice.lines[1].adjustments[0].amount, Money::cents(2000));
    ASSERT_EQ(invoice.adjustments.size(), 2U);
    EXPECT_FALSE(invoice.adjustments[0].charge);
    EXPECT_TRUE(invoice.adjustments[1].charge);
    EXPECT_EQ(invoice.adjustments[1].reason, "Déplacement");
    ASSERT_EQ(invoice.vat.size(), 2U);
    EXPECT_EQ(invoice.vat[0].base, Money::cents(147000));
    EXPECT_EQ(invoice.vat[0].amount, Money::cents(8085));
    EXPECT_EQ(invoice.totals.prepaid, Money::cents(50000));
    EXPECT_EQ(invoice.totals.due, Money::cents(127085));
    ASSERT_EQ(invoice.payment_means.size(), 1U);
    EXPECT_EQ(invoice.payment_means[0].account, "FR7630006000011234567890189");
    EXPECT_EQ(invoice.payment_means[0].bic, "AGRIFRPP");
    ASSERT_EQ(invoice.attachments.size(), 1U);
    EXPECT_EQ(invoice.attachments[0].name, "photo.png");
    EXPECT_EQ(invoice.attachments[0].media_type, "image/png");
    EXPECT_EQ(invoice.attachments[0].bytes, 8U);
}

TEST(ElectronicInvoice, ACreditNoteIsReadInBothSyntaxes) {
    std::string ubl = ubl_invoice();
    for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
             {"<Invoice ", "<CreditNote "},
             {"xsd:Invoice-2", "xsd:CreditNote-2"},
             {"</Invoice>", "</CreditNote>"},
             {"InvoiceTypeCode>380", "CreditNoteTypeCode>381"},
             {"InvoiceTypeCode", "CreditNoteTypeCode"},
             {"500.00</cbc:Prepaid", "0.00</cbc:Prepaid"},
             {"1270.85", "1770.85"}}) {
        ubl = replaced(ubl, from, to);
    }
    for (int line = 0; line < 3; ++line) {
        ubl = replaced(ubl, "<cac:InvoiceLine>", "<cac:CreditNoteLine>");
        ubl = replaced(ubl, "</cac:InvoiceLine>", "</cac:CreditNoteLine>");
        ubl = replaced(ubl, "<cbc:InvoicedQuantity", "<cbc:CreditedQuantity");
        ubl = replaced(ubl, "</cbc:InvoicedQuantity", "</cbc:CreditedQuantity");
    }
    const ElectronicInvoice credit_note = read(ubl);
    EXPECT_EQ(credit_note.syntax, Syntax::ubl_credit_note);
    EXPECT_EQ(credit_note.kind, Kind::credit_note);
    ASSERT_EQ(credit_note.lines.size(), 3U);
    EXPECT_EQ(credit_note.lines[2].quantity->text(), "1");
    EXPECT_THAT(names_of(check(credit_note, today).obstacles), testing::IsEmpty());

    const std::string cii = replaced(cii_invoice(), ">380<", ">381<");
    EXPECT_EQ(read(cii).kind, Kind::credit_note);
    EXPECT_THAT(obstacles(cii), testing::IsEmpty());
}

TEST(ElectronicInvoice, TheTypeCodesOfPaymentsSayWhatTheyAre) {
    for (const auto& [code, kind] : std::map<std::string, Kind>{{"380", Kind::invoice},
                                                                {"381", Kind::credit_note},
                                                                {"384", Kind::corrective},
                                                                {"386", Kind::deposit},
                                                                {"875", Kind::progress},
                                                                {"877", Kind::final}}) {
        EXPECT_EQ(read(replaced(cii_invoice(), ">380<", ">" + code + "<")).kind, kind) << code;
    }
    expect_obstacles({">380<", ">42<", ">380<", ">42<"}, {"out_of_range type_code"});
}

// --- Checks, one fault at a time -------------------------------------------------------------

TEST(ElectronicInvoiceChecks, WhatAnInvoiceMustSay) {
    expect_obstacles({"<ram:ID>FA-2026-17</ram:ID>", "", "<cbc:ID>FA-2026-17</cbc:ID>", ""},
                     {"missing number"});
    expect_obstacles({"20260918", "20260231", "2026-09-18", "2026-02-31"},
                     {"date_invalid issued_on"});
    expect_obstacles({"20260918", "20261126", "2026-09-18", "2026-11-26"},
                     {"date_invalid issued_on"});
    EXPECT_THAT(obstacles(replaced(cii_invoice(), "20260918", "20261125")), testing::IsEmpty());
    expect_obstacles({"73282932000074", "73282932000075", "73282932000074", "73282932000075"},
                     {"siret_invalid seller.siret"});
    expect_obstacles({">732829320<", ">552100554<", ">732829320<", ">552100554<"},
                     {"siret_invalid seller.siret"});
    const std::string no_siret = replaced(
        cii_invoice(), "<ram:GlobalID schemeID=\"0009\">73282932000074</ram:GlobalID>", "");
    EXPECT_THAT(obstacles(no_siret), testing::IsEmpty());
    EXPECT_THAT(remarks(no_siret), testing::ElementsAre("missing seller.siret"));
    EXPECT_THAT(obstacles(replaced(no_siret, ">732829320<", "><")),
                testing::ElementsAre("missing seller.siret"));
    EXPECT_THAT(obstacles(replaced(no_siret, ">732829320<", ">732829321<")),
                testing::ElementsAre("siren_invalid seller.siren"));
    EXPECT_THAT(remarks(replaced(cii_invoice(), "FR44732829320", "FR45732829320")),
                testing::ElementsAre("malformed seller.vat_number"));
}

// Casebook TXT-04: two references that look the same.
TEST(ElectronicInvoiceChecks, TXT_04_ANumberWithAnInvisibleCharacterIsRefused) {
    expect_obstacles({"FA-2026-17", "FA-2026-\u200B17", "FA-2026-17", "FA-2026-\u200B17"},
                     {"text_invalid number"});
}

TEST(ElectronicInvoiceChecks, AnotherCurrencyIsAnObstacle) {
    EXPECT_THAT(obstacles(replaced(replaced(cii_invoice(), "Code>EUR<", "Code>CHF<"),
                                   "currencyID=\"EUR\"", "currencyID=\"CHF\"")),
                testing::ElementsAre("invoice_currency currency"));
    EXPECT_THAT(
        obstacles(replaced(ubl_invoice(), "<cbc:LineExtensionAmount currencyID=\"EUR\">1000",
                           "<cbc:LineExtensionAmount currencyID=\"CHF\">1000")),
        testing::ElementsAre("invoice_currency currency"));
}

TEST(ElectronicInvoiceChecks, ALineIsItsQuantityTimesItsPrice) {
    // A cent is forgiven and shown, two are not.
    const std::string a_cent = replaced(ubl_invoice(), "EUR\">12.50<", "EUR\">12.500125<");
    EXPECT_THAT(obstacles(a_cent), testing::IsEmpty());
    EXPECT_THAT(remarks(a_cent), testing::ElementsAre("invoice_cent_gap lines[0].net"));
    const std::string two = replaced(ubl_invoice(), "EUR\">12.50<", "EUR\">12.50025<");
    EXPECT_THAT(obstacles(two), testing::ElementsAre("invoice_line_mismatch lines[0].net"));
    // A price for so many.
    EXPECT_THAT(
        obstacles(replaced(ubl_invoice(), "12.50</cbc:PriceAmount>",
                           "1250</cbc:PriceAmount><cbc:BaseQuantity>100</cbc:BaseQuantity>")),
        testing::IsEmpty());
    EXPECT_THAT(
        obstacles(replaced(ubl_invoice(), "12.50</cbc:PriceAmount>",
                           "12.50</cbc:PriceAmount><cbc:BaseQuantity>0</cbc:BaseQuantity>")),
        testing::ElementsAre("invoice_line_mismatch lines[0].net"));
    EXPECT_THAT(obstacles(replaced(ubl_invoice(), "<cbc:ID>2</cbc:ID>", "<cbc:ID>1</cbc:ID>")),
                testing::ElementsAre("duplicate lines[1].id"));
}

TEST(ElectronicInvoiceChecks, TheTotalsAreTheSumsOfTheirParts) {
    // One cent a line is forgiven: three lines, three cents.
    EXPECT_THAT(obstacles(replaced(replaced(ubl_invoice(), ">1700.00<", ">1700.03<"), ">1670.00<",
                                   ">1670.03<")),
                testing::ElementsAre("invoice_total_mismatch totals.gross"));
    EXPECT_THAT(
        remarks(replaced(ubl_invoice(), ">1700.00<", ">1700.01<")),
        testing::ElementsAre("invoice_cent_gap totals.lines", "invoice_cent_gap totals.net"));
    expect_obstacles({">1700.00<", ">1700.04<", ">1700.00<", ">1700.04<"},
                     {"invoice_total_mismatch totals.lines", "invoice_total_mismatch totals.net"});
    expect_obstacles({">50.00</ram:AllowanceTotal", ">53.00</ram:AllowanceTotal",
                      ">50.00</cbc:AllowanceTotal", ">53.00</cbc:AllowanceTotal"},
                     {"invoice_total_mismatch totals.allowances"});
    expect_obstacles({">100.85<", ">100.88<", ">100.85<", ">100.88<"},
                     {"invoice_total_mismatch totals.vat", "invoice_total_mismatch totals.gross"});
    expect_obstacles({">1270.85<", ">1270.87<", ">1270.85<", ">1270.87<"},
                     {"invoice_total_mismatch totals.due"});
    EXPECT_THAT(remarks(replaced(cii_invoice(), ">1270.85<", ">1270.86<")),
                testing::ElementsAre("invoice_cent_gap totals.due"));
}

// A rounding moves less than a euro: more is an amount that nothing explains.
TEST(ElectronicInvoiceChecks, ARoundingIsLessThanAEuro) {
    const auto rounded = [](const std::string& cents, const std::string& due) {
        return obstacles(replaced(cii_invoice(), "<ram:DuePayableAmount>1270.85<",
                                  "<ram:RoundingAmount>" + cents +
                                      "</ram:RoundingAmount><ram:DuePayableAmount>" + due + "<"));
    };
    EXPECT_THAT(rounded("0.15", "1271.00"), testing::IsEmpty());
    EXPECT_THAT(rounded("-0.99", "1269.86"), testing::IsEmpty());
    EXPECT_THAT(rounded("500.00", "1770.85"),
                testing::ElementsAre("invoice_total_mismatch totals.rounding"));
}

TEST(ElectronicInvoiceChecks, TheVatIsItsBasesTimesItsRates) {
    expect_obstacles({">80.85<", ">80.90<", ">80.85<", ">80.90<"},
                     {"invoice_vat_mismatch vat.amount", "invoice_total_mismatch totals.vat"});
    EXPECT_THAT(obstacles(replaced(cii_invoice(), ">1470.00<", ">1480.00<")),
                testing::Contains("invoice_vat_mismatch vat.base"));
    EXPECT_THAT(obstacles(replaced(cii_invoice(), "Percent>10<", "Percent>12<")),
                testing::ElementsAre("out_of_range lines[2].rate", "invoice_vat_mismatch vat.base",
                                     "invoice_vat_mismatch vat"));
    EXPECT_THAT(
        obstacles(replaced(cii_invoice(), "Code>S</ram:CategoryCode><ram:RateApplicablePercent>10<",
                           "Code>E</ram:CategoryCode><ram:RateApplicablePercent>10<")),
        testing::Contains("invoice_vat_mismatch lines[2].rate"));
}

TEST(ElectronicInvoiceChecks, ANegativeTotalIsACreditNotesBusiness) {
    std::string negative = cii_invoice();
    for (const std::string amount : {">1770.85<", ">1270.85<", ">1670.00<", ">100.85<"}) {
        negative = replaced(negative, amount, ">-" + amount.substr(1));
    }
    EXPECT_THAT(obstacles(negative), testing::Contains("invoice_negative totals.gross"));
    EXPECT_THAT(obstacles(replaced(negative, ">380<", ">381<")),
                testing::Contains("invoice_negative totals.gross"));
    EXPECT_THAT(
        obstacles(replaced(replaced(ubl_invoice(), ">500.00</cbc:Prepaid", ">1800.00</cbc:Prepaid"),
                           ">1270.85<", ">-29.15<")),
        testing::ElementsAre("invoice_negative totals.due"));
}

TEST(ElectronicInvoiceChecks, ACreditNoteNamesTheInvoiceItCorrects) {
    for (const std::string type : {"381", "384"}) {
        EXPECT_THAT(
            obstacles(replaced(replaced(cii_invoice(), ">380<", ">" + type + "<"),
                               "<ram:IssuerAssignedID>FA-2026-09</ram:IssuerAssignedID>", "")),
            testing::ElementsAre("invoice_reference_missing precedents"));
    }
    EXPECT_THAT(remarks(replaced(cii_invoice(),
                                 "<ram:IssuerAssignedID>FA-2026-09</ram:IssuerAssignedID>", "")),
                testing::ElementsAre("invoice_reference_missing precedents"));
}

TEST(ElectronicInvoiceChecks, ReverseChargeNeverReachesAHousehold) {
    EXPECT_THAT(obstacles(replaced(cii_invoice(), "Devis DV-88 du 12/05/2026", "AUTO-LIQUIDATION")),
                testing::ElementsAre("invoice_reverse_charge vat"));
    EXPECT_THAT(
        obstacles(replaced(ubl_invoice(), "<cbc:ID>S</cbc:ID><cbc:Percent>10</cbc:Percent></cac:Cl",
                           "<cbc:ID>AE</cbc:ID><cbc:Percent>0</cbc:Percent></cac:Cl")),
        testing::Contains("invoice_reverse_charge vat"));
}

TEST(ElectronicInvoiceChecks, WhoAsksToBePaidElsewhereIsSaid) {
    const std::string abroad =
        replaced(cii_invoice(), "FR7630006000011234567890189", "DE89370400440532013000");
    EXPECT_THAT(obstacles(abroad), testing::IsEmpty());
    EXPECT_THAT(remarks(abroad), testing::ElementsAre("invoice_payee payment_means.account"));
    EXPECT_THAT(remarks(replaced(cii_invoice(), "FR7630006000011234567890189", "FR7630006")),
                testing::ElementsAre("iban_length payment_means.account"));
    EXPECT_THAT(
        remarks(replaced(cii_invoice(), "<ram:SpecifiedTradeSettlementPaymentMeans>",
                         "<ram:PayeeTradeParty><ram:Name>Affactor</ram:Name></ram:PayeeTradeParty>"
                         "<ram:SpecifiedTradeSettlementPaymentMeans>")),
        testing::ElementsAre("invoice_payee payee"));
}

// --- What is not read ------------------------------------------------------------------------

TEST(ElectronicInvoice, WhatIsNoInvoiceIsRefusedWithTheReason) {
    EXPECT_EQ(refusal_of("").code, Code::not_an_invoice);
    EXPECT_EQ(refusal_of("Facture n° 12").code, Code::not_an_invoice);
    EXPECT_EQ(
        refusal_of("<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"/>").code,
        Code::not_an_invoice);
    EXPECT_EQ(refusal_of("<Invoice/>").code, Code::not_an_invoice);
    EXPECT_THAT(
        refusal_of(
            "<r:CrossIndustryDocument xmlns:r=\"urn:ferd:CrossIndustryDocument:invoice:1p0\"/>")
            .message,
        testing::HasSubstr("ZUGFeRD 1.0"));
    EXPECT_EQ(refusal_of(cii_invoice().substr(0, 3000)).code, Code::xml_malformed);
    const std::string twice =
        replaced(cii_invoice(), "</rsm:SupplyChainTradeTransaction>",
                 "</rsm:SupplyChainTradeTransaction><rsm:SupplyChainTradeTransaction/>");
    EXPECT_EQ(refusal_of(twice).code, Code::invoice_damaged);
}

TEST(ElectronicInvoice, AnAmountThatIsNoneRefusesTheFile) {
    for (const char* amount :
         {"1000.005", "1 000.00", "1000,00", "1e3", "NaN", "99999999999.00", "1.2.3", "-", "."}) {
        const Refusal refusal = refusal_of(
            replaced(ubl_invoice(), "EUR\">1000.00<", std::string("EUR\">") + amount + "<"));
        EXPECT_EQ(refusal.code, Code::invoice_damaged) << amount;
        EXPECT_EQ(refusal.field, "lines[0].net") << amount;
    }
    EXPECT_EQ(read(replaced(ubl_invoice(), "EUR\">1000.00<", "EUR\">+01000.00000<")).lines[0].net,
              Money::cents(100000));
    EXPECT_EQ(refusal_of(replaced(ubl_invoice(), ">80<", ">80 m2<")).field, "lines[0].quantity");
}

// --- Decimals --------------------------------------------------------------------------------

TEST(Decimal, IsExactAndRoundsHalfUpOnce) {
    const auto of = [](const char* text) { return *Decimal::parse("n", text); };
    EXPECT_EQ(of("118.181818").text(), "118.181818");
    EXPECT_EQ(of("-0.50").french(), "-0,5");
    EXPECT_EQ(of("000.000"), Decimal());
    EXPECT_EQ(of(".5"), of("0.5"));
    EXPECT_EQ(priced(of("1"), of("1.005"), of("1")), Money::cents(101));
    EXPECT_EQ(priced(of("1"), of("-1.005"), of("1")), Money::cents(-101));
    EXPECT_EQ(priced(of("1"), of("1.00499999999"), of("1")), Money::cents(100));
    EXPECT_EQ(priced(of("132"), of("118.181818"), of("1")), Money::cents(1560000));
    EXPECT_EQ(priced(of("3"), of("30"), of("3")), Money::cents(3000));
    EXPECT_EQ(priced(of("1"), of("1"), of("0.003")), Money::cents(33333));
    EXPECT_EQ(priced(of("1"), of("1"), of("-1")), std::nullopt);
    EXPECT_EQ(priced(of("999999999999999999"), of("999999999999999999"), of("1")), std::nullopt);
    EXPECT_EQ(percent_of(Money::cents(100), of("5.5")), Money::cents(6));
    EXPECT_EQ(percent_of(Money::cents(-100), of("5.5")), Money::cents(-6));
    EXPECT_EQ(percent_of(Money::cents(Money::cents_max), of("1000")), std::nullopt);
    EXPECT_FALSE(Decimal::parse("n", "1234567890123456789").ok());
    EXPECT_FALSE(Decimal::parse("n", "0.12345678901234567").ok());
    EXPECT_TRUE(Decimal::parse("n", "0.12345678900000000000").ok());
    EXPECT_EQ(of("999999999999999999").hundredths(), std::nullopt);
}

// --- PDF -------------------------------------------------------------------------------------

TEST(InvoiceInPdf, TheXmlIsFoundByItsNameInPlainAndPackedFiles) {
    for (const bool packed : {false, true}) {
        for (const char* name :
             {"factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml", "Factur-X.XML"}) {
            const ElectronicInvoice invoice = read(pdf_with(
                {{"bon.txt", "bon de livraison"}, {name, cii_invoice()}}, {.packed = packed}));
            EXPECT_EQ(invoice.pdf_name, name);
            EXPECT_EQ(invoice.number, "FA-2026-17");
            ASSERT_EQ(invoice.attachments.size(), 2U);
            EXPECT_EQ(invoice.attachments[1].name, "bon.txt");
            EXPECT_TRUE(invoice.attachments[1].in_pdf);
            EXPECT_EQ(invoice.attachments[1].bytes, 16U);
        }
    }
}

TEST(InvoiceInPdf, APackedFileReallyIsAndBytesBeforeTheHeaderAreForgiven) {
    const std::string packed = pdf_with({{"factur-x.xml", cii_invoice()}}, {.packed = true});
    EXPECT_THAT(packed, testing::HasSubstr("/ObjStm"));
    EXPECT_THAT(packed, testing::HasSubstr("/XRef"));
    EXPECT_THAT(packed, testing::HasSubstr("/Predictor"));
    EXPECT_EQ(read("\r\n" + packed).number, "FA-2026-17");
}

TEST(InvoiceInPdf, WithoutInvoiceEncryptedOrDamagedItIsRefusedInClearWords) {
    const Refusal none = refusal_of(pdf_with({}));
    EXPECT_EQ(none.code, Code::pdf_without_invoice);
    EXPECT_THAT(none.message, testing::HasSubstr("aucun fichier"));
    const Refusal other = refusal_of(pdf_with({{"devis.xml", cii_invoice()}}));
    EXPECT_EQ(other.code, Code::pdf_without_invoice);
    EXPECT_THAT(other.message, testing::HasSubstr("devis.xml"));
    EXPECT_EQ(refusal_of(pdf_with({{"factur-x.xml", cii_invoice()}}, {.user_password = "x"})).code,
              Code::pdf_encrypted);
    EXPECT_EQ(refusal_of(pdf_with({{"factur-x.xml", cii_invoice()}}, {.owner_password = "x"})).code,
              Code::pdf_encrypted);
    EXPECT_EQ(refusal_of("%PDF-1.7\nrien").code, Code::pdf_damaged);
    EXPECT_EQ(refusal_of("%PDF-1.7\n" + std::string(pdf_bytes_max, ' ')).code, Code::pdf_damaged);
    EXPECT_EQ(refusal_of(pdf_with({{"factur-x.xml", "<oups"}})).code, Code::xml_malformed);
}

// What qpdf finds odd is ours to say.
TEST(InvoiceInPdf, WhatIsNoFileIsPassedOverInSilence) {
    testing::internal::CaptureStderr();
    const std::string names =
        "1 0 obj\n<< /Type /Catalog /Names << /EmbeddedFiles << /Names [(a) 7 (factur-x.xml) 2 0 R "
        "(z) 3 0 R] >> >> >>\nendobj\n";
    EXPECT_EQ(read(pdf_of({names, file_spec, stream_object(3, "", cii_invoice())})).number,
              "FA-2026-17");
    // One that lacks its half of a pair is damaged.
    for (const auto& [item, code] :
         std::vector<std::pair<std::string, Code>>{{"7", Code::pdf_without_invoice},
                                                   {"[]", Code::pdf_without_invoice},
                                                   {"9 0 R", Code::pdf_without_invoice},
                                                   {"1 0 R", Code::pdf_without_invoice},
                                                   {"null", Code::pdf_without_invoice},
                                                   {"", Code::pdf_damaged}}) {
        const std::string odd =
            "1 0 obj\n<< /Type /Catalog /Names << /EmbeddedFiles << /Names [(a) " + item +
            "] >> >> >>\nendobj\n";
        EXPECT_EQ(refusal_of(pdf_of({odd})).code, code) << item;
    }
    EXPECT_EQ(refusal_of(pdf_of({"1 0 obj\n<< /Type /Catalog /Names 7 /AF [7] >>\nendobj\n"})).code,
              Code::pdf_without_invoice);
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(InvoiceInPdf, RandomDamageIsReadOrRefusedAndNeverWorse) {
    const std::string packed = pdf_with({{"factur-x.xml", cii_invoice()}}, {.packed = true});
    const std::string plain = pdf_with({{"factur-x.xml", cii_invoice()}});
    std::mt19937 random(20261125);
    int refused = 0;
    for (int i = 0; i < 400; ++i) {
        std::string bytes = i % 2 == 0 ? packed : plain;
        for (int k = 0; k < 1 + i % 7; ++k)
            bytes[random() % bytes.size()] = static_cast<char>(random());
        if (i % 11 == 0) bytes.resize(random() % bytes.size());
        const auto invoice = read_invoice(bytes);
        if (!invoice.ok()) {
            ++refused;
            EXPECT_FALSE(invoice.refusal().message.empty());
        }
    }
    EXPECT_GT(refused, 40);
}

// --- Bombs -----------------------------------------------------------------------------------

TEST(InvoiceBombs, AnEmbeddedFileThatUnpacksWithoutEndIsRefused) {
    const std::string bomb = deflated(std::string(200U << 20U, ' '));
    EXPECT_LT(bomb.size(), 1U << 20U);
    const Refusal refusal =
        refusal_of(pdf_of({catalogue, file_spec,
                           stream_object(3, "/Type /EmbeddedFile /Filter /FlateDecode", bomb)}));
    EXPECT_EQ(refusal.code, Code::pdf_damaged);
    EXPECT_THAT(refusal.message, testing::HasSubstr("piégé"));
    // Packed twice, a thousand times a thousand.
    const Refusal twice = refusal_of(
        pdf_of({catalogue, file_spec,
                stream_object(3, "/Type /EmbeddedFile /Filter [/FlateDecode /FlateDecode]",
                              deflated(bomb))}));
    EXPECT_EQ(twice.code, Code::pdf_damaged);
    // The same form with something reasonable inside is read: it is the size that was refused.
    const std::string sound = deflated(deflated(cii_invoice()));
    EXPECT_EQ(
        read(pdf_of({catalogue, file_spec,
                     stream_object(3, "/Type /EmbeddedFile /Filter [/FlateDecode /FlateDecode]",
                                   sound)}))
            .number,
        "FA-2026-17");
}

// A decoder holds 64 KiB, and each calls the next: a stream may name a million of them.
TEST(InvoiceBombs, DecodersOneBehindTheOtherAreFew) {
    const auto decoded_by = [](const std::string& filters, const std::string& data) {
        return pdf_of({catalogue, file_spec,
                       stream_object(3, "/Type /EmbeddedFile /Filter " + filters, data)});
    };
    const auto chain = [](const char* filter, std::size_t count) {
        std::string out = "[";
        for (std::size_t i = 0; i < count; ++i) out += filter;
        return out + "]";
    };
    std::string packed = cii_invoice();
    for (std::size_t i = 0; i < decoders_max; ++i) packed = deflated(packed);
    EXPECT_EQ(read(decoded_by(chain("/FlateDecode ", decoders_max), packed)).number, "FA-2026-17");
    const Refusal more =
        refusal_of(decoded_by(chain("/FlateDecode ", decoders_max + 1), deflated(packed)));
    EXPECT_EQ(more.code, Code::pdf_damaged);
    EXPECT_THAT(more.message, testing::HasSubstr("piégé"));
    for (const char* filter : {"/Fl ", "/AHx ", "/A85 ", "/RL ", "/LZW ", "/Crypt "}) {
        EXPECT_EQ(refusal_of(decoded_by(chain(filter, 200'000), "x")).code, Code::pdf_damaged)
            << filter;
    }
}

TEST(InvoiceBombs, AnObjectOfMillionsOfPartsIsRefused) {
    std::string numbers;
    for (std::size_t i = 0; i < (9U << 20U); ++i) numbers += "1 ";
    const Refusal refusal =
        refusal_of(pdf_of({"1 0 obj\n<< /Type /Catalog /Names << /EmbeddedFiles << /Names [(x) 2 0 "
                           "R] >> >> >>\nendobj\n",
                           "2 0 obj\n[" + numbers + "]\nendobj\n"}));
    EXPECT_EQ(refusal.code, Code::pdf_damaged);
    EXPECT_THAT(refusal.message, testing::HasSubstr("piégé"));
}

TEST(InvoiceBombs, EntitiesAndDepthAndSizeAreRefused) {
    std::string entities = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\">";
    for (char c = 'b'; c < 'z'; ++c) {
        const char before = static_cast<char>(c - 1);
        entities += std::string("<!ENTITY ") + c + " \"";
        for (int i = 0; i < 10; ++i) entities += std::string("&") + before + ";";
        entities += "\">";
    }
    entities += "]>";
    EXPECT_EQ(refusal_of(entities + "<Invoice>&y;</Invoice>").code, Code::xml_malformed);
    EXPECT_EQ(refusal_of("<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><Invoice/>").code,
              Code::xml_malformed);
    EXPECT_EQ(refusal_of(pdf_with({{"factur-x.xml", entities + "<Invoice>&y;</Invoice>"}})).code,
              Code::xml_malformed);
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += "<a>";
    EXPECT_EQ(refusal_of(deep).code, Code::xml_malformed);
    std::string lines;
    for (std::size_t i = 0; i < 10'001; ++i) lines += "<cac:InvoiceLine/>";
    EXPECT_EQ(refusal_of(replaced(ubl_invoice(), "</Invoice>", lines + "</Invoice>")).code,
              Code::invoice_damaged);
}

// Each list has its bound; beyond, the file is damaged in that list's name.
TEST(InvoiceBombs, ListsAreBounded) {
    const auto many = [](const std::string& what, std::size_t count) {
        std::string out;
        for (std::size_t i = 0; i < count; ++i) out += what;
        return out;
    };
    const auto ubl = [&](const std::string& what, std::size_t count) {
        return replaced(ubl_invoice(), "</Invoice>", many(what, count) + "</Invoice>");
    };
    for (const auto& [what, field] : std::vector<std::pair<std::string, std::string>>{
             {"<cbc:Note/>", "notes"},
             {"<cac:BillingReference/>", "precedents"},
             {"<cac:AdditionalDocumentReference/>", "attachments"},
             {"<cac:PaymentMeans/>", "payment_means"},
             {"<cac:AllowanceCharge><cbc:Amount>0</cbc:Amount></cac:AllowanceCharge>",
              "adjustments"}}) {
        EXPECT_EQ(refusal_of(ubl(what, 1'000)).field, field);
        EXPECT_EQ(refusal_of(ubl(what, 1'000)).code, Code::invoice_damaged);
        EXPECT_TRUE(read_invoice(ubl(what, 990)).ok()) << field;
    }
    const auto cii = [&](const std::string& before, const std::string& what) {
        return refusal_of(replaced(cii_invoice(), before, many(what, 1'001) + before)).field;
    };
    EXPECT_EQ(cii("<ram:IncludedNote>", "<ram:IncludedNote/>"), "notes");
    EXPECT_EQ(cii("<ram:SpecifiedTradePaymentTerms>", "<ram:ApplicableTradeTax/>"), "vat");
    EXPECT_EQ(
        cii("<ram:SpecifiedTradePaymentTerms>", "<ram:SpecifiedTradeSettlementPaymentMeans/>"),
        "payment_means");
    EXPECT_EQ(cii("<ram:SpecifiedTradePaymentTerms>", "<ram:InvoiceReferencedDocument/>"),
              "precedents");
    // Of currencies that are not its own, the first are told.
    std::string currencies;
    for (int i = 0; i < 5'000; ++i) {
        currencies += "<cac:InvoiceLine><cbc:ID>N" + std::to_string(i) +
                      "</cbc:ID><cbc:LineExtensionAmount currencyID=\"C" + std::to_string(i) +
                      "\">0</cbc:LineExtensionAmount></cac:InvoiceLine>";
    }
    EXPECT_EQ(read(replaced(ubl_invoice(), "</Invoice>", currencies + "</Invoice>"))
                  .foreign_currencies.size(),
              foreign_currencies_max);
}

TEST(InvoiceBombs, SumsBeyondMoneyAreObstaclesAndNothingWorse) {
    std::string line =
        "<cac:InvoiceLine><cbc:ID>N</cbc:ID><cbc:LineExtensionAmount currencyID=\"EUR\">"
        "100000000.00</cbc:LineExtensionAmount></cac:InvoiceLine>";
    std::string lines;
    for (std::size_t i = 0; i < 9'000; ++i) lines += line;
    const Checks checks =
        check(read(replaced(ubl_invoice(), "</Invoice>", lines + "</Invoice>")), today);
    EXPECT_FALSE(checks.recomputed);
    EXPECT_THAT(names_of(checks.obstacles), testing::Contains("invoice_total_mismatch totals"));
}

// --- Samples of others -----------------------------------------------------------------------

// What the checks find in each file; an empty list is a sound invoice. Two samples hold lines of an
// intra-community supply, which no household's invoice does; those of "atgp" give a rate nowhere.
TEST(ElectronicInvoiceSamples, EachIsReadAndItsFaultsAreThose) {
    const auto folder = std::filesystem::path(DEODAT_ROOT) / "../shared/samples/facturx";
    if (!std::filesystem::exists(folder)) GTEST_SKIP() << "skipped: no shared samples";
    const Names reverse = {"invoice_reverse_charge vat"};
    const Names rates = {"missing seller.siret", "out_of_range lines[0].rate",
                         "invoice_vat_mismatch vat.base", "invoice_total_mismatch totals.vat",
                         "invoice_total_mismatch totals.gross"};
    const std::map<std::string, Names> expected = {
        {"akretion_factur-x-basic.xml", reverse},
        {"akretion_factur-x-basicwl.xml", reverse},
        {"akretion_factur-x-en16931.xml", reverse},
        {"akretion_factur-x-extended.xml", reverse},
        {"akretion_factur-x-minimum.xml", {}},
        {"akretion_invoice_EN16931.pdf", reverse},
        {"akretion_ubl-21-extended-ctc-fr.xml", {}},
        {"atgp_facturx-basic.xml", rates},
        {"atgp_facturx-en16931.xml", rates},
        {"atgp_facturx-minimum.xml", {"missing seller.siret"}},
        {"synth_facture_lot_D01_en16931.xml", {"siren_invalid seller.siren"}},
    };
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        std::ifstream in(entry.path(), std::ios::binary);
        std::ostringstream bytes;
        bytes << in.rdbuf();
        ASSERT_TRUE(expected.contains(name)) << name;
        EXPECT_EQ(obstacles(bytes.str()), expected.at(name)) << name;
        ++count;
    }
    EXPECT_EQ(count, expected.size());
}

TEST(ElectronicInvoiceSamples, TheLotsInvoiceIsReadToTheCent) {
    const auto path = std::filesystem::path(DEODAT_ROOT) /
                      "../shared/samples/facturx/synth_facture_lot_D01_en16931.xml";
    if (!std::filesystem::exists(path)) GTEST_SKIP() << "skipped: no shared samples";
    std::ifstream in(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    const Checks checks = check(read(bytes.str()), today);
    ASSERT_TRUE(checks.recomputed);
    EXPECT_EQ(checks.recomputed->gross, Money::cents(2456732));
    EXPECT_TRUE(checks.recomputed->gap.is_zero());
}

}  // namespace
}  // namespace deodat::payments::electronic
