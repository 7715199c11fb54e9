// Ed25519 signatures of statements: the ledger's key, and the check that anybody can make.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "ledger/base/clock.h"
#include "ledger/base/result.h"

namespace deodat::audit {

inline constexpr std::size_t public_key_bytes = 32;
inline constexpr std::size_t signature_bytes = 64;

// A private key in a file of its owner's (PEM, PKCS#8, mode 0600).
class SigningKey {
  public:
    // Opens the key; makes one when there is no file. Refuses (file_unreadable) a file that holds
    // no Ed25519 private key.
    static Result<SigningKey> open_or_make(const std::string& path, Random& random);

    std::string sign(std::string_view bytes) const;
    std::string public_key() const;      // 32 bytes
    std::string public_key_pem() const;  // to hand to whoever checks

  private:
    struct Key;
    explicit SigningKey(std::shared_ptr<const Key> key) : key_(std::move(key)) {}
    std::shared_ptr<const Key> key_;
};

bool signature_holds(std::string_view public_key, std::string_view bytes,
                     std::string_view signature);

}  // namespace deodat::audit
