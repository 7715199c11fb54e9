#include "rules/engine/value_set.h"

#include <algorithm>

namespace deodat::rules {

ValueSet::ValueSet(std::vector<Interval> intervals) {
    std::sort(intervals.begin(), intervals.end(),
              [](const Interval& a, const Interval& b) { return a.low < b.low; });
    for (const Interval& next : intervals) {
        const bool joins = !intervals_.empty() && (intervals_.back().high == INT64_MAX ||
                                                   next.low <= intervals_.back().high + 1);
        if (joins) {
            intervals_.back().high = std::max(intervals_.back().high, next.high);
        } else {
            intervals_.push_back(next);
        }
    }
}

ValueSet ValueSet::complement() const {
    std::vector<Interval> gaps;
    std::int64_t from = INT64_MIN;
    for (const Interval& taken : intervals_) {
        if (taken.low > from) gaps.push_back({from, taken.low - 1});
        if (taken.high == INT64_MAX) return ValueSet(std::move(gaps));
        from = taken.high + 1;
    }
    gaps.push_back({from, INT64_MAX});
    return ValueSet(std::move(gaps));
}

ValueSet operator&(const ValueSet& a, const ValueSet& b) {
    std::vector<Interval> common;
    for (const Interval& x : a.intervals_) {
        for (const Interval& y : b.intervals_) {
            const Interval both{std::max(x.low, y.low), std::min(x.high, y.high)};
            if (both.low <= both.high) common.push_back(both);
        }
    }
    return ValueSet(std::move(common));
}

ValueSet operator|(const ValueSet& a, const ValueSet& b) {
    std::vector<Interval> all = a.intervals_;
    all.insert(all.end(), b.intervals_.begin(), b.intervals_.end());
    return ValueSet(std::move(all));
}

}  // namespace deodat::rules
