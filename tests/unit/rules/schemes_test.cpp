// Goal: each national scheme since 2018, at each of its versions: who is let in, base, rate,
// premiums, advance, what excludes what; every figure is a tabled one, none is recomputed here.
#include <algorithm>

#include "tests/unit/rules/support.h"

namespace deodat::rules::test {
namespace {

constexpr std::int64_t very_modest_income = 12'000;  // one person, outside Île-de-France, any year
constexpr std::int64_t modest_income = 18'000;
constexpr std::int64_t intermediate_income = 27'000;
constexpr std::int64_t upper_income = 60'000;

Plan planned(const Facts& facts) {
    Result<Plan> made = plan(embedded_rules(), facts);
    EXPECT_TRUE(made) << (made ? "" : made.refusal().message);
    return std::move(*made);
}

Facts with(Facts facts, FactId id, std::int64_t value) {
    facts.set(id, value);
    facts.derive();
    return facts;
}

std::vector<std::string> reasons(const PlannedAid& aid) {
    std::vector<std::string> codes;
    for (const Reason& reason : aid.reasons()) codes.push_back(reason.code);
    return codes;
}

using Codes = std::vector<std::string>;

// F to D, 40 000 € of works, a gain of 52 %.
Facts works_of(std::string_view deposit, std::int64_t income) {
    return with_works(household(deposit, 1, income), F, D, 40'000);
}

struct Expected {
    const char* deposit;
    std::int64_t very_modest;  // euros
    std::int64_t modest;
};

TEST(Serenite, IsWhatEachVersionSays) {
    const Expected versions[] = {
        {"2018-01-01", 10'000 + 2'000, 7'000 + 1'600},
        {"2019-12-31", 10'000 + 2'000, 7'000 + 1'600},
        {"2020-01-01", 15'000 + 4'000, 10'500 + 2'000},  // F, 52 %, two classes: enhanced
        {"2020-12-31", 15'000 + 4'000, 10'500 + 2'000},
        {"2021-01-01", 15'000 + 3'000 + 1'500, 10'500 + 2'000 + 1'500},
        {"2021-12-31", 15'000 + 3'000 + 1'500, 10'500 + 2'000 + 1'500},
        {"2022-01-01", 15'000 + 3'000 + 1'500, 10'500 + 2'000 + 1'500},
        {"2022-06-30", 15'000 + 3'000 + 1'500, 10'500 + 2'000 + 1'500},
        {"2022-07-01", 15'000 + 1'500, 10'500 + 1'500},
        {"2023-01-31", 15'000 + 1'500, 10'500 + 1'500},
        {"2023-02-01", 17'500, 12'250},
        {"2023-09-30", 17'500, 12'250},
        {"2023-10-01", 22'750 + 1'500, 17'500 + 1'500},
        {"2023-12-31", 22'750 + 1'500, 17'500 + 1'500},
    };
    for (const Expected& version : versions) {
        const bool before = std::string_view(version.deposit) < "2022";
        const char* id = before ? "anah.habiter_mieux_serenite" : "anah.mpr_serenite";
        const auto amount = [&](std::int64_t income) {
            const Plan plan = planned(works_of(version.deposit, income));
            EXPECT_TRUE(aid_of(plan, id).chosen) << version.deposit;
            return aid_of(plan, id).amount;
        };
        EXPECT_EQ(amount(very_modest_income), Money::euros(version.very_modest)) << version.deposit;
        EXPECT_EQ(amount(modest_income), Money::euros(version.modest)) << version.deposit;
        const Plan above = planned(works_of(version.deposit, upper_income));
        EXPECT_EQ(reasons(aid_of(above, id)), Codes{"income_class"}) << version.deposit;
    }
    EXPECT_EQ(planned(works_of("2024-01-01", modest_income)).aid("anah.mpr_serenite"), nullptr);
}

// The premium is a tenth of all eligible works, not of the capped base, up to its own cap.
TEST(Serenite, ThePremiumIsOnAllEligibleWorks) {
    const auto amount = [](std::int64_t ht, std::int64_t income) {
        const Facts facts = with_works(household("2018-06-01", 1, income), F, D, ht);
        return aid_of(planned(facts), "anah.habiter_mieux_serenite").amount;
    };
    EXPECT_EQ(amount(10'000, very_modest_income), Money::euros(5'000 + 1'000));
    EXPECT_EQ(amount(16'000, modest_income), Money::euros(5'600 + 1'600));
    EXPECT_EQ(amount(16'001, modest_income), Money::cents(5'600'35 + 1'600'00));
}

TEST(Serenite, TheEnhancedBranchOf2020HasThreeConditions) {
    const auto amount = [](std::int64_t before, std::int64_t after, std::int64_t gain) {
        const Facts facts =
            with(with_works(household("2020-06-01", 1, very_modest_income), before, after, 40'000),
                 FactId::energy_gain, gain);
        return aid_of(planned(facts), "anah.habiter_mieux_serenite").amount;
    };
    EXPECT_EQ(amount(F, D, 35), Money::euros(19'000));
    EXPECT_EQ(amount(G, E, 35), Money::euros(19'000));
    EXPECT_EQ(amount(F, D, 34), Money::euros(12'000));
    EXPECT_EQ(amount(F, E, 35), Money::euros(12'000));
    EXPECT_EQ(amount(E, C, 35), Money::euros(12'000));
}

TEST(Serenite, TheFlatBonusesAddUp) {
    const auto bonuses = [](std::string_view deposit, std::int64_t before, std::int64_t after,
                            std::int64_t without) {
        const Facts facts =
            with_works(household(deposit, 1, very_modest_income), before, after, 40'000);
        const Plan plan = planned(facts);
        const char* id = deposit < "2022" ? "anah.habiter_mieux_serenite" : "anah.mpr_serenite";
        return aid_of(plan, id).before_limit - Money::euros(without);
    };
    EXPECT_EQ(bonuses("2021-06-01", F, E, 18'000), Money::euros(1'500)) << "E is enough in 2021";
    EXPECT_EQ(bonuses("2022-06-01", F, E, 18'000), Money()) << "D is needed in 2022";
    EXPECT_EQ(bonuses("2022-06-01", F, B, 18'000), Money::euros(3'000));
    EXPECT_EQ(bonuses("2022-06-01", E, B, 18'000), Money::euros(1'500));
    EXPECT_EQ(bonuses("2022-08-01", G, A, 15'000), Money::euros(3'000));
    EXPECT_EQ(bonuses("2023-06-01", G, A, 17'500), Money()) << "none found for that period";
    EXPECT_EQ(bonuses("2023-11-01", G, A, 22'750), Money::euros(3'000));
}

TEST(Serenite, LetsInWhomItsTextsLetIn) {
    const auto why = [](const Facts& facts) {
        const Plan plan = planned(facts);
        const PlannedAid* before = plan.aid("anah.habiter_mieux_serenite");
        return reasons(before != nullptr ? *before : aid_of(plan, "anah.mpr_serenite"));
    };
    const Facts early = works_of("2019-06-01", modest_income);
    EXPECT_EQ(why(early), Codes{});
    EXPECT_EQ(why(with(early, FactId::energy_gain, 24)), Codes{"energy_gain"});
    EXPECT_EQ(why(with(early, FactId::energy_gain, 25)), Codes{});
    EXPECT_EQ(why(with(early, FactId::home_loan, 1)), Codes{"home_loan"});
    EXPECT_EQ(why(with(early, FactId::private_certificates, 1)), Codes{"private_certificates"});
    EXPECT_EQ(why(with(early, FactId::professional, 0)), Codes{"professionals"});
    EXPECT_EQ(why(with(early, FactId::dwelling_age, 14)), Codes{"dwelling_age"});
    EXPECT_EQ(
        why(with(early, FactId::owner_status, static_cast<std::int64_t>(OwnerStatus::landlord))),
        Codes{"owner_status"});
    EXPECT_EQ(why(with_works(early, F, D, 1'499)), Codes{"works_minimum"});
    EXPECT_EQ(why(with_works(early, F, D, 1'500)), Codes{});
    EXPECT_EQ(why(with_works(works_of("2019-06-01", very_modest_income), F, D, 1'499)), Codes{})
        << "waived for the very modest";
    const Facts late = works_of("2022-06-30", modest_income);
    EXPECT_EQ(why(late), Codes{});
    EXPECT_EQ(why(with(late, FactId::energy_gain, 34)), Codes{"energy_gain"});
    EXPECT_EQ(why(with(late, FactId::dpe_after, F)), Codes{"dpe_after"});
    EXPECT_EQ(why(with(late, FactId::emissions_increase, 1)), Codes{"emissions_increase"});
    EXPECT_EQ(why(with(late, FactId::private_certificates, 1)), Codes{"private_certificates"});
    EXPECT_EQ(why(with(works_of("2022-07-01", modest_income), FactId::private_certificates, 1)),
              Codes{});
}

TEST(Serenite, ItsAdvanceDependsOnTheClassAndTheDate) {
    const auto advance_bp = [](std::string_view deposit, std::int64_t income) {
        const Plan plan = planned(works_of(deposit, income));
        const char* id = deposit < "2022" ? "anah.habiter_mieux_serenite" : "anah.mpr_serenite";
        const PlannedAid& aid = aid_of(plan, id);
        EXPECT_EQ(aid.instalments, 3);
        EXPECT_EQ(aid.before_balance_max,
                  part_of(aid.amount, Ratio::percent(70), Rounding::half_up));
        return aid.advance.cents() * 10'000 / aid.amount.cents();
    };
    EXPECT_EQ(advance_bp("2018-06-01", very_modest_income), 7'000);
    EXPECT_EQ(advance_bp("2021-12-31", very_modest_income), 7'000);
    EXPECT_EQ(advance_bp("2021-12-31", modest_income), 0);
    EXPECT_EQ(advance_bp("2022-01-01", very_modest_income), 0) << "no rule was found";
    EXPECT_EQ(advance_bp("2023-06-03", very_modest_income), 0);
    EXPECT_EQ(advance_bp("2023-06-04", modest_income), 7'000);
    EXPECT_EQ(advance_bp("2023-12-31", very_modest_income), 7'000);
}

TEST(Agilite, IsForASingleItemInAHouse) {
    const Facts facts = works_of("2018-06-01", very_modest_income);
    Plan plan = planned(facts);
    EXPECT_TRUE(aid_of(plan, "anah.habiter_mieux_agilite").eligible);
    EXPECT_EQ(aid_of(plan, "anah.habiter_mieux_agilite").aside, Aside::not_established);
    EXPECT_TRUE(aid_of(plan, "anah.habiter_mieux_serenite").chosen);
    Facts single = with(with(facts, FactId::single_item, 1), FactId::energy_gain, 10);
    plan = planned(single);
    EXPECT_EQ(aid_of(plan, "anah.habiter_mieux_agilite").amount, Money::euros(10'000));
    EXPECT_TRUE(aid_of(plan, "anah.habiter_mieux_agilite").chosen);
    EXPECT_FALSE(aid_of(plan, "anah.habiter_mieux_serenite").eligible) << "10 % of gain";
    single = with(single, FactId::dwelling_type, static_cast<std::int64_t>(1));
    EXPECT_EQ(reasons(aid_of(planned(single), "anah.habiter_mieux_agilite")),
              Codes{"dwelling_type"});
    const Plan modest =
        planned(with(works_of("2019-06-01", modest_income), FactId::single_item, 1));
    EXPECT_EQ(aid_of(modest, "anah.habiter_mieux_agilite").before_limit, Money::euros(7'000));
    EXPECT_TRUE(aid_of(modest, "anah.habiter_mieux_serenite").chosen) << "the larger of the two";
    EXPECT_EQ(planned(works_of("2020-01-01", modest_income)).aid("anah.habiter_mieux_agilite"),
              nullptr);
}

struct Accompanied {
    const char* deposit;
    std::int64_t before, after;
    std::int64_t cap;       // euros
    std::int64_t rates[4];  // basis points: very modest, modest, intermediate, upper
};

TEST(Accompagne, BaseAndRateOfEachVersion) {
    const Accompanied versions[] = {
        {"2024-01-01", E, C, 40'000, {8000, 6000, 4500, 3000}},
        {"2024-06-01", E, B, 55'000, {8000, 6000, 5000, 3500}},
        {"2024-06-01", E, A, 70'000, {8000, 6000, 5000, 3500}},
        {"2024-12-31", F, D, 40'000, {9000, 7000, 5500, 4000}},
        {"2024-12-31", G, B, 70'000, {9000, 7000, 6000, 4500}},
        {"2024-12-31", G, E, 40'000, {8000, 6000, 4500, 3000}},
        {"2024-12-31", C, A, 40'000, {8000, 6000, 4500, 3000}},
        {"2025-01-01", E, C, 40'000, {8000, 6000, 4500, 1000}},
        {"2025-03-21", E, B, 55'000, {8000, 6000, 5000, 1500}},
        {"2025-06-22", E, A, 70'000, {8000, 6000, 5000, 2000}},
        {"2025-06-22", F, C, 55'000, {9000, 7000, 6000, 2500}},
        {"2025-09-30", E, C, 30'000, {8000, 6000, 4500, 1000}},
        {"2025-12-31", F, C, 40'000, {8000, 6000, 4500, 1000}},
        {"2026-02-23", G, A, 40'000, {8000, 6000, 4500, 1000}},
        {"2026-12-31", F, D, 30'000, {8000, 6000, 4500, 1000}},
    };
    for (const Accompanied& version : versions) {
        const std::int64_t incomes[] = {very_modest_income, modest_income, intermediate_income,
                                        upper_income};
        for (std::size_t i = 0; i < 4; ++i) {
            const Facts facts = with_works(household(version.deposit, 1, incomes[i]),
                                           version.before, version.after, 80'000);
            const Plan plan = planned(facts);
            const PlannedAid& aid = aid_of(plan, "anah.mpr_accompagne");
            EXPECT_TRUE(aid.chosen) << version.deposit;
            EXPECT_EQ(plan.income_class, static_cast<IncomeClass>(i)) << version.deposit;
            EXPECT_EQ(aid.base, Money::euros(version.cap)) << version.deposit;
            EXPECT_EQ(aid.base_cap, aid.base) << version.deposit;
            EXPECT_EQ(aid.rate_bp, version.rates[i]) << version.deposit << " class " << i;
            const bool low = i < 2;
            const std::int64_t advance = std::string_view(version.deposit) < "2025" ? 70 : 30;
            EXPECT_EQ(aid.advance,
                      part_of(aid.amount, Ratio::percent(low ? advance : 0), Rounding::half_up));
        }
    }
}

TEST(Accompagne, LetsInWhomItsTextsLetIn) {
    const auto why = [](const Facts& facts) {
        return reasons(aid_of(planned(facts), "anah.mpr_accompagne"));
    };
    const auto dated = [](std::string_view deposit, std::int64_t income = modest_income) {
        return with_works(household(deposit, 1, income), F, C, 30'000);
    };
    for (const char* deposit : {"2024-06-01", "2025-02-01", "2025-10-15", "2026-03-02"}) {
        const Facts facts = dated(deposit);
        EXPECT_EQ(why(facts), Codes{}) << deposit;
        EXPECT_EQ(why(with(facts, FactId::owner_status,
                           static_cast<std::int64_t>(OwnerStatus::landlord))),
                  Codes{});
        EXPECT_EQ(
            why(with(facts, FactId::owner_status, static_cast<std::int64_t>(OwnerStatus::tenant))),
            Codes{"owner_status"});
        EXPECT_EQ(why(with(facts, FactId::main_residence, 0)), Codes{"main_residence"});
        EXPECT_EQ(why(with(facts, FactId::dwelling_age, 14)), Codes{"dwelling_age"});
        EXPECT_EQ(why(with(facts, FactId::dpe_after, E)), Codes{"class_jump"});
        EXPECT_EQ(why(with(facts, FactId::dwelling_commune, rank("97105"))), Codes{"overseas"});
        EXPECT_EQ(why(with(facts, FactId::two_insulation_items, 0)), Codes{"two_insulation_items"});
        EXPECT_EQ(why(with(facts, FactId::fossil_heating, 1)), Codes{"fossil_heating"});
        EXPECT_EQ(why(with(facts, FactId::oil_heating_kept, 1)), Codes{"oil_heating_kept"});
        EXPECT_EQ(why(with(facts, FactId::private_certificates, 1)), Codes{"private_certificates"});
        EXPECT_EQ(why(with(facts, FactId::energy_audit, 0)), Codes{"energy_audit"});
        EXPECT_EQ(why(with(facts, FactId::started, 1)), Codes{"works_started"});
    }
    EXPECT_EQ(why(with(dated("2025-10-15"), FactId::adviser_appointment, 0)), Codes{});
    EXPECT_EQ(why(with(dated("2026-03-02"), FactId::adviser_appointment, 0)),
              Codes{"adviser_appointment"});
    const auto with_loan = [&](std::string_view deposit, std::int64_t income) {
        return why(with(dated(deposit, income), FactId::home_loan, 1));
    };
    EXPECT_EQ(with_loan("2025-03-20", modest_income), Codes{"home_loan"});
    EXPECT_EQ(with_loan("2025-03-21", modest_income), Codes{});
    EXPECT_EQ(with_loan("2025-03-21", intermediate_income), Codes{"home_loan"});
    EXPECT_EQ(with_loan("2024-06-01", very_modest_income), Codes{"home_loan"});
}

TEST(LogementDecent, IsTakenOnceTheDegradationIsEstablished) {
    const Facts facts = with_works(household("2025-10-15", 1, very_modest_income), F, D, 80'000);
    Plan plan = planned(facts);
    const PlannedAid& waiting = aid_of(plan, "anah.logement_decent");
    EXPECT_TRUE(waiting.eligible);
    EXPECT_EQ(waiting.aside, Aside::not_established);
    EXPECT_EQ(waiting.to_verify().front(), "degraded_dwelling");
    EXPECT_EQ(waiting.rate_bp, 9000);
    EXPECT_EQ(waiting.before_limit, Money::euros(63'000));
    EXPECT_EQ(plan.total_aid, Money::euros(24'000));
    Facts named = facts;
    named.scheme = "anah.logement_decent";
    EXPECT_EQ(planned(named).total_aid, Money::euros(63'000));
    for (const auto& [id, least] : {std::pair{FactId::degradation, 3'500},
                                    {FactId::insalubrity, 4'000},
                                    {FactId::police_order, 1}}) {
        plan = planned(with(facts, id, least));
        EXPECT_TRUE(aid_of(plan, "anah.logement_decent").chosen);
        EXPECT_EQ(aid_of(plan, "anah.mpr_accompagne").aside, Aside::other_scheme);
        EXPECT_EQ(aid_of(planned(with(facts, id, least - 1)), "anah.logement_decent").aside,
                  Aside::not_established)
            << "the two others are not known";
    }
    const Facts sound =
        with(with(with(facts, FactId::degradation, 3'499), FactId::insalubrity, 3'999),
             FactId::police_order, 0);
    EXPECT_EQ(reasons(aid_of(planned(sound), "anah.logement_decent")), Codes{"degraded_dwelling"});
}

TEST(LogementDecent, BaseAndRateFollowTheClassAfterWorks) {
    const auto aid = [](std::int64_t before, std::int64_t after, std::int64_t income) {
        Facts facts = with_works(household("2024-06-01", 1, income), before, after, 95'000);
        return aid_of(planned(with(facts, FactId::police_order, 1)), "anah.logement_decent");
    };
    EXPECT_EQ(aid(G, F, very_modest_income).before_limit, Money::euros(25'000));
    EXPECT_EQ(aid(G, F, modest_income).before_limit, Money::euros(25'000));
    EXPECT_EQ(aid(G, E, very_modest_income).before_limit, Money::euros(56'000));
    EXPECT_EQ(aid(G, E, modest_income).before_limit, Money::euros(42'000));
    EXPECT_EQ(aid(G, D, modest_income).before_limit, Money::euros(49'000));
    EXPECT_EQ(aid(E, D, modest_income).before_limit, Money::euros(42'000));
    EXPECT_EQ(reasons(aid(G, D, intermediate_income)), Codes{"income_class"});
}

Facts adapted(std::string_view deposit, std::int64_t income) {
    Facts facts = with_works(household(deposit, 1, income), F, C, 30'000);
    facts.lines.push_back(
        {"douche", Money::euros(25'000), 1000, true, std::vector<std::string>{"anah.mpr_adapt"}});
    facts.derive();
    return facts;
}

TEST(Adapt, IsForOtherWorksBesideTheRenovation) {
    const Plan plan =
        planned(with(adapted("2025-10-15", very_modest_income), FactId::eldest_age, 70));
    EXPECT_EQ(aid_of(plan, "anah.mpr_adapt").amount, Money::euros(15'400));
    EXPECT_EQ(aid_of(plan, "anah.mpr_adapt").advance, Money::euros(4'620));
    EXPECT_TRUE(aid_of(plan, "anah.mpr_adapt").chosen);
    EXPECT_EQ(aid_of(plan, "anah.mpr_accompagne").base, Money::euros(30'000));
    EXPECT_TRUE(aid_of(plan, "anah.mpr_accompagne").chosen);
    EXPECT_EQ(plan.limits.at(0).counted, Money::euros(24'000 + 15'400));
    const Plan modest = planned(with(adapted("2025-10-15", modest_income), FactId::eldest_age, 70));
    EXPECT_EQ(aid_of(modest, "anah.mpr_adapt").amount, Money::euros(11'000));
    const Plan none = planned(with(works_of("2025-10-15", modest_income), FactId::eldest_age, 70));
    EXPECT_EQ(reasons(aid_of(none, "anah.mpr_adapt")), Codes{"adaptation_works"});
}

TEST(Adapt, TheNeedMustBeEstablished) {
    const Facts facts = adapted("2024-06-01", modest_income);
    const auto chosen = [](const Facts& known) {
        return aid_of(planned(known), "anah.mpr_adapt").chosen;
    };
    EXPECT_TRUE(aid_of(planned(facts), "anah.mpr_adapt").eligible);
    EXPECT_FALSE(chosen(facts));
    EXPECT_TRUE(chosen(with(facts, FactId::eldest_age, 70)));
    EXPECT_FALSE(chosen(with(facts, FactId::eldest_age, 69)));
    EXPECT_TRUE(chosen(with(with(facts, FactId::eldest_age, 60), FactId::gir, 6)));
    EXPECT_FALSE(chosen(with(with(facts, FactId::eldest_age, 59), FactId::gir, 1)));
    EXPECT_TRUE(chosen(with(facts, FactId::disability, 50)));
    EXPECT_FALSE(chosen(with(facts, FactId::disability, 49)));
    EXPECT_TRUE(chosen(with(facts, FactId::receives_pch, 1)));
}

TEST(Assistance, IsALineOfItsOwnThatFollowsTheWorks) {
    const auto fee = [](std::string_view deposit, std::int64_t income, std::int64_t cost) {
        return aid_of(planned(with(works_of(deposit, income), FactId::assistance_cost, cost * 100)),
                      "anah.assistance")
            .amount;
    };
    EXPECT_EQ(fee("2018-06-01", modest_income, 1'000), Money::euros(573));
    EXPECT_EQ(fee("2018-06-01", modest_income, 400), Money::euros(400)) << "not above the invoice";
    EXPECT_EQ(fee("2020-06-01", very_modest_income, 1'000), Money::euros(573));
    EXPECT_EQ(planned(works_of("2022-06-01", modest_income)).aid("anah.assistance"), nullptr);
    EXPECT_EQ(fee("2024-06-01", very_modest_income, 4'000), Money::euros(2'000));
    EXPECT_EQ(fee("2024-06-01", modest_income, 4'000), Money::euros(1'600));
    EXPECT_EQ(fee("2025-10-15", upper_income, 1'500), Money::euros(300));
    Facts agilite = with(works_of("2018-06-01", modest_income), FactId::assistance_cost, 100'000);
    agilite.scheme = "anah.habiter_mieux_agilite";
    EXPECT_EQ(aid_of(planned(agilite), "anah.assistance").amount, Money::euros(153));
    Facts degraded = with(works_of("2025-10-15", modest_income), FactId::police_order, 1);
    degraded = with(degraded, FactId::assistance_cost, 500'000);
    EXPECT_EQ(aid_of(planned(degraded), "anah.assistance").amount, Money::euros(3'200))
        << "4 000 for a degraded dwelling";
    const Facts refused = with(works_of("2025-10-15", upper_income), FactId::dwelling_age, 10);
    EXPECT_EQ(reasons(aid_of(planned(refused), "anah.assistance")), Codes{"works_aid_refused"});
}

TEST(Cumulation, ItsRatesByDate) {
    struct Row {
        const char* deposit;
        std::int64_t rates[4];
    };
    const Row rows[] = {
        {"2018-01-01", {10'000, 8'000, 10'000, 10'000}},
        {"2023-12-31", {10'000, 8'000, 10'000, 10'000}},
        {"2024-01-01", {10'000, 8'000, 6'000, 4'000}},
        {"2024-12-31", {10'000, 8'000, 6'000, 4'000}},
        {"2025-01-01", {10'000, 8'000, 8'000, 5'000}},
        {"2025-03-20", {10'000, 8'000, 8'000, 5'000}},
        {"2025-03-21", {10'000, 9'000, 8'000, 5'000}},
        {"2026-03-02", {10'000, 9'000, 8'000, 5'000}},
    };
    for (const Row& row : rows) {
        for (const std::int64_t income :
             {very_modest_income, modest_income, intermediate_income, upper_income}) {
            const Plan plan = planned(works_of(row.deposit, income));
            ASSERT_EQ(plan.limits.size(), 1U);
            EXPECT_EQ(plan.limits[0].rate_bp,
                      row.rates[static_cast<std::size_t>(plan.income_class)])
                << row.deposit << " " << income;
        }
    }
}

// Every Anah aid to works is cut before anything else; the renovation's before the adaptation's.
TEST(Cumulation, CutsTheAnahFirst) {
    Facts facts = with(adapted("2025-10-15", modest_income), FactId::eldest_age, 70);
    facts.given_aids = {{"local.essai", "commune", Money::euros(50'000)}};
    const Plan plan = planned(facts);
    // 31 650 + 27 500 of works with VAT, 90 %: 53 235.
    EXPECT_EQ(plan.limits.at(0).ceiling, Money::euros(53'235));
    EXPECT_EQ(aid_of(plan, "anah.mpr_accompagne").amount, Money());
    EXPECT_EQ(aid_of(plan, "anah.mpr_adapt").amount, Money::euros(3'235));
    EXPECT_EQ(plan.total_aid, Money::euros(53'235));
    for (const char* deposit : {"2018-06-01", "2022-06-01", "2024-06-01"}) {
        Facts crowded = works_of(deposit, modest_income);
        crowded.given_aids = {{"local.essai", "commune", Money::euros(32'000)}};
        const Plan cut = planned(crowded);
        EXPECT_EQ(cut.limits.at(0).ceiling, Money::euros(33'760));
        EXPECT_EQ(cut.total_aid, Money::euros(33'760)) << deposit;
        EXPECT_FALSE(cut.blocked);
    }
}

// What the reference calls uncertain is said where it is used.
TEST(Schemes, EveryBlockHasItsSource) {
    for (const Aid& aid : embedded_rules().aids) EXPECT_FALSE(aid.source.empty()) << aid.id;
    for (const Limit& limit : embedded_rules().limits) EXPECT_FALSE(limit.source.empty());
    const auto noted = [](std::string_view id, std::string_view from) {
        return std::ranges::any_of(embedded_rules().aids, [&](const Aid& aid) {
            return aid.id == id && aid.dating.windows.front().from == day(from) &&
                   !aid.note.empty();
        });
    };
    EXPECT_TRUE(noted("anah.habiter_mieux_serenite", "2020-01-01"));
    EXPECT_TRUE(noted("anah.habiter_mieux_serenite", "2021-01-01"));
    EXPECT_TRUE(noted("anah.mpr_serenite", "2023-02-01"));
    EXPECT_TRUE(noted("anah.mpr_accompagne", "2025-01-01"));
    EXPECT_TRUE(noted("anah.mpr_accompagne", "2026-02-23"));
}

}  // namespace
}  // namespace deodat::rules::test
