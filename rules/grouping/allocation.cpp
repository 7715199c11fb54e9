#include "rules/grouping/allocation.h"

#include <algorithm>

#include "ledger/base/split.h"
#include "ledger/base/text.h"
#include "rules/grouping/correction.h"
#include "rules/grouping/household_funding.h"

namespace deodat::rules::grouping {
namespace {

std::int64_t weight(const Member& member, ShareKey key) {
    switch (key) {
        case ShareKey::equal:
            return 1;
        case ShareKey::surface:
            return *member.facade_dm2;
        case ShareKey::amount:
            return member.works_ht().cents();
        case ShareKey::use:
            return *member.use_weeks;
    }
    return 0;
}

bool bears(const SharedCost& cost, const Member& member) {
    return !cost.members || std::ranges::find(*cost.members, member.id) != cost.members->end();
}

// The members are by id: a rank stands for an id in ties.
Parts shared_parts(const Batch& batch) {
    const auto& costs = batch.agreement.shared_costs;
    Parts parts(batch.members.size(), std::vector<Money>(costs.size()));
    for (std::size_t c = 0; c < costs.size(); ++c) {
        std::vector<SplitWeight> weights;
        for (std::size_t i = 0; i < batch.members.size(); ++i) {
            if (!bears(costs[c], batch.members[i])) continue;
            weights.push_back(
                {weight(batch.members[i], costs[c].key), static_cast<std::int64_t>(i)});
        }
        const std::vector<Money> shares = split(costs[c].amount_ht, weights);
        for (std::size_t k = 0; k < shares.size(); ++k) {
            parts[static_cast<std::size_t>(weights[k].id)][c] = shares[k];
        }
    }
    return parts;
}

class Allocating {
  public:
    Allocating(const RuleSet& rules, const Batch& batch) : rules_(rules), batch_(batch) {}

    Result<Allocation> allocation() {
        out_.tier = tier_of(batch_.agreement.tiers, batch_.members.size());
        share_discount();
        for (const Member& member : batch_.members) {
            const Result<Funding> solo = funding_with(member, Money(), member.solo_shared);
            if (!solo) return solo.refusal();
            solo_.push_back(*solo);
        }
        Parts parts = shared_parts(batch_);
        if (const auto refusal = outcomes(parts)) return *refusal;
        if (const auto refusal = judge(parts)) return *refusal;
        return std::move(out_);
    }

  private:
    void share_discount() {
        Money works;
        std::vector<SplitWeight> weights;
        for (std::size_t i = 0; i < batch_.members.size(); ++i) {
            const Money own = batch_.members[i].works_ht();
            works += own;
            weights.push_back({own.cents(), static_cast<std::int64_t>(i)});
        }
        const std::int64_t bp = out_.tier ? out_.tier->discount_bp : 0;
        out_.discount = part_of(works, Ratio::basis_points(bp), Rounding::half_up);
        discounts_ = split(out_.discount, weights);
    }

    Result<Funding> funding_with(const Member& member, Money discount, Money shared) const {
        std::vector<WorksLine> lines = member.works;
        spread(-discount, member.works, lines);
        spread(shared, member.works, lines);
        for (const WorksLine& line : lines) {
            DEODAT_ASSERT(!line.amount_ht.is_negative(), "no line of a batch is negative");
        }
        return funding_of(rules_, batch_, member, std::move(lines));
    }

    std::optional<Refusal> outcomes(const Parts& parts) {
        out_.members.clear();
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const Member& member = batch_.members[i];
            const Money shared = sum(parts[i]);
            const Result<Funding> funding = funding_with(member, discounts_[i], shared);
            if (!funding) return funding.refusal();
            HouseholdOutcome one;
            one.price = {member.id, member.works_ht(), discounts_[i], parts[i],
                         shared,    funding->ttc};
            one.aid = funding->aid;
            one.remaining = funding->remaining;
            one.household_gain = solo_[i].remaining - funding->remaining;
            one.funder_gain = solo_[i].aid - funding->aid;
            DEODAT_ASSERT(one.household_gain + one.funder_gain == solo_[i].ttc - funding->ttc,
                          "what a household and its funders gain is what the works cost less");
            if (member.committed) {
                one.payable_aid = std::min(one.aid, *member.committed);
                one.payable_remaining = one.remaining + one.aid - *one.payable_aid;
            }
            out_.members.push_back(std::move(one));
        }
        return std::nullopt;
    }

    // Corrects, or says why the batch cannot be frozen.
    std::optional<Refusal> judge(const Parts& parts) {
        if (!out_.tier) {
            out_.refusal =
                Refusal{Code::batch_too_small, "members",
                        "L'opération compte " + std::to_string(batch_.members.size()) +
                            " logements : le prix garanti en demande " +
                            std::to_string(batch_.agreement.tiers.front().dwellings_min) + "."};
            return std::nullopt;
        }
        if (no_gain()) return std::nullopt;
        const bool loses = std::ranges::any_of(out_.members, [](const HouseholdOutcome& one) {
            return one.household_gain.is_negative();
        });
        if (!loses) return std::nullopt;
        const auto found = corrected(parts, [&](std::size_t i, Money shared) -> Result<Money> {
            const auto funding = funding_with(batch_.members[i], discounts_[i], shared);
            if (!funding) return funding.refusal();
            return solo_[i].remaining - funding->remaining;
        });
        if (!found) return found.refusal();
        if (!*found) {
            say_who_loses();
            return std::nullopt;
        }
        out_.corrected = true;
        if (const auto refusal = outcomes(**found)) return refusal;
        if (!no_gain()) return std::nullopt;
        out_.corrected = false;
        return outcomes(parts);
    }

    bool no_gain() {
        const Money gain = out_.totals().household_gain;
        if (gain.is_positive()) return false;
        out_.refusal = Refusal{Code::batch_without_gain, "members",
                               "Les gains des ménages font ensemble " + french(gain) +
                                   " : il faut qu'ils dépassent zéro pour grouper les travaux."};
        return true;
    }

    void say_who_loses() {
        const HouseholdOutcome& worst =
            *std::ranges::min_element(out_.members, {}, &HouseholdOutcome::household_gain);
        out_.refusal =
            Refusal{Code::batch_member_loses, "members",
                    "« " + shown(worst.price.id) + " » paierait " + french(-worst.household_gain) +
                        " de plus que seul, et aucun partage des coûts communs n'y "
                        "remédie."};
    }

    const RuleSet& rules_;
    const Batch& batch_;
    Allocation out_;
    std::vector<Money> discounts_;
    std::vector<Funding> solo_;
};

void add(std::optional<Money>& total, const std::optional<Money>& one) {
    if (one) total = total.value_or(Money()) + *one;
}

}  // namespace

HouseholdOutcome Allocation::totals() const {
    HouseholdOutcome out;
    for (const HouseholdOutcome& one : members) {
        out.price.works_ht += one.price.works_ht;
        out.price.discount += one.price.discount;
        out.price.shared += one.price.shared;
        out.price.ttc += one.price.ttc;
        out.price.shared_parts.resize(one.price.shared_parts.size());
        for (std::size_t c = 0; c < one.price.shared_parts.size(); ++c) {
            out.price.shared_parts[c] += one.price.shared_parts[c];
        }
        out.aid += one.aid;
        out.remaining += one.remaining;
        out.household_gain += one.household_gain;
        out.funder_gain += one.funder_gain;
        add(out.payable_aid, one.payable_aid);
        add(out.payable_remaining, one.payable_remaining);
    }
    return out;
}

Result<Allocation> allocate(const RuleSet& rules, Batch batch) {
    if (const auto checked = check(batch); !checked) return checked.refusal();
    std::ranges::sort(batch.members, {}, &Member::id);
    Result<Allocation> made = Allocating(rules, batch).allocation();
    if (!made) return made;
    const HouseholdOutcome totals = made->totals();
    DEODAT_ASSERT(totals.price.discount == made->discount, "the discounts are the batch's");
    for (std::size_t c = 0; c < batch.agreement.shared_costs.size(); ++c) {
        DEODAT_ASSERT(totals.price.shared_parts[c] == batch.agreement.shared_costs[c].amount_ht,
                      "a shared cost is paid whole");
    }
    return made;
}

std::vector<HouseholdPrice> prices_of(const Allocation& allocation) {
    std::vector<HouseholdPrice> out;
    for (const HouseholdOutcome& one : allocation.members) out.push_back(one.price);
    return out;
}

}  // namespace deodat::rules::grouping
