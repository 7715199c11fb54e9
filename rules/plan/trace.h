// What a run of the planner leaves for its explanation. Each function is called at the moment its
// figures are in the frame, and leaves the frame as it was; explanation.h makes the tree of it.
#pragma once
#include <optional>
#include <vector>

#include "rules/engine/evaluator.h"
#include "rules/plan/plan.h"

namespace deodat::rules {

struct AidNotes {
    const Aid* aid = nullptr;
    std::vector<Step> failed;    // conditions, in the order they are asked
    std::vector<Step> met;       // conditions
    std::optional<Step> amount;  // before limits
    std::vector<Step> cuts;
    std::optional<Step> advance;
    std::optional<Step> instalments;
    std::optional<Money> alone;
};

struct LimitNotes {
    Step ceiling;
    Step counted;
    std::vector<Step> cuts;
};

class Trace {
  public:
    void condition(const Aid& aid, Frame& frame, const Condition& condition, Answer answer);
    void amount(Frame& frame, const PlannedAid& planned);
    // Before its cut.
    void limit(Frame& frame, const LimitOutcome& outcome, const Plan& plan);
    void cut(const LimitOutcome& outcome, const PlannedAid& planned, Money reduction);
    void advance(Frame& frame, const PlannedAid& planned);
    void instalments(Frame& frame, const PlannedAid& planned);
    // Of a scheme left for another: what it would have given.
    void alone(const Aid& aid, Money amount);

    const AidNotes& notes(const Aid& aid) const;
    const std::vector<LimitNotes>& limits() const { return limits_; }  // in the plan's order

  private:
    AidNotes& notes_to_fill(const Aid& aid);

    std::vector<AidNotes> aids_;
    std::vector<LimitNotes> limits_;
};

}  // namespace deodat::rules
