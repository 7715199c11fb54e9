// A text on one line, as every plain-text export needs it.
#pragma once
#include <string>
#include <string_view>

namespace deodat::reports {

// Each run of blanks, line breaks and control characters, no-break spaces and Unicode's others too,
// becomes one space; none at the ends.
std::string one_line(std::string_view text);

}  // namespace deodat::reports
