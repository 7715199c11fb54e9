// Reader of a bank's CSV export, by the mapping saved for that bank (csv_mapping.h): one statement
// of one account.
//
// The separator is the one of ; , and tab with which a line holds every mapped heading; the sign of
// decimals is what all amounts of the file agree on. Both are refused when the file leaves a doubt,
// with the key of the mapping that settles it. Lines before the headings are passed over, but those
// of the balances. The order of the lines is the one in which the running balance holds, else that
// of the days.
//
// Refused (statement_damaged, naming the line): no line with the headings, more cells than
// headings, a day or an amount that is none, debit and credit on one line. Tolerated: a day of the
// month that does not exist (then not bookable).
#pragma once
#include <string_view>
#include <vector>

#include "ledger/bank/csv_mapping.h"
#include "ledger/bank/limits.h"
#include "ledger/bank/statement.h"

namespace deodat::bank {

// The statement, of a text as text_from_bytes gave it. Refuses besides with out_of_range.
Result<Statement> read_csv_statement(std::string_view text, const CsvMapping& mapping);

}  // namespace deodat::bank
