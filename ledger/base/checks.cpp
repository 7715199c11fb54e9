#include "ledger/base/checks.h"

namespace deodat {

Result<Done> require_amount(std::string_view field, Money amount) {
    if (!amount.is_positive()) {
        return Refusal{Code::amount_not_positive, std::string(field),
                       "Le montant doit être supérieur à zéro (lu : " + french(amount) + ")."};
    }
    if (amount > entered_max) {
        return Refusal{Code::amount_out_of_range, std::string(field),
                       "Le montant de " + french(amount) + " dépasse " + french(entered_max) +
                           ", le plus grand qui puisse être saisi."};
    }
    return Done{};
}

Result<Done> require_not_before(std::string_view field, Day day, Day earlier,
                                std::string_view what) {
    if (day >= earlier) return Done{};
    return Refusal{
        Code::date_invalid, std::string(field),
        "Le " + day.french() + " est avant " + std::string(what) + " (" + earlier.french() + ")."};
}

Result<Done> require_happened(std::string_view field, Day day, Day today) {
    if (day <= today) return Done{};
    return Refusal{
        Code::date_invalid, std::string(field),
        "Le " + day.french() + " est à venir : aujourd'hui est le " + today.french() + "."};
}

}  // namespace deodat
