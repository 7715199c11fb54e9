#include "rules/plan/plan_json.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace deodat::rules {
namespace {

std::string_view name_of(Aside aside) {
    switch (aside) {
        case Aside::none:
            return "";
        case Aside::other_scheme:
            return "other_scheme";
        case Aside::not_established:
            return "not_established";
        case Aside::by_hand:
            return "by_hand";
        case Aside::undecided:
            return "undecided";
        case Aside::not_notified:
            return "not_notified";
    }
    return "";
}

class JsonWriter {
  public:
    void plan(const Plan& plan, const std::vector<Step>* trace) {
        writer_.StartObject();
        text("income_class", income_classes().values[index_of(plan.income_class)].name);
        text("zone", zones().values[index_of(plan.zone)].name);
        number("class_jump", plan.class_jump);
        money("works_ht_cents", plan.works_ht);
        money("works_ttc_cents", plan.works_ttc);
        if (plan.other_costs.is_positive()) money("other_costs_cents", plan.other_costs);
        list("aids", plan.aids, [&](const PlannedAid& aid) { planned(aid); });
        list("given_aids", plan.given_aids, [&](const GivenAid& aid) { given(aid); });
        list("limits", plan.limits, [&](const LimitOutcome& outcome) { limit(outcome); });
        list("notices", plan.notices, [&](const Reason& notice) { reason(notice); });
        money("total_aid_cents", plan.total_aid);
        money("remaining_cost_cents", plan.remaining_cost);
        if (trace != nullptr) list("trace", *trace, [&](const Step& top) { step(top); });
        writer_.EndObject();
    }

    void refusal(const Refusal& refusal) {
        writer_.StartObject();
        key("error");
        writer_.StartObject();
        text("code", code_name(refusal.code));
        text("field", refusal.field);
        text("message", refusal.message);
        writer_.EndObject();
        writer_.EndObject();
    }

    std::string take() const { return {buffer_.GetString(), buffer_.GetSize()}; }

  private:
    template <class Enum>
    static std::size_t index_of(Enum value) {
        return static_cast<std::size_t>(value);
    }

    void key(const char* name) { writer_.Key(name); }
    void string(std::string_view value) {
        writer_.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
    }
    void text(const char* name, std::string_view value) {
        key(name);
        string(value);
    }
    void number(const char* name, std::int64_t value) {
        key(name);
        writer_.Int64(value);
    }
    void flag(const char* name, bool value) {
        key(name);
        writer_.Bool(value);
    }
    void money(const char* name, Money value) { number(name, value.cents()); }
    void money(const char* name, const std::optional<Money>& value) {
        number(name, value ? std::optional(value->cents()) : std::nullopt);
    }
    void number(const char* name, const std::optional<std::int64_t>& value) {
        if (value) return number(name, *value);
        key(name);
        writer_.Null();
    }

    template <class Rows, class Write>
    void list(const char* name, const Rows& rows, const Write& write) {
        key(name);
        writer_.StartArray();
        for (const auto& row : rows) write(row);
        writer_.EndArray();
    }

    void planned(const PlannedAid& aid) {
        writer_.StartObject();
        text("aid", aid.aid->id);
        text("funder", aid.aid->funder);
        text("version", aid.version_day().iso());
        if (aid.aid->kind == syntax::AidKind::loan) text("kind", "loan");
        if (aid.aid->kind == syntax::AidKind::certificate) text("kind", "certificate");
        flag("eligible", aid.eligible);
        flag("chosen", aid.chosen);
        if (aid.eligible && !aid.chosen) text("not_chosen", name_of(aid.aside));
        money("base_cap_cents", aid.base_cap);
        money("base_cents", aid.base);
        number("rate_bp", aid.rate_bp);
        money("before_limit_cents", aid.before_limit);
        money("amount_cents", aid.amount);
        money("advance_cents", aid.advance);
        if (aid.aid->before_balance != no_node) {
            number("instalments", aid.instalments);
            money("before_balance_max_cents", aid.before_balance_max);
        }
        if (aid.aid->equivalent != no_node) money("equivalent_cents", aid.equivalent);
        list("reasons", aid.reasons(), [&](const Reason& why) { reason(why); });
        list("to_verify", aid.to_verify(), [&](const std::string& code) { string(code); });
        writer_.EndObject();
    }

    void given(const GivenAid& aid) {
        writer_.StartObject();
        text("aid", aid.aid);
        text("funder", aid.funder);
        money("amount_cents", aid.amount);
        if (!aid.motive.empty()) text("motive", aid.motive);
        writer_.EndObject();
    }

    void limit(const LimitOutcome& outcome) {
        writer_.StartObject();
        text("limit", outcome.limit->id);
        number("rate_bp", outcome.rate_bp);
        money("ceiling_cents", outcome.ceiling);
        money("cut_cents", outcome.cut);
        money("excess_cents", outcome.excess);
        writer_.EndObject();
    }

    void reason(const Reason& why) {
        writer_.StartObject();
        text("code", why.code);
        text("message", why.message);
        writer_.EndObject();
    }

    void step(const Step& one) {
        writer_.StartObject();
        text("rule", one.rule);
        text("step", one.step);
        text("text", one.text);
        if (one.amount) money("amount_cents", *one.amount);
        if (!one.source.empty()) text("source", one.source);
        if (!one.note.empty()) text("note", one.note);
        if (!one.parts.empty()) list("parts", one.parts, [&](const Step& part) { step(part); });
        writer_.EndObject();
    }

    rapidjson::StringBuffer buffer_;
    rapidjson::Writer<rapidjson::StringBuffer> writer_{buffer_};
};

}  // namespace

std::string plan_json(const Plan& plan) {
    JsonWriter writer;
    writer.plan(plan, nullptr);
    return writer.take();
}

std::string explained_json(const Explained& explained) {
    JsonWriter writer;
    writer.plan(explained.plan, &explained.trace);
    return writer.take();
}

std::string refusal_json(const Refusal& refusal) {
    JsonWriter writer;
    writer.refusal(refusal);
    return writer.take();
}

}  // namespace deodat::rules
