#include "ledger/audit/signature.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <unistd.h>

#include "ledger/base/text.h"

namespace deodat::audit {
namespace {

struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    void operator()(BIO* bio) const { BIO_free(bio); }
    void operator()(FILE* file) const { (void)std::fclose(file); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

const unsigned char* data_of(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

unsigned char* data_of(std::string& bytes) {
    return reinterpret_cast<unsigned char*>(bytes.data());
}

Owned<EVP_PKEY> make_key(const std::string& path, Random& random) {
    const std::string seed = random.bytes(public_key_bytes);
    Owned<EVP_PKEY> key(
        EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, data_of(seed), seed.size()));
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) throw EnvironmentFailure("cannot make the key file " + path);
    const Owned<FILE> file(::fdopen(fd, "w"));
    const bool written = file && key &&
                         PEM_write_PKCS8PrivateKey(file.get(), key.get(), nullptr, nullptr, 0,
                                                   nullptr, nullptr) == 1 &&
                         std::fflush(file.get()) == 0 && ::fsync(fd) == 0;
    if (!written) throw EnvironmentFailure("cannot write the key file " + path);
    return key;
}

}  // namespace

struct SigningKey::Key {
    Owned<EVP_PKEY> pkey;
};

Result<SigningKey> SigningKey::open_or_make(const std::string& path, Random& random) {
    Owned<EVP_PKEY> key;
    if (::access(path.c_str(), F_OK) != 0) {
        key = make_key(path, random);
    } else {
        const Owned<FILE> file(std::fopen(path.c_str(), "r"));
        if (file) key.reset(PEM_read_PrivateKey(file.get(), nullptr, nullptr, nullptr));
        if (!key || EVP_PKEY_get_id(key.get()) != EVP_PKEY_ED25519) {
            return Refusal{Code::file_unreadable, "key",
                           "« " + shown(path) +
                               " » ne se lit pas comme une clé privée Ed25519 (PEM) : indiquez la"
                               " clé du grand livre."};
        }
    }
    return SigningKey(std::make_shared<const Key>(Key{std::move(key)}));
}

std::string SigningKey::sign(std::string_view bytes) const {
    const Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
    std::string out(signature_bytes, '\0');
    std::size_t size = out.size();
    const bool done =
        EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_->pkey.get()) == 1 &&
        EVP_DigestSign(context.get(), data_of(out), &size, data_of(bytes), bytes.size()) == 1;
    if (!done || size != signature_bytes) throw EnvironmentFailure("OpenSSL does not sign");
    return out;
}

std::string SigningKey::public_key() const {
    std::string out(public_key_bytes, '\0');
    std::size_t size = out.size();
    if (EVP_PKEY_get_raw_public_key(key_->pkey.get(), data_of(out), &size) != 1) {
        throw EnvironmentFailure("OpenSSL does not give the public key");
    }
    return out;
}

std::string SigningKey::public_key_pem() const {
    const Owned<BIO> bio(BIO_new(BIO_s_mem()));
    char* text = nullptr;
    if (PEM_write_bio_PUBKEY(bio.get(), key_->pkey.get()) != 1) {
        throw EnvironmentFailure("OpenSSL does not write the public key");
    }
    const long size = BIO_get_mem_data(bio.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

bool signature_holds(std::string_view public_key, std::string_view bytes,
                     std::string_view signature) {
    const Owned<EVP_PKEY> key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr,
                                                          data_of(public_key), public_key.size()));
    const Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
    return key && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
           EVP_DigestVerify(context.get(), data_of(signature), signature.size(), data_of(bytes),
                            bytes.size()) == 1;
}

}  // namespace deodat::audit
