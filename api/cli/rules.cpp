// deodat rules check | list | explain AID [--rules DIR]
#include <algorithm>
#include <iostream>

#include "api/cli/command.h"
#include "api/cli/options.h"
#include "api/cli/rule_choice.h"
#include "ledger/base/text.h"
#include "rules/engine/describe.h"

namespace deodat::cli {
namespace {

std::string counted(std::size_t count, std::string_view one, std::string_view several) {
    return std::to_string(count) + " " + std::string(count > 1 ? several : one);
}

Exit check(const rules::RuleSet& rule_set) {
    std::cout << counted(rule_set.aid_ids.size(), "aide", "aides") << ", "
              << counted(rule_set.limits.size(), "plafond", "plafonds") << ", "
              << counted(rule_set.scales.size(), "barème", "barèmes") << " : en ordre\n";
    return Exit::done;
}

// A table whose columns are as wide as their widest cell.
void show_table(const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths(rows.front().size(), 0);
    for (const std::vector<std::string>& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], code_points(row[i]));
        }
    }
    for (const std::vector<std::string>& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            std::cout << row[i];
            if (i + 1 < row.size())
                std::cout << std::string(widths[i] - code_points(row[i]) + 2, ' ');
        }
        std::cout << '\n';
    }
}

Exit list(const rules::RuleSet& rule_set) {
    std::vector<std::vector<std::string>> rows = {
        {"AIDE", "LIBELLÉ", "FINANCEUR", "DÉPÔTS", "SOURCE", "NOTE"}};
    for (const rules::Aid& aid : rule_set.aids) {
        rows.push_back({aid.id, aid.label, aid.funder, rules::french_dating(aid.dating), aid.source,
                        aid.note});
    }
    show_table(rows);
    return Exit::done;
}

Exit explain(const rules::RuleSet& rule_set, const std::string& id) {
    bool found = false;
    for (const rules::Aid& aid : rule_set.aids) {
        if (aid.id != id) continue;
        std::cout << (found ? "\n" : "") << rules::describe(rule_set, aid);
        found = true;
    }
    if (found) return Exit::done;
    return refuse({Code::aid_unknown, "", "Aucune aide ne s'appelle « " + shown(id) + " »."});
}

}  // namespace

Exit rules(Arguments arguments) {
    const Result<Options> options = Options::read(arguments, {}, {"--rules"});
    if (!options) return refuse(options.refusal());
    const std::vector<std::string>& words = options->positional();
    const bool known = (words.size() == 1 && (words[0] == "check" || words[0] == "list")) ||
                       (words.size() == 2 && words[0] == "explain");
    if (!known) {
        return refuse({Code::usage, "", "rules attend check, list ou explain AIDE."});
    }
    const Result<rules::Loading> loading = load_rules(options->value("--rules"));
    if (!loading) return refuse(loading.refusal());
    if (loading->rules == nullptr) {
        show_errors(*loading);
        return Exit::refused;
    }
    if (words[0] == "check") return check(*loading->rules);
    if (words[0] == "list") return list(*loading->rules);
    return explain(*loading->rules, words[1]);
}

}  // namespace deodat::cli
