#include <set>

#include "rules/engine/advice_parts.h"
#include "rules/engine/possible.h"

namespace deodat::rules {
namespace {

class Tables {
  public:
    Tables(const RuleSet& rules, std::vector<Advice>& out) : rules_(rules), out_(out) {}

    // `closed`: where the language wants every table of numbers to end in `others`, which is then
    // no mistake. A value used twice is looked at once.
    void in(const std::string& file, NodeIndex index, bool closed) {
        if (index == no_node || !seen_.insert(index).second) return;
        const Node& node = rules_.nodes[index];
        if (node.op == Op::table) rows(file, node, closed);
        if (node.op == Op::in_territory) return;  // its count says whose commune it tests
        for (std::uint32_t i = 0; i < node.count; ++i) {
            in(file, rules_.links[node.first + i], closed);
        }
    }

  private:
    void rows(const std::string& file, const Node& table, bool closed) {
        const Node& key = rules_.nodes[rules_.links[table.first]];
        const std::optional<FactId> id = fact_read(key);
        ValueSet left = id ? domain_of(*id) : ValueSet::everything();
        for (std::uint32_t i = 1; i < table.count; ++i) {
            const TableRow& row = rules_.rows[static_cast<std::size_t>(table.value) + i - 1];
            const ValueSet taken = row.others ? left : left & ValueSet(row.intervals);
            const bool required = row.others && closed && key.type != Type::choice;
            if (taken.empty() && !required) {
                out_.push_back({file, row.at,
                                row.others
                                    ? "Cette ligne du tableau ne sert jamais : les lignes qui "
                                      "précèdent prennent déjà toutes les valeurs."
                                    : "Cette ligne du tableau ne sert jamais : aucune valeur "
                                      "possible ne lui reste après les lignes qui précèdent."});
            }
            left = left & taken.complement();
        }
    }

    const RuleSet& rules_;
    std::vector<Advice>& out_;
    std::set<NodeIndex> seen_;
};

}  // namespace

void advise_on_tables(const RuleSet& rules, std::vector<Advice>& out) {
    Tables tables(rules, out);
    for (const Aid& aid : rules.aids) {
        for (const Condition& condition : aid.conditions) {
            tables.in(aid.file, condition.test, false);
        }
        for (const NodeIndex part :
             {aid.base, aid.rate, aid.amount, aid.at_most, aid.at_least, aid.equivalent}) {
            tables.in(aid.file, part, false);
        }
        for (const NodeIndex part : {aid.advance, aid.before_balance}) {
            tables.in(aid.file, part, true);
        }
    }
    for (const Limit& limit : rules.limits) tables.in(limit.file, limit.ceiling, true);
}

}  // namespace deodat::rules
