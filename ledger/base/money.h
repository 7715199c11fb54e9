// Money, Ratio, Rounding: amounts in signed cents and the only ways to take a part of one.
//
// Money is bounded to ±10^13 cents (100 billion euros): far above any programme, and low enough
// that no sum of a million of them, nor any product with a Ratio, can overflow the integers used. A
// sum that leaves the bound is a broken invariant, never a wrapped number. There is no conversion
// from or to floating point.
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/base/result.h"

namespace deodat {

// How a fraction of a cent becomes whole. Named after what happens to the number, ties included.
enum class Rounding : std::uint8_t {
    half_up,  // to the nearest; a half goes away from zero (1.5 -> 2, -1.5 -> -2)
    floor,    // towards minus infinity
    ceiling,  // towards plus infinity
};

// An exact proportion. The denominator is above zero; both are kept as given (no reduction is
// needed).
struct Ratio {
    std::int64_t numerator;
    std::int64_t denominator;

    static constexpr Ratio basis_points(std::int64_t bp) { return {bp, 10'000}; }
    static constexpr Ratio percent(std::int64_t percent) { return {percent, 100}; }
};

class Money {
  public:
    static constexpr std::int64_t cents_max = 10'000'000'000'000;

    constexpr Money() = default;
    static constexpr Money cents(std::int64_t cents) {
        DEODAT_ASSERT(in_range(cents), "an amount within ±10^13 cents");
        return Money(cents);
    }
    static constexpr Money euros(std::int64_t euros) {
        DEODAT_ASSERT(euros <= cents_max / 100 && euros >= -cents_max / 100,
                      "an amount within ±10^11 euros");
        return Money(euros * 100);
    }
    static constexpr bool in_range(std::int64_t cents) {
        return cents >= -cents_max && cents <= cents_max;
    }

    constexpr std::int64_t cents() const { return cents_; }
    constexpr bool is_zero() const { return cents_ == 0; }
    constexpr bool is_positive() const { return cents_ > 0; }
    constexpr bool is_negative() const { return cents_ < 0; }

    friend constexpr Money operator+(Money a, Money b) { return Money::cents(a.cents_ + b.cents_); }
    friend constexpr Money operator-(Money a, Money b) { return Money::cents(a.cents_ - b.cents_); }
    constexpr Money operator-() const { return Money(-cents_); }
    constexpr Money& operator+=(Money other) { return *this = *this + other; }
    constexpr Money& operator-=(Money other) { return *this = *this - other; }
    friend constexpr auto operator<=>(Money, Money) = default;

  private:
    explicit constexpr Money(std::int64_t cents) : cents_(cents) {}
    std::int64_t cents_ = 0;
};

// numerator * factor / denominator in 128 bits, rounded as named. The denominator must be above
// zero.
std::int64_t mul_div(std::int64_t value, std::int64_t numerator, std::int64_t denominator,
                     Rounding rounding);

// The part of an amount that a ratio takes, in whole cents.
Money part_of(Money amount, Ratio ratio, Rounding rounding);

// Reads an amount from outside, in cents. Refuses what lies outside the bounds.
Result<Money> money_from_cents(std::string_view field, std::int64_t cents);

// Reads a decimal amount as banks write it: "1234", "1234.5", "1234.50", "7.25000". A comma is not
// accepted, nor a digit other than zero beyond the cent, nor a sign. What is right is said in the
// refusal.
Result<Money> money_from_decimal(std::string_view field, std::string_view text);

// "1234.50", "-0.05": for files that programs read.
std::string decimal_text(Money amount);

// "1 234,50 €" with no-break spaces, as people read it.
std::string french(Money amount);

}  // namespace deodat
