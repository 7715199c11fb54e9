#include "rules/plan/trace.h"

#include <algorithm>

#include "rules/engine/margin.h"
#include "rules/engine/wording.h"
#include "rules/plan/origin.h"

namespace deodat::rules {
namespace {

std::string_view rounding_words(const Aid& aid) {
    if (aid.round_to == syntax::RoundTo::cent) return "";
    if (aid.round_how == syntax::RoundHow::down) return " (arrondi à l'euro inférieur)";
    if (aid.round_how == syntax::RoundHow::up) return " (arrondi à l'euro supérieur)";
    return " (arrondi à l'euro le plus proche)";
}

void append(std::vector<Step>& steps, std::vector<Step> more) {
    for (Step& step : more) steps.push_back(std::move(step));
}

// A condition that failed: its sentence, then what the dossier has and by how much it misses.
Step failed(const Aid& aid, Frame& frame, const Condition& condition, bool first) {
    Step step{aid.id, "condition", first ? "Raison : " : "Autre condition non remplie : "};
    step.text += condition.sentence;
    const std::vector<Miss> missed = misses(aid, frame, condition.test);
    for (std::size_t i = 0; i < missed.size(); ++i) {
        step.text += i == 0 ? " " + capitalised(missed[i].text) : " ; " + missed[i].text;
    }
    if (!missed.empty()) step.text += ".";
    if (missed.size() == 1 && missed[0].cents) {
        step.amount = Money::cents(std::min(*missed[0].cents, Money::cents_max));
    }
    return step;
}

// Why the figures of an aid that met every condition refuse it all the same.
void add_refusals(Frame& frame, const PlannedAid& planned, std::vector<Step>& refusals) {
    const Aid& aid = *planned.aid;
    if (frame.outside_table) {
        std::string text = "Raison : aucune ligne du barème de cette aide ne correspond.";
        for (const NodeIndex figure : {aid.base, aid.rate, aid.amount, aid.at_most}) {
            if (figure == no_node) continue;
            const std::optional<Miss> miss = outside_tables(aid, frame, figure);
            if (!miss) continue;
            text += " " + capitalised(miss->text) + ".";
            break;
        }
        refusals.push_back({aid.id, "outside_table", std::move(text)});
    }
    if (planned.below_minimum) {
        const NodeIndex least = aid.at_least;
        const Money minimum = amount_to_show(
            rounded_cents(evaluate(frame, least).number, frame.rules.nodes[least].scale,
                          syntax::RoundTo::cent, syntax::RoundHow::half_up));
        const Money missing = minimum - planned.before_limit;
        refusals.push_back({aid.id, "below_minimum",
                            "Raison : montant calculé de " + french(planned.before_limit) + ", " +
                                french(missing) + " de moins que le minimum versé de " +
                                french(minimum) + ".",
                            missing});
    }
}

}  // namespace

AidNotes& Trace::notes_to_fill(const Aid& aid) {
    const auto at = std::ranges::find(aids_, &aid, &AidNotes::aid);
    if (at != aids_.end()) return *at;
    aids_.push_back({});
    aids_.back().aid = &aid;
    return aids_.back();
}

const AidNotes& Trace::notes(const Aid& aid) const {
    static const AidNotes none;
    const auto at = std::ranges::find(aids_, &aid, &AidNotes::aid);
    return at == aids_.end() ? none : *at;
}

void Trace::condition(const Aid& aid, Frame& frame, const Condition& condition, Answer answer) {
    const Untouched kept(frame);
    AidNotes& notes = notes_to_fill(aid);
    if (answer == Answer::no) {
        notes.failed.push_back(failed(aid, frame, condition, notes.failed.empty()));
    }
    if (answer == Answer::yes) {
        std::string text = capitalised(answered(aid, frame, condition.test));
        if (text.find("(ici : ") != std::string::npos) text += " : rempli";
        notes.met.push_back({aid.id, "condition", std::move(text)});
    }
}

void Trace::amount(Frame& frame, const PlannedAid& planned) {
    const Untouched kept(frame);
    const Aid& aid = *planned.aid;
    AidNotes& notes = notes_to_fill(aid);
    add_refusals(frame, planned, notes.failed);
    const std::string result = french(planned.before_limit);
    std::string text;
    if (aid.at_most == no_node) {
        text = formula(aid, frame, aid.amount, result);
        if (text == result) text = "Montant forfaitaire : " + result;
    } else {
        text = "min(" + wording_with_values(aid, frame, aid.amount) + ", plafond " +
               wording_with_values(aid, frame, aid.at_most) + ") = " + result;
    }
    text += rounding_words(aid);
    if (planned.rounded_to_nothing)
        text += " (le droit existe, mais son montant s'arrondit à zéro)";
    if (evaluate(frame, aid.amount).number < 0) text += " (un montant négatif compte pour zéro)";
    Step step{aid.id, "amount", std::move(text), planned.before_limit, {}, {}, {}};
    step.parts = origins(aid.id, aid, frame, aid.amount);
    if (aid.at_most != no_node) append(step.parts, origins(aid.id, aid, frame, aid.at_most));
    notes.amount = std::move(step);
}

void Trace::limit(Frame& frame, const LimitOutcome& outcome, const Plan& plan) {
    static const Aid none;
    const Untouched kept(frame);
    const Limit& limit = *outcome.limit;
    LimitNotes notes;
    notes.ceiling = {limit.id,
                     "ceiling",
                     "Plafond : " + formula(none, frame, limit.ceiling, french(outcome.ceiling)),
                     outcome.ceiling,
                     {},
                     {},
                     origins(limit.id, none, frame, limit.ceiling)};
    notes.counted = {limit.id, "counted_aids", "Aides comptées : " + french(outcome.counted),
                     outcome.counted};
    const auto add = [&](const std::string& rule, const std::string& label, Money amount) {
        notes.counted.parts.push_back({rule, "counted", label + " : " + french(amount), amount});
    };
    for (const PlannedAid& planned : plan.aids) {
        const Aid& aid = *planned.aid;
        if (!planned.chosen || !limit.counted[aid.index]) continue;
        if (aid.equivalent == no_node) {
            add(aid.id, aid.label, planned.amount);
        } else {
            add(aid.id, aid.label + " (équivalent en subvention)", planned.equivalent);
        }
    }
    for (const GivenAid& given : plan.given_aids) {
        const std::optional<AidIndex> known = frame.rules.index_of(given.aid);
        const bool counts = known ? bool{limit.counted[*known]} : limit.counts_given_aids;
        if (counts) add(given.aid, given_label(frame.rules, given), given.amount);
    }
    limits_.push_back(std::move(notes));
}

void Trace::cut(const LimitOutcome& outcome, const PlannedAid& planned, Money reduction) {
    const Limit& limit = *outcome.limit;
    const std::string change = french(planned.amount + reduction) + " − " + french(reduction) +
                               " = " + french(planned.amount);
    notes_to_fill(*planned.aid)
        .cuts.push_back(
            {limit.id, "cut", "Réduction par « " + limit.label + " » : " + change, planned.amount});
    limits_.back().cuts.push_back({limit.id, "cut",
                                   "Réduction de « " + planned.aid->label + " » : " + change,
                                   planned.amount});
}

void Trace::advance(Frame& frame, const PlannedAid& planned) {
    const Untouched kept(frame);
    const Aid& aid = *planned.aid;
    notes_to_fill(aid).advance =
        Step{aid.id,
             "advance",
             "Avance : " + formula(aid, frame, aid.advance, french(planned.advance)),
             planned.advance,
             {},
             {},
             origins(aid.id, aid, frame, aid.advance)};
}

void Trace::instalments(Frame& frame, const PlannedAid& planned) {
    const Untouched kept(frame);
    const Aid& aid = *planned.aid;
    const Money most = planned.before_balance_max;
    notes_to_fill(aid).instalments =
        Step{aid.id, "instalments",
             "Acomptes : " + std::to_string(planned.instalments) + " au plus, avance comprise " +
                 "jusqu'à " + formula(aid, frame, aid.before_balance, french(most)),
             most};
}

void Trace::alone(const Aid& aid, Money amount) {
    notes_to_fill(aid).alone = amount;
}

}  // namespace deodat::rules
