// Goal: what is committed by a works order is open, then ordered by approvals, then paid; what is
// not used is returned, and no step takes it twice. Method: one works order led through each of its
// ends, told by the journal alone.
#include "ledger/payments/commitment.h"

#include "tests/support/dossier_fixture.h"

namespace deodat {
namespace {

using store::Transaction;
using testing_support::must;

class Commitments : public testing_support::DossierTest {
  protected:
    static constexpr Money works_ttc = Money::euros(21'100);

    void SetUp() override {
        DossierTest::SetUp();
        pay_in_fund(Money::euros(50'000));
        dossier = notified_dossier();
        works = order_works(dossier.quote);
    }
    InvoiceId bill(Money ttc, const std::string& number, bool final = false) {
        return must(try_to_bill(ttc, number, final));
    }
    Result<InvoiceId> try_to_bill(Money ttc, const std::string& number, bool final = false) {
        return write([&](Transaction& tx) {
            return payments::register_invoice(tx, {works,
                                                   number,
                                                   today(),
                                                   today(),
                                                   {{"", "Travaux", ttc, 0, ttc, true}},
                                                   Money(),
                                                   officer,
                                                   final});
        });
    }
    OrderId order_of(InvoiceId invoice) {
        accept(invoice);
        return make_order(invoice);
    }
    Result<EntryId> refuse(OrderId order, PersonId by, const std::string& why = "Pièce manquante") {
        return write(
            [&](Transaction& tx) { return payments::refuse_order(tx, order, why, by, today()); });
    }
    Result<Done> again(OrderId order) {
        return write([&](Transaction& tx) {
            return payments::make_order_again(tx, order, officer, today());
        });
    }
    Result<EntryId> amend(const std::string& reference, Money more, PersonId by) {
        return write([&](Transaction& tx) {
            return payments::amend_works_order(tx, {works, reference, more, today(), by});
        });
    }
    // Open, ordered, paid and returned, in euros; with what is committed they agree.
    std::vector<std::int64_t> parts() {
        auto snapshot = store().snapshot();
        const auto order = payments::find_works_order(snapshot.db(), works);
        const auto c = payments::commitment_of(snapshot.db(), order->reference);
        EXPECT_EQ(c.committed, order->amount);
        return {c.open().cents() / 100, c.ordered.cents() / 100, c.paid.cents() / 100,
                c.returned.cents() / 100};
    }
    using Parts = std::vector<std::int64_t>;
    Notified dossier;
    std::int64_t works = 0;
};

TEST_F(Commitments, GoFromOpenToOrderedToPaidAndBackWhenABankReturnsThem) {
    EXPECT_EQ(parts(), (Parts{21'100, 0, 0, 0}));
    const OrderId order = order_of(bill(Money::euros(10'000), "F-1"));
    EXPECT_EQ(parts(), (Parts{21'100, 0, 0, 0})) << "an invoice orders nothing";
    must(approve(order, authorising));
    EXPECT_EQ(parts(), (Parts{11'100, 10'000, 0, 0}));
    must(release(order, accountant));
    EXPECT_EQ(parts(), (Parts{11'100, 10'000, 0, 0}));
    const std::int64_t transfer = transfer_file().transfers.at(0).id;
    pay(transfer);
    EXPECT_EQ(parts(), (Parts{11'100, 0, 10'000, 0}));
    must_write([&](Transaction& tx) {
        return payments::transfer_returned(tx, transfer, "AC04", today(), "R", accountant);
    });
    EXPECT_EQ(parts(), (Parts{11'100, 10'000, 0, 0}));
    must(again(order));
    must(approve(order, authorising));
    EXPECT_EQ(parts(), (Parts{11'100, 10'000, 0, 0})) << "approved twice, ordered once";
}

TEST_F(Commitments, WhatAFinalInvoiceLeavesIsReturnedWhenItIsTakenInCharge) {
    const OrderId order = order_of(bill(Money::euros(20'000), "F-1", true));
    EXPECT_EQ(try_to_bill(Money::euros(1), "F-2").refusal().code, Code::state_forbids);
    must(approve(order, authorising));
    must(release(order, accountant));
    EXPECT_EQ(parts(), (Parts{0, 20'000, 0, 1'100}));
    EXPECT_EQ(amend("A-1", Money::euros(1), adviser).refusal().code, Code::state_forbids);
}

TEST_F(Commitments, ARefusedOrderGivesItsPartBackAndMayBeMadeAgainWhileThatIsThere) {
    const OrderId order = order_of(bill(works_ttc, "F-1"));
    must(approve(order, authorising));
    EXPECT_EQ(refuse(order, authorising).refusal().code, Code::role_missing)
        << "once approved it is the accountant's";
    EXPECT_EQ(refuse(order, accountant, " ").refusal().code, Code::text_invalid);
    must(refuse(order, accountant));
    EXPECT_EQ(parts(), (Parts{21'100, 0, 0, 0}));
    EXPECT_EQ(refuse(order, authorising).refusal().code, Code::state_forbids);
    EXPECT_EQ(release(order, accountant).refusal().code, Code::state_forbids);
    // Another invoice takes a euro of it in the meantime.
    bill(Money::euros(1), "F-2");
    EXPECT_EQ(again(order).refusal().code, Code::over_commitment);
}

TEST_F(Commitments, ARefusedOrderMadeAgainIsApprovedAnew) {
    const OrderId order = order_of(bill(works_ttc, "F-1"));
    must(refuse(order, authorising));
    must(again(order));
    must(approve(order, authorising));
    must(release(order, accountant));
    EXPECT_EQ(parts(), (Parts{0, 21'100, 0, 0}));
}

TEST_F(Commitments, AnOrderExpiresAfterNinetyDaysAndGivesItsPartBack) {
    const OrderId made = order_of(bill(Money::euros(1'000), "F-1"));
    const OrderId approved = order_of(bill(Money::euros(2'000), "F-2"));
    must(approve(approved, authorising));
    const Day last = today().plus_days(payments::order_valid_days);
    const auto expire = [&] {
        return must_write([&](Transaction& tx) {
            return payments::expire_orders(tx, programme, officer, today());
        });
    };
    clock().set(instant_in_paris(last, 10));
    EXPECT_TRUE(expire().empty());
    clock().set(instant_in_paris(last.plus_days(1), 10));
    EXPECT_EQ(approve(made, authorising).refusal().code, Code::order_expired);
    EXPECT_EQ(release(approved, accountant).refusal().code, Code::order_expired);
    EXPECT_EQ(expire(), (std::vector<OrderId>{made, approved}));
    EXPECT_EQ(parts(), (Parts{21'100, 0, 0, 0}));
    EXPECT_TRUE(expire().empty());
}

TEST_F(Commitments, AnAmendmentCommitsMoreOnce) {
    EXPECT_EQ(amend("A-1", Money::euros(500), officer).refusal().code, Code::role_missing);
    must(amend("A-1", Money::euros(500), adviser));
    EXPECT_EQ(amend("A-1", Money::euros(500), adviser).refusal().code, Code::duplicate);
    EXPECT_EQ(parts(), (Parts{21'600, 0, 0, 0}));
    bill(Money::euros(21'600), "F-1");
    EXPECT_EQ(try_to_bill(Money::euros(1), "F-2").refusal().code, Code::over_commitment);
}

// The balance is asked once all is taken in charge, not once all is approved.
TEST_F(Commitments, TheBalanceIsNotClaimedWhileAnApprovedOrderIsNotTakenInCharge) {
    const OrderId first = order_of(bill(Money::euros(20'000), "F-1"));
    must(approve(first, authorising));
    must(release(first, accountant));
    const OrderId last = order_of(bill(Money::euros(1'100), "F-2"));
    must(approve(last, authorising));
    const auto claim = [&] {
        return write([&](Transaction& tx) {
            return funding::file_claim(tx, {dossier.anah, funding::ClaimKind::balance,
                                            Money::euros(16'000), today(), adviser});
        });
    };
    EXPECT_EQ(claim().refusal().code, Code::gate_closed);
    must(release(last, accountant));
    EXPECT_TRUE(claim().ok());
}

}  // namespace
}  // namespace deodat
