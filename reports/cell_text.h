// What a workbook may hold as text: any text from outside becomes one that Excel and LibreOffice
// open without repair.
//
//   - bytes that are not UTF-8 and characters that XML 1.0 forbids become U+FFFD, and are counted;
//   - a text of more than 32,767 UTF-16 units is cut, never inside a character, and ends with a
//   mark;
//   - "_x000B_" typed by a person stays that text: Excel would read it as a character, so its "_"
//   is escaped;
//   - CR LF and CR become LF, as any XML reader would do anyway.
// Pure functions, no shared state.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace deodat::reports {

inline constexpr std::size_t cell_text_units_max = 32'767;
inline constexpr std::size_t sheet_name_units_max = 31;
inline constexpr std::string_view cut_mark = "… [texte coupé]";

struct CellText {
    std::string text;
    std::int64_t replaced_characters = 0;
    bool cut = false;
};

// Fills `out` (its memory is kept from one cell to the next).
void prepare_cell_text(std::string_view text, CellText& out);

// As Excel counts: characters beyond the basic plane are two.
std::size_t utf16_units(std::string_view utf8);

// A name that Excel accepts for a sheet and that none of `taken` equals but for case: forbidden
// characters become "-", at most 31 UTF-16 units, a suffix " (2)" where the name is taken.
std::string sheet_name(std::string_view wanted, const std::vector<std::string>& taken);

}  // namespace deodat::reports
