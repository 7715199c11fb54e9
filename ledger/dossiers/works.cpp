#include "ledger/dossiers/works.h"

#include "ledger/base/checks.h"
#include "ledger/base/text.h"
#include "ledger/people/person.h"

namespace deodat::dossiers {
namespace {

constexpr std::size_t lines_max = 200;
constexpr std::size_t label_points_max = 200;
constexpr std::size_t trade_points_max = 60;
constexpr std::size_t number_points_max = 40;

bool is_vat_rate(std::int64_t bp) {
    return bp == 0 || bp == 550 || bp == 1'000 || bp == 2'000;
}

Result<Done> check_line(const std::string& field, const WorksLine& line, Money tolerance) {
    if (auto label = clean_text(field + ".label", line.label, label_points_max); !label) {
        return label.refusal();
    }
    if (!line.trade.empty()) {
        const auto trade = clean_text(field + ".trade", line.trade, trade_points_max);
        if (!trade) return trade.refusal();
    }
    if (auto ht = require_amount(field + ".ht_cents", line.ht); !ht) return ht.refusal();
    if (auto ttc = require_amount(field + ".ttc_cents", line.ttc); !ttc) return ttc.refusal();
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

}  // namespace

Result<Money> check_lines(const std::string& field, const std::vector<WorksLine>& lines,
                          Money tolerance) {
    if (lines.empty() || lines.size() > lines_max) {
        return Refusal{Code::out_of_range, field,
                       "Il faut de 1 à " + std::to_string(lines_max) +
                           " lignes (lu : " + std::to_string(lines.size()) + ")."};
    }
    Money total;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto line = check_line(field + "[" + std::to_string(i) + "]", lines[i], tolerance);
        if (!line) return line.refusal();
        total += lines[i].ttc;
        if (auto bounded = require_amount(field, total); !bounded) return bounded.refusal();
    }
    return total;
}

Result<QuoteId> add_quote(store::Transaction& tx, const AddQuote& command) {
    store::Database& db = tx.db();
    if (auto role = people::require_role(db, command.adviser, people::Role::adviser); !role) {
        return role.refusal();
    }
    if (auto dossier = open_dossier_of(db, command.dossier); !dossier) return dossier.refusal();
    const auto number = clean_text("quote.number", command.number, number_points_max);
    if (!number) return number.refusal();
    if (auto total = check_lines("quote.lines", command.lines, Money()); !total) {
        return total.refusal();
    }
    if (auto dated = require_happened("quote.issued_on", command.issued_on, tx.today()); !dated) {
        return dated.refusal();
    }
    // Contractors have their room above this one: here one is only an id that must exist.
    if (!db.select("SELECT 1 FROM contractor WHERE id = ?", command.contractor).next()) {
        return Refusal{Code::not_found, "quote.contractor", "Cette entreprise n'existe pas."};
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
    Quote quote{
        id, {rows.integer(0)}, {rows.integer(1)}, rows.text_unless_erased(2), rows.day(3), {}, {}};
    auto lines = db.select(
        "SELECT trade, label, ht_cents, vat_bp, ttc_cents, eligible FROM quote_line WHERE quote = ?"
        " ORDER BY line",
        id);
    while (lines.next()) {
        quote.lines.push_back({lines.text(0), lines.text_unless_erased(1), lines.money(2),
                               lines.integer(3), lines.money(4), lines.integer(5) != 0});
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
