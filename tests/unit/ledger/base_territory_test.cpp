// Goal: a commune's territory is the one of the table, and every other code is refused by its own
// reason.
#include "ledger/base/territory.h"

#include <gtest/gtest.h>

namespace deodat {
namespace {

TEST(Territory, SaintDieLiesInTheVosges) {
    const Result<const Commune*> found = commune("dwelling.commune_insee", "88413");
    ASSERT_TRUE(found);
    EXPECT_EQ((*found)->name, "Saint-Dié-des-Vosges");
    EXPECT_EQ((*found)->department, "88");
    EXPECT_EQ((*found)->region, "44");
    EXPECT_EQ((*found)->epci, 200071066U);
    EXPECT_EQ((*found)->ept, 0U);
    EXPECT_TRUE((*found)->metropolitan());
    EXPECT_FALSE((*found)->in_ile_de_france());
}

TEST(Territory, MontfermeilHasAMetropolisAndATerritory) {
    const Result<const Commune*> found = commune("c", "93047");
    ASSERT_TRUE(found);
    EXPECT_EQ((*found)->epci, 200054781U);
    EXPECT_EQ((*found)->ept, 200058790U);
    EXPECT_TRUE((*found)->in_ile_de_france());
}

TEST(Territory, ArrondissementsHaveTheTerritoryOfTheirCity) {
    for (const auto& [part, city] : {std::pair{"75101", "75056"},
                                     {"75120", "75056"},
                                     {"69381", "69123"},
                                     {"13201", "13055"}}) {
        const Result<const Commune*> inner = commune("c", part);
        const Result<const Commune*> outer = commune("c", city);
        ASSERT_TRUE(inner && outer) << part;
        EXPECT_EQ((*inner)->epci, (*outer)->epci) << part;
        EXPECT_EQ((*inner)->region, (*outer)->region) << part;
        EXPECT_NE((*inner)->epci, 0U) << part;
    }
}

TEST(Territory, IleDeFranceIsEightDepartments) {
    std::string departments;
    for (const Commune& row : communes()) {
        const std::string department(row.department);
        if (row.in_ile_de_france() && departments.find(department) == std::string::npos) {
            departments += department + " ";
        }
    }
    EXPECT_EQ(departments, "75 77 78 91 92 93 94 95 ");
}

TEST(Territory, OverseasIsNotMetropolitanAndCorsicaIs) {
    EXPECT_FALSE((*commune("c", "97105"))->metropolitan());
    EXPECT_TRUE((*commune("c", "2A004"))->metropolitan());
}

TEST(Territory, EveryCommuneIsFoundAtItsRank) {
    ASSERT_EQ(communes().size(), 35014U);
    for (std::size_t i = 0; i < communes().size(); ++i) {
        const Result<const Commune*> found = commune("c", communes()[i].code);
        ASSERT_TRUE(found) << communes()[i].code;
        ASSERT_EQ(rank_of(**found), i);
    }
}

TEST(Territory, RefusesWhatIsNoCode) {
    for (const char* text : {"", "8841", "884130", "88 13", "2C004", "A2004", "88413\n", "8841é"}) {
        const Result<const Commune*> found = commune("household.commune_insee", text);
        ASSERT_FALSE(found) << text;
        EXPECT_EQ(found.refusal().code, Code::malformed) << text;
        EXPECT_EQ(found.refusal().field, "household.commune_insee");
    }
}

TEST(Territory, RefusesAPostcode) {
    const Result<const Commune*> found = commune("dwelling.commune_insee", "93370");
    ASSERT_FALSE(found);
    EXPECT_EQ(found.refusal().code, Code::insee_unknown);
    EXPECT_NE(found.refusal().message.find("93370"), std::string::npos);
}

}  // namespace
}  // namespace deodat
