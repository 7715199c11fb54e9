// deodat rules check | list | explain | diff | test: tools for the person who writes rules.
#include <array>

#include "api/cli/command.h"
#include "api/cli/options.h"
#include "api/cli/rules/subcommands.h"
#include "ledger/base/text.h"

namespace deodat::cli {
namespace {

struct Subcommand {
    std::string_view name;
    Exit (*run)(Arguments);
};

constexpr auto subcommands = std::to_array<Subcommand>({{"check", &rule_tools::check},
                                                        {"list", &rule_tools::list},
                                                        {"explain", &rule_tools::explain},
                                                        {"diff", &rule_tools::diff},
                                                        {"test", &rule_tools::test}});

}  // namespace

Exit rules(Arguments arguments) {
    for (const Subcommand& subcommand : subcommands) {
        if (arguments.empty() || arguments.front() != subcommand.name) continue;
        return subcommand.run(arguments.subspan(1));
    }
    return refuse({Code::usage, "", "rules attend check, list, explain, diff ou test."});
}

}  // namespace deodat::cli
