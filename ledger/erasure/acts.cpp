#include "ledger/erasure/acts.h"

#include <array>
#include <string>

namespace deodat::erasure {
namespace {

constexpr auto all_acts = std::to_array<Act>({
    {"entry", "person", "day"},
    {"dossier", "adviser", "coalesce(ended_on, opened_on)"},
    {"plan", "person", "kept_on"},
    {"given_aid", "person", "given_on"},
    {"contractor_iban", "entered_by", "entered_on"},
    {"contractor_telephone", "entered_by", "entered_on"},
    {"account_confirmation", "confirmed_by", "confirmed_on"},
    {"payee_verification", "entered_by", "answered_on"},
    {"payee_verification", "accepted_by", "answered_on"},
    {"account_rejection", "rejected_by", "rejected_on"},
    {"waiting_lift", "lifted_by", "lifted_on"},
    {"insurance", "entered_by", "entered_on"},
    // The company's own end may be long past when it is entered; its record has the time.
    {"contractor_end", "entered_by",
     "(SELECT date(max(recorded_at) / 1000000, 'unixepoch') FROM record"
     " WHERE table_name = 'contractor_end' AND row_key = contractor_end.contractor)"},
    {"acceptance", "technician", "accepted_on"},
    {"payment_order", "made_by", "made_on"},
    {"payment_order", "approved_by", "approved_on"},
    {"payment_order", "released_by", "released_on"},
    {"payment_order", "refused_by", "refused_on"},
    {"works_order_amendment", "person", "signed_on"},
    {"spending_limit", "set_by", "set_on"},
    {"payment_limit", "proposed_by", "proposed_on"},
    // Confirmed the day before it holds.
    {"payment_limit", "confirmed_by", "date(since, '-1 day')"},
    {"payment_suspension", "suspended_by", "suspended_on"},
    {"payment_suspension", "first_lifted_by", "first_lifted_on"},
    {"payment_suspension", "lifted_by", "lifted_on"},
    {"journal_export", "person", "date(made_at / 1000000, 'unixepoch')"},
});

std::string last_day() {
    std::string out;
    for (const Act& act : all_acts) {
        out += (out.empty() ? "SELECT max(day) FROM (SELECT " : " UNION ALL SELECT ") +
               std::string(act.day) + (out.empty() ? " AS day" : "") + " FROM " +
               std::string(act.table) + " WHERE " + std::string(act.column) + " = ?1";
    }
    return out + ")";
}

}  // namespace

std::span<const Act> acts() {
    return all_acts;
}

std::optional<Day> last_act(store::Database& db, PersonId person) {
    static const std::string sql = last_day();
    auto acted = db.select(sql, person);
    acted.next();
    return acted.maybe_day(0);
}

}  // namespace deodat::erasure
