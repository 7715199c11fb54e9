#include "rules/engine/evaluator.h"

#include <algorithm>
#include <type_traits>

namespace deodat::rules {
namespace {

using syntax::RoundHow;
using syntax::RoundTo;

// A value in 64 bits where the compiler has shown that nothing in its tree can leave them, else in
// 128.
template <class Int>
struct Value {
    Int number = 0;
    bool known = true;
};

template <class Int>
Value<Int> value_of(Frame& frame, NodeIndex index);

template <class Int>
Value<Int> boolean(bool value) {
    return {value ? 1 : 0, true};
}

template <class Int>
Value<Int> load(Frame& frame, const Node& node) {
    const auto id = static_cast<FactId>(node.value);
    if (frame.facts.has(id)) return {frame.facts.get(id), true};
    frame.absent.set(static_cast<std::size_t>(node.value));
    return {0, false};
}

template <class Int>
Value<Int> compare(Op op, const Value<Int>& left, const Value<Int>& right) {
    if (!left.known || !right.known) return {0, false};
    return boolean<Int>(compares(op, left.number, right.number));
}

// Both sides are asked even when the first decides alone: what is absent on either side shows.
template <class Int>
Value<Int> logical(Op op, const Value<Int>& left, const Value<Int>& right) {
    const bool decisive = op == Op::logical_or;  // what decides alone: a true, a false
    for (const Value<Int>& side : {left, right}) {
        if (side.known && (side.number != 0) == decisive) return boolean<Int>(decisive);
    }
    if (!left.known || !right.known) return {0, false};
    return boolean<Int>(!decisive);
}

template <class Int>
Value<Int> arithmetic(Op op, const Value<Int>& left, const Value<Int>& right) {
    const bool known = left.known && right.known;
    if (op == Op::add) return {left.number + right.number, known};
    if (op == Op::subtract) return {left.number - right.number, known};
    if (op == Op::multiply) return {left.number * right.number, known};
    if (op == Op::maximum) return {std::max(left.number, right.number), known};
    return {std::min(left.number, right.number), known};  // minimum, up_to
}

template <class Int>
Value<Int> negated(const Value<Int>& answer) {
    return answer.known ? boolean<Int>(answer.number == 0) : answer;
}

template <class Int>
Value<Int> extreme(Frame& frame, const Node& node) {
    Value<Int> best = value_of<Int>(frame, frame.rules.links[node.first]);
    for (std::uint32_t i = 1; i < node.count; ++i) {
        best = arithmetic(node.op, best, value_of<Int>(frame, frame.rules.links[node.first + i]));
    }
    return best;
}

template <class Int>
Value<Int> when(Frame& frame, const Node& node) {
    const NodeIndex* parts = &frame.rules.links[node.first];
    const Value<Int> condition = value_of<Int>(frame, parts[1]);
    if (condition.known && condition.number != 0) return value_of<Int>(frame, parts[0]);
    const Value<Int> otherwise = node.count == 3 ? value_of<Int>(frame, parts[2]) : Value<Int>{};
    return {otherwise.number, otherwise.known && condition.known};
}

template <class Int>
Value<Int> look_up(Frame& frame, const Node& node) {
    const Value<Int> key = value_of<Int>(frame, frame.rules.links[node.first]);
    if (!key.known) return {0, false};
    if (node.by_choice != 0) {
        const auto choice = static_cast<std::size_t>(key.number);
        return value_of<Int>(frame, frame.rules.choice_values[node.by_choice + choice]);
    }
    const TableRow* row = row_of(frame.rules, node, static_cast<std::int64_t>(key.number));
    if (row != nullptr) return value_of<Int>(frame, row->value);
    frame.outside_table = true;
    return {};
}

template <class Int>
Value<Int> in_set(Frame& frame, const Node& node) {
    const Value<Int> key = value_of<Int>(frame, frame.rules.links[node.first]);
    if (!key.known) return {0, false};
    return boolean<Int>(holds(frame.rules.rows[static_cast<std::size_t>(node.value)],
                              static_cast<std::int64_t>(key.number)));
}

bool in_territory(const Frame& frame, const Node& node) {
    const FactId place = node.count == 1 ? FactId::household_commune : FactId::dwelling_commune;
    const Territory& territory = frame.rules.territories[static_cast<std::size_t>(node.value)];
    return territory.contains(static_cast<std::size_t>(frame.facts.get(place)));
}

template <class Int>
Value<Int> ceiling_of(const Frame& frame, const Node& node) {
    const auto level = static_cast<IncomeClass>(node.value);
    if (frame.scale == nullptr) return {0, false};
    if (level == IncomeClass::intermediate && !frame.scale->has_intermediate) return {0, false};
    return {frame.scale->ceiling(static_cast<Zone>(frame.facts.get(FactId::zone)), level,
                                 frame.facts.get(FactId::persons)),
            true};
}

template <class Belongs>
std::int64_t ht_of_lines(const Facts& facts, const Belongs& belongs) {
    std::int64_t cents = 0;
    for (const WorksLine& line : facts.lines) {
        if (belongs(line)) cents += line.amount_ht.cents();
    }
    return cents;
}

std::int64_t ht_of_trade(const Facts& facts, std::string_view trade) {
    return ht_of_lines(facts, [&](const WorksLine& line) { return line.trade == trade; });
}

template <class Int>
Value<Int> in_perimeter(Frame& frame, const std::string& name) {
    const std::optional<std::vector<std::string>>& known = frame.facts.perimeters;
    if (known) return boolean<Int>(std::ranges::find(*known, name) != known->end());
    frame.absent.set(static_cast<std::size_t>(FactId::perimeters));
    return {0, false};
}

// Lines of one trade are one item, wherever they stand in the quote.
template <class Int>
Value<Int> each_trade(Frame& frame, const Node& node) {
    const std::vector<WorksLine>& lines = frame.facts.lines;
    const std::int64_t outer = frame.trade_cents;  // a `let` may hold another `each trade`
    Value<Int> sum;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        bool seen = false;
        for (std::size_t j = 0; j < i && !seen; ++j) seen = lines[j].trade == lines[i].trade;
        if (seen) continue;
        frame.trade_cents = ht_of_trade(frame.facts, lines[i].trade);
        sum = arithmetic(Op::add, sum, value_of<Int>(frame, frame.rules.links[node.first]));
    }
    frame.trade_cents = outer;
    return sum;
}

const std::string& quoted_name(const Frame& frame, const Node& node) {
    return frame.rules.quoted_names[static_cast<std::size_t>(node.value)];
}

template <class Int>
Value<Int> to_the_euro(Frame& frame, const Node& node) {
    const NodeIndex inner = frame.rules.links[node.first];
    const Value<Int> value = value_of<Int>(frame, inner);
    return {rounded_cents(value.number, frame.rules.nodes[inner].scale, RoundTo::euro,
                          static_cast<RoundHow>(node.value)),
            value.known};
}

template <class Int>
Value<Int> of_other_aid(const Frame& frame, const Node& node) {
    const AidOutcome* outcome = frame.outcome_of(static_cast<AidIndex>(node.value));
    if (outcome == nullptr) return {};
    if (node.op == Op::eligible) return boolean<Int>(outcome->eligible);
    if (!outcome->granted) return {};
    if (node.op == Op::granted) return boolean<Int>(true);
    return {node.op == Op::base_of ? static_cast<Int>(outcome->base) : outcome->amount_cents, true};
}

template <class Int>
Value<Int> value_of(Frame& frame, NodeIndex index) {
    const Node& node = frame.rules.nodes[index];
    if constexpr (!std::is_same_v<Int, std::int64_t>) {
        if (node.narrow) {
            const Value<std::int64_t> value = value_of<std::int64_t>(frame, index);
            return {value.number, value.known};
        }
    }
    const auto part = [&](std::size_t i) {
        return value_of<Int>(frame, frame.rules.links[node.first + i]);
    };
    switch (node.op) {
        case Op::constant:
            return {node.value, true};
        case Op::fact:
            return load<Int>(frame, node);
        case Op::income_class:
            return {frame.income_class, true};
        case Op::eligible_lines:
            return {node.value == 0 ? frame.eligible_ht : frame.eligible_ttc, true};
        case Op::base:
            return {static_cast<Int>(frame.base), true};
        case Op::rate:
            return {static_cast<Int>(frame.rate), true};
        case Op::amount:
            return {frame.amount_cents, true};
        case Op::logical_or:
        case Op::logical_and:
            return logical(node.op, part(0), part(1));
        case Op::logical_not:
            return negated(part(0));
        case Op::less:
        case Op::less_equal:
        case Op::greater:
        case Op::greater_equal:
        case Op::equal:
        case Op::not_equal:
            return compare(node.op, part(0), part(1));
        case Op::add:
        case Op::subtract:
        case Op::multiply:
        case Op::up_to:
            return arithmetic(node.op, part(0), part(1));
        case Op::minimum:
        case Op::maximum:
            return extreme<Int>(frame, node);
        case Op::rescale:
            return arithmetic(Op::multiply, part(0), Value<Int>{node.value, true});
        case Op::when:
            return when<Int>(frame, node);
        case Op::table:
            return look_up<Int>(frame, node);
        case Op::in_set:
            return in_set<Int>(frame, node);
        case Op::in_territory:
            return boolean<Int>(in_territory(frame, node));
        case Op::ceiling_of:
            return ceiling_of<Int>(frame, node);
        case Op::ht_of:
            return {ht_of_trade(frame.facts, quoted_name(frame, node)), true};
        case Op::ht_at:
            return {ht_of_lines(frame.facts,
                                [&](const WorksLine& line) { return line.vat_bp == node.value; }),
                    true};
        case Op::in_perimeter:
            return in_perimeter<Int>(frame, quoted_name(frame, node));
        case Op::to_the_euro:
            return to_the_euro<Int>(frame, node);
        case Op::each_trade:
            return each_trade<Int>(frame, node);
        case Op::trade_ht:
            return {frame.trade_cents, true};
        case Op::amount_of:
        case Op::base_of:
        case Op::granted:
        case Op::eligible:
            return of_other_aid<Int>(frame, node);
        case Op::other_aids:
            return {frame.other_aids_cents, true};
    }
    return {};
}

}  // namespace

const AidOutcome* Frame::outcome_of(AidIndex index) const {
    for (const AidOutcome& outcome : outcomes) {
        if (outcome.index == index) return &outcome;
    }
    return nullptr;
}

const TableRow* row_of(const RuleSet& rules, const Node& table, std::int64_t key) {
    for (std::uint32_t i = 1; i < table.count; ++i) {
        const TableRow& row = rules.rows[static_cast<std::size_t>(table.value) + i - 1];
        if (holds(row, key)) return &row;
    }
    return nullptr;
}

bool holds(const TableRow& row, std::int64_t key) {
    if (row.others) return true;
    return std::ranges::any_of(row.intervals, [&](const Interval& interval) {
        return key >= interval.low && key <= interval.high;
    });
}

Exact evaluate(Frame& frame, NodeIndex index) {
    const Value<Int128> value = value_of<Int128>(frame, index);
    return {value.number, value.known};
}

Answer ask(Frame& frame, NodeIndex node) {
    const Exact value = evaluate(frame, node);
    if (!value.known) return Answer::unknown;
    return value.number != 0 ? Answer::yes : Answer::no;
}

std::int64_t rounded_cents(Int128 number, int scale, RoundTo to, RoundHow how) {
    const std::int64_t cents_a_step = to == RoundTo::euro ? 100 : 1;
    const Int128 step = static_cast<Int128>(scale_unit(scale)) * cents_a_step;
    if (step == 1) return static_cast<std::int64_t>(number);
    // Nearly every amount fits 64 bits, where a division costs a tenth of one in 128.
    Int128 quotient = 0;
    Int128 remainder = 0;
    if (number >= INT64_MIN && number <= INT64_MAX && step <= INT64_MAX) {
        const auto short_number = static_cast<std::int64_t>(number);
        const auto short_step = static_cast<std::int64_t>(step);
        quotient = short_number / short_step;
        remainder = short_number % short_step;
    } else {
        quotient = number / step;
        remainder = number % step;
    }
    switch (how) {
        case RoundHow::half_up:
            if (2 * (remainder < 0 ? -remainder : remainder) >= step)
                quotient += number < 0 ? -1 : 1;
            break;
        case RoundHow::down:
            if (remainder < 0) quotient -= 1;
            break;
        case RoundHow::up:
            if (remainder > 0) quotient += 1;
            break;
    }
    const Int128 cents = quotient * cents_a_step;
    DEODAT_ASSERT(cents >= INT64_MIN && cents <= INT64_MAX, "an amount within 64 bits");
    return static_cast<std::int64_t>(cents);
}

}  // namespace deodat::rules
