// A small Déodatie for the tests: twelve grants of one funder, differences with their reasons, a
// negative one.
#pragma once
#include <algorithm>

#include "reports/funder_reconciliation.h"
#include "reports/treasury_workbook.h"

namespace deodat::reports::testing {

inline const Instant issued = instant_in_paris(Day::of(2026, 11, 2), 9, 12);

struct SampleGrant {
    const char* commune;
    const char* insee;
    const char* aid;
    std::int64_t notified, claimed, received, paid, difference;
    const char* reason;
};

inline constexpr SampleGrant sample_grants[] = {
    {"Saint-Dié-des-Vosges", "88413", "MaPrimeRénov' parcours accompagné", 1'800'010, 1'800'010,
     1'800'010, 1'800'010, 0, ""},
    {"Saint-Dié-des-Vosges", "88413", "MaPrimeRénov' parcours accompagné", 2'450'000, 1'715'000,
     1'715'000, 2'100'000, 0, ""},
    {"Raon-l'Étape", "88372", "MaPrimeRénov' parcours accompagné", 1'800'000, 1'800'000, 1'700'000,
     1'800'000, -100'000,
     "Solde réduit de 1 000,00 € : dépense réelle inférieure au devis (facture F-2026-118), à "
     "répartir avec "
     "le ménage"},
    {"Senones", "88451", "MaPrimeRénov' parcours accompagné", 3'150'000, 945'000, 945'000, 0, 0,
     ""},
    {"Fraize", "88181", "Ma Prime Logement Décent", 4'200'000, 2'940'000, 1'260'000, 3'024'500, 0,
     ""},
    {"Gérardmer", "88196", "MaPrimeRénov' parcours accompagné", 1'233'333, 0, 0, 0, 0, ""},
    {"Provenchères-et-Colroy", "88361", "MaPrimeRénov' parcours accompagné", 2'000'000, 2'000'000,
     2'041'237, 2'000'000, 41'237,
     "Versement reçu en trop de 412,37 € (compensation avec le dossier D26-0003)"},
    {"Corcieux", "88115", "MaPrimeAdapt'", 770'000, 770'000, 0, 770'000, 0, ""},
    {"Ban-de-Laveline", "88032", "MaPrimeRénov' parcours accompagné", 1'975'050, 592'515, 592'515,
     410'005, 0, ""},
    {"Moyenmoutier", "88319", "MaPrimeRénov' parcours accompagné", 2'600'000, 1'820'000, 0,
     1'500'000, -1'820'000,
     "Demande du 14/04/2026 rejetée : attestation d'achèvement manquante, pièce redemandée à "
     "l'entreprise"},
    {"Ban-sur-Meurthe-Clefcy", "88106", "MaPrimeRénov' parcours accompagné", 1'456'789, 1'456'789,
     1'456'789, 1'456'789, 0, ""},
    {"Étival-Clairefontaine", "88165", "MaPrimeRénov' parcours accompagné", -50'000, 0, 0, 0,
     -50'000,
     "Subvention retirée après abandon : reversement de 500,00 € constaté, non encore payé"},
};

inline std::string sample_dossier(std::size_t index) {
    const std::string number = std::to_string(index + 1);
    return "D26-" + std::string(4 - number.size(), '0') + number;
}

inline void add_movement(FunderReconciliation& data, std::size_t index, FigureState state,
                         std::int64_t cents, const char* event, Day day) {
    if (cents == 0) return;
    data.movements.push_back({.day = day,
                              .entry = 0,
                              .dossier = sample_dossier(index),
                              .event = event,
                              .piece = {},
                              .state = state,
                              .amount = Money::cents(cents),
                              .bank_reference = {}});
}

inline void number_movements(std::vector<MovementLine>& movements) {
    std::stable_sort(movements.begin(), movements.end(),
                     [](const MovementLine& a, const MovementLine& b) { return a.day < b.day; });
    std::int64_t entry = 900;
    for (MovementLine& line : movements) {
        line.entry = entry += 97;
        const std::string number = std::to_string(entry);
        line.piece = (line.state == FigureState::claimed ? "DP-2026-" : "PCE-2026-") + number;
        if (line.state == FigureState::received) line.bank_reference = "VIR ANAH 2026" + number;
    }
}

inline FunderReconciliation sample_reconciliation() {
    FunderReconciliation data{.funder = "Anah, délégation locale des Vosges",
                              .programme = "Habiter Mieux en Déodatie",
                              .petr = "PETR du Pays de la Déodatie",
                              .as_of = Day::of(2026, 10, 31),
                              .last_entry = 4'512,
                              .recorded_at = "02/11/2026 à 09 h 12",
                              .created = issued,
                              .grants = {},
                              .movements = {},
                              .ledger = {}};
    for (std::size_t i = 0; i < std::size(sample_grants); ++i) {
        const SampleGrant& g = sample_grants[i];
        const Day day = Day::of(2026, 1, 15).plus_days(static_cast<std::int64_t>(i) * 9);
        GrantFigures figures{Money::cents(g.notified),
                             Money::cents(g.claimed),
                             Money::cents(g.received),
                             Money::cents(g.paid),
                             Money::cents(g.notified - g.received),
                             Money::cents(g.difference)};
        data.grants.push_back({sample_dossier(i), "M-" + std::to_string(7'041 + i * 13), g.commune,
                               g.insee, g.aid, i == 5 ? std::nullopt : std::optional(day), figures,
                               g.reason});
        add_movement(data, i, FigureState::notified, g.notified, "Subvention notifiée", day);
        add_movement(data, i, FigureState::claimed, g.claimed, "Demande de paiement déposée",
                     day.plus_days(60));
        add_movement(data, i, FigureState::received, g.received, "Encaissement du financeur",
                     day.plus_days(95));
        data.ledger.notified += figures.notified;
        data.ledger.claimed += figures.claimed;
        data.ledger.received += figures.received;
        data.ledger.paid_to_contractors += figures.paid_to_contractors;
        data.ledger.outstanding += figures.outstanding;
        data.ledger.difference += figures.difference;
    }
    number_movements(data.movements);
    return data;
}

inline TreasuryPosition sample_treasury() {
    TreasuryPosition data{.programme = "Habiter Mieux en Déodatie",
                          .petr = "PETR du Pays de la Déodatie",
                          .as_of = Day::of(2026, 10, 31),
                          .last_entry = 4'512,
                          .recorded_at = "02/11/2026 à 09 h 12",
                          .created = issued,
                          .totals = {},
                          .dossiers = {},
                          .claims = {}};
    TreasuryTotals& t = data.totals;
    for (std::size_t i = 0; i < std::size(sample_grants); ++i) {
        const SampleGrant& g = sample_grants[i];
        const Money balance = Money::cents(g.received - g.paid);
        const Money exposure = balance.is_negative() ? -balance : Money();
        const Money held = balance.is_positive() ? balance : Money();
        const Money cover = Money::cents(std::max<std::int64_t>(g.notified - g.received, 0));
        const Money uncovered = exposure > cover ? exposure - cover : Money();
        const std::int64_t age = 12 + static_cast<std::int64_t>(i) * 31;
        std::array<Money, age_bucket_count> ageing{};
        const std::size_t bucket = age <= 30    ? 0
                                   : age <= 60  ? 1
                                   : age <= 90  ? 2
                                   : age <= 180 ? 3
                                                : 4;
        ageing.at(bucket) = exposure;
        const auto since =
            exposure.is_zero() ? std::nullopt : std::optional(data.as_of.plus_days(-age));
        data.dossiers.push_back({sample_dossier(i), "M-" + std::to_string(7'041 + i * 13),
                                 g.commune, exposure.is_zero() ? "Soldé" : "Travaux en cours",
                                 balance, exposure, held, Money::cents(i % 3 == 0 ? 125'050 : 0),
                                 cover, uncovered, since, age, ageing});
        t.exposure += exposure;
        t.funds_held += held;
        t.cover += cover;
        t.uncovered += uncovered;
        if (g.claimed <= g.received) continue;
        data.claims.push_back(
            {i % 2 == 0 ? "Anah, délégation locale des Vosges" : "Région Grand Est",
             sample_dossier(i), i % 3 == 0 ? "Avance" : "Solde", data.as_of.plus_days(-age),
             Money::cents(g.claimed), Money::cents(g.received),
             Money::cents(g.claimed - g.received), age});
    }
    t.cash = Money::euros(62'000);
    t.retention = Money::cents(151'225);
    t.repayments_due = Money::euros(500);
    t.committed_exposure = t.exposure + Money::euros(18'000);
    t.ceiling = Money::euros(150'000);
    t.free_cash = t.cash - t.funds_held - t.retention - t.repayments_due;
    return data;
}

}  // namespace deodat::reports::testing
