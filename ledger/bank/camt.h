// Reader of the ISO 20022 account messages camt.053 (statement), camt.052 (intraday report) and
// camt.054 (notice), versions .001.02 to .001.13 (what is read here has not changed since .08),
// with or without the envelope that some networks put around. It reads as the file is parsed: what
// is held is the statements, not the file's tree.
//
// It is strict on what moves money and tolerant on the rest. Refused, naming the place: another
// message type or version (not_a_statement), XML that is not safe or well formed (xml_malformed),
// an amount that is absent, signed or finer than the cent, a direction or status that is absent, a
// balance or movement without currency (statement_damaged). Tolerated: texts longer than the format
// allows, amounts with trailing zeros, day-and-hour where a day is expected, balances that are
// absent (then not bookable), details that do not add up (then one line, with a doubt).
#pragma once
#include <string_view>
#include <vector>

#include "ledger/bank/limits.h"
#include "ledger/bank/statement.h"

namespace deodat::bank {

// Every statement of the file, in its order; a message that holds none is damaged.
Result<std::vector<Statement>> read_camt(std::string_view xml,
                                         ReversalSign reversal_sign = ReversalSign::as_booked);

}  // namespace deodat::bank
