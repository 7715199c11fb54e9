// The parts of advice.cpp, one file each: what is said of aids, of tables, of periods and scales.
// Each adds to the list, in no order.
#pragma once
#include <vector>

#include "rules/engine/advice.h"

namespace deodat::rules {

void advise_on_aids(const RuleSet& rules, std::vector<Advice>& out);
void advise_on_tables(const RuleSet& rules, std::vector<Advice>& out);
void advise_on_periods(const RuleSet& rules, std::vector<Advice>& out);

}  // namespace deodat::rules
