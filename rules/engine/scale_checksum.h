// Whether an income scale follows from that of the year before: each year's ceilings are those of
// the year before times one single factor, rounded up to the whole euro. A cell that the factor of
// the majority does not reproduce was probably mistyped, here or by whoever published it. A class
// whose every ceiling stays as it was is left out: it was not revalued that year.
//
// This only checks what was typed in. The law is the figure as published: no ceiling is ever
// computed from another.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "rules/engine/program.h"

namespace deodat::rules {

struct ScaleCell {
    Zone zone = Zone::other;
    IncomeClass income_class = IncomeClass::very_modest;
    std::size_t persons = 0;  // 1 to 5; 0: the supplement for each person more
};

// A cell that the common factor does not give. Whole euros.
struct ScaleDeviation {
    ScaleCell cell;
    Place at;  // its row in the later scale
    std::int64_t published_euros = 0;
    // The factor is known within an interval, so the figure may be too.
    std::int64_t expected_low_euros = 0;
    std::int64_t expected_high_euros = 0;
};

struct ScaleChecksum {
    std::size_t cells = 0;       // compared
    std::size_t reproduced = 0;  // by the factor that reproduces the most
    // Where several factors reproduce as many, what one of them does not give.
    std::vector<ScaleDeviation> deviations;

    bool has_majority() const { return 2 * reproduced > cells; }
};

// Nothing when no class was revalued, or a ceiling is not in whole euros: the rule does not apply.
std::optional<ScaleChecksum> checksum(const Scale& before, const Scale& after);

}  // namespace deodat::rules
