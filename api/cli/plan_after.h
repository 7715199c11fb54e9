// What is asked of a plan once it is made: recomputed on invoices, drawn as cash, or supposed
// otherwise.
#pragma once
#include <string>

#include "rules/engine/program.h"
#include "rules/facts/facts.h"

namespace deodat::cli {

// The files asked with, empty when not asked: one of the three, or a recomputation whose cash plan
// is wanted.
struct AfterPlan {
    std::string what_if;
    std::string recompute;
    std::string cash;
    bool as_text = false;  // French for people instead of JSON

    bool any() const { return !what_if.empty() || !recompute.empty() || !cash.empty(); }
    bool consistent() const { return what_if.empty() || (recompute.empty() && cash.empty()); }
};

// The answer, without its last end of line. Refuses what the files or the rules refuse.
Result<std::string> answer_after(const rules::RuleSet& rule_set, const rules::Facts& facts,
                                 const AfterPlan& asked);

}  // namespace deodat::cli
