// Goal: limits on payments hold whoever approves, a payment cut in parts is found, raising a limit
// takes two persons and a night; the stop button stops everything until two lift it; several orders
// are approved all or none, as they were shown (security checks 37 to 39 and 44).
#include <set>

#include "ledger/payments/contractor_alerts.h"
#include "ledger/payments/suspension.h"
#include "tests/support/dossier_fixture.h"

namespace deodat {
namespace {

using payments::LimitScope;
using testing_support::must;
using Tx = store::Transaction;

class PaymentControls : public testing_support::DossierTest {
  protected:
    void SetUp() override {
        DossierTest::SetUp();
        second = add_person("Ordonnateur adjoint", {people::Role::authorising_officer});
        pay_in_fund(Money::euros(100'000));
    }
    payments::LimitProposal propose(LimitScope scope, std::optional<Money> amount) {
        return must_write([&](Tx& tx) {
            return payments::propose_payment_limit(
                tx, {programme, scope, amount, "Délibération", authorising});
        });
    }
    Result<Day> confirm(std::int64_t id, PersonId person) {
        return write([&](Tx& tx) { return payments::confirm_payment_limit(tx, id, person); });
    }
    std::vector<payments::PaymentLimit> limits() {
        auto snapshot = store().snapshot();
        return payments::payment_limits_of(snapshot.db(), programme, today());
    }
    void next_day() {
        clock().set(Instant(clock().now().microseconds() + std::int64_t{86'400} * 1'000'000));
    }
    // An order of the works' invoice for an amount, everything taxed at 5.5 %.
    OrderId order_of(std::int64_t works_order, Money ttc) {
        const std::string number = "F-" + std::to_string(++invoices_);
        const Money ht = part_of(ttc, {10'000, 10'550}, Rounding::half_up);
        const InvoiceId bill = must_write([&](Tx& tx) {
            return payments::register_invoice(
                tx, {works_order,
                     number,
                     today(),
                     today(),
                     {{"isolation_mur_ite", "Isolation", ht, 550, ttc, true}},
                     Money(),
                     officer});
        });
        accept(bill);
        return make_order(bill);
    }
    std::string answer(OrderId order, PersonId person) {
        const auto approved = approve(order, person);
        return approved ? "" : std::string(code_name(approved.refusal().code));
    }
    std::vector<std::string> closed_gates(OrderId order) {
        auto snapshot = store().snapshot();
        std::vector<std::string> out;
        const auto gates = must(payments::gates_of(snapshot.db(), order, today()));
        for (const auto& gate : gates) {
            if (!gate.open) out.push_back(gate.name);
        }
        return out;
    }
    Result<bool> lift(PersonId person) {
        return write([&](Tx& tx) { return payments::lift_suspension(tx, person); });
    }
    void suspend(PersonId person) {
        must_write([&](Tx& tx) { return payments::suspend_payments(tx, "RIB douteux", person); });
    }

    PersonId second;

  private:
    int invoices_ = 0;
};

// ---- limits

TEST_F(PaymentControls, ALimitHoldsAtOnceWhenItIsNewOrLower) {
    EXPECT_EQ(propose(LimitScope::order, Money::euros(5'000)).since, today());
    EXPECT_EQ(propose(LimitScope::order, Money::euros(4'000)).since, today());
    ASSERT_EQ(limits().size(), 1U);
    EXPECT_EQ(limits()[0].amount, Money::euros(4'000));
}

TEST_F(PaymentControls, Check38_RaisingALimitTakesTwoPersonsAndHoldsTheNextDay) {
    propose(LimitScope::order, Money::euros(5'000));
    const auto raise = propose(LimitScope::order, Money::euros(9'000));
    EXPECT_EQ(raise.since, std::nullopt);
    EXPECT_EQ(limits()[0].amount, Money::euros(5'000));
    EXPECT_EQ(confirm(raise.id, authorising).refusal().code, Code::same_person);
    EXPECT_EQ(confirm(raise.id, officer).refusal().code, Code::role_missing);
    EXPECT_EQ(*confirm(raise.id, second), today().plus_days(1));
    EXPECT_EQ(limits()[0].amount, Money::euros(5'000));
    next_day();
    EXPECT_EQ(limits()[0].amount, Money::euros(9'000));

    const auto end = propose(LimitScope::order, std::nullopt);
    EXPECT_EQ(limits().size(), 1U);
    must(confirm(end.id, accountant));
    next_day();
    EXPECT_TRUE(limits().empty());
}

// A limit lowered after a raise was confirmed is the later decision.
TEST_F(PaymentControls, WhatIsLoweredLaterWinsOverARaiseThatIsToBegin) {
    propose(LimitScope::order, Money::euros(5'000));
    must(confirm(propose(LimitScope::order, Money::euros(9'000)).id, second));
    propose(LimitScope::order, Money::euros(1'000));
    next_day();
    EXPECT_EQ(limits()[0].amount, Money::euros(1'000));
}

TEST_F(PaymentControls, EachScopeCountsWhatIsItsOwn) {
    const std::int64_t one = order_works(notified_dossier("DV-1").quote);
    const std::int64_t other = order_works(notified_dossier("DV-2").quote);
    propose(LimitScope::payee_day, Money::euros(5'000));
    EXPECT_EQ(answer(order_of(one, Money::euros(3'000)), authorising), "");
    const OrderId more = order_of(other, Money::euros(2'001));
    EXPECT_EQ(answer(more, authorising), "payment_limit_exceeded");
    EXPECT_EQ(closed_gates(more), std::vector<std::string>{"payment_limit_payee_day"});
    EXPECT_EQ(answer(order_of(other, Money::euros(2'000)), authorising), "");
    next_day();
    EXPECT_EQ(answer(more, authorising), "");

    propose(LimitScope::approver_day, Money::euros(3'000));
    const OrderId next = order_of(one, Money::euros(1'000));
    EXPECT_EQ(answer(next, authorising), "payment_limit_exceeded");
    EXPECT_EQ(answer(next, second), "");

    propose(LimitScope::programme_day, Money::euros(3'500));
    EXPECT_EQ(answer(order_of(one, Money::euros(500)), second), "payment_limit_exceeded");
    EXPECT_EQ(answer(order_of(one, Money::euros(499)), second), "");
}

// An approval that bears an earlier day is of the day when it was recorded.
TEST_F(PaymentControls, ABackdatedApprovalEscapesNoLimit) {
    const std::int64_t works = order_works(notified_dossier().quote);
    const auto approve_on = [&](OrderId order, Day day) {
        const auto approved = write([&, hash = hash_of(order)](Tx& tx) {
            return payments::approve_order(tx, order, hash, authorising, day);
        });
        return approved ? "" : std::string(code_name(approved.refusal().code));
    };
    const OrderId first = order_of(works, Money::euros(3'000));
    const OrderId next = order_of(works, Money::euros(2'000));
    const OrderId last = order_of(works, Money::euros(2'000));
    const Day made = today();
    next_day();
    propose(LimitScope::programme_day, Money::euros(4'000));
    EXPECT_EQ(approve_on(first, made), "");
    EXPECT_EQ(approve_on(next, today()), "payment_limit_exceeded");
    EXPECT_EQ(approve_on(next, made), "payment_limit_exceeded");
    next_day();
    EXPECT_EQ(approve_on(next, made), "");
    EXPECT_EQ(approve_on(last, today()), "");
}

TEST_F(PaymentControls, ARefusedOrderGivesItsPartOfTheDayBack) {
    const std::int64_t works = order_works(notified_dossier().quote);
    propose(LimitScope::programme_day, Money::euros(4'000));
    const OrderId first = order_of(works, Money::euros(4'000));
    EXPECT_EQ(answer(first, authorising), "");
    const OrderId next = order_of(works, Money::euros(1'000));
    EXPECT_EQ(answer(next, authorising), "payment_limit_exceeded");
    must_write(
        [&](Tx& tx) { return payments::refuse_order(tx, first, "Pièce", accountant, today()); });
    EXPECT_EQ(answer(next, authorising), "");
}

TEST_F(PaymentControls, Check38_TenOrdersJustBelowTheLimitAreFound) {
    propose(LimitScope::order, Money::euros(1'000));
    const std::int64_t works = order_works(notified_dossier().quote);
    int found = 0;
    for (int i = 0; i < 10; ++i) {
        if (answer(order_of(works, Money::euros(990)), authorising) == "payment_split") ++found;
    }
    EXPECT_EQ(found, 9);
    // The eighth day the first is forgotten.
    for (int day = 0; day < 7; ++day) next_day();
    EXPECT_EQ(answer(order_of(works, Money::euros(990)), authorising), "");
    // What is above the limit by itself is not called split.
    EXPECT_EQ(answer(order_of(works, Money::euros(1'001)), authorising), "payment_limit_exceeded");
}

TEST_F(PaymentControls, InAnotherDossierASplitIsSaidAndNotRefused) {
    propose(LimitScope::order, Money::euros(1'000));
    const std::int64_t one = order_works(notified_dossier("DV-1").quote);
    const std::int64_t other = order_works(notified_dossier("DV-2").quote);
    const auto names = [&](OrderId order) {
        auto snapshot = store().snapshot();
        std::set<std::string> out;
        for (const auto& alert : payments::order_alerts(snapshot.db(), order, today())) {
            out.insert(alert.name);
        }
        return out;
    };
    const OrderId first = order_of(one, Money::euros(990));
    EXPECT_EQ(names(first).count("split_elsewhere"), 0U);
    EXPECT_EQ(answer(first, authorising), "");
    const OrderId next = order_of(other, Money::euros(990));
    EXPECT_EQ(names(next).count("split_elsewhere"), 1U);
    EXPECT_EQ(answer(next, authorising), "");
}

// ---- the stop button

TEST_F(PaymentControls, Check44_NothingIsPaidUntilTwoLiftTheSuspension) {
    const std::int64_t works = order_works(notified_dossier().quote);
    const OrderId to_approve = order_of(works, Money::euros(1'000));
    const OrderId to_release = order_of(works, Money::euros(1'000));
    const OrderId to_send = order_of(works, Money::euros(1'000));
    must(approve(to_release, authorising));
    must(approve(to_send, authorising));
    must(release(to_send, accountant));

    suspend(officer);
    EXPECT_EQ(answer(to_approve, authorising), "payments_suspended");
    EXPECT_EQ(release(to_release, accountant).refusal().code, Code::payments_suspended);
    const auto file = [&] {
        return write([&](Tx& tx) {
            return payments::make_transfer_file(tx, programme, today(), accountant);
        });
    };
    EXPECT_EQ(file().refusal().code, Code::payments_suspended);
    EXPECT_EQ(closed_gates(to_approve), std::vector<std::string>{"payments_suspended"});
    // Past the program as well.
    for (const char* sql : {"UPDATE payment_order SET approved_by = 6 WHERE approved_by IS NULL",
                            "UPDATE payment_order SET released_by = 7 WHERE released_by IS NULL"}) {
        EXPECT_THROW((void)write([&](Tx& tx) -> Result<Done> {
                         tx.db().run(sql);
                         return Done{};
                     }),
                     EnvironmentFailure)
            << sql;
    }

    EXPECT_EQ(lift(officer).refusal().code, Code::role_missing);
    EXPECT_FALSE(*lift(authorising));
    EXPECT_EQ(lift(authorising).refusal().code, Code::same_person);
    EXPECT_EQ(file().refusal().code, Code::payments_suspended);
    EXPECT_TRUE(*lift(accountant));
    EXPECT_TRUE(file().ok());
    EXPECT_EQ(answer(to_approve, authorising), "");
    EXPECT_EQ(lift(authorising).refusal().code, Code::state_forbids);
}

TEST_F(PaymentControls, Check44_WhatWentToAnAccountIsListed) {
    const std::int64_t works = order_works(notified_dossier().quote);
    const OrderId order = order_of(works, Money::euros(1'000));
    must(approve(order, authorising));
    must(release(order, accountant));
    pay(transfer_file().transfers.at(0).id);
    const std::string iban = french_iban({"99998", "00003", "00000000101"}).text();
    auto snapshot = store().snapshot();
    const auto paid = payments::payments_to(snapshot.db(), iban);
    ASSERT_EQ(paid.size(), 1U);
    EXPECT_EQ(paid[0].amount, Money::euros(1'000));
    EXPECT_EQ(paid[0].paid_on, today());
    EXPECT_TRUE(payments::payments_to(snapshot.db(), "FR00").empty());
}

// ---- several at once

TEST_F(PaymentControls, Check39_AListIsApprovedAsItWasShownOrNotAtAll) {
    const std::int64_t works = order_works(notified_dossier().quote);
    payments::ApprovalList list{2, Money::euros(3'000), {}};
    for (const int euros : {1'000, 2'000}) {
        const OrderId order = order_of(works, Money::euros(euros));
        list.lines.push_back({order, hash_of(order)});
    }
    const auto approve_all = [&](const payments::ApprovalList& given) {
        return write(
            [&](Tx& tx) { return payments::approve_orders(tx, given, authorising, today()); });
    };
    const auto refusal = [&](const auto& change) {
        payments::ApprovalList changed = list;
        change(changed);
        const auto out = approve_all(changed);
        return out ? std::string() : std::string(code_name(out.refusal().code));
    };
    EXPECT_EQ(refusal([](auto& l) { l.lines.pop_back(); }), "malformed");
    EXPECT_EQ(refusal([](auto& l) { ++l.count; }), "malformed");
    EXPECT_EQ(refusal([](auto& l) { l.total += Money::cents(1); }), "malformed");
    EXPECT_EQ(refusal([](auto& l) { l = {}; }), "malformed");
    EXPECT_EQ(refusal([](auto& l) {
                  l.lines[1] = l.lines[0];
                  l.total = Money::euros(2'000);
              }),
              "duplicate");
    EXPECT_EQ(refusal([](auto& l) { l.lines[1].hash[0] ^= 1; }), "order_changed");
    EXPECT_EQ(refusal([](auto& l) { std::swap(l.lines[0].hash, l.lines[1].hash); }),
              "order_changed");
    EXPECT_EQ(refusal([](auto& l) { l.lines[1].order = {99}; }), "not_found");
    // The limits see the first when they are asked about the second.
    propose(LimitScope::programme_day, Money::euros(2'999));
    const auto out = approve_all(list);
    EXPECT_EQ(out.refusal().code, Code::payment_limit_exceeded);
    EXPECT_EQ(out.refusal().field, "orders[1].payment_limit_programme_day");
    must(confirm(propose(LimitScope::programme_day, Money::euros(3'000)).id, second));
    next_day();
    // Shown in another order: the same list.
    std::swap(list.lines[0], list.lines[1]);
    EXPECT_EQ(must(approve_all(list)).size(), 2U);
}

}  // namespace
}  // namespace deodat
