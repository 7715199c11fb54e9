// Decimal: a quantity, a unit price or a rate as an invoice writes it, exact: digits and a scale,
// never a binary fraction. Amounts are Money; this is for what is finer than the cent.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/base/money.h"

namespace deodat::payments::electronic {

class Decimal {
  public:
    static constexpr int digits_max = 18;  // significant ones
    static constexpr int scale_max = 16;   // after the point

    constexpr Decimal() = default;
    static constexpr Decimal whole(std::int64_t value) { return Decimal(value, 0); }
    // Reads an xsd:decimal: "132", "-1.50", ".5", "118.181818". Refuses (malformed) anything else,
    // exponents and commas included, and (out_of_range) more digits than the bounds above, zeros at
    // either end not counted.
    static Result<Decimal> parse(std::string_view field, std::string_view text);

    std::int64_t digits() const { return digits_; }  // the value is digits / 10^scale
    int scale() const { return scale_; }
    bool is_zero() const { return digits_ == 0; }
    bool is_negative() const { return digits_ < 0; }

    // The value in hundredths, when it has no finer digit: a rate in basis points from its percent,
    // an amount in cents.
    std::optional<std::int64_t> hundredths() const;
    // As French people write it: "118,181818".
    std::string french() const;
    // As programs read it: "118.181818".
    std::string text() const;

    friend bool operator==(const Decimal&, const Decimal&) = default;

  private:
    constexpr Decimal(std::int64_t digits, int scale) : digits_(digits), scale_(scale) {}
    std::int64_t digits_ = 0;  // not a multiple of ten, unless the scale is nil
    int scale_ = 0;
};

// quantity × price / per, half-up to the cent; none when that leaves the bounds of Money or `per`
// is not above zero.
std::optional<Money> priced(const Decimal& quantity, const Decimal& price, const Decimal& per);
// rate percent of the amount, half-up to the cent; none when that leaves the bounds of Money.
std::optional<Money> percent_of(Money amount, const Decimal& rate);

}  // namespace deodat::payments::electronic
