// Goal: what holds of every allocation of a batch (sums, nobody loses, no order, n and n − 1), and
// that it is the slow model's to the cent. Method: batches drawn at random, half of them with works
// above and below the caps and two VAT rates; that corrections and refusals are reached is
// asserted.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "rules/engine/rule_files.h"
#include "rules/grouping/batch_json.h"
#include "tests/model/slow_batch.h"
#include "tests/support/drawing.h"
#include "tests/support/seed.h"

namespace deodat::rules::grouping {
namespace {

using testing_support::Drawing;

AidParameters some_parameters(Drawing& draw) {
    AidParameters out;
    out.rate_bp = {8'000, 6'000, 4'500, 1'000};
    out.cap_ht = {Money::euros(30'000), Money::euros(40'000)};
    out.limit_bp = {10'000, 9'000, 8'000, 5'000};
    out.flat_local = {draw.cents(0, 1'000'000), draw.cents(0, 300'000), Money(), Money()};
    out.rounding = draw.chance(50) ? Rounding::floor : Rounding::half_up;
    return out;
}

Member some_member(Drawing& draw, int number, bool mixed) {
    Member member;
    member.id = "D" + std::to_string(100 + number);
    member.household = Profile{static_cast<IncomeClass>(draw.from(0, 3)), draw.from(1, 4)};
    for (std::int64_t i = mixed ? draw.from(1, 3) : 1; i > 0; --i) {
        member.works.push_back({"travaux",
                                mixed ? draw.cents(1, 5'500'000) : draw.cents(100, 2'000'000),
                                mixed && draw.chance(50) ? 1'000 : 550, draw.chance(85)});
    }
    member.facade_dm2 = draw.from(0, 20'000);
    member.use_weeks = draw.from(0, 6);
    member.solo_shared = draw.chance(20) ? Money() : draw.cents(0, 350'000);
    if (draw.chance(30)) member.committed = draw.cents(0, 3'000'000);
    return member;
}

Batch some_batch(Drawing& draw, bool mixed) {
    Batch batch;
    batch.parameters = some_parameters(draw);
    const std::int64_t first = draw.from(1, 4);
    const std::int64_t low = draw.from(0, 700);
    batch.agreement.tiers = {{first, low}, {first + draw.from(1, 4), low + draw.from(0, 800)}};
    const int members = static_cast<int>(draw.from(2, 9));
    for (int i = 0; i < members; ++i) batch.members.push_back(some_member(draw, i, mixed));
    for (std::int64_t i = draw.from(0, 3); i > 0; --i) {
        SharedCost cost{"coût", static_cast<ShareKey>(draw.from(0, 3)),
                        draw.cents(0, 130'000 * members)};
        if (draw.chance(20)) cost.members = {batch.members[0].id, batch.members[1].id};
        batch.agreement.shared_costs.push_back(cost);
    }
    return batch;
}

void expect_invariants(const Allocation& made) {
    const HouseholdOutcome totals = made.totals();
    ASSERT_EQ(totals.price.ttc, totals.aid + totals.remaining);
    ASSERT_EQ(totals.price.discount, made.discount);
    for (const HouseholdOutcome& one : made.members) {
        ASSERT_EQ(one.price.ttc, one.aid + one.remaining);
        for (const Money part : one.price.shared_parts) ASSERT_FALSE(part.is_negative());
        ASSERT_FALSE(one.remaining.is_negative() || one.aid.is_negative());
        ASSERT_TRUE(made.refusal || !one.household_gain.is_negative()) << one.price.id;
        ASSERT_LE(one.payable_aid.value_or(one.aid), one.aid);
    }
    ASSERT_TRUE(made.refusal || totals.household_gain.is_positive());
}

void expect_the_models(const Allocation& made, const model::SlowAllocation& slow) {
    ASSERT_EQ(made.refusal.has_value(), slow.refused);
    ASSERT_EQ(made.corrected, slow.corrected);
    for (std::size_t i = 0; i < made.members.size(); ++i) {
        const HouseholdOutcome& one = made.members[i];
        const model::SlowOutcome& other = slow.members[i];
        ASSERT_EQ(one.price.discount.cents(), other.discount);
        ASSERT_EQ(one.price.shared.cents(), other.shared);
        ASSERT_EQ(one.price.ttc.cents(), other.ttc);
        ASSERT_EQ(one.aid.cents(), other.aid);
        ASSERT_EQ(one.household_gain.cents(), other.household_gain);
        ASSERT_EQ(one.funder_gain.cents(), other.funder_gain);
    }
}

// Each row is the allocation of the others; who pays more than allowed signs again.
void expect_drop_outs(const Batch& batch, const Allocation& all) {
    const auto rows = drop_outs(embedded_rules(), batch, all);
    ASSERT_TRUE(rows.ok());
    ASSERT_EQ(rows->size(), batch.members.size());
    for (const DropOut& row : *rows) {
        const auto rest = allocate(embedded_rules(), without(batch, row.leaver));
        ASSERT_TRUE(rest.ok());
        ASSERT_EQ(row.refusal.has_value(), rest->refusal.has_value());
        ASSERT_EQ(row.others.size(), rest->members.size());
        for (std::size_t i = 0; i < row.others.size(); ++i) {
            const Staying& one = row.others[i];
            ASSERT_EQ(one.id, rest->members[i].price.id);
            ASSERT_EQ(one.remaining_after, rest->members[i].remaining);
            const std::int64_t rise = one.remaining_after.cents() - one.remaining_before.cents();
            const bool more = rise > 15'000 || rise * 50 > one.remaining_before.cents();
            ASSERT_EQ(one.must_sign, rise > 0 && more);
        }
    }
}

TEST(BatchProperty, SumsNobodyLosesAndTheModelAgrees) {
    Drawing draw(testing_support::seed_of_this_run());
    const int runs = testing_support::long_run() ? 100'000 : 5'000;
    std::map<std::string, int> reached;
    for (int run = 0; run < runs; ++run) {
        const Batch batch = some_batch(draw, run % 2 == 0);
        const auto made = allocate(embedded_rules(), batch);
        ASSERT_TRUE(made.ok()) << made.refusal().message;
        SCOPED_TRACE("run " + std::to_string(run));
        expect_invariants(*made);
        expect_the_models(*made, model::SlowBatch(batch).allocation());
        Batch shuffled = batch;
        std::shuffle(shuffled.members.begin(), shuffled.members.end(), draw.random());
        ASSERT_EQ(allocation_json(*allocate(embedded_rules(), shuffled), {}),
                  allocation_json(*made, {}));
        if (run % 10 == 0) expect_drop_outs(batch, *made);
        ++reached[made->refusal ? std::string(code_name(made->refusal->code))
                                : (made->corrected ? "corrected" : "as it is")];
        if (HasFatalFailure()) return;
    }
    for (const char* outcome :
         {"corrected", "as it is", "batch_too_small", "batch_without_gain", "batch_member_loses"}) {
        EXPECT_GE(reached[outcome], runs / 1'000) << outcome;
    }
}

}  // namespace
}  // namespace deodat::rules::grouping
