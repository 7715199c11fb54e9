// Contractors and the accounts they ask to be paid on. An account has the person who entered it,
// for ever: that person can neither approve nor release a payment to it.
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
    AccountId id;
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

// The account to pay from now on, once it is confirmed (contractor_account.h). Orders already made
// keep theirs. Entered again, the same account is confirmed again.
Result<AccountId> enter_account(store::Transaction& tx, ContractorId contractor, const Iban& iban,
                                PersonId officer);

Result<Contractor> find_contractor(store::Database& db, ContractorId id);
}  // namespace deodat::payments
