// Goal: no wrong account or company number gets in. Method: the casebook's slips, the register's
// published lengths, and random slips of one character or of two neighbours.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "ledger/base/iban.h"
#include "ledger/base/siret.h"

namespace deodat {
namespace {

Code code_of_iban(std::string_view text) {
    const auto read = Iban::parse("beneficiary.iban", text);
    EXPECT_FALSE(read.ok()) << text;
    if (read.ok()) return Code::usage;
    EXPECT_EQ(read.refusal().field, "beneficiary.iban");
    return read.refusal().code;
}

TEST(Iban, ReadsAnyGroupingAndShowsIt) {
    for (const char* text : {"FR7699999000010000000010106", "fr76 9999 9000 0100 0000 0010 106",
                             "\tFR76\u00a09999\u202f9000 0100 0000 0010 106\r\n"}) {
        const auto iban = Iban::parse("iban", text);
        ASSERT_TRUE(iban.ok()) << text;
        EXPECT_EQ(iban->text(), "FR7699999000010000000010106");
        EXPECT_EQ(iban->country(), "FR");
        EXPECT_EQ(iban->spaced(), "FR76 9999 9000 0100 0000 0010 106");
        EXPECT_EQ(iban->masked(), "FR76 •••• •••• •••• •••• •••0 106");
    }
}

TEST(Iban, RefusesJunkAndPrefixes) {  // casebook SEP-15, SEP-17
    EXPECT_EQ(code_of_iban("IBAN: FR76 9999 9000 0100 0000 0010 106"), Code::iban_character);
    EXPECT_EQ(code_of_iban("iban FR76 9999 9000 0100 0000 0010 106"), Code::iban_country);
    EXPECT_EQ(code_of_iban("FR76#9999é9000-0100*0000_0010/106"), Code::iban_character);
    EXPECT_EQ(code_of_iban("FR76999990000100000000 10106----"), Code::iban_character);
    EXPECT_EQ(code_of_iban("FR76\u200b99999000010000000010106"), Code::iban_character);
    EXPECT_EQ(code_of_iban("FR76\xff"
                           "99999000010000000010106"),
              Code::iban_character);
    EXPECT_EQ(code_of_iban(std::string_view("FR76\0"
                                            "99999000010000000010106",
                                            28)),
              Code::iban_character);
    EXPECT_EQ(code_of_iban(""), Code::iban_country);
    EXPECT_EQ(code_of_iban("F"), Code::iban_country);
    EXPECT_EQ(code_of_iban("0001"), Code::iban_country);
    EXPECT_EQ(code_of_iban("santander"), Code::iban_length);
}

TEST(Iban, RefusesSlips) {  // casebook SEP-13, pitfalls 8 and 9
    EXPECT_EQ(code_of_iban("FR76 9999 9000 0100 0000 0001 106"), Code::iban_check_digits);
    EXPECT_EQ(code_of_iban("FR742004101012512346OUO3388"), Code::rib_key);
    EXPECT_TRUE(Iban::parse("iban", "FR7420041010125123460U03388").ok());
    EXPECT_TRUE(Iban::parse("iban", "FR7630006000011234567890189").ok());
    EXPECT_EQ(code_of_iban("FR76999990000100000000101"), Code::iban_length);
    EXPECT_EQ(code_of_iban("FR769999900001000000001010699"), Code::iban_length);
    EXPECT_EQ(code_of_iban("FR76A9999000010000000010106"), Code::iban_structure);
    EXPECT_EQ(code_of_iban("FRA699999000010000000010106"), Code::iban_structure);
}

TEST(Iban, SaysWhatWouldBeRight) {
    const auto read = Iban::parse("iban", "FR742004101012512346OUO3388");
    EXPECT_NE(read.refusal().message.find("66"), std::string::npos) << read.refusal().message;
    const auto brief = Iban::parse("iban", "FR7612");
    EXPECT_NE(brief.refusal().message.find("27"), std::string::npos) << brief.refusal().message;
}

// A country, the length of its IBAN as published, and a BBAN of its structure.
std::string bban_of(std::string_view structure, char digit, char letter) {
    std::string out;
    std::size_t length = 0;
    for (const char c : structure) {
        if (c >= '0' && c <= '9') {
            length = length * 10 + static_cast<std::size_t>(c - '0');
            continue;
        }
        out.append(length, c == 'n' ? digit : letter);
        length = 0;
    }
    return out;
}

struct Published {
    const char* country;
    std::size_t length;
};

TEST(Iban, KnowsEveryCountryOfTheRegister) {
    const std::vector<Published> register_lengths = {
        {"AD", 24}, {"AE", 23}, {"AL", 28}, {"AT", 20}, {"AZ", 28}, {"BA", 20}, {"BE", 16},
        {"BG", 22}, {"BH", 22}, {"BI", 27}, {"BR", 29}, {"BY", 28}, {"CH", 21}, {"CR", 22},
        {"CY", 28}, {"CZ", 24}, {"DE", 22}, {"DJ", 27}, {"DK", 18}, {"DO", 28}, {"EE", 20},
        {"EG", 29}, {"ES", 24}, {"FI", 18}, {"FK", 18}, {"FO", 18}, {"GB", 22}, {"GE", 22},
        {"GI", 23}, {"GL", 18}, {"GR", 27}, {"GT", 28}, {"HN", 28}, {"HR", 21}, {"HU", 28},
        {"IE", 22}, {"IL", 23}, {"IQ", 23}, {"IS", 26}, {"IT", 27}, {"JO", 30}, {"KW", 30},
        {"KZ", 20}, {"LB", 28}, {"LC", 32}, {"LI", 21}, {"LT", 20}, {"LU", 20}, {"LV", 21},
        {"LY", 25}, {"MD", 24}, {"ME", 22}, {"MK", 19}, {"MN", 20}, {"MR", 27}, {"MT", 31},
        {"MU", 30}, {"NI", 28}, {"NL", 18}, {"NO", 15}, {"OM", 23}, {"PK", 24}, {"PL", 28},
        {"PS", 29}, {"PT", 25}, {"QA", 29}, {"RO", 24}, {"RS", 22}, {"RU", 33}, {"SA", 24},
        {"SC", 31}, {"SD", 18}, {"SE", 24}, {"SI", 19}, {"SK", 24}, {"SM", 27}, {"SO", 23},
        {"ST", 25}, {"SV", 28}, {"TL", 23}, {"TN", 24}, {"TR", 26}, {"UA", 29}, {"VA", 22},
        {"VG", 24}, {"XK", 20}, {"YE", 30}};
    for (const Published& row : register_lengths) {
        const std::string bban = bban_of(bban_structure(row.country), '7', 'K');
        ASSERT_EQ(bban.size() + 4, row.length) << row.country;
        const Iban iban = iban_with_check_digits(row.country, bban);
        EXPECT_EQ(iban.text().size(), row.length);
        std::string wrong = iban.text();
        wrong.back() = wrong.back() == '7' ? '8' : wrong.back() == 'K' ? 'L' : '7';
        EXPECT_FALSE(Iban::parse("iban", wrong).ok()) << wrong;
        EXPECT_EQ(code_of_iban(iban.text() + "7"), Code::iban_length);
    }
    EXPECT_EQ(bban_structure("FR"), bban_structure("MC"));
    EXPECT_EQ(bban_structure("US"), "");
    EXPECT_EQ(code_of_iban("US7699999000010000000010106"), Code::iban_country);
    EXPECT_TRUE(in_sepa_area("FR"));
    EXPECT_FALSE(in_sepa_area("BR"));
    EXPECT_FALSE(in_sepa_area("R "));
}

TEST(Iban, RefusesCheckDigitsThatCannotBe) {
    // Accounts whose right digits are 02, 03 or 98 also pass a bare mod 97 with 99, 00 or 01.
    EXPECT_TRUE(rc::check("no other pair of check digits is accepted", [] {
        const auto tail = *rc::gen::inRange<std::int64_t>(10'000'000'000, 99'999'999'999);
        const Iban iban = french_iban({"99998", "00030", std::to_string(tail)});
        for (int pair = 0; pair < 100; ++pair) {
            std::string other = iban.text();
            other[2] = static_cast<char>('0' + pair / 10);
            other[3] = static_cast<char>('0' + pair % 10);
            RC_ASSERT(Iban::parse("iban", other).ok() == (other == iban.text()));
        }
    }));
}

TEST(Iban, RefusesOneWrongCharacterAndTwoSwapped) {
    EXPECT_TRUE(rc::check("a changed digit, or neighbours swapped, is refused", [] {
        const auto branch = *rc::gen::inRange(10'000, 99'999);
        const auto tail = *rc::gen::inRange<std::int64_t>(10'000'000'000, 99'999'999'999);
        const Iban iban = french_iban({"99999", std::to_string(branch), std::to_string(tail)});
        RC_ASSERT(Iban::parse("iban", iban.spaced())->text() == iban.text());
        const auto at = *rc::gen::inRange<std::size_t>(2, 27);
        std::string changed = iban.text();
        changed[at] = static_cast<char>('0' + (changed[at] - '0' + *rc::gen::inRange(1, 10)) % 10);
        RC_ASSERT(!Iban::parse("iban", changed).ok());
        std::string swapped = iban.text();
        const std::size_t left = std::min<std::size_t>(at, 25);
        RC_PRE(swapped[left] != swapped[left + 1]);
        std::swap(swapped[left], swapped[left + 1]);
        RC_ASSERT(!Iban::parse("iban", swapped).ok());
    }));
}

TEST(Iban, NeverThrowsWhateverItIsGiven) {
    EXPECT_TRUE(rc::check("any bytes give a result", [](const std::string& bytes) {
        (void)Iban::parse("iban", bytes).ok();
        (void)Iban::parse("iban", "FR76" + bytes).ok();
        (void)Siret::parse("siret", bytes).ok();
    }));
}

TEST(Siret, ChecksItsDigits) {
    const auto siren = Siren::parse("siren", "404 833 048");
    ASSERT_TRUE(siren.ok());
    EXPECT_EQ(siren->text(), "404833048");
    EXPECT_EQ(siren->spaced(), "404 833 048");
    EXPECT_EQ(Siren::parse("siren", "404833049").refusal().code, Code::siren_invalid);
    EXPECT_FALSE(Siren::parse("siren", "40483304").ok());
    EXPECT_FALSE(Siren::parse("siren", "000000000").ok());
    EXPECT_FALSE(Siren::parse("siren", "40483304A").ok());
    const Siret siret = siret_with_check_digit(*siren, "0001");
    EXPECT_EQ(siret.siren(), *siren);
    EXPECT_EQ(siret.text().size(), 14U);
    std::string wrong = siret.text();
    wrong[11] = '9';
    EXPECT_EQ(Siret::parse("siret", wrong).refusal().code, Code::siret_invalid);
    EXPECT_FALSE(Siret::parse("siret", "3.56E+13").ok());
}

TEST(Siret, KnowsLaPoste) {  // pitfall 10
    EXPECT_TRUE(Siret::parse("siret", "35600000009075").ok());
    EXPECT_TRUE(Siret::parse("siret", "356 000 000 00048").ok());
    EXPECT_FALSE(Siret::parse("siret", "35600000009076").ok());
    EXPECT_EQ(Siret::parse("siret", "35600000000048")->spaced(), "356 000 000 00048");
}

TEST(Siret, RefusesOneWrongDigit) {
    EXPECT_TRUE(rc::check("a changed digit is refused", [] {
        const auto head = *rc::gen::inRange(10'000'000, 35'599'999);
        const auto place = *rc::gen::inRange(1'000, 9'999);
        const Siren siren = siren_with_check_digit(std::to_string(head));
        const Siret siret = siret_with_check_digit(siren, std::to_string(place));
        const auto at = *rc::gen::inRange<std::size_t>(0, 14);
        std::string changed = siret.text();
        changed[at] = static_cast<char>('0' + (changed[at] - '0' + *rc::gen::inRange(1, 10)) % 10);
        RC_ASSERT(!Siret::parse("siret", changed).ok());
        if (at < 9) RC_ASSERT(!Siren::parse("siren", changed.substr(0, 9)).ok());
    }));
}

}  // namespace
}  // namespace deodat
