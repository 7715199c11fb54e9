#include "ledger/base/telephone.h"

#include <algorithm>

#include "ledger/base/text.h"

namespace deodat {
namespace {

constexpr std::size_t french_digits = 10;
constexpr std::size_t digits_min = 8;
constexpr std::size_t digits_max = 15;

}  // namespace

Result<Telephone> Telephone::parse(std::string_view field, std::string_view text) {
    std::string digits;
    bool only_known = true;
    for (const char c : trimmed(text)) {
        if (c >= '0' && c <= '9') {
            digits += c;
        } else if (c == '+') {
            only_known = only_known && digits.empty();
            digits += "00";
        } else {
            only_known = only_known && std::string_view(" .-()/").find(c) != std::string_view::npos;
        }
    }
    if (only_known && digits.starts_with("00")) {
        digits.erase(0, 2);
        if (digits.starts_with("330")) digits.erase(2, 1);  // +33 (0)3 29 …
        if (digits.size() >= digits_min && digits.size() <= digits_max && digits[0] != '0') {
            return Telephone("+" + digits);
        }
    } else if (only_known && digits.size() == french_digits && digits[0] == '0' &&
               digits[1] != '0') {
        return Telephone("+33" + digits.substr(1));
    }
    return Refusal{Code::malformed, std::string(field),
                   "Le téléphone « " + shown(text) +
                       " » ne convient pas : dix chiffres (03 29 00 00 00), ou l'indicatif du pays "
                       "(+32 …)."};
}

}  // namespace deodat
