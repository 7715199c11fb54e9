// A table for people: columns as wide as their widest cell.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace deodat::cli {

// Every row has the cells of the first, which names the columns. Each line begins with `indent` and
// ends without blanks.
void show_table(const std::vector<std::vector<std::string>>& rows, std::string_view indent = "");

// « 1 aide », « 2 aides »
std::string counted(std::size_t count, std::string_view one, std::string_view several);

}  // namespace deodat::cli
