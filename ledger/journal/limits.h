// Limits: how far an account of a programme, or a funder's agreement with it, may go, what is only
// reserved included. Every entry is held to them when it is posted.
//
//   measure      of           used                          reserved
//   debit        an account   its balance                   of 4581: commitments open and ordered
//   credit       an account   its balance, credit above 0   of 515: what is approved or taken in
//                                                           charge, and not yet paid
//   engaged      a funder     received                      notified or titled, and not received
//   outstanding  a funder     titled and not received       notified and not titled
//   engaged      programme    works taken in charge         commitments open and ordered
//
// An entry is refused when it brings used + reserved nearer to the limit and beyond it: under a
// limit set lower than what is used, everything but engaging more goes on. What a bank has done, or
// an opening balance holds, is a fact and is recorded whatever the limits; so is the reversal of an
// entry, which puts right what was wrong.
#pragma once
#include <optional>
#include <vector>

#include "ledger/journal/entry.h"

namespace deodat::journal {

enum class Measure : std::uint8_t { debit, credit, engaged, outstanding };
std::string_view measure_name(Measure measure);
std::optional<Measure> measure_of(std::string_view name);

// What a limit is about: an account, a funder's agreement, or neither: the programme.
struct LimitSubject {
    ProgrammeId programme;
    Measure measure = Measure::engaged;
    std::optional<Role> role = {};
    FunderId funder = {};
    friend bool operator==(const LimitSubject&, const LimitSubject&) = default;
};

// An account for its debit or credit, a funder for what it owes, a funder or nothing for what is
// engaged.
bool is_measured(const LimitSubject& subject);

struct Limit {
    LimitSubject subject;
    Money amount;
    Day since;
};

struct Use {
    Money used;
    Money reserved;
    Money total() const { return used + reserved; }
};
// What is used and reserved now, off the kept balances. What a funder or the programme is engaged
// for is a turnover, summed off the postings of its account.
Use use_of(store::Database& db, const LimitSubject& subject);
// What an event with these legs adds to it; below zero, gives back.
Use added_by(const LimitSubject& subject, Event event, const std::vector<Leg>& legs);
// Whether limits hold an event back.
bool is_held_back(Event event);

// A limit as it was set: from a day on, for the entries after one; without an amount, it lifts the
// one before.
struct DatedLimit {
    LimitSubject subject;
    std::optional<Money> amount;
    Day since;
    EntryId after;
};
// All of them, those that hold over others later.
std::vector<DatedLimit> limits_ever_set(store::Database& db);

// The limits of a programme in force on a day.
std::vector<Limit> limits_of(store::Database& db, ProgrammeId programme, Day day);
// "Crédit de « Compte au Trésor »", "Engagé par Anah"
std::string subject_label(store::Database& db, const LimitSubject& subject);

// Why an event may not be posted with these legs today: limit_exceeded, with the limit, what is
// used, reserved, asked for and left.
std::optional<Refusal> exceeded_limit(store::Database& db, ProgrammeId programme, Event event,
                                      const std::vector<Leg>& legs, Day today);

}  // namespace deodat::journal
