// The request of a proposal: whether it makes sense, and the bytes by which it is known again.
#pragma once
#include <string>

#include "rules/grouping/candidate.h"

namespace deodat::rules::grouping {

// As propose() says.
Result<Done> check(const ProposalRequest& request);

// Candidates and neighbourhoods in the order of their ids, so that the order given changes nothing.
void put_in_order(ProposalRequest& request);

// Of a request in order: every value, each behind its length or in 8 bytes (canonical.h).
std::string canonical_bytes(const ProposalRequest& request);

}  // namespace deodat::rules::grouping
