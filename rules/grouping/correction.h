// "Nobody loses": shared costs moved from households that would pay more than alone to those that
// gain, cent by cent.
#pragma once
#include <functional>
#include <optional>
#include <vector>

#include "ledger/base/money.h"
#include "ledger/base/result.h"

namespace deodat::rules::grouping {

// By member, by shared cost: what it bears.
using Parts = std::vector<std::vector<Money>>;

// A member's gain in remaining cost when it bears so much of shared costs in all.
using GainOf = std::function<Result<Money>(std::size_t member, Money shared)>;

// The parts in which no gain is negative; none when there are none to find. In a round, each
// loser's parts fall by the smallest amount in cents that ends its loss, and those who gain take
// the sum, in proportion to their gains; a taker that loses by it is a loser of the next round, of
// which there are at most as many as members. What is moved leaves the costs in their order and
// reaches the members in theirs, so that each cost is still paid whole. Where a threshold makes a
// gain jump, the amount found ends the loss and one cent less does not.
Result<std::optional<Parts>> corrected(Parts parts, const GainOf& gain_of);

}  // namespace deodat::rules::grouping
