#include "ledger/base/day.h"

#include <array>
#include <cstdio>

#include "ledger/base/text.h"

namespace deodat {
namespace {

using namespace std::chrono;

const sys_days first_day = sys_days(year(1900) / January / 1);
const sys_days last_day = sys_days(year(2199) / December / 31);

// Summer time runs from the last Sunday of March to the last Sunday of October, both at 01:00 UTC
// (directive 2000/84/CE).
bool is_summer_time(sys_seconds utc) {
    const year y = year_month_day(floor<days>(utc)).year();
    const sys_seconds begin = sys_days(y / March / Sunday[last]) + hours(1);
    const sys_seconds end = sys_days(y / October / Sunday[last]) + hours(1);
    return utc >= begin && utc < end;
}

seconds paris_offset(sys_seconds utc) {
    return hours(is_summer_time(utc) ? 2 : 1);
}

bool read_digits(std::string_view text, std::size_t from, std::size_t count, unsigned& out) {
    out = 0;
    for (std::size_t i = from; i < from + count; ++i) {
        if (text[i] < '0' || text[i] > '9') return false;
        out = out * 10 + static_cast<unsigned>(text[i] - '0');
    }
    return true;
}

}  // namespace

Day Day::of(int y, unsigned m, unsigned d) {
    const year_month_day ymd{std::chrono::year(y), std::chrono::month(m), std::chrono::day(d)};
    DEODAT_ASSERT(ymd.ok(), "a day that exists");
    return from_number(sys_days(ymd).time_since_epoch().count());
}

Result<Day> Day::parse(std::string_view field, std::string_view iso) {
    const auto refuse = [&] {
        return Refusal{Code::date_invalid, std::string(field),
                       "La date « " + shown(iso) +
                           " » n'existe pas ou n'est pas écrite AAAA-MM-JJ, entre 1900 et 2199."};
    };
    unsigned y = 0;
    unsigned m = 0;
    unsigned d = 0;
    const bool form = iso.size() == 10 && iso[4] == '-' && iso[7] == '-' &&
                      read_digits(iso, 0, 4, y) && read_digits(iso, 5, 2, m) &&
                      read_digits(iso, 8, 2, d);
    if (!form) return refuse();
    const year_month_day ymd{std::chrono::year(static_cast<int>(y)), std::chrono::month(m),
                             std::chrono::day(d)};
    if (!ymd.ok() || sys_days(ymd) < first_day || sys_days(ymd) > last_day) return refuse();
    return Day(sys_days(ymd));
}

Day Day::from_number(std::int64_t days_since_epoch) {
    const sys_days point{days(days_since_epoch)};
    DEODAT_ASSERT(point >= first_day && point <= last_day, "a day between 1900 and 2199");
    return Day(point);
}

Day Day::plus_days(std::int64_t count) const {
    return from_number(number() + count);
}

Day Day::plus_months(int count) const {
    year_month_day moved = ymd() + std::chrono::months(count);
    if (!moved.ok()) moved = moved.year() / moved.month() / last;
    return from_number(sys_days(moved).time_since_epoch().count());
}

std::string Day::iso() const {
    std::array<char, 16> buffer{};
    const int size = std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02u", year(), month(),
                                   day_of_month());
    return {buffer.data(), static_cast<std::size_t>(size)};
}

std::string Day::french() const {
    std::array<char, 16> buffer{};
    const int size = std::snprintf(buffer.data(), buffer.size(), "%02u/%02u/%04d", day_of_month(),
                                   month(), year());
    return {buffer.data(), static_cast<std::size_t>(size)};
}

Day Instant::day_in_paris() const {
    const auto utc = floor<seconds>(
        sys_time<std::chrono::microseconds>(std::chrono::microseconds(microseconds_)));
    return Day::from_number(floor<days>(utc + paris_offset(utc)).time_since_epoch().count());
}

std::string Instant::iso() const {
    const sys_time<std::chrono::microseconds> point{std::chrono::microseconds(microseconds_)};
    const auto day = floor<days>(point);
    const hh_mm_ss time(point - day);
    std::array<char, 40> buffer{};
    const int size = std::snprintf(
        buffer.data(), buffer.size(), "%sT%02d:%02d:%02d.%06dZ",
        Day::from_number(day.time_since_epoch().count()).iso().c_str(),
        static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
        static_cast<int>(time.seconds().count()), static_cast<int>(time.subseconds().count()));
    return {buffer.data(), static_cast<std::size_t>(size)};
}

Instant instant_in_paris(Day day, int hour, int minute) {
    const sys_seconds wall =
        sys_days(days(day.number())) + std::chrono::hours(hour) + std::chrono::minutes(minute);
    // An hour that summer time skips or repeats is read in winter time: later in both cases, and it
    // exists.
    const sys_seconds utc = is_summer_time(wall - hours(2)) && is_summer_time(wall - hours(1))
                                ? wall - hours(2)
                                : wall - hours(1);
    return Instant(duration_cast<std::chrono::microseconds>(utc.time_since_epoch()).count());
}

}  // namespace deodat
