// deodat rules explain AID [--rules DIR]
//
// Every version of an aid, from the first to the last, in words.
#include <algorithm>
#include <iostream>

#include "api/cli/options.h"
#include "api/cli/rule_choice.h"
#include "api/cli/rules/subcommands.h"
#include "ledger/base/text.h"
#include "rules/engine/describe.h"

namespace deodat::cli::rule_tools {

Exit explain(Arguments arguments) {
    const Result<Options> options = Options::read(arguments, {}, {"--rules"});
    if (!options) return refuse(options.refusal());
    if (options->positional().size() != 1) {
        return refuse({Code::usage, "", "rules explain attend le nom d'une aide."});
    }
    const std::unique_ptr<const rules::RuleSet> rule_set = load_rules(options->value("--rules"));
    if (rule_set == nullptr) return Exit::refused;
    const std::string& id = options->positional()[0];
    std::vector<const rules::Aid*> versions = rules::by_date(rule_set->aids);
    std::erase_if(versions, [&](const rules::Aid* aid) { return aid->id != id; });
    if (versions.empty()) {
        return refuse(
            {Code::aid_unknown, "",
             "Aucune aide ne s'appelle « " + shown(id) + " » : rules list les donne toutes."});
    }
    for (std::size_t i = 0; i < versions.size(); ++i) {
        if (i > 0) std::cout << '\n';
        if (versions.size() > 1) {
            std::cout << "Version " << i + 1 << " sur " << versions.size() << '\n';
        }
        std::cout << rules::describe(*rule_set, *versions[i]);
    }
    return Exit::done;
}

}  // namespace deodat::cli::rule_tools
