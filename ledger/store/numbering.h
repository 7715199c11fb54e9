// Yearly numbers without holes: the next one of a column that only ever grows.
#pragma once
#include <string>
#include <string_view>

#include "ledger/store/database.h"

namespace deodat::store {

// The next reference of `table.column` with that prefix ("C26-" -> "C26-0004" after C26-0003).
std::string next_number(Database& db, std::string_view table, std::string_view column,
                        const std::string& prefix);

}  // namespace deodat::store
