// The journal as a table for a French spreadsheet: UTF-8 with its mark, ";" between cells, decimal
// comma, lines ended by CR LF (RFC 4180 but for the separator), one line a posting.
//
//   écriture;date;enregistrée le;journal;événement;libellé;pièce;programme;personne;compte;
//   intitulé;dossier;financeur;entreprise;débit;crédit          (the header, one line)
//   42;2026-01-15;2026-01-15T09:00:00.000000Z;MA;order_released;Facture…;F-1;HMD;4;458101;…;1234,50;
//
// An entry without posting (an approval) has one line, its account and amounts empty. Cells that
// hold the separator, quotation marks or breaks are quoted; a text cell that a spreadsheet would
// run as a formula (= + - @, tab, CR first) gets an apostrophe before it. Streaming; the same
// entries give the same bytes.
#pragma once
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>

#include "ledger/base/day.h"
#include "ledger/base/money.h"

namespace deodat::reports {

struct JournalCsvLine {
    std::int64_t entry;
    Day day;
    Instant recorded_at;
    std::string journal;
    std::string event;
    std::string label;
    std::string piece;
    std::string programme;
    std::int64_t person;
    std::string account;  // this and what follows: empty for an entry without posting
    std::string account_label;
    std::string dossier;
    std::string funder;
    std::string contractor;
    Money amount;  // debit above zero
};

class JournalCsv {
  public:
    explicit JournalCsv(std::ostream& out);  // writes the header
    // Throws EnvironmentFailure when the stream fails.
    void write(const JournalCsvLine& line);

  private:
    std::ostream& out_;
};

// "1234,50": a positive amount with decimal comma and no thousands separator.
std::string comma_text(Money amount);

}  // namespace deodat::reports
