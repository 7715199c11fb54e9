// An explanation: a tree of steps, from the remaining cost down to each figure.
//
// At the top stand, in this order: remaining_cost, whose parts are the works, each other_cost, each
// chosen grant and given aid (costs less aids is the remaining cost, to the cent), and each limit;
// then uncounted (loans and certificates), refused (its first part is the condition that failed
// first), not_chosen, to_verify, notice. The parts of a step are what made it.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/base/money.h"

namespace deodat::rules {

struct Step {
    std::string rule;  // the id of the aid, limit or scale it applies; "plan" for the plan itself
    std::string step;  // its kind, a stable name for programs
    std::string text;  // French, for the household: no code
    std::optional<Money> amount = {};  // the figure that the text states
    std::string source = {};           // of the rule, as its text says
    std::string note = {};             // what its author holds uncertain
    std::vector<Step> parts = {};
};

}  // namespace deodat::rules
