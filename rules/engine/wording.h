// Rules in French: as they are written, and with a dossier's values in place of names.
#pragma once
#include <string>

#include "rules/engine/evaluator.h"
#include "rules/engine/program.h"

namespace deodat::rules {

// « âge du logement ≥ 15 ans »
std::string wording(const RuleSet& rules, NodeIndex node);

// « 60 % × min(24 180,00 €, plafond 40 000,00 €) »: names replaced by the frame's values, tables by
// the row that applies, the aid's own base and rate by what they are made of.
std::string wording_with_values(const Aid& aid, Frame& frame, NodeIndex node);

// A plain value, with the unit of the fact it belongs to.
std::string french_value(const Node& node, std::int64_t value);

std::string french_cents(std::int64_t cents);
std::string french_rate(std::int64_t basis_points);
std::string french_window(const Window& window);

// The code of a condition that gives none: that of the first fact it tests, else "condition".
std::string first_fact_code(const RuleSet& rules, NodeIndex node);

}  // namespace deodat::rules
