// Goal: each operator that local aids force does what its words say, at its edges and with facts
// absent.
#include "tests/unit/rules/support.h"

namespace deodat::rules::test {
namespace {

PlannedAid one(std::string_view clauses, const Facts& facts) {
    const auto rules = with_scales(aid_text("local.a", clauses));
    static std::vector<std::shared_ptr<const RuleSet>> kept;  // plans borrow from their rules
    kept.push_back(rules);
    Result<Plan> made = plan(*rules, facts);
    EXPECT_TRUE(made);
    return made->aids.at(0);
}

std::int64_t cents(std::string_view clauses, const Facts& facts = example_facts()) {
    return one(clauses, facts).amount.cents();
}

TEST(Operators, ArithmeticAndExtremes) {
    EXPECT_EQ(cents("amount 100 € + 20,50 € - 0,5 €"), 12000);
    EXPECT_EQ(cents("amount 100 € - 300 €"), 0) << "an aid is never negative";
    EXPECT_EQ(cents("amount min(5 €, 3 €, 4 €) + max(1 €, 2 €)"), 500);
    EXPECT_EQ(cents("amount 3 * 100 €"), 30000);
    EXPECT_EQ(cents("amount 7 500,25 €"), 750025);
    EXPECT_EQ(cents("amount 12,5 % of 100 €"), 1250);
}

TEST(Operators, CapsAndFloors) {
    EXPECT_EQ(cents("amount 100 €\n  plus 50 €\n  at most 120 €"), 12000);
    EXPECT_EQ(cents("amount 100 €\n  plus 50 €\n  at most 10 % of works.ht"), 15000);
    EXPECT_EQ(cents("amount 99,99 €\n  at least 100 €"), 0);
    EXPECT_EQ(one("amount 99,99 €\n  at least 100 €", example_facts()).reasons().at(0).code,
              "below_minimum");
    EXPECT_EQ(cents("amount 100 €\n  at least 100 €"), 10000);
}

TEST(Operators, Rounding) {
    EXPECT_EQ(cents("amount 10,50 €\n  rounded whole euros"), 1100);
    EXPECT_EQ(cents("amount 10,49 €\n  rounded whole euros"), 1000);
    EXPECT_EQ(cents("amount 10,99 €\n  rounded whole euros down"), 1000);
    EXPECT_EQ(cents("amount 10,01 €\n  rounded whole euros up"), 1100);
    EXPECT_EQ(cents("amount 10,00 €\n  rounded whole euros up"), 1000);
    EXPECT_EQ(cents("amount 33,33 % of 0,05 €"), 2) << "1.6665 cents";
    EXPECT_EQ(cents("amount 50 % of 0,05 €\n  rounded cent"), 3) << "2.5 cents";
}

TEST(Operators, RoundingInsideACalculation) {
    EXPECT_EQ(cents("amount 33,33 % of 10 € to the euro"), 300);
    EXPECT_EQ(cents("amount 35 % of 10 € to the euro"), 400) << "3.50 goes up";
    EXPECT_EQ(cents("amount 39 % of 10 € to the euro down"), 300);
    EXPECT_EQ(cents("amount 31 % of 10 € to the euro up"), 400);
    EXPECT_EQ(cents("amount (35 % of 10 € to the euro) * 2"), 800) << "before what follows";
    EXPECT_EQ(cents("amount 1 € when works.ht > 35 % of 10 € to the euro"), 100);
}

TEST(Operators, WorksByRateOfVat) {
    Facts facts = example_facts();
    facts.lines = {{"a", Money::euros(100), 550, true, {}},
                   {"b", Money::euros(30), 1000, true, {}},
                   {"c", Money::euros(7), 550, false, {}}};
    facts.derive();
    EXPECT_EQ(cents("amount ht at 5,5 %", facts), 10700);
    EXPECT_EQ(cents("amount ht at 10 %", facts), 3000);
    EXPECT_EQ(cents("amount ht at 20 %", facts), 0);
}

TEST(Operators, NamedPerimetersAreKnownOrToVerify) {
    const std::string_view clauses =
        "requires dwelling in perimeter \"Centre ancien\"\n  amount 1 €";
    Facts facts = example_facts();
    EXPECT_TRUE(one(clauses, facts).eligible);
    EXPECT_EQ(one(clauses, facts).to_verify(), std::vector<std::string>{"perimeter"});
    facts.perimeters.emplace();
    facts.derive();
    EXPECT_FALSE(one(clauses, facts).eligible);
    facts.perimeters->push_back("Centre ancien");
    EXPECT_TRUE(one(clauses, facts).eligible);
    EXPECT_TRUE(one(clauses, facts).to_verify().empty());
    facts.perimeters.reset();
    facts.clear(FactId::perimeters);
    EXPECT_EQ(one("amount 1 € when dwelling not in perimeter \"X\"", facts).to_verify(),
              std::vector<std::string>{"perimeters"});
}

TEST(Operators, TheRightToAnAidIsNotTheAid) {
    const auto rules = with_scales(aid_text("local.a", "scheme s\n  amount 1 €") +
                                   aid_text("local.b", "scheme s\n  amount 2 €") +
                                   aid_text("local.c", "requires eligible local.a\n  amount 3 €") +
                                   aid_text("local.d", "requires granted local.a\n  amount 4 €"));
    const Result<Plan> made = plan(*rules, example_facts());
    ASSERT_TRUE(made);
    EXPECT_TRUE(made->aid("local.c")->eligible);
    EXPECT_FALSE(made->aid("local.d")->eligible);
}

// RUL-21: a right that rounding wipes out stays a right.
TEST(Operators, ARightRoundedToNothingIsSaid) {
    const PlannedAid aid = one("amount 0,40 €\n  rounded whole euros down", example_facts());
    EXPECT_TRUE(aid.eligible);
    EXPECT_EQ(aid.amount, Money());
    EXPECT_EQ(aid.reasons().at(0).code, "below_minimum");
}

TEST(Operators, LogicAndSets) {
    const auto met = [](std::string_view condition) {
        return one("requires " + std::string(condition) + "\n  amount 1 €", example_facts())
            .eligible;
    };
    EXPECT_TRUE(met("class_jump in {2, 3}"));
    EXPECT_FALSE(met("class_jump in {4+}"));
    EXPECT_TRUE(met("class_jump not in 4..5"));
    EXPECT_TRUE(met("dwelling.type = house and not dwelling.type = flat"));
    EXPECT_FALSE(met("dwelling.type = flat and class_jump = 3 or class_jump = 2"));
    EXPECT_TRUE(met("class_jump = 3 or dwelling.type = flat and class_jump = 2"));
    EXPECT_TRUE(met("works.ht > 24 179,99 €"));
    EXPECT_FALSE(met("works.ht > 24 180 €"));
    EXPECT_TRUE(met("works.ht >= 24 180 €"));
    EXPECT_TRUE(met("deposit_date >= 2025-10-15"));
    EXPECT_FALSE(met("deposit_date < 2025-10-15"));
    EXPECT_TRUE(met("income_class <= modest"));
    EXPECT_FALSE(met("income_class != modest"));
    EXPECT_TRUE(met("works.trades = 1"));
}

TEST(Operators, Territories) {
    const auto here = [](std::string_view territory) {
        const auto rules = with_scales(
            aid_text("local.a", "territory " + std::string(territory) + "\n  amount 1 €"));
        return plan(*rules, example_facts())->aids.size() == 1;
    };
    EXPECT_TRUE(here("region 44"));
    EXPECT_FALSE(here("region 11"));
    EXPECT_TRUE(here("department {54, 88}"));
    EXPECT_FALSE(here("department 88 except epci 200071066"));
    EXPECT_TRUE(here("epci 200071066"));
    EXPECT_FALSE(here("commune 88160"));
    EXPECT_TRUE(here("commune 88160, commune 88413"));
    EXPECT_TRUE(here("metropolis"));
    EXPECT_EQ(cents("amount 7 000 € when dwelling in commune {88413, 17457} otherwise 5 000 €"),
              700000);
    EXPECT_EQ(
        cents("amount 7 000 € when dwelling in {commune 17457, epci 242500361} otherwise 5 000 €"),
        500000);
    Facts facts = example_facts();
    facts.set(FactId::household_commune, rank("49007"));
    EXPECT_EQ(cents("amount 1 € when household in epci 244900015", facts), 100);
    EXPECT_EQ(cents("amount 1 € when household not in epci 244900015", facts), 0);
}

TEST(Operators, ATableWithoutARowRefuses) {
    const PlannedAid aid = one("amount by class_jump { 4+: 100 € }", example_facts());
    EXPECT_FALSE(aid.eligible);
    EXPECT_EQ(aid.reasons().at(0).code, "outside_table");
    EXPECT_EQ(
        cents("amount by dwelling.type { house: by class_jump { 2: 1 €, 3+: 2 € }, flat: 3 € }"),
        200);
    EXPECT_EQ(cents("amount by works.ht { <= 20 000 €: 1 €, <= 24 180 €: 2 €, others: 3 € }"), 200);
}

TEST(Operators, AnAbsentFactCountsAsNothingAndIsToVerify) {
    const PlannedAid bonus =
        one("amount 100 €\n  plus 50 € when works.biobased_m2 >= 20", example_facts());
    EXPECT_EQ(bonus.amount, Money::euros(100));
    EXPECT_EQ(bonus.to_verify(), std::vector<std::string>{"biobased_m2"});
    Facts facts = example_facts();
    facts.set(FactId::biobased_area, 20);
    EXPECT_EQ(one("amount 100 €\n  plus 50 € when works.biobased_m2 >= 20", facts).amount,
              Money::euros(150));
    EXPECT_TRUE(
        one("amount 100 €\n  plus 50 € when works.biobased_m2 >= 20", facts).to_verify().empty());
    const PlannedAid cost = one("amount 50 % of costs.audit_ttc up to 900 €", example_facts());
    EXPECT_EQ(cost.amount, Money());
    EXPECT_EQ(cost.to_verify(), std::vector<std::string>{"audit_ttc"});
    EXPECT_TRUE(one("amount 1 € when dwelling.type = flat and works.bbc_new", example_facts())
                    .amount.is_zero());
}

// Three-valued logic: unknown only where the answer hangs on what is absent.
TEST(Operators, UnknownConditions) {
    const auto state = [](std::string_view condition) {
        const PlannedAid aid =
            one("requires " + std::string(condition) + "\n  amount 1 €", example_facts());
        return std::string(aid.eligible ? "" : "refused ") +
               (aid.unverified != 0 ? "unknown" : "known");
    };
    EXPECT_EQ(state("works.bbc_new"), "unknown");
    EXPECT_EQ(state("not works.bbc_new"), "unknown");
    EXPECT_EQ(state("works.bbc_new or dwelling.type = house"), "known");
    EXPECT_EQ(state("works.bbc_new and dwelling.type = flat"), "refused known");
    EXPECT_EQ(state("works.bbc_new and dwelling.type = house"), "unknown");
    EXPECT_EQ(state("works.biobased_m2 >= 20"), "unknown");
    EXPECT_EQ(state("owner.rent_level in {social, very_social}"), "unknown");
}

TEST(Operators, OneAidReadsAnother) {
    const auto rules = with_scales(
        aid_text("local.c", "after local.b\n  amount amount of local.b") +
        aid_text(
            "local.b",
            "requires granted local.a\n  base base of local.a\n  rate 5 %\n  amount rate * base") +
        aid_text("local.a", "base works.ht up to 10 000 €\n  amount 20 % of base") +
        aid_text("local.d", "requires not granted local.a\n  amount 1 350 €"));
    const Result<Plan> made = plan(*rules, example_facts());
    ASSERT_TRUE(made);
    EXPECT_EQ(made->aid("local.a")->amount, Money::euros(2000));
    EXPECT_EQ(made->aid("local.b")->amount, Money::euros(500));
    EXPECT_EQ(made->aid("local.c")->amount, Money::euros(500));
    EXPECT_FALSE(made->aid("local.d")->eligible);
}

// The remaining charge and the complement to a target read what came before, given aids included.
TEST(Operators, ComplementsComeLast) {
    const auto rules = with_scales(
        aid_text("local.z",
                 "after local.y\n  amount 65 % of (works.ttc - other aids) up to 3 500 €") +
        aid_text("local.y", "amount 50 % of works.ttc - other aids") +
        aid_text("local.a", "amount 10 000 €"));
    Facts facts = example_facts();
    set_works(facts, 3000000, 0);
    facts.given_aids = {{"local.forced", "commune", Money::euros(1000)}};
    const Result<Plan> made = plan(*rules, facts);
    ASSERT_TRUE(made);
    EXPECT_EQ(made->aid("local.y")->amount, Money::euros(4000));
    EXPECT_EQ(made->aid("local.z")->amount, Money::euros(3500));
    EXPECT_EQ(made->aids.back().aid->id, "local.z");
}

TEST(Limits, InOrderAndEachItsOwnReducer) {
    const auto rules = with_scales(
        aid_text("local.a", "amount 6 000 €") + aid_text("local.b", "amount 5 000 €") +
        aid_text("local.c", "amount 900 €\n  counts in nothing") +
        "limit local.self \"Auto-plafond\"\n  deposited 2025-01-01 ..\n  counts local.a, local.b\n"
        "  ceiling 100 % of works.ttc\n  cuts local.b\n" +
        "limit local.all \"Tout\"\n  deposited 2025-01-01 ..\n  counts every local aid\n"
        "  ceiling 9 000 €\n  cuts local.b first, then local.a\n  after local.self\n");
    Facts facts = example_facts();
    set_works(facts, 1000000, 0);
    const Result<Plan> made = plan(*rules, facts);
    ASSERT_TRUE(made);
    EXPECT_EQ(made->limits.at(0).cut, Money::euros(1000));
    EXPECT_EQ(made->limits.at(1).counted, Money::euros(10000))
        << "after the first limit, and not local.c";
    EXPECT_EQ(made->aid("local.b")->amount, Money::euros(3000));
    EXPECT_EQ(made->aid("local.a")->amount, Money::euros(6000));
    EXPECT_EQ(made->limits.at(1).rate_bp, std::nullopt);
    facts.given_aids = {{"local.forced", "commune", Money::euros(5000)}};
    const Result<Plan> again = plan(*rules, facts);
    EXPECT_EQ(again->aid("local.b")->amount, Money());
    EXPECT_EQ(again->aid("local.a")->amount, Money::euros(4000));
}

TEST(Limits, LoansAreLinesThatDoNotCount) {
    const auto rules = with_scales(aid_text("local.loan", "kind loan\n  amount 20 000 €") +
                                   aid_text("local.a", "amount 100 €") +
                                   "limit local.all \"Tout\"\n  deposited 2025-01-01 ..\n  counts "
                                   "every local aid\n  ceiling 50 €\n"
                                   "  cuts local.a\n");
    const Result<Plan> made = plan(*rules, example_facts());
    EXPECT_EQ(made->limits.at(0).counted, Money::euros(100));
    EXPECT_EQ(made->total_aid, Money::euros(50));
    EXPECT_EQ(made->aid("local.loan")->amount, Money::euros(20000));
}

std::shared_ptr<const RuleSet> two_schemes() {
    return with_scales(
        aid_text("anah.b", "scheme national\n  amount 5 000 €") +
        aid_text("anah.a", "scheme national\n  amount 6 000 €") +
        aid_text("local.top_up",
                 "amount 10 % of base of anah.a\n  plus 1 000 € when granted anah.b") +
        "limit anah.l \"L\"\n  deposited 2025-01-01 ..\n  counts anah.a\n  ceiling 4 000 €\n"
        "  cuts anah.a\n");
}

TEST(Schemes, TheLargestAfterLimitsIsTaken) {
    const auto rules = two_schemes();
    const Result<Plan> made = plan(*rules, example_facts());
    ASSERT_TRUE(made);
    EXPECT_TRUE(made->aid("anah.b")->chosen);
    EXPECT_TRUE(made->aid("anah.a")->eligible);
    EXPECT_FALSE(made->aid("anah.a")->chosen);
    EXPECT_EQ(made->aid("local.top_up")->amount, Money::euros(1000));
    EXPECT_EQ(made->total_aid, Money::euros(6000));
}

TEST(Schemes, NeitherTheFirstNorTheLastWinsByItsPlace) {
    for (const auto& [a, b] : {std::pair{"6 000 €", "5 000 €"}, {"5 000 €", "6 000 €"}}) {
        const auto rules =
            with_scales(aid_text("anah.a", "scheme national\n  amount " + std::string(a)) +
                        aid_text("anah.b", "scheme national\n  amount " + std::string(b)));
        const Result<Plan> made = plan(*rules, example_facts());
        EXPECT_EQ(made->total_aid, Money::euros(6000));
    }
    const auto tie = with_scales(aid_text("anah.z", "scheme national\n  amount 1 €") +
                                 aid_text("anah.c", "scheme national\n  amount 1 €"));
    EXPECT_TRUE(plan(*tie, example_facts())->aid("anah.c")->chosen) << "ties to the smaller id";
}

TEST(Schemes, TheOneNamedIsTaken) {
    const auto rules = two_schemes();
    Facts facts = example_facts();
    facts.scheme = "anah.a";
    const Result<Plan> made = plan(*rules, facts);
    EXPECT_TRUE(made->aid("anah.a")->chosen);
    EXPECT_EQ(made->total_aid, Money::euros(4000));
    facts.scheme = "anah.c";
    EXPECT_EQ(plan(*rules, facts).refusal().code, Code::aid_unknown);
}

// An `each trade` behind a name does not disturb the trade at hand.
TEST(Operators, EachTradeWithinEachTrade) {
    Facts facts = example_facts();
    facts.lines = {{"a", Money::euros(100), 550, true, {}}, {"b", Money::euros(30), 550, true, {}}};
    facts.derive();
    EXPECT_EQ(cents("let two = each trade (1 €)\n  amount each trade (two + trade.ht)", facts),
              13400);
}

TEST(Operators, AnAdvanceReadsTheBaseAndTheRate) {
    const PlannedAid aid =
        one("base works.ht up to 1 000 €\n  rate 50 %\n  amount rate * base\n"
            "  advance 10 % of base\n  instalments 2 up to rate * amount",
            example_facts());
    EXPECT_EQ(aid.advance, Money::euros(100));
    EXPECT_EQ(aid.before_balance_max, Money::euros(250));
}

// What it completed is what came before it, in its advance too.
TEST(Operators, AnAdvanceReadsTheOtherAidsThatCameBefore) {
    const auto rules =
        with_scales(aid_text("local.a", "amount 100 €") +
                    aid_text("local.b", "amount other aids * 2\n  advance other aids") +
                    aid_text("local.c", "amount other aids\n  after local.b"));
    const Result<Plan> made = plan(*rules, example_facts());
    ASSERT_TRUE(made);
    EXPECT_EQ(made->aid("local.b")->amount, Money::euros(200));
    EXPECT_EQ(made->aid("local.b")->advance, Money::euros(100));
    EXPECT_EQ(made->aid("local.c")->amount, Money::euros(300));
}

// The amounts of several rules together are refused, not broken on.
TEST(Operators, SumsBeyondMoneyAreRefused) {
    const std::string much = "amount 999 999 999 € * 60";
    const auto rules = with_scales(aid_text("local.a", much) + aid_text("local.b", much));
    const Result<Plan> made = plan(*rules, example_facts());
    ASSERT_FALSE(made);
    EXPECT_EQ(made.refusal().code, Code::amount_out_of_range);
    const auto limited = with_scales(aid_text("local.a", "amount 999 999 999 € * 60") +
                                     "limit l \"L\"\n  deposited 2025-01-01 ..\n"
                                     "  counts local.a\n  ceiling 0 € - 999 999 999 € * 60\n");
    EXPECT_FALSE(plan(*limited, example_facts()));
    const auto advanced =
        with_scales(aid_text("local.a", "amount 1 €\n  advance 999 999 999 € * 999"));
    EXPECT_FALSE(plan(*advanced, example_facts()));
}

}  // namespace
}  // namespace deodat::rules::test
