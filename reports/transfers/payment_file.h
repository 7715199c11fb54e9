// Any payment file, shown and checked: pain.001 and PES Aller dépense, which order transfers;
// pain.002, PES Acquit and PES Retour, which say what became of them.
//
// What is no payment file, or damaged, is refused. A file that can be read is shown as it is,
// whatever is wrong with it, with every reason for which it should not be sent: those that can be
// seen in the file itself (its control sums, identifiers, accounts, texts), and those of the day it
// would be sent. Nothing here knows whether its transfers are due.
#pragma once
#include <string>
#include <string_view>
#include <variant>

#include "ledger/bank/payment_status.h"
#include "reports/transfers/transfer_file.h"

namespace deodat::reports {

using PaymentFile = std::variant<ReadTransfers, bank::StatusReport>;

// `sending` is the day on which the file would leave. Refuses with xml_malformed,
// not_a_payment_file, payment_file_damaged or out_of_range.
Result<PaymentFile> read_payment_file(std::string_view bytes, Day sending);

// The file and its reasons, for a program: one object of JSON, amounts in cents. A file of
// transfers says whether it is `sendable`: it has no reason against. A signature is told, and not
// verified.
std::string payment_file_json(const PaymentFile& file);

// The same for people, in French.
std::string payment_file_text(const PaymentFile& file);

}  // namespace deodat::reports
