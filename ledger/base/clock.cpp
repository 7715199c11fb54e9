#include "ledger/base/clock.h"

#include <openssl/rand.h>

namespace deodat {

Instant SystemClock::now() {
    using namespace std::chrono;
    return Instant(duration_cast<microseconds>(system_clock::now().time_since_epoch()).count());
}

std::string SystemRandom::bytes(std::size_t count) {
    std::string out(count, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(count)) != 1) {
        throw EnvironmentFailure("the random generator gives no bytes");
    }
    return out;
}

// SplitMix64 (Steele, Lea, Flood 2014).
std::string SeededRandom::bytes(std::size_t count) {
    std::string out;
    while (out.size() < count) {
        state_ += 0x9e3779b97f4a7c15ULL;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
        z ^= z >> 31U;
        for (unsigned i = 0; i < 8 && out.size() < count; ++i) {
            out += static_cast<char>(z >> (8 * i));
        }
    }
    return out;
}

}  // namespace deodat
