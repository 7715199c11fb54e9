// Goal (guarantee 14): the shares of an amount are whole cents, at least nil, sum to it, and are
// those of the largest remainder, whoever asks in whatever order. Method: every amount up to a
// hundred euros over six shapes of weights, then random ones up to the bounds of Money, against an
// oracle of exact fractions; and relations that must hold between splits. What the rules make of
// shares (caps, orders of reduction) is compared with a slow model in slow_rules_test.cpp.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "ledger/base/split.h"
#include "tests/model/rational.h"
#include "tests/support/seed.h"

namespace deodat {
namespace {

using model::Rational;
using Weights = std::vector<SplitWeight>;
using Cents = std::vector<std::int64_t>;

Cents cents_of(std::int64_t amount, const Weights& weights) {
    Cents out;
    for (const Money share : split(Money::cents(amount), weights)) out.push_back(share.cents());
    return out;
}

// By the definition: the floor of each exact part, then a cent to each of those that lost most.
Cents oracle(std::int64_t amount, Weights weights) {
    std::int64_t total = 0;
    for (const SplitWeight& w : weights) total += w.weight;
    if (total == 0) {
        for (SplitWeight& w : weights) w.weight = 1;
        total = static_cast<std::int64_t>(weights.size());
    }
    Cents out;
    std::vector<Rational> lost;
    std::int64_t left = amount;
    for (const SplitWeight& w : weights) {
        const Rational exact = Rational(amount) * Rational(w.weight, total);
        out.push_back(exact.floor());
        lost.push_back(exact - Rational(out.back()));
        left -= out.back();
    }
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        if (lost[a] != lost[b]) return lost[a] > lost[b];
        if (weights[a].weight != weights[b].weight) return weights[a].weight > weights[b].weight;
        return weights[a].id < weights[b].id;
    });
    for (std::size_t i = 0; left > 0; ++i, --left) ++out[order[i]];
    return out;
}

const std::vector<Weights>& shapes() {
    static const std::vector<Weights> all = {
        {{1, 1}},                                   // one
        {{1, 3}, {1, 1}, {1, 2}},                   // equal parts
        {{61, 1}, {57, 2}, {61, 3}},                // surfaces, two of them equal
        {{8'000, 1}, {1'500, 2}, {500, 3}},         // 80, 15 and 5 %
        {{0, 1}, {0, 2}, {0, 3}, {0, 4}},           // nothing to go by
        {{1, 1}, {0, 2}, {999'999, 3}, {333, 4}}};  // far apart, one of nothing
    return all;
}

TEST(G14_Splits, EveryAmountUpToAHundredEurosOverSixShapes) {
    for (const Weights& weights : shapes()) {
        for (std::int64_t amount = 0; amount <= 10'000; ++amount) {
            const Cents shares = cents_of(amount, weights);
            ASSERT_EQ(shares, oracle(amount, weights)) << amount;
            ASSERT_EQ(std::accumulate(shares.begin(), shares.end(), std::int64_t{0}), amount);
            ASSERT_GE(*std::min_element(shares.begin(), shares.end()), 0);
        }
    }
}

TEST(G14_Splits, AnyAmountOverAnyWeights) {
    std::mt19937_64 random(testing_support::seed_of_this_run());
    const auto drawn = [&](std::int64_t least, std::int64_t most) {
        return std::uniform_int_distribution<std::int64_t>(least, most)(random);
    };
    const int count = 20'000 * testing_support::times_in_long_run(5);
    for (int i = 0; i < count; ++i) {
        const std::int64_t amount = drawn(0, drawn(1, 3) == 1 ? Money::cents_max : 100'000);
        Weights weights;
        for (std::int64_t id = drawn(1, 12); id > 0; --id) {
            weights.push_back({drawn(0, drawn(1, 3) == 1 ? 1'000'000 : 5), id});
        }
        const Cents shares = cents_of(amount, weights);
        ASSERT_EQ(shares, oracle(amount, weights)) << amount;

        // In another order, the same shares.
        std::vector<std::size_t> order(weights.size());
        std::iota(order.begin(), order.end(), 0U);
        std::shuffle(order.begin(), order.end(), random);
        Weights shuffled;
        Cents expected;
        for (const std::size_t at : order) {
            shuffled.push_back(weights[at]);
            expected.push_back(shares[at]);
        }
        ASSERT_EQ(cents_of(amount, shuffled), expected);

        // Weights in another unit, a part of nothing, the amount given back: nothing changes.
        Weights scaled = weights;
        for (SplitWeight& w : scaled) w.weight *= 7;
        ASSERT_EQ(cents_of(amount, scaled), shares);
        Cents opposite = cents_of(-amount, weights);
        for (std::int64_t& share : opposite) share = -share;
        ASSERT_EQ(opposite, shares);
        const bool has_weight =
            std::any_of(weights.begin(), weights.end(), [](const auto& w) { return w.weight > 0; });
        if (has_weight) {
            Weights more = weights;
            more.push_back({0, 99});
            Cents with_nil = shares;
            with_nil.push_back(0);
            ASSERT_EQ(cents_of(amount, more), with_nil);
        }

        // An invoice in two instalments: each part gets within a cent of its share of the whole,
        // for each instalment.
        const std::int64_t first = drawn(0, amount);
        const Cents of_first = cents_of(first, weights);
        const Cents of_rest = cents_of(amount - first, weights);
        for (std::size_t at = 0; at < shares.size(); ++at) {
            ASSERT_LE(std::abs(of_first[at] + of_rest[at] - shares[at]), 2);
        }
    }
}

}  // namespace
}  // namespace deodat
