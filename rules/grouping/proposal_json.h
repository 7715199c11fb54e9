// Proposals of batches as JSON, in and out (the form of `deodat batch propose`).
//
// {"as_of": day, "parameters"?: {"urban_diameter_m", "rural_diameter_m", "homogeneity_min",
//   "size_min_urban", "size_min_rural", "target_min", "target_max", "size_max", "drop_out_bp"},
//   each with a value of its own when absent (candidate.h),
//  "neighbourhoods": [{"id", "setting": "urban" or "rural"}],
//  "candidates": [{"id", "programme", "works_type", "neighbourhood", "x_m"? and "y_m"?, "street"?,
//    "street_number"?, "building_period"? (1 to 10), "party_walls"?, "wall_material"?,
//    "dpe_before"?, "living_area_m2"?, "energy"?, "window": {"from", "to"} (months),
//    "works_months", "deadlines"?: [{"label", "day"}], "consent"?: {"given_on", "withdrawn_on"?},
//    "in_perimeter", "quote_signed", "works_started", "aid": "not_filed", "filed" or
//    "filed_at_guaranteed_price", "open_batch"?, "amount_ht_cents"?, "solo_shared_cents"?,
//    "facade_dm2"?, "use_weeks"?}],
//  "prices"?: [{"trade", "tiers", "shared_costs"}]}
#pragma once
#include <string>
#include <string_view>

#include "rules/grouping/proposal.h"

namespace deodat::rules::grouping {

// Refuses what is not in this form, with its field.
Result<ProposalRequest> proposal_request_from_json(std::string_view json);

// {"proposal": 1 (the form's version), "input_sha256", "parameters": {…},
//  "batches": [{"rank", "state": "proposed" or "waiting", "needs_more", "programme", "trade",
//    "neighbourhoods", "wave", "start", "end", "size", "on_target", "central", "diameter_m",
//    "homogeneity", "variants", "value_cents" or null, "houses_min" or null, "unpriced",
//    "members": [{"id", "distance_m", "homogeneity", "first_start", "last_start", "reason"}]}],
//  "rejected": [{"id", "programme", "trade", "reasons": [{"code", "message"}]}]}
std::string proposal_json(const Proposal& proposal);

// The same for people.
std::string proposal_text(const Proposal& proposal);

}  // namespace deodat::rules::grouping
