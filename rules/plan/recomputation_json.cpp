#include "rules/plan/recomputation_json.h"

#include "rules/facts/facts_json.h"
#include "rules/facts/json_text.h"
#include "rules/plan/plan_json.h"

namespace deodat::rules {
namespace {

constexpr std::size_t notified_max = 1'000;

NotifiedAid read_notified(JsonValue value, Trouble& trouble) {
    JsonObject row(std::move(value), "aid, amount_cents, received_cents", trouble);
    NotifiedAid out;
    out.aid = row.text("aid");
    out.amount = row.cents("amount_cents");
    if (row.has("received_cents")) out.received = row.cents("received_cents");
    return out;
}

}  // namespace

Result<Notification> notification_from_json(std::string_view json) {
    const Result<JsonDocument> document = JsonDocument::parse(json, "Les montants notifiés");
    if (!document) return document.refusal();
    Trouble trouble;
    Notification out;
    JsonObject root(document->root(), "notified, quoted_lines", trouble);
    root.each("notified", notified_max,
              [&](JsonValue row) { out.aids.push_back(read_notified(std::move(row), trouble)); });
    if (root.has("quoted_lines")) {
        trouble = read_works_lines(*root.required("quoted_lines"), out.quoted_lines);
    }
    if (trouble) return *trouble;
    return out;
}

std::string recomputation_json(const Recomputation& recomputation) {
    JsonText json;
    json.objects("aids", recomputation.aids, [&](const RecomputedAid& line) {
        json.text("aid", line.aid);
        json.text("funder", line.funder);
        json.money("notified_cents", line.notified);
        json.money("recomputed_cents", line.recomputed);
        json.money("limit_cut_cents", line.limit_cut);
        json.money("retained_cents", line.retained);
        json.money("received_cents", line.received);
        json.money("balance_cents", line.balance());
        json.text("decision", decision_name(line.decision));
        json.text("text", line.text);
    });
    json.objects("lots", recomputation.lots, [&](const LotDifference& lot) {
        json.text("trade", lot.trade);
        json.money("quoted_ht_cents", lot.quoted_ht);
        json.money("quoted_ttc_cents", lot.quoted_ttc);
        json.money("invoiced_ht_cents", lot.invoiced_ht);
        json.money("invoiced_ttc_cents", lot.invoiced_ttc);
        json.text("text", lot.text);
    });
    json.texts("limits", recomputation.limits);
    json.text("total", recomputation.total);
    json.raw("plan", plan_json(recomputation.plan));
    return json.take();
}

}  // namespace deodat::rules
