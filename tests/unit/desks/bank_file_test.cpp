// Goal: a transfer file is made once, has the same bytes for ever, leaves only while it may, and an
// order is never in two that live. Method: through the treasury's desk, with orders released; then
// what its file was made from is changed beneath it.
#include <gtest/gtest.h>

#include <set>

#include "api/desks/treasury/orders.h"
#include "reports/transfers/payment_file.h"
#include "reports/transfers/sepa_text.h"
#include "tests/support/dossier_fixture.h"

namespace deodat {
namespace {

using testing_support::must;

class BankFiles : public testing_support::DossierTest {
  protected:
    void SetUp() override {
        DossierTest::SetUp();
        pay_in_fund(Money::euros(150'000));
    }
    OrderId released_order(const std::string& number) {
        const InvoiceId bill =
            invoice(order_works(notified_dossier("DV-" + number).quote), Money(), "F-" + number);
        accept(bill);
        const OrderId order = make_order(bill);
        must(approve(order, authorising));
        must(release(order, accountant));
        return order;
    }
    desks::Desk treasury() { return {store(), rules_, accountant}; }
    treasury_desk::BankFile made() {
        auto desk = treasury();
        return must(treasury_desk::make_bank_file(desk, programme));
    }
    Result<treasury_desk::HandedFile> hand_over(std::int64_t file) {
        auto desk = treasury();
        return treasury_desk::hand_over_bank_file(desk, file);
    }
    void give_another_account() {
        must_write([&](store::Transaction& tx) {
            return payments::enter_account(tx, contractor,
                                           french_iban({"99998", "00003", "00000000202"}), officer);
        });
    }
    bank::StatusOutcome told(const payments::TransferFile& file, const std::string& id,
                             const std::string& code) {
        auto desk = treasury();
        return must(treasury_desk::import_payment_status(
            desk, "<Document><CstmrPmtStsRpt><GrpHdr><MsgId>" + id +
                      "</MsgId></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>" + file.message_id +
                      "</OrgnlMsgId><GrpSts>" + code +
                      "</GrpSts></OrgnlGrpInfAndSts></CstmrPmtStsRpt></Document>"));
    }
    rules::RuleSet rules_;
};

TEST_F(BankFiles, SameBytesForEver) {
    released_order("1");
    const auto file = made();
    const auto read = reports::read_payment_file(file.xml, today());
    ASSERT_TRUE(read.ok()) << read.refusal().message;
    EXPECT_EQ(std::get<reports::ReadTransfers>(*read).faults.size(), 0U);
    must_write([&](store::Transaction& tx) -> Result<Done> {
        tx.db().run("UPDATE contractor SET name = 'Autre nom', town = 'Ailleurs'");
        tx.db().run("UPDATE programme SET name = 'Autre programme'");
        return payments::set_payment_channel(
            tx, programme, {.format = payments::FileFormat::pain001_03}, administrator);
    });
    const auto first = must(hand_over(file.file.id));
    const auto second = must(hand_over(file.file.id));
    EXPECT_EQ(first.xml, file.xml);
    EXPECT_EQ(second.xml, file.xml);
    EXPECT_EQ(first.times_before, 0);
    EXPECT_EQ(second.times_before, 1);
    // The next one is made by the new channel.
    released_order("2");
    EXPECT_NE(made().xml.find("pain.001.001.03"), std::string::npos);
}

TEST_F(BankFiles, SEP_11_ThreeOfADayHaveIdentifiersOfTheirOwn) {
    std::set<std::string> ids;
    for (const char* number : {"1", "2", "3"}) {
        released_order(number);
        const auto file = made().file;
        for (const std::string& id : {file.message_id, file.transfers.at(0).end_to_end_id}) {
            EXPECT_TRUE(ids.insert(id).second) << id;
            EXPECT_TRUE(reports::check_sepa_identifier("id", id).ok()) << id;
        }
    }
}

TEST_F(BankFiles, SEP_30_AnAccountThatChangedStopsTheFileBeforeItLeaves) {
    released_order("1");
    const auto file = made();
    released_order("2");
    give_another_account();
    auto desk = treasury();
    const auto again = treasury_desk::make_bank_file(desk, programme);
    ASSERT_FALSE(again.ok());
    EXPECT_EQ(again.refusal().code, Code::order_changed);
    const auto download = hand_over(file.file.id);
    ASSERT_FALSE(download.ok());
    EXPECT_EQ(download.refusal().code, Code::order_changed);
    for (const auto& refusal : {again.refusal(), download.refusal()}) {
        EXPECT_NE(refusal.message.find("Isolation des Hautes-Vosges"), std::string::npos);
    }
}

// Payment pitfall 5, and casebook CON-11's file: a second attempt once the first is proved
// rejected.
TEST_F(BankFiles, AnOrderIsInOneLivingFile) {
    const OrderId order = released_order("1");
    const auto first = made().file;
    auto desk = treasury();
    EXPECT_EQ(treasury_desk::make_bank_file(desk, programme).refusal().code, Code::state_forbids);
    EXPECT_EQ(told(first, "R1", "ACSC").changes.size(), 1U);
    EXPECT_EQ(told(first, "R2", "ACTC").changes.size(), 0U) << "less far";
    EXPECT_EQ(told(first, "R3", "RJCT").changes.size(), 1U);
    EXPECT_EQ(hand_over(first.id).refusal().code, Code::state_forbids);
    must_write([&](store::Transaction& tx) {
        return payments::make_order_again(tx, order, officer, today());
    });
    must(approve(order, authorising));
    must(release(order, accountant));
    const auto second = made().file;
    EXPECT_NE(second.message_id, first.message_id);
    EXPECT_NE(second.transfers.at(0).end_to_end_id, first.transfers.at(0).end_to_end_id);
    EXPECT_THROW((void)write([&](store::Transaction& tx) -> Result<Done> {
                     tx.db().run("UPDATE transfer SET state = 'sent' WHERE id = ?",
                                 first.transfers.at(0).id);
                     return Done{};
                 }),
                 EnvironmentFailure);
    pay(second.transfers.at(0).id);
}

}  // namespace
}  // namespace deodat
