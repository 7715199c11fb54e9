// What each fuzzer feeds its bytes to. The same functions replay the kept inputs in the default
// suite (tests/fuzz/replay_test.cpp), compiled as everything else is.
//
// Each throws std::logic_error when the program breaks a promise that no sanitizer would see.
#pragma once
#include <string_view>

namespace deodat::rules::fuzz {

// The bytes as a rule text: refused with places, or understood; what is understood is planned and
// explained for a few dossiers.
void try_rules(std::string_view bytes);

// The bytes as facts: refused with a sentence, or read; what is read is planned and explained by
// the rules inside the program.
void try_facts(std::string_view bytes);

}  // namespace deodat::rules::fuzz
