#include "rules/plan/trace.h"

#include "rules/engine/wording.h"

namespace deodat::rules {
namespace {

std::string_view rounding_words(const Aid& aid) {
    if (aid.round_to == syntax::RoundTo::cent) return "";
    if (aid.round_how == syntax::RoundHow::down) return ", arrondi à l'euro inférieur";
    if (aid.round_how == syntax::RoundHow::up) return ", arrondi à l'euro supérieur";
    return ", arrondi à l'euro le plus proche";
}

// What a simple test looked at: the left side of a comparison or set, or the fact itself.
std::string given_value(const Aid& aid, Frame& frame, NodeIndex test) {
    const Node& node = frame.rules.nodes[test];
    if (node.op == Op::fact) return wording_with_values(aid, frame, test);
    const bool compared =
        node.op == Op::in_set || (node.op >= Op::less && node.op <= Op::not_equal);
    if (!compared && node.op != Op::logical_not) return "";
    const NodeIndex left = frame.rules.links[node.first];
    return node.op == Op::logical_not ? given_value(aid, frame, left)
                                      : wording_with_values(aid, frame, left);
}

std::string french_class(IncomeClass income_class) {
    return std::string(income_classes().values[static_cast<std::size_t>(income_class)].french);
}

}  // namespace

void Trace::income_class(const Scale& scale, const Facts& facts, IncomeClass found) {
    const auto zone = static_cast<Zone>(facts.get(FactId::zone));
    const std::int64_t persons = facts.get(FactId::persons);
    std::string text = "Revenu fiscal de référence " +
                       french_cents(facts.get(FactId::reference_income)) + " pour " +
                       std::to_string(persons) + (persons > 1 ? " personnes" : " personne") + " (" +
                       std::string(zones().values[static_cast<std::size_t>(zone)].french) + ")";
    if (found == IncomeClass::upper) {
        text += ", au-dessus de " +
                french_cents(scale.ceiling(zone, IncomeClass::intermediate, persons));
    } else {
        text += std::string(scale.inclusive ? " ≤ " : " < ") +
                french_cents(scale.ceiling(zone, found, persons));
    }
    lines_.push_back(
        {scale.id, "income_class", text + " : catégorie " + french_class(found) + "."});
}

void Trace::condition(const Aid& aid, Frame& frame, const Condition& condition, Answer answer) {
    std::string text = wording(frame.rules, condition.test);
    const std::string given = given_value(aid, frame, condition.test);
    if (answer != Answer::unknown && !given.empty()) text += " (ici : " + given + ")";
    switch (answer) {
        case Answer::yes:
            text += " : rempli.";
            break;
        case Answer::no:
            text += " : non rempli. " + condition.sentence;
            break;
        case Answer::unknown:
            text += " : à vérifier, n'empêche pas le calcul.";
            break;
    }
    lines_.push_back({aid.id, "condition", std::move(text)});
}

void Trace::amount(Frame& frame, const PlannedAid& planned) {
    const Aid& aid = *planned.aid;
    std::string text = wording_with_values(aid, frame, aid.amount);
    if (aid.at_most != no_node) {
        text = "min(" + text + ", plafond " + wording_with_values(aid, frame, aid.at_most) + ")";
    }
    const std::string result = french(planned.before_limit);
    if (text != result) text += " = " + result;
    text += rounding_words(aid);
    if (planned.below_minimum) {
        text +=
            " ; montant inférieur au minimum de " + wording_with_values(aid, frame, aid.at_least);
    }
    lines_.push_back({aid.id, "amount", std::move(text)});
}

void Trace::limit(Frame& frame, const LimitOutcome& outcome) {
    static const Aid none;
    const std::string ceiling = wording_with_values(none, frame, outcome.limit->ceiling);
    std::string text = outcome.limit->label + " : " + ceiling + " = " + french(outcome.ceiling) +
                       ". Aides comptées : " + french(outcome.counted) + ". ";
    if (outcome.counted <= outcome.ceiling) {
        text += "Le plafond n'est pas atteint.";
    } else {
        text += "Dépassement : " + french(outcome.counted - outcome.ceiling) + ".";
    }
    lines_.push_back({outcome.limit->id, "limit", std::move(text)});
}

void Trace::cut(const LimitOutcome& outcome, const PlannedAid& planned, Money reduction) {
    lines_.push_back({outcome.limit->id, "cut",
                      planned.aid->label + " : " + french(planned.amount + reduction) + " − " +
                          french(reduction) + " = " + french(planned.amount)});
}

void Trace::advance(Frame& frame, const PlannedAid& planned) {
    lines_.push_back({planned.aid->id, "advance",
                      "Avance : " + wording_with_values(*planned.aid, frame, planned.aid->advance) +
                          " = " + french(planned.advance)});
}

void Trace::total(const Plan& plan) {
    lines_.push_back(
        {"plan", "remaining_cost",
         "Reste à charge : travaux TTC " + french(plan.works_ttc) +
             (plan.other_costs.is_positive() ? " + autres coûts " + french(plan.other_costs) : "") +
             " − aides " + french(plan.total_aid) + " = " + french(plan.remaining_cost)});
}

}  // namespace deodat::rules
