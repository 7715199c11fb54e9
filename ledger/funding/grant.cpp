#include "ledger/funding/grant.h"

#include "ledger/base/checks.h"
#include "ledger/base/numbering.h"
#include "ledger/base/text.h"
#include "ledger/funding/standing.h"
#include "ledger/journal/events.h"
#include "ledger/people/person.h"

namespace deodat::funding {
namespace {

using journal::Event;
namespace events = journal::events;

constexpr std::size_t reference_points_max = 60;

constexpr std::string_view columns =
    "SELECT g.id, g.dossier, g.aid, g.label, g.motive, g.requested_cents, g.requested_on, "
    "g.reference,"
    " g.notified_on, g.notified_cents, g.advance_cents, g.refused_on, g.refused_cents,"
    " f.id, f.code, f.name, f.family"
    " FROM funder_grant g JOIN funder f ON f.id = g.funder ";

std::string grant_query(std::string_view tail) {
    return std::string(columns) + std::string(tail);
}

Grant grant_of(store::Rows& rows) {
    const auto family = journal::funder_family_of(rows.integer(16));
    DEODAT_ASSERT(family.has_value(), "a stored family is a family");
    return {{rows.integer(0)},
            {rows.integer(1)},
            {{{rows.integer(13)}, *family}, rows.text(14), rows.text(15)},
            rows.text(2),
            rows.text(3),
            rows.text(4),
            rows.money(5),
            rows.day(6),
            rows.text(7),
            rows.maybe_day(8),
            rows.is_null(9) ? Money() : rows.money(9),
            rows.money(10),
            rows.maybe_day(11),
            rows.money(12)};
}

std::vector<Grant> grants_where(store::Database& db, std::string_view tail, std::int64_t id) {
    std::vector<Grant> out;
    auto rows = db.select(grant_query(tail), id);
    while (rows.next()) out.push_back(grant_of(rows));
    return out;
}

Result<Done> request(store::Transaction& tx, const dossiers::Plan& plan,
                     const dossiers::PlanAid& aid, Day day, std::vector<GrantId>& out) {
    store::Database& db = tx.db();
    const auto funder = funder_by_code(db, aid.funder);
    if (!funder) return funder.refusal();
    if (!has_mandate(db, plan.dossier, funder->ref.id, day)) {
        return Refusal{Code::gate_closed, "mandate",
                       "Il manque le mandat de perception des fonds signé pour " + funder->name +
                           " : le faire signer par le ménage."};
    }
    auto twice = db.select("SELECT 1 FROM funder_grant WHERE dossier = ? AND aid = ?", plan.dossier,
                           aid.aid);
    if (twice.next()) {
        return Refusal{Code::duplicate, "grant",
                       "L'aide « " + aid.label + " » a déjà été demandée pour ce dossier."};
    }
    out.push_back({db.insert(
        "INSERT INTO funder_grant (dossier, funder, plan, aid, label, motive, requested_cents,"
        " requested_on, advance_cents) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        plan.dossier, funder->ref.id, plan.id, aid.aid, aid.label,
        aid.motive.empty() ? store::Value(std::nullopt) : store::Value(aid.motive), aid.amount, day,
        aid.advance)});
    return Done{};
}

journal::EntryDraft draft(const dossiers::Dossier& dossier, const Grant& grant, Event event,
                          Day day, PersonId person, events::Legs legs) {
    return {day,
            event,
            std::string(journal::event_label(event)) + " – " + grant.funder.name + " – " +
                dossier.reference,
            piece_of(grant.id),
            dossier.programme,
            person,
            std::move(legs)};
}

Money claimed_of(store::Database& db, GrantId grant) {
    auto rows =
        db.select("SELECT coalesce(sum(cents), 0) FROM claim WHERE funder_grant = ?", grant);
    rows.next();
    return rows.money(0);
}

}  // namespace

std::string piece_of(GrantId grant) {
    return numbered("S-", grant.value);
}

Result<Done> sign_mandate(store::Transaction& tx, DossierId dossier, FunderId funder, Day signed_on,
                          PersonId adviser) {
    store::Database& db = tx.db();
    if (auto role = people::require_role(db, adviser, people::Role::adviser); !role) {
        return role.refusal();
    }
    const auto open = dossiers::open_dossier_of(db, dossier);
    if (!open) return open.refusal();
    if (auto dated = require_not_before("mandate.signed_on", signed_on, open->opened_on,
                                        "l'ouverture du dossier");
        !dated) {
        return dated.refusal();
    }
    if (auto dated = require_happened("mandate.signed_on", signed_on, tx.today()); !dated) {
        return dated.refusal();
    }
    if (!find_funder(db, funder))
        return Refusal{Code::not_found, "funder", "Ce financeur n'existe pas."};
    if (has_mandate(db, dossier, funder, signed_on)) {
        return Refusal{Code::duplicate, "mandate",
                       "Un mandat de perception est déjà en vigueur pour ce financeur."};
    }
    db.run("INSERT INTO mandate (dossier, funder, signed_on) VALUES (?, ?, ?)", dossier, funder,
           signed_on);
    return Done{};
}

Result<Done> revoke_mandate(store::Transaction& tx, DossierId dossier, FunderId funder,
                            Day revoked_on, PersonId adviser) {
    if (auto role = people::require_role(tx.db(), adviser, people::Role::adviser); !role) {
        return role.refusal();
    }
    const auto changed = tx.db().run(
        "UPDATE mandate SET revoked_on = ?1 WHERE dossier = ?2 AND funder = ?3 AND revoked_on IS "
        "NULL"
        " AND signed_on <= ?1",
        revoked_on, dossier, funder);
    if (changed == 0) {
        return Refusal{Code::not_found, "mandate",
                       "Aucun mandat en vigueur le " + revoked_on.french() + " pour ce financeur."};
    }
    return Done{};
}

bool has_mandate(store::Database& db, DossierId dossier, FunderId funder, Day day) {
    auto rows = db.select(
        "SELECT 1 FROM mandate WHERE dossier = ?1 AND funder = ?2 AND signed_on <= ?3"
        " AND (revoked_on IS NULL OR revoked_on > ?3)",
        dossier, funder, day);
    return rows.next();
}

Result<std::vector<GrantId>> request_grants(store::Transaction& tx, DossierId id, PersonId adviser,
                                            Day requested_on) {
    store::Database& db = tx.db();
    if (auto role = people::require_role(db, adviser, people::Role::adviser); !role) {
        return role.refusal();
    }
    const auto dossier = dossiers::open_dossier_of(db, id);
    if (!dossier) return dossier.refusal();
    const auto plan = dossiers::signed_plan_of(db, id);
    if (!plan || plan->dossier_version != dossier->version) {
        return Refusal{Code::gate_closed, "plan",
                       "Il manque le plan de financement signé par le ménage, à jour du dossier " +
                           dossier->reference + "."};
    }
    if (auto dated = require_not_before("grant.requested_on", requested_on, *plan->signed_on,
                                        "la signature du plan");
        !dated) {
        return dated.refusal();
    }
    std::vector<GrantId> out;
    for (const dossiers::PlanAid& aid : plan->aids) {
        if (auto done = request(tx, *plan, aid, requested_on, out); !done) return done.refusal();
    }
    return out;
}

Result<EntryId> notify_grant(store::Transaction& tx, const NotifyGrant& command) {
    store::Database& db = tx.db();
    if (auto role = people::require_role(db, command.adviser, people::Role::adviser); !role) {
        return role.refusal();
    }
    auto grant = find_grant(db, command.grant);
    if (!grant) return grant.refusal();
    const auto dossier = dossiers::open_dossier_of(db, grant->dossier);
    if (!dossier) return dossier.refusal();
    if (grant->notified_on || grant->refused_on) {
        return Refusal{Code::state_forbids, "grant",
                       "Le financeur a déjà répondu pour « " + grant->label + " »."};
    }
    const auto reference = clean_text("grant.reference", command.reference, reference_points_max);
    if (!reference) return reference.refusal();
    if (auto amount = require_amount("grant.amount", command.amount); !amount) {
        return amount.refusal();
    }
    if (command.amount > grant->requested) {
        return Refusal{Code::over_commitment, "grant.amount",
                       "Le montant notifié (" + french(command.amount) + ") dépasse la demande (" +
                           french(grant->requested) + ") : refaire d'abord le plan."};
    }
    if (auto dated = require_not_before("grant.notified_on", command.notified_on,
                                        grant->requested_on, "la demande");
        !dated) {
        return dated.refusal();
    }
    db.run(
        "UPDATE funder_grant SET notified_on = ?, notified_cents = ?, reference = ? WHERE id = ?",
        command.notified_on, command.amount, *reference, command.grant);
    grant->reference = *reference;
    const auto posted = journal::post(
        tx, draft(*dossier, *grant, Event::grant_notified, command.notified_on, command.adviser,
                  events::grant_notified(grant->dossier, grant->funder.ref, command.amount)));
    if (posted) record_entry(db, *posted, grant->id, {}, "");
    return posted;
}

Result<Done> refuse_grant(store::Transaction& tx, GrantId id, Day refused_on, PersonId adviser) {
    store::Database& db = tx.db();
    if (auto role = people::require_role(db, adviser, people::Role::adviser); !role) {
        return role.refusal();
    }
    const auto grant = find_grant(db, id);
    if (!grant) return grant.refusal();
    const auto dossier = dossiers::open_dossier_of(db, grant->dossier);
    if (!dossier) return dossier.refusal();
    const Money left = grant->notified - claimed_of(db, id);
    if (grant->refused_on || (grant->notified_on && left.is_zero())) {
        return Refusal{Code::state_forbids, "grant",
                       "« " + grant->label +
                           " » est déjà refusée, ou demandée en entier : réduire alors la demande"
                           " de paiement."};
    }
    const Day answered = grant->notified_on.value_or(grant->requested_on);
    if (auto dated = require_not_before("grant.refused_on", refused_on, answered,
                                        "la demande ou la notification");
        !dated) {
        return dated.refusal();
    }
    db.run("UPDATE funder_grant SET refused_on = ?, refused_cents = ? WHERE id = ?", refused_on,
           left, id);
    if (left.is_zero()) return Done{};
    const auto posted =
        journal::post(tx, draft(*dossier, *grant, Event::grant_refused, refused_on, adviser,
                                events::grant_refused(grant->dossier, grant->funder.ref, left)));
    if (!posted) return posted.refusal();
    record_entry(db, *posted, id, {}, "");
    return Done{};
}

Result<Grant> find_grant(store::Database& db, GrantId id) {
    auto found = grants_where(db, "WHERE g.id = ?", id.value);
    if (found.empty()) {
        return Refusal{Code::not_found, "grant",
                       "Aucune subvention n° " + std::to_string(id.value) + "."};
    }
    return found.front();
}

std::vector<Grant> grants_of(store::Database& db, DossierId dossier) {
    return grants_where(db, "WHERE g.dossier = ? ORDER BY f.family, g.aid", dossier.value);
}

std::vector<Grant> grants_of_funder(store::Database& db, FunderId funder) {
    return grants_where(db, "WHERE g.funder = ? ORDER BY g.dossier, g.aid", funder.value);
}

}  // namespace deodat::funding
