#include "rules/engine/describe.h"

#include <algorithm>

#include "ledger/base/text.h"

#include "rules/engine/wording.h"

namespace deodat::rules {
namespace {

std::string line(std::string_view name, const std::string& text) {
    constexpr std::size_t width = 14;
    std::string out = "  " + std::string(name);
    const std::size_t columns = code_points(name);
    out.append(width > columns ? width - columns : 1, ' ');
    return out + text + "\n";
}

std::string rounding(const Aid& aid) {
    if (aid.round_to == syntax::RoundTo::cent) return "au centime le plus proche";
    if (aid.round_how == syntax::RoundHow::down) return "à l'euro inférieur";
    if (aid.round_how == syntax::RoundHow::up) return "à l'euro supérieur";
    return "à l'euro le plus proche";
}

// The limits in force with this version; those of several versions are named once.
std::string counted_in(const RuleSet& rules, const Aid& aid) {
    std::string out;
    std::vector<std::string_view> named;
    for (const Limit& limit : rules.limits) {
        if (!limit.counted[aid.index] || !limit.dating.meets(aid.dating)) continue;
        if (std::find(named.begin(), named.end(), limit.label) != named.end()) continue;
        named.push_back(limit.label);
        out += (out.empty() ? "" : ", ") + limit.label;
    }
    return out;
}

}  // namespace

std::int64_t first_day(const Dating& dating) {
    std::int64_t first = INT64_MAX;
    for (const Window& window : dating.windows) first = std::min(first, window.from);
    return first;
}

std::string french_dating(const Dating& dating) {
    std::string out;
    for (const Window& window : dating.windows) {
        out += (out.empty() ? "" : ", ") + french_window(window);
    }
    if (dating.by == FactId::deposit_date) return out;
    return out + " (" + std::string(fact(dating.by).french) + ")";
}

std::string describe(const RuleSet& rules, const Aid& aid) {
    std::string out = aid.label + " (" + aid.id + ")\n";
    const auto value = [&](std::string_view name, NodeIndex node) {
        if (node != no_node) out += line(name, wording(rules, node));
    };
    out += line("financeur", aid.funder);
    out += line(aid.dating.by == FactId::deposit_date ? "dépôts" : "périodes",
                french_dating(aid.dating));
    if (aid.territory) out += line("territoire", aid.territory_french);
    for (std::size_t i = 0; i < aid.conditions.size(); ++i) {
        const Condition& condition = aid.conditions[i];
        const std::string text = wording(rules, condition.test);
        out += line(i == 0 ? "conditions" : "",
                    text + (condition.established ? " (à établir avant de retenir l'aide)" : ""));
    }
    value("base", aid.base);
    value("taux", aid.rate);
    if (aid.decided)
        out += line("montant", "décidé au cas par cas, avec son motif");
    else
        value("montant", aid.amount);
    value("au plus", aid.at_most);
    value("au moins", aid.at_least);
    out += line("arrondi", rounding(aid));
    value("équivalent", aid.equivalent);
    value("avance", aid.advance);
    if (aid.before_balance != no_node) {
        out +=
            line("acomptes", "au plus " + std::to_string(aid.instalments) +
                                 ", avance comprise au plus " + wording(rules, aid.before_balance));
    }
    const std::string limits = counted_in(rules, aid);
    if (!limits.empty()) out += line("compte dans", limits);
    if (!aid.source.empty()) out += line("source", aid.source);
    if (!aid.note.empty()) out += line("note", aid.note);
    return out;
}

}  // namespace deodat::rules
