// Anchors: statements (statement.h) sealed so that the ledger cannot contradict them unseen.
//
// A signature proves, to whoever kept it elsewhere, that the ledger's key sealed this statement. A
// time stamp proves it to somebody who trusts neither us nor the database, with the authority's
// hour. Neither proves that what was entered is true, nor anything after the statement.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/audit/signature.h"
#include "ledger/audit/statement.h"
#include "ledger/journal/verification.h"

namespace deodat::audit {

enum class AnchorKind : std::uint8_t { signature, time_stamp };

struct Anchor {
    std::int64_t number = 0;
    AnchorKind kind = AnchorKind::signature;
    Instant made_at{0};
    std::string statement;   // canonical bytes
    std::string public_key;  // of a signature
    std::string signature;
    std::string request;    // of a time stamp, DER
    std::string response;   // empty until the authority's answer is attached
    std::string authority;  // PEM, what the answer was checked against
};

std::vector<Anchor> anchors(store::Database& db);

// Signs the ledger as it is, and keeps the signature.
Result<Anchor> sign_ledger(store::Transaction& tx, const SigningKey& key);

// Makes a time-stamp request over the ledger as it is, and keeps it.
Result<Anchor> request_time_stamp(store::Transaction& tx);

// Keeps an authority's answer. Refuses one to none of our requests (not_found), to one answered
// before (duplicate), and one that does not prove (time_stamp_invalid).
Result<Anchor> attach_response(store::Transaction& tx, std::string_view response,
                               std::string_view authority);

// Adds a fault for each kept anchor that does not hold, or that the ledger now contradicts: a past
// rewritten, an end cut off.
void check_anchors(journal::Verification& result, store::Database& db);

// The same for a signature kept outside, as written by signature_text().
void check_signature_text(journal::Verification& result, store::Database& db,
                          std::string_view text);

// A signature as a text of one line, after a line that names the form:
//
//   deodat-anchor 1
//   signature STATEMENT PUBLIC-KEY SIGNATURE      (lower-case hexadecimal)
std::string signature_text(const Anchor& anchor);

}  // namespace deodat::audit
