// The chain: each entry's hash covers the previous entry's hash and its own canonical bytes.
//
// Canonical bytes, version 1. Integers are big-endian; "text" is a 32-bit length in bytes, then the
// bytes (UTF-8 in NFC, which posting requires: the same word has the same bytes).
//
//   7 bytes    "DEODAT" and the version, 0x01
//   32 bytes   hash of the previous entry; 32 zero bytes before the first
//   int64      number, the entry's place in recording order
//   text       day, YYYY-MM-DD
//   int64      recorded_at, microseconds since 1970-01-01 UTC
//   text       journal, event, label, piece (four texts)
//   int64      programme, person, reverses (three; 0 for none)
//   text       digest (empty, or 32 bytes)
//   uint32     number of postings, then for each, in line order:
//                text   role, account number (two texts)
//                int64  dossier, funder, contractor, batch, cents (five)
//
// Two different entries never have the same bytes: every variable part says its length. The version
// changes with the form, and every earlier form stays provable: tests/data/chain holds one chain of
// each.
#pragma once
#include <string>
#include <string_view>

#include "ledger/base/canonical.h"
#include "ledger/journal/entry.h"

namespace deodat::journal {

std::string canonical_bytes(const EntryRow& entry, std::string_view previous_hash);
}  // namespace deodat::journal
