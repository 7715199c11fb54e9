// What the tests of faults share: entries that can be told apart by their piece, a process that may
// be killed, and what a ledger holds when it is opened again.
#pragma once
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "ledger/audit/audit.h"
#include "ledger/journal/balances.h"
#include "ledger/journal/events.h"
#include "ledger/store/store.h"
#include "tests/support/programs.h"

namespace deodat::faults {

// Where tests write whose disk is played: in memory where there is such a place, as nothing need
// outlive the machine.
inline std::filesystem::path played_disk() {
    return std::filesystem::is_directory("/dev/shm") ? "/dev/shm"
                                                     : std::filesystem::temp_directory_path();
}

// A store with a clock and chance that stand still. Opening refused fails the caller's process.
class OpenLedger {
  public:
    OpenLedger(const std::string& directory, store::Store::Access access) {
        auto opened = store::Store::open(directory, access, clock_, random_);
        if (!opened) throw EnvironmentFailure(opened.refusal().message);
        store_ = std::move(*opened);
    }
    store::Store& operator*() { return *store_; }
    store::Store* operator->() { return store_.get(); }

  private:
    SetClock clock_{instant_in_paris(Day::of(2026, 3, 20), 10)};
    SeededRandom random_{1};
    std::unique_ptr<store::Store> store_;
};

inline void create_ledger(const std::string& directory) {
    SetClock clock{instant_in_paris(Day::of(2026, 3, 20), 10)};
    SeededRandom random{1};
    if (!store::Store::create(directory, clock, random))
        throw EnvironmentFailure("no data directory");
}

inline journal::EntryDraft draft(const std::string& piece) {
    return {Day::of(2026, 3, 1),
            journal::Event::fund_paid_in,
            "Versement au fonds",
            piece,
            {{1}, "01"},
            {1},
            journal::events::fund_paid_in(Money::cents(100))};
}

// Posts one entry of one euro; throws what the store throws.
inline void post(store::Store& store, const std::string& piece) {
    const auto posted =
        store.write([&](store::Transaction& tx) { return journal::post(tx, draft(piece)); });
    if (!posted) throw EnvironmentFailure(posted.refusal().message);
}

// Checkpoints come often, so that a short scenario meets them.
inline void checkpoint_often(store::Store& store) {
    const auto set = store.write([](store::Transaction& tx) -> Result<Done> {
        tx.db().script("PRAGMA wal_autocheckpoint=8");
        return Done{};
    });
    if (!set) throw EnvironmentFailure("no setting");
}

// What a ledger says of itself.
struct Testimony {
    std::vector<std::string> pieces;  // in the order of their entries
    std::vector<std::string> faults;  // of the file's structure, the chain, sums and balances
    Money cash;
};

inline Testimony hear(store::Database& db) {
    Testimony heard;
    auto check = db.select("PRAGMA integrity_check");
    while (check.next()) {
        if (check.text(0) != "ok") heard.faults.push_back(check.text(0));
    }
    for (const auto& fault : audit::verify(db).faults) heard.faults.push_back(fault.what);
    auto rows = db.select("SELECT piece FROM entry ORDER BY number");
    while (rows.next()) heard.pieces.push_back(rows.text(0));
    heard.cash = journal::balance(db, journal::Role::cash, {});
    return heard;
}

inline Testimony hear(const store::Store& store) {
    auto snapshot = store.snapshot();
    return hear(snapshot.db());
}

// Set against what was acknowledged.
struct Comparison {
    std::size_t lost = 0;            // acknowledged and not there exactly once
    std::size_t unacknowledged = 0;  // there without having been acknowledged
};

inline Comparison compare(const Testimony& heard, const std::vector<std::string>& acknowledged) {
    Comparison result;
    for (const std::string& piece : acknowledged) {
        if (std::count(heard.pieces.begin(), heard.pieces.end(), piece) != 1) ++result.lost;
    }
    const std::set<std::string> known(acknowledged.begin(), acknowledged.end());
    for (const std::string& piece : heard.pieces) {
        if (known.count(piece) == 0) ++result.unacknowledged;
    }
    return result;
}

// A forked process, and the pipe on which it says what was acknowledged: one line, one piece. It
// must be started while no other thread runs.
class Child {
  public:
    static constexpr int failed_exit = 99;

    // Work is given the function that says a line.
    template <class Work>
    explicit Child(Work work) {
        int ends[2];
        if (::pipe(ends) != 0) throw EnvironmentFailure("no pipe");
        std::cout << std::flush;  // or the child would say it again
        pid_ = ::fork();
        if (pid_ < 0) throw EnvironmentFailure("no process");
        if (pid_ == 0) {
            ::close(ends[0]);
            try {
                work([&](const std::string& piece) {
                    const std::string line = piece + "\n";
                    if (::write(ends[1], line.data(), line.size()) < 0) ::_exit(failed_exit);
                });
            } catch (const std::exception&) {
                ::_exit(failed_exit);
            }
            ::_exit(0);
        }
        ::close(ends[1]);
        from_child_ = ends[0];
    }
    // Kills it where the test did not get as far as its end.
    ~Child() {
        if (from_child_ < 0) return;
        ::kill(pid_, SIGKILL);
        end();
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    Child(Child&&) = delete;
    Child& operator=(Child&&) = delete;

    pid_t pid() const { return pid_; }
    int pipe() const { return from_child_; }
    void hear(const char* bytes, std::size_t count) { said_.append(bytes, count); }

    // Waits for its end; gives what waitpid says.
    int end() {
        char buffer[4096];
        for (ssize_t got = 0; (got = ::read(from_child_, buffer, sizeof buffer)) > 0;) {
            hear(buffer, static_cast<std::size_t>(got));
        }
        ::close(from_child_);
        from_child_ = -1;
        int status = 0;
        ::waitpid(pid_, &status, 0);
        return status;
    }
    std::vector<std::string> lines() const {
        std::vector<std::string> out;
        std::istringstream stream(said_);
        for (std::string line; std::getline(stream, line);) out.push_back(line);
        return out;
    }

  private:
    pid_t pid_ = -1;
    int from_child_ = -1;
    std::string said_;
};

}  // namespace deodat::faults
