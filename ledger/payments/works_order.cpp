#include "ledger/payments/works_order.h"

#include "ledger/base/checks.h"
#include "ledger/base/numbering.h"
#include "ledger/base/text.h"
#include "ledger/journal/events.h"
#include "ledger/people/person.h"
#include "ledger/store/numbering.h"
#include "ledger/treasury/gates.h"

namespace deodat::payments {
namespace {

constexpr std::size_t number_points_max = 40;
// loi 71-584 du 16 juillet 1971, article 1er.
constexpr Ratio retention_max = Ratio::percent(5);
// Contractors' software rounds VAT in its own ways; the right amount is then the invoice's.
constexpr Money line_tolerance = Money::cents(1);

constexpr std::string_view invoice_columns =
    "SELECT i.id, i.works_order, w.dossier, i.contractor, i.number, i.issued_on, i.received_on,"
    " (SELECT sum(ttc_cents) FROM invoice_line l WHERE l.invoice = i.id), i.retention_cents,"
    " a.accepted_on, i.final FROM invoice i JOIN works_order w ON w.id = i.works_order"
    " LEFT JOIN acceptance a ON a.invoice = i.id ";

Invoice invoice_of(store::Rows& rows) {
    return {{rows.integer(0)}, rows.integer(1),   {rows.integer(2)},    {rows.integer(3)},
            rows.text(4),      rows.day(5),       rows.day(6),          rows.money(7),
            rows.money(8),     rows.maybe_day(9), rows.integer(10) != 0};
}

WorksOrder works_order_of(store::Rows& rows) {
    return {rows.integer(0), rows.text(1), {rows.integer(2)}, {rows.integer(3)}, {rows.integer(4)},
            rows.money(5),   rows.day(6),  rows.maybe_day(7), rows.money(8)};
}

constexpr std::string_view works_order_columns =
    "SELECT id, reference, dossier, quote, contractor, cents, signed_on, finished_on,"
    " given_up_cents FROM works_order ";

// Invoices whose payment stands refused are as if they had not come.
constexpr std::string_view counts =
    " NOT EXISTS (SELECT 1 FROM payment_order o WHERE o.invoice = i.id AND o.purpose = 'works'"
    "  AND o.refused_on IS NOT NULL AND o.taken_in_charge = 0)";

Result<Done> require_unfinished(const WorksOrder& order, std::string_view what) {
    if (!order.finished_on) return Done{};
    return Refusal{Code::state_forbids, "works_order",
                   "La commande " + order.reference + " est terminée depuis le " +
                       order.finished_on->french() + " : elle ne reçoit plus " + std::string(what) +
                       "."};
}

Result<Done> check_values(const RegisterInvoice& command, const WorksOrder& order, Money total,
                          Day today) {
    const Money retention_most = part_of(total, retention_max, Rounding::floor);
    if (command.retention.is_negative() || command.retention > retention_most) {
        return Refusal{Code::out_of_range, "invoice.retention_cents",
                       "La retenue de garantie de " + french(command.retention) +
                           " doit tenir entre zéro et 5 % du TTC, " + french(retention_most) + "."};
    }
    if (command.issued_on < order.signed_on || command.received_on < command.issued_on) {
        return Refusal{Code::date_invalid, "invoice.issued_on",
                       "Les dates doivent se suivre : commande du " + order.signed_on.french() +
                           ", facture du " + command.issued_on.french() + ", reçue le " +
                           command.received_on.french() + "."};
    }
    return require_happened("invoice.received_on", command.received_on, today);
}

// An invoice that the contractor has not sent before, within what is left of the order.
Result<Done> check_place(store::Database& db, const std::string& number, const WorksOrder& order,
                         Money total) {
    auto known = db.select(
        "SELECT d.reference FROM invoice i JOIN works_order w ON w.id = i.works_order"
        " JOIN dossier d ON d.id = w.dossier WHERE i.contractor = ? AND i.number = ?",
        order.contractor, number);
    if (known.next()) {
        return Refusal{Code::duplicate, "invoice.number",
                       "La facture « " + number +
                           " » de cette entreprise est déjà dans le dossier " + known.text(0) +
                           "."};
    }
    const Money left = left_to_invoice(db, order);
    if (total <= left) return Done{};
    return Refusal{Code::over_commitment, "invoice.lines",
                   "La facture de " + french(total) + " dépasse le reste de la commande " +
                       order.reference + ", " + french(left) + " : faire signer un avenant."};
}

}  // namespace

Result<std::int64_t> order_works(store::Transaction& tx, QuoteId id, Day signed_on,
                                 PersonId adviser) {
    store::Database& db = tx.db();
    if (auto role = people::require_role(db, adviser, people::Role::adviser); !role) {
        return role.refusal();
    }
    const auto quote = dossiers::find_quote(db, id);
    if (!quote) return Refusal{Code::not_found, "quote", "Ce devis n'existe pas."};
    const auto dossier = dossiers::open_dossier_of(db, quote->dossier);
    if (!dossier) return dossier.refusal();
    if (auto dated =
            require_not_before("works_order.signed_on", signed_on, quote->issued_on, "le devis");
        !dated) {
        return dated.refusal();
    }
    auto ordered = db.select("SELECT reference FROM works_order WHERE quote = ?", id);
    if (ordered.next()) {
        return Refusal{Code::duplicate, "quote",
                       "Ce devis est déjà commandé (" + ordered.text(0) + ")."};
    }
    if (auto closed = treasury::first_closed(
            treasury::works_order_gates(db, *dossier, quote->contractor, quote->ttc, signed_on))) {
        return *closed;
    }
    const std::string reference =
        store::next_number(db, "works_order", "reference", yearly_prefix("W", signed_on));
    const std::int64_t order = db.insert(
        "INSERT INTO works_order (reference, dossier, quote, contractor, cents, signed_on)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        reference, quote->dossier, id, quote->contractor, quote->ttc, signed_on);
    const auto posted = journal::post(
        tx, {signed_on, journal::Event::works_ordered,
             "Travaux commandés – " + reference + " – " + dossier->reference, reference,
             dossier->programme, adviser,
             journal::events::works_ordered(quote->dossier, quote->contractor, quote->ttc)});
    if (!posted) return posted.refusal();
    return order;
}

Result<EntryId> amend_works_order(store::Transaction& tx, const AmendWorksOrder& command) {
    store::Database& db = tx.db();
    if (auto role = people::require_role(db, command.adviser, people::Role::adviser); !role) {
        return role.refusal();
    }
    const auto order = find_works_order(db, command.works_order);
    if (!order) return Refusal{Code::not_found, "works_order", "Cette commande n'existe pas."};
    const auto dossier = dossiers::open_dossier_of(db, order->dossier);
    if (!dossier) return dossier.refusal();
    if (auto state = require_unfinished(*order, "d'avenant"); !state) return state.refusal();
    const auto reference =
        clean_text("works_order.amendment", command.reference, number_points_max);
    if (!reference) return reference.refusal();
    if (auto amount = require_amount("works_order.amount", command.more); !amount) {
        return amount.refusal();
    }
    if (auto dated = require_not_before("works_order.signed_on", command.signed_on,
                                        order->signed_on, "la commande");
        !dated) {
        return dated.refusal();
    }
    auto known =
        db.select("SELECT 1 FROM works_order_amendment WHERE works_order = ? AND reference = ?",
                  order->id, *reference);
    if (known.next()) {
        return Refusal{
            Code::duplicate, "works_order.amendment",
            "La commande " + order->reference + " a déjà un avenant « " + *reference + " »."};
    }
    if (auto closed = treasury::first_closed(treasury::works_order_gates(
            db, *dossier, order->contractor, command.more, command.signed_on))) {
        return *closed;
    }
    db.insert(
        "INSERT INTO works_order_amendment (works_order, reference, cents, signed_on, person)"
        " VALUES (?, ?, ?, ?, ?)",
        order->id, *reference, command.more, command.signed_on, command.adviser);
    db.run("UPDATE works_order SET cents = cents + ? WHERE id = ?", command.more, order->id);
    return journal::post(
        tx,
        {command.signed_on, journal::Event::works_order_amended,
         std::string(journal::event_label(journal::Event::works_order_amended)) + " – " +
             order->reference + " – " + dossier->reference,
         order->reference, dossier->programme, command.adviser,
         journal::events::works_order_amended(order->dossier, order->contractor, command.more)});
}

Result<Done> finish_works_order(store::Transaction& tx, std::int64_t id, Day day,
                                PersonId adviser) {
    store::Database& db = tx.db();
    if (auto role = people::require_role(db, adviser, people::Role::adviser); !role) {
        return role.refusal();
    }
    const auto order = find_works_order(db, id);
    if (!order) return Refusal{Code::not_found, "works_order", "Cette commande n'existe pas."};
    const auto dossier = dossiers::open_dossier_of(db, order->dossier);
    if (!dossier) return dossier.refusal();
    const Money left = left_to_invoice(db, *order);
    if (order->finished_on || left.is_zero()) {
        return Refusal{
            Code::state_forbids, "works_order",
            "La commande " + order->reference + " est déjà terminée, ou facturée en entier."};
    }
    if (auto dated =
            require_not_before("works_order.finished_on", day, order->signed_on, "la commande");
        !dated) {
        return dated.refusal();
    }
    return return_rest(tx, *order, *dossier, day, adviser);
}

Result<Done> return_rest(store::Transaction& tx, const WorksOrder& order,
                         const dossiers::Dossier& dossier, Day day, PersonId person) {
    const Money left = left_to_invoice(tx.db(), order);
    tx.db().run("UPDATE works_order SET finished_on = ?, given_up_cents = ? WHERE id = ?", day,
                left, order.id);
    if (left.is_zero()) return Done{};
    const auto posted = journal::post(
        tx, {day, journal::Event::works_order_finished,
             "Travaux terminés – " + order.reference + " – " + dossier.reference, order.reference,
             dossier.programme, person,
             journal::events::works_order_finished(order.dossier, order.contractor, left)});
    if (!posted) return posted.refusal();
    return Done{};
}

std::optional<WorksOrder> find_works_order(store::Database& db, std::int64_t id) {
    static const std::string sql = std::string(works_order_columns) + "WHERE id = ?";
    auto rows = db.select(sql, id);
    if (!rows.next()) return std::nullopt;
    return works_order_of(rows);
}

std::vector<Amendment> amendments_of(store::Database& db, std::int64_t works_order) {
    std::vector<Amendment> out;
    auto rows = db.select(
        "SELECT reference, cents, signed_on FROM works_order_amendment WHERE works_order = ?"
        " ORDER BY id",
        works_order);
    while (rows.next()) out.push_back({rows.text(0), rows.money(1), rows.day(2)});
    return out;
}

Result<WorksOrder> works_order_by_reference(store::Database& db, std::string_view reference) {
    static const std::string sql = std::string(works_order_columns) + "WHERE reference = ?";
    auto rows = db.select(sql, reference);
    if (rows.next()) return works_order_of(rows);
    return Refusal{Code::not_found, "works_order",
                   "Aucune commande de travaux « " + shown(reference) + " »."};
}

std::vector<WorksOrder> works_orders_of(store::Database& db, DossierId dossier) {
    static const std::string sql =
        std::string(works_order_columns) + "WHERE dossier = ? ORDER BY id";
    std::vector<WorksOrder> out;
    auto rows = db.select(sql, dossier);
    while (rows.next()) out.push_back(works_order_of(rows));
    return out;
}

Result<InvoiceId> register_invoice(store::Transaction& tx, const RegisterInvoice& command) {
    store::Database& db = tx.db();
    if (auto role = people::require_role(db, command.officer, people::Role::officer); !role) {
        return role.refusal();
    }
    const auto order = find_works_order(db, command.works_order);
    if (!order) return Refusal{Code::not_found, "works_order", "Cette commande n'existe pas."};
    if (auto dossier = dossiers::open_dossier_of(db, order->dossier); !dossier) {
        return dossier.refusal();
    }
    if (auto state = require_unfinished(*order, "de facture"); !state) return state.refusal();
    static const std::string final_one =
        "SELECT i.number FROM invoice i WHERE i.works_order = ? AND i.final = 1 AND" +
        std::string(counts);
    auto last = db.select(final_one, order->id);
    if (last.next()) {
        return Refusal{Code::state_forbids, "works_order",
                       "La commande " + order->reference + " a déjà sa facture définitive, « " +
                           last.text(0) + " »."};
    }
    const auto number = clean_text("invoice.number", command.number, number_points_max);
    if (!number) return number.refusal();
    const auto total = dossiers::check_lines("invoice.lines", command.lines, line_tolerance);
    if (!total) return total.refusal();
    if (auto values = check_values(command, *order, *total, tx.today()); !values) {
        return values.refusal();
    }
    if (auto place = check_place(db, *number, *order, *total); !place) return place.refusal();
    const InvoiceId id{
        db.insert("INSERT INTO invoice (works_order, contractor, number, issued_on, received_on,"
                  " retention_cents, final) VALUES (?, ?, ?, ?, ?, ?, ?)",
                  order->id, order->contractor, *number, command.issued_on, command.received_on,
                  command.retention, command.final ? 1 : 0)};
    std::int64_t n = 0;
    for (const dossiers::WorksLine& line : command.lines) {
        db.run("INSERT INTO invoice_line VALUES (?, ?, ?, ?, ?, ?)", id, ++n, line.label, line.ht,
               line.vat_bp, line.ttc);
    }
    return id;
}

Money left_to_invoice(store::Database& db, const WorksOrder& order) {
    static const std::string sql =
        "SELECT coalesce(sum(l.ttc_cents), 0) FROM invoice_line l JOIN invoice i"
        " ON i.id = l.invoice WHERE i.works_order = ? AND" +
        std::string(counts);
    auto rows = db.select(sql, order.id);
    rows.next();
    return order.amount - order.given_up - rows.money(0);
}

Result<Invoice> find_invoice(store::Database& db, InvoiceId id) {
    static const std::string sql = std::string(invoice_columns) + "WHERE i.id = ?";
    auto rows = db.select(sql, id);
    if (!rows.next()) {
        return Refusal{Code::not_found, "invoice",
                       "Aucune facture n° " + std::to_string(id.value) + "."};
    }
    return invoice_of(rows);
}

std::vector<Invoice> invoices_of(store::Database& db, DossierId dossier) {
    static const std::string sql =
        std::string(invoice_columns) + "WHERE w.dossier = ? ORDER BY i.id";
    std::vector<Invoice> out;
    auto rows = db.select(sql, dossier);
    while (rows.next()) out.push_back(invoice_of(rows));
    return out;
}

std::vector<dossiers::WorksLine> lines_of(store::Database& db, InvoiceId invoice) {
    std::vector<dossiers::WorksLine> out;
    auto rows = db.select(
        "SELECT label, ht_cents, vat_bp, ttc_cents FROM invoice_line WHERE invoice = ? ORDER BY "
        "line",
        invoice);
    while (rows.next()) {
        out.push_back(
            {"", rows.text_unless_erased(0), rows.money(1), rows.integer(2), rows.money(3)});
    }
    return out;
}

Result<Done> accept_works(store::Transaction& tx, InvoiceId id, Day accepted_on,
                          Day household_signed_on, PersonId technician) {
    store::Database& db = tx.db();
    if (auto role = people::require_role(db, technician, people::Role::technician); !role) {
        return role.refusal();
    }
    const auto invoice = find_invoice(db, id);
    if (!invoice) return invoice.refusal();
    if (auto dossier = dossiers::open_dossier_of(db, invoice->dossier); !dossier) {
        return dossier.refusal();
    }
    if (invoice->accepted_on) {
        return Refusal{
            Code::state_forbids, "invoice",
            "Le service fait est déjà constaté le " + invoice->accepted_on->french() + "."};
    }
    const auto order = find_works_order(db, invoice->works_order);
    for (const auto& dated :
         {require_not_before("acceptance.household_signed_on", household_signed_on,
                             order->signed_on, "la commande"),
          require_not_before("acceptance.accepted_on", accepted_on, household_signed_on,
                             "la signature du ménage"),
          require_not_before("acceptance.accepted_on", accepted_on, invoice->received_on,
                             "la réception de la facture"),
          require_happened("acceptance.accepted_on", accepted_on, tx.today())}) {
        if (!dated) return dated.refusal();
    }
    db.run("INSERT INTO acceptance VALUES (?, ?, ?, ?)", id, accepted_on, technician,
           household_signed_on);
    return Done{};
}

}  // namespace deodat::payments
