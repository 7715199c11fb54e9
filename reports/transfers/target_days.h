// The days on which euro transfers settle between banks (TARGET), and the day a file may ask for.
#pragma once
#include "ledger/base/day.h"

namespace deodat::reports {

// Closed on Saturdays, Sundays, 1 January, Good Friday, Easter Monday, 1 May, 25 and 26 December;
// open on the French holidays beside them, 14 July for one.
bool is_target_day(Day day);

// That day if it is one, else the first after it.
Day next_target_day(Day day);

// Easter Sunday of the Gregorian calendar.
Day easter_sunday(int year);

// What the bank of a payment channel asks.
struct Notice {
    int cut_off_hour =
        16;  // in Paris; from then on, a file counts as given the next settlement day
    int cut_off_minute = 0;
    int settlement_days = 0;  // between the day it counts as given and the execution
};

// The day to ask for when a file leaves at that instant: the requested one, or the first that the
// calendar, the cut-off and the notice allow. To be asked again at each export: a file that waited
// has another answer.
Day execution_day(Day requested, Instant leaving, Notice notice);

}  // namespace deodat::reports
