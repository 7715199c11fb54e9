#include "ledger/payments/commitment.h"

namespace deodat::payments {
namespace {

// What each kind of event moved on 8018 and on what is charged, by works order: the legs on 8018
// are the opposite of what is committed, ordered or returned there; those on charged commitments,
// what is paid.
constexpr std::string_view moved =
    "SELECT k.piece, k.event, sum(p.cents) FROM entry e"
    " JOIN entry k ON k.number = CASE e.reverses WHEN 0 THEN e.number ELSE e.reverses END"
    " JOIN posting p ON p.entry = e.number JOIN account a ON a.id = p.account"
    " WHERE k.event IN ('works_ordered', 'works_order_amended', 'works_order_finished',"
    "  'commitment_ordered', 'commitment_withdrawn', 'commitment_paid', 'commitment_unpaid')"
    " AND a.role IN ('works_ordered', 'commitment_charged')";

void add(Commitment& commitment, std::string_view event, Money cents) {
    if (event == "works_ordered" || event == "works_order_amended") {
        commitment.committed -= cents;
    } else if (event == "works_order_finished") {
        commitment.returned += cents;
    } else if (event == "commitment_ordered" || event == "commitment_withdrawn") {
        commitment.ordered += cents;
    } else {
        commitment.ordered -= cents;
        commitment.paid += cents;
    }
}

}  // namespace

Commitment commitment_of(store::Database& db, std::string_view reference) {
    // Through the dossier, whose postings are indexed.
    static const std::string sql =
        std::string(moved) +
        " AND e.number IN (SELECT entry FROM posting WHERE dossier ="
        "  (SELECT dossier FROM works_order WHERE reference = ?1)) AND k.piece = ?1"
        " GROUP BY k.event";
    Commitment out;
    auto rows = db.select(sql, reference);
    while (rows.next()) add(out, rows.text(1), rows.money(2));
    return out;
}

std::map<std::string, Commitment> commitments(store::Database& db) {
    static const std::string sql = std::string(moved) + " GROUP BY k.piece, k.event";
    std::map<std::string, Commitment> out;
    auto rows = db.select(sql);
    while (rows.next()) add(out[rows.text(0)], rows.text(1), rows.money(2));
    return out;
}

}  // namespace deodat::payments
