#include "api/desks/treasury/electronic_invoices.h"

#include <algorithm>

#include "api/desks/treasury/works_lines.h"
#include "ledger/base/text.h"
#include "ledger/payments/electronic/reading.h"
#include "ledger/people/person.h"

namespace deodat::treasury_desk {
namespace {

using namespace payments::electronic;

// What a file asks for may be registered as it stands only when it asks for its whole total.
void check_form(const ElectronicInvoice& invoice, std::vector<Refusal>& obstacles) {
    if (invoice.kind == Kind::credit_note || invoice.kind == Kind::corrective) {
        obstacles.push_back({Code::state_forbids, "type_code",
                             "Le document est de type " + std::string(kind_label(invoice.kind)) +
                                 " : il ne s'enregistre pas comme une facture."});
    }
    const Totals& totals = invoice.totals;
    if (totals.gross && totals.due && *totals.gross != *totals.due) {
        obstacles.push_back(
            {Code::state_forbids, "totals.due",
             "La facture demande " + french(*totals.due) + " sur " + french(*totals.gross) +
                 " : un acompte y est déduit. Saisissez à la main ce qu'elle ajoute aux factures "
                 "d'acompte."});
    }
}

void check_contractor(const ElectronicInvoice& invoice, const payments::Contractor& contractor,
                      std::vector<Refusal>& obstacles) {
    const Party& seller = invoice.seller;
    const bool same = seller.siret.empty() ? contractor.siret.starts_with(seller.siren)
                                           : contractor.siret == seller.siret;
    if (same) return;
    obstacles.push_back({Code::state_forbids, "seller.siret",
                         "La facture est de « " + shown(seller.name) + " » (" +
                             shown(seller.siret.empty() ? seller.siren : seller.siret) +
                             "), la commande de « " + contractor.name + " » (" + contractor.siret +
                             ")."});
}

void check_order(const ElectronicInvoice& invoice, const payments::WorksOrder& order,
                 std::vector<Refusal>& remarks) {
    if (invoice.order.empty() || invoice.order == order.reference) return;
    remarks.push_back({Code::state_forbids, "order",
                       "La facture cite la commande « " + shown(invoice.order) +
                           " », elle est rapprochée de la commande " + order.reference + "."});
}

// Said, because a new RIB in an invoice is how payments are turned aside; and that is all.
void compare_account(const ElectronicInvoice& invoice, const payments::Contractor& contractor,
                     std::vector<Refusal>& remarks) {
    for (const PaymentMeans& means : invoice.payment_means) {
        std::string account = means.account;
        std::erase(account, ' ');
        if (account.empty()) continue;
        if (contractor.account && contractor.account->iban.text() == account) continue;
        remarks.push_back({Code::invoice_payee, "payment_means.account",
                           "Le compte lu dans la facture, « " + shown(account) +
                               " », n'est pas celui de la fiche de l'entreprise : seul celui de la "
                               "fiche est payé. Un changement de RIB se confirme par un appel."});
    }
}

Result<ReceivedInvoice> held_against(store::Database& db, std::int64_t works_order,
                                     ElectronicInvoice invoice, Day today) {
    const auto order = payments::find_works_order(db, works_order);
    if (!order) return Refusal{Code::not_found, "works_order", "Cette commande n'existe pas."};
    const auto contractor = payments::find_contractor(db, order->contractor);
    if (!contractor) return contractor.refusal();
    ReceivedInvoice out{
        std::move(invoice), {}, {}, order->amount, payments::left_to_invoice(db, *order)};
    out.checks = check(out.invoice, today);
    std::vector<Refusal>& obstacles = out.checks.obstacles;
    check_form(out.invoice, obstacles);
    check_contractor(out.invoice, *contractor, obstacles);
    check_order(out.invoice, *order, out.checks.remarks);
    compare_account(out.invoice, *contractor, out.checks.remarks);
    if (!obstacles.empty()) return out;
    auto lines = works_lines(out.invoice);
    if (lines) {
        out.lines = std::move(*lines);
    } else {
        obstacles.push_back(lines.refusal());
    }
    return out;
}

// Of several faults a command answers the one whose code stands highest (refusal_codes.inc).
Refusal highest(const std::vector<Refusal>& obstacles) {
    return *std::min_element(obstacles.begin(), obstacles.end(),
                             [](const Refusal& a, const Refusal& b) { return a.code < b.code; });
}

}  // namespace

Result<ReceivedInvoice> read_electronic_invoice(desks::Desk& desk, std::int64_t works_order,
                                                std::string_view file, Day day) {
    auto invoice = payments::electronic::read_invoice(file);
    if (!invoice) return invoice.refusal();
    auto snapshot = desk.store.snapshot();
    return held_against(snapshot.db(), works_order, std::move(*invoice), day);
}

Result<InvoiceId> register_electronic_invoice(desks::Desk& desk, std::int64_t works_order,
                                              std::string_view file, Money retention) {
    // Before the transaction: the writer has better to do than to unpack PDFs.
    const auto invoice = payments::electronic::read_invoice(file);
    if (!invoice) return invoice.refusal();
    return desk.store.write([&](store::Transaction& tx) -> Result<InvoiceId> {
        if (auto role = people::require_role(tx.db(), desk.person, people::Role::officer); !role) {
            return role.refusal();
        }
        auto read = held_against(tx.db(), works_order, *invoice, tx.today());
        if (!read) return read.refusal();
        if (!read->checks.sound()) return highest(read->checks.obstacles);
        return payments::register_invoice(
            tx, {works_order, read->invoice.number, *read->invoice.issued_on.day, tx.today(),
                 std::move(read->lines), retention, desk.person});
    });
}

}  // namespace deodat::treasury_desk
