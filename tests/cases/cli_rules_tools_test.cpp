// Goal: the tools of the person who writes rules, from the command line: what they print, where,
// and their exit codes.
#include <sys/wait.h>

#include "tests/support/programs.h"
#include "tests/unit/rules/support.h"

namespace deodat::cli {
namespace {

using testing_support::split;
using testing_support::TestDirectory;

struct Outcome {
    int exit;
    std::string out;
};

class RuleTools : public testing::Test {
  protected:
    static Outcome run(const std::string& arguments) {
        const testing_support::Outcome one =
            testing_support::run(std::string("'") + DEODAT_PROGRAM + "' rules " + arguments);
        return {WEXITSTATUS(one.status), one.output};
    }
    // The standard output, or both outputs together.
    static Outcome out(const std::string& arguments) { return run(arguments + " 2>/dev/null"); }
    static Outcome both(const std::string& arguments) { return run(arguments + " 2>&1"); }

    std::string write(const std::string& name, const std::string& text) const {
        std::filesystem::create_directories((directory_ / name).parent_path());
        std::ofstream(directory_ / name) << text;
        return (directory_ / name).string();
    }
    // A directory of rules: this text beside the scales of the program.
    std::string rules_of(const std::string& name, const std::string& text) const {
        for (const rules::RuleFile& file : rules::embedded_rule_files()) {
            if (file.name == "scales.rules") write(name + "/scales.rules", file.text);
        }
        write(name + "/essai.rules", text);
        return (directory_ / name).string();
    }
    static std::string one_line(std::string text) {
        for (char& c : text) {
            if (c == '\n') c = ' ';
        }
        return text;
    }

  private:
    TestDirectory directory_;
};

using rules::test::aid_text;
using rules::test::example_json;
using rules::test::replaced;

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST_F(RuleTools, CheckSaysEveryErrorAndRefuses) {
    const std::string directory =
        rules_of("wrong", aid_text("local.a", "amount nothing") + "aid local.b\n" +
                              aid_text("local.c", "amount 1 €\n  rate 3 €"));
    const Outcome checked = both("check --rules " + directory);
    EXPECT_EQ(checked.exit, 1);
    EXPECT_EQ(split(checked.out, '\n').size(), 3U) << checked.out;
    EXPECT_TRUE(has(checked.out, "essai.rules:4:10: ")) << checked.out;
}

TEST_F(RuleTools, CheckAdvisesAndDoesNotRefuse) {
    const std::string directory =
        rules_of("odd", aid_text("local.a", "requires dwelling.age_years >= 0\n amount 1 €"));
    const Outcome checked = both("check --rules " + directory);
    EXPECT_EQ(checked.exit, 0);
    EXPECT_TRUE(has(checked.out,
                    "essai.rules:4:12: attention : Cette condition ne refuse "
                    "personne"))
        << checked.out;
    // What was published as it is, once more: 2024, three persons in Île-de-France.
    EXPECT_TRUE(has(checked.out, "70\u202f382,00")) << checked.out;
    EXPECT_EQ(out("check --rules " + directory).out, "1 aide, 0 plafond, 11 barèmes : en ordre\n");
}

TEST_F(RuleTools, ListShowsTheVersionAndWhatIsOpenAtADate) {
    const Outcome all = out("list");
    EXPECT_EQ(all.exit, 0);
    EXPECT_EQ(all.out.find("Version des règles : " + rules::embedded_rules().version), 0U);
    EXPECT_TRUE(has(all.out, "anah.cumulation"));
    EXPECT_TRUE(has(all.out, "Plafonds de ressources 2017"));
    const Outcome one_day = out("list --at 2024-06-30");
    EXPECT_TRUE(has(all.out, "du 30/09/2025 au 31/12/2025"));
    EXPECT_FALSE(has(one_day.out, "du 30/09/2025 au 31/12/2025")) << one_day.out;
    EXPECT_FALSE(has(one_day.out, "Plafonds de ressources 2017"));
    EXPECT_TRUE(has(one_day.out, "Plafonds de ressources 2024"));
    // An uncertain figure says so.
    EXPECT_TRUE(has(one_day.out, "sans doute permutés"));
    EXPECT_EQ(both("list --at 2026-02-30").exit, 1);
    EXPECT_EQ(both("list now").exit, 2);
}

TEST_F(RuleTools, ExplainGivesTheVersionsInOrder) {
    const std::string directory = rules_of(
        "versions", replaced(aid_text("local.a", "note \"Incertain.\"\n amount 7 €"),
                             "2025-01-01 .. 2026-12-31", "2026-01-01 ..") +
                        replaced(aid_text("local.a", "amount 5 €"), "2026-12-31", "2025-12-31"));
    const Outcome explained = out("explain local.a --rules " + directory);
    EXPECT_EQ(explained.exit, 0);
    EXPECT_EQ(explained.out.find("Version 1 sur 2\n"), 0U) << explained.out;
    EXPECT_LT(explained.out.find("au 31/12/2025"), explained.out.find("Version 2 sur 2"));
    EXPECT_LT(explained.out.find("Version 2 sur 2"), explained.out.find("depuis le 01/01/2026"));
    EXPECT_TRUE(has(explained.out, "Incertain."));
    EXPECT_EQ(both("explain").exit, 2);
}

TEST_F(RuleTools, ExplainNamesCommunesAndTheLimitsInForce) {
    const auto limit = [](const std::string& windows, const std::string& label) {
        return "limit local.most \"" + label + "\"\n  deposited " + windows +
               "\n  counts local.a\n  ceiling 100 €\n";
    };
    const std::string directory =
        rules_of("named", aid_text("local.a", "territory commune 88413\n amount 7 €") +
                              limit("2024-01-01 .. 2024-12-31", "Ancien") +
                              limit("2025-01-01 .. 2025-12-31", "Au plus cent euros") +
                              limit("2026-01-01 ..", "Au plus cent euros"));
    const std::string text = out("explain local.a --rules " + directory).out;
    EXPECT_TRUE(has(text, "territoire    Saint-Dié-des-Vosges (88413)\n")) << text;
    EXPECT_TRUE(has(text, "compte dans   Au plus cent euros\n")) << text;
}

TEST_F(RuleTools, DiffShowsWhatAPortfolioGainsAndLoses) {
    const std::string before = rules_of("before", aid_text("local.a", "amount 1 000 €"));
    const std::string after =
        rules_of("after", aid_text("local.a",
                                   "requires income_class <= modest else income_class "
                                   "\"Réservée aux modestes.\"\n amount 1 200 €"));
    const std::string facts = one_line(example_json());
    const std::string lines =
        write("cases.jsonl", facts + "\n" + replaced(facts, "35000", "90000") + "\n");
    const Outcome shown = out("diff " + before + " " + after + " --facts " + lines);
    EXPECT_EQ(shown.exit, 0);
    const std::string text = testing_support::plain_blanks(shown.out);
    EXPECT_TRUE(has(text, "Ligne 1\n")) << text;
    EXPECT_TRUE(has(text, "1 000,00 €   1 200,00 €   +200,00 €")) << text;
    EXPECT_TRUE(has(text, "local.a, nouveau refus : Réservée aux modestes.")) << text;
    EXPECT_TRUE(has(text, "2 cas, 2 changent\n")) << text;
    EXPECT_TRUE(has(text, "Plus grande perte d'un ménage : -1 000,00 € d'aides, ligne 2")) << text;
    const Outcome json = out("diff " + before + " " + after + " --json --facts " + lines);
    ASSERT_EQ(split(json.out, '\n').size(), 3U);
    EXPECT_EQ(split(json.out, '\n')[1].substr(0, 10), "{\"line\":2,");
    EXPECT_TRUE(has(json.out, R"("total_aid_difference_cents":-80000)")) << json.out;
    EXPECT_EQ(out("diff embedded embedded --facts " + lines).out, "2 cas, aucun ne change\n");
}

TEST_F(RuleTools, DiffRefusesWhatItCannotCompare) {
    const std::string lines = write("cases.jsonl", one_line(example_json()) + "\n{}\n");
    const Outcome bad_line = both("diff embedded embedded --facts " + lines);
    EXPECT_EQ(bad_line.exit, 1);
    EXPECT_TRUE(has(bad_line.out, "ligne 2 : Il manque")) << bad_line.out;
    EXPECT_TRUE(has(bad_line.out, "1 ligne illisible"));
    EXPECT_EQ(both("diff embedded /nowhere --facts " + lines).exit, 1);
    EXPECT_EQ(both("diff embedded embedded --facts /nowhere").exit, 1);
    EXPECT_EQ(both("diff embedded embedded").exit, 2);
    EXPECT_EQ(both("diff embedded --facts " + lines).exit, 2);
}

TEST_F(RuleTools, TestRunsTheCasesBesideTheRules) {
    const Outcome beside = both("test '" DEODAT_ROOT "/rules/data/mpr_accompagne.cases'");
    EXPECT_EQ(beside.exit, 0) << beside.out;
    EXPECT_EQ(beside.out, "8 cas, aucun échec\n");

    const std::string defaults = "{\"defaults\":" + one_line(example_json()) + "}\n";
    const std::string directory = rules_of("tested", aid_text("local.a", "amount 1 000 €"));
    const std::string wrong = write(
        "wrong.cases", defaults + R"({"name":"mille","given":{},"expect":{"aids":{"local.a":)" +
                           R"({"amount_cents":100001}}}})" + "\n");
    const Outcome failed = both("test " + wrong + " --rules " + directory);
    EXPECT_EQ(failed.exit, 1);
    EXPECT_EQ(failed.out,
              "Échec, ligne 2 : mille\n  aids.local.a.amount_cents : attendu 100001, trouvé "
              "100000\n1 cas, 1 échec\n");
    const Outcome refused = both("test " + write("bad.cases", defaults + "{\n"));
    EXPECT_EQ(refused.exit, 1);
    EXPECT_TRUE(has(refused.out, "ligne 2")) << refused.out;
    EXPECT_EQ(both("test").exit, 2);
    EXPECT_EQ(both("test /nowhere").exit, 1);
}

}  // namespace
}  // namespace deodat::cli
