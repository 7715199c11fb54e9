// What was erased: told by a chained entry, and by one only; gone, and gone for good. An erasure
// that no entry tells is somebody's work behind the ledger's back.
#pragma once
#include "ledger/journal/verification.h"

namespace deodat::audit {

// Adds its faults, each naming the row (table and key), and a sentence for each erasure proven.
void check_erasures(journal::Verification& result, store::Database& db);

}  // namespace deodat::audit
