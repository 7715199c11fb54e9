#include "rules/plan/plan.h"

#include <algorithm>
#include <array>

#include "ledger/base/text.h"
#include "rules/plan/explanation.h"
#include "rules/plan/planner.h"

namespace deodat::rules {
namespace {

std::vector<Candidate> candidates_of(const RuleSet& rules, const Facts& facts) {
    const auto rank = static_cast<std::size_t>(facts.get(FactId::dwelling_commune));
    std::vector<Candidate> found;
    found.reserve(rules.commune_starts[rank + 1] - rules.commune_starts[rank]);
    const std::int64_t day = facts.get(FactId::deposit_date);
    for (std::uint32_t i = rules.commune_starts[rank]; i < rules.commune_starts[rank + 1]; ++i) {
        if (!rules.deposits[rules.commune_aids[i]].contains(day)) continue;
        const Aid& aid = rules.aids[rules.commune_aids[i]];
        const Window* window = aid.dating.window_of(facts);
        if (window != nullptr) found.push_back({&aid, window->from});
    }
    return found;
}

const PlannedAid* taken_aid(const Plan& plan, AidIndex index) {
    for (const PlannedAid& planned : plan.aids) {
        if (planned.aid->index == index && planned.chosen) return &planned;
    }
    return nullptr;
}

// The aid of a group that the plan takes: the one named in works.scheme when the household may have
// it, else the largest after limits, ties to the smaller id. None when the household may have none.
// `taken` holds the choices of the groups before.
Result<std::optional<AidIndex>> best_of(std::span<const Candidate> group, Taken taken,
                                        SchemeGroup rank, const Facts& facts, Planner planner,
                                        std::span<const Candidate> candidates) {
    std::optional<AidIndex> best;
    Money largest;
    for (const Candidate& candidate : group) {
        const AidIndex index = candidate.aid->index;
        taken[rank] = index;
        const Result<Plan> alone = planner.run(candidates, taken);
        if (!alone) return alone.refusal();
        const PlannedAid* planned = taken_aid(*alone, index);
        if (planned == nullptr) continue;
        if (candidate.aid->id == facts.scheme) return std::optional(index);
        // Indices follow the names.
        const bool tie_won = best && planned->amount == largest && index < *best;
        if (!best || planned->amount > largest || tie_won) {
            best = index;
            largest = planned->amount;
        }
    }
    return best;
}

Result<Taken> choose(const RuleSet& rules, const Facts& facts, Planner& planner,
                     std::span<const Candidate> candidates) {
    Taken taken;
    for (const SchemeGroup rank : rules.choices) {
        std::vector<Candidate> group;
        for (const Candidate& candidate : candidates) {
            const Aid& aid = *candidate.aid;
            if (aid.group != rank) continue;
            if (planner.is_given(aid))
                taken[rank] = std::min(aid.index, taken[rank].value_or(aid.index));
            if (planner.could_be_taken(aid)) group.push_back(candidate);
        }
        if (taken[rank]) continue;  // decided by hand already
        if (group.size() == 1) {
            taken[rank] = group[0].aid->index;
        } else if (group.size() > 1) {
            const Result<std::optional<AidIndex>> best =
                best_of(group, taken, rank, facts, planner.unobserved(), candidates);
            if (!best) return best.refusal();
            taken[rank] = *best;
        }
    }
    return taken;
}

std::string label_of(const RuleSet& rules, std::string_view aid_id) {
    const auto at = std::ranges::find(rules.aids, aid_id, &Aid::id);
    return at == rules.aids.end() ? shown(aid_id) : at->label;
}

// An amount decided by hand above what the rules give does not pass unseen.
void warn_of_hand(const Facts& facts, const PlannedAid& planned, Plan& plan) {
    Money decided;
    std::string motive;
    for (const GivenAid& given : facts.given_aids) {
        if (given.aid != planned.aid->id) continue;
        decided += given.amount;
        motive = given.motive;
    }
    if (!planned.by_hand_max || decided <= *planned.by_hand_max) return;
    plan.blocked = true;
    plan.notices.push_back({"manual_amount_above_rule",
                            planned.aid->label + " : " + french(decided) +
                                " décidés à la main, quand la règle donne au plus " +
                                french(*planned.by_hand_max) + ". Motif : « " + shown(motive) +
                                " ». Une seconde personne doit l'approuver."});
}

// Whether a national scheme takes deposits from this household at this date. One that is for those
// known to need it does from them only.
bool any_national_scheme_open(const Facts& facts, const Plan& plan) {
    return std::ranges::any_of(plan.aids, [&](const PlannedAid& planned) {
        if (planned.aid->group != national_group) return false;
        const bool wanted = planned.aid->id == facts.scheme;
        const std::uint64_t not_met = planned.refused | (wanted ? 0 : planned.unverified);
        return (not_met & planned.aid->established) == 0;
    });
}

// Amounts decided by hand that no open rule stands behind, or that the rules keep from standing
// together.
void warn_of_given(const RuleSet& rules, const Facts& facts, Plan& plan) {
    std::array<std::optional<AidIndex>, scheme_groups_max> seen;
    std::array<bool, scheme_groups_max> told{};
    for (const GivenAid& given : facts.given_aids) {
        const std::optional<AidIndex> index = rules.index_of(given.aid);
        if (!index) continue;
        const auto any = std::ranges::find(rules.aids, *index, &Aid::index);
        if (plan.aid(given.aid) == nullptr) {
            plan.notices.push_back({"manual_amount_without_rule",
                                    any->label + " : " + french(given.amount) +
                                        " décidés à la main, quand cette aide n'est pas ouverte à "
                                        "ce dossier. Motif : « " +
                                        shown(given.motive) + " »."});
        }
        for (const Aid& aid : rules.aids) {
            if (aid.index != *index || aid.group == no_group) continue;
            std::optional<AidIndex>& other = seen[aid.group];
            const bool clash = other && *other != *index;
            if (!other) other = *index;
            if (!clash || told[aid.group]) continue;
            told[aid.group] = true;
            plan.blocked = true;
            plan.notices.push_back(
                {"exclusive_schemes", "« " + label_of(rules, rules.aid_ids[*other]) + " » et « " +
                                          any->label +
                                          " » s'excluent : une seule peut être donnée."});
        }
    }
}

void add_notices(const RuleSet& rules, const Facts& facts, Plan& plan) {
    if (!any_national_scheme_open(facts, plan)) {
        plan.notices.push_back(
            {"no_scheme_open", "Aucun dispositif national n'accepte de dépôt le " +
                                   facts.deposit_date().french() + "."});
    }
    for (const PlannedAid& planned : plan.aids) {
        if (planned.aside == Aside::by_hand) warn_of_hand(facts, planned, plan);
    }
    warn_of_given(rules, facts, plan);
    if (plan.remaining_cost.is_negative()) {
        plan.blocked = true;
        plan.notices.push_back(
            {"aids_exceed_cost", "Les aides dépassent le coût de l'opération de " +
                                     french(-plan.remaining_cost) + "."});
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

Refusal no_such_aid(const std::string& field, const std::string& name) {
    return {Code::aid_unknown, field, "Aucune aide ne s'appelle « " + shown(name) + " »."};
}

// The names in the facts that only the rule set can tell right from wrong.
std::optional<Refusal> check_names(const RuleSet& rules, const Facts& facts) {
    if (!facts.scheme.empty() && !rules.index_of(facts.scheme)) {
        return no_such_aid("works.scheme", facts.scheme);
    }
    for (std::size_t i = 0; facts.lines_name_aids() && i < facts.lines.size(); ++i) {
        const std::vector<std::string> none;
        for (const std::string& name : facts.lines[i].eligible_for.value_or(none)) {
            if (rules.index_of(name)) continue;
            return no_such_aid("works.lines[" + std::to_string(i) + "].eligible_for", name);
        }
    }
    for (std::size_t i = 0; i < facts.given_aids.size(); ++i) {
        const GivenAid& given = facts.given_aids[i];
        const std::string field = "given_aids[" + std::to_string(i) + "]";
        if (!rules.index_of(given.aid)) continue;
        if (given.motive.empty()) {
            return Refusal{Code::motive_missing, field + ".motive",
                           "L'aide « " + shown(given.aid) +
                               " » est une aide des règles : un montant décidé à la main demande "
                               "un motif."};
        }
        const bool grant = std::ranges::all_of(rules.aids, [&](const Aid& aid) {
            return aid.id != given.aid || aid.kind == syntax::AidKind::grant;
        });
        if (grant) continue;
        return Refusal{Code::given_not_a_grant, field + ".aid",
                       "« " + shown(given.aid) +
                           " » est un prêt ou un certificat : il ne se donne pas comme une aide "
                           "reçue."};
    }
    return std::nullopt;
}

// What each scheme left for another would have given, after limits.
void note_alternatives(const RuleSet& rules, const Facts& facts, const Scale& scale,
                       std::span<const Candidate> candidates, const Taken& taken, const Plan& plan,
                       Trace& trace) {
    for (const PlannedAid& planned : plan.aids) {
        if (!planned.eligible || planned.aside != Aside::other_scheme) continue;
        const AidIndex index = planned.aid->index;
        Taken instead = taken;
        instead[planned.aid->group] = index;
        const Result<Plan> other = Planner(rules, facts, scale, nullptr).run(candidates, instead);
        const PlannedAid* alone = other ? taken_aid(*other, index) : nullptr;
        if (alone != nullptr) trace.alone(*planned.aid, alone->amount);
    }
}

// The schemes that funders have notified: each is taken, whatever it excludes.
Taken notified_schemes(std::span<const Candidate> candidates, const NotifiedAmounts& notified) {
    Taken taken;
    for (const Candidate& candidate : candidates) {
        const Aid& aid = *candidate.aid;
        if (aid.group != no_group && notified.contains(aid.index)) taken[aid.group] = aid.index;
    }
    return taken;
}

Result<Plan> plan_with(const RuleSet& rules, const Facts& facts, std::vector<Step>* steps,
                       const NotifiedAmounts* notified) {
    DEODAT_ASSERT(facts.has(FactId::works_ttc), "facts are derived before planning");
    const Scale* scale = rules.scale_of(rules.general_scale, facts);
    if (scale == nullptr) {
        return Refusal{
            Code::scale_missing, "deposit_date",
            "Aucun barème de revenus ne couvre un dépôt le " + facts.deposit_date().french() + "."};
    }
    if (const std::optional<Refusal> refusal = check_names(rules, facts)) return *refusal;
    const std::vector<Candidate> candidates = candidates_of(rules, facts);
    Trace trace;
    Planner planner(rules, facts, *scale, steps == nullptr ? nullptr : &trace, notified);
    const Result<Taken> taken = notified == nullptr
                                    ? choose(rules, facts, planner, candidates)
                                    : Result<Taken>(notified_schemes(candidates, *notified));
    if (!taken) return taken.refusal();
    Result<Plan> made = planner.run(candidates, *taken);
    if (!made) return made;
    add_notices(rules, facts, *made);
    if (steps != nullptr) {
        note_alternatives(rules, facts, *scale, candidates, *taken, *made, trace);
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
    if (scale_missing) {
        out.push_back(
            {"scale_missing", "Aucun barème de revenus de cette aide ne couvre sa date."});
    }
    if (rounded_to_nothing) {
        out.push_back({"below_minimum", "Le droit existe, mais son montant est arrondi à 0 €."});
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
    if (eligible && aside == Aside::undecided) out.emplace_back("decision");
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
    return plan_with(rules, facts, nullptr, nullptr);
}

Result<Plan> plan_within(const RuleSet& rules, const Facts& facts,
                         const NotifiedAmounts& notified) {
    return plan_with(rules, facts, nullptr, &notified);
}

Result<Explained> explain(const RuleSet& rules, const Facts& facts) {
    std::vector<Step> steps;
    Result<Plan> made = plan_with(rules, facts, &steps, nullptr);
    if (!made) return made.refusal();
    return Explained{std::move(*made), std::move(steps)};
}

}  // namespace deodat::rules
