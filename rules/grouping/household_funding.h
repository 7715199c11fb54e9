// What a household pays of works, and what its funders pay: by the rule set, or by parameters that
// stand in its place.
#pragma once
#include <vector>

#include "rules/grouping/batch.h"

namespace deodat::rules::grouping {

// Adds an amount to lines of works, in proportion to them: first among the VAT rates, then among
// the lines of each, by largest remainder. A negative amount is a discount, at most the lines' sum.
// The weights are the lines as they are in `works`.
void spread(Money amount, const std::vector<WorksLine>& works, std::vector<WorksLine>& lines);

// The works incl. VAT as one invoice says it: VAT half up, once for each rate.
Money invoiced_ttc(const std::vector<WorksLine>& lines);

struct Funding {
    Money ttc;
    Money aid;
    Money remaining;  // what the household pays; beside the works, also what the facts' costs say
};

// The funding of those lines. With facts, the lines stand in place of the works of the dossier.
// Refuses what plan() refuses, and (amount_out_of_range) figures above household_max.
Result<Funding> funding_of(const RuleSet& rules, const Batch& batch, const Member& member,
                           std::vector<WorksLine> lines);

}  // namespace deodat::rules::grouping
