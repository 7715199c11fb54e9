// Goal: income scales are whole, dated, checked by their own examples; an aid may be judged by
// another scale, at another date.
#include "tests/unit/rules/support.h"

namespace deodat::rules::test {
namespace {

constexpr std::string_view two_ceilings =
    "  zone idf very_modest: 200 €, 300 €, 400 €, 500 €, 600 €, + 100 €\n"
    "  zone idf modest: 250 €, 350 €, 450 €, 550 €, 650 €, + 110 €\n"
    "  zone other very_modest: 20 €, 30 €, 40 €, 50 €, 60 €, + 10 €\n"
    "  zone other modest: 25 €, 35 €, 45 €, 55 €, 65 €, + 11 €\n";

std::string scale_text(std::string_view id, std::string_view when, std::string_view more = "") {
    return "scale " + std::string(id) + " \"Barème d'essai\"\n  " + std::string(when) +
           "\n  reading <=\n" + std::string(two_ceilings) + std::string(more);
}

std::string general(std::string_view more = "") {
    return scale_text("essai", "deposited 2025-01-01 .. 2026-12-31", more);
}

TEST(Scales, BeforeTheIntermediateClassWhoeverIsAboveModestIsUpper) {
    const Loading loading = load(general());
    ASSERT_NE(loading.rules, nullptr);
    Facts facts = example_facts();
    facts.set(FactId::reference_income, 4'500);
    EXPECT_EQ(plan(*loading.rules, facts)->income_class, IncomeClass::modest);
    facts.set(FactId::reference_income, 4'600);
    EXPECT_EQ(plan(*loading.rules, facts)->income_class, IncomeClass::upper);
}

TEST(Scales, BothZonesHaveTheSameCeilings) {
    EXPECT_NE(error_of(general("  zone idf intermediate: 1 €, 2 €, 3 €, 4 €, 5 €, + 1 €\n"))
                  .find("Un barème est entier"),
              std::string::npos);
}

// RUL-22: a scale that does not give what its own examples say is not loaded.
TEST(Scales, AnExampleThatFailsRefusesTheScale) {
    EXPECT_EQ(error_of(general("  example other, 7 persons, 80 €: very_modest\n")), "");
    EXPECT_EQ(error_of(general("  example other, 7 persons, 81 €: very_modest\n")),
              "essai.rules:8:3: Ce barème ne donne pas ce que dit son exemple : le ménage est "
              "« modest », pas « very_modest ».");
    EXPECT_NE(error_of(general("  example other, 0 persons, 1 €: modest\n")).find("1 à 99"),
              std::string::npos);
    EXPECT_NE(error_of(general("  example nord, 1 person, 1 €: modest\n")).find("idf ou other"),
              std::string::npos);
}

TEST(Scales, OneIsGeneralTheOthersAreNamed) {
    EXPECT_NE(error_of(general() + scale_text("autre", "deposited 2025-01-01 ..")).find("général"),
              std::string::npos);
    EXPECT_NE(error_of(general() + aid_text("local.a", "incomes auttre\n  amount 1 €"))
                  .find("Aucun barème"),
              std::string::npos);
}

// Trap 29's kind: each scheme has its scale, and the date that chooses its version.
TEST(Scales, AnAidMayBeJudgedByAScaleOfItsOwnAtItsOwnDate) {
    const std::string text =
        general() + scale_text("devis", "dated quote_date 2025-03-01 .. 2025-12-31") +
        aid_text(
            "local.a",
            "incomes devis\n  requires income_class = very_modest\n  amount ceiling of modest") +
        aid_text("local.b", "requires income_class = very_modest\n  amount 1 €");
    const Loading loading = load(text);
    ASSERT_NE(loading.rules, nullptr);
    Facts facts = example_facts();
    facts.set(FactId::reference_income, 4'000);
    facts.set(FactId::quote_date, day("2025-03-01"));
    Plan made = *plan(*loading.rules, facts);
    EXPECT_EQ(made.aid("local.a")->amount, Money::euros(45));
    facts.set(FactId::quote_date, day("2025-02-28"));
    made = *plan(*loading.rules, facts);
    EXPECT_FALSE(made.aid("local.a")->eligible);
    EXPECT_EQ(made.aid("local.a")->reasons().back().code, "scale_missing");
    EXPECT_TRUE(made.aid("local.b")->eligible) << "the general scale still holds";
}

TEST(Dating, AVersionIsChosenByTheDateItNames) {
    const auto rules = with_scales(
        "aid local.a \"A\"\n paid by x\n dated quote_date 2025-01-01 .. 2025-06-30\n amount 1 €\n"
        "aid local.a \"A\"\n paid by x\n dated quote_date 2025-07-01 ..\n amount 2 €\n");
    Facts facts = example_facts();  // deposited on 15 October 2025
    facts.set(FactId::quote_date, day("2025-06-30"));
    EXPECT_EQ(plan(*rules, facts)->aid("local.a")->amount, Money::euros(1));
    facts.set(FactId::quote_date, day("2025-07-01"));
    EXPECT_EQ(plan(*rules, facts)->aid("local.a")->amount, Money::euros(2));
    facts.clear(FactId::quote_date);
    const Plan unknown = *plan(*rules, facts);
    EXPECT_EQ(unknown.aid("local.a")->amount, Money::euros(2)) << "as if quoted at the deposit";
    EXPECT_EQ(unknown.aid("local.a")->to_verify(), std::vector<std::string>{"quote_date"});
    facts.set(FactId::quote_date, day("2024-12-31"));
    EXPECT_EQ(plan(*rules, facts)->aid("local.a"), nullptr);
}

TEST(Dating, IsADateOfTheDictionaryTheSameForAllVersions) {
    EXPECT_NE(
        error_of("aid local.a \"A\"\n paid by x\n dated quote_dat 2025-01-01 ..\n amount 1 €\n")
            .find("quote_date"),
        std::string::npos);
    EXPECT_NE(
        error_of(
            "aid local.a \"A\"\n paid by x\n dated household.persons 2025-01-01 ..\n amount 1 €\n")
            .find("n'est pas une date"),
        std::string::npos);
    EXPECT_NE(
        error_of(aid_text("local.a", "amount 1 €") +
                 "aid local.a \"A\"\n paid by x\n dated quote_date 2027-01-01 ..\n amount 1 €\n")
            .find("ne suit pas la même date"),
        std::string::npos);
}

}  // namespace
}  // namespace deodat::rules::test
