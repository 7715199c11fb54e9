#include "ledger/payments/contractor_alerts.h"

#include <set>

#include "ledger/payments/qualification.h"

namespace deodat::payments {
namespace {

void add_qualification_alerts(std::vector<Alert>& out, store::Database& db,
                              const dossiers::Quote& quote) {
    std::set<std::string> seen;
    for (const dossiers::WorksLine& line : quote.lines) {
        if (!seen.insert(line.trade).second) continue;
        if (is_qualified(db, quote.contractor, line.trade, quote.issued_on).value_or(true))
            continue;
        out.push_back({"not_qualified", "Aucune qualification RGE connue pour « " + line.label +
                                            " » au " + quote.issued_on.french() +
                                            ", date du devis « " + quote.number + " »."});
    }
}

}  // namespace

std::vector<Alert> account_alerts(store::Database& db, ContractorId id, std::string_view iban) {
    std::vector<Alert> out;
    const auto contractor = find_contractor(db, id);
    DEODAT_ASSERT(contractor.ok(), "the contractor was found before");
    auto others = db.select(
        "SELECT DISTINCT c.name, c.siret FROM contractor_iban i JOIN contractor c"
        " ON c.id = i.contractor WHERE i.iban = ? AND c.id <> ? ORDER BY c.siret",
        iban, id);
    while (others.next()) {
        out.push_back({"shared_account", "Ce compte est aussi celui de « " + others.text(0) +
                                             " », SIRET " + others.text(1) + "."});
    }
    auto own = db.select("SELECT code FROM programme WHERE iban = ?", iban);
    if (own.next()) {
        out.push_back({"shared_account", "Ce compte est celui du programme " + own.text(0) + "."});
    }
    const std::string country(iban.substr(0, 2));
    if (country != contractor->country) {
        out.push_back({"foreign_account", "Le compte est tenu dans un autre pays (" + country +
                                              ") que celui de l'entreprise (" +
                                              contractor->country + ")."});
    }
    return out;
}

std::vector<Alert> order_alerts(store::Database& db, OrderId id, Day day) {
    const auto order = find_order(db, id);
    DEODAT_ASSERT(order.ok(), "the order was found before");
    auto rows = db.select(
        "SELECT w.quote, w.signed_on, i.contractor FROM invoice i JOIN works_order w"
        " ON w.id = i.works_order WHERE i.id = ?",
        order->invoice);
    DEODAT_ASSERT(rows.next(), "an order has an invoice");
    const auto quote = dossiers::find_quote(db, rows.id<QuoteId>(0));
    const Day ordered_on = rows.day(1);
    const auto contractor = rows.id<ContractorId>(2);
    std::vector<Alert> out = account_alerts(db, contractor, order->iban);
    add_qualification_alerts(out, db, *quote);
    if (!is_insured(db, contractor, ordered_on)) {
        out.push_back({"not_insured", "Aucune assurance décennale connue au " +
                                          ordered_on.french() + ", date de la commande."});
    }
    if (const auto total = beyond_one_order(db, limited_payment(db, id), day)) {
        out.push_back({"split_elsewhere",
                       "Avec cet ordre, l'entreprise aurait " + french(*total) +
                           " approuvés en sept jours, tous dossiers réunis : plus que la limite "
                           "d'un ordre."});
    }
    if (const auto end = end_of(db, contractor)) {
        out.push_back(
            {"contractor_ended", std::string(end->kind == ContractorEnd::closed
                                                 ? "L'entreprise est fermée"
                                                 : "L'entreprise est en procédure collective") +
                                     " depuis le " + end->on.french() + " (" + end->source + ")."});
    }
    return out;
}

}  // namespace deodat::payments
