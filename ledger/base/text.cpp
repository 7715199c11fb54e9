#include "ledger/base/text.h"

#include <array>

#include "ledger/base/composed.h"

namespace deodat {
namespace {

bool is_control(char32_t c) {
    return c < 0x20 || (c >= 0x7f && c < 0xa0);
}

// Characters that show nothing and let two different texts look alike.
bool is_invisible(char32_t c) {
    return c == 0xad || (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2060 && c <= 0x2064) || c == 0xfeff || c == 0x2028 || c == 0x2029;
}

}  // namespace

CodePoint first_character(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) return {lead, 1};
    const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || text.size() < length) return {0, 0};
    char32_t value = lead & (0x7fU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0U) != 0x80) return {0, 0};
        value = (value << 6U) | (byte(i) & 0x3fU);
    }
    constexpr std::array<char32_t, 5> least = {0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = value >= 0xd800 && value <= 0xdfff;
    if (value < least.at(length) || value > 0x10ffff || surrogate) return {0, 0};
    return {value, length};
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const CodePoint c = first_character(text);
        if (c.bytes == 0) return false;
        text.remove_prefix(c.bytes);
    }
    return true;
}

std::size_t code_points(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) {
        if ((static_cast<unsigned char>(c) & 0xc0U) != 0x80) ++count;
    }
    return count;
}

std::string_view first_code_point(std::string_view text) {
    const std::size_t bytes = first_character(text).bytes;
    return text.substr(0, bytes == 0 ? 1 : bytes);
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

Result<std::string> clean_text(std::string_view field, std::string_view text,
                               std::size_t code_points_max) {
    const auto refuse = [&](std::string_view why) {
        return Refusal{Code::text_invalid, std::string(field),
                       "Le texte « " + shown(text) + " » ne convient pas : " + std::string(why)};
    };
    const std::string_view typed = trimmed(text);
    if (typed.empty()) return refuse("il est vide.");
    if (!is_utf8(typed)) return refuse("il n'est pas en UTF-8.");
    std::string kept = composed(typed);
    if (!is_composed(kept)) {
        return refuse("il contient un accent ou un signe détaché de sa lettre.");
    }
    for (std::string_view rest = kept; !rest.empty();) {
        const CodePoint c = first_character(rest);
        if (is_control(c.value) || is_invisible(c.value)) {
            return refuse("il contient un caractère de contrôle ou invisible.");
        }
        rest.remove_prefix(c.bytes);
    }
    if (code_points(kept) > code_points_max) {
        return refuse("il dépasse " + std::to_string(code_points_max) + " caractères.");
    }
    return kept;
}

std::string shown(std::string_view text, std::size_t code_points_max) {
    std::string out;
    std::size_t points = 0;
    while (!text.empty()) {
        if (++points > code_points_max) return out + "…";
        const CodePoint c = first_character(text);
        const std::size_t bytes = c.bytes == 0 ? 1 : c.bytes;
        if (c.bytes == 0 || is_control(c.value) || is_invisible(c.value)) {
            out += "\u00b7";
        } else {
            out += text.substr(0, bytes);
        }
        text.remove_prefix(bytes);
    }
    return out;
}

std::string hexadecimal(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out += digits[byte >> 4U];
        out += digits[byte & 0xfU];
    }
    return out;
}

std::optional<std::string> from_hexadecimal(std::string_view digits) {
    if (digits.size() % 2 != 0) return std::nullopt;
    const auto value = [](char c) {
        if (c >= '0' && c <= '9') return c - '0';
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    };
    std::string out;
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        const int high = value(digits[i]);
        const int low = value(digits[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        out += static_cast<char>(high * 16 + low);
    }
    return out;
}

}  // namespace deodat
