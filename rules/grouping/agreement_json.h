// A price agreement read from JSON.
#pragma once
#include "rules/facts/strict_json.h"
#include "rules/grouping/agreement.h"

namespace deodat::rules::grouping {

// The object's "tiers": [{"dwellings_min", "discount_bp"}] and "shared_costs": [{"label", "key"
// (equal, surface, amount, use), "amount_ht_cents", "members"?}].
Agreement read_agreement(JsonObject& object, Trouble& trouble);

}  // namespace deodat::rules::grouping
