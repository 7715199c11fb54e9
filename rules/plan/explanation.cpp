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
                                  french_rate(line.vat_bp) + " = " + french(line.ttc()) + " TTC",
                              line.ttc()});
    }
    return step;
}

// A chosen aid, whatever its kind.
Step chosen(const PlannedAid& planned, const AidNotes& notes, const char* step_name) {
    const Aid& aid = *planned.aid;
    Step step{aid.id,     step_name, aid.label + " : " + french(planned.amount), planned.amount,
              aid.source, aid.note,  {}};
    if (notes.amount) step.parts.push_back(*notes.amount);
    for (const Step& cut : notes.cuts) step.parts.push_back(cut);
    if (notes.advance) step.parts.push_back(*notes.advance);
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
    Step step{rule.id,   "limit", std::move(text),                  {}, rule.source,
              rule.note, {notes.ceiling, notes.counted}};
    for (const Step& cut : notes.cuts) step.parts.push_back(cut);
    if (outcome.excess.is_positive()) {
        step.parts.push_back({rule.id, "excess",
                              "Dépassement qui reste, toutes réductions faites : " +
                                  french(outcome.excess),
                              outcome.excess});
    }
    return step;
}

Step remaining_cost(const RuleSet& rules, const Facts& facts, const Plan& plan,
                    const Trace& trace) {
    Step step{"plan", "remaining_cost",
              "Reste à charge : travaux TTC " + french(plan.works_ttc) + " − aides " +
                  french(plan.total_aid) + " = " + french(plan.remaining_cost),
              plan.remaining_cost};
    step.parts.push_back(works(facts, plan));
    for (const PlannedAid& planned : plan.aids) {
        if (!planned.chosen || !is_grant(planned)) continue;
        step.parts.push_back(chosen(planned, trace.notes(*planned.aid), "aid"));
    }
    for (const GivenAid& given : plan.given_aids) {
        step.parts.push_back({given.aid, "given_aid",
                              given_label(rules, given) + " : " + french(given.amount),
                              given.amount});
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
    return {aid.id,   "refused",   aid.label + " : aide refusée", {}, aid.source,
            aid.note, notes.failed};
}

// A scheme left for another: which, why, and how many euros lie between.
Step not_chosen(const Facts& facts, const Plan& plan, const PlannedAid& planned,
                const AidNotes& notes) {
    const Aid& aid = *planned.aid;
    const Money amount = notes.alone.value_or(planned.amount);
    Step step{aid.id,     "not_chosen", aid.label + " : possible, mais non retenue", amount,
              aid.source, aid.note,     {}};
    if (notes.amount) step.parts.push_back(*notes.amount);
    for (const PlannedAid& kept : plan.aids) {
        if (!kept.chosen || !kept.aid->national_scheme) continue;
        const Money gap = kept.amount - amount;
        step.text += " : elle ne se cumule pas avec " + quoted(*kept.aid) + ", retenue " +
                     (kept.aid->id == facts.scheme ? "à la demande du ménage"
                                                   : "parce qu'elle donne le plus") +
                     ". Elle aurait donné " + french(amount) + ", soit ";
        if (gap.is_zero()) step.text += "autant";
        if (gap.is_positive()) step.text += french(gap) + " de moins";
        if (gap.is_negative()) step.text += french(-gap) + " de plus";
        break;
    }
    return step;
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
        step.parts.push_back(
            {aid.id, "fact",
             capitalised(std::string(row.french)) + " : à indiquer (" +
                 (row.type == Type::boolean ? "« non » en attendant" : "zéro en attendant") + ")"});
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
