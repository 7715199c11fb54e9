// The checks that every command makes of the amounts and the days it is handed: one sentence and
// one code for each, wherever they stand.
#pragma once
#include <string_view>

#include "ledger/base/day.h"
#include "ledger/base/money.h"

namespace deodat {

// The most one amount from outside may be, 100 million euros: a thousand of them still sum within
// the bounds of Money, so that no figure a person types or a bank sends can break the sums.
inline constexpr Money entered_max = Money::euros(100'000'000);
static_assert(entered_max.cents() <= Money::cents_max / 1'000);

// Refuses what is not above zero (amount_not_positive) or above entered_max (amount_out_of_range).
Result<Done> require_amount(std::string_view field, Money amount);

// Refuses a day before the one of what it stands on (date_invalid): `what` names that, with its
// article: "la demande".
Result<Done> require_not_before(std::string_view field, Day day, Day earlier,
                                std::string_view what);

// Refuses as having happened what lies after today (date_invalid).
Result<Done> require_happened(std::string_view field, Day day, Day today);

}  // namespace deodat
