#include "api/desks/administration/setup.h"

namespace deodat::administration_desk {

Result<PersonId> add_first_administrator(store::Store& store, std::string_view name) {
    return store.write([&](store::Transaction& tx) -> Result<PersonId> {
        if (tx.db().select("SELECT 1 FROM person LIMIT 1").next()) {
            return Refusal{Code::state_forbids, "person",
                           "Un administrateur existe déjà : c'est à lui d'ajouter les autres."};
        }
        return people::add_person(tx, name, {people::Role::administrator});
    });
}

Result<PersonId> add_person(desks::Desk& desk, std::string_view name,
                            const std::vector<people::Role>& roles) {
    return desk.store.write([&](store::Transaction& tx) -> Result<PersonId> {
        if (auto role = people::require_role(tx.db(), desk.person, people::Role::administrator);
            !role) {
            return role.refusal();
        }
        return people::add_person(tx, name, roles);
    });
}

Result<ProgrammeId> open_programme(desks::Desk& desk, const funding::NewProgramme& programme) {
    return desk.store.write([&](store::Transaction& tx) {
        return funding::open_programme(tx, programme, desk.person);
    });
}

Result<FunderId> add_funder(desks::Desk& desk, std::string_view code, std::string_view name,
                            journal::FunderFamily family) {
    return desk.store.write([&](store::Transaction& tx) {
        return funding::add_funder(tx, code, name, family, desk.person);
    });
}

}  // namespace deodat::administration_desk
