#include "rules/plan/rule_cases.h"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <optional>

#include "ledger/base/text.h"
#include "rules/facts/facts_json.h"
#include "rules/plan/plan_json.h"

namespace deodat::rules {
namespace {

using rapidjson::Document;
using rapidjson::Value;
using Trouble = std::optional<Refusal>;  // nothing when all is well

constexpr int depth_max = 20;

std::string_view text_of(const Value& value) {
    return {value.GetString(), value.GetStringLength()};
}

std::string json_of(const Value& value) {
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    value.Accept(writer);
    return {buffer.GetString(), buffer.GetSize()};
}

Refusal refused(Code code, std::size_t line, const std::string& message) {
    const std::string where = "ligne " + std::to_string(line);
    return {code, where, "Cas, " + where + " : " + message};
}

// No key twice, and no brackets so deep that reading them would exhaust the stack.
Trouble check_shape(const Value& value, std::size_t line, int depth) {
    if (depth > depth_max)
        return refused(Code::json_malformed, line, "trop d'accolades imbriquées.");
    if (value.IsArray()) {
        for (const Value& item : value.GetArray()) {
            if (Trouble trouble = check_shape(item, line, depth + 1)) return trouble;
        }
    }
    if (!value.IsObject()) return std::nullopt;
    for (auto member = value.MemberBegin(); member != value.MemberEnd(); ++member) {
        for (auto before = value.MemberBegin(); before != member; ++before) {
            if (before->name != member->name) continue;
            return refused(Code::json_malformed, line,
                           "la clé « " + shown(text_of(member->name)) + " » est donnée deux fois.");
        }
        if (Trouble trouble = check_shape(member->value, line, depth + 1)) return trouble;
    }
    return std::nullopt;
}

// The object that a line holds.
Trouble read_object(std::string_view text, std::size_t line, Document& out) {
    out.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag>(text.data(),
                                                                                      text.size());
    if (out.HasParseError()) {
        return refused(Code::json_malformed, line,
                       "ce n'est pas un objet JSON entier ; erreur à l'octet " +
                           std::to_string(out.GetErrorOffset()) + ".");
    }
    if (!out.IsObject()) return refused(Code::malformed, line, "il faut un objet JSON.");
    return check_shape(out, line, 0);
}

// Puts `over` onto `base`, member by member; null takes a member away.
void merge(Value& base, const Value& over, Document::AllocatorType& memory) {
    for (auto member = over.MemberBegin(); member != over.MemberEnd(); ++member) {
        const auto at = base.FindMember(member->name);
        const bool there = base.HasMember(member->name);
        if (member->value.IsNull()) {
            if (there) base.RemoveMember(at);
        } else if (there && at->value.IsObject() && member->value.IsObject()) {
            merge(at->value, member->value, memory);
        } else if (there) {
            at->value.CopyFrom(member->value, memory);
        } else {
            base.AddMember(Value(member->name, memory), Value(member->value, memory), memory);
        }
    }
}

std::string answer(const RuleSet& rules, const std::string& facts_json) {
    const Result<Facts> facts = facts_from_json(facts_json);
    if (!facts) return refusal_json(facts.refusal());
    const Result<Plan> made = plan(rules, *facts);
    return made ? plan_json(*made) : refusal_json(made.refusal());
}

// What a row of a plan's list is called.
std::string_view name_of(const Value& row) {
    if (row.IsString()) return text_of(row);
    for (const char* key : {"aid", "limit", "code"}) {
        if (!row.IsObject()) break;
        const auto at = row.FindMember(key);
        if (at != row.MemberEnd() && at->value.IsString()) return text_of(at->value);
    }
    return {};
}

class Comparison {
  public:
    explicit Comparison(std::vector<Mismatch>& out) : out_(out) {}

    void plan(const Value& expected, const Value& found) {
        const bool refusal_expected = expected.HasMember("error");
        const bool refusal_found = found.HasMember("error");
        if (refusal_expected == refusal_found) return value("", expected, found);
        if (refusal_found) {
            out_.push_back({"error", "un plan", json_of(found["error"])});
        } else {
            out_.push_back({"error", json_of(expected["error"]), "un plan"});
        }
    }

  private:
    static std::string joined(const std::string& path, std::string_view name) {
        return path.empty() ? std::string(name) : path + "." + std::string(name);
    }

    void value(const std::string& path, const Value& expected, const Value& found) {
        if (expected.IsObject() && found.IsObject()) return members(path, expected, found);
        if (expected.IsObject() && found.IsArray()) return rows(path, expected, found);
        if (expected == found) return;
        out_.push_back({path, json_of(expected), json_of(found)});
    }

    void members(const std::string& path, const Value& expected, const Value& found) {
        for (auto member = expected.MemberBegin(); member != expected.MemberEnd(); ++member) {
            const std::string inner = joined(path, text_of(member->name));
            const auto at = found.FindMember(member->name);
            if (at == found.MemberEnd()) {
                out_.push_back({inner, json_of(member->value), "rien de ce nom"});
            } else {
                value(inner, member->value, at->value);
            }
        }
    }

    void rows(const std::string& path, const Value& expected, const Value& found) {
        for (auto member = expected.MemberBegin(); member != expected.MemberEnd(); ++member) {
            const std::string inner = joined(path, text_of(member->name));
            const auto* row = std::find_if(found.Begin(), found.End(), [&](const Value& one) {
                return name_of(one) == text_of(member->name);
            });
            const bool there = row != found.End();
            if (member->value.IsNull() || !there) {
                if (member->value.IsNull() != there) continue;
                out_.push_back({inner, member->value.IsNull() ? "absent" : json_of(member->value),
                                there ? json_of(*row) : "absent"});
            } else if (!member->value.IsTrue()) {
                value(inner, member->value, *row);
            }
        }
    }

    std::vector<Mismatch>& out_;
};

class Cases {
  public:
    explicit Cases(const RuleSet& rules) : rules_(rules) { defaults_.SetObject(); }

    Trouble read(std::size_t line, std::string_view text) {
        Document document;
        if (Trouble trouble = read_object(text, line, document)) return trouble;
        const bool first = !begun_;
        begun_ = true;
        if (!document.HasMember("defaults")) return run(line, document);
        if (first && document.MemberCount() == 1) return defaults(line, document);
        return refused(Code::unknown_field, line,
                       "« defaults » vient seul, une fois, avant les cas.");
    }

    std::vector<CaseOutcome> take() { return std::move(outcomes_); }

  private:
    Trouble defaults(std::size_t line, const Document& document) {
        const Value& facts = document["defaults"];
        if (!facts.IsObject()) {
            return refused(Code::malformed, line, "« defaults » doit être un objet de faits.");
        }
        defaults_.CopyFrom(facts, defaults_.GetAllocator());
        return std::nullopt;
    }

    Trouble check(std::size_t line, const Document& document) const {
        for (const char* name : {"name", "given", "expect"}) {
            if (!document.HasMember(name)) {
                return refused(Code::missing, line, "il manque « " + std::string(name) + " ».");
            }
        }
        for (auto member = document.MemberBegin(); member != document.MemberEnd(); ++member) {
            const std::string_view name = text_of(member->name);
            if (name == "name" || name == "given" || name == "expect") continue;
            return refused(Code::unknown_field, line,
                           "« " + shown(name) +
                               " » n'a pas de sens ici : un cas a « name », « given » et "
                               "« expect ».");
        }
        const Value& name = document["name"];
        if (!name.IsString() || !clean_text("name", text_of(name), 200)) {
            return refused(Code::malformed, line, "« name » doit être un texte.");
        }
        const bool taken = std::any_of(outcomes_.begin(), outcomes_.end(), [&](const auto& other) {
            return other.name == text_of(name);
        });
        if (taken) {
            return refused(Code::duplicate, line,
                           "un autre cas s'appelle déjà « " + shown(text_of(name)) + " ».");
        }
        if (!document["given"].IsObject()) {
            return refused(Code::malformed, line, "« given » doit être un objet de faits.");
        }
        if (!document["expect"].IsObject() || document["expect"].ObjectEmpty()) {
            return refused(Code::malformed, line,
                           "« expect » doit être un objet qui attend au moins une chose.");
        }
        return std::nullopt;
    }

    Trouble run(std::size_t line, const Document& document) {
        if (Trouble trouble = check(line, document)) return trouble;
        Document facts;
        facts.CopyFrom(defaults_, facts.GetAllocator());
        merge(facts, document["given"], facts.GetAllocator());
        Document found;
        found.Parse(answer(rules_, json_of(facts)).c_str());
        CaseOutcome outcome{line, std::string(text_of(document["name"])), {}};
        Comparison(outcome.mismatches).plan(document["expect"], found);
        outcomes_.push_back(std::move(outcome));
        return std::nullopt;
    }

    const RuleSet& rules_;
    Document defaults_;
    bool begun_ = false;
    std::vector<CaseOutcome> outcomes_;
};

}  // namespace

Result<std::vector<CaseOutcome>> run_cases(const RuleSet& rules, std::string_view text) {
    Cases cases(rules);
    std::size_t line = 0;
    while (!text.empty()) {
        ++line;
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view written = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (written.empty() || written.front() == '#') continue;
        if (Trouble trouble = cases.read(line, written)) return *trouble;
    }
    std::vector<CaseOutcome> outcomes = cases.take();
    if (outcomes.empty()) {
        return Refusal{Code::missing, "", "Ce fichier ne contient aucun cas."};
    }
    return outcomes;
}

}  // namespace deodat::rules
