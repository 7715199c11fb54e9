#include "ledger/base/composed.h"

#include <algorithm>
#include <array>

#include "ledger/base/invariant.h"
#include "ledger/base/text.h"

namespace deodat {
namespace {

struct Pair {
    char32_t letter;
    char32_t mark;
    char32_t composed;
};
constexpr auto pairs = std::to_array<Pair>({
#define PAIR(letter, mark, whole) {letter, mark, whole},
#include "ledger/base/composed.inc"
#undef PAIR
});

struct Range {
    char32_t first;
    char32_t last;
};
constexpr auto apart = std::to_array<Range>({
#define RANGE(first, last) {first, last},
#include "ledger/base/composed.inc"
#undef RANGE
});

bool is_apart(char32_t c) {
    const auto* after = std::upper_bound(apart.begin(), apart.end(), c,
                                         [](char32_t v, const Range& r) { return v < r.first; });
    return after != apart.begin() && c <= std::prev(after)->last;
}

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// 0 when the two do not make one character.
char32_t whole_of(char32_t letter, char32_t mark) {
    for (const Pair& pair : pairs) {
        if (pair.letter == letter && pair.mark == mark) return pair.composed;
    }
    return 0;
}

// All composed letters lie below U+0250: two bytes.
void add_two_bytes(std::string& out, char32_t c) {
    out += static_cast<char>(0xc0U | (c >> 6U));
    out += static_cast<char>(0x80U | (c & 0x3fU));
}

}  // namespace

std::string composed(std::string_view text) {
    if (is_composed(text)) return std::string(text);
    std::string out;
    std::size_t last_at = 0;  // where the last character begins in out
    char32_t last = 0;
    while (!text.empty()) {
        const CodePoint c = first_character(text);
        DEODAT_ASSERT(c.bytes != 0, "a text to compose is UTF-8");
        if (const char32_t whole = whole_of(last, c.value); whole != 0) {
            out.resize(last_at);
            add_two_bytes(out, whole);
            last = whole;
        } else {
            last_at = out.size();
            last = c.value;
            out += text.substr(0, c.bytes);
        }
        text.remove_prefix(c.bytes);
    }
    return out;
}

bool is_composed(std::string_view text) {
    if (is_ascii(text)) return true;
    while (!text.empty()) {
        const CodePoint c = first_character(text);
        if (c.bytes == 0 || is_apart(c.value)) return false;
        text.remove_prefix(c.bytes);
    }
    return true;
}

}  // namespace deodat
