#include <string>

#include "ledger/base/text.h"
#include "ledger/payments/electronic/checks.h"
#include "ledger/payments/electronic/invoice_json.h"
#include "ledger/payments/electronic/pdf.h"
#include "ledger/payments/electronic/reading.h"
#include "tests/fuzz/inputs.h"

namespace deodat::fuzz {
namespace {

using namespace payments::electronic;

void has_words(const Refusal& refusal) {
    promise(!refusal.message.empty() && is_utf8(refusal.message), "a refusal has words");
}

void check_read(const ElectronicInvoice& invoice) {
    const Checks checks = check(invoice, Day::of(2026, 11, 25));
    for (const Refusal& obstacle : checks.obstacles) has_words(obstacle);
    for (const Refusal& remark : checks.remarks) has_words(remark);
    promise(is_utf8(invoice_json(invoice, checks)), "what is shown is text");
    if (!checks.sound()) return;
    promise(invoice.totals.gross && !invoice.totals.gross->is_negative(),
            "what may be registered has a total");
    if (!checks.recomputed) return;
    const Money gap = checks.recomputed->gap;
    promise(gap <= checks.recomputed->tolerance && -gap <= checks.recomputed->tolerance,
            "what may be registered adds up, but for a cent a line");
}

// The smallest PDF that holds these bytes as its invoice, packed as the filters say.
std::string pdf_around(std::string_view packed, std::string_view filters) {
    return "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Names << /EmbeddedFiles << /Names "
           "[(factur-x.xml) 2 0 R] >> >> >>\nendobj\n2 0 obj\n<< /Type /Filespec /F (factur-x.xml) "
           "/UF (factur-x.xml) /EF << /F 3 0 R >> >>\nendobj\n3 0 obj\n<< /Type /EmbeddedFile "
           "/Filter " +
           std::string(filters) + " /Length " + std::to_string(packed.size()) + " >>\nstream\n" +
           std::string(packed) +
           "\nendstream\nendobj\ntrailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n";
}

void try_one_pdf(std::string_view pdf) {
    const auto found = invoice_in_pdf(pdf);
    if (!found) {
        has_words(found.refusal());
        return;
    }
    promise(!found->name.empty() && found->xml.size() <= xml_bytes_max,
            "the invoice of a PDF has a name and stays within its bounds");
}

}  // namespace

void try_invoice(std::string_view bytes) {
    const auto read = read_invoice(bytes);
    if (read) {
        check_read(*read);
    } else {
        has_words(read.refusal());
    }
}

void try_pdf(std::string_view bytes) {
    try_one_pdf(bytes);
    for (const char* filters : {"[]", "/FlateDecode", "[/FlateDecode /FlateDecode]"}) {
        try_one_pdf(pdf_around(bytes, filters));
    }
}

}  // namespace deodat::fuzz
