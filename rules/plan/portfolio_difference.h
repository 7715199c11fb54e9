// How a portfolio of cases changes from one rule set to another: each case planned under both, and
// the sums.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "rules/plan/plan_difference.h"

namespace deodat::rules {

// Together with Money's bounds, keeps every sum within 64 bits.
inline constexpr std::size_t portfolio_cases_max = 400'000;

struct CaseDifference {
    std::size_t line = 0;
    std::optional<Refusal> unreadable;      // the line holds no facts
    std::optional<Refusal> refused_before;  // why the first rules make no plan
    std::optional<Refusal> refused_after;
    std::optional<PlanDifference> plans;  // when both make one

    // Whether a plan differs, or exists under one of the two only.
    bool changed() const;
};

CaseDifference compare_case(std::size_t line, std::string_view facts_json, const RuleSet& before,
                            const RuleSet& after);

// Sums over cases planned under both rule sets. In cents, after less before.
class PortfolioDifference {
  public:
    struct OfAid {
        std::string label;
        std::size_t cases = 0;  // whose amount changes
        std::int64_t cents = 0;
    };
    struct OfHousehold {
        std::size_t line = 0;
        std::int64_t cents = 0;  // of aid
    };

    void add(const CaseDifference& one);

    std::size_t cases = 0;
    std::size_t changed = 0;
    std::size_t unreadable = 0;
    std::size_t refused_by_both = 0;
    std::size_t refusals_appeared = 0;
    std::size_t refusals_gone = 0;
    std::map<std::string, OfAid> aids;  // by id; only those whose amount changes somewhere
    std::int64_t total_aid_cents = 0;
    std::int64_t remaining_cost_cents = 0;
    std::optional<OfHousehold> largest_gain;  // the household whose aid grows the most
    std::optional<OfHousehold> largest_loss;
};

// {"line", "unreadable": {"error"}} of a line without facts; else {"line", "refused_before":
// null or {"error"}, "refused_after", "difference": null or that of difference_json}.
std::string case_json(const CaseDifference& one);

// {"summary": {"cases", "changed", "unreadable", "refused_by_both", "refusals_appeared",
// "refusals_gone", "aids": [{"aid", "cases", "difference_cents"}], "total_aid_difference_cents",
// "remaining_cost_difference_cents", "largest_gain": null or {"line", "difference_cents"},
// "largest_loss"}}
std::string summary_json(const PortfolioDifference& portfolio);

}  // namespace deodat::rules
