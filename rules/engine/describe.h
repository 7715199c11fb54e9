// A rule as a French reader signs it: every clause of an aid in words.
#pragma once
#include <string>

#include "rules/engine/program.h"

namespace deodat::rules {

// All lines of one version of an aid.
std::string describe(const RuleSet& rules, const Aid& aid);

// « du 30/09/2025 au 31/12/2025, depuis le 23/02/2026 », and which date when not that of deposit.
std::string french_dating(const Dating& dating);

}  // namespace deodat::rules
