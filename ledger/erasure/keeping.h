// How long personal data are kept, as data: ledger/data/keeping.periods.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/day.h"
#include "ledger/base/result.h"

namespace deodat::erasure {

enum class Period : std::uint8_t { accounting_pieces, occupancy, abandoned_contact };
inline constexpr std::size_t period_count = 3;

struct Keeping {
    Period period;
    int years;
    bool from_year_end;  // from the 31 December that follows, not from the day itself
    std::string why;     // French, with its ground

    // The first day on which what ended that day may be erased.
    Day over_on(Day ended) const;
};

// Every period once, in the order of the enumeration. Refuses (malformed) any other text.
Result<std::vector<Keeping>> parse_keeping(std::string_view text);

// Those inside the program.
const Keeping& keeping(Period period);

}  // namespace deodat::erasure
