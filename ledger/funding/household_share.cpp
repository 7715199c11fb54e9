#include "ledger/funding/household_share.h"

#include <algorithm>

#include "ledger/base/numbering.h"
#include "ledger/journal/events.h"
#include "ledger/people/person.h"
#include "ledger/store/numbering.h"

namespace deodat::funding {
namespace {

using journal::Event;
namespace events = journal::events;

constexpr std::string_view remaining_cost_reason = "Reste à charge";

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
    return {rows.integer(0), rows.text(1), {rows.integer(2)}, rows.money(3),
            rows.day(4),     rows.text(5), rows.money(6)};
}

constexpr std::string_view columns =
    "SELECT id, reference, dossier, cents, called_on, reason, received_cents FROM household_call ";

// What came before the title is set against it.
Result<Done> apply_early_receipts(store::Transaction& tx, const dossiers::Dossier& dossier,
                                  std::int64_t call, const std::string& reference, Money amount,
                                  Day day, PersonId person) {
    const Money early =
        -journal::balance(tx.db(), journal::Role::household_early_receipt, {.dossier = dossier.id});
    const Money applied = std::min(early, amount);
    if (!applied.is_positive()) return Done{};
    tx.db().run("UPDATE household_call SET received_cents = ?, received_on = ? WHERE id = ?",
                applied, day, call);
    const auto posted = journal::post(
        tx, draft(dossier, Event::household_early_receipt_applied, day, reference, person,
                  events::household_early_receipt_applied(dossier.id, applied)));
    if (!posted) return posted.refusal();
    return Done{};
}

Result<std::int64_t> call(store::Transaction& tx, const dossiers::Dossier& dossier, Money amount,
                          std::string_view reason, Day day, PersonId person) {
    store::Database& db = tx.db();
    const std::string reference =
        store::next_number(db, "household_call", "reference", yearly_prefix("R", day));
    const std::int64_t id = db.insert(
        "INSERT INTO household_call (reference, dossier, cents, called_on, reason)"
        " VALUES (?, ?, ?, ?, ?)",
        reference, dossier.id, amount, day, reason);
    const auto posted =
        journal::post(tx, draft(dossier, Event::household_share_called, day, reference, person,
                                events::household_share_called(dossier.id, amount)));
    if (!posted) return posted.refusal();
    if (auto applied = apply_early_receipts(tx, dossier, id, reference, amount, day, person);
        !applied) {
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
    const Money left = share_not_called(db, id);
    if (!amount.is_positive() || amount > left) {
        return Refusal{
            Code::over_commitment, "household_share.amount",
            "L'appel de " + french(amount) +
                " doit être supérieur à zéro et tenir dans le reste à charge signé et non"
                " appelé, " +
                french(left) + "."};
    }
    return call(tx, *dossier, amount, remaining_cost_reason, day, authorising_officer);
}

Result<std::int64_t> call_share_for_reduction(store::Transaction& tx,
                                              const dossiers::Dossier& dossier, Money amount,
                                              std::string_view reason, Day day,
                                              PersonId authorising_officer) {
    return call(tx, dossier, amount, reason, day, authorising_officer);
}

Result<EntryId> receive_share(store::Transaction& tx, std::int64_t id, Money amount, Day day,
                              std::string_view piece, PersonId accountant) {
    store::Database& db = tx.db();
    const auto found = find_call(db, id);
    if (!found) return Refusal{Code::not_found, "household_call", "Cet appel n'existe pas."};
    const auto dossier = dossiers::open_dossier_of(db, found->dossier);
    if (!dossier) return dossier.refusal();
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
    const auto dossier = dossiers::open_dossier_of(tx.db(), id);
    if (!dossier) return dossier.refusal();
    return journal::post(tx, draft(*dossier, Event::household_early_receipt, day, piece, accountant,
                                   events::household_early_receipt(id, amount)));
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

Money share_not_called(store::Database& db, DossierId dossier) {
    const auto open = dossiers::open_dossier_of(db, dossier);
    const auto plan = dossiers::signed_plan_of(db, dossier);
    if (!open || !plan) return {};
    auto rows = db.select(
        "SELECT coalesce(sum(cents), 0) FROM household_call WHERE dossier = ? AND reason = ?",
        dossier, remaining_cost_reason);
    rows.next();
    return plan->remaining_cost - rows.money(0);
}

}  // namespace deodat::funding
