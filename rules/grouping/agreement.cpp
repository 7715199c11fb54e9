#include "rules/grouping/agreement.h"

namespace deodat::rules::grouping {

std::optional<Tier> tier_of(const std::vector<Tier>& tiers, std::size_t dwellings) {
    std::optional<Tier> reached;
    for (const Tier& tier : tiers) {
        if (tier.dwellings_min <= static_cast<std::int64_t>(dwellings)) reached = tier;
    }
    return reached;
}

Result<Done> check(const Agreement& agreement, std::string_view field) {
    const std::vector<Tier>& tiers = agreement.tiers;
    const std::string list = std::string(field) + ".tiers";
    if (tiers.empty() || tiers.size() > tiers_max) {
        return Refusal{Code::missing, list,
                       list + " compte " + std::to_string(tiers.size()) +
                           " paliers : il en faut de 1 à " + std::to_string(tiers_max) +
                           ", le premier étant le prix garanti."};
    }
    for (std::size_t i = 0; i < tiers.size(); ++i) {
        const std::string tier = list + "[" + std::to_string(i) + "].";
        if (tiers[i].discount_bp < 0 || tiers[i].discount_bp >= 10'000 ||
            (i > 0 && tiers[i].discount_bp < tiers[i - 1].discount_bp)) {
            return Refusal{Code::out_of_range, tier + "discount_bp",
                           "Le palier " + std::to_string(i) + " remet " +
                               std::to_string(tiers[i].discount_bp) +
                               " points de base : il faut moins de 10 000, et au moins la remise "
                               "du palier précédent."};
        }
        if (tiers[i].dwellings_min < 1 ||
            (i > 0 && tiers[i].dwellings_min <= tiers[i - 1].dwellings_min)) {
            return Refusal{Code::out_of_range, tier + "dwellings_min",
                           "Le palier " + std::to_string(i) + " commence à " +
                               std::to_string(tiers[i].dwellings_min) +
                               " logements : chaque seuil doit dépasser le précédent."};
        }
    }
    return Done{};
}

}  // namespace deodat::rules::grouping
