#include "tests/faults/fault_vfs.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <new>

namespace deodat::faults {
namespace {

FaultyDisk* disk = nullptr;  // the one that lives
sqlite3_vfs* real = nullptr;

// The head of what SQLite allots for an open file; the real file follows it.
struct OpenFile {
    sqlite3_file base;
    std::string* path;  // null for a temporary file, which nothing outlives
};

OpenFile* opened(sqlite3_file* file) {
    return reinterpret_cast<OpenFile*>(file);
}
sqlite3_file* under(sqlite3_file* file) {
    return reinterpret_cast<sqlite3_file*>(opened(file) + 1);
}

// What lies on the disk there, as far as the file goes.
std::string bytes_at(sqlite3_file* file, std::int64_t offset, std::int64_t count,
                     std::int64_t file_size) {
    std::string bytes(
        static_cast<std::size_t>(std::clamp<std::int64_t>(file_size - offset, 0, count)), '\0');
    if (!bytes.empty()) {
        under(file)->pMethods->xRead(under(file), bytes.data(), static_cast<int>(bytes.size()),
                                     offset);
    }
    return bytes;
}

std::int64_t size_of(sqlite3_file* file) {
    sqlite3_int64 size = 0;
    under(file)->pMethods->xFileSize(under(file), &size);
    return size;
}

int close_file(sqlite3_file* file) {
    delete opened(file)->path;
    return under(file)->pMethods->xClose(under(file));
}

int read_file(sqlite3_file* file, void* into, int count, sqlite3_int64 offset) {
    if (const int failed = disk->before_read(); failed != SQLITE_OK) return failed;
    return under(file)->pMethods->xRead(under(file), into, count, offset);
}

int write_file(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
    if (const int failed = disk->before_change(); failed != SQLITE_OK) return failed;
    if (opened(file)->path != nullptr) {
        const std::int64_t size = size_of(file);
        disk->written(
            *opened(file)->path, offset, bytes_at(file, offset, count, size), size,
            std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(count)));
    }
    return under(file)->pMethods->xWrite(under(file), bytes, count, offset);
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
    if (const int failed = disk->before_change(); failed != SQLITE_OK) return failed;
    if (opened(file)->path != nullptr) {
        const std::int64_t old_size = size_of(file);
        disk->truncated(*opened(file)->path, size,
                        bytes_at(file, size, std::max<std::int64_t>(old_size - size, 0), old_size));
    }
    return under(file)->pMethods->xTruncate(under(file), size);
}

int sync_file(sqlite3_file* file, int /*flags*/) {
    if (const int failed = disk->before_change(); failed != SQLITE_OK) return failed;
    if (opened(file)->path != nullptr) disk->synced(*opened(file)->path);
    return SQLITE_OK;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
    return under(file)->pMethods->xFileSize(under(file), size);
}
int lock_file(sqlite3_file* file, int level) {
    return under(file)->pMethods->xLock(under(file), level);
}
int unlock_file(sqlite3_file* file, int level) {
    return under(file)->pMethods->xUnlock(under(file), level);
}
int check_lock(sqlite3_file* file, int* reserved) {
    return under(file)->pMethods->xCheckReservedLock(under(file), reserved);
}
int control_file(sqlite3_file* file, int operation, void* argument) {
    return under(file)->pMethods->xFileControl(under(file), operation, argument);
}
int sector_size(sqlite3_file* file) {
    return under(file)->pMethods->xSectorSize(under(file));
}
int characteristics(sqlite3_file* file) {
    return under(file)->pMethods->xDeviceCharacteristics(under(file));
}
int map_memory(sqlite3_file* file, int page, int size, int extend, void volatile** into) {
    return under(file)->pMethods->xShmMap(under(file), page, size, extend, into);
}
int lock_memory(sqlite3_file* file, int offset, int count, int flags) {
    return under(file)->pMethods->xShmLock(under(file), offset, count, flags);
}
void memory_barrier(sqlite3_file* file) {
    under(file)->pMethods->xShmBarrier(under(file));
}
int unmap_memory(sqlite3_file* file, int remove) {
    return under(file)->pMethods->xShmUnmap(under(file), remove);
}

// Version 2: without memory-mapped pages, so that every read and write passes here.
const sqlite3_io_methods methods = {2,
                                    &close_file,
                                    &read_file,
                                    &write_file,
                                    &truncate_file,
                                    &sync_file,
                                    &file_size,
                                    &lock_file,
                                    &unlock_file,
                                    &check_lock,
                                    &control_file,
                                    &sector_size,
                                    &characteristics,
                                    &map_memory,
                                    &lock_memory,
                                    &memory_barrier,
                                    &unmap_memory,
                                    nullptr,
                                    nullptr};

int open_file(sqlite3_vfs* /*vfs*/, const char* name, sqlite3_file* file, int flags,
              int* out_flags) {
    opened(file)->base.pMethods = nullptr;
    opened(file)->path = nullptr;
    const bool is_new = name != nullptr && ::access(name, F_OK) != 0;
    const int rc = real->xOpen(real, name, under(file), flags, out_flags);
    if (rc != SQLITE_OK) return rc;
    if (name != nullptr) {
        opened(file)->path = new std::string(name);
        if (is_new) disk->created(name);
    }
    opened(file)->base.pMethods = &methods;
    return SQLITE_OK;
}

int delete_file(sqlite3_vfs* /*vfs*/, const char* name, int sync_directory) {
    std::ifstream in(name, std::ios::binary);
    const std::string content{std::istreambuf_iterator<char>(in), {}};
    const int rc = real->xDelete(real, name, sync_directory);
    if (rc == SQLITE_OK) disk->deleted(name, content, sync_directory != 0);
    return rc;
}

sqlite3_vfs faulty;

}  // namespace

FaultyDisk::FaultyDisk(std::uint64_t seed) : random_(seed), usual_(sqlite3_vfs_find(nullptr)) {
    if (disk != nullptr) std::abort();
    disk = this;
    real = usual_;
    faulty = *usual_;
    faulty.zName = "faulty";
    faulty.szOsFile = usual_->szOsFile + static_cast<int>(sizeof(OpenFile));
    faulty.pNext = nullptr;
    faulty.xOpen = &open_file;
    faulty.xDelete = &delete_file;
    sqlite3_vfs_register(&faulty, /*makeDflt=*/1);
}

FaultyDisk::~FaultyDisk() {
    sqlite3_vfs_unregister(&faulty);
    sqlite3_vfs_register(usual_, /*makeDflt=*/1);
    disk = nullptr;
}

void FaultyDisk::arm(Trouble trouble) {
    const std::lock_guard guard(mutex_);
    trouble_ = trouble;
    operations_ = 0;
    struck_ = false;
}

bool FaultyDisk::struck() const {
    const std::lock_guard guard(mutex_);
    return struck_;
}

void FaultyDisk::lie_about_sync() {
    const std::lock_guard guard(mutex_);
    lies_ = true;
}

int FaultyDisk::strike() {
    ++operations_;
    if (operations_ < trouble_.at || (operations_ > trouble_.at && !trouble_.stays)) {
        return SQLITE_OK;
    }
    struck_ = true;
    switch (trouble_.kind) {
        case Trouble::Kind::none:
            return SQLITE_OK;
        case Trouble::Kind::power_cut:
            cut_the_power();
        case Trouble::Kind::disk_full:
            return SQLITE_FULL;
        case Trouble::Kind::io_error:
            return SQLITE_IOERR;
    }
    return SQLITE_OK;
}

int FaultyDisk::before_change() {
    const std::lock_guard guard(mutex_);
    return trouble_.counted == Trouble::Counted::changes ? strike() : SQLITE_OK;
}

int FaultyDisk::before_read() {
    const std::lock_guard guard(mutex_);
    return trouble_.counted == Trouble::Counted::reads ? strike() : SQLITE_OK;
}

void FaultyDisk::created(const std::string& path) {
    const std::lock_guard guard(mutex_);
    deleted_.erase(path);
    files_[path] = {true, {}};
}

void FaultyDisk::deleted(const std::string& path, const std::string& content,
                         bool directory_synced) {
    const std::lock_guard guard(mutex_);
    files_.erase(path);
    if (directory_synced) {
        deleted_.clear();
    } else {
        deleted_[path] = content;
    }
}

void FaultyDisk::written(const std::string& path, std::int64_t offset, std::string old_bytes,
                         std::int64_t old_size, std::string new_bytes) {
    const std::lock_guard guard(mutex_);
    files_[path].unsynced.push_back(
        {false, offset, old_size, std::move(old_bytes), std::move(new_bytes)});
}

void FaultyDisk::truncated(const std::string& path, std::int64_t size, std::string old_tail) {
    const std::lock_guard guard(mutex_);
    files_[path].unsynced.push_back({true, size, 0, std::move(old_tail), {}});
}

void FaultyDisk::synced(const std::string& path) {
    const std::lock_guard guard(mutex_);
    if (!lies_) files_[path] = {};
}

// Runs with the mutex held, and keeps it: nobody touches the disk any more.
void FaultyDisk::cut_the_power() {
    for (const auto& [path, history] : files_) spoil(path, history);
    for (const auto& [path, content] : deleted_) {
        if (one_in(2)) std::ofstream(path, std::ios::binary) << content;
    }
    ::_exit(power_cut_exit);
}

void FaultyDisk::spoil(const std::string& path, const History& history) {
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    if (descriptor < 0) return;
    const auto& changes = history.unsynced;
    // Back to what was last synced …
    for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
        const auto& old = change->old_bytes;
        if (::pwrite(descriptor, old.data(), old.size(), change->offset) < 0) std::abort();
        if (!change->truncation && ::ftruncate(descriptor, change->old_size) != 0) std::abort();
    }
    // … and a part of what came after, in the order the disk liked.
    std::vector<const Change*> kept;
    for (const Change& change : changes) {
        if (one_in(3)) kept.push_back(&change);
    }
    std::shuffle(kept.begin(), kept.end(), random_);
    for (const Change* change : kept) do_again(descriptor, *change);
    ::close(descriptor);
    if (history.creation_may_be_lost && kept.empty() && one_in(2)) ::unlink(path.c_str());
}

void FaultyDisk::do_again(int descriptor, const Change& change) {
    if (change.truncation) {
        if (::ftruncate(descriptor, change.offset) != 0) std::abort();
        return;
    }
    const bool torn = one_in(3);
    const auto size = static_cast<std::int64_t>(change.new_bytes.size());
    for (std::int64_t at = 0; at < size;) {
        // Sectors are those of the disk, not of the write.
        const std::int64_t here = change.offset + at;
        const std::int64_t count = std::min(size - at, sector_bytes - here % sector_bytes);
        if (!torn || one_in(2)) {
            if (::pwrite(descriptor, change.new_bytes.data() + at, static_cast<std::size_t>(count),
                         here) < 0) {
                std::abort();
            }
        }
        at += count;
    }
}

void forget_memory(const std::string& directory) {
    std::filesystem::remove(directory + "/deodat.db-shm");
}

}  // namespace deodat::faults
