// Facts from JSON, strictly: no repeated key, no unknown field, no fraction, nothing required left
// out.
//
// A refusal names the field by its dotted path (works.lines[0].vat_bp), the value, and what would
// be right.
#pragma once
#include <string_view>

#include "ledger/base/result.h"
#include "rules/facts/facts.h"

namespace deodat::rules {

inline constexpr std::size_t facts_bytes_max = 1'000'000;

// The facts with everything derived but the income class.
Result<Facts> facts_from_json(std::string_view json);

}  // namespace deodat::rules
