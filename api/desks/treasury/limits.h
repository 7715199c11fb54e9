// The treasury's desk: how far accounts, funders' agreements and a programme may go.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "api/desks/desk.h"
#include "ledger/treasury/limits.h"

namespace deodat::treasury_desk {

struct LimitAsked {
    std::string measure;          // "debit", "credit", "engaged", "outstanding"
    std::string account;          // its number, for debit and credit
    std::string funder;           // its code, for outstanding and engaged
    std::string programme;        // its code; empty for the only one
    std::optional<Money> amount;  // none lifts the limit
    std::optional<Day> since;     // today
    std::string reason;
};
struct LimitSet {
    std::string label;
    journal::Use use;
};
// Refuses as treasury::set_limit; also an unknown measure or code (malformed, not_found), and what
// the measure needs and is not given, or is given and has no use for (missing, unknown_field).
Result<LimitSet> set_limit(desks::Desk& desk, const LimitAsked& asked);

// Those in force on a day.
Result<std::vector<treasury::LimitState>> limits(store::Database& db, const std::string& programme,
                                                 Day day);

}  // namespace deodat::treasury_desk
