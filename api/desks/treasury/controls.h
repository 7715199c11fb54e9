// The treasury's desk: what holds payments back whoever approves them, and approving several at
// once.
#pragma once
#include <string>
#include <vector>

#include "api/desks/desk.h"
#include "ledger/payments/payment_order.h"
#include "ledger/payments/suspension.h"

namespace deodat::treasury_desk {

// As payments::propose_payment_limit, for the desk's person.
Result<payments::LimitProposal> propose_payment_limit(desks::Desk& desk, ProgrammeId programme,
                                                      payments::LimitScope scope,
                                                      std::optional<Money> amount,
                                                      const std::string& reason);
// The day from which it holds.
Result<Day> confirm_payment_limit(desks::Desk& desk, std::int64_t limit);

// The stop button, and who agrees to go on; true once payments do.
Result<Done> suspend_payments(desks::Desk& desk, const std::string& reason);
Result<bool> lift_suspension(desks::Desk& desk);

// As payments::approve_orders, today.
Result<std::vector<EntryId>> approve_orders(desks::Desk& desk, const payments::ApprovalList& list);

}  // namespace deodat::treasury_desk
