#include "rules/plan/planner.h"

#include <algorithm>

#include "rules/engine/between.h"

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

Planner::Planner(const RuleSet& rules, const Facts& facts, const Scale& scale, Trace* trace,
                 const NotifiedAmounts* notified)
    : frame_{.rules = rules, .facts = facts},
      general_scale_(&scale),
      general_class_(static_cast<std::int64_t>(class_of(scale, facts))),
      trace_(trace),
      notified_(notified) {
    for (const GivenAid& given : facts.given_aids) given_.push_back(rules.index_of(given.aid));
}

bool Planner::could_be_taken(const Aid& aid) {
    for (const Condition& condition : aid.conditions) {
        if (!condition.of_facts) continue;
        const Answer answer =
            condition.between.fact ? ask(frame_, condition.between) : ask(frame_, condition.test);
        if (answer == Answer::no) return false;
        const bool named = frame_.facts.scheme == aid.id;
        if (answer == Answer::unknown && condition.established && !named) return false;
    }
    return true;
}

// A date that is not known yet was taken to be that of the deposit.
void Planner::note_date(const Dating& dating) {
    if (!frame_.facts.has(dating.by)) frame_.absent.set(static_cast<std::size_t>(dating.by));
}

// Sets the frame for what looks at the household and its works as a whole.
void Planner::enter_household() {
    frame_.scale = general_scale_;
    frame_.income_class = general_class_;
    frame_.eligible_ht = frame_.facts.get(FactId::eligible_ht);
    frame_.eligible_ttc = frame_.facts.get(FactId::eligible_ttc);
}

// Sets the frame for an aid: its income scale, the works lines eligible to it.
void Planner::enter(const Aid& aid) {
    const Facts& facts = frame_.facts;
    enter_household();
    frame_.base = 0;
    frame_.rate = 0;
    frame_.outside_table = false;
    if (aid.incomes != frame_.rules.general_scale) {
        frame_.scale = frame_.rules.scale_of(aid.incomes, facts);
        if (frame_.scale != nullptr) {
            frame_.income_class = static_cast<std::int64_t>(class_of(*frame_.scale, facts));
        }
    }
    if (!facts.lines_name_aids() && !aid.named_lines) return;
    frame_.eligible_ht = 0;
    frame_.eligible_ttc = 0;
    for (const WorksLine& line : facts.lines) {
        if (!aid.covers(line)) continue;
        frame_.eligible_ht += line.amount_ht.cents();
        frame_.eligible_ttc += line.ttc().cents();
    }
}

void Planner::ask_conditions(const Aid& aid, PlannedAid& planned) {
    for (std::size_t i = 0; i < aid.conditions.size(); ++i) {
        const Condition& condition = aid.conditions[i];
        const Answer answer =
            condition.between.fact ? ask(frame_, condition.between) : ask(frame_, condition.test);
        const std::uint64_t bit = std::uint64_t{1} << i;
        if (answer == Answer::no) planned.refused |= bit;
        if (answer == Answer::unknown) planned.unverified |= bit;
        if (trace_ != nullptr) trace_->condition(aid, frame_, condition, answer);
    }
}

Money Planner::bounded(std::int64_t cents) {
    if (Money::in_range(cents)) return Money::cents(cents);
    out_of_bounds_ = true;
    return {};
}

Money Planner::amount_of(NodeIndex node) {
    return bounded(to_cent(evaluate(frame_, node).number, frame_.rules.nodes[node].scale));
}

void Planner::calculate(const Aid& aid, PlannedAid& planned) {
    const auto scale_of = [&](NodeIndex node) { return int{frame_.rules.nodes[node].scale}; };
    const auto exact = [&](NodeIndex node) {
        return Scaled{evaluate(frame_, node).number, scale_of(node)};
    };
    if (aid.base != no_node) {
        // A capped base is asked once for each of its sides.
        const NodeIndex first = frame_.rules.nodes[aid.base].first;
        const bool capped = aid.base_cap != no_node;
        const Scaled cap = capped ? exact(aid.base_cap) : Scaled{};
        const Scaled base = at_least_zero(capped ? smaller(exact(frame_.rules.links[first]), cap)
                                                 : exact(aid.base));
        if (capped) planned.base_cap = bounded(to_cent(cap.number, cap.scale));
        frame_.base = base.number * scale_unit(base_scale - base.scale);
        planned.base = bounded(to_cent(base.number, base.scale));
    }
    if (aid.rate != no_node) {
        frame_.rate = evaluate(frame_, aid.rate).number;
        planned.rate_bp = static_cast<std::int64_t>(frame_.rate);
    }
    Scaled amount = exact(aid.amount);
    if (aid.at_most != no_node) amount = smaller(amount, exact(aid.at_most));
    amount = at_least_zero(amount);
    planned.before_limit =
        bounded(rounded_cents(amount.number, amount.scale, aid.round_to, aid.round_how));
    planned.rounded_to_nothing = amount.number > 0 && planned.before_limit.is_zero();
    if (aid.at_least != no_node) {
        planned.below_minimum = planned.before_limit < amount_of(aid.at_least);
    }
    if (aid.equivalent != no_node)
        planned.equivalent = std::max(Money(), amount_of(aid.equivalent));
}

// What was decided by hand in place of the aid; nothing when the rules decide.
Money Planner::by_hand(AidIndex index) const {
    Money sum;
    for (std::size_t i = 0; i < given_.size(); ++i) {
        if (given_[i] == index) sum += frame_.facts.given_aids[i].amount;
    }
    return sum;
}

bool Planner::is_given(const Aid& aid) const {
    return std::ranges::find(given_, std::optional(aid.index)) != given_.end();
}

// What an aid lacks itself to be taken, whatever the others are.
Aside Planner::own_aside(const PlannedAid& planned) const {
    const Aid& aid = *planned.aid;
    const bool established = (planned.unverified & aid.established) == 0;
    if (!established && frame_.facts.scheme != aid.id) return Aside::not_established;
    return aid.decided ? Aside::undecided : Aside::none;
}

// Where a group takes none after all, its aids are left aside for what they lack themselves.
void Planner::say_why_not(Plan& plan, const Taken& taken) const {
    const auto is_taken = [&](const PlannedAid& planned) {
        return planned.aside == Aside::by_hand || planned.chosen;
    };
    for (PlannedAid& planned : plan.aids) {
        if (planned.aside != Aside::other_scheme || !planned.eligible) continue;
        const bool excluded = std::ranges::any_of(plan.aids, [&](const PlannedAid& other) {
            return taken[planned.aid->group] == other.aid->index && is_taken(other);
        });
        const Aside own = own_aside(planned);
        if (!excluded && own != Aside::none) planned.aside = own;
    }
}

Aside Planner::aside(const PlannedAid& planned, const Taken& taken) const {
    const Aid& aid = *planned.aid;
    if (is_given(aid)) return Aside::by_hand;
    if (notified_ != nullptr && notified_->contains(aid.index)) return Aside::none;
    const Aside own = own_aside(planned);
    if (own == Aside::not_established) return own;
    // Where no aid of a group was notified, each that could have been is said.
    const bool chosen_among = aid.group != no_group && (notified_ == nullptr || taken[aid.group]);
    if (chosen_among && taken[aid.group] != aid.index) return Aside::other_scheme;
    return notified_ == nullptr ? own : Aside::not_notified;
}

PlannedAid Planner::evaluate_aid(const Candidate& candidate, const Taken& taken) {
    const Aid& aid = *candidate.aid;
    PlannedAid planned;
    planned.aid = &aid;
    planned.version = candidate.version;
    enter(aid);
    planned.scale_missing = frame_.scale == nullptr;
    if (!planned.scale_missing) ask_conditions(aid, planned);  // else there is no class to judge by
    frame_.absent.reset();
    if (planned.refused == 0 && !planned.scale_missing) {
        calculate(aid, planned);
        note_date(aid.dating);
        if (aid.incomes != frame_.rules.general_scale) note_date(frame_.scale->dating);
        planned.counted_as_nothing = frame_.absent;
        if (trace_ != nullptr) trace_->amount(frame_, planned);
    }
    planned.outside_table = frame_.outside_table;
    planned.eligible = planned.refused == 0 && !planned.outside_table && !planned.below_minimum &&
                       !planned.scale_missing;
    planned.aside = aside(planned, taken);
    planned.chosen = planned.eligible && planned.aside == Aside::none;
    if (!planned.eligible) {
        planned.before_limit = Money();
        planned.equivalent = Money();
        planned.base.reset();
        planned.base_cap.reset();
        planned.rate_bp.reset();
    }
    planned.amount = planned.before_limit;
    if (notified_ != nullptr && planned.chosen) hold_within_notified(planned);
    if (planned.aside == Aside::by_hand) planned.by_hand_max = rule_maximum(planned);
    return planned;
}

// What was decided case by case is what was notified, within the rules' maximum.
void Planner::hold_within_notified(PlannedAid& planned) {
    const Money notified = notified_->at(planned.aid->index);
    if (planned.aid->decided) {
        planned.before_limit = std::min(notified, rule_maximum(planned).value_or(notified));
    }
    planned.amount = std::min(planned.before_limit, notified);
}

// The most that the rules would give in place of an amount decided by hand; none when they leave it
// to whoever decides.
std::optional<Money> Planner::rule_maximum(const PlannedAid& planned) {
    if (!planned.eligible || !planned.aid->decided) return planned.before_limit;
    if (planned.aid->at_most == no_node) return std::nullopt;
    return amount_of(planned.aid->at_most);
}

// Amounts decided by hand are known before any aid is computed, also of aids closed at that date.
void Planner::remember_decisions() {
    frame_.outcomes.clear();
    for (const std::optional<AidIndex>& index : given_) {
        if (!index || frame_.outcome_of(*index) != nullptr) continue;
        frame_.outcomes.push_back({.index = *index,
                                   .eligible = true,
                                   .granted = true,
                                   .amount_cents = by_hand(*index).cents()});
    }
}

void Planner::remember(const PlannedAid& planned) {
    const bool by_hand_here = planned.aside == Aside::by_hand;
    const Int128 base =
        planned.eligible && (planned.chosen || by_hand_here) ? frame_.base : Int128{0};
    if (by_hand_here) {
        AidOutcome& decided =
            *std::ranges::find(frame_.outcomes, planned.aid->index, &AidOutcome::index);
        decided.base = base;
        return;
    }
    const bool granted = planned.chosen && planned.amount.is_positive();
    frame_.outcomes.push_back({planned.aid->index, planned.eligible, granted,
                               planned.amount.cents(), base, frame_.other_aids_cents});
    if (counts_in_total(planned)) frame_.other_aids_cents += planned.amount.cents();
}

Money Planner::counted(const Limit& limit, const Plan& plan) {
    std::int64_t sum = 0;
    for (const PlannedAid& planned : plan.aids) {
        if (!planned.chosen || !limit.counted[planned.aid->index]) continue;
        sum += (planned.aid->equivalent == no_node ? planned.amount : planned.equivalent).cents();
    }
    for (std::size_t i = 0; i < given_.size(); ++i) {
        const bool counts = given_[i] ? bool{limit.counted[*given_[i]]} : limit.counts_given_aids;
        if (counts) sum += plan.given_aids[i].amount.cents();
    }
    return bounded(sum);
}

bool Planner::applies(const Limit& limit) const {
    const Facts& facts = frame_.facts;
    if (limit.dating.window_of(facts) == nullptr) return false;
    const auto rank = static_cast<std::size_t>(facts.get(FactId::dwelling_commune));
    if (limit.territory && !frame_.rules.territories[*limit.territory].contains(rank)) return false;
    return limit.when_granted.empty() ||
           std::ranges::any_of(limit.when_granted, [&](AidIndex index) {
               const AidOutcome* outcome = frame_.outcome_of(index);
               return outcome != nullptr && outcome->granted;
           });
}

void Planner::apply(const Limit& limit, Plan& plan) {
    LimitOutcome outcome;
    outcome.limit = &limit;
    if (limit.rate != no_node) {
        outcome.rate_bp = static_cast<std::int64_t>(evaluate(frame_, limit.rate).number);
    }
    outcome.ceiling = amount_of(limit.ceiling);
    outcome.counted = counted(limit, plan);
    if (trace_ != nullptr) trace_->limit(frame_, outcome, plan);
    Money over =
        bounded(std::max<std::int64_t>(0, outcome.counted.cents() - outcome.ceiling.cents()));
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

// What may be claimed before the balance, once the limits have cut.
void Planner::advances(Plan& plan) {
    for (PlannedAid& planned : plan.aids) {
        const Aid& aid = *planned.aid;
        if (!planned.chosen || (aid.advance == no_node && aid.before_balance == no_node)) continue;
        enter(aid);
        const AidOutcome& outcome = *frame_.outcome_of(aid.index);
        frame_.base = outcome.base;
        frame_.other_aids_cents = outcome.other_aids_cents;
        frame_.rate = planned.rate_bp.value_or(0);
        frame_.amount_cents = planned.amount.cents();
        frame_.absent.reset();
        if (aid.advance != no_node) {
            planned.advance = std::clamp(amount_of(aid.advance), Money(), planned.amount);
            if (trace_ != nullptr) trace_->advance(frame_, planned);
        }
        if (aid.before_balance != no_node) {
            planned.instalments = aid.instalments;
            planned.before_balance_max =
                std::clamp(amount_of(aid.before_balance), planned.advance, planned.amount);
            if (trace_ != nullptr) trace_->instalments(frame_, planned);
        }
        planned.counted_as_nothing |= frame_.absent;
    }
}

Result<Plan> Planner::run(std::span<const Candidate> candidates, const Taken& taken) {
    const Facts& facts = frame_.facts;
    Plan plan;
    plan.income_class = static_cast<IncomeClass>(general_class_);
    plan.zone = static_cast<Zone>(facts.get(FactId::zone));
    plan.class_jump = facts.get(FactId::class_jump);
    plan.works_ht = Money::cents(facts.get(FactId::works_ht));
    plan.works_ttc = Money::cents(facts.get(FactId::works_ttc));
    for (const FactId cost : costs_beside_works) {
        if (facts.has(cost)) plan.other_costs += Money::cents(facts.get(cost));
    }
    plan.given_aids = facts.given_aids;
    plan.aids.reserve(candidates.size());
    frame_.outcomes.reserve(candidates.size());
    remember_decisions();
    frame_.other_aids_cents = 0;
    for (const GivenAid& given : facts.given_aids) {
        plan.total_aid += given.amount;
        frame_.other_aids_cents += given.amount.cents();
    }
    for (const Candidate& candidate : candidates) {
        plan.aids.push_back(evaluate_aid(candidate, taken));
        remember(plan.aids.back());
    }
    say_why_not(plan, taken);
    enter_household();
    for (const Limit& limit : frame_.rules.limits) {
        if (applies(limit)) apply(limit, plan);
    }
    advances(plan);
    std::int64_t total = plan.total_aid.cents();
    for (const PlannedAid& planned : plan.aids) {
        if (counts_in_total(planned)) total += planned.amount.cents();
    }
    plan.total_aid = bounded(total);
    if (out_of_bounds_) {
        return Refusal{Code::amount_out_of_range, "",
                       "Les règles donnent un montant de plus de 100 milliards d'euros."};
    }
    plan.remaining_cost = plan.cost() - plan.total_aid;
    return plan;
}

}  // namespace deodat::rules
