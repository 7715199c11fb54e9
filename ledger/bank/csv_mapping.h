// How one bank writes its CSV export, saved once in a small text file: one "key = value" a line,
// blank lines and lines that begin with # apart. Keys that name a column have its heading for
// value.
//
//   account = FR76 9999 9000 0100 0000 0010 106    the account of every line (required)
//   currency = EUR                                  else EUR
//   separator = ;                                   ; , or tab; else found
//   decimal = ,                                     , or . ; else found, refused when ambiguous
//   date_format = DD/MM/YYYY                        or DD/MM/YY, DD.MM.YYYY, DD-MM-YYYY,
//   MM/DD/YYYY,
//                                                   YYYY-MM-DD, YYYYMMDD (required)
//   order = newest_first                            or oldest_first; else found
//   booking_date = Date                             column (required)
//   value_date = Date de valeur                     column
//   amount = Montant                                column, signed; or both of
//   debit = Débit
//   credit = Crédit
//   label = Libellé                                 column (required)
//   counterparty, iban, reference, end_to_end_id    columns
//   balance = Solde                                 column: the balance after the movement
//   opening = Solde initial                         how a line apart begins whose last cell is the
//   closing = Solde final                           opening or the closing balance
//
// Balances come from those lines apart, else from the column; without either nothing is bookable.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/base/iban.h"

namespace deodat::bank {

enum class RowOrder : std::uint8_t { oldest_first, newest_first };

struct CsvMapping {
    Iban account;
    std::string currency = "EUR";
    std::optional<char> separator = {};
    std::optional<char> decimal = {};
    std::string date_format = {};
    std::optional<RowOrder> order = {};
    // Headings; empty when the export has no such column.
    std::string booking_date = {};
    std::string value_date = {};
    std::string amount = {};
    std::string debit = {};
    std::string credit = {};
    std::string label = {};
    std::string counterparty = {};
    std::string iban = {};
    std::string reference = {};
    std::string end_to_end_id = {};
    std::string balance = {};
    // How the lines of the balances begin; empty when there are none.
    std::string opening = {};
    std::string closing = {};
};

// The mapping that a text (UTF-8 or Windows-1252) holds. Refuses a line that is no "key = value"
// (malformed), a key that does not exist (unknown_field) or comes twice (duplicate), one that is
// required (missing), and a value of another form than its key's.
Result<CsvMapping> read_csv_mapping(std::string_view bytes);

}  // namespace deodat::bank
