#include "rules/grouping/batch_json.h"

#include <array>

#include "ledger/base/text.h"
#include "rules/facts/facts_json.h"
#include "rules/facts/strict_json.h"
#include "rules/grouping/agreement_json.h"

namespace deodat::rules::grouping {
namespace {

constexpr std::string_view class_names = "very_modest, modest, intermediate, upper";

std::int64_t read_class(JsonObject& row, Trouble& trouble) {
    const auto value = row.required("income_class");
    if (!value) return 0;
    const auto name = value->as_text();
    const auto index = name ? income_classes().index_of(*name) : std::nullopt;
    if (!index) trouble = value->malformed("l'une des valeurs " + std::string(class_names));
    return index.value_or(0);
}

Facts read_facts(const JsonValue& value, Trouble& trouble) {
    Result<Facts> facts = facts_from_value(value);
    if (facts) return std::move(*facts);
    trouble = facts.refusal();
    trouble->field = value.path() + (trouble->field.empty() ? "" : ".") + trouble->field;
    trouble->message = value.path() + " : " + trouble->message;
    return {};
}

std::vector<WorksLine> read_works(JsonObject& row, std::int64_t vat_bp, Trouble& trouble) {
    std::vector<WorksLine> works;
    if (row.has("lines")) {
        if (!trouble) trouble = read_works_lines(*row.required("lines"), works);
    } else {
        works.push_back({"travaux", row.cents("amount_ht_cents"), vat_bp});
    }
    return works;
}

// Fields that say twice what another says.
Trouble said_twice(const JsonObject& row, const std::string& path) {
    const bool facts = row.has("facts");
    const bool known = row.has("income_class") || row.has("class_jump");
    const bool works = row.has("lines") || row.has("amount_ht_cents");
    if (!(facts && (known || works)) && !(row.has("lines") && row.has("amount_ht_cents"))) {
        return std::nullopt;
    }
    return Refusal{Code::malformed, path,
                   path +
                       " : il faut amount_ht_cents ou lines, avec income_class et class_jump, "
                       "ou facts seul."};
}

Member read_member(JsonValue value, std::int64_t vat_bp, Trouble& trouble) {
    const std::string path = value.path();
    JsonObject row(std::move(value),
                   "id, income_class, class_jump, amount_ht_cents, lines, facts, facade_dm2, "
                   "use_weeks, solo_shared_cents",
                   trouble);
    Member member;
    member.id = row.text("id");
    if (!trouble) trouble = said_twice(row, path);
    if (row.has("facts")) {
        Facts facts = read_facts(*row.required("facts"), trouble);
        member.works = facts.lines;
        member.household = std::move(facts);
    } else {
        const std::int64_t income = read_class(row, trouble);
        member.household =
            Profile{static_cast<IncomeClass>(income), row.integer("class_jump", -6, 6)};
        member.works = read_works(row, vat_bp, trouble);
    }
    if (row.has("facade_dm2")) member.facade_dm2 = row.integer("facade_dm2", 0, facade_dm2_max);
    if (row.has("use_weeks")) member.use_weeks = row.integer("use_weeks", 0, use_weeks_max);
    member.solo_shared = row.cents("solo_shared_cents");
    return member;
}

std::array<std::int64_t, 4> read_by_class(JsonObject& parameters, std::string_view name,
                                          std::int64_t most, Trouble& trouble) {
    std::array<std::int64_t, 4> out{};
    const auto value = parameters.required(name);
    if (!value) return out;
    JsonObject row(*value, class_names, trouble);
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = row.integer(income_classes().values[i].name, 0, most);
    }
    return out;
}

AidParameters read_parameters(const JsonValue& value, std::int64_t& vat_bp, Trouble& trouble) {
    JsonObject row(value, "rate_bp, cap_ht_cents, limit_bp, flat_local_cents, vat_bp, aid_rounding",
                   trouble);
    AidParameters out;
    out.rate_bp = read_by_class(row, "rate_bp", 10'000, trouble);
    out.limit_bp = read_by_class(row, "limit_bp", 10'000, trouble);
    if (row.has("flat_local_cents")) {
        const auto flat = read_by_class(row, "flat_local_cents", line_cents_max, trouble);
        for (std::size_t i = 0; i < flat.size(); ++i) out.flat_local[i] = Money::cents(flat[i]);
    }
    if (const auto caps = row.required("cap_ht_cents")) {
        JsonObject cap(*caps, "2, 3", trouble);
        out.cap_ht[0] = cap.cents("2");
        out.cap_ht[1] = cap.cents("3");
    }
    if (row.has("vat_bp")) vat_bp = row.integer("vat_bp", 0, 2'000);
    if (row.has("aid_rounding")) {
        const auto rounding = row.required("aid_rounding");
        if (rounding->as_text() == "floor") {
            out.rounding = Rounding::floor;
        } else if (rounding->as_text() != "half_up") {
            trouble = rounding->malformed("floor ou half_up");
        }
    }
    return out;
}

// Who left the batch may still be among the commitments; who is in it must be.
void read_committed(const JsonValue& value, std::vector<Member>& members, Trouble& trouble) {
    std::vector<JsonValue> given;
    if (!trouble) trouble = value.read_members(given);
    for (Member& member : members) {
        if (trouble) return;
        const auto amount = value.member(member.id);
        if (!amount || amount->is_null()) {
            trouble = missing_field("committed." + member.id);
            return;
        }
        Money committed;
        trouble = amount->read_cents(committed);
        member.committed = committed;
    }
}

// Parameters reckon classes, never facts.
Trouble facts_beside_parameters(const Batch& batch) {
    for (std::size_t i = 0; batch.parameters && i < batch.members.size(); ++i) {
        if (!std::holds_alternative<Facts>(batch.members[i].household)) continue;
        const std::string field = "members[" + std::to_string(i) + "].facts";
        return Refusal{Code::malformed, field,
                       field +
                           " : avec parameters, un ménage se donne par income_class et "
                           "class_jump."};
    }
    return std::nullopt;
}

}  // namespace

Result<Batch> batch_from_json(std::string_view json) {
    const Result<JsonDocument> document = JsonDocument::parse(json, "Les éléments de l'opération");
    if (!document) return document.refusal();
    Trouble trouble;
    Batch out;
    JsonObject root(document->root(), "batch, members, parameters, committed", trouble);
    std::int64_t vat_bp = energy_works_vat_bp;
    if (const auto batch = root.required("batch")) {
        JsonObject row(*batch, "tiers, shared_costs", trouble);
        out.agreement = read_agreement(row, trouble);
    }
    if (root.has("parameters")) {
        out.parameters = read_parameters(*root.required("parameters"), vat_bp, trouble);
    }
    root.each("members", members_max, [&](JsonValue value) {
        out.members.push_back(read_member(std::move(value), vat_bp, trouble));
    });
    if (root.has("committed")) read_committed(*root.required("committed"), out.members, trouble);
    if (!trouble) trouble = facts_beside_parameters(out);
    if (trouble) return *trouble;
    return out;
}

}  // namespace deodat::rules::grouping
