// The few looks of our workbooks as formats of the library: one place for colours, fonts and number
// formats. Inside reports_workbooks only.
#pragma once
#include "reports/workbook.h"

struct lxw_workbook;
struct lxw_format;

namespace deodat::reports {

inline constexpr std::uint32_t colour_deep = 0x1F4E5F;   // bands, headings
inline constexpr std::uint32_t colour_alarm = 0xA4262C;  // what does not agree

// A new format of the workbook; a Kind gives the number format and the side the cell is set to.
lxw_format* make_format(lxw_workbook* workbook, Look look, Kind kind);

// Red on pale red, for conditional formats.
lxw_format* make_alarm_format(lxw_workbook* workbook);

}  // namespace deodat::reports
