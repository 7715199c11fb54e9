#include "rules/grouping/correction.h"

#include <algorithm>

#include "ledger/base/split.h"

namespace deodat::rules::grouping {
namespace {

// The smallest reduction of what a member bears that ends its loss; none when not even the whole
// does.
Result<std::optional<Money>> reduction(std::size_t member, Money borne, const GainOf& gain_of) {
    const Result<Money> free = gain_of(member, Money());
    if (!free) return free.refusal();
    if (free->is_negative()) return std::optional<Money>();
    std::int64_t too_little = 0;
    std::int64_t enough = borne.cents();
    while (enough - too_little > 1) {
        const std::int64_t middle = too_little + (enough - too_little) / 2;
        const Result<Money> gain = gain_of(member, borne - Money::cents(middle));
        if (!gain) return gain.refusal();
        (gain->is_negative() ? too_little : enough) = middle;
    }
    return std::optional(Money::cents(enough));
}

// Takes an amount out of a member's parts, cost by cost; what each cost lost is added to `pool`.
void take(Money amount, std::vector<Money>& parts, std::vector<Money>& pool) {
    for (std::size_t cost = 0; cost < parts.size(); ++cost) {
        const Money taken = std::min(amount, parts[cost]);
        parts[cost] -= taken;
        pool[cost] += taken;
        amount -= taken;
    }
}

// Gives an amount out of the pool, cost by cost.
void give(Money amount, std::vector<Money>& pool, std::vector<Money>& parts) {
    for (std::size_t cost = 0; cost < parts.size(); ++cost) {
        const Money given = std::min(amount, pool[cost]);
        parts[cost] += given;
        pool[cost] -= given;
        amount -= given;
    }
}

}  // namespace

Result<std::optional<Parts>> corrected(Parts parts, const GainOf& gain_of) {
    for (std::size_t round = 0; round <= parts.size(); ++round) {
        std::vector<Money> pool(parts.front().size());
        std::vector<SplitWeight> takers;
        bool lost = false;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const Money borne = sum(parts[i]);
            const Result<Money> gain = gain_of(i, borne);
            if (!gain) return gain.refusal();
            if (gain->is_positive()) {
                takers.push_back({gain->cents(), static_cast<std::int64_t>(i)});
            }
            if (!gain->is_negative()) continue;
            lost = true;
            const auto by = reduction(i, borne, gain_of);
            if (!by) return by.refusal();
            if (!*by) return std::optional<Parts>();
            take(**by, parts[i], pool);
        }
        if (!lost) return std::optional(std::move(parts));
        if (takers.empty()) break;
        const std::vector<Money> given = split(sum(pool), takers);
        for (std::size_t i = 0; i < takers.size(); ++i) {
            give(given[i], pool, parts[static_cast<std::size_t>(takers[i].id)]);
        }
    }
    return std::optional<Parts>();
}

}  // namespace deodat::rules::grouping
