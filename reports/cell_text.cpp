#include "reports/cell_text.h"

#include <algorithm>
#include <cctype>

#include "ledger/base/text.h"

namespace deodat::reports {
namespace {

constexpr std::string_view replacement = "\ufffd";

bool forbidden_in_xml(char32_t c) {
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0xfffe || c == 0xffff;
}

// "_xHHHH_" is how OOXML writes a character that XML cannot hold.
bool opens_an_escape(std::string_view text) {
    if (text.size() < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_') return false;
    return std::all_of(text.begin() + 2, text.begin() + 6,
                       [](char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; });
}

// The longest beginning of at most that many UTF-16 units, ending between two characters.
std::string_view beginning(std::string_view text, std::size_t units) {
    std::size_t bytes = 0;
    for (std::size_t used = 0; bytes < text.size();) {
        const CodePoint c = first_character(text.substr(bytes));
        used += c.value > 0xffff ? 2 : 1;
        if (used > units) break;
        bytes += c.bytes == 0 ? 1 : c.bytes;
    }
    return text.substr(0, bytes);
}

// Nothing to replace, cut or escape: nearly every text. Bytes within the limit are units within the
// limit.
bool is_plain(std::string_view text) {
    if (text.size() > cell_text_units_max) return false;
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        if (c >= 0x20 && c != '_') {
            ++i;
            continue;
        }
        const CodePoint wide = first_character(text.substr(i));
        if (wide.bytes < 2 || forbidden_in_xml(wide.value)) return false;
        i += wide.bytes;
    }
    return true;
}

// The lower-case letter, for the alphabets in which a sheet of ours may be named. Excel compares
// names so.
char32_t folded(char32_t c) {
    if (c >= 'A' && c <= 'Z') return c + 0x20;
    if (c >= 0xc0 && c <= 0xde && c != 0xd7) return c + 0x20;
    if (c >= 0x100 && c <= 0x137) return c | 1U;
    if (c >= 0x139 && c <= 0x148) return c + (c % 2);
    if (c >= 0x14a && c <= 0x177) return c | 1U;
    if (c == 0x178) return 0xff;
    if (c >= 0x179 && c <= 0x17e) return c + (c % 2);
    if (c >= 0x391 && c <= 0x3a9) return c + 0x20;
    if (c >= 0x410 && c <= 0x42f) return c + 0x20;
    return c;
}

std::u32string fold(std::string_view text) {
    std::u32string out;
    while (!text.empty()) {
        const CodePoint c = first_character(text);
        out += folded(c.value);
        text.remove_prefix(c.bytes == 0 ? 1 : c.bytes);
    }
    return out;
}

std::string_view without_edge_quotes(std::string_view name) {
    constexpr std::string_view edges = "' ";
    const std::size_t first = name.find_first_not_of(edges);
    if (first == std::string_view::npos) return {};
    return name.substr(first, name.find_last_not_of(edges) - first + 1);
}

std::string allowed_name(std::string_view wanted) {
    CellText clean;
    prepare_cell_text(wanted, clean);
    for (char& c : clean.text) {
        if (std::string_view("[]:*?/\\\t\r\n").find(c) != std::string_view::npos) c = '-';
    }
    std::string name(without_edge_quotes(clean.text));
    if (name.empty()) return "Feuille";
    // Excel keeps these two for its own list of changes.
    const std::u32string folded_name = fold(name);
    if (folded_name == U"history" || folded_name == U"historique") name += " -";
    return name;
}

}  // namespace

std::size_t utf16_units(std::string_view utf8) {
    std::size_t units = 0;
    for (const char c : utf8) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xc0U) != 0x80) units += byte >= 0xf0 ? 2 : 1;
    }
    return units;
}

void prepare_cell_text(std::string_view text, CellText& out) {
    out.replaced_characters = 0;
    out.cut = false;
    if (is_plain(text)) {
        out.text.assign(text);
        return;
    }
    out.text.clear();
    // The limit is on what the reader sees: escapes are added after the cut, and count for nothing.
    std::string_view kept = text;
    if (text.size() > cell_text_units_max) {
        out.cut = beginning(text, cell_text_units_max).size() < text.size();
        if (out.cut) kept = beginning(text, cell_text_units_max - utf16_units(cut_mark));
    }
    while (!kept.empty()) {
        const CodePoint c = first_character(kept);
        const std::size_t bytes = c.bytes == 0 ? 1 : c.bytes;
        if (c.bytes == 0 || forbidden_in_xml(c.value)) {
            out.text += replacement;
            ++out.replaced_characters;
        } else if (c.value == '\r') {
            if (kept.size() == 1 || kept[1] != '\n') out.text += '\n';
        } else {
            // At the very limit the escape would not fit: the text may then show the character it
            // names.
            const bool fits = out.text.size() + kept.size() + 6 <= cell_text_units_max;
            if (fits && opens_an_escape(kept)) out.text += "_x005F";
            out.text += kept.substr(0, bytes);
        }
        kept.remove_prefix(bytes);
    }
    if (out.cut) out.text += cut_mark;
}

std::string sheet_name(std::string_view wanted, const std::vector<std::string>& taken) {
    const std::string allowed = allowed_name(wanted);
    const auto is_taken = [&](const std::string& name) {
        const std::u32string key = fold(name);
        return std::any_of(taken.begin(), taken.end(),
                           [&](const std::string& other) { return fold(other) == key; });
    };
    std::string name(without_edge_quotes(beginning(allowed, sheet_name_units_max)));
    for (int n = 2; is_taken(name); ++n) {
        const std::string suffix = " (" + std::to_string(n) + ")";
        name = beginning(allowed, sheet_name_units_max - suffix.size());
        name += suffix;
    }
    return name;
}

}  // namespace deodat::reports
