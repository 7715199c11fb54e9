#include "rules/engine/scale_checksum.h"

#include <algorithm>

#include "ledger/base/money.h"

namespace deodat::rules {
namespace {

constexpr std::int64_t cents_a_euro = 100;

struct Pair {
    ScaleCell cell;
    Place at;
    std::int64_t before;
    std::int64_t after;
};

// A factor, exactly.
struct Factor {
    std::int64_t numerator;
    std::int64_t denominator;

    friend bool operator<(const Factor& a, const Factor& b) {
        return static_cast<Int128>(a.numerator) * b.denominator <
               static_cast<Int128>(b.numerator) * a.denominator;
    }
};

// after = before × factor rounded up  <=>  (after − 1) / before < factor <= after / before.
Factor above(const Pair& pair) {
    return {pair.after - 1, pair.before};
}
Factor up_to(const Pair& pair) {
    return {pair.after, pair.before};
}
bool reproduces(const Factor& factor, const Pair& pair) {
    return above(pair) < factor && !(up_to(pair) < factor);
}

// Cells given in both scales; none at all when one is not in whole euros.
std::vector<Pair> pairs_of(const Scale& before, const Scale& after) {
    std::vector<Pair> out;
    for (std::size_t zone = 0; zone < after.rows.size(); ++zone) {
        for (std::size_t level = 0; level < Scale::ceilings; ++level) {
            const Scale::Row& old_row = before.rows[zone][level];
            const Scale::Row& new_row = after.rows[zone][level];
            for (std::size_t persons = 0; persons <= Scale::persons_max; ++persons) {
                const std::int64_t old_cents =
                    persons == 0 ? old_row.supplement_cents : old_row.cents[persons - 1];
                const std::int64_t new_cents =
                    persons == 0 ? new_row.supplement_cents : new_row.cents[persons - 1];
                if (old_cents % cents_a_euro != 0 || new_cents % cents_a_euro != 0) return {};
                if (old_cents <= 0 || new_cents <= 0) continue;
                out.push_back({{static_cast<Zone>(zone), static_cast<IncomeClass>(level), persons},
                               new_row.at,
                               old_cents / cents_a_euro,
                               new_cents / cents_a_euro});
            }
        }
    }
    return out;
}

std::size_t count_reproduced(const Factor& factor, const std::vector<Pair>& pairs) {
    return static_cast<std::size_t>(std::count_if(
        pairs.begin(), pairs.end(), [&](const Pair& pair) { return reproduces(factor, pair); }));
}

// Where most intervals meet, the least of their upper ends is in all of them.
Factor most_common(const std::vector<Pair>& pairs) {
    Factor best = up_to(pairs.front());
    for (const Pair& pair : pairs) {
        if (count_reproduced(up_to(pair), pairs) > count_reproduced(best, pairs)) {
            best = up_to(pair);
        }
    }
    return best;
}

// The lower end, not in it, of the factors that reproduce what `factor` reproduces.
Factor lower_end(const Factor& factor, const std::vector<Pair>& pairs) {
    Factor low{0, 1};
    for (const Pair& pair : pairs) {
        if (reproduces(factor, pair) && low < above(pair)) low = above(pair);
    }
    return low;
}

}  // namespace

std::optional<ScaleChecksum> checksum(const Scale& before, const Scale& after) {
    const std::vector<Pair> pairs = pairs_of(before, after);
    if (pairs.empty()) return std::nullopt;
    const Factor high = most_common(pairs);
    const Factor low = lower_end(high, pairs);
    ScaleChecksum out;
    out.cells = pairs.size();
    out.reproduced = count_reproduced(high, pairs);
    for (const Pair& pair : pairs) {
        if (reproduces(high, pair)) continue;
        const std::int64_t least =
            mul_div(pair.before, low.numerator, low.denominator, Rounding::floor) + 1;
        const std::int64_t most =
            mul_div(pair.before, high.numerator, high.denominator, Rounding::ceiling);
        out.deviations.push_back({pair.cell, pair.at, pair.after, least, most});
    }
    return out;
}

}  // namespace deodat::rules
