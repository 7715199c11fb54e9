// Advice to the person who writes rules: what is in order for the language and yet probably not
// meant. It refuses nothing.
//
// - a condition that can never be false, by itself or after those before it;
// - an aid that nobody can get: conditions that contradict each other, a territory without a
//   commune, another aid required that is never open when and where it is, a minimum above its
//   largest amount;
// - an aid whose amount is always nil;
// - a row of a table that the rows before it leave nothing;
// - a hole of less than a week between two periods of one aid or limit, any hole between scales;
// - a scale that does not follow from the one before it (scale_checksum.h).
//
// What cannot be decided is not mentioned.
#pragma once
#include <string>
#include <vector>

#include "rules/engine/program.h"

namespace deodat::rules {

struct Advice {
    std::string file;
    Place at;
    std::string message;  // a French sentence

    std::string text() const;  // file:line:column: attention : message
};

// By file, line and column.
std::vector<Advice> advice_on(const RuleSet& rules);

}  // namespace deodat::rules
