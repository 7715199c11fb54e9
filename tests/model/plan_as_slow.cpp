#include "tests/model/plan_as_slow.h"

namespace deodat::model {
namespace {

std::optional<std::int64_t> cents(const std::optional<Money>& amount) {
    return amount ? std::optional(amount->cents()) : std::nullopt;
}

std::string name_of(rules::Aside aside) {
    switch (aside) {
        case rules::Aside::none:
            return "";
        case rules::Aside::other_scheme:
            return "other_scheme";
        case rules::Aside::not_established:
            return "not_established";
        case rules::Aside::by_hand:
            return "by_hand";
        case rules::Aside::undecided:
            return "undecided";
        case rules::Aside::not_notified:
            return "not_notified";
    }
    return "";
}

SlowAid as_slow(const rules::PlannedAid& aid) {
    SlowAid out;
    out.version = aid.version;
    out.eligible = aid.eligible;
    out.chosen = aid.chosen;
    if (aid.eligible) out.not_chosen = name_of(aid.aside);
    out.base = cents(aid.base);
    out.base_cap = cents(aid.base_cap);
    out.rate_bp = aid.rate_bp;
    out.before_limit = aid.before_limit.cents();
    out.amount = aid.amount.cents();
    out.advance = aid.advance.cents();
    out.instalments = aid.instalments;
    out.before_balance = aid.before_balance_max.cents();
    out.equivalent = aid.equivalent.cents();
    for (const rules::Reason& reason : aid.reasons()) out.reasons.insert(reason.code);
    for (const std::string& code : aid.to_verify()) out.to_verify.insert(code);
    return out;
}

}  // namespace

SlowPlan as_slow(const Result<rules::Plan>& made) {
    SlowPlan out;
    if (!made) {
        out.refusal = code_name(made.refusal().code);
        return out;
    }
    out.income_class = static_cast<std::int64_t>(made->income_class);
    out.zone = static_cast<std::int64_t>(made->zone);
    out.class_jump = made->class_jump;
    out.works_ht = made->works_ht.cents();
    out.works_ttc = made->works_ttc.cents();
    for (const rules::PlannedAid& aid : made->aids) out.aids[aid.aid->id] = as_slow(aid);
    for (const rules::LimitOutcome& limit : made->limits) {
        out.limits[limit.limit->id] = {limit.rate_bp, limit.ceiling.cents(), limit.counted.cents(),
                                       limit.cut.cents(), limit.excess.cents()};
    }
    for (const rules::Reason& notice : made->notices) out.notices.insert(notice.code);
    out.blocked = made->blocked;
    out.total_aid = made->total_aid.cents();
    out.remaining_cost = made->remaining_cost.cents();
    return out;
}

}  // namespace deodat::model
