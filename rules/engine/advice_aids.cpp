#include "rules/engine/advice_parts.h"
#include "rules/engine/possible.h"
#include "rules/engine/wording.h"

namespace deodat::rules {
namespace {

std::string quoted(const RuleSet& rules, const Condition& condition) {
    return "« " + wording(rules, condition.test) + " »";
}

Advice nobody(const RuleSet& rules, const Aid& aid, const Condition& condition,
              const Possible& anybody) {
    const bool alone = !anybody.where(condition.test, true);
    return {aid.file, condition.at,
            "Personne ne peut obtenir cette aide : " + quoted(rules, condition) +
                (alone ? " n'est jamais vrai, aux dates et sur le territoire de l'aide."
                       : " contredit les conditions qui précèdent.")};
}

Advice always(const RuleSet& rules, const Aid& aid, const Condition& condition,
              const Possible& anybody) {
    const bool alone = !anybody.where(condition.test, false);
    return {aid.file, condition.at,
            "Cette condition ne refuse personne : " + quoted(rules, condition) +
                (alone ? " est toujours vrai." : " suit déjà des conditions qui précèdent.")};
}

// What remains possible once every condition is met; nothing when nobody meets them all.
std::optional<Possible> meeting_conditions(const RuleSet& rules, const Aid& aid,
                                           std::vector<Advice>& out) {
    const Possible anybody(rules, aid);
    if (!anybody.has_dwelling()) {
        out.push_back({aid.file, aid.at,
                       "Personne ne peut obtenir cette aide : son territoire ne contient aucune "
                       "commune."});
        return std::nullopt;
    }
    Possible left = anybody;
    for (const Condition& condition : aid.conditions) {
        const std::optional<Possible> met = left.where(condition.test, true);
        if (!met) {
            out.push_back(nobody(rules, aid, condition, anybody));
            return std::nullopt;
        }
        // `established` asks that the answer be known, which is never idle.
        if (!condition.established && !left.where(condition.test, false)) {
            out.push_back(always(rules, aid, condition, anybody));
        }
        left = *met;
    }
    return left;
}

// The most an amount may be, in whole euros up: rounding never takes it above.
std::optional<Int128> highest_euros(const RuleSet& rules, const Possible& left, NodeIndex node) {
    const std::optional<Int128> high = left.bounds(node).high;
    if (!high) return std::nullopt;
    const Int128 euro = static_cast<Int128>(scale_unit(rules.nodes[node].scale)) * 100;
    return *high <= 0 ? 0 : (*high + euro - 1) / euro;
}

// Says when the amount is nil, or below its minimum, whatever the dossier.
void amount(const RuleSet& rules, const Aid& aid, const Possible& left, std::vector<Advice>& out) {
    std::optional<Int128> most = highest_euros(rules, left, aid.amount);
    if (aid.at_most != no_node) {
        const std::optional<Int128> cap = highest_euros(rules, left, aid.at_most);
        if (cap && (!most || *cap < *most)) most = cap;
    }
    if (!most) return;
    if (*most == 0) {
        out.push_back({aid.file, aid.at, "Le montant de cette aide est toujours nul."});
        return;
    }
    if (aid.at_least == no_node) return;
    const std::optional<Int128> least = left.bounds(aid.at_least).low;
    const int scale = rules.nodes[aid.at_least].scale;
    if (!least || *least <= *most * 100 * scale_unit(scale)) return;
    out.push_back({aid.file, aid.at,
                   "Personne ne peut obtenir cette aide : le minimum versé dépasse le plus grand "
                   "montant possible."});
}

}  // namespace

void advise_on_aids(const RuleSet& rules, std::vector<Advice>& out) {
    for (const Aid& aid : rules.aids) {
        const std::optional<Possible> left = meeting_conditions(rules, aid, out);
        if (left && !aid.decided) amount(rules, aid, *left, out);
    }
}

}  // namespace deodat::rules
