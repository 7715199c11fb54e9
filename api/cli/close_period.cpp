// deodat close-period: an administrator closes an exercice, for ever.
#include <iostream>

#include "api/cli/data_directory.h"
#include "api/cli/options.h"
#include "api/cli/person.h"
#include "api/desks/administration/setup.h"
#include "ledger/journal/periods.h"

namespace deodat::cli {
Exit close_period(Arguments arguments) {
    const auto options = Options::read(arguments, {}, {"--data", "--person"});
    if (!options) return refuse(options.refusal());
    if (!options->has("--data") || options->positional().size() != 1) return Exit::usage;
    const auto asked = whole_number("exercice", options->positional().front(), 1'900, 2'198);
    if (!asked) return refuse(asked.refusal());
    const int year = static_cast<int>(*asked);
    const auto data = open_data(options->value("--data"), store::Store::Access::write);
    if (!data) return refuse(data.refusal());
    store::Store& store = *(*data)->store;
    auto before = store.snapshot();
    const auto person = person_of(before.db(), *options, people::Role::administrator);
    if (!person) return refuse(person.refusal());
    const rules::RuleSet no_rules;
    desks::Desk desk{store, no_rules, *person};
    const auto closed = administration_desk::close_period(desk, year);
    if (!closed) return refuse(closed.refusal());
    auto after = store.snapshot();
    std::cout << "Exercice " << year << " clos par l'écriture n° " << closed->value << " ; "
              << journal::carried_balances(after.db(), year).size() << " soldes reportés au 01/01/"
              << year + 1 << ".\n";
    return Exit::done;
}

}  // namespace deodat::cli
