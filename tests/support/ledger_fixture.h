// A ledger in a directory of its own, with a clock and chance that stand still, removed at the end.
#pragma once
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>

#include "ledger/store/store.h"

namespace deodat::testing_support {

class LedgerTest : public ::testing::Test {
  protected:
    void SetUp() override { reopen_empty(); }
    void TearDown() override {
        store_.reset();
        std::filesystem::remove_all(directory_);
    }

    store::Store& store() { return *store_; }
    const std::string& directory() const { return directory_; }
    SetClock& clock() { return clock_; }

    // Closes what is open and starts again from nothing.
    void reopen_empty() {
        store_.reset();
        std::filesystem::remove_all(directory_);
        ASSERT_TRUE(store::Store::create(directory_, clock_, random_).ok());
        reopen();
    }
    // Leaves the directory to another process.
    void close() { store_.reset(); }
    void reopen() {
        close();
        auto opened = store::Store::open(directory_, store::Store::Access::write, clock_, random_);
        ASSERT_TRUE(opened.ok());
        store_ = std::move(*opened);
    }
    // Changes the database behind the ledger's back: other connection, triggers dropped.
    void tamper_with(const std::string& sql) {
        store_.reset();
        sqlite3* db = nullptr;
        ASSERT_EQ(sqlite3_open((directory_ + "/deodat.db").c_str(), &db), SQLITE_OK);
        for (const char* trigger :
             {"entry_kept_update", "entry_kept_delete", "posting_kept_update",
              "posting_kept_delete", "posting_before_entry", "entry_balanced",
              "approver_is_another", "payer_is_another", "approver_did_not_confirm",
              "payer_did_not_confirm", "account_is_confirmed"}) {
            sqlite3_exec(db, ("DROP TRIGGER " + std::string(trigger)).c_str(), nullptr, nullptr,
                         nullptr);
        }
        char* error = nullptr;
        EXPECT_EQ(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, &error), SQLITE_OK)
            << sql << ": " << (error != nullptr ? error : "");
        EXPECT_GT(sqlite3_changes(db), 0) << sql;
        sqlite3_close(db);
        reopen();
    }

  private:
    std::string directory_ =
        (std::filesystem::temp_directory_path() / ("deodat-test-" + std::to_string(::getpid())))
            .string();
    SetClock clock_{instant_in_paris(Day::of(2026, 3, 20), 10)};
    SeededRandom random_{1};
    std::unique_ptr<store::Store> store_;
};

}  // namespace deodat::testing_support
