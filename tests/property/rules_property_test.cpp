// Goal: what holds for every dossier and every text. Method: RapidCheck draws dossiers, rule texts
// are mutated byte by byte; RapidCheck prints the seed of a failure.
#include "rules/plan/plan_json.h"
#include "tests/property/drawn_dossier.h"

namespace deodat::rules::test {
namespace {

Plan planned(const Facts& facts) {
    Result<Plan> made = plan(embedded_rules(), facts);
    RC_ASSERT(made.ok());
    return std::move(*made);
}

RC_GTEST_PROP(PlanProperty, CentsAddUp, ()) {
    const Plan plan = planned(some_dossier());
    Money sum;
    for (const GivenAid& given : plan.given_aids) sum += given.amount;
    for (const PlannedAid& aid : plan.aids) {
        if (aid.chosen) sum += aid.amount;
        RC_ASSERT(!aid.amount.is_negative());
        RC_ASSERT(aid.amount <= aid.before_limit);
        RC_ASSERT(aid.advance <= aid.amount);
        RC_ASSERT(aid.eligible || aid.before_limit.is_zero());
        RC_ASSERT(aid.eligible == aid.reasons().empty());
    }
    RC_ASSERT(sum == plan.total_aid);
    RC_ASSERT(plan.total_aid + plan.remaining_cost == plan.works_ttc);
}

RC_GTEST_PROP(PlanProperty, AnAidStaysWithinItsCapTimesItsRate, ()) {
    const Plan plan = planned(some_dossier());
    for (const PlannedAid& aid : plan.aids) {
        if (!aid.base_cap || !aid.rate_bp) continue;
        RC_ASSERT(*aid.base <= *aid.base_cap);
        RC_ASSERT(aid.before_limit ==
                  part_of(*aid.base, Ratio::basis_points(*aid.rate_bp), Rounding::half_up));
    }
}

RC_GTEST_PROP(PlanProperty, ALimitHoldsOrSaysByHowMuchNot, ()) {
    const Plan plan = planned(some_dossier());
    for (const LimitOutcome& limit : plan.limits) {
        const Money after = limit.counted - limit.cut;
        RC_ASSERT(limit.excess == std::max(Money(), after - limit.ceiling));
        // RC_ASSERT takes its expression apart and evaluates every side of an ||.
        const PlannedAid* national = plan.aid("anah.mpr_accompagne");
        const bool nothing_left = national == nullptr || national->amount.is_zero();
        RC_ASSERT((limit.excess.is_zero() || nothing_left));
        RC_ASSERT(limit.cut.is_zero() || limit.counted > limit.ceiling);
        RC_ASSERT(plan.blocked == limit.excess.is_positive());
    }
}

RC_GTEST_PROP(PlanProperty, MoreWorksNeverMeanLessNationalAid, ()) {
    Facts facts = some_dossier();
    facts.given_aids.clear();
    facts.set(FactId::deposit_date, day("2025-12-01"));  // no local aid beside it
    const Plan before = planned(facts);
    facts.lines.front().amount_ht += Money::cents(drawn<std::int64_t>(1, 1'000'000));
    facts.derive();
    const Plan after = planned(facts);
    RC_ASSERT(after.total_aid >= before.total_aid);
}

RC_GTEST_PROP(PlanProperty, MoreIncomeNeverMeansABetterClass, ()) {
    Facts facts = some_dossier();
    const Plan before = planned(facts);
    facts.set(FactId::reference_income,
              facts.get(FactId::reference_income) + drawn<std::int64_t>(1, 5'000'000));
    RC_ASSERT(planned(facts).income_class >= before.income_class);
}

RC_GTEST_PROP(PlanProperty, TheSameFactsGiveTheSamePlan, ()) {
    const Facts facts = some_dossier();
    const std::string first = plan_json(planned(facts));
    RC_ASSERT(plan_json(planned(facts)) == first);
    const Result<Explained> explained = explain(embedded_rules(), facts);
    RC_ASSERT(explained.ok());
    RC_ASSERT(plan_json(explained->plan) == first);
}

RC_GTEST_PROP(PlanProperty, TheOrderOfLinesDoesNotMatter, ()) {
    Facts facts = some_dossier();
    const std::string first = plan_json(planned(facts));
    std::reverse(facts.lines.begin(), facts.lines.end());
    facts.derive();
    RC_ASSERT(plan_json(planned(facts)) == first);
}

std::string mutated(std::string text) {
    const int changes = drawn(1, 6);
    for (int i = 0; i < changes && !text.empty(); ++i) {
        const auto at = drawn<std::size_t>(0, text.size() - 1);
        switch (drawn(0, 3)) {
            case 0:
                text[at] = static_cast<char>(drawn(0, 255));
                break;
            case 1:
                text.erase(at, drawn<std::size_t>(1, 20));
                break;
            case 2:
                text.insert(at, *rc::gen::element<std::string>("(", "}", "..", " of ", "others",
                                                               "999 999 999 €", "\n", "\"", "by ",
                                                               "0", "-", "%", "not "));
                break;
            default:
                text.insert(at, text.substr(drawn<std::size_t>(0, text.size() - 1), 40));
                break;
        }
    }
    return text;
}

// A broken text is refused with its place, or understood; it never throws, and what is understood
// can be planned.
RC_GTEST_PROP(TextProperty, AMutatedRuleTextIsRefusedOrUnderstood, ()) {
    std::vector<RuleFile> files = embedded_rule_files();
    RuleFile& file = files[drawn<std::size_t>(0, files.size() - 1)];
    file.text = mutated(file.text);
    const Loading loading = compile(files);
    RC_ASSERT((loading.rules == nullptr) == !loading.errors.empty());
    for (const RuleError& error : loading.errors) {
        RC_ASSERT(error.at.line >= 1 && error.at.column >= 1 && !error.message.empty());
    }
    if (loading.rules == nullptr) return;
    Facts facts = example_facts();
    facts.set(FactId::deposit_date, day("2026-03-02"));
    const Result<Explained> made = explain(*loading.rules, facts);
    if (made) RC_ASSERT(made->plan.total_aid + made->plan.remaining_cost == made->plan.works_ttc);
}

RC_GTEST_PROP(TextProperty, MutatedFactsAreRefusedOrRead, ()) {
    const Result<Facts> facts = facts_from_json(mutated(example_json()));
    if (!facts) {
        RC_ASSERT(!facts.refusal().message.empty());
        RC_ASSERT(!refusal_json(facts.refusal()).empty());
        return;
    }
    const Result<Plan> made = plan(embedded_rules(), *facts);
    if (!made)
        RC_ASSERT(made.refusal().code == Code::scale_missing ||
                  made.refusal().code == Code::aid_unknown);
}

}  // namespace
}  // namespace deodat::rules::test
