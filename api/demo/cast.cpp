#include "api/demo/cast.h"

namespace deodat::demo {
namespace {

dossiers::WorksLine line(std::string trade, std::string label, std::int64_t ht_euros,
                         std::int64_t vat_bp) {
    const Money ht = Money::euros(ht_euros);
    const Money vat = part_of(ht, Ratio::basis_points(vat_bp), Rounding::half_up);
    return {std::move(trade), std::move(label), ht, vat_bp, ht + vat, true};
}

Siret siret(std::string_view eight_digits) {
    return siret_with_check_digit(siren_with_check_digit(eight_digits), "0001");
}

Iban account(std::string_view number) {
    return french_iban({"99998", "00003", number});
}

House taintrux() {
    return {
        Day::of(2025, 10, 20),
        {"Ménage Ferry", 2, 22'000, "88463", "owner_occupier"},
        {"88463", "house", 70, true, 95, "F", "C", 52},
        0,
        "DV-2025-118",
        {line("isolation_mur_ite", "Isolation des murs par l'extérieur, 120 m²", 21'600, 550),
         line("isolation_combles", "Isolation des combles, 80 m²", 4'400, 550)},
        Money(),
        dossiers::GivenAid{"local.commune_taintrux", "commune_taintrux",
                           "Prime énergie de la commune de Taintrux", Money::euros(1'500),
                           "Délibération du conseil municipal, hors barème : toiture sinistrée"},
        Turn::none,
        "revenus très modestes, aide de la commune décidée à la main"};
}

House gerardmer() {
    return {Day::of(2025, 10, 22),
            {"Ménage Colin", 3, 35'000, "88196", "owner_occupier"},
            {"88196", "house", 55, true, 120, "G", "C", 58},
            1,
            "2025/0457",
            {line("isolation_mur_ite", "Isolation des murs par l'extérieur, 140 m²", 25'200, 550),
             line("pompe_a_chaleur", "Pompe à chaleur air-eau", 13'400, 550)},
            Money(),
            {},
            Turn::anah_pays_less,
            "revenus modestes, l'Anah paiera 1 000 € de moins que notifié"};
}

House bruyeres() {
    return {Day::of(2025, 10, 27),
            {"Ménage Thiriet", 4, 60'000, "88078", "owner_occupier"},
            {"88078", "house", 80, true, 150, "F", "B", 66},
            0,
            "DV-2025-131",
            {line("isolation_mur_ite", "Isolation des murs par l'extérieur, 190 m²", 34'200, 550),
             line("menuiseries", "Fenêtres, 14 unités", 12'600, 550),
             line("ventilation", "Ventilation double flux", 8'200, 550)},
            Money::euros(2'900),
            {},
            Turn::anah_pays_late,
            "revenus intermédiaires, 55 000 € de travaux pour un plafond de 40 000 €, retenue de "
            "garantie,"
            " l'Anah tarde à payer"};
}

House raon() {
    return {Day::of(2025, 11, 3),
            {"Ménage Didier", 2, 50'000, "88372", "owner_occupier"},
            {"88372", "house", 40, true, 105, "E", "C", 41},
            2,
            "D-1042",
            {line("isolation_toiture", "Isolation de la toiture, 110 m²", 18'700, 550),
             line("electricite", "Mise en sécurité électrique", 4'800, 1'000)},
            Money(),
            {},
            Turn::none,
            "revenus supérieurs, deux taux de TVA"};
}

House fraize() {
    return {Day::of(2025, 11, 10),
            {"Ménage Antoine", 1, 15'000, "88181", "owner_occupier"},
            {"88181", "house", 90, true, 70, "G", "D", 49},
            1,
            "2025/0489",
            {line("isolation_mur_ite", "Isolation des murs par l'extérieur, 90 m²", 16'200, 550),
             line("isolation_plancher", "Isolation du plancher bas, 60 m²", 3'900, 550)},
            Money(),
            {},
            Turn::transfer_returned,
            "revenus très modestes, un virement sera rejeté par la banque"};
}

House granges() {
    return {Day::of(2025, 11, 24),
            {"Ménage Valentin", 5, 45'000, "88218", "owner_occupier"},
            {"88218", "house", 60, true, 130, "F", "C", 50},
            2,
            "D-1067",
            {line("isolation_mur_ite", "Isolation des murs par l'extérieur, 130 m²", 23'400, 550)},
            Money(),
            {},
            Turn::abandoned,
            "revenus modestes, abandonné avant travaux"};
}

}  // namespace

std::vector<House> houses() {
    return {taintrux(), gerardmer(), bruyeres(), raon(), fraize(), granges()};
}

std::vector<Firm> firms() {
    return {{siret("99900101"),
             "Isolation des Hautes-Vosges",
             "Saint-Dié-des-Vosges",
             "03 29 00 01 01",
             account("00000000101"),
             {}},
            {siret("99900102"), "Façades & Énergie Müller", "Gérardmer", "03 29 00 01 02",
             account("00000000202"), account("00000000203")},
            {siret("99900103"),
             "Toitures de la Plaine",
             "Raon-l'Étape",
             "03 29 00 01 03",
             account("00000000304"),
             {}}};
}

std::vector<FunderRole> funder_roles() {
    using Family = journal::FunderFamily;
    return {{"anah", "Anah", Family::state, 75, 60},
            {"region_grand_est", "Région Grand Est", Family::region, 60, 45},
            {"departement_vosges", "Département des Vosges", Family::department, 45, 30},
            {"epci_deodatie", "Intercommunalités de la Déodatie", Family::grouping, 40, 20},
            {"commune_taintrux", "Commune de Taintrux", Family::commune, 30, 15}};
}

Iban programme_account() {
    return french_iban({"99999", "00001", "00000000010"});
}

}  // namespace deodat::demo
