#include "rules/grouping/gathering.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "rules/grouping/clusters.h"
#include "rules/grouping/likeness.h"

namespace deodat::rules::grouping {
namespace {

bool by_id(const Candidate* a, const Candidate* b) {
    return a->id < b->id;
}

std::int64_t distance(const Candidate& a, const Candidate& b) {
    return squared_distance(*a.position, *b.position);
}

// ---- Near each other

struct Box {
    Position low;
    Position high;

    void take(const Box& other) {
        low = {std::min(low.x_m, other.low.x_m), std::min(low.y_m, other.low.y_m)};
        high = {std::max(high.x_m, other.high.x_m), std::max(high.y_m, other.high.y_m)};
    }
    // No two places in it are farther apart.
    std::int64_t squared_side() const {
        const std::int64_t side = std::max(high.x_m - low.x_m, high.y_m - low.y_m);
        return side * side;
    }
};

struct Cluster {
    Members members;
    std::set<std::size_t> neighbourhoods;
    std::int64_t squared_diameter = 0;
    Box box;
    std::size_t size_wanted = 0;
    std::int64_t diameter_m = 0;  // the most it may have inside one neighbourhood
};

Cluster cluster_of(const ProposalRequest& request, Members members, std::size_t neighbourhood) {
    const Setting setting = request.neighbourhoods[neighbourhood].setting;
    Cluster out{std::move(members),
                {neighbourhood},
                0,
                {},
                request.parameters.size_min(setting),
                request.parameters.diameter_m(setting)};
    out.squared_diameter = squared_diameter(out.members);
    out.box = {*out.members.front()->position, *out.members.front()->position};
    for (const Candidate* const one : out.members) out.box.take({*one->position, *one->position});
    return out;
}

// The neighbourhood with most candidates first, then by its id.
std::vector<Cluster> clusters_of(const ProposalRequest& request, const Members& block) {
    std::map<std::size_t, Members> by_neighbourhood;
    for (const Candidate* const one : block) by_neighbourhood[one->neighbourhood].push_back(one);
    std::vector<std::pair<std::size_t, Members>> ordered(by_neighbourhood.begin(),
                                                         by_neighbourhood.end());
    std::ranges::sort(ordered, {}, [&](const auto& row) {
        return std::tuple(-std::ssize(row.second), request.neighbourhoods[row.first].id);
    });
    std::vector<Cluster> out;
    for (auto& [neighbourhood, members] : ordered) {
        std::ranges::sort(members, by_id);
        std::vector<Position> places;
        for (const Candidate* const one : members) places.push_back(*one->position);
        const Setting setting = request.neighbourhoods[neighbourhood].setting;
        for (const Group& group : complete_link(places, request.parameters.diameter_m(setting))) {
            Members gathered;
            for (const std::size_t place : group) gathered.push_back(members[place]);
            out.push_back(cluster_of(request, std::move(gathered), neighbourhood));
        }
    }
    return out;
}

bool share_a_neighbourhood(const Cluster& a, const Cluster& b) {
    return std::ranges::any_of(a.neighbourhoods,
                               [&](std::size_t one) { return b.neighbourhoods.contains(one); });
}

// The squared diameter of both together; none when they may not be joined.
std::optional<std::int64_t> joined_diameter(const Cluster& a, const Cluster& b,
                                            std::size_t size_max) {
    const std::int64_t most = 2 * std::min(a.diameter_m, b.diameter_m);
    Box box = a.box;
    box.take(b.box);
    if (a.members.size() + b.members.size() > size_max || box.squared_side() > most * most ||
        share_a_neighbourhood(a, b)) {
        return std::nullopt;
    }
    std::int64_t square = std::max(a.squared_diameter, b.squared_diameter);
    for (const Candidate* const one : a.members) {
        for (const Candidate* const other : b.members) {
            square = std::max(square, distance(*one, *other));
        }
    }
    return square <= most * most ? std::optional(square) : std::nullopt;
}

void take(Cluster& into, Cluster& other, std::int64_t square) {
    into.members.insert(into.members.end(), other.members.begin(), other.members.end());
    into.neighbourhoods.merge(other.neighbourhoods);
    into.squared_diameter = square;
    into.box.take(other.box);
    into.size_wanted = std::max(into.size_wanted, other.size_wanted);
    into.diameter_m = std::min(into.diameter_m, other.diameter_m);
    other.members.clear();
}

// Each group that is too small takes the one that keeps it narrowest, ties to the first.
void join_small(std::vector<Cluster>& clusters, std::size_t size_max) {
    for (Cluster& small : clusters) {
        while (!small.members.empty() && small.members.size() < small.size_wanted) {
            Cluster* nearest = nullptr;
            std::optional<std::int64_t> least;
            for (Cluster& other : clusters) {
                if (&other == &small || other.members.empty()) continue;
                const auto square = joined_diameter(small, other, size_max);
                if (square && (!least || *square < *least)) {
                    nearest = &other;
                    least = square;
                }
            }
            if (nearest == nullptr) break;
            take(small, *nearest, *least);
        }
    }
    std::erase_if(clusters, [](const Cluster& cluster) { return cluster.members.empty(); });
}

// ---- Alike

std::int64_t summed_likeness(const Members& members) {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < members.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            sum += likeness_half_points(members[i]->typology, members[j]->typology);
        }
    }
    return sum;
}

std::int64_t pairs_of(const Members& members) {
    const std::int64_t size = std::ssize(members);
    return size * (size - 1) / 2;
}

// The two least alike; ties: the farthest apart, then the first.
std::pair<const Candidate*, const Candidate*> least_alike(const Members& members) {
    std::pair<const Candidate*, const Candidate*> out;
    std::optional<std::tuple<std::int64_t, std::int64_t>> least;
    for (std::size_t i = 0; i < members.size(); ++i) {
        for (std::size_t j = i + 1; j < members.size(); ++j) {
            const std::tuple rank(likeness_half_points(members[i]->typology, members[j]->typology),
                                  -distance(*members[i], *members[j]));
            if (least && rank >= *least) continue;
            least = rank;
            out = {members[i], members[j]};
        }
    }
    return out;
}

struct Alike {
    Members members;
    bool variants = false;
};

// To the pole that it is more like; ties: the nearer one, then the first.
bool goes_to_second(const Candidate& one, const Candidate& first, const Candidate& second) {
    const auto rank = [&](const Candidate& pole) {
        return std::tuple(-likeness_half_points(one.typology, pole.typology), distance(one, pole));
    };
    return &one == &second || (&one != &first && rank(second) < rank(first));
}

std::vector<Alike> alike_parts(const Members& members, std::int64_t homogeneity_min,
                               std::size_t size_wanted) {
    std::vector<Alike> out;
    std::vector<Members> waiting = {members};
    while (!waiting.empty()) {
        Members part = std::move(waiting.back());
        waiting.pop_back();
        const bool alike =
            summed_likeness(part) >= homogeneity_min * half_points_a_point * pairs_of(part);
        if (alike || part.size() < 2 * size_wanted) {
            out.push_back({std::move(part), !alike});
            continue;
        }
        const auto [first, second] = least_alike(part);
        Members near_first;
        Members near_second;
        for (const Candidate* const one : part) {
            (goes_to_second(*one, *first, *second) ? near_second : near_first).push_back(one);
        }
        if (std::min(near_first.size(), near_second.size()) < size_wanted) {
            out.push_back({std::move(part), true});
        } else {
            waiting.push_back(std::move(near_second));
            waiting.push_back(std::move(near_first));
        }
    }
    return out;
}

// ---- At the same time

bool can_start(const Candidate& one, Month month, Day as_of) {
    return one.first_start(as_of) <= month && month <= one.last_start();
}

// The earliest month in which most can start: someone's first.
Month best_start(const Members& members, Day as_of) {
    std::map<Month, std::int64_t> change;
    for (const Candidate* const one : members) {
        ++change[one->first_start(as_of)];
        --change[one->last_start().plus(1)];
    }
    Month best = change.begin()->first;
    std::int64_t most = 0;
    std::int64_t able = 0;
    for (const auto& [month, difference] : change) {
        able += difference;
        if (able <= most) continue;
        most = able;
        best = month;
    }
    return best;
}

// ---- Not too many

std::vector<Members> cut_along_streets(Members members, std::size_t size_max) {
    std::ranges::sort(members, {}, [](const Candidate* one) {
        return std::tie(one->street, one->street_number, one->id);
    });
    const std::size_t parts = (members.size() + size_max - 1) / size_max;
    std::vector<Members> out(parts);
    for (std::size_t i = 0; i < members.size(); ++i) {
        out[i * parts / members.size()].push_back(members[i]);
    }
    for (Members& part : out) std::ranges::sort(part, by_id);
    return out;
}

void add_waves(const ProposalRequest& request, Alike alike, std::vector<Gathered>& out) {
    const auto size_max = static_cast<std::size_t>(request.parameters.size_max);
    for (int wave = 1; !alike.members.empty(); ++wave) {
        const Month start = best_start(alike.members, request.as_of);
        Members now;
        Members later;
        for (const Candidate* const one : alike.members) {
            (can_start(*one, start, request.as_of) ? now : later).push_back(one);
        }
        for (Members& part : cut_along_streets(std::move(now), size_max)) {
            out.push_back({std::move(part), alike.variants, wave, start});
        }
        alike.members = std::move(later);
    }
}

}  // namespace

Setting setting_of(const ProposalRequest& request, const Members& members) {
    const bool urban = std::ranges::any_of(members, [&](const Candidate* one) {
        return request.neighbourhoods[one->neighbourhood].setting == Setting::urban;
    });
    return urban ? Setting::urban : Setting::rural;
}

std::vector<Gathered> gather(const ProposalRequest& request, const Members& block) {
    const ProposalParameters& wanted = request.parameters;
    std::vector<Cluster> clusters = clusters_of(request, block);
    join_small(clusters, static_cast<std::size_t>(wanted.size_max));
    std::vector<Gathered> out;
    for (Cluster& cluster : clusters) {
        std::ranges::sort(cluster.members, by_id);
        for (Alike& alike :
             alike_parts(cluster.members, wanted.homogeneity_min, cluster.size_wanted)) {
            add_waves(request, std::move(alike), out);
        }
    }
    return out;
}

std::int64_t mean_likeness(const Members& members) {
    constexpr std::int64_t whole = 200;
    return members.size() < 2 ? whole : summed_likeness(members) / pairs_of(members);
}

std::int64_t squared_diameter(const Members& members) {
    std::int64_t out = 0;
    for (std::size_t i = 0; i < members.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) out = std::max(out, distance(*members[i], *members[j]));
    }
    return out;
}

}  // namespace deodat::rules::grouping
