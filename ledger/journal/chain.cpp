#include "ledger/journal/chain.h"

#include <openssl/evp.h>

#include <memory>

namespace deodat::journal {
namespace {

void put_uint32(std::string& out, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift);
}

void put_int64(std::string& out, std::int64_t value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
        out += static_cast<char>(static_cast<std::uint64_t>(value) >> shift);
    }
}

void put_text(std::string& out, std::string_view text) {
    put_uint32(out, static_cast<std::uint32_t>(text.size()));
    out += text;
}

}  // namespace

std::string canonical_bytes(const EntryRow& entry, std::string_view previous_hash) {
    DEODAT_ASSERT(previous_hash.size() == hash_bytes, "a hash has 32 bytes");
    std::string out("DEODAT\x01", 7);
    out += previous_hash;
    put_int64(out, entry.number.value);
    put_text(out, entry.day.iso());
    put_int64(out, entry.recorded_at.microseconds());
    for (const std::string* text : {&entry.journal, &entry.event, &entry.label, &entry.piece}) {
        put_text(out, *text);
    }
    put_int64(out, entry.programme.value);
    put_int64(out, entry.person.value);
    put_int64(out, entry.reverses.value);
    put_text(out, entry.digest);
    put_uint32(out, static_cast<std::uint32_t>(entry.postings.size()));
    for (const PostingRow& posting : entry.postings) {
        put_text(out, posting.role);
        put_text(out, posting.account);
        put_int64(out, posting.dossier.value);
        put_int64(out, posting.funder.value);
        put_int64(out, posting.contractor.value);
        put_int64(out, posting.batch.value);
        put_int64(out, posting.amount.cents());
    }
    return out;
}

std::string sha256(std::string_view bytes) {
    // Fetched once, context kept per thread: a third of the time of doing both for each hash.
    static const std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> digest(
        EVP_MD_fetch(nullptr, "SHA256", nullptr), EVP_MD_free);
    thread_local const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(
        EVP_MD_CTX_new(), EVP_MD_CTX_free);
    std::string out(hash_bytes, '\0');
    unsigned int size = 0;
    const bool done = EVP_DigestInit_ex2(context.get(), digest.get(), nullptr) == 1 &&
                      EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) == 1 &&
                      EVP_DigestFinal_ex(context.get(),
                                         reinterpret_cast<unsigned char*>(out.data()), &size) == 1;
    if (!done || size != hash_bytes) throw EnvironmentFailure("OpenSSL does not hash");
    return out;
}

}  // namespace deodat::journal
