// What is wrong with an electronic invoice, each fault with its code and a French sentence.
//
// Sums are recomputed in whole cents. An invoice may be off by a cent for each of its lines, since
// contractors' software rounds in its own ways: that is said (invoice_cent_gap) and forgiven;
// beyond, it is an obstacle. EN 16931's rules BR-CO-10 to BR-CO-17 are the ones checked, and of the
// French rules those that a household's works can meet.
#pragma once
#include <optional>
#include <vector>

#include "ledger/payments/electronic/invoice.h"

namespace deodat::payments::electronic {

// What its own lines and rates make of the invoice.
struct Recomputed {
    Money lines;  // Σ of the counted lines
    Money net;
    Money vat;
    Money gross;
    Money gap;        // the stated gross less ours
    Money tolerance;  // a cent for each counted line
};

struct Checks {
    std::vector<Refusal> obstacles;  // it must not be registered as it is
    std::vector<Refusal> remarks;    // a person should know
    // None when the invoice has no lines, or its sums leave the bounds of Money.
    std::optional<Recomputed> recomputed;

    bool sound() const { return obstacles.empty(); }
};

Checks check(const ElectronicInvoice& invoice, Day today);

}  // namespace deodat::payments::electronic
