// Goal: which aids a plan takes: schemes that exclude each other, aids that wait until what calls
// for them is known, works that name their aid, amounts decided by hand.
#include <algorithm>

#include "tests/unit/rules/support.h"

namespace deodat::rules::test {
namespace {

using Names = std::vector<std::string>;

Plan planned(const std::shared_ptr<const RuleSet>& rules, const Facts& facts) {
    Result<Plan> made = plan(*rules, facts);
    EXPECT_TRUE(made);
    return std::move(*made);
}

TEST(Schemes, EachGroupTakesOneOfItsOwn) {
    const auto rules = with_scales(aid_text("local.a", "scheme un\n  amount 100 €") +
                                   aid_text("local.b", "scheme un\n  amount 200 €") +
                                   aid_text("local.c", "scheme deux\n  amount 300 €") +
                                   aid_text("local.d", "scheme deux\n  amount 300 €") +
                                   aid_text("local.e", "requires granted local.b\n  amount 1 €"));
    const Plan plan = planned(rules, example_facts());
    EXPECT_EQ(plan.aid("local.a")->aside, Aside::other_scheme);
    EXPECT_TRUE(plan.aid("local.b")->chosen);
    EXPECT_TRUE(plan.aid("local.c")->chosen) << "ties go to the smaller name";
    EXPECT_FALSE(plan.aid("local.d")->chosen);
    EXPECT_EQ(plan.total_aid, Money::euros(501));
    Facts facts = example_facts();
    facts.scheme = "local.a";
    const Plan named = planned(rules, facts);
    EXPECT_TRUE(named.aid("local.a")->chosen);
    EXPECT_FALSE(named.aid("local.e")->eligible);
    EXPECT_EQ(named.total_aid, Money::euros(400));
}

// What a limit cuts decides which is the largest.
TEST(Schemes, TheLargestIsJudgedAfterLimits) {
    const auto rules = with_scales(aid_text("local.a", "scheme un\n  amount 5 000 €") +
                                   aid_text("local.b", "scheme un\n  amount 4 000 €") +
                                   "limit l \"L\"\n  deposited 2025-01-01 ..\n  counts local.a\n  "
                                   "ceiling 3 000 €\n  cuts local.a\n");
    EXPECT_TRUE(planned(rules, example_facts()).aid("local.b")->chosen);
}

TEST(Established, AnAidWaitsUntilWhatCallsForItIsKnown) {
    const auto rules = with_scales(
        aid_text("local.a",
                 "requires established dwelling.vacant_months > 24 else vacancy\n  amount 100 €"));
    Facts facts = example_facts();
    Plan plan = planned(rules, facts);
    EXPECT_TRUE(plan.aid("local.a")->eligible) << "what is not known refuses nothing";
    EXPECT_FALSE(plan.aid("local.a")->chosen);
    EXPECT_EQ(plan.aid("local.a")->aside, Aside::not_established);
    EXPECT_EQ(plan.aid("local.a")->to_verify(), Names{"vacancy"});
    EXPECT_EQ(plan.total_aid, Money());
    facts.scheme = "local.a";
    EXPECT_EQ(planned(rules, facts).total_aid, Money::euros(100)) << "who names it takes it";
    facts.scheme.clear();
    facts.set(FactId::vacant_months, 25);
    EXPECT_EQ(planned(rules, facts).total_aid, Money::euros(100));
    facts.set(FactId::vacant_months, 24);
    EXPECT_FALSE(planned(rules, facts).aid("local.a")->eligible);
}

TEST(Established, AnotherSchemeIsNotLeftForOneThatWaits) {
    const auto rules = with_scales(
        aid_text("local.a", "scheme un\n  amount 100 €") +
        aid_text("local.b",
                 "scheme un\n  requires established dwelling.unhealthy\n  amount 900 €"));
    Facts facts = example_facts();
    EXPECT_TRUE(planned(rules, facts).aid("local.a")->chosen);
    facts.set(FactId::unhealthy, 1);
    EXPECT_TRUE(planned(rules, facts).aid("local.b")->chosen);
}

TEST(WorksLines, AreEligibleToTheAidsTheyName) {
    const auto rules = with_scales(
        aid_text("local.works", "base works.eligible_ht\n  rate 10 %\n  amount rate * base") +
        aid_text("local.adapted",
                 "lines named\n  base works.eligible_ht\n  rate 50 %\n  amount rate * base") +
        aid_text("local.all", "amount 1 % of works.ht") +
        aid_text("local.ttc", "amount 10 % of works.eligible_ttc"));
    Facts facts = example_facts();
    facts.lines = {{"murs", Money::euros(1000), 550, true, std::nullopt},
                   {"audit", Money::euros(100), 2000, false, std::nullopt},
                   {"douche", Money::euros(400), 1000, true, Names{"local.adapted"}}};
    facts.derive();
    const Plan plan = planned(rules, facts);
    EXPECT_EQ(plan.aid("local.works")->base, Money::euros(1000));
    EXPECT_EQ(plan.aid("local.adapted")->base, Money::euros(400));
    EXPECT_EQ(plan.aid("local.all")->amount, Money::euros(15));
    EXPECT_EQ(plan.aid("local.ttc")->amount, Money::cents(10550));
    facts.lines[2].eligible_for.reset();
    facts.derive();
    EXPECT_EQ(planned(rules, facts).aid("local.adapted")->base, Money());
    facts.scheme = "local.adapted";
    EXPECT_EQ(planned(rules, facts).aid("local.adapted")->base, Money())
        << "a line is never paid for by both";
}

TEST(WorksLines, NameAidsThatTheRulesKnow) {
    const auto rules = with_scales(aid_text("local.a", "amount 1 €"));
    Facts facts = example_facts();
    facts.lines[0].eligible_for = Names{"local.b"};
    facts.derive();
    const Result<Plan> made = plan(*rules, facts);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.refusal().code, Code::aid_unknown);
    EXPECT_EQ(made.refusal().field, "works.lines[0].eligible_for");
}

TEST(ByHand, AnAmountCaseByCaseComesWithItsMotive) {
    const auto rules = with_scales(
        aid_text("local.a", "amount decided\n  at most 7 500 €") +
        aid_text("local.b", "requires granted local.a\n  amount 10 % of amount of local.a"));
    Facts facts = example_facts();
    Plan open = planned(rules, facts);
    EXPECT_EQ(open.aid("local.a")->aside, Aside::undecided);
    EXPECT_EQ(open.aid("local.a")->to_verify(), Names{"decision"});
    EXPECT_EQ(open.total_aid, Money());
    facts.given_aids = {{"local.a", "essai", Money::euros(5000), ""}};
    const Result<Plan> bare = plan(*rules, facts);
    ASSERT_FALSE(bare);
    EXPECT_EQ(bare.refusal().code, Code::motive_missing);
    facts.given_aids[0].motive = "Commission du 3 octobre";
    const Plan decided = planned(rules, facts);
    EXPECT_EQ(decided.total_aid, Money::euros(5500)) << "the amount, and the aid that reads it";
    EXPECT_FALSE(decided.blocked);
}

// RUL-04: what is decided by hand above the rule is never silently the one nor the other.
TEST(ByHand, AboveTheRuleASecondPersonIsNeeded) {
    const auto rules = with_scales(aid_text("local.a", "amount 50 % of works.ht up to 7 500 €") +
                                   "limit l \"L\"\n  deposited 2025-01-01 ..\n  counts local.a\n  "
                                   "ceiling 8 000 €\n  cuts local.a\n");
    Facts facts = example_facts();
    facts.given_aids = {{"local.a", "essai", Money::euros(9000), "Dérogation"}};
    const Plan plan = planned(rules, facts);
    EXPECT_EQ(plan.aid("local.a")->before_limit, Money::euros(7500));
    EXPECT_FALSE(plan.aid("local.a")->chosen);
    EXPECT_EQ(plan.total_aid, Money::euros(9000)) << "counted once";
    EXPECT_TRUE(plan.blocked);
    const auto warned = [](const Plan& made) {
        return std::ranges::find(made.notices, "manual_amount_above_rule", &Reason::code) !=
               made.notices.end();
    };
    EXPECT_TRUE(warned(plan));
    EXPECT_EQ(plan.limits.at(0).counted, Money::euros(9000));
    EXPECT_EQ(plan.limits.at(0).cut, Money()) << "never reduced";
    EXPECT_EQ(plan.limits.at(0).excess, Money::euros(1000));
    facts.given_aids[0].amount = Money::euros(7500);
    EXPECT_FALSE(warned(planned(rules, facts)));
}

TEST(ByHand, WhatNoOpenRuleStandsBehindIsSaid) {
    const auto rules =
        with_scales(aid_text("local.a", "scheme s\n  amount 100 €") +
                    aid_text("local.b", "scheme s\n  amount 90 €") +
                    "aid local.c \"C\"\n  paid by x\n  deposited 2030-01-01 ..\n  amount 1 €\n" +
                    aid_text("local.d", "kind loan\n  amount 5 €"));
    const auto notices = [&](std::vector<GivenAid> given) {
        Facts facts = example_facts();
        facts.given_aids = std::move(given);
        const Plan made = planned(rules, facts);
        Names codes;
        for (const Reason& notice : made.notices) codes.push_back(notice.code);
        if (made.blocked) codes.emplace_back("blocked");
        return codes;
    };
    EXPECT_EQ(notices({{"local.c", "x", Money::euros(1), "Commission"}}),
              (Names{"no_scheme_open", "manual_amount_without_rule"}));
    EXPECT_EQ(notices({{"local.a", "x", Money::euros(100), "Un"},
                       {"local.b", "x", Money::euros(90), "Deux"}}),
              (Names{"no_scheme_open", "exclusive_schemes", "blocked"}));
    EXPECT_EQ(notices({{"commune", "x", Money::euros(90'000), ""}}),
              (Names{"no_scheme_open", "aids_exceed_cost", "blocked"}));
    Facts lent = example_facts();
    lent.given_aids = {{"local.d", "x", Money::euros(5), "Prêt"}};
    EXPECT_EQ(plan(*rules, lent).refusal().code, Code::given_not_a_grant);
}

TEST(Granted, IsForMoreThanNothing) {
    const auto rules = with_scales(aid_text("local.a", "amount 10 % of costs.audit_ttc") +
                                   aid_text("local.b", "requires granted local.a\n  amount 150 €"));
    Facts facts = example_facts();
    EXPECT_TRUE(planned(rules, facts).aid("local.a")->chosen);
    EXPECT_FALSE(planned(rules, facts).aid("local.b")->eligible);
    facts.set(FactId::audit_cost, 10);
    EXPECT_TRUE(planned(rules, facts).aid("local.b")->eligible);
}

TEST(Loans, CountForTheirGrantEquivalent) {
    const auto rules = with_scales(
        aid_text(
            "local.loan",
            "kind loan\n  amount 10 000 €\n  grant equivalent 15 % of 10 000 €\n  counts in l") +
        aid_text("local.a", "amount 2 000 €") +
        "limit l \"L\"\n  deposited 2025-01-01 ..\n  counts every local aid\n  ceiling 3 000 €\n  "
        "cuts local.a\n");
    const Plan plan = planned(rules, example_facts());
    EXPECT_EQ(plan.limits.at(0).counted, Money::euros(3500));
    EXPECT_EQ(plan.aid("local.a")->amount, Money::euros(1500));
    EXPECT_EQ(plan.total_aid, Money::euros(1500)) << "a loan is no aid received";
    EXPECT_NE(error_of(aid_text("local.b", "amount 1 €\n  grant equivalent 1 €")).find("prêt"),
              std::string::npos);
}

// Trap 19's kind: the fee of the assistant is a cost beside the works, its aid a line of its own.
TEST(Costs, BesideTheWorksAreTheHouseholdsToo) {
    const auto rules = with_scales(aid_text(
        "local.a", "amount 40 % of (costs.assistance_ttc up to 2 000 €)\n  counts in nothing"));
    Facts facts = example_facts();
    const Plan without = planned(rules, facts);
    facts.set(FactId::assistance_cost, 400'000);
    const Plan plan = planned(rules, facts);
    EXPECT_EQ(plan.other_costs, Money::euros(4000));
    EXPECT_EQ(plan.total_aid, Money::euros(800)) << "trap 14: the cap is on the base";
    EXPECT_EQ(plan.remaining_cost, without.remaining_cost + Money::euros(3200));
}

TEST(Claims, AreBoundedByTheAmountAfterLimits) {
    const auto rules = with_scales(
        aid_text(
            "local.a",
            "amount 10 000 €\n  advance 30 % of amount\n  instalments 3 up to 70 % of amount") +
        "limit l \"L\"\n  deposited 2025-01-01 ..\n  counts local.a\n  ceiling 8 000 €\n  cuts "
        "local.a\n");
    const Plan plan = planned(rules, example_facts());
    EXPECT_EQ(plan.aid("local.a")->advance, Money::euros(2400));
    EXPECT_EQ(plan.aid("local.a")->instalments, 3);
    EXPECT_EQ(plan.aid("local.a")->before_balance_max, Money::euros(5600));
}

TEST(Limits, HoldInTheirTerritoryAndInTheOrderTheySay) {
    const auto rules = with_scales(
        aid_text("local.a", "amount 6 000 €") +
        "limit z \"Z\"\n  deposited 2025-01-01 ..\n  territory department 88\n  counts local.a\n"
        "  ceiling 5 000 €\n  cuts local.a\n" +
        "limit a \"A\"\n  deposited 2025-01-01 ..\n  counts local.a\n  ceiling 4 000 €\n"
        "  cuts local.a\n  after z\n");
    Facts facts = example_facts();
    const Plan here = planned(rules, facts);
    ASSERT_EQ(here.limits.size(), 2U);
    EXPECT_EQ(here.limits[0].limit->id, "z");
    EXPECT_EQ(here.limits[0].cut, Money::euros(1000));
    EXPECT_EQ(here.limits[1].cut, Money::euros(1000));
    facts.set(FactId::dwelling_commune, rank("54395"));
    facts.derive();
    EXPECT_EQ(planned(rules, facts).limits.size(), 1U);
}

// The limit of one aid blocks nobody who does not have it.
TEST(Limits, OfOneAidHoldForThoseWhoHaveIt) {
    const auto rules = with_scales(
        aid_text("local.a", "amount 6 000 €") +
        aid_text("local.b", "requires class_jump >= 4\n  amount 1 000 €") +
        "limit l \"L\"\n  deposited 2025-01-01 ..\n  counts local.a, local.b\n  ceiling 5 500 €\n"
        "  cuts local.b\n  when granted local.b\n");
    Facts facts = example_facts();
    EXPECT_TRUE(planned(rules, facts).limits.empty());
    EXPECT_FALSE(planned(rules, facts).blocked);
    facts.set(FactId::dpe_before, 6);
    facts.derive();
    const Plan plan = planned(rules, facts);
    ASSERT_EQ(plan.limits.size(), 1U);
    EXPECT_EQ(plan.limits[0].cut, Money::euros(1000));
    EXPECT_TRUE(plan.blocked);
    Facts by_hand = example_facts();
    by_hand.given_aids = {{"local.b", "essai", Money::euros(100), "Dérogation"}};
    EXPECT_EQ(planned(rules, by_hand).limits.size(), 1U);
}

TEST(Limits, ThatTouchTheSameAidSayWhichComesFirst) {
    const std::string aid = aid_text("local.a", "amount 1 €");
    const std::string one =
        "limit a \"A\"\n deposited 2025-01-01 ..\n counts local.a\n ceiling 1 €\n cuts local.a\n";
    const auto two = [](std::string_view more) {
        return "limit b \"B\"\n deposited 2025-01-01 ..\n counts local.a\n ceiling 1 €\n cuts "
               "local.a\n" +
               std::string(more);
    };
    EXPECT_NE(error_of(aid + one + two("")).find("réduisent les mêmes aides"), std::string::npos);
    EXPECT_EQ(error_of(aid + one + two(" after a\n")), "");
    EXPECT_NE(error_of(aid + one + two(" after c\n")).find("Aucun plafond"), std::string::npos);
    EXPECT_NE(error_of(aid + one + two(" after b\n")).find("après lui-même"), std::string::npos);
}

// A group chooses once those it reads have chosen, whatever their names.
TEST(Schemes, AGroupChoosesAfterThoseThatItReads) {
    const auto rules = with_scales(
        aid_text("local.a", "scheme b_last\n  amount 1 €") +
        aid_text("local.b", "scheme a_first\n  requires granted local.a\n  amount 2 €") +
        aid_text("local.c", "scheme a_first\n  amount 1 €"));
    const Plan plan = planned(rules, example_facts());
    EXPECT_TRUE(plan.aid("local.b")->chosen);
    EXPECT_FALSE(plan.aid("local.c")->chosen);
}

TEST(Schemes, AnAmountDecidedByHandTakesItsGroup) {
    const auto rules = with_scales(aid_text("local.a", "scheme un\n  amount 1 000 €") +
                                   aid_text("local.b", "scheme un\n  amount 9 000 €"));
    Facts facts = example_facts();
    facts.given_aids = {{"local.a", "essai", Money::euros(500), "décision du bureau"}};
    const Plan plan = planned(rules, facts);
    EXPECT_EQ(plan.aid("local.a")->aside, Aside::by_hand);
    EXPECT_EQ(plan.aid("local.b")->aside, Aside::other_scheme);
    EXPECT_EQ(plan.total_aid, Money::euros(500));
}

// Nothing excludes an aid whose group takes none: it says what it lacks itself.
TEST(Schemes, AnAidThatNoOtherExcludesSaysWhatItLacks) {
    const auto rules = with_scales(
        aid_text(
            "local.a",
            "scheme un\n  requires established household.eldest_age_years >= 70\n  amount 1 €") +
        aid_text("local.b", "scheme un\n  requires not dwelling.main_residence\n  amount 1 €") +
        aid_text("local.c", "scheme deux\n  amount decided") +
        aid_text("local.d", "scheme deux\n  amount decided"));
    const Plan plan = planned(rules, example_facts());
    EXPECT_EQ(plan.aid("local.a")->aside, Aside::not_established);
    EXPECT_EQ(plan.aid("local.c")->aside, Aside::undecided);
    EXPECT_EQ(plan.aid("local.d")->to_verify(), std::vector<std::string>{"decision"});
}

TEST(Decided, NothingIsToDecideForWhoIsRefused) {
    const auto rules =
        with_scales(aid_text("local.a", "requires not dwelling.main_residence\n  amount decided"));
    EXPECT_TRUE(planned(rules, example_facts()).aid("local.a")->to_verify().empty());
}

// What is given in place of an aid that the rules refuse has no base for others to read.
TEST(Decided, ARefusedAidHasNoBase) {
    const auto rules = with_scales(
        aid_text("local.a", "base works.ht\n  amount 10 % of base\n  at least 10 000 €") +
        aid_text("local.b", "amount base of local.a"));
    Facts facts = example_facts();
    facts.given_aids = {{"local.a", "essai", Money::euros(500), "décision du bureau"}};
    EXPECT_EQ(planned(rules, facts).aid("local.b")->amount, Money());
}

constexpr const char* quoted_scale = R"(scale local.class "B"
  dated quote_date 2025-01-01 ..
  reading <=
  zone idf   very_modest: 1 €, 2 €, 3 €, 4 €, 5 €, + 1 €
  zone idf   modest:      2 €, 3 €, 4 €, 5 €, 6 €, + 1 €
  zone other very_modest: 1 €, 2 €, 3 €, 4 €, 5 €, + 1 €
  zone other modest:      2 €, 3 €, 4 €, 5 €, 6 €, + 1 €
)";

// A scale that an aid names is not the general one, even when there is no other.
TEST(Scales, WithoutAGeneralScaleNothingIsPlanned) {
    const Loading loading =
        load(aid_text("local.a", "incomes local.class\n  amount 1 €") + quoted_scale);
    ASSERT_NE(loading.rules, nullptr);
    const Result<Plan> made = plan(*loading.rules, example_facts());
    ASSERT_FALSE(made);
    EXPECT_EQ(made.refusal().code, Code::scale_missing);
}

// Without a scale at its date there is no class to judge by; with one chosen by a date not known
// yet, that date is to verify.
TEST(Scales, AnotherScaleIsChosenByItsOwnDate) {
    const auto rules = with_scales(
        aid_text("local.a",
                 "incomes local.class\n  requires income_class = very_modest\n  amount 1 €") +
        quoted_scale);
    Facts facts = example_facts();
    const Plan open = planned(rules, facts);
    EXPECT_EQ(open.aid("local.a")->reasons().size(), 1U);
    EXPECT_EQ(open.aid("local.a")->reasons().at(0).code, "income_class");
    facts.set(FactId::reference_income, 0);
    EXPECT_EQ(planned(rules, facts).aid("local.a")->to_verify(),
              std::vector<std::string>{"quote_date"});
    facts.set(FactId::quote_date, day("2024-12-31"));
    facts.set(FactId::reference_income, 9'000'000);
    const Plan closed = planned(rules, facts);
    ASSERT_EQ(closed.aid("local.a")->reasons().size(), 1U) << "no class of the general scale";
    EXPECT_EQ(closed.aid("local.a")->reasons().at(0).code, "scale_missing");
}

}  // namespace
}  // namespace deodat::rules::test
