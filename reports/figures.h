// The figures of each report, read from the ledger in one snapshot. What is written is in the
// workbooks' files.
#pragma once
#include <string_view>

#include "ledger/funding/programme.h"
#include "reports/funder_reconciliation.h"
#include "reports/treasury_workbook.h"

namespace deodat::reports {

// The PETR, as reports name it.
inline constexpr std::string_view petr_name = "PETR du Pays de la Déodatie";

// Every grant of a funder in a programme, and every movement behind them, as of now.
FunderReconciliation read_funder_reconciliation(store::Database& db,
                                                const funding::Programme& programme,
                                                const funding::Funder& funder, Instant now);

TreasuryPosition read_treasury_position(store::Database& db, const funding::Programme& programme,
                                        Instant now);

}  // namespace deodat::reports
