// Goal: tables and journal cannot tell two stories unseen. Method: a dossier led through every kind
// of step proves; then one column at a time is changed behind the ledger's back.
#include <gtest/gtest.h>

#include "tests/support/dossier_fixture.h"

namespace deodat {
namespace {

using funding::ClaimKind;
using testing_support::must;

class Audit : public testing_support::DossierTest {
  protected:
    // A retention withheld, a transfer returned and paid again, a claim open and one reduced, a
    // grant given up for its rest, calls received in part.
    void lead_a_dossier() {
        pay_in_fund(Money::euros(50'000));
        const Notified n = notified_dossier();
        const InvoiceId bill = invoice(order_works(n.quote));
        accept(bill);
        const OrderId order = make_order(bill);
        pay_order(order);
        must_write([&](store::Transaction& tx) {
            return payments::transfer_returned(tx, 1, "AC04", today(), "R/2", accountant);
        });
        must_write([&](store::Transaction& tx) {
            return payments::make_order_again(tx, order, officer, today());
        });
        pay_order(order);
        const ClaimId claim =
            claim_and_receive(n.anah, ClaimKind::advance, Money::euros(4'800), Money::euros(4'000));
        must_write([&](store::Transaction& tx) {
            return funding::reduce_claim(tx, {claim, Money::euros(500), "Moins de surface",
                                              funding::Bearer::household, today(), authorising});
        });
        must_write([&](store::Transaction& tx) {
            return funding::reduce_claim(tx, {claim, Money::euros(100), "Moins de surface",
                                              funding::Bearer::petr, today(), authorising});
        });
        must_write([&](store::Transaction& tx) {
            return funding::refuse_grant(tx, n.anah, today(), adviser);
        });
        must_write([&](store::Transaction& tx) {
            return funding::receive_share(tx, 1, Money::euros(200), today(), "R/3", accountant);
        });
    }
    void pay_order(OrderId order) {
        must(approve(order, authorising));
        must(release(order, accountant));
        pay(transfer_file().transfers.at(0).id);
    }
};

TEST_F(Audit, ADossierLedThroughEveryStepProves) {
    lead_a_dossier();
    EXPECT_TRUE(faults().empty());
}

TEST_F(Audit, AColumnChangedBehindTheLedgersBackIsFound) {
    lead_a_dossier();
    const std::vector<std::pair<std::string, std::string>> changes = {
        {"UPDATE claim SET received_cents = received_cents + 1",
         "UPDATE claim SET received_cents = received_cents - 1"},
        {"UPDATE claim SET reduced_cents = reduced_cents + 1",
         "UPDATE claim SET reduced_cents = reduced_cents - 1"},
        {"UPDATE claim SET cents = cents + 1", "UPDATE claim SET cents = cents - 1"},
        {"UPDATE claim SET title = NULL", "UPDATE claim SET title = 'T26-0001'"},
        {"UPDATE funder_grant SET notified_cents = notified_cents + 1",
         "UPDATE funder_grant SET notified_cents = notified_cents - 1"},
        {"UPDATE funder_grant SET refused_cents = refused_cents + 1",
         "UPDATE funder_grant SET refused_cents = refused_cents - 1"},
        {"UPDATE funder_grant SET funder = 3 - funder",
         "UPDATE funder_grant SET funder = 3 - funder"},
        {"UPDATE household_call SET received_cents = received_cents + 1",
         "UPDATE household_call SET received_cents = received_cents - 1"},
        {"UPDATE household_call SET claim = NULL", "UPDATE household_call SET claim = 1"},
        {"UPDATE works_order SET cents = cents + 1", "UPDATE works_order SET cents = cents - 1"},
        {"UPDATE works_order SET given_up_cents = 1", "UPDATE works_order SET given_up_cents = 0"},
        {"UPDATE invoice SET retention_cents = retention_cents + 1",
         "UPDATE invoice SET retention_cents = retention_cents - 1"},
        {"UPDATE invoice_line SET ttc_cents = ttc_cents + 1",
         "UPDATE invoice_line SET ttc_cents = ttc_cents - 1"},
        {"UPDATE transfer SET state = 'returned' WHERE id = 2",
         "UPDATE transfer SET state = 'paid' WHERE id = 2"},
        {"UPDATE transfer SET cents = cents + 1 WHERE id = 2",
         "UPDATE transfer SET cents = cents - 1 WHERE id = 2"},
        {"UPDATE payment_order SET iban = iban || '0'",
         "UPDATE payment_order SET iban = substr(iban, 1, 27)"},
        {"UPDATE payment_order SET cents = cents + 1",
         "UPDATE payment_order SET cents = cents - 1"},
        {"UPDATE payment_order SET made_by = approved_by",
         "UPDATE payment_order SET made_by = " + std::to_string(officer.value)},
        {"UPDATE payment_order SET ordered = 0",
         "UPDATE payment_order SET ordered = 1 WHERE purpose = 'works'"},
        {"UPDATE dossier SET state = 'closed'", "UPDATE dossier SET state = 'open'"},
    };
    for (const auto& [change, back] : changes) {
        write_behind(change);
        EXPECT_FALSE(faults().empty()) << change;
        write_behind(back);
        ASSERT_TRUE(faults().empty()) << back << ": " << faults().at(0);
    }
}

// A reversal moves the journal alone: the command that reverses must change its tables too.
TEST_F(Audit, AReversalThatForgetsItsTablesIsFound) {
    lead_a_dossier();
    tampered_ = true;
    must_write([&](store::Transaction& tx) {
        return journal::reverse(tx, journal::last_entry(tx.db()), today(), "Erreur", accountant);
    });
    EXPECT_FALSE(faults().empty());
}

}  // namespace
}  // namespace deodat
