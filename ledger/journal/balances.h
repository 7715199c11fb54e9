// Balances and turnovers: now, off the kept balances; or as of two dates, off the postings.
//
// Two dates, since an entry has two: the day it is valued at, and its number, the order in which we
// recorded it. What is asked as of (day, entry) comes out the same for ever: later entries,
// backdated ones and reversals all have higher numbers.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/journal/entry.h"

namespace deodat::journal {

// Entries valued on that day at the latest and recorded under that number at the latest.
struct AsOf {
    Day day;
    EntryId entry;
    bool sees(const EntryRow& row) const { return row.number <= entry && row.day <= day; }
};
// What a question without two dates sees: everything recorded so far, whatever its day.
AsOf as_of_everything(store::Database& db);

// Which balances to sum: none given means all.
struct Selection {
    ProgrammeId programme = {};
    DossierId dossier = {};
    FunderId funder = {};
    ContractorId contractor = {};
};
// The balance of a role, debit above zero.
Money balance(store::Database& db, Role role, const Selection& selection,
              const std::optional<AsOf>& as_of = {});

// What one kind of event moved on a role, debit above zero: a turnover, where balance() is what is
// left. A reversal counts against the event that it reverses.
Money turnover(store::Database& db, Role role, Event event, const Selection& selection,
               const std::optional<AsOf>& as_of = {});

struct AccountBalance {
    std::string number;
    std::string label;
    Money amount;
};
// Every account's balance, by number; off-balance accounts included.
std::vector<AccountBalance> account_balances(store::Database& db,
                                             const std::optional<AsOf>& as_of = {});

}  // namespace deodat::journal
