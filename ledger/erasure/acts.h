// When a person acted last: until then, and as long as the pieces of that year are kept, its name
// is.
#pragma once
#include <optional>
#include <span>
#include <string_view>

#include "ledger/base/day.h"
#include "ledger/base/id.h"
#include "ledger/store/database.h"

namespace deodat::erasure {

// A trace that a person leaves in a table. The list has every column that refers to a person, but
// those whose row comes with an entry of the same person: a test reads the schema.
struct Act {
    std::string_view table;
    std::string_view column;
    std::string_view day;  // SQL: when it was
};
std::span<const Act> acts();

// None for who never acted.
std::optional<Day> last_act(store::Database& db, PersonId person);

}  // namespace deodat::erasure
