// An explanation as French text for a letter: each step a line, its parts indented below it, the
// amounts of steps that stand together one under another. No code is shown.
#pragma once
#include <span>
#include <string>

#include "rules/plan/step.h"

namespace deodat::rules {

std::string explanation_text(std::span<const Step> steps);

}  // namespace deodat::rules
