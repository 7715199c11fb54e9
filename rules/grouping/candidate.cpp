#include "rules/grouping/candidate.h"

#include <algorithm>

namespace deodat::rules::grouping {

Month Candidate::first_start(Day as_of) const {
    return std::max(from, Month::of(as_of));
}

Month Candidate::last_start() const {
    Month end = to;
    for (const Deadline& deadline : deadlines) end = std::min(end, Month::ended_by(deadline.day));
    return end.plus(1 - works_months);
}

std::int64_t ProposalParameters::diameter_m(Setting setting) const {
    return setting == Setting::urban ? urban_diameter_m : rural_diameter_m;
}

std::size_t ProposalParameters::size_min(Setting setting) const {
    return static_cast<std::size_t>(setting == Setting::urban ? size_min_urban : size_min_rural);
}

}  // namespace deodat::rules::grouping
