// deodat demo: a year of a small Déodatie.
#include <iostream>

#include "api/cli/options.h"
#include "api/demo/story.h"
#include "rules/engine/rule_files.h"

namespace deodat::cli {

Exit demo(Arguments arguments) {
    const auto options = Options::read(arguments, {}, {"--data", "--out"});
    if (!options) return refuse(options.refusal());
    if (!options->has("--data") || !options->has("--out") || !options->positional().empty()) {
        return Exit::usage;
    }
    const auto played = demo::play(options->value("--data"), options->value("--out"),
                                   rules::embedded_rules(), std::cout);
    if (!played) return refuse(played.refusal());
    return Exit::done;
}

}  // namespace deodat::cli
