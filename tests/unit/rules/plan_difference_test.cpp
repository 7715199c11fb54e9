// Goal: the comparison of two plans says every amount, standing, reason, limit and total that
// moved, with the right sign, and nothing that did not.
#include "rules/plan/plan_difference.h"

#include "tests/unit/rules/support.h"

namespace deodat::rules::test {
namespace {

Plan planned(const RuleSet& rules, const Facts& facts) {
    Result<Plan> made = plan(rules, facts);
    EXPECT_TRUE(made) << (made ? "" : made.refusal().message);
    return std::move(*made);
}

const AidDifference* found(const PlanDifference& difference, std::string_view id) {
    for (const AidDifference& aid : difference.aids) {
        if (aid.id == id) return &aid;
    }
    return nullptr;
}

TEST(PlanDifference, OfAPlanWithItselfIsNothing) {
    const Plan one = planned(embedded_rules(), example_facts());
    const PlanDifference nothing = difference(one, one);
    EXPECT_FALSE(nothing.any());
    EXPECT_EQ(nothing.remaining_cost.before, one.remaining_cost);
}

TEST(PlanDifference, TwoRuleSetsAreMatchedByNames) {
    const auto old_rules =
        with_scales(aid_text("local.a", "amount 1 000 €") + aid_text("local.gone", "amount 10 €") +
                    aid_text("local.same", "amount 7 €"));
    const auto new_rules =
        with_scales(aid_text("local.new", "amount 30 €") + aid_text("local.same", "amount 7 €") +
                    aid_text("local.a", "requires dwelling.age_years >= 61\n amount 1 000 €"));
    const Facts facts = example_facts();
    const PlanDifference made = difference(planned(*old_rules, facts), planned(*new_rules, facts));
    ASSERT_EQ(made.aids.size(), 3U);
    const AidDifference* refused = found(made, "local.a");
    ASSERT_NE(refused, nullptr);
    EXPECT_EQ(refused->standing.before, Standing::granted);
    EXPECT_EQ(refused->standing.after, Standing::refused);
    EXPECT_EQ(gain(refused->amount), Money::euros(-1'000));
    ASSERT_EQ(refused->reasons.appeared.size(), 1U);
    EXPECT_EQ(refused->reasons.appeared[0].code, "age_years");
    EXPECT_TRUE(refused->reasons.gone.empty());
    EXPECT_EQ(found(made, "local.new")->standing.before, Standing::absent);
    EXPECT_EQ(gain(found(made, "local.new")->amount), Money::euros(30));
    EXPECT_EQ(made.aids.back().id, "local.gone");
    EXPECT_EQ(made.aids.back().standing.after, Standing::absent);
    EXPECT_EQ(gain(made.total_aid), Money::euros(-980));
    EXPECT_EQ(gain(made.remaining_cost), Money::euros(980));
    EXPECT_FALSE(made.works_ttc.any());
    const PlanDifference back = difference(planned(*new_rules, facts), planned(*old_rules, facts));
    EXPECT_EQ(found(back, "local.a")->reasons.gone.size(), 1U);
    EXPECT_EQ(gain(back.remaining_cost), Money::euros(-980));
}

TEST(PlanDifference, TwoSetsOfFactsUnderOneRuleSet) {
    const Facts before = example_facts();
    Facts after = example_facts();
    after.set(FactId::rge_contractors, 1);
    PlanDifference made =
        difference(planned(embedded_rules(), before), planned(embedded_rules(), after));
    ASSERT_EQ(made.aids.size(), 1U);
    EXPECT_TRUE(made.aids[0].to_verify.appeared.empty());
    ASSERT_EQ(made.aids[0].to_verify.gone.size(), 1U);
    EXPECT_EQ(made.aids[0].to_verify.gone[0].code, "rge_contractors");
    EXPECT_EQ(made.aids[0].to_verify.gone[0].message,
              "Les entreprises doivent être qualifiées RGE.");
    EXPECT_FALSE(made.total_aid.any());

    after = example_facts();
    after.set(FactId::reference_income, 2'000'000);
    after.given_aids = {{"local.forced", "commune", Money::euros(10'000)}};
    made = difference(planned(embedded_rules(), before), planned(embedded_rules(), after));
    EXPECT_EQ(made.income_class.after, IncomeClass::very_modest);
    ASSERT_EQ(made.given_aids.size(), 1U);
    EXPECT_EQ(gain(made.given_aids[0].amount), Money::euros(10'000));
    ASSERT_EQ(made.limits.size(), 1U);
    EXPECT_EQ(made.limits[0].sides.before->cut, Money());
    // 19 344 € and 10 000 € against 25 509,90 €.
    EXPECT_EQ(made.limits[0].sides.after->cut, Money::cents(383'410));
    EXPECT_EQ(made.limits[0].sides.after->rate_bp, 10'000);
    EXPECT_EQ(made.remaining_cost.after, Money());

    after = example_facts();
    after.set(FactId::audit_cost, 90'000);
    made = difference(planned(embedded_rules(), before), planned(embedded_rules(), after));
    EXPECT_EQ(gain(made.other_costs), Money::euros(900));
    EXPECT_EQ(gain(made.remaining_cost), Money::euros(900));
    EXPECT_FALSE(made.works_ttc.any());
}

TEST(PlanDifference, ALimitAndANoticeThatAppear) {
    const std::string aid = aid_text("local.a", "amount 1 000 €");
    const std::string limit =
        "limit local.most \"Au plus\"\n  deposited 2025-01-01 ..\n  counts local.a\n"
        "  ceiling 100 €\n";
    const auto free = with_scales(aid);
    const auto bound = with_scales(aid + limit);
    const PlanDifference made =
        difference(planned(*free, example_facts()), planned(*bound, example_facts()));
    ASSERT_EQ(made.limits.size(), 1U);
    EXPECT_FALSE(made.limits[0].sides.before.has_value());
    EXPECT_EQ(made.limits[0].sides.after->excess, Money::euros(900));
    ASSERT_EQ(made.notices.appeared.size(), 1U);
    EXPECT_EQ(made.notices.appeared[0].code, "limit_exceeded");
    EXPECT_TRUE(made.aids.empty());
    EXPECT_TRUE(made.any());
}

TEST(PlanDifference, AsJson) {
    const auto old_rules = with_scales(aid_text("local.a", "amount 10 €"));
    const auto new_rules = with_scales(aid_text("local.a", "amount 7 €\n advance 2 €"));
    const PlanDifference made =
        difference(planned(*old_rules, example_facts()), planned(*new_rules, example_facts()));
    EXPECT_EQ(
        difference_json(made),
        R"({"aids":[{"aid":"local.a","funder":"essai",)"
        R"("before":{"standing":"granted","amount_cents":1000,"advance_cents":0},)"
        R"("after":{"standing":"granted","amount_cents":700,"advance_cents":200},)"
        R"("difference_cents":-300,"reasons_appeared":[],"reasons_gone":[],)"
        R"("to_verify_appeared":[],"to_verify_gone":[]}],"given_aids":[],"limits":[],)"
        R"("notices_appeared":[],"notices_gone":[],)"
        R"("works_ttc":{"before_cents":2550990,"after_cents":2550990,"difference_cents":0},)"
        R"("other_costs":{"before_cents":0,"after_cents":0,"difference_cents":0},)"
        R"("total_aid":{"before_cents":1000,"after_cents":700,"difference_cents":-300},)"
        R"("remaining_cost":{"before_cents":2549990,"after_cents":2550290,"difference_cents":300}})");
}

}  // namespace
}  // namespace deodat::rules::test
