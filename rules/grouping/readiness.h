// Whether a candidate may be grouped at all, and everything that stands in the way.
#pragma once
#include <string>
#include <vector>

#include "rules/grouping/candidate.h"

namespace deodat::rules::grouping {

struct Obstacle {
    std::string_view code;  // no_consent, consent_withdrawn, quote_signed, works_started,
                            // aid_filed, outside_perimeter, in_open_batch, no_position,
                            // window_over, deadline_before_works_end
    std::string message;    // French
};

// All of them, in that order; none: it may be grouped.
std::vector<Obstacle> obstacles(const Candidate& candidate, Day as_of);

}  // namespace deodat::rules::grouping
