#include "rules/plan/portfolio_difference.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "rules/facts/facts_json.h"
#include "rules/plan/plan_json.h"

namespace deodat::rules {
namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

void raw(Writer& writer, const char* name, const std::string& json) {
    writer.Key(name);
    writer.RawValue(json.data(), json.size(), rapidjson::kObjectType);
}

void refusal(Writer& writer, const char* name, const std::optional<Refusal>& refused) {
    if (refused) return raw(writer, name, refusal_json(*refused));
    writer.Key(name);
    writer.Null();
}

void number(Writer& writer, const char* name, std::int64_t value) {
    writer.Key(name);
    writer.Int64(value);
}

void number(Writer& writer, const char* name, std::size_t value) {
    number(writer, name, static_cast<std::int64_t>(value));
}

void household(Writer& writer, const char* name,
               const std::optional<PortfolioDifference::OfHousehold>& one) {
    writer.Key(name);
    if (!one) {
        writer.Null();
        return;
    }
    writer.StartObject();
    number(writer, "line", one->line);
    number(writer, "difference_cents", one->cents);
    writer.EndObject();
}

}  // namespace

bool CaseDifference::changed() const {
    if (plans) return plans->any();
    return refused_before.has_value() != refused_after.has_value();
}

CaseDifference compare_case(std::size_t line, std::string_view facts_json, const RuleSet& before,
                            const RuleSet& after) {
    CaseDifference out;
    out.line = line;
    const Result<Facts> facts = facts_from_json(facts_json);
    if (!facts) {
        out.unreadable = facts.refusal();
        return out;
    }
    const Result<Plan> old_plan = plan(before, *facts);
    const Result<Plan> new_plan = plan(after, *facts);
    if (!old_plan) out.refused_before = old_plan.refusal();
    if (!new_plan) out.refused_after = new_plan.refusal();
    if (old_plan && new_plan) out.plans = difference(*old_plan, *new_plan);
    return out;
}

void PortfolioDifference::add(const CaseDifference& one) {
    ++cases;
    if (one.unreadable) {
        ++unreadable;
        return;
    }
    if (one.changed()) ++changed;
    if (one.refused_before && one.refused_after) ++refused_by_both;
    if (!one.refused_before && one.refused_after) ++refusals_appeared;
    if (one.refused_before && !one.refused_after) ++refusals_gone;
    if (!one.plans) return;
    for (const AidDifference& aid : one.plans->aids) {
        if (!aid.amount.any()) continue;
        OfAid& sum = aids[aid.id];
        sum.label = aid.label;
        ++sum.cases;
        sum.cents += gain(aid.amount).cents();
    }
    const std::int64_t aid_cents = gain(one.plans->total_aid).cents();
    total_aid_cents += aid_cents;
    remaining_cost_cents += gain(one.plans->remaining_cost).cents();
    if (aid_cents > 0 && (!largest_gain || aid_cents > largest_gain->cents)) {
        largest_gain = OfHousehold{one.line, aid_cents};
    }
    if (aid_cents < 0 && (!largest_loss || aid_cents < largest_loss->cents)) {
        largest_loss = OfHousehold{one.line, aid_cents};
    }
}

std::string case_json(const CaseDifference& one) {
    rapidjson::StringBuffer buffer;
    Writer writer(buffer);
    writer.StartObject();
    number(writer, "line", one.line);
    if (one.unreadable) {
        refusal(writer, "unreadable", one.unreadable);
    } else {
        refusal(writer, "refused_before", one.refused_before);
        refusal(writer, "refused_after", one.refused_after);
        if (one.plans) {
            raw(writer, "difference", difference_json(*one.plans));
        } else {
            writer.Key("difference");
            writer.Null();
        }
    }
    writer.EndObject();
    return {buffer.GetString(), buffer.GetSize()};
}

std::string summary_json(const PortfolioDifference& portfolio) {
    rapidjson::StringBuffer buffer;
    Writer writer(buffer);
    writer.StartObject();
    writer.Key("summary");
    writer.StartObject();
    number(writer, "cases", portfolio.cases);
    number(writer, "changed", portfolio.changed);
    number(writer, "unreadable", portfolio.unreadable);
    number(writer, "refused_by_both", portfolio.refused_by_both);
    number(writer, "refusals_appeared", portfolio.refusals_appeared);
    number(writer, "refusals_gone", portfolio.refusals_gone);
    writer.Key("aids");
    writer.StartArray();
    for (const auto& [id, aid] : portfolio.aids) {
        writer.StartObject();
        writer.Key("aid");
        writer.String(id.data(), static_cast<rapidjson::SizeType>(id.size()));
        number(writer, "cases", aid.cases);
        number(writer, "difference_cents", aid.cents);
        writer.EndObject();
    }
    writer.EndArray();
    number(writer, "total_aid_difference_cents", portfolio.total_aid_cents);
    number(writer, "remaining_cost_difference_cents", portfolio.remaining_cost_cents);
    household(writer, "largest_gain", portfolio.largest_gain);
    household(writer, "largest_loss", portfolio.largest_loss);
    writer.EndObject();
    writer.EndObject();
    return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace deodat::rules
