// Goal: what may be claimed of a grant: advance, at most three instalments below the ceiling,
// balance; and each claim that must be refused.
#include "rules/plan/claims.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace deodat::rules::test {
namespace {

using testing::HasSubstr;

constexpr Ratio half = Ratio::percent(50);

// 32 000 € with an advance of 30 %, three instalments, 70 % before the balance.
ClaimRules some_rules() {
    return {Money::euros(32'000), Money::euros(9'600), 3, Money::euros(22'400)};
}

ClaimSchedule schedule(const ClaimRules& rules = some_rules()) {
    Result<ClaimSchedule> made = ClaimSchedule::of(rules);
    EXPECT_TRUE(made);
    return std::move(*made);
}

TEST(Trap, T24_TheAdvanceIsDeductedAndSeventyPercentBounds) {
    ClaimSchedule claims = schedule();
    EXPECT_EQ(claims.claim_advance()->amount, Money::euros(9'600));
    EXPECT_EQ(claims.claim_instalment(half)->amount, Money::euros(6'400));
    const Result<Claim> second = claims.claim_instalment(Ratio::percent(80));
    ASSERT_TRUE(second);
    EXPECT_EQ(second->amount, Money::euros(6'400));
    EXPECT_EQ(second->number, 2);
    EXPECT_EQ(second->cumulated, Money::euros(22'400));
    EXPECT_EQ(second->text,
              "Acompte 2 : min(80\u00a0% × 32\u202f000,00\u00a0€ = 25\u202f600,00\u00a0€ ; plafond "
              "avant solde 22\u202f400,00\u00a0€) − déjà demandé 16\u202f000,00\u00a0€ = "
              "6\u202f400,00\u00a0€.");
    EXPECT_EQ(claims.claim_balance(Money::euros(32'000))->amount, Money::euros(9'600));
    EXPECT_EQ(claims.claimed(), Money::euros(32'000));
}

TEST(Claims, TheBalanceIsOnTheRetainedGrant) {
    ClaimSchedule claims =
        schedule({Money::euros(24'000), Money::euros(7'200), 3, Money::euros(16'800)});
    ASSERT_TRUE(claims.claim_advance());
    EXPECT_EQ(claims.claim_balance(Money::euros(21'200))->amount, Money::euros(14'000));
}

TEST(Claims, AGrantThatFallsBelowThePaymentsIsRepaid) {
    ClaimSchedule claims = schedule();
    ASSERT_TRUE(claims.claim_advance());
    const Result<Claim> balance = claims.claim_balance(Money::euros(9'000));
    ASSERT_TRUE(balance);
    EXPECT_EQ(balance->amount, -Money::euros(600));
    EXPECT_THAT(balance->text, HasSubstr("à reverser"));
}

TEST(Claims, ProgressMayBeTheInvoicesPaid) {
    ClaimSchedule claims = schedule({Money::cents(10'001), {}, 3, Money::cents(7'000)});
    // 1/3 of 100,01 € is 33,3367 €.
    EXPECT_EQ(claims.claim_instalment({10'550, 31'650})->amount, Money::cents(3'334));
}

Refusal refusal_of(const Result<Claim>& claim) {
    EXPECT_FALSE(claim);
    return claim ? Refusal{Code::usage, "", ""} : claim.refusal();
}

TEST(Claims, AFourthInstalmentIsRefused) {
    ClaimSchedule claims = schedule();
    for (int percent : {10, 20, 30}) ASSERT_TRUE(claims.claim_instalment(Ratio::percent(percent)));
    const Refusal refusal = refusal_of(claims.claim_instalment(Ratio::percent(40)));
    EXPECT_EQ(refusal.code, Code::state_forbids);
    EXPECT_THAT(refusal.message, HasSubstr("3 acomptes"));
    EXPECT_EQ(claims.claimed(), Money::euros(9'600));
}

TEST(Claims, ProgressNeverDecreasesNorExceedsTheWhole) {
    ClaimSchedule claims = schedule();
    EXPECT_EQ(refusal_of(claims.claim_instalment(Ratio::basis_points(10'001))).code,
              Code::out_of_range);
    EXPECT_EQ(refusal_of(claims.claim_instalment(Ratio::basis_points(-1))).code,
              Code::out_of_range);
    ASSERT_TRUE(claims.claim_instalment(half));
    const Refusal back = refusal_of(claims.claim_instalment(Ratio::basis_points(4'999)));
    EXPECT_EQ(back.field, "progress");
    EXPECT_THAT(back.message, HasSubstr("49,99\u00a0%"));
    EXPECT_EQ(claims.claim_instalment(Ratio::percent(60))->number, 2);
}

TEST(Claims, NothingToClaimIsRefusedWithTheFigures) {
    ClaimSchedule claims = schedule();
    ASSERT_TRUE(claims.claim_advance());
    const Refusal early = refusal_of(claims.claim_instalment(Ratio::percent(30)));
    EXPECT_EQ(early.code, Code::amount_not_positive);
    EXPECT_THAT(early.message, HasSubstr("30\u00a0% × 32\u202f000,00\u00a0€"));
    // A refusal counts for nothing: not as an instalment, not as progress.
    EXPECT_EQ(claims.claim_instalment(Ratio::percent(100))->number, 1);
    EXPECT_EQ(refusal_of(claims.claim_instalment(Ratio::percent(100))).code,
              Code::amount_not_positive);
}

TEST(Claims, NothingFollowsTheBalance) {
    ClaimSchedule claims = schedule();
    ASSERT_TRUE(claims.claim_balance(Money::euros(30'000)));
    EXPECT_EQ(refusal_of(claims.claim_instalment(half)).code, Code::state_forbids);
    EXPECT_EQ(refusal_of(claims.claim_advance()).code, Code::state_forbids);
    EXPECT_EQ(refusal_of(claims.claim_balance(Money::euros(30'000))).code, Code::state_forbids);
}

TEST(Claims, TheAdvanceComesFirstAndOnce) {
    ClaimSchedule twice = schedule();
    ASSERT_TRUE(twice.claim_advance());
    EXPECT_EQ(refusal_of(twice.claim_advance()).code, Code::state_forbids);
    ClaimSchedule late = schedule();
    ASSERT_TRUE(late.claim_instalment(half));
    EXPECT_EQ(refusal_of(late.claim_advance()).code, Code::state_forbids);
    ClaimSchedule none = schedule({Money::euros(100), {}, 0, {}});
    EXPECT_EQ(refusal_of(none.claim_advance()).code, Code::state_forbids);
    EXPECT_EQ(refusal_of(none.claim_instalment(half)).code, Code::state_forbids);
    EXPECT_EQ(none.claim_balance(Money::euros(100))->amount, Money::euros(100));
}

TEST(Claims, RefusesARetainedGrantAboveTheNotified) {
    ClaimSchedule claims = schedule();
    EXPECT_EQ(refusal_of(claims.claim_balance(Money::euros(32'001))).code, Code::out_of_range);
    EXPECT_EQ(refusal_of(claims.claim_balance(-Money::euros(1))).code, Code::out_of_range);
    EXPECT_EQ(claims.claim_balance(Money())->amount, Money());
}

TEST(Claims, RefusesRulesThatMeanNothing) {
    EXPECT_FALSE(ClaimSchedule::of({-Money::euros(1), {}, 0, {}}));
    EXPECT_FALSE(ClaimSchedule::of({Money::euros(1), Money::euros(2), 0, {}}));
    EXPECT_FALSE(ClaimSchedule::of({Money::euros(1), {}, 3, Money::euros(2)}));
    EXPECT_FALSE(ClaimSchedule::of({Money::euros(1), {}, -1, {}}));
}

}  // namespace
}  // namespace deodat::rules::test
