#include "rules/grouping/agreement_json.h"

#include <array>

#include "rules/grouping/batch.h"

namespace deodat::rules::grouping {
namespace {

constexpr std::array<std::string_view, 4> key_names = {"equal", "surface", "amount", "use"};

Tier read_tier(JsonValue value, Trouble& trouble) {
    JsonObject row(std::move(value), "dwellings_min, discount_bp", trouble);
    const std::int64_t dwellings = row.integer("dwellings_min", 1, 10'000);
    return {dwellings, row.integer("discount_bp", 0, 9'999)};
}

ShareKey read_key(JsonObject& row, Trouble& trouble) {
    const auto value = row.required("key");
    if (!value) return ShareKey::equal;
    for (std::size_t i = 0; i < key_names.size(); ++i) {
        if (value->as_text() == key_names[i]) return static_cast<ShareKey>(i);
    }
    trouble = value->malformed("equal, surface, amount ou use");
    return ShareKey::equal;
}

SharedCost read_cost(JsonValue value, Trouble& trouble) {
    JsonObject row(std::move(value), "label, key, amount_ht_cents, members", trouble);
    SharedCost cost;
    cost.label = row.text("label");
    cost.key = read_key(row, trouble);
    cost.amount_ht = row.cents("amount_ht_cents");
    if (!row.has("members")) return cost;
    cost.members.emplace();
    row.each("members", members_max,
             [&](const JsonValue& id) { trouble = id.read_text(cost.members->emplace_back()); });
    return cost;
}

}  // namespace

Agreement read_agreement(JsonObject& object, Trouble& trouble) {
    Agreement out;
    object.each("tiers", tiers_max, [&](JsonValue value) {
        out.tiers.push_back(read_tier(std::move(value), trouble));
    });
    object.each("shared_costs", shared_costs_max, [&](JsonValue value) {
        out.shared_costs.push_back(read_cost(std::move(value), trouble));
    });
    return out;
}

}  // namespace deodat::rules::grouping
