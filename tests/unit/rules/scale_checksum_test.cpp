// Goal: fed with the scales as published, the checksum finds the cells known to depart from their
// year's factor, those only, with the figure the factor would give.
#include "rules/engine/scale_checksum.h"

#include "rules/engine/advice.h"
#include "tests/unit/rules/support.h"

namespace deodat::rules::test {
namespace {

using Row = std::array<std::int64_t, 6>;  // euros: one to five persons, then the supplement

// Very modest, modest, intermediate in Île-de-France, then elsewhere.
Scale scale(const std::array<Row, 6>& euros) {
    Scale made;
    for (std::size_t i = 0; i < euros.size(); ++i) {
        Scale::Row& row = made.rows[i / 3][i % 3];
        for (std::size_t persons = 0; persons < 5; ++persons) {
            row.cents[persons] = euros[i][persons] * 100;
        }
        row.supplement_cents = euros[i][5] * 100;
    }
    return made;
}

constexpr Row none = {0, 0, 0, 0, 0, 0};  // the class did not exist yet

const std::array<Row, 6> of_2018 = {{{20079, 29471, 35392, 41325, 47279, 5943},
                                     {24443, 35875, 43086, 50311, 57555, 7236},
                                     none,
                                     {14508, 21217, 25517, 29809, 34121, 4301},
                                     {18598, 27200, 32710, 38215, 43742, 5510},
                                     none}};
const std::array<Row, 6> of_2019 = {{{20470, 30044, 36080, 42128, 48198, 6059},
                                     {24918, 36572, 43924, 51289, 58674, 7377},
                                     none,
                                     {14790, 21630, 26013, 30389, 34784, 4385},
                                     {18960, 27729, 33346, 38958, 44592, 5617},
                                     none}};
const std::array<Row, 6> of_2021 = {{{20593, 30225, 36297, 42381, 48488, 6096},
                                     {25068, 36792, 44188, 51597, 59026, 7422},
                                     {38184, 56130, 67585, 79041, 90496, 11455},
                                     {14879, 21760, 26170, 30572, 34993, 4412},
                                     {19074, 27896, 33547, 39192, 44860, 5651},
                                     {29148, 42848, 51592, 60336, 69081, 8744}}};
const std::array<Row, 6> of_2022 = {{{21123, 31003, 37232, 43472, 49736, 6253},
                                     {25714, 37739, 45326, 52925, 60546, 7613},
                                     {38184, 56130, 67585, 79041, 90496, 11455},
                                     {15262, 22320, 26844, 31359, 35894, 4526},
                                     {19565, 28614, 34411, 40201, 46015, 5797},
                                     {29148, 42848, 51592, 60336, 69081, 8744}}};
const std::array<Row, 6> of_2023 = {{{22461, 32967, 39591, 46226, 52886, 6650},
                                     {27343, 40130, 48197, 56277, 64380, 8097},
                                     {38184, 56130, 67585, 79041, 90496, 11455},
                                     {16229, 23734, 28545, 33346, 38168, 4813},
                                     {20805, 30427, 36591, 42748, 48930, 6165},
                                     {29148, 42848, 51592, 60336, 69081, 8744}}};
const std::array<Row, 6> of_2024 = {{{23541, 34551, 41493, 48447, 55427, 6970},
                                     {28657, 42058, 50513, 58981, 67473, 8486},
                                     {40018, 58827, 70382, 82839, 94844, 12006},
                                     {17009, 24875, 29917, 34948, 40002, 5045},
                                     {21805, 31889, 38349, 44802, 51281, 6462},
                                     {30549, 44907, 54071, 63235, 72400, 9165}}};
const std::array<Row, 6> of_2025 = {{{23768, 34884, 41893, 48914, 55961, 7038},
                                     {28933, 42463, 51000, 59549, 68123, 8568},
                                     {40404, 59394, 71060, 83637, 95758, 12122},
                                     {17173, 25115, 30206, 35285, 40388, 5094},
                                     {22015, 32197, 38719, 45234, 51775, 6525},
                                     {30844, 45340, 54592, 63844, 73098, 9254}}};

// "modest other 0: 5617, not 5618", one a deviation.
std::vector<std::string> deviations(const std::array<Row, 6>& before,
                                    const std::array<Row, 6>& after) {
    const std::optional<ScaleChecksum> found = checksum(scale(before), scale(after));
    if (!found) return {"nothing to compare"};
    EXPECT_TRUE(found->has_majority());
    std::vector<std::string> out;
    for (const ScaleDeviation& one : found->deviations) {
        const auto level = static_cast<std::size_t>(one.cell.income_class);
        const std::string low = std::to_string(one.expected_low_euros);
        const std::string high = std::to_string(one.expected_high_euros);
        out.push_back(std::string(income_classes().values[level].name) +
                      (one.cell.zone == Zone::idf ? " idf " : " other ") +
                      std::to_string(one.cell.persons) + ": " +
                      std::to_string(one.published_euros) + ", not " + low +
                      (low == high ? "" : ".." + high));
    }
    return out;
}

using Lines = std::vector<std::string>;

TEST(ScaleChecksum, FindsTheKnownDeviationsOfEachYearAndNoOther) {
    EXPECT_EQ(deviations(of_2018, of_2019), Lines{"modest other 0: 5617, not 5618"});
    // Two factors do equally well there: one without the first, one without the second.
    EXPECT_EQ(deviations(of_2021, of_2022),
              (Lines{"modest idf 0: 7613, not 7614", "modest idf 5: 60546, not 60545"}));
    EXPECT_EQ(deviations(of_2022, of_2023),
              (Lines{"modest idf 0: 8097, not 8096", "modest idf 5: 64380, not 64381"}));
    EXPECT_EQ(deviations(of_2023, of_2024), (Lines{"intermediate idf 1: 40018, not 40019",
                                                   "intermediate idf 3: 70382, not 70832"}));
    EXPECT_EQ(deviations(of_2024, of_2025), Lines{});
}

TEST(ScaleChecksum, FindsADigitMistyped) {
    std::array<Row, 6> wrong = of_2025;
    wrong[3][1] = 25155;
    EXPECT_EQ(deviations(of_2024, wrong), Lines{"very_modest other 2: 25155, not 25115"});
    wrong = of_2025;
    wrong[5][5] = 9255;
    EXPECT_EQ(deviations(of_2024, wrong), Lines{"intermediate other 0: 9255, not 9254"});
}

TEST(ScaleChecksum, ComparesOnlyClassesOfBothThatWereRevalued) {
    EXPECT_EQ(checksum(scale(of_2018), scale(of_2019))->cells, 24U);
    EXPECT_EQ(checksum(scale(of_2021), scale(of_2022))->cells, 24U);
    EXPECT_EQ(checksum(scale(of_2024), scale(of_2025))->cells, 36U);
    EXPECT_EQ(checksum(scale(of_2019), scale(of_2021))->cells, 24U);
    EXPECT_FALSE(checksum(scale(of_2021), scale(of_2021)).has_value());
    Scale with_cents = scale(of_2025);
    with_cents.rows[0][0].cents[0] += 50;
    EXPECT_FALSE(checksum(scale(of_2024), with_cents).has_value());
}

TEST(ScaleChecksum, WithoutAMajorityNoFigureIsExpected) {
    std::array<Row, 6> other = of_2025;
    for (std::size_t i = 0; i < other.size(); ++i) {
        for (std::size_t j = 0; j < 6; ++j) {
            other[i][j] += static_cast<std::int64_t>((i * 31 + j * 17) * (i * 31 + j * 17));
        }
    }
    EXPECT_FALSE(checksum(scale(of_2024), scale(other))->has_majority());
}

std::string scale_text(const std::string& year, const std::array<Row, 6>& euros) {
    std::string text = "scale essai.revenus \"Plafonds " + year + "\"\n  deposited " + year +
                       "-01-01 .. " + year + "-12-31\n  reading <=\n";
    for (std::size_t i = 0; i < euros.size(); ++i) {
        text += std::string("  zone ") + (i < 3 ? "idf " : "other ") +
                std::string(income_classes().values[i % 3].name) + ":";
        for (std::size_t j = 0; j < 6; ++j) {
            text +=
                (j == 5 ? " + " : " ") + std::to_string(euros[i][j]) + " €" + (j == 5 ? "\n" : ",");
        }
    }
    return text;
}

TEST(ScaleChecksum, IsPartOfTheAdviceAtTheRow) {
    const Loading loading = load(scale_text("2023", of_2023) + scale_text("2024", of_2024) +
                                 scale_text("2025", of_2025));
    ASSERT_NE(loading.rules, nullptr) << loading.errors.front().text();
    const std::vector<Advice> advice = advice_on(*loading.rules);
    ASSERT_EQ(advice.size(), 2U);
    EXPECT_EQ(advice[1].text(),
              "essai.rules:15:3: attention : Plafond inattendu, intermédiaire, Île-de-France, 3 "
              "personnes : publié 70\u202f382,00\u00a0€, alors que le facteur depuis « "
              "Plafonds 2023 », qui donne 34 plafonds sur 36, donnerait "
              "70\u202f832,00\u00a0€. Vérifiez la saisie ; le plafond publié fait foi.");
}

TEST(ScaleChecksum, OnlyOfScalesThatFollowEachOther) {
    // Two years apart: two roundings, so no single factor.
    const Loading loading = load(scale_text("2022", of_2022) + scale_text("2024", of_2024));
    const std::vector<Advice> advice = advice_on(*loading.rules);
    ASSERT_EQ(advice.size(), 1U);
    EXPECT_NE(advice[0].message.find("365 jours"), std::string::npos) << advice[0].message;
}

}  // namespace
}  // namespace deodat::rules::test
