// Conditions that say of one fact that it lies between bounds: most of them, and the quickest to
// ask.
#pragma once
#include "rules/engine/evaluator.h"
#include "rules/engine/program.h"

namespace deodat::rules {

// The bounds that say the same as the test; no fact when it is of another form.
Between between_of(const RuleSet& rules, NodeIndex test);

// Whether the test asks for nothing but facts, so that its answer is the same in every plan of a
// dossier, whichever aids are taken.
bool asks_facts_alone(const RuleSet& rules, NodeIndex test);

// What the bounds answer. The fact must be set.
inline Answer ask(const Frame& frame, const Between& between) {
    const FactId id = *between.fact;
    if (id != FactId::income_class && !frame.facts.has(id)) return Answer::unknown;
    const std::int64_t value =
        id == FactId::income_class ? frame.income_class : frame.facts.get(id);
    return value >= between.low && value <= between.high ? Answer::yes : Answer::no;
}

}  // namespace deodat::rules
