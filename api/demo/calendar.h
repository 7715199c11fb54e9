// The demonstration's calendar: steps in the order of their days, then of their planning; the clock
// follows.
#pragma once
#include <functional>
#include <map>

#include "ledger/base/clock.h"

namespace deodat::demo {

class Calendar {
  public:
    explicit Calendar(SetClock& clock) : clock_(clock) {}

    // Plans a step. One planned for the past is played at once after those of today.
    void at(Day day, std::function<void()> step) { steps_.emplace(day, std::move(step)); }

    // Plays every step up to a day, those planned meanwhile included.
    void play_until(Day last) {
        while (!steps_.empty() && steps_.begin()->first <= last) {
            auto node = steps_.extract(steps_.begin());
            constexpr int working_hour = 10;
            const Instant hour = instant_in_paris(node.key(), working_hour);
            if (hour > clock_.now()) clock_.set(hour);
            node.mapped()();
        }
    }

    Day today() { return clock_.today(); }

  private:
    SetClock& clock_;
    std::multimap<Day, std::function<void()>> steps_;  // equal days keep the order of planning
};

}  // namespace deodat::demo
