#include "reports/journal/one_line.h"

#include <array>

namespace deodat::reports {
namespace {

// Blanks beyond ASCII that hledger counts among spaces (two in a row end an account's name), and
// line breaks.
constexpr std::array<std::string_view, 20> wide_blanks{
    "\u00a0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004",
    "\u2005", "\u2006", "\u2007", "\u2008", "\u2009", "\u200a", "\u202f",
    "\u205f", "\u3000", "\u2028", "\u2029", "\u0085", "\ufeff"};

std::size_t blank_bytes(std::string_view text) {
    const auto first = static_cast<unsigned char>(text[0]);
    if (first <= 0x20 || first == 0x7f) return 1;
    if (first < 0x80) return 0;
    for (const std::string_view blank : wide_blanks) {
        if (text.starts_with(blank)) return blank.size();
    }
    return 0;
}

}  // namespace

std::string one_line(std::string_view text) {
    std::string out;
    bool gap = false;
    while (!text.empty()) {
        if (const std::size_t blank = blank_bytes(text); blank > 0) {
            gap = !out.empty();
            text.remove_prefix(blank);
            continue;
        }
        if (gap) out += ' ';
        gap = false;
        out += text[0];
        text.remove_prefix(1);
    }
    return out;
}

}  // namespace deodat::reports
