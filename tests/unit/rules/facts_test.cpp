// Goal: facts are read exactly or refused by field, value and remedy; nothing required is ever
// guessed.
#include "tests/unit/rules/support.h"

namespace deodat::rules::test {
namespace {

Refusal refusal_of(std::string_view from, std::string_view to) {
    const Result<Facts> facts = facts_from_json(replaced(example_json(), from, to));
    if (facts) {
        ADD_FAILURE() << "accepted: " << to;
        return {Code::usage, "", ""};
    }
    return facts.refusal();
}

TEST(FactsJson, ReadsTheExample) {
    const Result<Facts> facts = facts_from_json(example_json());
    ASSERT_TRUE(facts);
    EXPECT_EQ(facts->deposit_date().iso(), "2025-10-15");
    EXPECT_EQ(facts->get(FactId::persons), 3);
    EXPECT_EQ(facts->get(FactId::reference_income), 3500000);
    EXPECT_EQ(facts->commune_of(FactId::dwelling_commune).name, "Saint-Dié-des-Vosges");
    EXPECT_EQ(facts->get(FactId::class_jump), 3);
    EXPECT_EQ(facts->get(FactId::works_ht), 2418000);
    EXPECT_EQ(facts->get(FactId::works_ttc), 2550990);
    EXPECT_EQ(facts->get(FactId::zone), static_cast<std::int64_t>(Zone::other));
    EXPECT_EQ(facts->given_aids.at(0).amount, Money::cents(150000));
    EXPECT_FALSE(facts->has(FactId::two_insulation_items));
}

// Every required fact of the dictionary, dropped then null.
TEST(FactsJson, EachRequiredFactIsMissedByName) {
    const std::pair<const char*, const char*> required[] = {
        {"deposit_date", "\"deposit_date\":\"2025-10-15\","},
        {"household.persons", "\"persons\":3,"},
        {"household.reference_income_eur", "\"reference_income_eur\":35000,"},
        {"owner.status", "\"status\":\"owner_occupier\""},
        {"dwelling.type", "\"type\":\"house\","},
        {"dwelling.age_years", "\"age_years\":60,"},
        {"dwelling.main_residence", "\"main_residence\":true,"},
        {"dwelling.living_area_m2", "\"living_area_m2\":110,"},
        {"works.dpe_after", "\"dpe_after\":\"C\","},
        {"works.energy_gain_pct", "\"energy_gain_pct\":52,"}};
    for (const auto& [field, member] : required) {
        const Refusal dropped = refusal_of(member, "");
        EXPECT_EQ(dropped.code, Code::missing) << field;
        EXPECT_EQ(dropped.field, field);
        const std::string_view text(member);
        const std::string null = std::string(text.substr(0, text.find(':') + 1)) + "null" +
                                 (text.back() == ',' ? "," : "");
        EXPECT_EQ(refusal_of(member, null).field, field);
        EXPECT_EQ(refusal_of(member, null).code, Code::missing) << field;
    }
}

TEST(FactsJson, NothingLeftOutOfALine) {
    for (const auto& [field, member] :
         {std::pair{"works.lines[0].trade", "\"trade\":\"isolation_mur_ite\","},
          {"works.lines[0].amount_ht_cents", "\"amount_ht_cents\":2418000,"},
          {"works.lines[0].vat_bp", "\"vat_bp\":550,"}}) {
        EXPECT_EQ(refusal_of(member, "").field, field);
        EXPECT_EQ(refusal_of(member, "").code, Code::missing) << field;
    }
    EXPECT_EQ(refusal_of(",\"eligible\":true", "").field, "works.lines[0].eligible");
    const std::string line =
        R"({"trade":"isolation_mur_ite","amount_ht_cents":2418000,"vat_bp":550,"eligible":true})";
    EXPECT_EQ(refusal_of(line, "").field, "works.lines");
}

TEST(FactsJson, RefusesByKind) {
    EXPECT_EQ(refusal_of("\"persons\":3", "\"persons\":3.0").code, Code::malformed);
    EXPECT_EQ(refusal_of("\"persons\":3", "\"persons\":\"3\"").code, Code::malformed);
    EXPECT_EQ(refusal_of("\"persons\":3", "\"persons\":0").code, Code::out_of_range);
    EXPECT_EQ(refusal_of("\"persons\":3", "\"persons\":100").code, Code::out_of_range);
    EXPECT_EQ(refusal_of("\"persons\":3", "\"persons\":18446744073709551615").code,
              Code::out_of_range);
    EXPECT_EQ(refusal_of(":35000", ":-1").code, Code::out_of_range);
    EXPECT_EQ(refusal_of(":35000", ":18446744073709551615").code, Code::out_of_range);
    EXPECT_EQ(refusal_of(":2418000", ":-1").code, Code::out_of_range);
    EXPECT_EQ(refusal_of("\"vat_bp\":550", "\"vat_bp\":2001").field, "works.lines[0].vat_bp");
    EXPECT_EQ(refusal_of("true,\n", "1,\n").code, Code::malformed);
    EXPECT_EQ(refusal_of("\"house\"", "\"castle\"").code, Code::malformed);
    EXPECT_EQ(refusal_of("\"F\"", "\"H\"").code, Code::malformed);
    EXPECT_EQ(refusal_of("2025-10-15", "2025-02-29").code, Code::date_invalid);
    EXPECT_EQ(refusal_of("2025-10-15", "2016-12-31").code, Code::out_of_range);
    EXPECT_EQ(refusal_of("\"88413\"", "\"93370\"").code, Code::insee_unknown);
    EXPECT_EQ(refusal_of("\"88413\"", "88413").code, Code::malformed);
    EXPECT_EQ(refusal_of("\"persons\"", "\"person\"").code, Code::unknown_field);
    EXPECT_EQ(refusal_of("\"owner\":{", "\"owner\":{\"name\":\"x\",").field, "owner.name");
    EXPECT_EQ(refusal_of("\"vat_bp\"", "\"rate\":1,\"vat_bp\"").field, "works.lines[0].rate");
}

TEST(FactsJson, RefusesARepeatedKeyAtAnyDepth) {
    EXPECT_EQ(refusal_of("\"persons\":3", "\"persons\":3,\"persons\":3").code,
              Code::json_malformed);
    EXPECT_EQ(refusal_of("\"persons\":3", "\"persons\":3,\"persons\":3").field,
              "household.persons");
    EXPECT_EQ(refusal_of("\"vat_bp\":550", "\"vat_bp\":550,\"vat_bp\":550").field,
              "works.lines[0].vat_bp");
    EXPECT_EQ(refusal_of("\"owner\":", "\"owner\":{},\"owner\":").code, Code::json_malformed);
    // Nor a second time by its path.
    EXPECT_EQ(refusal_of("{\"deposit", "{\"household.persons\":4,\"deposit").code,
              Code::unknown_field);
}

TEST(FactsJson, RefusesWhatIsNoJson) {
    for (const char* text : {"", "{", "[]", "null", "{\"a\":1}}", "{\"deposit_date\":NaN}"}) {
        EXPECT_FALSE(facts_from_json(text)) << text;
    }
    EXPECT_FALSE(facts_from_json(std::string(900'000, '[')));
    EXPECT_EQ(facts_from_json(std::string(facts_bytes_max + 1, ' ')).refusal().code,
              Code::out_of_range);
}

TEST(FactsJson, ANullOptionalFactIsAbsentAndAGivenOneIsRead) {
    const auto with = [](std::string_view value) {
        return facts_from_json(
            replaced(example_json(), "\"dpe_after\"",
                     "\"rge_contractors\":" + std::string(value) + ",\"dpe_after\""));
    };
    EXPECT_FALSE(with("null")->has(FactId::rge_contractors));
    EXPECT_TRUE(with("false")->has(FactId::rge_contractors));
    EXPECT_EQ(with("true")->get(FactId::rge_contractors), 1);
}

TEST(FactsJson, AWorseClassAfterWorksIsANegativeJump) {
    const Result<Facts> facts =
        facts_from_json(replaced(example_json(), "\"dpe_after\":\"C\"", "\"dpe_after\":\"G\""));
    ASSERT_TRUE(facts);
    EXPECT_EQ(facts->get(FactId::class_jump), -1);
}

TEST(FactsJson, BoundsTheLines) {
    std::string many;
    for (std::size_t i = 0; i <= works_lines_max; ++i) {
        many += R"({"trade":"t","amount_ht_cents":10000000000,"vat_bp":2000,"eligible":true},)";
    }
    EXPECT_EQ(refusal_of("\"lines\":[", "\"lines\":[" + many).code, Code::out_of_range);
}

TEST(Dictionary, NamesAndPathsAreUnique) {
    for (std::size_t i = 0; i < fact_count; ++i) {
        const Fact& row = dictionary()[i];
        EXPECT_EQ(fact_named(row.name), static_cast<FactId>(i)) << row.name;
        EXPECT_EQ(row.json.empty(), row.need == Need::derived) << row.name;
        if (!row.json.empty()) {
            EXPECT_EQ(fact_at(row.json), static_cast<FactId>(i)) << row.json;
        }
        EXPECT_EQ(row.type == Type::choice, !row.choices->values.empty()) << row.name;
    }
}

// Trap 21: VAT belongs to the line.
TEST(Facts, TwoVatRates) {
    Facts facts = example_facts();
    facts.lines = {{"a", Money::euros(28000), 550, true}, {"b", Money::euros(7000), 1000, true}};
    facts.derive();
    EXPECT_EQ(facts.get(FactId::works_ttc), 3724000);
}

// Trap 22: lines are rounded, then summed.
TEST(Facts, RoundsLineByLine) {
    Facts facts = example_facts();
    facts.lines.clear();
    for (const std::int64_t cents : {33333, 33333, 33334, 123457}) {
        facts.lines.push_back({"a", Money::cents(cents), 550, true});
    }
    facts.derive();
    EXPECT_EQ(facts.get(FactId::works_ttc), 235746);
}

TEST(Facts, IneligibleLinesCountInTheWholeOnly) {
    Facts facts = example_facts();
    facts.lines = {{"a", Money::euros(1000), 550, true},
                   {"b", Money::euros(500), 2000, false},
                   {"a", Money::euros(1), 0, true}};
    facts.derive();
    EXPECT_EQ(facts.get(FactId::works_ht), 150100);
    EXPECT_EQ(facts.get(FactId::eligible_ht), 100100);
    EXPECT_EQ(facts.get(FactId::works_ttc), 165600);
    EXPECT_EQ(facts.get(FactId::eligible_ttc), 105600);
    EXPECT_EQ(facts.get(FactId::trades), 2);
}

}  // namespace
}  // namespace deodat::rules::test
