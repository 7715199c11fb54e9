// deodat backup, restore: a data directory's copies, and the drill that proves they come back.
#include "ledger/store/backup.h"

#include <iostream>

#include "api/cli/data_directory.h"
#include "api/cli/options.h"
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
    const auto options = Options::read(arguments, {"--drill"}, {"--data"});
    if (!options) return refuse(options.refusal());
    const bool drill = options->has("--drill");
    if (options->positional().size() != 1 || drill == options->has("--data")) return Exit::usage;
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
    return Exit::done;
}

}  // namespace deodat::cli
