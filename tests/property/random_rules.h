// A rule set drawn at random that the compiler accepts: aids of every kind and clause over each
// other's outcome, limits that cut them, a scale of its own now and then. One block a file.
#pragma once
#include <vector>

#include "rules/engine/syntax.h"

namespace deodat::rules::test {

// Beside the income scales of the program. Blocks that turn out not to compile (a calculation too
// long, a name left out with its block) are left out.
std::vector<RuleFile> random_rule_files();

}  // namespace deodat::rules::test
