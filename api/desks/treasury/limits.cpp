#include "api/desks/treasury/limits.h"

#include "ledger/base/text.h"

namespace deodat::treasury_desk {
namespace {

using journal::LimitSubject;
using journal::Measure;

Refusal not_given(std::string_view field, std::string_view what, std::string_view measure) {
    return {Code::missing, std::string(field),
            "La mesure « " + std::string(measure) + " » porte sur " + std::string(what) +
                " : à nommer."};
}

Refusal not_used(std::string_view field, std::string_view what, std::string_view measure) {
    return {Code::unknown_field, std::string(field),
            "La mesure « " + std::string(measure) + " » ne porte pas sur " + std::string(what) +
                " : ne pas en nommer."};
}

Result<LimitSubject> subject_of(store::Database& db, const LimitAsked& asked, Day day) {
    const auto programme = funding::programme_by_code(db, asked.programme);
    if (!programme) return programme.refusal();
    const auto measure = journal::measure_of(asked.measure);
    if (!measure) {
        return Refusal{Code::malformed, "measure",
                       "La mesure « " + shown(asked.measure) +
                           " » n'existe pas : debit ou credit d'un compte, engaged (engagé), ou "
                           "outstanding (à recevoir d'un financeur)."};
    }
    LimitSubject subject{programme->ref.id, *measure};
    const bool of_account = *measure == Measure::debit || *measure == Measure::credit;
    if (of_account) {
        if (asked.account.empty()) return not_given("account", "un compte", asked.measure);
        if (!asked.funder.empty()) return not_used("funder", "un financeur", asked.measure);
        const auto role = treasury::role_of_account(*programme, asked.account, day);
        if (!role) return role.refusal();
        subject.role = *role;
        return subject;
    }
    if (!asked.account.empty()) return not_used("account", "un compte", asked.measure);
    if (asked.funder.empty() && *measure == Measure::outstanding) {
        return not_given("funder", "un financeur", asked.measure);
    }
    if (asked.funder.empty()) return subject;
    const auto funder = funding::funder_by_code(db, asked.funder);
    if (!funder) return funder.refusal();
    subject.funder = funder->ref.id;
    return subject;
}

}  // namespace

Result<LimitSet> set_limit(desks::Desk& desk, const LimitAsked& asked) {
    return desk.store.write([&](store::Transaction& tx) -> Result<LimitSet> {
        const Day since = asked.since.value_or(tx.today());
        const auto subject = subject_of(tx.db(), asked, since);
        if (!subject) return subject.refusal();
        const auto use =
            treasury::set_limit(tx, {*subject, asked.amount, since, asked.reason, desk.person});
        if (!use) return use.refusal();
        return LimitSet{journal::subject_label(tx.db(), *subject), *use};
    });
}

Result<std::vector<treasury::LimitState>> limits(store::Database& db, const std::string& programme,
                                                 Day day) {
    const auto found = funding::programme_by_code(db, programme);
    if (!found) return found.refusal();
    return treasury::limit_states(db, found->ref.id, day);
}

}  // namespace deodat::treasury_desk
