#include "ledger/bank/encoding.h"

#include <algorithm>
#include <array>

#include "ledger/base/text.h"

namespace deodat::bank {
namespace {

// Windows-1252 from 0x80 to 0x9F; zero where it has no character.
constexpr std::array<char32_t, 32> windows_1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

void append(std::string& out, char32_t c) {
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0U | (c >> 6U));
        out += static_cast<char>(0x80U | (c & 0x3FU));
    } else {
        out += static_cast<char>(0xE0U | (c >> 12U));
        out += static_cast<char>(0x80U | ((c >> 6U) & 0x3FU));
        out += static_cast<char>(0x80U | (c & 0x3FU));
    }
}

// The first byte that is no text; npos when all are.
std::size_t first_control(std::string_view text, bool utf8) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const bool c0 =
            (byte < 0x20 && byte != '\t' && byte != '\r' && byte != '\n') || byte == 127;
        if (c0) return i;
        if (byte < 0x80) continue;
        if (!utf8 && byte < 0xA0 && windows_1252.at(byte - 0x80U) == 0) return i;
        // U+0080 to U+009F are C2 80 to C2 9F.
        if (utf8 && byte == 0xC2 && static_cast<unsigned char>(text[i + 1]) < 0xA0) return i;
    }
    return std::string_view::npos;
}

std::string from_windows_1252(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 8);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        append(out, byte >= 0x80 && byte < 0xA0 ? windows_1252.at(byte - 0x80U) : byte);
    }
    return out;
}

}  // namespace

Result<std::string> text_from_bytes(std::string_view bytes) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    constexpr char end_of_file = 0x1A;
    if (bytes.starts_with(mark)) bytes.remove_prefix(mark.size());
    if (bytes.ends_with(end_of_file)) bytes.remove_suffix(1);
    const bool utf8 = is_utf8(bytes);
    const std::size_t control = first_control(bytes, utf8);
    if (control != std::string_view::npos) {
        const auto line =
            std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(control), '\n') +
            1;
        const std::string place = "ligne " + std::to_string(line);
        return Refusal{Code::statement_damaged, place,
                       "Le fichier est abîmé (" + place + ") : l'octet 0x" +
                           hexadecimal(bytes.substr(control, 1)) +
                           " n'est pas du texte ; redemandez-le à la banque."};
    }
    return utf8 ? std::string(bytes) : from_windows_1252(bytes);
}

}  // namespace deodat::bank
