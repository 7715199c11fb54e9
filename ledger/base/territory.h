// Communes of France: the one table that says in which département, region and intercommunality a
// commune lies.
//
// The table (ledger/data/communes.csv) is embedded, dated in its first line, and holds municipal
// arrondissements too (75101…), each with the territory of its city. It is indexed once, on first
// use; afterwards every function here may be called from any thread.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "ledger/base/result.h"

namespace deodat {

// Borrowed for ever: communes live as long as the program.
struct Commune {
    std::string_view code;  // INSEE code: five characters, 2A and 2B in Corsica
    std::string_view name;
    std::string_view department;  // "88", "2A", "971"
    std::string_view region;      // INSEE region code, "44"; empty outside any region
    std::uint32_t epci = 0;       // SIREN of the intercommunality, 0 for none
    std::uint32_t ept =
        0;  // SIREN of the établissement public territorial (Grand Paris), 0 for none

    bool in_ile_de_france() const { return region == "11"; }
    // Mainland and Corsica.
    bool metropolitan() const { return department.size() == 2; }
};

// All communes, by ascending code.
std::span<const Commune> communes();

// The commune's rank in communes().
std::size_t rank_of(const Commune& commune);

// The commune of that INSEE code. Refuses what does not have a code's form (malformed) and a code
// of no commune (insee_unknown): a postcode, a commune merged away.
Result<const Commune*> commune(std::string_view field, std::string_view insee_code);

}  // namespace deodat
