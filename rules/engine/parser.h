// From tokens to blocks. The grammar is in grammar.md; this follows it production by production.
//
// A file with errors still yields its sound blocks: after an error the parser starts again at the
// next block, so that one reading shows every broken block.
#pragma once
#include "rules/engine/syntax.h"

namespace deodat::rules {

inline constexpr int nesting_max = 20;  // brackets within brackets
inline constexpr int chain_max = 40;    // operators in a row
inline constexpr std::size_t blocks_max = 5'000;
inline constexpr std::size_t errors_max = 100;  // of a file; reading stops there

syntax::File parse(const RuleFile& file);

}  // namespace deodat::rules
