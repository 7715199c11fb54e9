#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "rules/plan/plan_difference.h"

namespace deodat::rules {
namespace {

class DifferenceWriter {
  public:
    std::string text(const PlanDifference& difference) {
        writer_.StartObject();
        if (difference.income_class.any()) income_class(difference.income_class);
        list("aids", difference.aids, [&](const AidDifference& one) { aid(one); });
        list("given_aids", difference.given_aids,
             [&](const GivenAidDifference& one) { given(one); });
        list("limits", difference.limits, [&](const LimitDifference& one) { limit(one); });
        reasons("notices_appeared", difference.notices.appeared);
        reasons("notices_gone", difference.notices.gone);
        amounts("works_ttc", difference.works_ttc);
        amounts("other_costs", difference.other_costs);
        amounts("total_aid", difference.total_aid);
        amounts("remaining_cost", difference.remaining_cost);
        writer_.EndObject();
        return {buffer_.GetString(), buffer_.GetSize()};
    }

  private:
    void string(std::string_view value) {
        writer_.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
    }
    void text(const char* name, std::string_view value) {
        writer_.Key(name);
        string(value);
    }
    void money(const char* name, Money value) {
        writer_.Key(name);
        writer_.Int64(value.cents());
    }

    template <class Rows, class Write>
    void list(const char* name, const Rows& rows, const Write& write) {
        writer_.Key(name);
        writer_.StartArray();
        for (const auto& row : rows) write(row);
        writer_.EndArray();
    }

    void income_class(const Change<IncomeClass>& change) {
        const auto name = [](IncomeClass value) {
            return income_classes().values[static_cast<std::size_t>(value)].name;
        };
        writer_.Key("income_class");
        writer_.StartObject();
        text("before", name(change.before));
        text("after", name(change.after));
        writer_.EndObject();
    }

    void amounts(const char* name, const Change<Money>& change) {
        writer_.Key(name);
        writer_.StartObject();
        money("before_cents", change.before);
        money("after_cents", change.after);
        money("difference_cents", gain(change));
        writer_.EndObject();
    }

    void reasons(const char* name, const std::vector<Reason>& all) {
        list(name, all, [&](const Reason& reason) {
            writer_.StartObject();
            text("code", reason.code);
            text("message", reason.message);
            writer_.EndObject();
        });
    }

    void side(const char* name, Standing standing, Money amount, Money advance) {
        writer_.Key(name);
        writer_.StartObject();
        text("standing", standing_name(standing));
        money("amount_cents", amount);
        money("advance_cents", advance);
        writer_.EndObject();
    }

    void aid(const AidDifference& one) {
        writer_.StartObject();
        text("aid", one.id);
        text("funder", one.funder);
        side("before", one.standing.before, one.amount.before, one.advance.before);
        side("after", one.standing.after, one.amount.after, one.advance.after);
        money("difference_cents", gain(one.amount));
        reasons("reasons_appeared", one.reasons.appeared);
        reasons("reasons_gone", one.reasons.gone);
        const auto code = [&](const Reason& reason) { string(reason.code); };
        list("to_verify_appeared", one.to_verify.appeared, code);
        list("to_verify_gone", one.to_verify.gone, code);
        writer_.EndObject();
    }

    void given(const GivenAidDifference& one) {
        writer_.StartObject();
        text("aid", one.id);
        money("before_cents", one.amount.before);
        money("after_cents", one.amount.after);
        writer_.EndObject();
    }

    void side(const char* name, const std::optional<LimitDifference::Side>& one) {
        writer_.Key(name);
        if (!one) {
            writer_.Null();
            return;
        }
        writer_.StartObject();
        writer_.Key("rate_bp");
        if (one->rate_bp) {
            writer_.Int64(*one->rate_bp);
        } else {
            writer_.Null();
        }
        money("ceiling_cents", one->ceiling);
        money("cut_cents", one->cut);
        money("excess_cents", one->excess);
        writer_.EndObject();
    }

    void limit(const LimitDifference& one) {
        writer_.StartObject();
        text("limit", one.id);
        side("before", one.sides.before);
        side("after", one.sides.after);
        writer_.EndObject();
    }

    rapidjson::StringBuffer buffer_;
    rapidjson::Writer<rapidjson::StringBuffer> writer_{buffer_};
};

}  // namespace

std::string difference_json(const PlanDifference& difference) {
    return DifferenceWriter().text(difference);
}

}  // namespace deodat::rules
