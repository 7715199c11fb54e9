// deodat transfers FILE [--text]
//
// Shows and checks any payment file (reports/transfers/payment_file.h): JSON, or French with
// --text. What a file has against it is in the answer, not in the exit code: that is 1 only for
// what is no payment file, or damaged, and the refusal is then said as JSON too.
#include "reports/transfers/payment_file.h"

#include <iostream>

#include "api/cli/options.h"
#include "ledger/base/clock.h"

namespace deodat::cli {

Exit transfers(Arguments arguments) {
    const auto options = Options::read(arguments, {"--text"}, {});
    if (!options) return refuse(options.refusal());
    if (options->positional().size() != 1) return Exit::usage;
    const auto bytes = read_input(options->positional().front());
    const bool as_json = !options->has("--text");
    if (!bytes) return refuse(bytes.refusal(), as_json);
    const auto file = reports::read_payment_file(*bytes, SystemClock().now().day_in_paris());
    if (!file) return refuse(file.refusal(), as_json);
    std::cout << (as_json ? reports::payment_file_json(*file) + "\n"
                          : reports::payment_file_text(*file));
    return Exit::done;
}

}  // namespace deodat::cli
