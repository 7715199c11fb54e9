// Candidates to a batch: the works of one trade on one dwelling, and what the coordinator may know
// of it. No income, no aid's amount, no rate, no remaining cost stands here.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rules/grouping/batch.h"
#include "rules/grouping/month.h"
#include "rules/grouping/trade.h"

namespace deodat::rules::grouping {

inline constexpr std::size_t candidates_max = 50'000;
inline constexpr std::size_t neighbourhoods_max = 5'000;
inline constexpr std::size_t deadlines_max = 10;
// In one neighbourhood and trade: distances are compared two by two.
inline constexpr std::size_t clustered_max = 4'000;

// Metres of a plane projection (Lambert-93 for metropolitan France), as the national address base
// gives them.
struct Position {
    std::int64_t x_m = 0;
    std::int64_t y_m = 0;
};

enum class Setting : std::uint8_t { urban, rural };

struct Neighbourhood {
    std::string id;
    Setting setting = Setting::urban;
};

// What makes two dwellings alike for whoever prices works; none: not known.
struct Typology {
    std::optional<std::int64_t> building_period = std::nullopt;  // 1 to 10, as in energy diagnoses
    std::optional<std::string> party_walls = std::nullopt;
    std::optional<std::string> wall_material = std::nullopt;
    std::optional<std::int64_t> dpe_class = std::nullopt;  // 0 for A to 6 for G
    std::optional<std::int64_t> living_area_m2 = std::nullopt;
    std::optional<std::string> energy = std::nullopt;
};

// The household's agreement to be grouped with others.
struct Consent {
    Day given_on;
    std::optional<Day> withdrawn_on = std::nullopt;
};

// Aid filed at a price that is not the guaranteed one is lost in part when the price changes.
enum class AidState : std::uint8_t { not_filed, filed_at_guaranteed_price, filed };

// By when works must be over, or aid, quote or diagnosis no longer hold.
struct Deadline {
    std::string label;
    Day day;
};

struct Candidate {
    std::string id;  // of the dossier
    std::string programme;
    std::string works_type;
    std::size_t neighbourhood = 0;  // its place in the request
    std::optional<Position> position = std::nullopt;
    std::string street = {};
    std::int64_t street_number = 0;
    Typology typology = {};
    // The months in which works may take place, both included, and how many they take.
    Month from;
    Month to;
    std::int64_t works_months = 1;
    std::vector<Deadline> deadlines = {};
    std::optional<Consent> consent = std::nullopt;
    bool in_perimeter = false;
    bool quote_signed = false;   // in that trade
    bool works_started = false;  // in that trade
    AidState aid = AidState::not_filed;
    std::optional<std::string> open_batch = std::nullopt;  // the one it is in already, same trade
    // What its works would cost alone; none: not known yet.
    std::optional<Money> works_ht = std::nullopt;
    std::optional<Money> solo_shared = std::nullopt;
    std::optional<std::int64_t> facade_dm2 = std::nullopt;
    std::optional<std::int64_t> use_weeks = std::nullopt;

    std::string_view trade() const { return *trade_of(works_type); }
    // Works may begin from the first to the last of these months; none when `last` is before
    // `first`.
    Month first_start(Day as_of) const;
    Month last_start() const;
};

// What a coordinator may set; what is not set is what the practice of such programmes gives.
struct ProposalParameters {
    std::int64_t urban_diameter_m = 400;
    std::int64_t rural_diameter_m = 5'000;
    std::int64_t homogeneity_min = 60;  // of 100, the mean over all pairs
    std::int64_t size_min_urban = 5;
    std::int64_t size_min_rural = 3;
    std::int64_t target_min = 8;
    std::int64_t target_max = 12;
    std::int64_t size_max = 20;
    std::int64_t drop_out_bp = 2'000;  // that a house leaves before the freeze

    std::int64_t diameter_m(Setting setting) const;
    std::size_t size_min(Setting setting) const;
};

// What firms of a trade may be expected to offer: tiers, and costs shared by all.
struct ExpectedPrices {
    std::string trade;
    Agreement agreement;
};

struct ProposalRequest {
    Day as_of;  // readiness is judged that day
    ProposalParameters parameters = {};
    std::vector<Neighbourhood> neighbourhoods = {};
    std::vector<Candidate> candidates = {};
    std::vector<ExpectedPrices> prices = {};
};

}  // namespace deodat::rules::grouping
