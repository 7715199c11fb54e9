// References that people read and banks carry: a letter, the year, a number in it. ASCII, no slash.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/base/day.h"

namespace deodat {

// "D25-" for the letter D in 2025.
std::string yearly_prefix(std::string_view letter, Day day);

// "D25-0001": at least four digits, more when the year needs them.
std::string numbered(const std::string& prefix, std::int64_t number);

}  // namespace deodat
