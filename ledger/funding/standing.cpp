#include "ledger/funding/standing.h"

#include <algorithm>

namespace deodat::funding {
namespace {

using journal::Event;

ClaimStanding& claim_in(GrantStanding& standing, ClaimId id) {
    const auto found = std::find_if(standing.claims.begin(), standing.claims.end(),
                                    [&](const ClaimStanding& claim) { return claim.id == id; });
    if (found != standing.claims.end()) return *found;
    standing.claims.push_back({id, {}, {}, {}, {}});
    return standing.claims.back();
}

// An account that an event moves, summed over an entry and its reversal.
struct Moved {
    Event event;
    journal::Role role;
    Day day;
    ClaimId claim;
    std::string reason;
    Money amount;
};

void add(GrantStanding& standing, const Moved& moved) {
    if (moved.amount.is_zero()) return;
    if (moved.role == journal::Role::grant_notified) {
        if (moved.event == Event::grant_notified) {
            standing.notified += moved.amount;
            standing.notified_on = moved.day;
        } else if (moved.event == Event::grant_refused) {
            standing.refused -= moved.amount;
            standing.refused_on = moved.day;
        }
        return;
    }
    ClaimStanding& claim = claim_in(standing, moved.claim);
    if (moved.event == Event::claim_filed) claim.filed += moved.amount;
    if (moved.event == Event::claim_received) claim.received -= moved.amount;
    if (moved.event == Event::claim_reduced) {
        claim.reduced -= moved.amount;
        claim.reduced_reason = moved.reason;
    }
}

}  // namespace

void record_entry(store::Database& db, EntryId entry, GrantId grant, ClaimId claim,
                  std::string_view reason) {
    db.run("INSERT INTO funding_entry VALUES (?, ?, ?, ?)", entry, grant,
           claim ? store::Value(claim) : store::Value(std::nullopt), reason);
}

GrantStanding standing_of(store::Database& db, const Grant& grant, const journal::AsOf& as_of) {
    GrantStanding out;
    auto rows = db.select(
        "SELECT o.event, a.role, o.day, f.claim, f.reason, sum(p.cents)"
        " FROM posting p JOIN account a ON a.id = p.account JOIN entry e ON e.number = p.entry"
        " JOIN funding_entry f ON f.entry = CASE e.reverses WHEN 0 THEN e.number ELSE e.reverses "
        "END"
        " JOIN entry o ON o.number = f.entry"
        " WHERE p.dossier = ? AND f.funder_grant = ? AND a.role IN (?, ?)"
        "  AND e.day <= ? AND e.number <= ? GROUP BY o.number, a.id ORDER BY o.number",
        grant.dossier, grant.id, journal::role_name(journal::Role::grant_notified),
        journal::role_name(journal::Role::claim_filed), as_of.day, as_of.entry);
    while (rows.next()) {
        const auto event = journal::event_of(rows.text(0));
        const auto role = journal::role_of(rows.text(1));
        DEODAT_ASSERT(event && role, "a posted event and a posted role are known");
        add(out, {*event, *role, rows.day(2), rows.id<ClaimId>(3), rows.text_unless_erased(4),
                  rows.money(5)});
    }
    return out;
}

}  // namespace deodat::funding
