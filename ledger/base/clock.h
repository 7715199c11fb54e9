// Time and chance, injected: nothing else in the ledger asks the machine for either.
#pragma once
#include <cstdint>
#include <string>

#include "ledger/base/day.h"

namespace deodat {

class Clock {
  public:
    virtual ~Clock() = default;
    virtual Instant now() = 0;
    Day today() { return now().day_in_paris(); }
};

// The machine's clock.
class SystemClock final : public Clock {
  public:
    Instant now() override;
};

// A clock that stands where it was set: for the demonstration and for tests.
class SetClock final : public Clock {
  public:
    explicit SetClock(Instant now) : now_(now) {}
    Instant now() override { return now_; }
    void set(Instant now) { now_ = now; }

  private:
    Instant now_;
};

class Random {
  public:
    virtual ~Random() = default;
    // That many unpredictable bytes (of a generator fit for keys and salts, but for the seeded
    // one).
    virtual std::string bytes(std::size_t count) = 0;
};

// OpenSSL's generator.
class SystemRandom final : public Random {
  public:
    std::string bytes(std::size_t count) override;
};

// The same bytes for the same seed, on every machine: for the demonstration and for tests, never
// for secrets.
class SeededRandom final : public Random {
  public:
    explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
    std::string bytes(std::size_t count) override;

  private:
    std::uint64_t state_;
};

}  // namespace deodat
