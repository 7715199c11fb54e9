// Quotes and their lines: the works of a dossier, VAT by line.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/dossiers/dossier.h"

namespace deodat::dossiers {

// One line of a quote or of an invoice. The total incl. VAT is the line's own rounding, half-up.
struct WorksLine {
    std::string trade;  // works lot, as the facts name it: "isolation_mur_ite"; empty on invoices
    std::string label;
    Money ht;
    std::int64_t vat_bp;
    Money ttc;
    bool eligible = true;
};

// The total of the lines of a quote or an invoice (field "quote.lines"), each checked: texts,
// amounts, a VAT rate in force (0, 550, 1000, 2000), TTC within `tolerance` of HT plus VAT. Refuses
// none, or too many.
Result<Money> check_lines(const std::string& field, const std::vector<WorksLine>& lines,
                          Money tolerance);

struct AddQuote {
    DossierId dossier;
    PersonId adviser;
    ContractorId contractor;
    std::string number;
    Day issued_on;
    std::vector<WorksLine> lines;
};

struct Quote {
    QuoteId id;
    DossierId dossier;
    ContractorId contractor;
    std::string number;
    Day issued_on;
    std::vector<WorksLine> lines;
    Money ttc;  // sum of the lines
};

// Adds a quote; the dossier's version rises. Refuses no line, a line that does not add up to the
// cent, a quote number that the contractor has used before.
Result<QuoteId> add_quote(store::Transaction& tx, const AddQuote& command);

std::optional<Quote> find_quote(store::Database& db, QuoteId id);
std::vector<Quote> quotes_of(store::Database& db, DossierId dossier);

}  // namespace deodat::dossiers
