#include "reports/workbook_looks.h"

#include <xlsxwriter.h>

#include "ledger/base/invariant.h"

namespace deodat::reports {
namespace {

constexpr std::uint32_t colour_ink = 0x22313A;
constexpr std::uint32_t colour_muted = 0x5B6B73;
constexpr std::uint32_t colour_line = 0xC9D3D6;
constexpr std::uint32_t colour_tint = 0xE8EFF1;
constexpr std::uint32_t colour_band_text = 0xD5E3E8;
constexpr std::uint32_t colour_agree = 0x2E7D4F;
constexpr std::uint32_t colour_alarm_tint = 0xFBE9E9;
constexpr std::uint32_t colour_white = 0xFFFFFF;

// [$-40C] names French: LibreOffice then groups and separates as in French under any locale, as
// French Excel does by itself.
const char* number_format(Kind kind) {
    switch (kind) {
        case Kind::text:
            return "@";
        case Kind::wrapped_text:
            return "General";  // prose: some versions of Excel show #### for a long cell of format
                               // "@"
        case Kind::money:
            return "[$-40C]#,##0.00\\ \"€\"";
        case Kind::day:
            return "dd/mm/yyyy";
        case Kind::integer:
            return "0";  // entry numbers and days: as they are quoted
        case Kind::rate_bp:
            return "[$-40C]0.00\\ %";
    }
    broken_invariant("kind", "a kind of cell", __FILE__, __LINE__);
}

std::uint8_t side_of(Kind kind) {
    switch (kind) {
        case Kind::text:
        case Kind::wrapped_text:
            return LXW_ALIGN_LEFT;
        case Kind::day:
            return LXW_ALIGN_CENTER;
        case Kind::money:
        case Kind::integer:
        case Kind::rate_bp:
            return LXW_ALIGN_RIGHT;
    }
    broken_invariant("kind", "a kind of cell", __FILE__, __LINE__);
}

void underline(lxw_format* format, std::uint8_t border, std::uint32_t colour) {
    format_set_bottom(format, border);
    format_set_bottom_color(format, colour);
}

void fill(lxw_format* format, std::uint32_t background, std::uint32_t text) {
    format_set_bg_color(format, background);
    format_set_font_color(format, text);
}

void dress_line(lxw_format* format, Look look) {
    underline(format, LXW_BORDER_HAIR, colour_line);
    if (look == Look::strong) format_set_bold(format);
    if (look != Look::total) return;
    format_set_bold(format);
    format_set_bg_color(format, colour_tint);
    format_set_top(format, LXW_BORDER_THIN);
    format_set_top_color(format, colour_deep);
    underline(format, LXW_BORDER_THIN, colour_deep);
}

void dress_heading(lxw_format* format) {
    format_set_bold(format);
    format_set_text_wrap(format);
    fill(format, colour_tint, colour_deep);
    underline(format, LXW_BORDER_MEDIUM, colour_deep);
}

void dress(lxw_format* format, Look look) {
    switch (look) {
        case Look::body:
        case Look::strong:
        case Look::total:
            return dress_line(format, look);
        case Look::heading:
            return dress_heading(format);
        case Look::title:
            format_set_bold(format);
            format_set_font_size(format, 16);
            return fill(format, colour_deep, colour_white);
        case Look::subtitle:
            return fill(format, colour_deep, colour_band_text);
        case Look::section:
            format_set_bold(format);
            format_set_font_size(format, 12);
            return format_set_font_color(format, colour_deep);
        case Look::note:
            format_set_font_size(format, 9);
            return format_set_font_color(format, colour_muted);
        case Look::box:
            format_set_border(format, LXW_BORDER_THIN);
            format_set_border_color(format, colour_line);
            format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
            return format_set_font_color(format, colour_muted);
        case Look::verdict:
            format_set_bold(format);
            format_set_font_color(format, colour_agree);
            return underline(format, LXW_BORDER_HAIR, colour_line);
    }
}

}  // namespace

lxw_format* make_format(lxw_workbook* workbook, Look look, Kind kind) {
    lxw_format* format = workbook_add_format(workbook);
    if (format == nullptr) throw EnvironmentFailure("out of memory for a workbook's format");
    format_set_font_color(format, colour_ink);
    format_set_font_size(format, 10);
    format_set_align(format, side_of(kind));
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    // A text beside an amount keeps its distance.
    if (side_of(kind) == LXW_ALIGN_LEFT) format_set_indent(format, 1);
    // A formula in a cell of text would become text when somebody edits it: a verdict keeps the
    // general format.
    if (look != Look::verdict) format_set_num_format(format, number_format(kind));
    if (kind == Kind::wrapped_text) format_set_text_wrap(format);
    dress(format, look);
    return format;
}

lxw_format* make_alarm_format(lxw_workbook* workbook) {
    lxw_format* format = workbook_add_format(workbook);
    if (format == nullptr) throw EnvironmentFailure("out of memory for a workbook's format");
    format_set_bold(format);
    fill(format, colour_alarm_tint, colour_alarm);
    return format;
}

}  // namespace deodat::reports
