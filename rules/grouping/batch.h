// A batch (opération groupée) as its adviser sees it: dwellings that share one price agreement, one
// trade, each with its own contract, quote, invoice and aid.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "rules/engine/program.h"
#include "rules/facts/facts.h"
#include "rules/grouping/agreement.h"

namespace deodat::rules::grouping {

// Limits that keep every sum of a batch inside Money.
inline constexpr std::size_t members_max = 60;
// The most that a façade or a stay of the works may count as a key.
inline constexpr std::int64_t facade_dm2_max = 10'000'000;
inline constexpr std::int64_t use_weeks_max = 1'000;
inline constexpr Money household_max = Money::cents(line_cents_max);
static_assert(household_max.cents() * static_cast<std::int64_t>(members_max) * 4 <
              Money::cents_max);

// The rate of energy works in dwellings (CGI, art. 278-0 bis A), of works whose VAT is not given.
inline constexpr std::int64_t energy_works_vat_bp = 550;

// A household known by what its aid depends on in AidParameters.
struct Profile {
    IncomeClass income_class = IncomeClass::upper;
    std::int64_t class_jump = 0;
};

struct Member {
    std::string id;
    // Whose aid the parameters reckon, or the rule set.
    std::variant<Profile, Facts> household;
    std::vector<WorksLine> works;  // at the agreement's prices, before discount
    std::optional<std::int64_t> facade_dm2 = std::nullopt;
    std::optional<std::int64_t> use_weeks = std::nullopt;
    Money solo_shared = {};                         // excl. VAT: its own scaffolding, were it alone
    std::optional<Money> committed = std::nullopt;  // the aid that funders committed

    Money works_ht() const;
};

// Aids that stand in place of the rule set: one aid at a rate on a capped base, and a flat local
// one.
struct AidParameters {
    std::array<std::int64_t, 4> rate_bp{};   // by income class
    std::array<Money, 2> cap_ht{};           // by class jump: 2; 3 and more. Below 2, no aid
    std::array<std::int64_t, 4> limit_bp{};  // of the works incl. VAT
    std::array<Money, 4> flat_local{};
    Rounding rounding = Rounding::half_up;  // of the aid
};

struct Batch {
    Agreement agreement;
    std::vector<Member> members;
    std::optional<AidParameters> parameters = std::nullopt;
};

// Refuses, with the field of the batch's JSON: tiers whose thresholds do not rise, whose discount
// falls, or reaches the whole price (out_of_range); no tier, no member, no works (missing,
// amount_not_positive); a member given twice (duplicate); a cost shared by what a member does not
// say (missing) or among members that are not there (not_found); amounts above household_max
// (amount_out_of_range).
Result<Done> check(const Batch& batch);

}  // namespace deodat::rules::grouping
