// The leaves of an invoice's XML: amounts, numbers, dates, identifiers. Shared by the readers of
// CII and UBL; nobody else includes it.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/bank/xml.h"
#include "ledger/payments/electronic/invoice.h"

namespace deodat::payments::electronic {

inline constexpr std::size_t lines_max = 10'000;
// Of every other list: notes, adjustments, shares of VAT, accounts, attachments.
inline constexpr std::size_t parts_max = 1'000;
inline constexpr std::size_t foreign_currencies_max = 10;

// Reads into one invoice. The first thing that cannot be read is kept as the fault of the whole
// file: an amount that is no number, is finer than the cent or beyond bounds.
class Leaves {
  public:
    explicit Leaves(ElectronicInvoice& invoice) : invoice_(invoice) {}

    // None when the element is absent or empty. A currency other than the invoice's is noted.
    std::optional<Money> amount(const bank::XmlElement& element, std::string_view field);
    std::optional<Decimal> number(const bank::XmlElement& element, std::string_view field);
    // The children of that name; none, and the file is damaged, when they are more than `most`.
    std::vector<bank::XmlElement> parts(const bank::XmlElement& holder, std::string_view name,
                                        std::string_view field, std::size_t most = parts_max);
    // Notes why the file cannot be read, unless something before it could not.
    void damaged(std::string_view field, const std::string& why);

    const std::optional<Refusal>& fault() const { return fault_; }

  private:
    ElectronicInvoice& invoice_;
    std::optional<Refusal> fault_;
};

// "20260918" (CII's format 102) or "2026-09-18", a time or a zone after it left aside: the day as
// the seller wrote it.
WrittenDay written_day(std::string_view text);

// Puts a registration number where its scheme says it belongs: 0009 a SIRET, 0002 a SIREN (or a
// SIRET, as many write). Others are left aside.
void put_registration(Party& party, std::string_view scheme, std::string_view text);

std::string text_of(const bank::XmlElement& element);

bool is_true(const bank::XmlElement& element);

// The number of bytes that a base64 text stands for.
std::uint64_t decoded_bytes(std::string_view base64);

// Each reads the tree of its syntax; `invoice.syntax` and the currency are theirs to fill.
void read_cii(const bank::XmlElement& root, ElectronicInvoice& invoice, Leaves& leaves);
void read_ubl(const bank::XmlElement& root, ElectronicInvoice& invoice, Leaves& leaves);

}  // namespace deodat::payments::electronic
