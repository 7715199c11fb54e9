// Contractors and their accounts. An account has the person who entered it, for ever: that person
// can neither approve nor release a payment to it.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/iban.h"
#include "ledger/base/siret.h"
#include "ledger/store/store.h"

namespace deodat::payments {

struct NewContractor {
    Siret siret;
    std::string name;
    std::string town;
    std::string country;  // ISO code: "FR"
};

struct ContractorAccount {
    Iban iban;
    PersonId entered_by;
    Day entered_on;
};

struct Contractor {
    ContractorId id;
    std::string siret;
    std::string name;
    std::string town;
    std::string country;
    std::optional<ContractorAccount> account;  // the newest
};

// Refuses a SIRET that another contractor has.
Result<ContractorId> add_contractor(store::Transaction& tx, const NewContractor& contractor,
                                    PersonId officer);

// The account to pay from now on. Orders already made keep theirs.
Result<Done> enter_account(store::Transaction& tx, ContractorId contractor, const Iban& iban,
                           PersonId officer);

Result<Contractor> find_contractor(store::Database& db, ContractorId id);
// Whether that person ever entered that account for that contractor.
bool has_entered_account(store::Database& db, ContractorId contractor, std::string_view iban,
                         PersonId person);

}  // namespace deodat::payments
