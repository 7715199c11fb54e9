#include "ledger/funding/claim.h"

#include <array>

#include "ledger/base/checks.h"
#include "ledger/base/named.h"
#include "ledger/base/numbering.h"
#include "ledger/base/text.h"
#include "ledger/funding/household_share.h"
#include "ledger/funding/standing.h"
#include "ledger/journal/events.h"
#include "ledger/people/person.h"
#include "ledger/store/numbering.h"

namespace deodat::funding {
namespace {

using journal::Event;
namespace events = journal::events;

constexpr std::size_t reason_points_max = 200;

struct KindRow {
    std::string_view name;
    std::string_view label;
};
constexpr std::array<KindRow, claim_kind_count> kinds = {
    {{"advance", "avance"}, {"instalment", "acompte"}, {"balance", "solde"}}};

ClaimKind claim_kind_of(std::string_view name) {
    const auto found = named<ClaimKind>(kinds, name, &KindRow::name);
    DEODAT_ASSERT(found.has_value(), "a stored claim kind is one");
    return *found;
}

constexpr std::string_view columns =
    "SELECT c.id, c.reference, c.funder_grant, c.kind, c.cents, c.filed_on, c.title, "
    "c.titled_on,"
    " c.received_cents, c.received_on, c.reduced_cents, c.reduced_reason FROM claim c ";

Claim claim_of(store::Rows& rows) {
    return {{rows.integer(0)}, rows.text(1),      {rows.integer(2)}, claim_kind_of(rows.text(3)),
            rows.money(4),     rows.day(5),       rows.text(6),      rows.maybe_day(7),
            rows.money(8),     rows.maybe_day(9), rows.money(10),    rows.text(11)};
}

std::vector<Claim> claims_where(store::Database& db, std::string_view tail, std::int64_t id) {
    std::vector<Claim> out;
    auto rows = db.select(std::string(columns) + std::string(tail), id);
    while (rows.next()) out.push_back(claim_of(rows));
    return out;
}

// A claim with the grant and the open dossier it belongs to.
struct Context {
    Claim claim;
    Grant grant;
    dossiers::Dossier dossier;
};

Result<Context> context_of(store::Database& db, ClaimId id) {
    auto claim = find_claim(db, id);
    if (!claim) return claim.refusal();
    auto grant = find_grant(db, claim->grant);
    if (!grant) return grant.refusal();
    auto dossier = dossiers::open_dossier_of(db, grant->dossier);
    if (!dossier) return dossier.refusal();
    return Context{std::move(*claim), std::move(*grant), std::move(*dossier)};
}

journal::EntryDraft draft(const dossiers::Dossier& dossier, const Grant& grant, Event event,
                          Day day, std::string_view piece, PersonId person, events::Legs legs) {
    return {day,
            event,
            std::string(journal::event_label(event)) + " – " + grant.funder.name + " – " +
                dossier.reference,
            std::string(piece),
            dossier.programme,
            person,
            std::move(legs)};
}

// The balance comes last: all that was ordered is taken in charge.
Result<Done> require_works_done(store::Database& db, const Grant& grant) {
    const journal::Selection dossier{.dossier = grant.dossier};
    const bool worked =
        !journal::balance(db, journal::Role::mandate_expenditure, dossier).is_zero() &&
        journal::balance(db, journal::Role::works_ordered, dossier).is_zero() &&
        journal::balance(db, journal::Role::commitment_ordered, dossier).is_zero();
    if (worked) return Done{};
    return Refusal{Code::gate_closed, "claim.kind",
                   "Le solde se demande quand tous les travaux commandés sont acceptés et"
                   " pris en charge."};
}

Result<Done> check_amount(store::Database& db, const FileClaim& command, const Grant& grant) {
    Money claimed;
    for (const Claim& claim : claims_of(db, grant.id)) claimed += claim.amount;
    if (claimed + command.amount > due(grant)) {
        return Refusal{Code::over_commitment, "claim.amount",
                       "La demande de " + french(command.amount) +
                           " dépasse le reste à demander de " + french(due(grant) - claimed) + "."};
    }
    if (command.kind == ClaimKind::advance && command.amount > grant.advance) {
        return Refusal{Code::over_commitment, "claim.amount",
                       "L'avance demandée (" + french(command.amount) +
                           ") dépasse celle du plan (" + french(grant.advance) + ")."};
    }
    return Done{};
}

Result<Done> check_claim(store::Database& db, const FileClaim& command, const Grant& grant) {
    if (command.kind == ClaimKind::advance && !claims_of(db, grant.id).empty()) {
        return Refusal{Code::state_forbids, "claim.kind",
                       "Une avance se demande avant toute autre demande de paiement."};
    }
    if (auto amount = require_amount("claim.amount", command.amount); !amount) {
        return amount.refusal();
    }
    if (!grant.notified_on || grant.refused_on) {
        return Refusal{Code::gate_closed, "grant",
                       "« " + grant.label + " » n'est pas notifiée : rien ne peut être demandé."};
    }
    if (auto dated = require_not_before("claim.filed_on", command.filed_on, *grant.notified_on,
                                        "la notification");
        !dated) {
        return dated.refusal();
    }
    if (auto amount = check_amount(db, command, grant); !amount) return amount.refusal();
    if (!has_mandate(db, grant.dossier, grant.funder.ref.id, command.filed_on)) {
        return Refusal{
            Code::gate_closed, "mandate",
            "Il manque un mandat de perception en vigueur pour " + grant.funder.name + "."};
    }
    return command.kind == ClaimKind::balance ? require_works_done(db, grant) : Done{};
}

}  // namespace

std::string_view claim_kind_name(ClaimKind kind) {
    return kinds.at(static_cast<std::size_t>(kind)).name;
}

std::string_view claim_kind_label(ClaimKind kind) {
    return kinds.at(static_cast<std::size_t>(kind)).label;
}

Result<ClaimId> file_claim(store::Transaction& tx, const FileClaim& command) {
    store::Database& db = tx.db();
    if (auto role = people::require_role(db, command.adviser, people::Role::adviser); !role) {
        return role.refusal();
    }
    const auto grant = find_grant(db, command.grant);
    if (!grant) return grant.refusal();
    const auto dossier = dossiers::open_dossier_of(db, grant->dossier);
    if (!dossier) return dossier.refusal();
    if (auto checked = check_claim(db, command, *grant); !checked) return checked.refusal();
    const std::string reference =
        store::next_number(db, "claim", "reference", yearly_prefix("C", command.filed_on));
    const ClaimId id{db.insert(
        "INSERT INTO claim (reference, funder_grant, kind, cents, filed_on) VALUES (?, ?, ?, ?, ?)",
        reference, command.grant, claim_kind_name(command.kind), command.amount, command.filed_on)};
    const auto posted = journal::post(
        tx,
        draft(*dossier, *grant, Event::claim_filed, command.filed_on, reference, command.adviser,
              events::claim_filed(grant->dossier, grant->funder.ref, command.amount)));
    if (!posted) return posted.refusal();
    record_entry(db, *posted, grant->id, id, "");
    return id;
}

Result<EntryId> issue_title(store::Transaction& tx, ClaimId id, Day day,
                            PersonId authorising_officer) {
    store::Database& db = tx.db();
    if (auto role =
            people::require_role(db, authorising_officer, people::Role::authorising_officer);
        !role) {
        return role.refusal();
    }
    const auto context = context_of(db, id);
    if (!context) return context.refusal();
    if (!context->claim.title.empty()) {
        return Refusal{Code::state_forbids, "claim",
                       "Le titre " + context->claim.title + " est déjà émis pour cette demande."};
    }
    if (auto dated = require_not_before("claim.titled_on", day, context->claim.filed_on,
                                        "la demande de paiement");
        !dated) {
        return dated.refusal();
    }
    const std::string title = store::next_number(db, "claim", "title", yearly_prefix("T", day));
    db.run("UPDATE claim SET title = ?, titled_on = ? WHERE id = ?", title, day, id);
    const auto posted = journal::post(
        tx, draft(context->dossier, context->grant, Event::claim_title_issued, day, title,
                  authorising_officer,
                  events::claim_title_issued(context->grant.dossier, context->grant.funder.ref,
                                             context->claim.amount)));
    if (posted) record_entry(db, *posted, context->grant.id, id, "");
    return posted;
}

Result<EntryId> receive_claim(store::Transaction& tx, ClaimId id, Money amount, Day day,
                              std::string_view piece, PersonId accountant) {
    store::Database& db = tx.db();
    if (auto role = people::require_role(db, accountant, people::Role::public_accountant); !role) {
        return role.refusal();
    }
    const auto context = context_of(db, id);
    if (!context) return context.refusal();
    if (auto positive = require_amount("claim.amount", amount); !positive) {
        return positive.refusal();
    }
    // Of the claim, not of the title: the bank's day may precede it where a funder is quick.
    if (auto dated = require_not_before("claim.received_on", day, context->claim.filed_on,
                                        "la demande de paiement");
        !dated) {
        return dated.refusal();
    }
    if (amount > context->claim.open()) {
        return Refusal{Code::over_commitment, "claim.amount",
                       "L'encaissement de " + french(amount) + " dépasse le reste dû de " +
                           french(context->claim.open()) + " sur " + context->claim.reference +
                           "."};
    }
    if (context->claim.title.empty()) {
        return Refusal{Code::gate_closed, "claim.title",
                       "Le titre de la demande " + context->claim.reference +
                           " n'est pas émis : à faire par l'ordonnateur."};
    }
    db.run("UPDATE claim SET received_cents = received_cents + ?, received_on = ? WHERE id = ?",
           amount, day, id);
    const auto posted = journal::post(
        tx,
        draft(context->dossier, context->grant, Event::claim_received, day, piece, accountant,
              events::claim_received(context->grant.dossier, context->grant.funder.ref, amount)));
    if (posted) record_entry(db, *posted, context->grant.id, id, "");
    return posted;
}

Result<EntryId> reduce_claim(store::Transaction& tx, const ReduceClaim& command) {
    store::Database& db = tx.db();
    if (auto role = people::require_role(db, command.authorising_officer,
                                         people::Role::authorising_officer);
        !role) {
        return role.refusal();
    }
    const auto context = context_of(db, command.claim);
    if (!context) return context.refusal();
    const auto reason = clean_text("claim.reason", command.reason, reason_points_max);
    if (!reason) return reason.refusal();
    if (auto positive = require_amount("claim.amount", command.amount); !positive) {
        return positive.refusal();
    }
    if (context->claim.titled_on) {
        if (auto dated = require_not_before("claim.reduced_on", command.day,
                                            *context->claim.titled_on, "le titre");
            !dated) {
            return dated.refusal();
        }
    }
    if (!context->claim.titled_on || command.amount > context->claim.open()) {
        return Refusal{Code::over_commitment, "claim.amount",
                       "La réduction de " + french(command.amount) +
                           " doit porter sur un titre émis et tenir dans le reste dû de " +
                           french(context->claim.open()) + "."};
    }
    db.run(
        "UPDATE claim SET reduced_cents = reduced_cents + ?, reduced_on = ?, reduced_reason = ?"
        " WHERE id = ?",
        command.amount, command.day, *reason, command.claim);
    const Context& c = *context;
    const auto reduced = journal::post(
        tx, draft(c.dossier, c.grant, Event::claim_reduced, command.day, c.claim.title,
                  command.authorising_officer,
                  events::claim_reduced(c.grant.dossier, c.grant.funder.ref, command.amount)));
    if (!reduced) return reduced;
    record_entry(db, *reduced, c.grant.id, command.claim, *reason);
    if (command.bearer == Bearer::household) {
        const auto called =
            call_share_for_reduction(tx, c.dossier, command.claim, command.amount, *reason,
                                     command.day, command.authorising_officer);
        if (!called) return called.refusal();
        return reduced;
    }
    const auto lost = journal::post(tx, draft(c.dossier, c.grant, Event::loss_borne, command.day,
                                              c.claim.title, command.authorising_officer,
                                              events::loss_borne(c.grant.dossier, command.amount)));
    if (!lost) return lost;
    return reduced;
}

Result<Claim> find_claim(store::Database& db, ClaimId id) {
    auto found = claims_where(db, "WHERE c.id = ?", id.value);
    if (found.empty()) {
        return Refusal{Code::not_found, "claim",
                       "Aucune demande de paiement n° " + std::to_string(id.value) + "."};
    }
    return found.front();
}

std::vector<Claim> claims_of(store::Database& db, GrantId grant) {
    return claims_where(db, "WHERE c.funder_grant = ? ORDER BY c.id", grant.value);
}

std::vector<Claim> open_claims(store::Database& db, ProgrammeId programme) {
    return claims_where(db,
                        "JOIN funder_grant g ON g.id = c.funder_grant"
                        " JOIN dossier d ON d.id = g.dossier"
                        " WHERE d.programme = ? AND c.cents > c.received_cents + c.reduced_cents"
                        " ORDER BY c.filed_on, c.id",
                        programme.value);
}

}  // namespace deodat::funding
