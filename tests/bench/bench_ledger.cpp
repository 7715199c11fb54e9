// The ledger's speed, one JSON line a figure:
//
//   durable_postings_{1,8,32}_clients   beside the floor (bare_sqlite.h) with as many entries a
//   commit bulk_import                         1,000 entries a command, beside the floor
//   kept_balance_read, balances         of one account and dossier; of every account, kept and
//                                       recomputed from the postings
//   posting_cpu                         CPU of a posting at 20,000 postings and at --postings
//   verify, open                        of six-posting entries; of that ledger
//
//   bench_ledger [--postings N] [--export FILE]
//
// --postings: the large ledger's size (200,000; the targets speak of 1,000,000 and 2,000,000).
// --export: that of 100,000 entries as an hledger journal, and only "balances" is measured:
// beside_ledger.py compares.
//
// Rates are medians of five interleaved pairs; ratio_to_floor is the median of the pairs' ratios.
// What was written is proved after the timing. peak_memory_kib is the process's peak during the
// figure, floor included.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "ledger/journal/balances.h"
#include "ledger/journal/events.h"
#include "ledger/journal/verification.h"
#include "reports/journal/hledger.h"
#include "tests/bench/bare_sqlite.h"

namespace {

using namespace deodat;  // NOLINT(google-build-using-namespace): a program of one file

constexpr int pairs = 5;
constexpr int durable_entries = 1'600;
constexpr int bulk_entries = 10'000;
constexpr int entries_a_command = 1'000;
constexpr int exported_entries = 100'000;
constexpr int small_postings = 20'000;
constexpr int entries_a_dossier = 20;
constexpr int postings_an_entry = 6;

// Five postings, as when an order is taken in charge with a retention.
journal::EntryDraft release_draft(std::int64_t dossier) {
    return {
        Day::of(2026, 3, 1),
        journal::Event::order_released,
        "Ordre de paiement pris en charge",
        "P26-0001",
        {{1}, "01"},
        {1},
        journal::events::order_released({dossier}, {1}, Money::euros(30'000), Money::euros(1'500))};
}

// Six postings: a title on a funder with the household's share.
journal::EntryDraft six_posting_draft(std::int64_t dossier) {
    auto legs = journal::events::claim_title_issued({dossier}, {{1}, journal::FunderFamily::state},
                                                    Money::euros(12'000));
    for (const journal::Leg& leg :
         journal::events::household_share_called({dossier}, Money::euros(3'000))) {
        legs.push_back(leg);
    }
    return {Day::of(2026, 3, 1),
            journal::Event::claim_title_issued,
            "Titre émis sur le financeur",
            "T26-0001",
            {{1}, "01"},
            {1},
            legs};
}

// The nth entry's dossier in a ledger that grows: neighbours in time belong to many dossiers.
std::int64_t dossier_of(std::int64_t entry, std::int64_t entries) {
    const std::int64_t dossiers = std::max<std::int64_t>(1, entries / entries_a_dossier);
    constexpr std::int64_t stride = 7'919;  // a prime
    return 1 + entry * stride % dossiers;
}

struct Ledger {
    std::string directory;
    SetClock clock{instant_in_paris(Day::of(2026, 3, 20), 10)};
    SeededRandom random{1};
    std::unique_ptr<store::Store> store;

    explicit Ledger(const std::string& in) : directory(in + "/ledger") {
        if (!store::Store::create(directory, clock, random).ok())
            throw EnvironmentFailure("no directory");
        open();
    }
    void open() {
        store =
            std::move(*store::Store::open(directory, store::Store::Access::write, clock, random));
    }
    template <class Draft>
    void import(std::int64_t from, std::int64_t count, std::int64_t of, const Draft& draft) {
        for (std::int64_t n = from; n < from + count; n += entries_a_command) {
            const auto done = store->write([&](store::Transaction& tx) -> Result<Done> {
                const std::int64_t end = std::min(n + entries_a_command, from + count);
                for (std::int64_t i = n; i < end; ++i) {
                    const auto posted = journal::post(tx, draft(dossier_of(i, of)));
                    if (!posted) return posted.refusal();
                }
                return Done{};
            });
            DEODAT_ASSERT(done.ok(), "an import is not refused");
        }
    }
    // Whether the ledger is whole and holds what was asked for.
    bool proven(std::int64_t entries) const {
        auto snapshot = store->snapshot();
        const auto proof = journal::verify(snapshot.db());
        return proof.proven() && proof.entries == entries;
    }
};

// A directory of its own for a figure, gone with it.
struct Directory {
    std::string path;
    Directory() {
        path = (std::filesystem::temp_directory_path() /
                ("deodat-bench-" + std::to_string(::getpid())))
                   .string();
        std::filesystem::remove_all(path);
        std::filesystem::create_directories(path);
        // From here on the peak is the figure's own.
        std::ofstream("/proc/self/clear_refs") << "5";
    }
    ~Directory() { std::filesystem::remove_all(path); }
    Directory(const Directory&) = delete;
    Directory& operator=(const Directory&) = delete;
    Directory(Directory&&) = delete;
    Directory& operator=(Directory&&) = delete;
};

std::int64_t peak_memory_kib() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmHWM:")) return std::stoll(line.substr(6));
    }
    return 0;
}

template <class Work>
std::int64_t nanoseconds(const Work& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::max<std::int64_t>(
        1, std::chrono::nanoseconds(std::chrono::steady_clock::now() - begin).count());
}

template <class Work>
std::int64_t cpu_nanoseconds(const Work& work) {
    const auto now = [] {
        timespec at{};
        ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
        return at.tv_sec * std::int64_t{1'000'000'000} + at.tv_nsec;
    };
    const std::int64_t begin = now();
    work();
    return std::max<std::int64_t>(1, now() - begin);
}

template <class Work>
std::int64_t per_second(std::int64_t count, const Work& work) {
    return count * 1'000'000'000 / nanoseconds(work);
}

std::int64_t median(std::vector<std::int64_t> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

std::string thousandths(std::int64_t n) {
    const std::string digits = std::to_string(1'000 + n % 1'000).substr(1);
    return std::to_string(n / 1'000) + "." + digits;
}

// One line: name, figures as they are given, peak memory. Says whether the result was right.
bool say(const std::string& name, const std::string& figures, bool proven) {
    std::cout << R"({"name":")" << name << "\"," << figures << R"(,"peak_memory_kib":)"
              << peak_memory_kib() << R"(,"proven":)" << (proven ? "true" : "false") << "}"
              << std::endl;
    return proven;
}

struct Rates {
    std::vector<std::int64_t> ours;
    std::vector<std::int64_t> floors;
    std::vector<std::int64_t> ratios;  // in thousandths

    void pair(std::int64_t our, std::int64_t floor) {
        ours.push_back(our);
        floors.push_back(floor);
        ratios.push_back(our * 1'000 / floor);
    }
    std::string figures() const {
        return R"("entries_per_second":)" + std::to_string(median(ours)) +
               R"(,"floor_entries_per_second":)" + std::to_string(median(floors)) +
               R"(,"ratio_to_floor":)" + thousandths(median(ratios));
    }
};

bool durable_postings(int clients) {
    const Directory directory;
    Ledger ledger(directory.path);
    bench::BareSqlite floor(directory.path);
    const auto dossier = [&](int client, int i) { return 1 + (client * 7 + i) % 500; };
    Rates rates;
    for (int pair = 0; pair < pairs; ++pair) {
        const std::int64_t ours = per_second(durable_entries, [&] {
            std::vector<std::thread> crowd;
            for (int c = 0; c < clients; ++c) {
                crowd.emplace_back([&, c] {
                    for (int i = 0; i < durable_entries / clients; ++i) {
                        const auto posted = ledger.store->write([&](store::Transaction& tx) {
                            return journal::post(tx, release_draft(dossier(c, i)));
                        });
                        if (!posted) std::abort();
                    }
                });
            }
            for (std::thread& thread : crowd) thread.join();
        });
        rates.pair(ours, per_second(durable_entries, [&] {
                       for (int i = 0; i < durable_entries / clients; ++i) {
                           floor.begin();
                           for (int c = 0; c < clients; ++c) {
                               floor.store(release_draft(dossier(c, i)));
                           }
                           floor.commit();
                       }
                   }));
    }
    constexpr std::int64_t entries = std::int64_t{pairs} * durable_entries;
    return say("durable_postings_" + std::to_string(clients) + "_clients", rates.figures(),
               ledger.proven(entries) && floor.postings() == entries * 5);
}

bool bulk_import() {
    const Directory directory;
    Ledger ledger(directory.path);
    bench::BareSqlite floor(directory.path);
    constexpr std::int64_t entries = std::int64_t{pairs} * bulk_entries;
    Rates rates;
    std::vector<std::int64_t> cpu_ratios;
    for (std::int64_t from = 0; from < entries; from += bulk_entries) {
        std::int64_t ours = 0;
        std::int64_t theirs = 0;
        const std::int64_t our_cpu = cpu_nanoseconds([&] {
            ours = per_second(bulk_entries,
                              [&] { ledger.import(from, bulk_entries, entries, release_draft); });
        });
        const std::int64_t floor_cpu = cpu_nanoseconds([&] {
            theirs = per_second(bulk_entries, [&] {
                for (std::int64_t n = from; n < from + bulk_entries; n += entries_a_command) {
                    floor.begin();
                    for (std::int64_t i = n; i < n + entries_a_command; ++i) {
                        floor.store(release_draft(dossier_of(i, entries)));
                    }
                    floor.commit();
                }
            });
        });
        rates.pair(ours, theirs);
        cpu_ratios.push_back(floor_cpu * 1'000 / our_cpu);
    }
    return say("bulk_import",
               rates.figures() + R"(,"cpu_ratio_to_floor":)" + thousandths(median(cpu_ratios)),
               ledger.proven(entries) && floor.postings() == entries * 5);
}

void export_journal(store::Database& db, const std::string& path) {
    std::ofstream out(path);
    reports::HledgerJournal writer(out, "bench_ledger");
    journal::for_each_entry(db, {INT64_MAX}, [&](const journal::EntryRow& entry) {
        reports::HledgerEntry line{entry.day,   entry.number.value, entry.event,
                                   entry.label, entry.piece,        {}};
        for (const journal::PostingRow& posting : entry.postings) {
            line.postings.push_back(
                {{posting.account.substr(0, 1), posting.account}, posting.amount});
        }
        writer.write(line);
    });
}

bool balances(const std::string& export_path) {
    const Directory directory;
    Ledger ledger(directory.path);
    ledger.import(0, exported_entries, exported_entries, six_posting_draft);
    auto snapshot = ledger.store->snapshot();
    store::Database& db = snapshot.db();
    if (!export_path.empty()) export_journal(db, export_path);

    std::vector<std::int64_t> kept_ns;
    std::vector<std::int64_t> recomputed_ns;
    std::vector<std::int64_t> read_ns;
    bool same = true;
    for (int i = 0; i < pairs; ++i) {
        std::vector<journal::AccountBalance> kept;
        kept_ns.push_back(nanoseconds([&] { kept = journal::account_balances(db); }));
        std::vector<std::pair<std::string, Money>> recomputed;
        recomputed_ns.push_back(nanoseconds([&] {
            auto rows = db.select(
                "SELECT a.number, sum(p.cents) FROM (SELECT account, sum(cents) AS cents FROM"
                " posting GROUP BY account) p JOIN account a ON a.id = p.account"
                " GROUP BY a.number ORDER BY a.number");
            while (rows.next()) recomputed.emplace_back(rows.text(0), rows.money(1));
        }));
        same = same && std::equal(kept.begin(), kept.end(), recomputed.begin(), recomputed.end(),
                                  [](const auto& a, const auto& b) {
                                      return a.number == b.first && a.amount == b.second;
                                  });
        constexpr int reads = 1'000;
        Money read;
        read_ns.push_back(nanoseconds([&] {
                              for (int n = 0; n < reads; ++n) {
                                  read += journal::balance(db, journal::Role::household_receivable,
                                                           {{}, {1 + n}, {}, {}});
                              }
                          }) /
                          reads);
        same = same && read == Money::euros(std::int64_t{3'000} * reads * entries_a_dossier);
    }
    const bool read_proven =
        say("kept_balance_read", R"("nanoseconds":)" + std::to_string(median(read_ns)), same);
    return say("balances",
               R"("entries":)" + std::to_string(exported_entries) + R"(,"kept_microseconds":)" +
                   thousandths(median(kept_ns)) + R"(,"recomputed_microseconds":)" +
                   thousandths(median(recomputed_ns)),
               same) &&
           read_proven;
}

// CPU of a posting, in imports of 1,000 entries, checkpoints included.
std::int64_t posting_cpu(Ledger& ledger, std::int64_t& entries, std::int64_t dossiers_of) {
    constexpr std::int64_t measured = 1'000;
    std::vector<std::int64_t> cpu;
    for (int i = 0; i < pairs; ++i) {
        cpu.push_back(cpu_nanoseconds([&] {
                          ledger.import(entries, measured, dossiers_of, six_posting_draft);
                      }) /
                      (measured * postings_an_entry));
        entries += measured;
    }
    return median(cpu);
}

bool large_ledger(std::int64_t postings) {
    const Directory directory;
    Ledger ledger(directory.path);
    const std::int64_t target = postings / postings_an_entry;
    std::int64_t entries = small_postings / postings_an_entry;
    ledger.import(0, entries, entries, six_posting_draft);
    const std::int64_t at_small = posting_cpu(ledger, entries, entries);
    if (entries < target) ledger.import(entries, target - entries, target, six_posting_draft);
    entries = std::max(entries, target);
    const std::int64_t at_large = posting_cpu(ledger, entries, entries);
    bool proven = say("posting_cpu",
                      R"("nanoseconds_at_20000_postings":)" + std::to_string(at_small) +
                          R"(,"nanoseconds":)" + std::to_string(at_large) + R"(,"postings":)" +
                          std::to_string(postings) + R"(,"growth":)" +
                          thousandths(at_large * 1'000 / at_small) + R"(,"cache_kib":65536)",
                      true);

    ledger.store.reset();
    const std::int64_t opened = nanoseconds([&] { ledger.open(); });
    std::int64_t first =
        nanoseconds([&] { ledger.import(entries, 1, entries, six_posting_draft); });
    ++entries;
    proven = say("open",
                 R"("postings":)" + std::to_string(entries * postings_an_entry) +
                     R"(,"open_microseconds":)" + thousandths(opened) +
                     R"(,"first_posting_microseconds":)" + thousandths(first),
                 true) &&
             proven;

    auto snapshot = ledger.store->snapshot();
    std::optional<journal::Verification> proof;
    const std::int64_t took = nanoseconds([&] { proof = journal::verify(snapshot.db()); });
    return say("verify",
               R"("entries":)" + std::to_string(proof->entries) + R"(,"entries_per_second":)" +
                   std::to_string(proof->entries * 1'000'000'000 / took),
               proof->proven() && proof->entries == entries) &&
           proven;
}

}  // namespace

int main(int argc, char** argv) {
    std::int64_t postings = 200'000;
    std::string export_path;
    for (int i = 1; i < argc; i += 2) {
        const std::string option = argv[i];
        const std::string value = i + 1 < argc ? argv[i + 1] : "";
        const char* const end = value.data() + value.size();
        if (option == "--export" && !value.empty()) {
            export_path = value;
        } else if (option != "--postings" ||
                   std::from_chars(value.data(), end, postings).ptr != end ||
                   postings < small_postings) {
            std::cerr << "usage: bench_ledger [--postings N] [--export FILE]\n";
            return 2;
        }
    }
    if (!export_path.empty()) return balances(export_path) ? 0 : 1;
    bool proven = true;
    for (const int clients : {1, 8, 32}) proven = durable_postings(clients) && proven;
    proven = bulk_import() && proven;
    proven = balances({}) && proven;
    proven = large_ledger(postings) && proven;
    return proven ? 0 : 1;
}
