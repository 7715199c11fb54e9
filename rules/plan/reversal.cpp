#include "rules/plan/reversal.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "ledger/base/text.h"

namespace deodat::rules {
namespace {

// Hundredths by year of breach: règlement général de l'Anah, 1 August 2014, annexe 3.
constexpr std::array<std::int64_t, 6> six_years = {100, 83, 67, 50, 33, 17};
constexpr std::array<std::int64_t, 9> nine_years = {100, 89, 78, 67, 56, 44, 33, 22, 11};

std::span<const std::int64_t> grid_of(std::int64_t undertaking_years) {
    if (undertaking_years == std::ssize(six_years)) return six_years;
    if (undertaking_years == std::ssize(nine_years)) return nine_years;
    return {};
}

}  // namespace

std::int64_t year_of_undertaking(Day start, Day breach) {
    DEODAT_ASSERT(start <= breach, "a breach within the undertaking");
    std::int64_t year = 1;
    while (start.plus_months(static_cast<int>(12 * year)) <= breach) ++year;
    return year;
}

Result<Money> pro_rata_reversal(Money paid, std::int64_t undertaking_years,
                                std::int64_t year_of_breach) {
    const std::span<const std::int64_t> grid = grid_of(undertaking_years);
    if (grid.empty()) {
        return Refusal{Code::reversal_grid_missing, "undertaking_years",
                       "Aucune grille de reversement n'est publiée pour un engagement de " +
                           std::to_string(undertaking_years) +
                           " ans : elles le sont pour 6 et 9 ans. Le montant est à demander à "
                           "l'Anah."};
    }
    if (year_of_breach < 1) {
        return Refusal{Code::out_of_range, "year_of_breach",
                       "L'année de la rupture se compte à partir de 1, et non de " +
                           std::to_string(year_of_breach) + "."};
    }
    if (paid.is_negative()) {
        return Refusal{Code::amount_not_positive, "paid",
                       "L'aide versée ne peut être négative (" + french(paid) + ")."};
    }
    if (year_of_breach > undertaking_years) return Money();
    const std::int64_t hundredths = grid[static_cast<std::size_t>(year_of_breach - 1)];
    return part_of(paid, Ratio::percent(hundredths), Rounding::half_up);
}

}  // namespace deodat::rules
