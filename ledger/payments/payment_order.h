// Payment orders under four eyes: made, approved, released by three natural persons, none of the
// last two having entered or confirmed the payee's account. Then transfers: sent, paid, or returned
// and made again. An approval orders its part of the works order's commitment; an order that is
// refused, or expires, opens that part again.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/payments/payment_limit.h"
#include "ledger/payments/works_order.h"
#include "ledger/treasury/gates.h"

namespace deodat::payments {

enum class Purpose : std::uint8_t { works, retention };
enum class OrderState : std::uint8_t { made, approved, released, sent, paid, returned, refused };
inline constexpr std::size_t order_state_count = 7;
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
    bool ordered;          // its part of the works order's commitment is
    std::optional<Day> refused_on;
    std::optional<Day> released_on;
};

// How long after it was made an order may be approved and released: the account to pay was looked
// at then.
inline constexpr int order_valid_days = 90;

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
// The same order after the bank returned it, or after it was refused or expired, to the
// contractor's newest account. The approval is asked again. Refuses (over_commitment) an order
// whose part of the works order was returned or invoiced otherwise since.
Result<Done> make_order_again(store::Transaction& tx, OrderId order, PersonId officer, Day day);

// The gates a desk shows before approval and before release; both refuse at the first closed one.
Result<std::vector<treasury::Gate>> gates_of(store::Database& db, OrderId order, Day day);
// An order of an open dossier among what payment limits hold.
LimitedPayment limited_payment(store::Database& db, OrderId order);

// The authorising officer approves exactly `hash`. A chained entry holds it for ever, a second one
// orders the commitment. Refuses an order that has expired, and while a gate is closed.
Result<EntryId> approve_order(store::Transaction& tx, OrderId order, std::string_view hash,
                              PersonId authorising_officer, Day day);

// What a person approves in one act: each order as it was shown, how many they are and what they
// come to.
struct ApprovalList {
    struct Line {
        OrderId order;
        std::string hash;
    };
    std::size_t count = 0;
    Money total;
    std::vector<Line> lines;
};
// All of them, or none: refuses a list that is empty or not of that count and total (malformed), an
// order listed twice (duplicate), and what approve_order refuses of any; the field names the line.
// The entries of the approvals, in the list's order.
Result<std::vector<EntryId>> approve_orders(store::Transaction& tx, const ApprovalList& list,
                                            PersonId authorising_officer, Day day);

// The public accountant takes in charge and releases. Posts event 6 the first time; what a final
// invoice leaves of its works order is returned then. Refuses an order that has expired, with
// order_changed when the order is not what was approved, and while a gate is closed: approvals
// given since may have used what this one counted on.
Result<Done> release_order(store::Transaction& tx, OrderId order, PersonId public_accountant,
                           Day day);

// The authorising officer will not approve an order made, or the public accountant will not release
// an approved one. A chained entry holds what was refused; what was ordered of the commitment is
// open again. Refuses an order in another state, an unclean reason.
Result<EntryId> refuse_order(store::Transaction& tx, OrderId order, std::string_view reason,
                             PersonId person, Day day);
// Every order of a programme that has expired is refused for it, by an officer. Answers which.
Result<std::vector<OrderId>> expire_orders(store::Transaction& tx, ProgrammeId programme,
                                           PersonId officer, Day day);

Result<PaymentOrder> find_order(store::Database& db, OrderId id);
Result<PaymentOrder> order_by_number(store::Database& db, std::string_view number);
// Whether the payment of the invoice's works holds its part of the commitment.
bool has_ordered(store::Database& db, InvoiceId invoice);
std::vector<PaymentOrder> orders_of(store::Database& db, DossierId dossier);

}  // namespace deodat::payments
