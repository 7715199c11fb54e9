// Goal: on the 4,000 cases of the State's simulator for 2024, early 2025 and late 2025, our plans
// agree, but where the simulator itself says that it is wrong: there, the right value. Method and
// mapping: tests/cases/oracle/README.md.
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
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

// The blocks of a rule text whose aids have these ids.
std::string blocks_of(const std::string& text, const std::vector<std::string>& ids) {
    std::string out;
    for (const std::string& id : ids) {
        const std::size_t from = text.find("aid " + id);
        if (from == std::string::npos) {
            ADD_FAILURE() << "no longer in the rules: " << id;
            continue;
        }
        out += text.substr(from, text.find("\n\n", from) - from) + "\n\n";
    }
    return out;
}

// Which local aids the cases meet: those of the program, or, once these are closed, as the
// simulator keeps them open.
enum class Locals : std::uint8_t { of_the_program, of_the_simulator };

std::unique_ptr<const RuleSet> oracle_rules(Locals locals) {
    std::vector<RuleFile> files = embedded_rule_files();
    RuleFile& local = *std::ranges::find(files, "local_aids.rules", &RuleFile::name);
    if (locals == Locals::of_the_program) {
        local.text = blocks_of(local.text, {"local.l01_besancon_aapel", "local.l06_angers_socle",
                                            "local.l07_angers_bbc"});
    } else {
        std::ifstream in(DEODAT_ROOT "/tests/cases/oracle/angers_besancon.rules");
        std::ostringstream text;
        text << in.rdbuf();
        local.text = text.str();
    }
    Loading loading = compile(files);
    for (const RuleError& error : loading.errors) ADD_FAILURE() << error.text();
    return std::move(loading.rules);
}

void expect_near(Money ours, std::int64_t micro, std::int64_t tolerance, const char* what) {
    EXPECT_LE(std::abs(ours.cents() * micro_a_cent - micro), tolerance)
        << what << ": ours " << ours.cents() << ", theirs " << micro;
}

// What a file of cases came to; the deviations are the simulator's own, by name: there the cases
// hold the right value, not the simulator's.
struct Tally {
    int cases = 0;
    int eligible = 0;
    int locals = 0;
    int decent = 0;  // Ma Prime Logement Décent, on both sides
    std::map<std::string, int> deviations;
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
    expect_near(aid.advance, want["advance_micro"].GetInt64(), 2 * micro_a_cent, "advance");
}

// Shown beside the scheme taken, on what the simulator knows of it.
void expect_decent(const Plan& plan, const rapidjson::Value& want, Tally& tally) {
    const PlannedAid* aid = plan.aid("anah.logement_decent");
    ASSERT_NE(aid, nullptr);
    EXPECT_EQ(aid->eligible, want["eligible"].GetBool());
    EXPECT_FALSE(aid->chosen) << "nothing says that the dwelling is degraded";
    if (!aid->eligible || !want["eligible"].GetBool()) return;
    ++tally.decent;
    EXPECT_EQ(aid->rate_bp, want["rate_bp"].GetInt64());
    expect_near(aid->before_limit, want["aid_micro"].GetInt64(), micro_a_cent / 2, "decent");
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
    for (const rapidjson::Value& name : one["deviations"].GetArray()) {
        ++tally.deviations[name.GetString()];
    }
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
    if (want.HasMember("mpld")) expect_decent(*made, want["mpld"], tally);
}

Tally expect_file(const std::string& name, Locals locals) {
    const std::unique_ptr<const RuleSet> rules = oracle_rules(locals);
    Tally tally;
    if (rules == nullptr) return tally;
    std::ifstream in(DEODAT_ROOT "/tests/data/" + name + ".jsonl");
    for (std::string line; std::getline(in, line);) {
        rapidjson::Document one;
        one.Parse(line.c_str());
        if (one.HasParseError()) {
            ADD_FAILURE() << "not JSON: " << line;
            return tally;
        }
        SCOPED_TRACE(one["id"].GetString());
        expect_case(*rules, one, tally);
    }
    std::cout << name << ": " << tally.cases << " cases, " << tally.eligible << " eligible, "
              << tally.locals << " with local aids, " << tally.decent << " decent dwellings\n";
    for (const auto& [deviation, count] : tally.deviations) {
        std::cout << "  the simulator is wrong: " << deviation << ", " << count << " cases\n";
    }
    return tally;
}

using Deviations = std::map<std::string, int>;

TEST(Oracle, AgreesWithTheSimulatorOf2024) {
    const Tally tally = expect_file("oracle_2024", Locals::of_the_program);
    EXPECT_EQ(tally.cases, 1000);
    EXPECT_EQ(tally.eligible, 643);
    EXPECT_EQ(tally.locals, 23);
    EXPECT_EQ(tally.deviations, (Deviations{{"advance_before_the_cut", 52},
                                            {"angers_not_its_deliberation", 7},
                                            {"besancon_without_occupancy", 1},
                                            {"local_aid_does_not_cut", 96},
                                            {"zone_of_the_household", 20}}));
}

TEST(Oracle, AgreesWithTheSimulatorOfEarly2025) {
    const Tally tally = expect_file("oracle_2025H1", Locals::of_the_simulator);
    EXPECT_EQ(tally.cases, 1000);
    EXPECT_EQ(tally.eligible, 654);
    EXPECT_EQ(tally.locals, 29);
    EXPECT_EQ(tally.deviations,
              (Deviations{{"advance_before_the_cut", 54}, {"local_aid_does_not_cut", 95}}));
}

TEST(Oracle, AgreesWithTheSimulatorOfLate2025) {
    const Tally tally = expect_file("oracle_2025", Locals::of_the_simulator);
    EXPECT_EQ(tally.cases, 2000);
    EXPECT_EQ(tally.eligible, 1235);
    EXPECT_EQ(tally.locals, 92);
    EXPECT_EQ(tally.decent, 829);
    EXPECT_EQ(tally.deviations, (Deviations{{"advance_before_the_cut", 88},
                                            {"local_aid_does_not_cut", 144},
                                            {"mpld_without_cap", 106},
                                            {"mpld_without_occupancy", 143}}));
}

// The original files through the program itself, where they are at hand.
TEST(Oracle, AgreesOnTheOriginalsThroughTheProgram) {
    const char* shared = std::getenv("DEODAT_SHARED");
    const std::filesystem::path root = shared != nullptr ? shared : DEODAT_ROOT "/../shared";
    for (const char* name : {"golden_2024", "golden_2025H1", "golden_2025"}) {
        const std::filesystem::path golden = root / "oracle" / (std::string(name) + ".jsonl");
        if (!std::filesystem::exists(golden))
            GTEST_SKIP() << "skipped: the original cases are not here";
        const std::string command = "PYTHONDONTWRITEBYTECODE=1 python3 '" DEODAT_ROOT
                                    "/tests/cases/oracle/compare.py' '" DEODAT_PROGRAM "' '" +
                                    golden.string() + "'";
        EXPECT_EQ(std::system(command.c_str()), 0) << name;
    }
}

}  // namespace
}  // namespace deodat::rules::test
