// The opening balance of a ledger, taken over from a file by the public accountant.
#pragma once
#include <string_view>

#include "ledger/payments/opening_balance.h"

namespace deodat::administration_desk {

// Refuses an unknown programme (none named: the only one), and what
// payments::take_opening_balance refuses; then nothing is written.
Result<EntryId> import_opening(store::Store& store, std::string_view file,
                               std::string_view programme, Day day, PersonId accountant);

}  // namespace deodat::administration_desk
