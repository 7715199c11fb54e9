// Goal: the 31 surveyed local aids are written in the language, each with the value that its own
// text gives, at its own dates; so are three more, from the page on writing an aid.
#include <fstream>
#include <sstream>

#include "rules/engine/describe.h"
#include "tests/unit/rules/support.h"

namespace deodat::rules::test {
namespace {

Facts with(Facts facts, FactId id, std::int64_t value) {
    facts.set(id, value);
    facts.derive();
    return facts;
}

// A modest household of three in that commune, 24 180 € HT at 5.5 %, F to C.
Facts in_commune(std::string_view insee, std::string_view deposit) {
    Facts facts = example_facts();
    facts.set(FactId::dwelling_commune, rank(insee));
    facts.set(FactId::household_commune, rank(insee));
    facts.set(FactId::deposit_date, day(deposit));
    facts.derive();
    const bool idf = facts.commune_of(FactId::dwelling_commune).in_ile_de_france();
    return with(std::move(facts), FactId::reference_income,
                idf                                  ? 4'500'000
                : facts.deposit_date().year() < 2024 ? 3'000'000
                                                     : 3'500'000);
}

Facts very_modest(Facts facts) {
    return with(std::move(facts), FactId::reference_income, 1'500'000);
}

Facts landlord(Facts facts) {
    return with(std::move(facts), FactId::owner_status,
                static_cast<std::int64_t>(OwnerStatus::landlord));
}

struct Found {
    bool listed = false;
    bool eligible = false;
    bool chosen = false;
    Money amount;
};

Found found(std::string_view id, const Facts& facts, const RuleSet& rules = embedded_rules()) {
    const Result<Plan> made = plan(rules, facts);
    if (!made) {
        ADD_FAILURE() << made.refusal().message;
        return {};
    }
    const PlannedAid* planned = made->aid(id);
    if (planned == nullptr) return {};
    return {true, planned->eligible, planned->chosen, planned->amount};
}

Money amount(std::string_view id, const Facts& facts) {
    const Found one = found(id, facts);
    EXPECT_TRUE(one.eligible) << id;
    return one.amount;
}

TEST(LocalAids, AllThirtyOneAreWrittenAndReadable) {
    for (int number = 1; number <= 31; ++number) {
        const std::string prefix =
            std::string("local.l") + (number < 10 ? "0" : "") + std::to_string(number) + "_";
        bool any = false;
        for (const Aid& aid : embedded_rules().aids) {
            if (!aid.id.starts_with(prefix)) continue;
            any = true;
            EXPECT_FALSE(aid.source.empty()) << aid.id;
            EXPECT_NE(describe(embedded_rules(), aid).find("montant"), std::string::npos);
        }
        EXPECT_TRUE(any) << prefix;
    }
}

TEST(LocalAids, L01_TiersOfGain) {
    const Facts besancon = in_commune("25056", "2024-05-02");
    EXPECT_EQ(amount("local.l01_besancon_aapel", besancon), Money::euros(7200));
    EXPECT_EQ(amount("local.l01_besancon_aapel", with(besancon, FactId::bbc_renovation, 1)),
              Money::euros(8700));
    EXPECT_EQ(amount("local.l01_besancon_aapel", with(besancon, FactId::energy_gain, 39)),
              Money::euros(5600));
    EXPECT_FALSE(
        found("local.l01_besancon_aapel", with(besancon, FactId::energy_gain, 25)).eligible);
    EXPECT_FALSE(found("local.l01_besancon_aapel", landlord(besancon)).eligible);
    EXPECT_FALSE(found("local.l01_besancon_aapel", in_commune("25056", "2025-01-01")).listed);
}

TEST(LocalAids, L02_OnTheBaseOfTheAnah) {
    Facts doubs = in_commune("25056", "2025-10-15");
    set_works(doubs, 5'000'000);
    EXPECT_EQ(amount("local.l02_doubs", with(doubs, FactId::programmed_area, 1)),
              Money::euros(2000))
        << "5 % of the 40 000 € that the Anah retains";
    EXPECT_EQ(amount("local.l02_doubs", with(doubs, FactId::programmed_area, 0)),
              Money::euros(2150));
    EXPECT_FALSE(found("local.l02_doubs", with(doubs, FactId::main_residence, 0)).eligible);
}

TEST(LocalAids, L03_L04_CapsOnTheBaseAndByCommune) {
    const Facts rochelle = in_commune("17300", "2025-10-15");
    EXPECT_EQ(amount("local.l03_charente_maritime", very_modest(rochelle)), Money::euros(3000));
    EXPECT_FALSE(found("local.l03_charente_maritime", rochelle).eligible);
    const auto let = [](std::string_view insee) {
        return with(landlord(in_commune(insee, "2025-10-15")), FactId::rent_level, 2);
    };
    EXPECT_EQ(amount("local.l04_charente_maritime_bailleur", let("17457")), Money::euros(7000));
    EXPECT_EQ(amount("local.l04_charente_maritime_bailleur", let("17300")), Money::euros(5000));
    EXPECT_FALSE(
        found("local.l04_charente_maritime_bailleur", with(let("17300"), FactId::rent_level, 1))
            .eligible);
}

TEST(LocalAids, L05_ATerritoryWithoutAnother) {
    EXPECT_FALSE(found("local.l05_cote_d_or", in_commune("21231", "2025-10-15")).listed) << "Dijon";
    const Facts beaune =
        with(very_modest(in_commune("21054", "2025-10-15")), FactId::programmed_area, 1);
    EXPECT_EQ(amount("local.l05_cote_d_or", beaune), Money::euros(250));
    EXPECT_EQ(amount("local.l05_cote_d_or", with(beaune, FactId::programmed_area, 0)),
              Money::euros(500));
    EXPECT_FALSE(found("local.l05_cote_d_or", with(beaune, FactId::energy_gain, 40)).eligible);
}

// 80 % of 29 917 € is 23 933.60, to the euro 23 934.
TEST(LocalAids, L06_L07_ALocalClassBesideTheNationalOne) {
    const Facts angers = in_commune("49007", "2024-11-28");
    EXPECT_EQ(amount("local.l06_angers_socle", with(angers, FactId::reference_income, 2'393'400)),
              Money::euros(4000));
    EXPECT_EQ(amount("local.l06_angers_socle", with(angers, FactId::reference_income, 2'393'500)),
              Money::euros(3000));
    EXPECT_EQ(amount("local.l06_angers_socle", angers), Money::euros(2000));
    Facts decent = with(angers, FactId::degradation, 4000);
    decent.scheme = "anah.logement_decent";
    EXPECT_EQ(amount("local.l06_angers_socle", decent), Money::euros(2418));
    EXPECT_EQ(amount("local.l07_angers_bbc", with(angers, FactId::dpe_after, 1)),
              Money::euros(1500));
    EXPECT_FALSE(found("local.l07_angers_bbc", angers).eligible) << "C is not A or B";
}

TEST(LocalAids, L08_L09_OneOfTheTwo) {
    const Facts evry = in_commune("91228", "2025-10-15");
    EXPECT_TRUE(found("local.l09_essonne_ampleur", evry).chosen);
    EXPECT_EQ(amount("local.l09_essonne_ampleur", evry), Money::euros(3000));
    EXPECT_FALSE(found("local.l08_essonne_essentiel", evry).chosen);
    EXPECT_EQ(amount("local.l08_essonne_essentiel", with(evry, FactId::energy_gain, 34)),
              Money::euros(800));
}

TEST(LocalAids, L10_ToL13_FlatAmountsByTable) {
    Facts lille = with(with(in_commune("59350", "2019-07-01"), FactId::ventilation, 1),
                       FactId::biobased_area, 20);
    EXPECT_EQ(amount("local.l10_hauts_de_france_arel", lille), Money::euros(3500))
        << "4 000 capped";
    lille.set(FactId::deposit_date, day("2019-06-30"));
    EXPECT_EQ(amount("local.l10_hauts_de_france_arel", lille), Money::euros(3000));
    EXPECT_FALSE(found("local.l11_ile_de_france", in_commune("91228", "2025-10-15")).listed);
    // Twice 38 349 €, the ceiling of modest households of three in 2024.
    const Facts rouen =
        with(in_commune("76540", "2024-05-02"), FactId::reference_income, 7'669'800);
    EXPECT_TRUE(found("local.l12_normandie_cheque", rouen).eligible);
    EXPECT_FALSE(
        found("local.l12_normandie_cheque", with(rouen, FactId::reference_income, 7'669'900))
            .eligible);
    Facts alone = rouen;
    alone.perimeters.emplace();
    alone.derive();
    EXPECT_FALSE(found("local.l12_normandie_cheque", alone).eligible)
        << "no intercommunality pays in";
    const Facts nanterre = in_commune("92050", "2022-05-02");
    EXPECT_EQ(amount("local.l13_hauts_de_seine", nanterre), Money::euros(2100));
    EXPECT_EQ(amount("local.l13_hauts_de_seine", with(nanterre, FactId::unhealthy, 1)),
              Money::euros(3000));
}

TEST(LocalAids, L14_L15_OtherCostsTwoFundersAndADecision) {
    Facts limoges = with(in_commune("87085", "2022-05-02"), FactId::assistance_cost, 90'000);
    EXPECT_FALSE(found("local.l14_haute_vienne_amo", limoges).eligible);
    limoges.given_aids = {{"anah.assistance", "anah", Money::euros(600), "Notification du 2 mai"}};
    EXPECT_EQ(amount("local.l14_haute_vienne_amo", limoges), Money::euros(200));
    EXPECT_EQ(amount("local.l14_haute_vienne_amo_epci", limoges), Money::euros(100))
        << "what is left";
    EXPECT_FALSE(
        found("local.l14_haute_vienne_amo", with(limoges, FactId::assistance_cost, 100'001))
            .eligible);
    Facts degraded = with(limoges, FactId::degradation, 3500);
    EXPECT_EQ(amount("local.l15_haute_vienne_indigne", degraded), Money::cents(302'250));
    EXPECT_EQ(amount("local.l15_haute_vienne_indigne_epci", degraded), Money::cents(181'350));
    EXPECT_FALSE(found("local.l15_haute_vienne_secours", degraded).chosen) << "until it is decided";
    degraded.given_aids = {{"local.l15_haute_vienne_secours", "departement_haute_vienne",
                            Money::euros(1500), "Commission du 3 mai"}};
    const Result<Plan> made = plan(embedded_rules(), degraded);
    ASSERT_TRUE(made);
    EXPECT_FALSE(made->blocked);
    EXPECT_FALSE(found("local.l15_haute_vienne_indigne", limoges).chosen) << "degradation unknown";
}

TEST(LocalAids, L16_ToL20_ClassesVacancyDegradationAndRents) {
    const Facts bouzonville = in_commune("57106", "2024-05-02");
    EXPECT_EQ(amount("local.l16_bouzonvillois", bouzonville), Money::euros(250));
    EXPECT_EQ(amount("local.l16_bouzonvillois", very_modest(bouzonville)), Money::euros(500));
    EXPECT_EQ(amount("local.l17_vie_et_boulogne", in_commune("85178", "2024-05-02")),
              Money::euros(250));
    const Facts moulins = landlord(in_commune("03190", "2024-05-02"));
    EXPECT_EQ(amount("local.l18_allier_vacance", with(moulins, FactId::vacant_months, 25)),
              Money::euros(1209));
    EXPECT_FALSE(
        found("local.l18_allier_vacance", with(moulins, FactId::vacant_months, 24)).eligible);
    EXPECT_FALSE(found("local.l18_allier_vacance", moulins).chosen);
    Facts meuse = with(in_commune("55029", "2024-05-02"), FactId::degradation, 3500);
    set_works(meuse, 6'000'000);
    EXPECT_EQ(
        found("local.l19_codecom", meuse).amount + found("local.l19_departement", meuse).amount,
        Money::euros(15000 + 3000))
        << "each its own cap";
    Facts montlucon = with(landlord(in_commune("03185", "2024-05-02")), FactId::rent_level, 3);
    montlucon.perimeters.emplace();
    montlucon.derive();
    EXPECT_EQ(amount("local.l20_montlucon", montlucon), Money::cents(302'250));
    montlucon.perimeters = {"OPAH-RU de Montluçon"};
    EXPECT_EQ(amount("local.l20_montlucon", montlucon), Money::cents(362'700));
    EXPECT_EQ(amount("local.l20_montlucon", with(montlucon, FactId::rent_level, 2)),
              Money::euros(2418));
}

// The Region reduces itself, loans counted for what they are worth as grants.
TEST(LocalAids, L21_ASelfLimitThatCountsLoans) {
    Facts dole = with(in_commune("39198", "2021-05-02"), FactId::tax_shares, 6);
    dole.set(FactId::biobased_walls, 1);
    EXPECT_EQ(amount("local.l21_effilogis", dole), Money::euros(2000));
    EXPECT_FALSE(found("local.l21_effilogis", with(dole, FactId::tax_shares, 2)).eligible);
    Facts lent = with(very_modest(dole), FactId::loan, 4'000'000);
    set_works(lent, 1'600'000, 0);
    const Result<Plan> made = plan(embedded_rules(), lent);
    ASSERT_TRUE(made);
    Money others;
    for (const PlannedAid& aid : made->aids) {
        if (aid.chosen && aid.aid->id.starts_with("anah.") && aid.aid->id != "anah.assistance") {
            others += aid.amount;
        }
    }
    EXPECT_EQ(
        made->aid("local.l21_effilogis")->amount,
        std::clamp(Money::euros(16000) - others - Money::euros(6000), Money(), Money::euros(2000)));
}

TEST(LocalAids, L22_ToL26_SeveralCostsAndItems) {
    Facts lyon = with(in_commune("69381", "2024-05-02"), FactId::built_year, 1999);
    lyon.set(FactId::audit_cost, 200'000);
    lyon.set(FactId::design_cost, 1'000'000);
    EXPECT_EQ(amount("local.l22_lyon_ecorenov", lyon), Money::euros(4000));
    EXPECT_EQ(amount("local.l22_lyon_etudes", lyon), Money::euros(900 + 3000));
    EXPECT_EQ(amount("local.l22_lyon_etudes", with(lyon, FactId::design_only, 1)),
              Money::euros(900 + 2000));
    EXPECT_FALSE(found("local.l22_lyon_ecorenov", with(lyon, FactId::built_year, 2000)).eligible);
    Facts items = with(in_commune("57433", "2025-10-15"), FactId::years_since_aid, 15);
    items.lines = {{"toiture", Money::euros(2000), 550, true, {}},
                   {"murs", Money::euros(5000), 550, true, {}},
                   {"toiture", Money::euros(500), 550, true, {}}};
    items.derive();
    EXPECT_EQ(amount("local.l24_rives_de_moselle", items), Money::euros(625 + 750));
    EXPECT_FALSE(
        found("local.l24_rives_de_moselle", with(items, FactId::years_since_aid, 14)).eligible);
    EXPECT_EQ(amount("local.l25_paris", in_commune("75120", "2024-05-02")), Money::euros(2418));
    EXPECT_EQ(amount("local.l26_coeur_de_savoie", in_commune("73171", "2018-05-02")),
              Money::euros(1600));
}

TEST(LocalAids, L28_L29_WhatIsLeftToPay) {
    const Facts cracked = with(in_commune("32013", "2021-05-02"), FactId::drought_damage, 1);
    const Result<Plan> drought = plan(embedded_rules(), cracked);
    ASSERT_TRUE(drought);
    const PlannedAid* aid = drought->aid("local.l28_secheresse");
    ASSERT_NE(aid, nullptr);
    EXPECT_EQ(aid->before_limit, Money::euros(10000));
    EXPECT_GE(drought->remaining_cost, Money::cents(2'550'990 - 2'040'792)) << "a fifth is left";
    EXPECT_FALSE(found("local.l28_secheresse", in_commune("32013", "2021-05-02")).chosen);
    const Result<Plan> strasbourg = plan(embedded_rules(), in_commune("67482", "2024-05-02"));
    ASSERT_TRUE(strasbourg);
    EXPECT_EQ(strasbourg->aid("local.l29_strasbourg")->before_limit +
                  strasbourg->aid("anah.mpr_accompagne")->before_limit,
              Money::cents(2'295'891))
        << "90 % of the cost";
}

TEST(LocalAids, L30_SoMuchAnEquipment) {
    Facts vosges = with(in_commune("88413", "2022-05-02"), FactId::wood_stoves, 2);
    vosges.lines = {{"a", Money::euros(9000), 550, true, {}},
                    {"b", Money::euros(9000), 550, true, {}},
                    {"c", Money::euros(9000), 550, true, {}}};
    EXPECT_EQ(amount("local.l30_grand_est_equipements", with(vosges, FactId::geothermal_pumps, 1)),
              Money::euros(5000));
}

// L11, L23, L27 and L31 ended before the first scale: their texts stand for the record, and are
// tried with their window opened.
TEST(LocalAids, TheOldestGiveTheirAmountsOnceReopened) {
    std::vector<RuleFile> files = embedded_rule_files();
    for (RuleFile& file : files) {
        for (const std::string_view past :
             {"2014-01-01 .. 2016-12-31", "2014-01-01 .. 2014-12-31", "2013-09-01 .. 2013-12-31"}) {
            for (std::size_t at = 0; (at = file.text.find(past, at)) != std::string::npos;
                 at += 4) {
                file.text.replace(at, past.size(), "2018-01-01 .. 2018-12-31");
            }
        }
    }
    const Loading loading = compile(files);
    for (const RuleError& error : loading.errors) ADD_FAILURE() << error.text();
    ASSERT_NE(loading.rules, nullptr);
    const auto past = [&](std::string_view id, const Facts& facts) {
        return found(id, facts, *loading.rules);
    };
    const Facts evry = in_commune("91228", "2018-05-02");
    EXPECT_EQ(
        past("local.l11_ile_de_france", with(evry, FactId::reference_income, 4'000'000)).amount,
        Money::euros(4500));
    Facts nancy = with(in_commune("54395", "2018-05-02"), FactId::built_year, 1989);
    nancy.set(FactId::bbc_renovation, 1);
    nancy.set(FactId::audit_cost, 100'000);
    nancy.set(FactId::assistance_cost, 600'000);
    EXPECT_EQ(past("local.l23_lorraine_cce", nancy).amount, Money::euros(4000 + 800 + 2500));
    Facts retired = with(in_commune("88413", "2018-05-02"), FactId::retired, 1);
    retired.set(FactId::eldest_age, 70);
    retired.set(FactId::gir, 6);
    const Result<Plan> made = plan(*loading.rules, retired);
    ASSERT_TRUE(made);
    EXPECT_EQ(made->aid("local.l27_cnav")->amount, Money::euros(2500)) << "it comes last, capped";
    EXPECT_EQ(past("local.l31_vosges", with(retired, FactId::energy_gain, 20)).amount,
              Money::euros(1350))
        << "no right to Habiter Mieux below 25 %";
    EXPECT_FALSE(past("local.l31_vosges", retired).eligible);
}

// The page on writing an aid: three aids of other territories, from their texts.
TEST(RulesPage, ItsThreeAidsGiveWhatTheirTextsSay) {
    std::ifstream in(DEODAT_ROOT "/rules/README.md");
    std::ostringstream page;
    page << in.rdbuf();
    const std::string text = page.str();
    std::vector<RuleFile> files = embedded_rule_files();
    constexpr std::string_view fence = "```rules\n";
    std::size_t at = 0;
    while ((at = text.find(fence, at)) != std::string::npos) {
        at += fence.size();
        files.push_back({"page.rules", text.substr(at, text.find("```", at) - at)});
    }
    EXPECT_EQ(files.size(), embedded_rule_files().size() + 3);
    const Loading loading = compile(files);
    for (const RuleError& error : loading.errors) ADD_FAILURE() << error.text();
    ASSERT_NE(loading.rules, nullptr);
    const RuleSet& rules = *loading.rules;
    const Facts pelussin = in_commune("42168", "2024-05-02");
    EXPECT_EQ(found("local.pilat_rhodanien", pelussin, rules).amount, Money::euros(1000));
    Facts little = pelussin;
    set_works(little, 499'999);
    EXPECT_FALSE(found("local.pilat_rhodanien", little, rules).eligible);
    // 80 % of 25 509.90 is 20 407.92; the Anah gives 16 926, others 3 000: 481.92 are left.
    Facts helped = pelussin;
    helped.given_aids = {{"local.commune", "commune", Money::euros(3000)}};
    const Result<Plan> made = plan(rules, helped);
    ASSERT_TRUE(made);
    EXPECT_EQ(made->aid("anah.mpr_accompagne")->amount + made->aid("local.pilat_rhodanien")->amount,
              Money::cents(2'040'792) - Money::euros(3000));
    Facts rennes = with(in_commune("35238", "2025-10-15"), FactId::audit_cost, 200'000);
    EXPECT_EQ(found("local.rennes_audit", rennes, rules).amount, Money::euros(800));
    EXPECT_EQ(found("local.rennes_audit", with(rennes, FactId::design_cost, 1), rules).amount,
              Money::euros(1000));
    Facts valence = in_commune("26362", "2018-05-02");
    valence.lines.push_back({"chaudiere_bois_dechiquete", Money::euros(9000), 550, true, {}});
    valence.derive();
    EXPECT_EQ(found("local.drome_equipements", valence, rules).amount, Money::euros(2500));
}

}  // namespace
}  // namespace deodat::rules::test
