#include "rules/engine/compile_expression.h"

#include <algorithm>
#include <span>

#include "ledger/base/text.h"
#include "rules/facts/facts.h"

namespace deodat::rules {
namespace {

using syntax::Expression;
using syntax::Kind;
using syntax::Operator;

constexpr int depth_max = 300;

std::uint8_t digits_of(std::int64_t value) {
    std::uint8_t digits = 1;
    for (; value >= 10 || value <= -10; value /= 10) ++digits;
    return digits;
}

// A cap that nothing goes below bounds what it caps; otherwise the larger of the two does.
std::uint8_t least_digits(std::span<const Node> parts) {
    const auto natural = [](const Node& part) { return part.natural; };
    const auto digits = [](const Node& a, const Node& b) { return a.digits < b.digits; };
    const bool bounded = std::ranges::all_of(parts, natural);
    return (bounded ? std::ranges::min_element(parts, digits)
                    : std::ranges::max_element(parts, digits))
        ->digits;
}

// Facts stay far below this: lines and totals are bounded by facts.h.
constexpr std::uint8_t money_digits = 14;
constexpr std::uint8_t number_digits = 9;

std::uint8_t digits_of(const Fact& row) {
    if (row.type == Type::money) return money_digits;
    return row.type == Type::number || row.type == Type::rate ? digits_of(row.most) : number_digits;
}

Op op_of(Operator op) {
    switch (op) {
        case Operator::logical_or:
            return Op::logical_or;
        case Operator::logical_and:
            return Op::logical_and;
        case Operator::less:
            return Op::less;
        case Operator::less_equal:
            return Op::less_equal;
        case Operator::greater:
            return Op::greater;
        case Operator::greater_equal:
            return Op::greater_equal;
        case Operator::equal:
            return Op::equal;
        case Operator::not_equal:
            return Op::not_equal;
        case Operator::add:
            return Op::add;
        case Operator::subtract:
            return Op::subtract;
        case Operator::multiply:
            return Op::multiply;
    }
    return Op::add;
}

bool is_quantity(Type type) {
    return type == Type::money || type == Type::rate || type == Type::number;
}

[[noreturn]] void fail(Place at, std::string message) {
    throw CheckFailure{at, std::move(message)};
}

[[noreturn]] void mismatch(Place at, Type left, Type right) {
    fail(at, "On ne peut pas mettre ensemble " + std::string(type_name(left)) + " et " +
                 std::string(type_name(right)) + ".");
}

}  // namespace

std::string_view type_name(Type type) {
    switch (type) {
        case Type::boolean:
            return "une condition";
        case Type::number:
            return "un nombre";
        case Type::money:
            return "un montant";
        case Type::rate:
            return "un taux";
        case Type::date:
            return "une date";
        case Type::choice:
            return "une valeur d'une liste";
        case Type::commune:
            return "une commune";
    }
    return "";
}

NodeIndex ExpressionCompiler::push(Node made, const std::vector<NodeIndex>& parts) {
    made.first = static_cast<std::uint32_t>(out_.links.size());
    if (!parts.empty()) made.count = static_cast<std::uint32_t>(parts.size());
    out_.links.insert(out_.links.end(), parts.begin(), parts.end());
    const auto all = [&](bool Node::*property) {
        return std::ranges::all_of(parts, [&](NodeIndex part) { return node(part).*property; });
    };
    made.narrow = made.digits <= narrow_digits && all(&Node::narrow);
    if (!parts.empty() && made.op != Op::subtract) made.natural = all(&Node::natural);
    out_.nodes.push_back(made);
    return static_cast<NodeIndex>(out_.nodes.size() - 1);
}

NodeIndex ExpressionCompiler::compile(const Expression& expression, Scope& scope) {
    // Goes down again on failure too.
    struct Level {
        int& depth;
        explicit Level(int& counted) : depth(++counted) {}
        ~Level() { --depth; }
        Level(const Level&) = delete;
        Level& operator=(const Level&) = delete;
        Level(Level&&) = delete;
        Level& operator=(Level&&) = delete;
    };
    const Level level(depth_);
    if (depth_ > depth_max) fail(expression.at, "Cette expression est trop longue.");
    const NodeIndex made = compile_inner(expression, scope);
    if (node(made).digits > digits_max) {
        fail(expression.at, "Ce calcul pourrait dépasser les nombres admis : simplifiez-le.");
    }
    return made;
}

NodeIndex ExpressionCompiler::compile_as(const Expression& expression, Type type, Scope& scope) {
    const NodeIndex made = compile(expression, scope);
    if (node(made).type != type) {
        fail(expression.at, "On attend ici " + std::string(type_name(type)) + ", pas " +
                                std::string(type_name(node(made).type)) + ".");
    }
    return made;
}

NodeIndex ExpressionCompiler::compile_inner(const Expression& expression, Scope& scope) {
    switch (expression.kind) {
        case Kind::money:
            return literal(expression, Type::money);
        case Kind::rate:
            return literal(expression, Type::rate);
        case Kind::number:
            return literal(expression, Type::number);
        case Kind::date:
            return literal(expression, Type::date);
        case Kind::name:
            return name(expression, scope);
        case Kind::binary:
            return binary(expression, scope);
        case Kind::negate: {
            const NodeIndex inner = compile(expression.parts[0], scope);
            if (node(inner).type != Type::boolean)
                fail(expression.at, "« not » veut une condition.");
            return push({.op = Op::logical_not, .type = Type::boolean}, {inner});
        }
        case Kind::minimum:
            return several(expression, Op::minimum, scope);
        case Kind::maximum:
            return several(expression, Op::maximum, scope);
        case Kind::up_to:
            return several(expression, Op::up_to, scope);
        case Kind::when:
            return when(expression, scope);
        case Kind::table:
            return table(expression, scope);
        case Kind::in_set:
            return in_set(expression, scope);
        case Kind::in_territory: {
            Node made{.op = Op::in_territory, .type = Type::boolean};
            made.value = territory(expression.territory);
            made.count = expression.text == "household" ? 1 : 0;
            return push(made);
        }
        case Kind::in_perimeter:
            return quoted(expression, {.op = Op::in_perimeter, .type = Type::boolean});
        case Kind::ceiling_of:
            return ceiling_of(expression);
        case Kind::ht_of:
            return quoted(
                expression,
                {.op = Op::ht_of, .type = Type::money, .digits = money_digits, .natural = true});
        case Kind::ht_at:
            return ht_at(expression);
        case Kind::each_trade:
            return each_trade(expression, scope);
        case Kind::to_the_euro:
            return to_the_euro(expression, scope);
        case Kind::amount_of:
        case Kind::base_of:
        case Kind::granted:
        case Kind::eligible:
            return of_aid(expression, scope);
        case Kind::other_aids:
            scope.reads_other_aids = true;
            return push({.op = Op::other_aids,
                         .type = Type::money,
                         .digits = money_digits,
                         .natural = true});
    }
    return no_node;
}

NodeIndex ExpressionCompiler::literal(const Expression& expression, Type type) {
    Node made{.op = Op::constant, .type = type};
    made.value = expression.value;
    made.digits = digits_of(expression.value);
    made.natural = expression.value >= 0;
    return push(made);
}

NodeIndex ExpressionCompiler::fact_node(FactId id) {
    const Fact& row = fact(id);
    Node made{.op = Op::fact, .type = row.type};
    made.value = static_cast<std::int64_t>(id);
    if (id == FactId::income_class) made.op = Op::income_class;
    if (id == FactId::eligible_ht || id == FactId::eligible_ttc) {
        made.op = Op::eligible_lines;
        made.value = id == FactId::eligible_ttc ? 1 : 0;
    }
    made.digits = digits_of(row);
    made.natural = row.least >= 0;
    made.choices = row.choices;
    made.fact = static_cast<std::int16_t>(id);
    return push(made);
}

NodeIndex ExpressionCompiler::name(const Expression& expression, Scope& scope) {
    const std::string& text = expression.text;
    if (const auto let = scope.lets.find(text); let != scope.lets.end()) {
        const bool open = scope.open_lets.contains(text);
        if (open && scope.every_row) {
            fail(expression.at, "Le tableau de « " + shown(text) +
                                    " » doit finir par une ligne « others » pour servir ici.");
        }
        scope.open_table = scope.open_table || open;
        return let->second;
    }
    if (text == "base" && scope.base != no_node) {
        Node made{.op = Op::base, .type = Type::money, .scale = base_scale, .natural = true};
        made.digits = static_cast<std::uint8_t>(node(scope.base).digits +
                                                4 * (base_scale - node(scope.base).scale));
        return push(made);
    }
    if (text == "rate" && scope.rate != no_node) {
        return push({.op = Op::rate,
                     .type = Type::rate,
                     .digits = node(scope.rate).digits,
                     .natural = node(scope.rate).natural});
    }
    if (text == "amount" && scope.amount) {
        return push(
            {.op = Op::amount, .type = Type::money, .digits = money_digits, .natural = true});
    }
    if (text == "trade.ht" && scope.trade) {
        return push(
            {.op = Op::trade_ht, .type = Type::money, .digits = money_digits, .natural = true});
    }
    if (const std::optional<FactId> id = fact_named(text)) {
        if (fact(*id).type != Type::commune) return fact_node(*id);
        fail(expression.at,
             "Une commune se teste par « dwelling in {…} » ou « household in {…} ».");
    }
    std::vector<std::string_view> known;
    for (const Fact& row : dictionary()) known.push_back(row.name);
    for (const auto& [let, index] : scope.lets) known.push_back(let);
    fail(expression.at, "« " + shown(text) +
                            " » n'est ni un fait, ni une valeur nommée plus haut." +
                            suggestion(text, known));
}

NodeIndex ExpressionCompiler::at_scale(NodeIndex index, int scale, Place at) {
    const Node inner = node(index);
    if (inner.scale == scale) return index;
    DEODAT_ASSERT(inner.scale < scale, "money is only ever made finer");
    Node made{.op = Op::rescale, .type = Type::money, .scale = static_cast<std::uint8_t>(scale)};
    made.value = scale_unit(scale - inner.scale);
    made.digits = static_cast<std::uint8_t>(inner.digits + 4 * (scale - inner.scale));
    if (made.digits > digits_max) fail(at, "Ce calcul pourrait dépasser les nombres admis.");
    return push(made, {index});
}

// Brings parts of one type to one scale, which it returns.
int ExpressionCompiler::align(std::vector<NodeIndex>& parts, Place at) {
    int scale = 0;
    for (const NodeIndex part : parts) {
        if (node(part).type != node(parts[0]).type)
            mismatch(at, node(parts[0]).type, node(part).type);
        scale = std::max<int>(scale, node(part).scale);
    }
    if (node(parts[0]).type != Type::money) return 0;
    for (NodeIndex& part : parts) part = at_scale(part, scale, at);
    return scale;
}

NodeIndex ExpressionCompiler::add(NodeIndex left, NodeIndex right, Place at) {
    std::vector<NodeIndex> parts = {left, right};
    const int scale = align(parts, at);
    Node made{.op = Op::add, .type = node(left).type, .scale = static_cast<std::uint8_t>(scale)};
    made.digits =
        static_cast<std::uint8_t>(std::max(node(parts[0]).digits, node(parts[1]).digits) + 1);
    return push(made, parts);
}

NodeIndex ExpressionCompiler::binary(const Expression& expression, Scope& scope) {
    const Op op = op_of(expression.op);
    if (op != Op::logical_or && op != Op::logical_and && op != Op::add && op != Op::subtract &&
        op != Op::multiply) {
        return comparison(expression, scope);
    }
    const NodeIndex left = compile(expression.parts[0], scope);
    const NodeIndex right = compile(expression.parts[1], scope);
    if (op == Op::logical_or || op == Op::logical_and) {
        if (node(left).type != Type::boolean || node(right).type != Type::boolean) {
            fail(expression.at, "« and » et « or » relient deux conditions.");
        }
        return push({.op = op, .type = Type::boolean}, {left, right});
    }
    if (!is_quantity(node(left).type) || !is_quantity(node(right).type)) {
        mismatch(expression.at, node(left).type, node(right).type);
    }
    if (op == Op::multiply) return product(left, right, expression.at);
    const NodeIndex sum = add(left, right, expression.at);
    out_.nodes[sum].op = op;
    return sum;
}

NodeIndex ExpressionCompiler::product(NodeIndex left, NodeIndex right, Place at) {
    const Node a = node(left);
    const Node b = node(right);
    Node made{.op = Op::multiply};
    made.digits = static_cast<std::uint8_t>(a.digits + b.digits);
    const bool money = a.type == Type::money || b.type == Type::money;
    const bool rate = a.type == Type::rate || b.type == Type::rate;
    if (a.type == b.type && a.type != Type::number) mismatch(at, a.type, b.type);
    made.type = money ? Type::money : rate ? Type::rate : Type::number;
    made.scale = static_cast<std::uint8_t>(std::max(a.scale, b.scale) + (money && rate ? 1 : 0));
    if (made.scale > scale_max) fail(at, "Trop de taux appliqués l'un sur l'autre.");
    return push(made, {left, right});
}

NodeIndex ExpressionCompiler::comparison(const Expression& expression, Scope& scope) {
    const Op op = op_of(expression.op);
    NodeIndex left = compile(expression.parts[0], scope);
    const Node key = node(left);
    if (key.type == Type::choice) {
        Node value{.op = Op::constant, .type = Type::choice};
        value.value = bound(expression.parts[1], key);
        value.choices = key.choices;
        if (op != Op::equal && op != Op::not_equal && !key.choices->ordered()) {
            fail(expression.at, "Ces valeurs n'ont pas d'ordre : comparez-les par = ou in.");
        }
        return push({.op = op, .type = Type::boolean}, {left, push(value)});
    }
    std::vector<NodeIndex> sides = {left, compile(expression.parts[1], scope)};
    if (!is_quantity(key.type) && key.type != Type::date) {
        fail(expression.at,
             "On ne compare que des nombres, montants, taux, dates ou valeurs d'une "
             "liste ; une condition s'écrit seule, ou après « not ».");
    }
    align(sides, expression.at);
    if (key.fact >= 0) out_.nodes[sides[1]].fact = key.fact;
    return push({.op = op, .type = Type::boolean}, sides);
}

NodeIndex ExpressionCompiler::several(const Expression& expression, Op op, Scope& scope) {
    std::vector<NodeIndex> parts;
    for (const Expression& part : expression.parts) parts.push_back(compile(part, scope));
    if (!is_quantity(node(parts[0]).type)) {
        fail(expression.at, "On attend des montants, des taux ou des nombres.");
    }
    const int scale = align(parts, expression.at);
    Node made{.op = op, .type = node(parts[0]).type, .scale = static_cast<std::uint8_t>(scale)};
    std::vector<Node> sides;
    for (const NodeIndex part : parts) {
        made.digits = std::max(made.digits, node(part).digits);
        sides.push_back(node(part));
    }
    if (op != Op::maximum) made.digits = least_digits(sides);
    return push(made, parts);
}

NodeIndex ExpressionCompiler::when(const Expression& expression, Scope& scope) {
    const NodeIndex condition = compile(expression.parts[1], scope);
    if (node(condition).type != Type::boolean) fail(expression.at, "« when » veut une condition.");
    std::vector<NodeIndex> values = {compile(expression.parts[0], scope)};
    if (expression.parts.size() == 3) values.push_back(compile(expression.parts[2], scope));
    if (!is_quantity(node(values[0]).type)) {
        fail(expression.at, "« when » choisit un montant, un taux ou un nombre.");
    }
    const int scale = align(values, expression.at);
    Node made{
        .op = Op::when, .type = node(values[0]).type, .scale = static_cast<std::uint8_t>(scale)};
    for (const NodeIndex value : values) made.digits = std::max(made.digits, node(value).digits);
    values.insert(values.begin() + 1, condition);
    return push(made, values);
}

NodeIndex ExpressionCompiler::ceiling_of(const Expression& expression) {
    const std::optional<std::int64_t> index = income_classes().index_of(expression.text);
    if (!index || *index >= static_cast<std::int64_t>(Scale::ceilings)) {
        fail(expression.at,
             "Seules very_modest, modest et intermediate ont un plafond de ressources.");
    }
    Node made{.op = Op::ceiling_of, .type = Type::money, .digits = money_digits, .natural = true};
    made.value = *index;
    return push(made);
}

// A node that looks for the name that its text quotes.
NodeIndex ExpressionCompiler::quoted(const Expression& expression, Node made) {
    made.value = static_cast<std::int64_t>(out_.quoted_names.size());
    out_.quoted_names.push_back(expression.text);
    return push(made);
}

NodeIndex ExpressionCompiler::ht_at(const Expression& expression) {
    Node made{.op = Op::ht_at, .type = Type::money, .digits = money_digits, .natural = true};
    made.value = expression.value;
    return push(made);
}

NodeIndex ExpressionCompiler::to_the_euro(const Expression& expression, Scope& scope) {
    const NodeIndex inner = compile_as(expression.parts[0], Type::money, scope);
    const int digits = node(inner).digits - 4 * node(inner).scale + 1;
    if (digits > cents_digits_max) fail(expression.at, "Ce montant pourrait dépasser les bornes.");
    Node made{.op = Op::to_the_euro, .type = Type::money};
    constexpr int euro_digits = 3;  // what `up` makes of the least cent
    made.digits = static_cast<std::uint8_t>(std::max(euro_digits, digits));
    made.value = static_cast<std::int64_t>(expression.how);
    return push(made, {inner});
}

NodeIndex ExpressionCompiler::each_trade(const Expression& expression, Scope& scope) {
    if (scope.trade) fail(expression.at, "« each trade » ne s'imbrique pas.");
    scope.trade = true;
    const NodeIndex inner = compile(expression.parts[0], scope);
    scope.trade = false;
    if (node(inner).type != Type::money)
        fail(expression.at, "« each trade » additionne des montants.");
    constexpr std::uint8_t trades_digits = 3;
    static_assert(works_lines_max < 1000);
    Node made{.op = Op::each_trade, .type = Type::money, .scale = node(inner).scale};
    made.digits = static_cast<std::uint8_t>(node(inner).digits + trades_digits);
    return push(made, {inner});
}

NodeIndex ExpressionCompiler::of_aid(const Expression& expression, Scope& scope) {
    const std::optional<AidIndex> index = out_.index_of(expression.text);
    if (!index) {
        const std::vector<std::string_view> known(out_.aid_ids.begin(), out_.aid_ids.end());
        fail(expression.at, "Aucune aide ne s'appelle « " + shown(expression.text) + " »." +
                                suggestion(expression.text, known));
    }
    scope.reads.push_back(*index);
    Node made{.op = Op::granted, .type = Type::boolean};
    made.value = *index;
    if (expression.kind == Kind::eligible) made.op = Op::eligible;
    if (made.op == Op::granted && expression.kind != Kind::granted) {
        const bool base = expression.kind == Kind::base_of;
        made.op = base ? Op::base_of : Op::amount_of;
        made.type = Type::money;
        made.scale = base ? base_scale : 0;
        made.digits = static_cast<std::uint8_t>(money_digits + (base ? 4 * base_scale : 0));
        made.natural = true;
    }
    return push(made);
}

}  // namespace deodat::rules
