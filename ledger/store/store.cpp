#include "ledger/store/store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <filesystem>

#include "ledger/store/migrations.h"

namespace deodat::store {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t batch_commands_max = 1'000;

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
    set_and_read_back(db, "PRAGMA foreign_keys=ON", "PRAGMA foreign_keys", "1");
    set_and_read_back(db, "PRAGMA recursive_triggers=ON", "PRAGMA recursive_triggers", "1");
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
        char holder[32] = {};
        const ssize_t size = ::read(fd, holder, sizeof holder - 1);
        ::close(fd);
        const std::string pid =
            size > 0 ? std::string(holder, static_cast<std::size_t>(size)) : "?";
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
    migrate(*writer_, clock_.now(), random_);
    records_ = std::make_unique<RecordChain>(*writer_, random_);
    thread_ = std::thread([this] { write_loop(); });
}

Store::~Store() {
    {
        const std::lock_guard guard(mutex_);
        closing_ = true;
    }
    work_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void Store::submit(std::function<bool(Transaction&)> run) {
    DEODAT_ASSERT(writer_ != nullptr, "a store opened for reading is not written");
    DEODAT_ASSERT(std::this_thread::get_id() != thread_.get_id(),
                  "a command does not wait for another command");
    Job job{std::move(run)};
    std::unique_lock guard(mutex_);
    queue_.push_back(&job);
    work_.notify_one();
    settled_.wait(guard, [&] { return job.done; });
    if (job.failure) std::rethrow_exception(job.failure);
}

void Store::write_loop() {
    std::unique_lock guard(mutex_);
    while (true) {
        work_.wait(guard, [this] { return closing_ || !queue_.empty(); });
        if (queue_.empty()) return;
        std::vector<Job*> batch;
        while (!queue_.empty() && batch.size() < batch_commands_max) {
            batch.push_back(queue_.front());
            queue_.pop_front();
        }
        guard.unlock();
        commit_batch(batch);
        guard.lock();
        for (Job* job : batch) job->done = true;
        settled_.notify_all();
    }
}

// Everything queued shares one transaction and one sync; each command has a savepoint of its own.
void Store::commit_batch(const std::vector<Job*>& batch) {
    const auto fail_all = [&](const std::exception_ptr& why) {
        for (Job* job : batch) job->failure = why;
    };
    if (stopped_) return fail_all(stopped_);
    try {
        writer_->script("BEGIN IMMEDIATE");
        for (Job* job : batch) run_job(*job);
        writer_->script("COMMIT");
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
}

void Store::run_job(Job& job) {
    writer_->run("SAVEPOINT command");
    Transaction tx(*writer_, clock_.now(), random_);
    bool keep = false;
    records_->forget();  // what a command before this one wrote in vain
    try {
        keep = job.run(tx);
        if (keep) records_->seal(tx.now());
    } catch (const BrokenInvariant&) {
        throw;
    } catch (...) {
        keep = false;
        // A full or failing disk may undo the whole transaction: then no command of it stands, and
        // all are answered with this cause.
        if (!writer_->in_transaction()) throw;
        job.failure = std::current_exception();
    }
    if (!keep) writer_->run("ROLLBACK TO command");
    writer_->run("RELEASE command");
}

}  // namespace deodat::store
