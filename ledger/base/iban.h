// Iban: an account number that a bank may be given. What exists as an Iban has passed every check
// there is short of asking the bank: characters, length and structure of its country (ISO 13616
// register), check digits (mod 97, 02 to 98 only), and for France and Monaco the RIB key, which
// catches slips that mod 97 lets through. Only blanks are ignored in what a person types; nothing
// else is ever stripped or guessed.
#pragma once
#include <string>
#include <string_view>

#include "ledger/base/result.h"

namespace deodat {

class Iban {
  public:
    // Reads an IBAN in any grouping, upper or lower case. Refuses with iban_character,
    // iban_country, iban_length, iban_structure, iban_check_digits or rib_key, in that order.
    static Result<Iban> parse(std::string_view field, std::string_view text);

    const std::string& text() const { return text_; }  // FR7699999000010000000010106
    std::string_view country() const { return std::string_view(text_).substr(0, 2); }
    std::string spaced() const;  // FR76 9999 9000 0100 …
    std::string masked() const;  // FR76 •••• •••• … •••0 106

    friend auto operator<=>(const Iban&, const Iban&) = default;

  private:
    explicit Iban(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

// The parts of a French account, without its two keys.
struct FrenchAccount {
    std::string_view bank;     // 5 digits
    std::string_view branch;   // 5 digits
    std::string_view account;  // 11 digits or capitals
};

// The IBAN of a French account, its RIB key and check digits computed: for the demonstration and
// for tests. Parts of another form are a broken invariant.
Iban french_iban(const FrenchAccount& parts);

// The same for any country of the register: the BBAN must have its country's structure (and its own
// keys).
Iban iban_with_check_digits(std::string_view country, std::string_view bban);

// The BBAN structure of a country, as in the register ("5n5n11c2n"), empty when the register lacks
// it.
std::string_view bban_structure(std::string_view country);

// Whether transfers to accounts of this country are SEPA transfers.
bool in_sepa_area(std::string_view country);

}  // namespace deodat
