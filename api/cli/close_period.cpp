// deodat close-period: an administrator closes an exercice, for ever.
#include <iostream>

#include "api/cli/data_directory.h"
#include "api/cli/options.h"
#include "api/desks/administration/setup.h"
#include "ledger/journal/periods.h"

namespace deodat::cli {
namespace {

// The administrator who closes: named by number, or the only one there is.
Result<PersonId> administrator(store::Database& db, const Options& options) {
    const auto all = people::holders_of(db, people::Role::administrator);
    if (options.has("--person")) {
        const auto number = options.number("--person", 1, INT64_MAX);
        if (!number) return number.refusal();
        return PersonId{*number};
    }
    if (all.size() == 1) return all.front();
    std::string known;
    for (const PersonId id : all) {
        known += (known.empty() ? "" : ", ") + std::to_string(id.value) + " (" +
                 people::find_person(db, id)->name + ")";
    }
    return Refusal{Code::missing, "person",
                   "Qui clôt ? Attendu --person et le numéro d'un administrateur : " + known + "."};
}

}  // namespace

Exit close_period(Arguments arguments) {
    const auto options = Options::read(arguments, {}, {"--data", "--person"});
    if (!options) return refuse(options.refusal());
    if (!options->has("--data") || options->positional().size() != 1) return Exit::usage;
    const auto year = whole_number("exercice", options->positional().front(), 1'900, 2'198);
    if (!year) return refuse(year.refusal());
    const auto data = open_data(options->value("--data"), store::Store::Access::write);
    if (!data) return refuse(data.refusal());
    store::Store& store = *(*data)->store;
    auto before = store.snapshot();
    const auto person = administrator(before.db(), *options);
    if (!person) return refuse(person.refusal());
    const rules::RuleSet no_rules;
    desks::Desk desk{store, no_rules, *person};
    const auto closed = administration_desk::close_period(desk, static_cast<int>(*year));
    if (!closed) return refuse(closed.refusal());
    auto after = store.snapshot();
    std::cout << "Exercice " << *year << " clos par l'écriture n° " << closed->value << " ; "
              << journal::carried_balances(after.db(), static_cast<int>(*year)).size()
              << " soldes reportés au 01/01/" << *year + 1 << ".\n";
    return Exit::done;
}

}  // namespace deodat::cli
