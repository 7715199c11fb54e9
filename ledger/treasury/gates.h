// Gates: the conditions of a step that commits or moves money, each open or closed, with what is
// missing and who can supply it. The command refuses at the first closed one; a screen shows them
// all as a traffic light.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/treasury/exposure.h"

namespace deodat::treasury {

struct Gate {
    Code code;         // of the refusal when it is closed
    std::string name;  // stable: "signed_plan"
    std::string label;
    bool open;
    std::string missing;                                          // a French sentence, when closed
    std::vector<std::pair<std::string, std::string>> facts = {};  // in it, for programs
};

std::optional<Refusal> first_closed(const std::vector<Gate>& gates);

// Before works are ordered for `amount`, or an order of works is raised by it: signed plan, every
// request answered, mandates in force, ceiling, limits.
std::vector<Gate> works_order_gates(store::Database& db, const dossiers::Dossier& dossier,
                                    ContractorId contractor, Money amount, Day day);

// Before a payment is approved, and again before it is released: mandates in force, ceiling,
// limits, cover, the programme's own money. `to_pay` is what the payment adds to what is already
// approved or taken in charge (nil when it is).
std::vector<Gate> approval_gates(store::Database& db, const dossiers::Dossier& dossier,
                                 Money to_pay, Day day);

// Before a dossier is closed: every request is answered, nothing is open on any of its accounts,
// and what was spent was received.
std::vector<Gate> closing_gates(store::Database& db, const dossiers::Dossier& dossier);

}  // namespace deodat::treasury
