// Reads an electronic invoice from a file's bytes: Factur-X (the XML inside a PDF), CII, UBL 2.1.
//
// Refused: what is none of these (not_an_invoice, saying what it looks like), XML that is not safe
// (xml_malformed), amounts or quantities that are not numbers (invoice_damaged), and what
// invoice_in_pdf refuses. Whatever else is odd is read, and said by the checks.
#pragma once
#include <string_view>

#include "ledger/payments/electronic/invoice.h"

namespace deodat::payments::electronic {

Result<ElectronicInvoice> read_invoice(std::string_view bytes);

}  // namespace deodat::payments::electronic
