#include "rules/facts/facts_json.h"
#include "rules/facts/json_text.h"
#include "rules/plan/plan_json.h"
#include "rules/plan/what_if.h"

namespace deodat::rules {
namespace {

constexpr std::size_t suppositions_max = 100;

// Read into facts of its own, by the reader of facts, whose refusals these are.
Supposition read_set(JsonObject& row, Trouble& trouble) {
    const std::string path = row.text("set");
    const std::optional<JsonValue> value = row.present("value");
    Facts scratch;
    if (!trouble) trouble = read_fact(value->named(path), scratch);
    if (trouble || path == "works.scheme") return SetScheme{scratch.scheme};
    const FactId id = *fact_at(path);
    return SetFact{id, scratch.has(id) ? std::optional(scratch.get(id)) : std::nullopt};
}

Supposition read_supposition(JsonValue value, Trouble& trouble) {
    const std::string path = value.path();
    JsonObject row(std::move(value), "set, value, drop_trade, drop_line, add_line", trouble);
    const int kinds = int{row.has("set")} + int{row.has("drop_trade")} + int{row.has("drop_line")} +
                      int{row.has("add_line")};
    if (!trouble && (kinds != 1 || (row.has("value") && !row.has("set")))) {
        trouble = Refusal{Code::malformed, path,
                          path +
                              " doit être un seul changement : set avec value, drop_trade, "
                              "drop_line ou add_line."};
    }
    if (row.has("drop_trade")) return DropTrade{row.text("drop_trade")};
    if (row.has("drop_line")) {
        const std::int64_t last = static_cast<std::int64_t>(works_lines_max) - 1;
        return DropLine{static_cast<std::size_t>(row.integer("drop_line", 0, last))};
    }
    if (row.has("add_line")) {
        return AddLine{read_works_line(*row.required("add_line"), trouble)};
    }
    return read_set(row, trouble);
}

}  // namespace

Result<std::vector<Supposition>> suppositions_from_json(std::string_view json) {
    const Result<JsonDocument> document = JsonDocument::parse(json, "Les changements");
    if (!document) return document.refusal();
    Trouble trouble;
    std::vector<Supposition> out;
    JsonObject root(document->root(), "changes", trouble);
    root.each("changes", suppositions_max,
              [&](JsonValue row) { out.push_back(read_supposition(std::move(row), trouble)); });
    if (trouble) return *trouble;
    return out;
}

std::string what_if_json(const WhatIf& answer) {
    JsonText json;
    json.raw("before", plan_json(answer.before));
    json.raw("after", plan_json(answer.after));
    json.raw("difference", difference_json(answer.difference));
    return json.take();
}

}  // namespace deodat::rules
