// The XML invoice inside a PDF (Factur-X, ZUGFeRD 2, XRechnung in PDF): one of the embedded files,
// by its name. The PDF is read by qpdf; nothing is drawn, run or followed.
//
// A hostile file costs bounded time and memory: at most pdf_bytes_max of it are taken,
// structure_bytes_max are read and as many unpacked to find the embedded files, xml_bytes_max to
// take the invoice out. An encrypted PDF is refused: PDF/A-3, which Factur-X demands, never is.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "ledger/payments/electronic/invoice.h"

namespace deodat::payments::electronic {

inline constexpr std::size_t pdf_bytes_max = std::size_t{20} << 20U;
inline constexpr std::size_t structure_bytes_max = std::size_t{1} << 20U;
inline constexpr std::size_t xml_bytes_max = std::size_t{16} << 20U;
inline constexpr std::size_t embedded_files_max = 100;

struct PdfInvoice {
    std::string name;  // of the XML: "factur-x.xml"
    std::string xml;
    std::vector<Attachment> others;  // embedded beside it; their size is the one they announce
};

bool looks_like_pdf(std::string_view bytes);

// Refuses: pdf_encrypted; pdf_damaged, what is no PDF that can be read, or asks for more than the
// bounds; pdf_without_invoice, naming the files that are embedded.
Result<PdfInvoice> invoice_in_pdf(std::string_view pdf);

}  // namespace deodat::payments::electronic
