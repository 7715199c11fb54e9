#include "rules/facts/json_text.h"
#include "rules/facts/strict_json.h"
#include "rules/plan/cash_plan.h"

namespace deodat::rules {
namespace {

// Who stands for the public body and for the household among funders and contractors.
constexpr std::string_view petr_name = "petr";
constexpr std::string_view household_name = "household";

constexpr std::size_t rows_max = 500;
constexpr std::int64_t days_bound = 10'000;
constexpr std::size_t instalments_max = 100;

CashInvoice read_invoice(JsonValue value, Trouble& trouble) {
    JsonObject row(std::move(value), "contractor, date, amount_cents", trouble);
    const std::string contractor = row.text("contractor");
    const Day day = row.date("date");
    return {contractor, day, row.cents("amount_cents")};
}

HouseholdShare read_share(JsonValue value, Trouble& trouble) {
    JsonObject row(std::move(value), "date, amount_cents", trouble);
    const Day day = row.date("date");
    return {day, row.cents("amount_cents")};
}

FunderTerms read_terms(JsonValue value, Trouble& trouble) {
    JsonObject row(std::move(value), "funder, delay_days, advance, instalments_bp", trouble);
    FunderTerms terms;
    terms.funder = row.text("funder");
    terms.delay_days = row.integer("delay_days", 0, days_bound);
    terms.advance = row.boolean("advance");
    row.each("instalments_bp", instalments_max, [&](const JsonValue& progress) {
        std::int64_t progress_bp = 0;
        trouble = progress.read_integer(1, 10'000, progress_bp);
        terms.instalments_bp.push_back(progress_bp);
    });
    return terms;
}

void day(JsonText& json, std::string_view name, const std::optional<Day>& value) {
    if (value) return json.text(name, value->iso());
    json.null(name);
}

}  // namespace

Result<CashCalendar> cash_calendar_from_json(std::string_view text) {
    const Result<JsonDocument> document = JsonDocument::parse(text, "Les éléments du calendrier");
    if (!document) return document.refusal();
    Trouble trouble;
    JsonObject root(document->root(),
                    "works_start, acceptance, payment_delay_days, invoices, household, funders",
                    trouble);
    const Day works_start = root.date("works_start");
    CashCalendar out{works_start,
                     root.date("acceptance"),
                     root.integer("payment_delay_days", 0, days_bound),
                     {},
                     {},
                     {}};
    root.each("invoices", rows_max, [&](JsonValue row) {
        out.invoices.push_back(read_invoice(std::move(row), trouble));
    });
    root.each("household", rows_max,
              [&](JsonValue row) { out.household.push_back(read_share(std::move(row), trouble)); });
    root.each("funders", rows_max,
              [&](JsonValue row) { out.funders.push_back(read_terms(std::move(row), trouble)); });
    if (trouble) return *trouble;
    return out;
}

std::string cash_plan_json(const CashPlan& cash) {
    JsonText json;
    json.objects("movements", cash.movements, [&](const CashMovement& movement) {
        const std::string_view other = movement.kind == CashKind::household_share
                                           ? household_name
                                           : std::string_view(movement.party);
        json.text("date", movement.day.iso());
        json.text("kind", cash_kind_name(movement.kind));
        json.text("from", movement.is_receipt() ? other : petr_name);
        json.text("to", movement.is_receipt() ? petr_name : other);
        json.text("label", movement.label);
        json.money("amount_cents", movement.amount);
        if (movement.claimed_on) json.text("claimed_on", movement.claimed_on->iso());
        json.money("exposure_cents", movement.exposure);
    });
    json.money("exposure_max_cents", cash.exposure_max);
    day(json, "exposure_max_on", cash.exposure_max_day);
    day(json, "exposure_first_day", cash.exposure_first_day);
    day(json, "exposure_last_day", cash.exposure_last_day);
    json.number("exposure_cent_days", cash.cent_days);
    json.objects("waits", cash.waits, [&](const Wait& wait) {
        json.text("party", wait.party.empty() ? household_name : std::string_view(wait.party));
        json.money("due_cents", wait.due);
        json.number("cent_days", wait.cent_days);
        json.number("days", wait.days());
    });
    json.money("paid_cents", cash.paid);
    json.money("from_funders_cents", cash.from_funders);
    json.money("from_household_cents", cash.from_household);
    json.money("not_called_cents", cash.not_called);
    json.money("invoiced_above_cents", cash.invoiced_above);
    json.money("remainder_cents", cash.remainder());
    return json.take();
}

}  // namespace deodat::rules
