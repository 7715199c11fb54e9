#include "ledger/people/person.h"

#include <array>

#include "ledger/base/named.h"
#include "ledger/base/text.h"

namespace deodat::people {
namespace {

constexpr std::size_t name_code_points_max = 100;

struct RoleRow {
    std::string_view name;
    std::string_view label;
};

constexpr std::array<RoleRow, role_count> roles = {{
    {"adviser", "conseiller"},
    {"technician", "technicien"},
    {"officer", "gestionnaire"},
    {"authorising_officer", "ordonnateur"},
    {"public_accountant", "comptable"},
    {"administrator", "administrateur"},
}};

Result<PersonId> insert_person(store::Transaction& tx, std::string_view name,
                               const std::vector<Role>& given) {
    const auto clean = clean_text("person.name", name, name_code_points_max);
    if (!clean) return clean.refusal();
    const PersonId id{
        tx.db().insert("INSERT INTO person (name, added_on) VALUES (?, ?)", *clean, tx.today())};
    for (const Role role : given) {
        tx.db().run("INSERT OR IGNORE INTO person_role VALUES (?, ?, ?)", id, role_name(role),
                    tx.today());
    }
    return id;
}

}  // namespace

std::string_view role_name(Role role) {
    return roles.at(static_cast<std::size_t>(role)).name;
}

std::string_view role_label(Role role) {
    return roles.at(static_cast<std::size_t>(role)).label;
}

std::optional<Role> role_of(std::string_view name) {
    return named<Role>(roles, name, &RoleRow::name);
}

Result<PersonId> add_first_administrator(store::Transaction& tx, std::string_view name) {
    if (tx.db().select("SELECT 1 FROM person LIMIT 1").next()) {
        return Refusal{Code::state_forbids, "person",
                       "Un administrateur existe déjà : c'est à lui d'ajouter les autres."};
    }
    return insert_person(tx, name, {Role::administrator});
}

Result<PersonId> add_person(store::Transaction& tx, std::string_view name,
                            const std::vector<Role>& given, PersonId administrator) {
    if (auto role = require_role(tx.db(), administrator, Role::administrator); !role) {
        return role.refusal();
    }
    if (given.empty()) {
        return Refusal{Code::missing, "person.roles", "Une personne a au moins un rôle."};
    }
    return insert_person(tx, name, given);
}

std::vector<PersonId> holders_of(store::Database& db, Role role) {
    std::vector<PersonId> out;
    auto rows =
        db.select("SELECT person FROM person_role WHERE role = ? ORDER BY person", role_name(role));
    while (rows.next()) out.push_back({rows.integer(0)});
    return out;
}

std::optional<Person> find_person(store::Database& db, PersonId id) {
    auto rows = db.select("SELECT name FROM person WHERE id = ?", id);
    if (!rows.next()) return std::nullopt;
    Person person{id, rows.text_unless_erased(0), {}};
    auto held = db.select("SELECT role FROM person_role WHERE person = ? ORDER BY role", id);
    while (held.next()) {
        const auto role = role_of(held.text(0));
        DEODAT_ASSERT(role.has_value(), "a stored role is a role");
        person.roles.push_back(*role);
    }
    return person;
}

Result<Done> require_role(store::Database& db, PersonId id, Role role) {
    const auto person = find_person(db, id);
    if (!person) {
        return Refusal{Code::not_found, "person",
                       "Aucune personne n° " + std::to_string(id.value) + "."};
    }
    for (const Role held : person->roles) {
        if (held == role) return Done{};
    }
    return Refusal{Code::role_missing,
                   "person",
                   person->name + " n'a pas le rôle « " + std::string(role_label(role)) +
                       " », nécessaire ici.",
                   {{"role", std::string(role_name(role))}}};
}

Result<Done> require_one_of(store::Database& db, PersonId id, std::initializer_list<Role> wanted) {
    DEODAT_ASSERT(wanted.size() > 0, "a step is some role's");
    Result<Done> last = Done{};
    for (const Role role : wanted) {
        last = require_role(db, id, role);
        if (last) break;
    }
    return last;
}

}  // namespace deodat::people
