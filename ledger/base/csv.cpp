#include "ledger/base/csv.h"

#include <algorithm>
#include <array>

#include "ledger/base/text.h"

namespace deodat {

CsvReader::CsvReader(std::string_view text, char separator) : text_(text), separator_(separator) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    if (text_.starts_with(mark)) text_.remove_prefix(mark.size());
}

std::string_view CsvReader::rest_of_line() const {
    return text_.substr(at_, std::min(text_.find('\n', at_), text_.size()) - at_);
}

std::size_t CsvReader::cell_end() const {
    const std::array ends = {separator_, '\n'};
    return std::min(text_.find_first_of(std::string_view(ends.data(), ends.size()), at_),
                    text_.size());
}

// False at the end of the text.
bool CsvReader::pass_blank_lines() {
    while (at_ < text_.size()) {
        const std::string_view line = rest_of_line();
        if (!trimmed(line).empty()) return true;
        at_ = std::min(at_ + line.size() + 1, text_.size());
        ++line_;
    }
    return false;
}

// From the opening mark to the separator or the line's end after the closing one.
Result<std::string> CsvReader::quoted_cell() {
    std::string out;
    for (++at_; at_ < text_.size(); ++at_) {
        if (text_[at_] == '\n') ++line_;
        if (text_[at_] != '"') {
            out += text_[at_];
            continue;
        }
        if (text_.substr(at_ + 1).starts_with('"')) {
            out += text_[++at_];
            continue;
        }
        ++at_;
        const std::size_t end = cell_end();
        if (!trimmed(text_.substr(at_, end - at_)).empty()) break;
        at_ = end;
        return out;
    }
    return Refusal{Code::malformed, "", "guillemet qui ne se referme pas : « " + shown(out) + " »"};
}

Result<std::string> CsvReader::cell() {
    while (!at_line_end() && text_[at_] != separator_ && trimmed(text_.substr(at_, 1)).empty()) {
        ++at_;
    }
    if (at_ < text_.size() && text_[at_] == '"') return quoted_cell();
    const std::size_t end = cell_end();
    const std::string_view plain = trimmed(text_.substr(at_, end - at_));
    at_ = end;
    return std::string(plain);
}

Result<bool> CsvReader::next(CsvRow& row) {
    row = {};
    if (!pass_blank_lines()) return false;
    row.line = line_;
    const std::size_t begin = at_;
    for (;;) {
        auto read = row.cells.size() < cells_max
                        ? cell()
                        : Result<std::string>(Refusal{
                              Code::malformed, "",
                              "plus de " + std::to_string(cells_max) + " cellules sur la ligne"});
        if (!read) {
            at_ = begin;
            at_ = std::min(at_ + rest_of_line().size() + 1, text_.size());
            line_ = row.line + 1;
            return read.refusal();
        }
        row.cells.push_back(std::move(*read));
        const bool ends = at_line_end();
        at_ = std::min(at_ + 1, text_.size());
        if (!ends) continue;
        ++line_;
        return true;
    }
}

}  // namespace deodat
