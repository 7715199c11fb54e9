// Goal: what the person who writes rules probably did not mean is said, at its place; what is
// meant, or cannot be decided, is not mentioned.
#include "rules/engine/advice.h"

#include "tests/unit/rules/support.h"

namespace deodat::rules::test {
namespace {

std::vector<std::string> advice(const std::string& text) {
    const Loading loading = load(text);
    for (const RuleError& error : loading.errors) ADD_FAILURE() << error.text();
    std::vector<std::string> out;
    if (loading.rules == nullptr) return out;
    for (const Advice& one : advice_on(*loading.rules)) out.push_back(one.text());
    return out;
}

// On an aid of 2025 and 2026 with these conditions, one a line from line 4 on.
std::vector<std::string> on_conditions(const std::string& conditions) {
    return advice(aid_text("local.a", "requires " + conditions + "\n  amount 10 €"));
}

using Lines = std::vector<std::string>;

bool is_dead(const std::string& conditions) {
    const Lines lines = on_conditions(conditions);
    return lines.size() == 1 && lines[0].find("ne refuse personne") != std::string::npos;
}

bool is_impossible(const std::string& conditions) {
    const Lines lines = on_conditions(conditions);
    return lines.size() == 1 && lines[0].find("Personne ne peut obtenir") != std::string::npos;
}

bool is_fine(const std::string& conditions) {
    return on_conditions(conditions).empty();
}

TEST(Advice, NamesAConditionThatIsAlwaysTrueAndItsPlace) {
    EXPECT_EQ(on_conditions("dwelling.age_years >= 0"),
              Lines{"essai.rules:4:12: attention : Cette condition ne refuse personne : « âge du "
                    "logement d'au moins 0\u00a0an » est toujours vrai."});
    EXPECT_EQ(
        on_conditions("dwelling.age_years >= 20\n           dwelling.age_years >= 15 else younger"),
        Lines{"essai.rules:5:12: attention : Cette condition ne refuse personne : « âge du "
              "logement d'au moins 15\u00a0ans » suit déjà des conditions qui précèdent."});
}

TEST(Advice, DeadConditionsOfEveryForm) {
    EXPECT_TRUE(is_dead("0 <= works.energy_gain_pct or works.energy_gain_pct < 5"));
    EXPECT_TRUE(is_dead("owner.status in {owner_occupier, landlord, tenant}"));
    EXPECT_TRUE(is_dead("dwelling.dpe_before in F..G\n dwelling.dpe_before != A else a"));
    EXPECT_TRUE(is_dead("dwelling.dpe_before = D\n class_jump <= 3"));
    EXPECT_TRUE(is_dead("not works.started\n not works.started or works.assistance else again"));
    EXPECT_TRUE(is_dead("dwelling in region 44\n dwelling in metropolis else metropolis"));
    EXPECT_TRUE(is_dead("deposit_date >= 2025-01-01"));
    EXPECT_TRUE(is_dead("works.ttc >= 0 €"));
    EXPECT_TRUE(
        is_dead("dwelling.age_years > 15 and dwelling.main_residence\n"
                " dwelling.age_years >= 16 else older"));
}

TEST(Advice, ConditionsThatContradictEachOther) {
    EXPECT_TRUE(is_impossible("class_jump >= 2\n class_jump < 2 else small"));
    EXPECT_TRUE(is_impossible("dwelling.age_years < 0"));
    EXPECT_TRUE(is_impossible("dwelling.dpe_before in A..B\n class_jump >= 2"));
    EXPECT_TRUE(is_impossible("income_class in {modest}\n income_class not in {modest} else no"));
    EXPECT_TRUE(is_impossible("works.started\n not works.started else not_started"));
    EXPECT_TRUE(is_impossible("household in region 11\n household in region 44 else other"));
    EXPECT_TRUE(is_impossible("deposit_date < 2025-01-01"));
    EXPECT_EQ(
        on_conditions("class_jump >= 2\n           class_jump < 2 else small"),
        Lines{"essai.rules:5:12: attention : Personne ne peut obtenir cette aide : « gain en "
              "classes DPE de moins de 2\u00a0classes » contredit les conditions qui précèdent."});
}

TEST(Advice, IsSilentOnWhatIsMeantOrCannotBeDecided) {
    EXPECT_TRUE(is_fine("dwelling.age_years >= 15\n dwelling.age_years >= 20 else older"));
    EXPECT_TRUE(is_fine("class_jump >= 2 or dwelling.unhealthy\n class_jump < 2 else small"));
    EXPECT_TRUE(is_fine("household.reference_income <= 150 % of ceiling of modest"));
    EXPECT_TRUE(is_fine("works.ht >= 1 000 €\n works.ttc >= 1 000 € else ttc"));
    EXPECT_TRUE(is_fine("dwelling.dpe_before in E..G\n class_jump >= 2"));
    EXPECT_TRUE(is_fine("deposit_date >= 2025-06-01"));
    EXPECT_TRUE(is_fine("household in region 11\n dwelling in region 44 else dwelling_region"));
    EXPECT_TRUE(
        is_fine("not (class_jump >= 2 and dwelling.main_residence)\n"
                " dwelling.main_residence else residence"));
}

TEST(Advice, ATerritoryWithoutACommune) {
    EXPECT_EQ(advice(aid_text("local.a", "territory department 88 except region 44\n  amount 1 €")),
              Lines{"essai.rules:1:1: attention : Personne ne peut obtenir cette aide : son "
                    "territoire ne contient aucune commune."});
}

TEST(Advice, AnotherAidThatIsNeverOpenWithThisOne) {
    const auto requiring = [](const std::string& clauses) {
        return advice(
            "aid local.first \"Première\"\n paid by x\n deposited 2025-01-01 .. "
            "2025-06-30\n territory department 88\n amount 1 €\n"
            "aid local.second \"Seconde\"\n paid by x\n " +
            clauses + "\n requires granted local.first\n amount 1 €\n");
    };
    EXPECT_TRUE(requiring("deposited 2025-06-30 ..").empty());
    EXPECT_EQ(requiring("deposited 2025-07-01 .."),
              Lines{"essai.rules:9:11: attention : Personne ne peut obtenir cette aide : « aide "
                    "accordée : « Première » » n'est jamais vrai, aux dates et sur le territoire "
                    "de l'aide."});
    EXPECT_EQ(requiring("deposited 2025-01-01 ..\n territory department 54").size(), 1U);
    EXPECT_TRUE(requiring("deposited 2025-01-01 ..\n territory region 44").empty());
}

TEST(Advice, AnotherAidMayBeGrantedByHandWhoeverItsRulesRefuse) {
    const Lines lines = advice(aid_text("local.a", "requires dwelling.age_years < 0\n amount 1 €") +
                               aid_text("local.b", "requires granted local.a\n amount 1 €"));
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0].substr(0, 15), "essai.rules:4:1");
    EXPECT_TRUE(advice(aid_text("anah.a", "scheme national\n amount 1 €") +
                       aid_text("anah.b", "scheme national\n requires granted anah.a\n amount 1 €"))
                    .empty());
}

TEST(Advice, AnswersAboutAnotherAidContradictEachOtherToo) {
    const auto requiring = [](const std::string& conditions) {
        return advice(aid_text("local.a", "amount 1 €") +
                      aid_text("local.b", "requires " + conditions + "\n amount 1 €"))
            .size();
    };
    EXPECT_EQ(requiring("granted local.a\n not granted local.a else not_granted"), 1U);
    EXPECT_EQ(requiring("eligible local.a\n eligible local.a or works.started else again"), 1U);
    EXPECT_EQ(requiring("eligible local.a\n not granted local.a else not_granted"), 0U);
}

TEST(Advice, EstablishedIsNeverIdle) {
    EXPECT_TRUE(is_dead("household.eldest_age_years >= 0"));
    EXPECT_TRUE(is_fine("established household.eldest_age_years >= 0"));
}

TEST(Advice, ABlockThatAnotherDateChooses) {
    const auto dated = [](const std::string& condition) {
        return advice("aid local.a \"A\"\n paid by x\n dated quote_date 2025-01-01 ..\n requires " +
                      condition + "\n amount 1 €\n")
            .size();
    };
    EXPECT_EQ(dated("quote_date >= 2025-01-01"), 1U);
    EXPECT_EQ(dated("quote_date >= 2025-01-02"), 0U);
    EXPECT_EQ(dated("deposit_date >= 2025-01-01"), 0U);
    EXPECT_EQ(dated("deposit_date >= 2017-01-01"), 1U);
}

TEST(Advice, AnAmountThatIsAlwaysNil) {
    const auto nil = [](const std::string& clauses) {
        const Lines lines = advice(aid_text("local.a", clauses));
        return lines.size() == 1 && lines[0].find("toujours nul") != std::string::npos;
    };
    EXPECT_TRUE(nil("amount 0 €"));
    EXPECT_TRUE(nil("base works.eligible_ht\n rate 0 %\n amount rate * base"));
    EXPECT_TRUE(
        nil("requires income_class = upper\n"
            " amount by income_class { upper: 0 €, others: 500 € }"));
    EXPECT_TRUE(nil("requires class_jump < 3\n amount 500 € when class_jump >= 3"));
    EXPECT_TRUE(nil("amount 500 €\n at most 0 €"));
    EXPECT_TRUE(nil("base works.ht\n amount min(base, 100 €) - 100 €"));
    EXPECT_FALSE(nil("requires class_jump <= 3\n amount 500 € when class_jump >= 3"));
    EXPECT_FALSE(nil("amount by income_class { upper: 0 €, others: 500 € }"));
    EXPECT_FALSE(nil("amount works.ttc - 500 €"));
    EXPECT_TRUE(nil("amount 40 % of 1 € to the euro"));
    EXPECT_FALSE(nil("amount 50 % of 1 € to the euro"));
    EXPECT_FALSE(nil("amount decided"));
}

TEST(Advice, AMinimumAboveTheLargestAmount) {
    EXPECT_EQ(advice(aid_text("local.a", "amount works.ttc\n at most 300 €\n at least 301 €")),
              Lines{"essai.rules:1:1: attention : Personne ne peut obtenir cette aide : le minimum "
                    "versé dépasse le plus grand montant possible."});
    EXPECT_TRUE(
        advice(aid_text("local.a", "amount works.ttc\n at most 300 €\n at least 300 €")).empty());
    EXPECT_TRUE(advice(aid_text("local.a",
                                "amount 299,50 €\n at least 300 €\n"
                                " rounded whole euros up"))
                    .empty());
}

TEST(Advice, ARowThatTheRowsBeforeItLeaveNothing) {
    EXPECT_EQ(advice(aid_text("local.a",
                              "amount by class_jump { 2+: 20 €,\n      3: 30 €, others: 0 € }")),
              Lines{"essai.rules:5:7: attention : Cette ligne du tableau ne sert jamais : aucune "
                    "valeur possible ne lui reste après les lignes qui précèdent."});
    EXPECT_EQ(advice(aid_text("local.a",
                              "amount by dwelling.type { house: 1 €, flat: 2 €,\n"
                              "      others: 3 € }")),
              Lines{"essai.rules:5:7: attention : Cette ligne du tableau ne sert jamais : les "
                    "lignes qui précèdent prennent déjà toutes les valeurs."});
    EXPECT_TRUE(
        advice(aid_text("local.a", "amount by class_jump { 2: 1 €, 2..3: 2 €, others: 0 € }"))
            .empty());
    // There the language wants `others`.
    EXPECT_TRUE(advice(aid_text("local.a",
                                "amount 9 €\n advance by class_jump { < 2: 1 €, 2+: 2 €, "
                                "others: 0 € }"))
                    .empty());
}

TEST(Advice, AHoleOfLessThanAWeekBetweenPeriods) {
    const auto with_gap = [](const std::string& from) {
        return advice(
            "aid local.a \"A\"\n paid by x\n deposited 2025-01-01 .. 2025-12-31\n"
            " amount 1 €\naid local.a \"A\"\n paid by x\n deposited " +
            from + " ..\n amount 2 €\n");
    };
    EXPECT_TRUE(with_gap("2026-01-01").empty());
    EXPECT_EQ(with_gap("2026-01-02"),
              Lines{"essai.rules:5:1: attention : Le 01/01/2026 n'est dans aucune période de cette "
                    "aide : est-ce voulu, ou une erreur de date ?"});
    EXPECT_EQ(with_gap("2026-01-07"),
              Lines{"essai.rules:5:1: attention : Du 01/01/2026 au 06/01/2026, 6 jours ne sont "
                    "dans aucune période de cette aide : est-ce voulu, ou une erreur de date ?"});
    EXPECT_TRUE(with_gap("2026-01-08").empty());
}

// The checksum speaks of the scales as published: only holes are asked for here.
Lines holes_in(const std::string& text) {
    Lines lines = advice(text);
    std::erase_if(lines, [](const std::string& line) {
        return line.find("dans aucune période") == std::string::npos;
    });
    return lines;
}

TEST(Advice, AHoleBetweenScalesOfAnyLength) {
    std::string text;
    for (const RuleFile& file : embedded_rule_files()) {
        if (file.name == "scales.rules") text = file.text;
    }
    EXPECT_EQ(holes_in(text), Lines{});
    const Lines lines = holes_in(replaced(text, "2026-01-01 ..", "2026-03-01 .."));
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_NE(lines[0].find("Du 01/01/2026 au 28/02/2026, 59 jours ne sont dans aucune période de "
                            "barème"),
              std::string::npos)
        << lines[0];
}

}  // namespace
}  // namespace deodat::rules::test
