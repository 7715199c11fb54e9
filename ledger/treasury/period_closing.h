// The closing of an exercice, once what belongs to it is settled.
#pragma once
#include "ledger/journal/periods.h"

namespace deodat::treasury {

// An administrator closes the exercice, for ever (journal/periods.h). Refuses, naming the first:
//   - what close_exercice refuses;
//   - a transit account (47138, 4712) that held money of that exercice and still holds it: what was
//     settled since is carried over with its balance of 31 December (balance_not_nil);
//   - a bank movement of that exercice not booked, a transfer of that exercice that the bank has
//     not answered: their entries would have to land in it (gate_closed).
// Orders not taken in charge are no obstacle: the works ordered are carried over as engaged.
Result<EntryId> close_period(store::Transaction& tx, int year, PersonId administrator);

}  // namespace deodat::treasury
