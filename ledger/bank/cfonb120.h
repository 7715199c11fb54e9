// Reader of CFONB120 (AFB120), the statement of French banks: records of 120 characters, one a line
// or end to end. Columns count from 1.
//
//             01 / 07 balance          04 movement                  05 complement of a movement
//    1-2      code                     code                         code
//    3-7      bank                     bank                         bank
//    8-11                              the bank's operation code
//    12-16    branch                   branch                       branch
//    17-19    currency                 currency
//    20       decimals of the amount   decimals
//    22-32    account                  account                      account
//    33-34                             interbank operation code
//    35-40    day (DDMMYY)             booking day
//    41-42                             reason of a rejection
//    43-48                             value day                    46-48 qualifier, 49-118 text
//    49-79                             label
//    82-88                             number of the entry
//    91-104   amount                   amount
//    105-120                           reference
//
// An amount is thirteen digits and a last one that bears the sign: { and A to I are +0 to +9, } and
// J to R are -0 to -9. A statement is 01, any 04 each with any 05, then 07. Qualifiers: LIB, LCC,
// LC2, LCS (texts), NPY and NBE (payer and payee), CPY and CBE (their accounts), RCN (the client's
// reference, then the purpose), REF (reference of the payment), RUM (mandate); the text of any
// other is kept behind its qualifier.
//
// The format numbers no statement: its id is made of the days of its two balances. Its account is
// the IBAN whose keys are computed.
//
// Refused, naming the line (statement_damaged): a record of less than 120 characters, or of more
// that are not blank; records out of order, unknown or of another account; a last record that is no
// 07; an amount without its sign, or finer than the cent; a balance whose day does not exist.
// Tolerated: blank lines, CR LF or nothing between records, accents (encoding.h), a movement whose
// day does not exist (then not bookable), a currency or decimals left blank, another bank's code on
// a movement.
#pragma once
#include <string_view>
#include <vector>

#include "ledger/bank/limits.h"
#include "ledger/bank/statement.h"

namespace deodat::bank {

// Every statement of the file, in its order, as text_from_bytes gave it. Refuses besides with
// out_of_range.
Result<std::vector<Statement>> read_cfonb120(std::string_view text);

// Whether the text begins as a CFONB120 file does, or one that lost its beginning.
bool looks_like_cfonb120(std::string_view text);

}  // namespace deodat::bank
