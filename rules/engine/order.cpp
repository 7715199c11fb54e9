#include "rules/engine/order.h"

#include <algorithm>

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

bool windows_meet(const Aid& a, const Aid& b) {
    for (const Window& x : a.windows) {
        for (const Window& y : b.windows) {
            if (x.from <= y.until && y.from <= x.until) return true;
        }
    }
    return false;
}

bool places_meet(const RuleSet& rules, const Aid& a, const Aid& b) {
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
            if (!windows_meet(a, b) || !places_meet(rules, a, b)) continue;
            if (order.reaches(a.index, b.index) || order.reaches(b.index, a.index)) continue;
            return RuleError{b.file, b.at,
                             "« " + a.id + " » et « " + b.id +
                                 " » complètent toutes deux les autres aides : dites par « after » "
                                 "laquelle vient après l'autre."};
        }
    }
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
    std::vector<std::size_t> rank(rules.aid_ids.size());
    for (std::size_t i = 0; i < order.placed().size(); ++i) rank[order.placed()[i]] = i;
    std::stable_sort(rules.aids.begin(), rules.aids.end(), [&](const Aid& a, const Aid& b) {
        return std::pair(rank[a.index], a.windows.front().from) <
               std::pair(rank[b.index], b.windows.front().from);
    });
    return std::nullopt;
}

}  // namespace deodat::rules
