// Goal (guarantee 4): what was acknowledged survives a power cut, whatever the disk had not yet
// synced: lost, torn or written in another order; and a second cut while the ledger recovers.
// Method: the power is cut at the first, the second, the third … change of the disk, until the
// scenario ends by itself. Two controls must lose entries, or the harness has no teeth.
#include <gtest/gtest.h>

#include <functional>

#include "tests/faults/fault_vfs.h"
#include "tests/faults/witness.h"
#include "tests/support/seed.h"

namespace deodat::faults {
namespace {

namespace fs = std::filesystem;
using store::Store;
using Say = std::function<void(const std::string&)>;

constexpr int entries_each = 12;

// Opens, posts, closes, as a service of a short life does.
void through_the_store(const std::string& directory, const std::string& prefix, const Say& say) {
    OpenLedger ledger(directory, Store::Access::write);
    checkpoint_often(*ledger);
    for (int i = 0; i < entries_each; ++i) {
        const std::string piece = prefix + std::to_string(i);
        post(*ledger, piece);
        say(piece);
    }
}

// The same entries by a program that did not ask for synchronous=FULL.
void with_normal_synchronous(const std::string& directory, const std::string& prefix,
                             const Say& say) {
    store::Database db(directory + "/deodat.db", store::Database::Mode::write);
    db.script("PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=8");
    SeededRandom random(1);
    store::Memory memory;
    for (int i = 0; i < entries_each; ++i) {
        const std::string piece = prefix + std::to_string(i);
        db.script("BEGIN IMMEDIATE");
        store::Transaction tx(db, instant_in_paris(Day::of(2026, 3, 20), 10), random, memory);
        if (!journal::post(tx, draft(piece))) throw EnvironmentFailure("refused");
        db.script("COMMIT");
        say(piece);
    }
}

using Scenario = decltype(&through_the_store);

struct Tally {
    int cut_points = 0;
    int cuts = 0;
    int second_cuts = 0;
    std::size_t acknowledged = 0;
    std::size_t lost = 0;
    int too_many = 0;  // more than one entry that was not acknowledged, for a client cut off
    int unproven = 0;  // the chain, a sum, a balance or the file's structure is broken
    int unusable = 0;  // cannot be opened, read or written any more
};

std::ostream& operator<<(std::ostream& out, const Tally& tally) {
    return out << tally.cut_points << " cut points, " << tally.cuts << " cuts, "
               << tally.second_cuts << " second cuts, " << tally.acknowledged << " acknowledged, "
               << tally.lost << " lost, " << tally.too_many << " with too many, " << tally.unproven
               << " unproven, " << tally.unusable << " unusable";
}

class PowerCut {
  public:
    PowerCut(Scenario scenario, bool disk_lies) : scenario_(scenario), disk_lies_(disk_lies) {
        create_ledger(whole());
    }

    // Cuts at every point with so many seeds; the last seed of each point is cut a second time.
    Tally everywhere(std::uint64_t seed, int seeds_each) {
        std::mt19937_64 random(seed);
        for (int at = 1;; ++at) {
            for (int i = 0; i < seeds_each; ++i) {
                fs::remove_all(spoilt());
                fs::copy(whole(), spoilt());
                std::vector<std::string> acknowledged;
                if (!cut(at, "first-", random(), acknowledged)) return tally_;
                ++tally_.cuts;
                std::size_t clients = 1;
                if (i + 1 == seeds_each) {
                    ++clients;
                    const int second = 1 + static_cast<int>(random() % 10);
                    if (cut(second, "second-", random(), acknowledged)) ++tally_.second_cuts;
                }
                judge(acknowledged, clients);
            }
            ++tally_.cut_points;
        }
    }

  private:
    std::string whole() const { return directory_ / "whole"; }
    std::string spoilt() const { return directory_ / "spoilt"; }

    // Whether the power was cut before the scenario's end.
    bool cut(int at, const std::string& prefix, std::uint64_t seed,
             std::vector<std::string>& acknowledged) {
        Child child([&](const Say& say) {
            FaultyDisk disk(seed);
            if (disk_lies_) disk.lie_about_sync();
            disk.arm({Trouble::Kind::power_cut, at});
            scenario_(spoilt(), prefix, say);
        });
        const int status = child.end();
        for (const std::string& piece : child.lines()) acknowledged.push_back(piece);
        if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return false;
        // A ledger that the first cut left unusable may stop the second scenario.
        EXPECT_TRUE(WIFEXITED(status) && (WEXITSTATUS(status) == power_cut_exit || disk_lies_))
            << status;
        forget_memory(spoilt());
        return true;
    }

    void judge(const std::vector<std::string>& acknowledged, std::size_t clients) {
        tally_.acknowledged += acknowledged.size();
        try {
            const FaultyDisk sound(0);  // its xSync costs nothing
            OpenLedger ledger(spoilt(), Store::Access::write);
            const Testimony heard = hear(*ledger);
            const Comparison compared = compare(heard, acknowledged);
            tally_.lost += compared.lost;
            if (compared.unacknowledged > clients) ++tally_.too_many;
            if (!heard.faults.empty()) ++tally_.unproven;
            post(*ledger, "after");
        } catch (const std::exception&) {
            ++tally_.unusable;
            tally_.lost += acknowledged.size();
        }
    }

    Scenario scenario_;
    bool disk_lies_;
    testing_support::TestDirectory directory_{played_disk()};
    Tally tally_;
};

int seeds_each() {
    return 3 * testing_support::times_in_long_run(5);
}

TEST(G04_PowerCut, LosesNothingAcknowledgedWhereverItStrikes) {
    const Tally tally = PowerCut(&through_the_store, false)
                            .everywhere(testing_support::seed_of_this_run(), seeds_each());
    std::cout << tally << "\n";
    EXPECT_EQ(tally.lost, 0U);
    EXPECT_EQ(tally.too_many, 0);
    EXPECT_EQ(tally.unproven, 0);
    EXPECT_EQ(tally.unusable, 0);
    // The cuts reached commits, checkpoints and the closing; the second ones reached recovery.
    EXPECT_GT(tally.cut_points, 60);
    EXPECT_GT(tally.second_cuts, 30);
    EXPECT_GT(tally.acknowledged, 200U);
}

TEST(G04_PowerCut, ControlNormalSynchronousLosesAcknowledgedEntries) {
    const Tally tally = PowerCut(&with_normal_synchronous, false)
                            .everywhere(testing_support::seed_of_this_run(), 2);
    std::cout << tally << "\n";
    EXPECT_GT(tally.lost, 0U) << "the harness does not find what synchronous=NORMAL loses";
}

TEST(G04_PowerCut, ControlADiskThatLiesAboutSyncLosesOrCorrupts) {
    const Tally tally =
        PowerCut(&through_the_store, true).everywhere(testing_support::seed_of_this_run(), 2);
    std::cout << tally << "\n";
    EXPECT_GT(tally.lost, 0U);
    EXPECT_GT(tally.unproven + tally.unusable, 0)
        << "the harness does not find what a lying disk breaks";
}

// A directory whose creation was cut off becomes an empty ledger when it is opened, or may be
// created again once emptied: it never looks like a ledger with something missing.
TEST(G04_PowerCut, ADirectoryCutOffInItsCreationOpensEmpty) {
    std::mt19937_64 random(testing_support::seed_of_this_run());
    const testing_support::TestDirectory directory(played_disk());
    const std::string data = directory / "data";
    int opened = 0;
    for (int at = 1;; ++at) {
        fs::remove_all(data);
        Child child([&](const Say&) {
            FaultyDisk disk(random());
            disk.arm({Trouble::Kind::power_cut, at});
            create_ledger(data);
        });
        const int status = child.end();
        if (WIFEXITED(status) && WEXITSTATUS(status) == 0) break;
        forget_memory(data);
        if (!fs::exists(data + "/deodat.db")) continue;
        const FaultyDisk sound(0);
        OpenLedger ledger(data, Store::Access::write);
        post(*ledger, "after");
        const Testimony heard = hear(*ledger);
        EXPECT_EQ(heard.pieces, std::vector<std::string>{"after"}) << at;
        EXPECT_TRUE(heard.faults.empty()) << at << ": " << heard.faults.at(0);
        ++opened;
    }
    EXPECT_GT(opened, 10);
}

}  // namespace
}  // namespace deodat::faults
