// Which movements of a statement the ledger has already: statements may overlap, and none may be
// booked twice.
//
// A statement that begins where the last one ended brings movements that are all new. Another is
// compared, movement by movement, with what is known of the account since its first day: the same
// movement is that of the same day and amount with the same reference of the bank, or where one has
// none, the same label and payer; two that look alike are two, counted. What then remains new must
// lead from the last closing balance to the statement's own, else a statement is missing or one
// contradicts another, and nothing is taken.
#pragma once
#include <vector>

#include "ledger/bank/statement.h"
#include "ledger/funding/programme.h"

namespace deodat::bank {

struct NewMovements {
    std::vector<const Movement*> movements;  // booked ones, in the statement's order
    Money known;                             // the sum of those that were known
};
// Of a bookable statement of this programme's account whose closing balance has a day. Refuses a
// statement of which all is known (statement_already_imported), one that ends before the last one
// (statement_gap), and one that does not join it to the cent (statement_gap); the first one must
// open with what the opening of the accounts took over, or nothing.
Result<NewMovements> new_movements(store::Database& db, ProgrammeId programme,
                                   const Statement& statement);

// The text of a movement as it is kept: the bank's label, then what the payer wrote.
std::string kept_text(const Movement& movement);

}  // namespace deodat::bank
