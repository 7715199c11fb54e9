// One run over the aids open to a dossier, with a national scheme chosen or none. plan.cpp decides
// which runs.
#pragma once
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

class Planner {
  public:
    // Within `notified`, when given, an aid is taken up to its amount there, and one that is not
    // there is not taken.
    Planner(const RuleSet& rules, const Facts& facts, const Scale& scale, Trace* trace,
            const NotifiedAmounts* notified = nullptr)
        : frame_{rules, facts, &scale, static_cast<std::int64_t>(class_of(scale, facts))},
          trace_(trace),
          notified_(notified) {}

    // The plan in which, of the national schemes, only `scheme` is taken; within notified amounts,
    // those notified are.
    Result<Plan> run(std::span<const Candidate> candidates, std::optional<AidIndex> scheme);

  private:
    bool may_be_chosen(const Aid& aid, std::optional<AidIndex> scheme) const;
    PlannedAid evaluate_aid(const Candidate& candidate, bool may_be_chosen);
    void ask_conditions(const Aid& aid, PlannedAid& planned);
    void calculate(const Aid& aid, PlannedAid& planned);
    void remember(const PlannedAid& planned);
    void apply(const Limit& limit, Plan& plan);
    void advances(Plan& plan);

    Frame frame_;
    Trace* trace_;
    const NotifiedAmounts* notified_;
    bool out_of_bounds_ = false;
};

}  // namespace deodat::rules
