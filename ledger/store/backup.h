// Backups of a data directory: taken beside whoever writes, proven before they count, restored only
// when they are what they were.
//
//   Result<Backup> taken = back_up(*store, "/nas/2026-03-20.db", prove, clock.now());
//   Result<Backup> back = restore("/nas/2026-03-20.db", "/srv/deodat", prove, clock, random);
//
// A backup is two files. FILE is a plain SQLite database, which anything can still read in ten
// years. FILE.manifest says what it is; without it FILE is no backup. It is written last, so that
// what was interrupted never counts. Its lines, each ended by a line feed:
//
//   deodat backup 1
//   taken_at 2026-03-20T09:00:00.000000Z
//   entries 1234
//   head     of the last entry, 64 hexadecimal digits
//   sha256   of FILE, the same (what sha256sum says)
//   seal     SHA-256 of the lines above, the same
//
// Why SQLite's backup interface, in one step: it copies the pages of one snapshot as they are, so a
// proof of the copy is one of the original's pages too, where VACUUM INTO would rebuild the indexes
// and hide a damaged one; in WAL mode it holds up no writer. A copy of the file alone would be
// torn.
//
// The manifest finds damage, not forgery: against whoever rewrites both files stand the anchors of
// the chain.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "ledger/store/store.h"

namespace deodat::store {

// What a proof of the whole ledger found. The store stands below the journal, so the proof is
// handed in (audit::prove).
struct Proof {
    std::int64_t entries = 0;
    std::string head_hash;            // of the last entry, 32 bytes
    std::vector<std::string> faults;  // French sentences; none when it is proven
};
using Prove = std::function<Proof(Database&)>;

struct Backup {
    std::string taken_at;  // UTC, ISO
    std::int64_t entries = 0;
    std::string head_hash;  // 32 bytes
    std::string sha256;     // of the file, 32 bytes
};

// Takes one. Refuses a file that exists (backup_exists) and a copy that is not proven
// (backup_unproven): nothing is left of it.
Result<Backup> back_up(const Store& store, const std::string& file, const Prove& prove,
                       Instant now);

// What is to be done to a restored ledger before it counts; a refusal undoes the restoring.
using Amend = std::function<Result<Done>(Store&)>;

// Makes a data directory of it, the schema brought up to date, and amends it: nobody can open it
// before that is done and proven. Refuses what the amending refuses, a directory that is not
// empty (data_directory_exists) or in use (data_directory_locked), a file that cannot be read
// (file_unreadable), and a backup that is not what its manifest says (backup_damaged) or does not
// prove (backup_unproven): the directory is then as it was.
Result<Backup> restore(const std::string& file, const std::string& directory, const Prove& prove,
                       Clock& clock, Random& random, const Amend& amend = {});

// Restores into a directory of its own, opens it as the service would, proves it once more, and
// removes it.
Result<Backup> drill(const std::string& file, const Prove& prove, Clock& clock, Random& random);

}  // namespace deodat::store
