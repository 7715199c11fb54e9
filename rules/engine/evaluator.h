// Evaluates a node for one dossier. Pure: reads the rule set and the frame, notes in the frame what
// was absent.
//
// An absent optional fact makes a comparison unknown, and a condition on it neither met nor refused
// (three-valued logic). In an amount, what is absent counts as nothing. Either way the fact is
// noted.
#pragma once
#include <vector>

#include "rules/engine/program.h"
#include "rules/facts/facts.h"

namespace deodat::rules {

// A value with its exact number; not known when it hangs on an absent fact.
struct Exact {
    Int128 number = 0;
    bool known = true;
};

enum class Answer : std::uint8_t { no, yes, unknown };

// What other aids may read of one already computed.
struct AidOutcome {
    AidIndex index;
    bool eligible = false;
    bool granted = false;
    std::int64_t amount_cents = 0;
    Int128 base = 0;                    // at base_scale
    std::int64_t other_aids_cents = 0;  // what it had before it
};

struct Frame {
    const RuleSet& rules;
    const Facts& facts;
    const Scale* scale = nullptr;
    std::int64_t income_class = 0;
    // Of the aid at hand
    std::int64_t eligible_ht = 0;  // its eligible lines, in cents
    std::int64_t eligible_ttc = 0;
    Int128 base = 0;
    Int128 rate = 0;
    std::int64_t amount_cents = 0;
    std::int64_t trade_cents = 0;  // of the trade at hand, without VAT
    // Of the aids before it
    std::vector<AidOutcome> outcomes = {};
    std::int64_t other_aids_cents = 0;
    // Noted while evaluating
    FactSet absent = {};
    bool outside_table = false;  // a table had no row for its key

    const AidOutcome* outcome_of(AidIndex index) const;
};

// Restores what a frame noted, for whoever evaluates only to explain.
class Untouched {
  public:
    explicit Untouched(Frame& frame)
        : frame_(frame), absent_(frame.absent), outside_table_(frame.outside_table) {}
    ~Untouched() {
        frame_.absent = absent_;
        frame_.outside_table = outside_table_;
    }
    Untouched(const Untouched&) = delete;
    Untouched& operator=(const Untouched&) = delete;

  private:
    Frame& frame_;
    FactSet absent_;
    bool outside_table_;
};

Exact evaluate(Frame& frame, NodeIndex node);

// The answer of a boolean node.
Answer ask(Frame& frame, NodeIndex node);

// A number at a scale, as cents or whole euros in cents.
std::int64_t rounded_cents(Int128 number, int scale, syntax::RoundTo to, syntax::RoundHow how);

bool holds(const TableRow& row, std::int64_t key);

// The row of a table that holds the key, or none.
const TableRow* row_of(const RuleSet& rules, const Node& table, std::int64_t key);

}  // namespace deodat::rules
