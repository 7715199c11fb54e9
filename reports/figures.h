// The figures of each report, read from the ledger as of a value date and an entry number: asked
// again with both, they come out the same for ever, and the file made of them has the same bytes.
// What is written is in the workbooks' files.
#pragma once
#include <string_view>

#include "ledger/funding/programme.h"
#include "ledger/journal/balances.h"
#include "reports/funder_reconciliation.h"
#include "reports/treasury_workbook.h"

namespace deodat::reports {

// The PETR, as reports name it.
inline constexpr std::string_view petr_name = "PETR du Pays de la Déodatie";

// Every grant that a funder has notified in a programme, and every movement behind them.
FunderReconciliation read_funder_reconciliation(store::Database& db,
                                                const funding::Programme& programme,
                                                const funding::Funder& funder,
                                                const journal::AsOf& as_of);

TreasuryPosition read_treasury_position(store::Database& db, const funding::Programme& programme,
                                        const journal::AsOf& as_of);

}  // namespace deodat::reports
