// One expression of a rule text, walked with a dossier's facts in hand.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>

#include "rules/engine/syntax.h"
#include "rules/facts/facts.h"
#include "tests/model/rational.h"

namespace deodat::model {

// A truth is 0 or 1, money is in cents, a rate is a fraction, a date counts days, a value of a
// closed list is its place in it. Not known when it hangs on a fact that was not given; its number
// is then what that fact counts for in an amount.
struct SlowValue {
    rules::Type type = rules::Type::number;
    Rational number;
    bool known = true;
    const rules::Choices* choices = nullptr;
};

// What another aid gave, for those that read it.
struct SlowOutcome {
    bool eligible = false;
    bool granted = false;
    Rational amount;
    Rational base;
};

// How often each kind of expression was walked: what a test that draws texts has reached.
struct SlowVisits {
    std::map<rules::syntax::Kind, std::int64_t> kinds;
    std::map<rules::syntax::Operator, std::int64_t> operators;  // of binary expressions
};

// Everything a name may mean while one block is evaluated.
struct SlowScope {
    const rules::Facts& facts;
    const rules::syntax::Scale* scale = nullptr;
    std::optional<std::int64_t> income_class = {};
    std::int64_t eligible_ht = 0;
    std::int64_t eligible_ttc = 0;
    std::map<std::string, const rules::syntax::Expression*> lets = {};
    std::optional<Rational> base = {};
    std::optional<Rational> rate = {};
    std::optional<Rational> amount = {};
    std::optional<Rational> trade_ht = {};
    std::map<std::string, SlowOutcome> outcomes = {};
    Rational other_aids = {};
    // Noted on the way
    std::set<std::string> absent =
        {};  // codes of facts that an amount or a condition asked in vain
    bool outside_table = false;
    SlowVisits* visits = nullptr;
};

SlowValue evaluate(const rules::syntax::Expression& expression, SlowScope& scope);

// The household's zone, the amount of a line including VAT, the last part of a fact's name.
rules::Zone zone_of(const rules::Facts& facts);
std::int64_t ttc_of(const rules::WorksLine& line);
std::string code_of_fact(const std::string& name);

// Whether the places hold the commune.
bool holds(const std::vector<rules::syntax::TerritoryItem>& places, const Commune& commune);

// A household's ceiling of that class on a scale; none when the scale has no such class.
std::optional<std::int64_t> ceiling_of(const rules::syntax::Scale& scale, rules::Zone zone,
                                       const std::string& income_class, std::int64_t persons);

// The code of a condition that gives none: the first fact that it names, "territory", "perimeter",
// or "condition".
std::string default_code(const rules::syntax::Expression& test, const SlowScope& scope);

std::int64_t rounded(const Rational& cents, rules::syntax::RoundTo to, rules::syntax::RoundHow how);

}  // namespace deodat::model
