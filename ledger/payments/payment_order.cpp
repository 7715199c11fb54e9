#include "ledger/payments/payment_order.h"

#include <algorithm>
#include <array>
#include <set>

#include "ledger/base/canonical.h"
#include "ledger/base/checks.h"
#include "ledger/base/named.h"
#include "ledger/base/numbering.h"
#include "ledger/base/text.h"
#include "ledger/journal/events.h"
#include "ledger/payments/contractor_account.h"
#include "ledger/payments/payment_limit.h"
#include "ledger/payments/suspension.h"
#include "ledger/people/person.h"
#include "ledger/store/numbering.h"

namespace deodat::payments {
namespace {

using journal::Event;

constexpr std::size_t reason_points_max = 200;

struct StateRow {
    std::string_view name;
    std::string_view label;
};
constexpr std::array<StateRow, order_state_count> states = {{{"made", "établi"},
                                                             {"approved", "approuvé"},
                                                             {"released", "pris en charge"},
                                                             {"sent", "envoyé en banque"},
                                                             {"paid", "payé"},
                                                             {"returned", "rejeté par la banque"},
                                                             {"refused", "refusé"}}};

OrderState order_state_of(std::string_view name) {
    const auto found = named<OrderState>(states, name, &StateRow::name);
    DEODAT_ASSERT(found.has_value(), "a stored order state is one");
    return *found;
}

std::string_view purpose_name(Purpose purpose) {
    return purpose == Purpose::works ? "works" : "retention";
}

constexpr std::string_view columns =
    "SELECT o.id, o.number, o.invoice, o.purpose, o.cents, o.iban, o.attempt, o.made_by, o.made_on,"
    " CASE WHEN o.refused_on IS NULL THEN o.state ELSE 'refused' END, o.approved_by, o.approved_on,"
    " o.approved_hash, o.released_by, o.taken_in_charge, o.ordered, o.refused_on, o.released_on"
    " FROM payment_order o ";

PaymentOrder order_of(store::Rows& rows) {
    return {{rows.integer(0)},     rows.text(1),
            {rows.integer(2)},     rows.text(3) == "works" ? Purpose::works : Purpose::retention,
            rows.money(4),         rows.text(5),
            rows.integer(6),       {rows.integer(7)},
            rows.day(8),           order_state_of(rows.text(9)),
            rows.id<PersonId>(10), rows.maybe_day(11),
            rows.bytes(12),        rows.id<PersonId>(13),
            rows.integer(14) != 0, rows.integer(15) != 0,
            rows.maybe_day(16),    rows.maybe_day(17)};
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

// The invoice of an order that an officer makes.
Result<Invoice> invoice_to_pay(store::Database& db, InvoiceId id, PersonId officer) {
    if (auto role = people::require_role(db, officer, people::Role::officer); !role) {
        return role.refusal();
    }
    auto invoice = find_invoice(db, id);
    if (!invoice) return invoice;
    if (auto dossier = dossiers::open_dossier_of(db, invoice->dossier); !dossier) {
        return dossier.refusal();
    }
    return invoice;
}

// The first order of an accepted invoice for this purpose.
Result<Done> check_first(store::Database& db, const Invoice& invoice, Purpose purpose, Day day) {
    if (auto dated = require_not_before("payment_order.made_on", day, *invoice.accepted_on,
                                        "le service fait");
        !dated) {
        return dated.refusal();
    }
    auto made = db.select("SELECT number FROM payment_order WHERE invoice = ? AND purpose = ?",
                          invoice.id, purpose_name(purpose));
    if (!made.next()) return Done{};
    return Refusal{Code::duplicate, "invoice",
                   "La facture « " + invoice.number + " » a déjà l'ordre " + made.text(0) + "."};
}

Result<OrderId> insert_order(store::Database& db, const Invoice& invoice, Purpose purpose,
                             Money amount, PersonId officer, Day day) {
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

// Whether the order is still to take its part of the commitment: the retention and a second
// attempt are taken in charge already.
bool is_to_order(const PaymentOrder& order) {
    return !order.ordered && !order.taken_in_charge && order.purpose == Purpose::works;
}

// What approving adds to what is approved or taken in charge.
Money adds_to_payable(const Context& context) {
    return is_to_order(context.order) ? context.invoice.ttc : Money();
}

Result<Done> require_valid(const PaymentOrder& order, Day day) {
    const Day last = order.made_on.plus_days(order_valid_days);
    if (day <= last) return Done{};
    return Refusal{Code::order_expired, "payment_order",
                   "L'ordre " + order.number + ", établi le " + order.made_on.french() +
                       ", est périmé depuis le " + last.french() +
                       " : à établir de nouveau, après vérification du compte à payer."};
}

// Where a payment stands among what limits hold: by whom it is, or would be, approved.
LimitedPayment limited(const Context& context, std::optional<PersonId> approver) {
    return {context.dossier.programme.id, context.dossier.id,     context.invoice.contractor,
            context.order.amount,         context.order.id.value, approver};
}

// The account stands, and limits hold, as of today, whatever day the act bears. Limits are on
// approvals, not on what becomes of them.
std::vector<treasury::Gate> gates_of(store::Database& db, const Context& context, Day day,
                                     Day today, std::optional<PersonId> approver) {
    auto out = treasury::approval_gates(db, context.dossier, adds_to_payable(context), day);
    out.push_back(suspension_gate(db));
    out.push_back(account_gate(db, context.invoice.contractor, context.order.iban, today));
    if (context.order.state == OrderState::made) {
        const auto limits = payment_limit_gates(db, limited(context, approver), today);
        out.insert(out.end(), limits.begin(), limits.end());
    }
    // Their precedence is that of the refusals.
    std::ranges::stable_sort(out, {}, [](const treasury::Gate& gate) { return gate.code; });
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

// An entry of the works order's commitment.
Result<EntryId> post_commitment(store::Transaction& tx, const Context& context, Event event,
                                Day day, PersonId person, journal::events::Legs legs) {
    auto entry = draft(context, event, day, person, std::move(legs));
    entry.piece = find_works_order(tx.db(), context.invoice.works_order)->reference;
    return journal::post(tx, entry);
}

Result<Done> order_commitment(store::Transaction& tx, const Context& context, Day day,
                              PersonId person) {
    if (!is_to_order(context.order)) return Done{};
    tx.db().run("UPDATE payment_order SET ordered = 1 WHERE id = ?", context.order.id);
    const auto posted =
        post_commitment(tx, context, Event::commitment_ordered, day, person,
                        journal::events::commitment_ordered(
                            context.dossier.id, context.invoice.contractor, context.invoice.ttc));
    if (!posted) return posted.refusal();
    return Done{};
}

// The order is refused for a reason: an entry holds what was refused, and what it had ordered of
// the commitment is open again.
Result<EntryId> end_order(store::Transaction& tx, const Context& context, std::string_view reason,
                          Day day, PersonId person) {
    store::Database& db = tx.db();
    const PaymentOrder& order = context.order;
    const bool withdrawn = order.ordered && !order.taken_in_charge;
    db.run(
        "UPDATE payment_order SET state = 'made', approved_by = NULL, approved_on = NULL,"
        " approved_hash = NULL, approval_recorded_on = NULL, ordered = ?, refused_on = ?, "
        "refused_by = ?, refusal = ?"
        " WHERE id = ?",
        order.ordered && !withdrawn ? 1 : 0, day, person, reason, order.id);
    if (withdrawn) {
        const auto opened = post_commitment(
            tx, context, Event::commitment_withdrawn, day, person,
            journal::events::commitment_withdrawn(context.dossier.id, context.invoice.contractor,
                                                  context.invoice.ttc));
        if (!opened) return opened;
    }
    auto entry = draft(context, Event::order_refused, day, person, {});
    entry.digest = order_hash(db, order);
    return journal::post(tx, entry);
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
    const auto invoice = invoice_to_pay(tx.db(), id, officer);
    if (!invoice) return invoice.refusal();
    if (!invoice->accepted_on) {
        return Refusal{Code::gate_closed, "acceptance",
                       "Il manque le service fait de la facture « " + invoice->number +
                           " » : à constater par un technicien, avec la signature du ménage."};
    }
    if (auto first = check_first(tx.db(), *invoice, Purpose::works, day); !first) {
        return first.refusal();
    }
    return insert_order(tx.db(), *invoice, Purpose::works, invoice->net(), officer, day);
}

Result<OrderId> make_retention_order(store::Transaction& tx, InvoiceId id, PersonId officer,
                                     Day day) {
    const auto invoice = invoice_to_pay(tx.db(), id, officer);
    if (!invoice) return invoice.refusal();
    auto withheld = tx.db().select(
        "SELECT 1 FROM payment_order WHERE invoice = ? AND purpose = 'works' AND taken_in_charge = "
        "1",
        id);
    if (invoice->retention.is_zero() || !withheld.next()) {
        return Refusal{Code::state_forbids, "invoice",
                       "La facture « " + invoice->number + " » n'a pas de retenue à libérer."};
    }
    if (auto first = check_first(tx.db(), *invoice, Purpose::retention, day); !first) {
        return first.refusal();
    }
    constexpr int months_kept = 12;
    const Day release = invoice->accepted_on->plus_months(months_kept);
    if (day < release) {
        return Refusal{Code::gate_closed, "retention",
                       "La retenue de la facture « " + invoice->number +
                           " » se libère à partir du " + release.french() +
                           ", un an après la réception."};
    }
    return insert_order(tx.db(), *invoice, Purpose::retention, invoice->retention, officer, day);
}

Result<Done> make_order_again(store::Transaction& tx, OrderId id, PersonId officer, Day day) {
    store::Database& db = tx.db();
    if (auto role = people::require_role(db, officer, people::Role::officer); !role) {
        return role.refusal();
    }
    const auto context = context_of(db, id);
    if (!context) return context.refusal();
    const PaymentOrder& order = context->order;
    const bool refused = order.state == OrderState::refused;
    if (!refused) {
        if (auto state = require_state(order, OrderState::returned); !state) {
            return state.refusal();
        }
    }
    if (auto dated = require_not_before("payment_order.made_on", day,
                                        refused ? *order.refused_on : *order.approved_on,
                                        refused ? "le refus" : "l'approbation précédente");
        !dated) {
        return dated.refusal();
    }
    const auto works = find_works_order(db, context->invoice.works_order);
    const Money left = left_to_invoice(db, *works);
    if (refused && is_to_order(order) && context->invoice.ttc > left) {
        return Refusal{Code::over_commitment, "payment_order",
                       "La facture « " + context->invoice.number + " » de " +
                           french(context->invoice.ttc) + " dépasse le reste de la commande " +
                           works->reference + ", " + french(left) + "."};
    }
    const auto iban = account_to_pay(db, context->invoice.contractor, day);
    if (!iban) return iban.refusal();
    db.run(
        "UPDATE payment_order SET state = 'made', attempt = attempt + ?, iban = ?, made_by = ?,"
        " made_on = ?, approved_by = NULL, approved_on = NULL, approved_hash = NULL,"
        " approval_recorded_on = NULL,"
        " released_by = NULL, released_on = NULL, refused_on = NULL, refused_by = NULL,"
        " refusal = NULL WHERE id = ?",
        refused ? 0 : 1, *iban, officer, day, id);
    return Done{};
}

Result<std::vector<treasury::Gate>> gates_of(store::Database& db, OrderId id, Day day) {
    const auto context = context_of(db, id);
    if (!context) return context.refusal();
    return gates_of(db, *context, day, day, std::nullopt);
}

LimitedPayment limited_payment(store::Database& db, OrderId id) {
    const auto context = context_of(db, id);
    DEODAT_ASSERT(context.ok(), "the order was found before");
    return limited(*context, std::nullopt);
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
    if (auto valid = require_valid(context->order, day); !valid) return valid.refusal();
    const std::string current = order_hash(db, context->order);
    if (current != hash) {
        return Refusal{
            Code::order_changed, "payment_order",
            "L'ordre " + context->order.number +
                " n'est plus celui qui a été présenté : le relire avant de l'approuver."};
    }
    if (auto closed =
            treasury::first_closed(gates_of(db, *context, day, tx.today(), authorising_officer))) {
        return *closed;
    }
    db.run(
        "UPDATE payment_order SET state = 'approved', approved_by = ?, approved_on = ?,"
        " approved_hash = ?, approval_recorded_on = ? WHERE id = ?",
        authorising_officer, day, store::Value::bytes(current), tx.today(), id);
    if (auto ordered = order_commitment(tx, *context, day, authorising_officer); !ordered) {
        return ordered.refusal();
    }
    auto entry = draft(*context, Event::order_approved, day, authorising_officer, {});
    entry.digest = current;
    return journal::post(tx, entry);
}

Result<std::vector<EntryId>> approve_orders(store::Transaction& tx, const ApprovalList& list,
                                            PersonId authorising_officer, Day day) {
    store::Database& db = tx.db();
    if (auto role =
            people::require_role(db, authorising_officer, people::Role::authorising_officer);
        !role) {
        return role.refusal();
    }
    std::set<OrderId> seen;
    Money total;
    std::optional<Refusal> twice;
    for (const ApprovalList::Line& line : list.lines) {
        const auto order = find_order(db, line.order);
        if (!order) return order.refusal();
        total += order->amount;
        if (seen.insert(line.order).second) continue;
        twice = Refusal{Code::duplicate, "orders",
                        "L'ordre " + order->number + " est donné deux fois dans la liste."};
    }
    if (list.lines.empty() || list.count != list.lines.size() || list.total != total) {
        return Refusal{Code::malformed, "orders",
                       "La liste annonce " + std::to_string(list.count) + " ordres pour " +
                           french(list.total) + ", et en contient " +
                           std::to_string(list.lines.size()) + " pour " + french(total) +
                           " : la relire avant d'approuver."};
    }
    if (twice) return *twice;
    std::vector<EntryId> out;
    for (std::size_t i = 0; i < list.lines.size(); ++i) {
        const ApprovalList::Line& line = list.lines[i];
        const auto approved = approve_order(tx, line.order, line.hash, authorising_officer, day);
        if (!approved) {
            Refusal refusal = approved.refusal();
            refusal.field = "orders[" + std::to_string(i) + "]." + refusal.field;
            return refusal;
        }
        out.push_back(*approved);
    }
    return out;
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
    if (auto valid = require_valid(order, day); !valid) return valid.refusal();
    if (order_hash(db, order) != order.approved_hash) {
        return Refusal{Code::order_changed, "payment_order",
                       "L'ordre " + order.number +
                           " a changé depuis son approbation : à faire approuver de nouveau."};
    }
    if (auto closed =
            treasury::first_closed(gates_of(db, *context, day, tx.today(), std::nullopt))) {
        return *closed;
    }
    db.run(
        "UPDATE payment_order SET state = 'released', released_by = ?, released_on = ?,"
        " taken_in_charge = 1 WHERE id = ?",
        public_accountant, day, id);
    if (order.taken_in_charge || order.purpose == Purpose::retention) return Done{};
    // Approved before commitments were ordered by approvals: ordered now.
    if (auto ordered = order_commitment(tx, *context, day, public_accountant); !ordered) {
        return ordered.refusal();
    }
    const auto posted = journal::post(
        tx,
        draft(*context, Event::order_released, day, public_accountant,
              journal::events::order_released(context->dossier.id, context->invoice.contractor,
                                              context->invoice.ttc, context->invoice.retention)));
    if (!posted) return posted.refusal();
    const auto works = find_works_order(db, context->invoice.works_order);
    if (!context->invoice.final || works->finished_on) return Done{};
    return return_rest(tx, *works, context->dossier, day, public_accountant);
}

Result<EntryId> refuse_order(store::Transaction& tx, OrderId id, std::string_view why,
                             PersonId person, Day day) {
    store::Database& db = tx.db();
    const auto order = find_order(db, id);
    const bool approved = order && order->state == OrderState::approved;
    if (auto role = people::require_role(
            db, person,
            approved ? people::Role::public_accountant : people::Role::authorising_officer);
        !role) {
        return role.refusal();
    }
    const auto context = context_of(db, id);
    if (!context) return context.refusal();
    if (!approved) {
        if (auto state = require_state(*order, OrderState::made); !state) return state.refusal();
    }
    const auto reason = clean_text("payment_order.refusal", why, reason_points_max);
    if (!reason) return reason.refusal();
    if (auto dated = require_not_before("payment_order.refused_on", day,
                                        order->approved_on.value_or(order->made_on),
                                        approved ? "l'approbation" : "l'établissement de l'ordre");
        !dated) {
        return dated.refusal();
    }
    return end_order(tx, *context, *reason, day, person);
}

Result<std::vector<OrderId>> expire_orders(store::Transaction& tx, ProgrammeId programme,
                                           PersonId officer, Day day) {
    store::Database& db = tx.db();
    if (auto role = people::require_role(db, officer, people::Role::officer); !role) {
        return role.refusal();
    }
    if (!funding::find_programme(db, programme)) {
        return Refusal{Code::not_found, "programme", "Ce programme n'existe pas."};
    }
    if (auto dated = require_happened("payment_order.refused_on", day, tx.today()); !dated) {
        return dated.refusal();
    }
    std::vector<OrderId> expired;
    auto rows = db.select(
        "SELECT o.id FROM payment_order o JOIN invoice i ON i.id = o.invoice"
        " JOIN works_order w ON w.id = i.works_order JOIN dossier d ON d.id = w.dossier"
        " WHERE d.programme = ? AND d.state = 'open' AND o.state IN ('made', 'approved')"
        " AND o.refused_on IS NULL AND o.made_on < ? ORDER BY o.id",
        programme, day.plus_days(-order_valid_days));
    while (rows.next()) expired.push_back({rows.integer(0)});
    for (const OrderId id : expired) {
        const auto context = context_of(db, id);
        if (!context) return context.refusal();
        const auto ended = end_order(tx, *context, "Périmé", day, officer);
        if (!ended) return ended.refusal();
    }
    return expired;
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

Result<PaymentOrder> order_by_number(store::Database& db, std::string_view number) {
    static const std::string sql = std::string(columns) + "WHERE o.number = ?";
    auto rows = db.select(sql, number);
    if (!rows.next()) {
        return Refusal{Code::not_found, "payment_order",
                       "Aucun ordre de paiement « " + shown(number) + " »."};
    }
    return order_of(rows);
}

bool has_ordered(store::Database& db, InvoiceId invoice) {
    return db
        .select(
            "SELECT 1 FROM payment_order WHERE invoice = ? AND purpose = 'works' AND ordered = 1",
            invoice)
        .next();
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
