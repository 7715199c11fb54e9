// A ledger to be measured: its data directory, opened; its entries; the proof of what it holds.
#pragma once
#include <algorithm>
#include <memory>
#include <string>

#include "ledger/journal/balances.h"
#include "ledger/journal/events.h"
#include "ledger/journal/verification.h"

namespace deodat::bench {

constexpr int entries_a_command = 1'000;
constexpr int entries_a_dossier = 20;

// The nth entry's dossier in a ledger that grows: neighbours in time belong to many dossiers.
inline std::int64_t dossier_of(std::int64_t entry, std::int64_t entries) {
    const std::int64_t dossiers = std::max<std::int64_t>(1, entries / entries_a_dossier);
    constexpr std::int64_t stride = 7'919;  // a prime
    return 1 + entry * stride % dossiers;
}

struct MeasuredLedger {
    std::string directory;
    SetClock clock{instant_in_paris(Day::of(2026, 3, 20), 10)};
    SeededRandom random{1};
    std::unique_ptr<store::Store> store;

    explicit MeasuredLedger(const std::string& in) : directory(in + "/ledger") {
        if (!store::Store::create(directory, clock, random).ok())
            throw EnvironmentFailure("no directory");
        open();
    }
    void open() {
        store =
            std::move(*store::Store::open(directory, store::Store::Access::write, clock, random));
    }
    // Posts draft_of(n) for each n, so many a command.
    template <class DraftOf>
    void import(std::int64_t from, std::int64_t count, const DraftOf& draft_of) {
        for (std::int64_t n = from; n < from + count; n += entries_a_command) {
            const auto done = store->write([&](store::Transaction& tx) -> Result<Done> {
                const std::int64_t end = std::min(n + entries_a_command, from + count);
                for (std::int64_t i = n; i < end; ++i) {
                    const auto posted = journal::post(tx, draft_of(i));
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

}  // namespace deodat::bench
