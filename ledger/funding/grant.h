// Mandates to receive funds, and grants: requested with a signed plan, notified or refused by the
// funder.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/dossiers/plan.h"

namespace deodat::funding {

// The household gives the PETR the mandate to receive that funder's money; an adviser records it.
// Refuses a second one in force.
Result<Done> sign_mandate(store::Transaction& tx, DossierId dossier, FunderId funder, Day signed_on,
                          PersonId adviser);
// Ends it. What was claimed before stays claimed.
Result<Done> revoke_mandate(store::Transaction& tx, DossierId dossier, FunderId funder,
                            Day revoked_on, PersonId adviser);
bool has_mandate(store::Database& db, DossierId dossier, FunderId funder, Day day);

// The piece of a grant's entries: ours, because the journal keeps it for ever and the funder's file
// number is the household's.
std::string piece_of(GrantId grant);

struct Grant {
    GrantId id;
    DossierId dossier;
    Funder funder;
    std::string aid;
    std::string label;
    std::string motive;  // of an aid decided outside the rules
    Money requested;
    Day requested_on;
    std::string reference;  // the funder's, once notified
    std::optional<Day> notified_on;
    Money notified;
    Money advance;  // what the plan says may be claimed as an advance
    std::optional<Day> refused_on;
    Money refused;  // the part of the notified amount that will not come
};

// Requests every aid of the dossier's signed plan from its funder. Refuses without a signed plan,
// or without a mandate for a funder; nothing is requested twice.
Result<std::vector<GrantId>> request_grants(store::Transaction& tx, DossierId dossier,
                                            PersonId adviser, Day requested_on);

struct NotifyGrant {
    GrantId grant;
    Money amount;  // at most what was requested
    std::string reference;
    Day notified_on;
    PersonId adviser;
};
// Event 1. Refuses a grant already answered, an amount above the request.
Result<EntryId> notify_grant(store::Transaction& tx, const NotifyGrant& command);

// Event 12: what is notified and not yet claimed will not come, refused by the funder or given up.
// Of a grant that was never notified, only the refusal is recorded. Refuses a second time, or when
// nothing is left to refuse: a claim is reduced instead.
Result<Done> refuse_grant(store::Transaction& tx, GrantId grant, Day refused_on, PersonId adviser);

Result<Grant> find_grant(store::Database& db, GrantId id);
std::vector<Grant> grants_of(store::Database& db, DossierId dossier);
std::vector<Grant> grants_of_funder(store::Database& db, FunderId funder);

// What is notified, less what was refused: the most that may be claimed.
inline Money due(const Grant& grant) {
    return grant.notified - grant.refused;
}

}  // namespace deodat::funding
