// The allocation of a batch a second time, slowly: exact fractions, remainders handed out one cent
// at a time, the correction found by counting. Only for batches whose aids are parameters; members
// by id.
#pragma once
#include <algorithm>
#include <map>
#include <vector>

#include "rules/grouping/allocation.h"
#include "tests/model/rational.h"

namespace deodat::model {

struct SlowOutcome {
    std::int64_t discount = 0;
    std::int64_t shared = 0;
    std::int64_t ttc = 0;
    std::int64_t aid = 0;
    std::int64_t household_gain = 0;
    std::int64_t funder_gain = 0;
};

struct SlowAllocation {
    std::vector<SlowOutcome> members;
    bool refused = false;
    bool corrected = false;
};

inline std::vector<std::int64_t> slow_split(std::int64_t amount,
                                            std::vector<std::int64_t> weights) {
    std::int64_t total = 0;
    for (const std::int64_t weight : weights) total += weight;
    if (total == 0) {
        weights.assign(weights.size(), 1);
        total = static_cast<std::int64_t>(weights.size());
    }
    std::vector<std::int64_t> out;
    std::int64_t left = amount;
    for (const std::int64_t weight : weights) {
        out.push_back((Rational(amount) * Rational(weight, total)).floor());
        left -= out.back();
    }
    std::vector<bool> served(weights.size(), false);
    for (; left > 0; --left) {
        std::size_t best = weights.size();
        for (std::size_t i = 0; i < weights.size(); ++i) {
            if (served[i]) continue;
            if (best == weights.size()) {
                best = i;
                continue;
            }
            const auto rest = [&](std::size_t k) {
                return Rational(amount) * Rational(weights[k], total) - Rational(out[k]);
            };
            if (rest(i) > rest(best) || (rest(i) == rest(best) && weights[i] > weights[best])) {
                best = i;
            }
        }
        served[best] = true;
        out[best] += 1;
    }
    return out;
}

class SlowBatch {
  public:
    explicit SlowBatch(const rules::grouping::Batch& batch) : batch_(batch) {}

    SlowAllocation allocation() {
        share();
        SlowAllocation out;
        for (std::size_t i = 0; i < batch_.members.size(); ++i) {
            solo_.push_back(funding(i, 0, batch_.members[i].solo_shared.cents()));
        }
        out.members = outcomes(shared_);
        const auto tier = rules::grouping::tier_of(batch_.agreement.tiers, batch_.members.size());
        if (!tier || gains(out.members) <= 0) {
            out.refused = true;
            return out;
        }
        std::vector<std::int64_t> shared = shared_;
        for (std::size_t round = 0; round <= shared.size(); ++round) {
            const std::vector<SlowOutcome> now = outcomes(shared);
            std::int64_t moved = 0;
            bool lost = false;
            std::vector<std::int64_t> weights(shared.size());
            for (std::size_t i = 0; i < shared.size(); ++i) {
                weights[i] = std::max<std::int64_t>(0, now[i].household_gain);
                if (now[i].household_gain >= 0) continue;
                lost = true;
                const std::int64_t by = reduction(i, shared[i]);
                if (by < 0) return refused(out);
                shared[i] -= by;
                moved += by;
            }
            if (!lost) {
                out.corrected = round > 0;
                if (gains(now) <= 0) return refused(out);
                out.members = now;
                return out;
            }
            if (gains_of(weights) == 0) return refused(out);
            const auto given = slow_split(moved, weights);
            for (std::size_t i = 0; i < shared.size(); ++i) shared[i] += given[i];
        }
        return refused(out);
    }

  private:
    struct Funded {
        std::int64_t ttc;
        std::int64_t aid;
    };

    static SlowAllocation refused(SlowAllocation out) {
        out.refused = true;
        out.corrected = false;
        return out;
    }
    static std::int64_t gains(const std::vector<SlowOutcome>& members) {
        std::int64_t out = 0;
        for (const SlowOutcome& one : members) out += one.household_gain;
        return out;
    }
    static std::int64_t gains_of(const std::vector<std::int64_t>& weights) {
        std::int64_t out = 0;
        for (const std::int64_t weight : weights) out += weight;
        return out;
    }

    void share() {
        std::vector<std::int64_t> works;
        std::int64_t all = 0;
        for (const auto& member : batch_.members) {
            works.push_back(member.works_ht().cents());
            all += works.back();
        }
        const auto tier = rules::grouping::tier_of(batch_.agreement.tiers, works.size());
        const Rational rate(tier ? tier->discount_bp : 0, 10'000);
        discounts_ = slow_split((Rational(all) * rate).nearest(), works);
        shared_.assign(works.size(), 0);
        for (const auto& cost : batch_.agreement.shared_costs) {
            std::vector<std::size_t> who;
            std::vector<std::int64_t> weights;
            for (std::size_t i = 0; i < works.size(); ++i) {
                const auto& member = batch_.members[i];
                if (cost.members && std::find(cost.members->begin(), cost.members->end(),
                                              member.id) == cost.members->end()) {
                    continue;
                }
                who.push_back(i);
                using rules::grouping::ShareKey;
                weights.push_back(cost.key == ShareKey::equal     ? 1
                                  : cost.key == ShareKey::surface ? *member.facade_dm2
                                  : cost.key == ShareKey::amount  ? works[i]
                                                                  : *member.use_weeks);
            }
            const auto parts = slow_split(cost.amount_ht.cents(), weights);
            for (std::size_t k = 0; k < who.size(); ++k) shared_[who[k]] += parts[k];
        }
    }

    // By line: its share of an amount, VAT rate by VAT rate.
    std::vector<std::int64_t> over_lines(std::size_t i, std::int64_t amount) const {
        const auto& works = batch_.members[i].works;
        std::map<std::int64_t, std::vector<std::size_t>> lines;
        for (std::size_t l = 0; l < works.size(); ++l) lines[works[l].vat_bp].push_back(l);
        std::vector<std::int64_t> weights;
        for (const auto& [rate, which] : lines) {
            weights.push_back(0);
            for (const std::size_t l : which) weights.back() += works[l].amount_ht.cents();
        }
        const auto of_rates = slow_split(amount, weights);
        std::vector<std::int64_t> out(works.size());
        std::size_t r = 0;
        for (const auto& [rate, which] : lines) {
            std::vector<std::int64_t> own;
            for (const std::size_t l : which) own.push_back(works[l].amount_ht.cents());
            const auto parts = slow_split(of_rates[r++], own);
            for (std::size_t k = 0; k < which.size(); ++k) out[which[k]] = parts[k];
        }
        return out;
    }

    Funded funding(std::size_t i, std::int64_t discount, std::int64_t shared) const {
        const auto& member = batch_.members[i];
        const auto less = over_lines(i, discount);
        const auto more = over_lines(i, shared);
        std::map<std::int64_t, std::int64_t> rates;
        std::int64_t eligible = 0;
        for (std::size_t l = 0; l < member.works.size(); ++l) {
            const std::int64_t ht = member.works[l].amount_ht.cents() - less[l] + more[l];
            rates[member.works[l].vat_bp] += ht;
            if (member.works[l].eligible) eligible += ht;
        }
        Funded out{0, 0};
        for (const auto& [rate, ht] : rates) {
            out.ttc += ht + (Rational(ht) * Rational(rate, 10'000)).nearest();
        }
        const auto& profile = std::get<rules::grouping::Profile>(member.household);
        const auto& scale = *batch_.parameters;
        const auto income = static_cast<std::size_t>(profile.income_class);
        std::int64_t aid = scale.flat_local[income].cents();
        if (profile.class_jump >= 2) {
            const std::int64_t cap = scale.cap_ht[profile.class_jump == 2 ? 0 : 1].cents();
            const Rational exact =
                Rational(std::min(cap, eligible)) * Rational(scale.rate_bp[income], 10'000);
            aid += scale.rounding == Rounding::floor ? exact.floor() : exact.nearest();
        }
        out.aid =
            std::min(aid, (Rational(out.ttc) * Rational(scale.limit_bp[income], 10'000)).nearest());
        return out;
    }

    std::int64_t gain(std::size_t i, std::int64_t shared) const {
        const Funded now = funding(i, discounts_[i], shared);
        return solo_[i].ttc - solo_[i].aid - (now.ttc - now.aid);
    }

    // The smallest that ends the loss, counted up; below zero when there is none.
    std::int64_t reduction(std::size_t i, std::int64_t shared) const {
        if (gain(i, 0) < 0) return -1;
        std::int64_t by = 0;
        for (std::int64_t step = 1'000'000; step > 0; step /= 10) {
            while (by + step <= shared && gain(i, shared - by - step) < 0) by += step;
        }
        return by + 1;
    }

    std::vector<SlowOutcome> outcomes(const std::vector<std::int64_t>& shared) const {
        std::vector<SlowOutcome> out;
        for (std::size_t i = 0; i < shared.size(); ++i) {
            const Funded now = funding(i, discounts_[i], shared[i]);
            out.push_back({discounts_[i], shared[i], now.ttc, now.aid, gain(i, shared[i]),
                           solo_[i].aid - now.aid});
        }
        return out;
    }

    const rules::grouping::Batch& batch_;
    std::vector<std::int64_t> discounts_;
    std::vector<std::int64_t> shared_;
    std::vector<Funded> solo_;
};

}  // namespace deodat::model
