#include "ledger/dossiers/works.h"

#include "ledger/base/text.h"
#include "ledger/people/person.h"

namespace deodat::dossiers {
namespace {

constexpr std::size_t lines_max = 200;
constexpr std::size_t label_points_max = 200;
constexpr std::size_t number_points_max = 40;

bool is_vat_rate(std::int64_t bp) {
    return bp == 0 || bp == 550 || bp == 1'000 || bp == 2'000;
}

}  // namespace

Result<Done> check_line(const std::string& field, const WorksLine& line, Money tolerance) {
    if (auto label = clean_text(field + ".label", line.label, label_points_max); !label) {
        return label.refusal();
    }
    if (!line.ht.is_positive()) {
        return Refusal{Code::amount_not_positive, field + ".ht_cents",
                       "Le montant HT de la ligne « " + shown(line.label) +
                           " » doit être supérieur à zéro (lu : " + french(line.ht) + ")."};
    }
    if (!is_vat_rate(line.vat_bp)) {
        return Refusal{Code::out_of_range, field + ".vat_bp",
                       "Le taux de TVA de " + std::to_string(line.vat_bp) +
                           " points de base n'existe pas : attendu 0, 550, 1000 ou 2000."};
    }
    const Money expected =
        line.ht + part_of(line.ht, Ratio::basis_points(line.vat_bp), Rounding::half_up);
    const Money gap = line.ttc - expected;
    if (gap > tolerance || gap < -tolerance) {
        return Refusal{Code::malformed, field + ".ttc_cents",
                       "Ligne « " + shown(line.label) + " » : le TTC annoncé est de " +
                           french(line.ttc) + ", le HT et la TVA donnent " + french(expected) +
                           "."};
    }
    return Done{};
}

Result<QuoteId> add_quote(store::Transaction& tx, const AddQuote& command) {
    store::Database& db = tx.db();
    if (auto role = people::require_role(db, command.adviser, people::Role::adviser); !role) {
        return role.refusal();
    }
    if (auto dossier = open_dossier_of(db, command.dossier); !dossier) return dossier.refusal();
    const auto number = clean_text("quote.number", command.number, number_points_max);
    if (!number) return number.refusal();
    if (command.lines.empty() || command.lines.size() > lines_max) {
        return Refusal{Code::out_of_range, "quote.lines",
                       "Un devis compte de 1 à " + std::to_string(lines_max) + " lignes."};
    }
    for (std::size_t i = 0; i < command.lines.size(); ++i) {
        const std::string field = "quote.lines[" + std::to_string(i) + "]";
        if (auto line = check_line(field, command.lines[i], Money()); !line) return line.refusal();
    }
    auto used = db.select("SELECT 1 FROM quote WHERE contractor = ? AND number = ?",
                          command.contractor, *number);
    if (used.next()) {
        return Refusal{Code::duplicate, "quote.number",
                       "Cette entreprise a déjà un devis n° « " + *number + " »."};
    }
    const QuoteId id{
        db.insert("INSERT INTO quote (dossier, contractor, number, issued_on) VALUES (?, ?, ?, ?)",
                  command.dossier, command.contractor, *number, command.issued_on)};
    std::int64_t n = 0;
    for (const WorksLine& line : command.lines) {
        db.run("INSERT INTO quote_line VALUES (?, ?, ?, ?, ?, ?, ?, ?)", id, ++n, line.trade,
               line.label, line.ht, line.vat_bp, line.ttc, line.eligible);
    }
    db.run("UPDATE dossier SET version = version + 1 WHERE id = ?", command.dossier);
    return id;
}

std::optional<Quote> find_quote(store::Database& db, QuoteId id) {
    auto rows =
        db.select("SELECT dossier, contractor, number, issued_on FROM quote WHERE id = ?", id);
    if (!rows.next()) return std::nullopt;
    Quote quote{id, {rows.integer(0)}, {rows.integer(1)}, rows.text(2), rows.day(3), {}, {}};
    auto lines = db.select(
        "SELECT trade, label, ht_cents, vat_bp, ttc_cents, eligible FROM quote_line WHERE quote = ?"
        " ORDER BY line",
        id);
    while (lines.next()) {
        quote.lines.push_back({lines.text(0), lines.text(1), lines.money(2), lines.integer(3),
                               lines.money(4), lines.integer(5) != 0});
        quote.ttc += quote.lines.back().ttc;
    }
    return quote;
}

std::vector<Quote> quotes_of(store::Database& db, DossierId dossier) {
    std::vector<Quote> out;
    auto rows = db.select("SELECT id FROM quote WHERE dossier = ? ORDER BY id", dossier);
    while (rows.next()) {
        auto quote = find_quote(db, {rows.integer(0)});
        out.push_back(std::move(*quote));
    }
    return out;
}

}  // namespace deodat::dossiers
