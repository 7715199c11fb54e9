#include "rules/grouping/expected_value.h"

namespace deodat::rules::grouping {
namespace {

constexpr std::int64_t whole_bp = 10'000;

std::optional<std::int64_t> weight_of(const Candidate& member, ShareKey key) {
    switch (key) {
        case ShareKey::equal:
            return 1;
        case ShareKey::surface:
            return member.facade_dm2;
        case ShareKey::amount:
            return member.works_ht ? std::optional(member.works_ht->cents()) : std::nullopt;
        case ShareKey::use:
            return member.use_weeks;
    }
    return std::nullopt;
}

bool is_priced(const Candidate& member, const Agreement& agreement) {
    if (!member.works_ht || !member.solo_shared) return false;
    for (const SharedCost& cost : agreement.shared_costs) {
        if (!weight_of(member, cost.key)) return false;
    }
    return true;
}

class Expectation {
  public:
    Expectation(std::span<const Candidate* const> members, const Agreement& agreement)
        : members_(members), agreement_(agreement), houses_(std::ssize(members)) {
        for (const Candidate* const member : members) {
            works_ += *member->works_ht;
            solo_ += *member->solo_shared;
        }
        for (const SharedCost& cost : agreement.shared_costs) {
            shared_ += cost.amount_ht;
            std::int64_t& sum = weights_.emplace_back(0);
            for (const Candidate* const member : members) sum += *weight_of(*member, cost.key);
        }
    }

    Money value(std::int64_t drop_out_bp) const {
        const auto chances = chances_to_stay(members_.size(), drop_out_bp);
        Money out;
        for (std::size_t k = 0; k < chances.size(); ++k) {
            out += part_of(saved_by(k), {chances[k], chance_parts}, Rounding::half_up);
        }
        return out - shared_;
    }

    bool nobody_loses(std::size_t k) const {
        const auto tier = tier_of(agreement_.tiers, k);
        if (!tier) return false;
        for (const Candidate* const member : members_) {
            const Money discount =
                part_of(*member->works_ht, Ratio::basis_points(tier->discount_bp), Rounding::floor);
            if (discount + *member->solo_shared < share(*member, k)) return false;
        }
        return true;
    }

  private:
    Money saved_by(std::size_t k) const {
        const auto tier = tier_of(agreement_.tiers, k);
        const auto staying = static_cast<std::int64_t>(k);
        const std::int64_t bp = tier ? tier->discount_bp : 0;
        return part_of(works_, {staying * bp, houses_ * whole_bp}, Rounding::half_up) +
               part_of(solo_, {staying, houses_}, Rounding::half_up);
    }

    // Upwards to the cent, as nobody shall lose one.
    Money share(const Candidate& member, std::size_t k) const {
        Money out;
        for (std::size_t c = 0; c < weights_.size(); ++c) {
            const SharedCost& cost = agreement_.shared_costs[c];
            const auto staying = static_cast<std::int64_t>(k);
            const Ratio part = weights_[c] == 0 ? Ratio{1, staying}
                                                : Ratio{*weight_of(member, cost.key) * houses_,
                                                        weights_[c] * staying};
            out += part_of(cost.amount_ht, part, Rounding::ceiling);
        }
        return out;
    }

    std::span<const Candidate* const> members_;
    const Agreement& agreement_;
    std::int64_t houses_;
    Money works_;
    Money solo_;
    Money shared_;
    std::vector<std::int64_t> weights_;  // by shared cost
};

}  // namespace

// House after house: of the chance that k stay among those before it, a part goes to k + 1. What
// rounding leaves stays where it was, so that the sum is kept.
std::vector<std::int64_t> chances_to_stay(std::size_t houses, std::int64_t drop_out_bp) {
    std::vector<std::int64_t> chances = {chance_parts};
    for (std::size_t house = 0; house < houses; ++house) {
        chances.push_back(0);
        for (std::size_t k = chances.size() - 1; k > 0; --k) {
            const std::int64_t stays =
                mul_div(chances[k - 1], whole_bp - drop_out_bp, whole_bp, Rounding::half_up);
            chances[k - 1] -= stays;
            chances[k] += stays;
        }
    }
    return chances;
}

std::vector<std::string> unpriced(std::span<const Candidate* const> members,
                                  const Agreement& agreement) {
    std::vector<std::string> out;
    for (const Candidate* const member : members) {
        if (!is_priced(*member, agreement)) out.push_back(member->id);
    }
    return out;
}

ExpectedValue expected_value(std::span<const Candidate* const> members, const Agreement& agreement,
                             std::int64_t drop_out_bp) {
    DEODAT_ASSERT(!members.empty(), "a batch has a member");
    const Expectation expected(members, agreement);
    ExpectedValue out{expected.value(drop_out_bp), std::nullopt};
    for (std::size_t k = 1; k <= members.size() && !out.houses_min; ++k) {
        if (expected.nobody_loses(k)) out.houses_min = k;
    }
    return out;
}

}  // namespace deodat::rules::grouping
