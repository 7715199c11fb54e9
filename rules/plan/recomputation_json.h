// Recomputations as JSON, in and out.
#pragma once
#include <string>
#include <string_view>

#include "rules/plan/recomputation.h"

namespace deodat::rules {

// {"notified": [{"aid", "amount_cents", "received_cents"?}], "quoted_lines"?: [works lines]}
Result<Notification> notification_from_json(std::string_view json);

// {"aids": [{"aid", "funder", "notified_cents", "recomputed_cents", "limit_cut_cents",
// "retained_cents", "received_cents", "balance_cents", "decision", "text"}], "lots": [{"trade",
// "quoted_ht_cents", "quoted_ttc_cents", "invoiced_ht_cents", "invoiced_ttc_cents", "text"}],
// "limits": [sentences], "total", "plan": the plan with the retained amounts}
std::string recomputation_json(const Recomputation& recomputation);

}  // namespace deodat::rules
