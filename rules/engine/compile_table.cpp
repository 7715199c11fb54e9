// Tables, sets and territories: every written pattern becomes an interval, every place a set of
// communes.
#include <algorithm>

#include "ledger/base/text.h"
#include "rules/engine/compile_expression.h"
#include "rules/engine/evaluator.h"

namespace deodat::rules {
namespace {

using syntax::Expression;
using syntax::Kind;
using syntax::Pattern;
using syntax::TerritoryItem;

constexpr std::int64_t lowest = INT64_MIN;
constexpr std::int64_t highest = INT64_MAX;

[[noreturn]] void fail(Place at, std::string message) {
    throw CheckFailure{at, std::move(message)};
}

bool lists(const TerritoryItem& item, const Commune& commune) {
    switch (item.level) {
        case TerritoryItem::Level::region:
            return commune.region == item.code;
        case TerritoryItem::Level::department:
            return commune.department == item.code;
        case TerritoryItem::Level::epci:
            return commune.epci != 0 && std::to_string(commune.epci) == item.code;
        case TerritoryItem::Level::ept:
            return commune.ept != 0 && std::to_string(commune.ept) == item.code;
        case TerritoryItem::Level::commune:
            return commune.code == item.code;
        case TerritoryItem::Level::metropolis:
            return commune.metropolitan();
    }
    return false;
}

// Rows are looked up by keys of 64 bits.
void check_key(const Node& key, Place at) {
    if (key.digits > cents_digits_max) fail(at, "Ce nombre pourrait dépasser les bornes admises.");
}

std::string french(const TerritoryItem& item) {
    switch (item.level) {
        case TerritoryItem::Level::region:
            return "région " + item.code;
        case TerritoryItem::Level::department:
            return "département " + item.code;
        case TerritoryItem::Level::epci:
            return "intercommunalité " + item.code;
        case TerritoryItem::Level::ept:
            return "territoire " + item.code;
        case TerritoryItem::Level::commune:
            if (const auto found = commune("", item.code)) {
                return std::string((*found)->name) + " (" + item.code + ")";
            }
            return "commune " + item.code;
        case TerritoryItem::Level::metropolis:
            return "France métropolitaine";
    }
    return "";
}

}  // namespace

std::uint32_t ExpressionCompiler::territory(const std::vector<TerritoryItem>& items) {
    const std::span<const Commune> all = communes();
    Territory made;
    made.bits.assign(all.size() / 64 + 1, 0);
    for (const bool excepted : {false, true}) {
        for (const TerritoryItem& item : items) {
            if (item.excepted != excepted) continue;
            bool any = false;
            for (std::size_t rank = 0; rank < all.size(); ++rank) {
                if (!lists(item, all[rank])) continue;
                any = true;
                const std::uint64_t bit = std::uint64_t{1} << (rank % 64);
                if (excepted)
                    made.bits[rank / 64] &= ~bit;
                else
                    made.bits[rank / 64] |= bit;
            }
            if (!any) fail(item.at, "Aucune commune dans : " + french(item) + ".");
            made.french += (made.french.empty() ? "" : excepted ? " sauf " : ", ") + french(item);
        }
    }
    out_.territories.push_back(std::move(made));
    return static_cast<std::uint32_t>(out_.territories.size() - 1);
}

// A constant of the key's type.
std::int64_t ExpressionCompiler::bound(const Expression& expression, const Node& key) {
    if (key.type == Type::choice) {
        std::vector<std::string_view> known;
        for (const Choice& choice : key.choices->values) known.push_back(choice.name);
        const std::optional<std::int64_t> index =
            expression.kind == Kind::name ? key.choices->index_of(expression.text) : std::nullopt;
        if (index) return *index;
        std::string names;
        for (const std::string_view name : known) {
            names += (names.empty() ? "" : ", ") + std::string(name);
        }
        fail(expression.at,
             "On attend l'une des valeurs " + names + "." + suggestion(expression.text, known));
    }
    const bool right = (key.type == Type::number && expression.kind == Kind::number) ||
                       (key.type == Type::money && expression.kind == Kind::money) ||
                       (key.type == Type::rate && expression.kind == Kind::rate) ||
                       (key.type == Type::date && expression.kind == Kind::date);
    if (!right) {
        fail(expression.at, "On attend ici " + std::string(type_name(key.type)) +
                                " écrit en toutes lettres ou chiffres.");
    }
    return expression.value;
}

TableRow ExpressionCompiler::patterns(const syntax::Row& row, const Node& key) {
    TableRow made;
    made.at = row.patterns.front().at;
    for (const Pattern& pattern : row.patterns) {
        if (pattern.form == Pattern::Form::others) {
            made.others = true;
            continue;
        }
        const std::int64_t first = bound(pattern.bounds[0], key);
        Interval interval{first, first};
        if (pattern.form == Pattern::Form::range) interval.high = bound(pattern.bounds[1], key);
        if (pattern.form == Pattern::Form::at_least) interval.high = highest;
        if (pattern.form == Pattern::Form::less) interval = {lowest, first - 1};
        if (pattern.form == Pattern::Form::less_equal) interval = {lowest, first};
        if (pattern.form == Pattern::Form::greater) interval = {first + 1, highest};
        if (interval.low > interval.high) fail(pattern.at, "Cet intervalle est vide.");
        made.intervals.push_back(interval);
    }
    return made;
}

// `others` comes last; a closed list is covered whole; where nothing could refuse, so is a number.
void ExpressionCompiler::check_rows(const std::vector<TableRow>& rows, const Node& key,
                                    const Expression& expression, Scope& scope) const {
    for (std::size_t i = 0; i + 1 < rows.size(); ++i) {
        if (rows[i].others) fail(expression.rows[i].patterns[0].at, "« others » vient en dernier.");
    }
    if (rows.back().others) return;
    if (key.type != Type::choice) {
        if (scope.every_row) fail(expression.at, "Ce tableau doit finir par une ligne « others ».");
        scope.open_table = true;
        return;
    }
    for (std::size_t i = 0; i < key.choices->values.size(); ++i) {
        const auto value = static_cast<std::int64_t>(i);
        const bool covered =
            std::ranges::any_of(rows, [&](const TableRow& row) { return holds(row, value); });
        if (!covered) {
            fail(expression.at, "Ce tableau n'a pas de ligne pour « " +
                                    std::string(key.choices->values[i].name) +
                                    " » : ajoutez-la, ou « others ».");
        }
    }
}

NodeIndex ExpressionCompiler::table(const Expression& expression, Scope& scope) {
    const NodeIndex key_index = compile(expression.parts[0], scope);
    const Node key = out_.nodes[key_index];
    if (key.type == Type::boolean || key.type == Type::commune || key.scale != 0) {
        fail(expression.at,
             "Un tableau se choisit par un nombre, un montant, un taux, une date ou "
             "une valeur d'une liste.");
    }
    check_key(key, expression.at);
    std::vector<TableRow> rows;
    std::vector<NodeIndex> values;
    for (const syntax::Row& row : expression.rows) {
        rows.push_back(patterns(row, key));
        values.push_back(compile(row.value[0], scope));
    }
    check_rows(rows, key, expression, scope);
    const Type type = out_.nodes[values[0]].type;
    if (type != Type::money && type != Type::rate && type != Type::number) {
        fail(expression.at,
             "Les lignes d'un tableau donnent des montants, des taux ou des nombres.");
    }
    Node made{.op = Op::table, .type = type};
    made.scale = static_cast<std::uint8_t>(align(values, expression.at));
    for (const NodeIndex value : values) {
        made.digits = std::max(made.digits, out_.nodes[value].digits);
    }
    made.value = static_cast<std::int64_t>(out_.rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i].value = values[i];
    if (key.type == Type::choice) {
        made.by_choice = static_cast<std::uint32_t>(out_.choice_values.size());
        for (std::size_t i = 0; i < key.choices->values.size(); ++i) {
            const auto row = std::ranges::find_if(rows, [&](const TableRow& candidate) {
                return holds(candidate, static_cast<std::int64_t>(i));
            });
            out_.choice_values.push_back(row->value);
        }
    }
    out_.rows.insert(out_.rows.end(), rows.begin(), rows.end());
    values.insert(values.begin(), key_index);
    return push(made, values);
}

NodeIndex ExpressionCompiler::in_set(const Expression& expression, Scope& scope) {
    const NodeIndex key_index = compile(expression.parts[0], scope);
    const Node key = out_.nodes[key_index];
    if (key.type == Type::boolean || key.scale != 0) {
        fail(expression.at,
             "« in » veut un nombre, un montant, une date ou une valeur d'une liste.");
    }
    check_key(key, expression.at);
    TableRow row = patterns(expression.rows[0], key);
    if (row.others) fail(expression.at, "« others » n'a de sens que dans un tableau.");
    Node made{.op = Op::in_set, .type = Type::boolean};
    made.value = static_cast<std::int64_t>(out_.rows.size());
    out_.rows.push_back(std::move(row));
    return push(made, {key_index});
}

}  // namespace deodat::rules
