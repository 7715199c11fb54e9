#include <algorithm>
#include <numeric>

#include "rules/engine/compile_expression.h"

namespace deodat::rules {
namespace {

constexpr std::size_t name_bytes_max = 80;  // longer names get no suggestion

// The number of letters to insert, drop or change to get from one to the other.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), 0U);
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

}  // namespace

std::string suggestion(std::string_view unknown, const std::vector<std::string_view>& known) {
    if (unknown.size() > name_bytes_max) return "";
    std::string_view nearest;
    std::size_t least = std::max<std::size_t>(2, unknown.size() / 4) + 1;
    for (const std::string_view candidate : known) {
        const std::size_t steps = distance(unknown, candidate);
        if (steps >= least) continue;
        least = steps;
        nearest = candidate;
    }
    return nearest.empty() ? "" : " Vouliez-vous dire « " + std::string(nearest) + " » ?";
}

}  // namespace deodat::rules
