#include "ledger/funding/household_share.h"

#include <algorithm>

#include "ledger/base/checks.h"
#include "ledger/base/numbering.h"
#include "ledger/journal/events.h"
#include "ledger/people/person.h"
#include "ledger/store/numbering.h"

namespace deodat::funding {
namespace {

using journal::Event;
namespace events = journal::events;

journal::EntryDraft draft(const dossiers::Dossier& dossier, Event event, Day day,
                          std::string_view piece, PersonId person, events::Legs legs) {
    return {day,
            event,
            std::string(journal::event_label(event)) + " – " + dossier.reference,
            std::string(piece),
            dossier.programme,
            person,
            std::move(legs)};
}

HouseholdCall call_of(store::Rows& rows) {
    return {rows.integer(0), rows.text(1), {rows.integer(2)},
            rows.money(3),   rows.day(4),  rows.text_unless_erased(5),
            rows.money(6)};
}

constexpr std::string_view columns =
    "SELECT id, reference, dossier, cents, called_on, reason, received_cents FROM household_call ";

// Money that named no call is set against the open ones, oldest first.
Result<Done> apply_early_receipts(store::Transaction& tx, const dossiers::Dossier& dossier, Day day,
                                  PersonId person) {
    Money early =
        -journal::balance(tx.db(), journal::Role::household_early_receipt, {.dossier = dossier.id});
    for (const HouseholdCall& call : calls_of(tx.db(), dossier.id)) {
        const Money applied = std::min(early, call.open());
        if (!applied.is_positive()) continue;
        const Day applied_on = std::max(day, call.called_on);
        tx.db().run(
            "UPDATE household_call SET received_cents = received_cents + ?, received_on = ?"
            " WHERE id = ?",
            applied, applied_on, call.id);
        const auto posted = journal::post(
            tx, draft(dossier, Event::household_early_receipt_applied, applied_on, call.reference,
                      person, events::household_early_receipt_applied(dossier.id, applied)));
        if (!posted) return posted.refusal();
        early -= applied;
    }
    return Done{};
}

// `reduced` is the claim whose difference is called; none for the signed share.
Result<std::int64_t> call(store::Transaction& tx, const dossiers::Dossier& dossier, Money amount,
                          std::string_view reason, ClaimId reduced, Day day, PersonId person) {
    store::Database& db = tx.db();
    const std::string reference =
        store::next_number(db, "household_call", "reference", yearly_prefix("R", day));
    const std::int64_t id = db.insert(
        "INSERT INTO household_call (reference, dossier, cents, called_on, reason, claim)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        reference, dossier.id, amount, day, reason,
        reduced ? store::Value(reduced) : store::Value(std::nullopt));
    const auto posted =
        journal::post(tx, draft(dossier, Event::household_share_called, day, reference, person,
                                events::household_share_called(dossier.id, amount)));
    if (!posted) return posted.refusal();
    if (auto applied = apply_early_receipts(tx, dossier, day, person); !applied) {
        return applied.refusal();
    }
    return id;
}

}  // namespace

Result<std::int64_t> call_share(store::Transaction& tx, DossierId id, Money amount, Day day,
                                PersonId authorising_officer) {
    store::Database& db = tx.db();
    if (auto role =
            people::require_role(db, authorising_officer, people::Role::authorising_officer);
        !role) {
        return role.refusal();
    }
    const auto dossier = dossiers::open_dossier_of(db, id);
    if (!dossier) return dossier.refusal();
    if (auto positive = require_amount("household_share.amount", amount); !positive) {
        return positive.refusal();
    }
    const auto plan = dossiers::signed_plan_of(db, id);
    const Money left = share_not_called(db, id);
    if (!plan || amount > left) {
        return Refusal{Code::over_commitment, "household_share.amount",
                       "L'appel de " + french(amount) +
                           " doit tenir dans le reste à charge signé et non appelé, " +
                           french(left) + "."};
    }
    if (auto dated = require_not_before("household_share.called_on", day, *plan->signed_on,
                                        "la signature du plan");
        !dated) {
        return dated.refusal();
    }
    return call(tx, *dossier, amount, "Reste à charge", {}, day, authorising_officer);
}

Result<std::int64_t> call_share_for_reduction(store::Transaction& tx,
                                              const dossiers::Dossier& dossier, ClaimId claim,
                                              Money amount, std::string_view reason, Day day,
                                              PersonId authorising_officer) {
    return call(tx, dossier, amount, reason, claim, day, authorising_officer);
}

Result<EntryId> receive_share(store::Transaction& tx, std::int64_t id, Money amount, Day day,
                              std::string_view piece, PersonId accountant) {
    store::Database& db = tx.db();
    if (auto role = people::require_role(db, accountant, people::Role::public_accountant); !role) {
        return role.refusal();
    }
    const auto found = find_call(db, id);
    if (!found) return Refusal{Code::not_found, "household_call", "Cet appel n'existe pas."};
    const auto dossier = dossiers::open_dossier_of(db, found->dossier);
    if (!dossier) return dossier.refusal();
    if (auto positive = require_amount("household_call.amount", amount); !positive) {
        return positive.refusal();
    }
    if (auto dated = require_not_before("household_call.received_on", day, found->called_on,
                                        "l'appel, à rapprocher comme un versement avant titre");
        !dated) {
        return dated.refusal();
    }
    if (amount > found->open()) {
        return Refusal{Code::over_commitment, "household_call.amount",
                       "L'encaissement de " + french(amount) + " dépasse le reste dû de " +
                           french(found->open()) + " sur " + found->reference + "."};
    }
    db.run(
        "UPDATE household_call SET received_cents = received_cents + ?, received_on = ? WHERE id = "
        "?",
        amount, day, id);
    return journal::post(tx, draft(*dossier, Event::household_receipt, day, piece, accountant,
                                   events::household_receipt(dossier->id, amount)));
}

Result<EntryId> receive_share_early(store::Transaction& tx, DossierId id, Money amount, Day day,
                                    std::string_view piece, PersonId accountant) {
    if (auto role = people::require_role(tx.db(), accountant, people::Role::public_accountant);
        !role) {
        return role.refusal();
    }
    const auto dossier = dossiers::open_dossier_of(tx.db(), id);
    if (!dossier) return dossier.refusal();
    if (auto positive = require_amount("household_share.amount", amount); !positive) {
        return positive.refusal();
    }
    if (auto dated = require_not_before("household_share.received_on", day, dossier->opened_on,
                                        "l'ouverture du dossier");
        !dated) {
        return dated.refusal();
    }
    auto received =
        journal::post(tx, draft(*dossier, Event::household_early_receipt, day, piece, accountant,
                                events::household_early_receipt(id, amount)));
    if (!received) return received;
    if (auto applied = apply_early_receipts(tx, *dossier, day, accountant); !applied) {
        return applied.refusal();
    }
    return received;
}

std::optional<HouseholdCall> find_call(store::Database& db, std::int64_t id) {
    static const std::string sql = std::string(columns) + "WHERE id = ?";
    auto rows = db.select(sql, id);
    if (!rows.next()) return std::nullopt;
    return call_of(rows);
}

std::vector<HouseholdCall> calls_of(store::Database& db, DossierId dossier) {
    static const std::string sql = std::string(columns) + "WHERE dossier = ? ORDER BY id";
    std::vector<HouseholdCall> out;
    auto rows = db.select(sql, dossier);
    while (rows.next()) out.push_back(call_of(rows));
    return out;
}

// What is called for a claim that was reduced is what neither the PETR bears nor the funder pays:
// the rest of what was called is the signed share's.
Money share_not_called(store::Database& db, DossierId id,
                       const std::optional<journal::AsOf>& as_of) {
    const journal::AsOf seen = as_of ? *as_of : journal::as_of_everything(db);
    const auto dossier = dossiers::find_dossier(db, id);
    const auto plan = dossiers::signed_plan_of(db, id, seen);
    if (!dossier || dossier->state_as_of(seen) != dossiers::State::open || !plan) return {};
    const auto moved = [&](journal::Role role, Event event) {
        return journal::turnover(db, role, event, {.dossier = id}, seen);
    };
    const Money called = moved(journal::Role::household_receivable, Event::household_share_called);
    const Money reduced = moved(journal::Role::mandate_revenue, Event::claim_reduced);
    const Money borne = moved(journal::Role::loss_borne, Event::loss_borne);
    return plan->remaining_cost - (called - (reduced - borne));
}

}  // namespace deodat::funding
