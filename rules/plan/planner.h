// One run over the aids open to a dossier, with a choice made among those that exclude each other.
// plan.cpp decides which runs.
#pragma once
#include <array>
#include <optional>
#include <span>

#include "rules/engine/evaluator.h"
#include "rules/plan/plan.h"
#include "rules/plan/trace.h"

namespace deodat::rules {

// An aid whose window and territory hold the dossier.
struct Candidate {
    const Aid* aid;
    std::int64_t version;
};

// A household's class on a scale, from derived facts.
IncomeClass class_of(const Scale& scale, const Facts& facts);

// Which aid of each group is taken, by SchemeGroup.
using Taken = std::array<std::optional<AidIndex>, scheme_groups_max>;

class Planner {
  public:
    // Within `notified`, when given, an aid is taken up to its amount there, and one that is not
    // there is not taken.
    Planner(const RuleSet& rules, const Facts& facts, const Scale& scale, Trace* trace,
            const NotifiedAmounts* notified = nullptr);

    // The plan in which, of aids that exclude each other, only those taken are; within notified
    // amounts, all those notified are.
    Result<Plan> run(std::span<const Candidate> candidates, const Taken& taken);

    // The same, for a trial that no explanation shows.
    Planner unobserved() const {
        Planner other = *this;
        other.trace_ = nullptr;
        return other;
    }

    // False when the facts alone forbid to take the aid: then it need not be tried.
    bool could_be_taken(const Aid& aid);

    // Whether an amount decided by hand stands in the aid's place.
    bool is_given(const Aid& aid) const;

  private:
    PlannedAid evaluate_aid(const Candidate& candidate, const Taken& taken);
    void note_date(const Dating& dating);
    void enter_household();
    void enter(const Aid& aid);
    void hold_within_notified(PlannedAid& planned);
    void ask_conditions(const Aid& aid, PlannedAid& planned);
    void calculate(const Aid& aid, PlannedAid& planned);
    Aside aside(const PlannedAid& planned, const Taken& taken) const;
    Aside own_aside(const PlannedAid& planned) const;
    void say_why_not(Plan& plan, const Taken& taken) const;
    void remember_decisions();
    void remember(const PlannedAid& planned);
    Money counted(const Limit& limit, const Plan& plan);
    bool applies(const Limit& limit) const;
    void apply(const Limit& limit, Plan& plan);
    void advances(Plan& plan);
    Money bounded(std::int64_t cents);
    Money amount_of(NodeIndex node);
    std::optional<Money> rule_maximum(const PlannedAid& planned);
    Money by_hand(AidIndex index) const;

    Frame frame_;
    const Scale* general_scale_;
    std::int64_t general_class_;
    std::vector<std::optional<AidIndex>> given_;  // by rank in given_aids: the aid it stands for
    Trace* trace_;
    const NotifiedAmounts* notified_;
    bool out_of_bounds_ = false;
};

}  // namespace deodat::rules
