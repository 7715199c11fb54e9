// A SQLite connection and its statements, as RAII: what is opened is closed, what is prepared is
// finalised.
//
//   Rows rows = db.select("SELECT cents FROM balance WHERE dossier = ?", dossier);
//   while (rows.next()) total += rows.money(0);
//
// Values are bound, never pasted into the text. Every error of SQLite throws EnvironmentFailure
// with its words. One connection belongs to one thread at a time.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "ledger/base/day.h"
#include "ledger/base/id.h"
#include "ledger/base/money.h"

struct sqlite3;
struct sqlite3_stmt;

namespace deodat::store {

class Database;

// One value to bind. Text and bytes are borrowed until the statement is reset, but for a temporary
// string and a day, of which SQLite takes a copy.
class Value {
  public:
    Value(std::int64_t n) : kind_(Kind::integer), integer_(n) {}                     // NOLINT
    Value(int n) : Value(static_cast<std::int64_t>(n)) {}                            // NOLINT
    Value(bool b) : Value(static_cast<std::int64_t>(b ? 1 : 0)) {}                   // NOLINT
    Value(std::string_view text) : kind_(Kind::text), text_(text) {}                 // NOLINT
    Value(const std::string& text) : Value(std::string_view(text)) {}                // NOLINT
    Value(std::string&& text) : kind_(Kind::owned_text), owned_(std::move(text)) {}  // NOLINT
    Value(const char* text) : Value(std::string_view(text)) {}                       // NOLINT
    Value(Money amount) : Value(amount.cents()) {}                                   // NOLINT
    Value(Instant at) : Value(at.microseconds()) {}                                  // NOLINT
    Value(Day day) : kind_(Kind::owned_text), owned_(day.iso()) {}                   // NOLINT
    Value(std::nullopt_t) : kind_(Kind::null) {}                                     // NOLINT
    template <class Tag>
    Value(Id<Tag> id) : Value(id.value) {}  // NOLINT
    template <class T>
    Value(const std::optional<T>& maybe)  // NOLINT
        : Value(maybe ? Value(*maybe) : Value(std::nullopt)) {}
    static Value bytes(std::string_view bytes) {
        Value value(bytes);
        value.kind_ = Kind::bytes;
        return value;
    }

  private:
    friend class Rows;
    enum class Kind : std::uint8_t { null, integer, text, owned_text, bytes };
    Kind kind_;
    std::int64_t integer_ = 0;
    std::string_view text_;
    std::string owned_;
};

enum class ValueKind : std::uint8_t { null, integer, text, bytes };

// The rows of a running statement. Columns count from 0. Destroying it makes the statement free
// again.
class Rows {
  public:
    Rows(Rows&& other) noexcept;
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;
    Rows& operator=(Rows&&) = delete;
    ~Rows();

    // Goes to the next row; false when there is none.
    bool next();

    // What is stored there; our tables are strict and hold nothing else.
    ValueKind kind(int column) const;
    bool is_null(int column) const;
    std::int64_t integer(int column) const;
    std::string text(int column) const;
    // Of a column that erasure leaves null: what people read in its place.
    std::string text_unless_erased(int column) const;
    std::string bytes(int column) const;
    Money money(int column) const { return Money::cents(integer(column)); }
    Day day(int column) const;
    std::optional<Day> maybe_day(int column) const;
    template <class IdType>
    IdType id(int column) const {
        return IdType{is_null(column) ? 0 : integer(column)};
    }

  private:
    friend class Database;
    Rows(Database& db, sqlite3_stmt* statement, bool* busy)
        : db_(&db), statement_(statement), busy_(busy) {}
    void bind(int index, const Value& value);
    Database* db_;
    sqlite3_stmt* statement_;
    bool* busy_;  // where the cache says that this statement is in use; null for one of our own
};

class Database {
  public:
    enum class Mode : std::uint8_t { read, write, create };
    Database(const std::string& path, Mode mode);
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    Database(Database&&) = delete;
    Database& operator=(Database&&) = delete;
    ~Database();

    template <class... Args>
    Rows select(std::string_view sql, Args&&... args) {
        Rows rows = start(sql, sizeof...(args));
        [[maybe_unused]] int index = 0;
        (rows.bind(++index, Value(std::forward<Args>(args))), ...);
        return rows;
    }

    // Runs a statement that gives no rows; returns how many rows it changed.
    template <class... Args>
    std::int64_t run(std::string_view sql, Args&&... args) {
        Rows rows = select(sql, std::forward<Args>(args)...);
        return finish(rows);
    }

    // The same two with values counted at run time: keys of any table, an INSERT of several rows.
    Rows select_with(std::string_view sql, std::span<const Value> values);
    std::int64_t run_with(std::string_view sql, std::span<const Value> values);

    // Runs an INSERT; returns the new row's id.
    template <class... Args>
    std::int64_t insert(std::string_view sql, Args&&... args) {
        run(sql, std::forward<Args>(args)...);
        return last_id();
    }

    // Runs several statements without values (schema, pragmas).
    void script(const std::string& sql);

    // Copies every page of what this connection sees, in one step, over what the other one holds.
    void copy_to(Database& other);

    std::int64_t changes() const;
    std::int64_t last_id() const;
    // Whether a transaction runs: a full or failing disk may have undone it without being asked.
    bool in_transaction() const;

  private:
    friend class Rows;
    friend class RecordChain;
    struct Cached {
        sqlite3_stmt* statement = nullptr;
        bool busy = false;
    };
    // Statements are found by their text, without making a string of it each time.
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>{}(text);
        }
    };
    // A statement ready to take so many values: asserts that it has as many places.
    Rows start(std::string_view sql, std::size_t values);
    std::int64_t finish(Rows& rows);
    sqlite3_stmt* prepare(std::string_view sql);
    [[noreturn]] void fail(std::string_view doing) const;

    sqlite3* handle_ = nullptr;
    std::unordered_map<std::string, std::unique_ptr<Cached>, TextHash, std::equal_to<>> cache_;
};

}  // namespace deodat::store
