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

bool Aid::covers(const WorksLine& line) const {
    if (line.eligible_for) {
        return std::ranges::find(*line.eligible_for, id) != line.eligible_for->end();
    }
    return line.eligible && !named_lines;
}

std::int64_t Scale::ceiling(Zone zone, IncomeClass income_class, std::int64_t persons) const {
    const Row& row = rows[static_cast<std::size_t>(zone)][static_cast<std::size_t>(income_class)];
    const auto listed = std::min<std::int64_t>(persons, persons_max);
    return row.cents[static_cast<std::size_t>(listed - 1)] +
           (persons - listed) * row.supplement_cents;
}

IncomeClass Scale::class_of(Zone zone, std::int64_t persons, std::int64_t income_cents) const {
    for (std::size_t i = 0; i < (has_intermediate ? ceilings : ceilings - 1); ++i) {
        const auto candidate = static_cast<IncomeClass>(i);
        const std::int64_t most = ceiling(zone, candidate, persons);
        if (inclusive ? income_cents <= most : income_cents < most) return candidate;
    }
    return IncomeClass::upper;
}

const Window* Dating::window_of(const Facts& facts) const {
    const std::int64_t day = facts.get(facts.has(by) ? by : FactId::deposit_date);
    for (const Window& window : windows) {
        if (window.contains(day)) return &window;
    }
    return nullptr;
}

bool Dating::meets(const Dating& other) const {
    if (by != other.by) return true;
    return std::ranges::any_of(windows, [&](const Window& mine) {
        return std::ranges::any_of(other.windows, [&](const Window& theirs) {
            return mine.from <= theirs.until && theirs.from <= mine.until;
        });
    });
}

const Scale* RuleSet::scale_of(ScaleFamily family, const Facts& facts) const {
    for (const Scale& scale : scales) {
        if (scale.family == family && scale.dating.window_of(facts) != nullptr) return &scale;
    }
    return nullptr;
}

std::optional<AidIndex> RuleSet::index_of(std::string_view aid_id) const {
    const auto at = std::ranges::lower_bound(aid_ids, aid_id);
    if (at == aid_ids.end() || *at != aid_id) return std::nullopt;
    return static_cast<AidIndex>(at - aid_ids.begin());
}

}  // namespace deodat::rules
