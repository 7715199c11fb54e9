#include "ledger/journal/chain.h"

namespace deodat::journal {

std::string canonical_bytes(const EntryRow& entry, std::string_view previous_hash) {
    DEODAT_ASSERT(previous_hash.size() == hash_bytes, "a hash has 32 bytes");
    CanonicalBytes out(std::string_view("DEODAT\x01", 7));
    out.raw(previous_hash)
        .int64(entry.number.value)
        .text(entry.day.iso())
        .int64(entry.recorded_at.microseconds())
        .text(entry.journal)
        .text(entry.event)
        .text(entry.label)
        .text(entry.piece)
        .int64(entry.programme.value)
        .int64(entry.person.value)
        .int64(entry.reverses.value)
        .text(entry.digest)
        .uint32(static_cast<std::uint32_t>(entry.postings.size()));
    for (const PostingRow& posting : entry.postings) {
        out.text(posting.role)
            .text(posting.account)
            .int64(posting.dossier.value)
            .int64(posting.funder.value)
            .int64(posting.contractor.value)
            .int64(posting.batch.value)
            .int64(posting.amount.cents());
    }
    return out.bytes();
}

}  // namespace deodat::journal
