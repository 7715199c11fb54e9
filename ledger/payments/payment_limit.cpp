#include "ledger/payments/payment_limit.h"

#include <algorithm>
#include <array>

#include "ledger/base/checks.h"
#include "ledger/base/text.h"
#include "ledger/people/person.h"

namespace deodat::payments {
namespace {

constexpr std::size_t reason_points_max = 200;
constexpr int split_days = 7;

struct ScopeRow {
    std::string_view name;
    std::string_view label;
};
constexpr std::array<ScopeRow, limit_scope_count> scopes = {
    {{"order", "Montant d'un ordre"},
     {"payee_day", "Approuvé en un jour pour une entreprise"},
     {"approver_day", "Approuvé en un jour par une personne"},
     {"programme_day", "Approuvé en un jour pour le programme"}}};

std::optional<PaymentLimit> limit_of(store::Database& db, ProgrammeId programme, LimitScope scope,
                                     Day day) {
    auto rows = db.select(
        "SELECT cents, since FROM payment_limit WHERE programme = ? AND scope = ? AND since <= ?"
        " ORDER BY decision DESC LIMIT 1",
        programme, limit_scope_name(scope), day);
    if (!rows.next() || rows.is_null(0)) return std::nullopt;
    return PaymentLimit{scope, rows.money(0), rows.day(1)};
}

// What else is approved from a day to another: of a programme, narrowed by what is given.
struct Approved {
    ProgrammeId programme;
    std::int64_t but_order;
    Day from;
    Day to;
    DossierId dossier = {};
    ContractorId payee = {};
    PersonId approver = {};
};

Money sum_of(store::Database& db, const Approved& asked) {
    auto rows = db.select(
        "SELECT coalesce(sum(o.cents), 0) FROM payment_order o JOIN invoice i ON i.id = o.invoice"
        " JOIN works_order w ON w.id = i.works_order JOIN dossier d ON d.id = w.dossier"
        " WHERE d.programme = ?1 AND o.id <> ?2 AND o.approval_recorded_on BETWEEN ?3 AND ?4"
        " AND (?5 = 0 OR d.id = ?5) AND (?6 = 0 OR i.contractor = ?6)"
        " AND (?7 = 0 OR o.approved_by = ?7)",
        asked.programme, asked.but_order, asked.from, asked.to, asked.dossier.value,
        asked.payee.value, asked.approver.value);
    rows.next();
    return rows.money(0);
}

treasury::Gate limit_gate(const PaymentLimit& limit, Money already, Money amount) {
    const Money total = already + amount;
    const std::string label(limit_scope_label(limit.scope));
    treasury::Gate gate{Code::payment_limit_exceeded,
                        "payment_limit_" + std::string(limit_scope_name(limit.scope)),
                        label,
                        total <= limit.amount,
                        "",
                        {}};
    if (gate.open) return gate;
    gate.missing = label + " : " + french(total) + " passeraient la limite de " +
                   french(limit.amount) + " fixée au " + limit.since.french() +
                   (already.is_zero() ? "" : " (déjà approuvé " + french(already) + ")") +
                   " : la faire relever par deux personnes, pour le lendemain.";
    gate.facts = {{"limit_cents", std::to_string(limit.amount.cents())},
                  {"already_cents", std::to_string(already.cents())},
                  {"asked_cents", std::to_string(amount.cents())}};
    return gate;
}

// The seven days end with that day.
Approved within_split_days(const LimitedPayment& payment, Day day) {
    return {payment.programme,
            payment.order,
            day.plus_days(1 - split_days),
            day,
            {},
            payment.payee,
            {}};
}

treasury::Gate split_gate(store::Database& db, const PaymentLimit& limit,
                          const LimitedPayment& payment, Day day) {
    Approved asked = within_split_days(payment, day);
    asked.dossier = payment.dossier;
    const Money already = sum_of(db, asked);
    const bool split = !already.is_zero() && payment.amount <= limit.amount &&
                       already + payment.amount > limit.amount;
    treasury::Gate gate{
        Code::payment_split, "payment_split", "Paiement non fractionné", !split, "", {}};
    if (!split) return gate;
    gate.missing = "Avec " + french(already) + " approuvés depuis " + std::to_string(split_days) +
                   " jours pour la même entreprise et le même dossier, cet ordre passerait la "
                   "limite d'un ordre (" +
                   french(limit.amount) +
                   ") : expliquer le fractionnement, et faire relever la limite par deux "
                   "personnes.";
    gate.facts = {{"limit_cents", std::to_string(limit.amount.cents())},
                  {"already_cents", std::to_string(already.cents())}};
    return gate;
}

std::int64_t next_decision(store::Database& db) {
    auto rows = db.select("SELECT coalesce(max(decision), 0) + 1 FROM payment_limit");
    rows.next();
    return rows.integer(0);
}

}  // namespace

std::string_view limit_scope_name(LimitScope scope) {
    return scopes.at(static_cast<std::size_t>(scope)).name;
}

std::string_view limit_scope_label(LimitScope scope) {
    return scopes.at(static_cast<std::size_t>(scope)).label;
}

Result<LimitProposal> propose_payment_limit(store::Transaction& tx, const ProposedLimit& proposed) {
    store::Database& db = tx.db();
    if (auto role = people::require_role(db, proposed.authorising_officer,
                                         people::Role::authorising_officer);
        !role) {
        return role.refusal();
    }
    if (!funding::find_programme(db, proposed.programme)) {
        return Refusal{Code::not_found, "programme", "Ce programme n'existe pas."};
    }
    const auto reason = clean_text("payment_limit.reason", proposed.reason, reason_points_max);
    if (!reason) return reason.refusal();
    if (proposed.amount) {
        if (auto amount = require_amount("payment_limit.amount", *proposed.amount); !amount) {
            return amount.refusal();
        }
    }
    const Day today = tx.today();
    const auto now = limit_of(db, proposed.programme, proposed.scope, today);
    const bool at_once = proposed.amount && (!now || *proposed.amount <= now->amount);
    const std::int64_t id = db.insert(
        "INSERT INTO payment_limit (programme, scope, cents, reason, proposed_by, proposed_on,"
        " decision, since) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        proposed.programme, limit_scope_name(proposed.scope),
        proposed.amount ? store::Value(*proposed.amount) : store::Value(std::nullopt), *reason,
        proposed.authorising_officer, today,
        at_once ? store::Value(next_decision(db)) : store::Value(std::nullopt),
        at_once ? store::Value(today) : store::Value(std::nullopt));
    return LimitProposal{id, at_once ? std::optional(today) : std::nullopt};
}

Result<Day> confirm_payment_limit(store::Transaction& tx, std::int64_t id, PersonId person) {
    store::Database& db = tx.db();
    if (auto role = people::require_one_of(
            db, person, {people::Role::public_accountant, people::Role::authorising_officer});
        !role) {
        return role.refusal();
    }
    auto rows = db.select("SELECT proposed_by, since FROM payment_limit WHERE id = ?", id);
    if (!rows.next()) {
        return Refusal{Code::not_found, "payment_limit",
                       "Aucune limite de paiement n° " + std::to_string(id) + "."};
    }
    if (!rows.is_null(1)) {
        return Refusal{Code::state_forbids, "payment_limit",
                       "La limite de paiement n° " + std::to_string(id) + " vaut depuis le " +
                           rows.day(1).french() + " : elle n'attend pas de confirmation."};
    }
    if (rows.id<PersonId>(0) == person) {
        return Refusal{Code::same_person, "person",
                       "La personne qui propose de relever une limite de paiement ne peut pas le "
                       "confirmer."};
    }
    const Day since = tx.today().plus_days(1);
    db.run("UPDATE payment_limit SET confirmed_by = ?, decision = ?, since = ? WHERE id = ?",
           person, next_decision(db), since, id);
    return since;
}

std::vector<PaymentLimit> payment_limits_of(store::Database& db, ProgrammeId programme, Day day) {
    std::vector<PaymentLimit> out;
    for (std::size_t i = 0; i < limit_scope_count; ++i) {
        if (auto limit = limit_of(db, programme, static_cast<LimitScope>(i), day)) {
            out.push_back(*limit);
        }
    }
    return out;
}

std::vector<treasury::Gate> payment_limit_gates(store::Database& db, const LimitedPayment& payment,
                                                Day today) {
    std::vector<treasury::Gate> out;
    for (const PaymentLimit& limit : payment_limits_of(db, payment.programme, today)) {
        Approved asked{payment.programme, payment.order, today, today};
        switch (limit.scope) {
            case LimitScope::order:
                out.push_back(limit_gate(limit, Money(), payment.amount));
                out.push_back(split_gate(db, limit, payment, today));
                continue;
            case LimitScope::payee_day:
                asked.payee = payment.payee;
                break;
            case LimitScope::approver_day:
                if (!payment.approver) continue;
                asked.approver = *payment.approver;
                break;
            case LimitScope::programme_day:
                break;
        }
        out.push_back(limit_gate(limit, sum_of(db, asked), payment.amount));
    }
    return out;
}

std::optional<Money> beyond_one_order(store::Database& db, const LimitedPayment& payment,
                                      Day today) {
    const auto limit = limit_of(db, payment.programme, LimitScope::order, today);
    if (!limit) return std::nullopt;
    const Money total = sum_of(db, within_split_days(payment, today)) + payment.amount;
    return total > limit->amount ? std::optional(total) : std::nullopt;
}

}  // namespace deodat::payments
