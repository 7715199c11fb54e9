#include "rules/plan/plan_difference.h"

#include <algorithm>

namespace deodat::rules {
namespace {

// An aid's own place in one of the plans, as far as a comparison asks.
Standing standing_of(const PlannedAid* planned) {
    if (planned == nullptr) return Standing::absent;
    if (!planned->eligible) return Standing::refused;
    return planned->chosen ? Standing::granted : Standing::left;
}

Money amount_of(const PlannedAid* planned) {
    return standing_of(planned) == Standing::granted ? planned->amount : Money();
}

Money advance_of(const PlannedAid* planned) {
    return standing_of(planned) == Standing::granted ? planned->advance : Money();
}

std::vector<Reason> reasons_of(const PlannedAid* planned) {
    return planned == nullptr ? std::vector<Reason>() : planned->reasons();
}

// A code to verify is that of a condition, or of a fact that an amount asked for.
std::string sentence_of(const Aid& aid, const std::string& code) {
    for (const Condition& condition : aid.conditions) {
        if (condition.code == code) return condition.sentence;
    }
    for (const Fact& row : dictionary()) {
        if (row.code() == code) return "Il faut connaître : " + std::string(row.french) + ".";
    }
    return code;
}

std::vector<Reason> to_verify_of(const PlannedAid* planned) {
    std::vector<Reason> out;
    if (planned == nullptr) return out;
    for (const std::string& code : planned->to_verify()) {
        out.push_back({code, sentence_of(*planned->aid, code)});
    }
    return out;
}

// Matched by code: a notice's sentence holds figures, which the limits show already.
std::vector<Reason> missing_from(const std::vector<Reason>& others,
                                 const std::vector<Reason>& reasons) {
    std::vector<Reason> out;
    for (const Reason& reason : reasons) {
        const bool there = std::any_of(others.begin(), others.end(), [&](const Reason& other) {
            return other.code == reason.code;
        });
        if (!there) out.push_back(reason);
    }
    return out;
}

Moved moved(const std::vector<Reason>& before, const std::vector<Reason>& after) {
    return {missing_from(before, after), missing_from(after, before)};
}

void add(std::vector<AidDifference>& out, const PlannedAid* before, const PlannedAid* after) {
    const Aid& aid = *(after != nullptr ? after : before)->aid;
    AidDifference made{aid.id, aid.label, aid.funder, aid.kind, {}, {}, {}, {}, {}};
    made.standing = {standing_of(before), standing_of(after)};
    made.amount = {amount_of(before), amount_of(after)};
    made.advance = {advance_of(before), advance_of(after)};
    made.reasons = moved(reasons_of(before), reasons_of(after));
    made.to_verify = moved(to_verify_of(before), to_verify_of(after));
    if (made.standing.any() || made.amount.any() || made.advance.any() || made.reasons.any() ||
        made.to_verify.any()) {
        out.push_back(std::move(made));
    }
}

Money given(const Plan& plan, std::string_view id) {
    Money sum;
    for (const GivenAid& aid : plan.given_aids) {
        if (aid.aid == id) sum += aid.amount;
    }
    return sum;
}

void add_given(PlanDifference& out, const Plan& before, const Plan& after) {
    std::vector<std::string_view> ids;
    for (const Plan* plan : {&before, &after}) {
        for (const GivenAid& aid : plan->given_aids) {
            if (std::find(ids.begin(), ids.end(), aid.aid) == ids.end()) ids.push_back(aid.aid);
        }
    }
    for (const std::string_view id : ids) {
        const Change<Money> amount{given(before, id), given(after, id)};
        if (amount.any()) out.given_aids.push_back({std::string(id), amount});
    }
}

const LimitOutcome* limit_of(const Plan& plan, std::string_view id) {
    for (const LimitOutcome& outcome : plan.limits) {
        if (outcome.limit->id == id) return &outcome;
    }
    return nullptr;
}

void add(std::vector<LimitDifference>& out, const LimitOutcome* before, const LimitOutcome* after) {
    const auto side = [](const LimitOutcome* outcome) -> std::optional<LimitDifference::Side> {
        if (outcome == nullptr) return std::nullopt;
        return LimitDifference::Side{outcome->rate_bp, outcome->ceiling, outcome->cut,
                                     outcome->excess};
    };
    const Limit& limit = *(after != nullptr ? after : before)->limit;
    LimitDifference made{limit.id, limit.label, {side(before), side(after)}};
    if (made.sides.any()) out.push_back(std::move(made));
}

}  // namespace

std::string_view standing_name(Standing standing) {
    switch (standing) {
        case Standing::absent:
            return "absent";
        case Standing::refused:
            return "refused";
        case Standing::left:
            return "left";
        case Standing::granted:
            return "granted";
    }
    return "";
}

std::string_view standing_french(Standing standing) {
    switch (standing) {
        case Standing::absent:
            return "hors du plan";
        case Standing::refused:
            return "refusée";
        case Standing::left:
            return "non retenue";
        case Standing::granted:
            return "accordée";
    }
    return "";
}

bool PlanDifference::any() const {
    return income_class.any() || !aids.empty() || !given_aids.empty() || !limits.empty() ||
           notices.any() || works_ttc.any() || other_costs.any() || total_aid.any() ||
           remaining_cost.any();
}

PlanDifference difference(const Plan& before, const Plan& after) {
    PlanDifference out;
    out.income_class = {before.income_class, after.income_class};
    for (const PlannedAid& planned : after.aids) {
        add(out.aids, before.aid(planned.aid->id), &planned);
    }
    for (const PlannedAid& planned : before.aids) {
        if (after.aid(planned.aid->id) == nullptr) add(out.aids, &planned, nullptr);
    }
    add_given(out, before, after);
    for (const LimitOutcome& outcome : after.limits) {
        add(out.limits, limit_of(before, outcome.limit->id), &outcome);
    }
    for (const LimitOutcome& outcome : before.limits) {
        if (limit_of(after, outcome.limit->id) == nullptr) add(out.limits, &outcome, nullptr);
    }
    out.notices = moved(before.notices, after.notices);
    out.works_ttc = {before.works_ttc, after.works_ttc};
    out.other_costs = {before.other_costs, after.other_costs};
    out.total_aid = {before.total_aid, after.total_aid};
    out.remaining_cost = {before.remaining_cost, after.remaining_cost};
    return out;
}

}  // namespace deodat::rules
