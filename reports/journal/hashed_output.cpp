#include "reports/journal/hashed_output.h"

#include "ledger/base/canonical.h"
#include "ledger/base/invariant.h"

namespace deodat::reports {

HashedOutput::HashedOutput(std::ostream& out)
    : out_(out), digest_(EVP_MD_CTX_new(), EVP_MD_CTX_free), stream_(this) {
    if (!digest_ || EVP_DigestInit_ex(digest_.get(), EVP_sha256(), nullptr) != 1) {
        throw EnvironmentFailure("OpenSSL has no SHA-256");
    }
    setp(buffer_.data(), buffer_.data() + buffer_.size());
}

bool HashedOutput::hand_on() {
    const auto size = static_cast<std::size_t>(pptr() - pbase());
    if (EVP_DigestUpdate(digest_.get(), pbase(), size) != 1) return false;
    bytes_ += static_cast<std::int64_t>(size);
    out_.write(pbase(), static_cast<std::streamsize>(size));
    setp(buffer_.data(), buffer_.data() + buffer_.size());
    return out_.good();
}

HashedOutput::int_type HashedOutput::overflow(int_type c) {
    if (!hand_on()) return traits_type::eof();
    if (!traits_type::eq_int_type(c, traits_type::eof())) sputc(traits_type::to_char_type(c));
    return traits_type::not_eof(c);
}

int HashedOutput::sync() {
    return hand_on() && out_.flush() ? 0 : -1;
}

HashedOutput::Finished HashedOutput::finish() {
    stream_.flush();
    std::string hash(hash_bytes, '\0');
    if (!stream_ || EVP_DigestFinal_ex(digest_.get(), reinterpret_cast<unsigned char*>(hash.data()),
                                       nullptr) != 1) {
        throw EnvironmentFailure("the export cannot be written");
    }
    return {bytes_, std::move(hash)};
}

}  // namespace deodat::reports
