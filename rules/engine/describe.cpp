#include "rules/engine/describe.h"

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

std::string counted_in(const RuleSet& rules, const Aid& aid) {
    std::string out;
    for (const Limit& limit : rules.limits) {
        if (!limit.counted[aid.index]) continue;
        out += (out.empty() ? "" : ", ") + limit.label + " (" + limit.id + ")";
    }
    return out;
}

}  // namespace

std::int64_t first_day(const std::vector<Window>& windows) {
    std::int64_t first = INT64_MAX;
    for (const Window& window : windows) first = std::min(first, window.from);
    return first;
}

std::string french_windows(const std::vector<Window>& windows) {
    std::string out;
    for (const Window& window : windows) out += (out.empty() ? "" : ", ") + french_window(window);
    return out;
}

std::string describe(const RuleSet& rules, const Aid& aid) {
    std::string out = aid.label + " (" + aid.id + ")\n";
    const auto value = [&](std::string_view name, NodeIndex node) {
        if (node != no_node) out += line(name, wording(rules, node));
    };
    out += line("financeur", aid.funder);
    out += line("dépôts", french_windows(aid.windows));
    if (aid.territory) out += line("territoire", aid.territory_french);
    for (std::size_t i = 0; i < aid.conditions.size(); ++i) {
        out += line(i == 0 ? "conditions" : "", wording(rules, aid.conditions[i].test));
    }
    value("base", aid.base);
    value("taux", aid.rate);
    value("montant", aid.amount);
    value("au plus", aid.at_most);
    value("au moins", aid.at_least);
    out += line("arrondi", rounding(aid));
    value("avance", aid.advance);
    const std::string limits = counted_in(rules, aid);
    if (!limits.empty()) out += line("compte dans", limits);
    if (!aid.source.empty()) out += line("source", aid.source);
    if (!aid.note.empty()) out += line("note", aid.note);
    return out;
}

}  // namespace deodat::rules
