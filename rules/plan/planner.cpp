#include "rules/plan/planner.h"

#include <algorithm>

namespace deodat::rules {
namespace {

using syntax::RoundHow;
using syntax::RoundTo;

std::int64_t to_cent(Int128 number, int scale) {
    return rounded_cents(number, scale, RoundTo::cent, RoundHow::half_up);
}

// The smaller of two amounts at scales of their own, at the finer one.
struct Scaled {
    Int128 number;
    int scale;
};
Scaled at_least_zero(Scaled amount) {
    return {std::max<Int128>(amount.number, 0), amount.scale};
}
Scaled smaller(Scaled a, Scaled b) {
    const int scale = std::max(a.scale, b.scale);
    const Int128 x = a.number * scale_unit(scale - a.scale);
    const Int128 y = b.number * scale_unit(scale - b.scale);
    return {std::min(x, y), scale};
}

bool counts_in_total(const PlannedAid& planned) {
    return planned.chosen && planned.aid->kind == syntax::AidKind::grant;
}

}  // namespace

IncomeClass class_of(const Scale& scale, const Facts& facts) {
    return scale.class_of(static_cast<Zone>(facts.get(FactId::zone)), facts.get(FactId::persons),
                          facts.get(FactId::reference_income));
}

void Planner::ask_conditions(const Aid& aid, PlannedAid& planned) {
    for (std::size_t i = 0; i < aid.conditions.size(); ++i) {
        const Answer answer = ask(frame_, aid.conditions[i].test);
        const std::uint64_t bit = std::uint64_t{1} << i;
        if (answer == Answer::no) planned.refused |= bit;
        if (answer == Answer::unknown) planned.unverified |= bit;
        if (trace_ != nullptr) trace_->condition(aid, frame_, aid.conditions[i], answer);
    }
}

void Planner::calculate(const Aid& aid, PlannedAid& planned) {
    const auto scale_of = [&](NodeIndex node) { return int{frame_.rules.nodes[node].scale}; };
    const auto exact = [&](NodeIndex node) {
        return Scaled{evaluate(frame_, node).number, scale_of(node)};
    };
    const auto money = [&](std::int64_t cents) {
        if (Money::in_range(cents)) return Money::cents(cents);
        out_of_bounds_ = true;
        return Money();
    };
    if (aid.base != no_node) {
        const Scaled base = at_least_zero(exact(aid.base));
        frame_.base = base.number * scale_unit(base_scale - base.scale);
        planned.base = money(to_cent(base.number, base.scale));
    }
    if (aid.base_cap != no_node) {
        const Scaled cap = exact(aid.base_cap);
        planned.base_cap = money(to_cent(cap.number, cap.scale));
    }
    if (aid.rate != no_node) {
        frame_.rate = evaluate(frame_, aid.rate).number;
        planned.rate_bp = static_cast<std::int64_t>(frame_.rate);
    }
    Scaled amount = exact(aid.amount);
    if (aid.at_most != no_node) amount = smaller(amount, exact(aid.at_most));
    amount = at_least_zero(amount);
    planned.before_limit =
        money(rounded_cents(amount.number, amount.scale, aid.round_to, aid.round_how));
    if (aid.at_least != no_node) {
        const Scaled least = exact(aid.at_least);
        planned.below_minimum = planned.before_limit.cents() < to_cent(least.number, least.scale);
    }
}

PlannedAid Planner::evaluate_aid(const Candidate& candidate, bool may_be_chosen) {
    const Aid& aid = *candidate.aid;
    PlannedAid planned;
    planned.aid = &aid;
    planned.version = candidate.version;
    frame_.base = 0;
    frame_.rate = 0;
    frame_.outside_table = false;
    ask_conditions(aid, planned);
    frame_.absent.reset();
    if (planned.refused == 0) {
        calculate(aid, planned);
        planned.counted_as_nothing = frame_.absent;
        if (trace_ != nullptr) trace_->amount(frame_, planned);
    }
    planned.outside_table = frame_.outside_table;
    planned.eligible = planned.refused == 0 && !planned.outside_table && !planned.below_minimum;
    planned.chosen = planned.eligible && may_be_chosen;
    if (!planned.eligible) {
        planned.before_limit = Money();
        planned.base.reset();
        planned.base_cap.reset();
        planned.rate_bp.reset();
    }
    planned.amount = planned.before_limit;
    return planned;
}

void Planner::remember(const PlannedAid& planned) {
    frame_.outcomes.push_back({planned.aid->index, planned.chosen, planned.amount.cents(),
                               planned.chosen ? frame_.base : 0});
    if (counts_in_total(planned)) frame_.other_aids_cents += planned.amount.cents();
}

void Planner::apply(const Limit& limit, Plan& plan) {
    LimitOutcome outcome;
    outcome.limit = &limit;
    if (limit.rate != no_node) {
        outcome.rate_bp = static_cast<std::int64_t>(evaluate(frame_, limit.rate).number);
    }
    const std::int64_t ceiling =
        to_cent(evaluate(frame_, limit.ceiling).number, frame_.rules.nodes[limit.ceiling].scale);
    out_of_bounds_ = out_of_bounds_ || !Money::in_range(ceiling);
    outcome.ceiling = Money::cents(Money::in_range(ceiling) ? ceiling : 0);
    for (const PlannedAid& planned : plan.aids) {
        if (planned.chosen && limit.counted[planned.aid->index]) outcome.counted += planned.amount;
    }
    if (limit.counts_given_aids) {
        for (const GivenAid& given : plan.given_aids) outcome.counted += given.amount;
    }
    if (trace_ != nullptr) trace_->limit(frame_, outcome, plan);
    Money over = std::max(Money(), outcome.counted - outcome.ceiling);
    for (const AidIndex index : limit.cuts) {
        for (PlannedAid& planned : plan.aids) {
            if (!planned.chosen || planned.aid->index != index) continue;
            const Money reduction = std::min(planned.amount, over);
            planned.amount -= reduction;
            outcome.cut += reduction;
            over -= reduction;
            if (trace_ != nullptr && reduction.is_positive()) {
                trace_->cut(outcome, planned, reduction);
            }
        }
    }
    outcome.excess = over;
    plan.limits.push_back(outcome);
}

void Planner::advances(Plan& plan) {
    for (PlannedAid& planned : plan.aids) {
        if (!planned.chosen || planned.aid->advance == no_node) continue;
        frame_.amount_cents = planned.amount.cents();
        frame_.absent.reset();
        const int scale = frame_.rules.nodes[planned.aid->advance].scale;
        const std::int64_t cents = to_cent(evaluate(frame_, planned.aid->advance).number, scale);
        planned.advance = Money::cents(std::clamp<std::int64_t>(cents, 0, planned.amount.cents()));
        planned.counted_as_nothing |= frame_.absent;
        if (trace_ != nullptr) trace_->advance(frame_, planned);
    }
}

Result<Plan> Planner::run(std::span<const Candidate> candidates, std::optional<AidIndex> scheme) {
    const Facts& facts = frame_.facts;
    Plan plan;
    plan.income_class = static_cast<IncomeClass>(frame_.income_class);
    plan.zone = static_cast<Zone>(facts.get(FactId::zone));
    plan.class_jump = facts.get(FactId::class_jump);
    plan.works_ht = Money::cents(facts.get(FactId::works_ht));
    plan.works_ttc = Money::cents(facts.get(FactId::works_ttc));
    plan.given_aids = facts.given_aids;
    plan.aids.reserve(candidates.size());
    frame_.outcomes.clear();
    frame_.outcomes.reserve(candidates.size());
    frame_.other_aids_cents = 0;
    for (const GivenAid& given : facts.given_aids) {
        plan.total_aid += given.amount;
        frame_.other_aids_cents += given.amount.cents();
    }
    for (const Candidate& candidate : candidates) {
        const bool may = !candidate.aid->national_scheme || candidate.aid->index == scheme;
        plan.aids.push_back(evaluate_aid(candidate, may));
        remember(plan.aids.back());
    }
    const std::int64_t day = facts.get(FactId::deposit_date);
    for (const Limit& limit : frame_.rules.limits) {
        if (any_contains(limit.windows, day)) apply(limit, plan);
    }
    if (out_of_bounds_) {
        return Refusal{Code::amount_out_of_range, "",
                       "Une règle donne un montant de plus de 100 milliards d'euros."};
    }
    advances(plan);
    for (const PlannedAid& planned : plan.aids) {
        if (counts_in_total(planned)) plan.total_aid += planned.amount;
    }
    plan.remaining_cost = plan.works_ttc - plan.total_aid;
    return plan;
}

}  // namespace deodat::rules
