#include "ledger/audit/time_stamp.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ts.h>

#include <ctime>
#include <memory>

#include "ledger/base/canonical.h"
#include "ledger/base/invariant.h"

namespace deodat::audit {
namespace {

struct Free {
    void operator()(TS_REQ* p) const { TS_REQ_free(p); }
    void operator()(TS_RESP* p) const { TS_RESP_free(p); }
    void operator()(TS_MSG_IMPRINT* p) const { TS_MSG_IMPRINT_free(p); }
    void operator()(TS_VERIFY_CTX* p) const { TS_VERIFY_CTX_free(p); }
    void operator()(X509_ALGOR* p) const { X509_ALGOR_free(p); }
    void operator()(X509_STORE* p) const { X509_STORE_free(p); }
    void operator()(X509* p) const { X509_free(p); }
    void operator()(ASN1_INTEGER* p) const { ASN1_INTEGER_free(p); }
    void operator()(BIGNUM* p) const { BN_free(p); }
    void operator()(BIO* p) const { BIO_free(p); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

Refusal refuse(std::string why) {
    return {Code::time_stamp_invalid, "response", "Horodatage refusé : " + std::move(why)};
}

// OpenSSL's last words, and the queue emptied.
std::string openssl_words() {
    const char* words = ERR_reason_error_string(ERR_peek_last_error());
    std::string out = words == nullptr ? "raison inconnue" : words;
    ERR_clear_error();
    return out;
}

template <class T>
Owned<T> from_der(T* (*read)(T**, const unsigned char**, long), std::string_view der) {
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    const unsigned char* end = at + der.size();
    Owned<T> out(read(nullptr, &at, static_cast<long>(der.size())));
    if (at != end) out.reset();  // nothing may follow
    if (!out) ERR_clear_error();
    return out;
}

Owned<X509_STORE> store_of(std::string_view authority, std::time_t at) {
    Owned<X509_STORE> store(X509_STORE_new());
    const Owned<BIO> bio(BIO_new_mem_buf(authority.data(), static_cast<int>(authority.size())));
    int count = 0;
    while (const Owned<X509> certificate{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)}) {
        X509_STORE_add_cert(store.get(), certificate.get());
        ++count;
    }
    ERR_clear_error();
    if (count == 0) return nullptr;
    // Valid when it stamped: certificates expire, proofs do not. The authority's own certificate
    // may be all that one trusts.
    X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store.get()), at);
    X509_STORE_set_flags(store.get(), X509_V_FLAG_PARTIAL_CHAIN);
    return store;
}

}  // namespace

std::string time_stamp_request(std::string_view imprint, std::string_view nonce) {
    DEODAT_ASSERT(imprint.size() == hash_bytes, "a SHA-256 is stamped");
    const Owned<TS_REQ> request(TS_REQ_new());
    const Owned<TS_MSG_IMPRINT> message(TS_MSG_IMPRINT_new());
    const Owned<X509_ALGOR> algorithm(X509_ALGOR_new());
    std::string digest(imprint);
    const Owned<BIGNUM> number(BN_bin2bn(reinterpret_cast<const unsigned char*>(nonce.data()),
                                         static_cast<int>(nonce.size()), nullptr));
    const Owned<ASN1_INTEGER> asn1(BN_to_ASN1_INTEGER(number.get(), nullptr));
    unsigned char* der = nullptr;
    const bool made =
        X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) == 1 &&
        TS_MSG_IMPRINT_set_algo(message.get(), algorithm.get()) == 1 &&
        TS_MSG_IMPRINT_set_msg(message.get(), reinterpret_cast<unsigned char*>(digest.data()),
                               static_cast<int>(digest.size())) == 1 &&
        TS_REQ_set_version(request.get(), 1) == 1 &&
        TS_REQ_set_msg_imprint(request.get(), message.get()) == 1 &&
        TS_REQ_set_nonce(request.get(), asn1.get()) == 1 &&
        TS_REQ_set_cert_req(request.get(), 1) == 1;
    const int size = made ? i2d_TS_REQ(request.get(), &der) : -1;
    if (size < 0) throw EnvironmentFailure("OpenSSL makes no time-stamp request");
    std::string out(reinterpret_cast<char*>(der), static_cast<std::size_t>(size));
    OPENSSL_free(der);
    return out;
}

Result<std::string> imprint_of_response(std::string_view der) {
    const auto response = from_der(d2i_TS_RESP, der);
    if (!response) return refuse("ce fichier n'est pas une réponse d'horodatage (RFC 3161).");
    TS_TST_INFO* info = TS_RESP_get_tst_info(response.get());
    if (info == nullptr) return refuse("l'autorité n'a rien horodaté.");
    ASN1_OCTET_STRING* message = TS_MSG_IMPRINT_get_msg(TS_TST_INFO_get_msg_imprint(info));
    return std::string(reinterpret_cast<const char*>(ASN1_STRING_get0_data(message)),
                       static_cast<std::size_t>(ASN1_STRING_length(message)));
}

Result<Instant> check_time_stamp(std::string_view request_der, std::string_view response_der,
                                 std::string_view authority) {
    const auto request = from_der(d2i_TS_REQ, request_der);
    const auto response = from_der(d2i_TS_RESP, response_der);
    if (!request || !response) return refuse("demande ou réponse ne se lit plus.");
    TS_TST_INFO* info = TS_RESP_get_tst_info(response.get());
    std::tm stamped = {};
    if (info == nullptr || ASN1_TIME_to_tm(TS_TST_INFO_get_time(info), &stamped) != 1) {
        return refuse("l'autorité n'a rien horodaté.");
    }
    const std::time_t at = ::timegm(&stamped);
    auto store = store_of(authority, at);
    if (!store) return refuse("le fichier de l'autorité ne contient aucun certificat (PEM).");
    const Owned<TS_VERIFY_CTX> context(TS_REQ_to_TS_VERIFY_CTX(request.get(), nullptr));
    if (!context) throw EnvironmentFailure("OpenSSL checks no time stamp");
    TS_VERIFY_CTX_add_flags(context.get(), TS_VFY_SIGNATURE);
    TS_VERIFY_CTX_set_store(context.get(), store.release());
    if (TS_RESP_verify_response(context.get(), response.get()) != 1) {
        return refuse("elle ne répond pas à cette demande ou n'est pas de cette autorité (" +
                      openssl_words() + ").");
    }
    constexpr std::int64_t microseconds = 1'000'000;
    return Instant(static_cast<std::int64_t>(at) * microseconds);
}

}  // namespace deodat::audit
