// What goes on paper between an order of works and its payment. Each is read from the ledger as it
// stands, and refuses (not_found) what does not exist, (erased) a household that was forgotten.
#pragma once
#include <string>

#include "ledger/payments/payment_order.h"

namespace deodat::reports {

// The works order: what the household orders of the contractor, line by line, VAT by rate,
// amendments; who pays, and the fourteen days to withdraw (C. conso., art. L. 221-18). No aid and
// no income stands there.
Result<std::string> works_order_document(store::Database& db, std::int64_t works_order, Day day);

// To the contractor: which invoice is paid, what is withheld and until when, on which account (its
// last four characters only), and when.
Result<std::string> payment_notice(store::Database& db, OrderId order, Day day);

// For the public accountant: the invoice beside its works order, the acceptance, the retention, who
// did what, and the hash that the approval binds.
Result<std::string> liquidation_certificate(store::Database& db, OrderId order, Day day);

}  // namespace deodat::reports
