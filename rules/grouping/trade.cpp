#include "rules/grouping/trade.h"

#include <algorithm>
#include <array>

namespace deodat::rules::grouping {
namespace {

struct Row {
    std::string_view works_type;
    std::string_view trade;
};

constexpr auto rows = std::to_array<Row>({
    {"isolation_mur_ite", "ITE / façade"},
    {"isolation_mur_iti", "ITI / plâtrerie"},
    {"isolation_combles_non_amenages", "Combles"},
    {"isolation_sous_rampants", "Rampants"},
    {"isolation_toiture_terrasse", "Toiture / couverture"},
    {"isolation_planchers_bas", "Planchers bas"},
    {"fenetre_porte_fenetre", "Menuiseries"},
    {"double_fenetre", "Menuiseries"},
    {"fenetre_toiture", "Menuiseries"},
    {"porte_entree", "Menuiseries"},
    {"fermeture_isolante", "Menuiseries"},
    {"protection_solaire", "Menuiseries"},
    {"vmc_simple_flux", "Ventilation"},
    {"vmc_double_flux", "Ventilation"},
    {"ventilation_hybride_hygroreglable", "Ventilation"},
    {"pac_air_eau", "Chauffage"},
    {"pac_eau_eau", "Chauffage"},
    {"pac_sol_eau", "Chauffage"},
    {"pac_geothermique", "Chauffage"},
    {"pac_air_air", "Chauffage"},
    {"chaudiere_biomasse", "Chauffage"},
    {"chaudiere_gaz", "Chauffage"},
    {"poele_insert_bois_granules", "Chauffage"},
    {"radiateur_electrique", "Chauffage"},
    {"radiateur_hydraulique", "Chauffage"},
    {"plancher_plafond_chauffant_hydraulique", "Chauffage"},
    {"chauffe_eau_thermodynamique", "ECS"},
    {"ballon_ecs_effet_joule", "ECS"},
    {"chauffe_eau_solaire", "Solaire"},
    {"systeme_solaire_combine", "Solaire"},
    {"dispositif_solaire_thermique", "Solaire"},
    {"dispositif_solaire_photovoltaique", "Solaire PV"},
    {"raccordement_reseau_chaleur", "Chauffage"},
    {"brasseur_air", "Ventilation"},
    {global_works, "Rénovation globale"},
});

}  // namespace

std::optional<std::string_view> trade_of(std::string_view works_type) {
    const auto* const found =
        std::ranges::find(rows, works_type, [](const Row& row) { return row.works_type; });
    if (found == rows.end()) return std::nullopt;
    return found->trade;
}

bool is_trade(std::string_view name) {
    return std::ranges::any_of(rows, [&](const Row& row) { return row.trade == name; });
}

std::string all_trades() {
    std::string out;
    for (const Row& row : rows) {
        const auto* const first =
            std::ranges::find(rows, row.trade, [](const Row& other) { return other.trade; });
        if (first != &row) continue;
        out.append(out.empty() ? "" : ", ").append(row.trade);
    }
    return out;
}

}  // namespace deodat::rules::grouping
