#include "ledger/store/database.h"

#include <sqlite3.h>

namespace deodat::store {
namespace {

// Settings of the library as a whole; it takes them before its first use only, and works without.
//
// What a statement may have to undo is copied, page by page, to a journal of its own, some twenty
// pages an entry. Up to this many bytes it is one block of memory; with SQLite's default
// (temp_store=MEMORY) it is a list of kilobytes, allocated and freed for each statement, and with
// temporary files it would be forty writes an entry. A command that changes more pages under a
// savepoint than that goes through a temporary file. Counting the library's memory costs a lock for
// each allocation, and nobody asks for the count.
void tune_once() {
    constexpr int undo_bytes = 1 << 20;
    static const bool tuned = [] {
        sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, undo_bytes);
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        return true;
    }();
    static_cast<void>(tuned);
}

}  // namespace

// ---- Rows

Rows::Rows(Rows&& other) noexcept
    : db_(other.db_), statement_(other.statement_), busy_(other.busy_) {
    other.statement_ = nullptr;
    other.busy_ = nullptr;
}

Rows::~Rows() {
    if (statement_ == nullptr) return;
    if (busy_ != nullptr) {
        sqlite3_reset(statement_);
        sqlite3_clear_bindings(statement_);
        *busy_ = false;
    } else {
        sqlite3_finalize(statement_);
    }
}

void Rows::bind(int index, const Value& value) {
    int rc = SQLITE_OK;
    switch (value.kind_) {
        case Value::Kind::null:
            rc = sqlite3_bind_null(statement_, index);
            break;
        case Value::Kind::integer:
            rc = sqlite3_bind_int64(statement_, index, value.integer_);
            break;
        case Value::Kind::text:
            rc = sqlite3_bind_text64(statement_, index,
                                     value.text_.empty() ? "" : value.text_.data(),
                                     value.text_.size(), SQLITE_STATIC, SQLITE_UTF8);
            break;
        case Value::Kind::owned_text:
            rc = sqlite3_bind_text64(statement_, index, value.owned_.c_str(), value.owned_.size(),
                                     SQLITE_TRANSIENT, SQLITE_UTF8);
            break;
        case Value::Kind::bytes:
            rc = sqlite3_bind_blob64(statement_, index,
                                     value.text_.empty() ? "" : value.text_.data(),
                                     value.text_.size(), SQLITE_STATIC);
            break;
    }
    if (rc != SQLITE_OK) db_->fail("binding a value");
}

bool Rows::next() {
    const int rc = sqlite3_step(statement_);
    if (rc == SQLITE_ROW) return true;
    if (rc != SQLITE_DONE) db_->fail(sqlite3_sql(statement_));
    return false;
}

ValueKind Rows::kind(int column) const {
    switch (sqlite3_column_type(statement_, column)) {
        case SQLITE_NULL:
            return ValueKind::null;
        case SQLITE_INTEGER:
            return ValueKind::integer;
        case SQLITE_TEXT:
            return ValueKind::text;
        default:
            return ValueKind::bytes;
    }
}

bool Rows::is_null(int column) const {
    return kind(column) == ValueKind::null;
}

std::int64_t Rows::integer(int column) const {
    return sqlite3_column_int64(statement_, column);
}

std::string Rows::text(int column) const {
    const unsigned char* text = sqlite3_column_text(statement_, column);
    if (text == nullptr) return {};
    return {reinterpret_cast<const char*>(text),
            static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::string Rows::text_unless_erased(int column) const {
    return is_null(column) ? "« effacé »" : text(column);
}

std::string Rows::bytes(int column) const {
    const void* bytes = sqlite3_column_blob(statement_, column);
    if (bytes == nullptr) return {};
    return {static_cast<const char*>(bytes),
            static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

Day Rows::day(int column) const {
    const auto day = Day::parse("", text(column));
    DEODAT_ASSERT(day.ok(), "a stored day is a day");
    return *day;
}

std::optional<Day> Rows::maybe_day(int column) const {
    if (is_null(column)) return std::nullopt;
    return day(column);
}

// ---- Database

Database::Database(const std::string& path, Mode mode) {
    tune_once();
    int flags = SQLITE_OPEN_NOMUTEX;
    switch (mode) {
        case Mode::read:
            flags |= SQLITE_OPEN_READONLY;
            break;
        case Mode::write:
            flags |= SQLITE_OPEN_READWRITE;
            break;
        case Mode::create:
            flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
            break;
    }
    const int rc = sqlite3_open_v2(path.c_str(), &handle_, flags, nullptr);
    if (rc != SQLITE_OK) {
        const std::string words = handle_ != nullptr ? sqlite3_errmsg(handle_) : "out of memory";
        sqlite3_close(handle_);
        throw EnvironmentFailure("SQLite cannot open " + path + ": " + words);
    }
    constexpr int busy_timeout_ms = 5'000;
    sqlite3_busy_timeout(handle_, busy_timeout_ms);
    sqlite3_extended_result_codes(handle_, 1);
}

Database::~Database() {
    for (auto& [sql, cached] : cache_) sqlite3_finalize(cached->statement);
    sqlite3_close(handle_);
}

sqlite3_stmt* Database::prepare(std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    const int rc = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (rc != SQLITE_OK) fail(sql);
    return statement;
}

Rows Database::start(std::string_view sql, std::size_t values) {
    auto found = cache_.find(sql);
    if (found == cache_.end()) {
        auto fresh = std::make_unique<Cached>();
        fresh->statement = prepare(sql);  // may throw: only what is prepared is kept
        found = cache_.emplace(sql, std::move(fresh)).first;
    }
    const std::unique_ptr<Cached>& cached = found->second;
    // A statement that is being read further up the stack cannot serve twice: the inner reader gets
    // its own.
    Rows rows = cached->busy ? Rows(*this, prepare(sql), nullptr)
                             : Rows(*this, cached->statement, &cached->busy);
    if (rows.busy_ != nullptr) cached->busy = true;
    DEODAT_ASSERT(sqlite3_bind_parameter_count(rows.statement_) == static_cast<int>(values),
                  "a statement gets as many values as it has places");
    return rows;
}

std::int64_t Database::finish(Rows& rows) {
    while (rows.next()) {
    }
    return changes();
}

Rows Database::select_with(std::string_view sql, std::span<const Value> values) {
    Rows rows = start(sql, values.size());
    int index = 0;
    for (const Value& value : values) rows.bind(++index, value);
    return rows;
}

std::int64_t Database::run_with(std::string_view sql, std::span<const Value> values) {
    Rows rows = select_with(sql, values);
    return finish(rows);
}

void Database::script(const std::string& sql) {
    if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        fail("running a script");
    }
}

void Database::copy_to(Database& other) {
    constexpr int all_pages = -1;
    sqlite3_backup* copy = sqlite3_backup_init(other.handle_, "main", handle_, "main");
    if (copy == nullptr) other.fail("starting a copy");
    const int copied = sqlite3_backup_step(copy, all_pages);
    const int finished = sqlite3_backup_finish(copy);
    if (copied != SQLITE_DONE || finished != SQLITE_OK) other.fail("copying");
}

std::int64_t Database::changes() const {
    return sqlite3_changes64(handle_);
}

std::int64_t Database::last_id() const {
    return sqlite3_last_insert_rowid(handle_);
}

bool Database::in_transaction() const {
    return sqlite3_get_autocommit(handle_) == 0;
}

void Database::fail(std::string_view doing) const {
    throw EnvironmentFailure("SQLite: " + std::string(sqlite3_errmsg(handle_)) + " (" +
                             std::to_string(sqlite3_extended_errcode(handle_)) +
                             ") in: " + std::string(doing.substr(0, 200)));
}

}  // namespace deodat::store
