// An output that is counted and hashed while it is written: what the register of exports keeps.
#pragma once
#include <openssl/evp.h>

#include <array>
#include <cstdint>
#include <memory>
#include <ostream>
#include <string>

namespace deodat::reports {

class HashedOutput final : private std::streambuf {
  public:
    // Hands every byte on to `out`.
    explicit HashedOutput(std::ostream& out);

    std::ostream& stream() { return stream_; }
    // Flushes; nothing is written afterwards. Throws EnvironmentFailure when `out` has failed.
    struct Finished {
        std::int64_t bytes;
        std::string sha256;  // 32 raw bytes
    };
    Finished finish();

  private:
    int_type overflow(int_type c) override;
    int sync() override;
    bool hand_on();

    std::ostream& out_;
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> digest_;
    std::array<char, 1 << 16> buffer_{};
    std::int64_t bytes_ = 0;
    std::ostream stream_;
};

}  // namespace deodat::reports
