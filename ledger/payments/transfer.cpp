#include "ledger/payments/transfer.h"

#include "ledger/base/canonical.h"
#include "ledger/base/checks.h"
#include "ledger/base/numbering.h"
#include "ledger/journal/chart.h"
#include "ledger/journal/events.h"
#include "ledger/payments/suspension.h"
#include "ledger/people/person.h"
#include "ledger/store/numbering.h"

namespace deodat::payments {
namespace {

using journal::Event;

// What was frozen with the transfer; of one of before, what its tables say today.
constexpr std::string_view columns =
    "SELECT t.id, t.payment_order, t.attempt, t.end_to_end_id, t.iban, t.cents, t.state, f.made_at,"
    " t.paid_on, coalesce(x.creditor_name, c.name), coalesce(x.creditor_town, c.town),"
    " coalesce(x.creditor_country, c.country), coalesce(x.creditor_siret, c.siret),"
    " coalesce(x.invoice_number, i.number), d.reference, o.number, coalesce(x.remittance, ''),"
    " o.purpose, coalesce(x.account, ''), coalesce(x.mandate, 0), f.execution_on FROM transfer t"
    " JOIN transfer_file f ON f.id = t.file"
    " LEFT JOIN transfer_content x ON x.transfer = t.id"
    " JOIN payment_order o ON o.id = t.payment_order JOIN invoice i ON i.id = o.invoice"
    " JOIN contractor c ON c.id = i.contractor JOIN works_order w ON w.id = i.works_order"
    " JOIN dossier d ON d.id = w.dossier ";

// A rejected transfer is stored as returned, without a day of payment: it never left.
TransferState transfer_state_of(std::string_view name, bool was_paid) {
    if (name == "sent") return TransferState::sent;
    if (name == "paid") return TransferState::paid;
    DEODAT_ASSERT(name == "returned", "a stored transfer state is one");
    return was_paid ? TransferState::returned : TransferState::rejected;
}

Transfer transfer_of(store::Rows& rows) {
    return {rows.integer(0),
            {rows.integer(1)},
            rows.integer(2),
            rows.text(3),
            rows.text(4),
            rows.money(5),
            transfer_state_of(rows.text(6), !rows.is_null(8)),
            Instant(rows.integer(7)).day_in_paris(),
            rows.maybe_day(8),
            rows.text(9),
            rows.text(10),
            rows.text(11),
            rows.text(12),
            rows.text(13),
            rows.text(14),
            rows.text(15),
            rows.text(16),
            rows.text(17) == "retention",
            rows.text(18),
            rows.integer(19),
            rows.day(20)};
}

// The last of those where the condition on one value holds.
template <class Value>
std::optional<Transfer> last_where(store::Database& db, std::string_view condition,
                                   const Value& value) {
    auto rows = db.select(std::string(columns) + "WHERE " + std::string(condition) +
                              " = ? ORDER BY t.id DESC LIMIT 1",
                          value);
    if (!rows.next()) return std::nullopt;
    return transfer_of(rows);
}

std::optional<Transfer> find_transfer(store::Database& db, std::int64_t id) {
    return last_where(db, "t.id", id);
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

// Whether an earlier attempt was executed, and came back.
bool was_paid_before(store::Database& db, const Context& context) {
    auto rows = db.select(
        "SELECT 1 FROM transfer WHERE payment_order = ? AND attempt < ? AND paid_on IS NOT NULL",
        context.order.id, context.transfer.attempt);
    return rows.next();
}

// What the payment settles: after a return the debt stands on the returned transfers.
journal::Role settled_role(store::Database& db, const Context& context) {
    if (was_paid_before(db, context)) return journal::Role::returned_transfer;
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

// A payee that has asked since to be paid elsewhere is not paid on the account of before, whoever
// approved it (the old one may be closed, or the new one a fraud), nor on one set aside since.
Result<Done> check_accounts(store::Database& db, std::string_view orders, std::int64_t of) {
    auto rows = db.select(
        "SELECT o.number, c.name FROM payment_order o JOIN invoice i ON i.id = o.invoice"
        " JOIN contractor c ON c.id = i.contractor JOIN works_order w ON w.id = i.works_order"
        " JOIN dossier d ON d.id = w.dossier WHERE " +
            std::string(orders) +
            " AND o.iban IS NOT (SELECT iban FROM contractor_iban n WHERE n.contractor = c.id"
            "  AND n.id NOT IN (SELECT account FROM account_rejection)"
            "  ORDER BY n.id DESC LIMIT 1) ORDER BY o.id",
        of);
    if (!rows.next()) return Done{};
    return Refusal{Code::order_changed, "payment_order",
                   "Le compte de l'entreprise « " + rows.text(1) + " » a changé depuis l'ordre " +
                       rows.text(0) + " : aucun fichier n'est remis tant qu'il y figure."};
}

// The numbers of the collectivity's year, in which files and mandats of PES follow one another.
struct Numbering {
    int year = 0;
    std::int64_t bordereau = 0;
    std::int64_t mandate = 0;  // the first of the file
    Money earlier;
};

Numbering numbering_of(store::Database& db, const PaymentChannel& channel, Day day) {
    Numbering out;
    out.year = day.year();
    if (channel.format != FileFormat::pes_aller) return out;
    const Collectivity& who = *channel.collectivity;
    auto files = db.select(
        "SELECT coalesce(max(k.bordereau), ?1 - 1) + 1, coalesce(sum(t.cents), 0)"
        " FROM transfer_file_content k JOIN transfer t ON t.file = k.file"
        " WHERE k.siret = ?2 AND k.budget = ?3 AND k.year = ?4 AND k.bordereau > 0",
        channel.first_bordereau, who.siret, who.budget, out.year);
    files.next();
    out.bordereau = files.integer(0);
    out.earlier = files.money(1);
    auto mandates = db.select(
        "SELECT coalesce(max(mandate), ?1 - 1) + 1 FROM transfer_content"
        " WHERE siret = ?2 AND budget = ?3 AND year = ?4 AND mandate > 0",
        channel.first_mandate, who.siret, who.budget, out.year);
    mandates.next();
    out.mandate = mandates.integer(0);
    return out;
}

Result<std::string> account_number(const funding::Programme& programme, bool retention, Day day) {
    const auto account = journal::Chart::m57().account(
        retention ? journal::Role::contractor_retention : journal::Role::mandate_expenditure, day,
        programme.ref.operation, std::nullopt);
    if (!account) return account.refusal();
    return account->number;
}

// Freezes what the file and its transfers are rendered from.
Result<Done> freeze(store::Transaction& tx, std::int64_t file,
                    const funding::Programme& programme) {
    store::Database& db = tx.db();
    const PaymentChannel channel = payment_channel(db, programme.ref.id);
    const Numbering numbers = numbering_of(db, channel, tx.today());
    const Collectivity who = channel.collectivity.value_or(Collectivity{});
    db.run(
        "INSERT INTO transfer_file_content VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        file, file_format_name(channel.format), address_form_name(channel.address),
        channel.initiator_name.empty() ? programme.name : channel.initiator_name, programme.name,
        programme.iban, channel.bic, who.siret, who.post, who.code, who.budget, who.budget_label,
        numbers.year, numbers.bordereau, tx.today(), numbers.earlier);
    const auto works = account_number(programme, false, tx.today());
    if (!works) return works.refusal();
    const auto withheld = account_number(programme, true, tx.today());
    if (!withheld) return withheld.refusal();
    db.run(
        "INSERT INTO transfer_content SELECT t.id, c.name, c.town, c.country, c.siret,"
        " 'FACTURE ' || i.number || ' DOSSIER ' || d.reference, i.number, o.purpose = 'retention',"
        " CASE o.purpose WHEN 'retention' THEN ?2 ELSE ?3 END, ?4, ?5, ?6,"
        " CASE WHEN ?7 = 0 THEN 0 ELSE ?7 - 1 + row_number() OVER (ORDER BY t.id) END"
        " FROM transfer t JOIN payment_order o ON o.id = t.payment_order"
        " JOIN invoice i ON i.id = o.invoice JOIN contractor c ON c.id = i.contractor"
        " JOIN works_order w ON w.id = i.works_order JOIN dossier d ON d.id = w.dossier"
        " WHERE t.file = ?1",
        file, *withheld, *works, who.siret, who.budget, numbers.year, numbers.mandate);
    return Done{};
}

// The entry by which the order was last taken in charge, if it still stands.
std::optional<EntryId> charge_of(store::Database& db, const PaymentOrder& order) {
    auto rows = db.select("SELECT max(number) FROM entry WHERE event = ? AND piece = ?",
                          journal::event_name(Event::order_released), order.number);
    rows.next();
    if (rows.is_null(0)) return std::nullopt;
    return EntryId{rows.integer(0)};
}

bool has_retention_order(store::Database& db, InvoiceId invoice) {
    auto rows = db.select("SELECT 1 FROM payment_order WHERE invoice = ? AND purpose = 'retention'",
                          invoice);
    return rows.next();
}

}  // namespace

Result<TransferFile> make_transfer_file(store::Transaction& tx, ProgrammeId id, Day execution_on,
                                        PersonId public_accountant) {
    store::Database& db = tx.db();
    if (auto role = people::require_role(db, public_accountant, people::Role::public_accountant);
        !role) {
        return role.refusal();
    }
    const auto programme = funding::find_programme(db, id);
    if (!programme) return Refusal{Code::not_found, "programme", "Ce programme n'existe pas."};
    const auto released = released_orders(db, id);
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
    if (auto same = check_accounts(db, "o.state = 'released' AND d.programme = ?", id.value);
        !same) {
        return same.refusal();
    }
    if (auto closed = treasury::first_closed({suspension_gate(db)})) return *closed;
    const std::string message = store::next_number(db, "transfer_file", "message_id",
                                                   yearly_prefix("DEODAT-V", execution_on));
    const std::int64_t file = db.insert(
        "INSERT INTO transfer_file (message_id, programme, execution_on, made_at) VALUES (?, ?, ?, "
        "?)",
        message, id, execution_on, tx.now());
    db.run(
        "INSERT INTO transfer (file, payment_order, attempt, end_to_end_id, iban, cents, state)"
        " SELECT ?1, o.id, o.attempt, d.reference || '-' || o.number || '-A' || o.attempt, o.iban,"
        "  o.cents, 'sent' FROM payment_order o JOIN invoice i ON i.id = o.invoice"
        " JOIN works_order w ON w.id = i.works_order JOIN dossier d ON d.id = w.dossier"
        " WHERE o.state = 'released' AND d.programme = ?2 ORDER BY o.id",
        file, id);
    if (auto frozen = freeze(tx, file, *programme); !frozen) return frozen.refusal();
    db.run(
        "UPDATE payment_order SET state = 'sent' WHERE id IN"
        " (SELECT payment_order FROM transfer WHERE file = ?)",
        file);
    return *find_transfer_file(db, file);
}

std::optional<TransferFile> find_transfer_file(store::Database& db, std::int64_t id) {
    auto rows = db.select(
        "SELECT f.message_id, f.programme, f.execution_on, f.made_at, k.format, k.address,"
        " k.initiator_name, k.debtor_name, k.debtor_iban, k.debtor_bic, k.siret, k.post,"
        " k.collectivity, k.budget, k.budget_label, k.year, k.bordereau, k.earlier_cents"
        " FROM transfer_file f JOIN transfer_file_content k ON k.file = f.id WHERE f.id = ?",
        id);
    if (!rows.next()) return std::nullopt;
    TransferFile file{.id = id,
                      .message_id = rows.text(0),
                      .programme = {rows.integer(1)},
                      .execution_on = rows.day(2),
                      .made_at = Instant(rows.integer(3)),
                      .format = file_format_of(rows.text(4)).value(),
                      .address = address_form_of(rows.text(5)).value(),
                      .initiator_name = rows.text(6),
                      .debtor_name = rows.text(7),
                      .debtor_iban = rows.text(8),
                      .debtor_bic = rows.text(9),
                      .collectivity = {},
                      .year = static_cast<int>(rows.integer(15)),
                      .bordereau = rows.integer(16),
                      .earlier = rows.money(17),
                      .transfers = {}};
    if (!rows.text(10).empty()) {
        file.collectivity =
            Collectivity{rows.text(10), rows.text(11), rows.text(12), rows.text(13), rows.text(14)};
    }
    static const std::string sql = std::string(columns) + "WHERE t.file = ? ORDER BY t.id";
    auto transfers = db.select(sql, id);
    while (transfers.next()) file.transfers.push_back(transfer_of(transfers));
    return file;
}

std::optional<TransferFile> transfer_file_by_message_id(store::Database& db,
                                                        std::string_view message_id) {
    auto rows = db.select("SELECT id FROM transfer_file WHERE message_id = ?", message_id);
    if (!rows.next()) return std::nullopt;
    return find_transfer_file(db, rows.integer(0));
}

Result<Done> seal_transfer_file(store::Transaction& tx, std::int64_t file,
                                const RenderedFile& rendered) {
    store::Database& db = tx.db();
    if (!find_transfer_file(db, file)) {
        return Refusal{Code::not_found, "transfer_file", "Ce fichier de virements n'existe pas."};
    }
    auto sealed = db.select("SELECT 1 FROM transfer_file_sent WHERE file = ?", file);
    if (sealed.next()) {
        return Refusal{Code::duplicate, "transfer_file",
                       "Ce fichier de virements a déjà son empreinte."};
    }
    db.run("INSERT INTO transfer_file_sent VALUES (?, ?, ?, ?, ?)", file,
           store::Value::bytes(sha256(rendered.bytes)),
           static_cast<std::int64_t>(rendered.bytes.size()), rendered.count, rendered.sum);
    return Done{};
}

Result<std::int64_t> hand_over_transfer_file(store::Transaction& tx, std::int64_t file,
                                             std::string_view bytes, PersonId public_accountant) {
    store::Database& db = tx.db();
    if (auto role = people::require_role(db, public_accountant, people::Role::public_accountant);
        !role) {
        return role.refusal();
    }
    auto sealed = db.select("SELECT sha256 FROM transfer_file_sent WHERE file = ?", file);
    if (!sealed.next()) {
        return Refusal{Code::not_found, "transfer_file", "Ce fichier de virements n'existe pas."};
    }
    auto dead = db.select(
        "SELECT end_to_end_id FROM transfer WHERE file = ? AND state = 'returned' LIMIT 1", file);
    if (dead.next()) {
        return Refusal{Code::state_forbids, "transfer_file",
                       "Le virement " + dead.text(0) +
                           " du fichier est revenu ou rejeté : le fichier ne repart pas."};
    }
    if (auto same = check_accounts(
            db, "o.id IN (SELECT payment_order FROM transfer WHERE state = 'sent' AND file = ?)",
            file);
        !same) {
        return same.refusal();
    }
    if (sealed.bytes(0) != sha256(bytes)) {
        return Refusal{Code::payment_file_changed, "transfer_file",
                       "Le fichier n'est plus celui dont l'empreinte est gardée : il n'est pas "
                       "remis, prévenez l'administrateur."};
    }
    if (auto closed = treasury::first_closed({suspension_gate(db)})) return *closed;
    auto before = db.select("SELECT count(*) FROM transfer_file_handed WHERE file = ?", file);
    before.next();
    const std::int64_t times = before.integer(0);
    db.run("INSERT INTO transfer_file_handed (file, person, handed_at) VALUES (?, ?, ?)", file,
           public_accountant, tx.now());
    return times;
}

std::optional<Transfer> last_transfer_of(store::Database& db, OrderId order) {
    return last_where(db, "t.payment_order", order);
}

std::optional<Transfer> transfer_by_end_to_end_id(store::Database& db,
                                                  std::string_view end_to_end_id) {
    return last_where(db, "t.end_to_end_id", end_to_end_id);
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
                                       context->transfer.amount, settled_role(db, *context))));
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

Result<Done> transfer_rejected(store::Transaction& tx, std::int64_t id, Rejection rejection,
                               std::string_view reason, PersonId accountant) {
    store::Database& db = tx.db();
    const auto context = context_of(db, id, TransferState::sent, accountant);
    if (!context) return context.refusal();
    db.run(
        "UPDATE transfer SET state = 'returned', returned_on = ?, return_reason = ? WHERE id = ?",
        tx.today(), reason, id);
    db.run("UPDATE payment_order SET state = 'returned' WHERE id = ?", context->order.id);
    const bool undone =
        rejection == Rejection::of_mandate && context->order.purpose == Purpose::works &&
        !was_paid_before(db, *context) && !has_retention_order(db, context->order.invoice);
    if (!undone) return Done{};
    const auto charge = charge_of(db, context->order);
    DEODAT_ASSERT(charge.has_value(), "an order that was sent was taken in charge");
    db.run("UPDATE payment_order SET taken_in_charge = 0 WHERE id = ?", context->order.id);
    const auto reversed = journal::reverse(
        tx, *charge, tx.today(), "Mandat rejeté – " + context->transfer.end_to_end_id, accountant);
    if (!reversed) return reversed.refusal();
    return Done{};
}

}  // namespace deodat::payments
