#include "rules/grouping/likeness.h"

#include <algorithm>
#include <cstdlib>

namespace deodat::rules::grouping {
namespace {

// Twice the points where both are known and `points_of` gives them, all the points where not.
template <class Known, class PointsOf>
std::int64_t half_points(const std::optional<Known>& a, const std::optional<Known>& b,
                         std::int64_t points, const PointsOf& points_of) {
    return a && b ? 2 * points_of(*a, *b) : points;
}

template <class Known>
std::int64_t same(const std::optional<Known>& a, const std::optional<Known>& b,
                  std::int64_t points) {
    return half_points(a, b, points,
                       [&](const Known& x, const Known& y) { return x == y ? points : 0; });
}

}  // namespace

std::int64_t likeness_half_points(const Typology& a, const Typology& b) {
    std::int64_t out = half_points(a.building_period, b.building_period, 35, [](auto x, auto y) {
        return x == y ? 35 : std::abs(x - y) == 1 ? 17 : 0;
    });
    out += same(a.party_walls, b.party_walls, 15);
    out += same(a.wall_material, b.wall_material, 15);
    out += half_points(a.dpe_class, b.dpe_class, 15,
                       [](auto x, auto y) { return std::abs(x - y) <= 1 ? 15 : 0; });
    out += half_points(a.living_area_m2, b.living_area_m2, 10, [](auto x, auto y) {
        return std::abs(x - y) * 10 <= std::max(x, y) * 3 ? 10 : 0;
    });
    out += same(a.energy, b.energy, 10);
    return out;
}

}  // namespace deodat::rules::grouping
