#include "ledger/store/numbering.h"

#include "ledger/base/numbering.h"

namespace deodat::store {

std::string next_number(Database& db, std::string_view table, std::string_view column,
                        const std::string& prefix) {
    // Table and column are names of our own schema, never text from outside.
    // ':' is the character after '9': the range holds the prefix followed by digits, off the index.
    const std::string name(column);
    auto rows = db.select("SELECT count(*) FROM " + std::string(table) + " WHERE " + name +
                              " > ?1 AND " + name + " < ?1 || ':'",
                          prefix);
    rows.next();
    return numbered(prefix, rows.integer(0) + 1);
}

}  // namespace deodat::store
