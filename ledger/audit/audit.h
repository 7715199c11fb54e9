// The whole proof of a ledger: the journal's own (hashes, sums, kept balances), and that the tables
// of dossiers, claims, orders, transfers and movements tell the same story as the journal does.
//
// The invariants are those of the accountants' sheet, per dossier and funder or contractor:
// received + open + refused = notified; what is withheld is released or still there; what is paid,
// net of returns, is what was approved; every approval stands in the chain. Reads only.
#pragma once
#include <functional>

#include "ledger/journal/verification.h"
#include "ledger/store/backup.h"

namespace deodat::audit {

journal::Verification verify(store::Database& db,
                             const std::function<void(std::int64_t entries)>& progress = {});

// The same proof, as a backup asks for it.
store::Proof prove(store::Database& db);

}  // namespace deodat::audit
