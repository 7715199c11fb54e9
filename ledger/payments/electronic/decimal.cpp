#include "ledger/payments/electronic/decimal.h"

#include <algorithm>

#include "ledger/base/text.h"

namespace deodat::payments::electronic {
namespace {

__extension__ using Wide = __int128;

bool times(Wide& value, Wide factor) {
    return !__builtin_mul_overflow(value, factor, &value);
}

bool times_ten_to(Wide& value, int power) {
    for (int i = 0; i < power; ++i) {
        if (!times(value, 10)) return false;
    }
    return true;
}

// Half-up; the denominator is above zero.
std::optional<Money> divided(Wide numerator, Wide denominator) {
    const bool negative = numerator < 0;
    const Wide magnitude = negative ? -numerator : numerator;
    Wide quotient = magnitude / denominator;
    if (magnitude % denominator >= denominator - magnitude % denominator) ++quotient;
    if (quotient > Money::cents_max) return std::nullopt;
    const auto cents = static_cast<std::int64_t>(quotient);
    return Money::cents(negative ? -cents : cents);
}

std::string written(std::int64_t digits, int scale, char point) {
    std::string text = std::to_string(digits < 0 ? -digits : digits);
    if (scale > 0) {
        const auto places = static_cast<std::size_t>(scale);
        if (text.size() <= places) text.insert(0, places + 1 - text.size(), '0');
        text.insert(text.size() - places, 1, point);
    }
    return digits < 0 ? "-" + text : text;
}

}  // namespace

Result<Decimal> Decimal::parse(std::string_view field, std::string_view text) {
    const auto refuse = [&](Code code, const char* why) {
        return Refusal{code, std::string(field),
                       "Le nombre « " + shown(text) + " » n'est pas lisible : " + why};
    };
    std::string_view rest = text;
    const bool negative = rest.starts_with('-');
    if (negative || rest.starts_with('+')) rest.remove_prefix(1);
    const std::size_t point = std::min(rest.find('.'), rest.size());
    std::string_view before = rest.substr(0, point);
    std::string_view after = rest.substr(std::min(point + 1, rest.size()));
    const auto is_digits = [](std::string_view part) {
        return part.find_first_not_of("0123456789") == std::string_view::npos;
    };
    if (before.empty() && after.empty()) return refuse(Code::malformed, "il manque des chiffres.");
    if (!is_digits(before) || !is_digits(after)) {
        return refuse(Code::malformed, "attendu des chiffres et un point (1234.50).");
    }
    before.remove_prefix(std::min(before.find_first_not_of('0'), before.size()));
    after = after.substr(0, after.find_last_not_of('0') + 1);
    std::string digits = std::string(before) + std::string(after);
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
    if (digits.size() > std::size_t{digits_max} || after.size() > std::size_t{scale_max}) {
        return refuse(Code::out_of_range, "il a plus de chiffres qu'une facture n'en demande.");
    }
    const std::int64_t value = digits.empty() ? 0 : std::stoll(digits);
    return Decimal(negative ? -value : value, value == 0 ? 0 : static_cast<int>(after.size()));
}

std::optional<std::int64_t> Decimal::hundredths() const {
    if (scale_ > 2) return std::nullopt;
    std::int64_t value = digits_;
    for (int i = scale_; i < 2; ++i) {
        if (__builtin_mul_overflow(value, std::int64_t{10}, &value)) return std::nullopt;
    }
    return value;
}

std::string Decimal::french() const {
    return written(digits_, scale_, ',');
}

std::string Decimal::text() const {
    return written(digits_, scale_, '.');
}

std::optional<Money> priced(const Decimal& quantity, const Decimal& price, const Decimal& per) {
    if (per.is_zero() || per.is_negative()) return std::nullopt;
    // Cents: two places more above; the scales of the factors below.
    Wide numerator = Wide{quantity.digits()};
    Wide denominator = Wide{per.digits()};
    const int places = 2 + per.scale() - quantity.scale() - price.scale();
    if (!times(numerator, price.digits()) || !times_ten_to(numerator, std::max(places, 0)) ||
        !times_ten_to(denominator, std::max(-places, 0))) {
        return std::nullopt;
    }
    return divided(numerator, denominator);
}

std::optional<Money> percent_of(Money amount, const Decimal& rate) {
    Wide numerator = Wide{amount.cents()} * rate.digits();
    Wide denominator = 100;
    if (!times_ten_to(denominator, rate.scale())) return std::nullopt;
    return divided(numerator, denominator);
}

}  // namespace deodat::payments::electronic
