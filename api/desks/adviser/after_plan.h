// What the adviser asks of a dossier's plan once it is made. Both operations read one committed
// state and leave no trace: neither journal nor tables change.
#pragma once
#include <span>

#include "api/desks/desk.h"
#include "rules/plan/recomputation.h"
#include "rules/plan/what_if.h"

namespace deodat::adviser_desk {

// The plan of the dossier as it stands, deposited that day, beside the one it would have with those
// suppositions made. Refuses a dossier that is ended, and what the rules refuse.
Result<rules::WhatIf> what_if(const desks::Desk& desk, DossierId dossier, Day deposit,
                              std::span<const rules::Supposition> suppositions);

struct OnInvoices {
    rules::Recomputation recomputation;
    bool complete;           // every works order is wholly invoiced, or given up, and accepted
    bool under_other_rules;  // the signed plan was computed from other rule texts than the desk's
};

// The notified grants on the accepted invoices. The facts are those of the signed plan; what was
// refused of a grant counts as not notified, what claims have brought as received. An invoice names
// no trade: its lines take trade and eligibility from the quote ordered, by their label, or from
// the whole quote where its lines agree.
// Refuses (state_forbids) a dossier without a signed plan or without an accepted invoice,
// (not_found) an invoiced line that no line of the quote explains, and what the rules refuse.
Result<OnInvoices> recompute_on_invoices(const desks::Desk& desk, DossierId dossier);

}  // namespace deodat::adviser_desk
