// The proof that the journal is what was written: hashes, sums, numbering, kept balances.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "ledger/journal/entry.h"

namespace deodat::journal {

struct VerificationFault {
    EntryId entry;     // 0 when the fault is not one entry's
    std::string what;  // a French sentence
};

struct Verification {
    std::int64_t entries = 0;
    std::int64_t postings = 0;
    std::string head_hash;  // of the last entry, 32 bytes
    std::int64_t records = 0;
    std::string record_hash;  // of the last record, 32 bytes
    // Of each erasure that is proven: a French sentence.
    std::vector<std::string> erasures;
    std::vector<VerificationFault> faults;
    bool proven() const { return faults.empty(); }
};

// Adds one, up to the number that a person can read.
void add_fault(Verification& result, EntryId entry, std::string what);

// Reads everything and recomputes it. What cannot be read is a fault, and ends that part of the
// proof. Progress is called now and then with the entries read.
Verification verify(store::Database& db,
                    const std::function<void(std::int64_t entries)>& progress = {});

}  // namespace deodat::journal
