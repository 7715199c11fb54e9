// The allocation of a batch to the cent: who bears what of the discount and of the shared costs,
// what that leaves of aids, who gains.
//
// A pure function of the rules and the batch; the order of members changes nothing, ties go to the
// larger weight, then to the smaller id. The discount is rounded once for the batch, then split by
// works; each shared cost by its key.
#pragma once
#include <string>
#include <vector>

#include "rules/grouping/batch.h"

namespace deodat::rules::grouping {

// What a household pays its contractors: all that the coordinator may see of it. No aid, no rate,
// no income, no remaining cost stands here, nor may ever.
struct HouseholdPrice {
    std::string id;
    Money works_ht;  // before discount
    Money discount;
    std::vector<Money> shared_parts;  // excl. VAT, by shared cost
    Money shared;
    Money ttc;
};

// What only its adviser and the household itself see.
struct HouseholdOutcome {
    HouseholdPrice price;
    Money aid;
    Money remaining;
    Money household_gain;              // solo remaining cost less this one
    Money funder_gain;                 // solo aids less these
    std::optional<Money> payable_aid;  // min(aid, committed), where a commitment is known
    std::optional<Money> payable_remaining;
};

struct Allocation {
    std::optional<Tier> tier;
    Money discount;
    std::vector<HouseholdOutcome> members;  // by id
    bool corrected = false;                 // shared costs were moved so that nobody loses
    // Why the batch cannot be frozen: batch_too_small, batch_without_gain, batch_member_loses. The
    // figures are then those before any correction.
    std::optional<Refusal> refusal;

    HouseholdOutcome totals() const;  // its id empty; what no member has is not there
};

// Refuses what check() and funding_of() refuse.
Result<Allocation> allocate(const RuleSet& rules, Batch batch);

// What the coordinator may see.
std::vector<HouseholdPrice> prices_of(const Allocation& allocation);

}  // namespace deodat::rules::grouping
