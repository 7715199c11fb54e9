// A calendar month: works are planned to the month.
#pragma once
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/base/day.h"

namespace deodat::rules::grouping {

class Month {
  public:
    static Month of(Day day);
    // Reads "2026-09", and only that form.
    static Result<Month> parse(std::string_view field, std::string_view iso);
    // The last month that is over by that day, its own last day included.
    static Month ended_by(Day day);

    Month plus(std::int64_t months) const { return Month(index_ + months); }
    std::string iso() const;     // 2026-09
    std::string french() const;  // 09/2026

    friend constexpr auto operator<=>(Month, Month) = default;

  private:
    explicit constexpr Month(std::int64_t index) : index_(index) {}
    std::int64_t index_;  // months since the year 0
};

}  // namespace deodat::rules::grouping
