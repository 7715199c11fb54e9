#include "ledger/treasury/limits.h"

#include <algorithm>

#include "ledger/base/checks.h"
#include "ledger/base/text.h"
#include "ledger/people/person.h"

namespace deodat::treasury {
namespace {

using journal::Role;

constexpr std::size_t reason_points_max = 200;

LimitState state_of(store::Database& db, const journal::Limit& limit) {
    return {limit, journal::subject_label(db, limit.subject), journal::use_of(db, limit.subject)};
}

Result<Done> check_amount(Money amount) {
    if (!amount.is_negative() && amount <= entered_max) return Done{};
    return Refusal{Code::amount_out_of_range, "limit.amount",
                   "La limite de " + french(amount) + " doit tenir entre zéro et " +
                       french(entered_max) + "."};
}

}  // namespace

Result<LimitState> set_limit(store::Transaction& tx, const SetLimit& command) {
    store::Database& db = tx.db();
    const journal::LimitSubject& subject = command.subject;
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
        " set_by, set_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        subject.programme, journal::measure_name(subject.measure),
        value(subject.role.has_value(), journal::role_name(subject.role.value_or(Role::cash))),
        value(bool(subject.funder), subject.funder),
        value(command.amount.has_value(), command.amount.value_or(Money())), command.since, *reason,
        command.authorising_officer, tx.today());
    return state_of(db, {subject, command.amount.value_or(entered_max), command.since});
}

std::vector<LimitState> limit_states(store::Database& db, ProgrammeId programme, Day day) {
    std::vector<LimitState> out;
    for (const journal::Limit& limit : journal::limits_of(db, programme, day)) {
        out.push_back(state_of(db, limit));
    }
    return out;
}

Result<Role> role_of_account(const funding::Programme& programme, std::string_view number,
                             Day day) {
    using journal::FunderFamily;
    for (std::size_t i = 0; i < journal::role_count; ++i) {
        const auto role = static_cast<Role>(i);
        for (const FunderFamily family :
             {FunderFamily::state, FunderFamily::region, FunderFamily::department,
              FunderFamily::commune, FunderFamily::grouping, FunderFamily::other}) {
            const auto account =
                journal::Chart::m57().account(role, day, programme.ref.operation, family);
            if (!account) return account.refusal();
            if (account->number == number) return role;
        }
    }
    return Refusal{Code::not_found, "account",
                   "Le compte « " + shown(number) + " » n'est pas au plan de comptes le " +
                       day.french() + " pour le programme " + programme.code + "."};
}

}  // namespace deodat::treasury
