// A funding plan: which aids a dossier may have, how much each, what the limits cut, what is left
// to pay.
//
// plan() is a pure function of the rule set and the facts; the same two give the same plan, to the
// cent, for ever. A plan borrows from the rule set it was made with (aid and limit pointers), which
// must outlive it.
#pragma once
#include <array>
#include <cstdint>
#include <map>
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

// Why an aid that the household may have is not taken.
enum class Aside : std::uint8_t {
    none,
    other_scheme,     // another of those that exclude it is
    not_established,  // what calls for it is not known; it is taken once it is, or named
    by_hand,          // an amount decided by hand stands in its place
    undecided,        // its amount is decided case by case, and is not yet
    not_notified      // within notified amounts (plan_within), it is not among them
};

struct PlannedAid {
    const Aid* aid = nullptr;
    std::int64_t version = 0;  // the first day of the window that took its date
    bool eligible = false;
    bool chosen = false;  // eligible, and not left aside
    Aside aside = Aside::none;
    std::optional<Money> base_cap;
    std::optional<Money> base;  // to the cent here; the calculation keeps it exact
    std::optional<std::int64_t> rate_bp;
    Money before_limit;
    Money amount;
    Money advance;
    std::int64_t instalments = 0;  // at most so many between advance and balance
    Money before_balance_max;      // what advance and instalments may reach; 0 without instalments
    Money equivalent;              // of a loan: the grant it is worth in limits
    std::optional<Money>
        by_hand_max;  // the rules' own amount, when one decided by hand replaces it
    // Kept as bits so that planning stays quick; reasons() and to_verify() spell them out.
    std::uint64_t refused = 0;     // by condition
    std::uint64_t unverified = 0;  // by condition
    FactSet counted_as_nothing;    // optional facts that the amount asked for in vain
    bool outside_table = false;
    bool below_minimum = false;
    bool rounded_to_nothing = false;  // a right, of less than what is paid: still a right
    bool scale_missing = false;       // no income scale of its own covers its date

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

// What a household pays beside the works, including VAT.
inline constexpr std::array costs_beside_works = {FactId::assistance_cost, FactId::audit_cost,
                                                  FactId::design_cost};

struct Plan {
    IncomeClass income_class = IncomeClass::upper;
    Zone zone = Zone::other;
    std::int64_t class_jump = 0;
    Money works_ht;
    Money works_ttc;
    Money other_costs;  // assistance, audit and design, including VAT, as far as they are given
    std::vector<PlannedAid> aids;
    std::vector<GivenAid> given_aids;
    std::vector<LimitOutcome> limits;
    std::vector<Reason> notices;
    bool blocked = false;  // a notice forbids going on: a ceiling is exceeded whatever is cut
    Money total_aid;       // chosen grants and given aids
    Money remaining_cost;  // cost() less total_aid; negative when aids exceed it

    // What the operation costs the household before aids.
    Money cost() const { return works_ttc + other_costs; }

    const PlannedAid* aid(std::string_view id) const;
};

struct Explained {
    Plan plan;
    std::vector<Step> trace;
};

// Refuses a deposit date that no income scale covers (scale_missing), an aid named by works.scheme
// or by a works line that the rule set does not know (aid_unknown), an amount given without a
// motive in place of the rules' (motive_missing), and a rule whose amount leaves Money's bounds.
// The facts must be complete and derived.
Result<Plan> plan(const RuleSet& rules, const Facts& facts);

// What funders have notified, by aid.
using NotifiedAmounts = std::map<AidIndex, Money>;

// The plan in which every aid is at most what was notified, before the limits are tested; an aid
// that was not notified is not chosen, and one that was is, whatever excludes it or calls for it
// in a plan. Refuses as plan().
Result<Plan> plan_within(const RuleSet& rules, const Facts& facts, const NotifiedAmounts& notified);

// The plan of plan(), with its explanation: step.h says what it holds.
Result<Explained> explain(const RuleSet& rules, const Facts& facts);

}  // namespace deodat::rules
