// Goal: entries balance, chain, reverse and are kept; the accountants' worked example comes out
// posting by posting. Method: a real data directory per test, and a hand that writes behind the
// ledger's back.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "ledger/base/text.h"
#include "ledger/journal/balances.h"
#include "ledger/journal/chain.h"
#include "ledger/journal/events.h"
#include "ledger/journal/verification.h"
#include "tests/support/ledger_fixture.h"

namespace deodat::journal {
namespace {

using testing_support::LedgerTest;

const DossierId dossier{7};
const ContractorId contractor{3};
const FunderRef anah{{1}, FunderFamily::state};
const FunderRef region{{2}, FunderFamily::region};
const FunderRef department{{3}, FunderFamily::department};
const FunderRef epci{{4}, FunderFamily::grouping};

class JournalTest : public LedgerTest {
  protected:
    EntryDraft draft(Event event, std::vector<Leg> legs, Day day) {
        return {day, event,          std::string(event_label(event)), "P1", {{1}, "01"},
                {1}, std::move(legs)};
    }
    EntryId post_or_fail(Event event, std::vector<Leg> legs, Day day = Day::of(2026, 3, 1)) {
        auto posted = store().write(
            [&](store::Transaction& tx) { return post(tx, draft(event, legs, day)); });
        EXPECT_TRUE(posted.ok());
        return posted.ok() ? *posted : EntryId{};
    }
    Money balance_of(Role role, Selection selection = {}) {
        auto snapshot = store().snapshot();
        return balance(snapshot.db(), role, selection);
    }
    // "4581 -> 4041" as debit/credit legs of the last entry: number and cents.
    std::vector<std::pair<std::string, std::int64_t>> legs_of(EntryId id) {
        auto snapshot = store().snapshot();
        std::vector<std::pair<std::string, std::int64_t>> out;
        const auto entry = find_entry(snapshot.db(), id);
        for (const PostingRow& p : entry->postings) {
            out.emplace_back(p.account, p.amount.cents());
        }
        return out;
    }
};

using Legs = std::vector<std::pair<std::string, std::int64_t>>;

TEST_F(JournalTest, WorkedExampleComesOutPostingByPosting) {
    const auto euros = [](std::int64_t n) { return Money::euros(n); };
    for (const auto& [funder, amount] :
         {std::pair{anah, 18'000}, {region, 2'000}, {department, 1'500}, {epci, 1'500}}) {
        post_or_fail(Event::grant_notified, events::grant_notified(dossier, funder, euros(amount)));
    }
    const auto expect = [&](Event event, std::vector<Leg> legs, const Legs& expected) {
        EXPECT_EQ(legs_of(post_or_fail(event, std::move(legs))), expected) << event_name(event);
    };
    expect(Event::works_ordered, events::works_ordered(dossier, contractor, euros(29'000)),
           {{"memo.8018", 2'900'000}, {"8018", -2'900'000}});
    expect(Event::works_order_amended,
           events::works_order_amended(dossier, contractor, euros(1'500)),
           {{"memo.8018", 150'000}, {"8018", -150'000}});
    expect(Event::works_order_finished,
           events::works_order_finished(dossier, contractor, euros(500)),
           {{"memo.8018", -50'000}, {"8018", 50'000}});
    expect(Event::household_share_called, events::household_share_called(dossier, euros(7'000)),
           {{"46721", 700'000}, {"458201", -700'000}});
    expect(Event::household_receipt, events::household_receipt(dossier, euros(7'000)),
           {{"515", 700'000}, {"46721", -700'000}});
    const auto receive = [&](FunderRef funder, std::int64_t claimed, std::int64_t received,
                             const std::string& account) {
        post_or_fail(Event::claim_filed, events::claim_filed(dossier, funder, euros(claimed)));
        expect(Event::claim_title_issued,
               events::claim_title_issued(dossier, funder, euros(claimed)),
               {{account, claimed * 100},
                {"458201", -claimed * 100},
                {"memo.8028", claimed * 100},
                {"8028", -claimed * 100}});
        expect(Event::claim_received, events::claim_received(dossier, funder, euros(received)),
               {{"515", received * 100},
                {account, -received * 100},
                {"memo.claim.c", received * 100},
                {"memo.claim", -received * 100}});
    };
    receive(anah, 12'600, 12'600, "44312");
    expect(Event::commitment_ordered,
           events::commitment_ordered(dossier, contractor, euros(30'000)),
           {{"8018", 3'000'000}, {"memo.8018.o", -3'000'000}});
    expect(Event::commitment_withdrawn,
           events::commitment_withdrawn(dossier, contractor, euros(30'000)),
           {{"8018", -3'000'000}, {"memo.8018.o", 3'000'000}});
    post_or_fail(Event::commitment_ordered,
                 events::commitment_ordered(dossier, contractor, euros(30'000)));
    expect(Event::order_released,
           events::order_released(dossier, contractor, euros(30'000), euros(1'500)),
           {{"458101", 3'000'000},
            {"4041", -2'850'000},
            {"40471", -150'000},
            {"memo.8018.o", 3'000'000},
            {"memo.8018.c", -3'000'000}});
    const auto settled = [&](Event event, std::int64_t paid, Legs legs) {
        const auto made =
            event == Event::commitment_paid ? &events::commitment_paid : &events::commitment_unpaid;
        expect(event, made(dossier, contractor, euros(paid)), legs);
    };
    expect(Event::transfer_paid,
           events::transfer_paid(dossier, contractor, euros(28'500), Role::contractor_payable),
           {{"4041", 2'850'000}, {"515", -2'850'000}});
    expect(Event::transfer_returned, events::transfer_returned(dossier, contractor, euros(28'500)),
           {{"515", 2'850'000}, {"4712", -2'850'000}});
    settled(Event::commitment_paid, 28'500,
            {{"memo.8018.c", 2'850'000}, {"memo.8018", -2'850'000}});
    settled(Event::commitment_unpaid, 28'500,
            {{"memo.8018.c", -2'850'000}, {"memo.8018", 2'850'000}});
    settled(Event::commitment_paid, 30'000,
            {{"memo.8018.c", 3'000'000}, {"memo.8018", -3'000'000}});
    expect(Event::transfer_paid,
           events::transfer_paid(dossier, contractor, euros(28'500), Role::returned_transfer),
           {{"4712", 2'850'000}, {"515", -2'850'000}});
    receive(region, 2'000, 2'000, "44322");
    receive(department, 1'500, 1'500, "44332");
    receive(epci, 1'500, 1'500, "44352");
    receive(anah, 5'400, 4'400, "44312");
    expect(Event::claim_reduced, events::claim_reduced(dossier, anah, euros(1'000)),
           {{"458201", 100'000},
            {"44312", -100'000},
            {"memo.claim.c", 100'000},
            {"memo.claim", -100'000}});
    expect(Event::household_share_called, events::household_share_called(dossier, euros(1'000)),
           {{"46721", 100'000}, {"458201", -100'000}});
    expect(Event::household_receipt, events::household_receipt(dossier, euros(1'000)),
           {{"515", 100'000}, {"46721", -100'000}});
    expect(Event::retention_released,
           events::transfer_paid(dossier, contractor, euros(1'500), Role::contractor_retention),
           {{"40471", 150'000}, {"515", -150'000}});
    EXPECT_EQ(balance_of(Role::mandate_expenditure), euros(30'000));
    EXPECT_EQ(balance_of(Role::mandate_revenue), -euros(30'000));
    expect(Event::dossier_closed, events::dossier_closed(dossier, euros(30'000)),
           {{"458201", 3'000'000}, {"458101", -3'000'000}});
    auto snapshot = store().snapshot();
    for (const AccountBalance& account : account_balances(snapshot.db())) {
        EXPECT_TRUE(account.amount.is_zero()) << account.number << " " << french(account.amount);
    }
    EXPECT_TRUE(verify(snapshot.db()).proven());
}

TEST_F(JournalTest, RefusesAnUnbalancedEntryAndLeavesNothing) {
    const auto refused = store().write([&](store::Transaction& tx) {
        return post(
            tx, draft(Event::fund_paid_in,
                      {{Role::cash, Money::cents(5)}, {Role::opening_balance, Money::cents(-4)}},
                      Day::of(2026, 3, 1)));
    });
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.refusal().code, Code::entry_unbalanced);
    auto snapshot = store().snapshot();
    EXPECT_EQ(last_entry(snapshot.db()), EntryId{0});
    EXPECT_TRUE(account_balances(snapshot.db()).empty());
}

TEST_F(JournalTest, AnAccountThatARefusedCommandMetIsMetAgain) {
    const auto legs = events::household_share_called(dossier, Money::euros(10));
    const auto refused = store().write([&](store::Transaction& tx) -> Result<EntryId> {
        const auto day = Day::of(2026, 3, 1);
        if (!post(tx, draft(Event::household_share_called, legs, day))) std::abort();
        return Refusal{Code::state_forbids, "", "non"};
    });
    EXPECT_FALSE(refused.ok());
    const EntryId again = post_or_fail(Event::household_share_called, legs);
    EXPECT_EQ(legs_of(again), (Legs{{"46721", 1'000}, {"458201", -1'000}}));
}

TEST_F(JournalTest, TheDatabaseItselfRefusesWhatTheCodeWould) {
    const EntryId entry = post_or_fail(Event::fund_paid_in, events::fund_paid_in(Money::euros(10)));
    for (const char* sql :
         {"UPDATE entry SET label = 'x'", "DELETE FROM entry", "UPDATE posting SET cents = 1",
          "DELETE FROM posting", "INSERT INTO posting VALUES (1, 9, 1, 0, 0, 0, 0, 5)"}) {
        EXPECT_THROW((void)store().write([&](store::Transaction& tx) -> Result<Done> {
            tx.db().run(sql);
            return Done{};
        }),
                     EnvironmentFailure)
            << sql;
    }
    EXPECT_EQ(entry, EntryId{1});
}

TEST_F(JournalTest, ReversesOnceAtItsOwnDay) {
    const EntryId entry = post_or_fail(Event::fund_paid_in, events::fund_paid_in(Money::euros(10)));
    const auto reverse_at = [&](Day day) {
        return store().write([&](store::Transaction& tx) {
            return reverse(tx, entry, day, "Versement annulé", {1});
        });
    };
    EXPECT_EQ(reverse_at(Day::of(2026, 2, 1)).refusal().code, Code::entry_date);
    ASSERT_TRUE(reverse_at(Day::of(2026, 3, 15)).ok());
    EXPECT_EQ(reverse_at(Day::of(2026, 3, 16)).refusal().code, Code::already_reversed);
    EXPECT_TRUE(balance_of(Role::cash).is_zero());
    auto snapshot = store().snapshot();
    EXPECT_EQ(find_entry(snapshot.db(), {2})->reverses, entry);
    EXPECT_TRUE(verify(snapshot.db()).proven());
}

TEST_F(JournalTest, RefusesADayBeforeTheChartAndADayTooFarAhead) {
    for (const Day day : {Day::of(2024, 12, 31), Day::of(2027, 1, 1)}) {
        const auto refused = store().write([&](store::Transaction& tx) {
            return post(tx, draft(Event::fund_paid_in, events::fund_paid_in(Money::euros(1)), day));
        });
        ASSERT_FALSE(refused.ok()) << day.iso();
        EXPECT_EQ(refused.refusal().code, Code::entry_date);
    }
}

// What each column of the chained tables can be changed to behind the ledger's back; verify names
// the entry.
TEST_F(JournalTest, VerifyFindsAnyChangeBehindTheLedgersBack) {
    const std::vector<std::string> tampers = {
        "UPDATE posting SET cents = cents + 1 WHERE entry = 2 AND line = 1",
        "UPDATE posting SET cents = cents + (CASE line WHEN 1 THEN 1 ELSE -1 END) WHERE entry = 2",
        "UPDATE posting SET dossier = dossier + 1 WHERE entry = 2",
        "UPDATE posting SET funder = funder + 1 WHERE entry = 2",
        "UPDATE posting SET contractor = contractor + 1 WHERE entry = 2",
        "UPDATE posting SET batch = 1 WHERE entry = 2",
        "UPDATE posting SET account = 3 - account WHERE entry = 1",
        "UPDATE entry SET day = '2026-03-02' WHERE number = 2",
        "UPDATE entry SET label = 'autre' WHERE number = 2",
        "UPDATE entry SET piece = 'autre' WHERE number = 2",
        "UPDATE entry SET event = 'household_receipt' WHERE number = 2",
        "UPDATE entry SET journal = 'XX' WHERE number = 2",
        "UPDATE entry SET programme = 2 WHERE number = 2",
        "UPDATE entry SET person = 2 WHERE number = 2",
        "UPDATE entry SET recorded_at = recorded_at + 1 WHERE number = 2",
        "UPDATE entry SET reverses = 1 WHERE number = 2",
        "UPDATE entry SET digest = x'00' WHERE number = 2",
        "UPDATE entry SET hash = zeroblob(32) WHERE number = 2",
        "UPDATE account SET number = '516' WHERE number = '515'",
        "UPDATE account SET label = 'autre' WHERE number = '515'",
        "UPDATE entry SET day = '2026-02-31' WHERE number = 2",
        "UPDATE entry SET day = 'demain' WHERE number = 2",
        "PRAGMA ignore_check_constraints=ON; UPDATE posting SET cents = 9000000000000000000"
        " WHERE entry = 2 AND line = 1",
        "UPDATE balance SET cents = 9000000000000000000 WHERE account = 1",
        "UPDATE balance SET account = 99 WHERE account = 1",
        "UPDATE balance SET cents = cents + 1 WHERE account = 1",
        "DELETE FROM balance WHERE account = 1",
        "DELETE FROM posting WHERE entry = 2",
        "DELETE FROM entry WHERE number = 2",
    };
    for (const std::string& tamper : tampers) {
        reopen_empty();
        post_or_fail(Event::fund_paid_in, events::fund_paid_in(Money::euros(10)));
        post_or_fail(Event::works_ordered,
                     events::works_ordered(dossier, contractor, Money::euros(30)));
        post_or_fail(Event::household_share_called,
                     events::household_share_called(dossier, Money::euros(30)));
        {
            auto snapshot = store().snapshot();
            ASSERT_TRUE(verify(snapshot.db()).proven());
        }
        tamper_with(tamper);
        auto snapshot = store().snapshot();
        EXPECT_FALSE(verify(snapshot.db()).proven()) << tamper;
    }
}

// The hash was computed by another program from the format's description alone.
TEST_F(JournalTest, CanonicalBytesAreFrozen) {
    const EntryRow entry{{1},
                         Day::of(2026, 3, 1),
                         Instant(1),
                         "TR",
                         "fund_paid_in",
                         "Fonds",
                         "P1",
                         {1},
                         {2},
                         {},
                         "",
                         "",
                         {{"cash", "515", "", {}, {}, {}, {}, Money::cents(100)},
                          {"opening_balance", "1021", "", {}, {}, {}, {}, Money::cents(-100)}}};
    const std::string bytes = canonical_bytes(entry, std::string(32, '\0'));
    EXPECT_EQ(bytes.size(), 260U);
    EXPECT_EQ(hexadecimal(sha256(bytes)),
              "dcaa55b71a75307f23d5da02c34333fc21f81ed74bd1ed53bbb54faf154241d5");
}

TEST_F(JournalTest, RandomEntriesKeepEveryBalance) {
    EXPECT_TRUE(rc::check("kept balances equal the sum of what was posted", [&] {
        reopen_empty();
        const auto amounts = *rc::gen::container<std::vector<std::int64_t>>(
            10, rc::gen::inRange<std::int64_t>(1, 100'000'00));
        std::array<std::int64_t, 3> share{};
        for (const std::int64_t cents : amounts) {
            const auto which = *rc::gen::inRange<std::size_t>(0, 3);
            post_or_fail(Event::household_share_called,
                         events::household_share_called({static_cast<std::int64_t>(which) + 1},
                                                        Money::cents(cents)));
            share.at(which) += cents;
        }
        for (std::size_t i = 0; i < 3; ++i) {
            RC_ASSERT(balance_of(Role::household_receivable,
                                 {.dossier = {static_cast<std::int64_t>(i) + 1}})
                          .cents() == share.at(i));
        }
        auto snapshot = store().snapshot();
        RC_ASSERT(verify(snapshot.db()).proven());
    }));
}

}  // namespace
}  // namespace deodat::journal
