#include "ledger/base/iban.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "ledger/base/text.h"

namespace deodat {
namespace {

struct CountryRow {
    std::string_view country;
    std::string_view structure;  // runs of: length, then n digits, a capitals, c digits or capitals
};

// The ISO 13616 register. Overseas France and the islands of the Crown use FR and GB.
constexpr auto countries = std::to_array<CountryRow>({
    {"AD", "4n4n12c"},     {"AE", "3n16n"},     {"AL", "8n16c"},         {"AT", "5n11n"},
    {"AZ", "4a20c"},       {"BA", "3n3n8n2n"},  {"BE", "3n7n2n"},        {"BG", "4a4n2n8c"},
    {"BH", "4a14c"},       {"BI", "5n5n11n2n"}, {"BR", "8n5n10n1a1c"},   {"BY", "4c4n16c"},
    {"CH", "5n12c"},       {"CR", "4n14n"},     {"CY", "3n5n16c"},       {"CZ", "4n6n10n"},
    {"DE", "8n10n"},       {"DJ", "5n5n11n2n"}, {"DK", "4n9n1n"},        {"DO", "4c20n"},
    {"EE", "2n2n11n1n"},   {"EG", "4n4n17n"},   {"ES", "4n4n1n1n10n"},   {"FI", "3n11n"},
    {"FK", "2a12n"},       {"FO", "4n9n1n"},    {"FR", "5n5n11c2n"},     {"GB", "4a6n8n"},
    {"GE", "2a16n"},       {"GI", "4a15c"},     {"GL", "4n9n1n"},        {"GR", "3n4n16c"},
    {"GT", "4c20c"},       {"HN", "4a20n"},     {"HR", "7n10n"},         {"HU", "3n4n1n15n1n"},
    {"IE", "4a6n8n"},      {"IL", "3n3n13n"},   {"IQ", "4a3n12n"},       {"IS", "4n2n6n10n"},
    {"IT", "1a5n5n12c"},   {"JO", "4a4n18c"},   {"KW", "4a22c"},         {"KZ", "3n13c"},
    {"LB", "4n20c"},       {"LC", "4a24c"},     {"LI", "5n12c"},         {"LT", "5n11n"},
    {"LU", "3n13c"},       {"LV", "4a13c"},     {"LY", "3n3n15n"},       {"MC", "5n5n11c2n"},
    {"MD", "2c18c"},       {"ME", "3n13n2n"},   {"MK", "3n10c2n"},       {"MN", "4n12n"},
    {"MR", "5n5n11n2n"},   {"MT", "4a5n18c"},   {"MU", "4a2n2n12n3n3a"}, {"NI", "4a20n"},
    {"NL", "4a10n"},       {"NO", "4n6n1n"},    {"OM", "3n16c"},         {"PK", "4a16c"},
    {"PL", "8n16n"},       {"PS", "4a21c"},     {"PT", "4n4n11n2n"},     {"QA", "4a21c"},
    {"RO", "4a16c"},       {"RS", "3n13n2n"},   {"RU", "9n5n15c"},       {"SA", "2n18c"},
    {"SC", "4a2n2n16n3a"}, {"SD", "2n12n"},     {"SE", "3n16n1n"},       {"SI", "5n8n2n"},
    {"SK", "4n6n10n"},     {"SM", "1a5n5n12c"}, {"SO", "4n3n12n"},       {"ST", "4n4n11n2n"},
    {"SV", "4a20n"},       {"TL", "3n14n2n"},   {"TN", "2n3n13n2n"},     {"TR", "5n1n16c"},
    {"UA", "6n19c"},       {"VA", "3n15n"},     {"VG", "4a16n"},         {"XK", "4n10n2n"},
    {"YE", "4a4n18c"},
});

// The members of the European Payments Council's schemes that have an IBAN country of their own.
constexpr std::string_view sepa_countries =
    "AD AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GI GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT "
    "NL NO PL PT RO "
    "RS SE SI SK SM VA";

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

// One run of a structure, cut from its front.
struct Run {
    std::size_t length;
    char kind;
};

Run next_run(std::string_view& structure) {
    Run run{0, 0};
    std::size_t i = 0;
    while (is_digit(structure[i])) {
        run.length = run.length * 10 + static_cast<std::size_t>(structure[i++] - '0');
    }
    run.kind = structure[i];
    structure.remove_prefix(i + 1);
    return run;
}

std::size_t bban_length(std::string_view structure) {
    std::size_t length = 0;
    while (!structure.empty()) length += next_run(structure).length;
    return length;
}

bool run_holds(char kind, char c) {
    if (kind == 'n') return is_digit(c);
    if (kind == 'a') return is_capital(c);
    return is_digit(c) || is_capital(c);
}

// The position, from 0 in the BBAN, of the first character that its run does not admit; npos when
// none.
std::size_t first_misfit(std::string_view structure, std::string_view bban) {
    std::size_t at = 0;
    while (!structure.empty()) {
        const Run run = next_run(structure);
        for (std::size_t i = 0; i < run.length; ++i, ++at) {
            if (!run_holds(run.kind, bban[at])) return at;
        }
    }
    return std::string_view::npos;
}

// The remainder by 97 of the number that ISO 7064 reads: letters are 10 to 35.
int mod_97(std::string_view text) {
    int remainder = 0;
    for (const char c : text) {
        const int value = is_digit(c) ? c - '0' : c - 'A' + 10;
        remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
    }
    return remainder;
}

// The right check digits of a country and BBAN: 02 to 98.
int check_digits(std::string_view country, std::string_view bban) {
    return 98 - mod_97(std::string(bban) + std::string(country) + "00");
}

// The RIB's own table: A and J are 1, B, K and S are 2, and so on to I, R and Z, 9.
char rib_digit(char c) {
    if (is_digit(c)) return c;
    const int rank = c - 'A';
    if (rank < 18) return static_cast<char>('1' + rank % 9);
    return static_cast<char>('2' + (rank - 18));
}

std::int64_t rib_number(std::string_view part) {
    std::int64_t number = 0;
    for (const char c : part) number = number * 10 + (rib_digit(c) - '0');
    return number;
}

// 97 less the remainder of 89 × bank + 15 × branch + 3 × account: 01 to 97.
int rib_key(std::string_view bank_branch_account) {
    const std::int64_t sum = 89 * rib_number(bank_branch_account.substr(0, 5)) +
                             15 * rib_number(bank_branch_account.substr(5, 5)) +
                             3 * rib_number(bank_branch_account.substr(10, 11));
    return static_cast<int>(97 - sum % 97);
}

std::string two_digits(int n) {
    return {static_cast<char>('0' + n / 10), static_cast<char>('0' + n % 10)};
}

// What stands before the first character that is neither a letter, a digit nor a blank.
struct Cleaned {
    std::string kept;
    std::string_view bad;  // from the first character refused; empty when all are admitted
};

Cleaned clean(std::string_view text) {
    constexpr auto blanks =
        std::to_array<std::string_view>({" ", "\t", "\r", "\n", "\u00a0", "\u202f"});
    Cleaned out;
    while (!text.empty()) {
        const char c = text[0];
        const auto* const blank = std::find_if(
            blanks.begin(), blanks.end(), [&](std::string_view b) { return text.starts_with(b); });
        if (blank != blanks.end()) {
            text.remove_prefix(blank->size());
            continue;
        }
        const bool lower = c >= 'a' && c <= 'z';
        if (!is_digit(c) && !is_capital(c) && !lower) {
            out.bad = text;
            return out;
        }
        out.kept += lower ? static_cast<char>(c - 'a' + 'A') : c;
        text.remove_prefix(1);
    }
    return out;
}

std::string grouped(const std::string& text, const std::string& hidden, std::size_t from,
                    std::size_t to) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i > 0 && i % 4 == 0) out += ' ';
        if (i >= from && i < to) {
            out += hidden;
        } else {
            out += text[i];
        }
    }
    return out;
}

// The kind of character expected at a place of the BBAN, in words.
std::string_view expected_kind(std::string_view structure, std::size_t at) {
    while (!structure.empty()) {
        const Run run = next_run(structure);
        if (at < run.length) {
            if (run.kind == 'n') return "un chiffre";
            return run.kind == 'a' ? "une lettre" : "un chiffre ou une lettre";
        }
        at -= run.length;
    }
    return "";
}

}  // namespace

std::string_view bban_structure(std::string_view country) {
    const auto* const row = std::find_if(countries.begin(), countries.end(),
                                         [&](const CountryRow& r) { return r.country == country; });
    return row == countries.end() ? std::string_view() : row->structure;
}

bool in_sepa_area(std::string_view country) {
    return !bban_structure(country).empty() &&
           sepa_countries.find(country) != std::string_view::npos;
}

Result<Iban> Iban::parse(std::string_view field, std::string_view text) {
    const auto refuse = [&](Code code, const std::string& why) {
        return Refusal{code, std::string(field),
                       "L'IBAN « " + shown(text) + " » est refusé : " + why};
    };
    Cleaned cleaned = clean(text);
    if (!cleaned.bad.empty()) {
        return refuse(Code::iban_character, "le caractère « " +
                                                shown(first_code_point(cleaned.bad)) +
                                                " » n'y a pas sa place ; seuls des lettres, des "
                                                "chiffres et des espaces sont admis.");
    }
    const std::string_view iban = cleaned.kept;
    const std::string_view country = iban.substr(0, 2);
    const std::string_view structure = bban_structure(country);
    if (structure.empty()) {
        return refuse(Code::iban_country,
                      "il doit commencer par le code d'un pays qui émet des IBAN, FR par exemple.");
    }
    const std::size_t length = 4 + bban_length(structure);
    if (iban.size() != length) {
        return refuse(Code::iban_length, "il a " + std::to_string(iban.size()) +
                                             " caractères, il en faut " + std::to_string(length) +
                                             " pour " + std::string(country) + ".");
    }
    const std::string_view bban = iban.substr(4);
    if (!is_digit(iban[2]) || !is_digit(iban[3])) {
        return refuse(Code::iban_structure, "les caractères 3 et 4 doivent être des chiffres.");
    }
    if (const std::size_t at = first_misfit(structure, bban); at != std::string_view::npos) {
        return refuse(Code::iban_structure, "le caractère " + std::to_string(at + 5) + " est « " +
                                                bban[at] + " », il faut " +
                                                std::string(expected_kind(structure, at)) + ".");
    }
    // Comparing with the one right pair also refuses 00, 01 and 99, which are congruent to right
    // ones.
    if (iban.substr(2, 2) != two_digits(check_digits(country, bban))) {
        return refuse(Code::iban_check_digits,
                      "sa clé de contrôle ne correspond pas ; un caractère est faux ou deux sont "
                      "intervertis. Recopiez-le depuis le RIB.");
    }
    const bool has_rib = country == "FR" || country == "MC";
    if (has_rib && bban.substr(21) != two_digits(rib_key(bban))) {
        return refuse(Code::rib_key, "sa clé RIB est " + std::string(bban.substr(21)) +
                                         " alors que le compte donne " + two_digits(rib_key(bban)) +
                                         " ; vérifiez notamment O et 0, I et 1.");
    }
    return Iban(std::move(cleaned.kept));
}

std::string Iban::spaced() const {
    return grouped(text_, "", 0, 0);
}

std::string Iban::masked() const {
    return grouped(text_, "•", 4, text_.size() - 4);
}

Iban french_iban(const FrenchAccount& parts) {
    std::string bban(parts.bank);
    bban.append(parts.branch).append(parts.account);
    DEODAT_ASSERT(bban.size() == 21, "a French account is 5 + 5 + 11 characters");
    bban += two_digits(rib_key(bban));
    return iban_with_check_digits("FR", bban);
}

Iban iban_with_check_digits(std::string_view country, std::string_view bban) {
    std::string text(country);
    text += two_digits(check_digits(country, bban));
    text += bban;
    auto iban = Iban::parse("iban", text);
    DEODAT_ASSERT(iban.ok(), "a BBAN of its country's structure");
    return std::move(iban).value();
}

}  // namespace deodat
