#include "ledger/journal/export_register.h"

namespace deodat::journal {

std::int64_t register_export(store::Transaction& tx, const JournalExport& made) {
    return tx.db().insert(
        "INSERT INTO journal_export (made_at, person, format, year, up_to, bytes, sha256)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        tx.now(), made.person, made.format, made.year, made.up_to, made.bytes,
        store::Value::bytes(made.sha256));
}

std::vector<JournalExport> registered_exports(store::Database& db) {
    std::vector<JournalExport> out;
    auto rows = db.select(
        "SELECT id, made_at, person, format, year, up_to, bytes, sha256 FROM journal_export"
        " ORDER BY id");
    while (rows.next()) {
        out.push_back({rows.integer(0),
                       Instant(rows.integer(1)),
                       {rows.integer(2)},
                       rows.text(3),
                       static_cast<int>(rows.integer(4)),
                       {rows.integer(5)},
                       rows.integer(6),
                       rows.bytes(7)});
    }
    return out;
}

}  // namespace deodat::journal
