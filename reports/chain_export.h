// The chain as a text, from which everything can be recomputed without us: one thing a line, words
// separated by one space, bytes in lower-case hexadecimal.
//
//   deodat-chain 1
//   ledger IDENTITY                       hash of the first record, 32 bytes
//   entries COUNT HEAD-HASH               of the journal (ledger/journal/chain.h)
//   records COUNT HEAD-HASH               of the tables (ledger/store/records.h)
//   entry NUMBER PREVIOUS-HASH HASH CANONICAL-BYTES        each entry, in order
//   record NUMBER PREVIOUS-HASH HASH CANONICAL-BYTES       each record, in order
//   signature STATEMENT PUBLIC-KEY SIGNATURE               each anchor (ledger/audit/statement.h)
//   time-stamp STATEMENT REQUEST RESPONSE                  those that were answered
//
// A head hash is 32 zero bytes when there is nothing. No personal data: records hold salted
// digests.
#pragma once
#include <ostream>

#include "ledger/store/database.h"

namespace deodat::reports {

void export_chain(store::Database& db, std::ostream& out);

}  // namespace deodat::reports
