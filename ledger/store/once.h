// Once: a request that carries a key takes effect at most once, and whoever sends it again gets the
// first answer, to the byte, for ever (guarantee 6).
//
//   const auto answer = write_once(store, {person, key, body}, [&](Transaction& tx) { … });
//
// The answer, or the refusal with its sentence and facts, is kept in the transaction that had the
// effect. A refusal is remembered too: what depended on the state of that day is answered alike
// later. What throws (a full disk, a clock behind) is not an answer: it may be sent again.
//
// Precedence: a key of the wrong form (text_invalid), then a key used with another body
// (key_reused), then what the command refuses; a remembered answer before all of the command's.
#pragma once
#include <functional>
#include <string>

#include "ledger/store/store.h"

namespace deodat::store {

struct KeyedRequest {
    PersonId person;   // a key is its sender's own
    std::string key;   // up to 200 code points
    std::string body;  // every byte that decides what is asked
};

// The answer is what is sent back, as bytes. Refuses a body that is not the key's first one with
// key_reused and the fact body_sha256 (hexadecimal) of the first.
Result<std::string> write_once(Store& store, const KeyedRequest& request,
                               const std::function<Result<std::string>(Transaction&)>& command);

}  // namespace deodat::store
