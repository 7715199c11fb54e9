// Tables as text: one row a line, cells between separators. A cell with a separator, a quotation
// mark or a line's end in it stands between quotation marks, and a mark in it is doubled (RFC
// 4180).
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/result.h"

namespace deodat {

struct CsvRow {
    std::int64_t line = 0;  // where it begins, from 1
    std::vector<std::string> cells;
};

// Reads row after row. Blank lines are passed over, as is a byte order mark; LF and CR LF both end
// a line; cells are trimmed, those between quotation marks are not.
class CsvReader {
  public:
    CsvReader(std::string_view text, char separator);

    static constexpr std::size_t cells_max = 1'000;  // in a row

    // The next row, or false at the end. A quotation mark that does not close, or closes amid a
    // cell, and more than cells_max cells are refused (malformed): row.line says where, and reading
    // goes on with the next line.
    Result<bool> next(CsvRow& row);

  private:
    bool pass_blank_lines();
    Result<std::string> cell();
    Result<std::string> quoted_cell();
    std::string_view rest_of_line() const;
    std::size_t cell_end() const;  // where the separator or the line's end is
    bool at_line_end() const { return at_ == text_.size() || text_[at_] == '\n'; }

    std::string_view text_;
    char separator_;
    std::size_t at_ = 0;
    std::int64_t line_ = 1;
};

}  // namespace deodat
