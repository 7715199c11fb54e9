// If this house leaves, before the batch is frozen: what each of the others pays, before and after,
// and who must sign again. Figures only: what may happen when is the ledger's.
#pragma once
#include <string>
#include <vector>

#include "rules/grouping/allocation.h"

namespace deodat::rules::grouping {

// A household signs again when its remaining cost rises by more than the smaller of the two.
inline constexpr std::int64_t rise_allowed_bp = 200;
inline constexpr Money rise_allowed = Money::euros(150);

bool must_sign_again(Money remaining_before, Money remaining_after);

// One that stays.
struct Staying {
    std::string id;
    Money remaining_before;
    Money remaining_after;
    bool must_sign = false;
};

struct DropOut {
    std::string leaver;
    std::optional<Tier> tier_after;
    bool changes_tier = false;  // the cliff: everybody's discount falls
    std::vector<Staying> others;
    std::optional<Refusal> refusal;  // why those who stay could not be frozen
};

// Without one member: a cost shared by nobody else leaves with it.
Batch without(const Batch& batch, const std::string& id);

// One row a member, by id: the allocation of those who would stay beside that of all. Nothing for a
// batch of one. Refuses as allocate().
Result<std::vector<DropOut>> drop_outs(const RuleSet& rules, const Batch& batch,
                                       const Allocation& all);

}  // namespace deodat::rules::grouping
