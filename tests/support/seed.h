// The seed of a random test: chance's, or DEODAT_SEED's to play one again. Printed, so that a
// failure can be. Long runs (DEODAT_LONG, as `tests/run.sh --long` sets it) try more.
#pragma once
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <random>

namespace deodat::testing_support {

inline std::uint64_t seed_of_this_run() {
    const char* given = std::getenv("DEODAT_SEED");
    const std::uint64_t seed =
        given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
    std::cout << "seed=" << seed << "\n";
    return seed;
}

inline bool long_run() {
    return std::getenv("DEODAT_LONG") != nullptr;
}

// How many times as much a long run tries. The README's table says the same factor, and a test in
// unit/house that it does.
inline int times_in_long_run(int factor) {
    return long_run() ? factor : 1;
}

}  // namespace deodat::testing_support
