// The treasury's desk: contractors' cards, from the first telephone number to a payable account.
#pragma once
#include "api/desks/desk.h"
#include "ledger/payments/contractor_account.h"
#include "ledger/payments/contractor_alerts.h"
#include "ledger/payments/qualification.h"

namespace deodat::treasury_desk {

Result<ContractorId> add_contractor(desks::Desk& desk, const payments::NewContractor& contractor);
Result<TelephoneId> add_telephone(desks::Desk& desk, ContractorId contractor,
                                  std::string_view number, std::string_view source);
Result<Done> add_insurance(desks::Desk& desk, ContractorId contractor,
                           const payments::Insurance& insurance);
Result<payments::RgeImport> import_rge(desks::Desk& desk, std::string_view file);
Result<Done> end_contractor(desks::Desk& desk, ContractorId contractor,
                            const payments::EndOfContractor& end);

// What was entered, with what a person should know of it at once.
struct EnteredAccount {
    AccountId id;
    std::vector<payments::Alert> alerts;
};
Result<EnteredAccount> enter_account(desks::Desk& desk, ContractorId contractor, const Iban& iban);
Result<Done> confirm_account(desks::Desk& desk, const payments::CallBack& call);
Result<Done> verify_payee(desks::Desk& desk, const payments::PayeeVerification& verification);
Result<Done> accept_payee_name(desks::Desk& desk, AccountId account, std::string_view reason);
Result<Done> reject_account(desks::Desk& desk, AccountId account, std::string_view reason);
Result<Done> lift_waiting(desks::Desk& desk, AccountId account, std::string_view reason);

// A contractor as of a day: whether its newest account may be paid, and what it holds.
struct ContractorCard {
    payments::Contractor contractor;
    std::optional<payments::AccountStanding> account;
    std::vector<payments::Alert> account_alerts;
    std::vector<payments::Qualification> qualifications;
    bool insured;
    std::optional<payments::EndOfContractor> end;
};
Result<ContractorCard> read_contractor(desks::Desk& desk, ContractorId contractor, Day day);

}  // namespace deodat::treasury_desk
