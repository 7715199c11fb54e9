// Siren and Siret: a French company and one of its places, with their check digits (Luhn on the 9
// and on the 14). La Poste (356000000) is the known exception: its places are valid when their
// digits sum to a multiple of five, or when Luhn holds, as for its head office.
#pragma once
#include <string>
#include <string_view>

#include "ledger/base/result.h"

namespace deodat {

class Siren {
  public:
    // Nine digits, blanks ignored. Refuses with siren_invalid.
    static Result<Siren> parse(std::string_view field, std::string_view text);

    const std::string& text() const { return text_; }
    std::string spaced() const;  // 356 000 000

    friend auto operator<=>(const Siren&, const Siren&) = default;

  private:
    friend class Siret;
    explicit Siren(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

class Siret {
  public:
    // Fourteen digits, blanks ignored. Refuses with siret_invalid.
    static Result<Siret> parse(std::string_view field, std::string_view text);

    const std::string& text() const { return text_; }
    Siren siren() const { return Siren(text_.substr(0, 9)); }
    std::string spaced() const;  // 356 000 000 00048

    friend auto operator<=>(const Siret&, const Siret&) = default;

  private:
    explicit Siret(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

// The numbers made of these digits and the right last one, for the demonstration and for tests: 8
// digits for a SIREN, 4 after the SIREN for a SIRET. Other than digits is a broken invariant.
Siren siren_with_check_digit(std::string_view eight_digits);
Siret siret_with_check_digit(const Siren& siren, std::string_view four_digits);

}  // namespace deodat
