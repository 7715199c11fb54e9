#include "reports/workbook_formulas.h"

#include <algorithm>

namespace deodat::reports {
namespace {

std::string column_letters(int column) {
    std::string letters;
    for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
        letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
    }
    return letters;
}

}  // namespace

std::string fixed_name(Place place) {
    return "$" + column_letters(place.column) + "$" + std::to_string(place.row + 1);
}

std::string quoted_name(std::string_view sheet) {
    std::string out = "'";
    for (const char c : sheet) {
        out += c;
        if (c == '\'') out += '\'';
    }
    return out + "'";
}

std::string cell_name(Place place) {
    return column_letters(place.column) + std::to_string(place.row + 1);
}

Formula share_formula(const std::string& part_cell, const std::string& whole_cell, Money part,
                      Money whole) {
    Rate rate;
    if (!whole.is_zero()) {
        const std::int64_t sign = whole.is_negative() ? -1 : 1;
        rate.basis_points =
            mul_div(part.cents() * sign, 10'000, whole.cents() * sign, Rounding::half_up);
    }
    // Rounded in the file too: what is shown does not depend on who calculated last.
    return {"IF(" + whole_cell + "=0,0,ROUND(" + part_cell + "/" + whole_cell + ",4))", rate};
}

int wrapped_height_points(std::string_view text, int digits) {
    DEODAT_ASSERT(digits > 0, "a width");
    constexpr int lines_max = 28;  // a row is at most 409 points high
    static_assert(line_height_points + 14 * (lines_max - 1) <= 409);
    // Letters of a text are on average narrower than digits, but words break: about as many a line.
    const auto units = static_cast<int>(std::min(utf16_units(text), cell_text_units_max));
    const int lines = (units + digits - 1) / digits;
    return line_height_points + 14 * (std::clamp(lines, 1, lines_max) - 1);
}

}  // namespace deodat::reports
