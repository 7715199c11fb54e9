// Text from outside: valid UTF-8, no control characters, bounded; and how to quote it back safely.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "ledger/base/result.h"

namespace deodat {

bool is_utf8(std::string_view text);

// The first character of a text that is not empty.
struct CodePoint {
    char32_t value;
    std::size_t bytes;  // 0 when the text does not begin with valid UTF-8
};
CodePoint first_character(std::string_view text);

// The number of code points of a valid UTF-8 text.
std::size_t code_points(std::string_view text);

// The bytes of the first code point of a text that is not empty; one byte where it is not UTF-8.
std::string_view first_code_point(std::string_view text);

// Without the blanks (space, tab, CR, LF) at both ends.
std::string_view trimmed(std::string_view text);

// A text that a person typed, trimmed, its accented letters composed (composed.h). Refuses what is
// not UTF-8, does not compose, holds a control or zero-width
// character, is blank, or is longer than code_points_max.
Result<std::string> clean_text(std::string_view field, std::string_view text,
                               std::size_t code_points_max);

// The value as a refusal may show it: at most so many code points, control characters and broken
// bytes replaced.
std::string shown(std::string_view text, std::size_t code_points_max = 60);

// Lower-case hexadecimal, two digits a byte.
std::string hexadecimal(std::string_view bytes);
// Its bytes; nothing when it is anything else.
std::optional<std::string> from_hexadecimal(std::string_view digits);

}  // namespace deodat
