// Time stamps (RFC 3161): what is asked of an authority, and the proof in what it answers.
#pragma once
#include <string>
#include <string_view>

#include "ledger/base/day.h"
#include "ledger/base/result.h"

namespace deodat::audit {

inline constexpr std::size_t nonce_bytes = 8;

// A TimeStampReq (DER) over a SHA-256, asking for the authority's certificate.
std::string time_stamp_request(std::string_view imprint, std::string_view nonce);

// The imprint that a response (DER) is about. Refuses (time_stamp_invalid) what is no response, or
// one that grants nothing.
Result<std::string> imprint_of_response(std::string_view response);

// When the authority says that it saw the request's imprint. Refuses (time_stamp_invalid) a
// response to another imprint or nonce, a changed one, and one whose certificate does not lead to
// `authority` (PEM: the authority's certificate, or those that issued it).
Result<Instant> check_time_stamp(std::string_view request, std::string_view response,
                                 std::string_view authority);

}  // namespace deodat::audit
