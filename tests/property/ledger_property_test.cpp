// Goal (G1): whatever sequence of right and wrong commands reaches the ledger, every account holds
// after each what a small model of euros in and out says, all sum to zero, posted and reserved, a
// refusal leaves every table as it was, and the whole proves. Method: dossiers led by drawn
// commands with drawn arguments, wrong ones included; the model knows nothing of accounts, entries
// or SQL: a hundred thousand commands, half a million in long runs. Rounds on ledgers of their own,
// each with its seed, which is printed (DEODAT_SEED=n replays that round first); each but the first
// of all does without some commands. What the drawn commands reach is asserted: every refusal that
// the sources name, every event. Some rounds go over years that are closed (G17), some with a clock
// that jumps (G18).
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <random>
#include <regex>
#include <set>
#include <sstream>
#include <tuple>

#include "ledger/erasure/erasure.h"
#include "ledger/payments/commitment.h"
#include "ledger/payments/suspension.h"
#include "ledger/treasury/limits.h"
#include "ledger/treasury/period_closing.h"
#include "tests/model/dossier_model.h"
#include "tests/support/dossier_fixture.h"
#include "tests/support/dump.h"
#include "tests/support/seed.h"

namespace deodat {
namespace {

using funding::ClaimKind;
using journal::Role;
using model::ModelCall;
using model::ModelClaim;
using model::ModelDossier;
using model::ModelGrant;
using model::ModelOrder;
using model::ModelWorks;
using testing_support::must;

// What the test knows of the ledger it is leading.
struct Known {
    struct Led {
        DossierId id;
        GrantId anah;
        GrantId region;
        std::vector<QuoteId> quotes;
    };
    PersonId everyone_;
    std::int64_t fund_ = 0;
    std::map<std::int64_t, std::int64_t> fund_entries_;  // entry to cents
    std::vector<Led> dossiers_;
    std::vector<ModelDossier> model_;
    std::int64_t quotes_ = 0;
    std::map<std::int64_t, ModelWorks> works_;
    std::map<std::int64_t, ModelOrder> orders_of_invoices_;
    std::map<std::int64_t, ModelOrder> orders_;
    std::map<std::int64_t, std::int64_t> transfers_;  // to its order
    std::map<std::int64_t, std::string> files_;       // to its bytes, none before it is sealed
    std::map<std::int64_t, std::int64_t> claims_;     // to its grant
    std::map<std::int64_t, std::size_t> calls_;       // to its dossier
    std::map<std::size_t, std::int64_t> shares_;
    std::int64_t last_call_ = 0;
    std::string paid_on_ = french_iban({"99998", "00003", "00000000101"}).text();
    struct Limited {
        journal::LimitSubject subject;
        std::int64_t cents;
        std::int64_t total;  // after the command before
    };
    std::vector<Limited> limits_;
    bool fact_ = false;                   // the last command told what a bank did, or a correction
    std::set<std::size_t> disabled_;      // commands that this round does without
    std::map<int, std::int64_t> closed_;  // years to the last entry of their closing
};

class G01_Balance : public testing_support::DossierTest, private Known {
  protected:
    static constexpr std::size_t dossiers_max = 14;
    static constexpr int round_commands = 2'500;

    // Rounds of commands, each from an empty ledger; the seeds follow one another.
    void run(std::uint64_t seed, int rounds) {
        for (int round = 0; round < rounds && !HasFailure(); ++round, ++seed) {
            std::cout << "seed=" << seed << "\n";
            random_.seed(seed);
            if (reader_) {  // not the first of all
                clock().set(instant_in_paris(Day::of(2026, 3, 20), 10));
                reader_.reset();
                reopen_empty();
                set_up_people();
            }
            reader_ = std::make_unique<store::Database>(store::database_path(directory()),
                                                        store::Database::Mode::read);
            static_cast<Known&>(*this) = Known{};
            compared_at_ = 0;
            latest_ = 0;
            everyone_ =
                add_person("Toutes casquettes",
                           {people::Role::adviser, people::Role::technician, people::Role::officer,
                            people::Role::authorising_officer, people::Role::public_accountant});
            for (std::size_t c = 0; c < commands().size() && round != 0; ++c) {
                if (one_in(8)) disabled_.insert(c);
            }
            for (int i = 0; i < round_commands && !HasFailure(); ++i) step();
            forget_all();
            const auto found = faults();
            EXPECT_TRUE(found.empty()) << found.at(0);
            recorded_in_order();
            compare_commitments();
            auto posted = reader_->select("SELECT event, count(*) FROM entry GROUP BY event");
            while (posted.next()) posted_[posted.text(0)] += posted.integer(1);
        }
    }
    // The same, over years that are closed now and then.
    void run_and_close(std::uint64_t seed, int rounds) {
        closing_ = true;
        run(seed, rounds);
    }
    // And with a clock that is set wrong now and then.
    void run_with_a_jumping_clock(std::uint64_t seed, int rounds) {
        jumping_ = true;
        run_and_close(seed, rounds);
    }
    int jumps() const { return jumps_; }
    int writes_stopped() const { return writes_stopped_; }
    int closed() const { return closings_; }
    const std::map<Code, int>& refused() const { return refused_; }
    std::int64_t posted(std::string_view event) { return posted_[std::string(event)]; }
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
        return one_in(20) ? today().plus_days(60) : today();
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

    // Every table as text now and then; each time SQLite's own word on whether anything was
    // committed.
    std::string held(bool whole) {
        if (whole) return testing_support::dump(*reader_);
        return std::to_string(commits_seen());
    }
    // Another number when another connection has committed a change.
    std::int64_t commits_seen() {
        auto version = reader_->select("PRAGMA data_version");
        version.next();
        return version.integer(0);
    }

    template <class Value>
    static bool found_nothing_to_do(const Value&) {
        return false;
    }
    template <class One>
    static bool found_nothing_to_do(const std::vector<One>& done) {
        return done.empty();
    }

    // Runs a command; a refusal must leave every table as it was, an acceptance what the model
    // says.
    template <class Command>
    auto command(Command run_it) {
        const bool whole = one_in(100);
        const std::string before = held(whole);
        auto outcome = write(run_it);
        if (outcome.ok()) {
            ++taken_;
            EXPECT_TRUE(found_nothing_to_do(*outcome) || before != held(whole))
                << "taken, and nothing was committed";
        } else {
            ++refused_[outcome.refusal().code];
            EXPECT_TRUE(before == held(whole))
                << code_name(outcome.refusal().code) << ": " << outcome.refusal().message;
        }
        return outcome;
    }

    template <class T>
    std::size_t drawn_index(const std::vector<T>& of) {
        return static_cast<std::size_t>(drawn(0, static_cast<std::int64_t>(of.size()) - 1));
    }
    std::size_t some_dossier() { return drawn_index(dossiers_); }

    // Each command, and how often it is drawn beside the others.
    struct Drawn {
        void (G01_Balance::*command)();
        int weight;
    };
    static const std::vector<Drawn>& commands() {
        static const std::vector<Drawn> all = {
            {&G01_Balance::fund, 2},
            {&G01_Balance::order, 2},
            {&G01_Balance::bill, 3},
            {&G01_Balance::accept_bill, 3},
            {&G01_Balance::make, 3},
            {&G01_Balance::approve_one, 5},
            {&G01_Balance::controls, 2},
            {&G01_Balance::release_one, 5},
            {&G01_Balance::transfers, 2},
            {&G01_Balance::paid, 4},
            {&G01_Balance::returned, 2},
            {&G01_Balance::rejected, 1},
            {&G01_Balance::channel, 1},
            {&G01_Balance::hand_over, 1},
            {&G01_Balance::again, 2},
            {&G01_Balance::file, 2},
            {&G01_Balance::title, 2},
            {&G01_Balance::receive, 2},
            {&G01_Balance::reduce, 1},
            {&G01_Balance::refuse, 1},
            {&G01_Balance::call_household, 1},
            {&G01_Balance::household_pays, 1},
            {&G01_Balance::household_pays_early, 1},
            {&G01_Balance::finish, 1},
            {&G01_Balance::amend, 1},
            {&G01_Balance::refuse_one, 1},
            {&G01_Balance::expire, 1},
            {&G01_Balance::limit, 1},
            {&G01_Balance::end, 1},
            {&G01_Balance::revoke, 1},
            {&G01_Balance::erase, 1},
            {&G01_Balance::retention, 2},
            {&G01_Balance::lead, 1},
            {&G01_Balance::unfund, 1},
            {&G01_Balance::paper, 2},
            {&G01_Balance::plan_again, 1},
        };
        return all;
    }
    void step() {
        if (one_in(25)) clock().set(Instant(clock().now().microseconds() + 86'400'000'000));
        if (jumping_ && one_in(20)) jump_clock();
        if (closing_ && one_in(30)) close_a_year();
        if (one_in(1'500)) {
            clock().set(Instant(clock().now().microseconds() + std::int64_t{366} * 86'400'000'000));
        }
        if (dossiers_.empty() || (dossiers_.size() < dossiers_max && one_in(60))) return open();
        std::vector<std::size_t> lots;
        for (std::size_t c = 0; c < commands().size(); ++c) {
            if (disabled_.count(c) == 0) {
                lots.insert(lots.end(), static_cast<std::size_t>(commands()[c].weight), c);
            }
        }
        (this->*commands()[lots.at(static_cast<std::size_t>(
                               drawn(0, static_cast<std::int64_t>(lots.size()) - 1)))]
                    .command)();
        // Where nothing was committed, every balance is what it was when it was last compared.
        const std::int64_t seen = commits_seen();
        if (seen == compared_at_) return;
        compared_at_ = seen;
        compare();
        nothing_in_a_closed_year();
    }

    // Forward to the second before a change of hour or of day that clocks get wrong, a little
    // either way, or days back: that stops every writing, until it is set right again.
    void jump_clock() {
        constexpr std::int64_t second = 1'000'000;
        constexpr std::int64_t hour = 3'600 * second;
        // Nothing was written after it: what did not change a row may have been, and is recorded
        // nowhere.
        const std::int64_t last = latest_ = std::max(latest_, clock().now().microseconds());
        ++jumps_;
        switch (drawn(0, 12)) {
            case 0:
                return jump_ahead(last);
            case 1:
            case 2:
            case 3:
                return clock().set(Instant(last + (one_in(2) ? second : -second)));
            case 4:
            case 5:
            case 6:
                return clock().set(Instant(last - drawn(0, hour)));
            default:
                break;
        }
        const Instant right = clock().now();
        const std::int64_t seen = commits_seen();
        clock().set(
            Instant(last_recorded() - (one_in(2) ? 72 * hour : hour + drawn(1, 72 * hour))));
        EXPECT_THROW((void)write([&](store::Transaction& tx) {
                         return people::add_person(tx, "Renfort", {people::Role::adviser},
                                                   administrator);
                     }),
                     EnvironmentFailure);
        EXPECT_EQ(commits_seen(), seen);
        ++writes_stopped_;
        clock().set(right);
    }
    // To the next of the nights: the leap day's both ends, the hour that comes twice and the one
    // that never does, the year's end. After the last of them, a year ahead.
    void jump_ahead(std::int64_t last) {
        const std::array nights = {instant_in_paris(Day::of(2026, 10, 25), 1, 59),
                                   instant_in_paris(Day::of(2026, 12, 31), 23, 59),
                                   instant_in_paris(Day::of(2027, 3, 28), 1, 59),
                                   instant_in_paris(Day::of(2027, 10, 31), 1, 59),
                                   instant_in_paris(Day::of(2028, 2, 28), 23, 59),
                                   instant_in_paris(Day::of(2028, 2, 29), 23, 59),
                                   instant_in_paris(Day::of(2028, 3, 26), 1, 59)};
        const auto next = std::find_if(nights.begin(), nights.end(),
                                       [&](Instant night) { return night.microseconds() > last; });
        constexpr std::int64_t year = std::int64_t{365} * 86'400'000'000;
        clock().set(next == nights.end() ? Instant(last + year) : *next);
    }
    // Microseconds: of the last command that was kept.
    std::int64_t last_recorded() {
        auto record =
            reader_->select("SELECT recorded_at FROM record ORDER BY number DESC LIMIT 1");
        record.next();
        return record.integer(0);
    }
    // Numbers without holes, and the time of recording never before the one of the entry before.
    void recorded_in_order() {
        auto all = reader_->select(
            "SELECT count(*), max(number), (SELECT count(*) FROM entry a JOIN entry b"
            " ON b.number = a.number + 1 WHERE b.recorded_at < a.recorded_at) FROM entry");
        all.next();
        EXPECT_EQ(all.integer(0), all.integer(1));
        EXPECT_EQ(all.integer(2), 0);
    }

    // Weeks go by; then somebody closes a year: the right one, one closed before, one not over.
    void close_a_year() {
        clock().set(
            Instant(clock().now().microseconds() + drawn(0, 70) * std::int64_t{86'400'000'000}));
        if (one_in(2)) settle();
        const int year =
            one_in(3) ? today().year() - static_cast<int>(drawn(0, 2)) : next_to_close();
        const auto done = command([&](store::Transaction& tx) {
            return treasury::close_period(tx, year, one_in(10) ? adviser : administrator);
        });
        if (!done.ok()) return;
        ++closings_;
        EXPECT_LT(year, today().year());
        EXPECT_TRUE(closed_.empty() || closed_.rbegin()->first + 1 == year);
        closed_[year] = done->value;
    }
    int next_to_close() {
        if (!closed_.empty()) return closed_.rbegin()->first + 1;
        auto first = reader_->select("SELECT min(day) FROM entry");
        first.next();
        return first.maybe_day(0).value_or(today()).year();
    }
    // What a treasury does before: the bank's answers are entered, early money is called.
    void settle() {
        for (const auto& [id, order] : transfers_) paid(id, today());
        for (std::size_t d = 0; d < model_.size(); ++d) {
            if (model_[d].early != 0) call_household(d, std::abs(model_[d].early), today());
        }
    }
    void nothing_in_a_closed_year() {
        for (const auto& [year, last] : closed_) {
            auto late = reader_->select("SELECT count(*) FROM entry WHERE number > ? AND day < ?",
                                        last, std::to_string(year + 1) + "-01-01");
            late.next();
            EXPECT_EQ(late.integer(0), 0) << year;
        }
    }

    std::string next_quote() { return "DV-" + std::to_string(++quotes_); }
    void open() {
        lift_limits();
        const Notified n = notified_dossier(next_quote());
        ModelDossier model;
        model.grants[n.anah.value].notified = 16'000'00;
        model.grants[n.region.value].notified = 2'000'00;
        dossiers_.push_back({n.dossier, n.anah, n.region, {n.quote}});
        model_.push_back(model);
    }
    void fund() {
        if (!one_in(10)) return;
        const std::int64_t cents = drawn(1, 9'000'00);
        const bool balanced = !one_in(4);
        const bool clean = !one_in(8);
        const auto done = command([&](store::Transaction& tx) {
            auto legs = journal::events::fund_paid_in(Money::cents(cents));
            if (!balanced) legs[1].amount -= Money::cents(1);
            return journal::post(tx, {day(),
                                      journal::Event::fund_paid_in,
                                      clean ? "Fonds" : "e\xCC\x81",
                                      "P",
                                      {programme, "01"},
                                      accountant,
                                      legs});
        });
        if (!done.ok()) return;
        EXPECT_TRUE(balanced && clean);
        fact_ = true;
        fund_ += cents;
        fund_entries_[done->value] = cents;
    }
    void unfund() {
        if (!one_in(5)) return;
        std::int64_t entry = pick(fund_entries_);
        if (fund_entries_.count(entry) == 0) entry = 999'999;
        const auto done = command([&](store::Transaction& tx) {
            return journal::reverse(tx, {entry}, day(), one_in(10) ? "" : "Erreur de montant",
                                    accountant);
        });
        if (!done.ok()) return;
        fact_ = true;
        fund_ -= fund_entries_.at(entry);
        fund_entries_.at(entry) = 0;  // nothing is left to take back
    }
    // What moves no money, mostly wrong.
    void paper() {
        const Known::Led& led = dossiers_[some_dossier()];
        switch (drawn(0, 7)) {
            case 0:
                return quote(led.id);
            case 1:
                (void)command([&](store::Transaction& tx) {
                    return people::add_person(tx, one_in(2) ? "" : "Renfort", {}, administrator);
                });
                return;
            case 2:
                (void)command([&](store::Transaction& tx) {
                    return funding::add_funder(tx, one_in(2) ? "anah" : "Pas Un Code", "Autre",
                                               journal::FunderFamily::other, administrator);
                });
                return;
            case 3: {
                auto plan = plan_of(led.id);
                plan.dossier_version -= 1;
                (void)command(
                    [&](store::Transaction& tx) { return dossiers::keep_plan(tx, plan); });
                return;
            }
            case 4:
                return open_wrongly();
            case 5:
                (void)command([&](store::Transaction& tx) {
                    return funding::request_grants(tx, led.id, person(adviser), day());
                });
                return;
            case 6:
                (void)command([&](store::Transaction& tx) {
                    return funding::notify_grant(
                        tx, {one_in(2) ? led.anah : GrantId{999}, money(16'000'00), "N-2", day(),
                             person(adviser)});
                });
                return;
            default:
                return account();
        }
    }
    // Another account of the contractor, then what makes it payable: mostly all of it.
    void account() {
        const Iban iban =
            french_iban({"99998", "00003", "0000000010" + std::to_string(drawn(1, 9))});
        const std::int64_t of = one_in(8) ? 99 : 1;
        const auto entered = command([&](store::Transaction& tx) {
            return payments::enter_account(tx, {of}, iban, person(officer));
        });
        if (!entered.ok()) return;
        const std::string former = paid_on_;
        const auto confirmed = command([&](store::Transaction& tx) {
            return payments::confirm_account(
                tx,
                {*entered, one_in(20) ? TelephoneId{99} : telephone, "La gérante", day(),
                 former.substr(former.size() - 4), "Ancien RIB", "RIB"},
                person(reviewer));
        });
        if (confirmed.ok()) paid_on_ = iban.text();
        for (int attempts = 0; attempts < 3; ++attempts) {
            (void)command([&](store::Transaction& tx) {
                return payments::verify_payee(
                    tx,
                    {*entered,
                     one_in(6) ? payments::PayeeAnswer::no_match : payments::PayeeAnswer::match, "",
                     today()},
                    officer);
            });
            (void)command([&](store::Transaction& tx) {
                return payments::lift_waiting(tx, *entered, "Urgence",
                                              one_in(2) ? authorising : accountant);
            });
        }
        if (!one_in(10)) return;
        (void)command([&](store::Transaction& tx) {
            return payments::reject_account(tx, *entered, "RIB falsifié", person(officer));
        });
    }
    void quote(DossierId dossier) {
        const std::int64_t number = drawn(1, quotes_ + 3);
        auto lines = works();
        if (one_in(3)) lines[0].ttc += Money::cents(1);
        if (one_in(3)) lines[0].vat_bp = 1'960;
        const auto done = command([&](store::Transaction& tx) {
            return dossiers::add_quote(
                tx, {one_in(20) ? DossierId{999} : dossier, person(adviser), contractor,
                     "DV-" + std::to_string(number), day(), lines});
        });
        if (!done.ok()) return;
        quotes_ = std::max(quotes_, number);
        for (Known::Led& led : dossiers_) {
            if (led.id == dossier) led.quotes.push_back(*done);
        }
    }
    void open_wrongly() {
        const std::int64_t wrong = drawn(0, 3);
        EXPECT_FALSE(command([&](store::Transaction& tx) {
                         return dossiers::open_dossier(
                             tx, {programme,
                                  adviser,
                                  wrong == 0 ? Day::of(2025, 6, 1) : today(),
                                  {"Ménage", wrong == 1 ? 0 : 3, 24'000, "88413", "owner_occupier"},
                                  {wrong == 2 ? "00000" : (wrong == 3 ? "75056" : "88413"), "house",
                                   60, true, 110, "F", "C", 50}});
                     }).ok());
    }
    // The plan of a dossier that a new quote has moved, kept and signed again as it was.
    void plan_again() {
        const DossierId dossier = dossiers_[some_dossier()].id;
        const auto plan = plan_of(dossier);
        const auto done =
            command([&](store::Transaction& tx) { return dossiers::keep_plan(tx, plan); });
        if (!done.ok()) return;
        (void)command([&](store::Transaction& tx) {
            return dossiers::sign_plan(tx, one_in(20) ? PlanId{1} : *done, day(), person(adviser));
        });
    }
    void order() {
        const std::size_t d = some_dossier();
        const auto done = command([&](store::Transaction& tx) {
            const auto& quotes = dossiers_[d].quotes;
            return payments::order_works(tx,
                                         one_in(30) ? QuoteId{999} : quotes.at(drawn_index(quotes)),
                                         day(), person(adviser));
        });
        if (!done.ok()) return;
        model_[d].ordered += 21'100'00;
        works_[*done].dossier = d;
        works_[*done].committed = 21'100'00;
    }
    void bill() {
        const std::int64_t id = pick(works_);
        const std::int64_t ttc = one_in(6) ? 21'100'00 : drawn(1, 6'000'00);
        const std::int64_t retention = one_in(4) ? 0 : some(ttc / (one_in(3) ? 10 : 20));
        const std::string number = "F-" + std::to_string(drawn(1, 60));
        const bool final = one_in(15);
        const auto done = command([&](store::Transaction& tx) {
            return payments::register_invoice(
                tx, {id,
                     number,
                     day(),
                     day(),
                     {{"", "Travaux", Money::cents(ttc), 0, Money::cents(ttc)}},
                     Money::cents(retention),
                     person(officer),
                     final});
        });
        if (!done.ok()) return;
        EXPECT_LE(retention, ttc / 20);
        for (const auto& [other, invoice] : orders_of_invoices_) {
            EXPECT_FALSE(invoice.works == id && invoice.final && !invoice.refused)
                << "invoiced after the final invoice";
        }
        ModelOrder& invoice = orders_of_invoices_[done->value];
        invoice.works = id;
        invoice.invoice = done->value;
        invoice.dossier = works_.at(id).dossier;
        invoice.ttc = ttc;
        invoice.net = ttc - retention;
        invoice.final = final;
        EXPECT_GE(rest_of(id), 0) << "more invoiced than ordered";
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
    }
    // Once the year that retentions are kept is over, all are asked for.
    void retention() {
        if (!one_in(40)) return retention(pick(orders_of_invoices_));
        clock().set(Instant(clock().now().microseconds() + std::int64_t{366} * 86'400'000'000));
        for (const auto& [id, invoice] : orders_of_invoices_) retention(id);
    }
    void retention(std::int64_t id) {
        const PersonId by = person(officer);
        const auto done = command([&](store::Transaction& tx) {
            return payments::make_retention_order(tx, {id}, by, day());
        });
        if (!done.ok()) return;
        ModelOrder order = orders_of_invoices_.at(id);
        order.net = order.ttc - order.net;
        EXPECT_GT(order.net, 0);
        order.made_by = by.value;
        order.taken_in_charge = true;
        order.retention = true;
        order.ordered = false;
        orders_[done->value] = order;
        // What follows is not left to chance: there are few.
        for (int time = 0; time < 3; ++time) {
            approve(done->value);
            release(done->value);
            transfers();
            if (!transfers_.empty()) paid(transfers_.rbegin()->first, today());
        }
    }
    void approve_one() { approve(pick(orders_)); }
    void approve(std::int64_t id) {
        const PersonId by = person(authorising);
        const auto done = command([&](store::Transaction& tx) -> Result<EntryId> {
            const auto order = payments::find_order(tx.db(), {id});
            if (!order) return order.refusal();
            const std::string hash =
                one_in(12) ? std::string(32, 'x') : payments::order_hash(tx.db(), *order);
            return payments::approve_order(tx, {id}, hash, by, day());
        });
        if (!done.ok()) return;
        ModelOrder& order = orders_.at(id);
        EXPECT_NE(by.value, order.made_by) << "four eyes";
        EXPECT_TRUE(order_limit_ == 0 || order.net <= order_limit_) << "beyond one order's limit";
        order.approved_by = by.value;
        // A mandat that was rejected keeps its part of the commitment.
        if (order.taken_in_charge || order.ordered) return;
        order.ordered = true;
        move(order, order.ttc);
        EXPECT_GE(model_[order.dossier].ordered, 0) << "more approved than ordered";
    }
    void release_one() { release(pick(orders_)); }
    void release(std::int64_t id) {
        const PersonId by = person(accountant);
        const auto done = command(
            [&](store::Transaction& tx) { return payments::release_order(tx, {id}, by, day()); });
        if (!done.ok()) return;
        ModelOrder& order = orders_.at(id);
        EXPECT_NE(by.value, order.made_by) << "four eyes";
        EXPECT_NE(by.value, order.approved_by) << "four eyes";
        ModelDossier& model = model_[order.dossier];
        if (!order.taken_in_charge) {
            model.approved -= order.ttc;
            model.charged += order.ttc;
            model.payable += order.net;
            model.withheld += order.ttc - order.net;
            model.spent += order.ttc;
            order.taken_in_charge = true;
            if (order.final && !works_.at(order.works).finished) return_rest(order.works);
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
        files_[done->id];
        for (const payments::Transfer& transfer : done->transfers) {
            EXPECT_EQ(transfer.amount.cents(), orders_.at(transfer.order.value).net);
            transfers_[transfer.id] = transfer.order.value;
        }
    }
    void paid() { paid(pick(transfers_), day()); }
    void paid(std::int64_t id, Day day) {
        const auto done = command([&](store::Transaction& tx) {
            return payments::transfer_paid(tx, id, day, "R", person(accountant));
        });
        if (!done.ok()) return;
        fact_ = true;
        const ModelOrder& order = orders_.at(transfers_.at(id));
        ModelDossier& model = model_[order.dossier];
        model.cash -= order.net;
        model.charged -= order.net;
        works_.at(order.works).ordered -= order.net;
        works_.at(order.works).paid += order.net;
        (order.came_back   ? model.returned
         : order.retention ? model.withheld
                           : model.payable) -= order.net;
    }
    void returned() {
        if (closing_ && !one_in(30)) return;
        const std::int64_t id = pick(transfers_);
        const auto done = command([&](store::Transaction& tx) {
            return payments::transfer_returned(tx, id, "AC04", day(), "R", person(accountant));
        });
        if (!done.ok()) return;
        fact_ = true;
        ModelOrder& order = orders_.at(transfers_.at(id));
        order.came_back = true;
        model_[order.dossier].cash += order.net;
        model_[order.dossier].charged += order.net;
        works_.at(order.works).ordered += order.net;
        works_.at(order.works).paid -= order.net;
        model_[order.dossier].returned += order.net;
    }
    // A status that is no payment: the bank's leaves the order taken in charge, the accountant's
    // does not, but where a payment or a retention already stands on it.
    void rejected() {
        const std::int64_t id = pick(transfers_);
        const auto how =
            one_in(2) ? payments::Rejection::of_transfer : payments::Rejection::of_mandate;
        const auto done = command([&](store::Transaction& tx) {
            return payments::transfer_rejected(tx, id, how, "AC04", person(accountant));
        });
        if (!done.ok() || how == payments::Rejection::of_transfer) return;
        ModelOrder& order = orders_.at(transfers_.at(id));
        const bool kept_back = std::ranges::any_of(orders_, [&](const auto& other) {
            return other.second.retention && other.second.invoice == order.invoice;
        });
        if (order.retention || order.came_back || kept_back) return;
        ModelDossier& model = model_[order.dossier];
        model.approved += order.ttc;
        model.charged -= order.ttc;
        model.payable -= order.net;
        model.withheld -= order.ttc - order.net;
        model.spent -= order.ttc;
        order.taken_in_charge = false;
    }
    void channel() {
        payments::PaymentChannel channel;
        const auto wrong = [&] { return one_in(12); };
        if (one_in(2)) channel.format = payments::FileFormat::pain001_03;
        if (one_in(2)) channel.bic = wrong() ? "BDFE" : "BDFEFRPPCCT";
        channel.cut_off_minute = wrong() ? 0 : 15 * 60;
        if (one_in(3)) {
            channel.format = payments::FileFormat::pes_aller;
            channel.collectivity = payments::Collectivity{
                wrong() ? "20007106600018"
                        : siret_with_check_digit(siren_with_check_digit("99900200"), "0001").text(),
                wrong() ? "88" : "088013", "015", "01", "Budget principal"};
        }
        (void)command([&](store::Transaction& tx) {
            return payments::set_payment_channel(tx, one_in(20) ? ProgrammeId{9} : programme,
                                                 channel, person(administrator));
        });
    }
    void hand_over() {
        const std::int64_t id = pick(files_);
        std::string& bytes = files_[id];
        if (bytes.empty() || one_in(6)) {
            const std::string rendered = "fichier " + std::to_string(id);
            const auto sealed = command([&](store::Transaction& tx) {
                return payments::seal_transfer_file(tx, id, {rendered, 1, Money::cents(1)});
            });
            if (sealed.ok()) bytes = rendered;
        }
        const std::string shown = one_in(4) ? bytes + "." : bytes;
        const auto handed = command([&](store::Transaction& tx) {
            return payments::hand_over_transfer_file(tx, id, shown, person(accountant));
        });
        if (handed.ok()) {
            EXPECT_EQ(shown, bytes);
        }
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
        order.refused = false;
        if (!order.retention) orders_of_invoices_.at(order.invoice).refused = false;
        EXPECT_GE(rest_of(order.works), 0) << "more invoiced than ordered";
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
        fact_ = true;
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
        ModelDossier& model = model_[dossier_of_grant(claims_.at(id))];
        if (!household) {
            model.lost += cents;
            return;
        }
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
    void call_household() { call_household(some_dossier(), some(1'500'00), day()); }
    void call_household(std::size_t d, std::int64_t cents, Day day) {
        const auto done = command([&](store::Transaction& tx) {
            return funding::call_share(tx, dossiers_[d].id, Money::cents(cents), day,
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
        fact_ = true;
        ModelDossier& model = model_[calls_.at(id)];
        model.calls[id].received += cents;
        EXPECT_LE(model.calls[id].received, model.calls[id].cents);
        model.cash += cents;
    }
    void household_pays_early() {
        if (!one_in(closing_ ? 30 : 3)) return;
        const std::size_t d = some_dossier();
        const std::int64_t cents = some(300'00);
        const auto done = command([&](store::Transaction& tx) {
            return funding::receive_share_early(tx, dossiers_[d].id, Money::cents(cents), day(),
                                                "R", person(accountant));
        });
        if (!done.ok()) return;
        fact_ = true;
        model_[d].cash += cents;
        model_[d].early += cents;
        model_[d].set_early_against_calls();
    }
    // Steps in their order: what comes last is seldom reached otherwise.
    void lead() {
        if (!one_in(3)) return;
        const auto often = [&](void (G01_Balance::*act)()) {
            for (int time = 0; time < 4; ++time) (this->*act)();
        };
        often(&G01_Balance::order);
        often(&G01_Balance::bill);
        often(&G01_Balance::accept_bill);
        often(&G01_Balance::make);
        controls();
        often(&G01_Balance::approve_one);
        if (one_in(4)) often(&G01_Balance::refuse_one);
        often(&G01_Balance::release_one);
        transfers();
        often(&G01_Balance::paid);
    }
    void finish() {
        if (!one_in(10)) return;
        const std::int64_t id = pick(works_);
        const auto done = command([&](store::Transaction& tx) {
            return payments::finish_works_order(tx, id, day(), person(adviser));
        });
        if (done.ok()) return_rest(id);
    }
    void amend() {
        if (!one_in(3)) return;
        const std::int64_t id = pick(works_);
        const std::int64_t more = some(400'00);
        const std::string reference = one_in(20) ? "" : "A-" + std::to_string(drawn(1, 40));
        const auto done = command([&](store::Transaction& tx) {
            return payments::amend_works_order(
                tx, {id, reference, Money::cents(more), day(), person(adviser)});
        });
        if (!done.ok()) return;
        EXPECT_GT(more, 0);
        EXPECT_FALSE(works_.at(id).finished);
        works_.at(id).committed += more;
        model_[works_.at(id).dossier].ordered += more;
    }
    void refuse_one() {
        if (!one_in(2)) return;
        const std::int64_t id = pick(orders_);
        const PersonId by = person(one_in(2) ? authorising : accountant);
        const auto done = command([&](store::Transaction& tx) {
            return payments::refuse_order(tx, {id}, one_in(20) ? "" : "Pièce manquante", by, day());
        });
        if (done.ok()) refused_order(id);
    }
    void expire() {
        if (!one_in(20)) return;
        const auto done = command([&](store::Transaction& tx) {
            return payments::expire_orders(tx, one_in(20) ? ProgrammeId{9} : programme,
                                           person(officer), day());
        });
        if (!done.ok()) return;
        for (const OrderId id : *done) refused_order(id.value);
    }
    void limit() {
        if (!one_in(6)) return;
        if (one_in(2)) return lift_limits();
        const std::vector<journal::LimitSubject> subjects = {
            {programme, journal::Measure::debit, Role::mandate_expenditure},
            {programme, journal::Measure::credit, Role::cash},
            {programme, journal::Measure::engaged, {}, one_in(20) ? FunderId{99} : anah},
            {programme, journal::Measure::outstanding, {}, region},
            {programme, journal::Measure::engaged},
        };
        const journal::LimitSubject subject = subjects[drawn_index(subjects)];
        const std::int64_t cents = limited_total(subject) + drawn(-1'000'00, 25'000'00);
        const Day since = today().plus_days(one_in(15) ? -1 : 0);
        const auto done = command([&](store::Transaction& tx) {
            return treasury::set_limit(tx, {subject, Money::cents(cents), since,
                                            one_in(20) ? "" : "Convention", person(authorising)});
        });
        if (!done.ok()) return;
        EXPECT_EQ(done->total().cents(), limited_total(subject));
        limits_.erase(
            std::remove_if(limits_.begin(), limits_.end(),
                           [&](const Limited& other) { return other.subject == subject; }),
            limits_.end());
        limits_.push_back({subject, cents, limited_total(subject)});
    }

    // ---- what commands share

    // Orders of a dossier under a limit that one of them reaches, then under the stop button; both
    // are lifted by two persons.
    void controls() {
        if (orders_.empty() || !one_in(2)) return;
        const std::size_t d = orders_.rbegin()->second.dossier;
        std::vector<std::int64_t> orders;
        std::int64_t largest = 1;
        for (const auto& [id, order] : orders_) {
            if (order.dossier != d || order.approved_by != 0 || order.refused) continue;
            orders.push_back(id);
            largest = std::max(largest, order.net);
        }
        // The largest first: whatever follows it is a split.
        std::stable_sort(orders.begin(), orders.end(), [&](std::int64_t a, std::int64_t b) {
            return orders_.at(a).net > orders_.at(b).net;
        });
        const std::int64_t cents = one_in(3) ? drawn(-1, 2 * largest) : largest;
        const auto done = command([&](store::Transaction& tx) {
            return payments::propose_payment_limit(
                tx, {programme, payments::LimitScope::order, Money::cents(cents),
                     one_in(20) ? "" : "Délibération", person(authorising)});
        });
        if (done.ok()) {
            EXPECT_TRUE(done->since.has_value());
            order_limit_ = cents;
            for (const std::int64_t id : orders) approve(id);
            if (!orders.empty() && !one_in(3)) suspended(orders);
            lift_payment_limit();
        }
    }
    void suspended(const std::vector<std::int64_t>& orders) {
        const auto stopped = command([&](store::Transaction& tx) {
            return payments::suspend_payments(tx, one_in(10) ? " " : "RIB douteux",
                                              person(officer));
        });
        if (!stopped.ok()) return;
        const std::int64_t taken = taken_;
        for (const std::int64_t id : orders) {
            approve(id);
            release(id);
        }
        EXPECT_EQ(taken_, taken) << "nothing is approved or released meanwhile";
        for (bool goes_on = false; !goes_on;) {
            const PersonId by = person(one_in(2) ? authorising : accountant);
            const auto lifted =
                command([&](store::Transaction& tx) { return payments::lift_suspension(tx, by); });
            goes_on = lifted.ok() && *lifted;
        }
    }
    // From the next day.
    void lift_payment_limit() {
        const auto proposal = must_write([&](store::Transaction& tx) {
            return payments::propose_payment_limit(
                tx, {programme, payments::LimitScope::order, std::nullopt, "Levée", authorising});
        });
        std::optional<Day> since;
        while (!since) {
            const PersonId by = person(one_in(2) ? authorising : accountant);
            const auto confirmed = command([&](store::Transaction& tx) {
                return payments::confirm_payment_limit(tx, proposal.id, by);
            });
            if (confirmed.ok()) since = *confirmed;
        }
        // The clock may be behind what was written last.
        clock().set(std::max(Instant(clock().now().microseconds() + 86'400'000'000),
                             instant_in_paris(*since, 0)));
        order_limit_ = 0;
    }

    // What is left to invoice of works.
    std::int64_t rest_of(std::int64_t works) const {
        std::int64_t rest = works_.at(works).committed - works_.at(works).returned;
        for (const auto& [id, invoice] : orders_of_invoices_) {
            if (invoice.works == works && !invoice.refused) rest -= invoice.ttc;
        }
        return rest;
    }
    void return_rest(std::int64_t id) {
        ModelWorks& works = works_.at(id);
        model_[works.dossier].ordered -= rest_of(id);
        works.returned += rest_of(id);
        works.finished = true;
    }
    // An approval takes its part of the works, a refusal gives it back.
    void move(const ModelOrder& order, std::int64_t cents) {
        model_[order.dossier].ordered -= cents;
        model_[order.dossier].approved += cents;
        works_.at(order.works).ordered += cents;
    }
    void refused_order(std::int64_t id) {
        ModelOrder& order = orders_.at(id);
        order.refused = true;
        order.approved_by = 0;
        if (order.taken_in_charge) return;
        if (order.ordered) move(order, -order.ttc);
        order.ordered = false;
        orders_of_invoices_.at(order.invoice).refused = true;
    }
    void lift_limits() {
        for (const Limited& limited : limits_) {
            must_write([&](store::Transaction& tx) {
                return treasury::set_limit(
                    tx, {limited.subject, std::nullopt, today(), "Levée", authorising});
            });
        }
        limits_.clear();
    }
    // What is used and reserved of a limit.
    std::int64_t limited_total(const journal::LimitSubject& subject) const {
        std::int64_t sum = 0;
        for (std::size_t d = 0; d < model_.size(); ++d) {
            const ModelDossier& m = model_[d];
            const std::int64_t to_spend = m.spent + m.ordered + m.approved;
            if (subject.measure == journal::Measure::debit) sum += to_spend - m.closed;
            if (subject.measure == journal::Measure::credit) {
                sum += m.payable + m.withheld + m.returned + m.approved - m.cash;
            }
            if (!subject.funder && subject.measure == journal::Measure::engaged) sum += to_spend;
            const GrantId of = subject.funder == anah ? dossiers_[d].anah : dossiers_[d].region;
            const ModelGrant& grant = m.grants.at(of.value);
            if (subject.funder != anah && subject.funder != region) continue;
            sum += grant.notified - grant.given_up;
            for (const auto& [id, claim] : grant.claims) {
                sum -= claim.reduced;
                if (subject.measure == journal::Measure::outstanding) sum -= claim.received;
            }
        }
        return subject.measure == journal::Measure::credit ? sum - fund_ : sum;
    }
    // No limit is passed but by what a bank did, or was passed when it was set.
    void compare_limits() {
        for (Limited& limited : limits_) {
            const std::int64_t total = limited_total(limited.subject);
            const std::int64_t most = std::max(limited.cents, limited.total);
            EXPECT_TRUE(fact_ || total <= most) << total << " of " << most;
            limited.total = total;
        }
        fact_ = false;
    }
    // The journal alone tells of every works order what the model knows.
    void compare_commitments() {
        const auto told = payments::commitments(*reader_);
        EXPECT_EQ(told.size(), works_.size());
        for (const auto& [id, works] : works_) {
            const auto order = payments::find_works_order(*reader_, id);
            const payments::Commitment c = told.at(order->reference);
            EXPECT_EQ(c.committed.cents(), works.committed) << order->reference;
            EXPECT_EQ(c.ordered.cents(), works.ordered) << order->reference;
            EXPECT_EQ(c.paid.cents(), works.paid) << order->reference;
            EXPECT_EQ(c.returned.cents(), works.returned) << order->reference;
            EXPECT_FALSE(c.open().is_negative()) << order->reference;
        }
    }
    void end() {
        if (!one_in(3)) return;
        std::size_t d = some_dossier();
        const bool closing = one_in(2);
        for (int look = 0; closing && model_[d].spent == 0 && look < 9; ++look) d = some_dossier();
        const DossierId id = dossiers_[d].id;
        const bool reasoned = !one_in(10);
        const auto done = command([&](store::Transaction& tx) {
            return closing ? treasury::close_dossier(tx, id, day(), person(authorising))
                           : treasury::abandon_dossier(tx, id, reasoned ? "Renonce" : "", day(),
                                                       person(adviser));
        });
        if (!done.ok()) return;
        ModelDossier& model = model_[d];
        EXPECT_EQ(model.cash, 0);
        EXPECT_EQ(model.payable + model.withheld + model.returned + model.ordered + model.approved,
                  0);
        if (closing) model.closed = model.spent;
        for (auto& [grant_id, grant] : model.grants) {
            if (!grant.refused) grant.given_up = grant.notified - grant.claimed();
        }
    }
    // Whatever it forgets, no account moves: the model does not know of it.
    void erase() {
        const DossierId dossier = dossiers_[some_dossier()].id;
        const erasure::Asked asked{one_in(4) ? person(adviser) : administrator,
                                   erasure::Ground::period_over, day()};
        if (one_in(4)) {
            (void)command([&](store::Transaction& tx) {
                return erasure::erase_person(tx, {drawn(1, 12)}, asked);
            });
            return;
        }
        (void)command(
            [&](store::Transaction& tx) { return erasure::erase_dossier(tx, dossier, asked); });
    }
    // A round's end, when the time of what was abandoned is over: everything twice. One that was
    // given up at once is sure to be among them.
    void forget_all() {
        std::vector<DossierId> all = {open_dossier()};
        must_write([&](store::Transaction& tx) {
            return treasury::abandon_dossier(tx, all[0], "Renonce", today(), adviser);
        });
        for (const Known::Led& led : dossiers_) all.push_back(led.id);
        clock().set(Instant(clock().now().microseconds() + std::int64_t{800} * 86'400'000'000));
        for (const DossierId dossier : all) {
            for (int time = 0; time < 2; ++time) {
                (void)command([&](store::Transaction& tx) {
                    return erasure::erase_dossier(
                        tx, dossier, {administrator, erasure::Ground::period_over, today()});
                });
            }
        }
        if (!dossiers_.empty()) compare();
    }
    void revoke() {
        if (!one_in(12)) return;
        const std::size_t d = some_dossier();
        (void)command([&](store::Transaction& tx) {
            return funding::revoke_mandate(tx, dossiers_[d].id, region, day(), person(adviser));
        });
        (void)command([&](store::Transaction& tx) {
            return funding::sign_mandate(tx, dossiers_[d].id, region, day(), person(adviser));
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

    // A role's balance by what it is about: dossier, funder, contractor.
    using Balances =
        std::map<std::tuple<std::string, std::int64_t, std::int64_t, std::int64_t>, std::int64_t>;
    static Balances kept(store::Database& db) {
        Balances out;
        auto rows = db.select(
            "SELECT a.role, b.dossier, b.funder, b.contractor, sum(b.cents) FROM balance b"
            " JOIN account a ON a.id = b.account GROUP BY 1, 2, 3, 4 HAVING sum(b.cents) <> 0");
        while (rows.next()) {
            out[{rows.text(0), rows.integer(1), rows.integer(2), rows.integer(3)}] =
                rows.integer(4);
        }
        return out;
    }
    Balances modelled() const {
        Balances out;
        const auto put = [&](Role role, DossierId dossier, FunderId funder, ContractorId of,
                             std::int64_t cents) {
            if (cents == 0) return;
            out[{std::string(role_name(role)), dossier.value, funder.value, of.value}] += cents;
        };
        // A commitment and its counterpart.
        const auto both = [&](Role role, Role counterpart, DossierId dossier, FunderId funder,
                              ContractorId of, std::int64_t cents) {
            put(role, dossier, funder, of, cents);
            put(counterpart, dossier, funder, of, -cents);
        };
        put(Role::cash, {}, {}, {}, fund_);
        put(Role::opening_balance, {}, {}, {}, -fund_);
        for (std::size_t d = 0; d < model_.size(); ++d) {
            const ModelDossier& m = model_[d];
            const DossierId id = dossiers_[d].id;
            std::int64_t revenue = m.lost - m.closed;
            for (const auto& [grant_id, grant] : m.grants) {
                const FunderId funder = grant_id == dossiers_[d].anah.value ? anah : region;
                std::int64_t notified = grant.notified - grant.given_up;
                std::int64_t receivable = 0;
                std::int64_t open = 0;
                for (const auto& [claim_id, claim] : grant.claims) {
                    const std::int64_t due = claim.cents - claim.received - claim.reduced;
                    open += due;
                    if (!claim.titled) continue;
                    notified -= claim.cents;
                    receivable += due;
                    revenue += claim.cents - claim.reduced;
                }
                both(Role::grant_notified, Role::grant_notified_counterpart, id, funder, {},
                     notified);
                both(Role::claim_filed, Role::claim_filed_counterpart, id, funder, {}, open);
                put(Role::funder_receivable, id, funder, {}, receivable);
            }
            std::int64_t called = 0;
            for (const auto& [call_id, call] : m.calls) {
                called += call.cents - call.received;
                revenue += call.cents;
            }
            put(Role::cash, id, {}, {}, m.cash);
            put(Role::household_receivable, id, {}, {}, called);
            put(Role::household_early_receipt, id, {}, {}, -m.early);
            put(Role::mandate_revenue, id, {}, {}, -revenue);
            put(Role::mandate_expenditure, id, {}, {}, m.spent - m.closed);
            put(Role::loss_borne, id, {}, {}, m.lost);
            put(Role::contractor_payable, id, {}, contractor, -m.payable);
            put(Role::contractor_retention, id, {}, contractor, -m.withheld);
            put(Role::returned_transfer, id, {}, contractor, -m.returned);
            both(Role::works_ordered, Role::works_ordered_counterpart, id, {}, contractor,
                 -m.ordered);
            both(Role::commitment_ordered, Role::works_ordered_counterpart, id, {}, contractor,
                 -m.approved);
            both(Role::commitment_charged, Role::works_ordered_counterpart, id, {}, contractor,
                 -m.charged);
        }
        for (auto at = out.begin(); at != out.end();) {
            at = at->second == 0 ? out.erase(at) : std::next(at);
        }
        return out;
    }

    void compare() {
        store::Database& db = *reader_;
        const Balances all = kept(db);
        EXPECT_EQ(all, modelled());
        std::int64_t posted = 0;
        std::int64_t reserved = 0;
        for (const auto& [about, cents] : all) {
            const auto role = journal::role_of(std::get<0>(about));
            (journal::is_off_balance(*role) ? reserved : posted) += cents;
        }
        EXPECT_EQ(posted, 0);
        EXPECT_EQ(reserved, 0);
        std::int64_t cash = fund_;
        std::int64_t exposure = 0;
        std::int64_t held = 0;
        for (const ModelDossier& m : model_) {
            cash += m.cash;
            exposure += std::max<std::int64_t>(0, -m.cash);
            held += std::max<std::int64_t>(0, m.cash);
        }
        const auto position = treasury::position_of(db, *funding::find_programme(db, programme));
        EXPECT_EQ(position.cash.cents(), cash);
        EXPECT_EQ(position.exposure.cents(), exposure) << "never netted";
        EXPECT_EQ(position.held.cents(), held);
        EXPECT_LE(position.committed.cents(), position.ceiling.cents());
        compare_limits();
        if (one_in(50)) compare_commitments();
    }

    std::unique_ptr<store::Database> reader_;  // one for a round: opening one parses the schema
    std::int64_t compared_at_ = 0;             // commits_seen() of the last comparison
    std::mt19937_64 random_;
    bool closing_ = false;
    bool jumping_ = false;
    std::int64_t latest_ = 0;  // microseconds
    int jumps_ = 0;
    int writes_stopped_ = 0;
    std::int64_t order_limit_ = 0;  // of a payment order; 0: none
    int closings_ = 0;
    std::map<Code, int> refused_;
    std::map<std::string, std::int64_t> posted_;  // entries by event, all rounds
    std::int64_t taken_ = 0;
};

// The codes that the rooms of the commands name, off their sources.
std::set<Code> codes_of_the_commands() {
    std::set<Code> out;
    const std::regex code(R"(Code::(\w+))");
    const std::filesystem::path ledger = std::filesystem::path(DEODAT_ROOT) / "ledger";
    for (const char* room : {"base/checks.cpp", "base/text.cpp", "base/territory.cpp",
                             "journal/entry.cpp", "people", "dossiers", "funding", "payments",
                             "treasury", "erasure/assessment.cpp", "erasure/erasure.cpp"}) {
        std::vector<std::filesystem::path> files = {ledger / room};
        if (std::filesystem::is_directory(files[0])) {
            files = {std::filesystem::directory_iterator(files[0]), {}};
        }
        for (const auto& file : files) {
            std::ostringstream text;
            text << std::ifstream(file).rdbuf();
            const std::string source = text.str();
            for (std::sregex_iterator found(source.begin(), source.end(), code), end; found != end;
                 ++found) {
                out.insert(code_of((*found)[1].str()).value());
            }
        }
    }
    return out;
}

// The generator is worth what it reaches: every refusal of the commands, every event, and many
// acceptances. Rounds go on until they are, or this fails.
TEST_F(G01_Balance, AFixedSeedReachesEveryRefusal) {
    constexpr int at_least = 3;
    constexpr std::uint64_t seed = 20'260;
    constexpr std::uint64_t rounds_max = 18;
    const std::set<Code> codes = codes_of_the_commands();
    EXPECT_GT(codes.size(), 20U);
    const auto seldom = [&] {
        std::set<std::string> out;
        for (const Code code : codes) {
            const auto found = refused().find(code);
            if (found == refused().end() || found->second < at_least) out.emplace(code_name(code));
        }
        for (std::size_t i = 0; i < journal::event_count; ++i) {
            const auto event = static_cast<journal::Event>(i);
            // Of an empty ledger; once every account is nil, which chance seldom brings; and
            // in the tests below.
            if (event == journal::Event::opening_balance_taken ||
                event == journal::Event::dossier_closed || event == journal::Event::period_closed) {
                continue;
            }
            if (posted(journal::event_name(event)) < at_least)
                out.emplace(journal::event_name(event));
        }
        return out;
    };
    run(seed, 3);
    run_and_close(seed + 3, 3);
    for (std::uint64_t more = 6; !seldom().empty() && more < rounds_max && !HasFailure(); ++more) {
        run(seed + more, 1);
    }
    EXPECT_EQ(seldom(), std::set<std::string>());
    EXPECT_GT(taken(), 1'000);
}

// Three times 12 rounds, with those above: a hundred thousand commands. Tests of their own, so that
// both cores have one.
int rounds_of_chance() {
    return 12 * testing_support::times_in_long_run(5);
}

TEST_F(G01_Balance, AnySeedHolds) {
    run(testing_support::seed_of_this_run(), rounds_of_chance());
}

TEST_F(G01_Balance, G17_NothingLandsInAClosedYearWhateverTheCommand) {
    run_and_close(testing_support::seed_of_this_run(), rounds_of_chance());
    EXPECT_GE(closed(), 24);
    EXPECT_GE(refused().count(Code::period_closed), 1U);
}

TEST_F(G01_Balance, G18_NothingIsReorderedWhateverTheClockDoes) {
    run_with_a_jumping_clock(testing_support::seed_of_this_run(), rounds_of_chance());
    EXPECT_GT(jumps(), 1'000);
    EXPECT_GT(writes_stopped(), 100);
}

}  // namespace
}  // namespace deodat
