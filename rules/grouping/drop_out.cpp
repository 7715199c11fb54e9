#include "rules/grouping/drop_out.h"

#include <algorithm>

namespace deodat::rules::grouping {
namespace {

DropOut row_of(const std::string& leaver, const Allocation& all, const Allocation& rest) {
    DropOut row;
    row.leaver = leaver;
    row.tier_after = rest.tier;
    row.changes_tier = all.tier && (!rest.tier || rest.tier->discount_bp != all.tier->discount_bp);
    row.refusal = rest.refusal;
    auto after = rest.members.begin();
    for (const HouseholdOutcome& before : all.members) {
        if (before.price.id == leaver) continue;
        DEODAT_ASSERT(after->price.id == before.price.id, "both allocations are by id");
        row.others.push_back({before.price.id, before.remaining, after->remaining,
                              must_sign_again(before.remaining, after->remaining)});
        ++after;
    }
    return row;
}

}  // namespace

bool must_sign_again(Money remaining_before, Money remaining_after) {
    const Money rise = remaining_after - remaining_before;
    if (!rise.is_positive()) return false;
    return rise > rise_allowed ||
           rise.cents() * 10'000 > remaining_before.cents() * rise_allowed_bp;
}

Batch without(const Batch& batch, const std::string& id) {
    Batch rest = batch;
    std::erase_if(rest.members, [&](const Member& member) { return member.id == id; });
    for (SharedCost& cost : rest.agreement.shared_costs) {
        if (cost.members) std::erase(*cost.members, id);
    }
    std::erase_if(rest.agreement.shared_costs,
                  [](const SharedCost& cost) { return cost.members && cost.members->empty(); });
    return rest;
}

Result<std::vector<DropOut>> drop_outs(const RuleSet& rules, const Batch& batch,
                                       const Allocation& all) {
    std::vector<DropOut> out;
    if (batch.members.size() < 2) return out;
    for (const HouseholdOutcome& leaver : all.members) {
        const auto rest = allocate(rules, without(batch, leaver.price.id));
        if (!rest) return rest.refusal();
        out.push_back(row_of(leaver.price.id, all, *rest));
    }
    return out;
}

}  // namespace deodat::rules::grouping
