#include <algorithm>

#include "rules/engine/program.h"

namespace deodat::rules {

Op opposite(Op comparison) {
    if (comparison == Op::less) return Op::greater_equal;
    if (comparison == Op::less_equal) return Op::greater;
    if (comparison == Op::greater) return Op::less_equal;
    if (comparison == Op::greater_equal) return Op::less;
    return comparison == Op::equal ? Op::not_equal : Op::equal;
}

Op mirrored(Op comparison) {
    if (comparison == Op::less) return Op::greater;
    if (comparison == Op::less_equal) return Op::greater_equal;
    if (comparison == Op::greater) return Op::less;
    if (comparison == Op::greater_equal) return Op::less_equal;
    return comparison;
}

std::int64_t Scale::ceiling(Zone zone, IncomeClass income_class, std::int64_t persons) const {
    const Row& row = rows[static_cast<std::size_t>(zone)][static_cast<std::size_t>(income_class)];
    const auto listed = std::min<std::int64_t>(persons, persons_max);
    return row.cents[static_cast<std::size_t>(listed - 1)] +
           (persons - listed) * row.supplement_cents;
}

IncomeClass Scale::class_of(Zone zone, std::int64_t persons, std::int64_t income_cents) const {
    for (std::size_t i = 0; i < ceilings; ++i) {
        const auto candidate = static_cast<IncomeClass>(i);
        const std::int64_t most = ceiling(zone, candidate, persons);
        if (inclusive ? income_cents <= most : income_cents < most) return candidate;
    }
    return IncomeClass::upper;
}

bool any_contains(const std::vector<Window>& windows, std::int64_t day) {
    for (const Window& window : windows) {
        if (window.contains(day)) return true;
    }
    return false;
}

const Scale* RuleSet::scale_on(std::int64_t day) const {
    for (const Scale& scale : scales) {
        if (any_contains(scale.windows, day)) return &scale;
    }
    return nullptr;
}

std::optional<AidIndex> RuleSet::index_of(std::string_view aid_id) const {
    for (AidIndex i = 0; i < aid_ids.size(); ++i) {
        if (aid_ids[i] == aid_id) return i;
    }
    return std::nullopt;
}

bool RuleSet::any_scheme_open(std::int64_t day) const {
    return std::any_of(aids.begin(), aids.end(), [&](const Aid& aid) {
        return aid.national_scheme && any_contains(aid.windows, day);
    });
}

}  // namespace deodat::rules
