#include "ledger/journal/limits.h"

#include <algorithm>
#include <array>

#include "ledger/base/named.h"
#include "ledger/journal/balances.h"

namespace deodat::journal {
namespace {

constexpr std::array<std::string_view, 4> measure_names = {"debit", "credit", "engaged",
                                                           "outstanding"};

// A part of what is used or reserved: a role's balance, or what one event moved on it, counted as
// it is or with the opposite sign.
struct Term {
    Role role;
    int sign;
    bool reserved;
    std::optional<Event> only = {};
    std::optional<Event> without = {};
};

std::vector<Term> account_terms(Role role, int sign) {
    std::vector<Term> terms = {{role, sign, false}};
    if (role == Role::mandate_expenditure && sign > 0) {
        terms.push_back({Role::works_ordered, -1, true});
        terms.push_back({Role::commitment_ordered, -1, true});
    }
    if (role == Role::cash && sign < 0) {
        for (const Role to_pay : {Role::contractor_payable, Role::contractor_retention,
                                  Role::returned_transfer, Role::commitment_ordered}) {
            terms.push_back({to_pay, -1, true});
        }
    }
    return terms;
}

std::vector<Term> terms_of(const LimitSubject& subject) {
    switch (subject.measure) {
        case Measure::debit:
            return account_terms(*subject.role, 1);
        case Measure::credit:
            return account_terms(*subject.role, -1);
        case Measure::outstanding:
            return {{Role::funder_receivable, 1, false}, {Role::grant_notified, 1, true}};
        case Measure::engaged:
            break;
    }
    if (subject.funder) {
        return {{Role::funder_receivable, -1, false, Event::claim_received},
                {Role::funder_receivable, 1, true},
                {Role::grant_notified, 1, true}};
    }
    // Closing a dossier clears what was spent for it, and gives nothing back.
    return {{Role::mandate_expenditure, 1, false, {}, Event::dossier_closed},
            {Role::works_ordered, -1, true},
            {Role::commitment_ordered, -1, true}};
}

Money signed_amount(Money amount, int sign) {
    return sign < 0 ? -amount : amount;
}

// Asked at every posting: most programmes have no limit.
bool is_limited(store::Database& db, ProgrammeId programme) {
    return db.select("SELECT 1 FROM spending_limit WHERE programme = ? LIMIT 1", programme).next();
}

LimitSubject subject_of(const store::Rows& rows) {
    const auto measure = measure_of(rows.text(1));
    DEODAT_ASSERT(measure.has_value(), "a stored measure is one");
    const auto role = rows.is_null(2) ? std::optional<Role>() : role_of(rows.text(2));
    DEODAT_ASSERT(rows.is_null(2) || role.has_value(), "a stored role is one");
    return {rows.id<ProgrammeId>(0), *measure, role, rows.id<FunderId>(3)};
}

}  // namespace

std::string_view measure_name(Measure measure) {
    return measure_names.at(static_cast<std::size_t>(measure));
}

std::optional<Measure> measure_of(std::string_view name) {
    return named<Measure>(measure_names, name);
}

bool is_measured(const LimitSubject& subject) {
    const bool of_account = subject.measure == Measure::debit || subject.measure == Measure::credit;
    if (of_account) return subject.role.has_value() && !subject.funder;
    return !subject.role && (subject.funder || subject.measure == Measure::engaged);
}

Use use_of(store::Database& db, const LimitSubject& subject) {
    const Selection selection{.programme = subject.programme, .funder = subject.funder};
    Use use;
    for (const Term& term : terms_of(subject)) {
        Money amount = term.only ? turnover(db, term.role, *term.only, selection)
                                 : balance(db, term.role, selection);
        if (term.without) amount -= turnover(db, term.role, *term.without, selection);
        (term.reserved ? use.reserved : use.used) += signed_amount(amount, term.sign);
    }
    return use;
}

Use added_by(const LimitSubject& subject, Event event, const std::vector<Leg>& legs) {
    Use use;
    for (const Term& term : terms_of(subject)) {
        if ((term.only && *term.only != event) || term.without == event) continue;
        for (const Leg& leg : legs) {
            if (leg.role != term.role) continue;
            if (subject.funder && leg.funder.id != subject.funder) continue;
            (term.reserved ? use.reserved : use.used) += signed_amount(leg.amount, term.sign);
        }
    }
    return use;
}

// What has already happened elsewhere is recorded whatever the limits.
bool is_held_back(Event event) {
    return event_journal(event) != "TR" && event_journal(event) != "AN" && event != Event::reversal;
}

std::vector<DatedLimit> limits_ever_set(store::Database& db) {
    std::vector<DatedLimit> out;
    auto rows = db.select(
        "SELECT programme, measure, role, funder, cents, since, after_entry FROM spending_limit"
        " ORDER BY since, id");
    while (rows.next()) {
        out.push_back({subject_of(rows),
                       rows.is_null(4) ? std::optional<Money>() : rows.money(4),
                       rows.day(5),
                       {rows.integer(6)}});
    }
    return out;
}

std::vector<Limit> limits_of(store::Database& db, ProgrammeId programme, Day day) {
    std::vector<Limit> out;
    auto rows = db.select(
        "SELECT programme, measure, role, funder, cents, since FROM spending_limit l"
        " WHERE programme = ?1 AND since <= ?2 AND NOT EXISTS (SELECT 1 FROM spending_limit n"
        "  WHERE n.programme = ?1 AND n.since <= ?2 AND n.measure = l.measure AND n.role IS l.role"
        "  AND n.funder IS l.funder AND (n.since, n.id) > (l.since, l.id)) ORDER BY id",
        programme, day);
    while (rows.next()) {
        if (rows.is_null(4)) continue;  // lifted
        out.push_back({subject_of(rows), rows.money(4), rows.day(5)});
    }
    return out;
}

std::string subject_label(store::Database& db, const LimitSubject& subject) {
    if (subject.role) {
        return (subject.measure == Measure::debit ? "Débit de « " : "Crédit de « ") +
               std::string(Chart::m57().label(*subject.role)) + " »";
    }
    if (!subject.funder) return "Engagé par le programme";
    auto rows = db.select("SELECT name FROM funder WHERE id = ?", subject.funder);
    DEODAT_ASSERT(rows.next(), "a limit's funder exists");
    return (subject.measure == Measure::engaged ? "Engagé par " : "À recevoir de ") + rows.text(0);
}

std::optional<Refusal> exceeded_limit(store::Database& db, ProgrammeId programme, Event event,
                                      const std::vector<Leg>& legs, Day today) {
    if (legs.empty() || !is_held_back(event) || !is_limited(db, programme)) return std::nullopt;
    for (const Limit& limit : limits_of(db, programme, today)) {
        const Money more = added_by(limit.subject, event, legs).total();
        if (!more.is_positive()) continue;
        const Use use = use_of(db, limit.subject);
        if (use.total() + more <= limit.amount) continue;
        const Money left = std::max(Money(), limit.amount - use.total());
        return Refusal{Code::limit_exceeded,
                       "limit",
                       subject_label(db, limit.subject) + " : " + french(more) +
                           " de plus passeraient la limite de " + french(limit.amount) +
                           " fixée au " + limit.since.french() + " (utilisé " + french(use.used) +
                           ", réservé " + french(use.reserved) + ", reste " + french(left) +
                           ") : attendre que des sommes se libèrent, ou faire relever la limite.",
                       {{"limit_cents", std::to_string(limit.amount.cents())},
                        {"used_cents", std::to_string(use.used.cents())},
                        {"reserved_cents", std::to_string(use.reserved.cents())},
                        {"asked_cents", std::to_string(more.cents())},
                        {"left_cents", std::to_string(left.cents())}}};
    }
    return std::nullopt;
}

}  // namespace deodat::journal
