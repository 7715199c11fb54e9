#include "ledger/base/split.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace deodat {
namespace {

__extension__ using Int128 = __int128;

struct Remainder {
    Int128 rest;
    std::int64_t weight;
    std::int64_t id;
    std::size_t index;
};

}  // namespace

std::vector<Money> split(Money amount, std::span<const SplitWeight> weights) {
    DEODAT_ASSERT(!weights.empty(), "a split has at least one part");
    Int128 total = 0;
    for (const SplitWeight& w : weights) {
        DEODAT_ASSERT(w.weight >= 0, "a weight is zero or more");
        total += w.weight;
    }
    const bool equal = total == 0;
    if (equal) total = static_cast<Int128>(weights.size());

    const std::int64_t magnitude = amount.is_negative() ? -amount.cents() : amount.cents();
    std::vector<std::int64_t> shares(weights.size());
    std::vector<Remainder> remainders;
    remainders.reserve(weights.size());
    std::int64_t left = magnitude;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const std::int64_t weight = equal ? 1 : weights[i].weight;
        const Int128 product = static_cast<Int128>(magnitude) * weight;
        shares[i] = static_cast<std::int64_t>(product / total);
        left -= shares[i];
        remainders.push_back({product % total, weight, weights[i].id, i});
    }
    std::sort(remainders.begin(), remainders.end(), [](const Remainder& a, const Remainder& b) {
        if (a.rest != b.rest) return a.rest > b.rest;
        if (a.weight != b.weight) return a.weight > b.weight;
        return a.id < b.id;
    });
    DEODAT_ASSERT(left >= 0 && static_cast<std::size_t>(left) < weights.size() + 1,
                  "fewer cents are left than there are parts");
    for (std::size_t i = 0; i < static_cast<std::size_t>(left); ++i) {
        shares[remainders[i].index] += 1;
    }

    std::vector<Money> out;
    out.reserve(shares.size());
    for (const std::int64_t share : shares) {
        out.push_back(Money::cents(amount.is_negative() ? -share : share));
    }
    return out;
}

Money sum(std::span<const Money> parts) {
    Money out;
    for (const Money part : parts) out += part;
    return out;
}

}  // namespace deodat
