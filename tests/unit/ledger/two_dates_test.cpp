// Goal: a report quoted as (value date, entry number) is issued again with the same bytes, whatever
// was recorded since; balances as of both are the sums of what was known (guarantee 16). Method: a
// year issued, ten thousand later entries, backdated ones and reversals, issued again.
#include <random>
#include <sstream>

#include "reports/figures.h"
#include "reports/journal/exports.h"
#include "tests/support/dossier_fixture.h"
#include "tests/support/programs.h"

namespace deodat {
namespace {

using journal::AsOf;
using journal::Event;
using journal::Role;
using testing_support::must;

class TwoDates : public testing_support::DossierTest {
  protected:
    // Everything that leaves as a file, as of both: its bytes.
    std::vector<std::string> issue(const AsOf& as_of) {
        auto snapshot = store().snapshot();
        store::Database& db = snapshot.db();
        const auto hmd = *funding::find_programme(db, programme);
        std::vector<std::string> out;
        for (const funding::Funder& funder : funding::funders(db)) {
            const auto data = reports::read_funder_reconciliation(db, hmd, funder, as_of);
            EXPECT_TRUE(reports::write_funder_reconciliation(files_ / "f.xlsx", data));
            out.push_back(testing_support::bytes_of(files_ / "f.xlsx"));
        }
        EXPECT_TRUE(reports::write_treasury_workbook(
            files_ / "t.xlsx", reports::read_treasury_position(db, hmd, as_of)));
        out.push_back(testing_support::bytes_of(files_ / "t.xlsx"));
        std::ostringstream journal;
        reports::export_hledger(db, as_of.entry, journal);
        out.push_back(journal.str());
        return out;
    }
    EntryId last() {
        auto snapshot = store().snapshot();
        return journal::last_entry(snapshot.db());
    }
    void next_day() {
        clock().set(Instant(clock().now().microseconds() + std::int64_t{86'400'000'000}));
    }
    void post_fund(store::Transaction& tx, Day day, Money amount) {
        must(journal::post(tx, {day,
                                Event::fund_paid_in,
                                "Fonds",
                                "P",
                                {programme, "01"},
                                accountant,
                                journal::events::fund_paid_in(amount)}));
    }

    testing_support::TestDirectory files_;
};

TEST_F(TwoDates, G16_AReportIsIssuedAgainWithTheSameBytes) {
    pay_in_fund(Money::euros(60'000));
    const Notified first = notified_dossier("DV-1");
    const Notified second = notified_dossier("DV-2");
    const Notified third = notified_dossier("DV-3");
    const DossierId unsigned_one = open_dossier();
    const std::int64_t works_order = order_works(first.quote);
    const ClaimId claim = claim_and_receive(first.anah, funding::ClaimKind::advance,
                                            Money::euros(4'000), Money::euros(1'500));
    const OrderId order = make_order([&] {
        const InvoiceId bill = invoice(works_order);
        accept(bill);
        return bill;
    }());
    must(approve(order, authorising));
    must(release(order, accountant));
    const auto transfers = transfer_file();
    pay(transfers.transfers.at(0).id);
    const AsOf quoted{today(), last()};
    const auto issued = issue(quoted);

    // The same day and later: dated on it or before, changing everything the reports show.
    must_write([&](store::Transaction& tx) {
        return payments::transfer_returned(tx, transfers.transfers.at(0).id, "AC04", today(), "R",
                                           accountant);
    });
    must_write([&](store::Transaction& tx) {
        return funding::reduce_claim(tx, {claim, Money::euros(200), "Plafond",
                                          funding::Bearer::household, today(), authorising});
    });
    must_write([&](store::Transaction& tx) {
        return funding::receive_claim(tx, claim, Money::euros(300), today(), "R", accountant);
    });
    must_write([&](store::Transaction& tx) {
        return funding::call_share(tx, first.dossier, Money::euros(700), today(), authorising);
    });
    must_write([&](store::Transaction& tx) {
        return funding::refuse_grant(tx, second.region, today(), adviser);
    });
    must_write([&](store::Transaction& tx) {
        return treasury::abandon_dossier(tx, third.dossier, "Renonce", today(), adviser);
    });
    keep_and_sign_plan(unsigned_one);
    (void)notified_dossier("DV-4");
    next_day();
    // A later plan that the household signs for less.
    auto smaller = plan_of(first.dossier);
    smaller.works_ttc = Money::euros(20'100);
    smaller.remaining_cost = Money::euros(2'100);
    const PlanId plan =
        must_write([&](store::Transaction& tx) { return dossiers::keep_plan(tx, smaller); });
    must_write(
        [&](store::Transaction& tx) { return dossiers::sign_plan(tx, plan, today(), adviser); });
    std::mt19937_64 random(16);
    for (int batch = 0; batch < 10; ++batch) {
        must_write([&](store::Transaction& tx) -> Result<Done> {
            for (int i = 0; i < 1'000; ++i) {
                const auto back = static_cast<std::int64_t>(random() % 400);
                post_fund(tx, today().plus_days(-back), Money::cents(1 + back));
                if (i % 3 != 0) continue;
                must(journal::reverse(tx, journal::last_entry(tx.db()), today(), "Erreur",
                                      accountant));
            }
            return Done{};
        });
    }
    EXPECT_EQ(issue(quoted) == issued, true) << "not the same bytes";
    // And everything did change: the same day as of the last entry is another report.
    const auto now = issue({quoted.day, last()});
    for (std::size_t i = 0; i < now.size(); ++i) EXPECT_NE(now[i] == issued[i], true) << i;
}

// Not only what commands do: entries of a grant reversed by hand.
TEST_F(TwoDates, G16_ReversalsCountFromTheirOwnEntryOn) {
    pay_in_fund(Money::euros(60'000));
    const Notified first = notified_dossier();
    (void)claim_and_receive(first.anah, funding::ClaimKind::advance, Money::euros(4'000),
                            Money::euros(1'500));
    const AsOf quoted{today(), last()};
    const auto issued = issue(quoted);
    must_write([&](store::Transaction& tx) {
        return journal::reverse(tx, quoted.entry, today(), "Encaissement d'un autre", accountant);
    });
    tampered_ = true;  // the claim still says received: that is another command's
    EXPECT_EQ(issue(quoted) == issued, true) << "not the same bytes";
    auto snapshot = store().snapshot();
    const auto hmd = *funding::find_programme(snapshot.db(), programme);
    const auto funder = must(funding::funder_by_code(snapshot.db(), "anah"));
    const auto received = [&](const AsOf& as_of) {
        const auto data = reports::read_funder_reconciliation(snapshot.db(), hmd, funder, as_of);
        EXPECT_EQ(data.ledger.received, data.grants.at(0).figures.received);
        return data.ledger.received;
    };
    EXPECT_EQ(received(quoted), Money::euros(1'500));
    EXPECT_EQ(received({today(), last()}), Money());
}

TEST_F(TwoDates, G16_BalancesAreSumsOfWhatWasKnown) {
    struct Known {
        Day day;
        std::int64_t cents;
    };
    std::vector<Known> known{{Day::of(2026, 1, 1), 0}};  // by entry number
    std::mt19937_64 random(61);
    must_write([&](store::Transaction& tx) -> Result<Done> {
        for (int i = 0; i < 300; ++i) {
            const Day day = today().plus_days(-static_cast<std::int64_t>(random() % 90));
            const auto cents = static_cast<std::int64_t>(1 + random() % 100'000);
            post_fund(tx, day, Money::cents(cents));
            known.push_back({day, cents});
        }
        return Done{};
    });
    auto snapshot = store().snapshot();
    for (int i = 0; i < 200; ++i) {
        const AsOf as_of{today().plus_days(-static_cast<std::int64_t>(random() % 95)),
                         {static_cast<std::int64_t>(1 + random() % 300)}};
        std::int64_t expected = 0;
        for (std::size_t n = 1; n <= static_cast<std::size_t>(as_of.entry.value); ++n) {
            if (known[n].day <= as_of.day) expected += known[n].cents;
        }
        EXPECT_EQ(journal::balance(snapshot.db(), Role::cash, {}, as_of).cents(), expected);
        EXPECT_EQ(journal::turnover(snapshot.db(), Role::cash, Event::fund_paid_in,
                                    {.programme = programme}, as_of)
                      .cents(),
                  expected);
        const auto accounts = journal::account_balances(snapshot.db(), as_of);
        EXPECT_EQ(accounts.empty() ? 0 : accounts.back().amount.cents(), expected);
    }
    EXPECT_EQ(
        journal::balance(snapshot.db(), Role::cash, {}),
        journal::balance(snapshot.db(), Role::cash, {}, journal::as_of_everything(snapshot.db())));
}

}  // namespace
}  // namespace deodat
