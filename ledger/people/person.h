// Natural persons who act on the ledger, and what each may do.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/id.h"
#include "ledger/base/result.h"
#include "ledger/store/store.h"

namespace deodat::people {

enum class Role : std::uint8_t {
    adviser,              // conseiller: opens dossiers, keeps plans, files requests
    technician,           // accepts works for the PETR
    officer,              // prepares payment orders and enters contractors' accounts
    authorising_officer,  // ordonnateur: approves
    public_accountant,    // comptable: releases payments, keeps the bank
    administrator,        // programmes, funders, people
};
inline constexpr std::size_t role_count = 6;
std::string_view role_name(Role role);
std::optional<Role> role_of(std::string_view name);
std::string_view role_label(Role role);

struct Person {
    PersonId id;
    std::string name;  // « effacé » once erased
    std::vector<Role> roles;
};

// The first person of a ledger, an administrator. Refuses when there is anybody already.
Result<PersonId> add_first_administrator(store::Transaction& tx, std::string_view name);
// An administrator adds a person with roles, at least one. Refuses an unclean name.
Result<PersonId> add_person(store::Transaction& tx, std::string_view name,
                            const std::vector<Role>& roles, PersonId administrator);

// Who has a role, by number.
std::vector<PersonId> holders_of(store::Database& db, Role role);

std::optional<Person> find_person(store::Database& db, PersonId id);

// Refuses with role_missing, naming the person and the role, unless the person has it.
Result<Done> require_role(store::Database& db, PersonId id, Role role);
// The same where any of several does, tried in that order: what is refused names the last.
Result<Done> require_one_of(store::Database& db, PersonId id, std::initializer_list<Role> roles);

}  // namespace deodat::people
