#include "rules/engine/advice.h"

#include <algorithm>
#include <tuple>

#include "rules/engine/advice_parts.h"

namespace deodat::rules {

std::string Advice::text() const {
    return file + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) +
           ": attention : " + message;
}

std::vector<Advice> advice_on(const RuleSet& rules) {
    std::vector<Advice> out;
    advise_on_aids(rules, out);
    advise_on_tables(rules, out);
    advise_on_periods(rules, out);
    std::stable_sort(out.begin(), out.end(), [](const Advice& a, const Advice& b) {
        return std::tie(a.file, a.at.line, a.at.column) < std::tie(b.file, b.at.line, b.at.column);
    });
    return out;
}

}  // namespace deodat::rules
