// Goal: `deodat batch allocate` gives the figures of the vectors A to G to the cent, refuses bad
// input with its field, and an eight-house batch at Montfermeil is reckoned by the rule set.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "rules/engine/rule_files.h"
#include "rules/grouping/batch_json.h"
#include "rules/plan/plan.h"
#include "tests/support/programs.h"
#include "tests/support/replaced.h"

namespace deodat::rules::grouping {
namespace {

using testing_support::replaced;

TEST(Batch, VectorsToTheCent) {
    const auto outcome = testing_support::run("python3 '" DEODAT_ROOT
                                              "/tests/scripts/batch_vectors.py' '" DEODAT_PROGRAM
                                              "' '" DEODAT_ROOT "/tests/data/batch/vectors.json'");
    EXPECT_EQ(outcome.status, 0) << outcome.output;
    EXPECT_EQ(outcome.output, "compared 346\n");
}

constexpr const char* small = R"({"batch":{"tiers":[{"dwellings_min":1,"discount_bp":1000}],
 "shared_costs":[{"label":"Diagnostic","key":"equal","amount_ht_cents":100}]},
 "members":[{"id":"D1","income_class":"upper","class_jump":2,"amount_ht_cents":100000,
  "solo_shared_cents":0}],
 "parameters":{"rate_bp":{"very_modest":8000,"modest":6000,"intermediate":4500,"upper":1000},
  "cap_ht_cents":{"2":3000000,"3":4000000},
  "limit_bp":{"very_modest":10000,"modest":9000,"intermediate":8000,"upper":5000}}})";

std::string refused(const std::string& json) {
    Result<Batch> batch = batch_from_json(json);
    if (!batch) return std::string(code_name(batch.refusal().code)) + " " + batch.refusal().field;
    const auto made = allocate(embedded_rules(), std::move(*batch));
    return made ? "" : std::string(code_name(made.refusal().code)) + " " + made.refusal().field;
}

TEST(Batch, BadInputIsRefusedWithItsField) {
    EXPECT_EQ(refused(small), "");
    EXPECT_EQ(refused(replaced(small, "\"label\"", "\"name\"")),
              "unknown_field batch.shared_costs[0].name");
    EXPECT_EQ(refused(replaced(small, "\"class_jump\":2", "\"class_jump\":2,\"class_jump\":2")),
              "json_malformed members[0].class_jump");
    EXPECT_EQ(refused(replaced(small, "\"equal\"", "\"surface\"")),
              "missing members[0].facade_dm2");
    EXPECT_EQ(refused(replaced(small, "\"equal\"", "\"weight\"")),
              "malformed batch.shared_costs[0].key");
    EXPECT_EQ(refused(replaced(small, "\"amount_ht_cents\":100}",
                               "\"amount_ht_cents\":100,\"members\":[\"D2\"]}")),
              "not_found batch.shared_costs[0].members");
    EXPECT_EQ(refused(replaced(small, "{\"dwellings_min\":1,\"discount_bp\":1000}",
                               "{\"dwellings_min\":3,\"discount_bp\":9},{\"dwellings_min\":3,"
                               "\"discount_bp\":9}")),
              "out_of_range batch.tiers[1].dwellings_min");
    EXPECT_EQ(refused(replaced(small, "{\"dwellings_min\":1,\"discount_bp\":1000}",
                               "{\"dwellings_min\":3,\"discount_bp\":9},{\"dwellings_min\":4,"
                               "\"discount_bp\":8}")),
              "out_of_range batch.tiers[1].discount_bp");
    EXPECT_EQ(refused(replaced(small, "\"parameters\"", "\"committed\":{\"D9\":1},\"parameters\"")),
              "missing committed.D1");
    EXPECT_EQ(refused(replaced(small, "100000,", "0,")),
              "amount_not_positive members[0].amount_ht_cents");
}

// A batch of one shared cost among houses with those façades; what each bears, in the ids' order.
std::vector<std::int64_t> borne(std::int64_t cents, const std::vector<std::int64_t>& facades) {
    Batch batch = *batch_from_json(small);
    const Member one = batch.members[0];
    batch.members.clear();
    for (std::size_t i = 0; i < facades.size(); ++i) {
        batch.members.push_back(one);
        batch.members[i].id = "D" + std::to_string(i);
        batch.members[i].facade_dm2 = facades[i];
    }
    batch.agreement.shared_costs = {{"Essai", ShareKey::surface, Money::cents(cents)}};
    const auto made = allocate(embedded_rules(), batch);
    std::vector<std::int64_t> out;
    for (const HouseholdOutcome& member : made->members) {
        out.push_back(member.price.shared.cents());
    }
    return out;
}

TEST(Batch, CasebookMNY04_ZeroWeightsAndFewCents) {
    using Shares = std::vector<std::int64_t>;
    EXPECT_EQ(borne(2, {5, 0, 1}), (Shares{2, 0, 0}));
    EXPECT_EQ(borne(0, {5, 0, 1}), (Shares{0, 0, 0}));
    EXPECT_EQ(borne(7, {0, 0, 0}), (Shares{3, 2, 2}));
    EXPECT_EQ(borne(847, {9}), (Shares{847}));
}

TEST(Batch, CasebookPRO12_TinyAmountsSumExactly) {
    for (const std::int64_t cents : {1, 50, 99}) {
        std::int64_t sum = 0;
        for (const std::int64_t share : borne(cents, {1, 1, 1})) {
            EXPECT_GE(share, 0);
            sum += share;
        }
        EXPECT_EQ(sum, cents);
    }
}

TEST(Batch, CasebookMNY02_TheOrderGivenChangesNothing) {
    Batch batch = *batch_from_json(small);
    const Member one = batch.members[0];
    std::vector<std::pair<std::string, std::int64_t>> houses = {{"D1", 61}, {"D2", 57}, {"D3", 61}};
    do {
        batch.members.clear();
        for (const auto& [id, facade] : houses) {
            batch.members.push_back(one);
            batch.members.back().id = id;
            batch.members.back().facade_dm2 = facade;
        }
        batch.agreement.shared_costs = {{"Essai", ShareKey::surface, Money::cents(847)}};
        const auto made = allocate(embedded_rules(), batch);
        EXPECT_EQ(made->members[0].price.shared.cents(), 289);
        EXPECT_EQ(made->members[1].price.shared.cents(), 270);
        EXPECT_EQ(made->members[2].price.shared.cents(), 288);
    } while (std::next_permutation(houses.begin(), houses.end()));
}

// What the coordinator may see: prices, and no word of what an income class could be read from.
TEST(Batch, TheCoordinatorSeesPricesOnly) {
    const auto made = allocate(embedded_rules(), *batch_from_json(small));
    const std::vector<HouseholdPrice> prices = prices_of(*made);
    ASSERT_EQ(prices.size(), 1U);
    EXPECT_EQ(prices[0].discount.cents(), 10'000);
    EXPECT_EQ(prices[0].ttc, made->members[0].price.ttc);
    std::ifstream header(DEODAT_ROOT "/rules/grouping/allocation.h");
    const std::string text{std::istreambuf_iterator<char>(header), {}};
    const std::size_t begin = text.find("struct HouseholdPrice {");
    const std::string type = text.substr(begin, text.find("};", begin) - begin);
    for (const char* word : {"aid", "rate", "income", "remaining", "gain", "class"}) {
        EXPECT_EQ(type.find(word), std::string::npos) << word;
    }
}

// Without parameters the rule set decides: the national scheme of a class, half up, no local aid.
TEST(Batch, AClassAloneIsReckonedByTheRules) {
    std::string json = small;
    json = json.substr(0, json.find(",\n \"parameters\"")) + "}";
    const std::int64_t rates[] = {8'000, 6'000, 4'500, 1'000};
    for (std::size_t i = 0; i < 4; ++i) {
        const auto batch = batch_from_json(replaced(
            json, "\"upper\"", "\"" + std::string(income_classes().values[i].name) + "\""));
        ASSERT_TRUE(batch.ok()) << batch.refusal().message;
        const auto made = allocate(embedded_rules(), *batch);
        ASSERT_TRUE(made.ok()) << made.refusal().message;
        // 1 000 € less 10 %, 1 € of diagnosis: 901 €.
        EXPECT_EQ(made->members[0].aid.cents(), 90'100 * rates[i] / 10'000);
        EXPECT_EQ(made->members[0].price.ttc.cents(), 95'056);
    }
}

TEST(Batch, TooSmallForTheGuaranteedPrice) {
    const auto made =
        allocate(embedded_rules(),
                 *batch_from_json(replaced(small, "\"dwellings_min\":1", "\"dwellings_min\":2")));
    ASSERT_TRUE(made.ok() && made->refusal);
    EXPECT_EQ(made->refusal->code, Code::batch_too_small);
    EXPECT_TRUE(made->discount.is_zero());
}

// One of the eight houses; income and façade tell them apart.
std::string montfermeil_member(int number, int income_eur, int ht_cents) {
    return R"({"id":"M)" + std::to_string(number) +
           R"(","solo_shared_cents":280000,"facade_dm2":)" + std::to_string(11'000 + number * 613) +
           R"(,"facts":{"deposit_date":"2026-03-02","household":{"persons":3,"reference_income_eur":)" +
           std::to_string(income_eur) +
           R"(,"commune_insee":"93047"},"owner":{"status":"owner_occupier"},"dwelling":{)"
           R"("commune_insee":"93047","type":"house","age_years":60,"main_residence":true,)"
           R"("living_area_m2":95,"dpe_before":"F"},"works":{"dpe_after":"D","energy_gain_pct":45,)"
           R"("lines":[{"trade":"isolation_mur_ite","amount_ht_cents":)" +
           std::to_string(ht_cents) +
           R"(,"vat_bp":550,"eligible":true},{"trade":"menuiseries","amount_ht_cents":150000,)"
           R"("vat_bp":1000,"eligible":false}]}}})";
}

TEST(Batch, EightHousesAtMontfermeil) {
    std::string json = R"({"batch":{"tiers":[{"dwellings_min":3,"discount_bp":300},)"
                       R"({"dwellings_min":8,"discount_bp":1100}],"shared_costs":[)"
                       R"({"label":"Échafaudage","key":"surface","amount_ht_cents":1200000}]},)"
                       R"("members":[)";
    // Below 35 976 € very modest in Île-de-France, where other regions would say modest above 28
    // 933.
    for (int i = 1; i <= 8; ++i) {
        json +=
            (i > 1 ? "," : "") + montfermeil_member(i, 14'000 + i * 6'000, 1'900'000 + i * 217'311);
    }
    json += "]}";
    const auto batch = batch_from_json(json);
    ASSERT_TRUE(batch.ok()) << batch.refusal().message;
    const auto made = allocate(embedded_rules(), *batch);
    ASSERT_TRUE(made.ok()) << made.refusal().message;
    EXPECT_FALSE(made->refusal);
    EXPECT_EQ(made->tier->discount_bp, 1'100);
    const HouseholdOutcome totals = made->totals();
    EXPECT_EQ(totals.price.shared.cents(), 1'200'000);
    EXPECT_EQ(totals.price.ttc, totals.aid + totals.remaining);
    // M3, 32 000 €: very modest by the scale of Île-de-France, 80 % of its eligible works.
    const HouseholdOutcome& third = made->members[2];
    const Facts& facts = std::get<Facts>(batch->members[2].household);
    EXPECT_EQ(plan(embedded_rules(), facts)->income_class, IncomeClass::very_modest);
    EXPECT_GT(third.aid.cents() * 10, third.price.works_ht.cents() * 6);
    EXPECT_TRUE(third.household_gain.is_positive());
    // One leaves before the order: seven, at the guaranteed price, and each is told the difference.
    Batch seven = *batch;
    seven.members.erase(seven.members.begin());
    const auto after = allocate(embedded_rules(), seven);
    ASSERT_TRUE(after.ok());
    EXPECT_EQ(after->tier->discount_bp, 300);
    EXPECT_EQ(after->totals().price.shared, totals.price.shared);
    for (std::size_t i = 0; i < 7; ++i) {
        EXPECT_GT(after->members[i].price.ttc, made->members[i + 1].price.ttc);
    }
}

}  // namespace
}  // namespace deodat::rules::grouping
