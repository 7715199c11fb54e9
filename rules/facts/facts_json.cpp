#include "rules/facts/facts_json.h"

#include "ledger/base/text.h"

namespace deodat::rules {
namespace {

constexpr std::size_t names_max = 50;  // of aids a line is eligible to, of perimeters

Refusal unknown(const std::string& field) {
    return {Code::unknown_field, field,
            "Le champ « " + shown(field) + " » n'est pas au dictionnaire des faits."};
}

Trouble read_choice(const Fact& row, const JsonValue& value, std::int64_t& out) {
    std::string names;
    for (const Choice& choice : row.choices->values) {
        names += (names.empty() ? "" : ", ") + std::string(choice.name);
    }
    const std::string expected = "l'une des valeurs " + names;
    const std::optional<std::string_view> name = value.as_text();
    if (!name) return value.malformed(expected);
    const std::optional<std::int64_t> index = row.choices->index_of(*name);
    if (!index) return value.malformed(expected);
    out = *index;
    return std::nullopt;
}

Trouble read_date(const Fact& row, const JsonValue& value, std::int64_t& out) {
    Day day = Day::from_number(0);
    if (Trouble trouble = value.read_date(day)) return trouble;
    if (day.year() < row.least || day.year() > row.most) {
        return Refusal{Code::out_of_range, value.path(),
                       value.path() + " vaut " + day.iso() + " : il faut une date de " +
                           std::to_string(row.least) + " à " + std::to_string(row.most) + "."};
    }
    out = day.number();
    return std::nullopt;
}

Trouble read_commune(const JsonValue& value, std::int64_t& out) {
    const std::optional<std::string_view> insee = value.as_text();
    if (!insee) return value.malformed("un code INSEE entre guillemets");
    const Result<const Commune*> found = commune(value.path(), *insee);
    if (!found) return found.refusal();
    out = static_cast<std::int64_t>(rank_of(**found));
    return std::nullopt;
}

Trouble read_value(FactId id, const JsonValue& value, Facts& facts) {
    const Fact& row = fact(id);
    std::int64_t read = 0;
    bool truth = false;
    Trouble trouble;
    switch (row.type) {
        case Type::boolean:
            trouble = value.read_boolean(truth);
            read = truth ? 1 : 0;
            break;
        case Type::number:
        case Type::rate:
        case Type::money:
            trouble = value.read_integer(row.least, row.most, read);
            if (!trouble && row.json.ends_with("_eur")) read *= 100;
            break;
        case Type::date:
            trouble = read_date(row, value, read);
            break;
        case Type::choice:
            trouble = read_choice(row, value, read);
            break;
        case Type::commune:
            trouble = read_commune(value, read);
            break;
    }
    if (!trouble) facts.set(id, read);
    return trouble;
}

Trouble read_scheme(const JsonValue& value, Facts& facts) {
    facts.scheme.clear();
    if (value.is_null()) return std::nullopt;
    if (!value.as_text()) return value.malformed("le nom d'un dispositif");
    return value.read_text(facts.scheme);
}

Trouble read_names(const JsonValue& list, std::optional<std::vector<std::string>>& out) {
    out.reset();
    if (list.is_null()) return std::nullopt;
    std::vector<JsonValue> names;
    if (Trouble trouble = list.read_list(names_max, names)) return trouble;
    out.emplace();
    for (const JsonValue& name : names) {
        if (Trouble trouble = name.read_text(out->emplace_back())) return trouble;
    }
    return std::nullopt;
}

Trouble read_given_aids(const JsonValue& list, Facts& facts) {
    std::vector<JsonValue> rows;
    if (list.is_null()) return std::nullopt;
    Trouble trouble = list.read_list(given_aids_max, rows);
    for (JsonValue& value : rows) {
        JsonObject row(std::move(value), "aid, funder, amount_cents, motive", trouble);
        GivenAid given;
        given.aid = row.text("aid");
        given.funder = row.text("funder");
        given.amount = row.cents("amount_cents");
        if (row.has("motive")) given.motive = row.text("motive");
        if (trouble) break;
        facts.given_aids.push_back(std::move(given));
    }
    return trouble;
}

// A fact, or one of the three lists that are not plain facts. A null stands for an absent value.
Trouble read_member(const JsonValue& value, Facts& facts) {
    if (value.path() == "works.lines") {
        return value.is_null() ? missing_field(value.path()) : read_works_lines(value, facts.lines);
    }
    if (value.path() == "given_aids") return read_given_aids(value, facts);
    if (value.path() == "dwelling.perimeters") return read_names(value, facts.perimeters);
    return read_fact(value, facts);
}

bool is_group(std::string_view name) {
    return name == "household" || name == "owner" || name == "dwelling" || name == "works" ||
           name == "costs";
}

Trouble read_group(const JsonValue& group, Facts& facts) {
    if (group.is_null()) return missing_field(group.path());
    std::vector<JsonValue> members;
    if (Trouble trouble = group.read_members(members)) return trouble;
    for (const JsonValue& member : members) {
        if (Trouble trouble = read_member(member, facts)) return trouble;
    }
    return std::nullopt;
}

Trouble read_document(const JsonValue& root, Facts& facts) {
    std::vector<JsonValue> members;
    if (Trouble trouble = root.read_members(members)) return trouble;
    for (const JsonValue& member : members) {
        // A fact stands in its group; its path is no key of the document.
        if (member.path().find('.') != std::string::npos) return unknown(member.path());
        Trouble trouble =
            is_group(member.path()) ? read_group(member, facts) : read_member(member, facts);
        if (trouble) return trouble;
    }
    return std::nullopt;
}

}  // namespace

Trouble read_fact(const JsonValue& value, Facts& facts) {
    if (value.path() == "works.scheme") return read_scheme(value, facts);
    const std::optional<FactId> id = fact_at(value.path());
    if (!id) return unknown(value.path());
    if (!value.is_null()) return read_value(*id, value, facts);
    if (fact(*id).need == Need::required) return missing_field(value.path());
    facts.clear(*id);
    return std::nullopt;
}

WorksLine read_works_line(JsonValue value, Trouble& trouble) {
    constexpr std::int64_t vat_bp_max = 2'000;
    JsonObject row(std::move(value), "trade, amount_ht_cents, vat_bp, eligible, eligible_for",
                   trouble);
    WorksLine line;
    line.trade = row.text("trade");
    line.amount_ht = row.cents("amount_ht_cents");
    line.vat_bp = row.integer("vat_bp", 0, vat_bp_max);
    line.eligible = row.boolean("eligible");
    if (row.has("eligible_for")) {
        trouble = read_names(*row.required("eligible_for"), line.eligible_for);
    }
    return line;
}

Trouble read_works_lines(const JsonValue& list, std::vector<WorksLine>& out) {
    std::vector<JsonValue> rows;
    Trouble trouble = list.read_list(works_lines_max, rows);
    for (JsonValue& value : rows) {
        out.push_back(read_works_line(std::move(value), trouble));
        if (trouble) break;
    }
    return trouble;
}

Result<Facts> facts_from_json(std::string_view json) {
    const Result<JsonDocument> document = JsonDocument::parse(json, "Les faits");
    if (!document) return document.refusal();
    return facts_from_value(document->root());
}

Result<Facts> facts_from_value(const JsonValue& value) {
    Facts facts;
    if (Trouble trouble = read_document(value.named(""), facts)) return *trouble;
    if (const std::optional<FactId> absent = facts.first_missing()) {
        return missing_field(std::string(fact(*absent).json));
    }
    if (facts.lines.empty()) return missing_field("works.lines");
    facts.derive();
    return facts;
}

}  // namespace deodat::rules
