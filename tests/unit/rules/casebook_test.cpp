// Goal: faults that people met with other software of this kind, as cases named after their ids in
// the casebook: rules, roundings and splits, days. Rates and ceilings are invented for the case.
// What of them cannot be shown yet: tests/data/casebook.txt.
#include <algorithm>
#include <array>

#include "ledger/base/split.h"
#include "ledger/base/text.h"
#include "rules/plan/explanation_text.h"
#include "rules/plan/plan_json.h"
#include "tests/unit/rules/support.h"

namespace deodat::rules::test {
namespace {

Plan planned(const RuleSet& rules, const Facts& facts) {
    Result<Plan> made = plan(rules, facts);
    EXPECT_TRUE(made) << (made ? "" : made.refusal().message);
    return std::move(*made);
}

std::int64_t cents(std::string_view clauses, const Facts& facts = example_facts()) {
    const auto rules = with_scales(aid_text("essai.a", clauses));
    return aid_of(planned(*rules, facts), "essai.a").amount.cents();
}

// The explanation of an aid, in one text.
std::string told(std::string_view clauses, const Facts& facts) {
    const auto rules = with_scales(aid_text("essai.a", clauses));
    const Result<Explained> explained = explain(*rules, facts);
    EXPECT_TRUE(explained);
    return explanation_text(explained->trace);
}

Code refused(std::string_view from, std::string_view to) {
    const Result<Facts> facts = facts_from_json(replaced(example_json(), from, to));
    EXPECT_FALSE(facts) << to;
    return facts ? Code::not_found : facts.refusal().code;
}

TEST(Casebook, RUL_02_CeilingOnBaseOrOnResult) {
    Facts facts = example_facts();
    facts.set(FactId::assistance_cost, 3'000'00);
    const std::string_view on_result = "amount 50 % of costs.assistance_ttc up to 1 200 €";
    const std::string_view on_base =
        "base costs.assistance_ttc up to 1 200 €\n  rate 50 %\n  amount rate * base";
    EXPECT_EQ(cents(on_result, facts), 1'200'00);
    EXPECT_EQ(cents(on_base, facts), 600'00);
    EXPECT_NE(told(on_result, facts).find("1\u202f200,00"), std::string::npos);
    EXPECT_NE(told(on_base, facts).find("1\u202f200,00"), std::string::npos);
    EXPECT_NE(told(on_base, facts), told(on_result, facts)) << "each says which it is";
}

// Choice: accepted with its motive, shown as it is, and blocked until a second person approves.
TEST(Casebook, RUL_04_AnAmountForcedByHand) {
    const auto rules = with_scales(aid_text("essai.a", "amount 50 % of works.ht up to 7 500 €"));
    Facts facts = example_facts();
    facts.given_aids = {{"essai.a", "essai", Money::euros(9'000), ""}};
    EXPECT_EQ(plan(*rules, facts).refusal().code, Code::motive_missing);
    facts.given_aids[0].motive = "Décision de la commission";
    const Plan forced = planned(*rules, facts);
    EXPECT_EQ(forced.total_aid, Money::euros(9'000)) << "never 7 500 while showing 9 000";
    EXPECT_EQ(aid_of(forced, "essai.a").by_hand_max, Money::euros(7'500));
    EXPECT_TRUE(forced.blocked);
    EXPECT_NE(std::ranges::find(forced.notices, "manual_amount_above_rule", &Reason::code),
              forced.notices.end());
}

TEST(Casebook, RUL_05_LargeHouseholdsInBothZones) {
    const RuleSet& rules = embedded_rules();
    for (const Scale& scale : rules.scales) {
        for (const auto& [zone, insee] : {std::pair{Zone::other, "88413"}, {Zone::idf, "93047"}}) {
            for (std::int64_t persons = 1; persons <= 12; ++persons) {
                for (std::size_t i = 0; i < (scale.has_intermediate ? 3U : 2U); ++i) {
                    const auto level = static_cast<IncomeClass>(i);
                    const std::int64_t euros = scale.ceiling(zone, level, persons) / 100;
                    const Day from = Day::from_number(scale.dating.windows[0].from);
                    EXPECT_EQ(
                        planned(rules, household(from.iso(), persons, euros, insee)).income_class,
                        level)
                        << scale.label << ", " << persons;
                }
            }
        }
    }
    // What a person more adds, by hand: 73 098 and seven times 9 254.
    EXPECT_EQ(planned(rules, household("2025-10-15", 12, 137'876)).income_class,
              IncomeClass::intermediate);
    EXPECT_EQ(planned(rules, household("2025-10-15", 12, 137'877)).income_class,
              IncomeClass::upper);
}

std::string scale_of(std::string_view reading, std::string_view first = "20 000 €") {
    std::string text = "scale essai \"Barème d'essai\"\n  deposited 2025-01-01 .. 2026-12-31\n";
    text += "  reading " + std::string(reading) + "\n";
    for (const char* zone : {"idf", "other"}) {
        text += "  zone " + std::string(zone) + " very_modest: " + std::string(first) +
                ", 21 000 €, 22 000 €, 23 000 €, 24 000 €, + 1 000 €\n  zone " + zone +
                " modest: 30 000 €, 31 000 €, 32 000 €, 33 000 €, 34 000 €, + 1 000 €\n";
    }
    return text;
}

TEST(Casebook, RUL_07_ALimitSaysItsSide) {
    const auto classes = [](std::string_view reading) {
        const Loading loading = load(scale_of(reading));
        std::string found;
        for (const std::int64_t income : {19'999, 20'000, 20'001, 29'999, 30'000, 30'001}) {
            const Plan plan = planned(*loading.rules, household("2025-10-15", 1, income));
            found += plan.income_class == IncomeClass::very_modest ? 'V'
                     : plan.income_class == IncomeClass::modest    ? 'M'
                                                                   : 'U';
        }
        return found;
    };
    EXPECT_EQ(classes("<="), "VVMMMU");
    EXPECT_EQ(classes("<"), "VMMMUU");
    EXPECT_NE(error_of(replaced(scale_of("<="), "  reading <=\n", "")).find("reading"),
              std::string::npos);
    // One euro off is another rule set: its version is the hash of its texts.
    EXPECT_NE(load(scale_of("<=")).rules->version, load(scale_of("<=", "20 001 €")).rules->version);
    EXPECT_EQ(load(scale_of("<=")).rules->version, load(scale_of("<=")).rules->version);
}

TEST(Casebook, RUL_10_TheScaleOfTheDepositNotOfTheRun) {
    EXPECT_EQ(instant_in_paris(Day::of(2026, 12, 31), 23, 50).day_in_paris().iso(), "2026-12-31");
    EXPECT_EQ(instant_in_paris(Day::of(2027, 1, 1), 0, 10).day_in_paris().iso(), "2027-01-01");
    const Facts facts = household("2026-12-31", 1, 17'363);
    std::vector<RuleFile> files = embedded_rule_files();
    const std::string& scales = std::ranges::find(files, "scales.rules", &RuleFile::name)->text;
    std::string next =
        scales.substr(scales.find("scale anah.income \"Plafonds de ressources 2026\""));
    next = replaced(std::move(next), "2026-01-01 .. 2026-12-31", "2027-01-01 .. 2027-12-31");
    next = replaced(std::move(next), "very_modest:  17 363 €", "very_modest:  17 000 €");
    files.push_back({"scales_2027.rules", next});
    const Loading later = compile(files);
    ASSERT_NE(later.rules, nullptr) << later.errors.front().text();
    EXPECT_EQ(plan_json(planned(*later.rules, facts)), plan_json(planned(embedded_rules(), facts)));
    EXPECT_NE(later.rules->version, embedded_rules().version) << "what a kept plan names";
    EXPECT_EQ(planned(*later.rules, household("2027-01-01", 1, 17'363)).income_class,
              IncomeClass::modest);
}

TEST(Casebook, RUL_13_ADateIsAWholeDay) {
    for (const char* date : {"2027-01", "01/02/2027", "2027-02-30", "2027-1-1"}) {
        EXPECT_NE(error_of("aid essai.a \"A\"\n  paid by x\n  deposited " + std::string(date) +
                           " ..\n  amount 1 €\n"),
                  "")
            << date;
    }
    EXPECT_EQ(error_of("aid essai.a \"A\"\n  paid by x\n  deposited 2027-02-28 ..\n  amount 1 €\n"),
              "");
}

// Choice: a hole between two versions is a closed window and says so in the plan; it is not refused
// at load, since schemes do close. An overlap is.
TEST(Casebook, RUL_14_ASchemeSuspendedThenReopened) {
    const auto version = [](std::string_view deposit) -> std::string {
        const Plan plan = planned(embedded_rules(), household(deposit, 1, 17'000));
        const PlannedAid* aid = plan.aid("anah.mpr_accompagne");
        if (aid != nullptr) return aid->version_day().iso();
        return plan.notices.empty() ? "" : plan.notices.front().code;
    };
    EXPECT_EQ(version("2025-06-22"), "2025-01-01");
    EXPECT_EQ(version("2025-06-23"), "no_scheme_open");
    EXPECT_EQ(version("2025-09-29"), "no_scheme_open");
    EXPECT_EQ(version("2025-09-30"), "2025-09-30");
    const auto two = [](std::string_view second) {
        return "aid essai.a \"A\"\n  paid by x\n  deposited 2025-01-01 .. 2025-06-22\n  amount 1 "
               "€\n"
               "aid essai.a \"A\"\n  paid by x\n  deposited " +
               std::string(second) + "\n  amount 2 €\n";
    };
    EXPECT_EQ(error_of(two("2025-06-23 ..")), "");
    EXPECT_NE(error_of(two("2025-06-22 ..")).find("chevauche"), std::string::npos);
}

// Choice: what decides the amount is required, and its absence refuses without an amount; a
// condition on another fact that was not answered refuses nothing and is listed, so the gates can
// wait for it.
TEST(Casebook, RUL_16_NotAnsweredIsNotNo) {
    EXPECT_EQ(refused("\"dpe_after\":\"C\",", ""), Code::missing);
    EXPECT_EQ(refused("\"dpe_after\":\"C\"", "\"dpe_after\":null"), Code::missing);
    const Result<Facts> answered =
        facts_from_json(replaced(example_json(), "\"dpe_after\":\"C\"", "\"dpe_after\":\"B\""));
    ASSERT_TRUE(answered);
    EXPECT_EQ(planned(embedded_rules(), *answered).class_jump, 4);
    const auto rules = with_scales(
        aid_text("essai.a", "requires not household.home_loan_within_5_years\n  amount 1 €"));
    Facts facts = example_facts();
    const auto state = [&] {
        const Plan plan = planned(*rules, facts);
        const PlannedAid& aid = aid_of(plan, "essai.a");
        return std::pair{aid.eligible, aid.to_verify().size()};
    };
    EXPECT_EQ(state(), (std::pair{true, std::size_t{1}}));
    facts.set(FactId::home_loan, 0);
    EXPECT_EQ(state(), (std::pair{true, std::size_t{0}}));
    facts.set(FactId::home_loan, 1);
    EXPECT_EQ(state(), (std::pair{false, std::size_t{0}}));
}

TEST(Casebook, RUL_17_AnIncomeHasItsUnit) {
    EXPECT_EQ(refused("\"reference_income_eur\"", "\"reference_income\""), Code::unknown_field);
    EXPECT_EQ(refused(":35000", ":\"2050 mensuel\""), Code::malformed);
}

TEST(Casebook, RUL_19_AHalfIsExactAndGoesUp) {
    EXPECT_EQ(cents("amount 85,75 % of 10 €"), 858);
    EXPECT_EQ(cents("amount 10,05 % of 10 €"), 101);
    EXPECT_EQ(cents("amount 26,75 % of 10 €"), 268);
    EXPECT_EQ(mul_div(435, 1, 10, Rounding::half_up), 44) << "4.35 to one decimal";
}

TEST(Casebook, RUL_21_ASmallRightStaysARight) {
    const auto rules =
        with_scales(aid_text("essai.a", "amount 0,40 €\n  rounded whole euros down"));
    const Plan plan = planned(*rules, example_facts());
    const PlannedAid& aid = aid_of(plan, "essai.a");
    EXPECT_TRUE(aid.eligible);
    EXPECT_TRUE(aid.rounded_to_nothing);
    EXPECT_EQ(aid.amount, Money());
    EXPECT_EQ(aid.reasons().at(0).code, "below_minimum");
}

TEST(Casebook, RUL_22_AScaleIsProvenByItsOwnExamples) {
    const std::string example =
        "  example other, 1 person, 1 600 €: very_modest\n"
        "  example other, 1 person, 1 601 €: modest\n";
    EXPECT_EQ(error_of(scale_of("<=", "1 600 €") + example), "");
    EXPECT_NE(error_of(scale_of("<=", "1 200 €") + example).find("exemple"), std::string::npos)
        << "75 % of it, typed in its place";
    EXPECT_NE(error_of(scale_of("<", "1 600 €") + example).find("exemple"), std::string::npos);
}

TEST(Casebook, RUL_25_NumbersOutOfTheirBounds) {
    for (const char* persons : {":-2", ":0", ":100"}) {
        EXPECT_EQ(refused("\"persons\":3", "\"persons\"" + std::string(persons)),
                  Code::out_of_range);
    }
    EXPECT_EQ(refused("\"persons\":3", "\"persons\":1.5"), Code::malformed);
    EXPECT_EQ(refused(":35000", ":\"\""), Code::malformed);
    EXPECT_EQ(refused(":35000", ":-1"), Code::out_of_range);
    EXPECT_EQ(refused(":35000", ":\"2 050\""), Code::malformed);
    EXPECT_EQ(refused(":35000", ":1e9"), Code::malformed);
    EXPECT_TRUE(facts_from_json(replaced(example_json(), ":35000", ":0")));
    EXPECT_TRUE(facts_from_json(replaced(example_json(), "\"persons\":3", "\"persons\":99")));
    EXPECT_TRUE(facts_from_json(replaced(example_json(), "\"persons\":3", "\"persons\":1")));
}

TEST(Casebook, MNY_02_ASplitDoesNotDependOnTheOrder) {
    std::array<SplitWeight, 3> parts = {{{61, 1}, {57, 2}, {61, 3}}};
    std::array<std::size_t, 3> order = {0, 1, 2};
    do {
        const std::array<SplitWeight, 3> asked = {
            {parts[order[0]], parts[order[1]], parts[order[2]]}};
        const std::vector<Money> shares = split(Money::cents(847), asked);
        std::array<std::int64_t, 4> by_id{};
        for (std::size_t i = 0; i < 3; ++i) {
            by_id[static_cast<std::size_t>(asked[i].id)] = shares[i].cents();
        }
        // 847 × 61/179 = 288.64, 847 × 57/179 = 269.72: the two cents left go to 2, then to 1.
        EXPECT_EQ(by_id, (std::array<std::int64_t, 4>{0, 289, 270, 288}));
    } while (std::ranges::next_permutation(order).found);
}

TEST(Casebook, MNY_04_ZeroWeightsAndTinyAmounts) {
    const auto shares = [](std::int64_t cents, std::vector<SplitWeight> weights) {
        std::vector<std::int64_t> out;
        for (const Money share : split(Money::cents(cents), weights)) out.push_back(share.cents());
        return out;
    };
    using Cents = std::vector<std::int64_t>;
    EXPECT_EQ(shares(2, {{5, 1}, {0, 2}, {1, 3}}), (Cents{2, 0, 0}));
    EXPECT_EQ(shares(0, {{5, 1}, {0, 2}, {1, 3}}), (Cents{0, 0, 0}));
    EXPECT_EQ(shares(7, {{0, 1}, {0, 2}, {0, 3}}), (Cents{3, 2, 2}));
    EXPECT_EQ(shares(847, {{3, 1}}), (Cents{847}));
}

TEST(Casebook, MNY_06_ZeroHasNoSign) {
    const Money zero = Money::cents(10) + Money::cents(20) - Money::cents(30);
    EXPECT_TRUE(zero.is_zero());
    EXPECT_FALSE(zero.is_negative());
    EXPECT_EQ(french(zero), french(Money()));
    EXPECT_EQ(french(-zero).find('-'), std::string::npos);
    EXPECT_EQ(french(part_of(Money::cents(-1), Ratio::percent(10), Rounding::half_up)).find('-'),
              std::string::npos)
        << "a tenth of a cent, below";
}

TEST(Casebook, DAT_01_ADayReadAndWrittenIsTheSame) {
    std::string saved = "2026-11-03";
    for (int i = 0; i < 10; ++i) saved = Day::parse("", saved)->iso();
    EXPECT_EQ(saved, "2026-11-03");
}

TEST(Casebook, DAT_03_ADeadlinePassesAtMidnightInParis) {
    for (const auto& [deadline, next] : {std::pair{Day::of(2026, 11, 30), Day::of(2026, 12, 1)},
                                         std::pair{Day::of(2026, 6, 30), Day::of(2026, 7, 1)}}) {
        EXPECT_LE(instant_in_paris(deadline, 23, 30).day_in_paris(), deadline);
        EXPECT_EQ(instant_in_paris(next, 0, 0).day_in_paris(), next);
        EXPECT_GT(instant_in_paris(next, 0, 30).day_in_paris(), deadline);
    }
    EXPECT_EQ(instant_in_paris(Day::of(2026, 12, 1), 0, 30).iso().substr(0, 16),
              "2026-11-30T23:30");
    EXPECT_EQ(instant_in_paris(Day::of(2026, 7, 1), 0, 30).iso().substr(0, 16), "2026-06-30T22:30");
}

TEST(Casebook, DAT_05_MonthsAreAddedToTheOrigin) {
    const Day origin = Day::of(2027, 1, 31);
    const char* expected[] = {"2027-01-31", "2027-02-28", "2027-03-31",
                              "2027-04-30", "2027-05-31", "2027-06-30"};
    for (int month = 0; month < 6; ++month) {
        EXPECT_EQ(origin.plus_months(month).iso(), expected[month]);
    }
}

// 02:40 twice on the night of the change: an hour apart, in that order, on the same legal day.
TEST(Casebook, DAT_08_TheRepeatedHourKeepsItsOrder) {
    constexpr std::int64_t an_hour = 3'600'000'000;
    const Instant first = instant_in_paris(Day::of(2026, 10, 25), 1, 40);
    const Instant summer(first.microseconds() + an_hour);      // 02:40 +02:00
    const Instant winter(first.microseconds() + 2 * an_hour);  // 02:40 +01:00
    EXPECT_LT(summer, winter);
    EXPECT_EQ(summer.iso().substr(0, 16), "2026-10-25T00:40");
    EXPECT_EQ(winter.iso().substr(0, 16), "2026-10-25T01:40");
    EXPECT_EQ(winter.microseconds() - summer.microseconds(), an_hour);
    EXPECT_EQ(summer.day_in_paris(), winter.day_in_paris());
    EXPECT_EQ(instant_in_paris(Day::of(2026, 10, 25), 3, 40).microseconds(),
              winter.microseconds() + an_hour);
}

}  // namespace
}  // namespace deodat::rules::test
