#include "rules/grouping/proposal_input.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "ledger/base/canonical.h"
#include "ledger/base/text.h"
#include "rules/grouping/clusters.h"

namespace deodat::rules::grouping {
namespace {

using Trouble = std::optional<Refusal>;

std::string at(const char* list, std::size_t index, const char* field) {
    return std::string(list) + "[" + std::to_string(index) + "]." + field;
}

Refusal given_twice(std::string field, const std::string& value) {
    return {Code::duplicate, field,
            "« " + shown(value) + " » est donné deux fois : " + field + " doit être seul."};
}

struct Bound {
    const char* name;
    std::int64_t value;
    std::int64_t least;
    std::int64_t most;
};

Trouble parameters_wrong(const ProposalParameters& wanted) {
    const std::int64_t size_min = std::max(wanted.size_min_urban, wanted.size_min_rural);
    const auto members = static_cast<std::int64_t>(members_max);
    for (const Bound& bound : std::to_array<Bound>({
             {"urban_diameter_m", wanted.urban_diameter_m, 1, diameter_max_m / 2},
             {"rural_diameter_m", wanted.rural_diameter_m, 1, diameter_max_m / 2},
             {"homogeneity_min", wanted.homogeneity_min, 0, 100},
             {"size_min_urban", wanted.size_min_urban, 2, members},
             {"size_min_rural", wanted.size_min_rural, 2, members},
             // Half of one more than the largest still has the smallest size.
             {"size_max", wanted.size_max, 2 * size_min - 1, members},
             {"target_min", wanted.target_min, 1, members},
             {"target_max", wanted.target_max, wanted.target_min, members},
             {"drop_out_bp", wanted.drop_out_bp, 0, 10'000},
         })) {
        if (bound.least <= bound.value && bound.value <= bound.most) continue;
        const std::string field = std::string("parameters.") + bound.name;
        return Refusal{Code::out_of_range, field,
                       field + " vaut " + std::to_string(bound.value) +
                           " : il faut une valeur de " + std::to_string(bound.least) + " à " +
                           std::to_string(bound.most) + "."};
    }
    return std::nullopt;
}

Trouble prices_wrong(const std::vector<ExpectedPrices>& prices) {
    std::set<std::string> trades;
    for (std::size_t i = 0; i < prices.size(); ++i) {
        const std::string field = at("prices", i, "trade");
        if (!is_trade(prices[i].trade)) {
            return Refusal{Code::not_found, field,
                           "« " + shown(prices[i].trade) +
                               " » n'est pas un métier : il faut l'un de " + all_trades() + "."};
        }
        if (!trades.insert(prices[i].trade).second) return given_twice(field, prices[i].trade);
        const std::string row = "prices[" + std::to_string(i) + "]";
        if (auto agreed = check(prices[i].agreement, row); !agreed) return agreed.refusal();
        Money shared;
        for (const SharedCost& cost : prices[i].agreement.shared_costs) {
            shared += cost.amount_ht;
            if (!cost.members) continue;
            return Refusal{Code::malformed, row + ".shared_costs",
                           "« " + shown(cost.label) +
                               " » nomme des membres : un prix attendu vaut pour toute opération "
                               "du métier."};
        }
        if (shared > household_max) {
            return Refusal{Code::amount_out_of_range, row + ".shared_costs",
                           "Les coûts communs dépassent " + french(household_max) + "."};
        }
    }
    return std::nullopt;
}

Trouble neighbourhoods_wrong(const std::vector<Neighbourhood>& neighbourhoods) {
    std::set<std::string> ids;
    for (std::size_t i = 0; i < neighbourhoods.size(); ++i) {
        if (ids.insert(neighbourhoods[i].id).second) continue;
        return given_twice(at("neighbourhoods", i, "id"), neighbourhoods[i].id);
    }
    return std::nullopt;
}

Trouble candidates_wrong(const ProposalRequest& request) {
    std::set<std::pair<std::string, std::string_view>> known;
    std::map<std::pair<std::size_t, std::string_view>, std::size_t> clustered;
    for (const Candidate& one : request.candidates) {
        if (!known.emplace(one.id, one.trade()).second) {
            return Refusal{Code::duplicate, "candidates",
                           "Le dossier « " + shown(one.id) +
                               " » est donné deux fois pour le métier « " +
                               std::string(one.trade()) + " » : réunir ses travaux en une ligne."};
        }
        if (one.to < one.from) {
            return Refusal{Code::malformed, "candidates",
                           "La période des travaux de « " + shown(one.id) + " » finit (" +
                               one.to.french() + ") avant de commencer (" + one.from.french() +
                               ")."};
        }
        if (++clustered[{one.neighbourhood, one.trade()}] > clustered_max) {
            return Refusal{Code::out_of_range, "neighbourhoods",
                           "Le quartier « " + shown(request.neighbourhoods[one.neighbourhood].id) +
                               " » compte plus de " + std::to_string(clustered_max) +
                               " candidats pour le métier « " + std::string(one.trade()) +
                               " » : le découper."};
        }
    }
    return std::nullopt;
}

class Bytes {
  public:
    Bytes() : bytes_("DEODAT-PROPOSAL-1\n") {}
    Bytes& operator<<(std::int64_t value) {
        bytes_.int64(value);
        return *this;
    }
    Bytes& operator<<(std::string_view text) {
        bytes_.text(text);
        return *this;
    }
    Bytes& operator<<(const std::string& text) { return *this << std::string_view(text); }
    Bytes& operator<<(Day day) { return *this << day.number(); }
    Bytes& operator<<(Month month) { return *this << month.iso(); }
    Bytes& operator<<(Money amount) { return *this << amount.cents(); }
    template <class Known>
    Bytes& operator<<(const std::optional<Known>& value) {
        *this << std::int64_t{value.has_value()};
        return value ? *this << *value : *this;
    }
    const std::string& bytes() const { return bytes_.bytes(); }

  private:
    CanonicalBytes bytes_;
};

void write(Bytes& out, const Agreement& agreement) {
    out << std::ssize(agreement.tiers);
    for (const Tier& tier : agreement.tiers) out << tier.dwellings_min << tier.discount_bp;
    out << std::ssize(agreement.shared_costs);
    for (const SharedCost& cost : agreement.shared_costs) {
        out << cost.label << static_cast<std::int64_t>(cost.key) << cost.amount_ht;
    }
}

void write(Bytes& out, const Candidate& one) {
    out << one.id << one.programme << one.works_type
        << static_cast<std::int64_t>(one.neighbourhood);
    out << std::int64_t{one.position.has_value()};
    if (one.position) out << one.position->x_m << one.position->y_m;
    const Typology& like = one.typology;
    out << one.street << one.street_number << like.building_period << like.party_walls
        << like.wall_material << like.dpe_class << like.living_area_m2 << like.energy;
    out << one.from << one.to << one.works_months << std::ssize(one.deadlines);
    for (const Deadline& deadline : one.deadlines) out << deadline.label << deadline.day;
    out << std::int64_t{one.consent.has_value()};
    if (one.consent) out << one.consent->given_on << one.consent->withdrawn_on;
    out << std::int64_t{one.in_perimeter} << std::int64_t{one.quote_signed}
        << std::int64_t{one.works_started} << static_cast<std::int64_t>(one.aid) << one.open_batch
        << one.works_ht << one.solo_shared << one.facade_dm2 << one.use_weeks;
}

}  // namespace

Result<Done> check(const ProposalRequest& request) {
    if (Trouble trouble = parameters_wrong(request.parameters)) return *trouble;
    if (Trouble trouble = neighbourhoods_wrong(request.neighbourhoods)) return *trouble;
    if (Trouble trouble = prices_wrong(request.prices)) return *trouble;
    if (Trouble trouble = candidates_wrong(request)) return *trouble;
    return Done{};
}

void put_in_order(ProposalRequest& request) {
    std::vector<std::size_t> order(request.neighbourhoods.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::sort(order, {}, [&](std::size_t i) { return request.neighbourhoods[i].id; });
    std::vector<Neighbourhood> ordered;
    std::vector<std::size_t> place(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        ordered.push_back(std::move(request.neighbourhoods[order[i]]));
        place[order[i]] = i;
    }
    request.neighbourhoods = std::move(ordered);
    for (Candidate& one : request.candidates) one.neighbourhood = place[one.neighbourhood];
    std::ranges::sort(request.candidates, {},
                      [](const Candidate& one) { return std::tie(one.id, one.works_type); });
    std::ranges::sort(request.prices, {}, [](const ExpectedPrices& one) { return one.trade; });
}

std::string canonical_bytes(const ProposalRequest& request) {
    Bytes out;
    const ProposalParameters& wanted = request.parameters;
    out << request.as_of << wanted.urban_diameter_m << wanted.rural_diameter_m
        << wanted.homogeneity_min << wanted.size_min_urban << wanted.size_min_rural
        << wanted.target_min << wanted.target_max << wanted.size_max << wanted.drop_out_bp;
    out << std::ssize(request.neighbourhoods);
    for (const Neighbourhood& one : request.neighbourhoods) {
        out << one.id << static_cast<std::int64_t>(one.setting);
    }
    out << std::ssize(request.prices);
    for (const ExpectedPrices& one : request.prices) {
        out << one.trade;
        write(out, one.agreement);
    }
    out << std::ssize(request.candidates);
    for (const Candidate& one : request.candidates) write(out, one);
    return out.bytes();
}

}  // namespace deodat::rules::grouping
