#include "rules/facts/facts_json.h"

#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include <limits>

#include "ledger/base/text.h"

namespace deodat::rules {
namespace {

using Value = rapidjson::Value;
using Trouble = std::optional<Refusal>;  // nothing when all is well

constexpr std::size_t name_points_max = 200;
constexpr std::size_t names_max = 50;  // of aids a line is eligible to, of perimeters
constexpr std::string_view line_fields = "trade, amount_ht_cents, vat_bp, eligible, eligible_for";
constexpr std::string_view given_fields = "aid, funder, amount_cents, motive";

std::string_view text_of(const Value& value) {
    return {value.GetString(), value.GetStringLength()};
}

std::string shown_value(const Value& value) {
    if (value.IsString()) return shown(text_of(value));
    if (value.IsInt64()) return std::to_string(value.GetInt64());
    if (value.IsUint64()) return std::to_string(value.GetUint64());
    if (value.IsBool()) return value.GetBool() ? "true" : "false";
    if (value.IsNull()) return "null";
    if (value.IsNumber()) return "un nombre à virgule";
    return value.IsArray() ? "une liste" : "un objet";
}

Refusal malformed(const std::string& field, const Value& value, std::string_view expected) {
    return {
        Code::malformed, field,
        field + " vaut « " + shown_value(value) + " » : il faut " + std::string(expected) + "."};
}

Refusal missing(const std::string& field) {
    return {Code::missing, field,
            "Il manque " + field + ", sans quoi aucun montant ne peut être calculé."};
}

Refusal unknown(const std::string& field) {
    return {Code::unknown_field, field,
            "Le champ « " + shown(field) + " » n'est pas au dictionnaire des faits."};
}

// The first key that an object gives twice.
Trouble repeated_key(const Value& object, const std::string& path) {
    for (auto a = object.MemberBegin(); a != object.MemberEnd(); ++a) {
        for (auto b = object.MemberBegin(); b != a; ++b) {
            if (a->name != b->name) continue;
            const std::string field = path + std::string(text_of(a->name));
            return Refusal{
                Code::json_malformed, shown(field),
                "La clé « " + shown(field) + " » est donnée deux fois : une seule suffit."};
        }
    }
    return std::nullopt;
}

Trouble read_integer(const std::string& field, const Value& value, std::int64_t least,
                     std::int64_t most, std::int64_t& out) {
    if (!value.IsInt64()) {
        if (value.IsUint64())
            out = std::numeric_limits<std::int64_t>::max();
        else
            return malformed(field, value, "un nombre entier");
    } else {
        out = value.GetInt64();
    }
    if (out >= least && out <= most) return std::nullopt;
    return Refusal{Code::out_of_range, field,
                   field + " vaut " + shown_value(value) + " : il faut une valeur de " +
                       std::to_string(least) + " à " + std::to_string(most) + "."};
}

Trouble read_choice(const std::string& field, const Fact& row, const Value& value,
                    std::int64_t& out) {
    std::string names;
    for (const Choice& choice : row.choices->values) {
        names += (names.empty() ? "" : ", ") + std::string(choice.name);
    }
    if (!value.IsString()) return malformed(field, value, "l'une des valeurs " + names);
    const std::optional<std::int64_t> index = row.choices->index_of(text_of(value));
    if (!index) return malformed(field, value, "l'une des valeurs " + names);
    out = *index;
    return std::nullopt;
}

Trouble read_date(const std::string& field, const Fact& row, const Value& value,
                  std::int64_t& out) {
    if (!value.IsString()) return malformed(field, value, "une date comme 2025-10-15");
    const Result<Day> day = Day::parse(field, text_of(value));
    if (!day) return day.refusal();
    if (day->year() < row.least || day->year() > row.most) {
        return Refusal{Code::out_of_range, field,
                       field + " vaut " + day->iso() + " : il faut une date de " +
                           std::to_string(row.least) + " à " + std::to_string(row.most) + "."};
    }
    out = day->number();
    return std::nullopt;
}

Trouble read_commune(const std::string& field, const Value& value, std::int64_t& out) {
    if (!value.IsString()) return malformed(field, value, "un code INSEE entre guillemets");
    const Result<const Commune*> found = commune(field, text_of(value));
    if (!found) return found.refusal();
    out = static_cast<std::int64_t>(rank_of(**found));
    return std::nullopt;
}

Trouble read_fact(FactId id, const Value& value, Facts& facts) {
    const Fact& row = fact(id);
    const std::string field(row.json);
    std::int64_t read = 0;
    Trouble trouble;
    switch (row.type) {
        case Type::boolean:
            if (!value.IsBool()) return malformed(field, value, "true ou false");
            read = value.GetBool() ? 1 : 0;
            break;
        case Type::number:
        case Type::rate:
        case Type::money:
            trouble = read_integer(field, value, row.least, row.most, read);
            if (!trouble && field.ends_with("_eur")) read *= 100;
            break;
        case Type::date:
            trouble = read_date(field, row, value, read);
            break;
        case Type::choice:
            trouble = read_choice(field, row, value, read);
            break;
        case Type::commune:
            trouble = read_commune(field, value, read);
            break;
    }
    if (!trouble) facts.set(id, read);
    return trouble;
}

// A member that must be there, and not null.
Trouble required_member(const Value& object, const std::string& path, const char* name,
                        const Value*& out) {
    const auto at = object.FindMember(name);
    if (at == object.MemberEnd() || at->value.IsNull()) return missing(path + name);
    out = &at->value;
    return std::nullopt;
}

Trouble read_text(const Value& object, const std::string& path, const char* name,
                  std::string& out) {
    const Value* value = nullptr;
    if (Trouble trouble = required_member(object, path, name, value)) return trouble;
    const std::string field = path + name;
    if (!value->IsString()) return malformed(field, *value, "un texte");
    const Result<std::string> text = clean_text(field, text_of(*value), name_points_max);
    if (!text) return text.refusal();
    out = *text;
    return std::nullopt;
}

// A text that may be left out, or null: then the slot stays as it is.
Trouble read_optional_text(const Value& object, const std::string& path, const char* name,
                           std::string& out) {
    const auto at = object.FindMember(name);
    if (at == object.MemberEnd() || at->value.IsNull()) return std::nullopt;
    return read_text(object, path, name, out);
}

Trouble read_names(const std::string& field, const Value& list,
                   std::optional<std::vector<std::string>>& out) {
    if (list.IsNull()) return std::nullopt;
    if (!list.IsArray()) return malformed(field, list, "une liste de noms");
    if (list.Size() > names_max) {
        return Refusal{Code::out_of_range, field,
                       field + " compte " + std::to_string(list.Size()) + " noms : au plus " +
                           std::to_string(names_max) + "."};
    }
    out.emplace();
    for (rapidjson::SizeType i = 0; i < list.Size(); ++i) {
        const std::string at = field + "[" + std::to_string(i) + "]";
        if (!list[i].IsString()) return malformed(at, list[i], "un nom");
        const Result<std::string> name = clean_text(at, text_of(list[i]), name_points_max);
        if (!name) return name.refusal();
        out->push_back(*name);
    }
    return std::nullopt;
}

Trouble read_cents(const Value& object, const std::string& path, const char* name, Money& out) {
    const Value* value = nullptr;
    if (Trouble trouble = required_member(object, path, name, value)) return trouble;
    std::int64_t cents = 0;
    if (Trouble trouble = read_integer(path + name, *value, 0, line_cents_max, cents)) {
        return trouble;
    }
    out = Money::cents(cents);
    return std::nullopt;
}

// Every member of a row must be one of the names listed.
Trouble check_row(const Value& row, const std::string& at, std::string_view names) {
    if (!row.IsObject()) return malformed(at, row, "un objet {" + std::string(names) + "}");
    if (Trouble trouble = repeated_key(row, at + ".")) return trouble;
    const std::string listed = ", " + std::string(names) + ", ";
    for (auto member = row.MemberBegin(); member != row.MemberEnd(); ++member) {
        const std::string name(text_of(member->name));
        const std::string sought = std::string(", ").append(name).append(", ");
        if (listed.find(sought) == std::string::npos) return unknown(at + "." + name);
    }
    return std::nullopt;
}

Trouble read_line(const Value& row, const std::string& at, WorksLine& line) {
    constexpr std::int64_t vat_bp_max = 2'000;
    if (Trouble trouble = check_row(row, at, line_fields)) return trouble;
    const std::string path = at + ".";
    if (Trouble trouble = read_text(row, path, "trade", line.trade)) return trouble;
    if (Trouble trouble = read_cents(row, path, "amount_ht_cents", line.amount_ht)) return trouble;
    const Value* value = nullptr;
    if (Trouble trouble = required_member(row, path, "vat_bp", value)) return trouble;
    if (Trouble trouble = read_integer(path + "vat_bp", *value, 0, vat_bp_max, line.vat_bp)) {
        return trouble;
    }
    if (Trouble trouble = required_member(row, path, "eligible", value)) return trouble;
    if (!value->IsBool()) return malformed(path + "eligible", *value, "true ou false");
    line.eligible = value->GetBool();
    const auto names = row.FindMember("eligible_for");
    if (names == row.MemberEnd()) return std::nullopt;
    return read_names(path + "eligible_for", names->value, line.eligible_for);
}

Trouble read_given(const Value& row, const std::string& at, GivenAid& given) {
    if (Trouble trouble = check_row(row, at, given_fields)) return trouble;
    const std::string path = at + ".";
    if (Trouble trouble = read_text(row, path, "aid", given.aid)) return trouble;
    if (Trouble trouble = read_text(row, path, "funder", given.funder)) return trouble;
    if (Trouble trouble = read_optional_text(row, path, "motive", given.motive)) return trouble;
    return read_cents(row, path, "amount_cents", given.amount);
}

template <class Row>
Trouble read_rows(const Value& list, const std::string& field, std::size_t rows_max,
                  Trouble (*read)(const Value&, const std::string&, Row&), std::vector<Row>& out) {
    if (!list.IsArray()) return malformed(field, list, "une liste");
    if (list.Size() > rows_max) {
        return Refusal{Code::out_of_range, field,
                       field + " compte " + std::to_string(list.Size()) + " éléments : au plus " +
                           std::to_string(rows_max) + "."};
    }
    for (rapidjson::SizeType i = 0; i < list.Size(); ++i) {
        Row row;
        if (Trouble trouble = read(list[i], field + "[" + std::to_string(i) + "]", row)) {
            return trouble;
        }
        out.push_back(std::move(row));
    }
    return std::nullopt;
}

// A fact, or one of the four members that are not plain facts. A null stands for an absent value.
Trouble read_member(const std::string& path, const Value& value, Facts& facts) {
    if (path == "works.lines") {
        if (value.IsNull()) return missing(path);
        return read_rows(value, path, works_lines_max, &read_line, facts.lines);
    }
    if (path == "given_aids") {
        if (value.IsNull()) return std::nullopt;
        return read_rows(value, path, given_aids_max, &read_given, facts.given_aids);
    }
    if (path == "works.scheme") {
        if (value.IsNull()) return std::nullopt;
        if (!value.IsString()) return malformed(path, value, "le nom d'un dispositif");
        const Result<std::string> text = clean_text(path, text_of(value), name_points_max);
        if (!text) return text.refusal();
        facts.scheme = *text;
        return std::nullopt;
    }
    if (path == "dwelling.perimeters") return read_names(path, value, facts.perimeters);
    const std::optional<FactId> id = fact_at(path);
    if (!id) return unknown(path);
    if (!value.IsNull()) return read_fact(*id, value, facts);
    if (fact(*id).need == Need::required) return missing(path);
    return std::nullopt;
}

bool is_group(std::string_view name) {
    return name == "household" || name == "owner" || name == "dwelling" || name == "works" ||
           name == "costs";
}

Trouble read_document(const Value& root, Facts& facts) {
    if (!root.IsObject()) {
        return Refusal{Code::malformed, "", "Les faits doivent être un objet JSON."};
    }
    if (Trouble trouble = repeated_key(root, "")) return trouble;
    for (auto member = root.MemberBegin(); member != root.MemberEnd(); ++member) {
        const std::string name(text_of(member->name));
        if (!is_group(name)) {
            if (Trouble trouble = read_member(name, member->value, facts)) return trouble;
            continue;
        }
        if (member->value.IsNull()) return missing(name);
        if (!member->value.IsObject()) return malformed(name, member->value, "un objet");
        if (Trouble trouble = repeated_key(member->value, name + ".")) return trouble;
        for (auto inner = member->value.MemberBegin(); inner != member->value.MemberEnd();
             ++inner) {
            const std::string path = name + "." + std::string(text_of(inner->name));
            if (Trouble trouble = read_member(path, inner->value, facts)) return trouble;
        }
    }
    return std::nullopt;
}

}  // namespace

Result<Facts> facts_from_json(std::string_view json) {
    if (json.size() > facts_bytes_max) {
        return Refusal{Code::out_of_range, "",
                       "Les faits dépassent " + std::to_string(facts_bytes_max) + " octets."};
    }
    rapidjson::Document document;
    // Iterative, so that a text of a million brackets cannot exhaust the stack.
    document.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag>(
        json.data(), json.size());
    if (document.HasParseError()) {
        return Refusal{Code::json_malformed, "",
                       "Le texte n'est pas du JSON valide : erreur à l'octet " +
                           std::to_string(document.GetErrorOffset()) + "."};
    }
    Facts facts;
    if (Trouble trouble = read_document(document, facts)) return *trouble;
    if (const std::optional<FactId> absent = facts.first_missing()) {
        return missing(std::string(fact(*absent).json));
    }
    if (facts.lines.empty()) return missing("works.lines");
    facts.derive();
    return facts;
}

}  // namespace deodat::rules
