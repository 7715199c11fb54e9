#include "rules/engine/possible.h"

#include <algorithm>

#include "ledger/base/day.h"
#include "rules/engine/evaluator.h"

namespace deodat::rules {
namespace {

ValueSet values_satisfying(Op op, std::int64_t bound) {
    const ValueSet below =
        bound == INT64_MIN ? ValueSet() : ValueSet::between(INT64_MIN, bound - 1);
    const ValueSet same = ValueSet::between(bound, bound);
    if (op == Op::less) return below;
    if (op == Op::less_equal) return below | same;
    if (op == Op::greater) return (below | same).complement();
    if (op == Op::greater_equal) return below.complement();
    return op == Op::equal ? same : same.complement();
}

template <class Key>
std::map<Key, ValueSet> joined_values(const std::map<Key, ValueSet>& a,
                                      const std::map<Key, ValueSet>& b) {
    std::map<Key, ValueSet> out;
    for (const auto& [key, values] : a) {
        const auto other = b.find(key);
        if (other != b.end()) out[key] = values | other->second;
    }
    return out;
}

Bounds exactly(Int128 value) {
    return {value, value};
}

// The smallest bounds that hold both.
Bounds hull(const Bounds& a, const Bounds& b) {
    Bounds out;
    if (a.low && b.low) out.low = std::min(*a.low, *b.low);
    if (a.high && b.high) out.high = std::max(*a.high, *b.high);
    return out;
}

Bounds smaller(const Bounds& a, const Bounds& b) {
    Bounds out;
    if (a.low && b.low) out.low = std::min(*a.low, *b.low);
    if (a.high || b.high) {
        out.high = !a.high ? b.high : !b.high ? a.high : std::min(*a.high, *b.high);
    }
    return out;
}

Bounds larger(const Bounds& a, const Bounds& b) {
    Bounds out;
    if (a.high && b.high) out.high = std::max(*a.high, *b.high);
    if (a.low || b.low) out.low = !a.low ? b.low : !b.low ? a.low : std::max(*a.low, *b.low);
    return out;
}

Bounds sum(const Bounds& a, const Bounds& b) {
    Bounds out;
    if (a.low && b.low) out.low = *a.low + *b.low;
    if (a.high && b.high) out.high = *a.high + *b.high;
    return out;
}

Bounds negative(const Bounds& a) {
    Bounds out;
    if (a.high) out.low = -*a.high;
    if (a.low) out.high = -*a.low;
    return out;
}

Bounds scaled(const Bounds& a, std::int64_t factor) {
    Bounds out;
    if (a.low) out.low = *a.low * factor;
    if (a.high) out.high = *a.high * factor;
    return out;
}

bool is_zero(const Bounds& a) {
    return a.low && a.high && *a.low == 0 && *a.high == 0;
}

// Only of factors that are never negative; nothing is said of others.
Bounds product(const Bounds& a, const Bounds& b) {
    if (is_zero(a) || is_zero(b)) return exactly(0);
    if (!a.low || !b.low || *a.low < 0 || *b.low < 0) return {};
    Bounds out;
    out.low = *a.low * *b.low;
    if (a.high && b.high) out.high = *a.high * *b.high;
    return out;
}

}  // namespace

ValueSet domain_of(FactId id) {
    const Fact& row = fact(id);
    switch (row.type) {
        case Type::boolean:
            return ValueSet::between(0, 1);
        case Type::choice:
            return ValueSet::between(0, static_cast<std::int64_t>(row.choices->values.size()) - 1);
        case Type::number:
        case Type::rate:
            return ValueSet::between(row.least, row.most);
        case Type::money: {
            // The totals of works have no bounds of their own in the dictionary: zero and up.
            const std::int64_t cents = row.json.ends_with("_eur") ? 100 : 1;
            const bool bounded = row.need != Need::derived;
            return ValueSet::between(row.least * cents, bounded ? row.most * cents : INT64_MAX);
        }
        case Type::date:
            return ValueSet::between(Day::of(static_cast<int>(row.least), 1, 1).number(),
                                     Day::of(static_cast<int>(row.most), 12, 31).number());
        case Type::commune:
            break;
    }
    return ValueSet::everything();
}

std::optional<FactId> fact_read(const Node& node) {
    const bool reads =
        node.op == Op::fact || node.op == Op::income_class || node.op == Op::eligible_lines;
    return reads ? std::optional(static_cast<FactId>(node.fact)) : std::nullopt;
}

Possible::Possible(const RuleSet& rules, const Aid& aid) : rules_(&rules), aid_(&aid) {
    const std::size_t count = communes().size();
    household_.assign(count / 64 + 1, 0);
    for (std::size_t rank = 0; rank < count; ++rank) {
        household_[rank / 64] |= std::uint64_t{1} << (rank % 64);
    }
    dwelling_ = aid.territory ? rules.territories[*aid.territory].bits : household_;
    std::vector<Interval> days;
    for (const Window& window : aid.dating.windows) days.push_back({window.from, window.until});
    facts_[aid.dating.by] = ValueSet(std::move(days)) & domain_of(aid.dating.by);
}

bool Possible::has_commune(const Communes& communes) {
    return std::any_of(communes.begin(), communes.end(),
                       [](std::uint64_t bits) { return bits != 0; });
}

ValueSet Possible::values(FactId id) const {
    const auto at = facts_.find(id);
    return at == facts_.end() ? domain_of(id) : at->second;
}

// Whether some version of the other aid is open where and when this one is. Even one that nobody
// gets by its rules may then be granted, by an amount decided by hand.
bool Possible::may_meet(AidIndex index) const {
    return std::ranges::any_of(rules_->aids, [&](const Aid& other) {
        if (other.index != index || !aid_->dating.meets(other.dating)) return false;
        if (!other.territory) return true;
        Communes common = rules_->territories[*other.territory].bits;
        for (std::size_t i = 0; i < common.size(); ++i) common[i] &= dwelling_[i];
        return has_commune(common);
    });
}

// The gain in classes is the difference of the two classes: what is known of two bounds the third.
bool Possible::follow_class_jump() {
    const ValueSet before = values(FactId::dpe_before);
    const ValueSet after = values(FactId::dpe_after);
    const ValueSet jump =
        values(FactId::class_jump) &
        ValueSet::between(before.low() - after.high(), before.high() - after.low());
    if (jump.empty()) return false;
    facts_[FactId::class_jump] = jump;
    facts_[FactId::dpe_before] =
        before & ValueSet::between(after.low() + jump.low(), after.high() + jump.high());
    facts_[FactId::dpe_after] =
        after & ValueSet::between(before.low() - jump.high(), before.high() - jump.low());
    return !values(FactId::dpe_before).empty() && !values(FactId::dpe_after).empty();
}

std::optional<Possible> Possible::narrowed(FactId id, const ValueSet& to) const {
    Possible out = *this;
    out.facts_[id] = values(id) & to;
    if (out.facts_[id].empty()) return std::nullopt;
    const bool classes =
        id == FactId::class_jump || id == FactId::dpe_before || id == FactId::dpe_after;
    if (classes && !out.follow_class_jump()) return std::nullopt;
    return out;
}

Possible Possible::joined(const Possible& a, const Possible& b) {
    Possible out = a;
    out.facts_ = joined_values(a.facts_, b.facts_);
    out.others_ = joined_values(a.others_, b.others_);
    for (std::size_t i = 0; i < out.dwelling_.size(); ++i) out.dwelling_[i] |= b.dwelling_[i];
    for (std::size_t i = 0; i < out.household_.size(); ++i) out.household_[i] |= b.household_[i];
    return out;
}

std::optional<Possible> Possible::both(NodeIndex left, NodeIndex right, bool answer) const {
    const std::optional<Possible> first = where(left, answer);
    return first ? first->where(right, answer) : std::nullopt;
}

std::optional<Possible> Possible::either(NodeIndex left, NodeIndex right, bool answer) const {
    const std::optional<Possible> first = where(left, answer);
    const std::optional<Possible> otherwise = where(left, !answer);
    const std::optional<Possible> second =
        otherwise ? otherwise->where(right, answer) : std::nullopt;
    if (first && second) return joined(*first, *second);
    return first ? first : second;
}

// A fact beside a constant; anything else is left undecided.
std::optional<Possible> Possible::compared(const Node& comparison, bool answer) const {
    const Node& left = node(part(comparison, 0));
    const Node& right = node(part(comparison, 1));
    const std::optional<FactId> left_fact = fact_read(left);
    const std::optional<FactId> right_fact = fact_read(right);
    ValueSet satisfying;
    if (left_fact && right.op == Op::constant) {
        satisfying = values_satisfying(comparison.op, right.value);
    } else if (right_fact && left.op == Op::constant) {
        satisfying = values_satisfying(mirrored(comparison.op), left.value);
    } else {
        return *this;
    }
    return narrowed(left_fact ? *left_fact : *right_fact,
                    answer ? satisfying : satisfying.complement());
}

std::optional<Possible> Possible::located(const Node& territory, bool answer) const {
    Possible out = *this;
    Communes& kept = territory.count == 1 ? out.household_ : out.dwelling_;
    const Communes& bits = rules_->territories[static_cast<std::size_t>(territory.value)].bits;
    for (std::size_t i = 0; i < kept.size(); ++i) kept[i] &= answer ? bits[i] : ~bits[i];
    if (!has_commune(kept)) return std::nullopt;
    return out;
}

std::optional<Possible> Possible::of_other_aid(const Node& question, bool answer) const {
    const auto index = static_cast<AidIndex>(question.value);
    if (answer && !may_meet(index)) return std::nullopt;
    Possible out = *this;
    ValueSet& known =
        out.others_.try_emplace({question.op, index}, ValueSet::between(0, 1)).first->second;
    known = known & ValueSet::between(answer ? 1 : 0, answer ? 1 : 0);
    if (known.empty()) return std::nullopt;
    return out;
}

std::optional<Possible> Possible::where(NodeIndex condition, bool answer) const {
    const Node& test = node(condition);
    if (test.op == Op::logical_not) return where(part(test, 0), !answer);
    if (test.op == Op::logical_and || test.op == Op::logical_or) {
        const bool all = (test.op == Op::logical_and) == answer;
        return all ? both(part(test, 0), part(test, 1), answer)
                   : either(part(test, 0), part(test, 1), answer);
    }
    if (is_comparison(test.op)) return compared(test, answer);
    if (test.op == Op::in_territory) return located(test, answer);
    if (test.op == Op::granted || test.op == Op::eligible) return of_other_aid(test, answer);
    if (test.op == Op::in_set) {
        const std::optional<FactId> key = fact_read(node(part(test, 0)));
        if (!key) return *this;
        const ValueSet listed(rules_->rows[static_cast<std::size_t>(test.value)].intervals);
        return narrowed(*key, answer ? listed : listed.complement());
    }
    if (const std::optional<FactId> flag = fact_read(test)) {
        return narrowed(*flag, ValueSet::between(answer ? 1 : 0, answer ? 1 : 0));
    }
    return *this;
}

Bounds Possible::of_fact(FactId id) const {
    const ValueSet known = values(id);
    Bounds out;
    if (known.low() != INT64_MIN) out.low = known.low();
    if (known.high() != INT64_MAX) out.high = known.high();
    return fact(id).need == Need::optional ? hull(out, exactly(0)) : out;
}

// Only the rows that a key still possible may take; nothing where the key is absent or has no row.
Bounds Possible::of_table(const Node& table) const {
    const std::optional<FactId> key = fact_read(node(part(table, 0)));
    ValueSet left = key ? values(*key) : ValueSet::everything();
    Bounds out = exactly(0);
    for (std::uint32_t i = 1; i < table.count && !left.empty(); ++i) {
        const TableRow& row = rules_->rows[static_cast<std::size_t>(table.value) + i - 1];
        const ValueSet taken = row.others ? left : left & ValueSet(row.intervals);
        if (taken.empty()) continue;
        out = hull(out, bounds(row.value));
        left = left & taken.complement();
    }
    return out;
}

// A condition that hangs on an absent fact takes the other side, which counts as nothing when it
// is not written.
Bounds Possible::of_when(const Node& choice) const {
    const Bounds otherwise = choice.count == 3 ? bounds(part(choice, 2)) : exactly(0);
    const std::optional<Possible> taken = where(part(choice, 1), true);
    return taken ? hull(taken->bounds(part(choice, 0)), otherwise) : otherwise;
}

Bounds Possible::to_the_euro(const Node& rounding) const {
    const Bounds exact = bounds(part(rounding, 0));
    const int scale = node(part(rounding, 0)).scale;
    const auto rounded = [&](Int128 amount) {
        return rounded_cents(amount, scale, syntax::RoundTo::euro,
                             static_cast<syntax::RoundHow>(rounding.value));
    };
    Bounds out;
    if (exact.low) out.low = rounded(*exact.low);
    if (exact.high) out.high = rounded(*exact.high);
    return out;
}

Bounds Possible::bounds(NodeIndex value) const {
    const Node& of = node(value);
    const auto inner = [&](std::size_t i) { return bounds(part(of, i)); };
    if (of.op == Op::constant) return exactly(of.value);
    if (const std::optional<FactId> id = fact_read(of)) return of_fact(*id);
    if (of.op == Op::rate) return bounds(aid_->rate);
    if (of.op == Op::base) {
        const int finer = base_scale - node(aid_->base).scale;
        return larger(scaled(bounds(aid_->base), scale_unit(finer)), exactly(0));
    }
    if (of.op == Op::rescale) return scaled(inner(0), of.value);
    if (of.op == Op::multiply) return product(inner(0), inner(1));
    if (of.op == Op::add) return sum(inner(0), inner(1));
    if (of.op == Op::subtract) return sum(inner(0), negative(inner(1)));
    if (of.op == Op::table) return of_table(of);
    if (of.op == Op::when) return of_when(of);
    if (of.op == Op::minimum || of.op == Op::up_to || of.op == Op::maximum) {
        Bounds out = inner(0);
        for (std::uint32_t i = 1; i < of.count; ++i) {
            out = of.op == Op::maximum ? larger(out, inner(i)) : smaller(out, inner(i));
        }
        return out;
    }
    if (of.op == Op::amount_of || of.op == Op::base_of) {
        const bool met = may_meet(static_cast<AidIndex>(of.value));
        return met ? Bounds{0, std::nullopt} : exactly(0);
    }
    if (of.op == Op::to_the_euro) return to_the_euro(of);
    if (of.op == Op::each_trade) {
        const Bounds one = inner(0);
        Bounds out;
        if (one.low && *one.low >= 0) out.low = 0;
        if (one.high && *one.high <= 0) out.high = 0;
        return out;
    }
    const bool never_negative = of.op == Op::ceiling_of || of.op == Op::ht_of ||
                                of.op == Op::ht_at || of.op == Op::trade_ht ||
                                of.op == Op::other_aids;
    return never_negative ? Bounds{0, std::nullopt} : Bounds{};
}

}  // namespace deodat::rules
