#include "ledger/base/siret.h"

#include <algorithm>

#include "ledger/base/text.h"

namespace deodat {
namespace {

constexpr std::size_t siren_digits = 9;
constexpr std::size_t siret_digits = 14;
constexpr std::string_view la_poste = "356000000";

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Without the blanks; a no-break space pasted from a document is one.
std::string without_blanks(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        if (text.starts_with("\u00a0")) {
            text.remove_prefix(2);
        } else if (text.starts_with("\u202f")) {
            text.remove_prefix(3);
        } else {
            if (std::string_view(" \t\r\n").find(text[0]) == std::string_view::npos) out += text[0];
            text.remove_prefix(1);
        }
    }
    return out;
}

bool all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), is_digit);
}

// The sum of Luhn: every second digit from the right doubled, nines cast out.
int luhn_sum(std::string_view digits) {
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        int value = digits[digits.size() - 1 - i] - '0';
        if (i % 2 == 1) value = value > 4 ? 2 * value - 9 : 2 * value;
        sum += value;
    }
    return sum;
}

bool luhn_holds(std::string_view digits) {
    return luhn_sum(digits) % 10 == 0;
}

bool siret_key_holds(std::string_view digits) {
    if (luhn_holds(digits)) return true;
    if (!digits.starts_with(la_poste)) return false;
    int sum = 0;
    for (const char c : digits) sum += c - '0';
    return sum % 5 == 0;
}

std::string with_luhn_digit(std::string digits) {
    DEODAT_ASSERT(all_digits(digits), "digits to complete");
    digits += '0';
    const int missing = (10 - luhn_sum(digits) % 10) % 10;
    digits.back() = static_cast<char>('0' + missing);
    return digits;
}

std::string spaced_digits(const std::string& text) {
    return text.substr(0, 3) + " " + text.substr(3, 3) + " " + text.substr(6, 3) +
           (text.size() > siren_digits ? " " + text.substr(siren_digits) : "");
}

}  // namespace

Result<Siren> Siren::parse(std::string_view field, std::string_view text) {
    const auto refuse = [&](const std::string& why) {
        return Refusal{Code::siren_invalid, std::string(field),
                       "Le SIREN « " + shown(text) + " » est refusé : " + why};
    };
    std::string digits = without_blanks(text);
    if (digits.size() != siren_digits || !all_digits(digits)) {
        return refuse("il faut exactement 9 chiffres.");
    }
    if (digits.find_first_not_of('0') == std::string::npos) {
        return refuse("aucune entreprise ne porte le numéro zéro.");
    }
    if (!luhn_holds(digits)) {
        return refuse("son dernier chiffre de contrôle ne correspond pas aux huit premiers.");
    }
    return Siren(std::move(digits));
}

Result<Siret> Siret::parse(std::string_view field, std::string_view text) {
    const auto refuse = [&](const std::string& why) {
        return Refusal{Code::siret_invalid, std::string(field),
                       "Le SIRET « " + shown(text) + " » est refusé : " + why};
    };
    std::string digits = without_blanks(text);
    if (digits.size() != siret_digits || !all_digits(digits)) {
        return refuse("il faut exactement 14 chiffres (les 9 du SIREN puis 5).");
    }
    if (const auto siren = Siren::parse(field, digits.substr(0, siren_digits)); !siren) {
        return refuse("ses 9 premiers chiffres ne sont pas un SIREN.");
    }
    if (!siret_key_holds(digits)) {
        return refuse("sa clé de contrôle ne correspond pas ; un chiffre est faux.");
    }
    return Siret(std::move(digits));
}

std::string Siren::spaced() const {
    return spaced_digits(text_);
}

std::string Siret::spaced() const {
    return spaced_digits(text_);
}

Siren siren_with_check_digit(std::string_view eight_digits) {
    auto siren = Siren::parse("siren", with_luhn_digit(std::string(eight_digits)));
    DEODAT_ASSERT(siren.ok(), "eight digits, not all zero");
    return std::move(siren).value();
}

Siret siret_with_check_digit(const Siren& siren, std::string_view four_digits) {
    auto siret = Siret::parse("siret", with_luhn_digit(siren.text() + std::string(four_digits)));
    DEODAT_ASSERT(siret.ok(), "four digits after a SIREN");
    return std::move(siret).value();
}

}  // namespace deodat
