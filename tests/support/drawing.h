// What a property test draws, from a seed.
#pragma once
#include <cstdint>
#include <random>

#include "ledger/base/money.h"

namespace deodat::testing_support {

class Drawing {
  public:
    explicit Drawing(std::uint64_t seed) : random_(seed) {}
    std::int64_t from(std::int64_t least, std::int64_t most) {
        return std::uniform_int_distribution<std::int64_t>(least, most)(random_);
    }
    bool chance(int percent) { return from(1, 100) <= percent; }
    Money cents(std::int64_t least, std::int64_t most) { return Money::cents(from(least, most)); }
    std::mt19937_64& random() { return random_; }

  private:
    std::mt19937_64 random_;
};

}  // namespace deodat::testing_support
