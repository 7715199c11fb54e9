#include "api/cli/rule_choice.h"

#include <iostream>

#include "api/cli/options.h"
#include "rules/engine/rule_files.h"

namespace deodat::cli {
namespace {

Result<std::vector<rules::RuleFile>> files_of(const std::string& directory) {
    if (directory.empty()) return rules::embedded_rule_files();
    return rules::rule_files_in(directory);
}

}  // namespace

std::unique_ptr<const rules::RuleSet> load_rules(const std::string& directory) {
    const Result<std::vector<rules::RuleFile>> files = files_of(directory);
    if (!files) {
        refuse(files.refusal());
        return nullptr;
    }
    rules::Loading loading = rules::compile(*files);
    for (const rules::RuleError& error : loading.errors) std::cerr << error.text() << '\n';
    return std::move(loading.rules);
}

}  // namespace deodat::cli
