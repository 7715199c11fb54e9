// The rules, evaluated slowly: the syntax tree is walked for each dossier, names are resolved where
// they stand, amounts are fractions. What it says is read off rules/engine/grammar.md and nothing
// else; it shares with the program the parser, the facts as given and the table of communes, and
// none of what compiles, orders, evaluates or plans. A plan of the program must be equal to it.
//
// It expects texts that the compiler accepts.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "rules/engine/syntax.h"
#include "rules/facts/facts.h"
#include "tests/model/slow_expression.h"

namespace deodat::model {

// Amounts in cents.
struct SlowAid {
    std::int64_t version = 0;  // the first day of the window
    bool eligible = false;
    bool chosen = false;
    std::string not_chosen;  // why an eligible aid is not; as plan_json says it
    std::optional<std::int64_t> base;
    std::optional<std::int64_t> base_cap;
    std::optional<std::int64_t> rate_bp;
    std::int64_t before_limit = 0;
    std::int64_t amount = 0;
    std::int64_t advance = 0;
    std::int64_t instalments = 0;
    std::int64_t before_balance = 0;
    std::int64_t equivalent = 0;
    std::set<std::string> reasons;  // codes
    std::set<std::string> to_verify;

    bool operator==(const SlowAid&) const = default;
};

struct SlowLimit {
    std::optional<std::int64_t> rate_bp;
    std::int64_t ceiling = 0;
    std::int64_t counted = 0;
    std::int64_t cut = 0;
    std::int64_t excess = 0;

    bool operator==(const SlowLimit&) const = default;
};

struct SlowPlan {
    std::string refusal;  // its code; empty when there is a plan
    std::int64_t income_class = 0;
    std::int64_t zone = 0;
    std::int64_t class_jump = 0;
    std::int64_t works_ht = 0;
    std::int64_t works_ttc = 0;
    std::map<std::string, SlowAid> aids;      // by id
    std::map<std::string, SlowLimit> limits;  // by id
    std::set<std::string> notices;            // codes
    bool blocked = false;
    std::int64_t total_aid = 0;
    std::int64_t remaining_cost = 0;

    bool operator==(const SlowPlan&) const = default;
    // What differs, one line a field, to find it in a failing property.
    std::string differences(const SlowPlan& other) const;
};

class SlowRules {
  public:
    explicit SlowRules(const std::vector<rules::RuleFile>& files);

    // With `visits`, counts what it walked.
    SlowPlan plan(const rules::Facts& facts, SlowVisits* visits = nullptr) const;

  private:
    std::vector<rules::syntax::File> files_;
    std::vector<std::string> groups_;  // of exclusive aids, in the order in which they choose
};

}  // namespace deodat::model
