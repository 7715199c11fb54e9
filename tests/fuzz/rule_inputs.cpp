#include <vector>

#include "rules/engine/compiler.h"
#include "rules/engine/describe.h"
#include "rules/engine/parser.h"
#include "rules/engine/rule_files.h"
#include "rules/facts/facts_json.h"
#include "rules/plan/cash_plan.h"
#include "rules/plan/plan_json.h"
#include "rules/plan/recomputation_json.h"
#include "rules/plan/what_if.h"
#include "tests/fuzz/inputs.h"
#include "tests/model/plan_as_slow.h"

namespace deodat::fuzz {

using namespace rules;

namespace {

// Beside a text that brings no scale of its own: without one nothing can be planned.
constexpr std::string_view scale_text = R"(scale essai.revenus "Barème d'essai"
  deposited 2017-01-01 ..
  reading <=
  zone idf   very_modest: 10 000 €, 20 000 €, 30 000 €, 40 000 €, 50 000 €, + 5 000 €
  zone idf   modest:      15 000 €, 25 000 €, 35 000 €, 45 000 €, 55 000 €, + 6 000 €
  zone other very_modest:  9 000 €, 19 000 €, 29 000 €, 39 000 €, 49 000 €, + 4 000 €
  zone other modest:      14 000 €, 24 000 €, 34 000 €, 44 000 €, 54 000 €, + 5 000 €
)";

Facts read(std::string_view json) {
    Result<Facts> facts = facts_from_json(json);
    promise(facts.ok(), "the fixed facts are in order");
    return std::move(*facts);
}

// Three dossiers: little known of a small one, much of a middling one, the largest amounts that
// facts may hold.
const std::vector<Facts>& dossiers() {
    static const std::vector<Facts> all = {
        read(R"({"deposit_date":"2025-10-15",
 "household":{"persons":3,"reference_income_eur":35000,"commune_insee":"88413"},
 "owner":{"status":"owner_occupier"},
 "dwelling":{"commune_insee":"88413","type":"house","age_years":60,"main_residence":true,
             "living_area_m2":110,"dpe_before":"F"},
 "works":{"dpe_after":"C","energy_gain_pct":52,
          "lines":[{"trade":"toiture","amount_ht_cents":2418000,"vat_bp":550,"eligible":true}]}})"),
        read(R"({"deposit_date":"2026-03-02","quote_date":"2025-05-01",
 "household":{"persons":7,"reference_income_eur":12000,"commune_insee":"75056","eldest_age_years":71,
              "gir":4,"disability_pct":50,"tax_half_shares":5},
 "owner":{"status":"landlord","rent_level":"social"},
 "dwelling":{"commune_insee":"54395","type":"flat","age_years":100,"main_residence":false,
             "living_area_m2":30,"dpe_before":"G","built_year":1900,"unhealthy":true,
             "degradation_bp":5500,"perimeters":["centre ancien"]},
 "works":{"dpe_after":"A","energy_gain_pct":-1000,"bbc_renovation":true,"started":false,
          "lines":[{"trade":"toiture","amount_ht_cents":1234567,"vat_bp":550,"eligible":true},
                   {"trade":"toiture","amount_ht_cents":1,"vat_bp":2000,"eligible":false},
                   {"trade":"murs","amount_ht_cents":999999,"vat_bp":1000,"eligible":true}]},
 "costs":{"audit_ttc_cents":100000},
 "given_aids":[{"aid":"local.forced","funder":"commune","amount_cents":150000}]})"),
        read(R"({"deposit_date":"2017-01-01",
 "household":{"persons":99,"reference_income_eur":100000000,"commune_insee":"97411"},
 "owner":{"status":"tenant"},
 "dwelling":{"commune_insee":"2A004","type":"house","age_years":2000,"main_residence":true,
             "living_area_m2":10000,"dpe_before":"A"},
 "works":{"dpe_after":"G","energy_gain_pct":100,"biobased_m2":10000,
          "lines":[{"trade":"murs","amount_ht_cents":10000000000,"vat_bp":2000,"eligible":true}]},
 "given_aids":[{"aid":"local.forced","funder":"commune","amount_cents":10000000000}]})")};
    return all;
}

// What holds of every plan.
void check(const Plan& plan) {
    Money sum;
    for (const GivenAid& given : plan.given_aids) sum += given.amount;
    for (const PlannedAid& aid : plan.aids) {
        promise(!aid.amount.is_negative(), "an aid is never negative");
        promise(aid.amount <= aid.before_limit, "limits only cut");
        promise(!aid.advance.is_negative() && aid.advance <= aid.amount,
                "an advance is a part of its aid");
        promise(aid.eligible || (!aid.chosen && aid.before_limit.is_zero()),
                "who is refused gets nothing");
        promise(aid.eligible || !aid.reasons().empty(), "who is refused is told why");
        if (aid.chosen && aid.aid->kind == syntax::AidKind::grant) sum += aid.amount;
    }
    promise(sum == plan.total_aid, "the parts make the total");
    promise(plan.total_aid + plan.remaining_cost == plan.cost(), "what is left is what is left");
}

void try_plan(const RuleSet& rules, const Facts& facts) {
    const Result<Plan> made = plan(rules, facts);
    const Result<Explained> explained = explain(rules, facts);
    promise(made.ok() == explained.ok(), "a plan and its explanation are made or refused together");
    if (!made.ok()) {
        promise(!refusal_json(made.refusal()).empty(), "a refusal has words");
        return;
    }
    check(*made);
    promise(plan_json(*made) == plan_json(explained->plan), "explaining changes nothing");
    promise(!explained_json(*explained).empty(), "an explanation has words");
}

// The slow model says the same; its fractions may be too small for a text of huge numbers.
void compare(const RuleSet& rules, const model::SlowRules& slow, const Facts& facts) {
    const model::SlowPlan found = model::as_slow(plan(rules, facts));
    if (found.refusal == "amount_out_of_range") return;
    model::SlowPlan expected;
    try {
        expected = slow.plan(facts);
    } catch (const std::overflow_error&) {
        return;
    }
    const std::string differences = found.differences(expected);
    promise(differences.empty(), differences.c_str());
}

}  // namespace

void try_rules(std::string_view bytes) {
    std::vector<RuleFile> files = {{"essai.rules", std::string(bytes)}};
    if (parse(files[0]).scales.empty()) files.push_back({"scale.rules", std::string(scale_text)});
    const Loading loading = compile(files);
    promise((loading.rules == nullptr) == !loading.errors.empty(), "rules, or errors");
    for (const RuleError& error : loading.errors) {
        promise(error.at.line >= 1 && error.at.column >= 1 && !error.message.empty(),
                "an error has a place and words");
    }
    if (loading.rules == nullptr) return;
    for (const Aid& aid : loading.rules->aids) {
        promise(!describe(*loading.rules, aid).empty(), "an aid can be read");
    }
    const model::SlowRules slow(files);
    for (const Facts& facts : dossiers()) {
        try_plan(*loading.rules, facts);
        compare(*loading.rules, slow, facts);
    }
}

void try_facts(std::string_view bytes) {
    const Result<Facts> facts = facts_from_json(bytes);
    if (!facts.ok()) {
        promise(!facts.refusal().message.empty(), "a refusal has words");
        promise(!refusal_json(facts.refusal()).empty(), "a refusal is JSON too");
        return;
    }
    try_plan(embedded_rules(), *facts);
    static const model::SlowRules slow(embedded_rule_files());
    compare(embedded_rules(), slow, *facts);
}

// Both limits of an answer: made of words, or refused with them.
template <class T, class Words>
void answered(const Result<T>& answer, Words words) {
    const std::string said = answer ? words(*answer) : answer.refusal().message;
    promise(!said.empty(), "an answer has words, and so has a refusal");
}

void try_requests(std::string_view bytes) {
    const auto changes = suppositions_from_json(bytes);
    const auto notified = notification_from_json(bytes);
    const auto calendar = cash_calendar_from_json(bytes);
    answered(changes, [](const auto&) { return std::string("read"); });
    answered(notified, [](const auto&) { return std::string("read"); });
    answered(calendar, [](const auto&) { return std::string("read"); });
    for (const Facts& facts : dossiers()) {
        if (changes) {
            answered(what_if(embedded_rules(), facts, *changes),
                     [](const auto& made) { return what_if_json(made) + what_if_text(made); });
        }
        if (notified) {
            answered(recompute(embedded_rules(), facts, *notified), [](const auto& made) {
                return recomputation_json(made) + recomputation_text(made);
            });
        }
        if (!calendar) continue;
        const auto plan = rules::plan(embedded_rules(), facts);
        if (!plan) continue;
        answered(cash_plan(*plan, *calendar),
                 [](const auto& made) { return cash_plan_json(made) + cash_plan_text(made); });
    }
}

}  // namespace deodat::fuzz
