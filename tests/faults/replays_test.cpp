// Goal (guarantee 6): a key has one effect and one answer, whoever sends it at the same time, and
// the answer is the same for ever: after a restart, after a restore, after the program was replaced
// by a later one. Method: 64 threads that send the same 500 keys, each in an order of its own, half
// of them refused for what others did; then each key again. Ledgers of earlier versions, kept as
// SQL in tests/data/ledgers, whose answers are read by the test and asked for again.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <barrier>
#include <fstream>
#include <numeric>
#include <random>
#include <thread>

#include "ledger/base/canonical.h"
#include "ledger/base/text.h"
#include "ledger/store/backup.h"
#include "ledger/store/once.h"
#include "tests/support/dossier_fixture.h"
#include "tests/support/programs.h"
#include "tests/support/seed.h"

namespace deodat {
namespace {

namespace fs = std::filesystem;
using store::Store;
using store::Transaction;
using Answer = Result<std::string>;

bool same(const Answer& a, const Answer& b) {
    if (a.ok() != b.ok()) return false;
    if (a.ok()) return *a == *b;
    return a.refusal().code == b.refusal().code && a.refusal().field == b.refusal().field &&
           a.refusal().message == b.refusal().message && a.refusal().facts == b.refusal().facts;
}

std::string spelt(const Answer& answer) {
    return answer.ok()
               ? *answer
               : std::string(code_name(answer.refusal().code)) + ": " + answer.refusal().message;
}

class G06_Replays : public testing_support::DossierTest {
  protected:
    static constexpr std::size_t threads = 64;
    static constexpr std::size_t keys = 500;

    // Two keys ask for each funder: the one that comes second is refused, and stays it.
    Answer send(Store& store, const std::string& prefix, std::size_t key) {
        const std::string code = prefix + std::to_string(key / 2);
        return store::write_once(
            store, {administrator, prefix + "key-" + std::to_string(key), code},
            [&](Transaction& tx) -> Answer {
                ++runs_;
                const auto added = funding::add_funder(
                    tx, code, "Commune", journal::FunderFamily::commune, administrator);
                if (!added) return added.refusal();
                return "{\"funder\":" + std::to_string(added->value) + "}";
            });
    }
    std::vector<Answer> send_at_once(const std::string& prefix, std::uint64_t seed) {
        std::vector<std::vector<std::optional<Answer>>> answers(
            threads, std::vector<std::optional<Answer>>(keys));
        std::barrier start(threads);
        std::vector<std::thread> crowd;
        for (std::size_t t = 0; t < threads; ++t) {
            crowd.emplace_back([&, t] {
                std::vector<std::size_t> order(keys);
                std::iota(order.begin(), order.end(), 0U);
                std::shuffle(order.begin(), order.end(), std::mt19937_64(seed + t));
                start.arrive_and_wait();
                for (const std::size_t key : order) answers[t][key] = send(store(), prefix, key);
            });
        }
        for (std::thread& thread : crowd) thread.join();
        std::vector<Answer> out;
        for (std::size_t key = 0; key < keys; ++key) {
            out.push_back(*answers[0][key]);
            for (std::size_t t = 1; t < threads; ++t) {
                EXPECT_TRUE(same(*answers[t][key], out[key]))
                    << "key " << key << ": " << spelt(*answers[t][key]) << " beside "
                    << spelt(out[key]);
            }
        }
        return out;
    }
    // Each key again, and with another body.
    void expect_replayed(Store& of, const std::string& prefix, const std::vector<Answer>& known) {
        runs_ = 0;
        for (std::size_t key = 0; key < keys; ++key) {
            const Answer again = send(of, prefix, key);
            ASSERT_TRUE(same(again, known[key])) << spelt(again) << " after " << spelt(known[key]);
            const std::string body = prefix + std::to_string(key / 2);
            const Answer other = store::write_once(
                of, {administrator, prefix + "key-" + std::to_string(key), body + " "},
                [&](Transaction&) -> Answer {
                    ++runs_;
                    return std::string();
                });
            ASSERT_FALSE(other.ok());
            EXPECT_EQ(other.refusal().code, Code::key_reused);
            EXPECT_EQ(other.refusal().facts.at(0).second, hexadecimal(sha256(body)));
        }
        EXPECT_EQ(runs_, 0) << "a command ran again";
    }
    std::int64_t funders_named(const std::string& prefix) {
        auto snapshot = store().snapshot();
        auto rows =
            snapshot.db().select("SELECT count(*) FROM funder WHERE code LIKE ? || '%'", prefix);
        rows.next();
        return rows.integer(0);
    }
    std::atomic<int> runs_ = 0;
};

TEST_F(G06_Replays, OfFiveHundredKeysBySixtyFourThreadsAfterRestartAndRestore) {
    const std::uint64_t seed = testing_support::seed_of_this_run();
    const testing_support::TestDirectory elsewhere(testing_support::played_disk());
    for (int round = 0; round < testing_support::times_in_long_run(5); ++round) {
        const std::string prefix = "r" + std::to_string(round) + "_";
        const auto answers = send_at_once(prefix, seed + threads * static_cast<unsigned>(round));
        EXPECT_EQ(funders_named(prefix), keys / 2);
        for (std::size_t key = 0; key < keys; key += 2) {
            EXPECT_NE(answers[key].ok(), answers[key + 1].ok()) << key;
        }
        reopen();
        expect_replayed(store(), prefix, answers);

        const std::string file = elsewhere / (prefix + "backup");
        ASSERT_TRUE(store::back_up(store(), file, &audit::prove, clock().now()).ok());
        SeededRandom random(6);
        const std::string restored = elsewhere / (prefix + "restored");
        ASSERT_TRUE(store::restore(file, restored, &audit::prove, clock(), random).ok());
        auto copy =
            testing_support::must(Store::open(restored, Store::Access::write, clock(), random));
        expect_replayed(*copy, prefix, answers);
        EXPECT_EQ(funders_named(prefix), keys / 2);
    }
}

// A ledger as an earlier program left it, whole: its schema, rows and seals.
void load(const fs::path& sql, const std::string& directory) {
    fs::create_directory(directory);
    store::Database db(store::database_path(directory), store::Database::Mode::create);
    db.script(testing_support::bytes_of(sql));
}

struct Kept {
    PersonId person;
    std::string key;
    std::string body_sha256;
    Answer answer;
};

// What it answered, by the test's own reading of its tables.
std::vector<Kept> kept_answers(const std::string& directory) {
    store::Database db(store::database_path(directory), store::Database::Mode::read);
    std::vector<Kept> out;
    auto rows = db.select(
        "SELECT person, request_key, body_sha256, answer, code, field, message FROM answer");
    while (rows.next()) {
        Kept kept{{rows.integer(0)}, rows.text(1), rows.bytes(2), std::string()};
        if (rows.is_null(4)) {
            kept.answer = rows.bytes(3);
        } else {
            const auto code = code_of(rows.text(4));
            EXPECT_TRUE(code.has_value()) << "no code any more: " << rows.text(4);
            if (!code) continue;
            Refusal refusal{*code, rows.text(5), rows.text(6)};
            auto facts = db.select(
                "SELECT name, value FROM answer_fact WHERE person = ? AND request_key = ?"
                " ORDER BY ordinal",
                kept.person, kept.key);
            while (facts.next()) refusal.facts.emplace_back(facts.text(0), facts.text(1));
            kept.answer = refusal;
        }
        out.push_back(std::move(kept));
    }
    return out;
}

TEST(G06_Upgrade, AnswersOfEarlierVersionsAreGivenAgainAndTheirLedgersProve) {
    int ledgers = 0;
    for (const auto& entry : fs::directory_iterator(DEODAT_ROOT "/tests/data/ledgers")) {
        if (entry.path().extension() != ".sql") continue;
        SCOPED_TRACE(entry.path());
        ++ledgers;
        const testing_support::TestDirectory directory(testing_support::played_disk());
        const std::string data = directory / "data";
        load(entry.path(), data);
        const auto kept = kept_answers(data);
        EXPECT_GT(kept.size(), 40U);
        SetClock clock(instant_in_paris(Day::of(2026, 3, 25), 10));
        SeededRandom random(6);
        auto store = testing_support::must(Store::open(data, Store::Access::write, clock, random));
        for (const Kept& each : kept) {
            const auto never = [](Transaction&) -> Answer {
                ADD_FAILURE() << "a command ran again";
                return std::string();
            };
            // Whoever wrote these ledgers sent bodies that can be told from the key.
            const std::string body = "body of " + each.key;
            const Answer again = store::write_once(*store, {each.person, each.key, body}, never);
            EXPECT_TRUE(same(again, each.answer)) << each.key << ": " << spelt(again);
            const Answer other = store::write_once(*store, {each.person, each.key, "x"}, never);
            ASSERT_FALSE(other.ok());
            EXPECT_EQ(other.refusal().facts.at(0).second, hexadecimal(each.body_sha256));
        }
        auto snapshot = store->snapshot();
        for (const auto& fault : audit::verify(snapshot.db()).faults) ADD_FAILURE() << fault.what;
        EXPECT_GT(journal::last_entry(snapshot.db()).value, 10);
    }
    EXPECT_GE(ledgers, 1);
}

}  // namespace
}  // namespace deodat
