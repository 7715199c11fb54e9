#include "reports/transfers/target_days.h"

#include <algorithm>

namespace deodat::reports {

// The anonymous Gregorian computus: Meeus, Astronomical Algorithms, chapter 8.
Day easter_sunday(int year) {
    const int golden = year % 19;
    const int century = year / 100;
    const int leap_drift = century / 4;
    const int moon_drift = (century - (century + 8) / 25 + 1) / 3;
    const int epact = (19 * golden + century - leap_drift - moon_drift + 15) % 30;
    const int in_century = year % 100;
    const int weekday =
        (32 + 2 * (century % 4) + 2 * (in_century / 4) - epact - in_century % 4) % 7;
    const int late = (golden + 11 * epact + 22 * weekday) / 451;
    const int march_days = epact + weekday - 7 * late + 114;
    return Day::of(year, static_cast<unsigned>(march_days / 31),
                   static_cast<unsigned>(march_days % 31 + 1));
}

bool is_target_day(Day day) {
    const unsigned weekday = day.weekday();
    if (weekday == 0 || weekday == 6) return false;
    const unsigned month = day.month();
    const unsigned of_month = day.day_of_month();
    if (month == 1 && of_month == 1) return false;
    if (month == 5 && of_month == 1) return false;
    if (month == 12 && (of_month == 25 || of_month == 26)) return false;
    const std::int64_t after_easter = day - easter_sunday(day.year());
    return after_easter != -2 && after_easter != 1;
}

Day next_target_day(Day day) {
    while (!is_target_day(day)) day = day.plus_days(1);
    return day;
}

Day execution_day(Day requested, Instant leaving, Notice notice) {
    const Day today = leaving.day_in_paris();
    const bool in_time =
        leaving < instant_in_paris(today, notice.cut_off_hour, notice.cut_off_minute);
    Day earliest = next_target_day(in_time ? today : today.plus_days(1));
    for (int i = 0; i < notice.settlement_days; ++i) {
        earliest = next_target_day(earliest.plus_days(1));
    }
    return next_target_day(std::max(requested, earliest));
}

}  // namespace deodat::reports
