// What a household owes back to the Anah when it breaks its undertaking to live in the dwelling, or
// to let it: a share of the aid by the year of the breach, on the grid that was published for the
// length of the undertaking. The length is that of the dossier, never the one in force today.
//
// The grid's coefficients are fixed: they are not the fraction of years left. What they give is
// then multiplied by the change of the rent index, which is not known here. An advance without
// works is owed whole, and so is everything after a fraud.
#pragma once
#include <cstdint>

#include "ledger/base/day.h"
#include "ledger/base/money.h"
#include "ledger/base/result.h"

namespace deodat::rules {

// The year of the undertaking in which a day falls: 1 from the day the Anah received the papers of
// completion to the eve of its anniversary, and so on. The day may not come before.
std::int64_t year_of_undertaking(Day start, Day breach);

// The share of an aid owed back, before the rent index, half up to the cent; nothing once the
// undertaking is over. Refuses a length without a published grid (reversal_grid_missing: three
// years among others), a year below 1 (out_of_range) and a negative aid (amount_not_positive).
Result<Money> pro_rata_reversal(Money paid, std::int64_t undertaking_years,
                                std::int64_t year_of_breach);

}  // namespace deodat::rules
