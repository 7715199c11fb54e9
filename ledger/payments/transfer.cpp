#include "ledger/payments/transfer.h"

#include "ledger/base/checks.h"
#include "ledger/base/numbering.h"
#include "ledger/journal/events.h"
#include "ledger/payments/suspension.h"
#include "ledger/people/person.h"
#include "ledger/store/numbering.h"

namespace deodat::payments {
namespace {

using journal::Event;

constexpr std::string_view columns =
    "SELECT t.id, t.payment_order, t.attempt, t.end_to_end_id, t.iban, t.cents, t.state, c.name,"
    " c.town, c.country, i.number, d.reference, f.made_at, t.paid_on FROM transfer t"
    " JOIN transfer_file f ON f.id = t.file"
    " JOIN payment_order o ON o.id = t.payment_order JOIN invoice i ON i.id = o.invoice"
    " JOIN contractor c ON c.id = i.contractor JOIN works_order w ON w.id = i.works_order"
    " JOIN dossier d ON d.id = w.dossier ";

TransferState transfer_state_of(std::string_view name) {
    if (name == "sent") return TransferState::sent;
    if (name == "paid") return TransferState::paid;
    DEODAT_ASSERT(name == "returned", "a stored transfer state is one");
    return TransferState::returned;
}

Transfer transfer_of(store::Rows& rows) {
    return {rows.integer(0),
            {rows.integer(1)},
            rows.integer(2),
            rows.text(3),
            rows.text(4),
            rows.money(5),
            transfer_state_of(rows.text(6)),
            Instant(rows.integer(12)).day_in_paris(),
            rows.maybe_day(13),
            rows.text(7),
            rows.text(8),
            rows.text(9),
            rows.text(10),
            rows.text(11)};
}

std::optional<Transfer> find_transfer(store::Database& db, std::int64_t id) {
    static const std::string sql = std::string(columns) + "WHERE t.id = ?";
    auto rows = db.select(sql, id);
    if (!rows.next()) return std::nullopt;
    return transfer_of(rows);
}

// A transfer in the state asked, for a public accountant, with its order, invoice and dossier.
struct Context {
    Transfer transfer;
    PaymentOrder order;
    Invoice invoice;
    dossiers::Dossier dossier;
};

Result<Context> context_of(store::Database& db, std::int64_t id, TransferState expected,
                           PersonId accountant) {
    if (auto role = people::require_role(db, accountant, people::Role::public_accountant); !role) {
        return role.refusal();
    }
    auto transfer = find_transfer(db, id);
    if (!transfer) return Refusal{Code::not_found, "transfer", "Ce virement n'existe pas."};
    if (transfer->state != expected) {
        return Refusal{Code::state_forbids, "transfer",
                       "Le virement " + transfer->end_to_end_id +
                           (expected == TransferState::sent ? " est déjà dénoué."
                                                            : " n'est pas un virement payé.")};
    }
    auto order = find_order(db, transfer->order);
    if (!order) return order.refusal();
    auto invoice = find_invoice(db, order->invoice);
    if (!invoice) return invoice.refusal();
    auto dossier = dossiers::find_dossier(db, invoice->dossier);
    if (!dossier) return dossier.refusal();
    return Context{std::move(*transfer), std::move(*order), std::move(*invoice),
                   std::move(*dossier)};
}

journal::EntryDraft draft(const Context& context, Event event, Day day, std::string_view piece,
                          PersonId person, journal::events::Legs legs) {
    return {day,
            event,
            std::string(journal::event_label(event)) + " – " + context.transfer.end_to_end_id,
            std::string(piece),
            context.dossier.programme,
            person,
            std::move(legs)};
}

// Beside the payment or its return, what becomes of the commitment; nothing for an order of before
// commitments were told.
Result<Done> move_commitment(store::Transaction& tx, const Context& context, Event event, Day day,
                             PersonId person, journal::events::Legs legs) {
    if (!has_ordered(tx.db(), context.invoice.id)) return Done{};
    const auto works = find_works_order(tx.db(), context.invoice.works_order);
    const auto posted =
        journal::post(tx, draft(context, event, day, works->reference, person, std::move(legs)));
    if (!posted) return posted.refusal();
    return Done{};
}

// What the payment settles: after a return the debt stands on the returned transfers.
journal::Role settled_role(const Context& context) {
    if (context.transfer.attempt > 1) return journal::Role::returned_transfer;
    return context.order.purpose == Purpose::works ? journal::Role::contractor_payable
                                                   : journal::Role::contractor_retention;
}

std::vector<PaymentOrder> released_orders(store::Database& db, ProgrammeId programme) {
    std::vector<PaymentOrder> out;
    auto rows = db.select(
        "SELECT o.id FROM payment_order o JOIN invoice i ON i.id = o.invoice"
        " JOIN works_order w ON w.id = i.works_order JOIN dossier d ON d.id = w.dossier"
        " WHERE o.state = 'released' AND d.programme = ? ORDER BY o.id",
        programme);
    while (rows.next()) out.push_back(*find_order(db, {rows.integer(0)}));
    return out;
}

// The last look before the money leaves.
Result<Done> check_as_approved(store::Database& db, const std::vector<PaymentOrder>& orders) {
    for (const PaymentOrder& order : orders) {
        if (order_hash(db, order) == order.approved_hash) continue;
        return Refusal{Code::order_changed, "payment_order",
                       "L'ordre " + order.number +
                           " a changé depuis son approbation : aucun virement n'est préparé."};
    }
    return Done{};
}

}  // namespace

Result<TransferFile> make_transfer_file(store::Transaction& tx, ProgrammeId programme,
                                        Day execution_on, PersonId public_accountant) {
    store::Database& db = tx.db();
    if (auto role = people::require_role(db, public_accountant, people::Role::public_accountant);
        !role) {
        return role.refusal();
    }
    if (!funding::find_programme(db, programme)) {
        return Refusal{Code::not_found, "programme", "Ce programme n'existe pas."};
    }
    const auto released = released_orders(db, programme);
    if (released.empty()) {
        return Refusal{Code::state_forbids, "transfer_file",
                       "Aucun ordre de paiement n'est pris en charge : il n'y a rien à virer."};
    }
    if (auto dated = require_not_before("transfer_file.execution_on", execution_on, tx.today(),
                                        "aujourd'hui");
        !dated) {
        return dated.refusal();
    }
    if (auto approved = check_as_approved(db, released); !approved) return approved.refusal();
    if (auto closed = treasury::first_closed({suspension_gate(db)})) return *closed;
    const std::string message = store::next_number(db, "transfer_file", "message_id",
                                                   yearly_prefix("DEODAT-V", execution_on));
    const std::int64_t file = db.insert(
        "INSERT INTO transfer_file (message_id, programme, execution_on, made_at) VALUES (?, ?, ?, "
        "?)",
        message, programme, execution_on, tx.now());
    db.run(
        "INSERT INTO transfer (file, payment_order, attempt, end_to_end_id, iban, cents, state)"
        " SELECT ?1, o.id, o.attempt, d.reference || '-' || o.number || '-A' || o.attempt, o.iban,"
        "  o.cents, 'sent' FROM payment_order o JOIN invoice i ON i.id = o.invoice"
        " JOIN works_order w ON w.id = i.works_order JOIN dossier d ON d.id = w.dossier"
        " WHERE o.state = 'released' AND d.programme = ?2 ORDER BY o.id",
        file, programme);
    db.run(
        "UPDATE payment_order SET state = 'sent' WHERE id IN"
        " (SELECT payment_order FROM transfer WHERE file = ?)",
        file);
    return *find_transfer_file(db, file);
}

std::optional<TransferFile> find_transfer_file(store::Database& db, std::int64_t id) {
    auto rows = db.select(
        "SELECT message_id, programme, execution_on, made_at FROM transfer_file WHERE id = ?", id);
    if (!rows.next()) return std::nullopt;
    TransferFile file{id, rows.text(0), {rows.integer(1)}, rows.day(2), Instant(rows.integer(3)),
                      {}};
    static const std::string sql = std::string(columns) + "WHERE t.file = ? ORDER BY t.id";
    auto transfers = db.select(sql, id);
    while (transfers.next()) file.transfers.push_back(transfer_of(transfers));
    return file;
}

std::optional<Transfer> transfer_by_end_to_end_id(store::Database& db,
                                                  std::string_view end_to_end_id) {
    static const std::string sql = std::string(columns) + "WHERE t.end_to_end_id = ?";
    auto rows = db.select(sql, end_to_end_id);
    if (!rows.next()) return std::nullopt;
    return transfer_of(rows);
}

Result<EntryId> transfer_paid(store::Transaction& tx, std::int64_t id, Day day,
                              std::string_view piece, PersonId accountant) {
    store::Database& db = tx.db();
    const auto context = context_of(db, id, TransferState::sent, accountant);
    if (!context) return context.refusal();
    if (auto dated = require_not_before("transfer.paid_on", day, context->transfer.made_on,
                                        "l'envoi du virement");
        !dated) {
        return dated.refusal();
    }
    db.run("UPDATE transfer SET state = 'paid', paid_on = ? WHERE id = ?", day, id);
    db.run("UPDATE payment_order SET state = 'paid' WHERE id = ?", context->order.id);
    if (auto moved = move_commitment(
            tx, *context, Event::commitment_paid, day, accountant,
            journal::events::commitment_paid(context->dossier.id, context->invoice.contractor,
                                             context->transfer.amount));
        !moved) {
        return moved.refusal();
    }
    const Event event =
        context->order.purpose == Purpose::works ? Event::transfer_paid : Event::retention_released;
    return journal::post(tx, draft(*context, event, day, piece, accountant,
                                   journal::events::transfer_paid(
                                       context->dossier.id, context->invoice.contractor,
                                       context->transfer.amount, settled_role(*context))));
}

Result<EntryId> transfer_returned(store::Transaction& tx, std::int64_t id, std::string_view reason,
                                  Day day, std::string_view piece, PersonId accountant) {
    store::Database& db = tx.db();
    const auto context = context_of(db, id, TransferState::paid, accountant);
    if (!context) return context.refusal();
    if (auto dated = require_not_before("transfer.returned_on", day, *context->transfer.paid_on,
                                        "l'exécution du virement");
        !dated) {
        return dated.refusal();
    }
    db.run(
        "UPDATE transfer SET state = 'returned', returned_on = ?, return_reason = ? WHERE id = ?",
        day, reason, id);
    db.run("UPDATE payment_order SET state = 'returned' WHERE id = ?", context->order.id);
    if (auto moved = move_commitment(
            tx, *context, Event::commitment_unpaid, day, accountant,
            journal::events::commitment_unpaid(context->dossier.id, context->invoice.contractor,
                                               context->transfer.amount));
        !moved) {
        return moved.refusal();
    }
    return journal::post(
        tx, draft(*context, Event::transfer_returned, day, piece, accountant,
                  journal::events::transfer_returned(
                      context->dossier.id, context->invoice.contractor, context->transfer.amount)));
}

}  // namespace deodat::payments
