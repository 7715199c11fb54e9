#include "ledger/store/records.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>

namespace deodat::store {
namespace {

struct Elsewhere {
    std::string_view table;
    std::string_view how;
};
constexpr std::array elsewhere = {
    Elsewhere{"entry", "chained itself, by its own canonical bytes"},
    Elsewhere{"posting", "inside its entry's canonical bytes"},
    Elsewhere{"balance", "a cache, recomputed from the postings by verify"},
    Elsewhere{"record", "the record chain itself"},
    Elsewhere{"record_salt", "the digests of the record chain do not hold without it"},
};

std::string quoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        out += c;
        if (c == '\'') out += c;
    }
    return out + "'";
}

void add_key_part(std::string& key, std::string_view literal) {
    if (!key.empty()) key += ',';
    key += literal;
}

std::string joined(const std::vector<std::string>& names, std::string_view with) {
    std::string out;
    for (const std::string& name : names) out += (out.empty() ? "" : std::string(with)) + name;
    return out;
}

SealedTable describe(Database& db, const std::string& name) {
    SealedTable table{name, {}, {}, {}, {}};
    std::vector<std::string> columns;
    std::vector<std::pair<std::int64_t, std::size_t>> key;  // place in the key, column
    auto rows = db.select(
        "SELECT name, coalesce(dflt_value, 'NULL'), pk FROM pragma_table_info(?)"
        " ORDER BY cid",
        name);
    while (rows.next()) {
        if (rows.integer(2) > 0) key.emplace_back(rows.integer(2), columns.size());
        columns.push_back(rows.text(0));
        table.columns.push_back({rows.text(0), rows.text(1)});
    }
    std::sort(key.begin(), key.end());
    DEODAT_ASSERT(!key.empty(), "a table has a primary key");
    std::vector<std::string> conditions;
    for (const auto& [place, column] : key) {
        table.key.push_back(column);
        conditions.push_back(columns[column] + " = ?");
    }
    table.select = "SELECT " + joined(columns, ", ") + " FROM " + name;
    table.where_key = " WHERE " + joined(conditions, " AND ");
    return table;
}

}  // namespace

std::string canonical_bytes(const Record& record, std::string_view previous_hash,
                            std::string_view entry_hash) {
    DEODAT_ASSERT(previous_hash.size() == hash_bytes && entry_hash.size() == hash_bytes,
                  "a hash has 32 bytes");
    return CanonicalBytes(std::string_view("DEODATR\x01", 8))
        .raw(previous_hash)
        .int64(record.number)
        .int64(record.recorded_at.microseconds())
        .int64(record.entry.value)
        .raw(entry_hash)
        .text(record.table)
        .text(record.key)
        .int64(record.previous)
        .uint32(static_cast<std::uint32_t>(record.columns))
        .text(record.digest)
        .bytes();
}

Rows detail::select_records(Database& db) {
    return db.select(
        "SELECT r.number, r.recorded_at, r.entry, r.table_name, r.row_key, r.previous, r.columns,"
        " r.digest, r.hash, e.hash FROM record r LEFT JOIN entry e ON e.number = r.entry"
        " ORDER BY r.number");
}

Record detail::record_of(const Rows& rows) {
    return {rows.integer(0), Instant(rows.integer(1)), {rows.integer(2)}, rows.text(3),
            rows.text(4),    rows.integer(5),          rows.integer(6),   rows.bytes(7),
            rows.bytes(8)};
}

std::optional<std::string_view> proven_elsewhere(std::string_view table) {
    for (const Elsewhere& row : elsewhere) {
        if (row.table == table) return row.how;
    }
    return std::nullopt;
}

std::vector<SealedTable> sealed_tables(Database& db) {
    std::vector<SealedTable> out;
    auto rows = db.select(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%'"
        " ESCAPE '\\' ORDER BY name");
    while (rows.next()) {
        if (!proven_elsewhere(rows.text(0))) out.push_back(describe(db, rows.text(0)));
    }
    return out;
}

std::string key_text(const SealedTable& table, const Rows& row) {
    std::string out;
    for (const std::size_t column : table.key) {
        const int c = static_cast<int>(column);
        add_key_part(out, row.kind(c) == ValueKind::integer ? std::to_string(row.integer(c))
                                                            : quoted(row.text(c)));
    }
    return out;
}

std::string row_digest(const SealedTable& table, const Rows& row, std::size_t columns,
                       std::string_view salt) {
    CanonicalBytes bytes(std::string_view("DEODATL\x01", 8));
    bytes.raw(salt).text(table.name).uint32(static_cast<std::uint32_t>(columns));
    for (std::size_t i = 0; i < columns; ++i) {
        const int c = static_cast<int>(i);
        bytes.text(table.columns[i].name);
        switch (row.kind(c)) {
            case ValueKind::null:
                bytes.raw("N");
                break;
            case ValueKind::integer:
                bytes.raw("I").int64(row.integer(c));
                break;
            case ValueKind::text:
                bytes.raw("T").text(row.text(c));
                break;
            case ValueKind::bytes:
                bytes.raw("B").text(row.bytes(c));
                break;
        }
    }
    return sha256(bytes.bytes());
}

// ---- RecordChain

// What SQLite calls just before it changes a row. It may not run SQL: it notes the keys.
struct Hook {
    static void before_change(void* chain, sqlite3* handle, int operation, const char* schema,
                              const char* table, sqlite3_int64 /*old_rowid*/,
                              sqlite3_int64 /*new_rowid*/) {
        if (std::string_view(schema) != "main") return;
        auto& self = *static_cast<RecordChain*>(chain);
        const auto found = self.tables_.find(std::string_view(table));
        if (found == self.tables_.end()) return;
        if (operation != SQLITE_INSERT) note(self, found->second, handle, sqlite3_preupdate_old);
        if (operation != SQLITE_DELETE) note(self, found->second, handle, sqlite3_preupdate_new);
    }

    static void note(RecordChain& self, const SealedTable& table, sqlite3* handle,
                     int (*value_of)(sqlite3*, int, sqlite3_value**)) {
        std::vector<Value> key;
        std::string text;
        for (const std::size_t column : table.key) {
            sqlite3_value* value = nullptr;
            if (value_of(handle, static_cast<int>(column), &value) != SQLITE_OK) return;
            if (sqlite3_value_type(value) == SQLITE_INTEGER) {
                key.emplace_back(static_cast<std::int64_t>(sqlite3_value_int64(value)));
                add_key_part(text, std::to_string(sqlite3_value_int64(value)));
            } else {
                std::string part(reinterpret_cast<const char*>(sqlite3_value_text(value)),
                                 static_cast<std::size_t>(sqlite3_value_bytes(value)));
                add_key_part(text, quoted(part));
                key.emplace_back(std::move(part));
            }
        }
        self.touch(table, std::move(key), std::move(text));
    }
};

RecordChain::RecordChain(Database& db, Random& random) : db_(db), random_(random) {
    for (SealedTable& table : sealed_tables(db)) tables_.emplace(table.name, std::move(table));
    sqlite3_preupdate_hook(db.handle_, &Hook::before_change, this);
}

RecordChain::~RecordChain() {
    sqlite3_preupdate_hook(db_.handle_, nullptr, nullptr);
}

void RecordChain::touch(const SealedTable& table, std::vector<Value> key, std::string text) {
    touched_.insert_or_assign({table.name, std::move(text)}, std::move(key));
}

void RecordChain::seal(Instant now) {
    for (const auto& [row, key] : touched_) append(tables_.at(row.first), row.second, key, now);
    touched_.clear();
}

void RecordChain::touch_row(const SealedTable& table, const Rows& row) {
    std::vector<Value> key;
    for (const std::size_t column : table.key) {
        const int c = static_cast<int>(column);
        const bool integer = row.kind(c) == ValueKind::integer;
        key.push_back(integer ? Value(row.integer(c)) : Value(row.text(c)));
    }
    touch(table, std::move(key), key_text(table, row));
}

void RecordChain::seal_new_schema(Instant now) {
    const SealedTable& migrations = tables_.at("schema_migration");
    auto fresh = db_.select(migrations.select +
                                " WHERE CAST(number AS TEXT) NOT IN"
                                " (SELECT row_key FROM record_salt WHERE table_name = ?)",
                            migrations.name);
    while (fresh.next()) touch_row(migrations, fresh);
    if (touched_.empty()) return;
    for (const auto& [name, table] : tables_) {
        auto known = db_.select("SELECT 1 FROM record WHERE table_name = ? LIMIT 1", name);
        if (known.next()) continue;
        auto rows = db_.select(table.select);
        while (rows.next()) touch_row(table, rows);
    }
    seal(now);
}

void RecordChain::append(const SealedTable& table, const std::string& key,
                         const std::vector<Value>& values, Instant now) {
    Record record{1, now, {}, table.name, key, 0, 0, {}, {}};
    record.columns = static_cast<std::int64_t>(table.columns.size());
    auto before = db_.select("SELECT record FROM record_salt WHERE table_name = ? AND row_key = ?",
                             table.name, key);
    if (before.next()) record.previous = before.integer(0);

    const std::string salt = random_.bytes(hash_bytes);
    auto row = db_.select_with(table.select + table.where_key, values);
    const bool exists = row.next();
    if (!exists && record.previous == 0) return;  // come and gone within the command
    if (exists) record.digest = row_digest(table, row, table.columns.size(), salt);

    const std::string nothing(hash_bytes, '\0');
    auto head = db_.select("SELECT number, hash FROM record ORDER BY number DESC LIMIT 1");
    const bool first = !head.next();
    if (!first) record.number = head.integer(0) + 1;
    auto entry = db_.select("SELECT number, hash FROM entry ORDER BY number DESC LIMIT 1");
    const bool empty = !entry.next();
    if (!empty) record.entry = {entry.integer(0)};
    record.hash = sha256(
        canonical_bytes(record, first ? nothing : head.bytes(1), empty ? nothing : entry.bytes(1)));

    db_.run("INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", record.number,
            record.recorded_at, record.entry, record.table, record.key, record.previous,
            record.columns, Value::bytes(record.digest), Value::bytes(record.hash));
    if (exists) {
        db_.run(
            "INSERT INTO record_salt VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
            " record = excluded.record, salt = excluded.salt",
            record.table, record.key, record.number, Value::bytes(salt));
    } else {
        db_.run("DELETE FROM record_salt WHERE table_name = ? AND row_key = ?", record.table,
                record.key);
    }
}

}  // namespace deodat::store
