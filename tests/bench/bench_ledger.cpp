// Durable postings a second, with chain and balances, for 1, 8 and 32 clients; beside each the
// floor: a bare sqlite3 loop that writes the same rows with as many entries a commit. One JSON line
// a figure; median of five interleaved pairs; the ledger is proved after the timing.
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <thread>
#include <vector>

#include "ledger/journal/events.h"
#include "ledger/journal/verification.h"

namespace {

using namespace deodat;  // NOLINT(google-build-using-namespace): a program of one file

constexpr int pairs = 5;
constexpr int entries_each_run = 1'600;

// Five postings, as when an order is taken in charge with a retention.
journal::EntryDraft draft(std::int64_t dossier) {
    return {
        Day::of(2026, 3, 1),
        journal::Event::order_released,
        "Ordre de paiement pris en charge",
        "P26-0001",
        {{1}, "01"},
        {1},
        journal::events::order_released({dossier}, {1}, Money::euros(30'000), Money::euros(1'500))};
}

struct Ledger {
    std::string directory;
    SetClock clock{instant_in_paris(Day::of(2026, 3, 20), 10)};
    SeededRandom random{1};
    std::unique_ptr<store::Store> store;

    Ledger() {
        directory = (std::filesystem::temp_directory_path() /
                     ("deodat-bench-" + std::to_string(::getpid())))
                        .string();
        std::filesystem::remove_all(directory);
        if (!store::Store::create(directory, clock, random).ok())
            throw EnvironmentFailure("no directory");
        store =
            std::move(*store::Store::open(directory, store::Store::Access::write, clock, random));
    }
    ~Ledger() {
        store.reset();
        std::filesystem::remove_all(directory);
    }
    Ledger(const Ledger&) = delete;
    Ledger& operator=(const Ledger&) = delete;
    Ledger(Ledger&&) = delete;
    Ledger& operator=(Ledger&&) = delete;
};

template <class Work>
std::int64_t per_second(int count, const Work& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    const auto took = std::chrono::steady_clock::now() - begin;
    return count * std::int64_t{1'000'000} /
           std::max<std::int64_t>(
               1, std::chrono::duration_cast<std::chrono::microseconds>(took).count());
}

std::int64_t ledger_rate(Ledger& ledger, int clients) {
    return per_second(entries_each_run, [&] {
        std::vector<std::thread> crowd;
        for (int c = 0; c < clients; ++c) {
            crowd.emplace_back([&, c] {
                for (int i = 0; i < entries_each_run / clients; ++i) {
                    const auto posted = ledger.store->write([&](store::Transaction& tx) {
                        return journal::post(tx, draft(1 + (c * 7 + i) % 500));
                    });
                    if (!posted) std::abort();
                }
            });
        }
        for (std::thread& thread : crowd) thread.join();
    });
}

// The same rows in the same schema, without hash, checks or triggers.
std::int64_t bare_rate(int entries_a_commit) {
    const std::string path = (std::filesystem::temp_directory_path() /
                              ("deodat-bare-" + std::to_string(::getpid()) + ".db"))
                                 .string();
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path + end);
    sqlite3* db = nullptr;
    sqlite3_open(path.c_str(), &db);
    const auto run = [&](const char* sql) { sqlite3_exec(db, sql, nullptr, nullptr, nullptr); };
    run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        "CREATE TABLE posting (entry INTEGER, line INTEGER, account INTEGER, dossier INTEGER, "
        "funder INTEGER,"
        " contractor INTEGER, batch INTEGER, cents INTEGER, PRIMARY KEY (entry, line)) WITHOUT "
        "ROWID;"
        "CREATE INDEX a ON posting (account, entry, cents); CREATE INDEX b ON posting (dossier, "
        "entry);"
        "CREATE TABLE entry (number INTEGER PRIMARY KEY, day TEXT, recorded_at INTEGER, journal "
        "TEXT, event TEXT,"
        " label TEXT, piece TEXT, programme INTEGER, person INTEGER, reverses INTEGER, digest "
        "BLOB, hash BLOB);"
        "CREATE INDEX c ON entry (day, number);"
        "CREATE TABLE balance (account INTEGER, programme INTEGER, dossier INTEGER, funder INTEGER,"
        " contractor INTEGER, batch INTEGER, cents INTEGER,"
        " PRIMARY KEY (account, programme, dossier, funder, contractor, batch)) WITHOUT ROWID;"
        "CREATE INDEX d ON balance (dossier, account, cents);");
    sqlite3_stmt* posting = nullptr;
    sqlite3_stmt* balance = nullptr;
    sqlite3_stmt* entry = nullptr;
    sqlite3_prepare_v2(db, "INSERT INTO posting VALUES (?, ?, ?, ?, 0, 1, 0, ?)", -1, &posting,
                       nullptr);
    sqlite3_prepare_v2(db,
                       "INSERT INTO balance VALUES (?, 1, ?, 0, 1, 0, ?) ON CONFLICT DO UPDATE SET"
                       " cents = cents + excluded.cents",
                       -1, &balance, nullptr);
    sqlite3_prepare_v2(
        db,
        "INSERT INTO entry VALUES (?, '2026-03-01', 1, 'MA', 'order_released',"
        " 'Ordre de paiement pris en charge', 'P26-0001', 1, 1, 0, x'', zeroblob(32))",
        -1, &entry, nullptr);
    const auto write_entry = [&](int number) {
        for (int line = 1; line <= 5; ++line) {
            const int dossier = 1 + number % 500;
            const std::array<int, 4> values = {number, line, line, dossier};
            for (int i = 0; i < 4; ++i)
                sqlite3_bind_int64(posting, i + 1, values.at(static_cast<std::size_t>(i)));
            sqlite3_bind_int64(posting, 5, 100 * line);
            sqlite3_step(posting);
            sqlite3_reset(posting);
            sqlite3_bind_int64(balance, 1, line);
            sqlite3_bind_int64(balance, 2, dossier);
            sqlite3_bind_int64(balance, 3, 100 * line);
            sqlite3_step(balance);
            sqlite3_reset(balance);
        }
        sqlite3_bind_int64(entry, 1, number);
        sqlite3_step(entry);
        sqlite3_reset(entry);
    };
    const std::int64_t rate = per_second(entries_each_run, [&] {
        for (int n = 0; n < entries_each_run; n += entries_a_commit) {
            run("BEGIN IMMEDIATE");
            for (int i = 0; i < entries_a_commit; ++i) write_entry(n + i + 1);
            run("COMMIT");
        }
    });
    for (sqlite3_stmt* statement : {posting, balance, entry}) sqlite3_finalize(statement);
    sqlite3_close(db);
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path + end);
    return rate;
}

std::int64_t median(std::vector<std::int64_t> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

}  // namespace

int main() {
    Ledger ledger;
    for (const int clients : {1, 8, 32}) {
        std::vector<std::int64_t> ours;
        std::vector<std::int64_t> floors;
        std::vector<std::int64_t> ratios;  // in thousandths
        for (int i = 0; i < pairs; ++i) {
            ours.push_back(ledger_rate(ledger, clients));
            floors.push_back(bare_rate(clients));
            ratios.push_back(ours.back() * 1'000 / floors.back());
        }
        const std::int64_t ratio = median(ratios);
        std::cout << R"({"name":"durable_postings_)" << clients
                  << R"(_clients","entries_per_second":)" << median(ours)
                  << R"(,"floor_entries_per_second":)" << median(floors) << R"(,"ratio_to_floor":)"
                  << ratio / 1'000 << "." << (ratio % 1'000 < 100 ? "0" : "")
                  << (ratio % 1'000 < 10 ? "0" : "") << ratio % 1'000 << "}" << std::endl;
    }
    auto snapshot = ledger.store->snapshot();
    std::int64_t entries = 0;
    const auto begin = std::chrono::steady_clock::now();
    const auto proof = journal::verify(snapshot.db());
    const auto took = std::chrono::steady_clock::now() - begin;
    entries = proof.entries;
    std::cout << R"({"name":"verify","entries_per_second":)"
              << entries * 1'000'000 /
                     std::chrono::duration_cast<std::chrono::microseconds>(took).count()
              << "}" << std::endl;
    return proof.proven() && entries == 3 * pairs * entries_each_run ? 0 : 1;
}
