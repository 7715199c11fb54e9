// Goal: a rule text is either understood as its author meant, or refused at the exact place with
// what was expected.
#include <algorithm>
#include <fstream>
#include <sstream>

#include "rules/engine/describe.h"
#include "tests/unit/rules/support.h"

namespace deodat::rules::test {
namespace {

std::string refused(std::string_view clauses) {
    return error_of(aid_text("local.a", clauses));
}

TEST(Lexer, SaysWhereAndWhat) {
    EXPECT_EQ(error_of("aid local.a \"A"),
              "essai.rules:1:13: Ce texte n'est pas fermé : il manque un guillemet.");
    EXPECT_EQ(error_of("aid local.a \"A\"\n  paid by x ;").substr(0, 17), "essai.rules:2:13:");
    EXPECT_EQ(refused("amount 12,5 + 3").substr(0, 17), "essai.rules:4:10:");
    EXPECT_EQ(refused("amount 12,345 €").substr(0, 17), "essai.rules:4:10:");
    EXPECT_NE(refused("amount 9 999 999 999 €").find("trop grand"), std::string::npos);
    EXPECT_NE(error_of("aid a \"\xff\"").find("UTF-8"), std::string::npos);
}

TEST(Lexer, ColumnsCountCharactersNotBytes) {
    EXPECT_EQ(error_of("aid local.a \"Été\" ?").substr(0, 17), "essai.rules:1:19:");
}

TEST(Lexer, RefusesADayThatDoesNotExist) {
    EXPECT_EQ(error_of("aid a \"A\"\n  deposited 2025-02-30 ..\n").substr(0, 17),
              "essai.rules:2:13:");
}

TEST(Parser, SaysWhatItExpected) {
    EXPECT_EQ(error_of("aide local.a \"A\"\n"),
              "essai.rules:1:1: On attend un bloc « aid », « limit » ou « scale », pas « aide ».");
    EXPECT_EQ(error_of("aid local.a \"A\"\n  paid to x\n"),
              "essai.rules:2:8: On attend « by », pas « to ».");
    EXPECT_EQ(refused("amount"), "essai.rules:4:9: On attend une valeur, pas la fin de la ligne.");
    EXPECT_EQ(refused("amount 3 € 4 €"),
              "essai.rules:4:14: On attend la fin de la ligne, pas « 4 € ».");
    EXPECT_EQ(refused("amount min(3 €"),
              "essai.rules:5:1: On attend « ) », pas la fin de la ligne.");
    EXPECT_EQ(refused("amount 1 €\n  amount 2 €").substr(0, 17), "essai.rules:5:10:");
}

TEST(Parser, ShowsEveryBrokenBlock) {
    const Loading loading = load("aid a \"A\"\n  paid to x\naid b \"B\"\n  deposited demain\n");
    ASSERT_EQ(loading.errors.size(), 2U);
    EXPECT_EQ(loading.errors[0].at.line, 2);
    EXPECT_EQ(loading.errors[1].at.line, 4);
    EXPECT_EQ(loading.rules, nullptr);
}

TEST(Parser, BoundsNesting) {
    EXPECT_NE(refused("amount " + std::string(1000, '(')).find("imbriquée"), std::string::npos);
    std::string chain = "amount 1 €";
    for (int i = 0; i < 100; ++i) chain += " + 1 €";
    EXPECT_NE(refused(chain).find("trop longue"), std::string::npos);
}

TEST(Checker, UnknownNamesComeWithASuggestion) {
    EXPECT_EQ(
        refused("requires owner.statut = tenant\n  amount 1 €"),
        "essai.rules:4:12: « owner.statut » n'est ni un fait, ni une valeur nommée plus haut. "
        "Vouliez-vous dire « owner.status » ?");
    EXPECT_EQ(refused("requires owner.status = owner\n  amount 1 €"),
              "essai.rules:4:27: On attend l'une des valeurs owner_occupier, landlord, tenant.");
    EXPECT_EQ(
        refused("requires granted local.b\n  amount 1 €"),
        "essai.rules:4:20: Aucune aide ne s'appelle « local.b ». Vouliez-vous dire « local.a » ?");
}

TEST(Checker, TypesMustAgree) {
    EXPECT_NE(refused("amount 60 %").find("On attend ici un montant, pas un taux."),
              std::string::npos);
    EXPECT_NE(refused("amount works.ht + 5 %").find("un montant et un taux"), std::string::npos);
    EXPECT_NE(refused("amount works.ht * works.ttc").find("un montant et un montant"),
              std::string::npos);
    EXPECT_NE(refused("amount 5 % of 5 % of 5 % of 5 % of works.ht").find("un taux et un taux"),
              std::string::npos);
    EXPECT_NE(refused("requires works.ht\n  amount 1 €").find("une condition"), std::string::npos);
    EXPECT_NE(refused("requires owner.status < tenant\n  amount 1 €").find("pas d'ordre"),
              std::string::npos);
    EXPECT_NE(refused("amount (((works.ht * 5 %) * 5 %) * 5 %) * 5 %").find("Trop de taux"),
              std::string::npos);
    EXPECT_NE(refused("amount 999 999 999 € * 999 999 999").find("bornes"), std::string::npos);
}

// No text may compute outside 128 bits, not even in a condition.
TEST(Checker, NumbersStayInBounds) {
    EXPECT_NE(
        refused("requires works.ht * 999 999 999 * 999 999 999 * 999 999 999 > 1 €\n  amount 1 €")
            .find("dépasser les nombres"),
        std::string::npos);
}

TEST(Checker, TablesAreWhole) {
    EXPECT_NE(refused("amount by income_class { very_modest: 1 €, modest: 2 € }")
                  .find("« intermediate »"),
              std::string::npos);
    EXPECT_NE(refused("amount by class_jump { others: 1 €, 2: 2 € }").find("en dernier"),
              std::string::npos);
    EXPECT_NE(refused("amount by class_jump { 3..2: 1 € }").find("vide"), std::string::npos);
    EXPECT_NE(refused("amount 1 €\n  advance by class_jump { 2: 1 € }").find("« others »"),
              std::string::npos);
}

TEST(Checker, EveryAidSaysWhoWhenAndHowMuch) {
    EXPECT_EQ(error_of("aid a \"A\"\n deposited 2025-01-01 ..\n"),
              "essai.rules:1:1: Il manque « paid by ».");
    EXPECT_EQ(error_of("aid a \"A\"\n paid by x\n amount 1 €\n"),
              "essai.rules:1:1: Il manque « deposited » ou « dated ».");
    EXPECT_EQ(error_of("aid a \"A\"\n paid by x\n deposited 2025-01-01 ..\n"),
              "essai.rules:1:1: Il manque « amount ».");
}

TEST(Checker, VersionsOfAnAidDoNotOverlap) {
    const std::string text = aid_text("local.a", "amount 1 €") + aid_text("local.a", "amount 2 €");
    EXPECT_NE(error_of(text).find("chevauche celle de la ligne 1"), std::string::npos);
    EXPECT_NE(
        error_of("aid a \"A\"\n paid by x\n deposited 2025-01-01 .., 2026-01-01 ..\n amount 1 €\n")
            .find("se chevauchent"),
        std::string::npos);
    EXPECT_NE(
        error_of("aid a \"A\"\n paid by x\n deposited 2025-01-02 .. 2025-01-01\n amount 1 €\n")
            .find("finit avant"),
        std::string::npos);
}

TEST(Checker, TerritoriesExist) {
    EXPECT_NE(refused("territory epci 999999999\n  amount 1 €").find("Aucune commune"),
              std::string::npos);
    EXPECT_EQ(
        refused(
            "territory region 44, epci {200071066, 200042000} except commune 88413\n  amount 1 €"),
        "");
}

TEST(Checker, CyclesAreShown) {
    const std::string text = aid_text("local.a", "amount amount of local.b") +
                             aid_text("local.b", "amount 10 % of base of local.c") +
                             aid_text("local.c", "requires granted local.a\n  amount 1 €");
    EXPECT_EQ(
        error_of(text),
        "essai.rules:1:1: Ces aides tournent en rond : local.a → local.b → local.c → local.a.");
}

TEST(Checker, TwoAidsThatCompleteTheOthersNeedAnOrder) {
    const auto filler = [](std::string_view id, std::string_view more) {
        return aid_text(id, std::string(more) + "amount 80 % of works.ttc - other aids");
    };
    EXPECT_NE(error_of(filler("local.a", "") + filler("local.b", "")).find("after"),
              std::string::npos);
    EXPECT_EQ(error_of(filler("local.a", "") + filler("local.b", "after local.a\n  ")), "");
    EXPECT_EQ(error_of(filler("local.a", "territory department 88\n  ") +
                       filler("local.b", "territory department 54\n  ")),
              "");
}

TEST(Checker, ScalesAreWholeAndDoNotOverlap) {
    const std::string scales = embedded_rule_files().back().text;
    EXPECT_EQ(error_of(scales), "");
    EXPECT_NE(
        error_of(replaced(scales, "  zone idf   modest:", "  zone idf   upper:")).find("catégorie"),
        std::string::npos);
    EXPECT_NE(error_of(replaced(scales, "2026-01-01 ..", "2025-12-31 ..")).find("chevauche"),
              std::string::npos);
    EXPECT_NE(error_of(replaced(scales, "  reading    <=\n", "")).find("reading"),
              std::string::npos);
}

TEST(Checker, ALimitCutsOnlyWhatItCounts) {
    const std::string limit =
        "limit local.l \"L\"\n  deposited 2025-01-01 ..\n  counts local.a\n  ceiling 80 % of "
        "works.ttc\n";
    EXPECT_NE(error_of(aid_text("local.a", "amount 1 €") + aid_text("local.b", "amount 1 €") +
                       limit + "  cuts local.b first\n")
                  .find("n'est pas comptée"),
              std::string::npos);
    EXPECT_NE(
        error_of(aid_text("local.a", "amount 1 €\n  counts in local.m") + limit).find("local.m"),
        std::string::npos);
}

// The examples of the grammar are rules like others.
TEST(Grammar, ItsExamplesAreInOrder) {
    std::ifstream in(DEODAT_ROOT "/rules/engine/grammar.md");
    std::ostringstream page;
    page << in.rdbuf();
    const std::string text = page.str();
    constexpr std::string_view fence = "```rules\n";
    const std::size_t from = text.find(fence);
    ASSERT_NE(from, std::string::npos);
    const std::size_t start = from + fence.size();
    const Loading loading = load(text.substr(start, text.find("```", start) - start));
    for (const RuleError& error : loading.errors) ADD_FAILURE() << error.text();
    ASSERT_NE(loading.rules, nullptr);
    EXPECT_EQ(loading.rules->aids.size(), 7U);
    EXPECT_EQ(loading.rules->limits.size(), 2U);
    EXPECT_EQ(loading.rules->scales.size(), 2U);
}

TEST(Description, ReadsAsFrench) {
    const RuleSet& rules = embedded_rules();
    const auto aid = std::ranges::find_if(rules.aids, [](const Aid& one) {
        return one.id == "anah.mpr_accompagne" &&
               one.dating.windows.front().from == day("2025-09-30");
    });
    ASSERT_NE(aid, rules.aids.end());
    const std::string text = describe(rules, *aid);
    EXPECT_NE(text.find("âge du logement d'au moins 15\u00a0ans"), std::string::npos) << text;
    EXPECT_NE(text.find("selon catégorie de revenus {très modeste : 80\u00a0%"), std::string::npos)
        << text;
    EXPECT_NE(text.find("du 30/09/2025 au 31/12/2025"), std::string::npos) << text;
    const std::size_t limit = text.find("compte dans   Plafond des aides cumulées");
    EXPECT_NE(limit, std::string::npos) << text;
    EXPECT_EQ(text.find("Plafond des aides cumulées", limit + 30), std::string::npos)
        << "versions once";
}

// Calculations that would leave the integers used are refused when the text is read.
TEST(Checker, BoundsEveryKeyBaseAndRate) {
    const std::string huge = "999 999 999 * 999 999 999 * 999 999 999";
    EXPECT_NE(refused("base 1 € * " + huge + "\n  amount base").find("bornes"), std::string::npos);
    EXPECT_NE(refused("base 1 € up to 1 € * " + huge + "\n  amount base").find("bornes"),
              std::string::npos);
    EXPECT_NE(refused("rate 1 % * " + huge + "\n  amount rate of 1 €").find("bornes"),
              std::string::npos);
    EXPECT_NE(refused("let k = " + huge + "\n  amount by k { 1: 1 €, others: 2 € }").find("bornes"),
              std::string::npos);
    EXPECT_NE(refused("let k = " + huge + "\n  requires k in 1..3\n  amount 1 €").find("bornes"),
              std::string::npos);
    EXPECT_NE(error_of("limit l \"L\"\n  deposited 2025-01-01 ..\n  counts every local aid\n"
                       "  ceiling 1 % * " +
                       huge + " * 0,01 €\n")
                  .find("bornes"),
              std::string::npos);
}

// A named value that may have no row is no use where nothing can be refused.
TEST(Checker, AnOpenTableBehindANameDoesNotServeInAnAdvance) {
    const std::string let = "let x = by class_jump { 2: 1 €, 3+: 2 € }\n  let y = x + 1 €\n";
    EXPECT_EQ(refused(let + "  amount y"), "");
    EXPECT_NE(refused(let + "  amount 1 €\n  advance y").find("others"), std::string::npos);
}

TEST(Checker, NoCommuneIsInNoIntercommunality) {
    EXPECT_NE(refused("territory epci 0\n  amount 1 €").find("Aucune commune"), std::string::npos);
    EXPECT_NE(refused("territory ept 0\n  amount 1 €").find("Aucune commune"), std::string::npos);
}

TEST(Checker, ALimitCutsOnlyWhatCountsInItAndForAsMuch) {
    const std::string limit =
        "limit l \"L\"\n  deposited 2025-01-01 ..\n  counts local.a\n  ceiling 1 €\n"
        "  cuts local.a\n";
    EXPECT_EQ(error_of(aid_text("local.a", "amount 1 €") + limit), "");
    EXPECT_NE(error_of(aid_text("local.a", "amount 1 €\n  counts in nothing") + limit)
                  .find("n'est pas comptée"),
              std::string::npos);
    EXPECT_NE(
        error_of(aid_text("local.a", "kind loan\n  amount 1 €\n  grant equivalent 10 % of 1 €") +
                 limit)
            .find("équivalent"),
        std::string::npos);
    EXPECT_EQ(error_of(aid_text("local.a", "amount 1 €\n  counts in l") +
                       "limit l \"L\"\n  deposited 2025-01-01 ..\n  counts local.b\n"
                       "  ceiling 1 €\n  cuts local.a\n" +
                       aid_text("local.b", "amount 1 €")),
              "");
}

TEST(Checker, ChoicesThatWaitForEachOtherAreRefused) {
    EXPECT_NE(
        error_of(aid_text("local.a", "scheme un\n  amount 1 €") +
                 aid_text("local.b", "scheme deux\n  requires granted local.a\n  amount 1 €") +
                 aid_text("local.c", "scheme deux\n  amount 1 €") +
                 aid_text("local.d", "scheme un\n  requires granted local.c\n  amount 1 €"))
            .find("l'attend aussi"),
        std::string::npos);
}

}  // namespace
}  // namespace deodat::rules::test
