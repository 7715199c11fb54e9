#include <array>
#include <map>

#include "rules/facts/strict_json.h"
#include "rules/grouping/agreement_json.h"
#include "rules/grouping/proposal_json.h"

namespace deodat::rules::grouping {
namespace {

// A candidate written in full is some 700 bytes and 40 values.
constexpr JsonDocument::Bounds request_bounds = {64'000'000, 3'000'000};
constexpr std::int64_t coordinate_max_m = 10'000'000;
constexpr std::int64_t number_max = 99'999;
constexpr std::int64_t area_max_m2 = 10'000;
constexpr std::int64_t works_months_max = 36;
constexpr std::int64_t periods_max = 10;
constexpr std::size_t prices_max = 50;

std::optional<std::int64_t> maybe_integer(JsonObject& row, std::string_view name,
                                          std::int64_t least, std::int64_t most) {
    return row.has(name) ? std::optional(row.integer(name, least, most)) : std::nullopt;
}

std::optional<std::string> maybe_text(JsonObject& row, std::string_view name) {
    return row.has(name) ? std::optional(row.text(name)) : std::nullopt;
}

std::optional<Money> maybe_cents(JsonObject& row, std::string_view name) {
    return row.has(name) ? std::optional(row.cents(name)) : std::nullopt;
}

// One of those words, by its place.
template <std::size_t size>
std::size_t word(JsonObject& row, std::string_view name,
                 const std::array<std::string_view, size>& words, std::string_view expected,
                 Trouble& trouble) {
    const auto value = row.required(name);
    if (!value) return 0;
    for (std::size_t i = 0; i < size; ++i) {
        if (value->as_text() == words[i]) return i;
    }
    trouble = value->malformed(expected);
    return 0;
}

Month month(JsonObject& row, std::string_view name, Trouble& trouble) {
    const Month none = Month::of(Day::of(2000, 1, 1));
    const auto value = row.required(name);
    if (!value) return none;
    const Result<Month> read = Month::parse(value->path(), value->as_text().value_or(""));
    if (read) return *read;
    trouble = read.refusal();
    return none;
}

std::string works_type(JsonObject& row, Trouble& trouble) {
    const auto value = row.required("works_type");
    std::string out(global_works);
    if (!value) return out;
    const auto given = value->as_text();
    if (given && trade_of(*given)) {
        out = *given;
    } else {
        trouble = value->malformed(
            "un type de travaux du Référentiel national des travaux, par exemple "
            "isolation_mur_ite, ou global");
    }
    return out;
}

Typology read_typology(JsonObject& row, Trouble& trouble) {
    Typology out;
    out.building_period = maybe_integer(row, "building_period", 1, periods_max);
    out.party_walls = maybe_text(row, "party_walls");
    out.wall_material = maybe_text(row, "wall_material");
    out.living_area_m2 = maybe_integer(row, "living_area_m2", 1, area_max_m2);
    out.energy = maybe_text(row, "energy");
    if (row.has("dpe_before")) {
        constexpr std::array<std::string_view, 7> classes = {"A", "B", "C", "D", "E", "F", "G"};
        out.dpe_class = static_cast<std::int64_t>(
            word(row, "dpe_before", classes, "une classe de A à G", trouble));
    }
    return out;
}

std::optional<Position> read_position(JsonObject& row) {
    if (!row.has("x_m") && !row.has("y_m")) return std::nullopt;
    const std::int64_t x = row.integer("x_m", -coordinate_max_m, coordinate_max_m);
    return Position{x, row.integer("y_m", -coordinate_max_m, coordinate_max_m)};
}

std::optional<Consent> read_consent(JsonObject& row, Trouble& trouble) {
    if (!row.has("consent")) return std::nullopt;
    JsonObject consent(*row.required("consent"), "given_on, withdrawn_on", trouble);
    Consent out{consent.date("given_on")};
    if (consent.has("withdrawn_on")) out.withdrawn_on = consent.date("withdrawn_on");
    return out;
}

using Places = std::map<std::string, std::size_t, std::less<>>;  // of neighbourhoods, by id

std::size_t read_neighbourhood(JsonObject& row, const Places& places, Trouble& trouble) {
    const auto value = row.required("neighbourhood");
    if (!value) return 0;
    const auto found = places.find(value->as_text().value_or(""));
    if (found != places.end()) return found->second;
    trouble = value->malformed("l'id de l'un des neighbourhoods");
    return 0;
}

Candidate read_candidate(JsonValue value, const Places& places, Trouble& trouble) {
    JsonObject row(std::move(value),
                   "id, programme, works_type, neighbourhood, x_m, y_m, street, street_number, "
                   "building_period, party_walls, wall_material, dpe_before, living_area_m2, "
                   "energy, window, works_months, deadlines, consent, in_perimeter, quote_signed, "
                   "works_started, aid, open_batch, amount_ht_cents, solo_shared_cents, "
                   "facade_dm2, use_weeks",
                   trouble);
    const Month none = Month::of(Day::of(2000, 1, 1));
    Candidate out{.id = row.text("id"),
                  .programme = row.text("programme"),
                  .works_type = works_type(row, trouble),
                  .from = none,
                  .to = none};
    out.neighbourhood = read_neighbourhood(row, places, trouble);
    out.position = read_position(row);
    out.street = maybe_text(row, "street").value_or("");
    out.street_number = maybe_integer(row, "street_number", 0, number_max).value_or(0);
    out.typology = read_typology(row, trouble);
    if (const auto window = row.required("window")) {
        JsonObject months(*window, "from, to", trouble);
        out.from = month(months, "from", trouble);
        out.to = month(months, "to", trouble);
    }
    out.works_months = row.integer("works_months", 1, works_months_max);
    if (row.has("deadlines")) {
        row.each("deadlines", deadlines_max, [&](JsonValue given) {
            JsonObject deadline(std::move(given), "label, day", trouble);
            const std::string label = deadline.text("label");
            out.deadlines.push_back({label, deadline.date("day")});
        });
    }
    out.consent = read_consent(row, trouble);
    out.in_perimeter = row.boolean("in_perimeter");
    out.quote_signed = row.boolean("quote_signed");
    out.works_started = row.boolean("works_started");
    constexpr std::array<std::string_view, 3> aids = {"not_filed", "filed_at_guaranteed_price",
                                                      "filed"};
    out.aid = static_cast<AidState>(
        word(row, "aid", aids, "not_filed, filed_at_guaranteed_price ou filed", trouble));
    out.open_batch = maybe_text(row, "open_batch");
    out.works_ht = maybe_cents(row, "amount_ht_cents");
    out.solo_shared = maybe_cents(row, "solo_shared_cents");
    out.facade_dm2 = maybe_integer(row, "facade_dm2", 0, facade_dm2_max);
    out.use_weeks = maybe_integer(row, "use_weeks", 0, use_weeks_max);
    return out;
}

// Bounds that depend on each other are check()'s.
void read_parameters(const JsonValue& value, ProposalParameters& out, Trouble& trouble) {
    JsonObject row(value,
                   "urban_diameter_m, rural_diameter_m, homogeneity_min, size_min_urban, "
                   "size_min_rural, target_min, target_max, size_max, drop_out_bp",
                   trouble);
    const auto set = [&](std::string_view name, std::int64_t& into) {
        constexpr std::int64_t any = 1'000'000;
        if (row.has(name)) into = row.integer(name, 0, any);
    };
    set("urban_diameter_m", out.urban_diameter_m);
    set("rural_diameter_m", out.rural_diameter_m);
    set("homogeneity_min", out.homogeneity_min);
    set("size_min_urban", out.size_min_urban);
    set("size_min_rural", out.size_min_rural);
    set("target_min", out.target_min);
    set("target_max", out.target_max);
    set("size_max", out.size_max);
    set("drop_out_bp", out.drop_out_bp);
}

}  // namespace

Result<ProposalRequest> proposal_request_from_json(std::string_view json) {
    const auto document = JsonDocument::parse(json, "Les logements candidats", request_bounds);
    if (!document) return document.refusal();
    Trouble trouble;
    JsonObject root(document->root(), "as_of, parameters, neighbourhoods, candidates, prices",
                    trouble);
    ProposalRequest out{root.date("as_of")};
    if (root.has("parameters")) {
        read_parameters(*root.required("parameters"), out.parameters, trouble);
    }
    Places places;
    root.each("neighbourhoods", neighbourhoods_max, [&](JsonValue value) {
        JsonObject row(std::move(value), "id, setting", trouble);
        constexpr std::array<std::string_view, 2> settings = {"urban", "rural"};
        Neighbourhood one{row.text("id")};
        one.setting =
            static_cast<Setting>(word(row, "setting", settings, "urban ou rural", trouble));
        places.emplace(one.id, out.neighbourhoods.size());
        out.neighbourhoods.push_back(std::move(one));
    });
    root.each("candidates", candidates_max, [&](JsonValue value) {
        out.candidates.push_back(read_candidate(std::move(value), places, trouble));
    });
    if (root.has("prices")) {
        root.each("prices", prices_max, [&](JsonValue value) {
            JsonObject row(std::move(value), "trade, tiers, shared_costs", trouble);
            const std::string trade = row.text("trade");
            out.prices.push_back({trade, read_agreement(row, trouble)});
        });
    }
    if (trouble) return *trouble;
    return out;
}

}  // namespace deodat::rules::grouping
