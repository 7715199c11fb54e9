// deodat statement FILE [--mapping FILE] [--reversals booked|original] [--text]
//
// Whatever a bank's statement says, as JSON (api/desks/treasury/statement_json.h) or in French, and
// whether it may be booked. A refusal is what the file is, not what it holds: no statement, or one
// that is damaged.
#include <iostream>

#include "api/cli/options.h"
#include "api/cli/statement_input.h"
#include "api/desks/treasury/statement_json.h"

namespace deodat::cli {

Exit statement(Arguments arguments) {
    const auto options = Options::read(arguments, {"--text"}, {"--mapping", "--reversals"});
    if (!options) return refuse(options.refusal());
    if (options->positional().size() != 1) return Exit::usage;
    const auto read = read_statement_input(options->positional().front(), *options);
    if (!read) return refuse(read.refusal(), !options->has("--text"));
    if (options->has("--text")) {
        treasury_desk::write_text(std::cout, read->statements);
    } else {
        treasury_desk::write_json(std::cout, read->statements);
    }
    std::cout.flush();
    return std::cout ? Exit::done : Exit::environment;
}

}  // namespace deodat::cli
