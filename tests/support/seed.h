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

}  // namespace deodat::testing_support
