// What the reason codes of payment statuses mean, in French, with what to do where that is known.
#pragma once
#include <string>
#include <string_view>

namespace deodat::bank {

// Of pain.002 and of returned transfers (ISO 20022 external code set): AC01, MS03…
std::string iso_reason(std::string_view code);
// Of a PES Acquit: ERREUR_DOUBLON_PJ…
std::string acquit_reason(std::string_view code);
// Of a PES Retour (ObsEtat): 01 to 24.
std::string observation_reason(std::string_view code);

}  // namespace deodat::bank
