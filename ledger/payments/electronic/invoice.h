// ElectronicInvoice: what an invoice file says, whatever the syntax it says it in.
//
// A reader (reading.h) takes what is written and judges nothing: what is absent stays absent, and a
// day that does not exist stays as it was written. The checks (checks.h) say what is wrong with it.
// Numbers in comments are the business terms of EN 16931.
//
// Bank accounts are texts here and nowhere become an Iban: an account read in an invoice is shown,
// compared, and never paid (payments/contractor.h says which one is).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/day.h"
#include "ledger/base/money.h"
#include "ledger/payments/electronic/decimal.h"

namespace deodat::payments::electronic {

enum class Syntax : std::uint8_t {
    cii,          // UN/CEFACT Cross Industry Invoice, D16B and D22B; Factur-X is one of its uses
    ubl_invoice,  // UBL 2.1 Invoice
    ubl_credit_note,  // UBL 2.1 CreditNote
};
std::string_view syntax_name(Syntax syntax);

// What a document is, from its type code (BT-3, UNTDID 1001).
enum class Kind : std::uint8_t {
    invoice,      // 380, and the same made out by the buyer or assigned to a factor
    credit_note,  // 381, 261, 396, 503
    corrective,   // 384: replaces an invoice
    deposit,      // 386, 500: asked before the works
    progress,     // 326, 875, 876: a part of the works
    final,        // 877: what is left once the works are done
    other,        // a code that we do not know
};
Kind kind_of(std::string_view type_code);
std::string_view kind_name(Kind kind);
// « facture », « avoir », « facture d'acompte »…
std::string_view kind_label(Kind kind);

// A date as written, and the day it names when there is one.
struct WrittenDay {
    std::string text;
    std::optional<Day> day;

    bool is_given() const { return !text.empty(); }
};

struct Party {
    std::string name;
    std::string siret;       // as written under its scheme (0009, or 0002 with 14 digits)
    std::string siren;       // as written under its scheme (0002)
    std::string vat_number;  // "FR11999999998"
    std::string line;        // of the address
    std::string postcode;
    std::string town;
    std::string country;
};

// An allowance (takes off) or a charge (adds), of the document or of a line.
struct Adjustment {
    bool charge = false;
    Money amount;
    std::string reason;
    std::string category;  // of VAT; empty on lines, which have their own
    std::optional<Decimal> rate;
};

struct Line {
    std::string id;    // BT-126
    std::string name;  // BT-153
    std::string description;
    bool counted = true;  // not when it is a heading or a detail of another (EXTENDED profile)
    std::optional<Decimal> quantity;   // BT-129
    std::string unit;                  // UN/ECE code: MTK, C62, HUR
    std::optional<Decimal> price;      // BT-146, net of the price's own discount
    std::optional<Decimal> price_per;  // BT-149: the price is for so many
    std::optional<Money> net;          // BT-131, without VAT
    std::string category;              // of VAT, BT-151: S, AE, E…
    std::optional<Decimal> rate;       // BT-152, percent
    std::vector<Adjustment> adjustments;
    std::string order_line;  // BT-132
};

// One line of the VAT breakdown (BG-23).
struct VatShare {
    std::string category;
    std::optional<Decimal> rate;
    std::optional<Money> base;
    std::optional<Money> amount;
    std::string exemption;  // the reason, as text or code
};

struct Totals {
    std::optional<Money> lines;       // BT-106
    std::optional<Money> allowances;  // BT-107
    std::optional<Money> charges;     // BT-108
    std::optional<Money> net;         // BT-109, without VAT
    std::optional<Money> vat;         // BT-110
    std::optional<Money> gross;       // BT-112
    std::optional<Money> prepaid;     // BT-113
    std::optional<Money> rounding;    // BT-114
    std::optional<Money> due;         // BT-115
};

struct PaymentMeans {
    std::string code;     // UNTDID 4461: 30 transfer, 58 SEPA transfer
    std::string account;  // as written; shown and compared, never paid
    std::string account_name;
    std::string bic;
};

struct Precedent {
    std::string number;
    WrittenDay issued_on;
    std::string type_code;
};

struct Attachment {
    std::string name;
    std::string media_type;
    std::string description;
    std::string location;  // when it lies elsewhere; never fetched
    std::uint64_t bytes = 0;
    bool in_pdf = false;  // beside the XML in the PDF, rather than within the XML
};

struct ElectronicInvoice {
    Syntax syntax = Syntax::cii;
    std::string profile;   // BT-24: urn:cen.eu:en16931:2017…
    std::string pdf_name;  // of the XML inside the PDF; empty when the file was the XML

    std::string number;     // BT-1
    std::string type_code;  // BT-3
    Kind kind = Kind::other;
    WrittenDay issued_on;     // BT-2
    WrittenDay due_on;        // BT-9
    WrittenDay delivered_on;  // BT-72
    std::string currency;     // BT-5
    std::vector<std::string> notes;

    Party seller;
    Party buyer;
    Party payee;  // BG-10: named only when another than the seller is to be paid

    std::string order;                  // BT-13
    std::string quote;                  // BT-14, the seller's own reference of the order
    std::string contract;               // BT-12
    std::string project;                // BT-11
    std::vector<Precedent> precedents;  // BG-3

    std::vector<Line> lines;
    std::vector<Adjustment> adjustments;
    std::vector<VatShare> vat;
    Totals totals;
    std::vector<PaymentMeans> payment_means;
    std::vector<Attachment> attachments;

    // Currencies of amounts that are not the invoice's, each once; the first ones.
    std::vector<std::string> foreign_currencies;
};

}  // namespace deodat::payments::electronic
