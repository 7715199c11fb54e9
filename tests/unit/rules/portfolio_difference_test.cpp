// Goal: a portfolio compared under two rule sets gives each case's change and sums that agree with
// them; what cannot be planned is counted, never summed.
#include "rules/plan/portfolio_difference.h"

#include "tests/unit/rules/support.h"

namespace deodat::rules::test {
namespace {

std::string case_of(std::string_view date, int income) {
    std::string json = replaced(example_json(), "2025-10-15", date);
    return replaced(json, "35000", std::to_string(income));
}

struct Compared {
    std::vector<CaseDifference> cases;
    PortfolioDifference sums;
};

Compared compare(const RuleSet& before, const RuleSet& after,
                 const std::vector<std::string>& lines) {
    Compared out;
    for (const std::string& line : lines) {
        out.cases.push_back(compare_case(out.cases.size() + 1, line, before, after));
        out.sums.add(out.cases.back());
    }
    return out;
}

const char* const old_aid = "amount by income_class { modest: 1 000 €, others: 500 € }";
const char* const new_aid =
    "amount by income_class { modest: 300 €, intermediate: 450 €, others: 600 € }";

TEST(PortfolioDifference, SumsWhatItsCasesChange) {
    const auto before = with_scales(aid_text("local.a", old_aid));
    const auto after =
        with_scales(aid_text("local.a", new_aid) + aid_text("local.b",
                                                            "requires income_class = upper\n"
                                                            " amount 50 €"));
    const Compared made = compare(
        *before, *after,
        {case_of("2025-10-15", 35'000), case_of("2025-10-15", 90'000),
         case_of("2025-10-15", 20'000), case_of("2027-01-01", 1), case_of("2025-10-15", 40'000)});
    EXPECT_EQ(made.sums.cases, 5U);
    EXPECT_EQ(made.sums.changed, 4U);
    ASSERT_EQ(made.sums.aids.size(), 2U);
    EXPECT_EQ(made.sums.aids.at("local.a").cases, 4U);
    EXPECT_EQ(made.sums.aids.at("local.a").cents, -55'000);
    EXPECT_EQ(made.sums.aids.at("local.b").cases, 1U);
    EXPECT_EQ(made.sums.total_aid_cents, -50'000);
    EXPECT_EQ(made.sums.remaining_cost_cents, 50'000);
    EXPECT_EQ(made.sums.largest_gain->line, 2U);
    EXPECT_EQ(made.sums.largest_gain->cents, 15'000);
    EXPECT_EQ(made.sums.largest_loss->line, 1U);
    EXPECT_EQ(made.sums.largest_loss->cents, -70'000);
    EXPECT_EQ(made.sums.refused_by_both, 1U);
    EXPECT_EQ(made.sums.refusals_appeared + made.sums.refusals_gone, 0U);
    EXPECT_FALSE(made.cases[3].changed());
}

TEST(PortfolioDifference, TheSameRulesChangeNothing) {
    const Compared made =
        compare(embedded_rules(), embedded_rules(), {case_of("2025-10-15", 35'000)});
    EXPECT_EQ(made.sums.changed, 0U);
    EXPECT_TRUE(made.sums.aids.empty());
    EXPECT_FALSE(made.sums.largest_gain.has_value());
}

TEST(PortfolioDifference, RefusalsThatAppearOrDisappearAreNotSummed) {
    const auto scaled = with_scales(aid_text("local.a", old_aid));
    const Loading bare = load(aid_text("local.a", old_aid));
    const std::vector<std::string> lines = {case_of("2025-10-15", 35'000), "{}"};
    const Compared lost = compare(*scaled, *bare.rules, lines);
    EXPECT_TRUE(lost.cases[0].changed());
    EXPECT_EQ(lost.cases[0].refused_after->code, Code::scale_missing);
    EXPECT_EQ(lost.sums.refusals_appeared, 1U);
    EXPECT_EQ(lost.sums.total_aid_cents, 0);
    EXPECT_EQ(lost.sums.unreadable, 1U);
    EXPECT_EQ(lost.sums.changed, 1U);
    EXPECT_EQ(compare(*bare.rules, *scaled, lines).sums.refusals_gone, 1U);
    EXPECT_EQ(case_json(lost.cases[1]).substr(0, 48),
              R"({"line":2,"unreadable":{"error":{"code":"missing)");
    const std::string json = case_json(lost.cases[0]);
    EXPECT_EQ(json.substr(0, 54), R"({"line":1,"refused_before":null,"refused_after":{"erro)");
    EXPECT_TRUE(json.ends_with(R"("difference":null})")) << json;
}

TEST(PortfolioDifference, SummaryAsJson) {
    const auto before = with_scales(aid_text("local.a", old_aid));
    const auto after = with_scales(aid_text("local.a", new_aid));
    EXPECT_EQ(summary_json(compare(*before, *after, {case_of("2025-10-15", 35'000)}).sums),
              R"({"summary":{"cases":1,"changed":1,"unreadable":0,"refused_by_both":0,)"
              R"("refusals_appeared":0,"refusals_gone":0,)"
              R"("aids":[{"aid":"local.a","cases":1,"difference_cents":-70000}],)"
              R"("total_aid_difference_cents":-70000,"remaining_cost_difference_cents":70000,)"
              R"("largest_gain":null,"largest_loss":{"line":1,"difference_cents":-70000}}})");
}

}  // namespace
}  // namespace deodat::rules::test
