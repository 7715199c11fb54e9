#include "ledger/payments/contractor.h"

#include <algorithm>

#include "ledger/base/text.h"
#include "ledger/people/person.h"

namespace deodat::payments {
namespace {

constexpr std::size_t name_points_max = 120;

bool is_country(std::string_view text) {
    return text.size() == 2 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

Result<ContractorId> add_contractor(store::Transaction& tx, const NewContractor& contractor,
                                    PersonId officer) {
    store::Database& db = tx.db();
    if (auto role = people::require_role(db, officer, people::Role::officer); !role) {
        return role.refusal();
    }
    const auto name = clean_text("contractor.name", contractor.name, name_points_max);
    if (!name) return name.refusal();
    const auto town = clean_text("contractor.town", contractor.town, name_points_max);
    if (!town) return town.refusal();
    if (!is_country(contractor.country)) {
        return Refusal{Code::malformed, "contractor.country",
                       "Le pays « " + shown(contractor.country) +
                           " » s'écrit en deux lettres capitales (FR)."};
    }
    auto known = db.select("SELECT name FROM contractor WHERE siret = ?", contractor.siret.text());
    if (known.next()) {
        return Refusal{Code::duplicate, "contractor.siret",
                       "Le SIRET " + contractor.siret.text() + " est déjà celui de « " +
                           known.text(0) + " »."};
    }
    return ContractorId{
        db.insert("INSERT INTO contractor (siret, name, town, country) VALUES (?, ?, ?, ?)",
                  contractor.siret.text(), *name, *town, contractor.country)};
}

Result<AccountId> enter_account(store::Transaction& tx, ContractorId contractor, const Iban& iban,
                                PersonId officer) {
    store::Database& db = tx.db();
    if (auto role = people::require_role(db, officer, people::Role::officer); !role) {
        return role.refusal();
    }
    if (auto found = find_contractor(db, contractor); !found) return found.refusal();
    return AccountId{
        db.insert("INSERT INTO contractor_iban (contractor, iban, entered_by, entered_on)"
                  " VALUES (?, ?, ?, ?)",
                  contractor, iban.text(), officer, tx.today())};
}

Result<Contractor> find_contractor(store::Database& db, ContractorId id) {
    auto rows = db.select("SELECT siret, name, town, country FROM contractor WHERE id = ?", id);
    if (!rows.next()) {
        return Refusal{Code::not_found, "contractor",
                       "Aucune entreprise n° " + std::to_string(id.value) + "."};
    }
    Contractor contractor{id, rows.text(0), rows.text(1), rows.text(2), rows.text(3), {}};
    auto accounts = db.select(
        "SELECT id, iban, entered_by, entered_on FROM contractor_iban WHERE contractor = ?"
        " ORDER BY id DESC LIMIT 1",
        id);
    if (accounts.next()) {
        auto iban = Iban::parse("iban", accounts.text(1));
        DEODAT_ASSERT(iban.ok(), "a stored IBAN is one");
        contractor.account.emplace(ContractorAccount{accounts.id<AccountId>(0), std::move(*iban),
                                                     accounts.id<PersonId>(2), accounts.day(3)});
    }
    return contractor;
}

}  // namespace deodat::payments
