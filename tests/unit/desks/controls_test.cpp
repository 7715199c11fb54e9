// Goal: the treasury's desk sets and raises limits on payments, approves a list, stops everything
// and lets it go on, each as the person who sits there; what they do is in
// unit/ledger/payment_controls_test.cpp.
#include "api/desks/treasury/controls.h"
#include "tests/support/dossier_fixture.h"

namespace deodat {
namespace {

using payments::LimitScope;
using testing_support::must;

class Controls : public testing_support::DossierTest {
  protected:
    desks::Desk sits(PersonId person) { return {store(), rules_, person}; }

  private:
    rules::RuleSet rules_;
};

TEST_F(Controls, EachStepIsThePersonsWhoSitsThere) {
    pay_in_fund(Money::euros(50'000));
    const InvoiceId bill = invoice(order_works(notified_dossier().quote), Money());
    accept(bill);
    const OrderId order = make_order(bill);
    const payments::ApprovalList list{1, Money::euros(21'100), {{order, hash_of(order)}}};
    auto ordonnateur = sits(authorising);
    auto comptable = sits(accountant);
    auto gestion = sits(officer);

    const auto propose = [&](desks::Desk& desk, Money amount) {
        return treasury_desk::propose_payment_limit(desk, programme, LimitScope::order, amount,
                                                    "Délibération");
    };
    EXPECT_EQ(propose(gestion, Money::euros(1)).refusal().code, Code::role_missing);
    EXPECT_EQ(must(propose(ordonnateur, Money::euros(20'000))).since, today());
    EXPECT_EQ(treasury_desk::approve_orders(ordonnateur, list).refusal().code,
              Code::payment_limit_exceeded);

    const auto raised = must(propose(ordonnateur, Money::euros(30'000)));
    EXPECT_EQ(treasury_desk::confirm_payment_limit(ordonnateur, raised.id).refusal().code,
              Code::same_person);
    const Day since = must(treasury_desk::confirm_payment_limit(comptable, raised.id));
    clock().set(instant_in_paris(since, 10));

    must(treasury_desk::suspend_payments(gestion, "RIB douteux"));
    EXPECT_EQ(treasury_desk::approve_orders(ordonnateur, list).refusal().code,
              Code::payments_suspended);
    EXPECT_FALSE(must(treasury_desk::lift_suspension(ordonnateur)));
    EXPECT_TRUE(must(treasury_desk::lift_suspension(comptable)));
    EXPECT_EQ(must(treasury_desk::approve_orders(ordonnateur, list)).size(), 1U);
}

}  // namespace
}  // namespace deodat
