// The data directory: one writer at a time with group commit, readers on snapshots of their own,
// one lock.
//
//   auto store = Store::open(directory, Store::Access::write, clock, random);   // Result
//   Result<EntryId> posted = (*store)->write([&](Transaction& tx) { return journal::post(tx,
//   draft); }); Snapshot snapshot = (*store)->snapshot();
//
// Durability: journal_mode=WAL and synchronous=FULL, set and read back on opening. write() returns
// after the commit: what it answered is on the disk. A command that refuses or throws leaves
// nothing behind. A broken invariant stops the writing for good: every later command throws
// BrokenInvariant, reading goes on.
//
// Time: what a command is told never goes back. A clock a little behind (an hour at most: a leap, a
// correction by the network) is held at the last time that was written; further behind, it is
// wrong, and so would be every date: nothing is written, each command throws EnvironmentFailure.
//
// Threads: write() and snapshot() may be called from any thread. Commands run one after the other,
// in the order in which they were queued. The writing connection has no thread of its own: whoever
// finds nobody writing leads, that is, runs his command and those queued meanwhile, commits them
// together, answers, and passes the lead to the next who waits. A lone caller thus waits for no
// other thread. Files: DIR/deodat.db (with -wal and -shm), DIR/lock.
#pragma once
#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

#include "ledger/base/clock.h"
#include "ledger/base/result.h"
#include "ledger/store/database.h"
#include "ledger/store/memory.h"
#include "ledger/store/records.h"
#include "ledger/store/wakeup.h"

namespace deodat::store {

// What a command is given: the connection inside the running transaction, the time, chance, and
// what commands before it remembered.
class Transaction {
  public:
    Transaction(Database& db, Instant now, Random& random, Memory& memory)
        : db_(db), now_(now), random_(random), memory_(memory) {}
    Database& db() { return db_; }
    Instant now() const { return now_; }
    Day today() const { return now_.day_in_paris(); }
    Random& random() { return random_; }
    Memory& memory() { return memory_; }

  private:
    Database& db_;
    Instant now_;
    Random& random_;
    Memory& memory_;
};

// The database file of a data directory.
std::string database_path(const std::string& directory);

// Makes the directory where there is none. Refuses one that is not empty (data_directory_exists).
Result<Done> make_empty_directory(const std::string& directory);

// One writing process per data directory; the file names who holds it.
class DirectoryLock {
  public:
    // Refuses with data_directory_locked, naming the process, when another one writes here.
    static Result<DirectoryLock> acquire(const std::string& directory);
    DirectoryLock(DirectoryLock&& other) noexcept;
    DirectoryLock& operator=(DirectoryLock&& other) noexcept;
    DirectoryLock(const DirectoryLock&) = delete;
    DirectoryLock& operator=(const DirectoryLock&) = delete;
    ~DirectoryLock();

  private:
    explicit DirectoryLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_ = -1;
};

// A read-only view of one committed state, which later commits do not change.
class Snapshot {
  public:
    explicit Snapshot(const std::string& path);
    Database& db() { return *db_; }

  private:
    std::unique_ptr<Database> db_;
};

class Store {
  public:
    enum class Access : std::uint8_t { read, write };

    // Makes a data directory with an empty ledger. Refuses a directory that exists and is not
    // empty.
    static Result<Done> create(const std::string& directory, Clock& clock, Random& random);
    // Opens one. For writing, takes the lock and brings the schema up to date.
    static Result<std::unique_ptr<Store>> open(const std::string& directory, Access access,
                                               Clock& clock, Random& random);
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;
    Store(Store&&) = delete;
    Store& operator=(Store&&) = delete;
    // Nobody is in write() any more.
    ~Store() = default;

    // Runs a command, Result<T>(Transaction&), when its turn has come, on this thread or on that of
    // another one who writes, and waits for its commit.
    template <class Command>
    std::invoke_result_t<Command&, Transaction&> write(Command command) {
        std::optional<std::invoke_result_t<Command&, Transaction&>> outcome;
        submit([&](Transaction& tx) {
            outcome.emplace(command(tx));
            return outcome->ok();
        });
        return std::move(*outcome);
    }

    // What commands erased leaves the files too: every page is written anew (SQLite may leave bytes
    // of a row in a page that was split since), the log is emptied. Commands wait meanwhile. False
    // when readers of an older state hold the log: it is emptied once they are gone, by the next
    // call. Throws EnvironmentFailure when the disk does not take it; nothing is lost then.
    bool scrub();

    Snapshot snapshot() const { return Snapshot(path_); }

  private:
    // A queued command, which says whether it is to be kept. It lives on its caller's stack until
    // it is answered.
    struct Job {
        std::function<bool(Transaction&)> run;
        std::function<void()> after_commit;  // outside any transaction; may be none
        const std::thread::id caller = std::this_thread::get_id();
        std::exception_ptr failure = nullptr;
        bool leads = false;
        Wakeup turn{};  // answered, or to lead
    };
    using Batch = std::vector<Job*>;
    using SteadyTime = std::chrono::steady_clock::time_point;

    Store(std::string path, std::optional<DirectoryLock> lock, Clock& clock, Random& random);
    void submit(std::function<bool(Transaction&)> run, std::function<void()> after_commit = {});
    static void run_after_commit(Job& job);
    void lead(const Job& own) noexcept;
    Batch commit_batch();
    // Moves queued commands to the end of the batch; says whether there were any.
    bool take_queued(Batch& batch, SteadyTime wait_until);
    bool run_job(Job& job, bool empty, Instant& latest);

    std::string path_;
    std::optional<DirectoryLock> lock_;
    Clock& clock_;
    Random& random_;

    std::mutex mutex_;
    std::deque<Job*> queue_;
    std::size_t awaited_ = 0;             // the queue's size that the leader waits for; 0: none
    std::condition_variable all_queued_;  // here
    std::thread::id leader_;              // of nobody: the next one to come leads

    // The leader's alone:
    std::unique_ptr<Database> writer_;
    std::unique_ptr<RecordChain> records_;
    Memory memory_;
    Instant latest_{0};                     // when the last command that was kept ran
    std::exception_ptr stopped_ = nullptr;  // the broken invariant that stopped the writing
    std::size_t callers_ = 1;  // how many were answered by the last commit or already queued then
    std::chrono::steady_clock::duration last_commit_{};  // how long it took
};

}  // namespace deodat::store
