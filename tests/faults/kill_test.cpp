// Goal (guarantee 3): an entry that was acknowledged survives the death of the process. Method: a
// child posts from several threads and says each entry once it is acknowledged; it is killed (-9)
// at an instant of chance; the ledger is opened again and set against what was said. Synced for
// real, on the directory of temporary files. What the slowest opening took is shown: two seconds
// are the most it should.
#include <gtest/gtest.h>
#include <poll.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <random>
#include <thread>

#include "tests/faults/witness.h"
#include "tests/support/seed.h"

namespace deodat::faults {
namespace {

using store::Store;
using Clock = std::chrono::steady_clock;

constexpr std::size_t clients = 4;

// Posts until it is killed.
template <class Say>
void post_for_ever(const std::string& directory, int round, const Say& say) {
    OpenLedger ledger(directory, Store::Access::write);
    std::vector<std::thread> crowd;
    for (std::size_t c = 0; c < clients; ++c) {
        crowd.emplace_back([&, c] {
            for (int i = 0;; ++i) {
                const std::string piece =
                    std::to_string(round) + "/" + std::to_string(c) + "/" + std::to_string(i);
                post(*ledger, piece);
                say(piece);
            }
        });
    }
    for (std::thread& client : crowd) client.join();
}

// Listens until that instant, then kills.
void kill_at(Child& child, Clock::time_point when) {
    while (true) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(when - Clock::now()).count();
        pollfd from_child{child.pipe(), POLLIN, 0};
        if (left <= 0 || ::poll(&from_child, 1, static_cast<int>(left)) < 0) break;
        char buffer[4096];
        if ((from_child.revents & POLLIN) == 0) continue;
        const ssize_t got = ::read(child.pipe(), buffer, sizeof buffer);
        if (got <= 0) break;
        child.hear(buffer, static_cast<std::size_t>(got));
    }
    ::kill(child.pid(), SIGKILL);
}

TEST(G03_Kill, EveryAcknowledgedEntryIsThereExactlyOnce) {
    const int rounds = 200 * testing_support::times_in_long_run(5);
    std::mt19937_64 random(testing_support::seed_of_this_run());
    const testing_support::TestDirectory directory;
    // A new ledger now and then: all of it is proven in each round.
    constexpr int rounds_each = 20;
    std::string data;
    std::vector<std::string> acknowledged;
    std::size_t unacknowledged = 0;  // of all rounds of this ledger
    std::size_t acknowledged_in_all = 0;
    std::chrono::milliseconds slowest{0};
    for (int round = 0; round < rounds; ++round) {
        if (round % rounds_each == 0) {
            data = directory / ("data-" + std::to_string(round));
            create_ledger(data);
            acknowledged.clear();
            unacknowledged = 0;
        }
        Child child([&](const auto& say) { post_for_ever(data, round, say); });
        kill_at(child, Clock::now() + std::chrono::milliseconds(random() % 200));
        const int status = child.end();
        ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << status;
        for (const std::string& piece : child.lines()) acknowledged.push_back(piece);
        acknowledged_in_all += child.lines().size();

        // Every other time a reader comes first, and the next writer finds the log as it was left.
        const auto access = round % 2 == 0 ? Store::Access::write : Store::Access::read;
        const auto begin = Clock::now();
        OpenLedger ledger(data, access);
        { auto snapshot = ledger->snapshot(); }
        slowest = std::max(
            slowest, std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin));
        const Testimony heard = hear(*ledger);
        const Comparison compared = compare(heard, acknowledged);
        ASSERT_EQ(compared.lost, 0U) << "round " << round;
        ASSERT_LE(compared.unacknowledged, unacknowledged + clients) << "round " << round;
        ASSERT_TRUE(heard.faults.empty()) << "round " << round << ": " << heard.faults.at(0);
        unacknowledged = compared.unacknowledged;
    }
    std::cout << acknowledged_in_all << " acknowledged, slowest opening " << slowest.count()
              << " ms\n";
    EXPECT_GT(acknowledged_in_all, static_cast<std::size_t>(rounds));
}

// The pragmas are asked of the connection that writes, not of the code that sets them.
TEST(G03_Durability, IsReadBackFromTheWriter) {
    const testing_support::TestDirectory directory;
    create_ledger(directory / "data");
    for (int opening = 0; opening < 2; ++opening) {
        OpenLedger ledger(directory / "data", Store::Access::write);
        const auto settings = ledger->write([](store::Transaction& tx) -> Result<std::string> {
            std::string said;
            for (const char* pragma : {"PRAGMA journal_mode", "PRAGMA synchronous"}) {
                auto rows = tx.db().select(pragma);
                rows.next();
                said += rows.text(0) + " ";
            }
            return said;
        });
        EXPECT_EQ(*settings, "wal 2 ");
    }
}

}  // namespace
}  // namespace deodat::faults
