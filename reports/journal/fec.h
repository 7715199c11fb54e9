// The fichier des écritures comptables (LPF, art. A47 A-1) of one year: 18 columns between tabs,
// ISO-8859-15, records ended by CR LF, dates AAAAMMJJ, decimal comma without thousands separator.
//
//   JournalCode JournalLib EcritureNum EcritureDate CompteNum CompteLib CompAuxNum CompAuxLib
//   PieceRef PieceDate EcritureLib Debit Credit EcritureLet DateLet ValidDate Montantdevise Idevise
//
// EcritureLet, DateLet, Montantdevise and Idevise stay empty: nothing is lettered in the journal
// and everything is in euros. What a field cannot hold is replaced: control characters and blanks
// by one space, both separators the law knows (tab and "|", which the tax office's tool takes for
// one even in a file with tabs) by a space and "/", typographic signs outside ISO-8859-15 by plain
// ones, others by "?". A line of nil amount is left out. Notes say what was replaced and left out.
//
// Streaming; the same lines give the same bytes. Its caller numbers the entries without holes.
#pragma once
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/day.h"
#include "ledger/base/money.h"
#include "ledger/base/siret.h"

namespace deodat::reports {

struct FecLine {
    std::string journal;
    std::string journal_label;
    std::int64_t number;
    Day day;
    std::string account;  // three digits or more
    std::string account_label;
    std::string auxiliary;  // this and its label: may be empty, both or none
    std::string auxiliary_label;
    std::string piece;
    Day piece_day;
    std::string label;
    Money amount;  // debit above zero
    Day validated;
};

struct FecNotes {
    std::int64_t lines = 0;      // written, without the header
    std::int64_t nil_lines = 0;  // left out
    std::int64_t replaced = 0;   // fields whose text was changed beyond blanks and typography
    std::vector<std::string> examples;  // in French, the first of those
};

class FecFile {
  public:
    explicit FecFile(std::ostream& out);  // writes the header
    // A mandatory field that is blank, or an account that does not begin with three digits, is a
    // broken invariant. Throws EnvironmentFailure when the stream fails.
    void write(const FecLine& line);
    const FecNotes& notes() const { return notes_; }

  private:
    std::string field(std::string_view name, std::string_view text);

    std::ostream& out_;
    FecNotes notes_;
};

// "123456789FEC20261231.txt": SIREN and last day of the year.
std::string fec_file_name(const Siren& siren, int year);

// Text as ISO-8859-15; faithful is set to false where a sign had to become "?".
std::string iso_8859_15(std::string_view utf8, bool& faithful);

}  // namespace deodat::reports
