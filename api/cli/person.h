// Who a command acts for.
#pragma once
#include "api/cli/options.h"
#include "ledger/people/person.h"

namespace deodat::cli {

// The person that --person names by number, or the only one who has the role. Refuses (missing)
// when several have it, or nobody, and names them.
Result<PersonId> person_of(store::Database& db, const Options& options, people::Role role);

}  // namespace deodat::cli
