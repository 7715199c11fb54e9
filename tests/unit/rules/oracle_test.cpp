// Goal: on the 2,000 cases of the State's simulator for the end of 2025, our plans agree, but where
// the simulator itself says that it is wrong. Method and mapping: tests/cases/oracle/README.md.
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/unit/rules/support.h"

namespace deodat::rules::test {
namespace {

constexpr std::int64_t micro_a_cent = 10'000;

std::string text_of(const rapidjson::Value& value) {
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    value.Accept(writer);
    return buffer.GetString();
}

std::unique_ptr<const RuleSet> oracle_rules() {
    std::vector<RuleFile> files;
    for (RuleFile& file : embedded_rule_files()) {
        if (file.name != "local_examples.rules") files.push_back(std::move(file));
    }
    std::ifstream in(DEODAT_ROOT "/tests/cases/oracle/angers_besancon.rules");
    std::ostringstream text;
    text << in.rdbuf();
    files.push_back({"angers_besancon.rules", text.str()});
    Loading loading = compile(files);
    for (const RuleError& error : loading.errors) ADD_FAILURE() << error.text();
    return std::move(loading.rules);
}

void expect_near(Money ours, std::int64_t micro, std::int64_t tolerance, const char* what) {
    EXPECT_LE(std::abs(ours.cents() * micro_a_cent - micro), tolerance)
        << what << ": ours " << ours.cents() << ", theirs " << micro;
}

struct Tally {
    int cases = 0;
    int eligible = 0;
    int locals = 0;
    int cut = 0;  // where the simulator says it should cut, and does not
};

void expect_amounts(const Plan& plan, const PlannedAid& aid, const rapidjson::Value& want,
                    Tally& tally) {
    ++tally.eligible;
    EXPECT_EQ(aid.rate_bp, want["rate_bp"].GetInt64());
    expect_near(*aid.base, want["base_micro"].GetInt64(), micro_a_cent / 2, "base");
    expect_near(aid.before_limit, want["aid_micro"].GetInt64(), micro_a_cent / 2, "aid");
    const LimitOutcome& limit = plan.limits.at(0);
    EXPECT_EQ(limit.rate_bp, want["limit_rate_bp"].GetInt64());
    expect_near(limit.ceiling, want["ceiling_micro"].GetInt64(), micro_a_cent, "ceiling");
    expect_near(aid.amount, want["after_cut_micro"].GetInt64(), 2 * micro_a_cent, "after the cut");
    if (want["after_cut_micro"].GetInt64() != want["simulator_after_cut_micro"].GetInt64())
        ++tally.cut;
}

void expect_case(const RuleSet& rules, const rapidjson::Value& one, Tally& tally) {
    const rapidjson::Value& want = one["expected"];
    const Result<Facts> facts = facts_from_json(text_of(one["facts"]));
    ASSERT_TRUE(facts) << facts.refusal().message;
    const Result<Plan> made = plan(rules, *facts);
    ASSERT_TRUE(made);
    const PlannedAid* aid = made->aid("anah.mpr_accompagne");
    ASSERT_NE(aid, nullptr);
    ++tally.cases;
    EXPECT_EQ(income_classes().values[static_cast<std::size_t>(made->income_class)].name,
              want["class"].GetString());
    EXPECT_EQ(made->class_jump, want["jump"].GetInt64());
    EXPECT_EQ(aid->eligible, want["eligible"].GetBool());
    if (!one["facts"].HasMember("given_aids")) {
        Money local;
        for (const PlannedAid& planned : made->aids) {
            if (planned.aid->local) local += planned.amount;
        }
        expect_near(local, want["local_micro"].GetInt64(), micro_a_cent, "local aids");
        if (local.is_positive()) ++tally.locals;
    }
    if (aid->eligible && want["eligible"].GetBool()) expect_amounts(*made, *aid, want, tally);
}

TEST(Oracle, AgreesWithTheSimulatorOf2025) {
    const std::unique_ptr<const RuleSet> rules = oracle_rules();
    ASSERT_NE(rules, nullptr);
    std::ifstream in(DEODAT_ROOT "/tests/data/oracle_2025.jsonl");
    Tally tally;
    for (std::string line; std::getline(in, line);) {
        rapidjson::Document one;
        one.Parse(line.c_str());
        ASSERT_FALSE(one.HasParseError());
        SCOPED_TRACE(one["id"].GetString());
        expect_case(*rules, one, tally);
    }
    EXPECT_EQ(tally.cases, 2000);
    EXPECT_EQ(tally.eligible, 1235);
    EXPECT_EQ(tally.cut, 144);
    EXPECT_EQ(tally.locals, 92);
}

// The original file through the program itself, where it is at hand.
TEST(Oracle, AgreesOnTheOriginalThroughTheProgram) {
    const char* shared = std::getenv("DEODAT_SHARED");
    const std::filesystem::path root = shared != nullptr ? shared : DEODAT_ROOT "/../shared";
    const std::filesystem::path golden = root / "oracle/golden_2025.jsonl";
    if (!std::filesystem::exists(golden))
        GTEST_SKIP() << "skipped: the original cases are not here";
    const std::string command = "PYTHONDONTWRITEBYTECODE=1 python3 '" DEODAT_ROOT
                                "/tests/cases/oracle/compare.py' '" DEODAT_PROGRAM "' '" +
                                golden.string() + "'";
    EXPECT_EQ(std::system(command.c_str()), 0);
}

}  // namespace
}  // namespace deodat::rules::test
