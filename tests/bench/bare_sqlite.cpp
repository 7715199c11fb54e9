#include "tests/bench/bare_sqlite.h"

#include <array>

namespace deodat::bench {
namespace {

constexpr const char* schema =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;"
    "CREATE TABLE posting (entry INTEGER, line INTEGER, account INTEGER, dossier INTEGER,"
    " funder INTEGER, contractor INTEGER, batch INTEGER, cents INTEGER,"
    " PRIMARY KEY (entry, line)) WITHOUT ROWID;"
    "CREATE INDEX posting_by_account ON posting (account, entry, cents);"
    "CREATE INDEX posting_by_dossier ON posting (dossier, entry);"
    "CREATE TABLE entry (number INTEGER PRIMARY KEY, day TEXT, recorded_at INTEGER, journal TEXT,"
    " event TEXT, label TEXT, piece TEXT, programme INTEGER, person INTEGER, reverses INTEGER,"
    " digest BLOB, hash BLOB);"
    "CREATE UNIQUE INDEX entry_reversed_once ON entry (reverses) WHERE reverses <> 0;"
    "CREATE INDEX entry_by_day ON entry (day, number);"
    "CREATE TABLE balance (account INTEGER, programme INTEGER, dossier INTEGER, funder INTEGER,"
    " contractor INTEGER, batch INTEGER, cents INTEGER,"
    " PRIMARY KEY (account, programme, dossier, funder, contractor, batch)) WITHOUT ROWID;"
    "CREATE INDEX balance_by_dossier ON balance (dossier, account, cents);";

constexpr std::string_view a_hash = "an entry's hash has 32 bytes ...";

void bind(sqlite3_stmt* statement, int place, std::int64_t value) {
    sqlite3_bind_int64(statement, place, value);
}

void bind(sqlite3_stmt* statement, int place, std::string_view text) {
    sqlite3_bind_text(statement, place, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
}

}  // namespace

BareSqlite::BareSqlite(const std::string& directory) {
    if (sqlite3_open((directory + "/bare.db").c_str(), &db_) != SQLITE_OK) {
        throw EnvironmentFailure("no floor");
    }
    run(schema);
    posting_ = prepare("INSERT INTO posting VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    balance_ = prepare(
        "INSERT INTO balance VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET cents = cents + excluded.cents");
    entry_ = prepare("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
}

BareSqlite::~BareSqlite() {
    for (sqlite3_stmt* statement : {posting_, balance_, entry_}) sqlite3_finalize(statement);
    sqlite3_close(db_);
}

void BareSqlite::store(const journal::EntryDraft& draft) {
    ++number_;
    std::int64_t line = 0;
    for (const journal::Leg& leg : draft.legs) {
        ++line;
        const std::int64_t account = 1 + static_cast<std::int64_t>(leg.role);
        const std::array<std::int64_t, 8> row = {number_,
                                                 line,
                                                 account,
                                                 leg.dossier.value,
                                                 leg.funder.id.value,
                                                 leg.contractor.value,
                                                 leg.batch.value,
                                                 leg.amount.cents()};
        for (int i = 0; i < 8; ++i) bind(posting_, i + 1, row.at(static_cast<std::size_t>(i)));
        step(posting_);
        bind(balance_, 1, account);
        bind(balance_, 2, draft.programme.id.value);
        for (int i = 3; i < 8; ++i) bind(balance_, i, row.at(static_cast<std::size_t>(i)));
        step(balance_);
    }
    constexpr std::int64_t recorded_at = 1'774'000'000'000'000;
    bind(entry_, 1, number_);
    bind(entry_, 2, std::string_view("2026-03-01"));
    bind(entry_, 3, recorded_at);
    bind(entry_, 4, journal::event_journal(draft.event));
    bind(entry_, 5, journal::event_name(draft.event));
    bind(entry_, 6, std::string_view(draft.label));
    bind(entry_, 7, std::string_view(draft.piece));
    bind(entry_, 8, draft.programme.id.value);
    bind(entry_, 9, draft.person.value);
    bind(entry_, 10, std::int64_t{0});
    sqlite3_bind_blob(entry_, 11, "", 0, SQLITE_STATIC);
    sqlite3_bind_blob(entry_, 12, a_hash.data(), static_cast<int>(a_hash.size()), SQLITE_STATIC);
    step(entry_);
}

std::int64_t BareSqlite::postings() {
    sqlite3_stmt* count = prepare("SELECT count(*) FROM posting");
    sqlite3_step(count);
    const std::int64_t postings = sqlite3_column_int64(count, 0);
    sqlite3_finalize(count);
    return postings;
}

void BareSqlite::run(const char* sql) {
    if (sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
        throw EnvironmentFailure(sqlite3_errmsg(db_));
    }
}

sqlite3_stmt* BareSqlite::prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(db_, sql, -1, &statement, nullptr) != SQLITE_OK) {
        throw EnvironmentFailure(sqlite3_errmsg(db_));
    }
    return statement;
}

void BareSqlite::step(sqlite3_stmt* statement) {
    if (sqlite3_step(statement) != SQLITE_DONE) throw EnvironmentFailure(sqlite3_errmsg(db_));
    sqlite3_reset(statement);
}

}  // namespace deodat::bench
