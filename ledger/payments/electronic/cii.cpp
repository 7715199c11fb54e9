// Reader of the Cross Industry Invoice (UN/CEFACT, D16B and D22B), all profiles of Factur-X: the
// elements that the model has a place for, by the path that EN 16931-3-3 gives them.
#include "ledger/payments/electronic/parts.h"

namespace deodat::payments::electronic {
namespace {

using bank::XmlElement;

WrittenDay day_in(const XmlElement& holder) {
    XmlElement value = holder.child("DateTimeString");
    if (!value) value = holder.child("DateTime");
    if (!value) value = holder.child("Date");
    return written_day(value.text());
}

void read_party(const XmlElement& element, Party& party) {
    if (!element) return;
    party.name = text_of(element.child("Name"));
    for (const XmlElement& id : element.children("ID")) {
        put_registration(party, id.attribute("schemeID"), id.text());
    }
    for (const XmlElement& id : element.children("GlobalID")) {
        put_registration(party, id.attribute("schemeID"), id.text());
    }
    const XmlElement legal = element.at("SpecifiedLegalOrganization", "ID");
    put_registration(party, legal.attribute("schemeID"), legal.text());
    for (const XmlElement& tax : element.children("SpecifiedTaxRegistration")) {
        const XmlElement id = tax.child("ID");
        if (id.attribute("schemeID") == "VA") party.vat_number = text_of(id);
    }
    const XmlElement address = element.child("PostalTradeAddress");
    party.line = text_of(address.child("LineOne"));
    party.postcode = text_of(address.child("PostcodeCode"));
    party.town = text_of(address.child("CityName"));
    party.country = text_of(address.child("CountryID"));
}

Adjustment read_adjustment(const XmlElement& element, const std::string& field, Leaves& leaves) {
    Adjustment out;
    out.charge = is_true(element.at("ChargeIndicator", "Indicator"));
    const auto amount = leaves.amount(element.child("ActualAmount"), field);
    if (amount) {
        out.amount = *amount;
    } else {
        leaves.damaged(field, "une remise ou des frais n'ont pas de montant.");
    }
    out.reason = text_of(element.child("Reason"));
    const XmlElement tax = element.child("CategoryTradeTax");
    out.category = text_of(tax.child("CategoryCode"));
    out.rate = leaves.number(tax.child("RateApplicablePercent"), field + ".rate");
    return out;
}

bool is_counted(const XmlElement& document) {
    const std::string_view reason = document.child("LineStatusReasonCode").text();
    return reason != "GROUP" && reason != "INFORMATION";
}

Line read_line(const XmlElement& element, const std::string& field, Leaves& leaves) {
    Line line;
    const XmlElement document = element.child("AssociatedDocumentLineDocument");
    line.id = text_of(document.child("LineID"));
    line.counted = is_counted(document);
    line.name = text_of(element.at("SpecifiedTradeProduct", "Name"));
    line.description = text_of(element.at("SpecifiedTradeProduct", "Description"));

    const XmlElement agreement = element.child("SpecifiedLineTradeAgreement");
    const XmlElement price = agreement.child("NetPriceProductTradePrice");
    line.price = leaves.number(price.child("ChargeAmount"), field + ".price");
    line.price_per = leaves.number(price.child("BasisQuantity"), field + ".price");
    line.order_line = text_of(agreement.at("BuyerOrderReferencedDocument", "LineID"));

    const XmlElement quantity = element.at("SpecifiedLineTradeDelivery", "BilledQuantity");
    line.quantity = leaves.number(quantity, field + ".quantity");
    line.unit = std::string(quantity.attribute("unitCode"));

    const XmlElement settlement = element.child("SpecifiedLineTradeSettlement");
    const XmlElement tax = settlement.child("ApplicableTradeTax");
    line.category = text_of(tax.child("CategoryCode"));
    line.rate = leaves.number(tax.child("RateApplicablePercent"), field + ".rate");
    line.net = leaves.amount(
        settlement.at("SpecifiedTradeSettlementLineMonetarySummation", "LineTotalAmount"),
        field + ".net");
    for (const XmlElement& adjustment :
         leaves.parts(settlement, "SpecifiedTradeAllowanceCharge", field + ".adjustments")) {
        line.adjustments.push_back(read_adjustment(adjustment, field + ".adjustments", leaves));
    }
    return line;
}

void read_agreement(const XmlElement& agreement, ElectronicInvoice& invoice, Leaves& leaves) {
    read_party(agreement.child("SellerTradeParty"), invoice.seller);
    read_party(agreement.child("BuyerTradeParty"), invoice.buyer);
    invoice.order = text_of(agreement.at("BuyerOrderReferencedDocument", "IssuerAssignedID"));
    invoice.quote = text_of(agreement.at("SellerOrderReferencedDocument", "IssuerAssignedID"));
    invoice.contract = text_of(agreement.at("ContractReferencedDocument", "IssuerAssignedID"));
    invoice.project = text_of(agreement.at("SpecifiedProcuringProject", "ID"));
    for (const XmlElement& document :
         leaves.parts(agreement, "AdditionalReferencedDocument", "attachments")) {
        const XmlElement content = document.child("AttachmentBinaryObject");
        if (!content && document.child("URIID").text().empty()) continue;
        Attachment attachment;
        attachment.name = std::string(content.attribute("filename"));
        if (attachment.name.empty()) attachment.name = text_of(document.child("IssuerAssignedID"));
        attachment.media_type = std::string(content.attribute("mimeCode"));
        attachment.description = text_of(document.child("Name"));
        attachment.location = text_of(document.child("URIID"));
        attachment.bytes = decoded_bytes(content.text());
        invoice.attachments.push_back(std::move(attachment));
    }
}

void read_totals(const XmlElement& sums, ElectronicInvoice& invoice, Leaves& leaves) {
    Totals& totals = invoice.totals;
    totals.lines = leaves.amount(sums.child("LineTotalAmount"), "totals.lines");
    totals.allowances = leaves.amount(sums.child("AllowanceTotalAmount"), "totals.allowances");
    totals.charges = leaves.amount(sums.child("ChargeTotalAmount"), "totals.charges");
    totals.net = leaves.amount(sums.child("TaxBasisTotalAmount"), "totals.net");
    totals.gross = leaves.amount(sums.child("GrandTotalAmount"), "totals.gross");
    totals.prepaid = leaves.amount(sums.child("TotalPrepaidAmount"), "totals.prepaid");
    totals.rounding = leaves.amount(sums.child("RoundingAmount"), "totals.rounding");
    totals.due = leaves.amount(sums.child("DuePayableAmount"), "totals.due");
    // A second one may say the VAT in the seller's own currency.
    for (const XmlElement& vat : sums.children("TaxTotalAmount")) {
        const std::string_view currency = vat.attribute("currencyID");
        if (currency.empty() || currency == invoice.currency) {
            totals.vat = leaves.amount(vat, "totals.vat");
            break;
        }
    }
}

void read_settlement(const XmlElement& settlement, ElectronicInvoice& invoice, Leaves& leaves) {
    read_party(settlement.child("PayeeTradeParty"), invoice.payee);
    for (const XmlElement& means :
         leaves.parts(settlement, "SpecifiedTradeSettlementPaymentMeans", "payment_means")) {
        const XmlElement account = means.child("PayeePartyCreditorFinancialAccount");
        std::string number = text_of(account.child("IBANID"));
        if (number.empty()) number = text_of(account.child("ProprietaryID"));
        invoice.payment_means.push_back(
            {text_of(means.child("TypeCode")), std::move(number),
             text_of(account.child("AccountName")),
             text_of(means.at("PayeeSpecifiedCreditorFinancialInstitution", "BICID"))});
    }
    for (const XmlElement& tax : leaves.parts(settlement, "ApplicableTradeTax", "vat")) {
        VatShare share;
        share.category = text_of(tax.child("CategoryCode"));
        share.rate = leaves.number(tax.child("RateApplicablePercent"), "vat.rate");
        share.base = leaves.amount(tax.child("BasisAmount"), "vat.base");
        share.amount = leaves.amount(tax.child("CalculatedAmount"), "vat.amount");
        share.exemption = text_of(tax.child("ExemptionReason"));
        if (share.exemption.empty()) share.exemption = text_of(tax.child("ExemptionReasonCode"));
        invoice.vat.push_back(std::move(share));
    }
    for (const XmlElement& adjustment :
         leaves.parts(settlement, "SpecifiedTradeAllowanceCharge", "adjustments")) {
        invoice.adjustments.push_back(read_adjustment(adjustment, "adjustments", leaves));
    }
    for (const XmlElement& terms : settlement.children("SpecifiedTradePaymentTerms")) {
        if (!invoice.due_on.is_given()) invoice.due_on = day_in(terms.child("DueDateDateTime"));
    }
    for (const XmlElement& document :
         leaves.parts(settlement, "InvoiceReferencedDocument", "precedents")) {
        invoice.precedents.push_back({text_of(document.child("IssuerAssignedID")),
                                      day_in(document.child("FormattedIssueDateTime")),
                                      text_of(document.child("TypeCode"))});
    }
    read_totals(settlement.child("SpecifiedTradeSettlementHeaderMonetarySummation"), invoice,
                leaves);
}

}  // namespace

void read_cii(const XmlElement& root, ElectronicInvoice& invoice, Leaves& leaves) {
    invoice.syntax = Syntax::cii;
    invoice.profile = text_of(
        root.at("ExchangedDocumentContext", "GuidelineSpecifiedDocumentContextParameter", "ID"));
    const XmlElement document = root.child("ExchangedDocument");
    invoice.number = text_of(document.child("ID"));
    invoice.type_code = text_of(document.child("TypeCode"));
    invoice.issued_on = day_in(document.child("IssueDateTime"));
    for (const XmlElement& note : leaves.parts(document, "IncludedNote", "notes")) {
        invoice.notes.push_back(text_of(note.child("Content")));
    }

    const std::vector<XmlElement> transactions = root.children("SupplyChainTradeTransaction");
    if (transactions.size() != 1) {
        leaves.damaged("SupplyChainTradeTransaction",
                       "le fichier doit contenir une facture, il en contient " +
                           std::to_string(transactions.size()) + ".");
        return;
    }
    const XmlElement& transaction = transactions.front();
    const XmlElement settlement = transaction.child("ApplicableHeaderTradeSettlement");
    invoice.currency = text_of(settlement.child("InvoiceCurrencyCode"));
    for (const XmlElement& item :
         leaves.parts(transaction, "IncludedSupplyChainTradeLineItem", "lines", lines_max)) {
        const std::string field = "lines[" + std::to_string(invoice.lines.size()) + "]";
        invoice.lines.push_back(read_line(item, field, leaves));
    }
    read_agreement(transaction.child("ApplicableHeaderTradeAgreement"), invoice, leaves);
    invoice.delivered_on = day_in(transaction.child("ApplicableHeaderTradeDelivery")
                                      .at("ActualDeliverySupplyChainEvent", "OccurrenceDateTime"));
    read_settlement(settlement, invoice, leaves);
}

}  // namespace deodat::payments::electronic
