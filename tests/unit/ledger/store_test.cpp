// Goal: what was answered is on the disk, what was refused left nothing, one process writes.
// Method: a real directory, threads, and a look at the files.
#include "ledger/store/store.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "tests/support/ledger_fixture.h"

namespace deodat::store {
namespace {

class StoreTest : public testing_support::LedgerTest {
  protected:
    Result<std::int64_t> add_person(const std::string& name) {
        return store().write([&](Transaction& tx) -> Result<std::int64_t> {
            return tx.db().insert("INSERT INTO person (name, added_on) VALUES (?, ?)", name,
                                  tx.today());
        });
    }
    std::int64_t people() {
        auto snapshot = store().snapshot();
        auto rows = snapshot.db().select("SELECT count(*) FROM person");
        rows.next();
        return rows.integer(0);
    }
};

TEST_F(StoreTest, IsDurableAsReadBack) {
    const auto settings = store().write([](Transaction& tx) -> Result<std::string> {
        std::string out;
        for (const char* pragma :
             {"PRAGMA journal_mode", "PRAGMA synchronous", "PRAGMA foreign_keys"}) {
            auto rows = tx.db().select(pragma);
            rows.next();
            out += rows.text(0) + " ";
        }
        return out;
    });
    EXPECT_EQ(*settings, "wal 2 1 ");
}

TEST_F(StoreTest, ARefusedOrFailedCommandLeavesNothing) {
    const auto refused = store().write([](Transaction& tx) -> Result<Done> {
        tx.db().run("INSERT INTO person (name, added_on) VALUES ('x', '2026-01-01')");
        return Refusal{Code::state_forbids, "", "non"};
    });
    EXPECT_FALSE(refused.ok());
    EXPECT_THROW((void)store().write([](Transaction& tx) -> Result<Done> {
        tx.db().run("INSERT INTO person (name, added_on) VALUES ('x', '2026-01-01')");
        tx.db().run("INSERT INTO nowhere VALUES (1)");
        return Done{};
    }),
                 EnvironmentFailure);
    EXPECT_EQ(people(), 0);
    EXPECT_TRUE(add_person("Camille").ok());
    EXPECT_EQ(people(), 1);
}

TEST_F(StoreTest, AStatementThatFailsOnceFailsAgainAndHarmsNothing) {
    for (int i = 0; i < 2; ++i) {
        EXPECT_THROW((void)store().write([](Transaction& tx) -> Result<Done> {
            tx.db().run("DELETE FROM nowhere");
            return Done{};
        }),
                     EnvironmentFailure);
    }
    EXPECT_TRUE(add_person("Camille").ok());
}

TEST_F(StoreTest, ABrokenInvariantStopsTheWritingAndNotTheReading) {
    ASSERT_TRUE(add_person("Camille").ok());
    const auto breaks = [](Transaction& tx) -> Result<Done> {
        tx.db().run("INSERT INTO person (name, added_on) VALUES ('x', '2026-01-01')");
        DEODAT_ASSERT(1 + 1 == 3, "arithmetic");
        return Done{};
    };
    EXPECT_THROW((void)store().write(breaks), BrokenInvariant);
    EXPECT_THROW((void)add_person("Dominique"), BrokenInvariant);
    EXPECT_EQ(people(), 1);
}

TEST_F(StoreTest, ManyThreadsEachGetTheirAnswer) {
    constexpr int threads = 8;
    constexpr int each = 50;
    std::atomic<int> answered = 0;
    std::vector<std::thread> crowd;
    for (int t = 0; t < threads; ++t) {
        crowd.emplace_back([&] {
            for (int i = 0; i < each; ++i) answered += add_person("P").ok() ? 1 : 0;
        });
    }
    for (std::thread& thread : crowd) thread.join();
    EXPECT_EQ(answered, threads * each);
    EXPECT_EQ(people(), threads * each);
    reopen();
    EXPECT_EQ(people(), threads * each);
}

TEST_F(StoreTest, WhoSharesACommitWithARefusedCommandIsKept) {
    constexpr int threads = 8;
    constexpr int each = 60;
    std::atomic<int> kept = 0;
    std::atomic<int> failed = 0;
    std::vector<std::thread> crowd;
    for (int t = 0; t < threads; ++t) {
        crowd.emplace_back([&] {
            for (int i = 0; i < each; ++i) {
                const auto answer = store().write([&](Transaction& tx) -> Result<Done> {
                    tx.db().run("INSERT INTO person (name, added_on) VALUES ('P', '2026-01-01')");
                    if (i % 3 == 1) return Refusal{Code::state_forbids, "", "non"};
                    return Done{};
                });
                kept += answer.ok() ? 1 : 0;
                try {
                    (void)store().write([&](Transaction& tx) -> Result<Done> {
                        tx.db().run("INSERT INTO nowhere VALUES (1)");
                        return Done{};
                    });
                } catch (const EnvironmentFailure&) {
                    ++failed;
                }
            }
        });
    }
    for (std::thread& thread : crowd) thread.join();
    EXPECT_EQ(kept, threads * each * 2 / 3);
    EXPECT_EQ(failed, threads * each);
    EXPECT_EQ(people(), threads * each * 2 / 3);
}

TEST_F(StoreTest, ACommandThatWaitsForAnotherIsFoundOut) {
    EXPECT_THROW((void)store().write([&](Transaction&) -> Result<Done> {
        (void)add_person("Camille");
        return Done{};
    }),
                 BrokenInvariant);
    EXPECT_EQ(people(), 0);
}

TEST_F(StoreTest, WhatACommandRemembersGoesWithWhatItWrote) {
    struct Known {
        std::int64_t person = 0;
    };
    const auto remember = [&](bool keep) {
        return store().write([&](Transaction& tx) -> Result<std::int64_t> {
            const std::int64_t known = tx.memory().of<Known>().person;
            tx.memory().of<Known>().person =
                tx.db().insert("INSERT INTO person (name, added_on) VALUES ('P', '2026-01-01')");
            if (!keep) return Refusal{Code::state_forbids, "", "non"};
            return known;
        });
    };
    EXPECT_FALSE(remember(false).ok());
    EXPECT_EQ(*remember(true), 0);
    EXPECT_EQ(*remember(true), 1);
    EXPECT_FALSE(remember(false).ok());
    EXPECT_EQ(*remember(true), 0);
}

TEST_F(StoreTest, ASnapshotDoesNotSeeLaterCommits) {
    auto snapshot = store().snapshot();
    ASSERT_TRUE(add_person("Camille").ok());
    auto rows = snapshot.db().select("SELECT count(*) FROM person");
    rows.next();
    EXPECT_EQ(rows.integer(0), 0);
    EXPECT_THROW(snapshot.db().run("DELETE FROM person"), EnvironmentFailure);
}

TEST_F(StoreTest, ASecondWriterIsRefusedByNameAndReadersAreNot) {
    SeededRandom random(2);
    const auto second = Store::open(directory(), Store::Access::write, clock(), random);
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.refusal().code, Code::data_directory_locked);
    EXPECT_NE(second.refusal().message.find(std::to_string(::getpid())), std::string::npos);
    EXPECT_TRUE(Store::open(directory(), Store::Access::read, clock(), random).ok());
}

TEST_F(StoreTest, RefusesADirectoryThatIsNotItsOwn) {
    SeededRandom random(2);
    EXPECT_EQ(Store::create(directory(), clock(), random).refusal().code,
              Code::data_directory_exists);
    EXPECT_EQ(
        Store::open(directory() + "/nowhere", Store::Access::read, clock(), random).refusal().code,
        Code::data_directory_missing);
}

TEST_F(StoreTest, RefusesDataOfANewerProgram) {
    ASSERT_TRUE(store()
                    .write([](Transaction& tx) -> Result<Done> {
                        tx.db().run("INSERT INTO schema_migration VALUES (999, 'future', 0)");
                        return Done{};
                    })
                    .ok());
    EXPECT_THROW(reopen(), EnvironmentFailure);
}

}  // namespace
}  // namespace deodat::store
