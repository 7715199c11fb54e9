// Workbook: an XLSX file written row by row, in constant memory, that opens without repair and
// prints well.
//
// What it promises:
//   - Rows are written in order, from top to bottom of each sheet; sheets may be filled in any
//   order. Memory does not grow
//     with the rows. What was written cannot be read back: a caller keeps what it needs.
//   - Every formula is written with its value, so that it shows where nothing recalculates.
//   - A text is always a text: codes keep their zeros, and "=1+1" is never a formula. What Excel
//   could not open is
//     replaced or cut (cell_text.h), and a last sheet « Notes » then says how many times and where
//     first.
//   - Days before 1900-03-01, which spreadsheets number differently, are written as text.
//   - Amounts read "1 234,56 €" under any locale; no amount reads "-0,00".
//   - Same calls, same bytes, whatever the machine's time and zone: the only date inside is
//   `created`.
//   - The file appears under its name only once whole. Anything the library reports, a full disk
//   included, is an
//     EnvironmentFailure; no temporary file is left, at success or failure.
//
// One thread. Rows and columns are numbered from 0.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ledger/base/day.h"
#include "ledger/base/money.h"
#include "reports/cell_text.h"

struct lxw_worksheet;

namespace deodat::reports {

inline constexpr int rows_max = 1'048'576;
inline constexpr int columns_max = 64;
inline constexpr int line_height_points = 16;
static_assert(rows_max > 1'000'000, "a million lines and their headings fit one sheet");

// What a column holds; decides alignment, and the number format where a cell has none of its own.
enum class Kind : std::uint8_t { text, wrapped_text, money, day, integer, rate_bp };
inline constexpr std::size_t kind_count = 6;

// How a cell looks. Its number format follows from what is in it.
enum class Look : std::uint8_t {
    body,      // a line of a table
    strong,    // a line that matters
    total,     // the last line of a table
    heading,   // the first line of a table
    title,     // the band on top
    subtitle,  // the band's second line
    section,   // a title inside the sheet
    note,      // small print
    box,       // an empty frame, to sign in
    verdict,   // agrees or does not: green, or red where it begins with ✘
};
inline constexpr std::size_t look_count = 10;

struct Column {
    std::string heading;
    Kind kind = Kind::text;
    int width = 12;         // in digits of the body font
    bool totalled = false;  // money only: a sum under the table
};

struct Rate {
    std::int64_t basis_points = 0;
};

// A formula in the file's own language (English names, commas), without "=", and its value.
struct Formula {
    std::string text;
    std::variant<Money, std::string, std::int64_t, Rate> value;
};

// Nothing, a text, an amount, a day, a whole number, a rate, or a formula that gives one of them.
using Cell =
    std::variant<std::monostate, std::string_view, Money, Day, std::int64_t, Rate, Formula>;

// What there is, else an empty cell.
Cell day_or_blank(const std::optional<Day>& day);
Cell whole_or_blank(const std::optional<std::int64_t>& whole);

// A cell with its look; a text may run over several columns.
struct Span {
    Cell cell;
    Look look = Look::body;
    int columns = 1;
    Kind kind = Kind::text;  // of what stands below a heading: sets its side
};

// The heading of a column, outside the one table with filters.
inline Span heading(std::string_view text, Kind kind = Kind::text, int columns = 1) {
    return {text, Look::heading, columns, kind};
}

struct Frame {
    std::string title;      // document property, foot of each page
    std::string author;     // the public body
    std::string stated_at;  // which state of the ledger, issued when: foot of each page
    Instant created;
    std::filesystem::path temporary_directory = {};  // empty: the system's
};

struct Place {
    int row;
    int column;
};

class Workbook;

class Sheet {
  public:
    const std::string& name() const { return name_; }
    int next_row() const { return next_row_; }

    // Sets the widths of the columns, in digits. Once, before the first row.
    void widths(const std::vector<int>& digits);
    // Title and subtitles over all columns of the widths set (or of the table that follows).
    void banner(std::string_view title, const std::vector<std::string>& subtitles, int columns);
    void skip_row() { ++next_row_; }
    // A row outside any table; cells beyond the last are left alone. A height of 0 lets the
    // reader's program choose.
    void line(const std::vector<Cell>& cells, Look look, int height_points = 0);
    // The same with a look for each cell, and texts that run over several columns (wrapped: give
    // the height).
    void spans(const std::vector<Span>& spans, int height_points = 0);

    // Writes the headings, freezes all rows above the lines and the first column, repeats the
    // headings on each page.
    void begin_table(std::vector<Column> columns);
    // A line of the table: one cell a column.
    void row(const std::vector<Cell>& cells);
    // The sentence to show when the table has no line.
    void empty_table(std::string_view sentence);
    // Filters over the lines, and a line of sums (formulas with their values) under them.
    void end_table(std::string_view total_label);

    int first_line() const { return first_line_; }
    int last_line() const { return last_line_; }
    // The sum of the amounts written in a column of the table.
    Money sum(int column) const { return sums_.at(static_cast<std::size_t>(column)); }
    // "$F$5:$F$16" of the table's lines, with the sheet's name before it: to use from any sheet.
    std::string lines_of(int column) const;
    // The sum of a column's lines as a formula with its value.
    Formula sum_formula(int column) const;

    // Marks in red the amounts of the table's column that are not 0: differences, risks.
    void mark_not_zero(int column);
    // A bar inside a rate's cell, full at 100 %.
    void bar(Place place);
    // Front pages read as a letter.
    void portrait();

  private:
    friend class Workbook;
    Sheet(Workbook& workbook, lxw_worksheet* worksheet, std::string name);
    void write(Place place, const Cell& cell, Look look, Kind kind);
    void write_text(Place place, std::string_view text, Look look, Kind kind);
    void write_formula(Place place, const Formula& formula, Look look);
    void write_day(Place place, Day day, Look look);
    void write_span(Place place, const Span& span);
    void height(int row, int points);
    void check_row(int row) const;
    std::string range_of(Place first, Place last) const;

    Workbook& workbook_;
    lxw_worksheet* worksheet_;
    std::string name_;
    std::vector<Column> columns_;
    std::vector<Money> sums_;
    int next_row_ = 0;
    int heading_row_ = 0;
    int first_line_ = 0;
    int last_line_ = -1;
};

class Workbook {
  public:
    Workbook(std::filesystem::path path, Frame frame);
    // Without close(), nothing is written.
    ~Workbook();
    Workbook(const Workbook&) = delete;
    Workbook& operator=(const Workbook&) = delete;
    Workbook(Workbook&&) = delete;
    Workbook& operator=(Workbook&&) = delete;

    // A sheet at the end. Its name is made acceptable and unique (sheet_name).
    Sheet& add_sheet(std::string_view name);
    std::int64_t replaced_characters() const { return replaced_characters_; }
    std::int64_t cut_texts() const { return cut_texts_; }
    // Adds the notes if there are any, and writes the file.
    void close();

  private:
    friend class Sheet;
    struct Library;
    void dress(Sheet& sheet) const;
    void add_notes();
    void count_faults(const CellText& text, const Sheet& sheet, Place place);

    std::filesystem::path path_;
    Frame frame_;
    std::unique_ptr<Library> library_;
    std::vector<std::unique_ptr<Sheet>> sheets_;
    CellText cell_;
    std::int64_t replaced_characters_ = 0;
    std::int64_t cut_texts_ = 0;
    std::string first_fault_;
};

}  // namespace deodat::reports
