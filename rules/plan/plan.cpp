#include "rules/plan/plan.h"

#include <algorithm>
#include <array>

#include "ledger/base/text.h"
#include "rules/plan/explanation.h"
#include "rules/plan/planner.h"

namespace deodat::rules {
namespace {

std::vector<Candidate> candidates_of(const RuleSet& rules, const Facts& facts) {
    const std::int64_t day = facts.get(FactId::deposit_date);
    const auto rank = static_cast<std::size_t>(facts.get(FactId::dwelling_commune));
    std::vector<Candidate> found;
    found.reserve(rules.commune_starts[rank + 1] - rules.commune_starts[rank]);
    for (std::uint32_t i = rules.commune_starts[rank]; i < rules.commune_starts[rank + 1]; ++i) {
        const Aid& aid = rules.aids[rules.commune_aids[i]];
        for (const Window& window : aid.windows) {
            if (window.contains(day)) found.push_back({&aid, window.from});
        }
    }
    return found;
}

const PlannedAid* eligible_scheme(const Plan& plan, AidIndex index) {
    for (const PlannedAid& planned : plan.aids) {
        if (planned.aid->index == index && planned.eligible) return &planned;
    }
    return nullptr;
}

// The national scheme that the plan takes: the one named in works.scheme when the household may
// have it, else the largest after limits, ties to the smaller id. None when the household may have
// none.
Result<std::optional<AidIndex>> scheme_taken(const RuleSet& rules, const Facts& facts,
                                             const Scale& scale,
                                             std::span<const Candidate> candidates) {
    std::optional<AidIndex> taken;
    std::size_t schemes = 0;
    for (const Candidate& candidate : candidates) {
        if (!candidate.aid->national_scheme) continue;
        taken = candidate.aid->index;
        ++schemes;
    }
    if (schemes <= 1) return taken;
    taken.reset();
    Money largest;
    for (const Candidate& candidate : candidates) {
        if (!candidate.aid->national_scheme) continue;
        const AidIndex index = candidate.aid->index;
        const Result<Plan> alone = Planner(rules, facts, scale, nullptr).run(candidates, index);
        if (!alone) return alone.refusal();
        const PlannedAid* planned = eligible_scheme(*alone, index);
        if (planned == nullptr) continue;
        if (candidate.aid->id == facts.scheme) return std::optional(index);
        const bool tie_won =
            taken && planned->amount == largest && rules.aid_ids[index] < rules.aid_ids[*taken];
        if (!taken || planned->amount > largest || tie_won) {
            taken = index;
            largest = planned->amount;
        }
    }
    return taken;
}

std::string label_of(const RuleSet& rules, std::string_view aid_id) {
    const auto at = std::ranges::find(rules.aids, aid_id, &Aid::id);
    return at == rules.aids.end() ? shown(aid_id) : at->label;
}

void add_notices(const RuleSet& rules, const Facts& facts, Plan& plan) {
    const std::int64_t day = facts.get(FactId::deposit_date);
    if (!rules.any_scheme_open(day)) {
        plan.notices.push_back(
            {"no_scheme_open", "Aucun dispositif national n'accepte de dépôt le " +
                                   Day::from_number(day).french() + "."});
    }
    const PlannedAid* wanted = facts.scheme.empty() ? nullptr : plan.aid(facts.scheme);
    if (!facts.scheme.empty() && (wanted == nullptr || !wanted->chosen)) {
        plan.notices.push_back({"scheme_not_available", "Le dispositif demandé, « " +
                                                            label_of(rules, facts.scheme) +
                                                            " », n'est pas ouvert à ce dossier."});
    }
    for (const LimitOutcome& outcome : plan.limits) {
        if (!outcome.excess.is_positive()) continue;
        plan.blocked = true;
        plan.notices.push_back(
            {"limit_exceeded", outcome.limit->label + " : les aides dépassent encore de " +
                                   french(outcome.excess) + " le plafond de " +
                                   french(outcome.ceiling) + ", toutes réductions faites."});
    }
}

// What each scheme left for another would have given, after limits.
void note_alternatives(const RuleSet& rules, const Facts& facts, const Scale& scale,
                       std::span<const Candidate> candidates, const Plan& plan, Trace& trace) {
    for (const PlannedAid& planned : plan.aids) {
        if (!planned.eligible || planned.chosen) continue;
        const AidIndex index = planned.aid->index;
        const Result<Plan> other = Planner(rules, facts, scale, nullptr).run(candidates, index);
        const PlannedAid* alone = other ? eligible_scheme(*other, index) : nullptr;
        if (alone != nullptr) trace.alone(*planned.aid, alone->amount);
    }
}

Result<Plan> plan_with(const RuleSet& rules, const Facts& facts, std::vector<Step>* steps) {
    DEODAT_ASSERT(facts.has(FactId::works_ttc), "facts are derived before planning");
    const std::int64_t day = facts.get(FactId::deposit_date);
    const Scale* scale = rules.scale_on(day);
    if (scale == nullptr) {
        return Refusal{Code::scale_missing, "deposit_date",
                       "Aucun barème de revenus ne couvre un dépôt le " +
                           Day::from_number(day).french() + "."};
    }
    if (!facts.scheme.empty() && !rules.index_of(facts.scheme)) {
        return Refusal{Code::aid_unknown, "works.scheme",
                       "Aucune aide ne s'appelle « " + shown(facts.scheme) + " »."};
    }
    const std::vector<Candidate> candidates = candidates_of(rules, facts);
    const Result<std::optional<AidIndex>> scheme = scheme_taken(rules, facts, *scale, candidates);
    if (!scheme) return scheme.refusal();
    Trace trace;
    Trace* const noted = steps == nullptr ? nullptr : &trace;
    Result<Plan> made = Planner(rules, facts, *scale, noted).run(candidates, *scheme);
    if (!made) return made;
    add_notices(rules, facts, *made);
    if (steps != nullptr) {
        note_alternatives(rules, facts, *scale, candidates, *made, trace);
        *steps = explanation(rules, facts, *scale, *made, trace);
    }
    return made;
}

}  // namespace

std::vector<Reason> PlannedAid::reasons() const {
    std::vector<Reason> out;
    for (std::size_t i = 0; i < aid->conditions.size(); ++i) {
        if ((refused >> i & 1U) == 0) continue;
        out.push_back({aid->conditions[i].code, aid->conditions[i].sentence});
    }
    if (outside_table) {
        out.push_back({"outside_table", "Aucune ligne d'un tableau de cette aide ne correspond."});
    }
    if (below_minimum) {
        out.push_back({"below_minimum", "Le montant calculé est inférieur au minimum versé."});
    }
    return out;
}

std::vector<std::string> PlannedAid::to_verify() const {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < aid->conditions.size(); ++i) {
        if ((unverified >> i & 1U) != 0) out.push_back(aid->conditions[i].code);
    }
    for (std::size_t i = 0; i < fact_count; ++i) {
        if (!counted_as_nothing[i]) continue;
        const std::string code(dictionary()[i].code());
        if (std::find(out.begin(), out.end(), code) == out.end()) out.push_back(code);
    }
    return out;
}

const PlannedAid* Plan::aid(std::string_view id) const {
    for (const PlannedAid& planned : aids) {
        if (planned.aid->id == id) return &planned;
    }
    return nullptr;
}

Result<Plan> plan(const RuleSet& rules, const Facts& facts) {
    return plan_with(rules, facts, nullptr);
}

Result<Explained> explain(const RuleSet& rules, const Facts& facts) {
    std::vector<Step> steps;
    Result<Plan> made = plan_with(rules, facts, &steps);
    if (!made) return made.refusal();
    return Explained{std::move(*made), std::move(steps)};
}

}  // namespace deodat::rules
