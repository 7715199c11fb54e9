// How formulas name cells, and the few that our workbooks share. Pure functions.
#pragma once
#include <string>
#include <string_view>

#include "reports/workbook.h"

namespace deodat::reports {

// What part of a whole an amount is, 0 of nothing; both cells hold the amounts given.
Formula share_formula(const std::string& part_cell, const std::string& whole_cell, Money part,
                      Money whole);

// "F5".
std::string cell_name(Place place);

// The height of a row in which a text wraps over that many digits of width. No spreadsheet program
// measures it for us in a merged cell, and not all do in others.
int wrapped_height_points(std::string_view text, int digits);

// "$F$5".
std::string fixed_name(Place place);

// "'Encours par dossier'", as a formula names a sheet.
std::string quoted_name(std::string_view sheet);

}  // namespace deodat::reports
