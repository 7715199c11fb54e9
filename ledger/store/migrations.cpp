#include "ledger/store/migrations.h"

#include <array>

#include "embedded/ledger_store.h"
#include "ledger/store/records.h"

namespace deodat::store {
namespace {

struct Migration {
    int number;
    std::string_view name;
    std::string_view (*sql)();
};

constexpr std::array migrations = {
    Migration{1, "journal", embedded::_0001_journal_sql},
    Migration{2, "people", embedded::_0002_people_sql},
    Migration{3, "dossiers", embedded::_0003_dossiers_sql},
    Migration{4, "funding", embedded::_0004_funding_sql},
    Migration{5, "payments", embedded::_0005_payments_sql},
    Migration{6, "bank", embedded::_0006_bank_sql},
    Migration{7, "anchors", embedded::_0007_anchors_sql},
    Migration{8, "records", embedded::_0008_records_sql},
    Migration{9, "exports", embedded::_0009_exports_sql},
    Migration{10, "periods", embedded::_0010_periods_sql},
    Migration{11, "answers", embedded::_0011_answers_sql},
    Migration{12, "contractors", embedded::_0012_contractors_sql},
    Migration{13, "erasure", embedded::_0013_erasure_sql},
    Migration{14, "commitments", embedded::_0014_commitments_sql},
    Migration{15, "payment_controls", embedded::_0015_payment_controls_sql},
    Migration{16, "overlapping_statements", embedded::_0016_overlapping_statements_sql},
};

std::int64_t current_number(Database& db) {
    Rows rows = db.select("SELECT coalesce(max(number), 0) FROM schema_migration");
    rows.next();
    return rows.integer(0);
}

void refuse_newer(std::int64_t current) {
    if (current <= migrations.back().number) return;
    throw EnvironmentFailure("the data were written by a newer version of Déodat (schema " +
                             std::to_string(current) + ")");
}

}  // namespace

void require_newest_schema(Database& db) {
    const std::int64_t current = current_number(db);
    refuse_newer(current);
    if (current < migrations.back().number) {
        throw EnvironmentFailure("the data are of an older version of Déodat (schema " +
                                 std::to_string(current) + "): open them once for writing");
    }
}

void migrate(Database& db, Instant now, Random& random) {
    db.script("BEGIN IMMEDIATE");
    try {
        db.script(
            "CREATE TABLE IF NOT EXISTS schema_migration ("
            " number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT");
        const std::int64_t current = current_number(db);
        refuse_newer(current);
        for (const Migration& migration : migrations) {
            if (migration.number <= current) continue;
            db.script(std::string(migration.sql()));
            db.run("INSERT INTO schema_migration VALUES (?, ?, ?)", migration.number,
                   migration.name, now);
        }
        RecordChain(db, random).seal_new_schema(now);
        db.script("COMMIT");
    } catch (...) {
        if (db.in_transaction()) db.script("ROLLBACK");
        throw;
    }
}

}  // namespace deodat::store
