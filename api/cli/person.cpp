#include "api/cli/person.h"

namespace deodat::cli {

Result<PersonId> person_of(store::Database& db, const Options& options, people::Role role) {
    if (options.has("--person")) {
        const auto number = options.number("--person", 1, INT64_MAX);
        if (!number) return number.refusal();
        return PersonId{*number};
    }
    const auto all = people::holders_of(db, role);
    if (all.size() == 1) return all.front();
    std::string known;
    for (const PersonId id : all) {
        known += (known.empty() ? "" : ", ") + std::to_string(id.value) + " (" +
                 people::find_person(db, id)->name + ")";
    }
    return Refusal{Code::missing, "person",
                   "Qui agit ? Attendu --person et le numéro d'une personne qui a le rôle « " +
                       std::string(people::role_label(role)) +
                       " » : " + (known.empty() ? "personne ne l'a" : known) + "."};
}

}  // namespace deodat::cli
