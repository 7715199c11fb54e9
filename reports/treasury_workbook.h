// The treasury's workbook: how much cash is out, to whom, since when, under which ceiling, and
// which funder owes us what.
//
// The caller reads the ledger and computes (ledger/treasury holds each formula once); this file
// only lays out, and writes as live formulas what can be checked from one sheet to the other. What
// it expects of the figures:
//   - `dossiers` holds every dossier of the programme whose balance, exposure or payments to come
//   are not nil;
//   - totals (cash, exposure, …) are read from the ledger, not summed from the lines: the control
//   compares;
//   - exposure is never netted across households, so exposure and funds held for third parties are
//   two sums;
//   - a dossier's `ageing` splits its exposure by age: 0–30, 31–60, 61–90, 91–180, more than 180
//   days.
#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "ledger/base/day.h"
#include "ledger/base/money.h"

namespace deodat::reports {

inline constexpr std::size_t age_bucket_count = 5;

struct TreasuryTotals {
    Money cash;                // account 515 of the programme
    Money funds_held;          // T: for households in credit
    Money retention;           // G: retentions held
    Money repayments_due;      // debts to funders, not paid yet
    Money exposure;            // E
    Money committed_exposure;  // E*: with what is approved or ordered
    Money ceiling;
    Money cover;      // Q: what funders and households must still bring
    Money uncovered;  // U: exposure that nothing covers
    Money free_cash;  // cash − T − G − repayments due
};

struct DossierPosition {
    std::string dossier;
    std::string household;  // pseudonym
    std::string commune;
    std::string state;  // French label
    Money balance;      // S: received less paid
    Money exposure;
    Money funds_held;
    Money approved_not_paid;
    Money cover;
    Money uncovered;
    std::optional<Day> exposed_since;
    std::int64_t age_days = 0;  // of the oldest euro of exposure; shown where there is exposure
    std::array<Money, age_bucket_count> ageing;
};

struct OpenClaim {
    std::string funder;
    std::string dossier;
    std::string kind;  // French label: avance, acompte, solde
    Day filed;
    Money amount;
    Money received;
    Money open;
    std::int64_t age_days = 0;
};

struct TreasuryPosition {
    std::string programme;
    std::string petr;
    Day as_of;
    std::int64_t last_entry = 0;
    std::string recorded_at;  // when that entry was, as shown
    Instant created;          // the same moment, for the file's properties
    TreasuryTotals totals;
    std::vector<DossierPosition> dossiers;
    std::vector<OpenClaim> claims;
    std::filesystem::path temporary_directory = {};
};

// Writes the workbook and says whether lines and ledger agree (the file says it too). Throws
// EnvironmentFailure where the file cannot be written.
bool write_treasury_workbook(const std::filesystem::path& path, const TreasuryPosition& data);

}  // namespace deodat::reports
