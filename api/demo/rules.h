// The rules of the demonstration: those of the program, and three invented local aids that fill in
// for the deliberations of its funders.
#pragma once
#include "rules/engine/program.h"

namespace deodat::demo {

// Compiled once; lives as long as the program.
const rules::RuleSet& rule_set();

}  // namespace deodat::demo
