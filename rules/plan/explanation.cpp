#include "rules/plan/explanation.h"

#include <algorithm>

#include "rules/engine/wording.h"
#include "rules/plan/origin.h"

namespace deodat::rules {
namespace {

bool is_grant(const PlannedAid& planned) {
    return planned.aid->kind == syntax::AidKind::grant;
}

std::string quoted(const Aid& aid) {
    return "« " + aid.label + " »";
}

Step works(const Facts& facts, const Plan& plan) {
    Step step{"plan", "works", "Travaux TTC : " + french(plan.works_ttc), plan.works_ttc};
    for (const WorksLine& line : facts.lines) {
        const std::string trade = line.trade.empty() ? "travaux" : plain_words(line.trade);
        step.parts.push_back({"plan", "works_line",
                              capitalised(trade) + " : " + french(line.amount_ht) + " HT + TVA " +
                                  french_rate(line.vat_bp) + " = " + french(line.ttc()),
                              line.ttc()});
    }
    return step;
}

// A chosen aid, whatever its kind.
Step chosen(const PlannedAid& planned, const AidNotes& notes, const char* step_name) {
    const Aid& aid = *planned.aid;
    Step step{
        aid.id,   step_name, aid.label + " : " + french(planned.amount), planned.amount, aid.source,
        aid.note, {}};
    if (notes.amount) step.parts.push_back(*notes.amount);
    for (const Step& cut : notes.cuts) step.parts.push_back(cut);
    if (notes.advance) step.parts.push_back(*notes.advance);
    if (notes.instalments) step.parts.push_back(*notes.instalments);
    if (!notes.met.empty()) {
        step.parts.push_back({aid.id, "conditions", "Conditions remplies", {}, {}, {}, notes.met});
    }
    return step;
}

Step limit(const LimitOutcome& outcome, const LimitNotes& notes) {
    const Limit& rule = *outcome.limit;
    std::string text = rule.label + " : aides comptées " + french(outcome.counted) + ", plafond " +
                       french(outcome.ceiling) + ", ";
    if (outcome.counted > outcome.ceiling) {
        text += "dépassé de " + french(outcome.counted - outcome.ceiling);
    } else if (outcome.counted == outcome.ceiling) {
        text += "atteint sans être dépassé";
    } else {
        text += "non atteint (marge de " + french(outcome.ceiling - outcome.counted) + ")";
    }
    Step step{rule.id,
              "limit",
              std::move(text),
              {},
              rule.source,
              rule.note,
              {notes.ceiling, notes.counted}};
    for (const Step& cut : notes.cuts) step.parts.push_back(cut);
    if (outcome.excess.is_positive()) {
        step.parts.push_back(
            {rule.id, "excess",
             "Dépassement qui reste, toutes réductions faites : " + french(outcome.excess),
             outcome.excess});
    }
    return step;
}

Step remaining_cost(const RuleSet& rules, const Facts& facts, const Plan& plan,
                    const Trace& trace) {
    const std::string other = plan.other_costs.is_positive()
                                  ? " + autres coûts " + french(plan.other_costs)
                                  : std::string();
    Step step{"plan", "remaining_cost",
              "Reste à charge : travaux TTC " + french(plan.works_ttc) + other + " − aides " +
                  french(plan.total_aid) + " = " + french(plan.remaining_cost),
              plan.remaining_cost};
    if (plan.remaining_cost.is_negative()) step.text += " (les aides dépassent le coût)";
    step.parts.push_back(works(facts, plan));
    for (const FactId cost : costs_beside_works) {
        if (!facts.has(cost) || facts.get(cost) == 0) continue;
        const Money amount = Money::cents(facts.get(cost));
        step.parts.push_back({"plan", "other_cost",
                              capitalised(std::string(fact(cost).french)) + " : " + french(amount),
                              amount});
    }
    for (const PlannedAid& planned : plan.aids) {
        if (!planned.chosen || !is_grant(planned)) continue;
        step.parts.push_back(chosen(planned, trace.notes(*planned.aid), "aid"));
    }
    for (const GivenAid& given : plan.given_aids) {
        Step part{given.aid, "given_aid", given_label(rules, given) + " : " + french(given.amount),
                  given.amount};
        if (!given.motive.empty()) {
            part.parts.push_back({given.aid, "motive", "Motif : " + given.motive});
        }
        step.parts.push_back(std::move(part));
    }
    for (std::size_t i = 0; i < plan.limits.size(); ++i) {
        step.parts.push_back(limit(plan.limits[i], trace.limits()[i]));
    }
    return step;
}

Step uncounted(const PlannedAid& planned, const AidNotes& notes) {
    Step step = chosen(planned, notes, "uncounted");
    step.text += planned.aid->kind == syntax::AidKind::loan
                     ? " à emprunter puis à rembourser : ne diminue pas le reste à charge"
                     : " de certificats d'énergie : non déduits du reste à charge";
    return step;
}

Step refused(const PlannedAid& planned, const AidNotes& notes) {
    const Aid& aid = *planned.aid;
    Step step{aid.id,   "refused",   aid.label + " : aide refusée", {}, aid.source,
              aid.note, notes.failed};
    if (planned.scale_missing) {
        const char* first = step.parts.empty() ? "Raison : " : "De plus : ";
        step.parts.push_back(
            {aid.id, "scale_missing",
             std::string(first) + "aucun barème de revenus de cette aide ne couvre sa date."});
    }
    return step;
}

// Which scheme was kept in place of this one, why, and how many euros lie between.
std::string other_scheme(const Facts& facts, const Plan& plan, const Aid& aid, Money amount) {
    for (const PlannedAid& kept : plan.aids) {
        if (!kept.chosen || kept.aid->group != aid.group) continue;
        const Money gap = kept.amount - amount;
        std::string text = "possible, mais non retenue : elle ne se cumule pas avec " +
                           quoted(*kept.aid) + ", retenue " +
                           (kept.aid->id == facts.scheme ? "à la demande du ménage"
                                                         : "parce qu'elle donne le plus") +
                           ". Elle aurait donné " + french(amount) + ", soit ";
        if (gap.is_zero()) return text + "autant";
        return text + (gap.is_positive() ? french(gap) + " de moins" : french(-gap) + " de plus");
    }
    return "possible, mais non retenue";
}

std::string established_first(const PlannedAid& planned) {
    std::string text = "possible, mais comptée seulement quand ceci sera établi :";
    for (std::size_t i = 0; i < planned.aid->conditions.size(); ++i) {
        if ((planned.unverified & planned.aid->established) >> i & 1U) {
            text += " " + planned.aid->conditions[i].sentence;
        }
    }
    return text;
}

std::string in_place_of_the_rule(const Plan& plan, const PlannedAid& planned) {
    Money decided;
    for (const GivenAid& given : plan.given_aids) {
        if (given.aid == planned.aid->id) decided += given.amount;
    }
    std::string text = "montant décidé à la main, " + french(decided);
    if (!planned.by_hand_max) return text;
    return text + ", quand la règle donne au plus " + french(*planned.by_hand_max);
}

Step not_chosen(const Facts& facts, const Plan& plan, const PlannedAid& planned,
                const AidNotes& notes) {
    const Aid& aid = *planned.aid;
    const Money amount = notes.alone.value_or(planned.amount);
    Step step{aid.id, "not_chosen", aid.label + " : ", amount, aid.source, aid.note, {}};
    switch (planned.aside) {
        case Aside::none:
        case Aside::other_scheme:
            step.text += other_scheme(facts, plan, aid, amount);
            break;
        case Aside::not_established:
            step.text += established_first(planned);
            break;
        case Aside::by_hand:
            step.text += in_place_of_the_rule(plan, planned);
            break;
        case Aside::not_notified:
            step.text += "jamais notifiée, donc non comptée";
            break;
        case Aside::undecided:
            step.text += "montant décidé au cas par cas, pas encore connu, donc non compté";
            step.amount.reset();
            return step;
    }
    if (notes.amount) step.parts.push_back(*notes.amount);
    return step;
}

// What stands for a fact that was not given.
std::string_view meanwhile(Type type) {
    if (type == Type::date) return "la date de dépôt";
    return type == Type::boolean ? "« non »" : "zéro";
}

// What is asked in a condition or an amount, and was not given.
Step to_verify(const PlannedAid& planned) {
    const Aid& aid = *planned.aid;
    Step step{aid.id, "to_verify", aid.label + " : à vérifier"};
    std::vector<std::string_view> said;
    for (std::size_t i = 0; i < aid.conditions.size(); ++i) {
        if ((planned.unverified >> i & 1U) == 0) continue;
        step.parts.push_back({aid.id, "condition", aid.conditions[i].sentence});
        said.push_back(aid.conditions[i].code);
    }
    for (std::size_t i = 0; i < fact_count; ++i) {
        const Fact& row = dictionary()[i];
        if (!planned.counted_as_nothing[i] || std::ranges::count(said, row.code()) > 0) continue;
        step.parts.push_back({aid.id, "fact",
                              capitalised(std::string(row.french)) + " : à indiquer (" +
                                  std::string(meanwhile(row.type)) + " en attendant)"});
    }
    return step;
}

// True when a class of income was shown with its ceilings; later places lose theirs.
bool show_ceilings_once(std::vector<Step>& steps, bool shown) {
    for (Step& step : steps) {
        if (step.step == "income_class") {
            if (shown) {
                step.parts.clear();
                step.source.clear();
                step.note.clear();
            }
            shown = true;
        }
        shown = show_ceilings_once(step.parts, shown);
    }
    return shown;
}

}  // namespace

std::vector<Step> explanation(const RuleSet& rules, const Facts& facts, const Scale& scale,
                              const Plan& plan, const Trace& trace) {
    std::vector<Step> steps{remaining_cost(rules, facts, plan, trace)};
    for (const PlannedAid& planned : plan.aids) {
        if (!planned.chosen || is_grant(planned)) continue;
        steps.push_back(uncounted(planned, trace.notes(*planned.aid)));
    }
    for (const PlannedAid& planned : plan.aids) {
        if (!planned.eligible) steps.push_back(refused(planned, trace.notes(*planned.aid)));
    }
    for (const PlannedAid& planned : plan.aids) {
        if (!planned.eligible || planned.chosen) continue;
        steps.push_back(not_chosen(facts, plan, planned, trace.notes(*planned.aid)));
    }
    for (const PlannedAid& planned : plan.aids) {
        Step step = to_verify(planned);
        if (planned.chosen && !step.parts.empty()) steps.push_back(std::move(step));
    }
    for (const Reason& notice : plan.notices) {
        steps.push_back({"plan", "notice", notice.message});
    }
    if (!show_ceilings_once(steps, false)) {
        steps.push_back(income_class_step(scale, facts, plan.income_class));
    }
    return steps;
}

}  // namespace deodat::rules
