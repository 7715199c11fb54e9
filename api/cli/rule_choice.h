// Which rules a command works with: those inside the program, or a directory's (`--rules DIR`).
#pragma once
#include <memory>
#include <string>

#include "rules/engine/compiler.h"

namespace deodat::cli {

// The rules of a directory; those inside the program when it is not named. None when they are not
// in order: then each error, or why the directory cannot be read, is already on the error output.
std::unique_ptr<const rules::RuleSet> load_rules(const std::string& directory);

}  // namespace deodat::cli
