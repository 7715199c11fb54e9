// Canonical bytes: the form in which things are hashed. Integers are big-endian, texts say their
// length first, so two different records never have the same bytes.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace deodat {

inline constexpr std::size_t hash_bytes = 32;

class CanonicalBytes {
  public:
    // Starts with a mark of what is hashed and of the form's version, written as they are.
    explicit CanonicalBytes(std::string_view mark) {
        bytes_.reserve(usual_bytes);
        bytes_.append(mark);
    }
    // Bytes whose length the form fixes.
    CanonicalBytes& raw(std::string_view bytes);
    CanonicalBytes& uint32(std::uint32_t value);
    CanonicalBytes& int64(std::int64_t value);
    // A 32-bit length in bytes, then the bytes.
    CanonicalBytes& text(std::string_view text);
    const std::string& bytes() const { return bytes_; }

  private:
    static constexpr std::size_t usual_bytes = 768;  // of an entry of six postings
    template <class Unsigned>
    CanonicalBytes& big_endian(Unsigned value);

    std::string bytes_;
};

// SHA-256, as 32 raw bytes.
std::string sha256(std::string_view bytes);

}  // namespace deodat
