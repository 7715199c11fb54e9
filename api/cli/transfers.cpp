// deodat transfers FILE [--text]
//
// Shows and checks any payment file (reports/transfers/payment_file.h): JSON, or French with
// --text. What a file has against it is in the answer, not in the exit code: that is 1 only for
// what is no payment file, or damaged, and the refusal is then said as JSON too.
#include "reports/transfers/payment_file.h"

#include <iostream>

#include "api/cli/options.h"
#include "ledger/base/clock.h"
#include "rules/plan/plan_json.h"

namespace deodat::cli {

Exit transfers(Arguments arguments) {
    const auto options = Options::read(arguments, {"--text"}, {});
    if (!options) return refuse(options.refusal());
    if (options->positional().size() != 1) return Exit::usage;
    const auto bytes = read_input(options->positional().front());
    const auto refused = [&](const Refusal& refusal) {
        if (!options->has("--text")) std::cout << rules::refusal_json(refusal) << '\n';
        return refuse(refusal);
    };
    if (!bytes) return refused(bytes.refusal());
    const auto file = reports::read_payment_file(*bytes, SystemClock().now().day_in_paris());
    if (!file) return refused(file.refusal());
    std::cout << (options->has("--text") ? reports::payment_file_text(*file)
                                         : reports::payment_file_json(*file) + "\n");
    return Exit::done;
}

}  // namespace deodat::cli
