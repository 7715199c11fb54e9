// The proof of the limits: what is used and reserved is added up again off the entries, and no
// entry that limits hold back goes beyond the one in force when it was recorded.
#pragma once
#include "ledger/journal/verification.h"

namespace deodat::audit {

// Adds a fault for each entry beyond a limit, and for each subject of a limit of which the kept
// balances say otherwise than the entries. Reads the journal only where a limit was ever set.
void check_limits(journal::Verification& result, store::Database& db);

}  // namespace deodat::audit
