// The stop button: when a fraud is suspected, one person suspends every payment of the body, at
// once; two lift it. Meanwhile no order is approved or taken in charge, and no transfer file is
// made.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/treasury/gates.h"

namespace deodat::payments {

struct Suspension {
    std::int64_t id = 0;
    std::string reason;
    PersonId suspended_by;
    Day suspended_on;
    PersonId first_lifted_by;  // none yet
};

// An officer, an authorising officer or the public accountant stops everything. Refuses an unclean
// reason, and when payments are suspended already (state_forbids).
Result<Done> suspend_payments(store::Transaction& tx, std::string_view reason, PersonId person);

// An authorising officer or the public accountant agrees that payments go on; the second one, who
// is another person, has them go on. Says whether they do. Refuses when nothing is suspended
// (state_forbids), and the same person twice (same_person).
Result<bool> lift_suspension(store::Transaction& tx, PersonId person);

std::optional<Suspension> current_suspension(store::Database& db);

// "payments_suspended", closed while they are.
treasury::Gate suspension_gate(store::Database& db);

// A payment made, or on its way, to an account: what is to be told to the bank and to the public
// accountant when the account turns out to be a fraud's.
struct PaymentToAccount {
    std::string order;
    std::string contractor;
    std::string dossier;
    Money amount;
    std::string state;  // French
    std::optional<Day> paid_on;
};
// Every order to that account, in the order of their numbers; refused ones too.
std::vector<PaymentToAccount> payments_to(store::Database& db, std::string_view iban);

}  // namespace deodat::payments
