// Goal (guarantee 15): a dossier keeps the rules of its day: a kept plan comes out again to the
// byte from its kept facts, whatever rules were added since. Method: plans kept through the
// adviser's desk for deposits over two years, replayed under the rules of that time and under later
// ones.
#include <algorithm>

#include "api/desks/adviser/after_plan.h"
#include "api/desks/adviser/plans.h"
#include "rules/engine/rule_files.h"
#include "rules/facts/facts_json.h"
#include "rules/plan/plan_json.h"
#include "tests/support/dossier_fixture.h"
#include "tests/support/seed.h"

namespace deodat {
namespace {

using testing_support::must;

std::string replaced_once(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    if (at != std::string::npos) text.replace(at, from.size(), to);
    return text;
}

class DatedPlans : public testing_support::DossierTest {
  protected:
    // Plans for deposits all over the rules' versions; where no scheme was open there is none.
    std::vector<PlanId> keep_plans() {
        std::vector<PlanId> out;
        // One a month; in long runs one every six days.
        const int count = 26 * testing_support::times_in_long_run(5);
        for (int i = 0; i < count; ++i) {
            const DossierId dossier = open_dossier();
            add_quote(dossier, "DV-" + std::to_string(i));
            desks::Desk desk{store(), rules::embedded_rules(), adviser};
            const Day deposit = Day::of(2024, 1, 15).plus_days(std::int64_t{26} * 30 * i / count);
            const auto kept = adviser_desk::keep_plan(desk, dossier, deposit);
            if (kept.ok()) out.push_back(*kept);
        }
        return out;
    }
    struct Figures {
        std::string plan;
        std::string explanation;
    };
    Figures kept(PlanId id) {
        auto snapshot = store().snapshot();
        const auto plan = dossiers::find_plan(snapshot.db(), id);
        return {plan->plan_json, plan->explanation_json};
    }
    Figures replayed(PlanId id, const rules::RuleSet& rules) {
        auto snapshot = store().snapshot();
        const auto plan = dossiers::find_plan(snapshot.db(), id);
        const auto facts = must(rules::facts_from_json(plan->facts_json));
        const auto explained = must(rules::explain(rules, facts));
        return {rules::plan_json(explained.plan), rules::explained_json(explained)};
    }
    static std::vector<rules::RuleFile> files() { return rules::embedded_rule_files(); }
    static std::string& text_of(std::vector<rules::RuleFile>& files, const std::string& name) {
        return std::ranges::find(files, name, &rules::RuleFile::name)->text;
    }
    // JSON names the version of the rules that made it.
    static std::string without_version(std::string json, const rules::RuleSet& rules) {
        for (std::size_t at = 0; (at = json.find(rules.version)) != std::string::npos;) {
            json.erase(at, rules.version.size());
        }
        return json;
    }
};

TEST_F(DatedPlans, G15_AKeptPlanComesOutAgainToTheByte) {
    const auto plans = keep_plans();
    EXPECT_GT(plans.size(), 15U);
    std::set<std::string> different;
    for (const PlanId id : plans) {
        const Figures then = kept(id);
        const Figures now = replayed(id, rules::embedded_rules());
        EXPECT_EQ(now.plan, then.plan);
        EXPECT_EQ(now.explanation, then.explanation);
        different.insert(then.plan);
    }
    EXPECT_GT(different.size(), 3U) << "of one version only";
}

TEST_F(DatedPlans, G15_RulesAddedLaterChangeNoPastPlan) {
    const auto plans = keep_plans();
    auto later = files();
    std::string& scales = text_of(later, "scales.rules");
    std::string next =
        scales.substr(scales.find("scale anah.income \"Plafonds de ressources 2026\""));
    next = replaced_once(next, "2026-01-01 .. 2026-12-31", "2027-01-01 .. 2027-12-31");
    next = replaced_once(next, "very_modest:  17 363 €", "very_modest:  17 000 €");
    later.push_back({"scales_2027.rules", next});
    later.push_back({"essai.rules",
                     "aid local.essai \"Aide nouvelle\"\n  paid by commune\n"
                     "  deposited 2027-01-01 ..\n  amount 1 000 €\n"});
    const rules::Loading loaded = rules::compile(later);
    ASSERT_NE(loaded.rules, nullptr) << loaded.errors.front().text();
    EXPECT_NE(loaded.rules->version, rules::embedded_rules().version);
    for (const PlanId id : plans) {
        const Figures then = kept(id);
        const Figures now = replayed(id, *loaded.rules);
        EXPECT_EQ(without_version(now.plan, *loaded.rules),
                  without_version(then.plan, rules::embedded_rules()));
        EXPECT_EQ(without_version(now.explanation, *loaded.rules),
                  without_version(then.explanation, rules::embedded_rules()));
    }
}

}  // namespace
}  // namespace deodat
