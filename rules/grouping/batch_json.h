// Batches as JSON, in and out (the form of `deodat batch allocate`).
//
// {"batch": {"tiers": [{"dwellings_min", "discount_bp"}], "shared_costs": [{"label", "key",
//   "amount_ht_cents", "members"?}]},
//  "members": [{"id", "facade_dm2"?, "use_weeks"?, "solo_shared_cents",
//    and its works: "amount_ht_cents" (energy works) or "lines" (works lines, as in facts),
//    and its household: "income_class", "class_jump"
//    or, for both, "facts": the whole dossier}],
//  "parameters"?: {"rate_bp", "limit_bp", "flat_local_cents": {class: n}, "cap_ht_cents": {"2": n,
//    "3": n}, "vat_bp", "aid_rounding": "floor" or "half_up"},
//  "committed"?: {id: cents}}
//
// `key`: equal, surface, amount, use. With parameters, households are classes; without, the rule
// set decides, on the facts or on those that standard_dossier.h gives a class.
#pragma once
#include <string>
#include <string_view>

#include "rules/grouping/allocation.h"
#include "rules/grouping/drop_out.h"

namespace deodat::rules::grouping {

// Refuses what is not in this form, with its field.
Result<Batch> batch_from_json(std::string_view json);

// {"members": [{"id", "discount_cents", "shared_cents", "ttc_cents", "total_aid_cents",
// "remaining_cost_cents", "household_gain_cents", "funder_gain_cents", "payable_aid_cents"?,
// "payable_remaining_cents"?}], "totals": {…}, "corrected", "refusal": null or {"code", "message"},
// "drop_outs": [{"leaver", "discount_bp" (after), "changes_tier", "others": [{"id",
// "remaining_before_cents", "remaining_after_cents", "must_sign"}], "refusal"}]}
std::string allocation_json(const Allocation& allocation, const std::vector<DropOut>& drop_outs);

// The same for people: a table, then what it comes to.
std::string allocation_text(const Allocation& allocation, const std::vector<DropOut>& drop_outs);

}  // namespace deodat::rules::grouping
