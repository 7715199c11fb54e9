#include "api/cli/rule_choice.h"

#include <iostream>

#include "rules/engine/rule_files.h"

namespace deodat::cli {

Result<rules::Loading> load_rules(const std::string& directory) {
    if (directory.empty()) return rules::compile(rules::embedded_rule_files());
    const Result<std::vector<rules::RuleFile>> files = rules::rule_files_in(directory);
    if (!files) return files.refusal();
    return rules::compile(*files);
}

void show_errors(const rules::Loading& loading) {
    for (const rules::RuleError& error : loading.errors) std::cerr << error.text() << '\n';
}

}  // namespace deodat::cli
