#include "tests/model/slow_expression.h"

#include <algorithm>

namespace deodat::model {
namespace {

using namespace rules::syntax;
using rules::FactId;
using rules::Type;
using rules::WorksLine;

SlowValue truth(bool value) {
    return {Type::boolean, value ? 1 : 0};
}
SlowValue unknown(Type type) {
    return {type, 0, false};
}
SlowValue money(Rational cents, bool known = true) {
    return {Type::money, cents, known};
}
bool yes(const SlowValue& value) {
    return value.known && value.number != Rational(0);
}
bool no(const SlowValue& value) {
    return value.known && value.number == Rational(0);
}

// A number of the dictionary's unit as the model counts it.
Rational in_model_unit(Type type, std::int64_t value) {
    return type == Type::rate ? Rational(value, 10'000) : Rational(value);
}

std::set<std::string> trades(const rules::Facts& facts) {
    std::set<std::string> names;
    for (const WorksLine& line : facts.lines) names.insert(line.trade);
    return names;
}

std::int64_t ht_of_trade(const rules::Facts& facts, const std::string& trade) {
    std::int64_t cents = 0;
    for (const WorksLine& line : facts.lines)
        cents += line.trade == trade ? line.amount_ht.cents() : 0;
    return cents;
}

SlowValue of_fact(FactId id, SlowScope& scope) {
    const rules::Fact& row = rules::fact(id);
    const rules::Facts& facts = scope.facts;
    const auto value = [&](Rational number) {
        return SlowValue{row.type, number, true, row.choices};
    };
    std::int64_t ht = 0;
    std::int64_t ttc = 0;
    for (const WorksLine& line : facts.lines) {
        ht += line.amount_ht.cents();
        ttc += ttc_of(line);
    }
    if (id == FactId::works_ht) return value(ht);
    if (id == FactId::works_ttc) return value(ttc);
    if (id == FactId::eligible_ht) return value(scope.eligible_ht);
    if (id == FactId::eligible_ttc) return value(scope.eligible_ttc);
    if (id == FactId::trades) return value(static_cast<std::int64_t>(trades(facts).size()));
    if (id == FactId::zone) return value(static_cast<std::int64_t>(zone_of(facts)));
    if (id == FactId::class_jump) {
        return value(facts.get(FactId::dpe_before) - facts.get(FactId::dpe_after));
    }
    if (id == FactId::income_class) {
        return {row.type, scope.income_class.value_or(0), scope.income_class.has_value(),
                row.choices};
    }
    if (id == FactId::perimeters && facts.perimeters) {
        return value(static_cast<std::int64_t>(facts.perimeters->size()));
    }
    if (id != FactId::perimeters && facts.has(id))
        return value(in_model_unit(row.type, facts.get(id)));
    scope.absent.insert(code_of_fact(std::string(row.name)));
    return {row.type, 0, false, row.choices};
}

SlowValue of_name(const std::string& name, SlowScope& scope) {
    if (const auto let = scope.lets.find(name); let != scope.lets.end()) {
        return evaluate(*let->second, scope);
    }
    if (name == "base" && scope.base) return money(*scope.base);
    if (name == "rate" && scope.rate) return {Type::rate, *scope.rate};
    if (name == "amount" && scope.amount) return money(*scope.amount);
    if (name == "trade.ht" && scope.trade_ht) return money(*scope.trade_ht);
    const std::optional<FactId> id = rules::fact_named(name);
    if (!id) throw std::domain_error("a name without meaning: " + name);
    return of_fact(*id, scope);
}

// What a pattern or the right side of a comparison stands for, beside such a key.
Rational bound(const Expression& written, const SlowValue& key, SlowScope& scope) {
    if (key.type == Type::choice) {
        for (std::size_t i = 0; i < key.choices->values.size(); ++i) {
            if (key.choices->values[i].name == written.text) return static_cast<std::int64_t>(i);
        }
        throw std::domain_error("not a value of the list: " + written.text);
    }
    return evaluate(written, scope).number;
}

bool matches(const Pattern& pattern, const SlowValue& key, SlowScope& scope) {
    if (pattern.form == Pattern::Form::others) return true;
    const Rational first = bound(pattern.bounds[0], key, scope);
    switch (pattern.form) {
        case Pattern::Form::one:
            return key.number == first;
        case Pattern::Form::range:
            return key.number >= first && key.number <= bound(pattern.bounds[1], key, scope);
        case Pattern::Form::at_least:
            return key.number >= first;
        case Pattern::Form::less:
            return key.number < first;
        case Pattern::Form::less_equal:
            return key.number <= first;
        case Pattern::Form::greater:
            return key.number > first;
        case Pattern::Form::others:
            break;
    }
    return true;
}

bool matches(const Row& row, const SlowValue& key, SlowScope& scope) {
    return std::ranges::any_of(row.patterns,
                               [&](const Pattern& one) { return matches(one, key, scope); });
}

SlowValue compared(const Expression& written, SlowScope& scope) {
    const SlowValue left = evaluate(written.parts[0], scope);
    SlowValue right{left.type, 0};
    if (left.type == Type::choice)
        right.number = bound(written.parts[1], left, scope);
    else
        right = evaluate(written.parts[1], scope);
    if (!left.known || !right.known) return unknown(Type::boolean);
    const auto order = left.number <=> right.number;
    if (written.op == Operator::less) return truth(order < 0);
    if (written.op == Operator::less_equal) return truth(order <= 0);
    if (written.op == Operator::greater) return truth(order > 0);
    if (written.op == Operator::greater_equal) return truth(order >= 0);
    return truth((written.op == Operator::equal) == (order == 0));
}

SlowValue binary(const Expression& written, SlowScope& scope) {
    const bool sum = written.op == Operator::add || written.op == Operator::subtract;
    const bool product = written.op == Operator::multiply;
    const bool both = written.op == Operator::logical_and;
    const bool either = written.op == Operator::logical_or;
    if (!sum && !product && !both && !either) return compared(written, scope);
    const SlowValue left = evaluate(written.parts[0], scope);
    const SlowValue right = evaluate(written.parts[1], scope);
    if (both) {
        if (no(left) || no(right)) return truth(false);
        return yes(left) && yes(right) ? truth(true) : unknown(Type::boolean);
    }
    if (either) {
        if (yes(left) || yes(right)) return truth(true);
        return no(left) && no(right) ? truth(false) : unknown(Type::boolean);
    }
    const bool known = left.known && right.known;
    if (sum) {
        return {
            left.type,
            written.op == Operator::add ? left.number + right.number : left.number - right.number,
            known};
    }
    const bool is_money = left.type == Type::money || right.type == Type::money;
    const bool is_rate = left.type == Type::rate || right.type == Type::rate;
    return {is_money  ? Type::money
            : is_rate ? Type::rate
                      : Type::number,
            left.number * right.number, known};
}

SlowValue extreme(const Expression& written, SlowScope& scope) {
    SlowValue best = evaluate(written.parts[0], scope);
    for (std::size_t i = 1; i < written.parts.size(); ++i) {
        const SlowValue other = evaluate(written.parts[i], scope);
        const bool better =
            written.kind == Kind::maximum ? other.number > best.number : other.number < best.number;
        if (better) best.number = other.number;
        best.known = best.known && other.known;
    }
    return best;
}

SlowValue when(const Expression& written, SlowScope& scope) {
    const SlowValue condition = evaluate(written.parts[1], scope);
    if (yes(condition)) return evaluate(written.parts[0], scope);
    SlowValue otherwise;
    if (written.parts.size() == 3) {
        otherwise = evaluate(written.parts[2], scope);
    } else {
        // Nothing, of the kind that would have been; what it asks of the facts is not noted.
        SlowScope aside = scope;
        otherwise = {evaluate(written.parts[0], aside).type, 0};
    }
    otherwise.known = otherwise.known && condition.known;
    return otherwise;
}

SlowValue table(const Expression& written, SlowScope& scope) {
    const SlowValue key = evaluate(written.parts[0], scope);
    SlowScope aside = scope;
    const Type type = evaluate(written.rows[0].value[0], aside).type;
    if (!key.known) return unknown(type);
    for (const Row& row : written.rows) {
        if (matches(row, key, scope)) return evaluate(row.value[0], scope);
    }
    scope.outside_table = true;
    return {type, 0};
}

SlowValue in_perimeter(const Expression& written, SlowScope& scope) {
    if (!scope.facts.perimeters) {
        scope.absent.insert("perimeters");
        return unknown(Type::boolean);
    }
    return truth(std::ranges::count(*scope.facts.perimeters, written.text) > 0);
}

SlowValue each_trade(const Expression& written, SlowScope& scope) {
    const std::optional<Rational> outer = scope.trade_ht;
    SlowValue sum = money(0);
    for (const std::string& trade : trades(scope.facts)) {
        scope.trade_ht = ht_of_trade(scope.facts, trade);
        const SlowValue one = evaluate(written.parts[0], scope);
        sum.number = sum.number + one.number;
        sum.known = sum.known && one.known;
    }
    scope.trade_ht = outer;
    return sum;
}

SlowValue ceiling(const Expression& written, const SlowScope& scope) {
    if (scope.scale == nullptr) return unknown(Type::money);
    const std::optional<std::int64_t> cents = ceiling_of(
        *scope.scale, zone_of(scope.facts), written.text, scope.facts.get(FactId::persons));
    return cents ? money(*cents) : unknown(Type::money);
}

SlowOutcome outcome(const std::string& id, const SlowScope& scope) {
    const auto found = scope.outcomes.find(id);
    return found == scope.outcomes.end() ? SlowOutcome{} : found->second;
}

}  // namespace

rules::Zone zone_of(const rules::Facts& facts) {
    const bool occupier = facts.get(FactId::owner_status) ==
                          static_cast<std::int64_t>(rules::OwnerStatus::owner_occupier);
    const Commune& home =
        facts.commune_of(occupier ? FactId::dwelling_commune : FactId::household_commune);
    return home.region == "11" ? rules::Zone::idf : rules::Zone::other;
}

std::int64_t ttc_of(const WorksLine& line) {
    return (Rational(line.amount_ht.cents()) * Rational(10'000 + line.vat_bp, 10'000)).nearest();
}

std::string code_of_fact(const std::string& name) {
    return name.substr(name.rfind('.') + 1);
}

bool holds(const std::vector<TerritoryItem>& places, const Commune& commune) {
    const auto in = [&](const TerritoryItem& place) {
        switch (place.level) {
            case TerritoryItem::Level::metropolis:
                return commune.department.size() == 2;
            case TerritoryItem::Level::region:
                return commune.region == place.code;
            case TerritoryItem::Level::department:
                return commune.department == place.code;
            case TerritoryItem::Level::epci:
                return commune.epci != 0 && std::to_string(commune.epci) == place.code;
            case TerritoryItem::Level::ept:
                return commune.ept != 0 && std::to_string(commune.ept) == place.code;
            case TerritoryItem::Level::commune:
                return commune.code == place.code;
        }
        return false;
    };
    bool held = false;
    for (const TerritoryItem& place : places) held = held || (!place.excepted && in(place));
    for (const TerritoryItem& place : places) held = held && !(place.excepted && in(place));
    return held;
}

std::optional<std::int64_t> ceiling_of(const Scale& scale, rules::Zone zone,
                                       const std::string& income_class, std::int64_t persons) {
    for (const ScaleRow& row : scale.rows) {
        if (row.income_class != income_class) continue;
        if (row.zone != (zone == rules::Zone::idf ? "idf" : "other")) continue;
        if (persons <= 5) return row.cents[static_cast<std::size_t>(persons - 1)];
        return row.cents[4] + (persons - 5) * row.supplement_cents;
    }
    return std::nullopt;
}

std::string default_code(const Expression& test, const SlowScope& scope) {
    if (test.kind == Kind::name) {
        if (const auto let = scope.lets.find(test.text); let != scope.lets.end()) {
            return default_code(*let->second, scope);
        }
        return rules::fact_named(test.text) ? code_of_fact(test.text) : "condition";
    }
    if (test.kind == Kind::in_territory) return "territory";
    if (test.kind == Kind::in_perimeter) return "perimeter";
    for (const Expression& part : test.parts) {
        const std::string code = default_code(part, scope);
        if (code != "condition") return code;
    }
    for (const Row& row : test.rows) {
        for (const Expression& value : row.value) {
            const std::string code = default_code(value, scope);
            if (code != "condition") return code;
        }
    }
    return "condition";
}

std::int64_t rounded(const Rational& cents, RoundTo to, RoundHow how) {
    const std::int64_t step = to == RoundTo::euro ? 100 : 1;
    const Rational steps = cents * Rational(1, step);
    if (how == RoundHow::down) return steps.floor() * step;
    if (how == RoundHow::up) return steps.ceiling() * step;
    return steps.nearest() * step;
}

SlowValue evaluate(const Expression& written, SlowScope& scope) {
    if (scope.visits != nullptr) {
        ++scope.visits->kinds[written.kind];
        if (written.kind == Kind::binary) ++scope.visits->operators[written.op];
    }
    switch (written.kind) {
        case Kind::money:
            return money(written.value);
        case Kind::rate:
            return {Type::rate, Rational(written.value, 10'000)};
        case Kind::number:
            return {Type::number, written.value};
        case Kind::date:
            return {Type::date, written.value};
        case Kind::name:
            return of_name(written.text, scope);
        case Kind::binary:
            return binary(written, scope);
        case Kind::negate: {
            const SlowValue denied = evaluate(written.parts[0], scope);
            return denied.known ? truth(no(denied)) : denied;
        }
        case Kind::minimum:
        case Kind::maximum:
        case Kind::up_to:
            return extreme(written, scope);
        case Kind::when:
            return when(written, scope);
        case Kind::table:
            return table(written, scope);
        case Kind::in_set: {
            const SlowValue key = evaluate(written.parts[0], scope);
            if (!key.known) return unknown(Type::boolean);
            return truth(matches(written.rows[0], key, scope));
        }
        case Kind::in_territory:
            return truth(holds(
                written.territory,
                scope.facts.commune_of(written.text == "household" ? FactId::household_commune
                                                                   : FactId::dwelling_commune)));
        case Kind::in_perimeter:
            return in_perimeter(written, scope);
        case Kind::ceiling_of:
            return ceiling(written, scope);
        case Kind::ht_of:
            return money(ht_of_trade(scope.facts, written.text));
        case Kind::ht_at: {
            std::int64_t cents = 0;
            for (const WorksLine& line : scope.facts.lines) {
                if (line.vat_bp == written.value) cents += line.amount_ht.cents();
            }
            return money(cents);
        }
        case Kind::each_trade:
            return each_trade(written, scope);
        case Kind::to_the_euro: {
            const SlowValue exact = evaluate(written.parts[0], scope);
            return money(rounded(exact.number, RoundTo::euro, written.how), exact.known);
        }
        case Kind::amount_of:
            return money(outcome(written.text, scope).amount);
        case Kind::base_of:
            return money(outcome(written.text, scope).base);
        case Kind::granted:
            return truth(outcome(written.text, scope).granted);
        case Kind::eligible:
            return truth(outcome(written.text, scope).eligible);
        case Kind::other_aids:
            return money(scope.other_aids);
    }
    throw std::domain_error("an expression of no kind");
}

}  // namespace deodat::model
