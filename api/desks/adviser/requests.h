// The adviser gathers mandates, requests grants from funders, records their answers, orders works
// and claims.
#pragma once
#include <string>
#include <vector>

#include "api/desks/desk.h"
#include "ledger/funding/claim.h"

namespace deodat::adviser_desk {

// The household signs the mandate to receive for every funder of its signed plan.
Result<Done> sign_mandates(desks::Desk& desk, DossierId dossier);
Result<std::vector<GrantId>> request_grants(desks::Desk& desk, DossierId dossier);
Result<EntryId> record_notification(desks::Desk& desk, GrantId grant, Money amount,
                                    const std::string& reference);
Result<std::int64_t> order_works(desks::Desk& desk, QuoteId quote);
// No further invoice will come: what is left of the order is given up.
Result<Done> finish_works_order(desks::Desk& desk, std::int64_t works_order);
Result<ClaimId> file_claim(desks::Desk& desk, GrantId grant, funding::ClaimKind kind, Money amount);

}  // namespace deodat::adviser_desk
