// Candidates of one programme and trade gathered into groups fit for one price: near each other,
// alike, able to have works in the same month, not too many.
#pragma once
#include <span>
#include <vector>

#include "rules/grouping/candidate.h"

namespace deodat::rules::grouping {

using Members = std::vector<const Candidate*>;

struct Gathered {
    Members members;        // by id
    bool variants = false;  // unlike each other, yet too few to be priced apart
    int wave = 1;           // 2 and more: those of a group who cannot start when most can
    Month start;
};

// Urban where any member's neighbourhood is: the stricter of the two.
Setting setting_of(const ProposalRequest& request, const Members& members);

// Every candidate is in one group. In a neighbourhood, complete link within the setting's diameter;
// groups below the size wanted join the nearest of other neighbourhoods where that keeps within
// twice the diameter; groups whose mean likeness is below what is wanted are split between their
// two least alike, where both parts keep the size wanted; works start in the month that suits most;
// above the largest size, cut evenly along the streets.
std::vector<Gathered> gather(const ProposalRequest& request, const Members& block);

// Mean over all pairs, in half points downwards; of one alone 200.
std::int64_t mean_likeness(const Members& members);
// Of its farthest two, in square metres.
std::int64_t squared_diameter(const Members& members);

}  // namespace deodat::rules::grouping
