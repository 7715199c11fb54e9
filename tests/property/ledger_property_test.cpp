// Goal: whatever sequence of right and wrong commands reaches the ledger, what it keeps is what a
// small model of euros in and out says, a refusal leaves every table as it was, and the whole
// proves. Method: dossiers led by drawn commands with drawn arguments, wrong ones included; the
// model knows nothing of accounts, entries or SQL. One fixed seed and one of chance, which is
// printed; DEODAT_SEED=n replays it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <random>
#include <set>

#include "ledger/treasury/period_closing.h"
#include "tests/model/dossier_model.h"
#include "tests/support/dossier_fixture.h"

namespace deodat {
namespace {

using funding::ClaimKind;
using journal::Role;
using model::ModelCall;
using model::ModelClaim;
using model::ModelDossier;
using model::ModelGrant;
using model::ModelOrder;
using testing_support::must;

class LedgerProperty : public testing_support::DossierTest {
  protected:
    static constexpr std::size_t dossiers_max = 14;

    void run(std::uint64_t seed, int steps) {
        std::cout << "seed=" << seed << "\n";
        random_.seed(seed);
        everyone_ =
            add_person("Toutes casquettes",
                       {people::Role::adviser, people::Role::technician, people::Role::officer,
                        people::Role::authorising_officer, people::Role::public_accountant});
        for (int i = 0; i < steps && !HasFatalFailure() && !HasNonfatalFailure(); ++i) step();
        EXPECT_TRUE(faults().empty()) << faults().at(0);
    }
    // The same, over years that are closed now and then.
    void run_and_close(std::uint64_t seed, int steps) {
        closing_ = true;
        run(seed, steps);
    }
    std::size_t closed() const { return closed_.size(); }
    const std::set<Code>& refused() const { return refused_; }
    std::int64_t taken() const { return taken_; }

  private:
    std::int64_t drawn(std::int64_t least, std::int64_t most) {
        return std::uniform_int_distribution<std::int64_t>(least, most)(random_);
    }
    bool one_in(int n) { return drawn(1, n) == 1; }
    // Mostly the right person; now and then one who may do everything, another, or nobody.
    PersonId person(PersonId right) {
        if (one_in(3)) return everyone_;
        return one_in(25) ? PersonId{drawn(0, 8)} : right;
    }
    Day day() {
        if (closing_ && one_in(4)) return today().plus_days(drawn(-400, 0));
        if (one_in(15)) return today().plus_days(drawn(-9, 1));
        return one_in(60) ? today().plus_days(60) : today();
    }
    std::int64_t some(std::int64_t around) {
        if (one_in(15)) return drawn(-1, 1);
        if (one_in(60)) return Money::cents_max;
        if (one_in(3)) return drawn(1, std::max<std::int64_t>(1, around));
        return around + (one_in(8) ? drawn(-1, 1) : 0);
    }
    Money money(std::int64_t around) { return Money::cents(some(around)); }
    template <class T>
    std::int64_t pick(const std::map<std::int64_t, T>& from) {
        if (from.empty() || one_in(40)) return drawn(0, 999);
        if (one_in(2)) return from.rbegin()->first;
        return std::next(from.begin(), drawn(0, static_cast<std::int64_t>(from.size()) - 1))->first;
    }

    // Every table, as text, by another connection.
    std::string dump() {
        sqlite3* db = nullptr;
        EXPECT_EQ(sqlite3_open_v2((directory() + "/deodat.db").c_str(), &db, SQLITE_OPEN_READONLY,
                                  nullptr),
                  SQLITE_OK);
        const auto each_row = [&](const std::string& sql, auto visit) {
            sqlite3_stmt* rows = nullptr;
            EXPECT_EQ(sqlite3_prepare_v2(db, sql.c_str(), -1, &rows, nullptr), SQLITE_OK);
            while (sqlite3_step(rows) == SQLITE_ROW) visit(rows);
            sqlite3_finalize(rows);
        };
        const auto text = [](sqlite3_stmt* rows, int column) {
            const auto* bytes = static_cast<const char*>(sqlite3_column_blob(rows, column));
            const auto size = static_cast<std::size_t>(sqlite3_column_bytes(rows, column));
            return bytes == nullptr ? std::string() : std::string(bytes, size);
        };
        std::string out;
        each_row("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name",
                 [&](sqlite3_stmt* tables) {
                     out += text(tables, 0) + "\n";
                     each_row("SELECT * FROM " + text(tables, 0), [&](sqlite3_stmt* row) {
                         for (int c = 0; c < sqlite3_column_count(row); ++c) {
                             out += text(row, c) + "|";
                         }
                         out += "\n";
                     });
                 });
        sqlite3_close(db);
        return out;
    }

    // Runs a command; a refusal must leave every table as it was, an acceptance what the model
    // says.
    template <class Command>
    auto command(Command run_it) {
        const std::string before = one_in(4) ? dump() : "";
        auto outcome = write(run_it);
        if (outcome.ok()) {
            ++taken_;
        } else {
            refused_.insert(outcome.refusal().code);
            if (!before.empty()) {
                EXPECT_EQ(before == dump(), true)
                    << code_name(outcome.refusal().code) << ": " << outcome.refusal().message;
            }
        }
        return outcome;
    }

    std::size_t some_dossier() {
        return static_cast<std::size_t>(drawn(0, static_cast<std::int64_t>(dossiers_.size()) - 1));
    }

    void step() {
        if (one_in(25)) clock().set(Instant(clock().now().microseconds() + 86'400'000'000));
        if (closing_ && one_in(30)) close_a_year();
        if (dossiers_.empty() || (dossiers_.size() < dossiers_max && one_in(60))) return open();
        const std::vector<std::function<void()>> commands = {
            [&] { fund(); },           [&] { order(); },
            [&] { bill(); },           [&] { accept_bill(); },
            [&] { make(); },           [&] { make(); },
            [&] { approve_one(); },    [&] { approve_one(); },
            [&] { release_one(); },    [&] { release_one(); },
            [&] { transfers(); },      [&] { paid(); },
            [&] { paid(); },           [&] { returned(); },
            [&] { again(); },          [&] { file(); },
            [&] { file(); },           [&] { title(); },
            [&] { title(); },          [&] { receive(); },
            [&] { receive(); },        [&] { reduce(); },
            [&] { refuse(); },         [&] { call_household(); },
            [&] { household_pays(); }, [&] { household_pays_early(); },
            [&] { finish(); },         [&] { end(); },
            [&] { revoke(); },         [&] { retention(); },
        };
        commands.at(
            static_cast<std::size_t>(drawn(0, static_cast<std::int64_t>(commands.size()) - 1)))();
        compare();
        nothing_in_a_closed_year();
    }

    // Weeks go by; then somebody closes a year: the right one, one closed before, one not over.
    void close_a_year() {
        clock().set(
            Instant(clock().now().microseconds() + drawn(0, 70) * std::int64_t{86'400'000'000}));
        const int year = today().year() - static_cast<int>(drawn(0, 2));
        const auto done = command([&](store::Transaction& tx) {
            return treasury::close_period(tx, year, one_in(10) ? adviser : administrator);
        });
        if (!done.ok()) return;
        EXPECT_LT(year, today().year());
        EXPECT_TRUE(closed_.empty() || closed_.rbegin()->first + 1 == year);
        closed_[year] = done->value;
    }
    void nothing_in_a_closed_year() {
        auto snapshot = store().snapshot();
        for (const auto& [year, last] : closed_) {
            auto late =
                snapshot.db().select("SELECT count(*) FROM entry WHERE number > ? AND day < ?",
                                     last, std::to_string(year + 1) + "-01-01");
            late.next();
            EXPECT_EQ(late.integer(0), 0) << year;
        }
    }

    void open() {
        const Notified n = notified_dossier("DV-" + std::to_string(dossiers_.size() + 1));
        ModelDossier model;
        model.grants[n.anah.value].notified = 16'000'00;
        model.grants[n.region.value].notified = 2'000'00;
        dossiers_.push_back(n);
        model_.push_back(model);
    }
    void fund() {
        if (!one_in(10)) return;
        const std::int64_t cents = drawn(1, 9'000'00);
        pay_in_fund(Money::cents(cents));
        fund_ += cents;
    }
    void order() {
        const std::size_t d = some_dossier();
        const auto done = command([&](store::Transaction& tx) {
            return payments::order_works(tx, one_in(30) ? QuoteId{99} : dossiers_[d].quote, day(),
                                         person(adviser));
        });
        if (!done.ok()) return;
        model_[d].ordered += 21'100'00;
        works_[*done] = d;
    }
    void bill() {
        const std::int64_t id = pick(works_);
        const std::int64_t ttc = one_in(6) ? 21'100'00 : drawn(1, 6'000'00);
        const std::int64_t retention = one_in(2) ? 0 : some(ttc / (one_in(2) ? 10 : 20));
        const std::string number = "F-" + std::to_string(drawn(1, 60));
        const auto done = command([&](store::Transaction& tx) {
            return payments::register_invoice(
                tx, {id,
                     number,
                     day(),
                     day(),
                     {{"", "Travaux", Money::cents(ttc), 0, Money::cents(ttc)}},
                     Money::cents(retention),
                     person(officer)});
        });
        if (!done.ok()) return;
        EXPECT_LE(retention, ttc / 20);
        orders_of_invoices_[done->value] = {works_.at(id), ttc, ttc - retention, 0, 0, 0, false};
        billed_[id] += ttc;
        EXPECT_LE(billed_[id], 21'100'00) << "more invoiced than ordered";
    }
    void accept_bill() {
        const std::int64_t id = pick(orders_of_invoices_);
        const Day signed_on = day();
        (void)command([&](store::Transaction& tx) {
            return payments::accept_works(tx, {id}, day(), signed_on, person(technician));
        });
    }
    void make() {
        const std::int64_t id = pick(orders_of_invoices_);
        const PersonId by = person(officer);
        const auto done = command(
            [&](store::Transaction& tx) { return payments::make_order(tx, {id}, by, day()); });
        if (!done.ok()) return;
        orders_[done->value] = orders_of_invoices_.at(id);
        orders_[done->value].made_by = by.value;
        orders_[done->value].attempts = 1;
    }
    void retention() {
        if (closing_) return;  // years go by: it may be due
        const std::int64_t id = pick(orders_of_invoices_);
        EXPECT_FALSE(command([&](store::Transaction& tx) {
                         return payments::make_retention_order(tx, {id}, person(officer), day());
                     }).ok())
            << "a retention is kept for a year";
    }
    void approve_one() {
        const std::int64_t id = pick(orders_);
        const PersonId by = person(authorising);
        const auto done = command([&](store::Transaction& tx) -> Result<EntryId> {
            const auto order = payments::find_order(tx.db(), {id});
            if (!order) return order.refusal();
            const std::string hash =
                one_in(20) ? std::string(32, 'x') : payments::order_hash(tx.db(), *order);
            return payments::approve_order(tx, {id}, hash, by, day());
        });
        if (!done.ok()) return;
        EXPECT_NE(by.value, orders_.at(id).made_by) << "four eyes";
        orders_.at(id).approved_by = by.value;
    }
    void release_one() {
        const std::int64_t id = pick(orders_);
        const PersonId by = person(accountant);
        const auto done = command(
            [&](store::Transaction& tx) { return payments::release_order(tx, {id}, by, day()); });
        if (!done.ok()) return;
        ModelOrder& order = orders_.at(id);
        EXPECT_NE(by.value, order.made_by) << "four eyes";
        EXPECT_NE(by.value, order.approved_by) << "four eyes";
        ModelDossier& model = model_[order.dossier];
        if (!order.taken_in_charge) {
            model.ordered -= order.ttc;
            model.payable += order.net;
            model.withheld += order.ttc - order.net;
            order.taken_in_charge = true;
        }
        // Paying all that is taken in charge never takes another household's money.
        std::int64_t left = fund_;
        for (const ModelDossier& m : model_) left += m.cash;
        for (const ModelDossier& m : model_) {
            left -= std::max(m.cash, m.payable + m.withheld + m.returned);
        }
        EXPECT_GE(left, 0) << "others' money";
    }
    void transfers() {
        const auto done = command([&](store::Transaction& tx) {
            return payments::make_transfer_file(tx, one_in(20) ? ProgrammeId{9} : programme, day(),
                                                person(accountant));
        });
        if (!done.ok()) return;
        for (const payments::Transfer& transfer : done->transfers) {
            EXPECT_EQ(transfer.amount.cents(), orders_.at(transfer.order.value).net);
            transfers_[transfer.id] = transfer.order.value;
        }
    }
    void paid() {
        const std::int64_t id = pick(transfers_);
        const auto done = command([&](store::Transaction& tx) {
            return payments::transfer_paid(tx, id, day(), "R", person(accountant));
        });
        if (!done.ok()) return;
        const ModelOrder& order = orders_.at(transfers_.at(id));
        ModelDossier& model = model_[order.dossier];
        model.cash -= order.net;
        (order.attempts == 1 ? model.payable : model.returned) -= order.net;
    }
    void returned() {
        if (!one_in(3)) return;
        const std::int64_t id = pick(transfers_);
        const auto done = command([&](store::Transaction& tx) {
            return payments::transfer_returned(tx, id, "AC04", day(), "R", person(accountant));
        });
        if (!done.ok()) return;
        const ModelOrder& order = orders_.at(transfers_.at(id));
        model_[order.dossier].cash += order.net;
        model_[order.dossier].returned += order.net;
    }
    void again() {
        const std::int64_t id = pick(orders_);
        const PersonId by = person(officer);
        const auto done = command([&](store::Transaction& tx) {
            return payments::make_order_again(tx, {id}, by, day());
        });
        if (!done.ok()) return;
        ModelOrder& order = orders_.at(id);
        order.made_by = by.value;
        order.approved_by = 0;
        ++order.attempts;
    }
    void file() {
        const std::size_t d = some_dossier();
        const std::int64_t id = pick(model_[d].grants);
        const auto kind = static_cast<ClaimKind>(drawn(0, 2));
        const Money amount = money(kind == ClaimKind::advance ? 4'800'00 : 9'000'00);
        const auto done = command([&](store::Transaction& tx) {
            return funding::file_claim(tx, {{id}, kind, amount, day(), person(adviser)});
        });
        if (!done.ok()) return;
        ModelGrant& grant = grant_of(id);
        grant.claims[done->value].cents = amount.cents();
        EXPECT_GT(amount.cents(), 0);
        EXPECT_LE(grant.claimed(), grant.notified - grant.given_up) << "more claimed than notified";
        claims_[done->value] = id;
    }
    void title() {
        const std::int64_t id = pick(claims_);
        const auto done = command([&](store::Transaction& tx) {
            return funding::issue_title(tx, {id}, day(), person(authorising));
        });
        if (done.ok()) claim_of(id).titled = true;
    }
    void receive() {
        const std::int64_t id = pick(claims_);
        const std::int64_t cents = some(claims_.count(id) != 0 ? claim_of(id).cents : 100);
        const auto done = command([&](store::Transaction& tx) {
            return funding::receive_claim(tx, {id}, Money::cents(cents), day(), "R",
                                          person(accountant));
        });
        if (!done.ok()) return;
        ModelClaim& claim = claim_of(id);
        claim.received += cents;
        EXPECT_TRUE(claim.titled);
        EXPECT_GT(cents, 0);
        EXPECT_LE(claim.received + claim.reduced, claim.cents) << "more received than claimed";
        model_[dossier_of_grant(claims_.at(id))].cash += cents;
    }
    void reduce() {
        if (!one_in(3)) return;
        const std::int64_t id = pick(claims_);
        const std::int64_t cents = some(1'000'00);
        const bool household = one_in(2);
        const auto done = command([&](store::Transaction& tx) {
            return funding::reduce_claim(
                tx, {{id},
                     Money::cents(cents),
                     one_in(20) ? " " : "Reste à charge",
                     household ? funding::Bearer::household : funding::Bearer::petr,
                     day(),
                     person(authorising)});
        });
        if (!done.ok()) return;
        claim_of(id).reduced += cents;
        EXPECT_LE(claim_of(id).received + claim_of(id).reduced, claim_of(id).cents);
        if (!household) return;
        ModelDossier& model = model_[dossier_of_grant(claims_.at(id))];
        model.calls[++last_call_].cents = cents;
        calls_[last_call_] = dossier_of_grant(claims_.at(id));
        model.set_early_against_calls();
    }
    void refuse() {
        if (!one_in(5)) return;
        const std::int64_t id = pick(model_[some_dossier()].grants);
        const auto done = command([&](store::Transaction& tx) {
            return funding::refuse_grant(tx, {id}, day(), person(adviser));
        });
        if (!done.ok()) return;
        grant_of(id).refused = true;
        grant_of(id).given_up = grant_of(id).notified - grant_of(id).claimed();
    }
    void call_household() {
        const std::size_t d = some_dossier();
        const std::int64_t cents = some(1'500'00);
        const auto done = command([&](store::Transaction& tx) {
            return funding::call_share(tx, dossiers_[d].dossier, Money::cents(cents), day(),
                                       person(authorising));
        });
        if (!done.ok()) return;
        EXPECT_EQ(*done, ++last_call_);
        model_[d].calls[*done].cents = cents;
        calls_[*done] = d;
        shares_[d] += cents;
        EXPECT_LE(shares_[d], 3'100'00) << "more called than signed";
        model_[d].set_early_against_calls();
    }
    void household_pays() {
        const std::int64_t id = pick(calls_);
        const std::int64_t cents = some(1'500'00);
        const auto done = command([&](store::Transaction& tx) {
            return funding::receive_share(tx, id, Money::cents(cents), day(), "R",
                                          person(accountant));
        });
        if (!done.ok()) return;
        ModelDossier& model = model_[calls_.at(id)];
        model.calls[id].received += cents;
        EXPECT_LE(model.calls[id].received, model.calls[id].cents);
        model.cash += cents;
    }
    void household_pays_early() {
        if (!one_in(3)) return;
        const std::size_t d = some_dossier();
        const std::int64_t cents = some(300'00);
        const auto done = command([&](store::Transaction& tx) {
            return funding::receive_share_early(tx, dossiers_[d].dossier, Money::cents(cents),
                                                day(), "R", person(accountant));
        });
        if (!done.ok()) return;
        model_[d].cash += cents;
        model_[d].early += cents;
        model_[d].set_early_against_calls();
    }
    void finish() {
        if (!one_in(10)) return;
        const std::int64_t id = pick(works_);
        const auto done = command([&](store::Transaction& tx) {
            return payments::finish_works_order(tx, id, day(), person(adviser));
        });
        if (done.ok()) model_[works_.at(id)].ordered -= 21'100'00 - billed_[id];
    }
    void end() {
        if (!one_in(3)) return;
        const std::size_t d = some_dossier();
        const DossierId id = dossiers_[d].dossier;
        const bool closing = one_in(2);
        const bool reasoned = !one_in(10);
        const auto done = command([&](store::Transaction& tx) {
            return closing ? treasury::close_dossier(tx, id, day(), person(authorising))
                           : treasury::abandon_dossier(tx, id, reasoned ? "Renonce" : "", day(),
                                                       person(adviser));
        });
        if (!done.ok()) return;
        ModelDossier& model = model_[d];
        EXPECT_EQ(model.cash, 0);
        EXPECT_EQ(model.payable + model.withheld + model.returned + model.ordered, 0);
        model.ended = true;
        for (auto& [grant_id, grant] : model.grants) {
            if (!grant.refused) grant.given_up = grant.notified - grant.claimed();
        }
    }
    void revoke() {
        if (!one_in(12)) return;
        const std::size_t d = some_dossier();
        (void)command([&](store::Transaction& tx) {
            return funding::revoke_mandate(tx, dossiers_[d].dossier, region, day(),
                                           person(adviser));
        });
        (void)command([&](store::Transaction& tx) {
            return funding::sign_mandate(tx, dossiers_[d].dossier, region, day(), person(adviser));
        });
    }

    // ---- the model beside the ledger

    std::size_t dossier_of_grant(std::int64_t grant) const {
        for (std::size_t d = 0; d < model_.size(); ++d) {
            if (model_[d].grants.count(grant) != 0) return d;
        }
        throw std::logic_error("a grant of no dossier");
    }
    ModelGrant& grant_of(std::int64_t id) { return model_[dossier_of_grant(id)].grants.at(id); }
    ModelClaim& claim_of(std::int64_t id) { return grant_of(claims_.at(id)).claims.at(id); }

    void compare() {
        auto snapshot = store().snapshot();
        store::Database& db = snapshot.db();
        std::int64_t cash = fund_;
        std::int64_t exposure = 0;
        std::int64_t held = 0;
        for (std::size_t d = 0; d < model_.size(); ++d) {
            const ModelDossier& m = model_[d];
            const auto kept = [&](Role role) {
                return journal::balance(db, role, {.dossier = dossiers_[d].dossier}).cents();
            };
            std::int64_t notified = 0;
            std::int64_t receivable = 0;
            for (const auto& [id, grant] : m.grants) {
                notified += grant.notified - grant.given_up;
                for (const auto& [claim_id, claim] : grant.claims) {
                    if (!claim.titled) continue;
                    notified -= claim.cents;
                    receivable += claim.cents - claim.received - claim.reduced;
                }
            }
            std::int64_t called = 0;
            for (const auto& [id, call] : m.calls) called += call.cents - call.received;
            EXPECT_EQ(kept(Role::cash), m.cash);
            EXPECT_EQ(kept(Role::grant_notified), notified);
            EXPECT_EQ(kept(Role::funder_receivable), receivable);
            EXPECT_EQ(kept(Role::household_receivable), called);
            EXPECT_EQ(kept(Role::household_early_receipt), -m.early);
            EXPECT_EQ(kept(Role::works_ordered), -m.ordered);
            EXPECT_EQ(kept(Role::contractor_payable), -m.payable);
            EXPECT_EQ(kept(Role::contractor_retention), -m.withheld);
            EXPECT_EQ(kept(Role::returned_transfer), -m.returned);
            cash += m.cash;
            exposure += std::max<std::int64_t>(0, -m.cash);
            held += std::max<std::int64_t>(0, m.cash);
        }
        const auto all = treasury::position_of(db, *funding::find_programme(db, programme));
        EXPECT_EQ(all.cash.cents(), cash);
        EXPECT_EQ(all.exposure.cents(), exposure) << "never netted";
        EXPECT_EQ(all.held.cents(), held);
        EXPECT_LE(all.committed.cents(), all.ceiling.cents());
    }

    std::mt19937_64 random_;
    PersonId everyone_;
    std::int64_t fund_ = 0;
    std::vector<Notified> dossiers_;
    std::vector<ModelDossier> model_;
    std::map<std::int64_t, std::size_t> works_;  // to its dossier
    std::map<std::int64_t, std::int64_t> billed_;
    std::map<std::int64_t, ModelOrder> orders_of_invoices_;
    std::map<std::int64_t, ModelOrder> orders_;
    std::map<std::int64_t, std::int64_t> transfers_;  // to its order
    std::map<std::int64_t, std::int64_t> claims_;     // to its grant
    std::map<std::int64_t, std::size_t> calls_;       // to its dossier
    std::map<std::size_t, std::int64_t> shares_;
    std::int64_t last_call_ = 0;
    bool closing_ = false;
    std::map<int, std::int64_t> closed_;  // to the last entry of its closing
    std::set<Code> refused_;
    std::int64_t taken_ = 0;
};

// The generator is worth what it reaches: most commands' refusals, and many acceptances.
TEST_F(LedgerProperty, AFixedSeedReachesTheRefusals) {
    run(20'260, 3'000);
    for (const Code code :
         {Code::not_found, Code::role_missing, Code::same_person, Code::state_forbids,
          Code::gate_closed, Code::date_invalid, Code::entry_date, Code::amount_not_positive,
          Code::amount_out_of_range, Code::over_commitment, Code::duplicate, Code::out_of_range,
          Code::order_changed, Code::funds_insufficient, Code::text_invalid, Code::balance_not_nil,
          Code::exposure_uncovered, Code::exposure_ceiling}) {
        EXPECT_TRUE(refused().count(code)) << code_name(code) << " was never reached";
    }
    EXPECT_GT(taken(), 150);
}

TEST_F(LedgerProperty, G17_NothingLandsInAClosedYearWhateverTheCommand) {
    run_and_close(17, 2'000);
    EXPECT_GE(closed(), 2U);
    EXPECT_TRUE(refused().count(Code::period_closed));
    EXPECT_GT(taken(), 60);
}

TEST_F(LedgerProperty, AnySeedHolds) {
    const char* given = std::getenv("DEODAT_SEED");
    const int commands = std::getenv("DEODAT_LONG") != nullptr ? 40'000 : 2'000;
    run(given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}(), commands);
}

}  // namespace
}  // namespace deodat
