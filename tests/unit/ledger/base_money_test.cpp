// Goal: the cents are exact, whoever asks. Method: the trap values, the bounds, and random splits.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <numeric>

#include "ledger/base/money.h"
#include "ledger/base/split.h"

namespace deodat {
namespace {

TEST(Money, RoundsAHalfAwayFromZero) {
    EXPECT_EQ(part_of(Money::cents(1'800'010), Ratio::percent(35), Rounding::half_up).cents(),
              630'004);  // trap 23: 6 300.035 -> 6 300.04
    EXPECT_EQ(mul_div(5, 1, 10, Rounding::half_up), 1);
    EXPECT_EQ(mul_div(-5, 1, 10, Rounding::half_up), -1);
    EXPECT_EQ(mul_div(4, 1, 10, Rounding::half_up), 0);
    EXPECT_EQ(mul_div(-1, 1, 10, Rounding::floor), -1);
    EXPECT_EQ(mul_div(1, 1, 10, Rounding::ceiling), 1);
    EXPECT_EQ(mul_div(-9, 1, 10, Rounding::ceiling), 0);
}

TEST(Money, LeavesNoBoundsSilently) {
    const Money most = Money::cents(Money::cents_max);
    EXPECT_THROW((void)(most + Money::cents(1)), BrokenInvariant);
    EXPECT_THROW((void)(-most - Money::cents(1)), BrokenInvariant);
    EXPECT_THROW(Money::cents(INT64_MIN), BrokenInvariant);
    EXPECT_FALSE(money_from_cents("x", Money::cents_max + 1).ok());
    EXPECT_EQ(money_from_cents("x", Money::cents_max)->cents(), Money::cents_max);
}

TEST(Money, ReadsDecimalsAsBanksWriteThem) {
    EXPECT_EQ(money_from_decimal("a", "7.25000")->cents(), 725);
    EXPECT_EQ(money_from_decimal("a", "0000000000412.36")->cents(), 41'236);
    EXPECT_EQ(money_from_decimal("a", "12")->cents(), 1'200);
    EXPECT_EQ(money_from_decimal("a", "204.3")->cents(), 20'430);
    for (const char* bad :
         {"8.954", "", ".5", "5.", "-1", "1,5", "1e9", "1 000", "1.2.3", "99999999999999999999"}) {
        const auto read = money_from_decimal("montant", bad);
        ASSERT_FALSE(read.ok()) << bad;
        EXPECT_EQ(read.refusal().code, Code::malformed);
        EXPECT_EQ(read.refusal().field, "montant");
    }
}

TEST(Money, IsShownInFrenchAndInDecimals) {
    EXPECT_EQ(french(Money::cents(2'400'000)), "24\u202f000,00\u00a0€");
    EXPECT_EQ(french(Money::cents(-5)), "-0,05\u00a0€");
    EXPECT_EQ(french(Money::cents(123'456'789)), "1\u202f234\u202f567,89\u00a0€");
    EXPECT_EQ(decimal_text(Money::cents(-5)), "-0.05");
    EXPECT_EQ(decimal_text(Money::cents(123'450)), "1234.50");
}

TEST(Money, DecimalTextReadsBack) {
    EXPECT_TRUE(rc::check("decimal_text then money_from_decimal is the identity", [] {
        const auto cents = *rc::gen::inRange<std::int64_t>(0, Money::cents_max + 1);
        RC_ASSERT(money_from_decimal("a", decimal_text(Money::cents(cents)))->cents() == cents);
    }));
}

TEST(Split, SumsToTheWholeAndIgnoresTheOrder) {
    EXPECT_TRUE(rc::check("parts sum to the whole, in any order, within a cent", [] {
        const auto cents = *rc::gen::inRange<std::int64_t>(-1'000'000, 1'000'000);
        const auto raw = *rc::gen::nonEmpty(
            rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(0, 500)));
        std::vector<SplitWeight> weights;
        std::int64_t total = 0;
        for (std::size_t i = 0; i < raw.size(); ++i) {
            weights.push_back({raw[i], static_cast<std::int64_t>(i) + 1});
            total += raw[i];
        }
        const auto shares = split(Money::cents(cents), weights);
        std::int64_t sum = 0;
        for (std::size_t i = 0; i < shares.size(); ++i) {
            sum += shares[i].cents();
            if (total == 0) continue;
            const std::int64_t exact_times_total = cents * weights[i].weight;
            const std::int64_t off = shares[i].cents() * total - exact_times_total;
            RC_ASSERT(std::abs(off) < total);
        }
        RC_ASSERT(sum == cents);
        std::vector<SplitWeight> reversed(weights.rbegin(), weights.rend());
        auto again = split(Money::cents(cents), reversed);
        std::reverse(again.begin(), again.end());
        RC_ASSERT(again == shares);
    }));
}

TEST(Split, BreaksTiesByWeightThenId) {
    const std::vector<SplitWeight> thirds = {{1, 3}, {1, 1}, {1, 2}};
    const auto shares = split(Money::cents(100'000), thirds);
    EXPECT_EQ(shares[0].cents(), 33'333);
    EXPECT_EQ(shares[1].cents(), 33'334);
    EXPECT_EQ(shares[2].cents(), 33'333);
    // 8,47 € over 61, 57, 61: the same three shares whatever the order (casebook MNY-02).
    const auto by = [](std::vector<SplitWeight> w) { return split(Money::cents(847), w); };
    EXPECT_EQ(by({{61, 1}, {57, 2}, {61, 3}})[0], by({{57, 2}, {61, 3}, {61, 1}})[2]);
    const auto small = by({{5, 1}, {0, 2}, {1, 3}});
    EXPECT_EQ(small[0].cents() + small[2].cents(), 847);
    EXPECT_EQ(small[1].cents(), 0);
    const std::vector<SplitWeight> none = {{0, 1}, {0, 2}};
    EXPECT_EQ(split(Money::cents(2), none)[1].cents(), 1);
}

}  // namespace
}  // namespace deodat
