// What the journal says of a grant and its claims as of a value date and an entry number. Tables
// say how things stand now; this is what reports are issued from, and issued again.
#pragma once
#include <string>
#include <vector>

#include "ledger/funding/claim.h"

namespace deodat::funding {

// Writes down which grant, and which claim when it is one's, an entry is about; the funder's reason
// when it pays less. Part of the command that posts it.
void record_entry(store::Database& db, EntryId entry, GrantId grant, ClaimId claim,
                  std::string_view reason);

struct ClaimStanding {
    ClaimId id;
    Money filed;
    Money received;
    Money reduced;
    std::string reduced_reason;  // the last one
    Money open() const { return filed - received - reduced; }
};

struct GrantStanding {
    std::optional<Day> notified_on;
    Money notified;
    std::optional<Day> refused_on;
    Money refused;
    std::vector<ClaimStanding> claims;  // as they were filed
    Money due() const { return notified - refused; }
};
// A reversal takes away from what it reverses.
GrantStanding standing_of(store::Database& db, const Grant& grant, const journal::AsOf& as_of);

}  // namespace deodat::funding
