// The two ends of a dossier.
#pragma once
#include <string_view>

#include "ledger/treasury/gates.h"

namespace deodat::treasury {

// Event 24: what was spent and what was received meet. Refuses while a gate of closing_gates is
// closed.
Result<EntryId> close_dossier(store::Transaction& tx, DossierId dossier, Day day,
                              PersonId authorising_officer);

// Before any works: every grant is given up (event 12) and the dossier ends, by an entry that seals
// the reason. Refuses once works are
// ordered, a payment is claimed or money of the household is held.
Result<EntryId> abandon_dossier(store::Transaction& tx, DossierId dossier, std::string_view reason,
                                Day day, PersonId adviser);

}  // namespace deodat::treasury
