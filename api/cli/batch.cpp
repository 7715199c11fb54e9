// deodat batch propose [--facts FILE] [--text]
// deodat batch allocate [--facts FILE] [--text] [--rules DIR]
//
// Candidate houses in, batches out; a batch in, who bears and gains what out: JSON, or French with
// --text. A batch that must not be frozen is answered with its figures and why, and is a refusal
// (exit code 1).
#include <iostream>

#include "api/cli/command.h"
#include "api/cli/options.h"
#include "api/cli/rule_choice.h"
#include "rules/grouping/batch_json.h"
#include "rules/grouping/proposal_json.h"

namespace deodat::cli {
namespace {

struct Answer {
    rules::grouping::Allocation allocation;
    std::vector<rules::grouping::DropOut> drop_outs;
};

Result<Answer> answer(const rules::RuleSet& rule_set, const std::string& path) {
    const Result<std::string> json = read_input(path);
    if (!json) return json.refusal();
    const Result<rules::grouping::Batch> batch = rules::grouping::batch_from_json(*json);
    if (!batch) return batch.refusal();
    Result<rules::grouping::Allocation> made = rules::grouping::allocate(rule_set, *batch);
    if (!made) return made.refusal();
    auto drop_outs = rules::grouping::drop_outs(rule_set, *batch, *made);
    if (!drop_outs) return drop_outs.refusal();
    return Answer{std::move(*made), std::move(*drop_outs)};
}

Exit propose(const Options& options) {
    using namespace rules::grouping;  // NOLINT(google-build-using-namespace): two verbs of its own
    const bool as_text = options.has("--text");
    const Result<std::string> json = read_input(options.value("--facts"));
    if (!json) return refuse(json.refusal(), !as_text);
    Result<ProposalRequest> request = proposal_request_from_json(*json);
    if (!request) return refuse(request.refusal(), !as_text);
    const Result<Proposal> made = rules::grouping::propose(std::move(*request));
    if (!made) return refuse(made.refusal(), !as_text);
    std::cout << (as_text ? proposal_text(*made) : proposal_json(*made) + "\n");
    return Exit::done;
}

Exit allocate(const Options& options) {
    const std::unique_ptr<const rules::RuleSet> rule_set = load_rules(options.value("--rules"));
    if (rule_set == nullptr) return Exit::refused;
    const auto made = answer(*rule_set, options.value("--facts"));
    const bool as_text = options.has("--text");
    if (!made) return refuse(made.refusal(), !as_text);
    std::cout << (as_text
                      ? rules::grouping::allocation_text(made->allocation, made->drop_outs)
                      : rules::grouping::allocation_json(made->allocation, made->drop_outs) + "\n");
    const std::optional<Refusal>& refusal = made->allocation.refusal;
    return refusal ? refuse(*refusal) : Exit::done;
}

}  // namespace

Exit batch(Arguments arguments) {
    const Result<Options> options = Options::read(arguments, {"--text"}, {"--facts", "--rules"});
    if (!options) return refuse(options.refusal());
    const auto& action = options->positional();
    if (action == std::vector<std::string>{"allocate"}) return allocate(*options);
    if (action == std::vector<std::string>{"propose"} && !options->has("--rules")) {
        return propose(*options);
    }
    return refuse(
        {Code::usage, "", "batch demande une seule action : propose (sans --rules), ou allocate."});
}

}  // namespace deodat::cli
