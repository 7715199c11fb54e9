// A desk: a person at work, with the ledger's one writer and the rules in force.
//
// Desks are where ledger and rules meet. An operation takes what a person supplies, dates it today,
// asks the rules where figures are needed, and hands the ledger one command. Command line, HTTP and
// demonstration all come through here.
#pragma once
#include "ledger/store/store.h"
#include "rules/engine/program.h"

namespace deodat::desks {

struct Desk {
    store::Store& store;
    const rules::RuleSet& rules;
    PersonId person;
};

}  // namespace deodat::desks
