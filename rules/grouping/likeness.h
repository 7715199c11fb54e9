// How alike dwellings are for whoever prices their works: a point scale from 0 to 100.
//
// Building period 35 (17 when adjacent), party walls 15, wall material 15, energy class within one
// 15, living area within 30 % (of the larger) 10, energy 10. What is not known of one of the two
// counts half.
#pragma once
#include <span>

#include "rules/grouping/candidate.h"

namespace deodat::rules::grouping {

inline constexpr std::int64_t half_points_a_point = 2;

// In half points, 0 to 200: half of an odd number of points stays whole.
std::int64_t likeness_half_points(const Typology& a, const Typology& b);

}  // namespace deodat::rules::grouping
