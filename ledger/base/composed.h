// One form for one text: accented letters as one character each (Unicode NFC), so that the same
// word always has the same bytes, in the chain and in a search.
//
// Composed here are Latin letters; a text that still holds a mark apart from its letter (scripts
// whose vowels are marks included) is not composed. That is narrower than NFC, and never wider.
#pragma once
#include <string>
#include <string_view>

namespace deodat {

// Of valid UTF-8: each Latin letter followed by its accent becomes the accented letter.
std::string composed(std::string_view text);

// Whether valid UTF-8 is sure to be in NFC.
bool is_composed(std::string_view text);

}  // namespace deodat
