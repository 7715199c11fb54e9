// Goal: a closed exercice takes nothing any more, by no route; what must be settled is settled
// before; what it leaves is carried over, sealed (guarantee 17). Method: the closing itself, and a
// hand behind the ledger's back. Every command with a closed day: closed_year_test.cpp.
#include "ledger/treasury/period_closing.h"
#include "tests/support/dossier_fixture.h"

namespace deodat {
namespace {

using journal::Event;
using journal::Role;
using testing_support::must;

class Periods : public testing_support::DossierTest {
  protected:
    void go_to(Day day) { clock().set(instant_in_paris(day, 10)); }
    Result<EntryId> close(int year, PersonId by) {
        return write([&](store::Transaction& tx) { return treasury::close_period(tx, year, by); });
    }
    Result<EntryId> close(int year) { return close(year, administrator); }
    Result<EntryId> post(Event event, std::vector<journal::Leg> legs, Day day) {
        return write([&](store::Transaction& tx) {
            return journal::post(tx,
                                 {day, event, "Essai", "P", {programme, "01"}, accountant, legs});
        });
    }

    const Day last_day = Day::of(2026, 12, 31);
    const Day new_day = Day::of(2027, 1, 4);
};

TEST_F(Periods, G17_ClosesOnceInOrderAndWhenOver) {
    EXPECT_EQ(close(2025).refusal().code, Code::state_forbids) << "no entry at all";
    pay_in_fund(Money::euros(100));
    EXPECT_EQ(close(2026).refusal().code, Code::state_forbids) << "not over";
    go_to(Day::of(2028, 2, 1));
    EXPECT_EQ(close(2027).refusal().code, Code::state_forbids) << "2026 comes first";
    EXPECT_EQ(close(2026, adviser).refusal().code, Code::role_missing);
    EXPECT_TRUE(close(2026).ok());
    EXPECT_EQ(close(2026).refusal().code, Code::state_forbids);
    EXPECT_EQ(close(2025).refusal().code, Code::state_forbids);
    EXPECT_TRUE(close(2027).ok());
    EXPECT_EQ(close(2028).refusal().code, Code::state_forbids);
}

// Paragraph 4 of the accountants' sheet: in January, dated 31 December, what is not investment.
TEST_F(Periods, G17_TheComplementaryPeriodTakesWhatItMay) {
    pay_in_fund(Money::euros(50'000));
    const Notified n = notified_dossier();
    const auto fund = journal::events::fund_paid_in(Money::euros(1));
    const auto loss = journal::events::loss_borne(n.dossier, Money::euros(1));
    const auto call = journal::events::household_share_called(n.dossier, Money::euros(1));
    const auto code = [&](Event event, const std::vector<journal::Leg>& legs, Day day) {
        const auto outcome = post(event, legs, day);
        return outcome.ok() ? std::string("ok") : std::string(code_name(outcome.refusal().code));
    };
    tampered_ = true;  // entries without what commands change
    go_to(last_day);
    EXPECT_EQ(code(Event::household_share_called, call, last_day), "ok");
    go_to(Day::of(2027, 1, 31));
    EXPECT_EQ(code(Event::household_share_called, call, last_day), "period_closed");
    EXPECT_EQ(code(Event::loss_borne, loss, last_day), "ok");
    EXPECT_EQ(code(Event::loss_borne, loss, Day::of(2026, 12, 30)), "period_closed");
    EXPECT_EQ(code(Event::fund_paid_in, fund, Day::of(2026, 12, 30)), "ok");
    go_to(Day::of(2027, 2, 1));
    EXPECT_EQ(code(Event::loss_borne, loss, last_day), "period_closed");
    EXPECT_EQ(code(Event::fund_paid_in, fund, last_day), "ok");
    ASSERT_TRUE(close(2026).ok());
    EXPECT_EQ(code(Event::fund_paid_in, fund, last_day), "period_closed");
    EXPECT_EQ(code(Event::loss_borne, loss, Day::of(2027, 2, 1)), "ok");
}

TEST_F(Periods, G17_WhatBelongsToTheYearIsSettledFirst) {
    pay_in_fund(Money::euros(50'000));
    const Notified n = notified_dossier();
    must_write([&](store::Transaction& tx) {
        return funding::receive_share_early(tx, n.dossier, Money::euros(300), today(), "R",
                                            accountant);
    });
    const InvoiceId bill = invoice(order_works(n.quote));
    accept(bill);
    const OrderId order = make_order(bill);
    must(approve(order, authorising));
    must(release(order, accountant));
    const auto transfers = transfer_file();
    go_to(new_day);
    EXPECT_EQ(close(2026).refusal().code, Code::balance_not_nil);
    EXPECT_NE(close(2026).refusal().message.find("300,00"), std::string::npos);
    must_write([&](store::Transaction& tx) {
        return funding::call_share(tx, n.dossier, Money::euros(300), today(), authorising);
    });
    EXPECT_EQ(close(2026).refusal().field, "transfer") << "the bank has not answered";
    must_write([&](store::Transaction& tx) {
        return payments::transfer_paid(tx, transfers.transfers.at(0).id, last_day, "R", accountant);
    });
    EXPECT_TRUE(close(2026).ok());
}

TEST_F(Periods, G17_BalancesAreCarriedAndSealed) {
    pay_in_fund(Money::euros(50'000));
    const Notified n = notified_dossier();
    must_write([&](store::Transaction& tx) {
        return funding::call_share(tx, n.dossier, Money::euros(300), today(), authorising);
    });
    go_to(new_day);
    pay_in_fund(Money::euros(7));
    ASSERT_TRUE(close(2026).ok());
    auto snapshot = store().snapshot();
    Money sum;
    Money cash;
    Money household;
    for (const auto& carried : journal::carried_balances(snapshot.db(), 2026)) {
        sum += carried.amount;
        if (carried.number == "515") cash += carried.amount;
        if (carried.number == "46721" && carried.dossier == n.dossier) household += carried.amount;
    }
    EXPECT_EQ(sum, Money());
    EXPECT_EQ(cash, Money::euros(50'000)) << "not what came in January";
    EXPECT_EQ(household, Money::euros(300));
    EXPECT_TRUE(faults().empty());
    // The database refuses to change a closing; who drops its triggers is found out.
    for (const char* sql :
         {"UPDATE period SET year = 2020", "DELETE FROM period",
          "UPDATE carried_balance SET cents = cents + 1", "DELETE FROM carried_balance",
          "INSERT INTO period SELECT 2030, last_entry, closed_by, 0 FROM period"}) {
        EXPECT_THROW((void)write([&](store::Transaction& tx) -> Result<Done> {
                         tx.db().run(sql);
                         return Done{};
                     }),
                     EnvironmentFailure)
            << sql;
    }
    tampered_ = true;
    for (const char* sql :
         {"UPDATE carried_balance SET cents = cents + 1 WHERE account = 1",
          "UPDATE period SET result_cents = 5", "UPDATE period SET last_entry = 2",
          "DELETE FROM carried_balance; DELETE FROM period",
          "UPDATE plan SET remaining_cost_cents = remaining_cost_cents - 1,"
          " total_aid_cents = total_aid_cents + 1"}) {
        const auto drop =
            "DROP TRIGGER IF EXISTS period_kept_update;"
            "DROP TRIGGER IF EXISTS period_kept_delete;"
            "DROP TRIGGER IF EXISTS carried_kept_update;"
            "DROP TRIGGER IF EXISTS carried_kept_delete;";
        (void)write([&](store::Transaction& tx) -> Result<Done> {
            tx.db().script(drop);
            tx.db().script(sql);
            std::string found;
            for (const auto& fault : audit::verify(tx.db()).faults) found += fault.what + "\n";
            // Named as what it is, beside what the sealed records say.
            EXPECT_NE(found.find(std::string(sql).find("plan") == std::string::npos ? "xercice"
                                                                                    : "plan signé"),
                      std::string::npos)
                << sql << "\n"
                << found;
            return Refusal{Code::state_forbids, "", "Seulement pour voir."};
        });
        EXPECT_TRUE(faults().empty()) << sql;
    }
}

}  // namespace
}  // namespace deodat
