// Places gathered so that no two of a group are too far apart.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "rules/grouping/candidate.h"

namespace deodat::rules::grouping {

inline constexpr std::int64_t diameter_max_m = 60'000;

using Group = std::vector<std::size_t>;  // places in a list, rising

// In square metres: exact, no root.
std::int64_t squared_distance(Position a, Position b);
// Whole metres, downwards.
std::int64_t metres(std::int64_t square_metres);

// Agglomerative clustering by complete link: the two groups whose farthest members are nearest are
// joined first, as long as no two members are more than diameter_m apart (diameter_max_m at most).
// Ties: the group whose first place comes first, then the other's. Groups come by their first
// place. At most clustered_max places.
std::vector<Group> complete_link(std::span<const Position> places, std::int64_t diameter_m);

}  // namespace deodat::rules::grouping
