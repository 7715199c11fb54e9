// What may be true of a dossier that reaches some point of an aid: the values each fact may still
// have, where the dwelling and the household may be, which other aids may be granted.
//
// It never leaves out a dossier that is possible, and may keep some that are not: what it says
// cannot happen, cannot. A test that it does not understand leaves everything as it was.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "rules/engine/program.h"
#include "rules/engine/value_set.h"

namespace deodat::rules {

// An exact amount, rate or number lies between them; none: no bound known.
struct Bounds {
    std::optional<Int128> low;
    std::optional<Int128> high;
};

class Possible {
  public:
    // Of every dossier that meets the aid, before its conditions. Both must outlive this.
    Possible(const RuleSet& rules, const Aid& aid);

    // What remains where a condition has this answer; nothing where no dossier gives it.
    std::optional<Possible> where(NodeIndex condition, bool answer) const;

    // Of a number, amount or rate, with optional facts that are absent counted as nothing.
    Bounds bounds(NodeIndex value) const;

    bool has_dwelling() const { return has_commune(dwelling_); }

  private:
    using Communes = std::vector<std::uint64_t>;  // one bit each, by rank

    static bool has_commune(const Communes& communes);
    const Node& node(NodeIndex index) const { return rules_->nodes[index]; }
    NodeIndex part(const Node& parent, std::size_t i) const {
        return rules_->links[parent.first + i];
    }

    ValueSet values(FactId fact) const;
    bool may_meet(AidIndex index) const;
    std::optional<Possible> narrowed(FactId fact, const ValueSet& to) const;
    std::optional<Possible> both(NodeIndex left, NodeIndex right, bool answer) const;
    std::optional<Possible> either(NodeIndex left, NodeIndex right, bool answer) const;
    std::optional<Possible> compared(const Node& comparison, bool answer) const;
    std::optional<Possible> located(const Node& territory, bool answer) const;
    std::optional<Possible> of_other_aid(const Node& question, bool answer) const;
    bool follow_class_jump();
    static Possible joined(const Possible& a, const Possible& b);

    Bounds of_fact(FactId fact) const;
    Bounds of_table(const Node& table) const;
    Bounds of_when(const Node& choice) const;
    Bounds to_the_euro(const Node& rounding) const;

    const RuleSet* rules_;
    const Aid* aid_;
    std::map<FactId, ValueSet> facts_;                    // those that differ from their domain
    std::map<std::pair<Op, AidIndex>, ValueSet> others_;  // answers about other aids: 0 no, 1 yes
    Communes dwelling_;
    Communes household_;
};

// The values the dictionary allows a fact.
ValueSet domain_of(FactId fact);

// The fact a node reads, if that is all it does.
std::optional<FactId> fact_read(const Node& node);

}  // namespace deodat::rules
