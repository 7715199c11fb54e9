// deodat invoice: shows an electronic invoice, and says what is wrong with it. Nothing is kept.
#include <iostream>

#include "api/cli/options.h"
#include "api/cli/table.h"
#include "ledger/base/clock.h"
#include "ledger/base/text.h"
#include "ledger/payments/electronic/invoice_json.h"
#include "ledger/payments/electronic/reading.h"

namespace deodat::cli {
namespace {

using namespace payments::electronic;

std::string shown_amount(const std::optional<Money>& amount) {
    return amount ? french(*amount) : "–";
}

std::string shown_number(const std::optional<Decimal>& number) {
    return number ? number->french() : "–";
}

std::string shown_rate(const std::string& category, const std::optional<Decimal>& rate) {
    return (rate ? rate->french() + " %" : "–") + (category.empty() ? "" : " (" + category + ")");
}

std::string shown_day(const WrittenDay& written) {
    return written.day ? written.day->french() : written.is_given() ? shown(written.text) : "–";
}

void show_party(std::string_view label, const Party& party) {
    if (party.name.empty() && party.siret.empty() && party.siren.empty()) return;
    std::cout << label << " : " << shown(party.name);
    if (!party.siret.empty()) std::cout << ", SIRET " << shown(party.siret);
    if (!party.siren.empty()) std::cout << ", SIREN " << shown(party.siren);
    if (!party.vat_number.empty()) std::cout << ", TVA " << shown(party.vat_number);
    if (!party.town.empty()) std::cout << ", " << shown(party.postcode + " " + party.town);
    std::cout << "\n";
}

void show_reference(std::string_view label, const std::string& value) {
    if (!value.empty()) std::cout << label << " : " << shown(value) << "\n";
}

void show_heading(const ElectronicInvoice& invoice) {
    std::cout << kind_label(invoice.kind) << " n° " << shown(invoice.number) << " (type "
              << shown(invoice.type_code) << ", " << shown(invoice.currency) << ") du "
              << shown_day(invoice.issued_on) << ", échéance " << shown_day(invoice.due_on) << "\n";
    show_party("Entreprise", invoice.seller);
    show_party("Client", invoice.buyer);
    show_party("À payer à", invoice.payee);
    show_reference("Commande", invoice.order);
    show_reference("Devis", invoice.quote);
    show_reference("Contrat", invoice.contract);
    show_reference("Projet", invoice.project);
    for (const Precedent& precedent : invoice.precedents) {
        std::cout << "Corrige ou suit : " << shown(precedent.number) << " du "
                  << shown_day(precedent.issued_on) << "\n";
    }
}

void show_lines(const ElectronicInvoice& invoice) {
    if (invoice.lines.empty()) return;
    std::vector<std::vector<std::string>> rows = {
        {"ligne", "désignation", "quantité", "unité", "prix", "HT", "TVA"}};
    for (const Line& line : invoice.lines) {
        rows.push_back({shown(line.id), shown(line.name), shown_number(line.quantity),
                        shown(line.unit), shown_number(line.price),
                        line.counted ? shown_amount(line.net) : "–",
                        shown_rate(shown(line.category), line.rate)});
    }
    std::cout << "\n";
    show_table(rows, "  ");
}

void show_sums(const ElectronicInvoice& invoice, const Checks& checks) {
    std::cout << "\n";
    for (const Adjustment& adjustment : invoice.adjustments) {
        std::cout << (adjustment.charge ? "Frais " : "Remise ") << french(adjustment.amount)
                  << " : " << shown(adjustment.reason) << "\n";
    }
    for (const VatShare& share : invoice.vat) {
        std::cout << "TVA à " << shown_rate(shown(share.category), share.rate) << " sur "
                  << shown_amount(share.base) << " : " << shown_amount(share.amount) << "\n";
    }
    const Totals& totals = invoice.totals;
    std::cout << "HT " << shown_amount(totals.net) << ", TVA " << shown_amount(totals.vat)
              << ", TTC " << shown_amount(totals.gross) << ", déjà payé "
              << shown_amount(totals.prepaid) << ", net à payer " << shown_amount(totals.due)
              << "\n";
    if (checks.recomputed) {
        std::cout << "Recalculé : HT " << french(checks.recomputed->net) << ", TVA "
                  << french(checks.recomputed->vat) << ", TTC " << french(checks.recomputed->gross)
                  << ", écart " << french(checks.recomputed->gap)
                  << " (toléré : " << french(checks.recomputed->tolerance) << ")\n";
    }
}

void show_rest(const ElectronicInvoice& invoice) {
    for (const PaymentMeans& means : invoice.payment_means) {
        if (means.account.empty()) continue;
        std::cout << "Compte lu, jamais payable : " << shown(means.account) << "\n";
    }
    for (const Attachment& attachment : invoice.attachments) {
        std::cout << "Pièce jointe : " << shown(attachment.name) << " ("
                  << shown(attachment.media_type) << ", " << attachment.bytes << " octets)"
                  << (attachment.location.empty() ? "" : " à " + shown(attachment.location))
                  << "\n";
    }
}

void show_faults(std::string_view label, const std::vector<Refusal>& faults) {
    if (faults.empty()) return;
    std::cout << "\n" << label << "\n";
    for (const Refusal& fault : faults) {
        std::cout << "  " << code_name(fault.code) << " : " << fault.message << "\n";
    }
}

}  // namespace

Exit invoice(Arguments arguments) {
    const auto options = Options::read(arguments, {"--json"}, {});
    if (!options) return refuse(options.refusal());
    if (options->positional().size() != 1) return Exit::usage;
    const auto file = read_input(options->positional().front());
    const bool as_json = options->has("--json");
    if (!file) return refuse(file.refusal(), as_json);
    const auto read = read_invoice(*file);
    if (!read) return refuse(read.refusal(), as_json);
    SystemClock clock;
    const Checks checks = check(*read, clock.now().day_in_paris());
    if (as_json) {
        std::cout << invoice_json(*read, checks) << "\n";
        return Exit::done;
    }
    show_heading(*read);
    show_lines(*read);
    show_sums(*read, checks);
    show_rest(*read);
    show_faults("À corriger avant d'enregistrer la facture :", checks.obstacles);
    show_faults("À savoir :", checks.remarks);
    return Exit::done;
}

}  // namespace deodat::cli
