// Exposure: what the PETR has advanced, to whom, and what covers it. Each formula stands here once,
// for gates, reports and screens.
//
// Of one dossier, from the ledger alone:
//   balance     S  = cash received for it less cash paid for it
//   exposure    E  = max(0, -S)
//   held        T  = max(0, S)              money of this household; never lent to another
//   payable     O  = taken in charge and not yet paid: contractor, retention, returned transfers
//   approved    A  = payments approved and not yet taken in charge
//   ordered     W  = works ordered and not yet taken in charge, approved or not
//   committed   E* = max(0, -S + O + W)
//   cover       Q  = grants notified or titled and not received, + the household's share signed or
//                    called and not received
//   uncovered   U  = max(0, E - Q)
// Of a programme, sums of these: never netted, since a credit of one household is no other
// household's. Each may be asked as of a value date and an entry number.
#pragma once
#include <array>
#include <vector>

#include "ledger/dossiers/dossier.h"

namespace deodat::treasury {

struct DossierPosition {
    Money balance;
    Money exposure;
    Money held;
    Money payable;
    Money retention;  // within payable
    Money approved;   // within ordered
    Money ordered;
    Money committed;
    Money cover;
    Money uncovered;
};
DossierPosition position_of(store::Database& db, DossierId dossier,
                            const std::optional<journal::AsOf>& as_of = {});

struct ProgrammePosition {
    Money cash;
    Money held;
    Money exposure;
    Money payable;
    Money retention;
    Money committed;
    Money cover;
    Money uncovered;
    Money ceiling;
    Money free_cash;  // cash - held - retention
};
ProgrammePosition position_of(store::Database& db, const funding::Programme& programme,
                              const std::optional<journal::AsOf>& as_of = {});

// What would be free to pay with after paying `amount` more for a dossier, everything payable and
// approved being paid: the programme's cash, less what belongs to the other households and what is
// retained. Below zero, others' money would be used.
Money free_after_paying(store::Database& db, const funding::Programme& programme, DossierId dossier,
                        Money amount);

// A part of a dossier's exposure, and the day it was paid out. Receipts pay back the oldest first.
struct ExposureLayer {
    Day since;
    Money amount;
};
// Oldest first; they sum to the exposure.
std::vector<ExposureLayer> exposure_layers(store::Database& db, DossierId dossier,
                                           const journal::AsOf& as_of);

// The ages in which exposure is shown: 0-30, 31-60, 61-90, 91-180 days, more.
inline constexpr std::array<std::int64_t, 4> age_bounds_days = {30, 60, 90, 180};
std::array<Money, age_bounds_days.size() + 1> ageing(const std::vector<ExposureLayer>& layers,
                                                     Day as_of);

}  // namespace deodat::treasury
