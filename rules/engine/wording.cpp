#include "rules/engine/wording.h"

#include "ledger/base/money.h"

namespace deodat::rules {
namespace {

// French: plural from two on; "mois", "m²" and "%" do not change.
std::string with_unit(std::int64_t value, const Node& node) {
    const std::string number = (value < 0 ? "−" : "") + std::to_string(value < 0 ? -value : value);
    if (node.fact < 0) return number;
    const std::string_view unit = fact(static_cast<FactId>(node.fact)).unit;
    if (unit.empty()) return number;
    const bool changes = unit.back() >= 'a' && unit.back() <= 'z' && unit.back() != 's';
    const bool plural = changes && (value >= 2 || value <= -2);
    return number + "\u00a0" + std::string(unit) + (plural ? "s" : "");
}

std::string_view sign_of(Op op) {
    if (op == Op::add) return " + ";
    if (op == Op::subtract) return " − ";
    return " × ";
}

// What stands between a noun phrase and the quantity it is compared with: « âge du logement d'au
// moins 15 ans ».
std::string_view between_quantities(Op op) {
    if (op == Op::less) return " de moins de ";
    if (op == Op::less_equal) return " d'au plus ";
    if (op == Op::greater) return " de plus de ";
    if (op == Op::greater_equal) return " d'au moins ";
    return op == Op::equal ? " d'exactement " : " autre que ";
}

std::string_view between_dates(Op op) {
    if (op == Op::less) return " avant le ";
    if (op == Op::less_equal) return " jusqu'au ";
    if (op == Op::greater) return " après le ";
    if (op == Op::greater_equal) return " à partir du ";
    return op == Op::equal ? " le " : " autre que le ";
}

std::string_view between_years(Op op) {
    if (op == Op::less) return " avant ";
    if (op == Op::less_equal) return " jusqu'à ";
    if (op == Op::greater) return " après ";
    if (op == Op::greater_equal) return " à partir de ";
    return op == Op::equal ? " " : " autre que ";
}

std::string_view between(const Node& left, Op op) {
    if (left.type == Type::date) return between_dates(op);
    if (left.op == Op::fact && static_cast<FactId>(left.value) == FactId::built_year) {
        return between_years(op);
    }
    return between_quantities(op);
}

std::string interval_text(const Interval& interval, const Node& key) {
    if (interval.low == interval.high) return french_value(key, interval.low);
    const bool whole = key.type == Type::number;
    if (interval.high == INT64_MAX) {
        return (whole ? "au moins " : "à partir de ") + french_value(key, interval.low);
    }
    if (interval.low == INT64_MIN) return "jusqu'à " + french_value(key, interval.high);
    return french_value(key, interval.low) + " à " + french_value(key, interval.high);
}

std::string row_text(const TableRow& row, const Node& key) {
    if (row.others) return "autres";
    std::string out;
    for (const Interval& interval : row.intervals) {
        out += (out.empty() ? "" : ", ") + interval_text(interval, key);
    }
    return out;
}

bool is_condition(Op op) {
    return op == Op::logical_or || op == Op::logical_and || op == Op::logical_not ||
           op == Op::in_set || op == Op::in_territory || op == Op::in_perimeter ||
           is_comparison(op);
}

// How tightly an operator binds: what binds less than its parent is put in brackets.
int strength(Op op) {
    if (op == Op::when) return 0;
    if (op == Op::logical_or) return 1;
    if (op == Op::logical_and) return 2;
    if (op == Op::add || op == Op::subtract) return 4;
    if (op == Op::multiply) return 5;
    return is_condition(op) ? 3 : 6;
}

class Writer {
  public:
    Writer(const RuleSet& rules, const Aid* aid, Frame* frame)
        : rules_(rules), aid_(aid), frame_(frame) {}

    std::string text(NodeIndex index) const {
        const Node& node = rules_.nodes[index];
        switch (node.op) {
            case Op::constant:
                return french_value(node, node.value);
            case Op::fact:
            case Op::income_class:
            case Op::eligible_lines:
                return fact_text(index, node);
            case Op::base:
                return own(aid_ == nullptr ? no_node : aid_->base, "la base");
            case Op::rate:
                return own(aid_ == nullptr ? no_node : aid_->rate, "le taux");
            case Op::amount:
                return valued() ? french_cents(frame_->amount_cents) : "le montant";
            case Op::logical_not:
                return negated(child(node, 0));
            case Op::logical_or:
            case Op::logical_and:
                return either_or_both(node);
            case Op::less:
            case Op::less_equal:
            case Op::greater:
            case Op::greater_equal:
            case Op::equal:
            case Op::not_equal:
                return comparison(node, node.op);
            case Op::add:
            case Op::subtract:
            case Op::multiply:
                return binary(node);
            case Op::rescale:
                return text(child(node, 0));
            case Op::minimum:
                return listed("min(", node);
            case Op::maximum:
                return listed("max(", node);
            case Op::up_to:
                return "min(" + text(child(node, 0)) + ", plafond " + text(child(node, 1)) + ")";
            case Op::when:
                return when(node);
            case Op::table:
                return table(node);
            case Op::in_set:
                return text(child(node, 0)) + " " + set(node);
            case Op::in_territory:
                return territory(node, " situé dans : ");
            case Op::in_perimeter:
                return "logement situé dans le " + perimeter(node);
            case Op::ceiling_of:
                return valued_money(
                    index,
                    "plafond de ressources " +
                        std::string(
                            income_classes().values[static_cast<std::size_t>(node.value)].french));
            case Op::ht_of:
                return valued_money(index, "montant HT de « " + quoted_name(node) + " »");
            case Op::ht_at:
                return valued_money(
                    index, "montant HT des travaux à " + french_rate(node.value) + " de TVA");
            case Op::to_the_euro:
                return to_the_euro(index, node);
            case Op::each_trade:
                return each_trade(index, node);
            case Op::trade_ht:
                return valued() ? french_cents(frame_->trade_cents) : "montant HT du corps d'état";
            case Op::amount_of:
                return of_aid(index, node, "montant de ");
            case Op::base_of:
                return of_aid(index, node, "base de ");
            case Op::granted:
                return "aide accordée : " + label_of(node);
            case Op::eligible:
                return "droit à l'aide : " + label_of(node);
            case Op::other_aids:
                return valued() ? french_cents(frame_->other_aids_cents) : "les autres aides";
        }
        return "";
    }

    // What is true when a condition is not: « travaux commencés avant le dépôt : non ».
    std::string negated(NodeIndex index) const {
        const Node& node = rules_.nodes[index];
        if (node.op == Op::in_territory) return territory(node, " situé hors de : ");
        if (node.op == Op::in_set) return text(child(node, 0)) + " autre que " + set(node);
        if (is_comparison(node.op)) return comparison(node, opposite(node.op));
        if (node.op == Op::in_perimeter) return "logement situé hors du " + perimeter(node);
        if (node.op == Op::granted) return "aide non accordée : " + label_of(node);
        if (node.op == Op::eligible) return "pas de droit à l'aide : " + label_of(node);
        if (is_condition(node.op)) return "non (" + text(index) + ")";
        return text(index) + " : non";
    }

  private:
    bool valued() const { return frame_ != nullptr; }
    NodeIndex child(const Node& node, std::size_t i) const { return rules_.links[node.first + i]; }

    std::string wrapped(NodeIndex index, int needed) const {
        const std::string inner = text(index);
        return strength(effective(index)) < needed ? "(" + inner + ")" : inner;
    }

    // What the reader sees in place of the node: a `when` shows the side it takes, own names what
    // they stand for.
    Op effective(NodeIndex index) const {
        const Node& node = rules_.nodes[index];
        if (node.op == Op::rescale) return effective(child(node, 0));
        if (!valued()) return node.op;
        if (node.op == Op::base && aid_ != nullptr) return effective(aid_->base);
        if (node.op == Op::rate && aid_ != nullptr) return effective(aid_->rate);
        if (node.op == Op::when && ask(*frame_, child(node, 1)) == Answer::yes) {
            return effective(child(node, 0));
        }
        return node.op == Op::when ? Op::constant : node.op;
    }

    std::string fact_text(NodeIndex index, const Node& node) const {
        const Fact& row = fact(static_cast<FactId>(node.fact));
        if (!valued()) return std::string(row.french);
        const Exact value = evaluate(*frame_, index);
        if (!value.known) return std::string(row.french) + " (à vérifier)";
        return french_value(node, static_cast<std::int64_t>(value.number));
    }

    std::string valued_money(NodeIndex index, const std::string& name) const {
        if (!valued()) return name;
        return french_cents(static_cast<std::int64_t>(evaluate(*frame_, index).number));
    }

    const std::string& quoted_name(const Node& node) const {
        return rules_.quoted_names[static_cast<std::size_t>(node.value)];
    }

    std::string to_the_euro(NodeIndex index, const Node& node) const {
        const auto how = static_cast<syntax::RoundHow>(node.value);
        std::string text = "(" + this->text(child(node, 0)) + ") arrondi à l'euro ";
        if (how == syntax::RoundHow::down) text += "inférieur";
        if (how == syntax::RoundHow::up) text += "supérieur";
        if (how == syntax::RoundHow::half_up) text += "le plus proche";
        return valued_money(index, text);
    }

    // The sum over trades stands as one figure: its parts are the quote's own lines.
    std::string each_trade(NodeIndex index, const Node& node) const {
        const std::string rule = Writer(rules_, nullptr, nullptr).text(child(node, 0));
        if (!valued()) return "pour chaque corps d'état, (" + rule + ")";
        const Int128 sum = evaluate(*frame_, index).number;
        return french_cents(rounded_cents(sum, node.scale, syntax::RoundTo::cent,
                                          syntax::RoundHow::half_up)) +
               " (somme, par corps d'état, de " + rule + ")";
    }

    std::string own(NodeIndex index, std::string_view name) const {
        return valued() && index != no_node ? text(index) : std::string(name);
    }

    // A list of choices in a longer condition stands in brackets: it has an « ou » of its own.
    std::string either_or_both(const Node& node) const {
        std::string out;
        for (std::size_t i = 0; i < 2; ++i) {
            const NodeIndex side = child(node, i);
            const Node& part = rules_.nodes[side];
            const bool list = (part.op == Op::in_set || is_comparison(part.op)) &&
                              rules_.nodes[child(part, 0)].type == Type::choice;
            if (i > 0) out += node.op == Op::logical_or ? " ou " : " et ";
            out += list ? "(" + text(side) + ")" : wrapped(side, strength(node.op));
        }
        return out;
    }

    std::string comparison(const Node& node, Op op) const {
        NodeIndex left = child(node, 0);
        NodeIndex right = child(node, 1);
        if (rules_.nodes[left].op == Op::constant && rules_.nodes[right].op != Op::constant) {
            std::swap(left, right);
            op = mirrored(op);
        }
        const Node& subject = rules_.nodes[left];
        const Node& bound = rules_.nodes[right];
        if (subject.type == Type::choice && bound.op == Op::constant) {
            return text(left) + " " + choices(subject, op, bound.value);
        }
        if (subject.type == Type::choice || subject.type == Type::boolean) {
            return text(left) + (op == Op::equal ? " égal à " : " autre que ") + text(right);
        }
        return text(left) + std::string(between(subject, op)) + text(right);
    }

    // The values that an ordered comparison leaves: « très modeste ou modeste ».
    static std::string choices(const Node& subject, Op op, std::int64_t bound) {
        std::vector<std::string> left;
        const auto count = static_cast<std::int64_t>(subject.choices->values.size());
        for (std::int64_t i = 0; i < count; ++i) {
            if (compares(op, i, bound)) left.push_back(french_value(subject, i));
        }
        return left.empty() ? "aucune valeur" : enumerated(left, " ou ");
    }

    std::string binary(const Node& node) const {
        const int needed = strength(node.op);
        const int right_needed = node.op == Op::subtract ? needed + 1 : needed;
        return wrapped(child(node, 0), needed) + std::string(sign_of(node.op)) +
               wrapped(child(node, 1), right_needed);
    }

    std::string listed(std::string out, const Node& node) const {
        for (std::size_t i = 0; i < node.count; ++i) {
            out += (i == 0 ? "" : ", ") + text(child(node, i));
        }
        return out + ")";
    }

    std::string when(const Node& node) const {
        if (!valued()) {
            const std::string value = text(child(node, 0));
            const std::string condition = text(child(node, 1));
            const std::string otherwise = node.count == 3 ? text(child(node, 2)) : "";
            return value + " si " + condition + (otherwise.empty() ? "" : ", sinon " + otherwise);
        }
        if (ask(*frame_, child(node, 1)) == Answer::yes) return text(child(node, 0));
        if (node.count == 3) return text(child(node, 2));
        return french_value({.op = Op::constant, .type = node.type}, 0);
    }

    std::string table(const Node& node) const {
        const Node& key = rules_.nodes[child(node, 0)];
        if (valued()) {
            const Exact value = evaluate(*frame_, child(node, 0));
            if (!value.known) return text(child(node, 0));
            const TableRow* row = row_of(rules_, node, static_cast<std::int64_t>(value.number));
            return row == nullptr ? "hors du tableau" : text(row->value);
        }
        std::string out = "selon " + text(child(node, 0)) + " {";
        for (std::uint32_t i = 1; i < node.count; ++i) {
            const TableRow& row = rules_.rows[static_cast<std::size_t>(node.value) + i - 1];
            out += (i == 1 ? "" : " ; ") + row_text(row, key) + " : " + text(row.value);
        }
        return out + "}";
    }

    // Choices one by one, numbers by interval.
    std::string set(const Node& node) const {
        const Node& key = rules_.nodes[child(node, 0)];
        std::vector<std::string> values;
        for (const Interval& interval :
             rules_.rows[static_cast<std::size_t>(node.value)].intervals) {
            if (key.type != Type::choice) {
                values.push_back(interval_text(interval, key));
                continue;
            }
            // An open end stops where the list does.
            const auto last = static_cast<std::int64_t>(key.choices->values.size()) - 1;
            for (std::int64_t i = std::max<std::int64_t>(interval.low, 0);
                 i <= std::min(interval.high, last); ++i) {
                values.push_back(french_value(key, i));
            }
        }
        return enumerated(values, " ou ");
    }

    std::string territory(const Node& node, std::string_view link) const {
        return std::string(node.count == 1 ? "domicile" : "logement") + std::string(link) +
               rules_.territories[static_cast<std::size_t>(node.value)].french;
    }

    std::string perimeter(const Node& node) const {
        return "périmètre « " + quoted_name(node) + " »";
    }

    std::string label_of(const Node& node) const {
        for (const Aid& aid : rules_.aids) {
            if (aid.index == static_cast<AidIndex>(node.value)) return "« " + aid.label + " »";
        }
        return rules_.aid_ids[static_cast<std::size_t>(node.value)];
    }

    std::string of_aid(NodeIndex index, const Node& node, std::string_view name) const {
        if (!valued()) return std::string(name) + label_of(node);
        const Exact value = evaluate(*frame_, index);
        return french_cents(rounded_cents(value.number, node.scale, syntax::RoundTo::cent,
                                          syntax::RoundHow::half_up));
    }

    const RuleSet& rules_;
    const Aid* aid_;
    Frame* frame_;
};

}  // namespace

std::string wording(const RuleSet& rules, NodeIndex node) {
    return Writer(rules, nullptr, nullptr).text(node);
}

std::string wording_of_contrary(const RuleSet& rules, NodeIndex test) {
    return Writer(rules, nullptr, nullptr).negated(test);
}

std::string requirement(const RuleSet& rules, NodeIndex test) {
    const Node& node = rules.nodes[test];
    if (node.op == Op::logical_not) {
        const NodeIndex denied = rules.links[node.first];
        const Op op = rules.nodes[denied].op;
        if (!is_condition(op)) return "Il ne faut pas : " + wording(rules, denied) + ".";
    }
    return "Il faut : " + wording(rules, test) + ".";
}

std::string wording_with_values(const Aid& aid, Frame& frame, NodeIndex node) {
    return Writer(frame.rules, &aid, &frame).text(node);
}

std::string row_wording(const TableRow& row, const Node& key) {
    return row_text(row, key);
}

std::string french_cents(std::int64_t cents) {
    if (Money::in_range(cents)) return french(Money::cents(cents));
    return std::to_string(cents) + " centimes";
}

std::string french_rate(std::int64_t basis_points) {
    const std::int64_t rest = (basis_points < 0 ? -basis_points : basis_points) % 100;
    const std::int64_t whole = (basis_points < 0 ? -basis_points : basis_points) / 100;
    std::string out = (basis_points < 0 ? "−" : "") + std::to_string(whole);
    if (rest != 0) {
        out += "," + std::to_string(rest / 10);
        if (rest % 10 != 0) out += std::to_string(rest % 10);
    }
    return out + "\u00a0%";
}

std::string enumerated(const std::vector<std::string>& values, std::string_view last_link) {
    std::string out;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i > 0) out += i + 1 == values.size() ? last_link : ", ";
        out += values[i];
    }
    return out;
}

std::string capitalised(std::string text) {
    if (text.empty()) return text;
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    if (at(0) >= 'a' && at(0) <= 'z') text[0] = static_cast<char>(at(0) - 'a' + 'A');
    // é, â, î and their like: two bytes, whose capitals lie 32 below.
    const bool accented = text.size() > 1 && at(0) == 0xC3 && at(1) >= 0xA0 && at(1) <= 0xBE;
    if (accented && at(1) != 0xB7) text[1] = static_cast<char>(at(1) - 0x20);
    return text;
}

std::string plain_words(std::string_view code) {
    std::string out(code);
    for (char& c : out) {
        if (c == '_') c = ' ';
    }
    return out;
}

std::string french_window(const Window& window) {
    const std::string from = Day::from_number(window.from).french();
    if (window.until == INT64_MAX) return "depuis le " + from;
    return "du " + from + " au " + Day::from_number(window.until).french();
}

std::string french_value(const Node& node, std::int64_t value) {
    switch (node.type) {
        case Type::boolean:
            return value != 0 ? "oui" : "non";
        case Type::number:
            return with_unit(value, node);
        case Type::money:
            return french_cents(value);
        case Type::rate:
            return french_rate(value);
        case Type::date:
            return Day::from_number(value).french();
        case Type::choice:
            return std::string(node.choices->values[static_cast<std::size_t>(value)].french);
        case Type::commune:
            return std::string(communes()[static_cast<std::size_t>(value)].name);
    }
    return "";
}

std::string first_fact_code(const RuleSet& rules, NodeIndex index) {
    const Node& node = rules.nodes[index];
    if (node.op == Op::fact || node.op == Op::income_class || node.op == Op::eligible_lines) {
        return std::string(fact(static_cast<FactId>(node.fact)).code());
    }
    if (node.op == Op::in_territory) return "territory";
    if (node.op == Op::in_perimeter) return "perimeter";
    for (std::uint32_t i = 0; i < node.count; ++i) {
        const std::string code = first_fact_code(rules, rules.links[node.first + i]);
        if (code != "condition") return code;
    }
    return "condition";
}

}  // namespace deodat::rules
