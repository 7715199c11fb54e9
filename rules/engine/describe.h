// A rule as a French reader signs it: every clause of an aid in words.
#pragma once
#include <algorithm>
#include <string>
#include <vector>

#include "rules/engine/program.h"

namespace deodat::rules {

// All lines of one version of an aid.
std::string describe(const RuleSet& rules, const Aid& aid);

std::int64_t first_day(const Dating& dating);

// Aids, limits or scales as people look for them: by name, then from the oldest to the latest.
template <class Block>
std::vector<const Block*> by_date(const std::vector<Block>& blocks) {
    std::vector<const Block*> out;
    out.reserve(blocks.size());
    for (const Block& block : blocks) out.push_back(&block);
    std::stable_sort(out.begin(), out.end(), [](const Block* a, const Block* b) {
        return a->id != b->id ? a->id < b->id : first_day(a->dating) < first_day(b->dating);
    });
    return out;
}

// « du 30/09/2025 au 31/12/2025, depuis le 23/02/2026 », and which date when not that of deposit.
std::string french_dating(const Dating& dating);

}  // namespace deodat::rules
