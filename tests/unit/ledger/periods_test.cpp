// Goal: a closed exercice takes nothing any more, by no route; what must be settled is settled
// before; what it leaves is carried over, sealed (guarantee 17). Method: each command of the ledger
// at a day of the closed year and at a day of the open one; a hand behind the ledger's back.
#include "api/demo/bank_play.h"
#include "ledger/bank/booking.h"
#include "ledger/bank/camt.h"
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

// Each command that posts, with a day of the closed year: refused, and taken with a day of the open
// one. Dossiers stand at each step of their life when the year is closed.
TEST_F(Periods, G17_NoCommandEntersAClosedYear) {
    pay_in_fund(Money::euros(90'000));
    const auto fund_entry = EntryId{1};
    const Notified fresh = notified_dossier("DV-1");
    const Notified working = notified_dossier("DV-2");
    const Notified given_up = notified_dossier("DV-3");
    const Notified abandoned = notified_dossier("DV-4");
    const std::int64_t unfinished = order_works(notified_dossier("DV-5").quote);
    const DossierId unsigned_one = open_dossier();
    const PlanId plan = must_write([&, command = plan_of(unsigned_one)](store::Transaction& tx) {
        return dossiers::keep_plan(tx, command);
    });
    const DossierId asking = open_dossier();
    keep_and_sign_plan(asking);
    sign_mandates(asking);
    const auto asked = request(asking);
    go_to(Day::of(2026, 12, 1));  // an order of payment is not valid much longer than the winter
    const std::int64_t works_order = order_works(working.quote);
    const InvoiceId bill = invoice(works_order);
    accept(bill);
    const OrderId order = make_order(bill);
    const InvoiceId other_bill =
        invoice(order_works(notified_dossier("DV-6").quote), Money(), "F-2");
    accept(other_bill);
    const OrderId approved = make_order(other_bill);
    must(approve(approved, authorising));
    const auto file = [&](GrantId grant, Money amount) {
        return must_write([&](store::Transaction& tx) {
            return funding::file_claim(
                tx, {grant, funding::ClaimKind::instalment, amount, today(), adviser});
        });
    };
    const ClaimId filed = file(working.region, Money::euros(500));
    const ClaimId titled = file(working.anah, Money::euros(900));
    must_write([&](store::Transaction& tx) {
        return funding::issue_title(tx, titled, today(), authorising);
    });
    const std::int64_t call = must_write([&](store::Transaction& tx) {
        return funding::call_share(tx, working.dossier, Money::euros(100), today(), authorising);
    });
    const demo::PlayedStatement statement{
        french_iban({"99998", "00001", "00000000001"}),
        "REL-1",
        1,
        clock().now(),
        last_day,
        last_day,
        Money(),
        {{last_day, Money::euros(50), "NOTPROVIDED", "Payeur", {}, "DOTATION HMD", {}}}};
    go_to(new_day);
    ASSERT_TRUE(close(2026).ok());

    struct Route {
        const char* name;
        std::function<std::optional<Refusal>(Day)> run;
    };
    const auto route = [&](const char* name, auto command) {
        return Route{name, [this, command](Day day) -> std::optional<Refusal> {
                         auto outcome =
                             write([&](store::Transaction& tx) { return command(tx, day); });
                         if (outcome.ok()) return std::nullopt;
                         return outcome.refusal();
                     }};
    };
    using Tx = store::Transaction;
    std::vector<Route> routes{
        route("sign_plan",
              [=, this](Tx& tx, Day d) { return dossiers::sign_plan(tx, plan, d, adviser); }),
        route("notify_grant",
              [=, this](Tx& tx, Day d) {
                  return funding::notify_grant(
                      tx, {asked.at(0), Money::euros(16'000), "N-1", d, adviser});
              }),
        route("refuse_grant",
              [=, this](Tx& tx, Day d) {
                  return funding::refuse_grant(tx, fresh.region, d, adviser);
              }),
        route("order_works",
              [=, this](Tx& tx, Day d) {
                  return payments::order_works(tx, fresh.quote, d, adviser);
              }),
        route("call_share",
              [=, this](Tx& tx, Day d) {
                  return funding::call_share(tx, fresh.dossier, Money::euros(100), d, authorising);
              }),
        route("receive_share",
              [=, this](Tx& tx, Day d) {
                  return funding::receive_share(tx, call, Money::euros(60), d, "R", accountant);
              }),
        route("receive_share_early",
              [=, this](Tx& tx, Day d) {
                  return funding::receive_share_early(tx, given_up.dossier, Money::euros(1), d, "R",
                                                      accountant);
              }),
        route("file_claim",
              [=, this](Tx& tx, Day d) {
                  return funding::file_claim(tx, {working.region, funding::ClaimKind::instalment,
                                                  Money::euros(100), d, adviser});
              }),
        route("issue_title",
              [=, this](Tx& tx, Day d) { return funding::issue_title(tx, filed, d, authorising); }),
        route("receive_claim",
              [=, this](Tx& tx, Day d) {
                  return funding::receive_claim(tx, titled, Money::euros(400), d, "R", accountant);
              }),
        route("approve_order",
              [=, this](Tx& tx, Day d) {
                  const std::string hash =
                      payments::order_hash(tx.db(), *payments::find_order(tx.db(), order));
                  return payments::approve_order(tx, order, hash, authorising, d);
              }),
        route("release_order",
              [=, this](Tx& tx, Day d) {
                  return payments::release_order(tx, approved, accountant, d);
              }),
        route("reduce_claim",
              [=, this](Tx& tx, Day d) {
                  return funding::reduce_claim(tx, {titled, Money::euros(100), "Plafond",
                                                    funding::Bearer::petr, d, authorising});
              }),
        route("amend_works_order",
              [=, this](Tx& tx, Day d) {
                  return payments::amend_works_order(
                      tx, {unfinished, "Avenant 1", Money::euros(100), d, adviser});
              }),
        route("finish_works_order",
              [=, this](Tx& tx, Day d) {
                  return payments::finish_works_order(tx, unfinished, d, adviser);
              }),
        route("abandon_dossier",
              [=, this](Tx& tx, Day d) {
                  return treasury::abandon_dossier(tx, abandoned.dossier, "Renonce", d, adviser);
              }),
        route("reverse",
              [=, this](Tx& tx, Day d) {
                  return journal::reverse(tx, fund_entry, d, "Erreur", accountant);
              }),
    };
    for (const Event event :
         {Event::fund_paid_in, Event::grant_notified, Event::transfer_paid, Event::loss_borne,
          Event::retention_released, Event::dossier_closed}) {
        const auto refused = post(event, journal::events::fund_paid_in(Money::euros(1)), last_day);
        ASSERT_FALSE(refused.ok()) << journal::event_name(event);
        EXPECT_EQ(refused.refusal().code, Code::period_closed) << journal::event_name(event);
    }
    for (const Route& each : routes) {
        const auto closed = each.run(last_day);
        ASSERT_TRUE(closed.has_value()) << each.name;
        EXPECT_EQ(closed->code, Code::period_closed) << each.name << ": " << closed->message;
        const auto open = each.run(new_day);
        EXPECT_FALSE(open.has_value()) << each.name << ": " << open->message;
    }
    // The bank: a transfer that it says paid last year; a movement of last year.
    const auto transfers = transfer_file();
    for (const Day day : {last_day, new_day}) {
        const auto paid = write([&](Tx& tx) {
            return payments::transfer_paid(tx, transfers.transfers.at(0).id, day, "R", accountant);
        });
        EXPECT_EQ(paid.ok(), day == new_day);
    }
    const std::string xml = demo::camt053_08(statement);
    const auto movements = must_write([&](Tx& tx) {
        return bank::import_statement(tx, must(bank::read_camt(xml)).at(0), xml, accountant);
    });
    const auto booked = write([&](Tx& tx) {
        return bank::confirm_match(tx, movements.at(0), bank::Kind::fund, programme.value,
                                   accountant);
    });
    ASSERT_FALSE(booked.ok());
    EXPECT_EQ(booked.refusal().code, Code::period_closed) << booked.refusal().message;
    // SQL that goes past the program.
    EXPECT_THROW((void)write([&](Tx& tx) -> Result<Done> {
                     tx.db().run(
                         "INSERT INTO entry SELECT (SELECT max(number) + 1 FROM entry),"
                         " '2026-12-31', recorded_at, journal, event, label, piece,"
                         " programme, person, 0, digest, hash FROM entry WHERE number = 1");
                     return Done{};
                 }),
                 EnvironmentFailure);
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
