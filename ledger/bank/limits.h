// How much one file of statements may hold, whatever its format; more is refused (out_of_range).
#pragma once
#include <cstddef>
#include <string>

#include "ledger/base/result.h"

namespace deodat::bank {

inline constexpr std::size_t statements_max = 1'000;
inline constexpr std::size_t movements_max = 200'000;
// Of a flat file; XmlTree::streamed_bytes_max is that of an XML one.
inline constexpr std::size_t file_bytes_max = std::size_t{512} << 20U;

// what: "mouvements", "relevés".
inline Refusal too_many(std::size_t most, const std::string& what) {
    return Refusal{
        Code::out_of_range, "fichier",
        "Le fichier compte plus de " + std::to_string(most) + " " + what + " : scindez-le."};
}

}  // namespace deodat::bank
