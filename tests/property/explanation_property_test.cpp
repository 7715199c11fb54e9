// Goal: for every dossier, an explanation says the plan's own figures, adds up, and shows no code.
// Method: RapidCheck draws dossiers, planned with the rules of the program and the examples; every
// formula is calculated again from its text.
#include <fstream>
#include <memory>
#include <sstream>

#include "rules/engine/wording.h"
#include "rules/plan/explanation_text.h"
#include "rules/plan/plan_json.h"
#include "tests/property/drawn_dossier.h"

namespace deodat::rules::test {
namespace {

std::string content(const char* path) {
    std::ifstream in(std::string(DEODAT_ROOT) + path);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

// The rules of the program, the real local aids among them, and the demonstration's.
const RuleSet& some_rules() {
    static const std::unique_ptr<const RuleSet> rules = [] {
        std::vector<RuleFile> files = embedded_rule_files();
        files.push_back({"example_aids.rules", content("/api/demo/example_aids.rules")});
        return std::unique_ptr<const RuleSet>(std::move(compile(files).rules));
    }();
    return *rules;
}

Explained some_explained(const RuleSet& rules, const Facts& facts) {
    Result<Explained> made = explain(rules, facts);
    RC_ASSERT(made.ok());
    return std::move(*made);
}

// A dossier where local aids are, with some of what is optional given.
Facts some_full_dossier() {
    Facts facts = some_dossier();
    if (drawn(0, 3) > 0) {
        facts.set(FactId::dwelling_commune, rank(*rc::gen::element<std::string>(
                                                "88413", "25056", "49007", "67482", "91228",
                                                "17300", "21231", "87085", "92050", "59350")));
    }
    for (std::size_t i = 0; i < fact_count; ++i) {
        const Fact& row = dictionary()[i];
        if (row.need != Need::optional || drawn(0, 2) > 0) continue;
        const auto most = static_cast<std::int64_t>(row.choices->values.size()) - 1;
        if (row.type == Type::boolean) facts.set(static_cast<FactId>(i), drawn<std::int64_t>(0, 1));
        if (row.type == Type::number && row.least >= 0) {
            facts.set(static_cast<FactId>(i), drawn<std::int64_t>(row.least, row.least + 90));
        }
        if (row.type == Type::money) {
            facts.set(static_cast<FactId>(i), drawn<std::int64_t>(0, 1'000'000));
        }
        if (row.type == Type::rate)
            facts.set(static_cast<FactId>(i), drawn<std::int64_t>(0, 10'000));
        if (row.type == Type::choice)
            facts.set(static_cast<FactId>(i), drawn<std::int64_t>(0, most));
    }
    facts.derive();
    return facts;
}

template <class See>
void each_step(const std::vector<Step>& steps, const See& see) {
    for (const Step& step : steps) {
        see(step);
        each_step(step.parts, see);
    }
}

const Step* part_of_kind(const Step& step, std::string_view kind) {
    for (const Step& part : step.parts) {
        if (part.step == kind) return &part;
    }
    return nullptr;
}

// Calculates « 60 % × min(41 000,00 €, plafond 40 000,00 €) » from its text, in 10^-12 cents.
class Calculation {
  public:
    explicit Calculation(std::string_view text) : rest_(text) {}

    // None when the text holds anything but amounts, rates and operators.
    std::optional<Int128> result() {
        const std::optional<Int128> value = sum();
        return rest_.empty() ? value : std::nullopt;
    }

    static constexpr Int128 one = static_cast<Int128>(1'000'000) * 1'000'000;

  private:
    bool take(std::string_view token) {
        while (rest_.starts_with(' ')) rest_.remove_prefix(1);
        if (!rest_.starts_with(token)) return false;
        rest_.remove_prefix(token.size());
        return true;
    }

    std::optional<Int128> sum() {
        std::optional<Int128> left = product();
        while (left) {
            const bool plus = take("+");
            if (!plus && !take("−")) break;
            const std::optional<Int128> right = product();
            if (!right) return std::nullopt;
            left = plus ? *left + *right : *left - *right;
        }
        return left;
    }

    std::optional<Int128> product() {
        std::optional<Int128> left = primary();
        while (left && take("×")) {
            const std::optional<Int128> right = primary();
            if (!right) return std::nullopt;
            left = *left * *right / one;
        }
        return left;
    }

    std::optional<Int128> primary() {
        const bool least = take("min(");
        if (least || take("max(")) return extreme(least);
        if (take("(")) {
            const std::optional<Int128> inner = sum();
            return take(")") ? inner : std::nullopt;
        }
        return number();
    }

    std::optional<Int128> extreme(bool least) {
        std::optional<Int128> best;
        do {
            (void)take("plafond");
            const std::optional<Int128> value = sum();
            if (!value) return std::nullopt;
            if (!best) best = value;
            best = least ? std::min(*best, *value) : std::max(*best, *value);
        } while (take(","));
        return take(")") ? best : std::nullopt;
    }

    std::optional<Int128> number() {
        while (rest_.starts_with(' ')) rest_.remove_prefix(1);
        Int128 digits = 0;
        int decimals = -1;
        bool any = false;
        while (!rest_.empty()) {
            if (rest_.starts_with("\u202f")) {
                rest_.remove_prefix(3);
                continue;
            }
            const char c = rest_.front();
            const bool comma =
                c == ',' && decimals < 0 && rest_.size() > 1 && rest_[1] >= '0' && rest_[1] <= '9';
            if (!comma && (c < '0' || c > '9')) break;
            if (comma) {
                decimals = 0;
            } else {
                digits = digits * 10 + (c - '0');
                if (decimals >= 0) ++decimals;
                any = true;
            }
            rest_.remove_prefix(1);
        }
        if (!any) return std::nullopt;
        for (int i = std::max(decimals, 0); i < 2; ++i) digits *= 10;  // in hundredths
        if (take("\u00a0€")) return digits * one;
        if (take("\u00a0%")) return digits * (one / 10'000);
        return std::nullopt;
    }

    std::string_view rest_;
};

RC_GTEST_PROP(ExplanationProperty, ItsFiguresAreThoseOfThePlan, ()) {
    const RuleSet& rules = some_rules();
    const Facts facts = some_full_dossier();
    const Explained made = some_explained(rules, facts);
    RC_ASSERT(plan_json(made.plan) == plan_json(*plan(rules, facts)));
    const Step& top = made.trace.front();
    RC_ASSERT(top.amount == made.plan.remaining_cost);
    Money left;
    std::size_t aids = 0;
    for (const Step& part : top.parts) {
        if (part.step == "works" || part.step == "other_cost") left += *part.amount;
        if (part.step == "aid" || part.step == "given_aid") left -= *part.amount;
        if (part.step != "aid") continue;
        ++aids;
        const PlannedAid& planned = *made.plan.aid(part.rule);
        RC_ASSERT(planned.chosen);
        RC_ASSERT(part.amount == planned.amount);
        RC_ASSERT(part_of_kind(part, "amount")->amount == planned.before_limit);
        const Step* advance = part_of_kind(part, "advance");
        RC_ASSERT((advance == nullptr ? Money() : *advance->amount) == planned.advance);
        if (const Step* base = part_of_kind(*part_of_kind(part, "amount"), "base")) {
            RC_ASSERT(base->amount == planned.base);
        }
    }
    RC_ASSERT(left == made.plan.remaining_cost);
    std::size_t chosen = 0;
    for (const PlannedAid& planned : made.plan.aids) {
        if (planned.chosen && planned.aid->kind == syntax::AidKind::grant) ++chosen;
    }
    RC_ASSERT(aids == chosen);
    Money works;
    for (const Step& line : part_of_kind(top, "works")->parts) works += *line.amount;
    RC_ASSERT(works == made.plan.works_ttc);
}

RC_GTEST_PROP(ExplanationProperty, LimitsAddUp, ()) {
    const Explained made = some_explained(some_rules(), some_full_dossier());
    std::size_t rank = 0;
    for (const Step& part : made.trace.front().parts) {
        if (part.step != "limit") continue;
        const LimitOutcome& outcome = made.plan.limits[rank++];
        RC_ASSERT(part_of_kind(part, "ceiling")->amount == outcome.ceiling);
        const Step& counted = *part_of_kind(part, "counted_aids");
        RC_ASSERT(counted.amount == outcome.counted);
        Money sum;
        for (const Step& aid : counted.parts) sum += *aid.amount;
        RC_ASSERT(sum == outcome.counted);
        const Step* excess = part_of_kind(part, "excess");
        RC_ASSERT((excess == nullptr ? Money() : *excess->amount) == outcome.excess);
    }
    RC_ASSERT(rank == made.plan.limits.size());
}

RC_GTEST_PROP(ExplanationProperty, EveryFormulaGivesTheResultItStates, ()) {
    const Explained made = some_explained(some_rules(), some_full_dossier());
    std::size_t calculated = 0;
    each_step(made.trace, [&](const Step& step) {
        const std::size_t equals = step.text.rfind(" = ");
        if (!step.amount || equals == std::string::npos) return;
        RC_ASSERT(step.text.substr(equals + 3).starts_with(french(*step.amount)));
        std::string formula = step.text.substr(0, equals);
        const std::size_t label = formula.rfind(" : ");
        if (label != std::string::npos) formula.erase(0, label + 3);
        const std::optional<Int128> result = Calculation(formula).result();
        if (!result || step.text.find("arrondi") != std::string::npos) return;
        ++calculated;
        const Int128 cents =
            std::max<Int128>(0, (*result + Calculation::one / 2) / Calculation::one);
        if (step.step != "remaining_cost")
            RC_ASSERT(Money::cents(static_cast<std::int64_t>(cents)) == *step.amount);
    });
    RC_TAG(calculated > 0);
}

RC_GTEST_PROP(ExplanationProperty, NoTextIsEmptyOrShowsACode, ()) {
    const Explained made = some_explained(some_rules(), some_full_dossier());
    each_step(made.trace, [](const Step& step) {
        RC_ASSERT(!step.rule.empty());
        RC_ASSERT(!step.step.empty());
        RC_ASSERT(!step.text.empty());
        RC_ASSERT(step.text.find('_') == std::string::npos);
        RC_ASSERT(step.text.find("local.") == std::string::npos);
        RC_ASSERT(step.text.find("anah.") == std::string::npos);
    });
    RC_ASSERT(explanation_text(made.trace).find('_') == std::string::npos);
}

// A fact compared with a number: the distance itself is in the text.
RC_GTEST_PROP(ExplanationProperty, ARefusalByAComparisonSaysByHowMuch, ()) {
    const RuleSet& rules = some_rules();
    const Facts facts = some_full_dossier();
    const Explained made = some_explained(rules, facts);
    for (const Step& step : made.trace) {
        if (step.step != "refused") continue;
        RC_ASSERT(!step.parts.empty());
        const PlannedAid& planned = *made.plan.aid(step.rule);
        std::size_t first = 0;
        while (first < planned.aid->conditions.size() && (planned.refused >> first & 1U) == 0)
            ++first;
        if (first == planned.aid->conditions.size()) continue;
        const Node& test = rules.nodes[planned.aid->conditions[first].test];
        if (!is_comparison(test.op)) continue;
        const Node& left = rules.nodes[rules.links[test.first]];
        const Node& right = rules.nodes[rules.links[test.first + 1]];
        const std::string& text = step.parts.front().text;
        if (left.type == Type::choice && !left.choices->ordered()) continue;
        bool measured = false;
        for (const std::string_view said : {"de moins que", "de plus que", "au-dessus d",
                                            "d'écart avec", "exactement", "avant", "après"}) {
            measured = measured || text.find(said) != std::string::npos;
        }
        RC_ASSERT(measured);
        const bool plain = left.op == Op::fact && left.type == Type::number &&
                           right.op == Op::constant &&
                           (test.op == Op::less_equal || test.op == Op::greater_equal);
        if (!plain) continue;
        const std::int64_t gap = facts.get(static_cast<FactId>(left.value)) - right.value;
        const std::string distance = ", " + std::to_string(gap < 0 ? -gap : gap) + "\u00a0";
        RC_ASSERT(text.find(distance) != std::string::npos);
    }
}

}  // namespace
}  // namespace deodat::rules::test
