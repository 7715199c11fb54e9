#include "reports/workbook.h"

#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <system_error>

#include "ledger/base/invariant.h"
#include "reports/workbook_formulas.h"
#include "reports/workbook_looks.h"

namespace deodat::reports {
namespace {

// Spreadsheets number days from 1899-12-30, and only from 1900-03-01 on do they agree on it.
constexpr std::int64_t serial_of_1970 = 25'569;
constexpr std::int64_t first_safe_serial = 61;

void check(lxw_error error, std::string_view what) {
    if (error == LXW_NO_ERROR) return;
    throw EnvironmentFailure("workbook: " + std::string(what) + ": " + lxw_strerror(error));
}

std::uint32_t row_of(Place place) {
    return static_cast<std::uint32_t>(place.row);
}
std::uint16_t column_of(Place place) {
    return static_cast<std::uint16_t>(place.column);
}

// Refuses early what would fail late: the library looks at the target only when it writes, and
// takes another directory where the temporary one is missing.
void check_places(const std::string& written, const std::string& temporary) {
    std::error_code error;
    if (!std::filesystem::is_directory(temporary, error)) {
        throw EnvironmentFailure("workbook: no directory for temporary files: " + temporary);
    }
    if (!std::ofstream(written, std::ios::binary)) {
        throw EnvironmentFailure("workbook: " + written + " cannot be written");
    }
}

// The one way from our whole numbers to a cell's. Exact to the cent up to 10^13 cents: 15 digits
// survive.
auto cell_number(std::int64_t whole, int denominator) {
    return static_cast<double>(whole) / denominator;  // allowed
}

// For what is not a cell: document properties, feet of pages.
std::string cleaned(std::string_view text) {
    CellText clean;
    prepare_cell_text(text, clean);
    return clean.text;
}

// Text for the foot of a page: "&" starts a command there, so that it is written twice.
std::string foot_text(std::string_view text, std::size_t units_max) {
    std::string out;
    std::size_t units = 0;
    for (const char c : text) {
        const bool starts_character = (static_cast<unsigned char>(c) & 0xc0U) != 0x80;
        if (starts_character) units += c == '&' ? 2 : 1;
        if (starts_character && units > units_max) return out + "…";
        if (c == '&') out += '&';
        out += c == '\n' ? ' ' : c;
    }
    return out;
}

// The library takes mutable text and does not change it.
char* library_text(std::string& text) {
    return text.data();
}

Kind kind_of(const Formula& formula) {
    constexpr std::array kinds{Kind::money, Kind::text, Kind::integer, Kind::rate_bp};
    return kinds.at(formula.value.index());
}

}  // namespace

Cell day_or_blank(const std::optional<Day>& day) {
    if (day) return *day;
    return {};
}

Cell whole_or_blank(const std::optional<std::int64_t>& whole) {
    if (whole) return *whole;
    return {};
}

// What belongs to the library: the workbook, its formats as they are first needed, its temporary
// directory.
struct Workbook::Library {
    lxw_workbook* workbook = nullptr;
    std::array<lxw_format*, look_count * kind_count> formats{};
    lxw_format* alarm = nullptr;
    std::string written_path;
    std::string temporary_directory;

    Library() = default;
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;
    Library(Library&&) = delete;
    Library& operator=(Library&&) = delete;
    ~Library() {
        if (workbook == nullptr) return;
        abandon_rows();
        lxw_workbook_free(workbook);
        std::error_code ignored;
        std::filesystem::remove(written_path, ignored);
    }
    // The library closes the temporary files of rows only when it writes the workbook.
    void abandon_rows() const {
        lxw_sheet* sheet = nullptr;
        STAILQ_FOREACH(sheet, workbook->sheets, list_pointers) {
            if (sheet->is_chartsheet != 0) continue;
            // NOLINTNEXTLINE(cppcoreguidelines-pro-type-union-access): the library's own
            (void)std::fclose(sheet->u.worksheet->optimize_tmpfile);
        }
    }
    lxw_format* format(Look look, Kind kind) {
        const std::size_t at =
            static_cast<std::size_t>(look) * kind_count + static_cast<std::size_t>(kind);
        lxw_format*& format = formats.at(at);
        if (format == nullptr) format = make_format(workbook, look, kind);
        return format;
    }
    lxw_format* alarm_format() {
        if (alarm == nullptr) alarm = make_alarm_format(workbook);
        return alarm;
    }
};

Workbook::Workbook(std::filesystem::path path, Frame frame)
    : path_(std::move(path)), frame_(std::move(frame)), library_(std::make_unique<Library>()) {
    library_->written_path = path_.string() + ".part";
    library_->temporary_directory = frame_.temporary_directory.empty()
                                        ? std::filesystem::temp_directory_path().string()
                                        : frame_.temporary_directory.string();
    check_places(library_->written_path, library_->temporary_directory);
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = library_text(library_->temporary_directory);
    options.use_zip64 = LXW_FALSE;
    library_->workbook = workbook_new_opt(library_->written_path.c_str(), &options);
    if (library_->workbook == nullptr) throw EnvironmentFailure("workbook: out of memory");

    for (std::string* text : {&frame_.title, &frame_.author, &frame_.stated_at})
        *text = cleaned(*text);
    lxw_doc_properties properties{};
    properties.title = library_text(frame_.title);
    properties.author = library_text(frame_.author);
    properties.company = library_text(frame_.author);
    properties.comments = library_text(frame_.stated_at);
    // The library takes 0 for "now".
    const std::int64_t seconds = frame_.created.microseconds() / 1'000'000;
    properties.created = seconds == 0 ? 1 : seconds;
    check(workbook_set_properties(library_->workbook, &properties), "properties");
}

Workbook::~Workbook() = default;

Sheet& Workbook::add_sheet(std::string_view name) {
    std::vector<std::string> taken;
    for (const auto& sheet : sheets_) taken.push_back(sheet->name());
    const std::string own = sheet_name(name, taken);
    lxw_worksheet* worksheet = workbook_add_worksheet(library_->workbook, own.c_str());
    if (worksheet == nullptr) {
        throw EnvironmentFailure("workbook: the sheet " + own +
                                 " cannot be created (temporary files in " +
                                 library_->temporary_directory + ")");
    }
    sheets_.push_back(std::unique_ptr<Sheet>(new Sheet(*this, worksheet, own)));
    dress(*sheets_.back());
    return *sheets_.back();
}

void Workbook::dress(Sheet& sheet) const {
    lxw_worksheet* worksheet = sheet.worksheet_;
    constexpr std::uint8_t a4 = 9;
    worksheet_set_paper(worksheet, a4);
    worksheet_set_landscape(worksheet);
    worksheet_fit_to_pages(worksheet, 1, 0);
    worksheet_set_margins(worksheet, 0.4, 0.4, 0.5, 0.7);
    worksheet_set_default_row(worksheet, line_height_points, LXW_FALSE);
    worksheet_gridlines(worksheet, LXW_HIDE_ALL_GRIDLINES);
    // The three parts and their commands hold within the library's 255.
    constexpr std::size_t title_units_max = 70;
    constexpr std::size_t stated_units_max = 130;
    const std::string foot = "&L&8 " + foot_text(frame_.title, title_units_max) + "&C&8 " +
                             foot_text(frame_.stated_at, stated_units_max) + "&R&8 Page &P / &N";
    check(worksheet_set_footer(worksheet, foot.c_str()), "foot of the pages");
}

void Workbook::count_faults(const CellText& text, const Sheet& sheet, Place place) {
    if (text.replaced_characters == 0 && !text.cut) return;
    replaced_characters_ += text.replaced_characters;
    cut_texts_ += text.cut ? 1 : 0;
    if (first_fault_.empty())
        first_fault_ = "« " + sheet.name() + " », cellule " + cell_name(place);
}

void Workbook::add_notes() {
    if (first_fault_.empty()) return;
    const std::string where = first_fault_;
    Sheet& notes = add_sheet("Notes");
    notes.widths({60, 16});
    notes.banner("Notes", {"Ce que le format du tableur a obligé à changer"}, 2);
    notes.skip_row();
    notes.line(
        {"Caractères interdits par le format, remplacés par « \ufffd »", replaced_characters_},
        Look::body);
    notes.line({"Textes de plus de 32 767 caractères, coupés et marqués", cut_texts_}, Look::body);
    notes.line({"Première cellule concernée : " + where}, Look::note);
}

void Workbook::close() {
    DEODAT_ASSERT(library_->workbook != nullptr, "a workbook is closed once");
    DEODAT_ASSERT(!sheets_.empty(), "a workbook has a sheet");
    add_notes();
    // The library does not look whether its temporary files took the rows: a full disk would go
    // unseen.
    bool lost = false;
    for (const auto& sheet : sheets_) {
        std::FILE* rows = sheet->worksheet_->optimize_tmpfile;
        lost = lost || std::fflush(rows) != 0 || std::ferror(rows) != 0;
    }
    const std::string written = library_->written_path;
    std::error_code ignored;
    if (lost) throw EnvironmentFailure("workbook: the temporary files are full");
    const lxw_error error = workbook_close(std::exchange(library_->workbook, nullptr));
    if (error != LXW_NO_ERROR) {
        std::filesystem::remove(written, ignored);
        check(error, "writing " + path_.string());
    }
    std::error_code renaming;
    std::filesystem::rename(written, path_, renaming);
    if (!renaming) return;
    std::filesystem::remove(written, ignored);
    throw EnvironmentFailure("workbook: " + path_.string() + ": " + renaming.message());
}

Sheet::Sheet(Workbook& workbook, lxw_worksheet* worksheet, std::string name)
    : workbook_(workbook), worksheet_(worksheet), name_(std::move(name)) {}

void Sheet::check_row(int row) const {
    DEODAT_ASSERT(row >= 0, "a row of the sheet");
    if (row < rows_max) return;
    throw EnvironmentFailure("workbook: the sheet " + name_ + " cannot hold more than " +
                             std::to_string(rows_max) + " rows");
}

void Sheet::widths(const std::vector<int>& digits) {
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const auto column = static_cast<std::uint16_t>(i);
        check(worksheet_set_column(worksheet_, column, column, digits[i], nullptr), "widths");
    }
}

void Sheet::height(int row, int points) {
    if (points == 0) return;
    check(worksheet_set_row(worksheet_, static_cast<std::uint32_t>(row), points, nullptr),
          "height");
}

void Sheet::write_text(Place place, std::string_view text, Look look, Kind kind) {
    CellText& cell = workbook_.cell_;
    prepare_cell_text(text, cell);
    workbook_.count_faults(cell, *this, place);
    check(worksheet_write_string(worksheet_, row_of(place), column_of(place), cell.text.c_str(),
                                 workbook_.library_->format(look, kind)),
          "text");
}

void Sheet::write_day(Place place, Day day, Look look) {
    lxw_format* format = workbook_.library_->format(look, Kind::day);
    const std::int64_t serial = day.number() + serial_of_1970;
    if (serial < first_safe_serial) {
        check(worksheet_write_string(worksheet_, row_of(place), column_of(place),
                                     day.french().c_str(), format),
              "day");
        return;
    }
    check(worksheet_write_number(worksheet_, row_of(place), column_of(place),
                                 cell_number(serial, 1), format),
          "day");
}

void Sheet::write_formula(Place place, const Formula& formula, Look look) {
    lxw_format* format = workbook_.library_->format(look, kind_of(formula));
    const std::string text = "=" + formula.text;
    const auto put_number = [&](std::int64_t whole, int denominator) {
        check(worksheet_write_formula_num(worksheet_, row_of(place), column_of(place), text.c_str(),
                                          format, cell_number(whole, denominator)),
              "formula");
    };
    if (const auto* money = std::get_if<Money>(&formula.value))
        return put_number(money->cents(), 100);
    if (const auto* whole = std::get_if<std::int64_t>(&formula.value)) return put_number(*whole, 1);
    if (const auto* rate = std::get_if<Rate>(&formula.value)) {
        return put_number(rate->basis_points, 10'000);
    }
    check(worksheet_write_formula_str(worksheet_, row_of(place), column_of(place), text.c_str(),
                                      format, std::get<std::string>(formula.value).c_str()),
          "formula");
}

void Sheet::write(Place place, const Cell& cell, Look look, Kind kind) {
    const auto put_number = [&](std::int64_t whole, int denominator, Kind own) {
        check(worksheet_write_number(worksheet_, row_of(place), column_of(place),
                                     cell_number(whole, denominator),
                                     workbook_.library_->format(look, own)),
              "number");
    };
    if (const auto* text = std::get_if<std::string_view>(&cell)) {
        // A heading is a text, set to the side of its column.
        const bool as_column = look == Look::heading || kind == Kind::wrapped_text;
        return write_text(place, *text, look, as_column ? kind : Kind::text);
    }
    if (const auto* money = std::get_if<Money>(&cell)) {
        return put_number(money->cents(), 100, Kind::money);
    }
    if (const auto* whole = std::get_if<std::int64_t>(&cell)) {
        return put_number(*whole, 1, Kind::integer);
    }
    if (const auto* rate = std::get_if<Rate>(&cell)) {
        return put_number(rate->basis_points, 10'000, Kind::rate_bp);
    }
    if (const auto* day = std::get_if<Day>(&cell)) return write_day(place, *day, look);
    if (const auto* formula = std::get_if<Formula>(&cell))
        return write_formula(place, *formula, look);
    check(worksheet_write_blank(worksheet_, row_of(place), column_of(place),
                                workbook_.library_->format(look, kind)),
          "blank");
}

void Sheet::line(const std::vector<Cell>& cells, Look look, int height_points) {
    check_row(next_row_);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        write({next_row_, static_cast<int>(i)}, cells[i], look, Kind::text);
    }
    height(next_row_++, height_points);
}

void Sheet::write_span(Place place, const Span& span) {
    if (span.columns > 1) {
        const auto* text = std::get_if<std::string_view>(&span.cell);
        DEODAT_ASSERT(text != nullptr, "what runs over several columns is a text");
        lxw_format* format = workbook_.library_->format(span.look, Kind::wrapped_text);
        const auto last = static_cast<std::uint16_t>(place.column + span.columns - 1);
        check(worksheet_merge_range(worksheet_, row_of(place), column_of(place), row_of(place),
                                    last, "", format),
              "text over several columns");
        return write_text(place, *text, span.look, Kind::wrapped_text);
    }
    write(place, span.cell, span.look, span.kind);
    if (span.look != Look::verdict) return;
    std::string sign = "✘";
    lxw_conditional_format rule{};
    rule.type = LXW_CONDITIONAL_TYPE_TEXT;
    rule.criteria = LXW_CONDITIONAL_CRITERIA_TEXT_BEGINS_WITH;
    rule.value_string = library_text(sign);
    rule.format = workbook_.library_->alarm_format();
    check(worksheet_conditional_format_cell(worksheet_, row_of(place), column_of(place), &rule),
          "verdict");
}

void Sheet::spans(const std::vector<Span>& spans, int height_points) {
    check_row(next_row_);
    int column = 0;
    for (const Span& span : spans) {
        DEODAT_ASSERT(span.columns >= 1 && column + span.columns <= columns_max,
                      "a span of columns");
        write_span({next_row_, column}, span);
        column += span.columns;
    }
    height(next_row_++, height_points);
}

void Sheet::banner(std::string_view title, const std::vector<std::string>& subtitles, int columns) {
    DEODAT_ASSERT(columns >= 1 && columns <= columns_max, "a banner covers columns");
    std::vector<Cell> cells(static_cast<std::size_t>(columns));
    cells[0] = title;
    line(cells, Look::title, 30);
    for (const std::string& subtitle : subtitles) {
        cells[0] = std::string_view(subtitle);
        line(cells, Look::subtitle, 15);
    }
}

void Sheet::begin_table(std::vector<Column> columns) {
    DEODAT_ASSERT(columns_.empty(), "a sheet has one table with filters");
    DEODAT_ASSERT(!columns.empty() && columns.size() <= columns_max, "a table has columns");
    columns_ = std::move(columns);
    sums_.assign(columns_.size(), Money());
    std::vector<int> digits;
    for (const Column& column : columns_) digits.push_back(column.width);
    widths(digits);
    heading_row_ = next_row_;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        write({heading_row_, static_cast<int>(i)}, std::string_view(columns_[i].heading),
              Look::heading, columns_[i].kind);
    }
    height(heading_row_, 32);
    first_line_ = next_row_ = heading_row_ + 1;
    const auto row = static_cast<std::uint32_t>(heading_row_);
    worksheet_freeze_panes(worksheet_, row + 1, 1);
    check(worksheet_repeat_rows(worksheet_, row, row), "repeated headings");
}

void Sheet::row(const std::vector<Cell>& cells) {
    DEODAT_ASSERT(cells.size() == columns_.size(), "one cell a column");
    check_row(next_row_ + 1);  // the totals need a row too
    int points = line_height_points;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const Column& column = columns_[i];
        if (column.kind == Kind::wrapped_text) {
            const auto* text = std::get_if<std::string_view>(&cells[i]);
            if (text != nullptr)
                points = std::max(points, wrapped_height_points(*text, column.width - 2));
        }
        write({next_row_, static_cast<int>(i)}, cells[i], Look::body, column.kind);
        if (!column.totalled) continue;
        const auto* formula = std::get_if<Formula>(&cells[i]);
        const auto* money = formula != nullptr ? std::get_if<Money>(&formula->value)
                                               : std::get_if<Money>(&cells[i]);
        if (money != nullptr) sums_[i] += *money;
    }
    if (points > line_height_points) height(next_row_, points);
    last_line_ = next_row_++;
}

void Sheet::empty_table(std::string_view sentence) {
    spans({{sentence, Look::note, static_cast<int>(columns_.size())}}, 24);
    last_line_ = next_row_ - 1;
}

void Sheet::end_table(std::string_view total_label) {
    DEODAT_ASSERT(last_line_ >= first_line_, "a table has a line, or says that it has none");
    const auto last_column = static_cast<std::uint16_t>(columns_.size() - 1);
    check(worksheet_autofilter(worksheet_, static_cast<std::uint32_t>(heading_row_), 0,
                               static_cast<std::uint32_t>(last_line_), last_column),
          "filters");
    check(worksheet_ignore_errors(worksheet_, LXW_IGNORE_NUMBER_STORED_AS_TEXT,
                                  range_of({first_line_, 0}, {last_line_, last_column}).c_str()),
          "codes as text");
    if (total_label.empty()) return;
    std::vector<Cell> cells(columns_.size());
    cells[0] = total_label;
    for (std::size_t i = 1; i < columns_.size(); ++i) {
        if (columns_[i].totalled) cells[i] = sum_formula(static_cast<int>(i));
    }
    line(cells, Look::total, 18);
}

// NOLINTNEXTLINE(readability-convert-member-functions-to-static): asked of a sheet, like lines_of
std::string Sheet::range_of(Place first, Place last) const {
    return cell_name(first) + ":" + cell_name(last);
}

std::string Sheet::lines_of(int column) const {
    return quoted_name(name_) + "!" + fixed_name({first_line_, column}) + ":" +
           fixed_name({last_line_, column});
}

Formula Sheet::sum_formula(int column) const {
    // Without ROUND, a sum of cents in binary may show "-0,00".
    return {"ROUND(SUM(" + lines_of(column) + "),2)", sum(column)};
}

void Sheet::mark_not_zero(int column) {
    lxw_conditional_format rule{};
    rule.type = LXW_CONDITIONAL_TYPE_CELL;
    rule.criteria = LXW_CONDITIONAL_CRITERIA_NOT_EQUAL_TO;
    rule.value = 0;
    rule.format = workbook_.library_->alarm_format();
    const auto at = static_cast<std::uint16_t>(column);
    check(worksheet_conditional_format_range(worksheet_, static_cast<std::uint32_t>(first_line_),
                                             at, static_cast<std::uint32_t>(last_line_), at, &rule),
          "marks");
}

void Sheet::bar(Place place) {
    lxw_conditional_format rule{};
    rule.type = LXW_CONDITIONAL_DATA_BAR;
    rule.data_bar_2010 = LXW_TRUE;
    rule.bar_solid = LXW_TRUE;
    rule.bar_color = 0x9CC3D0;
    rule.min_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER;
    rule.max_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER;
    rule.min_value = 0;
    rule.max_value = 1;
    check(worksheet_conditional_format_cell(worksheet_, row_of(place), column_of(place), &rule),
          "bar");
}

void Sheet::portrait() {
    worksheet_set_portrait(worksheet_);
}

}  // namespace deodat::reports
