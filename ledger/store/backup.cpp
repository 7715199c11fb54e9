#include "ledger/store/backup.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "ledger/base/canonical.h"
#include "ledger/base/text.h"
#include "ledger/store/migrations.h"

namespace deodat::store {
namespace {

namespace fs = std::filesystem;

std::string manifest_of(const std::string& file) {
    return file + ".manifest";
}

// What goes, file or empty directory, when its maker does not finish.
class Unfinished {
  public:
    explicit Unfinished(std::vector<std::string> paths) : paths_(std::move(paths)) {}
    ~Unfinished() {
        std::error_code ignored;
        for (const std::string& path : paths_) fs::remove(path, ignored);
    }
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;
    Unfinished(Unfinished&&) = delete;
    Unfinished& operator=(Unfinished&&) = delete;
    void keep() { paths_.clear(); }

  private:
    std::vector<std::string> paths_;
};

// What was written there, directory or file, is on the disk when this returns.
void sync(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) throw EnvironmentFailure("cannot open " + path);
    const bool synced = ::fsync(descriptor) == 0;
    ::close(descriptor);
    if (!synced) throw EnvironmentFailure("cannot sync " + path);
}

void sync_directory_of(const std::string& path) {
    const fs::path directory = fs::path(path).parent_path();
    sync(directory.empty() ? "." : directory.string());
}

void rename_synced(const std::string& from, const std::string& to) {
    std::error_code error;
    fs::rename(from, to, error);
    if (error) throw EnvironmentFailure("cannot rename " + from + ": " + error.message());
    sync_directory_of(to);
}

std::string sha256_of_file(const std::string& path) {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                          EVP_MD_CTX_free);
    std::ifstream in(path, std::ios::binary);
    std::vector<char> part(std::size_t{1} << 20U);
    bool hashed = EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1;
    while (in && hashed) {
        in.read(part.data(), static_cast<std::streamsize>(part.size()));
        hashed = EVP_DigestUpdate(context.get(), part.data(),
                                  static_cast<std::size_t>(in.gcount())) == 1;
    }
    if (!in.eof()) throw EnvironmentFailure("cannot read " + path);
    std::string out(hash_bytes, '\0');
    hashed =
        hashed && EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char*>(out.data()),
                                     nullptr) == 1;
    if (!hashed) throw EnvironmentFailure("OpenSSL does not hash");
    return out;
}

// ---- manifest

std::string sealed(const Backup& backup) {
    const std::string lines = "deodat backup 1\ntaken_at " + backup.taken_at + "\nentries " +
                              std::to_string(backup.entries) + "\nhead " +
                              hexadecimal(backup.head_hash) + "\nsha256 " +
                              hexadecimal(backup.sha256) + "\n";
    return lines + "seal " + hexadecimal(sha256(lines)) + "\n";
}

std::string from_hexadecimal(const std::string& digits) {
    std::string out;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
        unsigned int byte = 0;
        std::from_chars(digits.data() + i, digits.data() + i + 2, byte, 16);
        out += static_cast<char>(byte);
    }
    return out;
}

// Reads by name, then writes again: what does not come out the same was not ours.
std::optional<Backup> parse_manifest(const std::string& text) {
    Backup backup;
    std::istringstream lines(text);
    for (std::string name, value; lines >> name >> value;) {
        if (name == "deodat") lines >> value;  // the version
        if (name == "taken_at") backup.taken_at = value;
        if (name == "entries") {
            std::from_chars(value.data(), value.data() + value.size(), backup.entries);
        }
        if (name == "head") backup.head_hash = from_hexadecimal(value);
        if (name == "sha256") backup.sha256 = from_hexadecimal(value);
    }
    if (sealed(backup) != text) return std::nullopt;
    return backup;
}

void write_manifest(const std::string& file, const Backup& backup) {
    const std::string path = manifest_of(file);
    const std::string partial = path + "-partial";
    Unfinished unfinished({partial});
    std::ofstream(partial, std::ios::binary) << sealed(backup);
    sync(partial);
    // A short write shows here.
    if (fs::file_size(partial) != sealed(backup).size()) {
        throw EnvironmentFailure("cannot write " + partial);
    }
    rename_synced(partial, path);
    unfinished.keep();
}

Refusal damaged(const std::string& file, const std::string& how) {
    return {Code::backup_damaged, "file",
            "La sauvegarde « " + shown(file) + " » " + how +
                " : prenez une autre sauvegarde, celle-ci n'est pas restaurée."};
}

Result<Backup> read_manifest(const std::string& file) {
    if (!fs::is_regular_file(file)) {
        return Refusal{Code::file_unreadable, "file", "« " + shown(file) + " » ne peut être lu."};
    }
    std::ifstream in(manifest_of(file), std::ios::binary);
    if (!in) {
        return damaged(file, "n'a pas son manifeste « " + shown(manifest_of(file)) +
                                 " », qui seul prouve qu'elle est entière");
    }
    std::ostringstream text;
    text << in.rdbuf();
    const auto backup = parse_manifest(text.str());
    if (!backup) return damaged(file, "a un manifeste abîmé ou d'une autre version");
    return *backup;
}

// ---- proof

// The file's own structure first: a ledger whose pages are broken proves nothing.
Result<Proof> proven(const std::string& path, const Prove& prove) {
    const auto refused = [](const std::string& why) {
        return Refusal{Code::backup_unproven, "file",
                       "La copie n'est pas prouvée et n'est pas gardée. Ce qui ne va pas : " + why};
    };
    try {
        Database copy(path, Database::Mode::read);
        auto structure = copy.select("PRAGMA integrity_check(1)");
        if (!structure.next() || structure.text(0) != "ok") return refused(structure.text(0) + ".");
        const Proof proof = prove(copy);
        if (!proof.faults.empty()) return refused(proof.faults.front());
        return proof;
    } catch (const EnvironmentFailure& failure) {
        return refused("elle ne se lit pas (" + std::string(failure.what()) + ").");
    } catch (const BrokenInvariant& failure) {
        return refused("elle contient ce qu'aucun grand livre n'écrit (" +
                       std::string(failure.what()) + ").");
    }
}

// One file, without a log beside it.
void fold_into_one_file(Database& db) {
    auto mode = db.select("PRAGMA journal_mode=DELETE");
    if (!mode.next() || mode.text(0) != "delete") {
        throw EnvironmentFailure("SQLite keeps a log beside a copy");
    }
}

void copy_file(const std::string& from, const std::string& to) {
    std::error_code error;
    fs::copy_file(from, to, error);
    if (error) throw EnvironmentFailure("cannot write " + to + ": " + error.message());
    sync(to);
}

// A temporary directory, removed with what it holds.
class Scratch {
  public:
    Scratch() : path_((fs::temp_directory_path() / "deodat-XXXXXX").string()) {
        if (::mkdtemp(path_.data()) == nullptr) throw EnvironmentFailure("cannot create " + path_);
    }
    ~Scratch() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    Scratch(Scratch&&) = delete;
    Scratch& operator=(Scratch&&) = delete;
    const std::string& path() const { return path_; }

  private:
    std::string path_;
};

Result<Done> amended(const std::string& directory, const Prove& prove, const Amend& amend,
                     Clock& clock, Random& random) {
    {
        const auto store = Store::open(directory, Store::Access::write, clock, random);
        if (!store) return store.refusal();
        if (auto done = amend(**store); !done) return done.refusal();
    }
    const auto proof = proven(database_path(directory), prove);
    if (!proof) return proof.refusal();
    return Done{};
}

// Restores into a directory that is ours alone, through one inside it, which nobody opens.
Result<Backup> restore_into(const std::string& directory, const std::string& file,
                            const Backup& backup, const Prove& prove, Clock& clock, Random& random,
                            const Amend& amend) {
    const std::string staging = directory + "/restoring";
    const std::string partial = database_path(staging);
    fs::create_directory(staging);
    const Unfinished unfinished({partial, partial + "-wal", partial + "-shm", partial + "-journal",
                                 staging + "/lock", staging});
    copy_file(file, partial);
    if (const std::string found = sha256_of_file(partial); found != backup.sha256) {
        return damaged(file, "a changé depuis qu'elle a été faite (SHA-256 " + hexadecimal(found) +
                                 ", son manifeste annonce " + hexadecimal(backup.sha256) + ")");
    }
    {
        Database db(partial, Database::Mode::write);
        migrate(db, clock.now(), random);
    }
    const auto proof = proven(partial, prove);
    if (!proof) return proof.refusal();
    if (proof->entries != backup.entries || proof->head_hash != backup.head_hash) {
        return damaged(file, "ne contient pas les écritures que son manifeste annonce");
    }
    if (amend) {
        if (auto done = amended(staging, prove, amend, clock, random); !done) return done.refusal();
    }
    {
        Database db(partial, Database::Mode::write);
        fold_into_one_file(db);
        db.script("PRAGMA journal_mode=WAL");
    }
    sync(partial);
    rename_synced(partial, database_path(directory));
    return backup;
}

}  // namespace

Result<Backup> back_up(const Store& store, const std::string& file, const Prove& prove,
                       Instant now) {
    for (const std::string& path : {file, manifest_of(file)}) {
        if (!fs::exists(path)) continue;
        return Refusal{Code::backup_exists, "out",
                       "« " + shown(path) +
                           " » existe déjà : une sauvegarde n'en remplace jamais une autre,"
                           " indiquez un autre nom."};
    }
    // Two that run at once do not share their unfinished file.
    const std::string partial = file + "-partial-" + std::to_string(::getpid());
    Unfinished unfinished({partial, partial + "-wal", partial + "-shm", partial + "-journal"});
    {
        Snapshot snapshot = store.snapshot();
        Database copy(partial, Database::Mode::create);
        snapshot.db().copy_to(copy);
        fold_into_one_file(copy);
    }
    const auto proof = proven(partial, prove);
    if (!proof) return proof.refusal();
    sync(partial);
    Backup backup{now.iso(), proof->entries, proof->head_hash, sha256_of_file(partial)};
    rename_synced(partial, file);
    unfinished.keep();
    write_manifest(file, backup);
    return backup;
}

Result<Backup> restore(const std::string& file, const std::string& directory, const Prove& prove,
                       Clock& clock, Random& random, const Amend& amend) {
    const auto backup = read_manifest(file);
    if (!backup) return backup.refusal();
    if (fs::exists(database_path(directory))) {
        // Who works there is worth more than that it is not empty.
        const auto in_use = DirectoryLock::acquire(directory);
        if (!in_use) return in_use.refusal();
    }
    const bool existed = fs::exists(directory);
    if (const auto empty = make_empty_directory(directory); !empty) return empty.refusal();
    auto lock = DirectoryLock::acquire(directory);
    if (!lock) return lock.refusal();
    std::vector<std::string> made{directory + "/lock"};
    if (!existed) made.push_back(directory);
    Unfinished unfinished(std::move(made));
    auto restored = restore_into(directory, file, *backup, prove, clock, random, amend);
    if (restored) unfinished.keep();
    return restored;
}

Result<Backup> drill(const std::string& file, const Prove& prove, Clock& clock, Random& random) {
    const Scratch scratch;
    const std::string directory = scratch.path() + "/data";
    auto restored = restore(file, directory, prove, clock, random);
    if (!restored) return restored;
    const auto store = Store::open(directory, Store::Access::write, clock, random);
    if (!store) return store.refusal();
    Snapshot snapshot = (*store)->snapshot();
    const Proof proof = prove(snapshot.db());
    DEODAT_ASSERT(proof.faults.empty() && proof.entries == restored->entries,
                  "a restored ledger opens as it was proven");
    return restored;
}

}  // namespace deodat::store
