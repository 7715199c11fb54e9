// A set of whole numbers, as intervals that neither touch nor overlap, from low to high: which
// values a fact may still have. INT64_MIN and INT64_MAX stand for no bound.
#pragma once
#include <cstdint>
#include <vector>

#include "rules/engine/program.h"

namespace deodat::rules {

class ValueSet {
  public:
    ValueSet() = default;  // empty
    // Intervals in any order; they may overlap, and each holds at least one value.
    explicit ValueSet(std::vector<Interval> intervals);
    static ValueSet everything() { return ValueSet({{INT64_MIN, INT64_MAX}}); }
    static ValueSet between(std::int64_t low, std::int64_t high) { return ValueSet({{low, high}}); }

    bool empty() const { return intervals_.empty(); }
    std::int64_t low() const { return intervals_.front().low; }   // of a set that is not empty
    std::int64_t high() const { return intervals_.back().high; }  // of a set that is not empty

    ValueSet complement() const;
    friend ValueSet operator&(const ValueSet& a, const ValueSet& b);
    friend ValueSet operator|(const ValueSet& a, const ValueSet& b);

  private:
    std::vector<Interval> intervals_;
};

}  // namespace deodat::rules
