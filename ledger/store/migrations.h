// Numbered changes of the schema, applied once and in order. A number, once released, never
// changes. Columns are added to a table at its end, with a default (records.h digests the columns
// that a row was written with); rows are changed by commands, never by a migration.
#pragma once
#include "ledger/base/clock.h"
#include "ledger/store/database.h"

namespace deodat::store {

// Brings the database to the newest schema and seals what is new in it (records.h), all or nothing.
// A database newer than this program is refused with EnvironmentFailure: an old program must not
// write into it.
void migrate(Database& db, Instant now, Random& random);

// For a reader, which migrates nothing: another schema than this program's is refused with
// EnvironmentFailure.
void require_newest_schema(Database& db);

}  // namespace deodat::store
