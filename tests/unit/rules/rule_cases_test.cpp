// Goal: a case passes when the plan says what it expects, fails with path and both values when it
// does not, and a file that is not in form is refused at its line.
#include "rules/plan/rule_cases.h"

#include "tests/unit/rules/support.h"

namespace deodat::rules::test {
namespace {

std::string one_line(std::string text) {
    for (char& c : text) {
        if (c == '\n') c = ' ';
    }
    return text;
}

std::string defaults() {
    return "{\"defaults\":" + one_line(example_json()) + "}\n";
}

std::string case_text(const std::string& given, const std::string& expected) {
    return one_line(R"({"name":"essai","given":)" + given + R"(,"expect":)" + expected + "}") +
           "\n";
}

// "path: expected / found" of one case on the contract's example.
std::vector<std::string> mismatches(const std::string& given, const std::string& expected) {
    const auto outcomes = run_cases(embedded_rules(), defaults() + case_text(given, expected));
    EXPECT_TRUE(outcomes) << (outcomes ? "" : outcomes.refusal().message);
    std::vector<std::string> out;
    if (!outcomes) return {"refused"};
    for (const Mismatch& one : outcomes->at(0).mismatches) {
        out.push_back(one.path + ": " + one.expected + " / " + one.found);
    }
    return out;
}

std::string refusal_of(const std::string& text) {
    const auto outcomes = run_cases(embedded_rules(), text);
    return outcomes
               ? ""
               : std::string(code_name(outcomes.refusal().code)) + " " + outcomes.refusal().field;
}

using Lines = std::vector<std::string>;

TEST(RuleCases, PassWhenThePlanSaysWhatIsExpected) {
    EXPECT_EQ(mismatches("{}", R"({"income_class":"modest","remaining_cost_cents":950190})"),
              Lines{});
    EXPECT_EQ(mismatches("{}", R"({"aids":{"anah.mpr_accompagne":{"amount_cents":1450800,
        "to_verify":{"energy_audit":true,"owner_status":null}},"local.none":null},
        "limits":{"anah.cumulation":{"cut_cents":0}},"notices":[]})"),
              (Lines{}));
}

TEST(RuleCases, FailWithPathAndBothValues) {
    EXPECT_EQ(mismatches("{}", R"({"income_class":"upper","remaining_cost_cents":950190})"),
              Lines{"income_class: \"upper\" / \"modest\""});
    EXPECT_EQ(mismatches("{}", R"({"aids":{"anah.mpr_accompagne":{"amount_cents":1,"bas":2}}})"),
              (Lines{"aids.anah.mpr_accompagne.amount_cents: 1 / 1450800",
                     "aids.anah.mpr_accompagne.bas: 2 / rien de ce nom"}));
    EXPECT_EQ(mismatches("{}", R"({"aids":{"local.a":true,"local.b":{"eligible":true}}})"),
              (Lines{"aids.local.a: true / absent", "aids.local.b: {\"eligible\":true} / absent"}));
    EXPECT_EQ(mismatches("{}", R"({"limits":{"anah.cumulation":null}})"),
              Lines{"limits.anah.cumulation: absent / {\"limit\":\"anah.cumulation\",\"rate_bp\":"
                    "9000,\"ceiling_cents\":2295891,\"cut_cents\":0,\"excess_cents\":0}"});
    EXPECT_EQ(mismatches("{}", R"({"notices":["x"]})"), Lines{"notices: [\"x\"] / []"});
}

TEST(RuleCases, MergeGivenOntoDefaults) {
    // Deep: the rest of household stays. A list is replaced whole. Null takes away.
    EXPECT_EQ(mismatches(R"({"household":{"reference_income_eur":20000}})",
                         R"({"income_class":"very_modest"})"),
              Lines{});
    EXPECT_EQ(mismatches(R"({"given_aids":[]})", R"({"given_aids":[],"total_aid_cents":1450800})"),
              Lines{});
    EXPECT_EQ(mismatches(R"({"given_aids":null})", R"({"total_aid_cents":1450800})"), Lines{});
    EXPECT_EQ(mismatches(R"({"household":{"persons":null}})", R"({"error":{"code":"missing"}})"),
              Lines{});
    // One case leaves nothing behind for the next.
    const auto outcomes = run_cases(
        embedded_rules(), defaults() +
                              case_text(R"({"owner":{"status":"tenant"}})",
                                        R"({"aids":{"anah.mpr_accompagne":{"eligible":false}}})") +
                              R"({"name":"b","given":{},"expect":{"total_aid_cents":1600800}})");
    ASSERT_TRUE(outcomes);
    ASSERT_EQ(outcomes->size(), 2U);
    EXPECT_TRUE(outcomes->at(0).mismatches.empty());
    EXPECT_TRUE(outcomes->at(1).mismatches.empty());
    EXPECT_EQ(outcomes->at(1).line, 3U);
}

TEST(RuleCases, ARefusalAndAPlanAreNeverAlike) {
    EXPECT_EQ(mismatches("{}", R"({"error":{"code":"missing"}})"),
              Lines{"error: {\"code\":\"missing\"} / un plan"});
    const Lines refused = mismatches(R"({"x":1})", R"({"total_aid_cents":0})");
    ASSERT_EQ(refused.size(), 1U);
    EXPECT_EQ(refused[0].substr(0, 51), R"(error: un plan / {"code":"unknown_field","field":"x)");
}

TEST(RuleCases, AFileThatIsNotInFormIsRefusedAtItsLine) {
    const std::string good = case_text("{}", R"({"notices":[]})");
    EXPECT_EQ(refusal_of("# commentaire\n\n" + good), "");
    EXPECT_EQ(refusal_of(""), "missing ");
    EXPECT_EQ(refusal_of("# rien\n"), "missing ");
    EXPECT_EQ(refusal_of("\n{\"name\":"), "json_malformed ligne 2");
    EXPECT_EQ(refusal_of("[1]"), "malformed ligne 1");
    EXPECT_EQ(refusal_of(good + good), "duplicate ligne 2");
    EXPECT_EQ(refusal_of(good + defaults()), "unknown_field ligne 2");
    EXPECT_EQ(refusal_of(defaults() + "\n" + defaults()), "unknown_field ligne 3");
    EXPECT_EQ(refusal_of(R"({"defaults":[]})"), "malformed ligne 1");
    EXPECT_EQ(refusal_of(R"({"name":"a","given":{}})"), "missing ligne 1");
    EXPECT_EQ(refusal_of(R"({"name":"a","given":[],"expect":{"x":1}})"), "malformed ligne 1");
    EXPECT_EQ(refusal_of(R"({"name":" ","given":{},"expect":{"x":1}})"), "malformed ligne 1");
    EXPECT_EQ(refusal_of(R"({"name":"a","given":{},"expect":{}})"), "malformed ligne 1");
    EXPECT_EQ(refusal_of(R"({"name":"a","given":{},"expect":{"x":1},"then":1})"),
              "unknown_field ligne 1");
    EXPECT_EQ(refusal_of(R"({"name":"a","given":{"x":1,"x":2},"expect":{"x":1}})"),
              "json_malformed ligne 1");
    EXPECT_EQ(refusal_of(R"({"name":"a","given":{},"expect":)" + std::string(100'000, '[') +
                         std::string(100'000, ']') + "}"),
              "json_malformed ligne 1");
}

}  // namespace
}  // namespace deodat::rules::test
