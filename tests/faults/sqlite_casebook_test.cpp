// Goal: what others met with SQLite in production does not happen here. Each test bears the id of
// its case; tests/data/casebook.txt says where the others are, or why not yet.
#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <optional>
#include <thread>

#include "tests/faults/witness.h"

namespace deodat::faults {
namespace {

using store::Store;

class SqliteCasebook : public ::testing::Test {
  protected:
    void SetUp() override {
        create_ledger(data());
        ledger_.emplace(data(), Store::Access::write);
    }
    std::string data() const { return directory_ / "data"; }
    Store& store() { return **ledger_; }
    void close() { ledger_.reset(); }

  private:
    testing_support::TestDirectory directory_;
    std::optional<OpenLedger> ledger_;
};

// Read, decide, write, from several threads, beside readers: never "database is locked".
TEST_F(SqliteCasebook, SQL_01_ReadThenWriteMeetsNoLock) {
    constexpr int clients = 4;
    constexpr int each = 40;
    std::atomic<bool> reading = true;
    std::thread reader([&] {
        while (reading) {
            auto snapshot = store().snapshot();
            (void)journal::last_entry(snapshot.db());
        }
    });
    std::vector<std::thread> crowd;
    std::atomic<int> failures = 0;
    for (int c = 0; c < clients; ++c) {
        crowd.emplace_back([&] {
            for (int i = 0; i < each; ++i) {
                try {
                    const auto posted = store().write([&](store::Transaction& tx) {
                        const Money cash = journal::balance(tx.db(), journal::Role::cash, {});
                        return journal::post(tx, draft(std::to_string(cash.cents())));
                    });
                    if (!posted) ++failures;
                } catch (const EnvironmentFailure&) {
                    ++failures;
                }
            }
        });
    }
    for (std::thread& client : crowd) client.join();
    reading = false;
    reader.join();
    EXPECT_EQ(failures, 0);
    // Each read the balance that the one before had left.
    const Testimony heard = hear(store());
    ASSERT_EQ(heard.pieces.size(), std::size_t{clients} * each);
    for (std::size_t i = 0; i < heard.pieces.size(); ++i) {
        EXPECT_EQ(heard.pieces[i], std::to_string(100 * i));
    }
}

TEST_F(SqliteCasebook, SQL_03_ParallelDebitsAddUp) {
    std::vector<std::thread> crowd;
    for (int c = 0; c < 20; ++c) {
        crowd.emplace_back([&, c] {
            for (int i = 0; i < 10; ++i) {
                const auto posted = store().write([&](store::Transaction& tx) {
                    journal::EntryDraft entry = draft(std::to_string(c * 10 + i));
                    entry.legs = journal::events::fund_paid_in(Money::cents(-100));
                    return journal::post(tx, entry);
                });
                EXPECT_TRUE(posted.ok());
            }
        });
    }
    for (std::thread& client : crowd) client.join();
    const Testimony heard = hear(store());
    EXPECT_EQ(heard.cash.cents(), -20'000);
    EXPECT_TRUE(heard.faults.empty());
}

// A statement left in the middle of its rows by an exception holds back no checkpoint.
TEST_F(SqliteCasebook, SQL_05_AnExceptionAmongRowsStarvesNoCheckpoint) {
    for (int i = 0; i < 10; ++i) post(store(), std::to_string(i));
    auto snapshot = std::make_unique<store::Snapshot>(store().snapshot());
    for (int i = 0; i < 1'000; ++i) {
        const auto interrupted = [&](store::Database& db) {
            auto rows = db.select("SELECT number FROM entry ORDER BY number");
            rows.next();
            throw std::runtime_error("in the middle");
        };
        EXPECT_THROW(interrupted(snapshot->db()), std::runtime_error);
        EXPECT_THROW((void)store().write([&](store::Transaction& tx) -> Result<Done> {
            interrupted(tx.db());
            return Done{};
        }),
                     std::runtime_error);
    }
    snapshot.reset();
    post(store(), "after");
    store::Database other(data() + "/deodat.db", store::Database::Mode::write);
    auto checkpoint = other.select("PRAGMA wal_checkpoint(TRUNCATE)");
    ASSERT_TRUE(checkpoint.next());
    EXPECT_EQ(checkpoint.integer(0), 0) << "busy";
    EXPECT_EQ(checkpoint.integer(1), 0) << "pages left in the log";
}

// Start-up does not read every page; the nightly backup does, and refuses. A posting's index is
// what no entry's hash covers.
TEST_F(SqliteCasebook, SQL_10_ADamagedPageIsFoundByTheBackup) {
    for (int i = 0; i < 50; ++i) post(store(), std::to_string(i));
    close();
    const std::string path = data() + "/deodat.db";
    std::int64_t page = 0;
    {
        store::Database db(path, store::Database::Mode::read);
        auto rows =
            db.select("SELECT rootpage FROM sqlite_schema WHERE name = 'posting_by_account'");
        ASSERT_TRUE(rows.next());
        page = rows.integer(0);
    }
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    constexpr int page_bytes = 4'096;
    file.seekp(page * page_bytes - 3);  // within the last key of the index
    file.put('\x5a');
    file.close();
    OpenLedger ledger(data(), Store::Access::read);
    const std::string copy = data() + "-copy";
    const auto refused =
        store::back_up(*ledger, copy, &audit::prove, instant_in_paris(Day::of(2026, 3, 20), 10));
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.refusal().code, Code::backup_unproven);
    EXPECT_FALSE(std::filesystem::exists(copy));
}

// Every table is STRICT, so no column's affinity changes what is stored.
TEST_F(SqliteCasebook, SQL_14_TextStaysText) {
    auto snapshot = store().snapshot();
    int tables = 0;
    auto rows = snapshot.db().select(
        "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        " AND name NOT LIKE 'sqlite_%'");
    while (rows.next()) {
        EXPECT_EQ(rows.integer(1), 1) << rows.text(0) << " is not STRICT";
        ++tables;
    }
    EXPECT_GT(tables, 20);
    const std::vector<std::string> texts = {"01000", "00099900300015", "1e3", "0x10"};
    for (const std::string& text : texts) post(store(), text);
    auto after = store().snapshot();
    auto kept = after.db().select("SELECT piece, typeof(piece) FROM entry ORDER BY number");
    for (const std::string& text : texts) {
        ASSERT_TRUE(kept.next());
        EXPECT_EQ(kept.text(0), text);
        EXPECT_EQ(kept.text(1), "text");
    }
}

// One that fails takes none of its neighbours with it, and leaves nothing of itself.
TEST_F(SqliteCasebook, CON_09_AFailedCommandLeavesItsNeighboursWhole) {
    std::vector<std::thread> crowd;
    for (int c = 0; c < 15; ++c) {
        crowd.emplace_back([&, c] {
            const auto command = [&](store::Transaction& tx) -> Result<journal::EntryDraft> {
                const auto posted = journal::post(tx, draft(std::to_string(c)));
                if (!posted) return posted.refusal();
                if (c % 3 == 0) return Refusal{Code::state_forbids, "", "non"};
                if (c % 3 == 1) tx.db().run("INSERT INTO nowhere VALUES (1)");
                return draft("");
            };
            if (c % 3 == 1) {
                EXPECT_THROW((void)store().write(command), EnvironmentFailure);
            } else {
                EXPECT_EQ(store().write(command).ok(), c % 3 == 2);
            }
        });
    }
    for (std::thread& client : crowd) client.join();
    const Testimony heard = hear(store());
    EXPECT_EQ(std::set<std::string>(heard.pieces.begin(), heard.pieces.end()),
              (std::set<std::string>{"2", "5", "8", "11", "14"}));
    EXPECT_TRUE(heard.faults.empty());
}

}  // namespace
}  // namespace deodat::faults
