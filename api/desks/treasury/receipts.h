// The treasury's desk: titles on funders and households, statements of the bank, and what they are
// matched with.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "api/desks/desk.h"
#include "ledger/bank/booking.h"
#include "ledger/funding/claim.h"

namespace deodat::treasury_desk {

Result<EntryId> issue_title(desks::Desk& desk, ClaimId claim);
Result<EntryId> reduce_claim(desks::Desk& desk, ClaimId claim, Money amount,
                             const std::string& reason, funding::Bearer bearer);
Result<std::int64_t> call_share(desks::Desk& desk, DossierId dossier, Money amount);

// What a statement brought: its movements that were new, and how many were known.
struct ImportedStatement {
    std::string id;
    std::string account;
    Day closing_on;
    Money closing;
    std::vector<MovementId> movements;
    std::size_t known;
};
// Every statement of the file, or none; `file` is its bytes, `statements` what was read of it.
Result<std::vector<ImportedStatement>> import_statements(
    store::Store& store, PersonId accountant, std::string_view file,
    const std::vector<bank::Statement>& statements);
std::vector<bank::Proposal> proposals(desks::Desk& desk, MovementId movement);
Result<EntryId> confirm_match(desks::Desk& desk, MovementId movement,
                              const bank::Proposal& proposal);

}  // namespace deodat::treasury_desk
