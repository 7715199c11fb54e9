// Goal: an invoice that arrives as a file is registered on the order that a person chose, to the
// cent, or refused with the reason; and an account read in it is never paid. Method: invoices of
// our own in UBL for the works of the fixture, changed one thing at a time.
#include <gmock/gmock.h>

#include <map>

#include "api/desks/treasury/electronic_invoices.h"
#include "rules/engine/rule_files.h"
#include "tests/support/dossier_fixture.h"

namespace deodat {
namespace {

using payments::electronic::Decimal;
using testing_support::must;
using Names = std::vector<std::string>;

// A line, a reduction (below zero) or a charge of an invoice, at a rate in percent.
struct Part {
    std::string name;
    std::int64_t cents;
    std::string percent = "5.5";
    std::int64_t bp() const { return Decimal::parse("rate", percent)->hundredths().value(); }
};

std::string euros(std::int64_t cents) {
    const std::string sign = cents < 0 ? "-" : "";
    const std::string digits = std::to_string(std::abs(cents) + 1'000);
    const std::string whole = std::to_string(std::abs(cents) / 100);
    return sign + whole + "." + digits.substr(digits.size() - 2);
}

struct Written {
    std::string number = "FA-1";
    std::string type = "380";
    std::string siret;
    std::string order;
    std::string account;
    std::string day;
    std::vector<Part> lines;
    std::vector<Part> adjustments;
    std::int64_t prepaid_cents = 0;
    std::int64_t gross_gap_cents = 0;
};

std::string amount(const std::string& element, std::int64_t cents) {
    return "<" + element + " currencyID=\"EUR\">" + euros(cents) + "</" + element + ">";
}

std::string ubl(const Written& w) {
    std::int64_t lines = 0;
    std::int64_t charges = 0;
    std::int64_t allowances = 0;
    std::map<std::string, std::int64_t> bases;  // by rate
    std::string adjustments;
    std::string items;
    const auto category = [](const std::string& percent) {
        return "<ID>S</ID><Percent>" + percent + "</Percent>";
    };
    for (const Part& part : w.adjustments) {
        bases[part.percent] += part.cents;
        (part.cents < 0 ? allowances : charges) += std::abs(part.cents);
        adjustments +=
            "<AllowanceCharge><ChargeIndicator>" + std::string(part.cents < 0 ? "false" : "true") +
            "</ChargeIndicator><AllowanceChargeReason>" + part.name + "</AllowanceChargeReason>" +
            amount("Amount", std::abs(part.cents)) + "<TaxCategory>" + category(part.percent) +
            "</TaxCategory></AllowanceCharge>";
    }
    for (const Part& part : w.lines) {
        lines += part.cents;
        bases[part.percent] += part.cents;
        items += "<InvoiceLine>" + amount("LineExtensionAmount", part.cents) + "<Item><Name>" +
                 part.name + "</Name><ClassifiedTaxCategory>" + category(part.percent) +
                 "</ClassifiedTaxCategory></Item></InvoiceLine>";
    }
    std::int64_t vat = 0;
    std::string shares;
    for (const auto& [percent, base] : bases) {
        const Money tax = part_of(
            Money::cents(base), Ratio::basis_points(Part{"", 0, percent}.bp()), Rounding::half_up);
        vat += tax.cents();
        shares += "<TaxSubtotal>" + amount("TaxableAmount", base) +
                  amount("TaxAmount", tax.cents()) + "<TaxCategory>" + category(percent) +
                  "</TaxCategory></TaxSubtotal>";
    }
    const std::int64_t net = lines - allowances + charges;
    const std::int64_t gross = net + vat + w.gross_gap_cents;
    return "<Invoice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\"><ID>" +
           w.number + "</ID><IssueDate>" + w.day + "</IssueDate><InvoiceTypeCode>" + w.type +
           "</InvoiceTypeCode><DocumentCurrencyCode>EUR</"
           "DocumentCurrencyCode><OrderReference><ID>" +
           w.order +
           "</ID></OrderReference><BillingReference><InvoiceDocumentReference><ID>F-0</ID>"
           "</InvoiceDocumentReference></BillingReference><AccountingSupplierParty><Party>"
           "<PartyIdentification><ID schemeID=\"0009\">" +
           w.siret +
           "</ID></PartyIdentification><PartyName><Name>Isolation</Name></PartyName></Party>"
           "</AccountingSupplierParty><PaymentMeans><PayeeFinancialAccount><ID>" +
           w.account + "</ID></PayeeFinancialAccount></PaymentMeans>" + adjustments + "<TaxTotal>" +
           amount("TaxAmount", vat) + shares + "</TaxTotal><LegalMonetaryTotal>" +
           amount("LineExtensionAmount", lines) + amount("TaxExclusiveAmount", net) +
           amount("TaxInclusiveAmount", gross) + amount("AllowanceTotalAmount", allowances) +
           amount("ChargeTotalAmount", charges) + amount("PrepaidAmount", w.prepaid_cents) +
           amount("PayableAmount", gross - w.prepaid_cents) + "</LegalMonetaryTotal>" + items +
           "</Invoice>";
}

class ElectronicInvoiceDesk : public testing_support::DossierTest {
  protected:
    void SetUp() override {
        DossierTest::SetUp();
        notified_ = notified_dossier();
        order_ = order_works(notified_.quote);
        auto snapshot = store().snapshot();
        const auto card = must(payments::find_contractor(snapshot.db(), contractor));
        sound_.siret = card.siret;
        sound_.account = card.account->iban.text();
        sound_.order = payments::find_works_order(snapshot.db(), order_)->reference;
        sound_.day = today().iso();
        sound_.lines = {{"Isolation des murs", 2'000'000}};
    }
    desks::Desk desk(PersonId person) { return {store(), rules::embedded_rules(), person}; }
    treasury_desk::ReceivedInvoice read(const Written& written) {
        auto at = desk(officer);
        return must(treasury_desk::read_electronic_invoice(at, order_, ubl(written), today()));
    }
    Result<InvoiceId> take(const Written& written, Money retention = Money()) {
        auto at = desk(officer);
        return treasury_desk::register_electronic_invoice(at, order_, ubl(written), retention);
    }
    std::vector<dossiers::WorksLine> kept(InvoiceId id) {
        auto snapshot = store().snapshot();
        return payments::lines_of(snapshot.db(), id);
    }
    static Names names_of(const std::vector<Refusal>& faults) {
        Names out;
        for (const Refusal& fault : faults) {
            out.push_back(std::string(code_name(fault.code)) + " " + fault.field);
        }
        return out;
    }

    Notified notified_;
    std::int64_t order_ = 0;
    Written sound_;
};

TEST_F(ElectronicInvoiceDesk, TheFileGivesTheLinesAndThePersonTheOrder) {
    const auto shown = read(sound_);
    EXPECT_THAT(names_of(shown.checks.obstacles), testing::IsEmpty());
    EXPECT_THAT(names_of(shown.checks.remarks), testing::IsEmpty());
    EXPECT_EQ(shown.ordered, Money::euros(21'100));
    EXPECT_EQ(shown.left, Money::euros(21'100));
    const InvoiceId id = must(take(sound_, Money::euros(1'055)));
    auto snapshot = store().snapshot();
    const auto invoice = must(payments::find_invoice(snapshot.db(), id));
    EXPECT_EQ(invoice.number, "FA-1");
    EXPECT_EQ(invoice.issued_on, today());
    EXPECT_EQ(invoice.received_on, today());
    EXPECT_EQ(invoice.ttc, Money::euros(21'100));
    EXPECT_EQ(invoice.retention, Money::euros(1'055));
    EXPECT_FALSE(invoice.final);
    const auto lines = kept(id);
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0].label, "Isolation des murs");
    EXPECT_EQ(lines[0].ht, Money::euros(20'000));
    EXPECT_EQ(lines[0].vat_bp, 550);
    EXPECT_EQ(read(sound_).left, Money());
}

// VAT is rounded once a rate by the file, line by line in the ledger: 5.5 % of 0.30 are 0.02, and
// of 0.10 three times 0.01.
TEST_F(ElectronicInvoiceDesk, LinesComeToTheTotalOfTheFileACentALineAtMost) {
    Written written = sound_;
    written.lines = {{"A", 10}, {"B", 10}, {"C", 10}};
    const auto lines = kept(must(take(written)));
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_EQ(lines[0].ttc, Money::cents(10));
    EXPECT_EQ(lines[1].ttc, Money::cents(11));
    EXPECT_EQ(lines[2].ttc, Money::cents(11));
    // A cent a line too much in the total is said, and taken.
    written.number = "FA-2";
    written.lines = {{"A", 1'000}, {"B", 2'000}};
    written.gross_gap_cents = 1;
    EXPECT_THAT(names_of(read(written).checks.remarks),
                testing::ElementsAre("invoice_cent_gap totals.gross"));
    EXPECT_EQ(kept(must(take(written)))[1].ttc, Money::cents(2'111));
    written.gross_gap_cents = 3;
    EXPECT_EQ(take(written).refusal().code, Code::invoice_total_mismatch);
}

TEST_F(ElectronicInvoiceDesk, ReductionsAreTakenOffTheLinesOfTheirRate) {
    Written written = sound_;
    written.lines = {{"Isolation", 100'000},
                     {"Pose", 50'000},
                     {"Peinture", 20'000, "10"},
                     {"Geste commercial", -3'000}};
    written.adjustments = {{"Remise de quartier", -6'000}, {"Déplacement", 2'000, "10"}};
    // 1 410.00 at 5.5 %: 77.55; 220.00 at 10 %: 22.00.
    const auto lines = kept(must(take(written)));
    ASSERT_EQ(lines.size(), 4U);
    EXPECT_EQ(lines[0].ht, Money::euros(940));
    EXPECT_EQ(lines[0].label, "Isolation (remise de " + french(Money::euros(60)) + " déduite)");
    EXPECT_EQ(lines[1].ht, Money::euros(470));
    EXPECT_EQ(lines[2].ht, Money::euros(200));
    EXPECT_EQ(lines[2].vat_bp, 1'000);
    EXPECT_EQ(lines[3].label, "Déplacement");
    EXPECT_EQ(lines[3].ht, Money::euros(20));
    Money sum;
    for (const auto& line : lines) sum += line.ttc;
    EXPECT_EQ(sum, Money::cents(172'955));
    // More taken off than there is at that rate is for a person.
    written.number = "FA-2";
    written.adjustments = {{"Remise", -25'000, "10"}};
    EXPECT_EQ(take(written).refusal().field, "adjustments");
}

TEST_F(ElectronicInvoiceDesk, WhatDoesNotGoWithTheOrderIsRefused) {
    const auto refused = [&](const auto& change) {
        Written written = sound_;
        change(written);
        const auto taken = take(written);
        return taken.ok()
                   ? "taken"
                   : std::string(code_name(taken.refusal().code)) + " " + taken.refusal().field;
    };
    const std::string other =
        siret_with_check_digit(siren_with_check_digit("99900200"), "0001").text();
    EXPECT_EQ(refused([&](Written& w) { w.siret = other; }), "state_forbids seller.siret");
    EXPECT_EQ(refused([](Written& w) { w.type = "381"; }), "state_forbids type_code");
    EXPECT_EQ(refused([](Written& w) { w.type = "384"; }), "state_forbids type_code");
    EXPECT_EQ(refused([](Written& w) { w.prepaid_cents = 100'000; }), "state_forbids totals.due");
    EXPECT_EQ(refused([](Written& w) { w.lines.clear(); }), "state_forbids lines");
    EXPECT_EQ(refused([](Written& w) {
                  w.lines = std::vector<Part>(201, {"A", 100});
              }),
              "state_forbids lines");
    // What its own checks say comes before what the ledger would.
    EXPECT_EQ(refused([](Written& w) { w.gross_gap_cents = 5; }),
              "invoice_total_mismatch totals.gross");
    EXPECT_EQ(refused([](Written& w) {
                  w.lines.push_back({"Imprévu", 100});
              }),
              "over_commitment invoice.lines");
    EXPECT_EQ(refused([](Written& w) { w.number = ""; }), "missing number");
    EXPECT_EQ(refused([](Written& w) {
                  w.adjustments = {{"Frais", 100, "150"}};
              }),
              "state_forbids lines");
    auto no_officer = desk(adviser);
    EXPECT_EQ(treasury_desk::register_electronic_invoice(no_officer, order_, ubl(sound_), Money())
                  .refusal()
                  .code,
              Code::role_missing);
    auto at = desk(officer);
    EXPECT_EQ(treasury_desk::register_electronic_invoice(at, order_ + 1, ubl(sound_), Money())
                  .refusal()
                  .code,
              Code::not_found);
    EXPECT_EQ(
        treasury_desk::register_electronic_invoice(at, order_, "<a/>", Money()).refusal().code,
        Code::not_an_invoice);
    EXPECT_EQ(refused([](Written&) {}), "taken");
    EXPECT_EQ(refused([](Written&) {}), "duplicate invoice.number");
    // Another order's name is for the person to judge.
    sound_.order = "BC-77";
    EXPECT_THAT(names_of(read(sound_).checks.remarks), testing::ElementsAre("state_forbids order"));
}

// Security check 36: an IBAN read in an invoice file never becomes payable.
TEST_F(ElectronicInvoiceDesk, SEC_36_AnIbanReadInAFileIsSaidAndNeverPaid) {
    const auto accounts = [&] {
        auto snapshot = store().snapshot();
        auto rows = snapshot.db().select("SELECT count(*) FROM contractor_iban");
        rows.next();
        return rows.integer(0);
    };
    const std::string ours = sound_.account;
    const std::int64_t before = accounts();
    Written turned = sound_;
    turned.account = french_iban({"99998", "00003", "00000000666"}).text();
    EXPECT_THAT(names_of(read(turned).checks.remarks),
                testing::ElementsAre("invoice_payee payment_means.account"));
    const InvoiceId id = must(take(turned));
    EXPECT_EQ(accounts(), before);
    accept(id);
    pay_in_fund(Money::euros(50'000));
    const OrderId order = make_order(id);
    must(approve(order, authorising));
    must(release(order, accountant));
    const auto file = transfer_file();
    ASSERT_EQ(file.transfers.size(), 1U);
    EXPECT_EQ(file.transfers[0].iban, ours);
    EXPECT_EQ(accounts(), before);
}

}  // namespace
}  // namespace deodat
