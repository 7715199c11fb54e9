// What if: a few changes to the facts of a dossier, and the two plans side by side.
//
// Nothing is kept: the facts given are left as they are, and the changed ones live in the answer.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "rules/plan/plan_difference.h"

namespace deodat::rules {

// All the lines of a trade are left out.
struct DropTrade {
    std::string trade;
};
// One line is left out, by its place (from 0) among the lines as the changes before left them.
struct DropLine {
    std::size_t index;
};
struct AddLine {
    WorksLine line;
};
// A fact of the dictionary takes that value (as Facts holds it), or none.
struct SetFact {
    FactId id;
    std::optional<std::int64_t> value;
};
// The national scheme wished; empty for none.
struct SetScheme {
    std::string scheme;
};
using Supposition = std::variant<DropTrade, DropLine, AddLine, SetFact, SetScheme>;

// The facts with the suppositions made, in their order, and derived anew. Refuses (not_found) a
// trade or a line that is not there, (out_of_range) more lines than facts may hold, (missing) facts
// that no line of works is left to, or a required fact taken away.
Result<Facts> supposing(const Facts& facts, std::span<const Supposition> suppositions);

struct WhatIf {
    Plan before;
    Plan after;
    PlanDifference difference;
};

// Refuses what supposing() and plan() refuse.
Result<WhatIf> what_if(const RuleSet& rules, const Facts& facts,
                       std::span<const Supposition> suppositions);

// For people: a table before, after, difference; then what is no longer met, or now is.
std::string what_if_text(const WhatIf& answer);

// {"changes": [one of {"set": path, "value": …}, {"drop_trade": trade}, {"drop_line": n},
// {"add_line": works line}]}. A path and its value are read, and refused, as in the JSON of facts;
// a null value takes an optional fact away.
Result<std::vector<Supposition>> suppositions_from_json(std::string_view json);

// {"before": plan, "after": plan, "difference": as difference_json}
std::string what_if_json(const WhatIf& answer);

}  // namespace deodat::rules
