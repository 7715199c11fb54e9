// Any file of statements that a bank sends: its format is seen from its first bytes, or given by a
// mapping.
#pragma once
#include <string_view>
#include <vector>

#include "ledger/bank/csv_mapping.h"
#include "ledger/bank/statement.h"

namespace deodat::bank {

// Every statement of a camt message, a CFONB120 file or, with a mapping, a CSV export. Refuses
// not_a_statement (a mapping for what needs none, too), and as the reader of its format.
Result<std::vector<Statement>> read_statements(std::string_view bytes,
                                               const std::optional<CsvMapping>& mapping);

}  // namespace deodat::bank
