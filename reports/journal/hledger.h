// A journal that hledger (and Ledger) reads: our entries in plain text, for whoever wants to check
// our sums with a program that is not ours.
//
//   ; header, then the two directives
//   decimal-mark .
//   commodity 1000.00 EUR
//
//   2026-01-15 (42) Facture acceptée  ; event:invoice_accepted, piece:F-2026-001
//       4:4581:dossier D26-0001     1234.50 EUR
//       4:4041:SARL Étanche        -1234.50 EUR
//
// The entry's number is the code in brackets. Streaming: one entry at a time, nothing kept; the
// same entries give the same bytes. What the format cannot hold is replaced (hledger_account,
// hledger_text): two accounts that differ only there become one.
#pragma once
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/day.h"
#include "ledger/base/money.h"

namespace deodat::reports {

struct HledgerPosting {
    std::vector<std::string> account;  // path: "4", "4581", "dossier D26-0001"
    Money amount;
};

struct HledgerEntry {
    Day day;
    std::int64_t sequence = 0;
    std::string event;  // the event kind's name; may be empty
    std::string label;
    std::string piece;  // may be empty
    std::vector<HledgerPosting> postings;
};

class HledgerJournal {
  public:
    // Writes the header: the title as comment, and the directives.
    HledgerJournal(std::ostream& out, std::string_view title);
    // Throws EnvironmentFailure when the stream fails; an entry that does not sum to zero is a
    // broken invariant.
    void write(const HledgerEntry& entry);

  private:
    std::ostream& out_;
};

// The path as hledger writes it, "4:4581:dossier D26-0001": within a segment ":" becomes "/", ";"
// becomes ",", any blank or control character (no-break spaces too) becomes one space; a first sign
// that hledger would read as a mark gets an apostrophe before it; an empty segment is "(vide)".
std::string hledger_account(const std::vector<std::string>& segments);

// A text on one line without what starts a comment or separates payee and note.
std::string hledger_text(std::string_view text);

}  // namespace deodat::reports
