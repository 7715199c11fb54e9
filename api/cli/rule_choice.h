// Which rules a command works with: those inside the program, or a directory's (`--rules DIR`).
#pragma once
#include <memory>
#include <string>

#include "rules/engine/compiler.h"

namespace deodat::cli {

// The loaded rules, or their errors. A directory that cannot be read is a refusal.
Result<rules::Loading> load_rules(const std::string& directory);

// Each error on a line of its own: file:line:column: message.
void show_errors(const rules::Loading& loading);

}  // namespace deodat::cli
