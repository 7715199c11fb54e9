// What changes between two plans of one dossier: made under two rule sets, or on two sets of facts.
//
// Aids and limits are matched by their stable names, so the plans may come from different rule
// sets. Only what differs is kept, and the difference owns all it says: it outlives both plans.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/plan/plan.h"

namespace deodat::rules {

template <class Value>
struct Change {
    Value before{};
    Value after{};

    bool any() const { return before != after; }
};

// After less before.
inline Money gain(const Change<Money>& change) {
    return change.after - change.before;
}

enum class Standing : std::uint8_t {
    absent,   // the plan does not hold the aid: its window or territory is another
    refused,  // a condition, a table or its minimum refuses it
    left,     // eligible, and not chosen: another aid takes its place
    granted
};
std::string_view standing_name(Standing standing);    // "granted", for programs
std::string_view standing_french(Standing standing);  // "accordée"

// The reasons that one plan gives and the other does not, matched by code.
struct Moved {
    std::vector<Reason> appeared;
    std::vector<Reason> gone;

    bool any() const { return !appeared.empty() || !gone.empty(); }
};

struct AidDifference {
    std::string id;
    std::string label;
    std::string funder;
    syntax::AidKind kind = syntax::AidKind::grant;  // only a grant counts in the totals
    Change<Standing> standing;
    Change<Money> amount;   // after limits; nothing unless granted
    Change<Money> advance;  // nothing unless granted
    Moved reasons;          // why it is refused
    Moved to_verify;        // what remains to be proved for it
};

struct GivenAidDifference {
    std::string id;
    Change<Money> amount;  // all given aids of that name together
};

struct LimitDifference {
    // What one plan says of the limit; nothing where the limit does not apply.
    struct Side {
        std::optional<std::int64_t> rate_bp;
        Money ceiling;
        Money cut;
        Money excess;

        friend bool operator==(const Side&, const Side&) = default;
    };
    std::string id;
    std::string label;
    Change<std::optional<Side>> sides;
};

struct PlanDifference {
    Change<IncomeClass> income_class;
    std::vector<AidDifference> aids;  // as the second plan lists them, then those it lost
    std::vector<GivenAidDifference> given_aids;
    std::vector<LimitDifference> limits;
    Moved notices;
    Change<Money> works_ttc;
    Change<Money> other_costs;  // assistance, audit and design
    Change<Money> total_aid;
    Change<Money> remaining_cost;

    bool any() const;
};

PlanDifference difference(const Plan& before, const Plan& after);

// {"income_class": {"before", "after"} (only when it changes), "aids": [{"aid", "funder", "before":
// {"standing", "amount_cents", "advance_cents"}, "after", "difference_cents", "reasons_appeared",
// "reasons_gone", "to_verify_appeared", "to_verify_gone"}], "given_aids": [{"aid", "before_cents",
// "after_cents"}], "limits": [{"limit", "before": null or {"rate_bp", "ceiling_cents", "cut_cents",
// "excess_cents"}, "after"}], "notices_appeared", "notices_gone", "works_ttc": {"before_cents",
// "after_cents", "difference_cents"}, "other_costs", "total_aid", "remaining_cost"}
std::string difference_json(const PlanDifference& difference);

}  // namespace deodat::rules
