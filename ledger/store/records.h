// Records: every row outside the journal is sealed in a hash chain by the command that writes it.
//
// The journal's entries chain themselves. What they do not hold (a name, an account, who approved,
// a date) stands in the other tables: whatever a command inserts, updates or deletes there is
// noticed by SQLite's pre-update hook, and at the command's end one record a row is appended with
// the digest of what the row now holds. No table is listed here: a new one is sealed because it
// exists; those that prove themselves otherwise are named by proven_elsewhere(), with the reason.
//
// Canonical bytes, version 1, in the forms of ledger/base/canonical.h ("text" is a 32-bit length,
// then the bytes). A row's digest is SHA-256 of
//
//   8 bytes    "DEODATL" and the version, 0x01
//   32 bytes   salt, drawn anew each time the row is written
//   text       table
//   uint32     number of columns, then for each, in the table's order:
//                text   the column's name
//                1 byte 'N' null, or 'I' and an int64, or 'T' or 'B' and a text (UTF-8, or bytes)
//
// A record's hash is SHA-256 of
//
//   8 bytes    "DEODATR" and the version, 0x01
//   32 bytes   hash of the record before; 32 zero bytes before the first
//   int64      number, from 1, without holes
//   int64      recorded_at, microseconds since 1970-01-01 UTC
//   int64      number of the journal's last entry at that time, 0 for none
//   32 bytes   that entry's hash; 32 zero bytes for none
//   text       table
//   text       key: the primary key's values as SQL literals, separated by commas
//   int64      previous: the record of the same row before this one, 0 for none
//   uint32     how many of the table's columns, from the first, the digest covers
//   text       digest: 32 bytes, or empty when the row is gone
//
// So records and entries are woven together: neither can be cut or rewritten without the other.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/base/canonical.h"
#include "ledger/base/clock.h"
#include "ledger/store/database.h"

namespace deodat::store {

struct Record {
    std::int64_t number = 0;
    Instant recorded_at{0};
    EntryId entry;
    std::string table;
    std::string key;
    std::int64_t previous = 0;
    std::int64_t columns = 0;
    std::string digest;
    std::string hash;
};
std::string canonical_bytes(const Record& record, std::string_view previous_hash,
                            std::string_view entry_hash);

// All records, in order, with the hash of the entry that each names (empty when there is no such
// entry).
template <class Visitor>
void for_each_record(Database& db, Visitor visit);

// A sealed table as the schema has it.
struct SealedTable {
    struct Column {
        std::string name;
        std::string default_value;  // an SQL expression: what older rows hold of a newer column
    };
    std::string name;
    std::vector<Column> columns;
    std::vector<std::size_t> key;  // which columns
    std::string select;            // SELECT every column FROM the table
    std::string where_key;         // WHERE the key's columns are those bound
};
std::vector<SealedTable> sealed_tables(Database& db);

// Why a table is not sealed here; nothing for one that is.
std::optional<std::string_view> proven_elsewhere(std::string_view table);

// Of the row that a `select` is at.
std::string key_text(const SealedTable& table, const Rows& row);
std::string row_digest(const SealedTable& table, const Rows& row, std::size_t columns,
                       std::string_view salt);

// Notices what is written through one connection, and seals it. Belongs to the thread that writes;
// lives no longer than the connection.
class RecordChain {
  public:
    // Starts noticing. The schema is the newest already.
    RecordChain(Database& db, Random& random);
    RecordChain(const RecordChain&) = delete;
    RecordChain& operator=(const RecordChain&) = delete;
    RecordChain(RecordChain&&) = delete;
    RecordChain& operator=(RecordChain&&) = delete;
    ~RecordChain();

    // Appends a record for each row noticed since the last call: the end of a command that is kept.
    void seal(Instant now);
    // Forgets what was noticed: the command was rolled back.
    void forget() { touched_.clear(); }
    // After the schema was brought up to date: seals its new migrations, and the rows of the tables
    // that have no record at all.
    void seal_new_schema(Instant now);

  private:
    friend struct Hook;
    void touch(const SealedTable& table, std::vector<Value> key, std::string text);
    void touch_row(const SealedTable& table, const Rows& row);
    void append(const SealedTable& table, const std::string& key, const std::vector<Value>& values,
                Instant now);

    Database& db_;
    Random& random_;
    std::map<std::string, SealedTable, std::less<>> tables_;
    std::map<std::pair<std::string, std::string>, std::vector<Value>> touched_;
};

// ---- templates

namespace detail {
Rows select_records(Database& db);
Record record_of(const Rows& rows);
}  // namespace detail

template <class Visitor>
void for_each_record(Database& db, Visitor visit) {
    Rows rows = detail::select_records(db);
    while (rows.next()) visit(detail::record_of(rows), rows.bytes(9));
}

}  // namespace deodat::store
