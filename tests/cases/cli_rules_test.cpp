// Goal: the program answers on the right stream with the right exit code, and a bad line does not
// end a run.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/unit/rules/support.h"

namespace deodat::cli {
namespace {

struct Outcome {
    int exit = -1;
    std::string out;
};

// Runs a shell command; what goes to the standard output, and the exit code.
Outcome run(const std::string& command) {
    Outcome outcome;
    std::FILE* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) return outcome;
    std::array<char, 4096> buffer{};
    for (std::size_t read = 0; (read = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
        outcome.out.append(buffer.data(), read);
    }
    outcome.exit = WEXITSTATUS(pclose(pipe));
    return outcome;
}

class CliRules : public testing::Test {
  protected:
    void SetUp() override {
        const auto* info = testing::UnitTest::GetInstance()->current_test_info();
        directory_ = std::filesystem::temp_directory_path() /
                     ("deodat_cli_" + std::string(info->name()) + std::to_string(getpid()));
        std::filesystem::create_directories(directory_);
    }
    void TearDown() override { std::filesystem::remove_all(directory_); }

    std::string write(const std::string& name, const std::string& text) const {
        const std::string path = (directory_ / name).string();
        std::ofstream(path) << text;
        return path;
    }
    std::string directory() const { return directory_.string(); }
    static Outcome deodat(const std::string& arguments) {
        return run(std::string("'") + DEODAT_PROGRAM + "' " + arguments + " 2>&1");
    }
    static Outcome deodat_out(const std::string& arguments) {
        return run(std::string("'") + DEODAT_PROGRAM + "' " + arguments + " 2>/dev/null");
    }

  private:
    std::filesystem::path directory_;
};

std::string one_line(std::string json) {
    for (char& c : json) {
        if (c == '\n') c = ' ';
    }
    return json;
}

TEST_F(CliRules, PlansAFile) {
    const std::string facts = write("facts.json", rules::test::example_json());
    const Outcome outcome = deodat_out("plan --facts " + facts);
    EXPECT_EQ(outcome.exit, 0);
    EXPECT_NE(outcome.out.find("\"remaining_cost_cents\":950190}\n"), std::string::npos)
        << outcome.out;
    EXPECT_EQ(outcome.out.find("\"trace\""), std::string::npos);
    EXPECT_EQ(deodat_out("plan < " + facts).out, outcome.out);
    EXPECT_NE(deodat_out("plan --explain --facts " + facts).out.find("\"trace\":[{"),
              std::string::npos);
}

TEST_F(CliRules, SupposesOtherwise) {
    const std::string facts = write("facts.json", rules::test::example_json());
    const std::string changes =
        write("changes.json", R"({"changes":[{"set":"household.persons","value":5}]})");
    const Outcome json = deodat_out("plan --facts " + facts + " --what-if " + changes);
    EXPECT_EQ(json.exit, 0);
    EXPECT_EQ(json.out.rfind(R"({"before":{"income_class":"modest")", 0), 0U) << json.out;
    EXPECT_NE(json.out.find(R"("after":{"income_class":"very_modest")"), std::string::npos);
    const Outcome text = deodat_out("plan --facts " + facts + " --text --what-if " + changes);
    EXPECT_NE(text.out.find("Reste à charge"), std::string::npos) << text.out;
    const std::string bad =
        write("bad.json", R"({"changes":[{"set":"household.persons","value":0}]})");
    const Outcome refused = deodat_out("plan --facts " + facts + " --what-if " + bad);
    EXPECT_EQ(refused.exit, 1);
    EXPECT_EQ(
        refused.out.rfind(R"({"error":{"code":"out_of_range","field":"household.persons")", 0), 0U)
        << refused.out;
}

TEST_F(CliRules, RecomputesAndDrawsCash) {
    const std::string facts = write("facts.json", rules::test::example_json());
    const std::string notified = write(
        "notified.json",
        R"({"notified":[{"aid":"anah.mpr_accompagne","amount_cents":1400000,"received_cents":420000}]})");
    const Outcome recomputed = deodat_out("plan --facts " + facts + " --recompute " + notified);
    EXPECT_EQ(recomputed.exit, 0);
    EXPECT_NE(recomputed.out.find(R"("retained_cents":1400000,"received_cents":420000,)"
                                  R"("balance_cents":980000,"decision":"notified_lower")"),
              std::string::npos)
        << recomputed.out;
    const std::string calendar =
        write("calendar.json",
              R"({"works_start":"2025-11-03","acceptance":"2026-01-20","payment_delay_days":30,)"
              R"("invoices":[{"contractor":"Murs","date":"2026-01-10","amount_cents":2550990}],)"
              R"("household":[],"funders":[{"funder":"anah","delay_days":60,"advance":true,)"
              R"("instalments_bp":[]},{"funder":"commune","delay_days":30,"advance":false,)"
              R"("instalments_bp":[]}]})");
    const Outcome cash = deodat_out("plan --facts " + facts + " --cash " + calendar);
    EXPECT_EQ(cash.exit, 0);
    EXPECT_NE(cash.out.find(R"("not_called_cents":950190,)"), std::string::npos) << cash.out;
    // The cash plan of the recomputed grants: 508 € less from one funder.
    const Outcome both =
        deodat_out("plan --facts " + facts + " --recompute " + notified + " --cash " + calendar);
    EXPECT_NE(both.out.find(R"("not_called_cents":1000990,)"), std::string::npos) << both.out;
    const Outcome text = deodat_out("plan --text --facts " + facts + " --cash " + calendar);
    EXPECT_NE(text.out.find("Encours de préfinancement"), std::string::npos) << text.out;
}

TEST_F(CliRules, ExplainsInAFrenchLetter) {
    const std::string facts = write("facts.json", rules::test::example_json());
    const Outcome outcome = deodat_out("plan --explain --text --facts " + facts);
    EXPECT_EQ(outcome.exit, 0);
    EXPECT_EQ(outcome.out.find("Reste à charge"), 0U) << outcome.out;
    EXPECT_NE(outcome.out.find("\n  MaPrimeRénov' parcours accompagné"), std::string::npos);
    EXPECT_NE(outcome.out.find("plafond 40\u202f000,00\u00a0€) = 14\u202f508,00\u00a0€\n"),
              std::string::npos);
    EXPECT_NE(outcome.out.find("À noter"), std::string::npos);
    for (const char* code : {"_", "{", "\"", "local.", "remaining"}) {
        EXPECT_EQ(outcome.out.find(code), std::string::npos) << code;
    }
    EXPECT_NE(outcome.out.find("Aide décidée à part"), std::string::npos);
    EXPECT_EQ(deodat("plan --text --facts " + facts).exit, 2);
    EXPECT_EQ(deodat("plan --explain --text --jsonl < " + facts).exit, 2);
    const Outcome refused = deodat_out("plan --explain --text --facts " + write("bad.json", "{}"));
    EXPECT_EQ(refused.exit, 1);
    EXPECT_EQ(refused.out, "") << "the refusal is for people, on the error output";
}

TEST_F(CliRules, ABadLineDoesNotEndTheRun) {
    const std::string good = one_line(rules::test::example_json());
    const std::string lines =
        write("lines.jsonl", good + "\n{\"deposit_date\":1}\n\nnot json\n" + good);
    const Outcome outcome = deodat_out("plan --jsonl < " + lines);
    EXPECT_EQ(outcome.exit, 0);
    std::vector<std::string> answers;
    std::string line;
    for (const char c : outcome.out) {
        if (c != '\n')
            line += c;
        else
            answers.push_back(std::exchange(line, ""));
    }
    ASSERT_EQ(answers.size(), 5U) << outcome.out;
    EXPECT_EQ(answers[0], answers[4]);
    EXPECT_EQ(answers[1].substr(0, 55),
              R"({"error":{"code":"malformed","field":"deposit_date","me)");
    EXPECT_EQ(answers[2].substr(0, 36), R"({"error":{"code":"json_malformed","f)");
    EXPECT_EQ(answers[3].substr(0, 36), R"({"error":{"code":"json_malformed","f)");
}

TEST_F(CliRules, RefusesWithItsCode) {
    EXPECT_EQ(deodat("").exit, 2);
    EXPECT_EQ(deodat("help").exit, 0);
    EXPECT_EQ(deodat("fly").exit, 2);
    EXPECT_EQ(deodat("plan --fast").exit, 2);
    EXPECT_EQ(deodat("plan --facts").exit, 2);
    EXPECT_EQ(deodat("plan --jsonl --facts x").exit, 2);
    EXPECT_EQ(deodat("plan --text").exit, 2);
    EXPECT_EQ(deodat("plan --jsonl --what-if x").exit, 2);
    EXPECT_EQ(deodat("plan --explain --cash x").exit, 2);
    EXPECT_EQ(deodat("plan --what-if x --recompute x").exit, 2);
    EXPECT_EQ(deodat("plan --facts /nowhere").exit, 1);
    EXPECT_EQ(deodat("rules").exit, 2);
    EXPECT_EQ(deodat("rules explain").exit, 2);
    EXPECT_EQ(deodat("rules explain anah.nothing").exit, 1);
    EXPECT_EQ(deodat("rules check --rules /nowhere").exit, 1);
    EXPECT_EQ(deodat_out("plan --facts " + write("bad.json", "{}")).exit, 1);
    EXPECT_NE(deodat("plan --fast").out.find("Usage : deodat plan"), std::string::npos);
}

TEST_F(CliRules, ChecksListsAndExplainsRules) {
    EXPECT_TRUE(deodat_out("rules check").out.ends_with(" : en ordre\n"));
    const Outcome list = deodat_out("rules list");
    EXPECT_NE(list.out.find("anah.mpr_accompagne"), std::string::npos);
    EXPECT_NE(list.out.find("depuis le 23/02/2026"), std::string::npos);
    const Outcome explained = deodat_out("rules explain anah.mpr_accompagne");
    EXPECT_EQ(explained.exit, 0);
    EXPECT_NE(explained.out.find("modeste : 60"), std::string::npos) << explained.out;
}

TEST_F(CliRules, OtherRulesReplaceThose) {
    write("a.rules", "aid local.a \"A\"\n  paid to b\n");
    const Outcome broken = deodat("rules check --rules " + directory());
    EXPECT_EQ(broken.exit, 1);
    EXPECT_EQ(broken.out, "a.rules:2:8: On attend « by », pas « to ».\n");
    EXPECT_EQ(deodat("plan --rules " + directory() + " < /dev/null").exit, 1);
    write("a.rules", rules::test::aid_text("local.a", "amount 1 €"));
    EXPECT_EQ(deodat("rules check --rules " + directory()).out,
              "1 aide, 0 plafond, 0 barème : en ordre\n");
}

}  // namespace
}  // namespace deodat::cli
