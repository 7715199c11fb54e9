// The identifier of a bank (BIC, ISO 9362): 4 letters or digits, 2 letters of the country, 2
// letters or digits, and 3 more or none. Only the form is checked: no list of banks is kept here.
#pragma once
#include <string_view>

#include "ledger/base/result.h"

namespace deodat {

// Refuses with bic_invalid. Nothing is stripped or changed to capitals.
Result<Done> check_bic(std::string_view field, std::string_view text);

}  // namespace deodat
