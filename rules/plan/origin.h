// Where a figure comes from: the steps behind an expression of a rule, with a dossier's values.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "rules/engine/evaluator.h"
#include "rules/plan/step.h"

namespace deodat::rules {

// An amount to show. What leaves Money's bounds shows as nothing: the plan is refused for it.
Money amount_to_show(std::int64_t cents);

// « 60 % × min(24 180,00 €, plafond 40 000,00 €) = 14 508,00 € »; the result alone when the formula
// says nothing more.
std::string formula(const Aid& aid, Frame& frame, NodeIndex node, const std::string& result);

// The parts of a formula worth a line of their own: the aid's base and rate, the rows of tables and
// why those, bonuses had or missed, facts, other aids, trades. Each part once.
std::vector<Step> origins(const std::string& rule, const Aid& aid, Frame& frame, NodeIndex node);

// The household's class on the scale: each ceiling it was compared with, and by how much it lies
// above or below.
Step income_class_step(const Scale& scale, const Facts& facts, IncomeClass found);

// What a household reads for an aid decided outside the rules.
std::string given_label(const RuleSet& rules, const GivenAid& given);

// A condition and what the dossier says to it: « âge du logement d'au moins 15 ans (ici : 60 ans)
// ».
std::string answered(const Aid& aid, Frame& frame, NodeIndex test);

}  // namespace deodat::rules
