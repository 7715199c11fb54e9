// Goal: the language carries the 31 real local aids, each with the value that its own text gives.
#include <fstream>
#include <sstream>

#include "rules/engine/describe.h"
#include "tests/unit/rules/support.h"

namespace deodat::rules::test {
namespace {

const RuleSet& local_aids() {
    static const std::shared_ptr<const RuleSet> rules = [] {
        std::ifstream in(DEODAT_ROOT "/tests/data/local_aids.rules");
        std::ostringstream text;
        text << in.rdbuf();
        return with_scales(text.str());
    }();
    return *rules;
}

// A modest household of three in that commune, 24 180 € HT at 5.5 %, F to C.
Facts in_commune(std::string_view insee) {
    Facts facts = example_facts();
    facts.set(FactId::dwelling_commune, rank(insee));
    facts.set(FactId::household_commune, rank(insee));
    if (facts.commune_of(FactId::dwelling_commune).in_ile_de_france()) {
        facts.set(FactId::reference_income, 4'500'000);  // modest there
    }
    facts.derive();
    return facts;
}

Money amount(std::string_view id, const Facts& facts) {
    const Result<Plan> made = plan(local_aids(), facts);
    if (!made || made->aid(id) == nullptr) {
        ADD_FAILURE() << id << " is not in the plan";
        return {};
    }
    return made->aid(id)->amount;
}

Facts with(Facts facts, FactId id, std::int64_t value) {
    facts.set(id, value);
    facts.derive();
    return facts;
}

TEST(LocalAids, AllThirtyOneAreCarriedAndReadable) {
    for (int number = 1; number <= 31; ++number) {
        const std::string prefix =
            std::string("local.l") + (number < 10 ? "0" : "") + std::to_string(number) + "_";
        bool found = false;
        for (const Aid& aid : local_aids().aids) {
            if (!aid.id.starts_with(prefix)) continue;
            found = true;
            EXPECT_NE(describe(local_aids(), aid).find("montant"), std::string::npos);
        }
        EXPECT_TRUE(found) << prefix;
    }
}

TEST(LocalAids, PercentagesAndTiers) {
    const Facts besancon = in_commune("25056");
    EXPECT_EQ(amount("local.l01_besancon_aapel", besancon), Money::euros(7200));
    EXPECT_EQ(amount("local.l01_besancon_aapel", with(besancon, FactId::bbc_renovation, 1)),
              Money::euros(8700));
    EXPECT_EQ(amount("local.l02_doubs", besancon), Money::euros(1209));
    EXPECT_EQ(amount("local.l02_doubs", with(besancon, FactId::programmed_area, 0)),
              Money::euros(1359));
    EXPECT_EQ(amount("local.l03_charente_maritime", in_commune("17300")), Money::euros(3000));
    EXPECT_EQ(amount("local.l09_essonne_ampleur", in_commune("91228")), Money::euros(3000));
    EXPECT_EQ(amount("local.l11_ile_de_france", in_commune("91228")), Money::euros(4500));
    EXPECT_EQ(amount("local.l13_hauts_de_seine", in_commune("92050")), Money::euros(2100));
    EXPECT_EQ(amount("local.l13_hauts_de_seine", with(in_commune("92050"), FactId::unhealthy, 1)),
              Money::euros(3000));
    EXPECT_EQ(amount("local.l25_paris", in_commune("75120")), Money::euros(2418));
    EXPECT_EQ(amount("local.l26_coeur_de_savoie", in_commune("73171")), Money::euros(1600));
}

TEST(LocalAids, CapsByCommuneAndTerritoriesWithoutAnother) {
    const auto landlord = [](std::string_view insee) {
        return with(in_commune(insee), FactId::owner_status,
                    static_cast<std::int64_t>(OwnerStatus::landlord));
    };
    EXPECT_EQ(amount("local.l04_charente_maritime_bailleur", landlord("17457")),
              Money::euros(7000));
    EXPECT_EQ(amount("local.l04_charente_maritime_bailleur", landlord("17300")),
              Money::euros(5000));
    const Result<Plan> dijon = plan(local_aids(), in_commune("21231"));
    ASSERT_TRUE(dijon);
    EXPECT_EQ(dijon->aid("local.l05_cote_d_or"), nullptr);
    Facts beaune = with(in_commune("21054"), FactId::reference_income, 2'000'000);
    EXPECT_EQ(amount("local.l05_cote_d_or", beaune), Money::euros(250));
    EXPECT_EQ(amount("local.l05_cote_d_or", with(beaune, FactId::programmed_area, 0)),
              Money::euros(500));
}

TEST(LocalAids, LocalClassesAndMultiplesOfACeiling) {
    Facts angers = with(in_commune("49007"), FactId::reference_income, 2'393'400);
    EXPECT_EQ(amount("local.l06_angers_socle", angers), Money::euros(4000));
    EXPECT_EQ(amount("local.l06_angers_socle", with(angers, FactId::reference_income, 2'393'500)),
              Money::euros(3000));
    EXPECT_EQ(amount("local.l07_angers_bbc", with(angers, FactId::dpe_after, 1)),
              Money::euros(1500));
    // Modest ceiling of three persons in 2025: 38 719 €; half as much again: 58 078.50 €.
    EXPECT_EQ(amount("local.l12_normandie_cheque",
                     with(in_commune("76540"), FactId::reference_income, 5'807'800)),
              Money::euros(4000));
    EXPECT_EQ(amount("local.l12_normandie_cheque",
                     with(in_commune("76540"), FactId::reference_income, 5'807'900)),
              Money());
}

TEST(LocalAids, OtherCostsSumsAndItems) {
    const Facts limoges = with(in_commune("87085"), FactId::assistance_cost, 175'000);
    EXPECT_EQ(amount("local.l14_haute_vienne_amo", limoges), Money::euros(150));
    EXPECT_EQ(amount("local.l14_limoges_amo", limoges), Money::euros(150));
    EXPECT_EQ(amount("local.l14_haute_vienne_amo", with(limoges, FactId::assistance_cost, 200'000)),
              Money::euros(200));
    const Facts unhealthy = with(limoges, FactId::unhealthy, 1);
    EXPECT_EQ(amount("local.l15_haute_vienne_indigne", unhealthy), Money::cents(302'250));
    EXPECT_EQ(amount("local.l15_limoges_indigne", unhealthy), Money::cents(181'350));
    EXPECT_EQ(
        amount("local.l10_hauts_de_france_arel",
               with(with(in_commune("59350"), FactId::ventilation, 1), FactId::biobased_area, 20)),
        Money::euros(3500));
    Facts items = in_commune("57433");
    items.lines = {{"toiture", Money::euros(2000), 550, true},
                   {"murs", Money::euros(5000), 550, true},
                   {"toiture", Money::euros(500), 550, true}};
    items.derive();
    EXPECT_EQ(amount("local.l24_rives_de_moselle", items), Money::euros(625 + 750));
    EXPECT_EQ(amount("local.l30_grand_est_equipements",
                     with(with(in_commune("88413"), FactId::wood_stoves, 2),
                          FactId::geothermal_pumps, 1)),
              Money::euros(5000));
}

TEST(LocalAids, ComplementsLimitsAndNegations) {
    const Facts strasbourg = in_commune("67482");
    const Result<Plan> plan_there = plan(local_aids(), with(strasbourg, FactId::eldest_age, 70));
    ASSERT_TRUE(plan_there);
    // 90 % of 25 509.90 less 14 508.00; then 65 % of the 2 550.99 left.
    EXPECT_EQ(plan_there->aid("local.l29_strasbourg")->amount, Money::cents(845'091));
    EXPECT_EQ(plan_there->aid("local.l27_cnav")->amount, Money::cents(165'814));
    const Result<Plan> drought = plan(local_aids(), in_commune("32013"));
    ASSERT_TRUE(drought);
    EXPECT_EQ(drought->aid("local.l28_secheresse")->before_limit, Money::euros(10000));
    EXPECT_EQ(drought->aid("local.l28_secheresse")->amount, Money::cents(2'040'792 - 1'450'800));
    EXPECT_EQ(amount("local.l31_vosges", in_commune("88413")), Money());
    EXPECT_EQ(amount("local.l31_vosges", with(in_commune("88413"), FactId::dpe_after, 4)),
              Money::euros(1350));
}

TEST(LocalAids, LandlordsAndShares) {
    Facts montlucon = with(in_commune("03185"), FactId::owner_status,
                           static_cast<std::int64_t>(OwnerStatus::landlord));
    montlucon.set(FactId::rent_level, 3);
    EXPECT_EQ(amount("local.l20_montlucon", montlucon), Money::cents(302'250));
    EXPECT_EQ(amount("local.l20_montlucon", with(montlucon, FactId::renewal_area, 1)),
              Money::cents(362'700));
    EXPECT_EQ(amount("local.l18_allier_vacance", with(montlucon, FactId::vacant_months, 25)),
              Money::euros(1209));
    EXPECT_EQ(amount("local.l18_allier_vacance", with(montlucon, FactId::vacant_months, 24)),
              Money());
    const Facts dole = in_commune("39198");
    EXPECT_EQ(amount("local.l21_effilogis", with(dole, FactId::tax_shares, 3)), Money::euros(8000));
    EXPECT_EQ(amount("local.l21_effilogis", with(dole, FactId::tax_shares, 2)), Money());
}

}  // namespace
}  // namespace deodat::rules::test
