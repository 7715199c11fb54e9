// Goal: the entry number orders everything and the time of recording never decreases, whatever the
// machine's clock does (guarantee 18). Method: a clock scripted step by step.
#include "ledger/journal/events.h"
#include "tests/support/ledger_fixture.h"

namespace deodat::journal {
namespace {

constexpr std::int64_t second_us = 1'000'000;
constexpr std::int64_t minute_us = 60 * second_us;
constexpr std::int64_t day_us = 24 * 60 * minute_us;

class ClockTest : public testing_support::LedgerTest {
  protected:
    Result<EntryId> post_one() {
        return store().write([&](store::Transaction& tx) {
            return post(tx, {tx.today(),
                             Event::fund_paid_in,
                             "Fonds",
                             "P",
                             {{1}, "01"},
                             {1},
                             events::fund_paid_in(Money::euros(1))});
        });
    }
    void move(std::int64_t by_us) { clock().set(Instant(clock().now().microseconds() + by_us)); }
    std::vector<EntryRow> entries() {
        auto snapshot = store().snapshot();
        std::vector<EntryRow> out;
        for_each_entry(snapshot.db(), last_entry(snapshot.db()),
                       [&](const EntryRow& entry) { out.push_back(entry); });
        return out;
    }
    void expect_ordered(std::size_t count) {
        const auto all = entries();
        ASSERT_EQ(all.size(), count);
        for (std::size_t i = 1; i < all.size(); ++i) {
            EXPECT_EQ(all[i].number.value, all[i - 1].number.value + 1);
            EXPECT_GE(all[i].recorded_at, all[i - 1].recorded_at) << all[i].number.value;
        }
    }
};

TEST_F(ClockTest, G18_SmallJumpsNeverReorder) {
    for (const std::int64_t by :
         {std::int64_t{0}, second_us, -second_us, -30 * minute_us, std::int64_t{0}, 31 * minute_us,
          -59 * minute_us, day_us, -minute_us}) {
        move(by);
        EXPECT_TRUE(post_one().ok()) << by;
    }
    expect_ordered(9);
}

TEST_F(ClockTest, G18_AClockFarBehindIsRefusedLoudlyUntilItIsSetRight) {
    ASSERT_TRUE(post_one().ok());
    const Instant right = clock().now();
    for (const std::int64_t back : {60 * minute_us + second_us, day_us, 3 * day_us, 366 * day_us}) {
        clock().set(Instant(right.microseconds() - back));
        EXPECT_THROW((void)post_one(), EnvironmentFailure) << back;
        EXPECT_EQ(entries().size(), 1U) << "reading goes on";
    }
    // A new process knows it from the last entry.
    reopen();
    EXPECT_THROW((void)post_one(), EnvironmentFailure);
    // Not only entries: whatever is written.
    EXPECT_THROW((void)store().write([](store::Transaction& tx) -> Result<Done> {
        tx.db().run("INSERT INTO person (name, added_on) VALUES ('A', ?)", tx.today());
        return Done{};
    }),
                 EnvironmentFailure);
    clock().set(right);
    EXPECT_TRUE(post_one().ok());
    expect_ordered(2);
}

// Whoever wrote a year ahead has written; what comes next is refused, never put before it.
TEST_F(ClockTest, G18_AYearAheadAndBack) {
    ASSERT_TRUE(post_one().ok());
    move(365 * day_us);
    ASSERT_TRUE(post_one().ok());
    move(-365 * day_us);
    EXPECT_THROW((void)post_one(), EnvironmentFailure);
    move(365 * day_us);
    EXPECT_TRUE(post_one().ok());
    expect_ordered(3);
}

// A command that is refused moves no time.
TEST_F(ClockTest, G18_AJumpDuringARefusedCommandLeavesNothing) {
    ASSERT_TRUE(post_one().ok());
    move(365 * day_us);
    EXPECT_FALSE(store()
                     .write([](store::Transaction&) -> Result<Done> {
                         return Refusal{Code::state_forbids, "", "Non."};
                     })
                     .ok());
    move(-365 * day_us);
    EXPECT_TRUE(post_one().ok());
    expect_ordered(2);
}

// The legal day through the leap day and both changes of hour (LED-18).
TEST_F(ClockTest, G18_LeapDayAndChangesOfHour) {
    std::vector<std::string> days;
    const auto post_at = [&](Instant at) {
        clock().set(at);
        EXPECT_TRUE(post_one().ok()) << at.iso();
        days.push_back(entries().back().day.iso());
    };
    // Last Sundays of October 2026 and of March 2027: 02:59 comes twice, then not at all.
    const Instant autumn = instant_in_paris(Day::of(2026, 10, 25), 1, 59);
    for (int i = 0; i < 4; ++i) post_at(Instant(autumn.microseconds() + i * 60 * minute_us));
    const Instant spring = instant_in_paris(Day::of(2027, 3, 28), 1, 59);
    for (int i = 0; i < 3; ++i) post_at(Instant(spring.microseconds() + i * 60 * minute_us));
    post_at(instant_in_paris(Day::of(2028, 2, 28), 23, 59));
    post_at(instant_in_paris(Day::of(2028, 2, 29), 0, 0));
    post_at(instant_in_paris(Day::of(2028, 3, 1), 0, 0));
    EXPECT_EQ(days, (std::vector<std::string>{
                        "2026-10-25", "2026-10-25", "2026-10-25", "2026-10-25", "2027-03-28",
                        "2027-03-28", "2027-03-28", "2028-02-28", "2028-02-29", "2028-03-01"}));
    expect_ordered(days.size());
}

}  // namespace
}  // namespace deodat::journal
