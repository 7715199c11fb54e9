#include "ledger/audit/audit.h"

#include <array>
#include <map>

#include "ledger/audit/anchor.h"
#include "ledger/audit/erasure_check.h"
#include "ledger/audit/limit_check.h"
#include "ledger/audit/record_check.h"
#include "ledger/dossiers/plan.h"
#include "ledger/journal/periods.h"
#include "ledger/payments/commitment.h"
#include "ledger/payments/payment_order.h"

namespace deodat::audit {
namespace {

using journal::Role;

// What the tables say the balance of some accounts is, by dossier, funder and contractor (0: none),
// debit above zero. Rows of one key add up.
struct Agreement {
    std::string_view what;
    Role role;
    Role and_role;  // the same one, or a second one that adds to it
    std::string_view expected;
};

// What the agreements are written on: claims with their grant; invoices taken in charge, and those
// whose part of the commitment is ordered; transfers that have left the account, come back or not,
// and whether they settle an ordered commitment.
constexpr std::string_view with =
    "WITH claimed AS ("
    " SELECT g.dossier, g.funder, c.cents, c.received_cents, c.reduced_cents, c.title, d.state"
    " FROM claim c JOIN funder_grant g ON g.id = c.funder_grant JOIN dossier d ON d.id = g.dossier"
    "), ordered AS ("
    " SELECT w.reference, w.dossier, i.contractor, i.id AS invoice, o.taken_in_charge,"
    "  (SELECT sum(ttc_cents) FROM invoice_line WHERE invoice = i.id) AS ttc_cents"
    " FROM payment_order o JOIN invoice i ON i.id = o.invoice"
    " JOIN works_order w ON w.id = i.works_order WHERE o.ordered = 1"
    "), charged AS ("
    " SELECT w.dossier, i.contractor, i.retention_cents, d.state, o.ordered,"
    "  (SELECT sum(ttc_cents) FROM invoice_line WHERE invoice = i.id) AS ttc_cents"
    " FROM payment_order o JOIN invoice i ON i.id = o.invoice"
    " JOIN works_order w ON w.id = i.works_order JOIN dossier d ON d.id = w.dossier"
    " WHERE o.purpose = 'works' AND o.taken_in_charge = 1"
    "), settled AS ("
    " SELECT w.reference, w.dossier, i.contractor, t.cents, t.state, t.attempt, o.purpose,"
    "  i.id IN (SELECT invoice FROM ordered) AS ordered"
    " FROM transfer t JOIN payment_order o ON o.id = t.payment_order"
    " JOIN invoice i ON i.id = o.invoice JOIN works_order w ON w.id = i.works_order"
    " WHERE t.state IN ('paid', 'returned')) ";

constexpr auto agreements = std::to_array<Agreement>({
    {"Subventions notifiées et non titrées", Role::grant_notified, Role::grant_notified,
     "SELECT dossier, funder, 0, coalesce(notified_cents, 0) - refused_cents FROM funder_grant"
     " UNION ALL SELECT dossier, funder, 0, -cents FROM claimed WHERE title IS NOT NULL"},
    {"Titres sur les financeurs", Role::funder_receivable, Role::funder_receivable,
     "SELECT dossier, funder, 0, cents - received_cents - reduced_cents FROM claimed"
     " WHERE title IS NOT NULL"},
    {"Demandes de paiement", Role::claim_filed, Role::claim_filed,
     "SELECT dossier, funder, 0, cents - received_cents - reduced_cents FROM claimed"},
    {"Appels au ménage", Role::household_receivable, Role::household_receivable,
     "SELECT dossier, 0, 0, cents - received_cents FROM household_call"},
    {"Travaux commandés", Role::works_ordered, Role::works_ordered,
     "SELECT dossier, 0, contractor, given_up_cents - cents FROM works_order"
     " UNION ALL SELECT dossier, 0, contractor, ttc_cents FROM ordered"
     " UNION ALL SELECT dossier, 0, contractor, ttc_cents FROM charged WHERE ordered = 0"},
    {"Paiements approuvés", Role::commitment_ordered, Role::commitment_ordered,
     "SELECT dossier, 0, contractor, -ttc_cents FROM ordered WHERE taken_in_charge = 0"},
    {"Paiements pris en charge", Role::commitment_charged, Role::commitment_charged,
     "SELECT dossier, 0, contractor, -ttc_cents FROM charged WHERE ordered = 1 UNION ALL"
     " SELECT dossier, 0, contractor, cents FROM settled WHERE state = 'paid' AND ordered = 1"},
    {"Entreprises à payer", Role::contractor_payable, Role::contractor_payable,
     "SELECT dossier, 0, contractor, retention_cents - ttc_cents FROM charged UNION ALL"
     " SELECT dossier, 0, contractor, cents FROM settled WHERE attempt = 1 AND purpose = 'works'"},
    {"Retenues de garantie", Role::contractor_retention, Role::contractor_retention,
     "SELECT dossier, 0, contractor, -retention_cents FROM charged UNION ALL SELECT dossier, 0,"
     " contractor, cents FROM settled WHERE attempt = 1 AND purpose = 'retention'"},
    {"Virements rejetés", Role::returned_transfer, Role::returned_transfer,
     "SELECT dossier, 0, contractor, -cents FROM settled WHERE state = 'returned' UNION ALL"
     " SELECT dossier, 0, contractor, cents FROM settled WHERE attempt > 1"},
    {"Dépenses du dossier", Role::mandate_expenditure, Role::mandate_expenditure,
     "SELECT dossier, 0, 0, ttc_cents FROM charged WHERE state <> 'closed'"},
    // What a funder does not pay is called from the household or borne: it stays a revenue.
    {"Recettes du dossier", Role::mandate_revenue, Role::mandate_revenue,
     "SELECT dossier, 0, 0, -cents FROM claimed WHERE title IS NOT NULL AND state <> 'closed'"
     " UNION ALL SELECT h.dossier, 0, 0, -h.cents FROM household_call h"
     " JOIN dossier d ON d.id = h.dossier WHERE h.claim IS NULL AND d.state <> 'closed'"},
    {"Différences supportées", Role::loss_borne, Role::loss_borne,
     "SELECT dossier, 0, 0, reduced_cents FROM claimed UNION ALL"
     " SELECT dossier, 0, 0, -cents FROM household_call WHERE claim IS NOT NULL"},
    // Money received before its title is in both accounts, with opposite signs.
    {"Trésorerie du dossier", Role::cash, Role::household_early_receipt,
     "SELECT dossier, 0, 0, received_cents FROM claimed UNION ALL"
     " SELECT dossier, 0, 0, received_cents FROM household_call UNION ALL"
     " SELECT dossier, 0, 0, -cents FROM settled WHERE state = 'paid'"},
});

// What must not exist: a query that names each case.
struct Forbidden {
    std::string_view what;
    std::string_view cases;
};

constexpr auto forbidden = std::to_array<Forbidden>({
    {"Plus demandé que notifié",
     "SELECT d.reference || ' – ' || g.label FROM funder_grant g JOIN dossier d ON d.id = g.dossier"
     " WHERE (SELECT coalesce(sum(cents), 0) FROM claim WHERE funder_grant = g.id)"
     "  > coalesce(g.notified_cents, 0) - g.refused_cents"},
    {"Plus payé qu'approuvé",
     "SELECT o.number FROM payment_order o WHERE o.cents <"
     " (SELECT coalesce(sum(cents), 0) FROM transfer WHERE payment_order = o.id"
     "  AND state <> 'returned')"},
    {"Ordre sans trois personnes distinctes",
     "SELECT number FROM payment_order WHERE approved_by = made_by"
     " OR released_by IN (made_by, approved_by)"
     " OR (released_by IS NOT NULL AND approved_by IS NULL)"},
    {"Ménage débiteur d'un versement avant titre",
     "SELECT d.reference FROM balance b JOIN account a ON a.id = b.account"
     " JOIN dossier d ON d.id = b.dossier"
     " WHERE a.role = 'household_early_receipt' AND b.cents > 0"},
    {"Mouvement de banque qui n'est pas celui de son écriture",
     "SELECT s.identification || '/' || m.ordinal FROM bank_movement m"
     " JOIN bank_statement s ON s.id = m.statement WHERE m.entry IS NOT NULL AND m.cents <>"
     " (SELECT coalesce(sum(p.cents), 0) FROM posting p JOIN account a ON a.id = p.account"
     "  WHERE p.entry = m.entry AND a.role = 'cash')"},
    {"Relevé dont le solde final n'est pas celui de ses mouvements",
     "SELECT s.identification FROM bank_statement s WHERE s.closing_cents <> s.opening_cents"
     " + s.known_cents + (SELECT coalesce(sum(m.cents), 0) FROM bank_movement m"
     "  WHERE m.statement = s.id)"},
    {"Écriture de deux mouvements de banque",
     "SELECT entry FROM bank_movement WHERE entry IS NOT NULL GROUP BY entry HAVING count(*) > 1"},
    // A transfer may come back after the end: it is then in cash and in returned transfers, and its
    // commitment is charged again.
    {"Dossier fini dont un compte n'est pas nul",
     "SELECT d.reference || ' – ' || a.number FROM balance b JOIN account a ON a.id = b.account"
     " JOIN dossier d ON d.id = b.dossier WHERE d.state <> 'open'"
     " AND a.role NOT IN ('loss_borne', 'cash', 'returned_transfer', 'commitment_charged',"
     "  'works_ordered_counterpart')"
     " GROUP BY d.id, a.id HAVING sum(b.cents) <> 0"},
});

std::string dossier_name(store::Database& db, DossierId id) {
    const auto dossier = dossiers::find_dossier(db, id);
    return dossier ? dossier->reference : "inconnu n° " + std::to_string(id.value);
}

void check_agreement(journal::Verification& result, store::Database& db,
                     const Agreement& agreement) {
    auto rows = db.select(
        std::string(with) +
            "SELECT dossier, sum(cents) FROM ("
            "SELECT 0 AS dossier, 0 AS funder, 0 AS contractor, 0 AS cents WHERE 0 UNION ALL " +
            std::string(agreement.expected) +
            " UNION ALL SELECT b.dossier, b.funder, b.contractor, -b.cents FROM balance b"
            " JOIN account a ON a.id = b.account WHERE a.role IN (?1, ?2) AND b.dossier <> 0"
            // What a dossier opened with stands before all that its tables say: in the first entry
            // that moves anything.
            " UNION ALL SELECT p.dossier, p.funder, p.contractor, p.cents FROM entry e"
            " JOIN posting p ON p.entry = e.number JOIN account a ON a.id = p.account"
            " WHERE e.number = (SELECT min(entry) FROM posting) AND e.event = ?3 AND a.role IN "
            "(?1, ?2) AND p.dossier <> 0)"
            " GROUP BY dossier, funder, contractor HAVING sum(cents) <> 0",
        journal::role_name(agreement.role), journal::role_name(agreement.and_role),
        journal::event_name(journal::Event::opening_balance_taken));
    while (rows.next()) {
        journal::add_fault(result, {},
                           std::string(agreement.what) + ", dossier " +
                               dossier_name(db, {rows.integer(0)}) +
                               " : le dossier et le journal diffèrent de " +
                               std::to_string(rows.integer(1)) + " centimes.");
    }
}

// What the tables say of each works order is what the journal alone says, and no part of it is
// below zero.
void check_commitments(journal::Verification& result, store::Database& db) {
    auto told = payments::commitments(db);
    auto rows = db.select(std::string(with) +
                          "SELECT reference, sum(committed), sum(ordered), sum(paid), sum(returned)"
                          " FROM (SELECT reference, cents AS committed, 0 AS ordered, 0 AS paid,"
                          "  given_up_cents AS returned FROM works_order UNION ALL"
                          " SELECT reference, 0, ttc_cents, 0, 0 FROM ordered UNION ALL"
                          " SELECT reference, 0, -cents, cents, 0 FROM settled"
                          "  WHERE state = 'paid' AND ordered = 1) GROUP BY reference");
    const auto fault = [&](const std::string& reference, const std::string& what) {
        journal::add_fault(result, {}, "Engagement de la commande " + reference + " : " + what);
    };
    while (rows.next()) {
        const payments::Commitment c = told[rows.text(0)];
        told.erase(rows.text(0));
        if (c.committed != rows.money(1) || c.ordered != rows.money(2) || c.paid != rows.money(3) ||
            c.returned != rows.money(4)) {
            fault(rows.text(0), "le dossier et le journal diffèrent.");
        }
        for (const Money part : {c.open(), c.ordered, c.paid, c.returned}) {
            if (part.is_negative()) fault(rows.text(0), "plus utilisé qu'engagé.");
        }
    }
    for (const auto& [reference, c] : told) fault(reference, "la commande n'existe plus.");
}

void check_forbidden(journal::Verification& result, store::Database& db, const Forbidden& rule) {
    auto rows = db.select(rule.cases);
    while (rows.next()) {
        journal::add_fault(result, {}, std::string(rule.what) + " : " + rows.text(0) + ".");
    }
}

// What was approved, or refused, is what the order still says, and what the chain holds.
void check_approvals(journal::Verification& result, store::Database& db) {
    struct Sealed {
        std::string digest;
        bool refused = false;
    };
    std::map<std::string, Sealed> chained;  // the last decision on each order
    auto entries =
        db.select("SELECT piece, digest, event FROM entry WHERE event IN (?1, ?2) ORDER BY number",
                  journal::event_name(journal::Event::order_approved),
                  journal::event_name(journal::Event::order_refused));
    while (entries.next()) {
        chained[entries.text(0)] = {
            entries.bytes(1),
            entries.text(2) == journal::event_name(journal::Event::order_refused)};
    }
    auto rows = db.select("SELECT id FROM payment_order ORDER BY id");
    while (rows.next()) {
        const auto order = payments::find_order(db, {rows.integer(0)});
        const auto decided = chained.find(order->number);
        const Sealed sealed = decided == chained.end() ? Sealed{} : decided->second;
        if (decided != chained.end()) chained.erase(decided);
        const bool refused = order->state == payments::OrderState::refused;
        if (!order->approved_by && order->state == payments::OrderState::made) continue;
        if (refused == sealed.refused && payments::order_hash(db, *order) == sealed.digest &&
            (refused || order->approved_hash == sealed.digest)) {
            continue;
        }
        journal::add_fault(result, {},
                           "L'ordre " + order->number +
                               " n'est plus celui dont l'approbation ou le refus est scellé.");
    }
    for (const auto& [number, sealed] : chained) {
        journal::add_fault(result, {},
                           "L'ordre " + number + ", approuvé ou refusé, n'existe plus.");
    }
}

// What the household signed is what the plan still says; an erased one says nothing any more, and
// check_erasures asks who told.
void check_signed_plans(journal::Verification& result, store::Database& db) {
    auto rows = db.select(
        "SELECT p.id, e.digest, d.reference, e.number FROM plan p JOIN dossier d ON d.id = "
        "p.dossier"
        " JOIN entry e ON e.number = p.signed_entry WHERE p.facts_json IS NOT NULL");
    while (rows.next()) {
        const auto plan = dossiers::find_plan(db, {rows.integer(0)});
        if (dossiers::plan_digest(*plan) == rows.bytes(1)) continue;
        journal::add_fault(result, {rows.integer(3)},
                           "Le plan signé du dossier " + rows.text(2) + " a changé depuis.");
    }
}

// Why it was abandoned is what its entry sealed; those of before there were salts are not asked.
void check_reasons(journal::Verification& result, store::Database& db) {
    auto rows = db.select(
        "SELECT d.end_salt, d.end_reason, e.digest, d.reference, e.number FROM dossier d"
        " JOIN entry e ON e.number = d.ended_entry WHERE d.end_salt IS NOT NULL");
    while (rows.next()) {
        if (dossiers::reason_digest(rows.bytes(0), rows.text(1)) == rows.bytes(2)) continue;
        journal::add_fault(result, {rows.integer(4)},
                           "Le motif d'abandon du dossier " + rows.text(3) + " a changé depuis.");
    }
}

}  // namespace

journal::Verification verify(store::Database& db,
                             const std::function<void(std::int64_t)>& progress) {
    journal::Verification result = journal::verify(db, progress);
    // What somebody wrote behind the ledger's back may be what no ledger writes.
    const auto prove = [&](const auto& part, std::string_view what) {
        try {
            part();
        } catch (const BrokenInvariant&) {
            journal::add_fault(result, {}, std::string(what) + " ne se lit plus.");
        }
    };
    prove([&] { check_records(result, db); }, "Un enregistrement");
    prove([&] { check_erasures(result, db); }, "Un effacement");
    prove([&] { check_anchors(result, db); }, "Une ancre");
    for (const Agreement& agreement : agreements) {
        prove([&] { check_agreement(result, db, agreement); }, agreement.what);
    }
    for (const Forbidden& rule : forbidden) {
        prove([&] { check_forbidden(result, db, rule); }, rule.what);
    }
    prove([&] { check_commitments(result, db); }, "Un engagement");
    prove([&] { check_limits(result, db); }, "Une limite");
    prove([&] { journal::verify_periods(result, db); }, "Un exercice clos");
    prove([&] { check_reasons(result, db); }, "Un motif d'abandon");
    prove([&] { check_signed_plans(result, db); }, "Un plan signé");
    prove([&] { check_approvals(result, db); }, "Un ordre de paiement");
    return result;
}

store::Proof prove(store::Database& db) {
    const journal::Verification verified = verify(db);
    store::Proof proof{verified.entries, verified.head_hash, {}};
    for (const auto& fault : verified.faults) proof.faults.push_back(fault.what);
    return proof;
}

}  // namespace deodat::audit
