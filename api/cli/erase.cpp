// deodat erase: what would be forgotten of a household or a person, the forgetting, and its list.
#include <iostream>

#include "api/cli/data_directory.h"
#include "api/cli/options.h"
#include "api/desks/administration/erasure.h"
#include "ledger/base/text.h"

namespace deodat::cli {
namespace {

namespace desk = administration_desk;

Exit list(const Options& options) {
    const auto reading = open_data(options.value("--data"), store::Store::Access::read);
    if (!reading) return refuse(reading.refusal());
    auto snapshot = (*reading)->store->snapshot();
    std::cout << desk::erasure_list(snapshot.db());
    return Exit::done;
}

void show(const erasure::Assessment& seen) {
    std::cout << "Effacement du " << seen.name
              << " : aperçu, rien n'est effacé.\n\nCe qui part :\n";
    for (const auto& part : seen.goes) {
        std::cout << "  " << part.what << " (" << part.rows
                  << (part.rows > 1 ? " lignes" : " ligne") << ") – gardé pour : " << part.why
                  << "\n";
    }
    std::cout << "Ce qui reste :\n";
    for (const std::string& what : seen.stays) std::cout << "  " << what << "\n";
    for (const auto& kept : seen.kept) {
        std::cout << "À conserver jusqu'au " << kept.until.plus_days(-1).french()
                  << " inclus : " << kept.why << "\n";
    }
    for (const Refusal& obstacle : seen.obstacles) {
        std::cout << "✘ " << obstacle.message << "\n";
    }
    if (const auto from = seen.possible_from(); from && !seen.obstacles.empty()) {
        std::cout << "Possible au plus tôt le " << from->french() << ".\n";
    }
}

Exit preview(const Options& options) {
    const auto reading = open_data(options.value("--data"), store::Store::Access::read);
    if (!reading) return refuse(reading.refusal());
    auto snapshot = (*reading)->store->snapshot();
    const auto whose =
        desk::whose_data(snapshot.db(), options.positional()[0], options.positional()[1]);
    if (!whose) return refuse(whose.refusal());
    const auto seen =
        desk::assess_erasure(snapshot.db(), *whose, (*reading)->clock.now().day_in_paris());
    if (!seen) return refuse(seen.refusal());
    show(*seen);
    if (!seen->obstacles.empty()) return Exit::refused;
    std::cout << "\nIrréversible : personne, pas même nous, ne pourra retrouver ce qui part. Pour"
                 " effacer :\n  deodat erase "
              << options.positional()[0] << " " << options.positional()[1] << " --data "
              << options.value("--data")
              << " --person NUMÉRO --ground request|period_over --asked-on AAAA-MM-JJ --confirm "
              << options.positional()[1] << "\n";
    return Exit::done;
}

Result<erasure::Asked> asked_of(const Options& options) {
    const auto person = options.number("--person", 1, INT64_MAX);
    if (!person) return person.refusal();
    const auto ground = erasure::ground_of(options.value("--ground"));
    if (!ground) {
        return Refusal{Code::malformed, "ground",
                       "--ground « " + shown(options.value("--ground")) +
                           " » : attendu « request » (demande de la personne concernée) ou"
                           " « period_over » (durée de conservation échue)."};
    }
    const auto day = Day::parse("asked_on", options.value("--asked-on"));
    if (!day) return day.refusal();
    if (options.value("--confirm") != options.positional()[1]) {
        return Refusal{Code::malformed, "confirm",
                       "--confirm « " + shown(options.value("--confirm")) +
                           " » ne répète pas ce qui est à effacer, « " +
                           shown(options.positional()[1]) + " » : rien n'est effacé."};
    }
    return erasure::Asked{{*person}, *ground, *day};
}

Exit act(const Options& options) {
    const auto asked = asked_of(options);
    if (!asked) return refuse(asked.refusal());
    const auto writing = open_data(options.value("--data"), store::Store::Access::write);
    if (!writing) return refuse(writing.refusal());
    store::Store& store = *(*writing)->store;
    const auto whose = [&] {
        auto snapshot = store.snapshot();
        return desk::whose_data(snapshot.db(), options.positional()[0], options.positional()[1]);
    }();
    if (!whose) return refuse(whose.refusal());
    const auto done = desk::erase(store, *whose, *asked);
    if (!done) return refuse(done.refusal());
    std::cout << "Effacement " << done->erasure.reference << ", écriture n° "
              << done->erasure.entry.value << " : " << done->erasure.rows.size()
              << " lignes effacées, définitivement (" << erasure::ground_label(done->erasure.ground)
              << ").\n"
              << desk::files_label(done->gone_from_files) << "\n"
              << "Les sauvegardes faites avant contiennent encore ces données : gardez la liste de "
                 "« deodat erase"
                 " list » à côté des ancres, « deodat restore --erasures » la rejoue.\n";
    return Exit::done;
}

}  // namespace

Exit erase(Arguments arguments) {
    const auto options =
        Options::read(arguments, {}, {"--data", "--person", "--ground", "--asked-on", "--confirm"});
    if (!options) return refuse(options.refusal());
    const std::size_t words = options->positional().size();
    if (!options->has("--data") || words < 1 || words > 2) return Exit::usage;
    const std::size_t given = static_cast<std::size_t>(options->has("--person")) +
                              options->has("--ground") + options->has("--asked-on") +
                              options->has("--confirm");
    if (given != 0 && given != 4) return Exit::usage;
    if (words == 1) {
        const bool listing = options->positional().front() == "list" && given == 0;
        return listing ? list(*options) : Exit::usage;
    }
    return given == 0 ? preview(*options) : act(*options);
}

}  // namespace deodat::cli
