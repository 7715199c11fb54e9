// deodat rules test FILE [--rules DIR]
//
// Runs the cases written beside the rules (rules/plan/rule_cases.h says how) and shows what their
// plans say otherwise than expected.
#include <iostream>

#include "api/cli/options.h"
#include "api/cli/rule_choice.h"
#include "api/cli/rules/subcommands.h"
#include "api/cli/table.h"
#include "rules/plan/rule_cases.h"

namespace deodat::cli::rule_tools {

Exit test(Arguments arguments) {
    const Result<Options> options = Options::read(arguments, {}, {"--rules"});
    if (!options) return refuse(options.refusal());
    if (options->positional().size() != 1) {
        return refuse({Code::usage, "", "rules test attend un fichier de cas."});
    }
    const std::unique_ptr<const rules::RuleSet> rule_set = load_rules(options->value("--rules"));
    if (rule_set == nullptr) return Exit::refused;
    const Result<std::string> text = read_input(options->positional()[0]);
    if (!text) return refuse(text.refusal());
    const Result<std::vector<rules::CaseOutcome>> outcomes = rules::run_cases(*rule_set, *text);
    if (!outcomes) return refuse(outcomes.refusal());
    std::size_t failed = 0;
    for (const rules::CaseOutcome& outcome : *outcomes) {
        if (outcome.mismatches.empty()) continue;
        ++failed;
        std::cout << "Échec, ligne " << outcome.line << " : " << outcome.name << '\n';
        for (const rules::Mismatch& mismatch : outcome.mismatches) {
            std::cout << "  " << mismatch.path << " : attendu " << mismatch.expected << ", trouvé "
                      << mismatch.found << '\n';
        }
    }
    std::cout << counted(outcomes->size(), "cas", "cas") << ", "
              << (failed == 0 ? "aucun échec" : counted(failed, "échec", "échecs")) << '\n';
    return failed == 0 ? Exit::done : Exit::refused;
}

}  // namespace deodat::cli::rule_tools
