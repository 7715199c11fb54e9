// Statements of a bank for programs and for people.
#pragma once
#include <iosfwd>
#include <string>
#include <vector>

#include "ledger/bank/statement.h"

namespace deodat::treasury_desk {

// {"bookable", "reasons": [{"statement", "code", "field", "message"}], "statements": [{"format",
// "kind",
//  "message_id", "id", "sequence_number", "account", "account_is_iban", "currency", "first_day",
//  "last_day", "opening", "closing", "balances": [{"code", "amount_cents", "currency", "date"}],
//  "movement_count", "booked_sum_cents", "bookable", "reasons", "remarks", "movements":
//  [{"ordinal", "entry_ordinal", "booking_date", "value_date", "amount_cents", "currency",
//  "status", "reversal", "charges", "return_reason", "end_to_end_id", "counterparty_name",
//  "counterparty_iban", "remittance", "bank_code", "bank_label", "references": {…},
//  "batch_transactions"?, "proposed_booking_date"?, "proposed_value_date"?, "doubt"?}]}]}
//
// Amounts are signed cents: what a movement does to the account. What the bank did not say is null,
// or "". The first "reasons" are those of all statements, with the rank of each in the file;
// "bookable" is whether all are.
void write_json(std::ostream& out, const std::vector<bank::Statement>& statements);

// The same in French, without the references.
void write_text(std::ostream& out, const std::vector<bank::Statement>& statements);

}  // namespace deodat::treasury_desk
