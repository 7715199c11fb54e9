// Payment orders under four eyes: made, approved, released by three natural persons, none of the
// last two having entered or confirmed the payee's account. Then transfers: sent, paid, or returned
// and made again.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/payments/works_order.h"
#include "ledger/treasury/gates.h"

namespace deodat::payments {

enum class Purpose : std::uint8_t { works, retention };
enum class OrderState : std::uint8_t { made, approved, released, sent, paid, returned };
inline constexpr std::size_t order_state_count = 6;
std::string_view order_state_name(OrderState state);
std::string_view order_state_label(OrderState state);

struct PaymentOrder {
    OrderId id;
    std::string number;  // "P26-0001"
    InvoiceId invoice;
    Purpose purpose;
    Money amount;  // to the contractor
    std::string iban;
    std::int64_t attempt;  // 1, then one more after each return
    PersonId made_by;
    Day made_on;
    OrderState state;
    PersonId approved_by;
    std::optional<Day> approved_on;
    std::string approved_hash;
    PersonId released_by;
    bool taken_in_charge;  // event 6 is posted, once whatever the number of attempts
};

// The canonical bytes an approval is about: mark "DEODAT-ORDER" 0x01, then texts number, dossier
// reference, contractor SIRET, IBAN, invoice number, purpose, and int64 cents, retention cents,
// attempt.
std::string order_hash(store::Database& db, const PaymentOrder& order);

// An order for the invoice's net amount. Refuses before acceptance of works, without an account to
// pay.
Result<OrderId> make_order(store::Transaction& tx, InvoiceId invoice, PersonId officer, Day day);
// An order for the retention. Refuses before a year after acceptance, or when none is withheld: a
// retention is, once the works' order is taken in charge.
Result<OrderId> make_retention_order(store::Transaction& tx, InvoiceId invoice, PersonId officer,
                                     Day day);
// The same order after the bank returned it, to the contractor's newest account. The approval is
// asked again.
Result<Done> make_order_again(store::Transaction& tx, OrderId order, PersonId officer, Day day);

// The gates a desk shows before approval and before release; both refuse at the first closed one.
Result<std::vector<treasury::Gate>> gates_of(store::Database& db, OrderId order, Day day);

// The authorising officer approves exactly `hash`. A chained entry holds it for ever.
Result<EntryId> approve_order(store::Transaction& tx, OrderId order, std::string_view hash,
                              PersonId authorising_officer, Day day);

// The public accountant takes in charge and releases. Posts event 6 the first time. Refuses with
// order_changed when the order is not what was approved, and while a gate is closed: approvals
// given since may have used what this one counted on.
Result<Done> release_order(store::Transaction& tx, OrderId order, PersonId public_accountant,
                           Day day);

Result<PaymentOrder> find_order(store::Database& db, OrderId id);
std::vector<PaymentOrder> orders_of(store::Database& db, DossierId dossier);

}  // namespace deodat::payments
