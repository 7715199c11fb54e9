// deodat import opening: the balances that accounts held before, as the first entry
// that moves an amount.
#include <iostream>

#include "api/cli/data_directory.h"
#include "api/cli/options.h"
#include "api/desks/administration/opening.h"

namespace deodat::cli {

Exit import(Arguments arguments) {
    const auto options =
        Options::read(arguments, {}, {"--data", "--date", "--person", "--programme"});
    if (!options) return refuse(options.refusal());
    if (!options->has("--data") || !options->has("--date") || !options->has("--person") ||
        options->positional().size() != 2 || options->positional().front() != "opening") {
        return Exit::usage;
    }
    const auto day = Day::parse("date", options->value("--date"));
    if (!day) return refuse(day.refusal());
    const auto person = options->number("--person", 1, INT64_MAX);
    if (!person) return refuse(person.refusal());
    const auto file = read_input(options->positional().back());
    if (!file) return refuse(file.refusal());
    const auto data = open_data(options->value("--data"), store::Store::Access::write);
    if (!data) return refuse(data.refusal());
    store::Store& store = *(*data)->store;
    const auto entry = administration_desk::import_opening(
        store, *file, options->value("--programme"), *day, {*person});
    if (!entry) return refuse(entry.refusal());
    auto snapshot = store.snapshot();
    std::cout << "Écriture n° " << entry->value << " du " << day->french() << " : "
              << journal::find_entry(snapshot.db(), *entry)->postings.size() << " soldes repris\n";
    return Exit::done;
}

}  // namespace deodat::cli
