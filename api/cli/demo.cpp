// deodat demo: a year of a small Déodatie.
#include <iostream>

#include "api/cli/options.h"
#include "api/demo/rules.h"
#include "api/demo/story.h"

namespace deodat::cli {

Exit demo(Arguments arguments) {
    const auto options = Options::read(arguments, {}, {"--data", "--out"});
    if (!options) return refuse(options.refusal());
    if (!options->has("--data") || !options->has("--out") || !options->positional().empty()) {
        return Exit::usage;
    }
    const auto played =
        demo::play(options->value("--data"), options->value("--out"), demo::rule_set(), std::cout);
    if (!played) return refuse(played.refusal());
    return Exit::done;
}

}  // namespace deodat::cli
