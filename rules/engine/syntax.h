// The rule text as written: what the parser makes of it, names unresolved, each part with its
// place.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace deodat::rules {

struct Place {
    int line = 0;
    int column = 0;
};

// What is wrong with a rule text, where, in a French sentence that says what was expected.
struct RuleError {
    std::string file;
    Place at;
    std::string message;

    std::string text() const;  // file:line:column: message
};

// One file of rules.
struct RuleFile {
    std::string name;
    std::string text;
};

inline constexpr std::size_t conditions_max = 64;  // of an aid: a plan keeps them as bits

namespace syntax {

enum class Operator : std::uint8_t {
    logical_or,
    logical_and,
    less,
    less_equal,
    greater,
    greater_equal,
    equal,
    not_equal,
    add,
    subtract,
    multiply
};

enum class Kind : std::uint8_t {
    money,
    rate,
    number,
    date,
    name,  // leaves: value, or text of a name
    binary,
    negate,
    minimum,
    maximum,       // parts
    up_to,         // parts: value, cap
    when,          // parts: value, condition[, otherwise]
    table,         // parts[0] the key; rows
    in_set,        // parts[0] the value; rows[0] the patterns
    in_territory,  // text "dwelling" or "household"; territory
    in_perimeter,  // text: its name
    ceiling_of,    // text: the income class
    ht_of,         // text: the trade
    ht_at,         // value: the VAT rate
    each_trade,    // parts: what each trade gets
    to_the_euro,   // parts: the amount; rounding
    amount_of,
    base_of,
    granted,
    eligible,  // text: the aid's id
    other_aids
};

struct Expression;

// A pattern of a set or table row, in values of the key: `2`, `E..G`, `3+`, `< 30`, `others`.
struct Pattern {
    enum class Form : std::uint8_t { one, range, at_least, less, less_equal, greater, others };
    Form form = Form::one;
    Place at;
    std::vector<Expression> bounds;  // one, two (range) or none (others)
};

struct Row {
    std::vector<Pattern> patterns;
    std::vector<Expression> value;  // one; none in a set
};

// What a territory lists: regions, departments, intercommunalities, communes, the metropolis;
// `except` others.
struct TerritoryItem {
    enum class Level : std::uint8_t { region, department, epci, ept, commune, metropolis };
    Level level = Level::region;
    std::string code;
    bool excepted = false;
    Place at;
};

enum class RoundTo : std::uint8_t { cent, euro };
enum class RoundHow : std::uint8_t { half_up, down, up };

struct Expression {
    Kind kind = Kind::number;
    Place at;
    std::int64_t value = 0;
    std::string text;
    Operator op = Operator::add;
    RoundHow how = RoundHow::half_up;
    std::vector<Expression> parts;
    std::vector<Row> rows;
    std::vector<TerritoryItem> territory;
};

struct Reference {
    std::string id;
    Place at;
};

struct Window {
    std::int64_t from = 0;              // days since 1970
    std::optional<std::int64_t> until;  // inclusive; none: still open
    Place at;
};

// The windows of a block, and the fact that falls in one of them: the date of deposit, or another.
struct Dating {
    Reference by;  // empty: the date of deposit
    std::vector<Window> windows;
};

struct Condition {
    Expression test;
    bool established = false;  // must be known before the aid is taken
    std::string code;          // empty: made from the test
    std::string sentence;      // empty: made from the test
    Place at;
};

struct Named {
    std::string name;
    Expression value;
    Place at;
};

enum class AidKind : std::uint8_t { grant, loan, certificate };

struct Aid {
    Place at;
    std::string id;
    std::string label;
    std::string funder;
    Dating dating;
    std::vector<TerritoryItem> territory;
    std::string source;
    std::string note;
    std::string scheme;        // the group of aids of which a household takes one
    Reference incomes;         // the scale of its income classes; empty: the general one
    bool named_lines = false;  // only works lines that name it are eligible
    AidKind kind = AidKind::grant;
    std::vector<Condition> conditions;
    std::vector<Named> lets;
    std::optional<Expression> base;
    std::optional<Expression> rate;
    std::vector<Expression> amount;  // the first and its `plus` lines
    bool decided = false;            // no formula: somebody decides, case by case
    std::optional<Expression> equivalent;
    std::optional<Expression> at_most;
    std::optional<Expression> at_least;
    std::optional<Expression> advance;
    std::int64_t instalments = 0;
    std::optional<Expression> before_balance;  // what advance and instalments may reach together
    RoundTo round_to = RoundTo::cent;
    RoundHow round_how = RoundHow::half_up;
    std::vector<Reference> after;
    std::vector<Reference> counts_in;
    bool counts_in_nothing = false;
};

struct Limit {
    Place at;
    std::string id;
    std::string label;
    Dating dating;
    std::vector<TerritoryItem> territory;
    std::string source;
    std::string note;
    std::vector<Reference> counts;
    bool counts_every_local_aid = false;
    std::optional<Expression> ceiling;
    std::vector<Reference> cuts;          // the first is reduced first
    std::vector<Reference> after;         // the limits applied before it
    std::vector<Reference> when_granted;  // it holds when one of these is taken; none: always
};

struct ScaleRow {
    Place at;
    std::string zone;
    std::string income_class;
    std::vector<std::int64_t> cents;  // one to five persons
    std::int64_t supplement_cents = 0;
};

// A worked example of a scale: who signs it says what class one household is in.
struct ScaleExample {
    Place at;
    std::string zone;
    std::int64_t persons = 0;
    std::int64_t income_cents = 0;
    std::string income_class;
};

struct Scale {
    Place at;
    std::string id;
    std::string label;
    Dating dating;
    std::string source;
    std::string note;
    bool inclusive = false;  // reading <=, else <
    bool reading_given = false;
    std::vector<ScaleRow> rows;
    std::vector<ScaleExample> examples;
};

struct File {
    std::string name;
    std::vector<Aid> aids;
    std::vector<Limit> limits;
    std::vector<Scale> scales;
    std::vector<RuleError> errors;
};

}  // namespace syntax
}  // namespace deodat::rules
