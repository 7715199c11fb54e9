// Any file of statements that a bank sends: its format is seen from its first bytes, or given by a
// mapping.
#pragma once
#include <string_view>
#include <vector>

#include "ledger/bank/csv_mapping.h"
#include "ledger/bank/statement.h"

namespace deodat::bank {

// How a bank writes its files, beyond its format.
struct BankProfile {
    std::optional<CsvMapping> mapping = {};
    ReversalSign reversal_sign = ReversalSign::as_booked;
};

// Every statement of a camt message, a CFONB120 file or, with a mapping, a CSV export. Refuses
// not_a_statement (a mapping for what needs none, too), and as the reader of its format.
Result<std::vector<Statement>> read_statements(std::string_view bytes, const BankProfile& profile);

}  // namespace deodat::bank
