// The household's share: called by title, received before or after the call.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/dossiers/plan.h"

namespace deodat::funding {

struct HouseholdCall {
    std::int64_t id;
    std::string reference;  // "R26-0001": the household quotes it when it pays
    DossierId dossier;
    Money amount;
    Day called_on;
    std::string reason;
    Money received;
    Money open() const { return amount - received; }
};

// Event 3: calls a part of the remaining cost that the signed plan shows. What the household had
// paid before is set against it at once (event 4b). Refuses beyond the signed remaining cost.
Result<std::int64_t> call_share(store::Transaction& tx, DossierId dossier, Money amount, Day day,
                                PersonId authorising_officer);

// Event 3 for what a funder no longer pays of a claim and the household bears: a part of
// reduce_claim, which checks it.
Result<std::int64_t> call_share_for_reduction(store::Transaction& tx,
                                              const dossiers::Dossier& dossier, ClaimId claim,
                                              Money amount, std::string_view reason, Day day,
                                              PersonId authorising_officer);

// Event 4, when a bank movement is matched. Refuses more than is open, and a day before the call:
// that money came early.
Result<EntryId> receive_share(store::Transaction& tx, std::int64_t call, Money amount, Day day,
                              std::string_view piece, PersonId accountant);

// Event 4b: paid before a call, or naming none; set against the open calls at once, oldest first.
Result<EntryId> receive_share_early(store::Transaction& tx, DossierId dossier, Money amount,
                                    Day day, std::string_view piece, PersonId accountant);

std::optional<HouseholdCall> find_call(store::Database& db, std::int64_t id);
std::vector<HouseholdCall> calls_of(store::Database& db, DossierId dossier);

// What the household has signed for and was not yet called; nothing once the dossier has ended.
// Below zero where a later plan asks less than was called: what is to be given back covers nothing.
Money share_not_called(store::Database& db, DossierId dossier,
                       const std::optional<journal::AsOf>& as_of = {});

}  // namespace deodat::funding
