// The proof of the record chain: every row outside the journal is what the last command that wrote
// it left there; none was added or has gone otherwise.
#pragma once
#include "ledger/journal/verification.h"

namespace deodat::audit {

// Adds a fault for each record that is not what was sealed, each row that is not what its newest
// record says, and each row too many or missing; each is named by its table and key.
void check_records(journal::Verification& result, store::Database& db);

}  // namespace deodat::audit
