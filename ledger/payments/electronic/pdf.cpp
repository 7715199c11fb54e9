#include "ledger/payments/electronic/pdf.h"

#include <algorithm>
#include <array>
#include <memory>
#include <qpdf/Buffer.hh>
#include <qpdf/BufferInputSource.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFEFStreamObjectHelper.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFFileSpecObjectHelper.hh>
#include <qpdf/QPDFNameTreeObjectHelper.hh>

#include "ledger/base/text.h"
#include "ledger/payments/electronic/pdf_filters.h"

namespace deodat::payments::electronic {
namespace {

constexpr std::size_t header_within_bytes = 1024;

// In the order of preference, in lower case: the names that Factur-X and ZUGFeRD 2 give the file.
constexpr std::array<std::string_view, 4> invoice_names = {"factur-x.xml", "zugferd-invoice.xml",
                                                           "xrechnung.xml", "facturx.xml"};

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return text;
}

// The file as qpdf reads it, every byte taken from the budget.
class CountedInput final : public BufferInputSource {
  public:
    CountedInput(Buffer& file, PdfBudget& budget)
        : BufferInputSource("facture.pdf", &file), budget_(budget) {}

    std::size_t read(char* to, std::size_t length) override {
        const std::size_t done = BufferInputSource::read(to, length);
        budget_.read.take(done);
        return done;
    }
    qpdf_offset_t findAndSkipNextEOL() override {
        const qpdf_offset_t from = tell();
        const qpdf_offset_t line_end = BufferInputSource::findAndSkipNextEOL();
        budget_.read.take(static_cast<std::size_t>(tell() - from));
        return line_end;
    }

  private:
    PdfBudget& budget_;
};

class Collector final : public Pipeline {
  public:
    Collector() : Pipeline("xml", nullptr) {}
    void write(const unsigned char* data, std::size_t length) override {
        bytes_.append(reinterpret_cast<const char*>(data), length);
    }
    void finish() override {}
    std::string take() { return std::move(bytes_); }

  private:
    std::string bytes_;
};

Refusal damaged(const std::string& why) {
    return Refusal{Code::pdf_damaged, "fichier",
                   "Le PDF est refusé : " + why +
                       " Demandez à l'entreprise de le renvoyer, ou saisissez la facture."};
}

Refusal encrypted() {
    return Refusal{Code::pdf_encrypted, "fichier",
                   "Le PDF est chiffré ou protégé par un mot de passe : une facture Factur-X ne "
                   "l'est jamais. Demandez à l'entreprise de le renvoyer sans protection."};
}

Refusal too_large() {
    return damaged("il demande plus de mémoire qu'une facture (fichier piégé ?).");
}

struct Embedded {
    std::string name;
    QPDFObjectHandle stream;
    std::string description;
};

void add_embedded(QPDFObjectHandle item, std::vector<Embedded>& found) {
    // qpdf would complain on the error output, whatever it was told.
    if (!item.isDictionary()) return;
    QPDFFileSpecObjectHelper spec(item);
    const QPDFObjectHandle stream = spec.getEmbeddedFileStream();
    if (!QPDFObjectHandle(stream).isStream()) return;
    found.push_back({spec.getFilename(), stream, spec.getDescription()});
}

// Those of the name tree; where it is absent, the associated files that PDF/A-3 asks for.
std::vector<Embedded> embedded_files(QPDF& pdf) {
    std::vector<Embedded> found;
    QPDFObjectHandle names = pdf.getRoot().getKey("/Names");
    QPDFObjectHandle files =
        names.isDictionary() ? names.getKey("/EmbeddedFiles") : QPDFObjectHandle::newNull();
    if (files.isDictionary()) {
        QPDFNameTreeObjectHelper tree(files, pdf);
        for (const auto& [key, item] : tree) {
            if (found.size() >= embedded_files_max) break;
            add_embedded(item, found);
        }
    }
    if (!found.empty()) return found;
    QPDFObjectHandle associated = pdf.getRoot().getKey("/AF");
    if (!associated.isArray()) return found;
    const int count = std::min(associated.getArrayNItems(), static_cast<int>(embedded_files_max));
    for (int i = 0; i < count; ++i) {
        add_embedded(associated.getArrayItem(i), found);
    }
    return found;
}

Attachment attachment_of(const Embedded& file) {
    QPDFEFStreamObjectHelper stream(file.stream);
    Attachment out;
    out.name = file.name;
    out.media_type = stream.getSubtype();
    out.description = file.description;
    out.bytes = stream.getSize();
    out.in_pdf = true;
    return out;
}

Refusal without_invoice(const std::vector<Embedded>& files) {
    std::string names;
    for (const Embedded& file : files) {
        names += (names.empty() ? "" : ", ") + ("« " + shown(file.name) + " »");
    }
    return Refusal{Code::pdf_without_invoice, "fichier",
                   "Ce PDF ne contient pas de facture électronique (factur-x.xml) : " +
                       (names.empty() ? "aucun fichier n'y est joint."
                                      : "il y est seulement joint " + names + ".") +
                       " Saisissez la facture à la main."};
}

Result<PdfInvoice> taken_out(const std::vector<Embedded>& files, PdfBudget& budget) {
    auto found = files.end();
    for (const std::string_view name : invoice_names) {
        found = std::find_if(files.begin(), files.end(),
                             [&](const Embedded& file) { return lower(file.name) == name; });
        if (found != files.end()) break;
    }
    if (found == files.end()) return without_invoice(files);
    PdfInvoice out{found->name, {}, {}};
    for (auto file = files.begin(); file != files.end(); ++file) {
        if (file != found) out.others.push_back(attachment_of(*file));
    }
    budget.read = Allowance(pdf_bytes_max);
    budget.unpacked = Allowance(xml_bytes_max);
    Collector collector;
    QPDFObjectHandle stream = found->stream;
    const bool whole = stream.pipeStreamData(&collector, 0, qpdf_dl_generalized,
                                             /*suppress_warnings=*/true);
    if (budget.exhausted()) return too_large();
    if (!whole)
        return damaged("le fichier " + shown(found->name) +
                       " y est abîmé, ou codé autrement qu'en Flate.");
    out.xml = collector.take();
    return out;
}

Result<PdfInvoice> read_within(std::string_view bytes, PdfBudget& budget) {
    // qpdf asks for bytes that it may change, and never does.
    Buffer buffer(reinterpret_cast<unsigned char*>(const_cast<char*>(bytes.data())), bytes.size());
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    pdf.processInputSource(std::make_shared<CountedInput>(buffer, budget));
    if (pdf.isEncrypted()) return encrypted();
    const std::vector<Embedded> files = embedded_files(pdf);
    // qpdf goes on without the object that was too large.
    if (budget.exhausted()) return too_large();
    return taken_out(files, budget);
}

}  // namespace

bool looks_like_pdf(std::string_view bytes) {
    return bytes.substr(0, header_within_bytes).find("%PDF-") != std::string_view::npos;
}

Result<PdfInvoice> invoice_in_pdf(std::string_view pdf) {
    if (pdf.size() > pdf_bytes_max) {
        return damaged("il pèse " + std::to_string(pdf.size() >> 20U) + " Mio, la limite est de " +
                       std::to_string(pdf_bytes_max >> 20U) + " Mio.");
    }
    PdfBudget budget(structure_bytes_max);
    const PdfBudget::Scope scope(budget);
    try {
        return read_within(pdf, budget);
    } catch (const QPDFExc& e) {
        if (budget.exhausted()) return too_large();
        if (e.getErrorCode() == qpdf_e_password) return encrypted();
        return damaged("il n'est pas lisible (" + shown(e.getMessageDetail()) + ").");
    } catch (const std::logic_error&) {
        // qpdf's own word for a structure that it does not expect.
        return damaged("sa structure n'est pas celle d'un PDF.");
    } catch (const std::runtime_error& e) {
        if (budget.exhausted()) return too_large();
        return damaged("il n'est pas lisible (" + shown(e.what()) + ").");
    }
}

}  // namespace deodat::payments::electronic
