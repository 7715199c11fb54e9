#include "ledger/payments/electronic/reading.h"

#include "ledger/bank/xml.h"
#include "ledger/base/text.h"
#include "ledger/payments/electronic/parts.h"
#include "ledger/payments/electronic/pdf.h"

namespace deodat::payments::electronic {
namespace {

constexpr std::string_view cii_namespace =
    "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100";
constexpr std::string_view ubl_invoice_namespace =
    "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2";
constexpr std::string_view ubl_credit_note_namespace =
    "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2";

Refusal not_an_invoice(const std::string& what) {
    return Refusal{Code::not_an_invoice, "fichier",
                   "Ce fichier n'est pas une facture électronique : " + what +
                       " Attendu : Factur-X (PDF), CII ou UBL 2.1."};
}

Result<ElectronicInvoice> read_xml(std::string_view xml) {
    const auto tree =
        bank::XmlTree::parse(xml, {"schemeID", "currencyID", "unitCode", "mimeCode", "filename"});
    if (!tree) return tree.refusal();
    const bank::XmlElement root = tree->root();
    const std::string_view name_space = root.declared_namespace();
    ElectronicInvoice invoice;
    Leaves leaves(invoice);
    if (root.name() == "CrossIndustryInvoice" && name_space == cii_namespace) {
        read_cii(root, invoice, leaves);
    } else if ((root.name() == "Invoice" && name_space == ubl_invoice_namespace) ||
               (root.name() == "CreditNote" && name_space == ubl_credit_note_namespace)) {
        read_ubl(root, invoice, leaves);
    } else if (root.name() == "CrossIndustryDocument") {
        return not_an_invoice("c'est un ZUGFeRD 1.0, que ZUGFeRD 2 et Factur-X ont remplacé.");
    } else {
        return not_an_invoice("son élément de tête est « " + shown(root.name()) + " » (" +
                              shown(name_space) + ").");
    }
    if (leaves.fault()) return *leaves.fault();
    invoice.kind = kind_of(invoice.type_code);
    return invoice;
}

}  // namespace

Result<ElectronicInvoice> read_invoice(std::string_view bytes) {
    if (bytes.empty()) return not_an_invoice("il est vide.");
    if (!looks_like_pdf(bytes)) {
        if (bytes.find('<') == std::string_view::npos) {
            return not_an_invoice("ce n'est ni du XML ni un PDF.");
        }
        return read_xml(bytes);
    }
    auto found = invoice_in_pdf(bytes);
    if (!found) return found.refusal();
    auto invoice = read_xml(found->xml);
    if (!invoice) return invoice.refusal();
    invoice->pdf_name = found->name;
    for (Attachment& other : found->others) invoice->attachments.push_back(std::move(other));
    return invoice;
}

}  // namespace deodat::payments::electronic
