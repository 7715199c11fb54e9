// The expressions of rule texts (grammar.md, "Expressions").
#pragma once
#include <vector>

#include "rules/engine/cursor.h"
#include "rules/engine/syntax.h"

namespace deodat::rules {

syntax::Expression parse_expression(Cursor& cursor);

// `region 44, epci {200071066, 200042000} except commune 88413`
std::vector<syntax::TerritoryItem> parse_territory(Cursor& cursor);

}  // namespace deodat::rules
