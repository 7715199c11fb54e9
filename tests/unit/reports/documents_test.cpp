// Goal: what goes on paper says what the ledger holds, to the cent; no aid and no whole account
// number stands there; whatever a text holds, it is shown and never run.
#include "reports/documents/payment_documents.h"

#include <fstream>

#include "ledger/base/text.h"
#include "reports/documents/sheet.h"
#include "tests/support/dossier_fixture.h"
#include "tests/support/programs.h"

namespace deodat {
namespace {

using testing_support::must;
using Tx = store::Transaction;

class Documents : public testing_support::DossierTest {
  protected:
    void SetUp() override {
        DossierTest::SetUp();
        pay_in_fund(Money::euros(100'000));
        works_ = order_works(notified_dossier().quote);
        bill_ = invoice(works_);
        accept(bill_);
        order_ = make_order(bill_);
    }
    template <class Document, class Of>
    std::string text(Document document, Of of) {
        auto snapshot = store().snapshot();
        return must(document(snapshot.db(), of, today()));
    }
    std::int64_t works_ = 0;
    InvoiceId bill_;
    OrderId order_;
};

void expect_holds(const std::string& html, const std::vector<std::string>& texts) {
    for (const std::string& text : texts) {
        EXPECT_NE(html.find(text), std::string::npos) << text << "\nin " << html;
    }
}

void expect_lacks(const std::string& html, const std::vector<std::string>& texts) {
    for (const std::string& text : texts) {
        EXPECT_EQ(html.find(text), std::string::npos) << text;
    }
}

TEST_F(Documents, AWorksOrderSaysWhatIsOrderedAndNothingOfTheAids) {
    must_write([&](Tx& tx) {
        return payments::amend_works_order(
            tx, {works_, "Avenant 1", Money::euros(100), today(), adviser});
    });
    const std::string html = text(reports::works_order_document, works_);
    expect_holds(
        html, {"Commande de travaux W26-0001", "Ménage d&#39;essai", "Isolation des Hautes-Vosges",
               "n° DV-1 du", french(Money::euros(20'000)),
               "dont à 5,5 % : TVA " + french(Money::euros(1'100)), french(Money::euros(21'100)),
               "Avenant 1", french(Money::euros(21'200)), "L. 221-18"});
    expect_lacks(html, {"Anah", french(Money::euros(16'000)), french(Money::euros(3'100)), "24 000",
                        "FR76"});
}

TEST_F(Documents, APaymentNoticeSaysWhatIsWithheldAndHidesTheAccount) {
    const std::string iban = french_iban({"99998", "00003", "00000000101"}).text();
    std::string html = text(reports::payment_notice, order_);
    expect_holds(html, {"Avis de paiement P26-0001", "facture n° F-1", french(Money::euros(21'100)),
                        french(-Money::euros(1'055)), french(Money::euros(20'045)),
                        "libérable le " + today().plus_months(12).french(),
                        "se terminant par " + iban.substr(iban.size() - 4), "à venir"});
    expect_lacks(html, {iban, iban.substr(0, 10), "Ménage"});

    must(approve(order_, authorising));
    must(release(order_, accountant));
    const auto file = transfer_file();
    EXPECT_NE(text(reports::payment_notice, order_).find("demandé pour le " + today().french()),
              std::string::npos);
    pay(file.transfers.at(0).id);
    EXPECT_NE(text(reports::payment_notice, order_).find("payé le " + today().french()),
              std::string::npos);
}

TEST_F(Documents, ALiquidationCertificateSaysWhoDidWhatAndTheHashThatWasApproved) {
    expect_holds(text(reports::liquidation_certificate, order_),
                 {"à faire", "constaté le " + today().french()});
    must(approve(order_, authorising));
    must(release(order_, accountant));
    expect_holds(
        text(reports::liquidation_certificate, order_),
        {"Certificat de liquidation P26-0001", "Gestion, le", "Ordonnateur, le", "Comptable, le",
         hexadecimal(hash_of(order_)), "Reste à facturer", french(Money::euros(20'045))});
}

TEST_F(Documents, ARetentionReleasedIsItsOwnPayment) {
    must(approve(order_, authorising));
    must(release(order_, accountant));
    clock().set(instant_in_paris(today().plus_months(13), 10));
    const OrderId release_of_retention = must_write(
        [&](Tx& tx) { return payments::make_retention_order(tx, bill_, officer, today()); });
    const std::string html = text(reports::payment_notice, release_of_retention);
    expect_holds(html,
                 {"Retenue de garantie libérée, facture n° F-1", french(Money::euros(1'055))});
    expect_lacks(html, {french(Money::euros(21'100))});
}

TEST_F(Documents, WhatDoesNotExistIsRefused) {
    auto snapshot = store().snapshot();
    EXPECT_EQ(reports::works_order_document(snapshot.db(), 99, today()).refusal().code,
              Code::not_found);
    EXPECT_EQ(reports::payment_notice(snapshot.db(), {99}, today()).refusal().code,
              Code::not_found);
}

TEST(Sheet, ShowsTextsAndRunsNone) {
    reports::Sheet sheet("<script>", "\"'&", Day::of(2026, 3, 20));
    sheet.parties({{"<b>", {"<i>"}}});
    sheet.facts({{"<u>", "</dd>"}});
    sheet.table({{"<th>"}, 1, {{"</td>"}}, 0});
    sheet.signatures({"<s>"});
    const std::string html = sheet.html();
    expect_holds(html, {"&lt;script&gt; &quot;&#39;&amp;", "&lt;b&gt;", "&lt;i&gt;", "&lt;u&gt;",
                        "&lt;/dd&gt;", "&lt;th&gt;", "&lt;/td&gt;", "&lt;s&gt;"});
    expect_lacks(html, {"<script>", "<b>", "<i>", "<u>", "<s>", "http"});
    // Well formed beyond what HTML asks.
    if (!testing_support::has_program("xmllint")) GTEST_SKIP() << "skipped: no xmllint";
    const testing_support::TestDirectory directory;
    std::string xml = html.substr(html.find("<html"));
    const std::vector<std::string> unclosed = {
        "<meta charset=\"utf-8\">", "<meta name=\"viewport\" content=\"width=device-width\">"};
    for (const std::string& tag : unclosed) xml.erase(xml.find(tag), tag.size());
    std::ofstream(directory / "sheet.xml") << xml;
    EXPECT_EQ(
        testing_support::run("xmllint --noout '" + (directory / "sheet.xml").string() + "' 2>&1")
            .output,
        "");
}

}  // namespace
}  // namespace deodat
