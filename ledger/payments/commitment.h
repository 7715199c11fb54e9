// Commitments: what became of the amount of each works order, told by the journal alone.
//
//   committed = open + ordered + paid + returned
//
// Open is what may still be ordered; ordered, what approved payment orders hold and the bank has
// not paid; returned, what will not be used. The entries of a works order bear its reference as
// their piece (journal/events.h); a reversal counts against what it reverses.
#pragma once
#include <map>
#include <string>

#include "ledger/base/money.h"
#include "ledger/store/database.h"

namespace deodat::payments {

struct Commitment {
    Money committed;
    Money ordered;
    Money paid;
    Money returned;
    Money open() const { return committed - ordered - paid - returned; }
};

// Of one works order, by its reference: "W26-0001".
Commitment commitment_of(store::Database& db, std::string_view reference);
// Of all of them, by reference.
std::map<std::string, Commitment> commitments(store::Database& db);

}  // namespace deodat::payments
