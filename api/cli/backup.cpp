// deodat backup, restore: a data directory's copies, and the drill that proves they come back.
#include "ledger/store/backup.h"

#include <iostream>

#include "api/cli/data_directory.h"
#include "api/cli/options.h"
#include "api/desks/administration/erasure.h"
#include "ledger/audit/audit.h"
#include "ledger/base/text.h"

namespace deodat::cli {
namespace {

void show(std::string_view done, const store::Backup& backup) {
    std::cout << done << "\n"
              << "  prise le " << backup.taken_at << ", " << backup.entries << " écritures\n"
              << "  dernière empreinte " << hexadecimal(backup.head_hash) << "\n"
              << "  SHA-256 du fichier " << hexadecimal(backup.sha256) << "\n"
              << "✔ relue : structure, chaîne, équilibre, soldes et dossiers vérifiés\n";
}

// What was erased after the backup is in it again, until it is erased again.
Exit erase_again(const std::string& data, const std::string& list) {
    const auto opened = open_data(data, store::Store::Access::write);
    if (!opened) return refuse(opened.refusal());
    const auto again = administration_desk::erase_again(*(*opened)->store, list);
    if (!again) return refuse(again.refusal());
    using Outcome = administration_desk::ErasedAgain::Outcome;
    bool all = true;
    for (const auto& line : *again) {
        const bool refused = line.outcome == Outcome::refused;
        all = all && !refused;
        std::cout << (refused ? "✘ " : "  ") << line.reference << " (" << line.name << ") : "
                  << (line.outcome == Outcome::erased       ? "effacé de nouveau"
                      : line.outcome == Outcome::was_erased ? "déjà effacé dans la sauvegarde"
                      : line.outcome == Outcome::not_there  ? "absent de la sauvegarde"
                                                            : line.why)
                  << "\n";
    }
    return all ? Exit::done : Exit::refused;
}

}  // namespace

Exit backup(Arguments arguments) {
    const auto options = Options::read(arguments, {}, {"--data", "--out"});
    if (!options) return refuse(options.refusal());
    if (!options->has("--data") || !options->has("--out") || !options->positional().empty()) {
        return Exit::usage;
    }
    const auto data = open_data(options->value("--data"), store::Store::Access::read);
    if (!data) return refuse(data.refusal());
    const auto taken = store::back_up(*(*data)->store, options->value("--out"), &audit::prove,
                                      (*data)->clock.now());
    if (!taken) return refuse(taken.refusal());
    show("Sauvegarde « " + options->value("--out") + " »", *taken);
    return Exit::done;
}

Exit restore(Arguments arguments) {
    const auto options = Options::read(arguments, {"--drill"}, {"--data", "--erasures"});
    if (!options) return refuse(options.refusal());
    const bool drill = options->has("--drill");
    if (options->positional().size() != 1 || drill == options->has("--data")) return Exit::usage;
    if (drill && options->has("--erasures")) return Exit::usage;
    std::string list;
    if (options->has("--erasures")) {  // before anything is restored: a list that is not there
        const auto text = read_input(options->value("--erasures"));
        if (!text) return refuse(text.refusal());
        list = *text;
    }
    const std::string file = options->positional().front();
    SystemClock clock;
    SystemRandom random;
    const auto restored =
        drill ? store::drill(file, &audit::prove, clock, random)
              : store::restore(file, options->value("--data"), &audit::prove, clock, random);
    if (!restored) return refuse(restored.refusal());
    show(drill ? "Exercice réussi : « " + file + " » se restaure et s'ouvre ; rien n'en est gardé"
               : "Restauré dans « " + options->value("--data") + " »",
         *restored);
    if (drill) return Exit::done;
    if (options->has("--erasures")) return erase_again(options->value("--data"), list);
    std::cout << "Ce qui a été effacé après cette sauvegarde s'y trouve de nouveau : avec"
                 " --erasures LISTE, la liste de « deodat erase list », c'est effacé aussitôt.\n";
    return Exit::done;
}

}  // namespace deodat::cli
