// Goal: the plan of the contract, and what a plan says when things are refused, unknown, excluded
// or above a ceiling.
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

TEST(Plan, RefusesADepositThatNoScaleCovers) {
    Facts facts = example_facts();
    facts.set(FactId::deposit_date, day("2027-01-01"));
    const Result<Plan> made = plan(embedded_rules(), facts);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.refusal().code, Code::scale_missing);
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

}  // namespace
}  // namespace deodat::rules::test
