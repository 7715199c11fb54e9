// A dossier drawn at random: every required fact, some of the optional ones, lines of works with a
// VAT and an eligibility each, aids given beforehand.
#pragma once
#include <string>
#include <vector>

#include "rules/facts/facts.h"

namespace deodat::rules::test {

// The names of aids are those that lines, given aids and works.scheme may speak of.
Facts random_dossier(const std::vector<std::string>& aid_ids,
                     const std::vector<std::string>& communes);

}  // namespace deodat::rules::test
