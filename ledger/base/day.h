// Day, the legal day of business dates in Europe/Paris; Instant, when something was recorded, in
// UTC.
#pragma once
#include <chrono>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/base/result.h"

namespace deodat {

// A calendar day between 1900-01-01 and 2199-12-31.
class Day {
  public:
    // A day known to exist (constants, tests); another one is a broken invariant.
    static Day of(int year, unsigned month, unsigned day);
    // Reads "2026-02-28", and only that form. Refuses days that do not exist.
    static Result<Day> parse(std::string_view field, std::string_view iso);
    // From days since 1970-01-01, as stored.
    static Day from_number(std::int64_t days_since_epoch);

    std::int64_t number() const { return days_.time_since_epoch().count(); }
    int year() const { return static_cast<int>(ymd().year()); }
    unsigned month() const { return static_cast<unsigned>(ymd().month()); }
    unsigned day_of_month() const { return static_cast<unsigned>(ymd().day()); }
    // 0 for Sunday to 6 for Saturday.
    unsigned weekday() const { return std::chrono::weekday(days_).c_encoding(); }

    Day plus_days(std::int64_t days) const;
    // The same day of a later (or earlier) month, or that month's last day where there is none.
    Day plus_months(int months) const;

    std::string iso() const;     // 2026-02-28
    std::string french() const;  // 28/02/2026

    friend auto operator<=>(const Day&, const Day&) = default;
    friend std::int64_t operator-(Day a, Day b) { return (a.days_ - b.days_).count(); }

  private:
    explicit Day(std::chrono::sys_days days) : days_(days) {}
    std::chrono::year_month_day ymd() const { return std::chrono::year_month_day(days_); }
    std::chrono::sys_days days_;
};

// A point in time, in whole microseconds since 1970-01-01 UTC.
class Instant {
  public:
    explicit constexpr Instant(std::int64_t microseconds) : microseconds_(microseconds) {}
    constexpr std::int64_t microseconds() const { return microseconds_; }

    // The legal day in metropolitan France at this instant (CET, CEST by the European rule in force
    // since 1996).
    Day day_in_paris() const;
    std::string iso() const;  // 2026-02-28T23:30:00.000000Z

    friend constexpr auto operator<=>(Instant, Instant) = default;

  private:
    std::int64_t microseconds_;
};

// The instant of that hour of the legal day in Paris.
Instant instant_in_paris(Day day, int hour, int minute = 0);

}  // namespace deodat
