// deodat import opening: the balances that accounts held before, as the first entry
// that moves an amount. deodat import status: what the bank (pain.002) or the public accountant's
// software (PES Acquit, PES Retour) says became of our transfers.
#include <iostream>

#include "api/cli/data_directory.h"
#include "api/cli/options.h"
#include "api/desks/administration/opening.h"
#include "api/desks/treasury/orders.h"
#include "ledger/base/text.h"

namespace deodat::cli {
namespace {

Exit opening(store::Store& store, const Options& options, const std::string& file,
             PersonId person) {
    const auto day = Day::parse("date", options.value("--date"));
    if (!day) return refuse(day.refusal());
    const auto entry = administration_desk::import_opening(
        store, file, options.value("--programme"), *day, person);
    if (!entry) return refuse(entry.refusal());
    auto snapshot = store.snapshot();
    std::cout << "Écriture n° " << entry->value << " du " << day->french() << " : "
              << journal::find_entry(snapshot.db(), *entry)->postings.size() << " soldes repris\n";
    return Exit::done;
}

Exit status(store::Store& store, const std::string& file, PersonId person) {
    const rules::RuleSet no_rules;  // what a bank says of a transfer depends on no rule
    desks::Desk desk{store, no_rules, person};
    const auto outcome = treasury_desk::import_payment_status(desk, file);
    if (!outcome) return refuse(outcome.refusal());
    for (const bank::StatusChange& change : outcome->changes) {
        std::cout << change.end_to_end_id << "  " << french(change.amount) << "  "
                  << bank::stage_label(change.after)
                  << (change.told.empty() ? "" : " : " + change.told) << '\n';
    }
    std::cout << outcome->changes.size() << " virement(s) changé(s), " << outcome->unchanged
              << " inchangé(s) ; aucun compte rendu n'est un paiement : le relevé le dira.\n";
    for (const std::string& other : outcome->unmatched) {
        std::cout << "Ne parle pas d'un virement d'ici : " << other << '\n';
    }
    for (const Refusal& remark : outcome->remarks) std::cout << remark.message << '\n';
    return Exit::done;
}

}  // namespace

Exit import(Arguments arguments) {
    const auto options =
        Options::read(arguments, {}, {"--data", "--date", "--person", "--programme"});
    if (!options) return refuse(options.refusal());
    if (options->positional().size() != 2) return Exit::usage;
    const std::string& what = options->positional().front();
    const bool dated = options->has("--date");
    const bool of_status = what == "status" && !dated && !options->has("--programme");
    const bool of_opening = what == "opening" && dated;
    if (!options->has("--data") || !options->has("--person") || (!of_status && !of_opening)) {
        return Exit::usage;
    }
    const auto person = options->number("--person", 1, INT64_MAX);
    if (!person) return refuse(person.refusal());
    const auto file = read_input(options->positional().back());
    if (!file) return refuse(file.refusal());
    const auto data = open_data(options->value("--data"), store::Store::Access::write);
    if (!data) return refuse(data.refusal());
    store::Store& store = *(*data)->store;
    return of_status ? status(store, *file, {*person}) : opening(store, *options, *file, {*person});
}

}  // namespace deodat::cli
