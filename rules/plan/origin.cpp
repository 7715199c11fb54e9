#include "rules/plan/origin.h"

#include <algorithm>

#include "rules/engine/margin.h"
#include "rules/engine/wording.h"

namespace deodat::rules {
namespace {

using syntax::RoundHow;
using syntax::RoundTo;

Money to_cent(Int128 number, int scale) {
    return amount_to_show(rounded_cents(number, scale, RoundTo::cent, RoundHow::half_up));
}

std::string_view french_name(IncomeClass income_class) {
    return income_classes().values[static_cast<std::size_t>(income_class)].french;
}

// What a simple test looked at: the left side of a comparison or set, the fact itself.
std::string looked_at(const Aid& aid, Frame& frame, NodeIndex test) {
    const Node& node = frame.rules.nodes[test];
    const NodeIndex left = node.count == 0 ? no_node : frame.rules.links[node.first];
    if (node.op == Op::logical_not) return looked_at(aid, frame, left);
    const bool compared = node.op == Op::in_set || is_comparison(node.op);
    return compared ? wording_with_values(aid, frame, left) : "";
}

class Finder {
  public:
    Finder(const std::string& rule, const Aid& aid, Frame& frame)
        : rule_(rule), rules_(frame.rules), aid_(aid), frame_(frame) {}

    // A new operator is explained here, or by its parts alone.
    void find(NodeIndex index) {
        const Node& node = rules_.nodes[index];
        switch (node.op) {
            case Op::base:
                return base();
            case Op::rate:
                return rate();
            case Op::table:
                return table(node);
            case Op::when:
                return when(index, node);
            case Op::income_class:
                return income_class();
            case Op::fact:
                return known_fact(index, node);
            case Op::other_aids:
                return other_aids();
            case Op::each_trade:
                return each_trade(node);
            case Op::eligible_lines:
                return eligible_lines(index);
            case Op::ceiling_of:
            case Op::ht_of:
            case Op::ht_at:
            case Op::amount_of:
            case Op::base_of:
                return named(index);
            case Op::constant:
            case Op::amount:
            case Op::trade_ht:
                return;
            case Op::logical_or:
            case Op::logical_and:
            case Op::logical_not:
            case Op::less:
            case Op::less_equal:
            case Op::greater:
            case Op::greater_equal:
            case Op::equal:
            case Op::not_equal:
            case Op::add:
            case Op::subtract:
            case Op::multiply:
            case Op::rescale:
            case Op::minimum:
            case Op::maximum:
            case Op::up_to:
            case Op::in_set:
            case Op::in_territory:
            case Op::in_perimeter:
            case Op::to_the_euro:
            case Op::granted:
            case Op::eligible:
                for (std::uint32_t i = 0; i < node.count; ++i) find(child(node, i));
                return;
        }
    }

    std::vector<Step> take() { return std::move(steps_); }

  private:
    NodeIndex child(const Node& node, std::size_t i) const { return rules_.links[node.first + i]; }
    std::string valued(NodeIndex index) const { return wording_with_values(aid_, frame_, index); }
    std::string name(NodeIndex index) const { return capitalised(wording(rules_, index)); }
    std::vector<Step> behind(NodeIndex index) const { return origins(rule_, aid_, frame_, index); }
    std::optional<Money> money(NodeIndex index) const {
        const Node& node = rules_.nodes[index];
        if (node.type != Type::money) return std::nullopt;
        return to_cent(evaluate(frame_, index).number, node.scale);
    }

    void add(Step step) {
        const bool said =
            std::ranges::any_of(steps_, [&](const Step& other) { return other.text == step.text; });
        if (!said) steps_.push_back(std::move(step));
    }

    void base() {
        const std::string text = formula(aid_, frame_, aid_.base, french(base_amount()));
        add({rule_, "base", "Base : " + text, base_amount(), {}, {}, behind(aid_.base)});
    }
    Money base_amount() const { return std::max(Money(), *money(aid_.base)); }

    void rate() {
        const auto bp = static_cast<std::int64_t>(evaluate(frame_, aid_.rate).number);
        const std::string text = formula(aid_, frame_, aid_.rate, french_rate(bp));
        add({rule_, "rate", "Taux : " + text, {}, {}, {}, behind(aid_.rate)});
    }

    void table(const Node& node) {
        const NodeIndex key = child(node, 0);
        const Exact value = evaluate(frame_, key);
        if (!value.known) return find(key);
        const TableRow* row = row_of(rules_, node, static_cast<std::int64_t>(value.number));
        if (row == nullptr) return find(key);
        const Node& key_node = rules_.nodes[key];
        const std::string key_value = valued(key);
        const std::string row_name = row_wording(*row, key_node);
        std::string text = name(key) + " : " + key_value + ", donc " + valued(row->value);
        if (row_name != key_value) text += " (ligne « " + row_name + " »)";
        Step step{rule_, "table", std::move(text), money(row->value), {}, {}, {}};
        if (key_node.op != Op::fact) step.parts = behind(key);
        for (Step& part : behind(row->value)) step.parts.push_back(std::move(part));
        add(std::move(step));
    }

    void when(NodeIndex index, const Node& node) {
        const NodeIndex test = child(node, 1);
        const Answer answer = ask(frame_, test);
        const std::string instead =
            ", donc " + valued(index) + " au lieu de " + valued(child(node, 0));
        std::string text;
        if (answer == Answer::yes) {
            text = answered(aid_, frame_, test) + ", donc " + valued(index);
        } else if (answer == Answer::no) {
            for (const Miss& miss : misses(aid_, frame_, test)) {
                text += (text.empty() ? "" : " ; ") + miss.text;
            }
            text += instead;
        } else {
            text = "à vérifier (" + wording(rules_, test) + ")" + instead;
        }
        Step step{rule_, "bonus", capitalised(std::move(text)), money(index), {}, {}, {}};
        if (answer == Answer::yes) step.parts = behind(child(node, 0));
        if (answer != Answer::yes && node.count == 3) step.parts = behind(child(node, 2));
        add(std::move(step));
    }

    void income_class() {
        if (frame_.scale == nullptr) return;
        add(income_class_step(*frame_.scale, frame_.facts,
                              static_cast<IncomeClass>(frame_.income_class)));
    }

    void known_fact(NodeIndex index, const Node& node) {
        const auto id = static_cast<FactId>(node.value);
        if (!frame_.facts.has(id)) {
            return add({rule_, "fact", name(index) + " : non indiqué, compté pour rien"});
        }
        add({rule_, "fact", name(index) + " : " + valued(index), money(index), {}, {}, {}});
    }

    // With the lines that are left out.
    void eligible_lines(NodeIndex index) {
        Step step{rule_, "fact", name(index) + " : " + valued(index), money(index), {}, {}, {}};
        for (const WorksLine& line : frame_.facts.lines) {
            const bool covered = aid_.id.empty() ? line.eligible : aid_.covers(line);
            if (covered) continue;
            step.parts.push_back({rule_, "not_counted",
                                  capitalised(plain_words(line.trade)) + " : " +
                                      french(line.amount_ht) +
                                      " HT, non éligible, donc non compté"});
        }
        add(std::move(step));
    }

    void named(NodeIndex index) {
        add({rule_, "figure", name(index) + " : " + valued(index), money(index), {}, {}, {}});
    }

    // What stands already: the given aids, and the grants computed before this one.
    void other_aids() {
        const Money total = amount_to_show(frame_.other_aids_cents);
        Step step{rule_, "other_aids", "Autres aides déjà comptées : " + french(total), total};
        for (const Aid& aid : rules_.aids) {
            const AidOutcome* outcome = frame_.outcome_of(aid.index);
            const bool counts =
                outcome != nullptr && outcome->granted && aid.kind == syntax::AidKind::grant;
            if (!counts || given_in_place(aid) || any_said(step, aid.label)) continue;
            const Money amount = Money::cents(outcome->amount_cents);
            step.parts.push_back({aid.id, "counted", aid.label + " : " + french(amount), amount});
        }
        for (const GivenAid& given : frame_.facts.given_aids) {
            step.parts.push_back({given.aid, "counted",
                                  given_label(rules_, given) + " : " + french(given.amount),
                                  given.amount});
        }
        add(std::move(step));
    }
    bool given_in_place(const Aid& aid) const {
        return std::ranges::find(frame_.facts.given_aids, aid.id, &GivenAid::aid) !=
               frame_.facts.given_aids.end();
    }
    // Two versions of one aid are one aid.
    static bool any_said(const Step& step, const std::string& label) {
        return std::ranges::any_of(
            step.parts, [&](const Step& part) { return part.text.starts_with(label + " : "); });
    }

    void each_trade(const Node& node) {
        const std::vector<WorksLine>& lines = frame_.facts.lines;
        const NodeIndex one = child(node, 0);
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const bool seen =
                std::any_of(lines.begin(), lines.begin() + static_cast<long>(i),
                            [&](const WorksLine& other) { return other.trade == lines[i].trade; });
            if (seen) continue;
            frame_.trade_cents = 0;
            for (const WorksLine& line : lines) {
                if (line.trade == lines[i].trade) frame_.trade_cents += line.amount_ht.cents();
            }
            const Money amount = *money(one);
            add({rule_, "trade",
                 capitalised(plain_words(lines[i].trade)) + " : " +
                     formula(aid_, frame_, one, french(amount)),
                 amount});
        }
        find(one);
    }

    const std::string& rule_;
    const RuleSet& rules_;
    const Aid& aid_;
    Frame& frame_;
    std::vector<Step> steps_;
};

}  // namespace

Money amount_to_show(std::int64_t cents) {
    return Money::in_range(cents) ? Money::cents(cents) : Money();
}

std::string formula(const Aid& aid, Frame& frame, NodeIndex node, const std::string& result) {
    const std::string text = wording_with_values(aid, frame, node);
    // A sum over trades says its result itself.
    const bool said = text == result || frame.rules.nodes[node].op == Op::each_trade;
    return said ? text : text + " = " + result;
}

std::vector<Step> origins(const std::string& rule, const Aid& aid, Frame& frame, NodeIndex node) {
    Finder finder(rule, aid, frame);
    finder.find(node);
    return finder.take();
}

std::string given_label(const RuleSet& rules, const GivenAid& given) {
    for (const Aid& aid : rules.aids) {
        if (aid.id == given.aid) return aid.label + " (montant décidé à la main)";
    }
    return "Aide décidée à part (financeur : " + plain_words(given.funder) + ")";
}

Step income_class_step(const Scale& scale, const Facts& facts, IncomeClass found) {
    const auto zone = static_cast<Zone>(facts.get(FactId::zone));
    const std::int64_t persons = facts.get(FactId::persons);
    const Money income = Money::cents(facts.get(FactId::reference_income));
    Step step{scale.id,
              "income_class",
              "Revenu fiscal de référence " + french(income) + " pour " + std::to_string(persons) +
                  (persons > 1 ? "\u00a0personnes" : "\u00a0personne") + " (" +
                  std::string(zones().values[static_cast<std::size_t>(zone)].french) +
                  ") : catégorie " + std::string(french_name(found)),
              {},
              scale.source,
              scale.note,
              {}};
    for (std::size_t i = 0; i < Scale::ceilings; ++i) {
        const auto compared = static_cast<IncomeClass>(i);
        if (compared == IncomeClass::intermediate && !scale.has_intermediate) break;
        const Money ceiling = amount_to_show(scale.ceiling(zone, compared, persons));
        std::string text =
            "Plafond « " + std::string(french_name(compared)) + " » : " + french(ceiling) + ", ";
        if (income == ceiling) {
            text += scale.inclusive ? "atteint sans être dépassé"
                                    : "atteint, alors qu'il faut rester en dessous";
        } else if (income > ceiling) {
            text += "dépassé de " + french(income - ceiling);
        } else {
            text += "respecté avec une marge de " + french(ceiling - income);
        }
        step.parts.push_back({scale.id, "ceiling", std::move(text), ceiling});
        if (compared == found) break;
    }
    return step;
}

std::string answered(const Aid& aid, Frame& frame, NodeIndex test) {
    const Node& node = frame.rules.nodes[test];
    std::string text = wording(frame.rules, test);
    if (node.op == Op::fact) return text + " : oui";
    const std::string given = looked_at(aid, frame, test);
    return given.empty() ? text : text + " (ici : " + given + ")";
}

}  // namespace deodat::rules
