// A year of the whole country on one ledger: 700,000 dossiers of twenty entries, posted one by one
// by clients who each wait for the disk. One JSON line: rate, size of the file, and how long a
// client waited.
//
//   bench_national_year [--scale N] [--clients N]
//
// --scale: one dossier out of so many (10); the file and the entries are as many times smaller.
// --clients: how many post at once (32). A dossier's entries are those of its life, in order; each
// client has a hundred dossiers open at a time and takes them in turn. Only the journal is written:
// the tables of dossiers, grants and orders are not. The ledger is verified after the timing.
#include <charconv>
#include <filesystem>
#include <iostream>
#include <optional>
#include <thread>

#include "tests/bench/measure.h"
#include "tests/bench/measured_ledger.h"

namespace {

using namespace deodat;         // NOLINT(google-build-using-namespace): a program of one file
using namespace deodat::bench;  // NOLINT(google-build-using-namespace)
using journal::Event;
using journal::FunderFamily;
using journal::FunderRef;

constexpr std::int64_t dossiers_a_year = 700'000;
constexpr std::int64_t open_at_once = 100;  // dossiers of one client

struct Step {
    Event event;
    journal::events::Legs legs;
};

// The life of a dossier: two funders, one contractor paid in two orders, the household's share.
std::vector<Step> life_of(DossierId dossier) {
    using namespace journal::events;  // NOLINT(google-build-using-namespace): the table of events
    const FunderRef anah{{1}, FunderFamily::state};
    const FunderRef region{{2}, FunderFamily::region};
    const ContractorId contractor{1 + dossier.value % 5'000};
    const Money works = Money::euros(30'000);
    const Money half = Money::euros(15'000);
    const Money of_anah = Money::euros(18'000);
    const Money of_region = Money::euros(6'000);
    const Money share = Money::euros(6'000);
    const auto payable = journal::Role::contractor_payable;
    return {
        {Event::grant_notified, grant_notified(dossier, anah, of_anah)},
        {Event::grant_notified, grant_notified(dossier, region, of_region)},
        {Event::works_ordered, works_ordered(dossier, contractor, works)},
        {Event::household_share_called, household_share_called(dossier, share)},
        {Event::household_receipt, household_receipt(dossier, share)},
        {Event::commitment_ordered, commitment_ordered(dossier, contractor, half)},
        {Event::order_released, order_released(dossier, contractor, half, Money())},
        {Event::transfer_paid, transfer_paid(dossier, contractor, half, payable)},
        {Event::commitment_paid, commitment_paid(dossier, contractor, half)},
        {Event::commitment_ordered, commitment_ordered(dossier, contractor, half)},
        {Event::order_released, order_released(dossier, contractor, half, Money())},
        {Event::transfer_paid, transfer_paid(dossier, contractor, half, payable)},
        {Event::commitment_paid, commitment_paid(dossier, contractor, half)},
        {Event::claim_filed, claim_filed(dossier, anah, of_anah)},
        {Event::claim_title_issued, claim_title_issued(dossier, anah, of_anah)},
        {Event::claim_filed, claim_filed(dossier, region, of_region)},
        {Event::claim_title_issued, claim_title_issued(dossier, region, of_region)},
        {Event::claim_received, claim_received(dossier, anah, of_anah)},
        {Event::claim_received, claim_received(dossier, region, of_region)},
        {Event::dossier_closed, dossier_closed(dossier, works)},
    };
}

journal::EntryDraft draft_of(DossierId dossier, const Step& step) {
    return {Day::of(2026, 3, 1),
            step.event,
            std::string(journal::event_label(step.event)),
            "D26-" + std::to_string(dossier.value),
            {{1}, "01"},
            {1},
            step.legs,
            step.legs.empty() ? std::string(hash_bytes, 'h') : std::string()};
}

// What one client posts: dossiers client + 1, + clients, … Adds each wait to `waits`, nanoseconds.
void post_as(MeasuredLedger& ledger, std::int64_t client, std::int64_t clients,
             std::int64_t dossiers, std::vector<std::int64_t>& waits) {
    for (std::int64_t first = client + 1; first <= dossiers; first += clients * open_at_once) {
        for (std::size_t step = 0; step < entries_a_dossier; ++step) {
            for (std::int64_t n = 0; n < open_at_once; ++n) {
                const DossierId dossier{first + n * clients};
                if (dossier.value > dossiers) break;
                const auto draft = draft_of(dossier, life_of(dossier).at(step));
                waits.push_back(nanoseconds([&] {
                    const auto posted = ledger.store->write(
                        [&](store::Transaction& tx) { return journal::post(tx, draft); });
                    if (!posted) std::abort();
                }));
            }
        }
    }
}

// Cash: what funders and household paid is what the contractor got, dossier after dossier.
bool sums_are_right(store::Database& db) {
    for (const journal::AccountBalance& of : journal::account_balances(db)) {
        if (!of.amount.is_zero()) return false;
    }
    return true;
}

bool national_year(std::int64_t scale, std::int64_t clients) {
    const Directory directory;
    MeasuredLedger ledger(directory.path);
    const std::int64_t dossiers = dossiers_a_year / scale;
    const std::int64_t entries = dossiers * entries_a_dossier;
    std::vector<std::vector<std::int64_t>> waits(static_cast<std::size_t>(clients));
    const Took took = time_of([&] {
        std::vector<std::thread> crowd;
        for (std::int64_t c = 0; c < clients; ++c) {
            crowd.emplace_back([&, c] {
                post_as(ledger, c, clients, dossiers, waits[static_cast<std::size_t>(c)]);
            });
        }
        for (std::thread& thread : crowd) thread.join();
    });
    std::vector<std::int64_t> all;
    for (const auto& of_client : waits) all.insert(all.end(), of_client.begin(), of_client.end());
    ledger.store.reset();  // what is in the log goes into the file
    const auto bytes = std::filesystem::file_size(store::database_path(ledger.directory));
    ledger.open();
    auto snapshot = ledger.store->snapshot();
    std::optional<journal::Verification> proof;
    const std::int64_t verified = nanoseconds([&] { proof = journal::verify(snapshot.db()); });
    return say("national_year",
               R"("scale":)" + std::to_string(scale) + R"(,"dossiers":)" +
                   std::to_string(dossiers) + R"(,"entries":)" + std::to_string(entries) +
                   R"(,"postings":)" + std::to_string(proof->postings) + R"(,"clients":)" +
                   std::to_string(clients) + R"(,"seconds":)" + thousandths(took.wall / 1'000'000) +
                   R"(,"entries_per_second":)" +
                   std::to_string(entries * 1'000 / (took.wall / 1'000'000)) +
                   R"(,"cpu_microseconds_an_entry":)" + thousandths(took.cpu / entries) +
                   R"(,"p50_microseconds":)" + thousandths(percentile(all, 500)) +
                   R"(,"p99_microseconds":)" + thousandths(percentile(all, 990)) +
                   R"(,"worst_microseconds":)" + thousandths(percentile(all, 1'000)) +
                   R"(,"file_bytes":)" + std::to_string(bytes) + R"(,"verified_per_second":)" +
                   std::to_string(entries * 1'000'000'000 / verified),
               proof->proven() && proof->entries == entries && sums_are_right(snapshot.db()));
}

}  // namespace

int main(int argc, char** argv) {
    std::int64_t scale = 10;
    std::int64_t clients = 32;
    for (int i = 1; i < argc; i += 2) {
        const std::string option = argv[i];
        const std::string value = i + 1 < argc ? argv[i + 1] : "";
        std::int64_t& into = option == "--clients" ? clients : scale;
        const auto read = std::from_chars(value.data(), value.data() + value.size(), into);
        if ((option != "--scale" && option != "--clients") || value.empty() ||
            read.ptr != value.data() + value.size() || into < 1 || scale > dossiers_a_year) {
            std::cerr << "usage: bench_national_year [--scale N] [--clients N]\n";
            return 2;
        }
    }
    return in_a_process([&] { return national_year(scale, clients); }) ? 0 : 1;
}
