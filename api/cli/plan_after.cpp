#include "api/cli/plan_after.h"

#include "api/cli/options.h"
#include "rules/plan/cash_plan.h"
#include "rules/plan/recomputation_json.h"
#include "rules/plan/what_if.h"

namespace deodat::cli {
namespace {

Result<std::string> what_if(const rules::RuleSet& rule_set, const rules::Facts& facts,
                            const AfterPlan& asked) {
    const auto json = read_input(asked.what_if);
    if (!json) return json.refusal();
    const auto suppositions = rules::suppositions_from_json(*json);
    if (!suppositions) return suppositions.refusal();
    const auto made = rules::what_if(rule_set, facts, *suppositions);
    if (!made) return made.refusal();
    return asked.as_text ? rules::what_if_text(*made) : rules::what_if_json(*made);
}

Result<rules::Recomputation> recomputed(const rules::RuleSet& rule_set, const rules::Facts& facts,
                                        const AfterPlan& asked) {
    const auto json = read_input(asked.recompute);
    if (!json) return json.refusal();
    const auto notification = rules::notification_from_json(*json);
    if (!notification) return notification.refusal();
    return rules::recompute(rule_set, facts, *notification);
}

Result<std::string> cash(const rules::Plan& plan, const AfterPlan& asked) {
    const auto json = read_input(asked.cash);
    if (!json) return json.refusal();
    const auto calendar = rules::cash_calendar_from_json(*json);
    if (!calendar) return calendar.refusal();
    const auto made = rules::cash_plan(plan, *calendar);
    if (!made) return made.refusal();
    return asked.as_text ? rules::cash_plan_text(*made) : rules::cash_plan_json(*made);
}

}  // namespace

Result<std::string> answer_after(const rules::RuleSet& rule_set, const rules::Facts& facts,
                                 const AfterPlan& asked) {
    if (!asked.what_if.empty()) return what_if(rule_set, facts, asked);
    if (asked.recompute.empty()) {
        const auto plan = rules::plan(rule_set, facts);
        if (!plan) return plan.refusal();
        return cash(*plan, asked);
    }
    const auto made = recomputed(rule_set, facts, asked);
    if (!made) return made.refusal();
    if (!asked.cash.empty()) return cash(made->plan, asked);
    return asked.as_text ? rules::recomputation_text(*made) : rules::recomputation_json(*made);
}

}  // namespace deodat::cli
