// Goal: an explanation says what made each figure, by how much each condition fails, and what
// became of each aid, in French. Method: small rule texts, the sentences read back.
#include <rapidjson/document.h>

#include "rules/plan/explanation_text.h"
#include "rules/plan/plan_json.h"
#include "tests/unit/rules/support.h"

namespace deodat::rules::test {
namespace {

// Sentences with plain spaces, to read and write them here as they are said.
std::string spaced(std::string text) {
    for (const std::string_view gap : {"\u202f", "\u00a0"}) {
        for (std::size_t at = 0; (at = text.find(gap)) != std::string::npos;) {
            text.replace(at, gap.size(), " ");
        }
    }
    return text;
}

Explained explained(const RuleSet& rules, const Facts& facts) {
    Result<Explained> made = explain(rules, facts);
    EXPECT_TRUE(made) << (made ? "" : made.refusal().message);
    return std::move(*made);
}

std::string letter(const RuleSet& rules, const Facts& facts) {
    return spaced(explanation_text(explained(rules, facts).trace));
}

const Step* find(const std::vector<Step>& steps, std::string_view rule, std::string_view kind) {
    for (const Step& step : steps) {
        if (step.rule == rule && step.step == kind) return &step;
        if (const Step* part = find(step.parts, rule, kind)) return part;
    }
    return nullptr;
}

std::string text_of(const std::vector<Step>& steps, std::string_view rule, std::string_view kind) {
    const Step* step = find(steps, rule, kind);
    return step == nullptr ? "none" : spaced(step->text);
}

// What the household reads when this condition refuses it.
std::string reason(std::string_view condition, const Facts& facts) {
    const auto rules =
        with_scales(aid_text("local.a", "requires " + std::string(condition) + "\n  amount 1 €"));
    const Explained made = explained(*rules, facts);
    EXPECT_FALSE(made.plan.aid("local.a")->eligible) << condition;
    return text_of(made.trace, "local.a", "condition");
}

TEST(Explanation, GoesFromTheRemainingCostToEachFigure) {
    Facts facts = example_facts();
    set_works(facts, 4100000);
    const Explained made = explained(embedded_rules(), facts);
    const Step& top = made.trace.front();
    EXPECT_EQ(top.step, "remaining_cost");
    EXPECT_EQ(top.amount, made.plan.remaining_cost);
    EXPECT_EQ(spaced(top.text),
              "Reste à charge : travaux TTC 43 255,00 € − aides 24 000,00 € = 19 255,00 €");
    ASSERT_GE(top.parts.size(), 3U);
    EXPECT_EQ(spaced(top.parts[0].parts[0].text),
              "Travaux : 41 000,00 € HT + TVA 5,5 % = 43 255,00 €");
    const Step& aid = top.parts[1];
    EXPECT_EQ(spaced(aid.text), "MaPrimeRénov' parcours accompagné : 24 000,00 €");
    EXPECT_EQ(aid.source, "décret 2025-956 et arrêté du 8 septembre 2025");
    EXPECT_FALSE(aid.note.empty());
    const Step& amount = aid.parts[0];
    EXPECT_EQ(spaced(amount.text), "60 % × min(41 000,00 €, plafond 40 000,00 €) = 24 000,00 €");
    EXPECT_EQ(spaced(amount.parts[0].parts[0].text), "Catégorie de revenus : modeste, donc 60 %");
    EXPECT_EQ(text_of(amount.parts, "anah.mpr_accompagne", "base"),
              "Base : min(41 000,00 €, plafond 40 000,00 €) = 40 000,00 €");
    EXPECT_EQ(spaced(amount.parts[1].parts[1].text),
              "Gain en classes DPE : 3 classes, donc 40 000,00 € (ligne « au moins 3 classes »)");
    EXPECT_EQ(text_of(aid.parts, "anah.mpr_accompagne", "advance"),
              "Avance : 30 % × 24 000,00 € = 7 200,00 €");
    EXPECT_EQ(text_of(made.trace, "anah.mpr_accompagne", "to_verify"),
              "MaPrimeRénov' parcours accompagné : à vérifier");
}

TEST(Explanation, ComparesTheIncomeWithEachCeilingOnce) {
    const std::string text = letter(embedded_rules(), example_facts());
    const std::string_view modest =
        "Plafond « modeste » : 38 719,00 €, respecté avec une marge de 3 719,00 €";
    const std::size_t first = text.find(modest);
    EXPECT_NE(text.find("Plafond « très modeste » : 30 206,00 €, dépassé de 4 794,00 €"),
              std::string::npos)
        << text;
    ASSERT_NE(first, std::string::npos) << text;
    EXPECT_EQ(text.find(modest, first + 1), std::string::npos) << text;
    EXPECT_EQ(text.find("Plafond « intermédiaire »"), std::string::npos) << text;
}

TEST(Explanation, SaysByHowMuchAnyOrderedValueMisses) {
    Facts facts = example_facts();
    facts.set(FactId::reference_income, 3500100);
    facts.set(FactId::dwelling_age, 10);
    facts.set(FactId::degradation, 3000);
    facts.set(FactId::eldest_age, 69);
    facts.set(FactId::built_year, 1995);
    const auto ends = [&](std::string_view condition, const std::string& end) {
        const std::string text = reason(condition, facts);
        EXPECT_TRUE(text.ends_with(end)) << text << "\nexpected to end with: " << end;
    };
    ends("dwelling.age_years >= 15", "10 ans, 5 ans de moins que le minimum de 15 ans.");
    ends("dwelling.age_years > 15", "10 ans, 6 ans de moins que le minimum de 16 ans.");
    ends("15 <= dwelling.age_years", "10 ans, 5 ans de moins que le minimum de 15 ans.");
    ends("not dwelling.age_years < 11", "10 ans, 1 an de moins que le minimum de 11 ans.");
    ends("dwelling.age_years in 20..30", "10 ans, 10 ans de moins que le minimum de 20 ans.");
    ends("dwelling.age_years in {1..5, 12..20}",
         "10 ans, 2 ans de moins que le minimum de 12 ans.");
    ends("dwelling.age_years not in 8..11", "10 ans, 2 ans de moins que le minimum de 12 ans.");
    ends("household.reference_income <= 35 000 €",
         "35 001 €, 1 € au-dessus du maximum de 35 000 €.");
    ends("household.reference_income < 35 001 €",
         "exactement 35 001 €, qu'il ne faut pas atteindre.");
    ends("household.reference_income <= 50 % of ceiling of modest",
         "35 001 €, 15 641,50 € au-dessus du maximum de 19 359,50 €.");
    ends("works.ht > 24 180 €", "exactement 24 180 €, qu'il faut dépasser.");
    ends("works.ht > 24 200 €", "24 180 €, 20 € de moins que 24 200 €, qu'il faut dépasser.");
    ends("dwelling.degradation_bp >= 35 %", "30 %, 5 points de moins que le minimum de 35 %.");
    ends("works.energy_gain_pct >= 55", "52 %, 3 points de moins que le minimum de 55 %.");
    ends("class_jump >= 4", "3 classes, 1 classe de moins que le minimum de 4 classes.");
    ends("deposit_date >= 2025-10-20", "15/10/2025, 5 jours avant le 20/10/2025.");
    ends("dwelling.built_year < 1990", "1995, 6 ans après 1989.");
    ends("dwelling.dpe_before <= D", "F, 2 classes d'écart avec D.");
    ends("income_class = very_modest",
         "modeste, revenu de 35 001 € pour 3 personnes : 4 795 € au-dessus du plafond « très "
         "modeste » de 30 206 €.");
    ends("income_class >= intermediate",
         "modeste, revenu de 35 001 € pour 3 personnes : 3 718 € de moins que le plafond « modeste "
         "» de 38 719 €, qu'il faut dépasser.");
    ends("household.persons = 4",
         "3 personnes, 1 personne de moins que le minimum de 4 personnes.");
}

TEST(Explanation, SaysWhatIsWhereNothingCanBeMeasured) {
    Facts facts = example_facts();
    facts.set(FactId::started, 1);
    facts.set(FactId::eldest_age, 69);
    EXPECT_EQ(reason("dwelling.type = flat", facts),
              "Raison : Il faut : type de logement appartement. Type de logement : maison, au lieu "
              "d'appartement.");
    EXPECT_EQ(reason("not works.started", facts),
              "Raison : Il ne faut pas : travaux commencés avant le dépôt. Travaux commencés avant "
              "le dépôt : oui.");
    EXPECT_EQ(reason("dwelling in commune 88160", facts),
              "Raison : Il faut : logement situé dans : Épinal (88160). Logement situé à "
              "Saint-Dié-des-Vosges, hors de : Épinal (88160).");
    EXPECT_EQ(reason("household.eldest_age_years >= 70 or dwelling.type = flat", facts),
              "Raison : Il faut : âge du plus âgé des occupants d'au moins 70 ans ou (type de "
              "logement appartement). Aucune des possibilités n'est remplie (âge du plus âgé des "
              "occupants : 69 ans, 1 an de moins que le minimum de 70 ans ; type de logement : "
              "maison, au lieu d'appartement).");
}

TEST(Explanation, TheFirstConditionThatFailsIsTheFirstReason) {
    Facts facts = example_facts();
    facts.set(FactId::dwelling_age, 10);
    facts.set(FactId::dpe_before, 3);
    facts.derive();
    const Explained made = explained(embedded_rules(), facts);
    const Step* refused = find(made.trace, "anah.mpr_accompagne", "refused");
    ASSERT_NE(refused, nullptr);
    ASSERT_EQ(refused->parts.size(), 3U);
    EXPECT_EQ(spaced(refused->parts[0].text),
              "Raison : Le logement doit avoir au moins 15 ans. Âge du logement : 10 ans, 5 ans de "
              "moins que le minimum de 15 ans.");
    EXPECT_TRUE(refused->parts[1].text.starts_with("Autre condition non remplie : "));
    EXPECT_FALSE(refused->note.empty());
    EXPECT_EQ(find(made.trace, "anah.mpr_accompagne", "aid"), nullptr);
}

TEST(Explanation, TablesWithoutARowAndMinimaAreMeasuredToo) {
    const auto rules =
        with_scales(aid_text("local.a", "amount by class_jump { 4: 100 €, 5+: 200 € }") +
                    aid_text("local.b", "amount 80 €\n  at least 100 €"));
    const Explained made = explained(*rules, example_facts());
    EXPECT_EQ(
        text_of(made.trace, "local.a", "outside_table"),
        "Raison : aucune ligne du barème de cette aide ne correspond. Gain en classes DPE : 3 "
        "classes, 1 classe de moins que le minimum de 4 classes.");
    const Step* least = find(made.trace, "local.b", "below_minimum");
    ASSERT_NE(least, nullptr);
    EXPECT_EQ(spaced(least->text),
              "Raison : montant calculé de 80,00 €, 20,00 € de moins que le minimum versé de "
              "100,00 €.");
    EXPECT_EQ(least->amount, Money::euros(20));
}

TEST(Explanation, BonusesHadAndMissedAreSaid) {
    const auto rules = with_scales(aid_text(
        "local.a",
        "amount 1 000 €\n  plus 500 € when dwelling.dpe_before in F..G\n"
        "  plus 300 € when dwelling.age_years >= 75\n  plus 200 € when works.bbc_renovation"));
    const std::string text = letter(*rules, example_facts());
    for (const std::string_view line :
         {"1 000,00 € + 500,00 € + 0,00 € + 0,00 € = 1 500,00 €",
          "Classe DPE avant travaux F ou G (ici : F), donc 500,00 €",
          "Âge du logement : 60 ans, 15 ans de moins que le minimum de 75 ans, donc 0,00 € au lieu "
          "de 300,00 €",
          "À vérifier (niveau BBC rénovation), donc 0,00 € au lieu de 200,00 €"}) {
        EXPECT_NE(text.find(line), std::string::npos) << line << "\n" << text;
    }
}

TEST(Explanation, EachTradeAndEachOtherAidHasItsLine) {
    const auto rules =
        with_scales(aid_text("local.a", "amount each trade (25 % of (trade.ht up to 3 000 €))") +
                    aid_text("local.b", "amount 50 % of works.ttc - other aids"));
    Facts facts = example_facts();
    facts.lines = {{"toiture", Money::euros(2000), 550, true},
                   {"murs", Money::euros(8000), 550, true}};
    facts.given_aids = {{"local.forced", "commune", Money::euros(500)}};
    facts.derive();
    const std::string text = letter(*rules, facts);
    for (const std::string_view line :
         {"Toiture : 25 % × min(2 000,00 €, plafond 3 000,00 €) = 500,00 €",
          "Murs : 25 % × min(8 000,00 €, plafond 3 000,00 €) = 750,00 €",
          "50 % × 10 550,00 € − 1 750,00 € = 3 525,00 €", "Autres aides déjà comptées : 1 750,00 €",
          "        Aide décidée à part (financeur : commune) : 500,00 €"}) {
        EXPECT_NE(text.find(line), std::string::npos) << line << "\n" << text;
    }
}

TEST(Explanation, ALimitNamesWhatItCountsAndWhomItCuts) {
    Facts facts = example_facts();
    facts.given_aids = {{"local.forced", "commune", Money::euros(10000)}};
    const Explained made = explained(embedded_rules(), facts);
    EXPECT_EQ(
        text_of(made.trace, "anah.cumulation", "limit"),
        "Plafond des aides cumulées : aides comptées 24 508,00 €, plafond 22 958,91 €, dépassé "
        "de 1 549,09 €");
    EXPECT_EQ(text_of(made.trace, "anah.cumulation", "ceiling"),
              "Plafond : 90 % × 25 509,90 € = 22 958,91 €");
    const Step* counted = find(made.trace, "anah.cumulation", "counted_aids");
    ASSERT_NE(counted, nullptr);
    ASSERT_EQ(counted->parts.size(), 2U);
    EXPECT_EQ(counted->parts[0].amount, Money::euros(14508));
    EXPECT_EQ(
        text_of(made.trace, "anah.cumulation", "cut"),
        "Réduction par « Plafond des aides cumulées » : 14 508,00 € − 1 549,09 € = 12 958,91 €");
    facts.given_aids[0].amount = Money::euros(30000);
    EXPECT_EQ(text_of(explained(embedded_rules(), facts).trace, "anah.cumulation", "excess"),
              "Dépassement qui reste, toutes réductions faites : 7 041,09 €");
}

TEST(Explanation, ALimitListsOnlyWhatItCounts) {
    const auto rules =
        with_scales(aid_text("anah.a", "scheme national\n  amount 5 000 €") +
                    aid_text("anah.b", "scheme national\n  amount 3 000 €") +
                    aid_text("local.loan",
                             "kind loan\n  amount 9 000 €\n  grant equivalent 700 €\n"
                             "  counts in l") +
                    "limit l \"L\"\n  deposited 2025-01-01 ..\n  counts anah.a, anah.b\n"
                    "  ceiling works.ttc\n  cuts anah.a first\n");
    const Explained made = explained(*rules, example_facts());
    const Step* counted = find(made.trace, "l", "counted_aids");
    ASSERT_NE(counted, nullptr);
    ASSERT_EQ(counted->parts.size(), 2U);
    EXPECT_EQ(counted->parts[0].amount, Money::euros(5000));
    EXPECT_EQ(spaced(counted->parts[1].text), "Aide d'essai (équivalent en subvention) : 700,00 €");
    EXPECT_EQ(counted->amount, Money::euros(5700));
}

TEST(Explanation, ASchemeLeftForAnotherSaysWhichAndTheDifference) {
    const auto rules = with_scales(aid_text("anah.a", "scheme national\n  amount 5 000 €") +
                                   aid_text("anah.b", "scheme national\n  amount 3 000 €"));
    Facts facts = example_facts();
    EXPECT_EQ(text_of(explained(*rules, facts).trace, "anah.b", "not_chosen"),
              "Aide d'essai : possible, mais non retenue : elle ne se cumule pas avec « Aide "
              "d'essai », retenue parce qu'elle donne le plus. Elle aurait donné 3 000,00 €, soit "
              "2 000,00 € de moins");
    facts.scheme = "anah.b";
    const std::string asked = text_of(explained(*rules, facts).trace, "anah.a", "not_chosen");
    EXPECT_NE(asked.find("à la demande du ménage"), std::string::npos) << asked;
    EXPECT_NE(asked.find("2 000,00 € de plus"), std::string::npos) << asked;
}

TEST(Explanation, EveryWayToBeLeftAsideIsSaid) {
    const auto rules = with_scales(
        aid_text("local.case", "amount decided") +
        aid_text("local.vacancy",
                 "requires established dwelling.vacant_months > 24 else vacancy \"Le logement doit "
                 "être vacant depuis plus de deux ans.\"\n  amount 100 €") +
        aid_text("local.hand", "amount 700 €") +
        aid_text("local.loan", "kind loan\n  amount 9 000 €\n  counts in nothing"));
    Facts facts = example_facts();
    facts.given_aids = {{"local.hand", "commune", Money::euros(600), "dossier incomplet"}};
    const Explained made = explained(*rules, facts);
    EXPECT_EQ(text_of(made.trace, "local.case", "not_chosen"),
              "Aide d'essai : montant décidé au cas par cas, pas encore connu, donc non compté");
    EXPECT_EQ(
        text_of(made.trace, "local.vacancy", "not_chosen"),
        "Aide d'essai : possible, mais comptée seulement quand ceci sera établi : Le logement "
        "doit être vacant depuis plus de deux ans.");
    EXPECT_EQ(text_of(made.trace, "local.hand", "not_chosen"),
              "Aide d'essai : montant décidé à la main, 600,00 €, quand la règle donne au plus "
              "700,00 €");
    EXPECT_EQ(text_of(made.trace, "local.hand", "motive"), "Motif : dossier incomplet");
    EXPECT_EQ(text_of(made.trace, "local.loan", "uncounted"),
              "Aide d'essai : 9 000,00 € à emprunter puis à rembourser : ne diminue pas le reste à "
              "charge");
    EXPECT_EQ(find(made.trace, "local.loan", "aid"), nullptr) << "a loan takes nothing off";
}

TEST(Explanation, IsATreeInJson) {
    rapidjson::Document json;
    json.Parse(explained_json(explained(embedded_rules(), example_facts())).c_str());
    ASSERT_FALSE(json.HasParseError());
    const auto& top = json["trace"][0];
    EXPECT_STREQ(top["rule"].GetString(), "plan");
    EXPECT_STREQ(top["step"].GetString(), "remaining_cost");
    EXPECT_EQ(top["amount_cents"].GetInt64(), json["remaining_cost_cents"].GetInt64());
    EXPECT_FALSE(top.HasMember("source"));
    const auto& aid = top["parts"][1];
    EXPECT_STREQ(aid["rule"].GetString(), "anah.mpr_accompagne");
    EXPECT_TRUE(aid.HasMember("source"));
    EXPECT_TRUE(aid.HasMember("note"));
    EXPECT_EQ(aid["parts"][0]["amount_cents"].GetInt64(), 1450800);
    EXPECT_FALSE(top["parts"][0]["parts"][0].HasMember("parts"));
}

TEST(Explanation, IsALetterWithAmountsOneUnderAnother) {
    const auto rules = with_scales(aid_text("local.a", "source \"délibération\"\n  amount 5 €"));
    const std::string text = explanation_text(explained(*rules, example_facts()).trace);
    EXPECT_EQ(
        spaced(text),
        "Reste à charge : travaux TTC 25 509,90 € − aides 5,00 € = 25 504,90 €\n"
        "  Travaux TTC : 25 509,90 €\n"
        "    Isolation mur ite : 24 180,00 € HT + TVA 5,5 % = 25 509,90 €\n"
        "  Aide d'essai :     5,00 €\n"
        "    Montant forfaitaire : 5,00 €\n"
        "    Source : délibération\n"
        "\n"
        "Aucun dispositif national n'accepte de dépôt le 15/10/2025.\n"
        "\n"
        "Revenu fiscal de référence 35 000,00 € pour 3 personnes (autres régions) : catégorie "
        "modeste\n"
        "  Plafond « très modeste » : 30 206,00 €, dépassé de 4 794,00 €\n"
        "  Plafond « modeste » : 38 719,00 €, respecté avec une marge de 3 719,00 €\n"
        "  Source : arrêté du 24 mai 2013 modifié, barème au 1er janvier 2025\n"
        "  À noter : Île-de-France intermédiaire, trois personnes : suit le chiffre publié de "
        "2024.\n")
        << text;
    EXPECT_NE(text.find("«\u00a0modeste\u00a0»\u00a0: "), std::string::npos) << text;
}

}  // namespace
}  // namespace deodat::rules::test
