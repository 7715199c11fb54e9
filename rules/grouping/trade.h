// The trade (métier) that does a type of works: a batch is made inside one trade.
//
// Types of works are those of the Référentiel national des travaux; the trade that groups them is
// ours, after the RGE domains. "global" stands for a whole renovation by one group of firms.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace deodat::rules::grouping {

inline constexpr std::string_view global_works = "global";

// "isolation_mur_ite" -> "ITE / façade"; nothing for what is no type of works.
std::optional<std::string_view> trade_of(std::string_view works_type);

bool is_trade(std::string_view name);
// Each once, for a refusal: « ITE / façade, Combles, … ».
std::string all_trades();

}  // namespace deodat::rules::grouping
