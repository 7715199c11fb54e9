#include "rules/facts/json_text.h"
#include "rules/grouping/batch_json.h"

namespace deodat::rules::grouping {
namespace {

void figures(JsonText& json, const HouseholdOutcome& one) {
    json.money("discount_cents", one.price.discount);
    json.money("shared_cents", one.price.shared);
    json.money("ttc_cents", one.price.ttc);
    json.money("total_aid_cents", one.aid);
    json.money("remaining_cost_cents", one.remaining);
    json.money("household_gain_cents", one.household_gain);
    json.money("funder_gain_cents", one.funder_gain);
    if (one.payable_aid) json.money("payable_aid_cents", *one.payable_aid);
    if (one.payable_remaining) json.money("payable_remaining_cents", *one.payable_remaining);
}

void refusal(JsonText& json, const std::optional<Refusal>& given) {
    if (!given) return json.null("refusal");
    JsonText text;
    text.text("code", code_name(given->code));
    text.text("message", given->message);
    json.raw("refusal", text.take());
}

}  // namespace

std::string allocation_json(const Allocation& allocation, const std::vector<DropOut>& drop_outs) {
    JsonText totals;
    figures(totals, allocation.totals());
    JsonText json;
    json.objects("members", allocation.members, [&](const HouseholdOutcome& one) {
        json.text("id", one.price.id);
        figures(json, one);
    });
    json.raw("totals", totals.take());
    json.flag("corrected", allocation.corrected);
    refusal(json, allocation.refusal);
    json.objects("drop_outs", drop_outs, [&](const DropOut& row) {
        json.text("leaver", row.leaver);
        json.number("discount_bp", row.tier_after ? row.tier_after->discount_bp : 0);
        json.flag("changes_tier", row.changes_tier);
        json.objects("others", row.others, [&](const Staying& one) {
            json.text("id", one.id);
            json.money("remaining_before_cents", one.remaining_before);
            json.money("remaining_after_cents", one.remaining_after);
            json.flag("must_sign", one.must_sign);
        });
        refusal(json, row.refusal);
    });
    return json.take();
}

}  // namespace deodat::rules::grouping
