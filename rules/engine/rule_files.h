// Where rule texts come from: inside the program, or a directory of .rules files that replaces
// them.
#pragma once
#include <string>
#include <vector>

#include "ledger/base/result.h"
#include "rules/engine/compiler.h"

namespace deodat::rules {

std::vector<RuleFile> embedded_rule_files();

// The *.rules files of a directory, by name. Refuses (file_unreadable) a directory without any.
Result<std::vector<RuleFile>> rule_files_in(const std::string& directory);

// The rule set inside the program, compiled once. Lives as long as the program.
const RuleSet& embedded_rules();

}  // namespace deodat::rules
