#include "ledger/treasury/closing.h"

#include "ledger/base/canonical.h"
#include "ledger/base/checks.h"
#include "ledger/base/text.h"
#include "ledger/funding/grant.h"
#include "ledger/journal/events.h"
#include "ledger/people/person.h"

namespace deodat::treasury {
namespace {

constexpr std::size_t reason_points_max = 200;

// A dossier ends after all that happened in it.
Result<Done> require_last(store::Database& db, const dossiers::Dossier& dossier, Day day) {
    const Day last = journal::last_day_of(db, dossier.id).value_or(dossier.opened_on);
    return require_not_before("dossier.ended_on", day, last, "la dernière écriture du dossier");
}

}  // namespace

Result<EntryId> close_dossier(store::Transaction& tx, DossierId id, Day day,
                              PersonId authorising_officer) {
    store::Database& db = tx.db();
    if (auto role =
            people::require_role(db, authorising_officer, people::Role::authorising_officer);
        !role) {
        return role.refusal();
    }
    const auto dossier = dossiers::open_dossier_of(db, id);
    if (!dossier) return dossier.refusal();
    if (auto closed = first_closed(closing_gates(db, *dossier))) return *closed;
    const Money spent = journal::balance(db, journal::Role::mandate_expenditure, {.dossier = id});
    if (spent.is_zero()) {
        return Refusal{Code::state_forbids, "dossier",
                       "Aucune dépense sur le dossier " + dossier->reference +
                           " : l'abandonner plutôt que le solder."};
    }
    if (auto last = require_last(db, *dossier, day); !last) return last.refusal();
    const auto posted = journal::post(
        tx, {day, journal::Event::dossier_closed, "Dossier soldé – " + dossier->reference,
             dossier->reference, dossier->programme, authorising_officer,
             journal::events::dossier_closed(id, spent)});
    if (posted) {
        dossiers::end_dossier(tx, id, dossiers::State::closed, day, "Dossier soldé", *posted);
    }
    return posted;
}

Result<EntryId> abandon_dossier(store::Transaction& tx, DossierId id, std::string_view reason,
                                Day day, PersonId adviser) {
    store::Database& db = tx.db();
    if (auto role = people::require_role(db, adviser, people::Role::adviser); !role) {
        return role.refusal();
    }
    const auto dossier = dossiers::open_dossier_of(db, id);
    if (!dossier) return dossier.refusal();
    const auto clean = clean_text("dossier.reason", reason, reason_points_max);
    if (!clean) return clean.refusal();
    for (const journal::Role role :
         {journal::Role::works_ordered, journal::Role::mandate_expenditure,
          journal::Role::mandate_revenue, journal::Role::claim_filed, journal::Role::cash}) {
        const Money open = journal::balance(db, role, {.dossier = id});
        if (open.is_zero()) continue;
        return Refusal{
            Code::state_forbids, "dossier",
            "Le dossier " + dossier->reference +
                " a déjà des travaux commandés, une demande de paiement ou de l'argent (" +
                french(open) + ") : il ne peut plus être abandonné simplement."};
    }
    if (auto last = require_last(db, *dossier, day); !last) return last.refusal();
    for (const funding::Grant& grant : funding::grants_of(db, id)) {
        if (grant.refused_on) continue;
        if (auto refused = funding::refuse_grant(tx, grant.id, day, adviser); !refused) {
            return refused.refusal();
        }
    }
    const std::string salt = tx.random().bytes(hash_bytes);
    const auto posted =
        journal::post(tx, {day,
                           journal::Event::dossier_abandoned,
                           std::string(journal::event_label(journal::Event::dossier_abandoned)) +
                               " – " + dossier->reference,
                           dossier->reference,
                           dossier->programme,
                           adviser,
                           {},
                           dossiers::reason_digest(salt, *clean)});
    if (posted) {
        dossiers::end_dossier(tx, id, dossiers::State::abandoned, day, *clean, *posted, salt);
    }
    return posted;
}

}  // namespace deodat::treasury
