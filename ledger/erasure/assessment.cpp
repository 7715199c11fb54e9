// What an erasure would do, and what stands in its way.
#include <algorithm>

#include "ledger/dossiers/dossier.h"
#include "ledger/erasure/acts.h"
#include "ledger/erasure/erasure.h"
#include "ledger/journal/entry.h"
#include "ledger/people/person.h"

namespace deodat::erasure {
namespace {

using journal::Role;

std::string rows_holding(const PersonalData& data) {
    std::string held;
    for (const std::string& column : column_names(data.columns)) {
        if (column != "*") held += (held.empty() ? "" : " OR ") + column + " IS NOT NULL";
    }
    return std::string(data.rows) + (held.empty() ? "" : " AND (" + held + ")");
}

void add_parts(store::Database& db, Subject subject, std::int64_t id, Assessment& out) {
    for (const PersonalData& data : personal_data()) {
        if (data.subject != subject) continue;
        auto rows = db.select(
            "SELECT count(*) FROM " + std::string(data.table) + " WHERE " + rows_holding(data), id);
        rows.next();
        if (rows.integer(0) == 0) continue;
        out.goes.push_back({std::string(data.what), std::string(data.why), rows.integer(0)});
    }
}

Refusal already_erased(const Erasure& erasure, const std::string& name) {
    return {Code::erased,
            std::string(subject_name(erasure.subject)),
            "Les données du " + name + " ont déjà été effacées : effacement " + erasure.reference +
                ", écriture n° " + std::to_string(erasure.entry.value) + ".",
            {{"erasure", erasure.reference}}};
}

void add_keeping(Period period, Day ended, Day today, Assessment& out) {
    const Keeping& kept = keeping(period);
    const Day until = kept.over_on(ended);
    out.kept.push_back({kept.why, until});
    if (until <= today) return;
    out.obstacles.push_back(
        {Code::retention_runs,
         "keeping",
         "à conserver jusqu'au " + until.plus_days(-1).french() + " inclus (" + kept.why + ")",
         {}});
}

// ---- a dossier

bool is_counterpart(Role role) {
    return role == Role::works_ordered_counterpart || role == Role::grant_notified_counterpart ||
           role == Role::claim_filed_counterpart;
}

// While works are paid for, what was spent, received and held stands open by nature.
bool pending(Role role, bool in_progress) {
    if (role == Role::loss_borne || is_counterpart(role)) return false;
    return !in_progress || (role != Role::mandate_expenditure && role != Role::mandate_revenue &&
                            role != Role::cash);
}

void add_accounts(store::Database& db, const dossiers::Dossier& dossier, Assessment& out) {
    const bool in_progress = dossier.state == dossiers::State::open;
    auto rows = db.select(
        "SELECT a.role, a.label, sum(b.cents) FROM balance b JOIN account a ON a.id = b.account"
        " WHERE b.dossier = ? GROUP BY a.role HAVING sum(b.cents) <> 0 ORDER BY min(a.id)",
        dossier.id);
    while (rows.next()) {
        const auto role = journal::role_of(rows.text(0));
        DEODAT_ASSERT(role.has_value(), "a posted role is a role");
        if (!pending(*role, in_progress)) continue;
        out.obstacles.push_back(
            {Code::balance_not_nil,
             rows.text(0),
             rows.text(1) + " : il reste " +
                 french(rows.money(2).is_negative() ? -rows.money(2) : rows.money(2)) + " à solder",
             {}});
    }
}

void add_orders(store::Database& db, DossierId dossier, Assessment& out) {
    auto rows = db.select(
        "SELECT o.number FROM payment_order o JOIN invoice i ON i.id = o.invoice"
        " JOIN works_order w ON w.id = i.works_order WHERE w.dossier = ? AND o.state <> 'paid'"
        " AND o.refused_on IS NULL ORDER BY o.id",
        dossier);
    while (rows.next()) {
        out.obstacles.push_back({Code::state_forbids,
                                 "payment_order",
                                 "l'ordre de paiement " + rows.text(0) + " n'est pas payé",
                                 {}});
    }
}

// What the bank wrote of the household is found through the entry that a movement was matched to.
void add_movements(store::Database& db, const dossiers::Dossier& dossier, Assessment& out) {
    auto rows = db.select(
        "WITH named AS (SELECT ?2 AS reference UNION ALL"
        " SELECT reference FROM household_call WHERE dossier = ?1 UNION ALL"
        " SELECT c.reference FROM claim c JOIN funder_grant g ON g.id = c.funder_grant"
        "  WHERE g.dossier = ?1)"
        " SELECT s.identification || '/' || m.ordinal FROM bank_movement m"
        " JOIN bank_statement s ON s.id = m.statement WHERE m.entry IS NULL AND EXISTS"
        " (SELECT 1 FROM named WHERE instr(m.remittance, reference) > 0"
        "  OR instr(m.end_to_end_id, reference) > 0) ORDER BY m.id",
        dossier.id, dossier.reference);
    while (rows.next()) {
        out.obstacles.push_back({Code::gate_closed,
                                 "bank_movement",
                                 "le mouvement de banque " + rows.text(0) +
                                     " le nomme et n'est pas rapproché : son libellé resterait",
                                 {}});
    }
}

void add_keepings(store::Database& db, const dossiers::Dossier& dossier, Day today,
                  Assessment& out) {
    // A grant notified or a claim filed is a piece too, though it moves no money: who decided it
    // may come back on it as long as on a payment.
    const auto piece = journal::last_day_of(db, dossier.id);
    if (piece) {
        add_keeping(Period::accounting_pieces, std::max(*piece, *dossier.ended_on), today, out);
    }
    const bool closed = dossier.state == dossiers::State::closed;
    add_keeping(closed ? Period::occupancy : Period::abandoned_contact, *dossier.ended_on, today,
                out);
}

// ---- a person who acted

void add_work_in_hand(store::Database& db, PersonId person, Assessment& out) {
    auto rows = db.select(
        "SELECT 'le dossier ' || reference || ', en cours, a cette personne pour conseiller'"
        " FROM dossier WHERE adviser = ?1 AND state = 'open'"
        " UNION ALL SELECT 'l''ordre de paiement ' || number || ', où elle a agi, n''est pas payé'"
        " FROM payment_order WHERE state <> 'paid' AND refused_on IS NULL"
        " AND ?1 IN (made_by, approved_by, released_by)",
        person);
    while (rows.next()) {
        out.obstacles.push_back({Code::state_forbids, "person", rows.text(0), {}});
    }
}

}  // namespace

std::optional<Day> Assessment::possible_from() const {
    std::optional<Day> last;
    for (const Kept& period : kept) last = std::max(last, std::optional(period.until));
    return last;
}

Result<Assessment> assess_dossier(store::Database& db, DossierId id, Day today) {
    const auto dossier = dossiers::find_dossier(db, id);
    if (!dossier) return dossier.refusal();
    Assessment out{"dossier " + dossier->reference, {}, {}, {}, {}};
    if (auto done = erasure_of(db, Subject::household, id.value)) {
        return already_erased(*done, out.name);
    }
    add_parts(db, Subject::household, id.value, out);
    out.stays = {
        "les écritures et les montants, pour toujours : le journal ne nomme que le dossier",
        "la référence du dossier, ses dates, ses numéros, les aides et leurs montants",
        "la commune, le type et les classes du logement",
        "les entreprises, leurs factures (numéros et montants) et leurs comptes",
        "les empreintes scellées de ce qui part, dont le sel est détruit"};
    if (dossier->state == dossiers::State::open) {
        out.obstacles.push_back({Code::state_forbids,
                                 "dossier",
                                 "il est en cours : le solder ou l'abandonner d'abord",
                                 {}});
    }
    add_accounts(db, *dossier, out);
    add_orders(db, id, out);
    add_movements(db, *dossier, out);
    if (dossier->ended_on) add_keepings(db, *dossier, today, out);
    return out;
}

Result<Assessment> assess_person(store::Database& db, PersonId id, Day today) {
    Assessment out{"compte de la personne n° " + std::to_string(id.value), {}, {}, {}, {}};
    if (!people::find_person(db, id)) {
        return Refusal{Code::not_found, "person",
                       "Aucune personne n° " + std::to_string(id.value) + "."};
    }
    if (auto done = erasure_of(db, Subject::person, id.value)) {
        return already_erased(*done, out.name);
    }
    add_parts(db, Subject::person, id.value, out);
    out.stays = {"son numéro, sur ce qu'elle a décidé : les écritures, les ordres, les plans",
                 "les empreintes scellées de ce qui part, dont le sel est détruit"};
    add_work_in_hand(db, id, out);
    if (const auto last = last_act(db, id)) {
        add_keeping(Period::accounting_pieces, *last, today, out);
    }
    return out;
}

}  // namespace deodat::erasure
