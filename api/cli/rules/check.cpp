// deodat rules check [--rules DIR]
//
// Errors refuse the rules, and go to the error output with their places; so does advice, which
// refuses nothing. The standard output has the one line that says what was checked.
#include <iostream>

#include "api/cli/options.h"
#include "api/cli/rule_choice.h"
#include "api/cli/rules/subcommands.h"
#include "api/cli/table.h"
#include "rules/engine/advice.h"

namespace deodat::cli::rule_tools {

Exit check(Arguments arguments) {
    const Result<Options> options = Options::read(arguments, {}, {"--rules"});
    if (!options) return refuse(options.refusal());
    if (!options->positional().empty()) {
        return refuse({Code::usage, "", "rules check ne prend que --rules DOSSIER."});
    }
    const std::unique_ptr<const rules::RuleSet> rule_set = load_rules(options->value("--rules"));
    if (rule_set == nullptr) return Exit::refused;
    for (const rules::Advice& one : rules::advice_on(*rule_set)) std::cerr << one.text() << '\n';
    std::cout << counted(rule_set->aid_ids.size(), "aide", "aides") << ", "
              << counted(rule_set->limits.size(), "plafond", "plafonds") << ", "
              << counted(rule_set->scales.size(), "barème", "barèmes") << " : en ordre\n";
    return Exit::done;
}

}  // namespace deodat::cli::rule_tools
