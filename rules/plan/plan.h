// A funding plan: which aids a dossier may have, how much each, what the limits cut, what is left
// to pay.
//
// plan() is a pure function of the rule set and the facts; the same two give the same plan, to the
// cent, for ever. A plan borrows from the rule set it was made with (aid and limit pointers), which
// must outlive it.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/base/money.h"
#include "rules/engine/program.h"
#include "rules/facts/facts.h"
#include "rules/plan/step.h"

namespace deodat::rules {

struct Reason {
    std::string code;
    std::string message;
};

struct PlannedAid {
    const Aid* aid = nullptr;
    std::int64_t version = 0;  // the first day of the window that took the deposit
    bool eligible = false;
    bool chosen = false;  // eligible, and not left for another national scheme
    std::optional<Money> base_cap;
    std::optional<Money> base;  // to the cent here; the calculation keeps it exact
    std::optional<std::int64_t> rate_bp;
    Money before_limit;
    Money amount;
    Money advance;
    // Kept as bits so that planning stays quick; reasons() and to_verify() spell them out.
    std::uint64_t refused = 0;     // by condition
    std::uint64_t unverified = 0;  // by condition
    FactSet counted_as_nothing;    // optional facts that the amount asked for in vain
    bool outside_table = false;
    bool below_minimum = false;

    Day version_day() const { return Day::from_number(version); }
    std::vector<Reason> reasons() const;
    std::vector<std::string> to_verify() const;
};

struct LimitOutcome {
    const Limit* limit = nullptr;
    std::optional<std::int64_t> rate_bp;
    Money ceiling;
    Money counted;  // the aids it counts, before its cut
    Money cut;
    Money excess;  // what still exceeds when every reducible aid is at 0
};

struct Plan {
    IncomeClass income_class = IncomeClass::upper;
    Zone zone = Zone::other;
    std::int64_t class_jump = 0;
    Money works_ht;
    Money works_ttc;
    std::vector<PlannedAid> aids;
    std::vector<GivenAid> given_aids;
    std::vector<LimitOutcome> limits;
    std::vector<Reason> notices;
    bool blocked = false;  // a notice forbids going on: a ceiling is exceeded whatever is cut
    Money total_aid;       // chosen grants and given aids
    Money
        remaining_cost;  // works including VAT, less total_aid; negative when aids exceed the works

    const PlannedAid* aid(std::string_view id) const;
};

struct Explained {
    Plan plan;
    std::vector<Step> trace;
};

// Refuses a deposit date that no income scale covers (scale_missing), a works.scheme that is no aid
// of the rule set (aid_unknown), and a rule whose amount leaves Money's bounds. The facts must be
// complete and derived.
Result<Plan> plan(const RuleSet& rules, const Facts& facts);

// The same plan, with its explanation: step.h says what it holds.
Result<Explained> explain(const RuleSet& rules, const Facts& facts);

}  // namespace deodat::rules
