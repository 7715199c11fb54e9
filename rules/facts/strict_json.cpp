#include "rules/facts/strict_json.h"

#include <rapidjson/document.h>

#include <algorithm>
#include <limits>

#include "ledger/base/text.h"
#include "rules/facts/facts.h"

namespace deodat::rules {
namespace {

using Value = rapidjson::Value;

const Value& node_of(const void* node) {
    return *static_cast<const Value*>(node);
}

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

std::string path_to(const std::string& parent, std::string_view name) {
    return parent.empty() ? std::string(name) : parent + "." + std::string(name);
}

// Whether a member's path is that of one of the names, « trade, amount_ht_cents, … », below its
// object.
bool is_listed(std::string_view names, const std::string& object, const std::string& member) {
    while (!names.empty()) {
        const std::size_t end = std::min(names.find(", "), names.size());
        if (path_to(object, names.substr(0, end)) == member) return true;
        names.remove_prefix(std::min(end + 2, names.size()));
    }
    return false;
}

// The first key that an object gives twice.
Trouble repeated_key(const Value& object, const std::string& path) {
    for (auto a = object.MemberBegin(); a != object.MemberEnd(); ++a) {
        for (auto b = object.MemberBegin(); b != a; ++b) {
            if (a->name != b->name) continue;
            const std::string field = path_to(path, text_of(a->name));
            return Refusal{
                Code::json_malformed, shown(field),
                "La clé « " + shown(field) + " » est donnée deux fois : une seule suffit."};
        }
    }
    return std::nullopt;
}

}  // namespace

const JsonDocument::Bounds JsonDocument::facts_bounds = {facts_bytes_max, values_max};

struct JsonDocument::Parsed {
    rapidjson::Document document;
};

JsonDocument::JsonDocument(std::unique_ptr<Parsed> parsed) : parsed_(std::move(parsed)) {}
JsonDocument::JsonDocument(JsonDocument&&) noexcept = default;
JsonDocument& JsonDocument::operator=(JsonDocument&&) noexcept = default;
JsonDocument::~JsonDocument() = default;

Result<JsonDocument> JsonDocument::parse(std::string_view json, std::string_view what,
                                         const Bounds& bounds) {
    if (json.size() > bounds.bytes_max) {
        return Refusal{
            Code::out_of_range, "",
            std::string(what) + " dépassent " + std::to_string(bounds.bytes_max) + " octets."};
    }
    // Each value but the first stands behind one of these; those inside texts count as well.
    const auto values = std::count_if(json.begin(), json.end(),
                                      [](char c) { return c == ',' || c == '[' || c == '{'; });
    if (static_cast<std::size_t>(values) > bounds.values_max) {
        return Refusal{Code::out_of_range, "",
                       std::string(what) + " comptent plus de " +
                           std::to_string(bounds.values_max) + " valeurs."};
    }
    auto parsed = std::make_unique<Parsed>();
    // Iterative, so that a text of a million brackets cannot exhaust the stack.
    parsed->document.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag>(
        json.data(), json.size());
    if (parsed->document.HasParseError()) {
        return Refusal{Code::json_malformed, "",
                       "Le texte n'est pas du JSON valide : erreur à l'octet " +
                           std::to_string(parsed->document.GetErrorOffset()) + "."};
    }
    if (!parsed->document.IsObject()) {
        return Refusal{Code::malformed, "", std::string(what) + " doivent être un objet JSON."};
    }
    return JsonDocument(std::move(parsed));
}

JsonValue JsonDocument::root() const {
    return {static_cast<const Value*>(&parsed_->document), ""};
}

bool JsonValue::is_null() const {
    return node_of(node_).IsNull();
}
std::optional<std::string_view> JsonValue::as_text() const {
    const Value& node = node_of(node_);
    return node.IsString() ? std::optional(text_of(node)) : std::nullopt;
}

Refusal JsonValue::malformed(std::string_view expected) const {
    return {Code::malformed, path_,
            path_ + " vaut « " + shown_value(node_of(node_)) + " » : il faut " +
                std::string(expected) + "."};
}

Trouble JsonValue::read_members(std::vector<JsonValue>& out) const {
    const Value& node = node_of(node_);
    if (!node.IsObject()) return malformed("un objet");
    if (Trouble trouble = repeated_key(node, path_)) return trouble;
    for (auto at = node.MemberBegin(); at != node.MemberEnd(); ++at) {
        out.emplace_back(static_cast<const Value*>(&at->value), path_to(path_, text_of(at->name)));
    }
    return std::nullopt;
}

Trouble JsonValue::read_list(std::size_t rows_max, std::vector<JsonValue>& out) const {
    const Value& node = node_of(node_);
    if (!node.IsArray()) return malformed("une liste");
    if (node.Size() > rows_max) {
        return Refusal{Code::out_of_range, path_,
                       path_ + " compte " + std::to_string(node.Size()) + " éléments : au plus " +
                           std::to_string(rows_max) + "."};
    }
    for (rapidjson::SizeType i = 0; i < node.Size(); ++i) {
        out.emplace_back(static_cast<const Value*>(&node[i]),
                         path_ + "[" + std::to_string(i) + "]");
    }
    return std::nullopt;
}

std::optional<JsonValue> JsonValue::member(std::string_view name) const {
    const Value& node = node_of(node_);
    for (auto at = node.MemberBegin(); at != node.MemberEnd(); ++at) {
        if (text_of(at->name) != name) continue;
        return JsonValue(static_cast<const Value*>(&at->value), path_to(path_, name));
    }
    return std::nullopt;
}

Trouble JsonValue::read_boolean(bool& out) const {
    if (!node_of(node_).IsBool()) return malformed("true ou false");
    out = node_of(node_).GetBool();
    return std::nullopt;
}

Trouble JsonValue::read_integer(std::int64_t least, std::int64_t most, std::int64_t& out) const {
    const Value& node = node_of(node_);
    if (!node.IsInt64() && !node.IsUint64()) return malformed("un nombre entier");
    out = node.IsInt64() ? node.GetInt64() : std::numeric_limits<std::int64_t>::max();
    if (out >= least && out <= most) return std::nullopt;
    return Refusal{Code::out_of_range, path_,
                   path_ + " vaut " + shown_value(node) + " : il faut une valeur de " +
                       std::to_string(least) + " à " + std::to_string(most) + "."};
}

Trouble JsonValue::read_text(std::string& out) const {
    const std::optional<std::string_view> given = as_text();
    if (!given) return malformed("un texte");
    const Result<std::string> text = clean_text(path_, *given, name_points_max);
    if (!text) return text.refusal();
    out = *text;
    return std::nullopt;
}

Trouble JsonValue::read_date(Day& out) const {
    const std::optional<std::string_view> given = as_text();
    if (!given) return malformed("une date comme 2025-10-15");
    const Result<Day> day = Day::parse(path_, *given);
    if (!day) return day.refusal();
    out = *day;
    return std::nullopt;
}

Trouble JsonValue::read_cents(Money& out) const {
    std::int64_t cents = 0;
    if (Trouble trouble = read_integer(0, line_cents_max, cents)) return trouble;
    out = Money::cents(cents);
    return std::nullopt;
}

Refusal missing_field(const std::string& field) {
    return {Code::missing, field,
            "Il manque " + field + ", sans quoi aucun montant ne peut être calculé."};
}

JsonObject::JsonObject(JsonValue value, std::string_view names, Trouble& trouble)
    : value_(std::move(value)), trouble_(trouble) {
    if (trouble_) return;
    std::vector<JsonValue> members;
    trouble_ = value_.read_members(members);
    for (const JsonValue& member : members) {
        if (is_listed(names, value_.path(), member.path())) continue;
        trouble_ =
            Refusal{Code::unknown_field, member.path(),
                    "Le champ « " + shown(member.path()) +
                        " » n'est pas attendu ; les champs sont : " + std::string(names) + "."};
        return;
    }
}

bool JsonObject::has(std::string_view name) const {
    if (trouble_) return false;
    const std::optional<JsonValue> found = value_.member(name);
    return found && !found->is_null();
}

std::optional<JsonValue> JsonObject::present(std::string_view name) {
    if (trouble_) return std::nullopt;
    std::optional<JsonValue> found = value_.member(name);
    if (!found) trouble_ = missing_field(path_to(value_.path(), name));
    return found;
}

std::optional<JsonValue> JsonObject::required(std::string_view name) {
    std::optional<JsonValue> found = present(name);
    if (!found || !found->is_null()) return found;
    trouble_ = missing_field(found->path());
    return std::nullopt;
}

bool JsonObject::boolean(std::string_view name) {
    bool out = false;
    if (const auto value = required(name)) trouble_ = value->read_boolean(out);
    return out;
}

std::int64_t JsonObject::integer(std::string_view name, std::int64_t least, std::int64_t most) {
    std::int64_t out = 0;
    if (const auto value = required(name)) trouble_ = value->read_integer(least, most, out);
    return out;
}

std::string JsonObject::text(std::string_view name) {
    std::string out;
    if (const auto value = required(name)) trouble_ = value->read_text(out);
    return out;
}

Day JsonObject::date(std::string_view name) {
    Day out = Day::from_number(0);
    if (const auto value = required(name)) trouble_ = value->read_date(out);
    return out;
}

Money JsonObject::cents(std::string_view name) {
    Money out;
    if (const auto value = required(name)) trouble_ = value->read_cents(out);
    return out;
}

std::vector<JsonValue> JsonObject::rows(std::string_view name, std::size_t rows_max) {
    std::vector<JsonValue> out;
    if (const auto value = required(name)) trouble_ = value->read_list(rows_max, out);
    return out;
}

}  // namespace deodat::rules
