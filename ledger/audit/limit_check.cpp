#include "ledger/audit/limit_check.h"

#include <algorithm>
#include <vector>

#include "ledger/journal/limits.h"

namespace deodat::audit {
namespace {

using journal::DatedLimit;
using journal::EntryRow;

// What is about one subject: the limits set on it, those that hold over others later, and its use
// after the entries read so far.
struct Watched {
    std::vector<DatedLimit> limits;
    journal::Use use = {};

    const journal::LimitSubject& subject() const { return limits.front().subject; }
    // The limit that an entry had to keep to.
    std::optional<Money> limit_at(const EntryRow& entry) const {
        const Day day = entry.recorded_at.day_in_paris();
        const auto held =
            std::find_if(limits.rbegin(), limits.rend(), [&](const DatedLimit& limit) {
                return limit.after < entry.number && limit.since <= day;
            });
        return held == limits.rend() ? std::nullopt : held->amount;
    }
};

std::vector<Watched> watched(store::Database& db) {
    std::vector<Watched> out;
    for (const DatedLimit& limit : journal::limits_ever_set(db)) {
        auto known = std::find_if(out.begin(), out.end(), [&](const Watched& other) {
            return other.subject() == limit.subject;
        });
        if (known == out.end()) known = out.insert(out.end(), Watched{});
        known->limits.push_back(limit);
    }
    return out;
}

std::vector<journal::Leg> legs_of(const EntryRow& entry) {
    std::vector<journal::Leg> out;
    for (const journal::PostingRow& posting : entry.postings) {
        const auto role = journal::role_of(posting.role);
        DEODAT_ASSERT(role.has_value(), "a stored role is one");
        out.push_back({.role = *role, .amount = posting.amount, .funder = {posting.funder}});
    }
    return out;
}

// A reversal gives back what its entry took.
journal::Event event_counted(store::Database& db, const EntryRow& entry) {
    const auto original = entry.reverses ? journal::find_entry(db, entry.reverses) : std::nullopt;
    const auto event = journal::event_of(original ? original->event : entry.event);
    DEODAT_ASSERT(event.has_value(), "a stored event is one");
    return *event;
}

std::string told(const journal::Use& use) {
    return french(use.used) + " utilisés et " + french(use.reserved) + " réservés";
}

void add(journal::Verification& result, store::Database& db, Watched& of, const EntryRow& entry,
         journal::Event event, const std::vector<journal::Leg>& legs) {
    const journal::Use more = journal::added_by(of.subject(), event, legs);
    of.use.used += more.used;
    of.use.reserved += more.reserved;
    if (!more.total().is_positive() || entry.reverses || !journal::is_held_back(event)) return;
    const auto limit = of.limit_at(entry);
    if (!limit || of.use.total() <= *limit) return;
    journal::add_fault(result, entry.number,
                       journal::subject_label(db, of.subject()) + " : l'écriture n° " +
                           std::to_string(entry.number.value) + " passe la limite de " +
                           french(*limit) + " (" + told(of.use) + ").");
}

}  // namespace

void check_limits(journal::Verification& result, store::Database& db) {
    std::vector<Watched> all = watched(db);
    if (all.empty()) return;
    journal::for_each_entry(db, journal::last_entry(db), [&](const EntryRow& entry) {
        const journal::Event event = event_counted(db, entry);
        const auto legs = legs_of(entry);
        for (Watched& one : all) {
            if (one.subject().programme == entry.programme) {
                add(result, db, one, entry, event, legs);
            }
        }
    });
    for (const Watched& one : all) {
        const journal::Use kept = journal::use_of(db, one.subject());
        if (kept.used == one.use.used && kept.reserved == one.use.reserved) continue;
        journal::add_fault(result, {},
                           journal::subject_label(db, one.subject()) + " : les soldes disent " +
                               told(kept) + ", les écritures " + told(one.use) + ".");
    }
}

}  // namespace deodat::audit
