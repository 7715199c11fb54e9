// The floor of the ledger's writing: a bare sqlite3 loop that stores the very same rows.
//
// Same as the ledger: tables, columns, primary keys and indices; every value bound, texts included;
// WAL with synchronous=FULL; cache size; as many entries a commit; statements prepared once; one
// balance kept for each posting. What the ledger does on top: the hash (the floor stores 32 given
// bytes), the checks and triggers (sum, numbering, nothing changed), foreign keys, the account's
// number from the chart, the answer to each client's thread.
#pragma once
#include <sqlite3.h>

#include <cstdint>
#include <string>

#include "ledger/base/invariant.h"
#include "ledger/journal/entry.h"

namespace deodat::bench {

class BareSqlite {
  public:
    explicit BareSqlite(const std::string& directory);
    BareSqlite(const BareSqlite&) = delete;
    BareSqlite& operator=(const BareSqlite&) = delete;
    BareSqlite(BareSqlite&&) = delete;
    BareSqlite& operator=(BareSqlite&&) = delete;
    ~BareSqlite();

    void begin() { run("BEGIN IMMEDIATE"); }
    void store(const journal::EntryDraft& draft);
    void commit() { run("COMMIT"); }
    // Sum of the lines stored, to be compared with what was asked for.
    std::int64_t postings();

  private:
    void run(const char* sql);
    sqlite3_stmt* prepare(const char* sql);
    void step(sqlite3_stmt* statement);

    sqlite3* db_ = nullptr;
    sqlite3_stmt* posting_ = nullptr;
    sqlite3_stmt* balance_ = nullptr;
    sqlite3_stmt* entry_ = nullptr;
    std::int64_t number_ = 0;
};

}  // namespace deodat::bench
