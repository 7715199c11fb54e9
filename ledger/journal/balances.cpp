#include "ledger/journal/balances.h"

namespace deodat::journal {
namespace {

// Postings of a role as of two dates. A dossier's are few and have their index; an account's may be
// millions.
std::string postings_where(const Selection& selection) {
    return std::string(selection.dossier ? " WHERE p.dossier = ?3 AND +p.account IN"
                                         : " WHERE ?3 = 0 AND p.account IN") +
           " (SELECT id FROM account WHERE role = ?1)"
           " AND (?2 = 0 OR e.programme = ?2) AND (?4 = 0 OR p.funder = ?4)"
           " AND (?5 = 0 OR p.contractor = ?5) AND e.day <= ?6 AND e.number <= ?7";
}

}  // namespace

AsOf as_of_everything(store::Database& db) {
    return {Day::of(2199, 12, 31), last_entry(db)};
}

Money balance(store::Database& db, Role role, const Selection& selection,
              const std::optional<AsOf>& as_of) {
    if (as_of) {
        auto rows = db.select(
            "SELECT coalesce(sum(p.cents), 0) FROM posting p JOIN entry e ON e.number = p.entry" +
                postings_where(selection),
            role_name(role), selection.programme, selection.dossier, selection.funder,
            selection.contractor, as_of->day, as_of->entry);
        rows.next();
        return rows.money(0);
    }
    // A dossier has few balances, a role as many as there are dossiers: where one is named, its own
    // are looked up.
    constexpr std::string_view of_dossier =
        "SELECT coalesce(sum(b.cents), 0) FROM balance b"
        " WHERE b.dossier = ?3 AND b.account IN (SELECT id FROM account WHERE role = ?1)"
        "  AND (?2 = 0 OR b.programme = ?2) AND (?4 = 0 OR b.funder = ?4)"
        "  AND (?5 = 0 OR b.contractor = ?5)";
    constexpr std::string_view of_all =
        "SELECT coalesce(sum(b.cents), 0) FROM balance b"
        " WHERE ?3 = 0 AND b.account IN (SELECT id FROM account WHERE role = ?1)"
        "  AND (?2 = 0 OR b.programme = ?2) AND (?4 = 0 OR b.funder = ?4)"
        "  AND (?5 = 0 OR b.contractor = ?5)";
    auto rows =
        db.select(selection.dossier ? of_dossier : of_all, role_name(role), selection.programme,
                  selection.dossier, selection.funder, selection.contractor);
    rows.next();
    return rows.money(0);
}

Money turnover(store::Database& db, Role role, Event event, const Selection& selection,
               const std::optional<AsOf>& as_of) {
    const AsOf seen = as_of ? *as_of : as_of_everything(db);
    auto rows = db.select(
        "SELECT coalesce(sum(p.cents), 0) FROM posting p JOIN entry e ON e.number = p.entry"
        " JOIN entry o ON o.number = CASE e.reverses WHEN 0 THEN e.number ELSE e.reverses END" +
            postings_where(selection) + " AND o.event = ?8",
        role_name(role), selection.programme, selection.dossier, selection.funder,
        selection.contractor, seen.day, seen.entry, event_name(event));
    rows.next();
    return rows.money(0);
}

std::vector<AccountBalance> account_balances(store::Database& db,
                                             const std::optional<AsOf>& as_of) {
    std::vector<AccountBalance> out;
    const auto take = [&](store::Rows rows) {
        while (rows.next()) out.push_back({rows.text(0), rows.text(1), rows.money(2)});
    };
    if (as_of) {
        take(
            db.select("SELECT a.number, a.label, sum(p.cents) FROM posting p JOIN account a"
                      " ON a.id = p.account JOIN entry e ON e.number = p.entry"
                      " WHERE e.day <= ? AND e.number <= ? GROUP BY a.number ORDER BY a.number",
                      as_of->day, as_of->entry));
    } else {
        take(db.select(
            "WITH summed AS MATERIALIZED (SELECT number, label,"
            "  (SELECT sum(cents) FROM balance WHERE account = a.id) AS cents FROM account a)"
            "SELECT number, label, sum(cents) FROM summed WHERE cents IS NOT NULL"
            " GROUP BY number ORDER BY number"));
    }
    return out;
}

}  // namespace deodat::journal
