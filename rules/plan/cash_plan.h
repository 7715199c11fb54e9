// The cash plan of a dossier: who pays whom, what, when; what the PETR advances, and how long.
//
// The PETR receives every grant and the household's share, and pays the contractors. Of a funding
// plan (or of a recomputation's) and a calendar it draws every movement of money:
//   - an invoice is paid payment_delay_days after its date;
//   - an advance is claimed the day works start; an instalment the day the invoices reach its
//     progress (a share of all invoices); the balance once works are accepted and the last invoice
//     is there; each is received delay_days after its claim;
//   - the household pays its share on its due dates.
// Exposure is what has been paid and not yet received, max(0, paid − received), at the end of a
// day: of this one dossier, never netted with another's. Everything sums: what the contractors are
// paid is what funders and household have paid, and the remainder.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/day.h"
#include "rules/plan/claims.h"
#include "rules/plan/plan.h"

namespace deodat::rules {

// A contractor's invoice, or one share of it.
struct CashInvoice {
    std::string contractor;
    Day day;
    Money amount;  // including VAT
};

struct HouseholdShare {
    Day day;
    Money amount;
};

// What is claimed of a funder, for each of its grants that allows it, and how long it takes.
struct FunderTerms {
    std::string funder;
    std::int64_t delay_days = 0;  // from claim to receipt
    bool advance = false;
    std::vector<std::int64_t> instalments_bp;  // the progress that each is claimed at
};

struct CashCalendar {
    Day works_start;
    Day acceptance;
    std::int64_t payment_delay_days = 0;  // from invoice to payment
    std::vector<CashInvoice> invoices;
    std::vector<HouseholdShare> household;
    std::vector<FunderTerms> funders;
};

enum class CashKind : std::uint8_t { advance, instalment, balance, household_share, payment };
std::string_view cash_kind_name(CashKind kind);

struct CashMovement {
    Day day;
    CashKind kind;
    std::string party;  // the funder or contractor; the household's has none
    std::string label;  // the aid or contractor
    Money amount;
    std::optional<Day> claimed_on;  // of what a funder pays
    Money exposure;                 // once this movement is made

    bool is_receipt() const { return kind != CashKind::payment; }
};

// How long the PETR waits for one who owes. At each moment the exposure is shared among all who
// still owe, funders and household, by what each still owes.
struct Wait {
    std::string party;  // empty for the household
    Money due;
    std::int64_t cent_days = 0;
    std::int64_t days() const;  // cent_days over what is due, to the nearest day
};

struct CashPlan {
    std::vector<CashMovement> movements;  // by day, receipts before payments
    Money exposure_max;
    std::optional<Day> exposure_max_day;    // the first day of the highest exposure
    std::optional<Day> exposure_first_day;  // the first and last days above zero; no last day while
    std::optional<Day> exposure_last_day;   // the dossier ends above it
    std::int64_t cent_days = 0;             // Σ exposure × days, until the last movement
    std::vector<Wait> waits;                // as the calendar lists the funders; then the household
    Money paid;
    Money from_funders;
    Money from_household;
    Money not_called;      // of the remaining cost, what no due date calls
    Money invoiced_above;  // the invoices less the plan's whole cost

    // What is still to be received when all is done; below zero, what would be in excess.
    Money remainder() const { return not_called + invoiced_above; }
};

// Refuses a blocked plan (gate_closed); a calendar without invoices or without the terms of a
// funder of the plan (missing), with the terms of another (not_found) or twice (duplicate), with an
// amount that is not positive (amount_not_positive), an invoice or acceptance before works start,
// or a day or delay that no dossier has (out_of_range); shares of the household above its remaining
// cost (over_commitment); an advance or instalment that no grant of the funder gives
// (state_forbids), and what ClaimSchedule refuses.
Result<CashPlan> cash_plan(const Plan& plan, const CashCalendar& calendar);

// For people: one line a movement, then exposure, waits, and the sum.
std::string cash_plan_text(const CashPlan& cash);

// {"works_start", "acceptance", "payment_delay_days", "invoices": [{"contractor", "date",
// "amount_cents"}], "household": [{"date", "amount_cents"}], "funders": [{"funder", "delay_days",
// "advance", "instalments_bp"}]}, all required, amounts including VAT.
Result<CashCalendar> cash_calendar_from_json(std::string_view json);

// {"movements": [{"date", "kind", "from", "to", "label", "amount_cents", "claimed_on"?,
// "exposure_cents"}], "exposure_max_cents", "exposure_max_on", "exposure_first_day",
// "exposure_last_day" (null when there is none), "exposure_cent_days", "waits": [{"party",
// "due_cents", "cent_days", "days"}], "paid_cents", "from_funders_cents", "from_household_cents",
// "not_called_cents", "invoiced_above_cents", "remainder_cents"}
std::string cash_plan_json(const CashPlan& cash);

}  // namespace deodat::rules
