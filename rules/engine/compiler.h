// From rule files to a rule set: parses, checks, compiles, orders. Either everything is in order or
// nothing is loaded, and every error found is listed with its file, line and column.
#pragma once
#include <memory>
#include <span>
#include <vector>

#include "rules/engine/program.h"
#include "rules/engine/syntax.h"

namespace deodat::rules {

struct Loading {
    std::unique_ptr<const RuleSet> rules;  // none when there are errors
    std::vector<RuleError> errors;
};

// The order of the files is the order of limits; nothing else depends on it.
Loading compile(std::span<const RuleFile> files);

}  // namespace deodat::rules
