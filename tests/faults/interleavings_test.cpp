// Goal (guarantee 12, for the steps that exist): two people who act on one thing at the same time
// have exactly one outcome and one entry between them, whoever reads what when, and neither waits
// for ever. Method: each first reads what a desk shows, then sends a command that carries it; every
// order of these steps is forced by sync points, in particular what was read before, during and
// after the other's transaction, and two commands in one commit. Then races left to chance: 200,
// 2,000 in long runs; the build with ThreadSanitizer runs them as well.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <optional>
#include <random>
#include <thread>

#include "ledger/store/backup.h"
#include "ledger/store/once.h"
#include "ledger/treasury/period_closing.h"
#include "tests/support/dossier_fixture.h"
#include "tests/support/programs.h"
#include "tests/support/seed.h"
#include "tests/support/turns.h"

namespace deodat {
namespace {

using store::Transaction;
using testing_support::must;
using testing_support::Turns;
using Answer = std::optional<Code>;  // nothing for done
using Inside = std::function<void(Transaction&)>;

// What one of the two does: reads, then sends. Sending runs `enters` and `leaves` around the
// command, inside the writer's transaction.
struct Client {
    std::function<void()> read = [] {};
    std::function<Answer(const Inside& enters, const Inside& leaves)> send;
};

// Two who meet, and what must hold afterwards. `first` says whose command the writer ran first.
enum class Who : std::uint8_t { a, b };
struct Answers {
    Answer a;
    Answer b;
    Who first = Who::a;
};
struct Scene {
    Client a;
    Client b;
    std::function<void(const Answers&)> judge;
};

class G12_Interleavings : public testing_support::DossierTest {
  protected:
    void SetUp() override {
        DossierTest::SetUp();
        other_authorising = add_person("Ordonnateur bis", {people::Role::authorising_officer});
        other_accountant = add_person("Comptable bis", {people::Role::public_accountant});
    }

    // ---- the two

    template <class Command>
    Client client(
        Command command, std::function<void()> read = [] {}) {
        return {std::move(read), [this, command](const Inside& enters, const Inside& leaves) {
                    const auto outcome = store().write([&](Transaction& tx) {
                        enters(tx);
                        auto result = command(tx);
                        leaves(tx);
                        return result;
                    });
                    return outcome.ok() ? Answer() : Answer(outcome.refusal().code);
                }};
    }

    // Where the second one's two steps stand among the first one's four: after how many of them.
    struct Order {
        std::size_t reads;
        std::size_t sends;
    };
    // The second sends once the first is in the writer, or the writer's queue would be anybody's.
    static std::vector<Order> every_order() {
        std::vector<Order> out;
        for (std::size_t reads = 0; reads <= 4; ++reads) {
            for (std::size_t sends = std::max<std::size_t>(2, reads); sends <= 4; ++sends) {
                out.push_back({reads, sends});
            }
        }
        return out;
    }
    static Turns turns_of(const Order& order) {
        const std::vector<std::string> first = {"first reads", "first enters", "first leaves",
                                                "first is answered"};
        std::vector<std::string> out;
        for (std::size_t i = 0; i <= first.size(); ++i) {
            if (order.reads == i) out.emplace_back("second reads");
            if (order.sends == i) out.emplace_back("second sends");
            if (i < first.size()) out.push_back(first[i]);
        }
        return Turns(out);
    }

    // The first one's command enters the writer before the second one's.
    std::pair<Answer, Answer> force(const Client& first, const Client& second, const Order& order) {
        Turns turns = turns_of(order);
        Answer first_answer;
        Answer second_answer;
        const auto guarded = [](auto run) {
            return std::thread([run] {
                try {
                    run();
                } catch (const std::exception& failure) {
                    ADD_FAILURE() << failure.what();
                }
            });
        };
        std::thread one = guarded([&] {
            turns.step("first reads", first.read);
            first_answer =
                first.send([&](Transaction&) { turns.step("first enters"); },
                           [&](Transaction&) {
                               turns.step("first leaves", [&] {
                                   // Time for the second one's command to be queued.
                                   if (order.sends == 2) {
                                       std::this_thread::sleep_for(std::chrono::milliseconds(3));
                                   }
                               });
                           });
            turns.step("first is answered");
        });
        std::thread two = guarded([&] {
            turns.step("second reads", second.read);
            turns.step("second sends");
            second_answer = second.send(
                [&](Transaction& tx) {
                    if (committed_records() < sealed(tx.db())) ++together_;
                },
                [](Transaction&) {});
        });
        one.join();
        two.join();
        return {first_answer, second_answer};
    }
    // How many records of rows are sealed: every command that is kept seals some.
    static std::int64_t sealed(store::Database& db) {
        auto rows = db.select("SELECT count(*) FROM record");
        rows.next();
        return rows.integer(0);
    }
    std::int64_t committed_records() {
        auto snapshot = store().snapshot();
        return sealed(snapshot.db());
    }
    std::int64_t committed_entries() {
        auto snapshot = store().snapshot();
        return journal::last_entry(snapshot.db()).value;
    }

    // Every order, in both directions. `together` says whether the two commands may share a commit:
    // what the first one sealed is then in the transaction of the second one, and not committed.
    void force_every_order(const std::function<Scene()>& scene, bool together = true) {
        together_ = 0;
        for (const Who first : {Who::a, Who::b}) {
            for (const Order& order : every_order()) {
                SCOPED_TRACE(::testing::Message()
                             << (first == Who::a ? "a" : "b") << " first, the other reads after "
                             << order.reads << " and sends after " << order.sends << " steps");
                const Scene met = scene();
                Answers answers{{}, {}, first};
                if (first == Who::a) {
                    std::tie(answers.a, answers.b) = force(met.a, met.b, order);
                } else {
                    std::tie(answers.b, answers.a) = force(met.b, met.a, order);
                }
                met.judge(answers);
                if (HasFailure()) return;
            }
        }
        EXPECT_EQ(together_ > 0, together) << "commands that shared a commit";
    }

    void race(const Scene& met, std::mt19937_64& random) {
        std::atomic<int> ready = 0;
        std::atomic<int> turn = 0;
        Answers answers;
        std::atomic<int> first = -1;
        const auto run = [&](const Client& client, Answer& answer, int who, unsigned pause) {
            return std::thread([&, who, pause] {
                ++ready;
                while (ready < 2) std::this_thread::yield();
                for (unsigned i = 0; i < pause; ++i) turn.load();
                client.read();
                answer = client.send(
                    [&](Transaction&) {
                        int nobody = -1;
                        first.compare_exchange_strong(nobody, who);
                    },
                    [](Transaction&) {});
            });
        };
        constexpr unsigned pause_max = 20'000;
        std::thread a = run(met.a, answers.a, 0, static_cast<unsigned>(random() % pause_max));
        std::thread b = run(met.b, answers.b, 1, static_cast<unsigned>(random() % pause_max));
        a.join();
        b.join();
        answers.first = first == 0 ? Who::a : Who::b;
        met.judge(answers);
    }

    // ---- what they meet on

    // A programme of its own, so that no scene's exposure is another's.
    void fresh_programme(Money ceiling = Money::euros(21'100), Money fund = Money::euros(21'100)) {
        const std::string n = std::to_string(++programmes_);
        const std::string account = std::string(11 - n.size() - 1, '0') + n + "7";
        programme = open_programme("P" + n, "Programme " + n, std::to_string(100 + programmes_),
                                   account, ceiling);
        pay_in_fund(fund);
    }
    std::string number() { return "N-" + std::to_string(++numbers_); }
    OrderId made_order() {
        const InvoiceId bill =
            invoice(order_works(notified_dossier(number()).quote), Money(), number());
        accept(bill);
        return make_order(bill);
    }
    OrderId approved_order() {
        const OrderId order = made_order();
        must(approve(order, authorising));
        return order;
    }
    std::int64_t sent_transfer() {
        must(release(approved_order(), accountant));
        return transfer_file().transfers.at(0).id;
    }
    payments::PaymentOrder now(OrderId order) {
        auto snapshot = store().snapshot();
        return must(payments::find_order(snapshot.db(), order));
    }
    std::int64_t count(const std::string& sql, const auto&... values) {
        auto snapshot = store().snapshot();
        auto rows = snapshot.db().select(sql, values...);
        rows.next();
        return rows.integer(0);
    }
    std::int64_t entries(const char* event, const std::string& piece) {
        return count("SELECT count(*) FROM entry WHERE event = ? AND piece = ?", event, piece);
    }

    // Who was first is done, the other is told why not.
    static void expect_one(const Answers& answers, std::initializer_list<Code> refusals) {
        const Answer& winner = answers.first == Who::a ? answers.a : answers.b;
        const Answer& other = answers.first == Who::a ? answers.b : answers.a;
        EXPECT_FALSE(winner.has_value()) << code_name(winner.value_or(Code::usage));
        ASSERT_TRUE(other.has_value()) << "both were done";
        EXPECT_NE(std::find(refusals.begin(), refusals.end(), *other), refusals.end())
            << code_name(*other);
    }

    // ---- the scenes

    // Two authorising officers, each of whom has read the order.
    Scene approve_approve() {
        fresh_programme();
        const OrderId order = made_order();
        const auto approval = [=, this](PersonId person) {
            auto hash = std::make_shared<std::string>();
            return client(
                [=, this](Transaction& tx) {
                    return payments::approve_order(tx, order, *hash, person, today());
                },
                [=, this] { *hash = hash_of(order); });
        };
        return {approval(authorising), approval(other_authorising),
                [=, this](const Answers& answers) {
                    expect_one(answers, {Code::state_forbids});
                    const auto kept = now(order);
                    EXPECT_EQ(kept.approved_by,
                              answers.first == Who::a ? authorising : other_authorising);
                    EXPECT_EQ(entries("order_approved", kept.number), 1);
                }};
    }

    // An officer makes a returned order again, to another account, while it is approved: what is
    // approved is what was read, or nothing.
    Scene approve_change() {
        fresh_programme();
        const std::int64_t transfer = sent_transfer();
        pay(transfer);
        must_write([&](Transaction& tx) {
            return payments::transfer_returned(tx, transfer, "AC04", today(), "R", accountant);
        });
        enter_account(++numbers_ % 2 == 0 ? "00000000102" : "00000000103");
        const OrderId order{count("SELECT payment_order FROM transfer WHERE id = ?", transfer)};
        auto hash = std::make_shared<std::string>();
        const Client approval = client(
            [=, this](Transaction& tx) {
                return payments::approve_order(tx, order, *hash, authorising, today());
            },
            [=, this] { *hash = hash_of(order); });
        const Client change = client([=, this](Transaction& tx) {
            return payments::make_order_again(tx, order, officer, today());
        });
        return {approval, change, [=, this](const Answers& answers) {
                    EXPECT_FALSE(answers.b.has_value());
                    const auto kept = now(order);
                    if (answers.a) {
                        EXPECT_EQ(*answers.a, answers.first == Who::a ? Code::state_forbids
                                                                      : Code::order_changed);
                        EXPECT_EQ(kept.state, payments::OrderState::made);
                    } else {
                        EXPECT_EQ(kept.approved_hash, *hash);
                    }
                    EXPECT_EQ(hash_of(order) == *hash, !answers.a.has_value());
                    EXPECT_EQ(entries("order_approved", kept.number), answers.a ? 1 : 2);
                }};
    }

    Scene release_release() {
        fresh_programme();
        const OrderId order = approved_order();
        const auto releasing = [=, this](PersonId person) {
            return client(
                [=, this](Transaction& tx) {
                    return payments::release_order(tx, order, person, today());
                },
                [=, this] { (void)now(order); });
        };
        return {releasing(accountant), releasing(other_accountant),
                [=, this](const Answers& answers) {
                    expect_one(answers, {Code::state_forbids});
                    EXPECT_EQ(entries("order_released", now(order).number), 1);
                }};
    }

    // Money for one of two orders, and every gate of both shown open: an approval reserves it.
    Scene approve_with_money_for_one() {
        fresh_programme(Money::euros(50'000));
        const std::array<OrderId, 2> orders = {made_order(), made_order()};
        const auto approving = [=, this](OrderId order) {
            return client(
                [=, this, hash = hash_of(order)](Transaction& tx) {
                    return payments::approve_order(tx, order, hash, authorising, today());
                },
                [=, this] {
                    auto snapshot = store().snapshot();
                    (void)must(payments::gates_of(snapshot.db(), order, today()));
                });
        };
        return {approving(orders[0]), approving(orders[1]), [=, this](const Answers& answers) {
                    expect_one(answers, {Code::funds_insufficient});
                    EXPECT_EQ(entries("order_approved", now(orders[0]).number) +
                                  entries("order_approved", now(orders[1]).number),
                              1);
                }};
    }

    Client paying(std::int64_t transfer, PersonId person) {
        return client([=, this](Transaction& tx) {
            return payments::transfer_paid(tx, transfer, today(), "PAYE", person);
        });
    }
    Client returning(std::int64_t transfer, PersonId person) {
        return client([=, this](Transaction& tx) {
            return payments::transfer_returned(tx, transfer, "AC04", today(), "RETOUR", person);
        });
    }
    std::string state_of(std::int64_t transfer) {
        auto snapshot = store().snapshot();
        auto rows = snapshot.db().select("SELECT state FROM transfer WHERE id = ?", transfer);
        rows.next();
        return rows.text(0);
    }

    Scene pay_pay() {
        fresh_programme();
        const std::int64_t transfer = sent_transfer();
        return {paying(transfer, accountant), paying(transfer, other_accountant),
                [=, this](const Answers& answers) {
                    expect_one(answers, {Code::state_forbids});
                    EXPECT_EQ(balance(journal::Role::cash, {.programme = programme}), Money());
                }};
    }

    // A return is of what was paid: before, it is refused and says so.
    Scene pay_return() {
        fresh_programme();
        const std::int64_t transfer = sent_transfer();
        return {paying(transfer, accountant), returning(transfer, other_accountant),
                [=, this](const Answers& answers) {
                    EXPECT_FALSE(answers.a.has_value());
                    EXPECT_EQ(answers.b,
                              answers.first == Who::a ? Answer() : Answer(Code::state_forbids));
                    EXPECT_EQ(state_of(transfer), answers.b ? "paid" : "returned");
                    EXPECT_EQ(balance(journal::Role::cash, {.programme = programme}),
                              answers.b ? Money() : Money::euros(21'100));
                }};
    }

    Scene return_return() {
        fresh_programme();
        const std::int64_t transfer = sent_transfer();
        pay(transfer);
        return {returning(transfer, accountant), returning(transfer, other_accountant),
                [=, this](const Answers& answers) {
                    expect_one(answers, {Code::state_forbids});
                    EXPECT_EQ(balance(journal::Role::cash, {.programme = programme}),
                              Money::euros(21'100));
                }};
    }

    // A dossier with two quotes, the first one's works paid and all money in.
    Scene close_order() {
        fresh_programme(Money::euros(50'000));
        const DossierId dossier = open_dossier();
        const QuoteId first = add_quote(dossier, number());
        const QuoteId second = add_quote(dossier, number());
        keep_and_sign_plan(dossier);
        sign_mandates(dossier);
        const auto grants = request(dossier);
        notify(grants.at(0), Money::euros(16'000));
        notify(grants.at(1), Money::euros(2'000));
        const InvoiceId bill = invoice(order_works(first), Money(), number());
        accept(bill);
        const OrderId order = make_order(bill);
        must(approve(order, authorising));
        must(release(order, accountant));
        pay(transfer_file().transfers.at(0).id);
        claim_and_receive(grants.at(0), funding::ClaimKind::balance, Money::euros(16'000),
                          Money::euros(16'000));
        claim_and_receive(grants.at(1), funding::ClaimKind::balance, Money::euros(2'000),
                          Money::euros(2'000));
        const std::int64_t call = must_write([&](Transaction& tx) {
            return funding::call_share(tx, dossier, Money::euros(3'100), today(), authorising);
        });
        must_write([&](Transaction& tx) {
            return funding::receive_share(tx, call, Money::euros(3'100), today(), "R", accountant);
        });
        return {client([=, this](Transaction& tx) {
                    return treasury::close_dossier(tx, dossier, today(), authorising);
                }),
                ordering(second), [=, this](const Answers& answers) {
                    expect_one(answers, {answers.first == Who::a ? Code::state_forbids
                                                                 : Code::balance_not_nil});
                    EXPECT_EQ(count("SELECT count(*) FROM works_order WHERE quote = ?", second),
                              answers.first == Who::a ? 0 : 1);
                }};
    }
    Client ordering(QuoteId quote) {
        return client(
            [=, this](Transaction& tx) {
                return payments::order_works(tx, quote, today(), adviser);
            },
            [=, this] {
                auto snapshot = store().snapshot();
                const auto found = *dossiers::find_quote(snapshot.db(), quote);
                const auto dossier = must(dossiers::find_dossier(snapshot.db(), found.dossier));
                (void)treasury::works_order_gates(snapshot.db(), dossier, found.contractor,
                                                  found.ttc, today());
            });
    }

    Scene abandon_order() {
        fresh_programme();
        const Notified n = notified_dossier(number());
        return {client([=, this](Transaction& tx) {
                    return treasury::abandon_dossier(tx, n.dossier, "Renonce", today(), adviser);
                }),
                ordering(n.quote), [=, this](const Answers& answers) {
                    expect_one(answers, {Code::state_forbids});
                    EXPECT_EQ(count("SELECT count(*) FROM works_order WHERE quote = ?", n.quote),
                              answers.first == Who::a ? 0 : 1);
                }};
    }

    // A plan carries the dossier's version that it was computed on: what moved since refuses it.
    Scene plan_quote() {
        const DossierId dossier = open_dossier();
        add_quote(dossier, number());
        auto plan = std::make_shared<std::optional<dossiers::KeepPlan>>();
        const std::string second = number();
        return {client([=](Transaction& tx) { return dossiers::keep_plan(tx, **plan); },
                       [=, this] { plan->emplace(plan_of(dossier)); }),
                client([=, this](Transaction& tx) {
                    return dossiers::add_quote(
                        tx, {dossier, adviser, contractor, second, today(), works()});
                }),
                [=, this](const Answers& answers) {
                    EXPECT_FALSE(answers.b.has_value());
                    const std::int64_t at_last =
                        count("SELECT version FROM dossier WHERE id = ?", dossier);
                    const bool stale =
                        answers.first == Who::b && (*plan)->dossier_version != at_last;
                    EXPECT_EQ(answers.a, stale ? Answer(Code::version_moved) : Answer());
                    EXPECT_EQ(count("SELECT count(*) FROM plan WHERE dossier = ?", dossier),
                              stale ? 0 : 1);
                }};
    }

    // Each scene in the next year: a year is closed once.
    Scene close_post() {
        const int year = today().year();
        pay_in_fund(Money::euros(10));
        clock().set(instant_in_paris(Day::of(year + 1, 3, 20), 10));
        const Day last_day = Day::of(year, 12, 31);
        const std::string piece = number();
        return {client([=, this](Transaction& tx) {
                    return treasury::close_period(tx, year, administrator);
                }),
                client([=, this](Transaction& tx) {
                    return journal::post(tx, {last_day,
                                              journal::Event::fund_paid_in,
                                              "Fonds",
                                              piece,
                                              {programme, "01"},
                                              accountant,
                                              journal::events::fund_paid_in(Money::euros(5))});
                }),
                [=, this](const Answers& answers) {
                    EXPECT_FALSE(answers.a.has_value());
                    const bool late = answers.first == Who::a;
                    EXPECT_EQ(answers.b, late ? Answer(Code::period_closed) : Answer());
                    EXPECT_EQ(entries("fund_paid_in", piece), late ? 0 : 1);
                    auto snapshot = store().snapshot();
                    Money carried;
                    for (const auto& each : journal::carried_balances(snapshot.db(), year)) {
                        if (each.number == "515") carried += each.amount;
                    }
                    EXPECT_EQ(carried, journal::balance(snapshot.db(), journal::Role::cash, {}));
                }};
    }

    // One request sent twice: one effect, the same answer.
    Scene same_key() {
        fresh_programme();
        const OrderId order = made_order();
        const std::string key = number();
        const std::string hash = hash_of(order);
        auto said = std::make_shared<std::array<std::string, 2>>();
        const auto sending = [=, this](std::size_t who) {
            Client out;
            out.send = [=, this](const Inside& enters, const Inside& leaves) {
                const auto answer =
                    store::write_once(store(), {authorising, key, "approve"},
                                      [&](Transaction& tx) -> Result<std::string> {
                                          enters(tx);
                                          const auto approved = payments::approve_order(
                                              tx, order, hash, authorising, today());
                                          leaves(tx);
                                          if (!approved) return approved.refusal();
                                          return "entry " + std::to_string(approved->value);
                                      });
                if (!answer) return Answer(answer.refusal().code);
                said->at(who) = *answer;
                return Answer();
            };
            return out;
        };
        return {sending(0), sending(1), [=, this](const Answers& answers) {
                    EXPECT_FALSE(answers.a.has_value());
                    EXPECT_FALSE(answers.b.has_value());
                    EXPECT_EQ(said->at(0), said->at(1));
                    EXPECT_EQ(entries("order_approved", now(order).number), 1);
                }};
    }

    // A year can be closed but once a year: not among them.
    static constexpr std::size_t scene_count = 11;
    Scene scene(std::size_t which) {
        using MakeScene = Scene (G12_Interleavings::*)();
        constexpr std::array<MakeScene, scene_count> scenes = {
            &G12_Interleavings::approve_approve, &G12_Interleavings::approve_change,
            &G12_Interleavings::release_release, &G12_Interleavings::approve_with_money_for_one,
            &G12_Interleavings::pay_pay,         &G12_Interleavings::pay_return,
            &G12_Interleavings::return_return,   &G12_Interleavings::close_order,
            &G12_Interleavings::abandon_order,   &G12_Interleavings::plan_quote,
            &G12_Interleavings::same_key};
        return (this->*scenes.at(which))();
    }

    PersonId other_authorising, other_accountant;
    std::atomic<int> together_ = 0;
    int programmes_ = 0;
    int numbers_ = 0;
};

TEST_F(G12_Interleavings, ApproveAndApprove) {
    force_every_order([this] { return approve_approve(); });
}

TEST_F(G12_Interleavings, ApproveAndChange) {
    force_every_order([this] { return approve_change(); });
}

TEST_F(G12_Interleavings, ReleaseAndRelease) {
    force_every_order([this] { return release_release(); });
}

TEST_F(G12_Interleavings, ApproveWithMoneyForOne) {
    force_every_order([this] { return approve_with_money_for_one(); });
}

TEST_F(G12_Interleavings, PayAndPay) {
    force_every_order([this] { return pay_pay(); });
}

TEST_F(G12_Interleavings, PayAndReturn) {
    force_every_order([this] { return pay_return(); });
}

TEST_F(G12_Interleavings, ReturnAndReturn) {
    force_every_order([this] { return return_return(); });
}

TEST_F(G12_Interleavings, CloseTheDossierAndOrder) {
    force_every_order([this] { return close_order(); });
}

TEST_F(G12_Interleavings, AbandonTheDossierAndOrder) {
    force_every_order([this] { return abandon_order(); });
}

TEST_F(G12_Interleavings, KeepAPlanAndAddAQuote) {
    force_every_order([this] { return plan_quote(); });
}

TEST_F(G12_Interleavings, CloseThePeriodAndPost) {
    force_every_order([this] { return close_post(); });
}

// The second one's command never runs: its answer is the first one's.
TEST_F(G12_Interleavings, TheSameKeyTwice) {
    force_every_order([this] { return same_key(); }, /*together=*/false);
}

// Every merge of the three steps of a command with the three of somebody who only reads.
std::vector<std::vector<std::string>> merges(const std::vector<std::string>& a,
                                             const std::vector<std::string>& b) {
    if (a.empty()) return {b};
    if (b.empty()) return {a};
    std::vector<std::vector<std::string>> out;
    for (const bool from_a : {true, false}) {
        const auto& taken = from_a ? a : b;
        const std::vector<std::string> rest(taken.begin() + 1, taken.end());
        for (auto& tail : from_a ? merges(rest, b) : merges(a, rest)) {
            tail.insert(tail.begin(), taken.front());
            out.push_back(std::move(tail));
        }
    }
    return out;
}

// Whether `earlier` comes before `later` in that order.
bool before(const std::vector<std::string>& order, const char* earlier, const char* later) {
    return std::find(order.begin(), order.end(), earlier) <
           std::find(order.begin(), order.end(), later);
}

class G12_Readers : public G12_Interleavings {
  protected:
    // Posts one entry in the order's steps while `reads` goes through its own.
    template <class Reads>
    void beside_a_posting(const std::vector<std::string>& order, Reads reads) {
        Turns turns(order);
        std::thread posting([&] {
            must_write([&](Transaction& tx) {
                turns.step("enters");
                auto posted = journal::post(tx, {today(),
                                                 journal::Event::fund_paid_in,
                                                 "Fonds",
                                                 "P",
                                                 {programme, "01"},
                                                 accountant,
                                                 journal::events::fund_paid_in(Money::euros(1))});
                turns.step("leaves");
                return posted;
            });
            turns.step("answered");
        });
        reads(turns);
        posting.join();
    }
    // What was acknowledged before the reading began is in it; what began after is not.
    static void expect_seen(const std::vector<std::string>& order, const char* begins,
                            std::int64_t entries, std::int64_t entries_before) {
        if (before(order, "answered", begins)) {
            EXPECT_EQ(entries, entries_before + 1);
        } else if (before(order, begins, "leaves")) {
            EXPECT_EQ(entries, entries_before);
        } else {
            EXPECT_GE(entries, entries_before);
            EXPECT_LE(entries, entries_before + 1);
        }
    }
};

TEST_F(G12_Readers, VerifyAndWrite) {
    pay_in_fund(Money::euros(10));
    for (const auto& order :
         merges({"enters", "leaves", "answered"}, {"looks", "verifies", "has verified"})) {
        const std::int64_t already = committed_entries();
        std::int64_t seen = 0;
        beside_a_posting(order, [&](Turns& turns) {
            std::optional<store::Snapshot> snapshot;
            turns.step("looks", [&] { snapshot.emplace(store().snapshot()); });
            turns.step("verifies");
            const auto verified = audit::verify(snapshot->db());
            turns.step("has verified");
            EXPECT_TRUE(verified.faults.empty()) << verified.faults.at(0).what;
            seen = verified.entries;
        });
        expect_seen(order, "looks", seen, already);
    }
}

TEST_F(G12_Readers, BackupAndWrite) {
    pay_in_fund(Money::euros(10));
    const testing_support::TestDirectory directory;
    int n = 0;
    for (const auto& order :
         merges({"enters", "leaves", "answered"}, {"begins", "proves", "has a backup"})) {
        const std::int64_t already = committed_entries();
        const std::string file = directory / ("backup-" + std::to_string(++n));
        beside_a_posting(order, [&](Turns& turns) {
            turns.step("begins");
            const auto proving = [&](store::Database& db) {
                turns.step("proves");
                return audit::prove(db);
            };
            const auto taken = store::back_up(store(), file, proving, clock().now());
            turns.step("has a backup");
            // The copy is made between these two steps.
            EXPECT_TRUE(taken.ok());
            const bool surely = before(order, "answered", "begins");
            const bool never = before(order, "proves", "leaves");
            EXPECT_GE(taken->entries, already + (surely ? 1 : 0));
            EXPECT_LE(taken->entries, already + (never ? 0 : 1));
        });
        SeededRandom random(12);
        EXPECT_TRUE(store::drill(file, &audit::prove, clock(), random).ok());
    }
}

TEST_F(G12_Interleavings, RacesLeftToChance) {
    std::mt19937_64 random(testing_support::seed_of_this_run());
    const int races = 200 * testing_support::times_in_long_run(10);
    for (int i = 0; i < races && !HasFailure(); ++i) {
        const std::size_t which = random() % scene_count;
        SCOPED_TRACE(::testing::Message() << "race " << i << ", scene " << which);
        race(scene(which), random);
    }
}

}  // namespace
}  // namespace deodat
