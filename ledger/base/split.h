// Splits of an amount over parts, to the cent, by largest remainder.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "ledger/base/money.h"

namespace deodat {

// One part's claim on an amount. The id decides the last ties, so a split never depends on the
// order given.
struct SplitWeight {
    std::int64_t weight;  // zero or more
    std::int64_t id;      // distinct among the parts
};

// Shares of the amount, in the order of the weights, that sum to it exactly. Each share is the
// floor of its exact part or one cent more; the cents left go to the largest remainders, ties to
// the larger weight, then to the smaller id. All weights zero share equally. A negative amount is
// split as its opposite. There must be at least one part.
std::vector<Money> split(Money amount, std::span<const SplitWeight> weights);

// What parts come to together; nothing when there are none.
Money sum(std::span<const Money> parts);

}  // namespace deodat
