// Broken invariants and failing environments: the two failures that are not refusals.
//
//   DEODAT_ASSERT(balanced(postings), "an entry sums to zero");
//
// An assertion is always compiled in. It never stands for bad input, which is a Refusal (result.h).
#pragma once
#include <stdexcept>
#include <string>

namespace deodat {

// The program contradicts itself: whoever writes must stop writing (exit code 70).
class BrokenInvariant : public std::logic_error {
  public:
    using std::logic_error::logic_error;
};

// The disk, the database, a file or the clock fails us (exit code 74). Nothing was half-done.
class EnvironmentFailure : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

[[noreturn]] void broken_invariant(const char* condition, const char* meaning, const char* file,
                                   int line);

}  // namespace deodat

#define DEODAT_ASSERT(condition, meaning) \
    ((condition) ? void(0) : ::deodat::broken_invariant(#condition, meaning, __FILE__, __LINE__))
