// deodat plan [--facts FILE | --jsonl] [--explain [--text]] [--rules DIR]
//
// One JSON of facts, or one a line; for each, one line of JSON: the plan, or {"error": …}. With
// --text, the explanation of one dossier as French text instead.
#include "rules/plan/plan.h"

#include <iostream>

#include "api/cli/command.h"
#include "api/cli/options.h"
#include "api/cli/rule_choice.h"
#include "ledger/base/text.h"
#include "rules/facts/facts_json.h"
#include "rules/plan/explanation_text.h"
#include "rules/plan/plan_json.h"

namespace deodat::cli {
namespace {

enum class Form { plan, explained, text };

Result<std::string> answer(const rules::RuleSet& rule_set, std::string_view json, Form form) {
    const Result<rules::Facts> facts = rules::facts_from_json(json);
    if (!facts) return facts.refusal();
    if (form != Form::plan) {
        const Result<rules::Explained> made = rules::explain(rule_set, *facts);
        if (!made) return made.refusal();
        if (form == Form::text) return rules::explanation_text(made->trace);
        return rules::explained_json(*made) + "\n";
    }
    const Result<rules::Plan> made = rules::plan(rule_set, *facts);
    if (!made) return made.refusal();
    return rules::plan_json(*made) + "\n";
}

// A line cut short, or too long, is a bad line like another: the run goes on.
Exit answer_lines(const rules::RuleSet& rule_set, Form form) {
    std::string line;
    while (std::getline(std::cin, line)) {
        const Result<std::string> one = answer(rule_set, line, form);
        std::cout << (one ? *one : rules::refusal_json(one.refusal()) + "\n");
    }
    std::cout.flush();
    return std::cout ? Exit::done : Exit::environment;
}

}  // namespace

Exit plan(Arguments arguments) {
    const Result<Options> options =
        Options::read(arguments, {"--jsonl", "--explain", "--text"}, {"--facts", "--rules"});
    if (!options) return refuse(options.refusal());
    if (!options->positional().empty() || (options->has("--jsonl") && options->has("--facts"))) {
        return refuse({Code::usage, "",
                       "plan lit --facts FICHIER, ou --jsonl sur l'entrée, sans autre argument."});
    }
    const bool text = options->has("--text");
    if (text && (!options->has("--explain") || options->has("--jsonl"))) {
        return refuse({Code::usage, "",
                       "--text écrit l'explication d'un dossier : avec --explain, sans --jsonl."});
    }
    const Result<rules::Loading> loading = load_rules(options->value("--rules"));
    if (!loading) return refuse(loading.refusal());
    if (loading->rules == nullptr) {
        show_errors(*loading);
        return Exit::refused;
    }
    const Form form = text ? Form::text : options->has("--explain") ? Form::explained : Form::plan;
    if (options->has("--jsonl")) return answer_lines(*loading->rules, form);
    const Result<std::string> json = read_input(options->value("--facts"));
    if (!json) return refuse(json.refusal());
    const Result<std::string> one = answer(*loading->rules, *json, form);
    if (!one) {
        if (!text) std::cout << rules::refusal_json(one.refusal()) << '\n';
        return refuse(one.refusal());
    }
    std::cout << *one;
    return Exit::done;
}

}  // namespace deodat::cli
