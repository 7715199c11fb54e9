// A document made to be printed on A4: HTML that stands alone (no script, nothing fetched), in
// French, every text escaped.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/base/day.h"

namespace deodat::reports {

// "&lt;" for "<": a text as HTML, in an element or an attribute.
std::string html_text(std::string_view text);

class Sheet {
  public:
    // What the document is, its reference, and the day it is made.
    Sheet(std::string_view title, std::string_view reference, Day day);

    struct Party {
        std::string role;                // "Entreprise"
        std::vector<std::string> lines;  // its name first
    };
    void parties(const std::vector<Party>& parties);

    void heading(std::string_view text);
    void paragraph(std::string_view text);
    // A label and its value, line by line.
    void facts(const std::vector<std::pair<std::string, std::string>>& facts);

    // Every row has as many cells as columns; from `figures` on, they are figures, set to the
    // right. The last `totals` rows are totals.
    struct Table {
        std::vector<std::string> columns;
        std::size_t figures = 0;
        std::vector<std::vector<std::string>> rows;
        std::size_t totals = 0;
    };
    void table(const Table& table);

    // A box to sign for each: "Le ménage".
    void signatures(const std::vector<std::string>& who);

    std::string html() const;

  private:
    std::string body_;
    std::string title_;
};

}  // namespace deodat::reports
