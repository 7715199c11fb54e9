// The order of evaluation of aids: whoever reads another comes after it; those that read `other
// aids` come last. And of limits: those that touch the same aids say which comes first.
#pragma once
#include <optional>
#include <vector>

#include "rules/engine/program.h"
#include "rules/engine/syntax.h"

namespace deodat::rules {

// Puts rules.aids and rules.limits in order, or says which cycle or undecided pair forbids one.
std::optional<RuleError> put_in_order(RuleSet& rules);

}  // namespace deodat::rules
