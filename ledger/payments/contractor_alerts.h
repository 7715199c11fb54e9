// What a person should know before approving a payment, and that no gate decides for them.
#pragma once
#include <string>
#include <vector>

#include "ledger/payments/payment_order.h"

namespace deodat::payments {

struct Alert {
    std::string name;     // stable: "shared_account"
    std::string message;  // a French sentence with the facts
};

// Of an account, whoever asks to be paid on it:
//   shared_account   another contractor has it, or it is one of the PETR's own
//   foreign_account  it is held in another country than the contractor's
std::vector<Alert> account_alerts(store::Database& db, ContractorId contractor,
                                  std::string_view iban);

// Of a payment order: those of its account, and
//   not_qualified    no RGE qualification for a trade of the quote on the quote's date
//   not_insured      no ten-year insurance on the day the works were ordered
//   contractor_ended closed, or in the hands of the court
//   split_elsewhere  with it, more is approved for the contractor in the seven days up to that day
//                    than one order may be
std::vector<Alert> order_alerts(store::Database& db, OrderId order, Day day);

}  // namespace deodat::payments
