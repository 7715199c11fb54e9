#include "ledger/payments/payment_order.h"

#include <array>

#include "ledger/base/canonical.h"
#include "ledger/base/checks.h"
#include "ledger/base/numbering.h"
#include "ledger/journal/events.h"
#include "ledger/payments/contractor_account.h"
#include "ledger/people/person.h"
#include "ledger/store/numbering.h"

namespace deodat::payments {
namespace {

using journal::Event;

struct StateRow {
    std::string_view name;
    std::string_view label;
};
constexpr std::array<StateRow, order_state_count> states = {{{"made", "établi"},
                                                             {"approved", "approuvé"},
                                                             {"released", "pris en charge"},
                                                             {"sent", "envoyé en banque"},
                                                             {"paid", "payé"},
                                                             {"returned", "rejeté par la banque"}}};

OrderState order_state_of(std::string_view name) {
    for (std::size_t i = 0; i < states.size(); ++i) {
        if (states.at(i).name == name) return static_cast<OrderState>(i);
    }
    broken_invariant("state", "a stored order state is one", __FILE__, __LINE__);
}

std::string_view purpose_name(Purpose purpose) {
    return purpose == Purpose::works ? "works" : "retention";
}

constexpr std::string_view columns =
    "SELECT o.id, o.number, o.invoice, o.purpose, o.cents, o.iban, o.attempt, o.made_by, o.made_on,"
    " o.state, o.approved_by, o.approved_on, o.approved_hash, o.released_by, o.taken_in_charge"
    " FROM payment_order o ";

PaymentOrder order_of(store::Rows& rows) {
    return {{rows.integer(0)},     rows.text(1),
            {rows.integer(2)},     rows.text(3) == "works" ? Purpose::works : Purpose::retention,
            rows.money(4),         rows.text(5),
            rows.integer(6),       {rows.integer(7)},
            rows.day(8),           order_state_of(rows.text(9)),
            rows.id<PersonId>(10), rows.maybe_day(11),
            rows.bytes(12),        rows.id<PersonId>(13),
            rows.integer(14) != 0};
}

// An order with all it stands on.
struct Context {
    PaymentOrder order;
    Invoice invoice;
    dossiers::Dossier dossier;
};

Result<Context> context_of(store::Database& db, OrderId id) {
    auto order = find_order(db, id);
    if (!order) return order.refusal();
    auto invoice = find_invoice(db, order->invoice);
    if (!invoice) return invoice.refusal();
    auto dossier = dossiers::open_dossier_of(db, invoice->dossier);
    if (!dossier) return dossier.refusal();
    return Context{std::move(*order), std::move(*invoice), std::move(*dossier)};
}

Result<Done> require_state(const PaymentOrder& order, OrderState state) {
    if (order.state == state) return Done{};
    return Refusal{
        Code::state_forbids, "payment_order",
        "L'ordre " + order.number + " est " + std::string(order_state_label(order.state)) +
            " : cette étape attend un ordre " + std::string(order_state_label(state)) + "."};
}

Result<Done> another_person(store::Database& db, const Context& context, PersonId person,
                            std::string_view act) {
    const PaymentOrder& order = context.order;
    const auto refuse = [&](std::string_view what) {
        return Refusal{Code::same_person, "person",
                       "La personne qui " + std::string(what) + " ne peut pas " + std::string(act) +
                           " l'ordre " + order.number + "."};
    };
    if (person == order.made_by) return refuse("a établi l'ordre");
    if (person == order.approved_by) return refuse("a approuvé l'ordre");
    if (has_touched_account(db, context.invoice.contractor, order.iban, person)) {
        return refuse("a saisi ou confirmé le compte de l'entreprise");
    }
    return Done{};
}

// The newest account, confirmed or not: approving waits for that.
Result<std::string> account_to_pay(store::Database& db, ContractorId id, Day day) {
    const auto contractor = find_contractor(db, id);
    if (!contractor) return contractor.refusal();
    if (!contractor->account) {
        return Refusal{
            Code::gate_closed, "contractor.iban",
            "L'entreprise « " + contractor->name +
                " » n'a pas de compte bancaire enregistré : à saisir par un gestionnaire."};
    }
    const std::string iban = contractor->account->iban.text();
    if (const auto standing = account_standing(db, id, iban, day);
        standing->state == AccountState::rejected) {
        return Refusal{Code::gate_closed, "contractor.iban", standing->what};
    }
    return iban;
}

// An order of an accepted invoice.
Result<OrderId> insert_order(store::Transaction& tx, const Invoice& invoice, Purpose purpose,
                             Money amount, PersonId officer, Day day) {
    store::Database& db = tx.db();
    if (auto role = people::require_role(db, officer, people::Role::officer); !role) {
        return role.refusal();
    }
    if (auto dossier = dossiers::open_dossier_of(db, invoice.dossier); !dossier) {
        return dossier.refusal();
    }
    auto made = db.select("SELECT number FROM payment_order WHERE invoice = ? AND purpose = ?",
                          invoice.id, purpose_name(purpose));
    if (made.next()) {
        return Refusal{
            Code::duplicate, "invoice",
            "La facture « " + invoice.number + " » a déjà l'ordre " + made.text(0) + "."};
    }
    if (auto dated = require_not_before("payment_order.made_on", day, *invoice.accepted_on,
                                        "le service fait");
        !dated) {
        return dated.refusal();
    }
    const auto iban = account_to_pay(db, invoice.contractor, day);
    if (!iban) return iban.refusal();
    const std::string number =
        store::next_number(db, "payment_order", "number", yearly_prefix("P", day));
    return OrderId{
        db.insert("INSERT INTO payment_order (number, invoice, purpose, cents, iban, attempt, "
                  "made_by, made_on,"
                  " state) VALUES (?, ?, ?, ?, ?, 1, ?, ?, 'made')",
                  number, invoice.id, purpose_name(purpose), amount, *iban, officer, day)};
}

// What approving adds to what is taken in charge: the retention and a second attempt already are.
Money adds_to_payable(const Context& context) {
    return context.order.taken_in_charge || context.order.purpose == Purpose::retention
               ? Money()
               : context.invoice.ttc;
}

// The account stands as of today, whatever day the order bears.
std::vector<treasury::Gate> gates_of(store::Database& db, const Context& context, Day day,
                                     Day today) {
    auto out = treasury::approval_gates(db, context.dossier, adds_to_payable(context), day);
    out.push_back(account_gate(db, context.invoice.contractor, context.order.iban, today));
    return out;
}

journal::EntryDraft draft(const Context& context, Event event, Day day, PersonId person,
                          journal::events::Legs legs) {
    return {day,
            event,
            std::string(journal::event_label(event)) + " – " + context.order.number + " – " +
                context.dossier.reference,
            context.order.number,
            context.dossier.programme,
            person,
            std::move(legs)};
}

}  // namespace

std::string_view order_state_name(OrderState state) {
    return states.at(static_cast<std::size_t>(state)).name;
}

std::string_view order_state_label(OrderState state) {
    return states.at(static_cast<std::size_t>(state)).label;
}

std::string order_hash(store::Database& db, const PaymentOrder& order) {
    auto rows = db.select(
        "SELECT d.reference, c.siret, i.number, i.retention_cents FROM invoice i"
        " JOIN works_order w ON w.id = i.works_order JOIN dossier d ON d.id = w.dossier"
        " JOIN contractor c ON c.id = i.contractor WHERE i.id = ?",
        order.invoice);
    DEODAT_ASSERT(rows.next(), "an order has an invoice");
    CanonicalBytes bytes(std::string_view("DEODAT-ORDER\x01", 13));
    bytes.text(order.number)
        .text(rows.text(0))
        .text(rows.text(1))
        .text(order.iban)
        .text(rows.text(2))
        .text(purpose_name(order.purpose))
        .int64(order.amount.cents())
        .int64(rows.integer(3))
        .int64(order.attempt);
    return sha256(bytes.bytes());
}

Result<OrderId> make_order(store::Transaction& tx, InvoiceId id, PersonId officer, Day day) {
    const auto invoice = find_invoice(tx.db(), id);
    if (!invoice) return invoice.refusal();
    if (!invoice->accepted_on) {
        return Refusal{Code::gate_closed, "acceptance",
                       "Il manque le service fait de la facture « " + invoice->number +
                           " » : à constater par un technicien, avec la signature du ménage."};
    }
    return insert_order(tx, *invoice, Purpose::works, invoice->net(), officer, day);
}

Result<OrderId> make_retention_order(store::Transaction& tx, InvoiceId id, PersonId officer,
                                     Day day) {
    const auto invoice = find_invoice(tx.db(), id);
    if (!invoice) return invoice.refusal();
    auto withheld = tx.db().select(
        "SELECT 1 FROM payment_order WHERE invoice = ? AND purpose = 'works' AND taken_in_charge = "
        "1",
        id);
    if (invoice->retention.is_zero() || !withheld.next()) {
        return Refusal{Code::state_forbids, "invoice",
                       "La facture « " + invoice->number + " » n'a pas de retenue à libérer."};
    }
    constexpr int months_kept = 12;
    const Day release = invoice->accepted_on->plus_months(months_kept);
    if (day < release) {
        return Refusal{Code::gate_closed, "retention",
                       "La retenue de la facture « " + invoice->number +
                           " » se libère à partir du " + release.french() +
                           ", un an après la réception."};
    }
    return insert_order(tx, *invoice, Purpose::retention, invoice->retention, officer, day);
}

Result<Done> make_order_again(store::Transaction& tx, OrderId id, PersonId officer, Day day) {
    store::Database& db = tx.db();
    if (auto role = people::require_role(db, officer, people::Role::officer); !role) {
        return role.refusal();
    }
    const auto context = context_of(db, id);
    if (!context) return context.refusal();
    if (auto state = require_state(context->order, OrderState::returned); !state) {
        return state.refusal();
    }
    if (auto dated = require_not_before("payment_order.made_on", day, *context->order.approved_on,
                                        "l'approbation précédente");
        !dated) {
        return dated.refusal();
    }
    const auto iban = account_to_pay(db, context->invoice.contractor, day);
    if (!iban) return iban.refusal();
    db.run(
        "UPDATE payment_order SET state = 'made', attempt = attempt + 1, iban = ?, made_by = ?,"
        " made_on = ?, approved_by = NULL, approved_on = NULL, approved_hash = NULL,"
        " released_by = NULL, released_on = NULL WHERE id = ?",
        *iban, officer, day, id);
    return Done{};
}

Result<std::vector<treasury::Gate>> gates_of(store::Database& db, OrderId id, Day day) {
    const auto context = context_of(db, id);
    if (!context) return context.refusal();
    return gates_of(db, *context, day, day);
}

Result<EntryId> approve_order(store::Transaction& tx, OrderId id, std::string_view hash,
                              PersonId authorising_officer, Day day) {
    store::Database& db = tx.db();
    if (auto role =
            people::require_role(db, authorising_officer, people::Role::authorising_officer);
        !role) {
        return role.refusal();
    }
    const auto context = context_of(db, id);
    if (!context) return context.refusal();
    if (auto state = require_state(context->order, OrderState::made); !state)
        return state.refusal();
    if (auto other = another_person(db, *context, authorising_officer, "approuver"); !other) {
        return other.refusal();
    }
    if (auto dated = require_not_before("payment_order.approved_on", day, context->order.made_on,
                                        "l'établissement de l'ordre");
        !dated) {
        return dated.refusal();
    }
    const std::string current = order_hash(db, context->order);
    if (current != hash) {
        return Refusal{
            Code::order_changed, "payment_order",
            "L'ordre " + context->order.number +
                " n'est plus celui qui a été présenté : le relire avant de l'approuver."};
    }
    if (auto closed = treasury::first_closed(gates_of(db, *context, day, tx.today()))) {
        return *closed;
    }
    db.run(
        "UPDATE payment_order SET state = 'approved', approved_by = ?, approved_on = ?,"
        " approved_hash = ? WHERE id = ?",
        authorising_officer, day, store::Value::bytes(current), id);
    auto entry = draft(*context, Event::order_approved, day, authorising_officer, {});
    entry.digest = current;
    return journal::post(tx, entry);
}

Result<Done> release_order(store::Transaction& tx, OrderId id, PersonId public_accountant,
                           Day day) {
    store::Database& db = tx.db();
    if (auto role = people::require_role(db, public_accountant, people::Role::public_accountant);
        !role) {
        return role.refusal();
    }
    const auto context = context_of(db, id);
    if (!context) return context.refusal();
    const PaymentOrder& order = context->order;
    if (auto state = require_state(order, OrderState::approved); !state) return state.refusal();
    if (auto other = another_person(db, *context, public_accountant, "payer"); !other) {
        return other.refusal();
    }
    if (auto dated = require_not_before("payment_order.released_on", day, *order.approved_on,
                                        "l'approbation");
        !dated) {
        return dated.refusal();
    }
    if (order_hash(db, order) != order.approved_hash) {
        return Refusal{Code::order_changed, "payment_order",
                       "L'ordre " + order.number +
                           " a changé depuis son approbation : à faire approuver de nouveau."};
    }
    if (auto closed = treasury::first_closed(gates_of(db, *context, day, tx.today()))) {
        return *closed;
    }
    db.run(
        "UPDATE payment_order SET state = 'released', released_by = ?, released_on = ?,"
        " taken_in_charge = 1 WHERE id = ?",
        public_accountant, day, id);
    if (order.taken_in_charge || order.purpose == Purpose::retention) return Done{};
    const auto posted = journal::post(
        tx,
        draft(*context, Event::order_released, day, public_accountant,
              journal::events::order_released(context->dossier.id, context->invoice.contractor,
                                              context->invoice.ttc, context->invoice.retention)));
    if (!posted) return posted.refusal();
    return Done{};
}

Result<PaymentOrder> find_order(store::Database& db, OrderId id) {
    static const std::string sql = std::string(columns) + "WHERE o.id = ?";
    auto rows = db.select(sql, id);
    if (!rows.next()) {
        return Refusal{Code::not_found, "payment_order",
                       "Aucun ordre de paiement n° " + std::to_string(id.value) + "."};
    }
    return order_of(rows);
}

std::vector<PaymentOrder> orders_of(store::Database& db, DossierId dossier) {
    static const std::string sql =
        std::string(columns) +
        "JOIN invoice i ON i.id = o.invoice JOIN works_order w ON w.id = i.works_order"
        " WHERE w.dossier = ? ORDER BY o.id";
    std::vector<PaymentOrder> out;
    auto rows = db.select(sql, dossier);
    while (rows.next()) out.push_back(order_of(rows));
    return out;
}

}  // namespace deodat::payments
