// Goal (guarantee 19): a backup taken while entries are posted restores to a ledger that proves and
// equals the journal at its entry number; one changed byte is refused; what was interrupted never
// counts. Method: another process posts without rest while backups are taken and restored
// elsewhere.
#include "ledger/store/backup.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <sqlite3.h>

#include <csignal>
#include <fstream>
#include <map>
#include <random>
#include <thread>

#include "tests/faults/fault_vfs.h"
#include "tests/faults/witness.h"
#include "tests/support/seed.h"

namespace deodat::faults {
namespace {

namespace fs = std::filesystem;
using store::Store;

const Instant now = instant_in_paris(Day::of(2026, 3, 20), 10);

class G19_Backup : public ::testing::Test {
  protected:
    void SetUp() override { create_ledger(data()); }
    std::string at(const std::string& name) const { return directory_ / name; }
    std::string data() const { return at("data"); }
    void post_some(int count) {
        OpenLedger ledger(data(), Store::Access::write);
        for (int i = 0; i < count; ++i) post(*ledger, std::to_string(i));
    }
    Result<store::Backup> back_up(const std::string& file) {
        OpenLedger ledger(data(), Store::Access::read);
        return store::back_up(*ledger, file, &audit::prove, now);
    }
    Result<store::Backup> restore(const std::string& file, const std::string& directory) {
        SetClock clock(now);
        SeededRandom random(1);
        return store::restore(file, directory, &audit::prove, clock, random);
    }
    static void flip_a_bit(const std::string& file, std::uint64_t chance) {
        std::fstream stream(file, std::ios::binary | std::ios::in | std::ios::out);
        const auto place = static_cast<std::streamoff>((chance >> 3U) % fs::file_size(file));
        stream.seekg(place);
        const char byte = static_cast<char>(stream.get());
        stream.seekp(place);
        stream.put(static_cast<char>(byte ^ (1 << (chance & 7U))));
    }
    // Everything that has the beginning of a backup's name.
    std::vector<std::string> files_named(const std::string& name) const {
        std::vector<std::string> out;
        for (const auto& entry : fs::directory_iterator(directory_.path())) {
            const std::string found = entry.path().filename().string();
            if (found.starts_with(name)) out.push_back(found);
        }
        return out;
    }

  private:
    testing_support::TestDirectory directory_;
};

// Each account's balance at an entry number, summed from the journal's lines.
std::map<std::string, std::int64_t> journal_at(store::Database& db, EntryId number) {
    std::map<std::string, std::int64_t> out;
    journal::for_each_entry(db, number, [&](const journal::EntryRow& entry) {
        for (const journal::PostingRow& p : entry.postings) out[p.account] += p.amount.cents();
    });
    return out;
}

void listen(Child& child, int milliseconds) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
    do {
        pollfd from_child{child.pipe(), POLLIN, 0};
        if (::poll(&from_child, 1, 1) <= 0) continue;
        char buffer[65536];
        const ssize_t got = ::read(child.pipe(), buffer, sizeof buffer);
        if (got <= 0) return;
        child.hear(buffer, static_cast<std::size_t>(got));
    } while (std::chrono::steady_clock::now() < until);
}

TEST_F(G19_Backup, TakenUnderLoadEqualsTheJournalAtItsEntry) {
    const int backups = 20 * testing_support::times_in_long_run(5);
    std::mt19937_64 random(testing_support::seed_of_this_run());
    Child writer([&](const auto& say) {
        OpenLedger ledger(data(), Store::Access::write);
        for (int i = 0;; ++i) {
            const std::string piece = std::to_string(i);
            const auto posted = ledger->write([&](store::Transaction& tx) {
                journal::EntryDraft entry = draft(piece);
                entry.legs = journal::events::fund_paid_in(Money::cents(1 + i % 997));
                return journal::post(tx, entry);
            });
            if (!posted) return;
            say(piece);
        }
    });
    while (writer.lines().empty()) listen(writer, 10);  // it has begun
    std::int64_t last = -1;
    for (int i = 0; i < backups; ++i) {
        listen(writer, static_cast<int>(5 + random() % 30));
        const auto acknowledged = writer.lines();
        const std::string file = at("backup" + std::to_string(i));
        const auto taken = back_up(file);
        ASSERT_TRUE(taken.ok()) << taken.refusal().message;
        ASSERT_TRUE(restore(file, at("restored")).ok());

        OpenLedger restored(at("restored"), Store::Access::write);
        const Testimony heard = hear(*restored);
        EXPECT_TRUE(heard.faults.empty()) << heard.faults.at(0);
        EXPECT_EQ(compare(heard, acknowledged).lost, 0U) << "older than its start";
        ASSERT_EQ(static_cast<std::int64_t>(heard.pieces.size()), taken->entries);
        OpenLedger live(data(), Store::Access::read);
        auto snapshot = live->snapshot();
        auto copy = restored->snapshot();
        std::map<std::string, std::int64_t> balances;
        for (const auto& account : journal::account_balances(copy.db())) {
            balances[account.number] = account.amount.cents();
        }
        EXPECT_EQ(balances, journal_at(snapshot.db(), {taken->entries}));
        EXPECT_EQ(journal::find_entry(snapshot.db(), {taken->entries}).value().hash,
                  taken->head_hash);
        EXPECT_GT(taken->entries, last) << "the writer stood still";
        last = taken->entries;
        post(*restored, "after");  // it is a ledger like any other
        fs::remove_all(at("restored"));
    }
    ::kill(writer.pid(), SIGKILL);
    EXPECT_TRUE(WIFSIGNALED(writer.end())) << "the writer had ended by itself";
}

TEST_F(G19_Backup, OneChangedByteIsRefused) {
    post_some(20);
    ASSERT_TRUE(back_up(at("backup")).ok());
    std::mt19937_64 random(testing_support::seed_of_this_run());
    for (int i = 0; i < 120 * testing_support::times_in_long_run(5); ++i) {
        for (const char* name : {"spoilt", "spoilt.manifest", "restored"}) {
            fs::remove_all(at(name));
        }
        fs::copy_file(at("backup"), at("spoilt"));
        fs::copy_file(at("backup.manifest"), at("spoilt.manifest"));
        flip_a_bit(i % 3 == 0 ? at("spoilt.manifest") : at("spoilt"), random());
        const auto refused = restore(at("spoilt"), at("restored"));
        ASSERT_FALSE(refused.ok()) << i;
        EXPECT_EQ(refused.refusal().code, Code::backup_damaged);
        EXPECT_FALSE(fs::exists(at("restored"))) << "a refusal leaves nothing";
    }
    EXPECT_TRUE(restore(at("backup"), at("restored")).ok());
}

TEST_F(G19_Backup, AShortenedBackupOrOneWithoutItsManifestIsRefused) {
    post_some(5);
    ASSERT_TRUE(back_up(at("backup")).ok());
    fs::resize_file(at("backup"), fs::file_size(at("backup")) - 4'096);
    EXPECT_EQ(restore(at("backup"), at("restored")).refusal().code, Code::backup_damaged);
    ASSERT_TRUE(back_up(at("second")).ok());
    fs::remove(at("second.manifest"));
    EXPECT_EQ(restore(at("second"), at("restored")).refusal().code, Code::backup_damaged);
    EXPECT_EQ(restore(at("none"), at("restored")).refusal().code, Code::file_unreadable);
    EXPECT_FALSE(fs::exists(at("restored")));
}

TEST_F(G19_Backup, NeverReplacesAFileNorADirectory) {
    post_some(2);
    ASSERT_TRUE(back_up(at("backup")).ok());
    const auto before = testing_support::bytes_of(at("backup"));
    EXPECT_EQ(back_up(at("backup")).refusal().code, Code::backup_exists);
    EXPECT_EQ(testing_support::bytes_of(at("backup")), before);

    fs::create_directory(at("full"));
    std::ofstream(at("full") + "/letter.txt") << "…";
    EXPECT_EQ(restore(at("backup"), at("full")).refusal().code, Code::data_directory_exists);
    EXPECT_EQ(restore(at("backup"), data()).refusal().code, Code::data_directory_exists);
    OpenLedger ledger(data(), Store::Access::write);
    EXPECT_EQ(restore(at("backup"), data()).refusal().code, Code::data_directory_locked);
    fs::create_directory(at("empty"));
    EXPECT_TRUE(restore(at("backup"), at("empty")).ok());
}

TEST_F(G19_Backup, ALedgerThatDoesNotProveGivesNone) {
    post_some(20);
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open((data() + "/deodat.db").c_str(), &db), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(db,
                           "DROP TRIGGER posting_kept_update;"
                           "UPDATE posting SET cents = cents + 1 WHERE entry = 7 AND line = 1",
                           nullptr, nullptr, nullptr),
              SQLITE_OK);
    sqlite3_close(db);
    const auto refused = back_up(at("backup"));
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.refusal().code, Code::backup_unproven);
    EXPECT_NE(refused.refusal().message.find("n° 7"), std::string::npos)
        << refused.refusal().message;
    EXPECT_TRUE(files_named("backup").empty());
}

TEST_F(G19_Backup, TheDrillLeavesNothingAndFindsDamage) {
    post_some(5);
    ASSERT_TRUE(back_up(at("backup")).ok());
    fs::create_directory(at("tmp"));
    ASSERT_EQ(::setenv("TMPDIR", at("tmp").c_str(), /*overwrite=*/1), 0);
    SetClock clock{now};
    SeededRandom random(1);
    const auto drilled = store::drill(at("backup"), &audit::prove, clock, random);
    ASSERT_TRUE(drilled.ok()) << drilled.refusal().message;
    EXPECT_EQ(drilled->entries, 5);
    EXPECT_TRUE(fs::is_empty(at("tmp")));
    flip_a_bit(at("backup"), 12'345);
    EXPECT_EQ(store::drill(at("backup"), &audit::prove, clock, random).refusal().code,
              Code::backup_damaged);
    EXPECT_TRUE(fs::is_empty(at("tmp")));
    ::unsetenv("TMPDIR");
}

TEST_F(G19_Backup, KilledInTheMiddleItCountsOrDoesNot) {
    post_some(300);
    std::mt19937_64 random(testing_support::seed_of_this_run());
    int whole = 0;
    int none = 0;
    // From at once to three times what a whole one takes here.
    const auto start = std::chrono::steady_clock::now();
    ASSERT_TRUE(back_up(at("timed")).ok());
    const auto longest = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - start);
    for (int i = 0; i < 20 * testing_support::times_in_long_run(5); ++i) {
        const std::string name = "backup" + std::to_string(i);
        Child child([&](const auto&) { (void)back_up(at(name)); });
        if (i != 0) {
            const auto most = 3 * static_cast<std::uint64_t>(longest.count()) + 1;
            std::this_thread::sleep_for(std::chrono::microseconds(random() % most));
        }
        ::kill(child.pid(), SIGKILL);
        child.end();
        if (fs::exists(at(name + ".manifest"))) {
            EXPECT_TRUE(restore(at(name), at("restored")).ok());
            fs::remove_all(at("restored"));
            ++whole;
        } else {
            EXPECT_FALSE(restore(at(name), at("restored")).ok());
            ++none;
        }
    }
    std::cout << whole << " whole, " << none << " that do not count\n";
    EXPECT_GT(none, 0);
}

TEST_F(G19_Backup, AFullDiskGivesNoneAndHarmsNothing) {
    post_some(5);
    FaultyDisk disk(0);
    OpenLedger ledger(data(), Store::Access::write);
    int failures = 0;
    for (int point = 1;; point += 3) {
        disk.arm({Trouble::Kind::disk_full, point, /*stays=*/true});
        try {
            ASSERT_TRUE(store::back_up(*ledger, at("backup"), &audit::prove, now).ok());
            break;
        } catch (const EnvironmentFailure&) {
            ++failures;
            EXPECT_TRUE(files_named("backup").empty()) << point;
        }
        disk.disarm();
        post(*ledger, "meanwhile" + std::to_string(point));
    }
    EXPECT_GT(failures, 3);
    disk.disarm();
    EXPECT_TRUE(restore(at("backup"), at("restored")).ok());
}

}  // namespace
}  // namespace deodat::faults
