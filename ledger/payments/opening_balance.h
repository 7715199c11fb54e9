// The opening balance: what accounts held before this ledger began, taken over as the first entry
// that moves an amount (plans may have been signed before).
//
// A CSV file in UTF-8, ";" between cells, a first line that names them; amounts in euros with a
// comma or a dot, debit above zero; a cell may stand between quotation marks; blank lines are
// skipped. Auxiliaries as the chart requires them, by reference, code and SIRET:
//
//   compte;dossier;financeur;entreprise;montant
//   515;;;;150000,00
//   1021;;;;-150000,00
//   44312;D25-0001;anah;;1200,50
//   458201;D25-0001;;;-1200,50
//
// It stands in this room because this is the lowest one that knows dossiers, funders and
// contractors. What a dossier opens with has no claim, call or order behind it: `verify` counts it
// beside what those say.
#pragma once
#include <string_view>

#include "ledger/funding/programme.h"

namespace deodat::payments {

struct OpeningBalance {
    std::string_view file;  // its bytes
    funding::Programme programme;
    Day day;
    PersonId accountant;
};

// Posts the file as one entry, which holds its SHA-256, or refuses all of it: a file taken before
// (duplicate), a ledger whose entries move amounts (state_forbids), a person who is not the public
// accountant; each bad line, with its number (the sentence lists 20, facts have a thousand "line
// N"): an account unknown to the chart, an auxiliary that is unknown, missing, of another programme
// or not open, an amount that is nil or not one, a line given twice; and balance-sheet or
// off-balance accounts that do not sum to zero (entry_unbalanced).
Result<EntryId> take_opening_balance(store::Transaction& tx, const OpeningBalance& opening);

}  // namespace deodat::payments
