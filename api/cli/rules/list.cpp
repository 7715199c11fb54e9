// deodat rules list [--at DATE] [--rules DIR]
//
// The version of the rules, then aids, limits and scales, each with its source and its note; with a
// date, only what is open to a deposit of that day.
#include <algorithm>
#include <iostream>

#include "api/cli/options.h"
#include "api/cli/rule_choice.h"
#include "api/cli/rules/subcommands.h"
#include "api/cli/table.h"
#include "ledger/base/day.h"
#include "rules/engine/describe.h"

namespace deodat::cli::rule_tools {
namespace {

using Rows = std::vector<std::vector<std::string>>;

// To a dossier whose only known date is that of its deposit.
bool is_open(const rules::Dating& dating, const std::optional<Day>& at) {
    return !at || std::ranges::any_of(dating.windows, [&](const rules::Window& window) {
        return window.contains(at->number());
    });
}

Rows aids(const rules::RuleSet& rule_set, const std::optional<Day>& at) {
    Rows rows = {{"AIDE", "LIBELLÉ", "FINANCEUR", "PÉRIODES", "SOURCE", "NOTE"}};
    for (const rules::Aid* aid : rules::by_date(rule_set.aids)) {
        if (!is_open(aid->dating, at)) continue;
        rows.push_back({aid->id, aid->label, aid->funder, rules::french_dating(aid->dating),
                        aid->source, aid->note});
    }
    return rows;
}

template <class Block>
Rows blocks(const std::string& name, const std::vector<Block>& all, const std::optional<Day>& at) {
    Rows rows = {{name, "LIBELLÉ", "PÉRIODES", "SOURCE", "NOTE"}};
    for (const Block* block : rules::by_date(all)) {
        if (!is_open(block->dating, at)) continue;
        rows.push_back({block->id, block->label, rules::french_dating(block->dating), block->source,
                        block->note});
    }
    return rows;
}

void show(const Rows& rows, std::string_view none) {
    std::cout << '\n';
    if (rows.size() > 1) return show_table(rows);
    std::cout << none << '\n';
}

}  // namespace

Exit list(Arguments arguments) {
    const Result<Options> options = Options::read(arguments, {}, {"--at", "--rules"});
    if (!options) return refuse(options.refusal());
    if (!options->positional().empty()) {
        return refuse({Code::usage, "", "rules list ne prend que --at DATE et --rules DOSSIER."});
    }
    std::optional<Day> at;
    if (options->has("--at")) {
        const Result<Day> day = Day::parse("--at", options->value("--at"));
        if (!day) return refuse(day.refusal());
        at = *day;
    }
    const std::unique_ptr<const rules::RuleSet> rule_set = load_rules(options->value("--rules"));
    if (rule_set == nullptr) return Exit::refused;
    std::cout << "Version des règles : " << rule_set->version << '\n';
    if (at) std::cout << "Ouvert aux dépôts du " << at->french() << '\n';
    show(aids(*rule_set, at), "Aucune aide.");
    show(blocks("PLAFOND", rule_set->limits, at), "Aucun plafond.");
    show(blocks("BARÈME", rule_set->scales, at), "Aucun barème.");
    return Exit::done;
}

}  // namespace deodat::cli::rule_tools
