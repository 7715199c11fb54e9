// Reader of UBL 2.1 Invoice and CreditNote: the elements that the model has a place for, by the
// path that EN 16931-3-2 gives them.
#include "ledger/payments/electronic/parts.h"

namespace deodat::payments::electronic {
namespace {

using bank::XmlElement;

void read_party(const XmlElement& element, Party& party) {
    if (!element) return;
    party.name = text_of(element.at("PartyLegalEntity", "RegistrationName"));
    if (party.name.empty()) party.name = text_of(element.at("PartyName", "Name"));
    for (const XmlElement& identification : element.children("PartyIdentification")) {
        const XmlElement id = identification.child("ID");
        put_registration(party, id.attribute("schemeID"), id.text());
    }
    const XmlElement legal = element.at("PartyLegalEntity", "CompanyID");
    put_registration(party, legal.attribute("schemeID"), legal.text());
    for (const XmlElement& tax : element.children("PartyTaxScheme")) {
        if (tax.at("TaxScheme", "ID").text() == "VAT") {
            party.vat_number = text_of(tax.child("CompanyID"));
        }
    }
    const XmlElement address = element.child("PostalAddress");
    party.line = text_of(address.child("StreetName"));
    party.postcode = text_of(address.child("PostalZone"));
    party.town = text_of(address.child("CityName"));
    party.country = text_of(address.at("Country", "IdentificationCode"));
}

Adjustment read_adjustment(const XmlElement& element, const std::string& field, Leaves& leaves) {
    Adjustment out;
    out.charge = is_true(element.child("ChargeIndicator"));
    const auto amount = leaves.amount(element.child("Amount"), field);
    if (amount) {
        out.amount = *amount;
    } else {
        leaves.damaged(field, "une remise ou des frais n'ont pas de montant.");
    }
    out.reason = text_of(element.child("AllowanceChargeReason"));
    out.category = text_of(element.at("TaxCategory", "ID"));
    out.rate = leaves.number(element.at("TaxCategory", "Percent"), field + ".rate");
    return out;
}

Line read_line(const XmlElement& element, const std::string& field, Leaves& leaves) {
    Line line;
    line.id = text_of(element.child("ID"));
    const XmlElement item = element.child("Item");
    line.name = text_of(item.child("Name"));
    line.description = text_of(item.child("Description"));
    XmlElement quantity = element.child("InvoicedQuantity");
    if (!quantity) quantity = element.child("CreditedQuantity");
    line.quantity = leaves.number(quantity, field + ".quantity");
    line.unit = std::string(quantity.attribute("unitCode"));
    const XmlElement price = element.child("Price");
    line.price = leaves.number(price.child("PriceAmount"), field + ".price");
    line.price_per = leaves.number(price.child("BaseQuantity"), field + ".price");
    line.net = leaves.amount(element.child("LineExtensionAmount"), field + ".net");
    const XmlElement tax = item.child("ClassifiedTaxCategory");
    line.category = text_of(tax.child("ID"));
    line.rate = leaves.number(tax.child("Percent"), field + ".rate");
    for (const XmlElement& adjustment :
         leaves.parts(element, "AllowanceCharge", field + ".adjustments")) {
        line.adjustments.push_back(read_adjustment(adjustment, field + ".adjustments", leaves));
    }
    line.order_line = text_of(element.at("OrderLineReference", "LineID"));
    return line;
}

void read_vat(const XmlElement& root, ElectronicInvoice& invoice, Leaves& leaves) {
    for (const XmlElement& total : root.children("TaxTotal")) {
        // A second one may say the VAT in the seller's own currency.
        const XmlElement amount = total.child("TaxAmount");
        const std::string_view currency = amount.attribute("currencyID");
        if (!currency.empty() && currency != invoice.currency) continue;
        invoice.totals.vat = leaves.amount(amount, "totals.vat");
        for (const XmlElement& subtotal : leaves.parts(total, "TaxSubtotal", "vat")) {
            const XmlElement category = subtotal.child("TaxCategory");
            VatShare share;
            share.category = text_of(category.child("ID"));
            share.rate = leaves.number(category.child("Percent"), "vat.rate");
            share.base = leaves.amount(subtotal.child("TaxableAmount"), "vat.base");
            share.amount = leaves.amount(subtotal.child("TaxAmount"), "vat.amount");
            share.exemption = text_of(category.child("TaxExemptionReason"));
            if (share.exemption.empty()) {
                share.exemption = text_of(category.child("TaxExemptionReasonCode"));
            }
            invoice.vat.push_back(std::move(share));
        }
        return;
    }
}

void read_totals(const XmlElement& sums, Totals& totals, Leaves& leaves) {
    totals.lines = leaves.amount(sums.child("LineExtensionAmount"), "totals.lines");
    totals.allowances = leaves.amount(sums.child("AllowanceTotalAmount"), "totals.allowances");
    totals.charges = leaves.amount(sums.child("ChargeTotalAmount"), "totals.charges");
    totals.net = leaves.amount(sums.child("TaxExclusiveAmount"), "totals.net");
    totals.gross = leaves.amount(sums.child("TaxInclusiveAmount"), "totals.gross");
    totals.prepaid = leaves.amount(sums.child("PrepaidAmount"), "totals.prepaid");
    totals.rounding = leaves.amount(sums.child("PayableRoundingAmount"), "totals.rounding");
    totals.due = leaves.amount(sums.child("PayableAmount"), "totals.due");
}

void read_references(const XmlElement& root, ElectronicInvoice& invoice, Leaves& leaves) {
    invoice.order = text_of(root.at("OrderReference", "ID"));
    invoice.quote = text_of(root.at("OrderReference", "SalesOrderID"));
    invoice.contract = text_of(root.at("ContractDocumentReference", "ID"));
    invoice.project = text_of(root.at("ProjectReference", "ID"));
    for (const XmlElement& billing : leaves.parts(root, "BillingReference", "precedents")) {
        XmlElement document = billing.child("InvoiceDocumentReference");
        if (!document) document = billing.child("CreditNoteDocumentReference");
        invoice.precedents.push_back({text_of(document.child("ID")),
                                      written_day(document.child("IssueDate").text()),
                                      text_of(document.child("DocumentTypeCode"))});
    }
    for (const XmlElement& document :
         leaves.parts(root, "AdditionalDocumentReference", "attachments")) {
        const XmlElement holder = document.child("Attachment");
        if (!holder) continue;
        const XmlElement content = holder.child("EmbeddedDocumentBinaryObject");
        Attachment attachment;
        attachment.name = std::string(content.attribute("filename"));
        if (attachment.name.empty()) attachment.name = text_of(document.child("ID"));
        attachment.media_type = std::string(content.attribute("mimeCode"));
        attachment.description = text_of(document.child("DocumentDescription"));
        attachment.location = text_of(holder.at("ExternalReference", "URI"));
        attachment.bytes = decoded_bytes(content.text());
        invoice.attachments.push_back(std::move(attachment));
    }
}

void read_means(const XmlElement& root, ElectronicInvoice& invoice, Leaves& leaves) {
    for (const XmlElement& means : leaves.parts(root, "PaymentMeans", "payment_means")) {
        const XmlElement account = means.child("PayeeFinancialAccount");
        invoice.payment_means.push_back({text_of(means.child("PaymentMeansCode")),
                                         text_of(account.child("ID")),
                                         text_of(account.child("Name")),
                                         text_of(account.at("FinancialInstitutionBranch", "ID"))});
        if (!invoice.due_on.is_given()) {
            invoice.due_on = written_day(means.child("PaymentDueDate").text());
        }
    }
}

}  // namespace

void read_ubl(const XmlElement& root, ElectronicInvoice& invoice, Leaves& leaves) {
    const bool credit_note = root.name() == "CreditNote";
    invoice.syntax = credit_note ? Syntax::ubl_credit_note : Syntax::ubl_invoice;
    invoice.profile = text_of(root.child("CustomizationID"));
    invoice.number = text_of(root.child("ID"));
    invoice.type_code = text_of(root.child(credit_note ? "CreditNoteTypeCode" : "InvoiceTypeCode"));
    invoice.issued_on = written_day(root.child("IssueDate").text());
    invoice.due_on = written_day(root.child("DueDate").text());
    invoice.delivered_on = written_day(root.at("Delivery", "ActualDeliveryDate").text());
    invoice.currency = text_of(root.child("DocumentCurrencyCode"));
    for (const XmlElement& note : leaves.parts(root, "Note", "notes")) {
        invoice.notes.push_back(text_of(note));
    }

    read_party(root.at("AccountingSupplierParty", "Party"), invoice.seller);
    read_party(root.at("AccountingCustomerParty", "Party"), invoice.buyer);
    read_party(root.child("PayeeParty"), invoice.payee);
    read_references(root, invoice, leaves);
    read_means(root, invoice, leaves);
    for (const XmlElement& adjustment : leaves.parts(root, "AllowanceCharge", "adjustments")) {
        invoice.adjustments.push_back(read_adjustment(adjustment, "adjustments", leaves));
    }
    read_vat(root, invoice, leaves);
    read_totals(root.child("LegalMonetaryTotal"), invoice.totals, leaves);
    for (const XmlElement& item :
         leaves.parts(root, credit_note ? "CreditNoteLine" : "InvoiceLine", "lines", lines_max)) {
        const std::string field = "lines[" + std::to_string(invoice.lines.size()) + "]";
        invoice.lines.push_back(read_line(item, field, leaves));
    }
}

}  // namespace deodat::payments::electronic
