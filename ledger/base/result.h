// Refusals that the business expects: an outcome is a Result, which holds a value or says why not.
//
//   Result<Iban> iban = Iban::parse("beneficiary.iban", text);
//   if (!iban) return iban.refusal();
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "ledger/base/invariant.h"

namespace deodat {

enum class Code : std::uint16_t {
#define CODE(name, meaning) name,
#include "ledger/base/refusal_codes.inc"
#undef CODE
};

// The stable name programs read ("iban_check_digits").
std::string_view code_name(Code code);
// What the code says, in English, for the documentation.
std::string_view code_meaning(Code code);
// The code of that name, if there is one.
std::optional<Code> code_of(std::string_view name);
std::size_t code_count();

// Why something was not done: a stable code, the field (dotted path, may be empty), a French
// sentence that names the value and what would be right, and the facts in it for programs.
struct Refusal {
    Code code;
    std::string field;
    std::string message;
    std::vector<std::pair<std::string, std::string>> facts = {};
};

// Success without a value.
struct Done {};

template <class T>
class [[nodiscard]] Result {
  public:
    Result(T value) : outcome_(std::move(value)) {}  // NOLINT(google-explicit-constructor)
    Result(Refusal refusal)
        : outcome_(std::move(refusal)) {}  // NOLINT(google-explicit-constructor)

    bool ok() const { return std::holds_alternative<T>(outcome_); }
    explicit operator bool() const { return ok(); }

    // The value; asking a refused result for it is a broken invariant.
    const T& value() const& {
        DEODAT_ASSERT(ok(), "the value of a refused result");
        return *std::get_if<T>(&outcome_);
    }
    T& value() & {
        DEODAT_ASSERT(ok(), "the value of a refused result");
        return *std::get_if<T>(&outcome_);
    }
    T&& value() && {
        DEODAT_ASSERT(ok(), "the value of a refused result");
        return std::move(*std::get_if<T>(&outcome_));
    }
    const T& operator*() const& { return value(); }
    T& operator*() & { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    const T* operator->() const { return &value(); }
    T* operator->() { return &value(); }

    const Refusal& refusal() const {
        DEODAT_ASSERT(!ok(), "the refusal of an accepted result");
        return *std::get_if<Refusal>(&outcome_);
    }

  private:
    std::variant<T, Refusal> outcome_;
};

}  // namespace deodat
