// The ledger's speed, one JSON line a figure:
//
//   durable_postings_{1,8,32}_clients   beside the floor (bare_sqlite.h) with as many entries a
//                                       commit
//   bulk_import                         1,000 entries a command, beside the floor
//   balances                            of one account and dossier (kept_balance_read); of every
//                                       account, kept and recomputed from the postings
//   large_ledger                        CPU of a posting at 20,000 postings and at --postings
//                                       (posting_cpu); of that ledger, open and verify
//
//   bench_ledger [--postings N] [--only FIGURE] [--export DIR]
//
// --postings: the large ledger's size (200,000; the targets speak of 1,000,000 and 2,000,000).
// --export: "balances" alone, of entries also written there as journal.hledger and
// journal.beancount: beside_ledger.py compares.
//
// Rates are medians of interleaved pairs. What was written is proved after the timing.
// peak_memory_kib is that of the figure's own process, floor included.
#include <charconv>
#include <fstream>
#include <iostream>
#include <optional>
#include <thread>

#include "ledger/journal/balances.h"
#include "reports/journal/beancount.h"
#include "reports/journal/hledger.h"
#include "tests/bench/bare_sqlite.h"
#include "tests/bench/measure.h"
#include "tests/bench/measured_ledger.h"

namespace {

using namespace deodat;         // NOLINT(google-build-using-namespace): a program of one file
using namespace deodat::bench;  // NOLINT(google-build-using-namespace)

constexpr int pairs = 5;
constexpr int durable_pairs = 9;  // of one second or less each
constexpr int durable_entries = 1'600;
constexpr int bulk_entries = 10'000;
constexpr int exported_entries = 100'000;
constexpr int small_postings = 20'000;
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

std::int64_t six_posting_cents() {
    return Money::euros(3'000).cents() * entries_a_dossier;
}

// The group commit is the store's own: the floor is given as many entries a commit as clients.
bool durable_postings(int clients) {
    const Directory directory;
    MeasuredLedger ledger(directory.path);
    BareSqlite floor(directory.path);
    const auto dossier = [&](int client, int i) { return 1 + (client * 7 + i) % 500; };
    const auto ours = [&] {
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
    };
    const auto theirs = [&] {
        for (int i = 0; i < durable_entries / clients; ++i) {
            floor.begin();
            for (int c = 0; c < clients; ++c) floor.store(release_draft(dossier(c, i)));
            floor.commit();
        }
    };
    Pairs rates(durable_entries);
    for (int pair = 0; pair < durable_pairs; ++pair) rates.run(ours, theirs);
    constexpr std::int64_t entries = std::int64_t{durable_pairs} * durable_entries;
    return say("durable_postings_" + std::to_string(clients) + "_clients", rates.figures(),
               ledger.proven(entries) && floor.postings() == entries * 5);
}

bool bulk_import() {
    const Directory directory;
    MeasuredLedger ledger(directory.path);
    BareSqlite floor(directory.path);
    constexpr std::int64_t entries = std::int64_t{pairs} * bulk_entries;
    const auto draft_of = [](std::int64_t n) { return release_draft(dossier_of(n, entries)); };
    Pairs rates(bulk_entries);
    for (std::int64_t from = 0; from < entries; from += bulk_entries) {
        rates.run([&] { ledger.import(from, bulk_entries, draft_of); },
                  [&] {
                      for (std::int64_t n = from; n < from + bulk_entries; n += entries_a_command) {
                          floor.begin();
                          for (std::int64_t i = n; i < n + entries_a_command; ++i) {
                              floor.store(draft_of(i));
                          }
                          floor.commit();
                      }
                  });
    }
    return say("bulk_import", rates.figures(),
               ledger.proven(entries) && floor.postings() == entries * 5);
}

void export_journals(store::Database& db, const std::string& directory) {
    std::ofstream hledger(directory + "/journal.hledger");
    std::ofstream beancount(directory + "/journal.beancount");
    reports::HledgerJournal hledger_journal(hledger, "bench_ledger");
    reports::BeancountJournal beancount_journal(beancount, "bench_ledger", Day::of(2026, 1, 1));
    journal::for_each_entry(db, {INT64_MAX}, [&](const journal::EntryRow& entry) {
        reports::HledgerEntry line{entry.day,   entry.number.value, entry.event,
                                   entry.label, entry.piece,        {}};
        reports::BeancountEntry same{entry.day,   entry.number.value, entry.event,
                                     entry.label, entry.piece,        {}};
        for (const journal::PostingRow& posting : entry.postings) {
            line.postings.push_back(
                {{posting.account.substr(0, 1), posting.account}, posting.amount});
            same.postings.push_back(
                {reports::beancount_account(posting.account, {}), posting.amount});
        }
        hledger_journal.write(line);
        beancount_journal.write(same);
    });
}

std::vector<journal::AccountBalance> recomputed_account_balances(store::Database& db) {
    std::vector<journal::AccountBalance> out;
    auto rows = db.select(
        "WITH summed AS MATERIALIZED (SELECT number, label,"
        "  (SELECT sum(cents) FROM posting WHERE account = a.id) AS cents FROM account a)"
        "SELECT number, label, sum(cents) FROM summed WHERE cents IS NOT NULL"
        " GROUP BY number ORDER BY number");
    while (rows.next()) out.push_back({rows.text(0), rows.text(1), rows.money(2)});
    return out;
}

// What the exports call each account, with its balance: for others' sums to be compared with.
std::string sums_of(const std::vector<journal::AccountBalance>& balances) {
    std::string out;
    for (const journal::AccountBalance& of : balances) {
        if (of.amount.is_zero()) continue;
        out += (out.empty() ? "{\"" : ",\"") + of.number.substr(0, 1) + ":" + of.number +
               "\":" + std::to_string(of.amount.cents());
    }
    return out + "}";
}

bool balances(const std::string& export_to) {
    const Directory directory;
    MeasuredLedger ledger(directory.path);
    ledger.import(0, exported_entries, [](std::int64_t n) {
        return six_posting_draft(dossier_of(n, exported_entries));
    });
    auto snapshot = ledger.store->snapshot();
    store::Database& db = snapshot.db();
    if (!export_to.empty()) export_journals(db, export_to);

    std::vector<std::int64_t> kept_ns;
    std::vector<std::int64_t> recomputed_ns;
    std::vector<std::int64_t> read_ns;
    bool same = true;
    for (int i = 0; i < pairs; ++i) {
        std::vector<journal::AccountBalance> kept;
        kept_ns.push_back(nanoseconds([&] { kept = journal::account_balances(db); }));
        std::vector<journal::AccountBalance> recomputed;
        recomputed_ns.push_back(nanoseconds([&] { recomputed = recomputed_account_balances(db); }));
        same = same && std::equal(kept.begin(), kept.end(), recomputed.begin(), recomputed.end(),
                                  [](const auto& a, const auto& b) {
                                      return a.number == b.number && a.amount == b.amount;
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
        same = same && read.cents() == six_posting_cents() * reads;
    }
    const bool read_proven =
        say("kept_balance_read", R"("nanoseconds":)" + std::to_string(median(read_ns)), same);
    return say("balances",
               R"("entries":)" + std::to_string(exported_entries) + R"(,"kept_microseconds":)" +
                   thousandths(median(kept_ns)) + R"(,"recomputed_microseconds":)" +
                   thousandths(median(recomputed_ns)) + R"(,"sums_cents":)" +
                   sums_of(journal::account_balances(db)),
               same) &&
           read_proven;
}

// CPU of a posting, in imports of 1,000 entries, checkpoints included.
std::int64_t posting_cpu(MeasuredLedger& ledger, std::int64_t& entries) {
    constexpr std::int64_t measured = 1'000;
    const std::int64_t of = entries;
    std::vector<std::int64_t> cpu;
    for (int i = 0; i < pairs; ++i) {
        const Took took = time_of([&] {
            ledger.import(entries, measured,
                          [&](std::int64_t n) { return six_posting_draft(dossier_of(n, of)); });
        });
        cpu.push_back(took.cpu / (measured * postings_an_entry));
        entries += measured;
    }
    return median(cpu);
}

bool large_ledger(std::int64_t postings) {
    const Directory directory;
    MeasuredLedger ledger(directory.path);
    const auto grow = [&](std::int64_t from, std::int64_t to) {
        ledger.import(from, to - from,
                      [&](std::int64_t n) { return six_posting_draft(dossier_of(n, to)); });
    };
    const std::int64_t target = postings / postings_an_entry;
    std::int64_t entries = small_postings / postings_an_entry;
    grow(0, entries);
    const std::int64_t at_small = posting_cpu(ledger, entries);
    if (entries < target) grow(entries, target);
    entries = std::max(entries, target);
    const std::int64_t at_large = posting_cpu(ledger, entries);
    bool proven = say("posting_cpu",
                      R"("nanoseconds_at_20000_postings":)" + std::to_string(at_small) +
                          R"(,"nanoseconds":)" + std::to_string(at_large) + R"(,"postings":)" +
                          std::to_string(postings) + R"(,"growth":)" +
                          thousandths(at_large * 1'000 / at_small) + R"(,"cache_kib":65536)",
                      true);

    std::vector<std::int64_t> opened_ns;
    for (int i = 0; i < pairs; ++i) {
        ledger.store.reset();
        opened_ns.push_back(nanoseconds([&] { ledger.open(); }));
    }
    const std::int64_t first = nanoseconds([&] { grow(entries, entries + 1); });
    ++entries;
    proven = say("open",
                 R"("postings":)" + std::to_string(entries * postings_an_entry) +
                     R"(,"open_microseconds":)" + thousandths(median(opened_ns)) +
                     R"(,"first_posting_microseconds":)" + thousandths(first),
                 true) &&
             proven;

    auto snapshot = ledger.store->snapshot();
    std::vector<std::int64_t> rates;
    std::vector<std::int64_t> cpu_rates;  // what a machine without other work gives
    bool whole = true;
    for (int i = 0; i < pairs; ++i) {
        std::optional<journal::Verification> proof;
        const Took took = time_of([&] { proof = journal::verify(snapshot.db()); });
        rates.push_back(proof->entries * 1'000'000'000 / took.wall);
        cpu_rates.push_back(proof->entries * 1'000'000'000 / took.cpu);
        whole = whole && proof->proven() && proof->entries == entries;
    }
    return say("verify",
               R"("entries":)" + std::to_string(entries) + R"(,"entries_per_second":)" +
                   std::to_string(median(rates)) + R"(,"entries_per_cpu_second":)" +
                   std::to_string(median(cpu_rates)),
               whole) &&
           proven;
}

}  // namespace

int main(int argc, char** argv) {
    std::int64_t postings = 200'000;
    std::string export_to;
    std::string only;
    for (int i = 1; i < argc; i += 2) {
        const std::string option = argv[i];
        const std::string value = i + 1 < argc ? argv[i + 1] : "";
        const char* const end = value.data() + value.size();
        if (option == "--export" && !value.empty()) {
            export_to = value;
            only = "balances";
        } else if (option == "--only" && !value.empty()) {
            only = value;
        } else if (option != "--postings" ||
                   std::from_chars(value.data(), end, postings).ptr != end ||
                   postings < small_postings) {
            std::cerr << "usage: bench_ledger [--postings N] [--only FIGURE] [--export DIR]\n";
            return 2;
        }
    }
    const std::vector<std::pair<std::string, std::function<bool()>>> figures = {
        {"durable_postings_1_clients", [] { return durable_postings(1); }},
        {"durable_postings_8_clients", [] { return durable_postings(8); }},
        {"durable_postings_32_clients", [] { return durable_postings(32); }},
        {"bulk_import", bulk_import},
        {"balances", [&] { return balances(export_to); }},
        {"large_ledger", [&] { return large_ledger(postings); }},
    };
    bool proven = true;
    for (const auto& [name, figure] : figures) {
        if (only.empty() || only == name) proven = in_a_process(figure) && proven;
    }
    return proven ? 0 : 1;
}
