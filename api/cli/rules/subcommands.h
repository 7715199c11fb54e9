// The subcommands of `deodat rules`, one file each. A subcommand reads its own arguments, after its
// name.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "api/cli/command.h"
#include "rules/engine/program.h"

namespace deodat::cli::rule_tools {

Exit check(Arguments arguments);    // [--rules DIR]
Exit list(Arguments arguments);     // [--at DATE] [--rules DIR]
Exit explain(Arguments arguments);  // AID [--rules DIR]
Exit diff(Arguments arguments);     // OLD NEW --facts FILE.jsonl [--json]
Exit test(Arguments arguments);     // FILE [--rules DIR]

}  // namespace deodat::cli::rule_tools
