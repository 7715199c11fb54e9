// Complete link as it is defined: at each step all pairs of groups are compared, all members of
// each. Shares nothing with rules/grouping/clusters.cpp.
#pragma once
#include <algorithm>
#include <cstdint>
#include <tuple>
#include <vector>

namespace deodat::model {

struct Place {
    std::int64_t x = 0;
    std::int64_t y = 0;
};

inline std::vector<std::vector<std::size_t>> slow_complete_link(const std::vector<Place>& places,
                                                                std::int64_t diameter) {
    std::vector<std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < places.size(); ++i) groups.push_back({i});
    const auto width = [&](const auto& a, const auto& b) {
        std::int64_t out = 0;
        for (const std::size_t i : a) {
            for (const std::size_t j : b) {
                const std::int64_t x = places[i].x - places[j].x;
                const std::int64_t y = places[i].y - places[j].y;
                out = std::max(out, x * x + y * y);
            }
        }
        return out;
    };
    while (true) {
        std::tuple<std::int64_t, std::size_t, std::size_t> best{diameter * diameter + 1, 0, 0};
        std::size_t at_a = 0;
        std::size_t at_b = 0;
        for (std::size_t a = 0; a < groups.size(); ++a) {
            for (std::size_t b = a + 1; b < groups.size(); ++b) {
                const std::tuple pair(width(groups[a], groups[b]), groups[a][0], groups[b][0]);
                if (pair >= best) continue;
                best = pair;
                at_a = a;
                at_b = b;
            }
        }
        if (at_b == 0) break;
        groups[at_a].insert(groups[at_a].end(), groups[at_b].begin(), groups[at_b].end());
        std::sort(groups[at_a].begin(), groups[at_a].end());
        groups.erase(groups.begin() + static_cast<std::ptrdiff_t>(at_b));
    }
    return groups;
}

}  // namespace deodat::model
