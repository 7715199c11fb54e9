#include "ledger/base/money.h"

#include "ledger/base/text.h"

namespace deodat {
namespace {

__extension__ using Int128 = __int128;

constexpr std::string_view thin_gap = "\u202f";  // narrow no-break space between thousands
constexpr std::string_view unit_gap = "\u00a0";  // no-break space before the unit

std::string two_digits(std::int64_t n) {
    return {static_cast<char>('0' + n / 10), static_cast<char>('0' + n % 10)};
}

}  // namespace

std::int64_t mul_div(std::int64_t value, std::int64_t numerator, std::int64_t denominator,
                     Rounding rounding) {
    DEODAT_ASSERT(denominator > 0, "a denominator above zero");
    const Int128 product = static_cast<Int128>(value) * numerator;
    Int128 quotient = product / denominator;  // towards zero
    const Int128 remainder = product % denominator;
    switch (rounding) {
        case Rounding::half_up: {
            const Int128 twice = 2 * (remainder < 0 ? -remainder : remainder);
            if (twice >= denominator) quotient += remainder < 0 ? -1 : 1;
            break;
        }
        case Rounding::floor:
            if (remainder < 0) quotient -= 1;
            break;
        case Rounding::ceiling:
            if (remainder > 0) quotient += 1;
            break;
    }
    DEODAT_ASSERT(quotient >= INT64_MIN && quotient <= INT64_MAX, "a quotient within 64 bits");
    return static_cast<std::int64_t>(quotient);
}

Money part_of(Money amount, Ratio ratio, Rounding rounding) {
    return Money::cents(mul_div(amount.cents(), ratio.numerator, ratio.denominator, rounding));
}

Result<Money> money_from_cents(std::string_view field, std::int64_t cents) {
    if (!Money::in_range(cents)) {
        return Refusal{Code::amount_out_of_range, std::string(field),
                       "Le montant de " + std::to_string(cents) +
                           " centimes dépasse la borne de 100 milliards d'euros."};
    }
    return Money::cents(cents);
}

Result<Money> money_from_decimal(std::string_view field, std::string_view text) {
    const auto refuse = [&](std::string_view why) {
        return Refusal{Code::malformed, std::string(field),
                       "Le montant « " + shown(text) + " » est illisible : " + std::string(why) +
                           " Exemple attendu : 1234.50."};
    };
    std::int64_t cents = 0;
    std::size_t decimals = 0;
    bool dot = false;
    bool digit = false;
    for (const char c : text) {
        if (c == '.' && !dot && digit) {
            dot = true;
            continue;
        }
        if (c < '0' || c > '9') return refuse("seuls des chiffres et un point sont admis.");
        digit = true;
        if (dot && ++decimals > 2) {
            if (c != '0') return refuse("il est plus fin que le centime.");
            continue;
        }
        if (cents > Money::cents_max) return refuse("il dépasse 100 milliards d'euros.");
        cents = cents * 10 + (c - '0');
    }
    if (!digit || text.back() == '.') return refuse("il manque des chiffres.");
    for (std::size_t i = decimals; i < 2; ++i) cents *= 10;
    if (!Money::in_range(cents)) return refuse("il dépasse 100 milliards d'euros.");
    return Money::cents(cents);
}

std::string decimal_text(Money amount) {
    const std::int64_t magnitude = amount.is_negative() ? -amount.cents() : amount.cents();
    return (amount.is_negative() ? "-" : "") + std::to_string(magnitude / 100) + "." +
           two_digits(magnitude % 100);
}

std::string french(Money amount) {
    const std::int64_t magnitude = amount.is_negative() ? -amount.cents() : amount.cents();
    const std::string digits = std::to_string(magnitude / 100);
    std::string out = amount.is_negative() ? "-" : "";
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) out += thin_gap;
        out += digits[i];
    }
    out += ',';
    out += two_digits(magnitude % 100);
    out += unit_gap;
    out += "€";
    return out;
}

}  // namespace deodat
