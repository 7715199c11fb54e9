// JSON read strictly: valid UTF-8, no repeated key, no unknown field, no fraction, nothing required
// left out.
//
// Every refusal names the field by its dotted path (works.lines[0].vat_bp), the value, and what
// would be right. RapidJSON stays behind this header.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/base/day.h"
#include "ledger/base/money.h"
#include "ledger/base/result.h"

namespace deodat::rules {

using Trouble = std::optional<Refusal>;  // nothing when all is well

inline constexpr std::size_t name_points_max = 200;

// One value of a document, and where it stands in it. It borrows from its JsonDocument.
class JsonValue {
  public:
    JsonValue(const void* node, std::string path) : node_(node), path_(std::move(path)) {}

    const std::string& path() const { return path_; }
    bool is_null() const;
    // The text as given, not cleaned; none for any other value.
    std::optional<std::string_view> as_text() const;

    // The members of an object, in order. Refuses what is no object, and a key given twice.
    Trouble read_members(std::vector<JsonValue>& out) const;
    // The elements of a list. Refuses what is no list, and more than that many.
    Trouble read_list(std::size_t rows_max, std::vector<JsonValue>& out) const;
    // A member that is there, null or not.
    std::optional<JsonValue> member(std::string_view name) const;
    // The same value under another name in refusals.
    JsonValue named(std::string path) const { return {node_, std::move(path)}; }

    Trouble read_boolean(bool& out) const;
    // A whole number within those bounds, both inclusive.
    Trouble read_integer(std::int64_t least, std::int64_t most, std::int64_t& out) const;
    // A clean text of at most name_points_max characters.
    Trouble read_text(std::string& out) const;
    Trouble read_date(Day& out) const;
    // An amount of a line: from 0 to line_cents_max.
    Trouble read_cents(Money& out) const;

    // « works.lines vaut « 3 » : il faut une liste. »
    Refusal malformed(std::string_view expected) const;

  private:
    const void* node_;
    std::string path_;
};

// A text that is JSON.
class JsonDocument {
  public:
    struct Bounds {
        std::size_t bytes_max;
        std::size_t values_max;
    };
    static constexpr std::size_t values_max = 50'000;  // facts of 500 lines have some 4,000
    static const Bounds facts_bounds;  // facts_bytes_max (facts.h), values_max
    // Refuses a text beyond those bounds, or that is not JSON. `what` names the text in the
    // sentence, in the plural: « Les faits ».
    static Result<JsonDocument> parse(std::string_view json, std::string_view what,
                                      const Bounds& bounds = facts_bounds);
    JsonDocument(JsonDocument&&) noexcept;
    JsonDocument& operator=(JsonDocument&&) noexcept;
    JsonDocument(const JsonDocument&) = delete;
    JsonDocument& operator=(const JsonDocument&) = delete;
    ~JsonDocument();

    JsonValue root() const;

  private:
    struct Parsed;
    explicit JsonDocument(std::unique_ptr<Parsed> parsed);
    std::unique_ptr<Parsed> parsed_;
};

// An object whose fields are known: names is « trade, amount_ht_cents, … ». The first trouble met
// is kept in `trouble`; once there is one, every later reading answers an empty value and asks
// nothing more, so that a reader is written straight down and looks at the trouble once.
class JsonObject {
  public:
    JsonObject(JsonValue value, std::string_view names, Trouble& trouble);

    // Whether the field is there and not null.
    bool has(std::string_view name) const;
    // The value of a field that must be there; null is a value here, and is none below.
    std::optional<JsonValue> present(std::string_view name);
    // The value of a required field.
    std::optional<JsonValue> required(std::string_view name);
    bool boolean(std::string_view name);
    std::int64_t integer(std::string_view name, std::int64_t least, std::int64_t most);
    std::string text(std::string_view name);
    Day date(std::string_view name);
    Money cents(std::string_view name);

    // Hands each element of a required list to read(JsonValue), until there is a trouble.
    template <class Read>
    void each(std::string_view name, std::size_t rows_max, const Read& read) {
        for (JsonValue& value : rows(name, rows_max)) {
            if (!trouble_) read(std::move(value));
        }
    }

  private:
    std::vector<JsonValue> rows(std::string_view name, std::size_t rows_max);

    JsonValue value_;
    Trouble& trouble_;
};

Refusal missing_field(const std::string& field);

}  // namespace deodat::rules
