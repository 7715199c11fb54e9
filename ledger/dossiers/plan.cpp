#include "ledger/dossiers/plan.h"

#include <set>

#include "ledger/base/canonical.h"
#include "ledger/base/checks.h"
#include "ledger/base/text.h"
#include "ledger/people/person.h"

namespace deodat::dossiers {
namespace {

constexpr std::size_t label_points_max = 120;
constexpr std::size_t motive_points_max = 400;

Refusal moved(const Dossier& dossier) {
    return {Code::version_moved,
            "dossier.version",
            "Le dossier " + dossier.reference +
                " a changé depuis le calcul du plan : recalculez-le avant de continuer.",
            {{"version", std::to_string(dossier.version)}}};
}

Result<Done> check_figures(const KeepPlan& command) {
    Money sum;
    std::set<std::string_view> names;
    for (const PlanAid& aid : command.aids) {
        sum += aid.amount;
        if (names.insert(aid.aid).second) continue;
        return Refusal{
            Code::duplicate, "plan.aids",
            "L'aide « " + aid.label + " » (" + aid.aid + ") est deux fois dans le plan."};
    }
    DEODAT_ASSERT(sum == command.total_aid, "a plan's aids sum to its total");
    DEODAT_ASSERT(command.total_aid + command.remaining_cost == command.works_ttc,
                  "aids and remaining cost sum to the works");
    if (command.remaining_cost.is_negative()) {
        return Refusal{Code::over_commitment, "plan.aids",
                       "Les aides (" + french(command.total_aid) + ") dépassent les travaux (" +
                           french(command.works_ttc) + ")."};
    }
    return Done{};
}

}  // namespace

Result<Done> give_aid(store::Transaction& tx, DossierId dossier, const GivenAid& aid,
                      PersonId adviser, Day day) {
    store::Database& db = tx.db();
    if (auto role = people::require_role(db, adviser, people::Role::adviser); !role) {
        return role.refusal();
    }
    if (auto open = open_dossier_of(db, dossier); !open) return open.refusal();
    if (auto funder = funding::funder_by_code(db, aid.funder); !funder) return funder.refusal();
    const auto name = clean_text("given_aids.aid", aid.aid, label_points_max);
    if (!name) return name.refusal();
    const auto label = clean_text("given_aids.label", aid.label, label_points_max);
    if (!label) return label.refusal();
    const auto motive = clean_text("given_aids.motive", aid.motive, motive_points_max);
    if (!motive) return motive.refusal();
    if (auto amount = require_amount("given_aids.amount_cents", aid.amount); !amount) {
        return amount.refusal();
    }
    auto twice = db.select("SELECT 1 FROM given_aid WHERE dossier = ? AND aid = ?", dossier, *name);
    if (twice.next()) {
        return Refusal{Code::duplicate, "given_aids.aid",
                       "L'aide « " + *name + " » est déjà dans le dossier."};
    }
    db.run("INSERT INTO given_aid VALUES (?, ?, ?, ?, ?, ?, ?, ?)", dossier, *name, aid.funder,
           *label, aid.amount, *motive, adviser, day);
    db.run("UPDATE dossier SET version = version + 1 WHERE id = ?", dossier);
    return Done{};
}

std::vector<GivenAid> given_aids_of(store::Database& db, DossierId dossier) {
    std::vector<GivenAid> out;
    auto rows = db.select(
        "SELECT aid, funder, label, cents, motive FROM given_aid WHERE dossier = ? ORDER BY aid",
        dossier);
    while (rows.next()) {
        out.push_back(
            {rows.text(0), rows.text(1), rows.text(2), rows.money(3), rows.text_unless_erased(4)});
    }
    return out;
}

Result<PlanId> keep_plan(store::Transaction& tx, const KeepPlan& command) {
    store::Database& db = tx.db();
    if (auto role = people::require_role(db, command.adviser, people::Role::adviser); !role) {
        return role.refusal();
    }
    const auto dossier = open_dossier_of(db, command.dossier);
    if (!dossier) return dossier.refusal();
    if (dossier->version != command.dossier_version) return moved(*dossier);
    if (auto figures = check_figures(command); !figures) return figures.refusal();
    const PlanId id{db.insert(
        "INSERT INTO plan (dossier, dossier_version, kept_on, person, rules_version, facts_json,"
        " plan_json, explanation_json, works_ttc_cents, total_aid_cents, remaining_cost_cents)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        command.dossier, command.dossier_version, command.kept_on, command.adviser,
        command.rules_version, command.facts_json, command.plan_json, command.explanation_json,
        command.works_ttc, command.total_aid, command.remaining_cost)};
    for (const PlanAid& aid : command.aids) {
        if (aid.amount.is_zero()) continue;
        db.run("INSERT INTO plan_aid VALUES (?, ?, ?, ?, ?, ?, ?)", id, aid.aid, aid.funder,
               aid.label, aid.amount, aid.advance,
               aid.motive.empty() ? store::Value(std::nullopt) : store::Value(aid.motive));
    }
    return id;
}

Result<EntryId> sign_plan(store::Transaction& tx, PlanId id, Day signed_on, PersonId adviser) {
    if (auto role = people::require_role(tx.db(), adviser, people::Role::adviser); !role) {
        return role.refusal();
    }
    auto plan = find_plan(tx.db(), id);
    if (!plan) return Refusal{Code::not_found, "plan", "Ce plan n'existe pas."};
    const auto dossier = open_dossier_of(tx.db(), plan->dossier);
    if (!dossier) return dossier.refusal();
    if (dossier->version != plan->dossier_version) return moved(*dossier);
    if (plan->signed_on) {
        return Refusal{Code::state_forbids, "plan",
                       "Ce plan est déjà signé du " + plan->signed_on->french() + "."};
    }
    auto newer =
        tx.db().select("SELECT 1 FROM plan WHERE dossier = ? AND id > ?", plan->dossier, id);
    if (newer.next()) {
        return Refusal{Code::state_forbids, "plan",
                       "Un plan plus récent existe pour le dossier " + dossier->reference +
                           " : c'est lui qui se signe."};
    }
    if (auto dated = require_not_before("plan.signed_on", signed_on, plan->kept_on, "le plan");
        !dated) {
        return dated.refusal();
    }
    if (auto dated = require_happened("plan.signed_on", signed_on, tx.today()); !dated) {
        return dated.refusal();
    }
    plan->salt = tx.random().bytes(hash_bytes);
    const auto sealed =
        journal::post(tx, {signed_on,
                           journal::Event::plan_signed,
                           std::string(journal::event_label(journal::Event::plan_signed)) + " – " +
                               dossier->reference,
                           dossier->reference,
                           dossier->programme,
                           adviser,
                           {},
                           plan_digest(*plan)});
    if (!sealed) return sealed;
    tx.db().run("UPDATE plan SET signed_on = ?, signed_entry = ?, salt = ? WHERE id = ?", signed_on,
                *sealed, store::Value::bytes(plan->salt), id);
    return sealed;
}

std::optional<Plan> find_plan(store::Database& db, PlanId id) {
    auto rows = db.select(
        "SELECT dossier, dossier_version, kept_on, rules_version, facts_json, plan_json,"
        " explanation_json, works_ttc_cents, total_aid_cents, remaining_cost_cents, signed_on,"
        " salt FROM plan WHERE id = ?",
        id);
    if (!rows.next()) return std::nullopt;
    Plan plan{id,
              {rows.integer(0)},
              rows.integer(1),
              rows.day(2),
              rows.text(3),
              rows.text(4),
              rows.text(5),
              rows.text(6),
              rows.money(7),
              rows.money(8),
              rows.money(9),
              rows.maybe_day(10),
              {},
              rows.bytes(11)};
    auto aids = db.select(
        "SELECT aid, funder, label, cents, advance_cents, motive FROM plan_aid WHERE plan = ?"
        " ORDER BY aid",
        id);
    while (aids.next()) {
        plan.aids.push_back(
            {aids.text(0), aids.text(1), aids.text(2), aids.money(3), aids.money(4), aids.text(5)});
    }
    return plan;
}

std::optional<Plan> signed_plan_of(store::Database& db, DossierId dossier,
                                   const std::optional<journal::AsOf>& as_of) {
    const journal::AsOf seen = as_of ? *as_of : journal::as_of_everything(db);
    auto rows = db.select(
        "SELECT id FROM plan WHERE dossier = ? AND signed_on <= ? AND coalesce(signed_entry, 0) <= "
        "?"
        " ORDER BY id DESC LIMIT 1",
        dossier, seen.day, seen.entry);
    if (!rows.next()) return std::nullopt;
    return find_plan(db, {rows.integer(0)});
}

// The day of signature is the entry's own, and comes after these bytes.
std::string plan_digest(const Plan& plan) {
    CanonicalBytes out(plan.salt.empty() ? "DEODAT-PLAN-1" : "DEODAT-PLAN-2");
    out.raw(plan.salt)
        .int64(plan.id.value)
        .int64(plan.dossier.value)
        .int64(plan.dossier_version)
        .text(plan.kept_on.iso())
        .text(plan.rules_version)
        .text(plan.facts_json)
        .text(plan.plan_json)
        .text(plan.explanation_json)
        .int64(plan.works_ttc.cents())
        .int64(plan.total_aid.cents())
        .int64(plan.remaining_cost.cents())
        .uint32(static_cast<std::uint32_t>(plan.aids.size()));
    for (const PlanAid& aid : plan.aids) {
        out.text(aid.aid)
            .text(aid.funder)
            .text(aid.label)
            .int64(aid.amount.cents())
            .int64(aid.advance.cents())
            .text(aid.motive);
    }
    return sha256(out.bytes());
}

}  // namespace deodat::dossiers
