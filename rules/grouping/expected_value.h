// What a batch may be expected to be worth, by prices alone: no aid is known here. What each
// household gains in remaining cost is the allocation's to say.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "rules/grouping/candidate.h"

namespace deodat::rules::grouping {

// Of houses each of which leaves with the same chance, the chance that 0, 1, … n stay, in parts of
// chance_parts, which they sum to exactly.
inline constexpr std::int64_t chance_parts = 1'000'000'000'000'000;
std::vector<std::int64_t> chances_to_stay(std::size_t houses, std::int64_t drop_out_bp);

struct ExpectedValue {
    // Σ chance that k stay × what k save − the shared costs. What k save is the tier's discount on
    // k average houses, and their own shared costs, which they need not pay; half-up to the cent,
    // as is each term.
    Money value;
    // The fewest houses with which nobody pays more than alone, if those that stay weigh as much as
    // the average; none: not even all.
    std::optional<std::size_t> houses_min;
};

// Whose works, own shared costs or share of a cost are not known: without them nothing is
// expected.
std::vector<std::string> unpriced(std::span<const Candidate* const> members,
                                  const Agreement& agreement);

// All members are priced; there is one at least.
ExpectedValue expected_value(std::span<const Candidate* const> members, const Agreement& agreement,
                             std::int64_t drop_out_bp);

}  // namespace deodat::rules::grouping
