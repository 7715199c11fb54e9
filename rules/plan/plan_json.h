// Plans as JSON, the way programs read them.
#pragma once
#include <span>
#include <string>

#include "rules/plan/plan.h"

namespace deodat::rules {

std::string plan_json(const Plan& plan);
// With "trace": [{"rule", "step", "text", "amount_cents", "source", "note", "parts"}], the last
// four only where there is something.
std::string explained_json(const Explained& explained);
// {"error": {"code", "field", "message"}}
std::string refusal_json(const Refusal& refusal);

}  // namespace deodat::rules
