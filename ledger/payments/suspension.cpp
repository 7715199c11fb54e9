#include "ledger/payments/suspension.h"

#include "ledger/base/text.h"
#include "ledger/payments/payment_order.h"
#include "ledger/people/person.h"

namespace deodat::payments {
namespace {

constexpr std::size_t reason_points_max = 200;

using people::Role;

}  // namespace

Result<Done> suspend_payments(store::Transaction& tx, std::string_view why, PersonId person) {
    store::Database& db = tx.db();
    if (auto role = people::require_one_of(
            db, person, {Role::authorising_officer, Role::public_accountant, Role::officer});
        !role) {
        return role.refusal();
    }
    if (const auto current = current_suspension(db)) {
        return Refusal{Code::state_forbids, "payment_suspension",
                       "Les paiements sont déjà suspendus depuis le " +
                           current->suspended_on.french() + " : « " + current->reason + " »."};
    }
    const auto reason = clean_text("payment_suspension.reason", why, reason_points_max);
    if (!reason) return reason.refusal();
    db.run("INSERT INTO payment_suspension (reason, suspended_by, suspended_on) VALUES (?, ?, ?)",
           *reason, person, tx.today());
    return Done{};
}

Result<bool> lift_suspension(store::Transaction& tx, PersonId person) {
    store::Database& db = tx.db();
    if (auto role = people::require_one_of(db, person,
                                           {Role::public_accountant, Role::authorising_officer});
        !role) {
        return role.refusal();
    }
    const auto current = current_suspension(db);
    if (!current) {
        return Refusal{Code::state_forbids, "payment_suspension",
                       "Les paiements ne sont pas suspendus."};
    }
    if (!current->first_lifted_by) {
        db.run(
            "UPDATE payment_suspension SET first_lifted_by = ?, first_lifted_on = ? WHERE id = ?",
            person, tx.today(), current->id);
        return false;
    }
    if (current->first_lifted_by == person) {
        return Refusal{Code::same_person, "person",
                       "La reprise des paiements attend l'accord d'une autre personne."};
    }
    db.run("UPDATE payment_suspension SET lifted_by = ?, lifted_on = ? WHERE id = ?", person,
           tx.today(), current->id);
    return true;
}

std::optional<Suspension> current_suspension(store::Database& db) {
    auto rows = db.select(
        "SELECT id, reason, suspended_by, suspended_on, first_lifted_by FROM payment_suspension"
        " WHERE lifted_on IS NULL");
    if (!rows.next()) return std::nullopt;
    return Suspension{rows.integer(0), rows.text(1), rows.id<PersonId>(2), rows.day(3),
                      rows.id<PersonId>(4)};
}

treasury::Gate suspension_gate(store::Database& db) {
    const auto current = current_suspension(db);
    return {Code::payments_suspended,
            "payments_suspended",
            "Paiements non suspendus",
            !current,
            current ? "Les paiements sont suspendus depuis le " + current->suspended_on.french() +
                          " (« " + current->reason +
                          " ») : deux personnes, ordonnateur ou comptable, doivent en décider la "
                          "reprise."
                    : "",
            {}};
}

std::vector<PaymentToAccount> payments_to(store::Database& db, std::string_view iban) {
    std::vector<PaymentToAccount> out;
    auto rows = db.select(
        "SELECT o.id, c.name, d.reference, (SELECT max(t.paid_on) FROM transfer t"
        "  WHERE t.payment_order = o.id AND t.iban = ?1 AND t.state = 'paid')"
        " FROM payment_order o JOIN invoice i ON i.id = o.invoice"
        " JOIN contractor c ON c.id = i.contractor JOIN works_order w ON w.id = i.works_order"
        " JOIN dossier d ON d.id = w.dossier WHERE o.iban = ?1"
        " OR EXISTS (SELECT 1 FROM transfer t WHERE t.payment_order = o.id AND t.iban = ?1)"
        " ORDER BY o.number",
        iban);
    while (rows.next()) {
        const auto order = find_order(db, {rows.integer(0)});
        out.push_back({order->number, rows.text(1), rows.text(2), order->amount,
                       std::string(order_state_label(order->state)), rows.maybe_day(3)});
    }
    return out;
}

}  // namespace deodat::payments
