#include "rules/engine/between.h"

namespace deodat::rules {
namespace {

const Node& part(const RuleSet& rules, const Node& node, std::size_t i) {
    return rules.nodes[rules.links[node.first + i]];
}

std::optional<FactId> plain_fact(const Node& node) {
    if (node.op != Op::fact && node.op != Op::income_class) return std::nullopt;
    return static_cast<FactId>(node.value);
}

Between compared(const RuleSet& rules, const Node& test) {
    const Node& bound = part(rules, test, 1);
    if (bound.op != Op::constant || bound.scale != 0) return {};
    const bool above =
        test.op == Op::greater || test.op == Op::greater_equal || test.op == Op::equal;
    const bool below = test.op == Op::less || test.op == Op::less_equal || test.op == Op::equal;
    const std::int64_t low = bound.value + (test.op == Op::greater ? 1 : 0);
    const std::int64_t high = bound.value - (test.op == Op::less ? 1 : 0);
    return {plain_fact(part(rules, test, 0)), above ? low : INT64_MIN, below ? high : INT64_MAX};
}

// A set whose values follow one another without a gap.
Between in_set(const RuleSet& rules, const Node& test) {
    const TableRow& row = rules.rows[static_cast<std::size_t>(test.value)];
    if (row.intervals.empty()) return {};
    Between made{plain_fact(part(rules, test, 0)), row.intervals[0].low, row.intervals[0].high};
    for (std::size_t i = 1; i < row.intervals.size(); ++i) {
        const Interval& next = row.intervals[i];
        if (made.high == INT64_MAX || next.low != made.high + 1) return {};
        made.high = next.high;
    }
    return made;
}

}  // namespace

Between between_of(const RuleSet& rules, NodeIndex test) {
    const Node& node = rules.nodes[test];
    if (node.op == Op::fact) return {plain_fact(node), 1, 1};
    if (node.op == Op::logical_not) {
        const Node& denied = part(rules, node, 0);
        if (denied.op == Op::fact) return {plain_fact(denied), 0, 0};
        return {};
    }
    if (node.op >= Op::less && node.op <= Op::equal) return compared(rules, node);
    if (node.op == Op::in_set) return in_set(rules, node);
    return {};
}

bool asks_facts_alone(const RuleSet& rules, NodeIndex test) {
    const Node& node = rules.nodes[test];
    if (node.op == Op::constant || node.op == Op::fact) return true;
    const bool logical = node.op >= Op::logical_or && node.op <= Op::not_equal;
    if (!logical && node.op != Op::rescale && node.op != Op::in_set) return false;
    for (std::uint32_t i = 0; i < node.count; ++i) {
        if (!asks_facts_alone(rules, rules.links[node.first + i])) return false;
    }
    return true;
}

}  // namespace deodat::rules
