// Goal: the compiled rules mean what the language says. Method: RapidCheck draws rule sets and
// dossiers; each plan must be equal, field by field, to that of the slow model (tests/model), which
// was written from the grammar alone. What the draws have reached is counted, and must suffice.
#include <gtest/gtest.h>

#include "rules/engine/compiler.h"
#include "rules/engine/rule_files.h"
#include "rules/plan/plan.h"
#include "tests/model/plan_as_slow.h"
#include "tests/property/drawing.h"
#include "tests/property/random_dossier.h"
#include "tests/property/random_rules.h"

namespace deodat::rules::test {
namespace {

using deodat::test::one_of;
using model::as_slow;
using model::SlowAid;
using model::SlowLimit;
using model::SlowPlan;
using model::SlowRules;
using model::SlowVisits;

// How often the draws came where a difference could show.
struct Reached {
    std::map<std::string, std::int64_t> times;
    SlowVisits visits;

    void count(const SlowPlan& plan) {
        ++times[plan.refusal.empty() ? "planned" : plan.refusal];
        for (const auto& [id, aid] : plan.aids) count(aid);
        for (const auto& [id, limit] : plan.limits) {
            ++times["limits"];
            times["cut"] += limit.cut > 0 ? 1 : 0;
            times["exceeded"] += limit.excess > 0 ? 1 : 0;
            times["limit with a rate"] += limit.rate_bp ? 1 : 0;
        }
        for (const std::string& notice : plan.notices) ++times[notice];
    }

    void share(const std::string& what, const std::string& of, std::int64_t least_percent,
               std::int64_t most_percent) {
        EXPECT_GE(100 * times[what], least_percent * times[of]) << what;
        EXPECT_LE(100 * times[what], most_percent * times[of]) << what;
    }

    void at_least(const std::string& what, std::int64_t minimum) {
        EXPECT_GE(times[what], minimum) << what;
    }

  private:
    void count(const SlowAid& aid) {
        ++times["aids"];
        times["eligible"] += aid.eligible ? 1 : 0;
        times["chosen"] += aid.chosen ? 1 : 0;
        times["paid"] += aid.amount > 0 ? 1 : 0;
        times["advance"] += aid.advance > 0 ? 1 : 0;
        times["instalments"] += aid.instalments > 0 ? 1 : 0;
        times["equivalent"] += aid.equivalent > 0 ? 1 : 0;
        times["to verify"] += aid.to_verify.empty() ? 0 : 1;
        times["capped base"] += aid.base_cap && aid.base == aid.base_cap ? 1 : 0;
        times["reduced"] += aid.amount < aid.before_limit ? 1 : 0;
        if (!aid.not_chosen.empty()) ++times[aid.not_chosen];
        for (const std::string& reason : aid.reasons) ++times[reason];
        for (const std::string& code : aid.to_verify)
            times["decision"] += code == "decision" ? 1 : 0;
    }
};

std::vector<std::string> some_communes() {
    return {"88413", "88160", "54395", "75056", "97411", "2A004", "93066", "57463"};
}

// What a failure shows: the drawn blocks and the facts, as far as they go beyond the usual.
std::string text_of(const std::vector<RuleFile>& files) {
    std::string text;
    for (const RuleFile& file : files) {
        if (file.name != "scales.rules") text += file.text + "\n";
    }
    return text;
}

std::string text_of(const Facts& facts) {
    std::string text;
    for (std::size_t i = 0; i < fact_count; ++i) {
        const auto id = static_cast<FactId>(i);
        if (!facts.has(id)) continue;
        text += std::string(fact(id).name) + " " + std::to_string(facts.get(id)) + "\n";
    }
    for (const WorksLine& line : facts.lines) {
        text += "line " + line.trade + " " + french(line.amount_ht) + " at " +
                std::to_string(line.vat_bp) + (line.eligible ? "" : " not eligible");
        for (const std::string& id : line.eligible_for.value_or(std::vector<std::string>())) {
            text += " for " + id;
        }
        text += line.eligible_for ? " named\n" : "\n";
    }
    for (const GivenAid& given : facts.given_aids) {
        text += "given " + given.aid + " " + french(given.amount) + "\n";
    }
    return text + "scheme " + facts.scheme + "\n";
}

void compare(const RuleSet& rules, const SlowRules& slow, const Facts& facts, Reached& reached) {
    const SlowPlan expected = slow.plan(facts, &reached.visits);
    const std::string differences = as_slow(plan(rules, facts)).differences(expected);
    if (!differences.empty()) RC_LOG() << text_of(facts) << "plan / model\n" << differences;
    RC_ASSERT(differences.empty());
    reached.count(expected);
}

// The kinds of expression and operators that were not walked at least so often.
std::string too_rare(const SlowVisits& visits, std::int64_t minimum) {
    std::string rare;
    for (int i = 0; i <= static_cast<int>(syntax::Kind::other_aids); ++i) {
        const auto kind = visits.kinds.find(static_cast<syntax::Kind>(i));
        if (kind == visits.kinds.end() || kind->second < minimum)
            rare += " kind " + std::to_string(i);
    }
    for (int i = 0; i <= static_cast<int>(syntax::Operator::multiply); ++i) {
        const auto op = visits.operators.find(static_cast<syntax::Operator>(i));
        if (op == visits.operators.end() || op->second < minimum) {
            rare += " operator " + std::to_string(i);
        }
    }
    return rare;
}

TEST(SlowRules, RandomRulesOverRandomDossiers) {
    Reached reached;
    const auto one_text = [&] {
        const std::vector<RuleFile> files = random_rule_files();
        const Loading loading = compile(files);
        RC_ASSERT(loading.rules != nullptr);
        RC_LOG() << text_of(files);
        const SlowRules slow(files);
        const std::vector<std::string>& ids = loading.rules->aid_ids;
        reached.times["texts"] += 1;
        reached.times["texts of three aids"] += ids.size() >= 3 ? 1 : 0;
        for (int i = 0; i < 15; ++i) {
            const Facts facts = random_dossier(ids, some_communes());
            compare(*loading.rules, slow, facts, reached);
        }
    };
    EXPECT_TRUE(rc::check("a plan is that of the slow model", [&] {
        for (int i = 0; i < 3; ++i) one_text();
    }));
    if (HasFailure()) return;  // a failing case stops the draws
    reached.at_least("texts", 300);
    reached.at_least("texts of three aids", 60);
    reached.at_least("planned", 4'000);
    for (const char* refusal : {"scale_missing", "motive_missing"}) reached.at_least(refusal, 15);
    reached.share("eligible", "aids", 25, 75);
    reached.share("chosen", "aids", 15, 65);
    reached.share("paid", "aids", 10, 60);
    reached.share("to verify", "aids", 20, 70);
    reached.at_least("capped base", 100);
    reached.at_least("advance", 50);
    reached.at_least("instalments", 100);
    reached.at_least("equivalent", 10);
    for (const char* aside : {"other_scheme", "not_established", "by_hand", "undecided"}) {
        reached.at_least(aside, 15);
    }
    for (const char* reason : {"because_1", "outside_table", "below_minimum"}) {
        reached.at_least(reason, 10);
    }
    reached.at_least("limits", 500);
    reached.at_least("limit with a rate", 200);
    reached.at_least("cut", 25);
    reached.at_least("exceeded", 50);
    for (const char* notice :
         {"no_scheme_open", "scheme_not_available", "limit_exceeded", "manual_amount_above_rule"}) {
        reached.at_least(notice, 25);
    }
    EXPECT_EQ(too_rare(reached.visits, 20), "");
}

// The rules that are in use, and those that the survey of local aids asks for.
struct Text {
    const char* name;
    std::vector<RuleFile> files;
    std::vector<std::string> communes;
    std::vector<std::string> reached;  // what must be met, be it seldom
};

Text embedded() {
    return {"embedded",
            embedded_rule_files(),
            some_communes(),
            {"eligible", "chosen", "paid", "capped base", "advance", "cut", "exceeded", "reduced",
             "to verify", "by_hand", "owner_status", "class_jump", "dpe_before", "main_residence"}};
}

// One commune in each place that a local aid names.
Text local_aids() {
    return {"local aids",
            embedded_rule_files(),
            {"25056", "17300", "21231", "49007", "91228", "59350", "75056", "14118",
             "92050", "87085", "57106", "85155", "03190", "55029", "03185", "69123",
             "57463", "73179", "32013", "67482", "88413", "54395"},
            {"eligible", "paid", "to verify", "reduced"}};
}

class KnownRules : public testing::TestWithParam<Text> {};

TEST_P(KnownRules, OverRandomDossiers) {
    const Loading loading = compile(GetParam().files);
    ASSERT_NE(loading.rules, nullptr);
    const SlowRules slow(GetParam().files);
    Reached reached;
    EXPECT_TRUE(rc::check("a plan is that of the slow model", [&] {
        for (int i = 0; i < 20; ++i) {
            const Facts facts = random_dossier(loading.rules->aid_ids, GetParam().communes);
            compare(*loading.rules, slow, facts, reached);
        }
    }));
    if (HasFailure()) return;
    reached.at_least("planned", 1'900);
    for (const std::string& what : GetParam().reached) reached.at_least(what, 2);
}

INSTANTIATE_TEST_SUITE_P(SlowRules, KnownRules, testing::Values(embedded(), local_aids()),
                         [](const auto& which) {
                             return std::string(which.index == 0 ? "Embedded" : "LocalAids");
                         });

}  // namespace
}  // namespace deodat::rules::test
