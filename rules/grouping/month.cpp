#include "rules/grouping/month.h"

#include "ledger/base/text.h"

namespace deodat::rules::grouping {
namespace {

constexpr std::int64_t months_a_year = 12;

std::string two_digits(std::int64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

}  // namespace

Month Month::of(Day day) {
    return Month(day.year() * months_a_year + day.month() - 1);
}

Result<Month> Month::parse(std::string_view field, std::string_view iso) {
    const auto first = Day::parse(field, std::string(iso) + "-01");
    if (first) return of(*first);
    return Refusal{Code::malformed, std::string(field),
                   std::string(field) + " vaut « " + shown(iso) +
                       " » : il faut un mois, par exemple 2026-09."};
}

Month Month::ended_by(Day day) {
    return of(day.plus_days(1)).plus(-1);
}

std::string Month::iso() const {
    return std::to_string(index_ / months_a_year) + "-" + two_digits(index_ % months_a_year + 1);
}

std::string Month::french() const {
    return two_digits(index_ % months_a_year + 1) + "/" + std::to_string(index_ / months_a_year);
}

}  // namespace deodat::rules::grouping
