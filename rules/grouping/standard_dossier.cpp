#include "rules/grouping/standard_dossier.h"

#include <algorithm>

#include "ledger/base/territory.h"

namespace deodat::rules::grouping {
namespace {

constexpr std::int64_t dpe_e = 4;  // energy classes, as facts hold them
constexpr std::int64_t dpe_g = 6;

// The first day on which every version that the texts hold has begun.
std::int64_t last_beginning(const RuleSet& rules) {
    std::int64_t day = fact(FactId::deposit_date).least;
    for (const Aid& aid : rules.aids) {
        for (const Window& window : aid.dating.windows) day = std::max(day, window.from);
    }
    for (const Scale& scale : rules.scales) {
        for (const Window& window : scale.dating.windows) day = std::max(day, window.from);
    }
    return day;
}

// The first of the metropolitan communes outside Île-de-France with the fewest aids of their own.
std::int64_t quiet_commune(const RuleSet& rules) {
    std::size_t best = 0;
    std::uint32_t fewest = UINT32_MAX;
    for (std::size_t rank = 0; rank < communes().size(); ++rank) {
        const Commune& one = communes()[rank];
        if (!one.metropolitan() || one.in_ile_de_france()) continue;
        const std::uint32_t aids = rules.commune_starts[rank + 1] - rules.commune_starts[rank];
        if (aids >= fewest) continue;
        fewest = aids;
        best = rank;
    }
    return static_cast<std::int64_t>(best);
}

}  // namespace

Result<Facts> standard_dossier(const RuleSet& rules, const Profile& profile) {
    Facts facts;
    facts.set(FactId::deposit_date, last_beginning(rules));
    facts.set(FactId::persons, 1);
    const std::int64_t commune = quiet_commune(rules);
    facts.set(FactId::household_commune, commune);
    facts.set(FactId::dwelling_commune, commune);
    facts.set(FactId::owner_status, static_cast<std::int64_t>(OwnerStatus::owner_occupier));
    facts.set(FactId::dwelling_type, static_cast<std::int64_t>(DwellingType::house));
    facts.set(FactId::dwelling_age, 50);
    facts.set(FactId::main_residence, 1);
    facts.set(FactId::living_area, 100);
    facts.set(FactId::energy_gain, 55);
    const std::int64_t before =
        profile.class_jump >= -2 ? std::max(dpe_e, profile.class_jump) : dpe_g + profile.class_jump;
    facts.set(FactId::dpe_before, before);
    facts.set(FactId::dpe_after, before - profile.class_jump);
    // Of that class: just above the ceiling of the one below.
    const Scale* scale = rules.scale_of(rules.general_scale, facts);
    std::int64_t income = 0;
    if (scale != nullptr && profile.income_class != IncomeClass::very_modest) {
        const auto below = static_cast<IncomeClass>(static_cast<int>(profile.income_class) - 1);
        income = scale->ceiling(Zone::other, below, 1) + 100;
    }
    if (scale == nullptr || scale->class_of(Zone::other, 1, income) != profile.income_class) {
        return Refusal{
            Code::scale_missing, "members",
            "Le barème des revenus ne connaît pas cette catégorie : il faut les faits du "
            "ménage (facts) ou des parameters."};
    }
    facts.set(FactId::reference_income, income);
    return facts;
}

}  // namespace deodat::rules::grouping
