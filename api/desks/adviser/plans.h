// The adviser's plan: facts built from the dossier, figures asked of the rules, the result kept and
// signed.
#pragma once
#include <string>

#include "api/desks/desk.h"
#include "ledger/dossiers/plan.h"

namespace deodat::adviser_desk {

// The facts of a dossier as JSON, for a deposit on that day. The one place where a dossier becomes
// facts.
Result<std::string> facts_of(store::Database& db, const dossiers::Dossier& dossier, Day deposit);

// Computes the plan for a deposit today, and keeps it with its rules' version and its explanation.
// Refuses when the rules refuse the facts, or when the dossier changes meanwhile.
Result<PlanId> keep_plan(desks::Desk& desk, DossierId dossier, Day deposit);
Result<EntryId> sign_plan(desks::Desk& desk, PlanId plan);

}  // namespace deodat::adviser_desk
