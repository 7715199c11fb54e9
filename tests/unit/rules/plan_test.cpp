// Goal: the plan of the contract, the known traps with their right values, and what a plan says
// when things are refused, unknown, excluded or above a ceiling.
#include "rules/plan/plan.h"

#include <rapidjson/document.h>

#include <fstream>
#include <sstream>

#include "rules/plan/explanation_text.h"
#include "rules/plan/plan_json.h"
#include "tests/unit/rules/support.h"

namespace deodat::rules::test {
namespace {

Plan planned(const RuleSet& rules, const Facts& facts) {
    Result<Plan> made = plan(rules, facts);
    EXPECT_TRUE(made) << (made ? "" : made.refusal().message);
    return std::move(*made);
}

Plan planned(const Facts& facts) {
    return planned(embedded_rules(), facts);
}

const PlannedAid& national(const Plan& plan) {
    const PlannedAid* aid = plan.aid("anah.mpr_accompagne");
    EXPECT_NE(aid, nullptr);
    return *aid;
}

std::vector<std::string> codes(const std::vector<Reason>& reasons) {
    std::vector<std::string> out;
    for (const Reason& reason : reasons) out.push_back(reason.code);
    return out;
}

using Codes = std::vector<std::string>;

// The contract's answer, but for to_verify: the contract shows its first entry, and says the others
// exist. The special schemes open at the same date follow, and take no part in the totals.
TEST(Plan, IsTheOneOfTheContract) {
    const Result<Facts> facts = facts_from_json(example_json());
    ASSERT_TRUE(facts);
    const std::string json = plan_json(planned(*facts));
    const std::string begins =
        R"({"income_class":"modest","zone":"other","class_jump":3,"works_ht_cents":2418000,)"
        R"("works_ttc_cents":2550990,"aids":[{"aid":"anah.mpr_accompagne","funder":"anah",)"
        R"("version":"2025-09-30","eligible":true,"chosen":true,"base_cap_cents":4000000,)"
        R"("base_cents":2418000,"rate_bp":6000,"before_limit_cents":1450800,"amount_cents":1450800,)"
        R"("advance_cents":435240,"instalments":3,"before_balance_max_cents":1015560,"reasons":[],)"
        R"("to_verify":["two_insulation_items","rge_contractors","assistance","energy_audit",)"
        R"("fossil_heating","oil_heating_kept","works_started","private_certificates"]},)"
        R"({"aid":"anah.logement_decent",)";
    const std::string ends =
        R"("given_aids":[{"aid":"local.forced","funder":"commune","amount_cents":150000}],)"
        R"("limits":[{"limit":"anah.cumulation","rate_bp":9000,"ceiling_cents":2295891,"cut_cents":0,)"
        R"("excess_cents":0}],"notices":[],"total_aid_cents":1600800,"remaining_cost_cents":950190})";
    EXPECT_TRUE(json.starts_with(begins)) << json;
    EXPECT_TRUE(json.ends_with(ends)) << json;
}

TEST(Plan, ExplainsItselfInFrench) {
    const Result<Explained> explained = explain(embedded_rules(), example_facts());
    ASSERT_TRUE(explained);
    const std::string all = explanation_text(explained->trace);
    EXPECT_NE(all.find("60\u00a0% × min(24\u202f180,00\u00a0€, plafond 40\u202f000,00\u00a0€) = "
                       "14\u202f508,00\u00a0€"),
              std::string::npos)
        << all;
    EXPECT_NE(all.find("(ici\u00a0: 60\u00a0ans)\u00a0: rempli"), std::string::npos) << all;
    EXPECT_NE(all.find("catégorie modeste"), std::string::npos) << all;
    EXPECT_EQ(plan_json(explained->plan), plan_json(planned(example_facts())));
}

// Trap 1: an owner-occupier is judged by the dwelling, a landlord by their own home.
TEST(PlanTraps, ZoneOfTheDwellingOrOfTheLandlord) {
    Facts facts = example_facts();
    facts.set(FactId::persons, 1);
    facts.set(FactId::reference_income, 3500000);
    facts.set(FactId::household_commune, rank("35238"));
    facts.set(FactId::dwelling_commune, rank("75101"));
    facts.derive();
    EXPECT_EQ(planned(facts).income_class, IncomeClass::intermediate);
    EXPECT_EQ(national(planned(facts)).rate_bp, 4500);
    facts.set(FactId::owner_status, static_cast<std::int64_t>(OwnerStatus::landlord));
    facts.derive();
    EXPECT_EQ(planned(facts).income_class, IncomeClass::upper);
}

// Traps 2 and 3: Paris as a city and as arrondissements, and all eight departments.
TEST(PlanTraps, ParisAndTheWholeRegion) {
    for (const char* insee :
         {"75056", "75120", "77288", "78646", "91228", "92050", "93047", "94028", "95500"}) {
        Facts facts = example_facts();
        facts.set(FactId::persons, 1);
        facts.set(FactId::dwelling_commune, rank(insee));
        facts.derive();
        EXPECT_EQ(planned(facts).zone, Zone::idf) << insee;
        EXPECT_EQ(planned(facts).income_class, IncomeClass::intermediate) << insee;
    }
}

// Trap 4, at every edge of 2025: equal to the ceiling is within it, one euro more is not.
TEST(PlanTraps, EqualityWithTheCeiling) {
    const std::int64_t edges[] = {17173, 22015, 30844};
    for (std::size_t i = 0; i < 3; ++i) {
        Facts facts = example_facts();
        facts.set(FactId::persons, 1);
        facts.set(FactId::reference_income, edges[i] * 100);
        EXPECT_EQ(planned(facts).income_class, static_cast<IncomeClass>(i)) << edges[i];
        facts.set(FactId::reference_income, (edges[i] + 1) * 100);
        EXPECT_EQ(planned(facts).income_class, static_cast<IncomeClass>(i + 1)) << edges[i];
    }
}

// Traps 5 to 7, on the scale of 2025: no shortcut by a maximum, each zone its own supplement.
TEST(PlanTraps, LargeHouseholds) {
    Facts facts = example_facts();
    facts.set(FactId::dwelling_commune, rank("93047"));
    facts.set(FactId::persons, 7);
    facts.set(FactId::reference_income, (95758 + 2 * 12122) * 100);
    facts.derive();
    EXPECT_EQ(planned(facts).income_class, IncomeClass::intermediate);
    facts.set(FactId::reference_income, (95758 + 2 * 12122 + 1) * 100);
    EXPECT_EQ(planned(facts).income_class, IncomeClass::upper);
}

// Traps 9 and 11: the scale of the day of deposit, whole.
TEST(PlanTraps, TheScaleIsThatOfTheDeposit) {
    Facts facts = example_facts();
    facts.set(FactId::persons, 1);
    facts.set(FactId::reference_income, 3100000);
    facts.set(FactId::deposit_date, day("2025-12-31"));
    EXPECT_EQ(planned(facts).income_class, IncomeClass::upper);
    facts.set(FactId::deposit_date, day("2026-01-01"));
    EXPECT_EQ(planned(facts).income_class, IncomeClass::intermediate);
}

TEST(Plan, RefusesADepositThatNoScaleCovers) {
    Facts facts = example_facts();
    facts.set(FactId::deposit_date, day("2027-01-01"));
    const Result<Plan> made = plan(embedded_rules(), facts);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.refusal().code, Code::scale_missing);
}

// Trap 28: no scheme takes the deposit between two windows; the edges of the windows are inside
// them.
TEST(PlanTraps, BetweenTwoWindows) {
    Facts facts = example_facts();
    for (const char* closed :
         {"2025-06-25", "2025-09-29", "2026-01-01", "2026-01-15", "2026-02-22"}) {
        facts.set(FactId::deposit_date, day(closed));
        const Plan plan = planned(facts);
        EXPECT_EQ(plan.aid("anah.mpr_accompagne"), nullptr) << closed;
        EXPECT_EQ(codes(plan.notices), Codes{"no_scheme_open"}) << closed;
        EXPECT_EQ(plan.total_aid, Money()) << closed;
    }
    for (const auto& [open, version] : {std::pair{"2025-09-30", "2025-09-30"},
                                        {"2025-12-31", "2025-09-30"},
                                        {"2026-02-23", "2026-02-23"},
                                        {"2026-12-31", "2026-02-23"}}) {
        facts.set(FactId::deposit_date, day(open));
        const Plan plan = planned(facts);
        EXPECT_EQ(national(plan).version_day().iso(), version) << open;
        EXPECT_TRUE(plan.notices.empty()) << open;
    }
    facts.set(FactId::deposit_date, day("2025-09-30"));
    facts.set(FactId::dpe_before, 3);
    facts.set(FactId::dpe_after, 1);
    facts.derive();
    EXPECT_EQ(codes(national(planned(facts)).reasons()), Codes{"dpe_before"});
}

// Trap 17: the ceiling is taken on all works including VAT. Trap 18: the national aid is the one
// cut.
TEST(PlanTraps, TheNationalAidIsCutOnTheWholeCost) {
    Facts facts = example_facts();
    set_works(facts, 5000000);
    facts.given_aids = {{"local.forced", "commune", Money::euros(25000)}};
    const Plan plan = planned(facts);
    EXPECT_EQ(plan.works_ttc, Money::euros(52750));
    EXPECT_EQ(plan.limits.at(0).ceiling, Money::euros(47475));
    EXPECT_EQ(national(plan).before_limit, Money::euros(24000));
    EXPECT_EQ(national(plan).amount, Money::euros(22475));
    EXPECT_EQ(plan.limits.at(0).cut, Money::euros(1525));
    EXPECT_EQ(plan.limits.at(0).excess, Money());
    EXPECT_EQ(national(plan).advance, Money::cents(674250));
    EXPECT_EQ(plan.total_aid, Money::euros(47475));
    EXPECT_FALSE(plan.blocked);
}

TEST(Plan, AGivenAidIsNeverReducedAndItsExcessBlocks) {
    Facts facts = example_facts();
    facts.given_aids = {{"local.forced", "commune", Money::cents(2295892)}};
    const Plan plan = planned(facts);
    EXPECT_EQ(national(plan).amount, Money());
    EXPECT_TRUE(national(plan).eligible);
    EXPECT_EQ(plan.limits.at(0).cut, Money::cents(1450800));
    EXPECT_EQ(plan.limits.at(0).excess, Money::cents(1));
    EXPECT_TRUE(plan.blocked);
    EXPECT_EQ(codes(plan.notices), Codes{"limit_exceeded"});
    EXPECT_EQ(plan.total_aid, Money::cents(2295892));
}

TEST(Plan, RefusalsAreListedEachByItsReason) {
    Facts facts = example_facts();
    facts.set(FactId::owner_status, static_cast<std::int64_t>(OwnerStatus::tenant));
    facts.set(FactId::main_residence, 0);
    facts.set(FactId::dwelling_age, 14);
    facts.set(FactId::dpe_before, 3);
    facts.set(FactId::dwelling_commune, rank("97105"));
    facts.derive();
    const Plan plan = planned(facts);
    EXPECT_EQ(codes(national(plan).reasons()),
              (Codes{"owner_status", "main_residence", "dwelling_age", "dpe_before", "class_jump",
                     "overseas"}));
    EXPECT_FALSE(national(plan).eligible);
    EXPECT_EQ(national(plan).amount, Money());
    EXPECT_EQ(plan.remaining_cost, plan.works_ttc);
    facts.set(FactId::dwelling_age, 15);
    EXPECT_EQ(codes(national(planned(facts)).reasons()).at(2), "dpe_before");
}

TEST(Plan, AnOptionalFactRefusesOnlyWhenGiven) {
    Facts facts = example_facts();
    EXPECT_EQ(national(planned(facts)).to_verify().front(), "two_insulation_items");
    EXPECT_TRUE(national(planned(facts)).eligible);
    facts.set(FactId::two_insulation_items, 1);
    EXPECT_EQ(national(planned(facts)).to_verify().front(), "rge_contractors");
    facts.set(FactId::two_insulation_items, 0);
    EXPECT_EQ(codes(national(planned(facts)).reasons()), Codes{"two_insulation_items"});
    facts.set(FactId::two_insulation_items, 1);
    facts.set(FactId::started, 1);
    EXPECT_EQ(codes(national(planned(facts)).reasons()), Codes{"works_started"});
}

// The rules of the demonstration: those of the program and its three example aids.
TEST(Plan, TheDeodatieExampleStacksFourFunders) {
    std::ifstream in(DEODAT_ROOT "/api/demo/example_aids.rules");
    std::ostringstream text;
    text << in.rdbuf();
    std::vector<RuleFile> files = embedded_rule_files();
    files.push_back({"example_aids.rules", text.str()});
    const Loading loading = compile(files);
    ASSERT_NE(loading.rules, nullptr);
    Facts facts = example_facts();
    facts.set(FactId::deposit_date, day("2026-03-02"));
    const Plan plan = planned(*loading.rules, facts);
    EXPECT_EQ(plan.aid("local.exemple_grand_est")->amount, Money::euros(2000));
    EXPECT_EQ(plan.aid("local.exemple_vosges")->amount, Money::euros(1209));
    // 85 % of 25 509.90 is 21 683.415; less 17 717.00 it is 3 966.415, capped at 3 000.
    EXPECT_EQ(plan.aid("local.exemple_deodatie")->amount, Money::euros(3000));
    EXPECT_EQ(plan.total_aid, Money::euros(14508 + 2000 + 1209 + 3000));
    EXPECT_EQ(plan.total_aid + plan.remaining_cost, plan.works_ttc);
    facts.set(FactId::dwelling_commune, rank("54395"));  // Nancy: only the region's
    facts.derive();
    const Plan nancy = planned(*loading.rules, facts);
    EXPECT_NE(nancy.aid("local.exemple_grand_est"), nullptr);
    EXPECT_EQ(nancy.aid("local.exemple_vosges"), nullptr);
}

// Trap 20: a bonus in points is added to the rate.
TEST(PlanTraps, PointsAreAdded) {
    const auto rules = with_scales(aid_text(
        "local.a",
        "base works.ht up to 55 000 €\n  rate 60 % + (10 points when dwelling.dpe_before in F..G)\n"
        "  amount rate * base"));
    Facts facts = example_facts();
    set_works(facts, 5500000);
    EXPECT_EQ(planned(*rules, facts).aid("local.a")->amount, Money::euros(38500));
    EXPECT_EQ(planned(*rules, facts).aid("local.a")->rate_bp, 7000);
}

// Trap 23: exact to the end, then half up to the cent.
TEST(PlanTraps, HalfACentGoesUp) {
    const auto rules = with_scales(aid_text("local.a", "amount 35 % of works.ht"));
    Facts facts = example_facts();
    set_works(facts, 1800010);
    EXPECT_EQ(planned(*rules, facts).aid("local.a")->amount, Money::cents(630004));
    set_works(facts, 451000);
    EXPECT_EQ(planned(*rules, facts).works_ttc, Money::cents(475805));
}

// Traps 13 and 14: a cap on the base is not a cap on the aid.
TEST(PlanTraps, TheCapIsOnTheBase) {
    const auto rules = with_scales(
        aid_text("local.a", "base works.ht up to 2 000 €\n  rate 40 %\n  amount rate * base") +
        aid_text("local.b", "amount 40 % of works.ht up to 2 000 €"));
    Facts facts = example_facts();
    set_works(facts, 400000);
    EXPECT_EQ(planned(*rules, facts).aid("local.a")->amount, Money::euros(800));
    EXPECT_EQ(planned(*rules, facts).aid("local.b")->amount, Money::euros(1600));
}

// Trap 26: each tier says its side.
TEST(PlanTraps, TierEdges) {
    const auto rules = with_scales(aid_text(
        "local.a",
        "requires works.energy_gain_pct > 25\n  amount by works.energy_gain_pct {\n"
        "   < 30: 25 % of works.ht up to 3 000 €,\n   < 35: 30 % of works.ht up to 4 200 €,\n"
        "   others: 40 % of works.ht up to 7 200 € }"));
    Facts facts = example_facts();
    set_works(facts, 1400000);
    const std::pair<std::int64_t, std::int64_t> edges[] = {
        {29, 3000}, {30, 4200}, {34, 4200}, {35, 5600}};
    for (const auto& [gain, euros] : edges) {
        facts.set(FactId::energy_gain, gain);
        EXPECT_EQ(planned(*rules, facts).aid("local.a")->amount, Money::euros(euros)) << gain;
    }
    facts.set(FactId::energy_gain, 25);
    EXPECT_FALSE(planned(*rules, facts).aid("local.a")->eligible);
}

// Trap 27: a local class beside the national one.
TEST(PlanTraps, ALocalClass) {
    const auto rules = with_scales(
        aid_text("local.a",
                 "let lowest = by household.persons { 1: 13 607 €, 2: 19 900 €, others: 32 002 € + "
                 "4 036 € * (household.persons - 5) }\n"
                 "  amount (20 % when household.reference_income <= lowest otherwise by "
                 "income_class { very_modest: 15 %, others: 10 % }) of (works.ht up to 20 000 €)\n"
                 "  plus 1 500 € when works.dpe_after <= B"));
    Facts facts = example_facts();
    set_works(facts, 3000000);
    facts.set(FactId::persons, 1);
    facts.set(FactId::dpe_after, 0);
    facts.set(FactId::reference_income, 1360700);
    EXPECT_EQ(planned(*rules, facts).aid("local.a")->amount, Money::euros(5500));
    facts.set(FactId::reference_income, 1360800);
    EXPECT_EQ(planned(*rules, facts).aid("local.a")->amount, Money::euros(4500));
    EXPECT_EQ(planned(*rules, facts).income_class, IncomeClass::very_modest);
}

}  // namespace
}  // namespace deodat::rules::test
