// From rule text to tokens. Newlines are tokens outside brackets; `#` starts a comment to the end
// of its line.
//
// A number may group its thousands by single spaces (40 000, also no-break ones). With € it becomes
// money in cents, with % or `points` a rate in basis points; only those two may have decimals,
// after a comma.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "rules/engine/syntax.h"

namespace deodat::rules {

enum class TokenKind : std::uint8_t { word, number, money, rate, date, text, symbol, newline, end };

struct Token {
    TokenKind kind = TokenKind::end;
    Place at;
    std::string_view text;   // as written; the inside of a text
    std::int64_t value = 0;  // number; cents; basis points; days since 1970
};

inline constexpr std::size_t rule_bytes_max = 4'000'000;
inline constexpr std::size_t tokens_max = 200'000;  // some twenty thousand lines
inline constexpr std::int64_t literal_max =
    1'000'000'000;  // whole part of a number, an amount or a rate

// The tokens, the last one being `end`; they point into the text. Or the first error.
std::variant<std::vector<Token>, RuleError> lex(const RuleFile& file);

// What a token is called in an error.
std::string token_name(const Token& token);

}  // namespace deodat::rules
