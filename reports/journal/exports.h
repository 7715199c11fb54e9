// The ledger's whole journal, read once and written in the formats of other people's programs.
//
// Each reads every entry up to the last one of the connection's snapshot, in recording order, one
// at a time. hledger, Beancount and CSV hold everything, off-balance accounts included, and name
// dossiers, funders and contractors; the FEC holds one year of the balance sheet's accounts.
#pragma once
#include <ostream>
#include <string>
#include <string_view>

#include "ledger/journal/entry.h"
#include "reports/journal/fec.h"

namespace deodat::reports {

// Up to that entry: asked again with it, the same bytes for ever.
void export_hledger(store::Database& db, EntryId up_to, std::ostream& out);
void export_beancount(store::Database& db, EntryId up_to, std::ostream& out);
void export_csv(store::Database& db, EntryId up_to, std::ostream& out);

// One year: first what earlier years left on each account and auxiliary (journal AN, on 1 January;
// charges and income meet on 110 or 119), then the year's entries by recording order, renumbered
// without holes. Off-balance accounts and entries that move no money are not in it. CompAuxNum is
// the third party (funder's code, contractor's SIRET), else the dossier; a label that does not name
// its dossier gets it.
FecNotes export_fec(store::Database& db, int year, std::ostream& out);

// The description that goes with the file.
std::string fec_description(int year, const FecNotes& notes);

}  // namespace deodat::reports
