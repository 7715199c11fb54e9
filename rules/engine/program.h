// A rule set compiled: closed trees of nodes on exact integers, ready to evaluate. Built once, then
// only read; any number of threads may read it. Plans borrow from it, so it must outlive them.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/day.h"
#include "ledger/base/territory.h"
#include "rules/engine/syntax.h"
#include "rules/facts/facts.h"

namespace deodat::rules {

__extension__ using Int128 = __int128;

using NodeIndex = std::uint32_t;
using AidIndex = std::uint32_t;  // an aid's id, all its versions together
inline constexpr NodeIndex no_node = UINT32_MAX;

// Money in the middle of a calculation is exact: scale s counts units of 10^(-4s) cents, so that a
// rate in basis points multiplies without a division. Only the end of an aid rounds.
inline constexpr int scale_max = 3;
inline constexpr int base_scale = 1;  // of every aid's base
constexpr std::int64_t scale_unit(int scale) {
    std::int64_t unit = 1;
    for (int i = 0; i < scale; ++i) unit *= 10'000;
    return unit;
}
// What a number of decimal digits a node may reach without leaving 128 bits.
inline constexpr int digits_max = 36;
// What fits 64 bits.
inline constexpr int narrow_digits = 18;
// And an amount in cents, to be rounded within 64 bits.
inline constexpr int cents_digits_max = 18;

enum class Op : std::uint8_t {
    constant,
    fact,
    income_class,    // value: the number; the FactId
    eligible_lines,  // value: 0 without VAT, 1 with it
    base,
    rate,
    amount,  // of the aid at hand
    logical_or,
    logical_and,
    logical_not,
    less,
    less_equal,
    greater,
    greater_equal,
    equal,
    not_equal,
    add,
    subtract,
    multiply,
    rescale,  // rescale: value is the factor
    minimum,
    maximum,
    up_to,
    when,
    table,
    in_set,        // links[0] the key; rows; value: the first row
    in_territory,  // value: the territory; count: 1 for the household's commune
    in_perimeter,  // value: its name, in quoted_names
    ceiling_of,    // value: the income class
    ht_of,         // value: the trade, in quoted_names
    ht_at,         // value: the VAT rate
    each_trade,
    trade_ht,     // of the trade at hand
    to_the_euro,  // value: the RoundHow
    amount_of,
    base_of,
    granted,
    eligible,  // value: the AidIndex
    other_aids
};

constexpr bool is_comparison(Op op) {
    return op >= Op::less && op <= Op::not_equal;
}
// The comparison that holds where this one does not: < for >=.
Op opposite(Op comparison);
// The same comparison with its sides exchanged: > for <.
Op mirrored(Op comparison);
template <class Int>
constexpr bool compares(Op comparison, Int left, Int right) {
    if (comparison == Op::less) return left < right;
    if (comparison == Op::less_equal) return left <= right;
    if (comparison == Op::greater) return left > right;
    if (comparison == Op::greater_equal) return left >= right;
    return (left == right) == (comparison == Op::equal);
}

struct Node {
    Op op = Op::constant;
    Type type = Type::number;
    std::uint8_t scale = 0;   // of money
    std::uint8_t digits = 1;  // upper bound of its magnitude
    bool natural = false;     // never below zero
    bool narrow = false;      // it and its parts stay within 64 bits: quicker to evaluate
    std::int64_t value = 0;
    std::uint32_t first = 0;  // children: links[first .. first + count)
    std::uint32_t count = 0;
    const Choices* choices = nullptr;
    std::int16_t fact = -1;       // whose unit and name it bears: a key's or a compared fact
    std::uint32_t by_choice = 0;  // of a table of choices: where its values begin in choice_values
};

// Values from low to high, both inclusive. Every written bound becomes one: over whole numbers `<
// 30` is `.. 29`.
struct Interval {
    std::int64_t low;
    std::int64_t high;
};

// One row of a table, or the one row of a set.
struct TableRow {
    std::vector<Interval> intervals;
    NodeIndex value = no_node;
    bool others = false;
    Place at = {};
};

struct Territory {
    std::vector<std::uint64_t> bits;  // one a commune, by rank
    std::string french;

    bool contains(std::size_t rank) const { return (bits[rank / 64] >> (rank % 64) & 1U) != 0; }
};

struct Window {
    std::int64_t from;
    std::int64_t until;  // inclusive; INT64_MAX when open

    bool contains(std::int64_t day) const { return day >= from && day <= until; }
};

// A fact between bounds: what most conditions are. Kept beside the test's node because it is asked
// ten times as fast.
struct Between {
    std::optional<FactId> fact;
    std::int64_t low = 0;  // both inclusive
    std::int64_t high = 0;
};

struct Condition {
    NodeIndex test;
    Between between;        // says the same as the test, when the test is of that form
    bool of_facts = false;  // the test asks for facts alone
    bool established = false;
    std::string code;
    std::string sentence;  // what a refused household reads
    Place at;
};

// When a block holds: the windows, and the fact that falls in one of them.
struct Dating {
    FactId by = FactId::deposit_date;
    std::vector<Window> windows;

    // The window that holds the block's date. A date that is not known yet is taken to be that of
    // the deposit.
    const Window* window_of(const Facts& facts) const;
    // Whether a dossier may fall in a window of both.
    bool meets(const Dating& other) const;
};

using ScaleFamily = std::uint32_t;  // a scale's id, all its versions together
using SchemeGroup = std::uint32_t;  // aids of which a household takes one
inline constexpr ScaleFamily no_family = UINT32_MAX;
inline constexpr SchemeGroup no_group = UINT32_MAX;
inline constexpr SchemeGroup national_group = 0;
inline constexpr std::size_t scheme_groups_max = 8;

// One version of an aid.
struct Aid {
    std::string id;
    AidIndex index = 0;
    std::string label;
    std::string funder;
    std::string source;
    std::string note;
    std::string file;
    Place at;
    Dating dating;
    std::optional<std::uint32_t> territory;  // none: the whole country
    std::string territory_french;
    bool local = false;
    SchemeGroup group = no_group;
    ScaleFamily incomes = 0;
    bool named_lines = false;  // only works lines that name it are eligible
    bool decided = false;      // somebody decides its amount; `amount` is then 0
    syntax::AidKind kind = syntax::AidKind::grant;
    std::vector<Condition> conditions;
    std::uint64_t established = 0;  // those that must be known before the aid is taken, as bits
    NodeIndex base = no_node;
    NodeIndex base_cap = no_node;
    NodeIndex rate = no_node;
    NodeIndex amount = no_node;
    NodeIndex at_most = no_node;
    NodeIndex at_least = no_node;
    NodeIndex equivalent = no_node;  // what a loan counts for in limits
    NodeIndex advance = no_node;
    std::int64_t instalments = 0;
    NodeIndex before_balance = no_node;  // what advance and instalments may reach together
    syntax::RoundTo round_to = syntax::RoundTo::cent;
    syntax::RoundHow round_how = syntax::RoundHow::half_up;
    bool reads_other_aids = false;
    std::vector<AidIndex> reads;  // ids whose outcome it needs first

    // Whether a works line is eligible to it.
    bool covers(const WorksLine& line) const;
};

struct Limit {
    std::string id;
    std::string label;
    std::string source;
    std::string note;
    std::string file;
    Place at;
    Dating dating;
    std::optional<std::uint32_t> territory;  // none: the whole country
    std::vector<bool> counted;               // by AidIndex
    bool counts_given_aids = false;
    NodeIndex ceiling = no_node;
    NodeIndex rate = no_node;  // the ceiling's rate, when it is written as a rate of something
    std::vector<AidIndex> cuts;
    std::vector<std::string> after;
    std::vector<AidIndex> when_granted;  // it holds when one of these is taken; none: always
};

struct Scale {
    static constexpr std::size_t persons_max = 5;
    static constexpr std::size_t ceilings = 3;  // of all classes but the last
    struct Row {
        std::array<std::int64_t, persons_max> cents{};
        std::int64_t supplement_cents = 0;
        Place at = {};
    };
    std::string id;
    ScaleFamily family = 0;
    std::string label;
    std::string source;
    std::string note;
    std::string file;
    Place at;
    Dating dating;
    bool inclusive = true;
    bool has_intermediate = true;  // before it existed, whoever is above modest is upper
    std::array<std::array<Row, ceilings>, 2> rows{};  // by zone, by class

    // A household's ceiling of that class, in cents.
    std::int64_t ceiling(Zone zone, IncomeClass income_class, std::int64_t persons) const;
    IncomeClass class_of(Zone zone, std::int64_t persons, std::int64_t income_cents) const;
};

struct RuleSet {
    // What these rules are: the SHA-256 of the texts they were compiled from, in hexadecimal. A
    // kept plan names it.
    std::string version;
    std::vector<Node> nodes;
    std::vector<NodeIndex> links;
    std::vector<TableRow> rows;
    // The value of each choice of the tables that a choice opens, in the order of the choices.
    std::vector<NodeIndex> choice_values = {no_node};  // 0 stands for no table
    std::vector<Territory> territories;
    std::vector<std::string> quoted_names;
    std::vector<std::string> aid_ids;  // by AidIndex
    std::vector<Aid> aids;             // in the order of evaluation
    std::vector<Limit> limits;         // in the order in which they cut
    std::vector<Scale> scales;
    std::vector<std::string> scale_families;  // by ScaleFamily
    ScaleFamily general_scale = no_family;    // the one that gives a household its class
    std::vector<std::string> scheme_groups = {"national"};  // by SchemeGroup
    std::vector<SchemeGroup> choices;  // the groups in the order in which they choose

    // Ranks in aids of those whose territory holds the commune: list from starts[rank] to
    // starts[rank + 1].
    std::vector<std::uint32_t> commune_starts;
    std::vector<std::uint32_t> commune_aids;
    // By rank in aids: the deposit dates outside which it is closed, all in one place to be passed
    // over quickly.
    std::vector<Window> deposits;

    const Scale* scale_of(ScaleFamily family, const Facts& facts) const;
    std::optional<AidIndex> index_of(std::string_view aid_id) const;
};

}  // namespace deodat::rules
