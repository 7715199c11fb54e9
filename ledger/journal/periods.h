// Exercices: calendar years, closed once, in order and for ever. A chained entry says each closing,
// with the digest of the balances that the next exercice opens with.
//
// When an entry may be dated in a year that is over but not closed (the year's end of a local
// authority; `today` is the legal day it is recorded on):
//   investment section, accounts 458x   never: recorded by 31 December. What is engaged and not
//                                       taken in charge is carried over (restes à réaliser)
//   operating section                   dated 31 December, recorded in January (the complementary
//                                       period)
//   bank and commitments                the day they bear, until the closing: the statement of 31
//                                       December is read in January
// In a closed year: nothing at all, reversals and imports included. A correction is dated in the
// open one.
#pragma once
#include <optional>
#include <vector>

#include "ledger/journal/balances.h"
#include "ledger/journal/verification.h"

namespace deodat::journal {

// The last exercice that is closed.
std::optional<int> last_closed_year(store::Database& db);

// Refuses (period_closed) a day that no entry of that event may bear any more, by the rules above.
Result<Done> check_period(store::Database& db, Event event, Day day, Day today);

// A balance at the end of an exercice, debit above zero: every account but those of classes 6 and
// 7, whose sum is the exercice's result.
struct CarriedBalance {
    std::int64_t account;  // the table's id
    std::string number;
    ProgrammeId programme;
    DossierId dossier;
    FunderId funder;
    ContractorId contractor;
    BatchId batch;
    Money amount;
};
// As the journal says up to that entry, by account number and what it is about.
std::vector<CarriedBalance> balances_to_carry(store::Database& db, int year, EntryId last);
// As they were kept when the exercice was closed.
std::vector<CarriedBalance> carried_balances(store::Database& db, int year);

// Refuses (state_forbids) a year closed before, not over, or not the next one.
Result<Done> check_turn(store::Database& db, int year, Day today);

// Closes the next exercice: an entry of each programme, the balances kept, and no entry after that.
// What must be settled before is for the calling command to check. Refuses what check_turn refuses.
Result<EntryId> close_exercice(store::Transaction& tx, int year,
                               const std::vector<ProgrammeRef>& programmes, PersonId person);

// The closings are those of the chain, what they carried is what the journal gives, and no entry
// came after one.
void verify_periods(Verification& result, store::Database& db);

}  // namespace deodat::journal
