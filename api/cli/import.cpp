// deodat import opening: the balances that accounts held before, as the first entry that moves an
// amount. deodat import bank: the statements of a file, whole or not at all.
#include <iostream>

#include "api/cli/data_directory.h"
#include "api/cli/options.h"
#include "api/cli/statement_input.h"
#include "api/cli/table.h"
#include "api/desks/administration/opening.h"
#include "api/desks/treasury/receipts.h"

namespace deodat::cli {
namespace {

Exit import_opening(const Options& options, const std::string& path, PersonId person) {
    const auto day = Day::parse("date", options.value("--date"));
    if (!day) return refuse(day.refusal());
    const auto file = read_input(path);
    if (!file) return refuse(file.refusal());
    const auto data = open_data(options.value("--data"), store::Store::Access::write);
    if (!data) return refuse(data.refusal());
    store::Store& store = *(*data)->store;
    const auto entry = administration_desk::import_opening(
        store, *file, options.value("--programme"), *day, person);
    if (!entry) return refuse(entry.refusal());
    auto snapshot = store.snapshot();
    std::cout << "Écriture n° " << entry->value << " du " << day->french() << " : "
              << journal::find_entry(snapshot.db(), *entry)->postings.size() << " soldes repris\n";
    return Exit::done;
}

Exit import_bank(const Options& options, const std::string& path, PersonId person) {
    const auto file = read_statement_input(path, options);
    if (!file) return refuse(file.refusal());
    const auto data = open_data(options.value("--data"), store::Store::Access::write);
    if (!data) return refuse(data.refusal());
    const auto imported =
        treasury_desk::import_statements(*(*data)->store, person, file->bytes, file->statements);
    if (!imported) return refuse(imported.refusal());
    for (const treasury_desk::ImportedStatement& one : *imported) {
        std::cout << "Relevé « " << one.id << " » du compte " << one.account << " : "
                  << counted(one.movements.size(), "mouvement importé", "mouvements importés");
        if (one.known > 0) {
            std::cout << ", " << counted(one.known, "était déjà connu", "étaient déjà connus");
        }
        std::cout << " ; solde de " << french(one.closing) << " au " << one.closing_on.french()
                  << "\n";
    }
    return Exit::done;
}

}  // namespace

Exit import(Arguments arguments) {
    const auto options = Options::read(
        arguments, {}, {"--data", "--date", "--person", "--programme", "--mapping", "--reversals"});
    if (!options) return refuse(options.refusal());
    const auto& words = options->positional();
    const bool opening = words.size() == 2 && words[0] == "opening";
    const bool bank = words.size() == 2 && words[0] == "bank";
    const bool for_bank = options->has("--mapping") || options->has("--reversals");
    const bool for_opening = options->has("--date") || options->has("--programme");
    if (!options->has("--data") || !options->has("--person") || opening == bank ||
        (opening && (for_bank || !options->has("--date"))) || (bank && for_opening)) {
        return Exit::usage;
    }
    const auto person = options->number("--person", 1, INT64_MAX);
    if (!person) return refuse(person.refusal());
    return opening ? import_opening(*options, words[1], {*person})
                   : import_bank(*options, words[1], {*person});
}

}  // namespace deodat::cli
