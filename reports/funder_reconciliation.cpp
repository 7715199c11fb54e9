#include "reports/funder_reconciliation.h"

#include <algorithm>
#include <array>

#include "reports/workbook.h"
#include "reports/workbook_formulas.h"

namespace deodat::reports {
namespace {

constexpr int summary_columns = 6;
constexpr std::size_t differences_shown_max = 12;

// Columns of the sheet of grants that hold amounts, in the order of GrantFigures.
constexpr int first_amount = 6;

struct Figure {
    std::string_view label;
    std::string_view meaning;
    Money GrantFigures::*member;
    bool has_movements;
};

constexpr std::array figures{
    Figure{"Notifié", "Subventions notifiées par le financeur, avenants compris",
           &GrantFigures::notified, true},
    Figure{"Demandé", "Avances, acomptes et soldes demandés au financeur", &GrantFigures::claimed,
           true},
    Figure{"Encaissé", "Versements reçus du financeur sur le compte de l'opération",
           &GrantFigures::received, true},
    Figure{"Payé aux entreprises", "Part des paiements aux entreprises imputée à ces subventions",
           &GrantFigures::paid_to_contractors, false},
    Figure{"Restant dû", "Ce que le financeur doit encore verser", &GrantFigures::outstanding,
           false},
    Figure{"Écart", "Différences expliquées ligne à ligne, feuille « Subventions »",
           &GrantFigures::difference, false},
};

std::string stated_at(const FunderReconciliation& data) {
    return "Arrêté au " + data.as_of.french() + ", écriture n° " + std::to_string(data.last_entry) +
           ", enregistrée le " + data.recorded_at;
}

Money movements_total(const FunderReconciliation& data, FigureState state) {
    Money total;
    for (const MovementLine& line : data.movements) {
        if (line.state == state) total += line.amount;
    }
    return total;
}

void write_grants(Sheet& sheet, const FunderReconciliation& data) {
    const std::vector<std::string> subtitles{data.funder + " — " + data.programme, stated_at(data)};
    sheet.banner("Subventions", subtitles, 13);
    sheet.skip_row();
    sheet.begin_table({{"Dossier", Kind::text, 11},
                       {"Ménage", Kind::text, 10},
                       {"Commune", Kind::wrapped_text, 24},
                       {"INSEE", Kind::text, 8},
                       {"Aide", Kind::wrapped_text, 25},
                       {"Notifiée le", Kind::day, 12},
                       {"Notifié", Kind::money, 16, true},
                       {"Demandé", Kind::money, 16, true},
                       {"Encaissé", Kind::money, 16, true},
                       {"Payé aux entreprises", Kind::money, 16, true},
                       {"Restant dû", Kind::money, 16, true},
                       {"Écart", Kind::money, 16, true},
                       {"Motif de l'écart", Kind::wrapped_text, 36}});
    for (const GrantLine& line : data.grants) {
        const GrantFigures& f = line.figures;
        sheet.row({line.dossier, line.household, line.commune, line.insee, line.aid,
                   day_or_blank(line.notified_on), f.notified, f.claimed, f.received,
                   f.paid_to_contractors, f.outstanding, f.difference, line.difference_reason});
    }
    if (data.grants.empty()) {
        sheet.empty_table("Aucune subvention de ce financeur n'était notifiée à la date d'arrêté.");
    }
    sheet.mark_not_zero(first_amount + 5);
    sheet.end_table("Total");
}

// The running total of receipts: the previous line's plus this line's.
Formula running(const Sheet& sheet, int amount_column, int running_column, Money total) {
    const int row = sheet.next_row();
    const std::string amount = cell_name({row, amount_column});
    if (row == sheet.first_line()) return {"N(" + amount + ")", total};
    return {"ROUND(" + cell_name({row - 1, running_column}) + "+N(" + amount + "),2)", total};
}

void write_movements(Sheet& sheet, const FunderReconciliation& data) {
    constexpr int first_state = 5;
    constexpr int received_column = 7;
    constexpr int running_column = 9;
    const std::vector<std::string> subtitles{data.funder + " — " + data.programme, stated_at(data)};
    sheet.banner("Mouvements", subtitles, 11);
    sheet.skip_row();
    sheet.begin_table({{"Date", Kind::day, 12},
                       {"Écriture", Kind::integer, 11},
                       {"Dossier", Kind::text, 12},
                       {"Évènement", Kind::wrapped_text, 30},
                       {"Pièce", Kind::wrapped_text, 20},
                       {"Notifié", Kind::money, 16, true},
                       {"Demandé", Kind::money, 16, true},
                       {"Encaissé", Kind::money, 16, true},
                       {"Payé aux entreprises", Kind::money, 16, true},
                       {"Encaissé cumulé", Kind::money, 16},
                       {"Référence bancaire", Kind::wrapped_text, 26}});
    Money received;
    for (const MovementLine& line : data.movements) {
        if (line.state == FigureState::received) received += line.amount;
        std::vector<Cell> cells{line.day, line.entry, line.dossier, line.event, line.piece};
        cells.resize(11);
        cells[first_state + static_cast<std::size_t>(line.state)] = line.amount;
        cells[running_column] = running(sheet, received_column, running_column, received);
        cells[10] = line.bank_reference;
        sheet.row(cells);
    }
    if (data.movements.empty()) {
        sheet.empty_table(
            "Aucun mouvement n'était enregistré pour ce financeur à la date d'arrêté.");
    }
    sheet.end_table("Total");
}

void write_totals(Sheet& sheet, const Sheet& grants) {
    sheet.line({"Totaux par état"}, Look::section, 20);
    sheet.spans({heading("État"), heading("Montant", Kind::money),
                 heading("Part du notifié", Kind::rate_bp),
                 heading("Ce que le montant compte", Kind::text, 3)},
                18);
    const std::string notified_cell = cell_name({sheet.next_row(), 1});
    for (std::size_t i = 0; i < figures.size(); ++i) {
        const int column = first_amount + static_cast<int>(i);
        const std::string own = cell_name({sheet.next_row(), 1});
        const Formula share =
            share_formula(own, notified_cell, grants.sum(column), grants.sum(first_amount));
        sheet.spans({{figures.at(i).label, Look::strong},
                     {grants.sum_formula(column), Look::strong},
                     {share},
                     {figures.at(i).meaning, Look::body, 3}},
                    16);
    }
}

// One line of the control: lines, movements (where there are some), ledger, difference, verdict.
bool write_control_line(Sheet& sheet, const Sheet& grants, const Sheet& movements,
                        const FunderReconciliation& data, std::size_t index) {
    const Figure& figure = figures.at(index);
    const int column = first_amount + static_cast<int>(index);
    const Money lines = grants.sum(column);
    const Money ledger = data.ledger.*figure.member;
    const auto cell = [&](int at) { return cell_name({sheet.next_row(), at}); };
    std::string agrees = cell(4) + "=0";
    bool moved_as_stated = true;
    Cell moved;
    if (figure.has_movements) {
        const Money total = movements_total(data, static_cast<FigureState>(index));
        moved = movements.sum_formula(5 + static_cast<int>(index));
        moved_as_stated = total == lines;
        agrees = "AND(" + agrees + ",ROUND(" + cell(1) + "-" + cell(2) + ",2)=0)";
    }
    const bool all_agree = lines == ledger && moved_as_stated;
    sheet.spans({{figure.label, Look::strong},
                 {grants.sum_formula(column)},
                 {moved},
                 {ledger},
                 {Formula{"ROUND(" + cell(1) + "-" + cell(3) + ",2)", lines - ledger}},
                 {Formula{"IF(" + agrees + ",\"✔ concorde\",\"✘ écart\")",
                          all_agree ? "✔ concorde" : "✘ écart"},
                  Look::verdict}},
                16);
    return all_agree;
}

bool write_control(Sheet& sheet, const Sheet& grants, const Sheet& movements,
                   const FunderReconciliation& data) {
    sheet.line({"Contrôle : les lignes, les mouvements et le grand livre"}, Look::section, 20);
    sheet.spans({heading("Grandeur"), heading("Somme des lignes", Kind::money),
                 heading("Somme des mouvements", Kind::money), heading("Grand livre", Kind::money),
                 heading("Lignes − grand livre", Kind::money), heading("Résultat")},
                32);
    const int first = sheet.next_row();
    bool agrees = true;
    for (std::size_t i = 0; i < figures.size(); ++i) {
        agrees = write_control_line(sheet, grants, movements, data, i) && agrees;
    }
    const std::string verdicts = cell_name({first, 5}) + ":" + cell_name({sheet.next_row() - 1, 5});
    const std::string yes = "✔ Toutes les grandeurs concordent avec le grand livre.";
    const std::string no = "✘ Une grandeur au moins ne concorde pas : ce document est à revoir.";
    sheet.spans({{Formula{"IF(COUNTIF(" + verdicts + ",\"✔*\")=" + std::to_string(figures.size()) +
                              ",\"" + yes + "\",\"" + no + "\")",
                          agrees ? yes : no},
                  Look::verdict},
                 {{}, Look::verdict},
                 {{}, Look::verdict},
                 {{}, Look::verdict},
                 {{}, Look::verdict},
                 {{}, Look::verdict}},
                18);
    return agrees;
}

void write_differences(Sheet& sheet, const FunderReconciliation& data) {
    sheet.line({"Écarts expliqués"}, Look::section, 20);
    std::vector<const GrantLine*> different;
    for (const GrantLine& line : data.grants) {
        if (!line.figures.difference.is_zero()) different.push_back(&line);
    }
    if (different.empty()) return sheet.line({"Aucun écart à la date d'arrêté."}, Look::note);
    sheet.spans(
        {heading("Dossier"), heading("Écart", Kind::money), heading("Motif", Kind::text, 4)}, 18);
    constexpr int reason_digits = 76;
    for (std::size_t i = 0; i < std::min(different.size(), differences_shown_max); ++i) {
        const std::string_view given = different[i]->difference_reason;
        const std::string_view reason = given.empty() ? "Motif à préciser" : given;
        sheet.spans({{different[i]->dossier, Look::body},
                     {different[i]->figures.difference},
                     {reason, Look::body, 4}},
                    wrapped_height_points(reason, reason_digits));
    }
    if (different.size() <= differences_shown_max) return;
    const std::string rest = std::to_string(different.size() - differences_shown_max) +
                             " autres écarts : feuille « Subventions », colonne « Écart ».";
    sheet.line({rest}, Look::note);
}

void write_signatures(Sheet& sheet, const FunderReconciliation& data) {
    sheet.skip_row();
    const std::string officer = "Pour le " + data.petr + ", l'ordonnateur\nDate et signature :";
    sheet.spans({{officer, Look::box, 2},
                 {{}, Look::note},
                 {"Vu et certifié conforme aux écritures, le comptable public\nDate et signature :",
                  Look::box, 3}},
                76);
}

bool write_summary(Sheet& sheet, const Sheet& grants, const Sheet& movements,
                   const FunderReconciliation& data) {
    sheet.portrait();
    sheet.widths({27, 19, 21, 19, 19, 18});
    sheet.banner("État de rapprochement des subventions",
                 {data.funder + " — " + data.programme, data.petr, stated_at(data)},
                 summary_columns);
    sheet.skip_row();
    write_totals(sheet, grants);
    sheet.skip_row();
    const bool agrees = write_control(sheet, grants, movements, data);
    sheet.skip_row();
    write_differences(sheet, data);
    write_signatures(sheet, data);
    return agrees;
}

}  // namespace

bool write_funder_reconciliation(const std::filesystem::path& path,
                                 const FunderReconciliation& data) {
    Workbook workbook(path, {.title = "Rapprochement — " + data.funder,
                             .author = data.petr,
                             .stated_at = stated_at(data),
                             .created = data.created,
                             .temporary_directory = data.temporary_directory});
    Sheet& summary = workbook.add_sheet("Synthèse");
    Sheet& grants = workbook.add_sheet("Subventions");
    Sheet& movements = workbook.add_sheet("Mouvements");
    write_grants(grants, data);
    write_movements(movements, data);
    const bool agrees = write_summary(summary, grants, movements, data);
    workbook.close();
    return agrees;
}

}  // namespace deodat::reports
