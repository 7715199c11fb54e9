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

std::int64_t cents_of(const Scale::Row& row, std::size_t persons) {
    return persons == 0 ? row.supplement_cents : row.cents[persons - 1];
}

// The cells of one class that both scales give.
std::vector<Pair> pairs_of(const Scale& before, const Scale& after, std::size_t level) {
    std::vector<Pair> out;
    for (std::size_t zone = 0; zone < after.rows.size(); ++zone) {
        const Scale::Row& row = after.rows[zone][level];
        for (std::size_t persons = 0; persons <= Scale::persons_max; ++persons) {
            const std::int64_t old_cents = cents_of(before.rows[zone][level], persons);
            const std::int64_t new_cents = cents_of(row, persons);
            if (old_cents <= 0 || new_cents <= 0) continue;
            out.push_back({{static_cast<Zone>(zone), static_cast<IncomeClass>(level), persons},
                           row.at,
                           old_cents,
                           new_cents});
        }
    }
    return out;
}

// A class left as it was was not revalued: 2021 to 2023, the intermediate one. Amounts become
// euros; none at all when one is not whole.
std::vector<Pair> revalued(const Scale& before, const Scale& after) {
    std::vector<Pair> out;
    for (std::size_t level = 0; level < Scale::ceilings; ++level) {
        const std::vector<Pair> pairs = pairs_of(before, after, level);
        const bool kept = std::all_of(pairs.begin(), pairs.end(),
                                      [](const Pair& pair) { return pair.before == pair.after; });
        if (!kept) out.insert(out.end(), pairs.begin(), pairs.end());
    }
    for (Pair& pair : out) {
        if (pair.before % cents_a_euro != 0 || pair.after % cents_a_euro != 0) return {};
        pair.before /= cents_a_euro;
        pair.after /= cents_a_euro;
    }
    return out;
}

std::size_t count_reproduced(const Factor& factor, const std::vector<Pair>& pairs) {
    return static_cast<std::size_t>(std::count_if(
        pairs.begin(), pairs.end(), [&](const Pair& pair) { return reproduces(factor, pair); }));
}

// The factors that reproduce the most. Where most intervals meet, the least of their upper ends is
// in all of them; several such places may do equally well.
std::vector<Factor> most_common(const std::vector<Pair>& pairs) {
    std::vector<Factor> best;
    std::size_t most = 0;
    for (const Pair& pair : pairs) {
        const std::size_t count = count_reproduced(up_to(pair), pairs);
        if (count < most) continue;
        if (count > most) best.clear();
        most = count;
        best.push_back(up_to(pair));
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
    const std::vector<Pair> pairs = revalued(before, after);
    if (pairs.empty()) return std::nullopt;
    const std::vector<Factor> factors = most_common(pairs);
    ScaleChecksum out;
    out.cells = pairs.size();
    out.reproduced = count_reproduced(factors.front(), pairs);
    for (const Pair& pair : pairs) {
        std::optional<ScaleDeviation> found;
        for (const Factor& high : factors) {
            if (reproduces(high, pair)) continue;
            const Factor low = lower_end(high, pairs);
            const std::int64_t least =
                mul_div(pair.before, low.numerator, low.denominator, Rounding::floor) + 1;
            const std::int64_t most =
                mul_div(pair.before, high.numerator, high.denominator, Rounding::ceiling);
            if (!found) found = ScaleDeviation{pair.cell, pair.at, pair.after, least, most};
            found->expected_low_euros = std::min(found->expected_low_euros, least);
            found->expected_high_euros = std::max(found->expected_high_euros, most);
        }
        if (found) out.deviations.push_back(*found);
    }
    return out;
}

}  // namespace deodat::rules
