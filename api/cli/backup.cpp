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

void show(const std::vector<administration_desk::ErasedAgain>& erasures) {
    using Outcome = administration_desk::ErasedAgain::Outcome;
    for (const auto& line : erasures) {
        std::cout << "  " << line.reference << " (" << line.name << ") : "
                  << (line.outcome == Outcome::erased       ? "effacé de nouveau"
                      : line.outcome == Outcome::was_erased ? "déjà effacé dans la sauvegarde"
                                                            : "absent de la sauvegarde")
                  << "\n";
    }
}

Exit drill(const std::string& file) {
    SystemClock clock;
    SystemRandom random;
    const auto drilled = store::drill(file, &audit::prove, clock, random);
    if (!drilled) return refuse(drilled.refusal());
    show("Exercice réussi : « " + file + " » se restaure et s'ouvre ; rien n'en est gardé",
         *drilled);
    return Exit::done;
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
    const bool drilling = options->has("--drill");
    if (options->positional().size() != 1 || drilling == options->has("--data")) return Exit::usage;
    if (drilling && options->has("--erasures")) return Exit::usage;
    const std::string file = options->positional().front();
    if (drilling) return drill(file);
    store::Amend amend;
    std::vector<administration_desk::ErasedAgain> erasures;
    if (options->has("--erasures")) {
        const auto list = read_input(options->value("--erasures"));
        if (!list) return refuse(list.refusal());
        amend = [&erasures, text = *list](store::Store& store) -> Result<Done> {
            auto again = administration_desk::erase_again(store, text);
            if (!again) return again.refusal();
            erasures = std::move(*again);
            return Done{};
        };
    }
    SystemClock clock;
    SystemRandom random;
    const auto restored =
        store::restore(file, options->value("--data"), &audit::prove, clock, random, amend);
    if (!restored) return refuse(restored.refusal());
    show("Restauré dans « " + options->value("--data") + " »", *restored);
    show(erasures);
    if (!amend) {
        std::cout << "Ce qui a été effacé après cette sauvegarde s'y trouve de nouveau : avec"
                     " --erasures LISTE, la liste de « deodat erase list », c'est effacé avant que"
                     " le dossier serve.\n";
    }
    return Exit::done;
}

}  // namespace deodat::cli
