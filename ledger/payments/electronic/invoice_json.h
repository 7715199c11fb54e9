// An electronic invoice and what is wrong with it, as JSON for programs: amounts in integer cents,
// rates in basis points, quantities and unit prices as decimal texts, dates ISO.
#pragma once
#include <string>

#include "ledger/payments/electronic/checks.h"

namespace deodat::payments::electronic {

// One object. A date that does not exist is null, with its text beside it in the obstacles.
std::string invoice_json(const ElectronicInvoice& invoice, const Checks& checks);

}  // namespace deodat::payments::electronic
