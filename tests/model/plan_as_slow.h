// A plan of the program in the model's words, so that the two can be compared field by field.
#pragma once
#include "rules/plan/plan.h"
#include "tests/model/slow_rules.h"

namespace deodat::model {

SlowPlan as_slow(const Result<rules::Plan>& made);

}  // namespace deodat::model
