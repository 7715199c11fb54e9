#include "rules/engine/parse_expression.h"

#include <array>

#include "rules/engine/parser.h"

namespace deodat::rules {
namespace {

using syntax::Expression;
using syntax::Kind;
using syntax::Operator;
using syntax::Pattern;
using syntax::Row;
using syntax::TerritoryItem;

struct Symbol {
    std::string_view text;
    Operator op;
};
constexpr auto comparisons = std::to_array<Symbol>({{"<", Operator::less},
                                                    {"<=", Operator::less_equal},
                                                    {">", Operator::greater},
                                                    {">=", Operator::greater_equal},
                                                    {"=", Operator::equal},
                                                    {"!=", Operator::not_equal}});

class ExpressionParser {
  public:
    explicit ExpressionParser(Cursor& cursor) : cursor_(cursor) {}

    Expression expression() {
        if (++depth_ > nesting_max) {
            throw ParseFailure{cursor_.peek().at, "Cette expression est trop imbriquée."};
        }
        Expression value = disjunction();
        if (cursor_.at_word("when")) {
            Expression when = part(Kind::when, cursor_.take().at, std::move(value));
            when.parts.push_back(disjunction());
            if (cursor_.accept_word("otherwise")) when.parts.push_back(expression());
            value = std::move(when);
        }
        --depth_;
        return value;
    }

  private:
    static Expression part(Kind kind, Place at, Expression first) {
        Expression made;
        made.kind = kind;
        made.at = at;
        made.parts.push_back(std::move(first));
        return made;
    }

    static Expression binary(Operator op, Place at, Expression left, Expression right) {
        Expression made = part(Kind::binary, at, std::move(left));
        made.op = op;
        made.parts.push_back(std::move(right));
        return made;
    }

    // Each operator of a chain deepens the tree by one, and trees are walked by recursion: chains
    // are bounded too.
    void count_link(int& links) const {
        if (++links > chain_max) {
            throw ParseFailure{cursor_.peek().at, "Cette suite d'opérations est trop longue."};
        }
    }

    Expression disjunction() {
        Expression left = conjunction();
        for (int links = 0; cursor_.at_word("or"); count_link(links)) {
            const Place at = cursor_.take().at;
            left = binary(Operator::logical_or, at, std::move(left), conjunction());
        }
        return left;
    }

    Expression conjunction() {
        Expression left = negation();
        for (int links = 0; cursor_.at_word("and"); count_link(links)) {
            const Place at = cursor_.take().at;
            left = binary(Operator::logical_and, at, std::move(left), negation());
        }
        return left;
    }

    Expression negation() {
        if (!cursor_.at_word("not")) return comparison();
        const Place at = cursor_.take().at;
        if (cursor_.at_word("not")) cursor_.expected("une condition");
        return part(Kind::negate, at, negation());
    }

    Expression comparison() {
        const bool place = (cursor_.at_word("dwelling") || cursor_.at_word("household")) &&
                           (cursor_.at_word("in", 1) || cursor_.at_word("not", 1));
        if (place) return in_territory();
        Expression left = capped();
        for (const Symbol& symbol : comparisons) {
            if (!cursor_.at_symbol(symbol.text)) continue;
            const Place at = cursor_.take().at;
            return binary(symbol.op, at, std::move(left), capped());
        }
        if (cursor_.at_word("in") || (cursor_.at_word("not") && cursor_.at_word("in", 1))) {
            const bool negated = cursor_.accept_word("not");
            Expression in = part(Kind::in_set, cursor_.take().at, std::move(left));
            in.rows.push_back({set(), {}});
            if (!negated) return in;
            const Place at = in.at;
            return part(Kind::negate, at, std::move(in));
        }
        return left;
    }

    Expression in_territory() {
        Expression in;
        in.kind = Kind::in_territory;
        in.at = cursor_.peek().at;
        in.text = cursor_.take().text;
        const bool negated = cursor_.accept_word("not");
        cursor_.expect_word("in");
        if (in.text == "dwelling" && cursor_.accept_word("perimeter")) {
            in.kind = Kind::in_perimeter;
            in.text =
                cursor_.expect(TokenKind::text, "le nom d'un périmètre entre guillemets").text;
        } else if (cursor_.accept_symbol("{")) {
            in.territory = parse_territory(cursor_);
            cursor_.expect_symbol("}");
        } else {
            in.territory = parse_territory(cursor_);
        }
        if (!negated) return in;
        const Place at = in.at;
        return part(Kind::negate, at, std::move(in));
    }

    // `80 % of ceiling of very_modest to the euro`
    Expression to_the_euro(Expression value) {
        Expression rounded = part(Kind::to_the_euro, cursor_.take().at, std::move(value));
        cursor_.take();
        cursor_.expect_word("euro");
        if (cursor_.accept_word("down"))
            rounded.how = syntax::RoundHow::down;
        else if (cursor_.accept_word("up"))
            rounded.how = syntax::RoundHow::up;
        return rounded;
    }

    Expression capped() {
        Expression left = sum();
        for (int links = 0; cursor_.at_word("up") && cursor_.at_word("to", 1); count_link(links)) {
            const Place at = cursor_.take().at;
            cursor_.take();
            left = part(Kind::up_to, at, std::move(left));
            left.parts.push_back(sum());
        }
        if (cursor_.at_word("to") && cursor_.at_word("the", 1)) return to_the_euro(std::move(left));
        return left;
    }

    Expression sum() {
        Expression left = product();
        for (int links = 0; cursor_.at_symbol("+") || cursor_.at_symbol("-"); count_link(links)) {
            const Token sign = cursor_.take();
            const Operator op = sign.text == "+" ? Operator::add : Operator::subtract;
            left = binary(op, sign.at, std::move(left), product());
        }
        return left;
    }

    Expression product() {
        Expression left = primary();
        for (int links = 0; cursor_.at_symbol("*") || cursor_.at_word("of"); count_link(links)) {
            const Place at = cursor_.take().at;
            left = binary(Operator::multiply, at, std::move(left), primary());
        }
        return left;
    }

    static Expression leaf(Kind kind, const Token& token) {
        Expression made;
        made.kind = kind;
        made.at = token.at;
        made.value = token.value;
        made.text = token.text;
        return made;
    }

    Expression primary() {
        const Token& token = cursor_.peek();
        switch (token.kind) {
            case TokenKind::number:
                return leaf(Kind::number, cursor_.take());
            case TokenKind::money:
                return leaf(Kind::money, cursor_.take());
            case TokenKind::rate:
                return leaf(Kind::rate, cursor_.take());
            case TokenKind::date:
                return leaf(Kind::date, cursor_.take());
            case TokenKind::word:
                return word();
            case TokenKind::symbol:
                if (cursor_.accept_symbol("(")) {
                    Expression inside = expression();
                    cursor_.expect_symbol(")");
                    return inside;
                }
                if (cursor_.at_symbol("-")) return negative();
                break;
            case TokenKind::text:
            case TokenKind::newline:
            case TokenKind::end:
                break;
        }
        cursor_.expected("une valeur");
    }

    Expression negative() {
        cursor_.take();
        if (!cursor_.at_kind(TokenKind::number)) cursor_.expected("un nombre après le signe moins");
        Expression number = leaf(Kind::number, cursor_.take());
        number.value = -number.value;
        return number;
    }

    Expression word() {
        const Place at = cursor_.peek().at;
        if (cursor_.accept_word("by")) return table(at);
        for (const bool least : {true, false}) {
            if (cursor_.accept_word(least ? "min" : "max")) {
                return extreme(least ? Kind::minimum : Kind::maximum, at);
            }
        }
        if (cursor_.at_word("amount") && cursor_.at_word("of", 1)) return of_aid(Kind::amount_of);
        if (cursor_.at_word("base") && cursor_.at_word("of", 1)) return of_aid(Kind::base_of);
        if (cursor_.at_word("ceiling") && cursor_.at_word("of", 1)) return of_class();
        if (cursor_.at_word("ht") && cursor_.at_word("of", 1)) return of_trade();
        if (cursor_.at_word("ht") && cursor_.at_word("at", 1)) return at_vat();
        if (cursor_.at_word("each") && cursor_.at_word("trade", 1)) {
            cursor_.take();
            cursor_.take();
            if (!cursor_.at_symbol("(")) cursor_.expected("« ( »");
            return part(Kind::each_trade, at, primary());
        }
        for (const bool granted : {true, false}) {
            if (!cursor_.accept_word(granted ? "granted" : "eligible")) continue;
            return leaf(granted ? Kind::granted : Kind::eligible,
                        cursor_.expect(TokenKind::word, "le nom d'une aide"));
        }
        if (cursor_.at_word("other") && cursor_.at_word("aids", 1)) {
            cursor_.take();
            return leaf(Kind::other_aids, cursor_.take());
        }
        return leaf(Kind::name, cursor_.take());
    }

    Expression of_aid(Kind kind) {
        cursor_.take();
        cursor_.take();
        return leaf(kind, cursor_.expect(TokenKind::word, "le nom d'une aide"));
    }

    Expression of_class() {
        cursor_.take();
        cursor_.take();
        return leaf(Kind::ceiling_of, cursor_.expect(TokenKind::word, "une catégorie de revenus"));
    }

    Expression of_trade() {
        cursor_.take();
        cursor_.take();
        return leaf(Kind::ht_of,
                    cursor_.expect(TokenKind::text, "un corps d'état entre guillemets"));
    }

    // `ht at 5,5 %`: the lines with that rate of VAT
    Expression at_vat() {
        cursor_.take();
        cursor_.take();
        return leaf(Kind::ht_at, cursor_.expect(TokenKind::rate, "un taux de TVA"));
    }

    Expression extreme(Kind kind, Place at) {
        cursor_.expect_symbol("(");
        Expression made = part(kind, at, expression());
        int links = 0;
        while (cursor_.accept_symbol(",")) {
            count_link(links);
            made.parts.push_back(expression());
        }
        cursor_.expect_symbol(")");
        return made;
    }

    Expression table(Place at) {
        Expression made = part(
            Kind::table, at,
            leaf(Kind::name,
                 cursor_.expect(TokenKind::word, "le nom de ce qui choisit la ligne du tableau")));
        cursor_.expect_symbol("{");
        do {
            Row row;
            do {
                row.patterns.push_back(pattern());
            } while (cursor_.accept_symbol(","));
            cursor_.expect_symbol(":");
            row.value.push_back(expression());
            made.rows.push_back(std::move(row));
        } while (cursor_.accept_symbol(","));
        if (!cursor_.accept_symbol("}")) cursor_.expected("« , » ou « } »");
        return made;
    }

    std::vector<Pattern> set() {
        std::vector<Pattern> patterns;
        if (!cursor_.accept_symbol("{")) {
            patterns.push_back(pattern());
            if (patterns.front().form != Pattern::Form::range) {
                cursor_.expected("un ensemble {…} ou un intervalle E..G");
            }
            return patterns;
        }
        do {
            patterns.push_back(pattern());
        } while (cursor_.accept_symbol(","));
        cursor_.expect_symbol("}");
        return patterns;
    }

    Pattern pattern() {
        Pattern made;
        made.at = cursor_.peek().at;
        if (cursor_.accept_word("others")) {
            made.form = Pattern::Form::others;
            return made;
        }
        constexpr std::pair<std::string_view, Pattern::Form> bounds[] = {
            {"<", Pattern::Form::less},
            {"<=", Pattern::Form::less_equal},
            {">", Pattern::Form::greater},
            {">=", Pattern::Form::at_least}};
        for (const auto& [symbol, form] : bounds) {
            if (!cursor_.accept_symbol(symbol)) continue;
            made.form = form;
            made.bounds.push_back(primary());
            return made;
        }
        made.bounds.push_back(primary());
        if (cursor_.accept_symbol("+")) {
            made.form = Pattern::Form::at_least;
        } else if (cursor_.accept_symbol("..")) {
            made.form = Pattern::Form::range;
            made.bounds.push_back(primary());
        }
        return made;
    }

    Cursor& cursor_;
    int depth_ = 0;
};

using Level = TerritoryItem::Level;
constexpr std::pair<std::string_view, Level> levels[] = {{"region", Level::region},
                                                         {"department", Level::department},
                                                         {"epci", Level::epci},
                                                         {"ept", Level::ept},
                                                         {"commune", Level::commune}};

TerritoryItem territory_code(Cursor& cursor, Level level, bool excepted) {
    const Token& token = cursor.peek();
    if (token.kind != TokenKind::number && token.kind != TokenKind::word) {
        cursor.expected("le code d'un territoire");
    }
    cursor.take();
    return {level, std::string(token.text), excepted, token.at};
}

void territory_item(Cursor& cursor, bool excepted, std::vector<TerritoryItem>& out) {
    if (cursor.at_word("metropolis")) {
        out.push_back({Level::metropolis, "", excepted, cursor.take().at});
        return;
    }
    for (const auto& [name, level] : levels) {
        if (!cursor.accept_word(name)) continue;
        if (!cursor.accept_symbol("{")) {
            out.push_back(territory_code(cursor, level, excepted));
            return;
        }
        do {
            out.push_back(territory_code(cursor, level, excepted));
        } while (cursor.accept_symbol(","));
        cursor.expect_symbol("}");
        return;
    }
    cursor.expected("region, department, epci, ept, commune ou metropolis");
}

}  // namespace

syntax::Expression parse_expression(Cursor& cursor) {
    return ExpressionParser(cursor).expression();
}

std::vector<syntax::TerritoryItem> parse_territory(Cursor& cursor) {
    std::vector<TerritoryItem> items;
    bool excepted = false;
    do {
        territory_item(cursor, excepted, items);
        if (!excepted && cursor.accept_word("except")) {
            excepted = true;
            territory_item(cursor, excepted, items);
        }
    } while (cursor.accept_symbol(","));
    return items;
}

}  // namespace deodat::rules
