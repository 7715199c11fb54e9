// deodat plan [--facts FILE | --jsonl] [--explain] [--rules DIR]
//
// One JSON of facts, or one a line; for each, one line of JSON: the plan, or {"error": …}.
#include "rules/plan/plan.h"

#include <iostream>

#include "api/cli/command.h"
#include "api/cli/options.h"
#include "api/cli/rule_choice.h"
#include "ledger/base/text.h"
#include "rules/facts/facts_json.h"
#include "rules/plan/plan_json.h"

namespace deodat::cli {
namespace {

Result<std::string> answer(const rules::RuleSet& rule_set, std::string_view json, bool explained) {
    const Result<rules::Facts> facts = rules::facts_from_json(json);
    if (!facts) return facts.refusal();
    if (explained) {
        const Result<rules::Explained> made = rules::explain(rule_set, *facts);
        if (!made) return made.refusal();
        return rules::explained_json(*made);
    }
    const Result<rules::Plan> made = rules::plan(rule_set, *facts);
    if (!made) return made.refusal();
    return rules::plan_json(*made);
}

// A line cut short, or too long, is a bad line like another: the run goes on.
Exit answer_lines(const rules::RuleSet& rule_set, bool explained) {
    std::string line;
    while (std::getline(std::cin, line)) {
        const Result<std::string> one = answer(rule_set, line, explained);
        std::cout << (one ? *one : rules::refusal_json(one.refusal())) << '\n';
    }
    std::cout.flush();
    return std::cout ? Exit::done : Exit::environment;
}

}  // namespace

Exit plan(Arguments arguments) {
    const Result<Options> options =
        Options::read(arguments, {"--jsonl", "--explain"}, {"--facts", "--rules"});
    if (!options) return refuse(options.refusal());
    if (!options->positional().empty() || (options->has("--jsonl") && options->has("--facts"))) {
        return refuse({Code::usage, "",
                       "plan lit --facts FICHIER, ou --jsonl sur l'entrée, sans autre argument."});
    }
    const std::unique_ptr<const rules::RuleSet> rule_set = load_rules(options->value("--rules"));
    if (rule_set == nullptr) return Exit::refused;
    const bool explained = options->has("--explain");
    if (options->has("--jsonl")) return answer_lines(*rule_set, explained);
    const Result<std::string> json = read_input(options->value("--facts"));
    if (!json) return refuse(json.refusal());
    const Result<std::string> one = answer(*rule_set, *json, explained);
    if (!one) {
        std::cout << rules::refusal_json(one.refusal()) << '\n';
        return refuse(one.refusal());
    }
    std::cout << *one << '\n';
    return Exit::done;
}

}  // namespace deodat::cli
