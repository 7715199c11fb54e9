#include "reports/documents/payment_documents.h"

#include <map>

#include "ledger/base/territory.h"
#include "ledger/base/text.h"
#include "ledger/payments/transfer.h"
#include "ledger/people/person.h"
#include "reports/documents/sheet.h"
#include "reports/figures.h"

namespace deodat::reports {
namespace {

constexpr int retention_months = 12;

// "5,5 %" for 550.
std::string rate_text(std::int64_t basis_points) {
    const std::int64_t tenths = basis_points / 10;
    std::string out = std::to_string(tenths / 10);
    if (tenths % 10 != 0) out += "," + std::to_string(tenths % 10);
    return out + " %";
}

std::string site_of(store::Database& db, DossierId dossier) {
    const std::string insee = dossiers::commune_of(db, dossier);
    const auto found = commune("dwelling.commune_insee", insee);
    DEODAT_ASSERT(found.ok(), "a stored commune exists");
    return std::string((*found)->name) + " (" + insee + ")";
}

Sheet::Party contractor_party(const payments::Contractor& contractor) {
    return {"Entreprise", {contractor.name, "SIRET " + contractor.siret, contractor.town}};
}

Sheet::Party petr_party(const funding::Programme& programme) {
    return {"Payeur", {std::string(petr_name), programme.name}};
}

// Lines, then what they come to by rate of VAT, then in all.
Sheet::Table works_table(const std::vector<dossiers::WorksLine>& lines) {
    Sheet::Table out{{"Travaux", "HT", "TVA", "TTC"}, 1, {}, 0};
    struct Sums {
        Money ht;
        Money ttc;
    };
    std::map<std::int64_t, Sums> by_rate;
    Sums all;
    for (const dossiers::WorksLine& line : lines) {
        out.rows.push_back({line.label, french(line.ht), rate_text(line.vat_bp), french(line.ttc)});
        for (Sums* const sums : {&by_rate[line.vat_bp], &all}) {
            sums->ht += line.ht;
            sums->ttc += line.ttc;
        }
    }
    for (const auto& [rate, sums] : by_rate) {
        out.rows.push_back({"dont à " + rate_text(rate) + " : TVA " + french(sums.ttc - sums.ht),
                            french(sums.ht), "", french(sums.ttc)});
    }
    out.rows.push_back({"Total", french(all.ht), french(all.ttc - all.ht), french(all.ttc)});
    out.totals = by_rate.size() + 1;
    return out;
}

// An order with what its papers name.
struct Paper {
    payments::PaymentOrder order;
    payments::Invoice invoice;
    payments::WorksOrder works;
    payments::Contractor contractor;
    dossiers::Dossier dossier;
    funding::Programme programme;
};

Result<Paper> paper_of(store::Database& db, OrderId id) {
    auto order = payments::find_order(db, id);
    if (!order) return order.refusal();
    auto invoice = payments::find_invoice(db, order->invoice);
    if (!invoice) return invoice.refusal();
    auto contractor = payments::find_contractor(db, invoice->contractor);
    if (!contractor) return contractor.refusal();
    auto dossier = dossiers::find_dossier(db, invoice->dossier);
    if (!dossier) return dossier.refusal();
    const auto works = payments::find_works_order(db, invoice->works_order);
    const auto programme = funding::find_programme(db, dossier->programme.id);
    DEODAT_ASSERT(works && programme, "an invoice has its order, a dossier its programme");
    return Paper{std::move(*order),      std::move(*invoice), *works,
                 std::move(*contractor), std::move(*dossier), *programme};
}

bool releases_retention(const Paper& paper) {
    return paper.order.purpose == payments::Purpose::retention;
}

std::string account_end(const std::string& iban) {
    constexpr std::size_t shown_end = 4;
    return "se terminant par " + iban.substr(iban.size() - std::min(iban.size(), shown_end));
}

std::string who(store::Database& db, PersonId id, const std::optional<Day>& day) {
    const auto person = people::find_person(db, id);
    if (!person) return "à faire";
    return person->name + (day ? ", le " + day->french() : "");
}

// The last transfer of the order, as the bank was asked for it.
std::string execution_text(store::Database& db, OrderId order) {
    const auto last = payments::last_transfer_of(db, order);
    if (!last) return "à venir, une fois pris en charge par le comptable";
    const std::string reference = " (référence " + last->end_to_end_id + ")";
    switch (last->state) {
        case payments::TransferState::sent:
            return "demandé pour le " + last->execution_on.french() + reference;
        case payments::TransferState::paid:
            return "payé le " + last->paid_on->french() + reference;
        case payments::TransferState::returned:
        case payments::TransferState::rejected:
            return "rejeté par la banque" + reference + ", à refaire";
    }
    return "";
}

void show_amendments(store::Database& db, const payments::WorksOrder& works, Sheet& sheet) {
    Sheet::Table table{{"Avenant", "Signé le", "TTC"}, 2, {}, 1};
    for (const payments::Amendment& one : payments::amendments_of(db, works.id)) {
        table.rows.push_back({one.reference.empty() ? "Avenant" : one.reference,
                              one.signed_on.french(), french(one.more)});
    }
    if (table.rows.empty()) return;
    table.rows.push_back({"Commande, avenants compris", "", french(works.amount)});
    sheet.heading("Avenants");
    sheet.table(table);
}

}  // namespace

Result<std::string> works_order_document(store::Database& db, std::int64_t id, Day day) {
    const auto works = payments::find_works_order(db, id);
    if (!works) {
        return Refusal{Code::not_found, "works_order",
                       "Aucune commande de travaux n° " + std::to_string(id) + "."};
    }
    const auto dossier = dossiers::find_dossier(db, works->dossier);
    if (!dossier) return dossier.refusal();
    const auto household = dossiers::household_of(db, works->dossier);
    if (!household) return household.refusal();
    const auto contractor = payments::find_contractor(db, works->contractor);
    if (!contractor) return contractor.refusal();
    const auto quote = dossiers::find_quote(db, works->quote);
    const auto programme = funding::find_programme(db, dossier->programme.id);
    DEODAT_ASSERT(quote && programme, "works are ordered by a quote, in a programme");
    Sheet sheet("Commande de travaux", works->reference, day);
    sheet.parties({{"Client", {household->name, "Dossier " + dossier->reference}},
                   contractor_party(*contractor),
                   petr_party(*programme)});
    sheet.facts({{"Chantier", site_of(db, works->dossier)},
                 {"Devis", "n° " + quote->number + " du " + quote->issued_on.french()},
                 {"Signée le", works->signed_on.french()}});
    sheet.heading("Travaux commandés");
    sheet.table(works_table(quote->lines));
    show_amendments(db, *works, sheet);
    sheet.heading("Conditions");
    sheet.paragraph(
        "Le contrat lie le client et l'entreprise. Sur mandat du client, le payeur règle "
        "l'entreprise directement, sur facture, une fois les travaux réceptionnés par le client et "
        "le service fait constaté.");
    sheet.paragraph(
        "Contrat conclu hors établissement : le client peut se rétracter pendant quatorze jours "
        "(C. conso., art. L. 221-18) ; rien n'est payé avant sept jours (art. L. 221-10).");
    sheet.signatures({"Le client", "L'entreprise"});
    return sheet.html();
}

Result<std::string> payment_notice(store::Database& db, OrderId id, Day day) {
    const auto paper = paper_of(db, id);
    if (!paper) return paper.refusal();
    const payments::Invoice& invoice = paper->invoice;
    Sheet sheet("Avis de paiement", paper->order.number, day);
    sheet.parties({petr_party(paper->programme), contractor_party(paper->contractor)});
    sheet.facts({{"Dossier", paper->dossier.reference},
                 {"Chantier", site_of(db, paper->dossier.id)},
                 {"Commande", paper->works.reference},
                 {"Compte crédité", account_end(paper->order.iban)},
                 {"Virement", execution_text(db, id)}});
    sheet.heading("Montant");
    Sheet::Table table{{"Objet", "Montant"}, 1, {}, 1};
    const std::string of_invoice =
        "facture n° " + invoice.number + " du " + invoice.issued_on.french();
    if (releases_retention(*paper)) {
        table.rows.push_back(
            {"Retenue de garantie libérée, " + of_invoice, french(paper->order.amount)});
    } else {
        table.rows.push_back({"Travaux TTC, " + of_invoice, french(invoice.ttc)});
        if (!invoice.retention.is_zero()) {
            table.rows.push_back({"Retenue de garantie (loi n° 71-584), libérable le " +
                                      invoice.accepted_on->plus_months(retention_months).french(),
                                  french(-invoice.retention)});
        }
    }
    table.rows.push_back({"Net à payer", french(paper->order.amount)});
    sheet.table(table);
    return sheet.html();
}

Result<std::string> liquidation_certificate(store::Database& db, OrderId id, Day day) {
    const auto paper = paper_of(db, id);
    if (!paper) return paper.refusal();
    const payments::Invoice& invoice = paper->invoice;
    const payments::PaymentOrder& order = paper->order;
    Sheet sheet("Certificat de liquidation", order.number, day);
    sheet.parties({petr_party(paper->programme), contractor_party(paper->contractor)});
    sheet.facts(
        {{"Dossier", paper->dossier.reference},
         {"Chantier", site_of(db, paper->dossier.id)},
         {"Facture", "n° " + invoice.number + " du " + invoice.issued_on.french() + ", reçue le " +
                         invoice.received_on.french()},
         {"Service fait",
          invoice.accepted_on ? "constaté le " + invoice.accepted_on->french() : "à constater"}});
    sheet.heading("Facture");
    sheet.table(works_table(payments::lines_of(db, invoice.id)));
    sheet.heading("Commande");
    const Money left = payments::left_to_invoice(db, paper->works);
    sheet.table({{"Commande " + paper->works.reference, "TTC"},
                 1,
                 {{"Commandé, avenants compris", french(paper->works.amount)},
                  {"Facturé, cette facture comprise",
                   french(paper->works.amount - paper->works.given_up - left)},
                  {"Rendu", french(paper->works.given_up)},
                  {"Reste à facturer", french(left)}},
                 1});
    sheet.heading("Liquidation");
    if (releases_retention(*paper)) {
        sheet.table(
            {{"Objet", "Montant"}, 1, {{"Retenue de garantie libérée", french(order.amount)}}, 1});
    } else {
        sheet.table({{"Objet", "Montant"},
                     1,
                     {{"Facture TTC", french(invoice.ttc)},
                      {"Retenue de garantie", french(-invoice.retention)},
                      {"Net à payer", french(order.amount)}},
                     1});
    }
    sheet.heading("Qui a fait quoi");
    sheet.facts({{"Établi par", who(db, order.made_by, order.made_on)},
                 {"Approuvé par (ordonnateur)", who(db, order.approved_by, order.approved_on)},
                 {"Pris en charge par (comptable)", who(db, order.released_by, order.released_on)},
                 {"Compte à créditer", account_end(order.iban)},
                 {"Empreinte SHA-256 de l'ordre", hexadecimal(payments::order_hash(db, order))}});
    sheet.signatures({"L'ordonnateur"});
    return sheet.html();
}

}  // namespace deodat::reports
