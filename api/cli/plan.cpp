// deodat plan [--facts FILE | --jsonl] [--explain [--text]] [--rules DIR]
// deodat plan [--facts FILE] --what-if FILE | --recompute FILE | --cash FILE  [--text] [--rules
// DIR]
//
// One JSON of facts, or one a line; for each, one line of JSON: the plan, or {"error": …}. Or what
// becomes of the plan (plan_after.h). With --text, French for people instead.
#include "rules/plan/plan.h"

#include <iostream>

#include "api/cli/command.h"
#include "api/cli/options.h"
#include "api/cli/plan_after.h"
#include "api/cli/rule_choice.h"
#include "ledger/base/text.h"
#include "rules/facts/facts_json.h"
#include "rules/plan/explanation_text.h"
#include "rules/plan/plan_json.h"

namespace deodat::cli {
namespace {

enum class Form { plan, explained, text };

Form form_of(const Options& options) {
    if (!options.has("--explain")) return Form::plan;
    return options.has("--text") ? Form::text : Form::explained;
}

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

Result<std::string> answer_file(const rules::RuleSet& rule_set, const Options& options,
                                const AfterPlan& asked) {
    const Result<std::string> json = read_input(options.value("--facts"));
    if (!json) return json.refusal();
    if (!asked.any()) return answer(rule_set, *json, form_of(options));
    const Result<rules::Facts> facts = rules::facts_from_json(*json);
    if (!facts) return facts.refusal();
    return answer_after(rule_set, *facts, asked);
}

// What cannot be asked together.
std::optional<Refusal> misused(const Options& options, const AfterPlan& asked) {
    const bool lines = options.has("--jsonl");
    if (!options.positional().empty() || (lines && options.has("--facts"))) {
        return Refusal{Code::usage, "",
                       "plan lit --facts FICHIER, ou --jsonl sur l'entrée, sans autre argument."};
    }
    if (asked.any() && (lines || options.has("--explain") || !asked.consistent())) {
        return Refusal{Code::usage, "",
                       "--what-if se demande seul ; --recompute et --cash, seuls ou ensemble ; ni "
                       "l'un ni l'autre avec --jsonl ou --explain."};
    }
    if (asked.as_text && !asked.any() && (lines || !options.has("--explain"))) {
        return Refusal{Code::usage, "",
                       "--text accompagne --explain (sans --jsonl), --what-if, --recompute ou "
                       "--cash."};
    }
    return std::nullopt;
}

}  // namespace

Exit plan(Arguments arguments) {
    const Result<Options> options =
        Options::read(arguments, {"--jsonl", "--explain", "--text"},
                      {"--facts", "--rules", "--what-if", "--recompute", "--cash"});
    if (!options) return refuse(options.refusal());
    const AfterPlan asked{options->value("--what-if"), options->value("--recompute"),
                          options->value("--cash"), options->has("--text")};
    if (const auto misuse = misused(*options, asked)) return refuse(*misuse);
    const std::unique_ptr<const rules::RuleSet> rule_set = load_rules(options->value("--rules"));
    if (rule_set == nullptr) return Exit::refused;
    if (options->has("--jsonl")) return answer_lines(*rule_set, form_of(*options));
    const Result<std::string> one = answer_file(*rule_set, *options, asked);
    if (!one) return refuse(one.refusal(), !asked.as_text);
    std::cout << *one << (one->ends_with('\n') ? "" : "\n");
    return Exit::done;
}

}  // namespace deodat::cli
