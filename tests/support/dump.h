// The whole ledger as text, canonical: the schema, then every table by name, every row by its
// values, each value with its kind. Two ledgers that hold the same dump alike to the byte.
#pragma once
#include <set>
#include <string>

#include "ledger/store/database.h"

namespace deodat::testing_support {

inline std::string dump(store::Database& db) {
    std::string out;
    std::set<std::string> tables;
    auto schema =
        db.select("SELECT type, name, coalesce(sql, '') FROM sqlite_schema ORDER BY 1, 2");
    while (schema.next()) {
        out += schema.text(2) + "\n";
        if (schema.text(0) == "table") tables.insert(schema.text(1));
    }
    for (const std::string& table : tables) {
        std::string row = "''";
        auto columns = db.select("SELECT name FROM pragma_table_info('" + table + "')");
        while (columns.next()) row += " || quote(\"" + columns.text(0) + "\") || '|'";
        out += "[" + table + "]\n";
        auto rows = db.select("SELECT " + row + " FROM \"" + table + "\" ORDER BY 1");
        while (rows.next()) out += rows.text(0) + "\n";
    }
    return out;
}

}  // namespace deodat::testing_support
