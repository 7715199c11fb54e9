#include "ledger/store/store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "ledger/store/migrations.h"

namespace deodat::store {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t batch_commands_max = 1'000;
constexpr std::int64_t clock_back_max_us = std::int64_t{3'600} * 1'000'000;

void set_and_read_back(Database& db, const char* set, const char* name, std::string_view expected) {
    db.script(set);
    Rows rows = db.select(name);
    if (!rows.next() || rows.text(0) != expected) {
        throw EnvironmentFailure(std::string("SQLite does not take the setting: ") + set);
    }
}

void make_durable(Database& db) {
    set_and_read_back(db, "PRAGMA journal_mode=WAL", "PRAGMA journal_mode", "wal");
    set_and_read_back(db, "PRAGMA synchronous=FULL", "PRAGMA synchronous", "2");
    // What is deleted is overwritten with zeros, in the pages and on the list of free ones.
    set_and_read_back(db, "PRAGMA secure_delete=ON", "PRAGMA secure_delete", "1");
    set_and_read_back(db, "PRAGMA foreign_keys=ON", "PRAGMA foreign_keys", "1");
    set_and_read_back(db, "PRAGMA recursive_triggers=ON", "PRAGMA recursive_triggers", "1");
}

// The cache holds what a year of postings touches, so that the cost of one does not grow with the
// file.
void make_quick(Database& db) {
    set_and_read_back(db, "PRAGMA cache_size=-65536", "PRAGMA cache_size", "-65536");
}

// Of entries and of records.
Instant last_recorded_at(Database& db) {
    Rows rows = db.select(
        "SELECT max(coalesce((SELECT recorded_at FROM entry ORDER BY number DESC LIMIT 1), 0),"
        " coalesce((SELECT recorded_at FROM record ORDER BY number DESC LIMIT 1), 0))");
    rows.next();
    return Instant(rows.integer(0));
}

}  // namespace

std::string database_path(const std::string& directory) {
    return directory + "/deodat.db";
}

Result<Done> make_empty_directory(const std::string& directory) {
    std::error_code error;
    fs::create_directories(directory, error);
    if (error) throw EnvironmentFailure("cannot create " + directory + ": " + error.message());
    if (!fs::is_empty(directory)) {
        return Refusal{Code::data_directory_exists, "data",
                       "Le dossier « " + directory +
                           " » n'est pas vide : indiquez un dossier vide ou qui n'existe pas."};
    }
    return Done{};
}

// ---- DirectoryLock

Result<DirectoryLock> DirectoryLock::acquire(const std::string& directory) {
    const std::string path = directory + "/lock";
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) throw EnvironmentFailure("cannot open " + path);
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
        std::array<char, 32> holder = {};
        const ssize_t size = ::read(fd, holder.data(), holder.size());
        ::close(fd);
        const std::string pid =
            size > 0 ? std::string(holder.data(), static_cast<std::size_t>(size)) : "?";
        return Refusal{Code::data_directory_locked,
                       "data",
                       "Le dossier de données « " + directory +
                           " » est déjà ouvert en écriture par le processus " + pid + ".",
                       {{"process", pid}}};
    }
    const std::string pid = std::to_string(::getpid());
    if (::ftruncate(fd, 0) != 0 || ::pwrite(fd, pid.data(), pid.size(), 0) < 0) {
        ::close(fd);
        throw EnvironmentFailure("cannot write " + path);
    }
    return DirectoryLock(fd);
}

DirectoryLock::DirectoryLock(DirectoryLock&& other) noexcept : descriptor_(other.descriptor_) {
    other.descriptor_ = -1;
}

DirectoryLock& DirectoryLock::operator=(DirectoryLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

DirectoryLock::~DirectoryLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

// ---- Snapshot

Snapshot::Snapshot(const std::string& path)
    : db_(std::make_unique<Database>(path, Database::Mode::read)) {
    db_->script("BEGIN");
    // The view is taken at the first read, not at BEGIN: take it now.
    db_->select("SELECT count(*) FROM sqlite_schema").next();
}

// ---- Store

Result<Done> Store::create(const std::string& directory, Clock& clock, Random& random) {
    if (const auto empty = make_empty_directory(directory); !empty) return empty.refusal();
    Database db(database_path(directory), Database::Mode::create);
    make_durable(db);
    migrate(db, clock.now(), random);
    return Done{};
}

Result<std::unique_ptr<Store>> Store::open(const std::string& directory, Access access,
                                           Clock& clock, Random& random) {
    if (!fs::exists(database_path(directory))) {
        return Refusal{Code::data_directory_missing, "data",
                       "Le dossier « " + directory + " » ne contient pas de données de Déodat."};
    }
    std::optional<DirectoryLock> lock;
    if (access == Access::write) {
        auto acquired = DirectoryLock::acquire(directory);
        if (!acquired) return acquired.refusal();
        lock = std::move(*acquired);
    } else {
        Database db(database_path(directory), Database::Mode::read);
        require_newest_schema(db);
    }
    return std::unique_ptr<Store>(
        new Store(database_path(directory), std::move(lock), clock, random));
}

Store::Store(std::string path, std::optional<DirectoryLock> lock, Clock& clock, Random& random)
    : path_(std::move(path)), lock_(std::move(lock)), clock_(clock), random_(random) {
    if (!lock_) return;
    writer_ = std::make_unique<Database>(path_, Database::Mode::write);
    make_durable(*writer_);
    make_quick(*writer_);
    migrate(*writer_, clock_.now(), random_);
    records_ = std::make_unique<RecordChain>(*writer_, random_);
    latest_ = last_recorded_at(*writer_);
}

bool Store::scrub() {
    bool emptied = false;
    submit([](Transaction&) { return false; },
           [&] {
               writer_->run("VACUUM");
               auto log = writer_->select("PRAGMA wal_checkpoint(TRUNCATE)");
               emptied = log.next() && log.integer(0) == 0;
           });
    return emptied;
}

void Store::run_after_commit(Job& job) {
    if (!job.after_commit || job.failure) return;
    try {
        job.after_commit();
    } catch (...) {
        job.failure = std::current_exception();
    }
}

void Store::submit(std::function<bool(Transaction&)> run, std::function<void()> after_commit) {
    DEODAT_ASSERT(writer_ != nullptr, "a store opened for reading is not written");
    Job job{std::move(run), std::move(after_commit)};
    bool leads = false;
    bool awaited = false;
    {
        const std::lock_guard guard(mutex_);
        DEODAT_ASSERT(leader_ != job.caller, "a command does not wait for another command");
        queue_.push_back(&job);
        leads = leader_ == std::thread::id();
        if (leads) leader_ = job.caller;
        awaited = queue_.size() == awaited_;
    }
    if (awaited) all_queued_.notify_one();
    if (!leads) job.turn.wait();
    if (leads || job.leads) lead(job);
    if (job.failure) std::rethrow_exception(job.failure);
}

// Its own command is the first of the batch. The next leader is told before the others are
// answered: he runs while they are being woken.
void Store::lead(const Job& own) noexcept {
    const Batch batch = commit_batch();
    Job* next = nullptr;
    {
        const std::lock_guard guard(mutex_);
        callers_ = batch.size() + queue_.size();
        if (!queue_.empty()) next = queue_.front();
        leader_ = next != nullptr ? next->caller : std::thread::id();
    }
    if (next != nullptr) {
        next->leads = true;
        next->turn.give();
    }
    for (Job* job : batch) {
        if (job != &own) job->turn.give();
    }
}

// A sync costs as much for one command as for all. Those whom the last commit answered often have a
// next command on its way: it is awaited, for half as long as that commit took at most. A lone
// caller waits for nobody.
bool Store::take_queued(Batch& batch, SteadyTime wait_until) {
    std::unique_lock guard(mutex_);
    if (batch.size() + queue_.size() < callers_) {
        awaited_ = callers_ - batch.size();
        all_queued_.wait_until(guard, wait_until, [this] { return queue_.size() >= awaited_; });
        awaited_ = 0;
    }
    const std::size_t room = batch_commands_max - batch.size();
    const std::size_t taken = std::min(room, queue_.size());
    for (std::size_t i = 0; i < taken; ++i) {
        batch.push_back(queue_.front());
        queue_.pop_front();
    }
    return taken > 0;
}

// Everything queued, and what arrives while it runs, shares one transaction and one sync.
Store::Batch Store::commit_batch() {
    Batch batch;
    const auto fail_all = [&](const std::exception_ptr& why) {
        memory_.forget();
        for (Job* job : batch) job->failure = why;
    };
    const SteadyTime wait_until = std::chrono::steady_clock::now() + last_commit_ / 2;
    take_queued(batch, wait_until);  // its own at least, answered even if no transaction begins
    if (stopped_) {
        fail_all(stopped_);
        return batch;
    }
    try {
        writer_->run("BEGIN IMMEDIATE");
        Instant latest = latest_;
        std::size_t done = 0;
        bool empty = true;  // nothing in the transaction yet that is to be kept
        do {
            for (; done < batch.size(); ++done) {
                empty = !run_job(*batch[done], empty, latest) && empty;
            }
        } while (take_queued(batch, wait_until));
        const SteadyTime ran = std::chrono::steady_clock::now();
        writer_->run("COMMIT");
        last_commit_ = std::chrono::steady_clock::now() - ran;
        latest_ = latest;
    } catch (const BrokenInvariant&) {
        stopped_ = std::current_exception();
        fail_all(stopped_);
    } catch (...) {
        fail_all(std::current_exception());
    }
    try {
        // After a commit, or when a full disk made SQLite undo it all, there is nothing left to
        // undo.
        if (writer_->in_transaction()) writer_->script("ROLLBACK");
    } catch (...) {
        fail_all(std::current_exception());
    }
    for (Job* job : batch) run_after_commit(*job);
    return batch;
}

// Says whether the command is kept. What it did is undone alone, by a savepoint, where the
// transaction holds another one's work; where it holds none, by starting the transaction again: a
// savepoint costs a copy of each page that the command changes.
bool Store::run_job(Job& job, bool empty, Instant& latest) {
    const Instant now = clock_.now();
    if (now.microseconds() < latest.microseconds() - clock_back_max_us) {
        job.failure = std::make_exception_ptr(
            EnvironmentFailure("the machine's clock (" + now.iso() +
                               ") is more than an hour behind what was written"
                               " last (" +
                               latest.iso() + "): nothing is written until it is set right"));
        return false;
    }
    if (!empty) writer_->run("SAVEPOINT command");
    Transaction tx(*writer_, std::max(now, latest), random_, memory_);
    bool keep = false;
    records_->forget();  // what a command before this one wrote in vain
    try {
        if (job.run(tx)) {
            records_->seal(tx.now());
            keep = true;  // not before: a command whose records are not sealed is undone
        }
    } catch (const BrokenInvariant&) {
        throw;
    } catch (...) {
        keep = false;
        // A full or failing disk may undo the whole transaction: then no command of it stands, and
        // all are answered with this cause.
        if (!writer_->in_transaction()) throw;
        job.failure = std::current_exception();
    }
    if (keep) {
        latest = tx.now();
    } else {
        memory_.forget();
    }
    if (!empty) {
        if (!keep) writer_->run("ROLLBACK TO command");
        writer_->run("RELEASE command");
    } else if (!keep) {
        writer_->run("ROLLBACK");
        writer_->run("BEGIN IMMEDIATE");
    }
    return keep;
}

}  // namespace deodat::store
