#include "api/desks/administration/erasure.h"

#include <charconv>

#include "ledger/base/text.h"
#include "ledger/dossiers/dossier.h"

namespace deodat::administration_desk {

using erasure::Subject;

Result<Whose> whose_data(store::Database& db, std::string_view subject, std::string_view name) {
    if (subject == subject_name(Subject::household)) {
        const auto dossier = dossiers::dossier_by_reference(db, name);
        if (!dossier) return dossier.refusal();
        return Whose{Subject::household, dossier->id.value};
    }
    std::int64_t number = 0;
    const auto read = std::from_chars(name.data(), name.data() + name.size(), number);
    if (subject != subject_name(Subject::person) || read.ec != std::errc() ||
        read.ptr != name.data() + name.size()) {
        return Refusal{Code::malformed, "subject",
                       "« " + shown(std::string(subject) + " " + std::string(name)) +
                           " » : attendu « dossier D26-0001 » ou « person 4 »."};
    }
    return Whose{Subject::person, number};
}

Result<erasure::Assessment> assess_erasure(store::Database& db, const Whose& whose, Day today) {
    return whose.subject == Subject::household ? erasure::assess_dossier(db, {whose.id}, today)
                                               : erasure::assess_person(db, {whose.id}, today);
}

Result<erasure::Erasure> erase_rows(store::Store& store, const Whose& whose,
                                    const erasure::Asked& asked) {
    return store.write([&](store::Transaction& tx) {
        return whose.subject == Subject::household ? erasure::erase_dossier(tx, {whose.id}, asked)
                                                   : erasure::erase_person(tx, {whose.id}, asked);
    });
}

std::string_view files_label(bool gone) {
    return gone ? "Les fichiers de données ont été réécrits : rien n'y reste."
                : "Un lecteur tient encore l'ancien état : répéter la commande quand il aura fini,"
                  " pour vider le journal de SQLite.";
}

Result<Erased> erase(store::Store& store, const Whose& whose, const erasure::Asked& asked) {
    const auto done = erase_rows(store, whose, asked);
    if (done) return Erased{*done, store.scrub()};
    Refusal refusal = done.refusal();
    if (refusal.code == Code::erased) {
        refusal.message += " " + std::string(files_label(store.scrub()));
    }
    return refusal;
}

}  // namespace deodat::administration_desk
