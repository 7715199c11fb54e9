// A disk that fails on purpose: a SQLite VFS, the default one while a FaultyDisk lives, that passes
// everything through and knows what the real disk could still lose.
//
//   FaultyDisk disk(seed);
//   disk.arm({Trouble::Kind::power_cut, 17});   // the 17th write, truncation or sync
//
// What may be lost: every write and truncation not yet followed by xSync on that file, the creation
// of a file never synced, the deletion of a file whose directory was not synced. A power cut undoes
// all of it, does a part again in another order (a third of those torn at 512 bytes), and ends the
// process at once with power_cut_exit: arm one in a forked child. Nothing is really synced: a cut
// is ours to play, and the machine's own is not tested here.
//
// The index of the write-ahead log (-shm) is memory, not a file: whoever opens after a cut removes
// it first (forget_memory). Thread-safe, as SQLite asks of a VFS. One at a time per process.
#pragma once
#include <cstdint>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <vector>

struct sqlite3_vfs;

namespace deodat::faults {

inline constexpr int power_cut_exit = 86;
inline constexpr std::int64_t sector_bytes = 512;

struct Trouble {
    enum class Kind : std::uint8_t { none, power_cut, disk_full, io_error };
    enum class Counted : std::uint8_t { changes, reads };  // changes: writes, truncations, syncs
    Kind kind = Kind::none;
    std::int64_t at = 0;  // the operation it strikes, from 1, counted since arming
    bool stays = false;   // every later operation fails too
    Counted counted = Counted::changes;
};

class FaultyDisk {
  public:
    explicit FaultyDisk(std::uint64_t seed);
    ~FaultyDisk();
    FaultyDisk(const FaultyDisk&) = delete;
    FaultyDisk& operator=(const FaultyDisk&) = delete;
    FaultyDisk(FaultyDisk&&) = delete;
    FaultyDisk& operator=(FaultyDisk&&) = delete;

    // Counts from 1 again.
    void arm(Trouble trouble);
    void disarm() { arm({}); }
    // Whether the armed trouble was reached.
    bool struck() const;
    // From now on xSync promises what it does not do.
    void lie_about_sync();

    // What a file's operations report, used by the VFS alone. An answer other than SQLITE_OK is
    // the operation's.
    int before_change();
    int before_read();
    void created(const std::string& path);
    void deleted(const std::string& path, const std::string& content, bool directory_synced);
    void written(const std::string& path, std::int64_t offset, std::string old_bytes,
                 std::int64_t old_size, std::string new_bytes);
    void truncated(const std::string& path, std::int64_t size, std::string old_tail);
    void synced(const std::string& path);

  private:
    struct Change {
        bool truncation;
        std::int64_t offset;  // of the write; the new size of a truncation
        std::int64_t old_size;
        std::string old_bytes;  // under the write; the tail of a truncation
        std::string new_bytes;
    };
    struct History {
        bool creation_may_be_lost = false;
        std::vector<Change> unsynced;
    };
    int strike();
    [[noreturn]] void cut_the_power();
    void spoil(const std::string& path, const History& history);
    void do_again(int descriptor, const Change& change);
    bool one_in(int n) { return random_() % static_cast<std::uint64_t>(n) == 0; }

    mutable std::mutex mutex_;
    std::mt19937_64 random_;
    sqlite3_vfs* usual_;
    Trouble trouble_;
    std::int64_t operations_ = 0;
    bool struck_ = false;
    bool lies_ = false;
    std::map<std::string, History> files_;
    std::map<std::string, std::string> deleted_;
};

// The -shm file of a data directory whose machine has lost its memory.
void forget_memory(const std::string& directory);

}  // namespace deodat::faults
