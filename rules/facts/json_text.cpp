#include "rules/facts/json_text.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace deodat::rules {
namespace {

rapidjson::SizeType size_of(std::string_view text) {
    return static_cast<rapidjson::SizeType>(text.size());
}

}  // namespace

struct JsonText::Writing {
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer{buffer};

    void key(std::string_view name) { writer.Key(name.data(), size_of(name)); }
};

JsonText::JsonText() : writing_(std::make_unique<Writing>()) {
    begin();
}
JsonText::~JsonText() = default;

void JsonText::begin() {
    writing_->writer.StartObject();
}
void JsonText::end() {
    writing_->writer.EndObject();
}
void JsonText::begin_list(std::string_view name) {
    writing_->key(name);
    writing_->writer.StartArray();
}
void JsonText::end_list() {
    writing_->writer.EndArray();
}
void JsonText::element(std::string_view value) {
    writing_->writer.String(value.data(), size_of(value));
}

void JsonText::text(std::string_view name, std::string_view value) {
    writing_->key(name);
    element(value);
}

void JsonText::number(std::string_view name, std::int64_t value) {
    writing_->key(name);
    writing_->writer.Int64(value);
}

void JsonText::flag(std::string_view name, bool value) {
    writing_->key(name);
    writing_->writer.Bool(value);
}

void JsonText::null(std::string_view name) {
    writing_->key(name);
    writing_->writer.Null();
}

void JsonText::raw(std::string_view name, std::string_view json) {
    writing_->key(name);
    writing_->writer.RawValue(json.data(), json.size(), rapidjson::kObjectType);
}

std::string JsonText::take() {
    end();
    return {writing_->buffer.GetString(), writing_->buffer.GetSize()};
}

}  // namespace deodat::rules
