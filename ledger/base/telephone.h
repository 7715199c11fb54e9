// Telephone numbers, as a person is called back on: kept in the international form, so that one
// number has one text.
#pragma once
#include <string>
#include <string_view>

#include "ledger/base/result.h"

namespace deodat {

class Telephone {
  public:
    // Reads a French number in ten digits, or any number that begins with + or 00 and its country's
    // code (ITU E.164: 15 digits at most); blanks, dots, dashes and brackets are ignored. Refuses
    // anything else (malformed).
    static Result<Telephone> parse(std::string_view field, std::string_view text);

    const std::string& text() const { return text_; }  // +33329000000

    friend auto operator<=>(const Telephone&, const Telephone&) = default;

  private:
    explicit Telephone(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

}  // namespace deodat
