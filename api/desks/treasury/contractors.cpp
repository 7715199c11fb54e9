#include "api/desks/treasury/contractors.h"

namespace deodat::treasury_desk {

Result<ContractorId> add_contractor(desks::Desk& desk, const payments::NewContractor& contractor) {
    return desk.store.write([&](store::Transaction& tx) {
        return payments::add_contractor(tx, contractor, desk.person);
    });
}

Result<TelephoneId> add_telephone(desks::Desk& desk, ContractorId contractor,
                                  std::string_view number, std::string_view source) {
    return desk.store.write([&](store::Transaction& tx) {
        return payments::add_telephone(tx, contractor, number, source, desk.person);
    });
}

Result<Done> add_insurance(desks::Desk& desk, ContractorId contractor,
                           const payments::Insurance& insurance) {
    return desk.store.write([&](store::Transaction& tx) {
        return payments::add_insurance(tx, contractor, insurance, desk.person);
    });
}

Result<payments::RgeImport> import_rge(desks::Desk& desk, std::string_view file) {
    return desk.store.write(
        [&](store::Transaction& tx) { return payments::import_rge(tx, file, desk.person); });
}

Result<Done> end_contractor(desks::Desk& desk, ContractorId contractor,
                            const payments::EndOfContractor& end) {
    return desk.store.write([&](store::Transaction& tx) {
        return payments::end_contractor(tx, contractor, end, desk.person);
    });
}

Result<EnteredAccount> enter_account(desks::Desk& desk, ContractorId contractor, const Iban& iban) {
    return desk.store.write([&](store::Transaction& tx) -> Result<EnteredAccount> {
        const auto entered = payments::enter_account(tx, contractor, iban, desk.person);
        if (!entered) return entered.refusal();
        return EnteredAccount{*entered, payments::account_alerts(tx.db(), contractor, iban.text())};
    });
}

Result<Done> confirm_account(desks::Desk& desk, const payments::CallBack& call) {
    return desk.store.write(
        [&](store::Transaction& tx) { return payments::confirm_account(tx, call, desk.person); });
}

Result<Done> verify_payee(desks::Desk& desk, const payments::PayeeVerification& verification) {
    return desk.store.write([&](store::Transaction& tx) {
        return payments::verify_payee(tx, verification, desk.person);
    });
}

Result<Done> accept_payee_name(desks::Desk& desk, AccountId account, std::string_view reason) {
    return desk.store.write([&](store::Transaction& tx) {
        return payments::accept_payee_name(tx, account, reason, desk.person);
    });
}

Result<Done> reject_account(desks::Desk& desk, AccountId account, std::string_view reason) {
    return desk.store.write([&](store::Transaction& tx) {
        return payments::reject_account(tx, account, reason, desk.person);
    });
}

Result<Done> lift_waiting(desks::Desk& desk, AccountId account, std::string_view reason) {
    return desk.store.write([&](store::Transaction& tx) {
        return payments::lift_waiting(tx, account, reason, desk.person);
    });
}

Result<ContractorCard> read_contractor(desks::Desk& desk, ContractorId id, Day day) {
    auto snapshot = desk.store.snapshot();
    store::Database& db = snapshot.db();
    auto contractor = payments::find_contractor(db, id);
    if (!contractor) return contractor.refusal();
    ContractorCard card{std::move(*contractor),
                        {},
                        {},
                        payments::qualifications_of(db, id),
                        payments::is_insured(db, id, day),
                        payments::end_of(db, id)};
    if (card.contractor.account) {
        const std::string& iban = card.contractor.account->iban.text();
        card.account = payments::account_standing(db, id, iban, day);
        card.account_alerts = payments::account_alerts(db, id, iban);
    }
    return card;
}

}  // namespace deodat::treasury_desk
