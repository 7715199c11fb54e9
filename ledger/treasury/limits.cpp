#include "ledger/treasury/limits.h"

#include <algorithm>

#include "ledger/base/checks.h"
#include "ledger/base/text.h"
#include "ledger/people/person.h"

namespace deodat::treasury {
namespace {

using journal::Role;

constexpr std::size_t reason_points_max = 200;

Result<Done> check_amount(Money amount) {
    if (!amount.is_negative() && amount <= entered_max) return Done{};
    return Refusal{Code::amount_out_of_range, "limit.amount",
                   "La limite de " + french(amount) + " doit tenir entre zéro et " +
                       french(entered_max) + "."};
}

}  // namespace

Result<journal::Use> set_limit(store::Transaction& tx, const SetLimit& command) {
    store::Database& db = tx.db();
    const journal::LimitSubject& subject = command.subject;
    DEODAT_ASSERT(journal::is_measured(subject), "a limit is about what its measure measures");
    if (auto role = people::require_role(db, command.authorising_officer,
                                         people::Role::authorising_officer);
        !role) {
        return role.refusal();
    }
    if (!funding::find_programme(db, subject.programme)) {
        return Refusal{Code::not_found, "programme", "Ce programme n'existe pas."};
    }
    if (subject.funder && !funding::find_funder(db, subject.funder)) {
        return Refusal{Code::not_found, "funder", "Ce financeur n'existe pas."};
    }
    const auto reason = clean_text("limit.reason", command.reason, reason_points_max);
    if (!reason) return reason.refusal();
    if (command.amount) {
        if (auto amount = check_amount(*command.amount); !amount) return amount.refusal();
    }
    if (auto dated = require_not_before("limit.since", command.since, tx.today(), "aujourd'hui");
        !dated) {
        return dated.refusal();
    }
    const auto value = [](bool given, auto of) {
        return given ? store::Value(of) : store::Value(std::nullopt);
    };
    db.insert(
        "INSERT INTO spending_limit (programme, measure, role, funder, cents, since, reason,"
        " set_by, set_on, after_entry) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        subject.programme, journal::measure_name(subject.measure),
        value(subject.role.has_value(), journal::role_name(subject.role.value_or(Role::cash))),
        value(bool(subject.funder), subject.funder),
        value(command.amount.has_value(), command.amount.value_or(Money())), command.since, *reason,
        command.authorising_officer, tx.today(), journal::last_entry(db));
    return journal::use_of(db, subject);
}

std::vector<LimitState> limit_states(store::Database& db, ProgrammeId programme, Day day) {
    std::vector<LimitState> out;
    for (const journal::Limit& limit : journal::limits_of(db, programme, day)) {
        out.push_back(
            {limit, journal::subject_label(db, limit.subject), journal::use_of(db, limit.subject)});
    }
    return out;
}

Result<Role> role_of_account(const funding::Programme& programme, std::string_view number,
                             Day day) {
    using journal::FunderFamily;
    const auto account = [&](Role role, FunderFamily family) {
        return journal::Chart::m57().account(role, day, programme.ref.operation, family);
    };
    for (std::size_t i = 0; i < journal::role_count; ++i) {
        const auto role = static_cast<Role>(i);
        const auto found = account(role, FunderFamily::other);
        if (!found) return found.refusal();
        // An account of each family is not one: what a funder owes is limited by its agreement.
        if (account(role, FunderFamily::state)->number != found->number) continue;
        if (found->number == number) return role;
    }
    return Refusal{Code::not_found, "account",
                   "Le compte « " + shown(number) +
                       " » n'est pas au plan de comptes du programme " + programme.code + " le " +
                       day.french() + " (pour ce que doit un financeur, limiter sa convention)."};
}

}  // namespace deodat::treasury
