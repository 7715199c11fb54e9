#include "rules/engine/order.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "ledger/base/text.h"

namespace deodat::rules {
namespace {

enum class Mark : std::uint8_t { fresh, open, done };

// Depth-first over ids; kept iterative so that a long chain of references cannot exhaust the stack.
class Order {
  public:
    explicit Order(const RuleSet& rules) {
        needs_.resize(rules.aid_ids.size());
        last_.resize(rules.aid_ids.size(), false);
        for (const Aid& aid : rules.aids) {
            needs_[aid.index].insert(needs_[aid.index].end(), aid.reads.begin(), aid.reads.end());
            if (aid.reads_other_aids) last_[aid.index] = true;
        }
        for (AidIndex i = 0; i < needs_.size(); ++i) {
            if (last_[i]) add_all_first(needs_[i]);
            std::sort(needs_[i].begin(), needs_[i].end());
            needs_[i].erase(std::unique(needs_[i].begin(), needs_[i].end()), needs_[i].end());
        }
    }

    // True when every id could be placed; otherwise cycle() tells.
    bool run() {
        marks_.assign(needs_.size(), Mark::fresh);
        for (AidIndex i = 0; i < needs_.size(); ++i) {
            if (marks_[i] == Mark::fresh && !visit(i)) return false;
        }
        return true;
    }

    const std::vector<AidIndex>& placed() const { return placed_; }
    const std::vector<AidIndex>& cycle() const { return cycle_; }
    bool last(AidIndex index) const { return last_[index]; }

    // Whether `from` comes after `to` because it needs it, directly or not.
    bool reaches(AidIndex from, AidIndex to) const {
        std::vector<bool> seen(needs_.size(), false);
        std::vector<AidIndex> open = {from};
        while (!open.empty()) {
            const AidIndex at = open.back();
            open.pop_back();
            if (at == to) return true;
            if (seen[at]) continue;
            seen[at] = true;
            open.insert(open.end(), needs_[at].begin(), needs_[at].end());
        }
        return false;
    }

  private:
    void add_all_first(std::vector<AidIndex>& needs) const {
        for (AidIndex i = 0; i < last_.size(); ++i) {
            if (!last_[i]) needs.push_back(i);
        }
    }

    bool visit(AidIndex start) {
        std::vector<std::pair<AidIndex, std::size_t>> path = {{start, 0}};
        marks_[start] = Mark::open;
        while (!path.empty()) {
            auto& [at, next] = path.back();
            if (next == needs_[at].size()) {
                marks_[at] = Mark::done;
                placed_.push_back(at);
                path.pop_back();
                continue;
            }
            const AidIndex need = needs_[at][next++];
            if (marks_[need] == Mark::open) {
                remember_cycle(path, need);
                return false;
            }
            if (marks_[need] == Mark::done) continue;
            marks_[need] = Mark::open;
            path.emplace_back(need, 0);
        }
        return true;
    }

    void remember_cycle(const std::vector<std::pair<AidIndex, std::size_t>>& path, AidIndex to) {
        bool inside = false;
        for (const auto& [at, next] : path) {
            inside = inside || at == to;
            if (inside) cycle_.push_back(at);
        }
        cycle_.push_back(to);
    }

    std::vector<std::vector<AidIndex>> needs_;
    std::vector<bool> last_;
    std::vector<Mark> marks_;
    std::vector<AidIndex> placed_;
    std::vector<AidIndex> cycle_;
};

const Aid& first_version(const RuleSet& rules, AidIndex index) {
    return *std::find_if(rules.aids.begin(), rules.aids.end(),
                         [&](const Aid& aid) { return aid.index == index; });
}

template <class Block>
bool places_meet(const RuleSet& rules, const Block& a, const Block& b) {
    if (!a.territory || !b.territory) return true;
    const std::vector<std::uint64_t>& x = rules.territories[*a.territory].bits;
    const std::vector<std::uint64_t>& y = rules.territories[*b.territory].bits;
    for (std::size_t i = 0; i < x.size(); ++i) {
        if ((x[i] & y[i]) != 0) return true;
    }
    return false;
}

// Two aids that each complete the others give different amounts in different orders: the text must
// choose.
std::optional<RuleError> undecided(const RuleSet& rules, const Order& order) {
    for (const Aid& a : rules.aids) {
        for (const Aid& b : rules.aids) {
            if (a.index >= b.index || !order.last(a.index) || !order.last(b.index)) continue;
            if (!a.dating.meets(b.dating) || !places_meet(rules, a, b)) continue;
            if (order.reaches(a.index, b.index) || order.reaches(b.index, a.index)) continue;
            return RuleError{b.file, b.at,
                             "« " + a.id + " » et « " + b.id +
                                 " » complètent toutes deux les autres aides : dites par « after » "
                                 "laquelle vient après l'autre."};
        }
    }
    return std::nullopt;
}

// A group chooses once the aids that its own read have been chosen; else the national one first,
// then by name.
std::optional<RuleError> put_choices_in_order(RuleSet& rules, const Order& order) {
    const auto group_count = static_cast<SchemeGroup>(rules.scheme_groups.size());
    std::vector<std::set<SchemeGroup>> needs(group_count);
    for (const Aid& a : rules.aids) {
        for (const Aid& b : rules.aids) {
            if (a.group == no_group || b.group == no_group || a.group == b.group) continue;
            if (!order.reaches(a.index, b.index)) continue;
            if (a.dating.meets(b.dating) && places_meet(rules, a, b))
                needs[a.group].insert(b.group);
        }
    }
    std::vector<bool> placed(group_count, false);
    const auto ready = [&](SchemeGroup group) {
        return !placed[group] &&
               std::ranges::all_of(needs[group], [&](SchemeGroup need) { return placed[need]; });
    };
    while (rules.choices.size() < group_count) {
        SchemeGroup next = 0;
        while (next < group_count && !ready(next)) ++next;
        if (next == group_count) break;
        placed[next] = true;
        rules.choices.push_back(next);
    }
    for (const Aid& aid : rules.aids) {
        if (aid.group == no_group || placed[aid.group]) continue;
        return RuleError{aid.file, aid.at,
                         "Le choix « " + rules.scheme_groups[aid.group] +
                             " » attend celui d'un autre groupe d'aides, qui l'attend aussi."};
    }
    return std::nullopt;
}

// The ids of limits that come before a limit because it says so, directly or not.
std::set<std::string> before(const RuleSet& rules, const std::string& id) {
    std::set<std::string> found;
    std::vector<std::string> open = {id};
    while (!open.empty()) {
        const std::string at = open.back();
        open.pop_back();
        for (const Limit& limit : rules.limits) {
            if (limit.id != at) continue;
            for (const std::string& earlier : limit.after) {
                if (found.insert(earlier).second) open.push_back(earlier);
            }
        }
    }
    return found;
}

// What one limit cuts, another counts: then the order of the two changes amounts.
bool touch(const Limit& a, const Limit& b) {
    const auto counted = [](const Limit& limit) {
        return [&limit](AidIndex index) { return bool{limit.counted[index]}; };
    };
    return std::ranges::any_of(a.cuts, counted(b)) || std::ranges::any_of(b.cuts, counted(a));
}

std::optional<RuleError> put_limits_in_order(RuleSet& rules) {
    std::map<std::string, std::set<std::string>> needs;
    for (const Limit& limit : rules.limits) needs[limit.id] = before(rules, limit.id);
    for (const Limit& limit : rules.limits) {
        for (const std::string& earlier : limit.after) {
            if (needs.contains(earlier)) continue;
            return RuleError{limit.file, limit.at,
                             "Aucun plafond ne s'appelle « " + shown(earlier) + " »."};
        }
        if (needs[limit.id].contains(limit.id)) {
            return RuleError{limit.file, limit.at, "Ce plafond viendrait après lui-même."};
        }
        for (const Limit& other : rules.limits) {
            if (other.id >= limit.id || !other.dating.meets(limit.dating)) continue;
            if (!places_meet(rules, other, limit)) continue;
            if (!touch(other, limit) || needs[other.id].contains(limit.id) ||
                needs[limit.id].contains(other.id)) {
                continue;
            }
            return RuleError{limit.file, limit.at,
                             "« " + other.id + " » et « " + limit.id +
                                 " » réduisent les mêmes aides : dites par « after » lequel "
                                 "s'applique après l'autre."};
        }
    }
    // Whoever comes after a limit needs more limits than it; the rest goes by name.
    std::ranges::stable_sort(rules.limits, [&](const Limit& a, const Limit& b) {
        return std::tuple(needs[a.id].size(), a.id, a.dating.windows.front().from) <
               std::tuple(needs[b.id].size(), b.id, b.dating.windows.front().from);
    });
    return std::nullopt;
}

}  // namespace

std::optional<RuleError> put_in_order(RuleSet& rules) {
    Order order(rules);
    if (!order.run()) {
        std::string path;
        for (const AidIndex index : order.cycle()) {
            path += (path.empty() ? "" : " → ") + rules.aid_ids[index];
        }
        const Aid& aid = first_version(rules, order.cycle().front());
        return RuleError{aid.file, aid.at, "Ces aides tournent en rond : " + path + "."};
    }
    if (std::optional<RuleError> error = undecided(rules, order)) return error;
    if (std::optional<RuleError> error = put_choices_in_order(rules, order)) return error;
    if (std::optional<RuleError> error = put_limits_in_order(rules)) return error;
    std::vector<std::size_t> rank(rules.aid_ids.size());
    for (std::size_t i = 0; i < order.placed().size(); ++i) rank[order.placed()[i]] = i;
    std::stable_sort(rules.aids.begin(), rules.aids.end(), [&](const Aid& a, const Aid& b) {
        return std::pair(rank[a.index], a.dating.windows.front().from) <
               std::pair(rank[b.index], b.dating.windows.front().from);
    });
    return std::nullopt;
}

}  // namespace deodat::rules
