// The register of exports: whoever receives a file can ask when it was taken, up to which entry,
// and whether its bytes are those. Append-only.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "ledger/base/id.h"
#include "ledger/store/store.h"

namespace deodat::journal {

struct JournalExport {
    std::int64_t id;
    Instant made_at;
    PersonId person;     // 0: the command line, which knows nobody
    std::string format;  // "hledger", "fec"
    int year;            // of a FEC; 0 for the whole journal
    EntryId up_to;       // the last entry of the snapshot it was read from
    std::int64_t bytes;
    std::string sha256;  // 32 raw bytes
};

// Records it, made now. Returns its number.
std::int64_t register_export(store::Transaction& tx, const JournalExport& made);
// All of them, oldest first.
std::vector<JournalExport> registered_exports(store::Database& db);

}  // namespace deodat::journal
