// Rules in French: as they are written, and with a dossier's values in place of names.
#pragma once
#include <string>

#include "rules/engine/evaluator.h"
#include "rules/engine/program.h"

namespace deodat::rules {

// « âge du logement d'au moins 15 ans », « catégorie de revenus très modeste ou modeste »
std::string wording(const RuleSet& rules, NodeIndex node);

// What is true when a condition is not met: « travaux commencés avant le dépôt : non ».
std::string wording_of_contrary(const RuleSet& rules, NodeIndex test);

// What a condition asks, as a sentence: « Il faut : âge du logement d'au moins 15 ans. »
std::string requirement(const RuleSet& rules, NodeIndex test);

// The keys that a row takes: « 3 à 4 classes », « modeste, très modeste », « autres ».
std::string row_wording(const TableRow& row, const Node& key);

// « 60 % × min(24 180,00 €, plafond 40 000,00 €) »: names replaced by the frame's values, tables by
// the row that applies, the aid's own base and rate by what they are made of.
std::string wording_with_values(const Aid& aid, Frame& frame, NodeIndex node);

// A plain value, with the unit of the fact it belongs to.
std::string french_value(const Node& node, std::int64_t value);

// « a, b ou c » with « ou » for the last link.
std::string enumerated(const std::vector<std::string>& values, std::string_view last_link);
// With a capital for its first letter.
std::string capitalised(std::string text);
// A code as words, for want of a label: « isolation mur ite ».
std::string plain_words(std::string_view code);

std::string french_cents(std::int64_t cents);
std::string french_rate(std::int64_t basis_points);
std::string french_window(const Window& window);

// The code of a condition that gives none: that of the first fact it tests, else "condition".
std::string first_fact_code(const RuleSet& rules, NodeIndex node);

}  // namespace deodat::rules
