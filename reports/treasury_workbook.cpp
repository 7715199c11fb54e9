#include "reports/treasury_workbook.h"

#include <algorithm>
#include <map>

#include "reports/workbook.h"
#include "reports/workbook_formulas.h"

namespace deodat::reports {
namespace {

constexpr std::array<std::string_view, age_bucket_count> bucket_labels{
    "0 à 30 jours", "31 à 60 jours", "61 à 90 jours", "91 à 180 jours", "Plus de 180 jours"};

// Columns of the sheet of dossiers that the front page adds up.
constexpr int exposure_column = 5;
constexpr int funds_held_column = 6;
constexpr int cover_column = 8;
constexpr int uncovered_column = 9;

// Columns of the sheet of ages.
constexpr int first_bucket_column = 3;
constexpr int bucket_total_column = first_bucket_column + static_cast<int>(age_bucket_count);

std::string stated_at(const TreasuryPosition& data) {
    return "Arrêté au " + data.as_of.french() + ", écriture n° " + std::to_string(data.last_entry) +
           ", enregistrée le " + data.recorded_at;
}

std::size_t bucket_of(std::int64_t age_days) {
    constexpr std::array<std::int64_t, age_bucket_count - 1> last_days{30, 60, 90, 180};
    std::size_t bucket = 0;
    while (bucket < last_days.size() && age_days > last_days.at(bucket)) ++bucket;
    return bucket;
}

void open_sheet(Sheet& sheet, std::string_view title, const TreasuryPosition& data, int columns) {
    const std::vector<std::string> subtitles{data.programme + " — " + data.petr, stated_at(data)};
    sheet.banner(title, subtitles, columns);
    sheet.skip_row();
}

void write_dossiers(Sheet& sheet, const TreasuryPosition& data) {
    open_sheet(sheet, "Encours par dossier", data, 12);
    sheet.begin_table({{"Dossier", Kind::text, 12},
                       {"Ménage", Kind::text, 10},
                       {"Commune", Kind::wrapped_text, 26},
                       {"État", Kind::wrapped_text, 20},
                       {"Solde du dossier", Kind::money, 16, true},
                       {"Encours de préfinancement", Kind::money, 16, true},
                       {"Fonds détenus pour le ménage", Kind::money, 18, true},
                       {"Approuvé, à payer", Kind::money, 16, true},
                       {"Couverture attendue", Kind::money, 16, true},
                       {"Non couvert", Kind::money, 15, true},
                       {"Encours depuis le", Kind::day, 17},
                       {"Âge (jours)", Kind::integer, 10}});
    for (const DossierPosition& line : data.dossiers) {
        const auto age = line.exposed_since ? std::optional(line.age_days) : std::nullopt;
        sheet.row({line.dossier, line.household, line.commune, line.state, line.balance,
                   line.exposure, line.funds_held, line.approved_not_paid, line.cover,
                   line.uncovered, day_or_blank(line.exposed_since), whole_or_blank(age)});
    }
    if (data.dossiers.empty()) sheet.empty_table("Aucun dossier n'a d'encours à la date d'arrêté.");
    sheet.mark_not_zero(uncovered_column);
    sheet.end_table("Total");
}

void write_ageing(Sheet& sheet, const TreasuryPosition& data) {
    open_sheet(sheet, "Ancienneté de l'encours", data, bucket_total_column + 1);
    std::vector<Column> columns{{"Dossier", Kind::text, 14},
                                {"Ménage", Kind::text, 12},
                                {"Commune", Kind::wrapped_text, 28}};
    for (const std::string_view label : bucket_labels) {
        columns.push_back({std::string(label), Kind::money, 17, true});
    }
    columns.push_back({"Encours", Kind::money, 17, true});
    sheet.begin_table(std::move(columns));
    bool any = false;
    for (const DossierPosition& line : data.dossiers) {
        if (line.exposure.is_zero()) continue;
        any = true;
        std::vector<Cell> cells{line.dossier, line.household, line.commune};
        Money total;
        for (const Money amount : line.ageing) {
            // An age without money stays empty: the eye finds the others.
            if (amount.is_zero()) {
                cells.emplace_back();
            } else {
                cells.emplace_back(amount);
            }
            total += amount;
        }
        const int row = sheet.next_row();
        cells.emplace_back(Formula{"ROUND(SUM(" + cell_name({row, first_bucket_column}) + ":" +
                                       cell_name({row, bucket_total_column - 1}) + "),2)",
                                   total});
        sheet.row(cells);
    }
    if (!any) sheet.empty_table("Aucun dossier n'a d'encours à la date d'arrêté.");
    sheet.end_table("Total");
}

void write_claims(Sheet& sheet, const TreasuryPosition& data) {
    open_sheet(sheet, "Créances sur les financeurs", data, 9);
    sheet.begin_table({{"Financeur", Kind::wrapped_text, 34},
                       {"Dossier", Kind::text, 14},
                       {"Demande", Kind::wrapped_text, 16},
                       {"Déposée le", Kind::day, 13},
                       {"Demandé", Kind::money, 17, true},
                       {"Reçu", Kind::money, 17, true},
                       {"Restant à recevoir", Kind::money, 17, true},
                       {"Âge (jours)", Kind::integer, 13},
                       {"Tranche", Kind::text, 18}});
    for (const OpenClaim& claim : data.claims) {
        sheet.row({claim.funder, claim.dossier, claim.kind, claim.filed, claim.amount,
                   claim.received, claim.open, claim.age_days,
                   bucket_labels.at(bucket_of(claim.age_days))});
    }
    if (data.claims.empty()) {
        sheet.empty_table("Aucune demande n'est en attente de paiement à la date d'arrêté.");
    }
    sheet.end_table("Total");
}

// A line of the front page: label, amount, what it is.
void position_line(Sheet& sheet, std::string_view label, Cell amount, std::string_view meaning,
                   Look look = Look::body) {
    sheet.spans({{label, look},
                 {std::move(amount), look},
                 {meaning, look == Look::total ? look : Look::body, 3}},
                16);
}

void write_cash(Sheet& sheet, const Sheet& dossiers, const TreasuryPosition& data) {
    const TreasuryTotals& t = data.totals;
    sheet.line({"Trésorerie libre"}, Look::section, 20);
    const int cash = sheet.next_row();
    position_line(sheet, "Solde du compte au Trésor (515)", t.cash, "Compte de l'opération");
    position_line(sheet, "− Fonds détenus pour des ménages",
                  dossiers.sum_formula(funds_held_column),
                  "Soldes créditeurs des dossiers, jamais compensés entre ménages");
    position_line(sheet, "− Retenues de garantie", t.retention,
                  "Dues aux entreprises à leur échéance");
    position_line(sheet, "− Reversements dus aux financeurs", t.repayments_due,
                  "Constatés, non payés");
    const auto cell = [&](int offset) { return cell_name({cash + offset, 1}); };
    const Money free = t.cash - dossiers.sum(funds_held_column) - t.retention - t.repayments_due;
    position_line(
        sheet, "= Trésorerie libre",
        Formula{"ROUND(" + cell(0) + "-" + cell(1) + "-" + cell(2) + "-" + cell(3) + ",2)", free},
        "Ce qui peut être avancé sans toucher à l'argent d'autrui", Look::total);
}

void write_ceiling(Sheet& sheet, const Sheet& dossiers, const TreasuryPosition& data) {
    const TreasuryTotals& t = data.totals;
    sheet.line({"Encours de préfinancement et plafond"}, Look::section, 20);
    position_line(sheet, "Encours de préfinancement", dossiers.sum_formula(exposure_column),
                  "Avancé aux entreprises et pas encore reçu", Look::strong);
    position_line(sheet, "dont non couvert", dossiers.sum_formula(uncovered_column),
                  "Que ni financeur ni ménage ne doit plus apporter : à traiter");
    position_line(sheet, "Couverture attendue", dossiers.sum_formula(cover_column),
                  "Subventions notifiées à recevoir et part des ménages à appeler");
    const int committed = sheet.next_row();
    position_line(sheet, "Encours engagé", t.committed_exposure,
                  "Avec les paiements approuvés et les travaux commandés");
    position_line(sheet, "Plafond", t.ceiling, "Plafond de l'avance permanente");
    const std::string own = cell_name({committed, 1});
    const std::string most = cell_name({committed + 1, 1});
    position_line(sheet, "Marge sous le plafond",
                  Formula{"ROUND(" + most + "-" + own + ",2)", t.ceiling - t.committed_exposure},
                  "À comparer avant d'approuver un paiement", Look::total);
    const int row = sheet.next_row();
    position_line(
        sheet, "Utilisation du plafond", share_formula(own, most, t.committed_exposure, t.ceiling),
        t.ceiling.is_zero() ? "Aucun plafond n'est fixé" : "Encours engagé rapporté au plafond",
        Look::strong);
    sheet.bar({row, 1});
}

bool write_control(Sheet& sheet, const Sheet& dossiers, const Sheet& ageing, int free_cash_row,
                   const TreasuryPosition& data) {
    struct Control {
        std::string_view label;
        Formula lines;
        Money ledger;
    };
    const TreasuryTotals& t = data.totals;
    const Money free = t.cash - dossiers.sum(funds_held_column) - t.retention - t.repayments_due;
    const std::vector<Control> controls{
        {"Encours de préfinancement", dossiers.sum_formula(exposure_column), t.exposure},
        {"Encours, par ancienneté", ageing.sum_formula(bucket_total_column), t.exposure},
        {"Fonds détenus pour des ménages", dossiers.sum_formula(funds_held_column), t.funds_held},
        {"Couverture attendue", dossiers.sum_formula(cover_column), t.cover},
        {"Encours non couvert", dossiers.sum_formula(uncovered_column), t.uncovered},
        {"Trésorerie libre", {cell_name({free_cash_row, 1}), free}, t.free_cash}};
    sheet.line({"Contrôle : les lignes et le grand livre"}, Look::section, 20);
    sheet.spans({heading("Grandeur"), heading("Somme des lignes", Kind::money),
                 heading("Grand livre", Kind::money), heading("Lignes − grand livre", Kind::money),
                 heading("Résultat")},
                18);
    bool agrees = true;
    for (const Control& control : controls) {
        const auto cell = [&](int at) { return cell_name({sheet.next_row(), at}); };
        const Money difference = std::get<Money>(control.lines.value) - control.ledger;
        agrees = agrees && difference.is_zero();
        sheet.spans({{control.label, Look::strong},
                     {control.lines},
                     {control.ledger},
                     {Formula{"ROUND(" + cell(1) + "-" + cell(2) + ",2)", difference}},
                     {Formula{"IF(" + cell(3) + "=0,\"✔ concorde\",\"✘ écart\")",
                              difference.is_zero() ? "✔ concorde" : "✘ écart"},
                      Look::verdict}},
                    16);
    }
    return agrees;
}

void write_ages(Sheet& sheet, const Sheet& ageing) {
    sheet.line({"Ancienneté de l'encours"}, Look::section, 20);
    sheet.spans({heading("Tranche"), heading("Encours", Kind::money),
                 heading("Part de l'encours", Kind::rate_bp)},
                18);
    const int first = sheet.next_row();
    const std::string total = cell_name({first + static_cast<int>(age_bucket_count), 1});
    for (std::size_t i = 0; i < age_bucket_count; ++i) {
        const int column = first_bucket_column + static_cast<int>(i);
        const std::string own = cell_name({sheet.next_row(), 1});
        sheet.line({bucket_labels.at(i), ageing.sum_formula(column),
                    share_formula(own, total, ageing.sum(column), ageing.sum(bucket_total_column))},
                   Look::body, 16);
        sheet.bar({sheet.next_row() - 1, 2});
    }
    sheet.line({"Total", ageing.sum_formula(bucket_total_column), Cell()}, Look::total, 18);
}

struct FunderClaims {
    Money open;
    std::int64_t count = 0;
    std::int64_t oldest_days = 0;
};

void write_claims_by_funder(Sheet& sheet, const Sheet& claims, const TreasuryPosition& data) {
    std::map<std::string, FunderClaims> funders;
    for (const OpenClaim& claim : data.claims) {
        FunderClaims& own = funders[claim.funder];
        own.open += claim.open;
        ++own.count;
        own.oldest_days = std::max(own.oldest_days, claim.age_days);
    }
    sheet.line({"Créances ouvertes, par financeur"}, Look::section, 20);
    if (funders.empty()) return sheet.line({"Aucune demande n'est en attente."}, Look::note);
    sheet.spans(
        {heading("Financeur"), heading("Restant à recevoir", Kind::money),
         heading("Demandes", Kind::integer), heading("Plus ancienne (jours)", Kind::integer)},
        18);
    for (const auto& [funder, own] : funders) {
        const Formula open{"ROUND(SUMIF(" + claims.lines_of(0) + "," +
                               cell_name({sheet.next_row(), 0}) + "," + claims.lines_of(6) + "),2)",
                           own.open};
        sheet.line({funder, open, own.count, own.oldest_days}, Look::body, 16);
    }
    sheet.line({"Total", claims.sum_formula(6), Cell(), Cell()}, Look::total, 18);
}

}  // namespace

bool write_treasury_workbook(const std::filesystem::path& path, const TreasuryPosition& data) {
    Workbook workbook(path, {.title = "Trésorerie — " + data.programme,
                             .author = data.petr,
                             .stated_at = stated_at(data),
                             .created = data.created,
                             .temporary_directory = data.temporary_directory});
    Sheet& front = workbook.add_sheet("Trésorerie");
    Sheet& dossiers = workbook.add_sheet("Encours par dossier");
    Sheet& ageing = workbook.add_sheet("Ancienneté");
    Sheet& claims = workbook.add_sheet("Créances");
    write_dossiers(dossiers, data);
    write_ageing(ageing, data);
    write_claims(claims, data);

    front.portrait();
    front.widths({36, 20, 20, 22, 20});
    front.banner("Trésorerie de l'opération", {data.programme + " — " + data.petr, stated_at(data)},
                 5);
    front.skip_row();
    write_cash(front, dossiers, data);
    const int free_cash_row = front.next_row() - 1;
    front.skip_row();
    write_ceiling(front, dossiers, data);
    front.skip_row();
    const bool agrees = write_control(front, dossiers, ageing, free_cash_row, data);
    front.skip_row();
    write_ages(front, ageing);
    front.skip_row();
    write_claims_by_funder(front, claims, data);
    workbook.close();
    return agrees;
}

}  // namespace deodat::reports
