#include "reports/transfers/sepa_text.h"

#include <algorithm>
#include <array>

#include "ledger/base/text.h"

namespace deodat::reports {
namespace {

struct Spelling {
    std::string_view characters;  // each of them
    std::string_view spelled;
};

constexpr auto spellings = std::to_array<Spelling>({
    {"ÀÁÂÃÄÅĀĂĄǍ", "A"}, {"àáâãäåāăąǎª", "a"}, {"ÇĆĈĊČ", "C"},
    {"çćĉċč", "c"},      {"ĎĐÐ", "D"},         {"ďđð", "d"},
    {"ÈÉÊËĒĔĖĘĚ", "E"},  {"èéêëēĕėęě", "e"},   {"ĜĞĠĢ", "G"},
    {"ĝğġģ", "g"},       {"ĤĦ", "H"},          {"ĥħ", "h"},
    {"ÌÍÎÏĨĪĬĮİ", "I"},  {"ìíîïĩīĭįı", "i"},   {"Ĵ", "J"},
    {"ĵ", "j"},          {"Ķ", "K"},           {"ķĸ", "k"},
    {"ĹĻĽĿŁ", "L"},      {"ĺļľŀł", "l"},       {"ÑŃŅŇ", "N"},
    {"ñńņň", "n"},       {"ÒÓÔÕÖØŌŎŐ", "O"},   {"òóôõöøōŏőº°", "o"},
    {"ŔŖŘ", "R"},        {"ŕŗř", "r"},         {"ŚŜŞŠȘ", "S"},
    {"śŝşšșſ", "s"},     {"ŢŤŦȚ", "T"},        {"ţťŧț", "t"},
    {"ÙÚÛÜŨŪŬŮŰŲ", "U"}, {"ùúûüũūŭůűųµ", "u"}, {"Ŵ", "W"},
    {"ŵ", "w"},          {"ÝŶŸ", "Y"},         {"ýÿŷ", "y"},
    {"ŹŻŽ", "Z"},        {"źżž", "z"},         {"Æ", "AE"},
    {"æ", "ae"},         {"Œ", "OE"},          {"œ", "oe"},
    {"ẞ", "SS"},         {"ß", "ss"},          {"Þ", "TH"},
    {"þ", "th"},         {"Ĳ", "IJ"},          {"ĳ", "ij"},
    {"Ŋ", "NG"},         {"ŋ", "ng"},          {"ŉ", "'n"},
    {"ﬁ", "fi"},         {"ﬂ", "fl"},          {"’‘‚‛′´`ʼ\"“”„«»‹›″", "'"},
    {"–—‒―‑‐−_~=", "-"}, {"…", "..."},         {"·•*!", "."},
    {";", ","},          {"<[{", "("},         {">]}", ")"},
    {"\\|÷", "/"},       {"&", "+"},           {"±", "+/-"},
    {"×", "x"},          {"@", "(at)"},        {"€", "EUR"},
    {"£", "GBP"},        {"$", "USD"},         {"№#", "No"},
    {"%", "pct"},        {"§", "par."},        {"¹", "1"},
    {"²", "2"},          {"³", "3"},           {"½", "1/2"},
    {"¼", "1/4"},        {"¾", "3/4"},         {"©", "(c)"},
    {"®", "(r)"},        {"™", "(tm)"},        {" \t\r\n\u00a0\u202f\u2009\u2003", " "},
});

// How the character is spelled; none when it has no spelling.
std::string_view spelling_of(std::string_view character) {
    for (const Spelling& row : spellings) {
        std::string_view rest = row.characters;
        while (!rest.empty()) {
            const std::string_view one = first_code_point(rest);
            if (one == character) return row.spelled;
            rest.remove_prefix(one.size());
        }
    }
    return {};
}

// Accents written as characters of their own (U+0300 to U+036F) and the soft hyphen: the letter is
// already there.
bool adds_nothing(std::string_view character) {
    return character == "\u00ad" || (character >= "\u0300" && character <= "\u036f");
}

Refusal refuse(std::string_view field, std::string_view text, const std::string& why) {
    return Refusal{Code::text_invalid, std::string(field),
                   "Le texte « " + shown(text) + " » ne peut pas partir en virement : " + why};
}

}  // namespace

bool is_sepa_character(char c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (c >= '0' && c <= '9') ||
           std::string_view("/-?:().,'+ ").find(c) != std::string_view::npos;
}

bool is_sepa_text(std::string_view text) {
    return std::ranges::all_of(text, is_sepa_character);
}

bool is_country_code(std::string_view text) {
    const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    return text.size() == 2 && capital(text[0]) && capital(text[1]);
}

Result<std::string> sepa_text(std::string_view field, std::string_view text) {
    if (!is_utf8(text)) return refuse(field, text, "il n'est pas en UTF-8.");
    std::string out;
    for (std::string_view rest = text; !rest.empty();) {
        const std::string_view character = first_code_point(rest);
        rest.remove_prefix(character.size());
        if (character.size() > 1 && adds_nothing(character)) continue;
        const bool plain = character.size() == 1 && is_sepa_character(character[0]);
        const std::string_view spelled = plain ? character : spelling_of(character);
        if (spelled.empty()) {
            return refuse(field, text,
                          "le caractère « " + shown(character) +
                              " » n'a pas d'écriture dans l'alphabet SEPA ; remplacez-le.");
        }
        const bool second_blank = spelled == " " && (out.empty() || out.back() == ' ');
        if (!second_blank) out += spelled;
    }
    if (!out.empty() && out.back() == ' ') out.pop_back();
    if (out.empty()) return refuse(field, text, "il est vide.");
    return out;
}

Result<std::string> sepa_text_within(std::string_view field, std::string_view text,
                                     std::size_t length_max) {
    auto spelled = sepa_text(field, text);
    if (spelled && spelled->size() > length_max) {
        return refuse(field, text,
                      "il fait " + std::to_string(spelled->size()) + " caractères, " +
                          std::to_string(length_max) + " au plus sont admis.");
    }
    return spelled;
}

Result<std::string> sepa_name(std::string_view field, std::string_view text) {
    constexpr std::size_t least_kept = 50;
    auto spelled = sepa_text(field, text);
    if (!spelled || spelled->size() <= sepa_name_length_max) return spelled;
    std::string name = *spelled;
    const std::size_t gap = name.rfind(' ', sepa_name_length_max);
    name.resize(gap != std::string::npos && gap >= least_kept ? gap : sepa_name_length_max);
    while (name.back() == ' ') name.pop_back();
    return name;
}

Result<Done> check_sepa_identifier(std::string_view field, std::string_view text) {
    const auto wrong = [&](const std::string& why) {
        return Refusal{Code::transfer_identifier, std::string(field),
                       "L'identifiant « " + shown(text) + " » est refusé : " + why};
    };
    if (text.empty()) return wrong("il est vide.");
    if (text.size() > sepa_identifier_length_max) {
        return wrong("il fait " + std::to_string(text.size()) + " caractères, 35 au plus.");
    }
    if (!is_sepa_text(text) || text.find(' ') != std::string_view::npos) {
        return wrong(
            "seuls les lettres sans accent, les chiffres et / - ? : ( ) . , ' + sont admis.");
    }
    if (text.front() == '/' || text.back() == '/' || text.find("//") != std::string_view::npos) {
        return wrong("il ne doit ni commencer ni finir par « / », ni contenir « // ».");
    }
    return Done{};
}

}  // namespace deodat::reports
