// Goal: thirty known ways to get aids wrong, each on the value that is right, and where it tells
// something on the value that is not. Those of national schemes are planned on the rules of the
// program; the others on a small text of their own.
#include "rules/plan/claims.h"
#include "rules/plan/recomputation.h"
#include "rules/plan/reversal.h"

#include <algorithm>
#include <stdexcept>

#include "tests/unit/rules/support.h"

namespace deodat::rules::test {
namespace {

constexpr std::string_view montfermeil = "93047";

Plan planned(const RuleSet& rules, const Facts& facts) {
    Result<Plan> made = plan(rules, facts);
    EXPECT_TRUE(made) << (made ? "" : made.refusal().message);
    return std::move(*made);
}

Plan planned(const Facts& facts) {
    return planned(embedded_rules(), facts);
}

IncomeClass class_of(const Facts& facts) {
    return planned(facts).income_class;
}

const PlannedAid& national(const Plan& plan) {
    return aid_of(plan, "anah.mpr_accompagne");
}

bool has_notice(const Plan& plan, std::string_view code) {
    return std::ranges::find(plan.notices, code, &Reason::code) != plan.notices.end();
}

TEST(Trap, T01_ZoneIsThatOfTheDwelling) {
    Facts facts = household("2025-10-15", 1, 35'000, "75101");
    facts.set(FactId::household_commune, rank("35238"));  // lives in Rennes
    facts.derive();
    EXPECT_EQ(class_of(facts), IncomeClass::intermediate);
    EXPECT_EQ(national(planned(facts)).rate_bp, 4500);
    facts.set(FactId::owner_status, static_cast<std::int64_t>(OwnerStatus::landlord));
    facts.derive();
    EXPECT_EQ(class_of(facts), IncomeClass::upper) << "a landlord is judged by his own home";
    EXPECT_EQ(national(planned(facts)).rate_bp, 1000);
}

// The commune alone says its region; the arrondissements of the three cities are communes too, and
// keep their city's intercommunality.
TEST(Trap, T02_ACommuneCarriesItsRegion) {
    EXPECT_EQ(class_of(household("2025-10-15", 1, 35'000, "75056")), IncomeClass::intermediate);
    for (int number = 1; number <= 20; ++number) {
        const std::string insee = std::to_string(75100 + number);
        EXPECT_EQ(class_of(household("2025-10-15", 1, 35'000, insee)), IncomeClass::intermediate);
    }
    for (const auto& [part, whole] :
         {std::pair{"75120", "75056"}, {"69381", "69123"}, {"13216", "13055"}}) {
        EXPECT_NE((*commune("", whole))->epci, 0U);
        EXPECT_EQ((*commune("", part))->epci, (*commune("", whole))->epci) << part;
    }
    EXPECT_EQ(commune("", "75121").refusal().code, Code::insee_unknown) << "an error, not province";
}

TEST(Trap, T03_IleDeFranceHasEightDepartments) {
    for (const char* insee :
         {"75056", "77288", "78646", "91228", "92050", "93047", "94028", "95500"}) {
        EXPECT_EQ(planned(household("2025-10-15", 1, 35'000, insee)).zone, Zone::idf) << insee;
    }
    EXPECT_EQ(planned(household("2025-10-15", 1, 35'000, "60159")).zone, Zone::other) << "Oise";
}

TEST(Trap, T04_EqualToTheCeilingIsWithinIt) {
    EXPECT_EQ(national(planned(household("2025-10-15", 1, 17'173))).rate_bp, 8000);
    EXPECT_EQ(national(planned(household("2025-10-15", 1, 17'174))).rate_bp, 6000);
    EXPECT_EQ(class_of(household("2025-10-15", 1, 22'015)), IncomeClass::modest);
    EXPECT_EQ(class_of(household("2025-10-15", 1, 22'016)), IncomeClass::intermediate);
    EXPECT_EQ(class_of(household("2025-10-15", 1, 30'844)), IncomeClass::intermediate);
    EXPECT_EQ(class_of(household("2025-10-15", 1, 30'845)), IncomeClass::upper);
}

TEST(Trap, T05_LargeHouseholdsStartFromTheirOwnZone) {
    EXPECT_EQ(class_of(household("2023-06-01", 7, 60'000, montfermeil)), IncomeClass::very_modest);
    EXPECT_EQ(class_of(household("2023-06-01", 7, 66'186, montfermeil)), IncomeClass::very_modest);
    EXPECT_EQ(class_of(household("2023-06-01", 7, 66'187, montfermeil)), IncomeClass::modest);
}

TEST(Trap, T06_NoIncomeIsAboveEveryCeilingAtOnce) {
    EXPECT_EQ(class_of(household("2024-06-01", 7, 100'000, montfermeil)),
              IncomeClass::intermediate);
    EXPECT_EQ(class_of(household("2024-06-01", 7, 118'856, montfermeil)),
              IncomeClass::intermediate);
    EXPECT_EQ(class_of(household("2024-06-01", 7, 118'857, montfermeil)), IncomeClass::upper);
}

TEST(Trap, T07_TheSupplementIsTheOnePublished) {
    EXPECT_EQ(class_of(household("2023-06-01", 8, 124'850, montfermeil)),
              IncomeClass::intermediate);
    EXPECT_EQ(class_of(household("2023-06-01", 8, 124'861, montfermeil)),
              IncomeClass::intermediate);
    EXPECT_EQ(class_of(household("2023-06-01", 8, 124'862, montfermeil)), IncomeClass::upper);
}

TEST(Trap, T08_AScaleIsStoredNeverRecomputed) {
    EXPECT_EQ(class_of(household("2024-06-01", 3, 70'600, montfermeil)), IncomeClass::upper);
    EXPECT_EQ(class_of(household("2024-06-01", 3, 70'382, montfermeil)), IncomeClass::intermediate);
}

TEST(Trap, T09_AScaleIsOfOneYear) {
    EXPECT_EQ(class_of(household("2026-03-02", 1, 31'000)), IncomeClass::intermediate);
    EXPECT_EQ(class_of(household("2025-12-31", 1, 31'000)), IncomeClass::upper);
    EXPECT_EQ(class_of(household("2026-03-02", 1, 17'363)), IncomeClass::very_modest);
    EXPECT_EQ(class_of(household("2026-03-02", 1, 22'259)), IncomeClass::modest) << "not 22 256";
}

TEST(Trap, T10_AScaleHasDates) {
    EXPECT_EQ(class_of(household("2024-06-01", 1, 15'500)), IncomeClass::very_modest);
    EXPECT_EQ(class_of(household("2017-06-01", 1, 15'500)), IncomeClass::modest);
}

TEST(Trap, T11_TheClassIsThatOfTheDeposit) {
    Facts facts = household("2024-12-20", 2, 25'000);
    facts.set(FactId::grant_date, day("2025-02-10"));
    EXPECT_EQ(class_of(facts), IncomeClass::modest);
    facts.set(FactId::dpe_before, E);  // without the bonus
    facts.derive();
    EXPECT_EQ(national(planned(facts)).rate_bp, 6000);
    EXPECT_EQ(class_of(household("2025-02-10", 2, 25'000)), IncomeClass::very_modest)
        << "which it would be if deposited when it was granted";
}

// Everyone who lives there counts: the incomes of all tax notices are added before they come here.
TEST(Trap, T12_AHouseholdIsEverybodyInTheDwelling) {
    EXPECT_EQ(class_of(household("2017-06-01", 2, 15'000 + 20'500, montfermeil)),
              IncomeClass::modest);
    EXPECT_EQ(class_of(household("2017-06-01", 2, 15'000, montfermeil)), IncomeClass::very_modest)
        << "by the reference person's notice alone";
}

TEST(Trap, T13_TheCapIsOnTheBase) {
    const auto rules =
        with_scales(aid_text("essai.copropriete",
                             "base works.eligible_ht up to 20 * 25 000 €\n  rate 45 %\n"
                             "  amount rate * base") +
                    aid_text("essai.faux", "amount 45 % of works.ht up to 20 * 25 000 €"));
    Facts facts = example_facts();
    set_works(facts, 900'000'00);
    const Plan plan = planned(*rules, facts);
    EXPECT_EQ(aid_of(plan, "essai.copropriete").amount, Money::euros(225'000));
    EXPECT_EQ(aid_of(plan, "essai.faux").amount, Money::euros(405'000));
}

TEST(Trap, T14_TheCapOfTheAssistanceIsOnItsInvoice) {
    Facts facts = household("2025-10-15", 1, 25'000);
    facts.set(FactId::assistance_cost, 4'000'00);
    const Plan plan = planned(facts);
    EXPECT_EQ(plan.income_class, IncomeClass::intermediate);
    EXPECT_EQ(aid_of(plan, "anah.assistance").base, Money::euros(2'000));
    EXPECT_EQ(aid_of(plan, "anah.assistance").amount, Money::euros(800)) << "not 1 600";
}

TEST(Trap, T15_ACapIsNotForgotten) {
    Facts facts = with_works(household("2025-10-15", 1, 15'000), E, D, 95'000);
    facts.set(FactId::degradation, 4'000);
    const Plan plan = planned(facts);
    const PlannedAid& aid = aid_of(plan, "anah.logement_decent");
    EXPECT_TRUE(aid.chosen);
    EXPECT_EQ(aid.base, Money::euros(70'000));
    EXPECT_EQ(aid.amount, Money::euros(56'000)) << "not 76 000";
}

TEST(Trap, T16_WithoutVatMeansWithoutVat) {
    Facts facts = household("2018-06-01", 1, 14'000);
    set_works(facts, 15'000'00);
    const Plan plan = planned(facts);
    const PlannedAid& aid = aid_of(plan, "anah.habiter_mieux_serenite");
    EXPECT_EQ(aid.base, Money::euros(15'000));
    EXPECT_EQ(aid.amount, Money::euros(7'500 + 1'500)) << "not 9 495";
    EXPECT_EQ(plan.works_ttc, Money::euros(15'825));
}

TEST(Trap, T17_TheLimitIsOnAllTheWorksWithVat) {
    const Plan plan = planned(with_works(household("2024-06-01", 1, 50'000), F, B, 70'000));
    EXPECT_EQ(plan.income_class, IncomeClass::upper);
    EXPECT_EQ(national(plan).rate_bp, 4500);
    EXPECT_EQ(national(plan).before_limit, Money::euros(31'500));
    EXPECT_EQ(plan.limits.at(0).ceiling, Money::euros(29'540)) << "not 28 000";
    EXPECT_EQ(national(plan).amount, Money::euros(29'540));
}

Facts e_to_b_with_local_aid() {
    Facts facts = with_works(household("2024-06-01", 1, 20'000), E, B, 50'000);
    facts.given_aids = {{"local.essai", "commune", Money::euros(14'000)}};
    return facts;
}

TEST(Trap, T18_TheNationalAidIsTheOneCut) {
    const Plan plan = planned(e_to_b_with_local_aid());
    EXPECT_EQ(plan.income_class, IncomeClass::modest);
    EXPECT_EQ(national(plan).before_limit, Money::euros(30'000));
    EXPECT_EQ(plan.limits.at(0).ceiling, Money::euros(42'200));
    EXPECT_EQ(national(plan).amount, Money::euros(28'200));
    EXPECT_EQ(plan.given_aids.at(0).amount, Money::euros(14'000)) << "not 12 200";
    EXPECT_EQ(plan.total_aid, Money::euros(42'200));
}

TEST(Trap, T19_EachAidIsALineOfItsOwn) {
    Facts facts = e_to_b_with_local_aid();
    facts.set(FactId::assistance_cost, 2'000'00);
    const Plan plan = planned(facts);
    EXPECT_EQ(national(plan).amount, Money::euros(28'200)) << "neither local aid nor assistance";
    EXPECT_EQ(aid_of(plan, "anah.assistance").amount, Money::euros(1'600));
    EXPECT_EQ(plan.given_aids.at(0).amount, Money::euros(14'000));
    EXPECT_EQ(plan.limits.at(0).counted, Money::euros(30'000 + 14'000))
        << "the assistance is outside the limit";
}

TEST(Trap, T20_PointsAreAddedNotMultiplied) {
    const Plan plan = planned(with_works(household("2024-06-01", 1, 20'000), F, C, 55'000));
    EXPECT_EQ(national(plan).rate_bp, 7000) << "not 6600";
    EXPECT_EQ(national(plan).amount, Money::euros(38'500)) << "not 36 300";
    EXPECT_EQ(plan.limits.at(0).ceiling, Money::euros(46'420));
    EXPECT_EQ(plan.limits.at(0).cut, Money());
}

TEST(Trap, T21_EachLineHasItsVat) {
    Facts facts = household("2024-06-01", 1, 20'000);
    facts.lines = {{"isolation", Money::euros(28'000), 550, true, {}},
                   {"peinture", Money::euros(7'000), 1000, true, {}}};
    facts.derive();
    const Plan plan = planned(facts);
    EXPECT_EQ(plan.works_ttc, Money::euros(37'240)) << "not 36 925";
    EXPECT_EQ(plan.limits.at(0).ceiling, Money::euros(29'792)) << "not 29 540";
}

TEST(Trap, T22_LinesAreRoundedThenAdded) {
    Facts facts = example_facts();
    facts.lines.clear();
    for (const std::int64_t cents : {333'33, 333'33, 333'34, 1'234'57}) {
        facts.lines.push_back({"lot", Money::cents(cents), 550, true, {}});
    }
    facts.derive();
    EXPECT_EQ(facts.lines[0].ttc(), Money::cents(351'66));
    EXPECT_EQ(facts.lines[3].ttc(), Money::cents(1'302'47));
    EXPECT_EQ(planned(facts).works_ttc, Money::cents(2'357'46)) << "not 2 357.47";
}

TEST(Trap, T23_HalfACentIsExact) {
    Facts facts = household("2018-06-01", 1, 18'000);
    facts.set(FactId::single_item, 1);
    facts.scheme = "anah.habiter_mieux_agilite";
    set_works(facts, 18'000'10);
    const Plan plan = planned(facts);
    EXPECT_EQ(plan.income_class, IncomeClass::modest);
    EXPECT_EQ(aid_of(plan, "anah.habiter_mieux_agilite").amount, Money::cents(6'300'04))
        << "6 300.035 goes up";
    set_works(facts, 4'510'00);
    EXPECT_EQ(planned(facts).works_ttc, Money::cents(4'758'05));
}

// 32 000 € granted to a very modest household: 80 % of 40 000 €.
TEST(Trap, T24_TheAdvanceCountsInTheInstalments) {
    const Plan plan = planned(with_works(household("2025-10-15", 1, 15'000), F, C, 45'000));
    const PlannedAid& aid = national(plan);
    EXPECT_EQ(aid.amount, Money::euros(32'000));
    ClaimSchedule claims =
        *ClaimSchedule::of({aid.amount, aid.advance, aid.instalments, aid.before_balance_max});
    EXPECT_EQ(claims.claim_advance()->amount, Money::euros(9'600));
    EXPECT_EQ(claims.claim_instalment(Ratio::percent(50))->amount, Money::euros(6'400))
        << "not 16 000";
    EXPECT_EQ(claims.claim_instalment(Ratio::percent(80))->amount, Money::euros(6'400))
        << "70 % of the grant is reached";
    EXPECT_EQ(claims.claim_balance(aid.amount)->amount, Money::euros(9'600));
}

TEST(Trap, T25_TheBalanceIsOnRealInvoices) {
    Facts facts = with_works(household("2025-10-15", 1, 15'000), F, D, 30'000);
    const Plan notified = planned(facts);
    EXPECT_EQ(national(notified).amount, Money::euros(24'000));
    EXPECT_EQ(national(notified).advance, Money::euros(7'200));
    facts = with_works(std::move(facts), F, D, 26'500);
    const Notification notification = {
        {{"anah.mpr_accompagne", national(notified).amount, national(notified).advance}}, {}};
    const Result<Recomputation> again = recompute(embedded_rules(), facts, notification);
    ASSERT_TRUE(again);
    const auto line = std::ranges::find(again->aids, "anah.mpr_accompagne", &RecomputedAid::aid);
    ASSERT_NE(line, again->aids.end());
    EXPECT_EQ(line->retained, Money::euros(21'200));
    EXPECT_EQ(line->balance(), Money::euros(14'000)) << "not 16 800";
    EXPECT_EQ(again->plan.limits.at(0).ceiling, Money::cents(2'795'750)) << "on the new cost";
    // The limit bites again when another aid is there: 27 957.50 less 10 000.
    facts.given_aids = {{"local.essai", "commune", Money::euros(10'000)}};
    const Result<Recomputation> cut = recompute(embedded_rules(), facts, notification);
    ASSERT_TRUE(cut);
    const auto less = std::ranges::find(cut->aids, "anah.mpr_accompagne", &RecomputedAid::aid);
    ASSERT_NE(less, cut->aids.end());
    EXPECT_EQ(less->retained, Money::cents(1'795'750));
}

TEST(Trap, T26_EveryBoundSaysItsSide) {
    const auto rules = with_scales(aid_text(
        "essai.besancon",
        "requires works.energy_gain_pct > 25\n  amount by works.energy_gain_pct {\n"
        "   < 30: 25 % of works.ht up to 3 000 €,\n   < 35: 30 % of works.ht up to 4 200 €,\n"
        "   < 40: 35 % of works.ht up to 5 600 €,\n   others: 40 % of works.ht up to 7 200 € }"));
    Facts facts = example_facts();
    set_works(facts, 14'000'00);
    const std::pair<std::int64_t, std::int64_t> edges[] = {{29, 3'000}, {30, 4'200}, {34, 4'200},
                                                           {35, 4'900}, {39, 4'900}, {40, 5'600}};
    for (const auto& [gain, euros] : edges) {
        facts.set(FactId::energy_gain, gain);
        EXPECT_EQ(aid_of(planned(*rules, facts), "essai.besancon").amount, Money::euros(euros))
            << gain;
    }
    facts.set(FactId::energy_gain, 25);
    EXPECT_FALSE(aid_of(planned(*rules, facts), "essai.besancon").eligible) << "above 25 %";
    Facts serenite = household("2018-06-01", 1, 14'000);
    serenite.set(FactId::energy_gain, 25);
    EXPECT_TRUE(aid_of(planned(serenite), "anah.habiter_mieux_serenite").eligible)
        << "at least 25 %";
}

TEST(Trap, T27_ALocalClassStandsBesideTheNationalOne) {
    const auto rules = with_scales(
        "aid essai.angers \"Angers\"\n  paid by angers\n  deposited 2024-01-01 .. 2024-12-31\n"
        "  base works.ht up to 20 000 €\n"
        "  rate 20 % when household.reference_income <= 80 % of ceiling of very_modest to the euro "
        "otherwise by income_class { very_modest: 15 %, others: 10 % }\n"
        "  amount rate * base\n  plus 1 500 € when works.dpe_after <= B\n");
    const auto angers = [&](std::int64_t income) {
        const Facts facts = with_works(household("2024-06-01", 1, income), C, A, 30'000);
        return aid_of(planned(*rules, facts), "essai.angers").amount;
    };
    EXPECT_EQ(angers(13'600), Money::euros(5'500)) << "not 4 500";
    EXPECT_EQ(angers(13'607), Money::euros(5'500));
    EXPECT_EQ(angers(13'608), Money::euros(4'500));
    const Facts facts = with_works(household("2024-06-01", 1, 13'600), C, A, 30'000);
    EXPECT_EQ(national(planned(facts)).rate_bp, 8000) << "the national class is untouched";
}

TEST(Trap, T28_ADepositFallsInAWindow) {
    for (const char* closed :
         {"2025-06-23", "2025-06-25", "2025-09-29", "2026-01-01", "2026-02-22", "2017-12-31"}) {
        const Plan plan = planned(with_works(household(closed, 1, 15'000), D, B, 30'000));
        EXPECT_EQ(plan.aid("anah.mpr_accompagne"), nullptr) << closed;
        EXPECT_TRUE(has_notice(plan, "no_scheme_open")) << closed;
        EXPECT_EQ(plan.total_aid, Money()) << closed;
    }
    for (const auto& [open, version] : {std::pair{"2024-01-01", "2024-01-01"},
                                        {"2024-12-31", "2024-01-01"},
                                        {"2025-01-01", "2025-01-01"},
                                        {"2025-06-22", "2025-01-01"},
                                        {"2025-09-30", "2025-09-30"},
                                        {"2025-12-31", "2025-09-30"},
                                        {"2026-02-23", "2026-02-23"}}) {
        const Plan plan = planned(with_works(household(open, 1, 15'000), E, C, 30'000));
        EXPECT_EQ(national(plan).version_day().iso(), version) << open;
        EXPECT_TRUE(national(plan).chosen) << open;
        EXPECT_FALSE(has_notice(plan, "no_scheme_open")) << open;
    }
    const auto from_d = [](std::string_view deposit) {
        return national(planned(with_works(household(deposit, 1, 15'000), D, B, 30'000))).eligible;
    };
    EXPECT_TRUE(from_d("2025-06-22"));
    EXPECT_FALSE(from_d("2025-09-30")) << "E, F and G only";
}

TEST(Trap, T29_CertificatesHaveTheirOwnDate) {
    std::vector<RuleFile> files = embedded_rule_files();
    const auto scale = [](std::string_view window, std::string_view other) {
        return "scale essai.cee \"Certificats\"\n  dated quote_date " + std::string(window) +
               "\n  reading <=\n"
               "  zone idf very_modest: 20 079 €, 29 471 €, 35 392 €, 41 325 €, 47 279 €, + 5 943 "
               "€\n"
               "  zone idf modest: 24 443 €, 35 875 €, 43 086 €, 50 311 €, 57 555 €, + 7 236 €\n"
               "  zone other very_modest: " +
               std::string(other) +
               ", 21 217 €, 25 517 €, 29 809 €, 34 121 €, + 4 301 €\n"
               "  zone other modest: 18 598 €, 27 200 €, 32 710 €, 38 215 €, 43 742 €, + 5 510 €\n";
    };
    files.push_back(
        {"certificats.rules",
         scale("2018-04-01 .. 2019-03-31", "14 508 €") +
             scale("2019-04-01 .. 2020-03-31", "14 790 €") +
             "aid essai.coup_de_pouce \"Coup de pouce\"\n  paid by obliges\n"
             "  dated quote_date 2018-04-01 .. 2020-03-31\n  kind certificate\n"
             "  incomes essai.cee\n  amount 4 000 € when income_class = very_modest\n"});
    const Loading loading = compile(files);
    ASSERT_NE(loading.rules, nullptr) << loading.errors.front().text();
    Facts facts = household("2019-03-01", 1, 14'700);
    facts.set(FactId::quote_date, day("2019-02-15"));
    EXPECT_EQ(planned(*loading.rules, facts).income_class, IncomeClass::very_modest) << "the Anah";
    EXPECT_EQ(aid_of(planned(*loading.rules, facts), "essai.coup_de_pouce").amount, Money());
    facts.set(FactId::quote_date, day("2019-04-01"));
    EXPECT_EQ(aid_of(planned(*loading.rules, facts), "essai.coup_de_pouce").amount,
              Money::euros(4'000));
}

TEST(Trap, T30_AnUndertakingIsTheOneOfTheDossier) {
    // Completed on 1 December 2022, sold after four full years: in the fifth.
    EXPECT_EQ(year_of_undertaking(Day::of(2022, 12, 1), Day::of(2026, 11, 30)), 4);
    EXPECT_EQ(year_of_undertaking(Day::of(2022, 12, 1), Day::of(2026, 12, 1)), 5);
    EXPECT_EQ(year_of_undertaking(Day::of(2022, 12, 1), Day::of(2022, 12, 1)), 1);
    const Money paid = Money::euros(12'000);
    EXPECT_EQ(*pro_rata_reversal(paid, 6, 5), Money::euros(3'960)) << "neither 0 nor 2/6";
    EXPECT_EQ(*pro_rata_reversal(paid, 6, 1), paid);
    EXPECT_EQ(*pro_rata_reversal(paid, 6, 6), Money::euros(2'040));
    EXPECT_EQ(*pro_rata_reversal(paid, 6, 7), Money()) << "kept";
    EXPECT_EQ(*pro_rata_reversal(paid, 9, 5), Money::euros(6'720));
    EXPECT_EQ(*pro_rata_reversal(Money::cents(50), 6, 5), Money::cents(17)) << "16.5 cents";
    EXPECT_EQ(pro_rata_reversal(paid, 3, 2).refusal().code, Code::reversal_grid_missing);
    EXPECT_EQ(pro_rata_reversal(paid, 6, 0).refusal().code, Code::out_of_range);
    EXPECT_EQ(pro_rata_reversal(-paid, 6, 1).refusal().code, Code::amount_not_positive);
}

}  // namespace
}  // namespace deodat::rules::test
