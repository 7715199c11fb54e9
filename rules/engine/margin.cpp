#include "rules/engine/margin.h"

#include <algorithm>

#include "rules/engine/wording.h"

namespace deodat::rules {
namespace {

using syntax::RoundHow;
using syntax::RoundTo;

constexpr std::int64_t lowest = INT64_MIN;
constexpr std::int64_t highest = INT64_MAX;

// Whole euros without their cents, as people say a distance.
std::string euros(std::int64_t cents) {
    std::string text = french_cents(cents);
    const std::size_t zero_cents = text.find(",00");
    if (zero_cents != std::string::npos) text.erase(zero_cents, 3);
    return text;
}

std::string counted(std::int64_t count, std::string_view unit) {
    return std::to_string(count) + "\u00a0" + std::string(unit) + (count >= 2 ? "s" : "");
}

bool counts_years(const Node& node) {
    return node.op == Op::fact && static_cast<FactId>(node.value) == FactId::built_year;
}

bool is_percentage(const Node& node) {
    return node.fact >= 0 && fact(static_cast<FactId>(node.fact)).unit == "%";
}

std::string value_text(const Node& node, std::int64_t value) {
    return node.type == Type::money ? euros(value) : french_value(node, value);
}

// A difference of two values, in their unit: percentages differ by points, dates by days.
std::string distance_text(const Node& node, std::int64_t distance) {
    if (node.type == Type::date) return counted(distance, "jour");
    if (counts_years(node)) return counted(distance, "an");
    if (is_percentage(node)) return counted(distance, "point");
    if (node.type != Type::rate) return value_text(node, distance);
    std::string points = french_rate(distance);
    points.resize(points.size() - std::string_view("%").size());
    return points + (distance >= 200 ? "points" : "point");
}

std::string instead_of(const std::string& wanted) {
    const bool elided = std::string_view("aeiouh").find(wanted.front()) != std::string_view::npos;
    return (elided ? ", au lieu d'" : ", au lieu de ") + wanted;
}

// What a value may be: intervals, and the bound that may only be approached, where there is one.
struct Allowed {
    std::vector<Interval> intervals;
    std::optional<std::int64_t> approached;
};

struct Nearest {
    std::int64_t bound;
    std::int64_t distance;
    bool below;  // the value lies below the bound
};

std::optional<Nearest> nearest(const std::vector<Interval>& intervals, std::int64_t value) {
    std::optional<Nearest> best;
    for (const Interval& interval : intervals) {
        // Rounded to the cent, a value may lie on its bound.
        const bool within = value >= interval.low && value <= interval.high;
        const bool below = within ? interval.low != lowest : value < interval.low;
        const std::int64_t bound = below ? interval.low : interval.high;
        const std::int64_t distance = within ? 0 : below ? bound - value : value - bound;
        if (!best || distance < best->distance) best = Nearest{bound, distance, below};
    }
    return best;
}

std::vector<Interval> outside(std::vector<Interval> intervals) {
    std::ranges::sort(intervals, {}, &Interval::low);
    std::vector<Interval> out;
    std::int64_t from = lowest;
    for (const Interval& interval : intervals) {
        if (interval.low > from) out.push_back({from, interval.low - 1});
        if (interval.high == highest) return out;
        from = std::max(from, interval.high + 1);
    }
    out.push_back({from, highest});
    return out;
}

// Money at a scale becomes whole cents, its bounds too, on the side that the comparison allows.
Allowed allowed_by(Op op, const Node& bound, Int128 number) {
    const auto cents = [&](RoundHow how) {
        return rounded_cents(number, bound.scale, RoundTo::cent, how);
    };
    const bool dense = bound.type == Type::money || bound.type == Type::rate;
    const auto approached = [&](std::int64_t value) {
        return dense ? std::optional(value) : std::nullopt;
    };
    const std::int64_t low = cents(RoundHow::down);
    const std::int64_t high = cents(RoundHow::up);
    if (op == Op::less) return {{{lowest, high - 1}}, approached(high)};
    if (op == Op::less_equal) return {{{lowest, low}}, {}};
    if (op == Op::greater) return {{{low + 1, highest}}, approached(low)};
    if (op == Op::greater_equal) return {{{high, highest}}, {}};
    if (op == Op::equal) return {{{low, high}}, {}};
    return {outside({{low, high}}), {}};
}

class Reader {
  public:
    Reader(const Aid& aid, Frame& frame) : rules_(frame.rules), aid_(aid), frame_(frame) {}

    // Each part of the test whose answer is not the wanted one.
    void read(NodeIndex test, bool wanted, std::vector<Miss>& out) {
        const Node& node = rules_.nodes[test];
        if (node.op == Op::logical_not) return read(child(node, 0), !wanted, out);
        if (node.op == Op::logical_and || node.op == Op::logical_or) {
            return read_sides(node, wanted, out);
        }
        out.push_back(one(test, node, wanted));
    }

    std::optional<Miss> table(NodeIndex figure) {
        const Node& node = rules_.nodes[figure];
        if (node.op == Op::base || node.op == Op::rate) {
            return table(node.op == Op::base ? aid_.base : aid_.rate);
        }
        if (node.op == Op::when) {
            const bool taken = ask(frame_, child(node, 1)) == Answer::yes;
            if (!taken && node.count < 3) return std::nullopt;
            return table(child(node, taken ? 0 : 2));
        }
        if (node.op == Op::table) return table_row(node);
        for (std::uint32_t i = 0; i < node.count; ++i) {
            if (std::optional<Miss> found = table(child(node, i))) return found;
        }
        return std::nullopt;
    }

  private:
    NodeIndex child(const Node& node, std::size_t i) const { return rules_.links[node.first + i]; }
    std::string name(NodeIndex subject) const { return wording(rules_, subject); }

    void read_sides(const Node& node, bool wanted, std::vector<Miss>& out) {
        std::vector<Miss> sides;
        for (std::size_t i = 0; i < 2; ++i) {
            const Answer answer = ask(frame_, child(node, i));
            if (answer == (wanted ? Answer::no : Answer::yes)) {
                read(child(node, i), wanted, sides);
            }
        }
        const bool one_would_do = (node.op == Op::logical_or) == wanted;
        if (!one_would_do || sides.size() == 1) {
            for (Miss& side : sides) out.push_back(std::move(side));
            return;
        }
        Miss all{"aucune des possibilités n'est remplie (", false, {}};
        for (std::size_t i = 0; i < sides.size(); ++i) {
            all.text += (i > 0 ? " ; " : "") + sides[i].text;
            all.measured = all.measured || sides[i].measured;
        }
        all.text += ")";
        out.push_back(std::move(all));
    }

    // A test that is neither « not », « and » nor « or ». A new kind of test is worded here.
    Miss one(NodeIndex test, const Node& node, bool wanted) {
        if (is_comparison(node.op)) return compared(node, wanted ? node.op : opposite(node.op));
        if (node.op == Op::in_set) {
            Allowed allowed{rules_.rows[static_cast<std::size_t>(node.value)].intervals, {}};
            if (!wanted) allowed.intervals = outside(allowed.intervals);
            return missed(child(node, 0), allowed);
        }
        if (node.op == Op::in_territory) {
            const bool home = node.count == 1;
            const Commune& place = frame_.facts.commune_of(home ? FactId::household_commune
                                                                : FactId::dwelling_commune);
            return {std::string(home ? "domicile" : "logement") + " situé à " +
                        std::string(place.name) + (wanted ? ", hors de : " : ", dans : ") +
                        rules_.territories[static_cast<std::size_t>(node.value)].french,
                    false,
                    {}};
        }
        if (wanted) return {wording_of_contrary(rules_, test), false, {}};
        return {name(test) + (node.op == Op::fact ? " : oui" : ""), false, {}};
    }

    Miss compared(const Node& node, Op op) {
        NodeIndex left = child(node, 0);
        NodeIndex right = child(node, 1);
        if (rules_.nodes[left].op == Op::constant) {
            std::swap(left, right);
            op = mirrored(op);
        }
        const Node& bound = rules_.nodes[right];
        const Int128 number = evaluate(frame_, right).number;
        return missed(left, allowed_by(op, bound, number));
    }

    Miss missed(NodeIndex subject, const Allowed& allowed) {
        const Node& node = rules_.nodes[subject];
        const std::int64_t value = rounded_cents(evaluate(frame_, subject).number, node.scale,
                                                 RoundTo::cent, RoundHow::half_up);
        if (node.type == Type::choice) return choice(subject, value, allowed.intervals);
        if (node.type == Type::boolean) {
            return {name(subject) + " : " + french_value(node, value), false, {}};
        }
        return quantity(subject, value, allowed);
    }

    Miss quantity(NodeIndex subject, std::int64_t value, const Allowed& allowed) const {
        const Node& node = rules_.nodes[subject];
        Miss miss{name(subject) + " : ", true, {}};
        const std::optional<Nearest> near = nearest(allowed.intervals, value);
        if (!near) return {miss.text + value_text(node, value), false, {}};
        if (node.type == Type::money) miss.cents = std::max<std::int64_t>(near->distance, 1);
        if (allowed.approached) {
            miss.text += beyond(node, value, *allowed.approached, near->below);
            return miss;
        }
        const std::string bound = value_text(node, near->bound);
        const std::string distance = distance_text(node, std::max<std::int64_t>(near->distance, 1));
        miss.text += value_text(node, value) + ", " + distance;
        if (node.type == Type::date) {
            miss.text += (near->below ? " avant le " : " après le ") + bound;
        } else if (counts_years(node)) {
            miss.text += (near->below ? " avant " : " après ") + bound;
        } else if (near->below) {
            miss.text += " de moins que le minimum de " + bound;
        } else if (node.type == Type::money) {
            miss.text += " au-dessus du maximum de " + bound;
        } else {
            miss.text += " de plus que le maximum de " + bound;
        }
        return miss;
    }

    // A bound of money or of a rate that may be approached and not reached.
    static std::string beyond(const Node& node, std::int64_t value, std::int64_t bound,
                              bool below) {
        const std::string asked =
            value_text(node, bound) +
            (below ? ", qu'il faut dépasser" : ", qu'il ne faut pas atteindre");
        if (value == bound) return "exactement " + asked;
        const std::int64_t distance = below ? bound - value : value - bound;
        return value_text(node, value) + ", " + distance_text(node, distance) +
               (below ? " de moins que " : " de plus que ") + asked;
    }

    Miss choice(NodeIndex subject, std::int64_t value, std::vector<Interval> intervals) const {
        const Node& node = rules_.nodes[subject];
        const auto last = static_cast<std::int64_t>(node.choices->values.size()) - 1;
        std::vector<std::string> wanted;
        std::vector<Interval> within;
        for (Interval& interval : intervals) {
            interval = {std::max<std::int64_t>(interval.low, 0), std::min(interval.high, last)};
            if (interval.low <= interval.high) within.push_back(interval);
            for (std::int64_t i = interval.low; i <= interval.high; ++i) {
                wanted.push_back(french_value(node, i));
            }
        }
        const std::string found = name(subject) + " : " + french_value(node, value);
        if (wanted.empty()) return {found + ", qu'aucune valeur ne satisfait", false, {}};
        if (!node.choices->ordered()) {
            return {found + instead_of(enumerated(wanted, " ou ")), false, {}};
        }
        const Nearest near = *nearest(within, value);
        if (node.op == Op::income_class && frame_.scale != nullptr) return income(found, near);
        return {found + ", " + counted(near.distance, node.choices->degree) + " d'écart avec " +
                    french_value(node, near.bound),
                true,
                {}};
    }

    // A class of income stands for an income: the distance that counts is in euros.
    Miss income(const std::string& found, const Nearest& near) const {
        const Facts& facts = frame_.facts;
        const std::int64_t persons = facts.get(FactId::persons);
        const std::int64_t income = facts.get(FactId::reference_income);
        const std::int64_t limiting = near.below ? near.bound - 1 : near.bound;
        const std::int64_t ceiling =
            frame_.scale->ceiling(static_cast<Zone>(facts.get(FactId::zone)),
                                  static_cast<IncomeClass>(limiting), persons);
        const std::int64_t distance = near.below ? ceiling - income : income - ceiling;
        const std::string class_name(
            income_classes().values[static_cast<std::size_t>(limiting)].french);
        std::string text = found + ", revenu de " + euros(income) + " pour " +
                           counted(persons, "personne") + " : ";
        if (distance == 0) {
            text += "exactement le plafond « " + class_name + " » de " + euros(ceiling) +
                    (near.below ? ", qu'il faut dépasser" : ", qu'il ne faut pas atteindre");
        } else {
            text += euros(distance) + (near.below ? " de moins que" : " au-dessus") +
                    (near.below ? " le" : " du") + " plafond « " + class_name + " » de " +
                    euros(ceiling) + (near.below ? ", qu'il faut dépasser" : "");
        }
        return {std::move(text), true, std::max<std::int64_t>(distance, 1)};
    }

    std::optional<Miss> table_row(const Node& node) {
        const NodeIndex key = child(node, 0);
        const Exact value = evaluate(frame_, key);
        if (!value.known) return std::nullopt;
        const TableRow* row = row_of(rules_, node, static_cast<std::int64_t>(value.number));
        if (row != nullptr) return table(row->value);
        Allowed rows;
        for (std::uint32_t i = 1; i < node.count; ++i) {
            const TableRow& one = rules_.rows[static_cast<std::size_t>(node.value) + i - 1];
            rows.intervals.insert(rows.intervals.end(), one.intervals.begin(), one.intervals.end());
        }
        return missed(key, rows);
    }

    const RuleSet& rules_;
    const Aid& aid_;
    Frame& frame_;
};

}  // namespace

std::vector<Miss> misses(const Aid& aid, Frame& frame, NodeIndex test) {
    const Untouched kept(frame);
    std::vector<Miss> out;
    Reader(aid, frame).read(test, true, out);
    return out;
}

std::optional<Miss> outside_tables(const Aid& aid, Frame& frame, NodeIndex figure) {
    const Untouched kept(frame);
    return Reader(aid, frame).table(figure);
}

}  // namespace deodat::rules
