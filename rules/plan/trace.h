// The sentences of an explanation, one function a step. Each is called at the moment its figures
// are in the frame.
#pragma once
#include <vector>

#include "rules/engine/evaluator.h"
#include "rules/plan/plan.h"

namespace deodat::rules {

class Trace {
  public:
    void income_class(const Scale& scale, const Facts& facts, IncomeClass found);
    void condition(const Aid& aid, Frame& frame, const Condition& condition, Answer answer);
    void amount(Frame& frame, const PlannedAid& planned);
    void limit(Frame& frame, const LimitOutcome& outcome);
    void cut(const LimitOutcome& outcome, const PlannedAid& planned, Money reduction);
    void advance(Frame& frame, const PlannedAid& planned);
    void total(const Plan& plan);

    std::vector<TraceLine> take() { return std::move(lines_); }

  private:
    std::vector<TraceLine> lines_;
};

}  // namespace deodat::rules
