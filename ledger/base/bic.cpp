#include "ledger/base/bic.h"

#include "ledger/base/text.h"

namespace deodat {
namespace {

constexpr std::size_t country_begin = 4;
constexpr std::size_t country_end = 6;

bool has_form(std::string_view text) {
    if (text.size() != 8 && text.size() != 11) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool letter = text[i] >= 'A' && text[i] <= 'Z';
        const bool digit = text[i] >= '0' && text[i] <= '9';
        const bool in_country = i >= country_begin && i < country_end;
        if (!letter && (!digit || in_country)) return false;
    }
    return true;
}

}  // namespace

Result<Done> check_bic(std::string_view field, std::string_view text) {
    if (has_form(text)) return Done{};
    return Refusal{Code::bic_invalid, std::string(field),
                   "Le BIC « " + shown(text) +
                       " » doit avoir 8 ou 11 capitales et chiffres, dont les lettres du pays en "
                       "cinquième et sixième place."};
}

}  // namespace deodat
