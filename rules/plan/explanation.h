// The tree of an explanation, made from a plan and what its run noted.
#pragma once
#include <vector>

#include "rules/plan/plan.h"
#include "rules/plan/trace.h"

namespace deodat::rules {

// The steps at the top, in the order of step.h. Where an income class is read several times, only
// the first place shows the ceilings it was compared with.
std::vector<Step> explanation(const RuleSet& rules, const Facts& facts, const Scale& scale,
                              const Plan& plan, const Trace& trace);

}  // namespace deodat::rules
