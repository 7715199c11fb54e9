// Texts as SEPA files may carry them: a-z A-Z 0-9 / - ? : ( ) . , ' + and the blank, nothing else.
//
// Every other character that has a usual spelling in these is spelled so (é e, œ oe, ß ss, & +, €
// EUR); one that has none is a refusal. No letter is ever dropped: "Würth" leaves as "Wurth", never
// as "Wrth". Blanks of all kinds become one space. Lengths are counted after spelling, before XML
// escaping.
#pragma once
#include <string>
#include <string_view>

#include "ledger/base/result.h"

namespace deodat::reports {

inline constexpr std::size_t sepa_name_length_max = 70;
inline constexpr std::size_t sepa_remittance_length_max = 140;
inline constexpr std::size_t sepa_identifier_length_max = 35;

bool is_sepa_character(char c);
bool is_sepa_text(std::string_view text);
// Two capitals, as ISO 3166 writes a country; whether there is one of that code is not looked at.
bool is_country_code(std::string_view text);

// The text spelled in the SEPA characters. Refuses with text_invalid what cannot be, and what is
// blank.
Result<std::string> sepa_text(std::string_view field, std::string_view text);

// The same, refused when longer than length_max.
Result<std::string> sepa_text_within(std::string_view field, std::string_view text,
                                     std::size_t length_max);

// A name, cut to 70 characters at the end of a word where that keeps most of it. The caller shows
// what was cut.
Result<std::string> sepa_name(std::string_view field, std::string_view text);

// An identifier, never respelled: 1 to 35 of the SEPA characters without blank, no "/" at either
// end, no "//". Refuses with transfer_identifier.
Result<Done> check_sepa_identifier(std::string_view field, std::string_view text);

}  // namespace deodat::reports
