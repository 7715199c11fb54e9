// Amounts as banks write them in tables: "-1 234,50 €", "1.234,50-", "(204.3)", "+12". A sign
// before or behind, or parentheses for a debit; blanks of any kind and apostrophes between
// thousands; the currency before or behind. Whether the comma or the point marks decimals is a
// property of the whole file: "1,234" alone says nothing.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/base/money.h"

namespace deodat::bank {

// What one amount says about the sign of decimals.
enum class DecimalEvidence : std::uint8_t { none, comma, point, ambiguous };
DecimalEvidence decimal_evidence(std::string_view text);

// The amount, when `decimal` (',' or '.') marks decimals. Refuses (malformed) what is no amount, or
// is finer than the cent.
Result<Money> money_from_table(std::string_view field, std::string_view text, char decimal);

}  // namespace deodat::bank
