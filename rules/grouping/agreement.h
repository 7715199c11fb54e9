// The price agreement of a batch: what the firms take off as more dwellings join, and what is paid
// once for all.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/money.h"
#include "ledger/base/result.h"

namespace deodat::rules::grouping {

inline constexpr std::size_t shared_costs_max = 50;
inline constexpr std::size_t tiers_max = 20;

// From so many dwellings, this discount on everybody's works.
struct Tier {
    std::int64_t dwellings_min = 0;
    std::int64_t discount_bp = 0;
};

// What a shared cost is shared by: nothing, façade (dm²), works excl. VAT, weeks of use.
enum class ShareKey : std::uint8_t { equal, surface, amount, use };

// Paid once for the batch. Each part bears the VAT of the works of the household that bears it.
struct SharedCost {
    std::string label;
    ShareKey key = ShareKey::equal;
    Money amount_ht;
    std::optional<std::vector<std::string>> members = std::nullopt;  // ids; none: everybody
};

struct Agreement {
    std::vector<Tier> tiers;  // the first is the guaranteed price
    std::vector<SharedCost> shared_costs;
};

// The tier that so many dwellings reach; none below the first.
std::optional<Tier> tier_of(const std::vector<Tier>& tiers, std::size_t dwellings);

// Refuses, with its place below `field` (batch): no tier or too many (missing); thresholds that do
// not rise, discounts that fall or reach the whole price (out_of_range).
Result<Done> check(const Agreement& agreement, std::string_view field);

}  // namespace deodat::rules::grouping
