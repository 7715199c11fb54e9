#include "ledger/erasure/keeping.h"

#include <algorithm>
#include <array>
#include <sstream>

#include "embedded/ledger_erasure.h"
#include "ledger/base/text.h"

namespace deodat::erasure {
namespace {

constexpr std::array<std::string_view, period_count> names = {"accounting_pieces", "occupancy",
                                                              "abandoned_contact"};
constexpr int years_max = 100;
constexpr int months_a_year = 12;

Refusal bad_line(int number) {
    return {Code::malformed, "keeping." + std::to_string(number),
            "Durées de conservation, ligne " + std::to_string(number) +
                " : attendu la durée suivante, des années, « end » ou « year_end », le motif."};
}

}  // namespace

Day Keeping::over_on(Day ended) const {
    const Day from = from_year_end ? Day::of(ended.year(), 12, 31) : ended;
    return from.plus_months(years * months_a_year).plus_days(1);
}

Result<std::vector<Keeping>> parse_keeping(std::string_view text) {
    std::vector<Keeping> out;
    std::istringstream lines{std::string(text)};
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        if (trimmed(line).empty() || line.front() == '#') continue;
        std::istringstream words(line);
        std::string name;
        std::string from;
        std::string why;
        int years = 0;
        words >> name >> years >> from;
        std::getline(words, why);
        why = trimmed(why);
        if (out.size() == names.size() || name != names.at(out.size()) || years < 1 ||
            years > years_max || (from != "end" && from != "year_end") || why.empty()) {
            return bad_line(number);
        }
        out.push_back({static_cast<Period>(out.size()), years, from == "year_end", why});
    }
    if (out.size() != names.size()) return bad_line(number);
    return out;
}

const Keeping& keeping(Period period) {
    static const std::vector<Keeping> all = [] {
        auto parsed = parse_keeping(embedded::keeping_periods());
        DEODAT_ASSERT(parsed.ok(), "the keeping times inside the program are right");
        return std::move(*parsed);
    }();
    return all.at(static_cast<std::size_t>(period));
}

}  // namespace deodat::erasure
