// Goal: who pays whom, when; what is advanced and how long, to the cent and the day; and calendars
// that cannot be drawn.
#include "rules/plan/cash_plan.h"

#include <gmock/gmock.h>

#include "tests/unit/rules/support.h"

namespace deodat::rules::test {
namespace {

using testing::HasSubstr;

Day on(std::string_view iso) {
    return *Day::parse("", iso);
}

// 10 000 € of works without VAT: 6 000 € of one funder, with an advance of 30 % and three
// instalments up to 70 %; 1 000 € of another; 3 000 € are left to pay.
std::shared_ptr<const RuleSet> two_funders() {
    return with_scales(
        "aid local.large \"Grande aide\"\n  paid by region\n  deposited 2025-01-01 ..\n"
        "  amount 60 % of works.ht\n  advance 30 % of amount\n"
        "  instalments 3 up to 70 % of amount\n"
        "aid local.small \"Petite aide\"\n  paid by commune\n  deposited 2025-01-01 ..\n"
        "  amount 10 % of works.ht\n");
}

Plan some_plan(const RuleSet& rules) {
    Facts facts = example_facts();
    set_works(facts, 1'000'000, 0);
    Result<Plan> made = plan(rules, facts);
    EXPECT_TRUE(made);
    return std::move(*made);
}

CashCalendar some_calendar() {
    return {on("2026-03-01"),
            on("2026-06-30"),
            30,
            {{"Toits", on("2026-04-01"), Money::euros(5'000)},
             {"Baies", on("2026-06-01"), Money::euros(5'000)}},
            {{on("2026-03-01"), Money::euros(3'000)}},
            {{"region", 60, true, {5'000}}, {"commune", 90, false, {}}}};
}

CashPlan drawn_plan(const CashCalendar& calendar) {
    const auto rules = two_funders();
    Result<CashPlan> made = cash_plan(some_plan(*rules), calendar);
    EXPECT_TRUE(made) << (made ? "" : made.refusal().message);
    return std::move(*made);
}

std::vector<std::string> lines(const CashPlan& cash) {
    std::vector<std::string> out;
    for (const CashMovement& movement : cash.movements) {
        out.push_back(movement.day.iso() + " " + std::string(cash_kind_name(movement.kind)) + " " +
                      decimal_text(movement.amount) + " " + decimal_text(movement.exposure));
    }
    return out;
}

TEST(CashPlan, DrawsEveryMovementAndWhatIsAdvanced) {
    const CashPlan cash = drawn_plan(some_calendar());
    EXPECT_EQ(lines(cash),
              (std::vector<std::string>{
                  "2026-03-01 household_share 3000.00 0.00",
                  "2026-04-30 advance 1800.00 0.00",     // claimed on 1 March
                  "2026-05-01 payment 5000.00 200.00",   // invoiced on 1 April
                  "2026-05-31 instalment 1200.00 0.00",  // half invoiced on 1 April
                  "2026-07-01 payment 5000.00 4000.00", "2026-08-29 balance 3000.00 1000.00",
                  "2026-09-28 balance 1000.00 0.00"}));
    EXPECT_EQ(cash.exposure_max, Money::euros(4'000));
    EXPECT_EQ(cash.exposure_max_day, on("2026-07-01"));
    EXPECT_EQ(cash.exposure_first_day, on("2026-05-01"));
    EXPECT_EQ(cash.exposure_last_day, on("2026-09-27"));
    // 200 € for 30 days, 4 000 € for 59, 1 000 € for 30.
    EXPECT_EQ(cash.cent_days, (200 * 30 + 4'000 * 59 + 1'000 * 30) * 100);
    EXPECT_EQ(cash.paid, Money::euros(10'000));
    EXPECT_EQ(cash.from_funders, Money::euros(7'000));
    EXPECT_EQ(cash.from_household, Money::euros(3'000));
    EXPECT_EQ(cash.remainder(), Money());
}

// In May the two funders owe 4 200 € and 1 000 €, and share the 200 € advanced; in July and August
// 3 000 € and 1 000 € share 4 000 €; in September one waits alone.
TEST(CashPlan, TheWaitIsSharedByWhatEachStillOwes) {
    const CashPlan cash = drawn_plan(some_calendar());
    ASSERT_EQ(cash.waits.size(), 3U);
    EXPECT_EQ(cash.waits[0].party, "region");
    EXPECT_EQ(cash.waits[0].due, Money::euros(6'000));
    EXPECT_EQ(cash.waits[0].cent_days, 16'154 * 30 + 300'000 * 59);
    EXPECT_EQ(cash.waits[1].cent_days, 3'846 * 30 + 100'000 * 59 + 100'000 * 30);
    EXPECT_EQ(cash.waits[1].days(), 90);
    EXPECT_EQ(cash.waits[2].party, "");
    EXPECT_EQ(cash.waits[2].cent_days, 0);
    EXPECT_EQ(cash.waits[0].cent_days + cash.waits[1].cent_days, cash.cent_days);
}

// A receipt of the day comes before its payments: exposure is that of the end of the day.
TEST(CashPlan, AReceiptOfTheSameDayComesFirst) {
    CashCalendar calendar = some_calendar();
    calendar.household = {{on("2026-05-01"), Money::euros(3'000)}};
    const CashPlan cash = drawn_plan(calendar);
    EXPECT_EQ(lines(cash)[2], "2026-05-01 payment 5000.00 200.00");
    EXPECT_EQ(lines(cash)[1], "2026-05-01 household_share 3000.00 0.00");
}

TEST(CashPlan, WhatNobodyIsCalledForRemains) {
    CashCalendar calendar = some_calendar();
    calendar.household = {{on("2026-03-01"), Money::euros(2'500)}};
    const CashPlan cash = drawn_plan(calendar);
    EXPECT_EQ(cash.not_called, Money::euros(500));
    EXPECT_EQ(cash.remainder(), Money::euros(500));
    EXPECT_FALSE(cash.exposure_last_day);
    EXPECT_EQ(cash.movements.back().exposure, Money::euros(500));
    EXPECT_THAT(cash_plan_text(cash),
                HasSubstr("Reste à appeler auprès du ménage : 500,00\u00a0€."));
}

TEST(CashPlan, InvoicesAboveOrBelowThePlanAreSaid) {
    CashCalendar calendar = some_calendar();
    calendar.invoices[1].amount = Money::euros(5'400);
    EXPECT_EQ(drawn_plan(calendar).invoiced_above, Money::euros(400));
    EXPECT_EQ(drawn_plan(calendar).remainder(), Money::euros(400));
    calendar.invoices[1].amount = Money::euros(4'000);
    const CashPlan cheaper = drawn_plan(calendar);
    EXPECT_EQ(cheaper.remainder(), -Money::euros(1'000));
    EXPECT_THAT(cash_plan_text(cheaper), HasSubstr("les aides sont à recalculer"));
}

// The balance waits for the last invoice, acceptance or not.
TEST(CashPlan, TheBalanceIsClaimedOnceTheLastInvoiceIsThere) {
    CashCalendar calendar = some_calendar();
    calendar.acceptance = on("2026-05-15");
    const CashPlan cash = drawn_plan(calendar);
    EXPECT_EQ(cash.movements.back().claimed_on, on("2026-06-01"));
}

TEST(CashPlan, NoAdvanceWhenNothingIsPaidBeforeItIsReceived) {
    CashCalendar calendar = some_calendar();
    calendar.payment_delay_days = 365;
    const CashPlan cash = drawn_plan(calendar);
    EXPECT_FALSE(cash.exposure_first_day);
    EXPECT_EQ(cash.cent_days, 0);
    EXPECT_THAT(cash_plan_text(cash), HasSubstr("Le PETR n'avance rien."));
}

TEST(CashPlan, ReadsForPeople) {
    const std::string text = cash_plan_text(drawn_plan(some_calendar()));
    EXPECT_THAT(text,
                HasSubstr("29/08/2026  region → PETR : 3\u202f000,00\u00a0€, solde de « Grande "
                          "aide », demandé le 30/06/2026 ; encours 1\u202f000,00\u00a0€"));
    EXPECT_THAT(text, HasSubstr("au plus 4\u202f000,00\u00a0€ le 01/07/2026 ; du 01/05/2026 au "
                                "27/09/2026"));
    EXPECT_THAT(text,
                HasSubstr("commune : 1\u202f000,00\u00a0€ attendus, préfinancés en moyenne 90 "
                          "jours."));
}

Refusal refusal_of(const CashCalendar& calendar) {
    const auto rules = two_funders();
    const Result<CashPlan> made = cash_plan(some_plan(*rules), calendar);
    EXPECT_FALSE(made);
    return made ? Refusal{Code::usage, "", ""} : made.refusal();
}

template <class Change>
Refusal refusal_with(const Change& change) {
    CashCalendar calendar = some_calendar();
    change(calendar);
    return refusal_of(calendar);
}

TEST(CashPlan, RefusesCalendarsThatCannotBe) {
    using Calendar = CashCalendar&;
    EXPECT_EQ(refusal_with([](Calendar c) { c.invoices.clear(); }).field, "invoices");
    EXPECT_EQ(refusal_with([](Calendar c) { c.invoices[1].day = on("2026-02-28"); }).field,
              "invoices[1].date");
    EXPECT_EQ(refusal_with([](Calendar c) { c.invoices[0].amount = {}; }).code,
              Code::amount_not_positive);
    EXPECT_EQ(refusal_with([](Calendar c) { c.acceptance = on("2026-02-28"); }).field,
              "acceptance");
    EXPECT_EQ(refusal_with([](Calendar c) { c.works_start = on("2199-12-31"); }).code,
              Code::out_of_range);
    EXPECT_EQ(refusal_with([](Calendar c) { c.acceptance = on("2199-12-31"); }).code,
              Code::out_of_range);
    EXPECT_EQ(refusal_with([](Calendar c) { c.payment_delay_days = -1; }).field,
              "payment_delay_days");
    EXPECT_EQ(refusal_with([](Calendar c) { c.household[0].amount = Money::cents(300'001); }).code,
              Code::over_commitment);
    EXPECT_EQ(refusal_with([](Calendar c) { c.household[0].day = on("1950-01-01"); }).code,
              Code::out_of_range);
}

TEST(CashPlan, RefusesTermsThatNoGrantGives) {
    using Calendar = CashCalendar&;
    EXPECT_EQ(refusal_with([](Calendar c) { c.funders.pop_back(); }).code, Code::missing);
    EXPECT_EQ(refusal_with([](Calendar c) { c.funders[1].funder = "region"; }).code, Code::missing);
    EXPECT_EQ(refusal_with([](Calendar c) { c.funders.push_back(c.funders[1]); }).code,
              Code::duplicate);
    EXPECT_EQ(refusal_with([](Calendar c) {
                  c.funders.push_back({"etat", 1, false, {}});
              }).code,
              Code::not_found);
    EXPECT_EQ(refusal_with([](Calendar c) { c.funders[0].delay_days = 3'651; }).field,
              "funders[0].delay_days");
    EXPECT_EQ(refusal_with([](Calendar c) { c.funders[1].advance = true; }).code,
              Code::state_forbids);
    EXPECT_EQ(refusal_with([](Calendar c) { c.funders[1].instalments_bp = {5'000}; }).code,
              Code::state_forbids);
    const Refusal back = refusal_with([](Calendar c) {
        c.funders[0].instalments_bp = {6'000, 5'000};
    });
    EXPECT_EQ(back.field, "progress");
    EXPECT_THAT(back.message, testing::StartsWith("Grande aide : "));
}

TEST(CashPlan, RefusesABlockedPlan) {
    const auto rules = two_funders();
    Plan blocked = some_plan(*rules);
    blocked.blocked = true;
    EXPECT_EQ(cash_plan(blocked, some_calendar()).refusal().code, Code::gate_closed);
}

std::string calendar_json() {
    return R"({"works_start":"2026-03-01","acceptance":"2026-06-30","payment_delay_days":30,)"
           R"("invoices":[{"contractor":"Toits","date":"2026-04-01","amount_cents":500000},)"
           R"({"contractor":"Baies","date":"2026-06-01","amount_cents":500000}],)"
           R"("household":[{"date":"2026-03-01","amount_cents":300000}],)"
           R"("funders":[{"funder":"region","delay_days":60,"advance":true,"instalments_bp":[5000]},)"
           R"({"funder":"commune","delay_days":90,"advance":false,"instalments_bp":[]}]})";
}

TEST(CashPlanJson, ReadsACalendarAndWritesThePlan) {
    const auto calendar = cash_calendar_from_json(calendar_json());
    ASSERT_TRUE(calendar) << calendar.refusal().message;
    const std::string json = cash_plan_json(drawn_plan(*calendar));
    EXPECT_EQ(json, cash_plan_json(drawn_plan(some_calendar())));
    EXPECT_THAT(json,
                HasSubstr(R"({"date":"2026-08-29","kind":"balance","from":"region","to":"petr",)"
                          R"("label":"Grande aide","amount_cents":300000,)"
                          R"("claimed_on":"2026-06-30","exposure_cents":100000})"));
    EXPECT_THAT(json,
                HasSubstr(R"("exposure_last_day":"2026-09-27","exposure_cent_days":27200000)"));
    EXPECT_THAT(json,
                HasSubstr(R"({"party":"household","due_cents":300000,"cent_days":0,"days":0}])"));
}

TEST(CashPlanJson, RefusesStrictly) {
    const auto refusal = [](std::string_view from, std::string_view to) {
        return cash_calendar_from_json(replaced(calendar_json(), from, to)).refusal();
    };
    EXPECT_EQ(refusal(R"("payment_delay_days":30,)", "").field, "payment_delay_days");
    EXPECT_EQ(refusal("\"2026-04-01\"", "\"2026-04-31\"").code, Code::date_invalid);
    EXPECT_EQ(refusal("500000", "500000.5").field, "invoices[0].amount_cents");
    EXPECT_EQ(refusal("[5000]", "[10001]").field, "funders[0].instalments_bp[0]");
    EXPECT_EQ(refusal("[5000]", "[5000,\"a\"]").field, "funders[0].instalments_bp[1]");
    EXPECT_EQ(refusal("\"advance\":true,", "\"advance\":true,\"rate\":1,").code,
              Code::unknown_field);
    EXPECT_EQ(refusal("\"acceptance\"", "\"works_start\"").code, Code::json_malformed);
}

}  // namespace
}  // namespace deodat::rules::test
