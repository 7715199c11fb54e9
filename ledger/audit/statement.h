// A statement: what the ledger held on a day, in the bytes that are signed and time-stamped.
//
// Canonical bytes, version 1, in the forms of ledger/base/canonical.h:
//
//   8 bytes    "DEODATS" and the version, 0x01
//   32 bytes   the ledger's identity: the hash of its first record
//   int64      number of the last entry, 0 for none
//   32 bytes   its hash; 32 zero bytes for none
//   int64      number of the last record
//   32 bytes   its hash
//   text       the day it was made, YYYY-MM-DD
//
// The two hashes cover everything before them (ledger/journal/chain.h, ledger/store/records.h):
// whoever keeps these bytes can tell any later change of what the ledger held then.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "ledger/base/day.h"
#include "ledger/base/id.h"
#include "ledger/store/database.h"

namespace deodat::audit {

// Where the two chains end.
struct Heads {
    std::string ledger;  // its identity
    EntryId entry;
    std::string entry_hash;
    std::int64_t record = 0;
    std::string record_hash;
};
Heads heads_of(store::Database& db);

struct Statement {
    Heads heads;
    std::string day;
};
std::string canonical_bytes(const Statement& statement);
// Nothing when these are not the bytes of a statement of this version.
std::optional<Statement> read_statement(std::string_view bytes);

}  // namespace deodat::audit
