// Goal: what holds of every plan after it is made: recomputed, claimed, drawn as cash, supposed
// otherwise. Method: RapidCheck draws rules, works and calendars; it prints the seed of a failure.
#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include "rules/plan/cash_plan.h"
#include "rules/plan/plan_json.h"
#include "rules/plan/recomputation.h"
#include "rules/plan/what_if.h"
#include "tests/unit/rules/support.h"

namespace deodat::rules::test {
namespace {

template <class T>
T drawn(T least, T most) {
    return *rc::gen::inRange<T>(least, static_cast<T>(most + 1));
}

// Three aids of two funders under a limit that cuts two of them; one reads the others.
const RuleSet& some_rules() {
    static const auto rules = with_scales(
        "aid local.a \"A\"\n  paid by region\n  deposited 2025-01-01 ..\n"
        "  base works.eligible_ht up to 40 000 €\n  rate 50 %\n  amount rate * base\n"
        "  advance 30 % of amount\n  instalments 3 up to 70 % of amount\n"
        "aid local.b \"B\"\n  paid by commune\n  deposited 2025-01-01 ..\n"
        "  requires works.ht >= 5 000 €\n  amount 20 % of works.ht\n"
        "aid local.c \"C\"\n  paid by commune\n  deposited 2025-01-01 ..\n"
        "  amount 95 % of works.ttc - other aids up to 4 000 €\n"
        "limit local.plafond \"Plafond\"\n  deposited 2025-01-01 ..\n  counts every local aid\n"
        "  ceiling 75 % of works.ttc\n  cuts local.c first, then local.a\n");
    return *rules;
}

std::vector<WorksLine> some_lines(std::int64_t least_cents) {
    std::vector<WorksLine> lines;
    const int count = drawn(1, 4);
    for (int i = 0; i < count; ++i) {
        lines.push_back({"lot " + std::to_string(i),
                         Money::cents(drawn<std::int64_t>(least_cents, 3'000'000)),
                         *rc::gen::element<std::int64_t>(550, 1000, 2000), drawn(0, 4) > 0});
    }
    return lines;
}

Facts some_facts() {
    Facts facts = example_facts();
    facts.lines = some_lines(100);
    if (drawn(0, 2) == 0) {
        facts.given_aids = {
            {"hors.regles", "mairie", Money::cents(drawn<std::int64_t>(1, 99'999))}};
    }
    // What the household pays beside the works.
    if (drawn(0, 2) == 0) facts.set(FactId::assistance_cost, drawn<std::int64_t>(1, 400'000));
    facts.derive();
    return facts;
}

RC_GTEST_PROP(RecomputationProperty, NeverMoreThanNotifiedNorThanRecomputed, ()) {
    const Facts facts = some_facts();
    Notification notification;
    for (const char* aid : {"local.a", "local.b", "local.c"}) {
        if (drawn(0, 3) == 0) continue;
        notification.aids.push_back({aid, Money::cents(drawn<std::int64_t>(0, 3'000'000)),
                                     Money::cents(drawn<std::int64_t>(0, 1'000'000))});
    }
    if (drawn(0, 1) == 0) notification.quoted_lines = some_lines(0);
    const Result<Recomputation> made = recompute(some_rules(), facts, notification);
    RC_ASSERT(made.ok());
    Money granted;
    for (const RecomputedAid& line : made->aids) {
        RC_ASSERT(line.retained <= line.notified);
        RC_ASSERT(line.retained <= line.recomputed);
        RC_ASSERT(!line.retained.is_negative());
        RC_ASSERT(line.retained + line.limit_cut == std::min(line.notified, line.recomputed));
        RC_ASSERT(line.balance() + line.received == line.retained);
        granted += line.retained;
    }
    for (const GivenAid& given : made->plan.given_aids) granted += given.amount;
    RC_ASSERT(granted == made->plan.total_aid);
    RC_ASSERT(made->plan.total_aid + made->plan.remaining_cost == made->plan.cost());
    // The aids that may be cut never go above the limit.
    for (const LimitOutcome& limit : made->plan.limits) {
        const PlannedAid* first = made->plan.aid("local.c");
        const PlannedAid* second = made->plan.aid("local.a");
        const Money cuttable =
            (first->chosen ? first->amount : Money()) + (second->chosen ? second->amount : Money());
        const bool within = limit.counted - limit.cut <= limit.ceiling;
        RC_ASSERT((within || cuttable.is_zero()));
    }
}

RC_GTEST_PROP(RecomputationProperty, NotifiedAsPlannedOnTheSameWorksIsThePlan, ()) {
    const Facts facts = some_facts();
    const Result<Plan> first = plan(some_rules(), facts);
    RC_ASSERT(first.ok());
    Notification notification;
    for (const PlannedAid& planned : first->aids) {
        if (planned.chosen) notification.aids.push_back({planned.aid->id, planned.amount, {}});
    }
    const Result<Recomputation> made = recompute(some_rules(), facts, notification);
    RC_ASSERT(made.ok());
    RC_ASSERT(made->plan.total_aid == first->total_aid);
    for (const RecomputedAid& line : made->aids) {
        if (line.decision != Decision::never_notified) RC_ASSERT(line.retained == line.notified);
    }
}

RC_GTEST_PROP(ClaimsProperty, NeverAboveTheCeilingBeforeTheBalanceNorTheGrant, ()) {
    const Money grant = Money::cents(drawn<std::int64_t>(0, 5'000'000));
    const Money most = Money::cents(drawn<std::int64_t>(0, grant.cents()));
    const Money advance = Money::cents(drawn<std::int64_t>(0, most.cents()));
    Result<ClaimSchedule> schedule =
        ClaimSchedule::of({grant, advance, drawn<std::int64_t>(0, 3), most});
    RC_ASSERT(schedule.ok());
    Money sum;
    const auto take = [&](const Result<Claim>& claim) {
        if (claim) sum += claim->amount;
        RC_ASSERT(schedule->claimed() == sum);
    };
    if (drawn(0, 1) == 0) take(schedule->claim_advance());
    for (int i = 0; i < 5; ++i) {
        take(schedule->claim_instalment(Ratio::basis_points(drawn<std::int64_t>(-10, 10'010))));
        RC_ASSERT(sum <= most);
    }
    const Money retained = Money::cents(drawn<std::int64_t>(0, grant.cents()));
    RC_ASSERT(schedule->claim_balance(retained).ok());
    RC_ASSERT(schedule->claimed() == retained);
}

Day some_day() {
    return Day::of(2026, 1, 1).plus_days(drawn<std::int64_t>(0, 700));
}

CashCalendar some_calendar(const Plan& plan) {
    const Day start = some_day();
    CashCalendar calendar{
        start, start.plus_days(drawn<std::int64_t>(0, 400)), drawn<std::int64_t>(0, 60), {}, {},
        {}};
    Money left = plan.cost();
    while (left.is_positive()) {
        const Money amount = Money::cents(
            std::max<std::int64_t>(left.cents() / 3, drawn<std::int64_t>(1, left.cents())));
        calendar.invoices.push_back(
            {"entreprise", start.plus_days(drawn<std::int64_t>(0, 400)), amount});
        left -= amount;
    }
    if (plan.remaining_cost.is_positive()) {
        const Money share = Money::cents(drawn<std::int64_t>(1, plan.remaining_cost.cents()));
        calendar.household.push_back({some_day(), share});
        const Money rest = plan.remaining_cost - share;
        if (rest.is_positive()) calendar.household.push_back({some_day(), rest});
    }
    calendar.funders = {{"region", drawn<std::int64_t>(0, 300), drawn(0, 1) == 0, {}},
                        {"commune", drawn<std::int64_t>(0, 300), false, {}}};
    if (!plan.given_aids.empty()) calendar.funders.push_back({"mairie", 45, false, {}});
    // Of a grant of a few cents there is no instalment to claim.
    const bool worth_it = plan.aid("local.a")->amount >= Money::euros(1);
    if (worth_it && drawn(0, 1) == 0) calendar.funders[0].instalments_bp = {4'000, 6'000};
    return calendar;
}

RC_GTEST_PROP(CashPlanProperty, ComesToZeroAndNeverNets, ()) {
    const Result<Plan> made = plan(some_rules(), some_facts());
    RC_ASSERT(made.ok());
    RC_PRE(!made->blocked);
    const CashCalendar calendar = some_calendar(*made);
    const Result<CashPlan> cash = cash_plan(*made, calendar);
    RC_ASSERT(cash.ok());
    RC_ASSERT(cash->remainder().is_zero());
    RC_ASSERT(cash->paid == made->cost());
    RC_ASSERT(cash->from_funders == made->total_aid);
    Money advanced;
    std::int64_t cent_days = 0;
    Money highest;
    for (std::size_t i = 0; i < cash->movements.size(); ++i) {
        const CashMovement& movement = cash->movements[i];
        RC_ASSERT(movement.amount.is_positive());
        advanced += movement.is_receipt() ? -movement.amount : movement.amount;
        RC_ASSERT(movement.exposure == std::max(Money(), advanced));
        if (i + 1 == cash->movements.size()) break;
        const Day next = cash->movements[i + 1].day;
        RC_ASSERT(next >= movement.day);
        cent_days += movement.exposure.cents() * (next - movement.day);
        if (next != movement.day) highest = std::max(highest, movement.exposure);
    }
    RC_ASSERT(advanced.is_zero());
    RC_ASSERT(cash->exposure_max == highest);
    RC_ASSERT(cash->cent_days == cent_days);
    std::int64_t waited = 0;
    for (const Wait& wait : cash->waits) waited += wait.cent_days;
    RC_ASSERT(waited == cent_days);
    RC_ASSERT(cash->exposure_first_day.has_value() == highest.is_positive());
    RC_ASSERT(cash->exposure_last_day.has_value() == highest.is_positive());
}

RC_GTEST_PROP(WhatIfProperty, AnEmptyListChangesNothing, ()) {
    const Result<WhatIf> answer = what_if(some_rules(), some_facts(), {});
    RC_ASSERT(answer.ok());
    RC_ASSERT(!answer->difference.any());
    RC_ASSERT(plan_json(answer->before) == plan_json(answer->after));
}

RC_GTEST_PROP(WhatIfProperty, ThereAndBackIsTheFirstPlan, ()) {
    const Facts facts = some_facts();
    const WorksLine added{"lot ajouté", Money::cents(drawn<std::int64_t>(0, 2'000'000)), 550, true};
    const std::size_t dropped = drawn<std::size_t>(0, facts.lines.size() - 1);
    const auto before = [&](FactId id) { return SetFact{id, facts.get(id)}; };
    const std::vector<Supposition> there = {AddLine{added}, DropLine{dropped},
                                            SetFact{FactId::persons, drawn<std::int64_t>(1, 9)},
                                            SetFact{FactId::dpe_after, drawn<std::int64_t>(0, 6)}};
    const std::vector<Supposition> back = {before(FactId::dpe_after), before(FactId::persons),
                                           AddLine{facts.lines[dropped]}, DropTrade{added.trade}};
    const Result<WhatIf> first = what_if(some_rules(), facts, there);
    const Result<Facts> changed = supposing(facts, there);
    RC_ASSERT((first.ok() && changed.ok()));
    const Result<WhatIf> second = what_if(some_rules(), *changed, back);
    RC_ASSERT(second.ok());
    RC_ASSERT(plan_json(second->before) == plan_json(first->after));
    RC_ASSERT(plan_json(second->after) == plan_json(first->before));
}

}  // namespace
}  // namespace deodat::rules::test
