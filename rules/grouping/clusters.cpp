#include "rules/grouping/clusters.h"

#include <algorithm>
#include <limits>

namespace deodat::rules::grouping {
namespace {

using Square = std::uint32_t;  // of metres
constexpr Square too_far = std::numeric_limits<Square>::max();
static_assert(diameter_max_m * diameter_max_m < too_far);

// The distance of each two groups, a group being named by its first place.
class Distances {
  public:
    Distances(std::span<const Position> places, std::int64_t square_max) : size_(places.size()) {
        cells_.reserve(size_ * (size_ + 1) / 2);
        for (std::size_t high = 0; high < size_; ++high) {
            for (std::size_t low = 0; low <= high; ++low) {
                const std::int64_t square = squared_distance(places[low], places[high]);
                cells_.push_back(square <= square_max ? static_cast<Square>(square) : too_far);
            }
        }
    }
    std::size_t size() const { return size_; }
    Square& of(std::size_t a, std::size_t b) {
        const auto [low, high] = std::minmax(a, b);
        return cells_[high * (high + 1) / 2 + low];
    }

  private:
    std::size_t size_;
    std::vector<Square> cells_;  // the half below the diagonal, row by row
};

class Gathering {
  public:
    Gathering(std::span<const Position> places, std::int64_t diameter_m)
        : distances_(places, diameter_m * diameter_m),
          groups_(places.size()),
          nearest_(places.size()) {
        for (std::size_t i = 0; i < groups_.size(); ++i) groups_[i] = {i};
        for (std::size_t i = 0; i < groups_.size(); ++i) find_nearest(i);
    }

    std::vector<Group> gathered() {
        while (join_nearest()) {
        }
        std::vector<Group> out;
        for (Group& group : groups_) {
            if (group.empty()) continue;
            std::sort(group.begin(), group.end());
            out.push_back(std::move(group));
        }
        return out;
    }

  private:
    struct Nearest {
        Square square = too_far;
        std::size_t other = 0;
    };

    // Of the groups that come after it: a pair is kept by its first.
    void find_nearest(std::size_t of) {
        nearest_[of] = {};
        for (std::size_t other = of + 1; other < groups_.size(); ++other) {
            if (groups_[other].empty()) continue;
            const Square square = distances_.of(of, other);
            if (square < nearest_[of].square) nearest_[of] = {square, other};
        }
    }

    bool join_nearest() {
        std::size_t first = 0;
        for (std::size_t i = 1; i < groups_.size(); ++i) {
            if (nearest_[i].square < nearest_[first].square) first = i;
        }
        if (groups_.empty() || nearest_[first].square == too_far) return false;
        const std::size_t second = nearest_[first].other;
        groups_[first].insert(groups_[first].end(), groups_[second].begin(), groups_[second].end());
        groups_[second].clear();
        nearest_[second] = {};
        for (std::size_t i = 0; i < groups_.size(); ++i) {
            if (i == first || groups_[i].empty()) continue;
            distances_.of(first, i) = std::max(distances_.of(first, i), distances_.of(second, i));
        }
        // Distances to the joined group only grew, so nobody else has come nearer.
        for (std::size_t i = 0; i < second; ++i) {
            if (groups_[i].empty()) continue;
            const std::size_t other = nearest_[i].other;
            if (i == first || other == first || other == second) find_nearest(i);
        }
        return true;
    }

    Distances distances_;
    std::vector<Group> groups_;
    std::vector<Nearest> nearest_;
};

}  // namespace

std::int64_t squared_distance(Position a, Position b) {
    const std::int64_t x = a.x_m - b.x_m;
    const std::int64_t y = a.y_m - b.y_m;
    return x * x + y * y;
}

std::int64_t metres(std::int64_t square_metres) {
    std::int64_t low = 0;
    std::int64_t high = std::int64_t{1} << 31;
    while (high - low > 1) {
        const std::int64_t middle = low + (high - low) / 2;
        (middle <= square_metres / middle ? low : high) = middle;
    }
    return square_metres == 0 ? 0 : low;
}

std::vector<Group> complete_link(std::span<const Position> places, std::int64_t diameter_m) {
    DEODAT_ASSERT(places.size() <= clustered_max && diameter_m <= diameter_max_m,
                  "distances fit in memory");
    return Gathering(places, diameter_m).gathered();
}

}  // namespace deodat::rules::grouping
