// A household known by its income class and class jump only, as a dossier that the rules can plan:
// an owner who lives in a house of fifty years, under the rules as their texts last say, in a
// commune where no local aid is open.
#pragma once
#include "rules/grouping/batch.h"

namespace deodat::rules::grouping {

// Facts without works. Refuses (scale_missing) rules whose income scales do not know the class.
Result<Facts> standard_dossier(const RuleSet& rules, const Profile& profile);

}  // namespace deodat::rules::grouping
