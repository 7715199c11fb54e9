// Contractors' bank accounts, from the RIB received to the first payment.
//
// A false RIB is the commonest way to steal a public body's money, so an account that a contractor
// asks to be paid on is quarantined. It becomes payable when
//   - another person than the one who entered it has called the contractor back, on a number that
//     was known before the account came, and has both RIBs in hand;
//   - the payee's bank does not say that the account is somebody else's;
//   - two whole days have passed since, or two persons have lifted them.
// Nothing read in an invoice or a statement enters here: only a person does.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/payments/contractor.h"
#include "ledger/treasury/gates.h"

namespace deodat::payments {

// Whole days between the confirmation and the first payment (48 hours at least).
inline constexpr int account_waiting_days = 2;
// A number is known before an account when it was entered at least so many days before, has served
// to confirm an earlier one, or came with the contractor's first account.
inline constexpr int telephone_known_days = 7;

// A number to call back, and the document that it was read on. Refuses an unclean source.
Result<TelephoneId> add_telephone(store::Transaction& tx, ContractorId contractor,
                                  std::string_view number, std::string_view source,
                                  PersonId officer);

struct CallBack {
    AccountId account;
    TelephoneId telephone;
    std::string reached;  // who answered, and for what position
    Day called_on;
    std::string former_end;  // the last four characters of the account before, as they said them
    std::string former_document;  // the RIB before, as it is filed
    std::string document;         // the new RIB, as it is filed
};
// Refuses the person who entered the account (same_person), a number that is not the contractor's
// or came too late, the wrong characters of the former account, and a second confirmation.
Result<Done> confirm_account(store::Transaction& tx, const CallBack& call, PersonId officer);

// What the payee's bank says of an account and a name.
enum class PayeeAnswer : std::uint8_t { match, close_match, no_match, not_possible };

struct PayeeVerification {
    AccountId account;
    PayeeAnswer answer;
    std::string returned_name;  // of a close match: the name that the bank gave
    Day answered_on;
};
// The newest answer holds.
Result<Done> verify_payee(store::Transaction& tx, const PayeeVerification& verification,
                          PersonId officer);
// Takes the close name for the payee's, with a reason. Refuses the person who entered the account.
Result<Done> accept_payee_name(store::Transaction& tx, AccountId account, std::string_view reason,
                               PersonId officer);

// An account never to be paid: forged, or not the contractor's.
Result<Done> reject_account(store::Transaction& tx, AccountId account, std::string_view reason,
                            PersonId officer);

// One of the two persons who lift the waiting time: the authorising officer and the public
// accountant. Refuses whoever entered or confirmed the account.
Result<Done> lift_waiting(store::Transaction& tx, AccountId account, std::string_view reason,
                          PersonId person);

enum class AccountState : std::uint8_t {
    rejected,
    ended,        // the contractor was closed after it was confirmed
    unconfirmed,  // nobody has called back
    not_payees,   // the bank says no match
    close_name,   // the bank gives a name that nobody has accepted
    unverified,   // the bank has not been asked
    waiting,      // until payable_from
    payable,
};
struct AccountStanding {
    AccountId id;
    AccountState state;
    std::optional<Day> payable_from;  // once it is confirmed
    std::string what;                 // a French sentence: what is missing, who supplies it
};
// Of an account of that contractor as of a day; nothing when the contractor never had it. An
// account entered twice is the newest entry.
std::optional<AccountStanding> account_standing(store::Database& db, ContractorId contractor,
                                                std::string_view iban, Day day);

// Whether that person entered or confirmed that account: they can neither approve nor pay.
bool has_touched_account(store::Database& db, ContractorId contractor, std::string_view iban,
                         PersonId person);

// Before a payment: the account is payable that day.
treasury::Gate account_gate(store::Database& db, ContractorId contractor, std::string_view iban,
                            Day day);

}  // namespace deodat::payments
