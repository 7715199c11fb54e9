// Goal (guarantee 5): when the disk is full or fails, the command is answered with the
// environment's failure, nothing of it is recorded, reading goes on, and once the disk works again
// the next command succeeds in the same opened store. Method: the disk fails at its first, second,
// third … operation, once or from there on, until the scenario ends without meeting it.
#include <gtest/gtest.h>

#include <thread>

#include "tests/faults/fault_vfs.h"
#include "tests/faults/witness.h"
#include "tests/support/seed.h"

namespace deodat::faults {
namespace {

using store::Store;

struct Failing {
    const char* name;
    Trouble::Kind kind;
    bool stays;
    Trouble::Counted counted;
};

void PrintTo(const Failing& failing, std::ostream* out) {
    *out << failing.name;
}

class G05_FullDisk : public ::testing::TestWithParam<Failing> {
  protected:
    void SetUp() override { create_ledger(data_); }
    Trouble trouble(int at) const {
        return {GetParam().kind, at, GetParam().stays, GetParam().counted};
    }
    const std::string& data() const { return data_; }
    FaultyDisk& disk() { return disk_; }

  private:
    testing_support::TestDirectory directory_{played_disk()};
    std::string data_ = directory_ / "data";
    FaultyDisk disk_{0};
};

// Whether the post was acknowledged; the only other answer is the environment's failure.
bool posted(Store& store, const std::string& piece) {
    try {
        post(store, piece);
        return true;
    } catch (const EnvironmentFailure& failure) {
        EXPECT_NE(std::string(failure.what()).find("SQLite"), std::string::npos) << failure.what();
        EXPECT_EQ(std::string(failure.what()).find("no such savepoint"), std::string::npos)
            << "the cause is hidden by what followed";
        return false;
    }
}

TEST_P(G05_FullDisk, RecordsNothingKeepsReadingAndRecovers) {
    constexpr int entries_each = 6;
    int failures = 0;
    int points = 0;
    std::vector<std::string> acknowledged;
    OpenLedger ledger(data(), Store::Access::write);
    checkpoint_often(*ledger);
    for (bool struck = true; struck;) {
        disk().arm(trouble(++points));
        for (int i = 0; i < entries_each; ++i) {
            const std::string piece = std::to_string(points) + "-" + std::to_string(i);
            const bool was_posted = posted(*ledger, piece);
            if (was_posted) acknowledged.push_back(piece);
            if (was_posted) continue;
            ++failures;
            // Readers, while the disk still fails: a failing read is theirs too.
            if (GetParam().counted == Trouble::Counted::reads) continue;
            auto snapshot = ledger->snapshot();
            const Money cash = journal::balance(snapshot.db(), journal::Role::cash, {});
            EXPECT_EQ(cash.cents(), 100 * static_cast<std::int64_t>(acknowledged.size())) << piece;
        }
        struck = disk().struck();
        disk().disarm();
        const std::string after = std::to_string(points) + "-after";
        ASSERT_TRUE(posted(*ledger, after)) << "not recovered from operation " << points;
        acknowledged.push_back(after);
        const Testimony heard = hear(*ledger);
        ASSERT_EQ(heard.pieces, acknowledged) << points;
        ASSERT_TRUE(heard.faults.empty()) << points << ": " << heard.faults.at(0);
    }
    std::cout << points << " points, " << failures << " failures\n";
    EXPECT_GT(failures, 0);
    if (GetParam().counted == Trouble::Counted::changes) {
        EXPECT_GT(points, 20);
    }
}

// Commands that were committed together fail together: nobody is told otherwise.
TEST_P(G05_FullDisk, ACrowdIsToldTheTruth) {
    constexpr int clients = 6;
    for (int at = 1; at < 40; at += 5 / testing_support::times_in_long_run(5)) {
        OpenLedger ledger(data(), Store::Access::write);
        checkpoint_often(*ledger);
        const std::size_t before = hear(*ledger).pieces.size();
        disk().arm(trouble(at));
        std::vector<std::vector<std::string>> told(clients);
        std::vector<std::thread> crowd;
        for (std::size_t c = 0; c < clients; ++c) {
            crowd.emplace_back([&, c] {
                for (int i = 0; i < 4; ++i) {
                    const std::string piece =
                        std::to_string(at) + "/" + std::to_string(c) + "/" + std::to_string(i);
                    if (posted(*ledger, piece)) told[c].push_back(piece);
                }
            });
        }
        for (std::thread& client : crowd) client.join();
        disk().disarm();
        std::vector<std::string> acknowledged;
        for (const auto& one : told)
            acknowledged.insert(acknowledged.end(), one.begin(), one.end());
        const Testimony heard = hear(*ledger);
        EXPECT_EQ(compare(heard, acknowledged).lost, 0U) << at;
        EXPECT_EQ(heard.pieces.size(), before + acknowledged.size()) << at;
        EXPECT_TRUE(heard.faults.empty()) << at << ": " << heard.faults.at(0);
    }
}

// Opening writes nothing that it cannot do without: only a disk that cannot be read prevents it.
TEST_P(G05_FullDisk, OpensUnlessItCannotReadAndThenOpens) {
    {
        OpenLedger ledger(data(), Store::Access::write);
        post(*ledger, "kept");
    }
    int failures = 0;
    bool struck = true;
    for (int at = 1; struck && at < 200; ++at) {
        disk().arm(trouble(at));
        try {
            OpenLedger ledger(data(), Store::Access::write);
        } catch (const EnvironmentFailure&) {
            ++failures;
        }
        struck = disk().struck();
        disk().disarm();
        OpenLedger ledger(data(), Store::Access::write);
        const Testimony heard = hear(*ledger);
        ASSERT_EQ(heard.pieces, std::vector<std::string>{"kept"}) << at;
        ASSERT_TRUE(heard.faults.empty()) << at;
    }
    std::cout << failures << " failures\n";
    EXPECT_FALSE(struck);
    EXPECT_EQ(failures > 0, GetParam().counted == Trouble::Counted::reads);
}

INSTANTIATE_TEST_SUITE_P(
    , G05_FullDisk,
    ::testing::Values(
        Failing{"FullOnce", Trouble::Kind::disk_full, false, Trouble::Counted::changes},
        Failing{"FullForAWhile", Trouble::Kind::disk_full, true, Trouble::Counted::changes},
        Failing{"WriteErrorOnce", Trouble::Kind::io_error, false, Trouble::Counted::changes},
        Failing{"WriteErrorForAWhile", Trouble::Kind::io_error, true, Trouble::Counted::changes},
        Failing{"ReadErrorOnce", Trouble::Kind::io_error, false, Trouble::Counted::reads},
        Failing{"ReadErrorForAWhile", Trouble::Kind::io_error, true, Trouble::Counted::reads}),
    [](const auto& parameter) { return std::string(parameter.param.name); });

// SQLite's own limit instead of the played disk: the file may not grow.
TEST(G05_PageLimit, IsAFullDiskToo) {
    const testing_support::TestDirectory directory;
    create_ledger(directory / "data");
    OpenLedger ledger(directory / "data", Store::Access::write);
    const auto limit = [&](const std::string& pages) {
        const auto set = ledger->write([&](store::Transaction& tx) -> Result<Done> {
            tx.db().script("PRAGMA max_page_count=" + pages);
            return Done{};
        });
        ASSERT_TRUE(set.ok());
    };
    limit("1");  // SQLite takes the present size instead: not one page more
    std::vector<std::string> acknowledged;
    std::string full;
    for (int i = 0; i < 10'000 && full.empty(); ++i) {
        try {
            post(*ledger, std::to_string(i));
            acknowledged.push_back(std::to_string(i));
        } catch (const EnvironmentFailure& failure) {
            full = failure.what();
        }
    }
    EXPECT_NE(full.find("database or disk is full (13)"), std::string::npos) << full;
    EXPECT_GT(acknowledged.size(), 10U);
    EXPECT_EQ(hear(*ledger).pieces, acknowledged);
    limit("100000");
    post(*ledger, "after");
    acknowledged.push_back("after");
    const Testimony heard = hear(*ledger);
    EXPECT_EQ(heard.pieces, acknowledged);
    EXPECT_TRUE(heard.faults.empty()) << heard.faults.at(0);
}

}  // namespace
}  // namespace deodat::faults
