// Limits as persons set and read them: dated rows, the newest that has begun holds.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/funding/programme.h"
#include "ledger/journal/limits.h"

namespace deodat::treasury {

struct SetLimit {
    journal::LimitSubject subject;
    std::optional<Money> amount;  // none lifts it
    Day since;
    std::string reason;
    PersonId authorising_officer;
};

struct LimitState {
    journal::Limit limit;
    std::string label;
    journal::Use use;
    // Below zero: more is used than the limit allows, and nothing more may be engaged.
    Money left() const { return limit.amount - use.total(); }
};

// The limit holds from a day on, today at the earliest: what was recorded before stays. Answers
// what is used and reserved of it now, which may be more already. Refuses who is not the
// authorising officer, an unknown programme or funder, an amount below zero or too large, a day
// past, an unclean reason.
Result<journal::Use> set_limit(store::Transaction& tx, const SetLimit& command);

// The limits of a programme in force on a day, each with what is used of it now.
std::vector<LimitState> limit_states(store::Database& db, ProgrammeId programme, Day day);

// What an account of a programme is, by its number at a day. Refuses an unknown number, and that of
// a funder's account.
Result<journal::Role> role_of_account(const funding::Programme& programme, std::string_view number,
                                      Day day);

}  // namespace deodat::treasury
