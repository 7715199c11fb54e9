// What a rule may speak of: the dictionary of facts (dictionary.inc) as a table, and the closed
// lists of choices.
#pragma once
#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace deodat::rules {

enum class Type : std::uint8_t { boolean, number, money, rate, date, choice, commune };
enum class Need : std::uint8_t { required, optional, derived };

// One value of a closed list: its stable name, and what a French reader sees.
struct Choice {
    std::string_view name;
    std::string_view french;
};

// A closed list, in its order: the order that `<=` and `..` follow in rule texts.
struct Choices {
    std::string_view name;
    std::span<const Choice> values;
    std::string_view degree =
        {};  // French for one step of its order; empty: values are only equal or not

    bool ordered() const { return !degree.empty(); }
    std::optional<std::int64_t> index_of(std::string_view value_name) const;
};

enum class IncomeClass : std::uint8_t { very_modest, modest, intermediate, upper };
enum class Zone : std::uint8_t { idf, other };
enum class OwnerStatus : std::uint8_t { owner_occupier, landlord, tenant };
enum class DwellingType : std::uint8_t { house, flat };

const Choices& income_classes();
const Choices& zones();
// Every closed list, so that a rule text can be checked against all of them.
std::span<const Choices* const> all_choices();

enum class FactId : std::uint8_t {
#define FACT(id, name, json, type, need, least, most, choices, french, unit) id,
#include "rules/facts/dictionary.inc"
#undef FACT
};

struct Fact {
    std::string_view name;  // in rule texts
    std::string_view json;  // dotted path; empty for a derived fact
    Type type;
    Need need;
    std::int64_t least;
    std::int64_t most;
    const Choices* choices;  // of a choice
    std::string_view french;
    std::string_view unit;

    // What a condition on this fact alone is called in reasons and to_verify: the last part of its
    // name.
    std::string_view code() const;
};

inline constexpr std::size_t fact_count =
    std::initializer_list<int>{
#define FACT(id, name, json, type, need, least, most, choices, french, unit) 0,
#include "rules/facts/dictionary.inc"
#undef FACT
    }
        .size();

std::span<const Fact, fact_count> dictionary();
const Fact& fact(FactId id);
std::optional<FactId> fact_named(std::string_view name);
std::optional<FactId> fact_at(std::string_view json_path);

}  // namespace deodat::rules
