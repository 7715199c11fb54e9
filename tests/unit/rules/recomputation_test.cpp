// Goal: what becomes of notified grants on the real invoices: the lower of two amounts, then the
// limits, each difference said; and what cannot be recomputed.
#include "rules/plan/recomputation.h"

#include <gmock/gmock.h>

#include "rules/plan/recomputation_json.h"
#include "tests/unit/rules/support.h"

namespace deodat::rules::test {
namespace {

using testing::HasSubstr;

const std::string anah = "anah.mpr_accompagne";

Recomputation recomputed(const RuleSet& rules, const Facts& facts,
                         const Notification& notification) {
    Result<Recomputation> made = recompute(rules, facts, notification);
    EXPECT_TRUE(made) << (made ? "" : made.refusal().message);
    return std::move(*made);
}

// A very modest household whose invoices come to that much.
Facts invoiced(std::int64_t euros) {
    Facts facts = example_facts();
    facts.set(FactId::reference_income, 2'000'000);
    set_works(facts, euros * 100);
    return facts;
}

std::vector<WorksLine> quoted(std::int64_t euros) {
    return {{"travaux", Money::euros(euros), 550, true}};
}

// Trap 25: 24 000 € granted on 30 000 €, invoices of 26 500 €, advance of 7 200 € paid.
TEST(Trap, T25_TheBalanceIsOnRealInvoices) {
    const Recomputation made =
        recomputed(embedded_rules(), invoiced(26'500),
                   {{{anah, Money::euros(24'000), Money::euros(7'200)}}, quoted(30'000)});
    ASSERT_EQ(made.aids.size(), 1U);
    const RecomputedAid& line = made.aids[0];
    EXPECT_EQ(line.recomputed, Money::euros(21'200));
    EXPECT_EQ(line.retained, Money::euros(21'200));
    EXPECT_EQ(line.balance(), Money::euros(14'000));
    EXPECT_EQ(line.decision, Decision::recomputed_lower);
    EXPECT_EQ(line.text,
              "MaPrimeRénov' parcours accompagné : notifié 24\u202f000,00\u00a0€, recalculé "
              "21\u202f200,00\u00a0€, retenu 21\u202f200,00\u00a0€. La base baisse de "
              "30\u202f000,00\u00a0€ à 26\u202f500,00\u00a0€, au taux de 80\u00a0%. Le montant "
              "recalculé est le plus bas : il remplace le montant notifié. Déjà reçu "
              "7\u202f200,00\u00a0€ ; solde 14\u202f000,00\u00a0€.");
    EXPECT_EQ(made.plan.total_aid, Money::euros(21'200));
    EXPECT_EQ(made.plan.remaining_cost, Money::cents(2'795'750 - 2'120'000));
    ASSERT_EQ(made.lots.size(), 1U);
    EXPECT_THAT(made.lots[0].text, HasSubstr("soit 3\u202f500,00\u00a0€ de moins."));
    EXPECT_THAT(made.limits.at(0), HasSubstr("non atteint"));
}

TEST(Recomputation, DearerInvoicesGiveNoMoreThanWasNotified) {
    const Recomputation made = recomputed(embedded_rules(), invoiced(35'000),
                                          {{{anah, Money::euros(24'000), {}}}, quoted(30'000)});
    EXPECT_EQ(made.aids[0].recomputed, Money::euros(28'000));
    EXPECT_EQ(made.aids[0].retained, Money::euros(24'000));
    EXPECT_EQ(made.aids[0].decision, Decision::notified_lower);
    EXPECT_EQ(made.plan.remaining_cost, Money::cents(3'692'500 - 2'400'000));
    EXPECT_THAT(made.aids[0].text, HasSubstr("La base monte de"));
}

TEST(Recomputation, SameInvoicesConfirm) {
    const Recomputation made =
        recomputed(embedded_rules(), invoiced(30'000), {{{anah, Money::euros(24'000), {}}}, {}});
    EXPECT_EQ(made.aids[0].decision, Decision::as_notified);
    EXPECT_EQ(made.aids[0].retained, Money::euros(24'000));
    EXPECT_TRUE(made.lots.empty());
    EXPECT_THAT(made.aids[0].text, HasSubstr("La base est de 30"));
}

TEST(Recomputation, TheBaseStaysAtItsCap) {
    const Recomputation made = recomputed(embedded_rules(), invoiced(45'000),
                                          {{{anah, Money::euros(32'000), {}}}, quoted(50'000)});
    EXPECT_EQ(made.aids[0].decision, Decision::as_notified);
    EXPECT_THAT(made.aids[0].text,
                HasSubstr("La base reste de 40\u202f000,00\u00a0€ (plafond de la base)"));
}

// Two aids of 60 % and 30 % under a limit of 80 % of the cost with no VAT; the first is cut.
std::shared_ptr<const RuleSet> two_aids() {
    return with_scales(aid_text("local.big", "base works.ht\n  rate 60 %\n  amount rate * base") +
                       aid_text("local.small", "amount 30 % of works.ht") +
                       "limit essai.plafond \"Plafond d'essai\"\n  deposited 2025-01-01 ..\n"
                       "  counts every local aid\n"
                       "  ceiling 80 % of works.ttc\n  cuts local.big first\n");
}

Facts without_vat(std::int64_t euros) {
    Facts facts = example_facts();
    set_works(facts, euros * 100, 0);
    return facts;
}

// Recomputed: 6 000 € and 3 000 €, 1 000 € above the limit of 8 000 €. Notified: 6 000 € and 2 000
// €, which just fit. The minimum first: nothing is cut. The limit first would have cut the first
// aid to 5 000 € for 1 000 € that the second funder never granted.
TEST(Recomputation, TheMinimumComesBeforeTheLimit) {
    const auto rules = two_aids();
    const Recomputation made = recomputed(
        *rules, without_vat(10'000),
        {{{"local.big", Money::euros(6'000), {}}, {"local.small", Money::euros(2'000), {}}}, {}});
    EXPECT_EQ(made.aids[0].retained, Money::euros(6'000));
    EXPECT_EQ(made.aids[1].retained, Money::euros(2'000));
    EXPECT_EQ(made.aids[1].decision, Decision::notified_lower);
    EXPECT_EQ(made.plan.remaining_cost, Money::euros(2'000));
}

// Cheaper works: the limit falls with their cost, and cuts what the minimum let through.
TEST(Recomputation, TheLimitIsTestedOnTheNewCost) {
    const auto rules = two_aids();
    const Recomputation made = recomputed(
        *rules, without_vat(8'000),
        {{{"local.big", Money::euros(5'000), {}}, {"local.small", Money::euros(2'300), {}}}, {}});
    // min(4 800, 5 000) + min(2 400, 2 300) = 7 100 for 6 400.
    EXPECT_EQ(made.aids[0].limit_cut, Money::euros(700));
    EXPECT_EQ(made.aids[0].retained, Money::euros(4'100));
    EXPECT_EQ(made.aids[0].decision, Decision::limit_cut);
    EXPECT_THAT(made.aids[0].text, HasSubstr("réduit de 700,00\u00a0€ par « Plafond d'essai » "
                                             "(6\u202f400,00\u00a0€)"));
    EXPECT_EQ(made.aids[1].retained, Money::euros(2'300));
    EXPECT_THAT(made.limits.at(0), HasSubstr("réduction de 700,00\u00a0€"));
}

TEST(Recomputation, AnAidThatCompletesSeesWhatTheOthersAreLeftWith) {
    const auto rules = with_scales(aid_text("local.first", "amount 60 % of works.ht") +
                                   aid_text("local.last", "amount 90 % of works.ttc - other aids"));
    const Recomputation made = recomputed(
        *rules, without_vat(10'000),
        {{{"local.first", Money::euros(5'000), {}}, {"local.last", Money::euros(4'500), {}}}, {}});
    EXPECT_EQ(made.aids[1].recomputed, Money::euros(4'000));
    EXPECT_EQ(made.aids[1].retained, Money::euros(4'000));
}

TEST(Recomputation, AnAidNoLongerDueFallsToNothingAndIsRepaid) {
    const auto rules =
        with_scales(aid_text("local.a",
                             "requires works.ht >= 20 000 € else small \"Travaux trop petits.\"\n"
                             "  amount 1 000 €"));
    const Recomputation made = recomputed(
        *rules, without_vat(10'000), {{{"local.a", Money::euros(1'000), Money::euros(300)}}, {}});
    EXPECT_EQ(made.aids[0].retained, Money());
    EXPECT_EQ(made.aids[0].decision, Decision::no_longer_granted);
    EXPECT_EQ(made.aids[0].balance(), -Money::euros(300));
    EXPECT_THAT(made.aids[0].text, HasSubstr("Travaux trop petits."));
    EXPECT_THAT(made.aids[0].text, HasSubstr("300,00\u00a0€ à reverser"));
}

TEST(Recomputation, WhatWasNeverNotifiedIsNotGranted) {
    const auto rules = two_aids();
    const Recomputation made =
        recomputed(*rules, without_vat(10'000), {{{"local.big", Money::euros(6'000), {}}}, {}});
    ASSERT_EQ(made.aids.size(), 2U);
    EXPECT_EQ(made.aids[1].aid, "local.small");
    EXPECT_EQ(made.aids[1].decision, Decision::never_notified);
    EXPECT_EQ(made.aids[1].recomputed, Money::euros(3'000));
    EXPECT_EQ(made.aids[1].retained, Money());
    EXPECT_EQ(made.plan.total_aid, Money::euros(6'000));
}

TEST(Recomputation, AnAidOfAnotherTerritoryIsNotOpen) {
    const auto rules = with_scales(aid_text("local.a", "territory department 75\n  amount 900 €"));
    const Recomputation made =
        recomputed(*rules, without_vat(10'000), {{{"local.a", Money::euros(900), {}}}, {}});
    EXPECT_EQ(made.aids.at(0).decision, Decision::not_open);
    EXPECT_EQ(made.aids.at(0).retained, Money());
    EXPECT_THAT(made.aids.at(0).text, HasSubstr("n'est pas ouverte"));
}

TEST(Recomputation, GivenAidsStay) {
    Facts facts = invoiced(26'500);
    facts.given_aids = {{"local.forced", "commune", Money::euros(1'500)}};
    const Recomputation made =
        recomputed(embedded_rules(), facts, {{{anah, Money::euros(24'000), {}}}, {}});
    EXPECT_EQ(made.plan.total_aid, Money::euros(22'700));
    EXPECT_THAT(recomputation_text(made),
                HasSubstr("1\u202f500,00\u00a0€, décidé hors des règles"));
    // Notified like the others, it is not recomputed.
    const Recomputation listed =
        recomputed(embedded_rules(), facts,
                   {{{anah, Money::euros(24'000), {}},
                     {"local.forced", Money::euros(1'500), Money::euros(500)}},
                    {}});
    EXPECT_EQ(listed.plan.total_aid, Money::euros(22'700));
    EXPECT_EQ(listed.aids[1].decision, Decision::given);
    EXPECT_EQ(listed.aids[1].funder, "commune");
    EXPECT_EQ(listed.aids[1].balance(), Money::euros(1'000));
}

TEST(Recomputation, LotsAreMatchedByTrade) {
    Facts facts = invoiced(0);
    facts.lines = {{"toiture", Money::euros(9'000), 550, true},
                   {"menuiseries", Money::euros(5'000), 550, true}};
    facts.derive();
    const Recomputation made = recomputed(embedded_rules(), facts,
                                          {{},
                                           {{"toiture", Money::euros(4'000), 550, true},
                                            {"toiture", Money::euros(5'000), 1'000, true},
                                            {"ventilation", Money::euros(800), 550, true}}});
    ASSERT_EQ(made.lots.size(), 3U);
    EXPECT_EQ(made.lots[0].quoted_ht, Money::euros(9'000));
    EXPECT_EQ(made.lots[0].quoted_ttc, Money::euros(4'220 + 5'500));
    EXPECT_THAT(made.lots[0].text, HasSubstr("sans écart"));
    EXPECT_THAT(made.lots[1].text, HasSubstr("aucune facture"));
    EXPECT_THAT(made.lots[2].text, HasSubstr("absents des devis"));
}

// A plan would take the larger of two that exclude each other; after notification the one notified
// is taken, and what had to be established has been.
TEST(Recomputation, TheSchemeIsTheOneNotified) {
    const auto rules =
        with_scales(aid_text("local.small",
                             "scheme national\n  requires established works.bbc_renovation\n"
                             "  amount 10 % of works.ht") +
                    aid_text("local.large", "scheme national\n  amount 20 % of works.ht"));
    const Recomputation made =
        recomputed(*rules, without_vat(10'000), {{{"local.small", Money::euros(1'000), {}}}, {}});
    EXPECT_EQ(made.aids.at(0).retained, Money::euros(1'000));
    EXPECT_EQ(made.aids.size(), 1U) << "the scheme it excludes is no grant that is missing";
    EXPECT_EQ(made.plan.total_aid, Money::euros(1'000));
}

// Where the rules leave the amount to a board, what it notified is the amount, up to the maximum.
TEST(Recomputation, AnAmountDecidedCaseByCaseIsTheOneNotified) {
    const auto rules =
        with_scales(aid_text("local.a", "amount decided\n  at most 15 % of works.ht"));
    const auto retained = [&](std::int64_t notified) {
        return recomputed(*rules, without_vat(10'000),
                          {{{"local.a", Money::euros(notified), {}}}, {}})
            .aids.at(0)
            .retained;
    };
    EXPECT_EQ(retained(1'200), Money::euros(1'200));
    EXPECT_EQ(retained(1'800), Money::euros(1'500));
}

Refusal refusal_of(const Notification& notification) {
    const Result<Recomputation> made = recompute(embedded_rules(), invoiced(1), notification);
    EXPECT_FALSE(made);
    return made ? Refusal{Code::usage, "", ""} : made.refusal();
}

TEST(Recomputation, RefusesWhatTheRulesDoNotHold) {
    EXPECT_EQ(refusal_of({{{"anah.nothing", Money::euros(1), {}}}, {}}).code, Code::aid_unknown);
    const Refusal twice = refusal_of({{{anah, {}, {}}, {anah, {}, {}}}, {}});
    EXPECT_EQ(twice.code, Code::duplicate);
    EXPECT_EQ(twice.field, "notified[1].aid");
    EXPECT_EQ(refusal_of({{{anah, -Money::euros(1), {}}}, {}}).code, Code::out_of_range);
    EXPECT_EQ(refusal_of({{{anah, {}, -Money::euros(1)}}, {}}).code, Code::out_of_range);
}

TEST(RecomputationJson, ReadsAndRefuses) {
    const auto read = notification_from_json(
        R"({"notified":[{"aid":"a.b","amount_cents":5,"received_cents":2}],)"
        R"("quoted_lines":[{"trade":"t","amount_ht_cents":1,"vat_bp":550,"eligible":true}]})");
    ASSERT_TRUE(read);
    EXPECT_EQ(read->aids.at(0).aid, "a.b");
    EXPECT_EQ(read->aids.at(0).received, Money::cents(2));
    EXPECT_EQ(read->quoted_lines.at(0).trade, "t");
    const auto refusal = [](std::string_view json) {
        return notification_from_json(json).refusal();
    };
    EXPECT_EQ(refusal("{}").field, "notified");
    EXPECT_EQ(refusal(R"({"notified":[{"aid":"a"}]})").field, "notified[0].amount_cents");
    EXPECT_EQ(refusal(R"({"notified":[{"aid":"a","amount_cents":1.5}]})").code, Code::malformed);
    EXPECT_EQ(refusal(R"({"notified":[],"given":1})").code, Code::unknown_field);
    EXPECT_EQ(refusal(R"({"notified":[],"notified":[]})").code, Code::json_malformed);
    // A list of names is not a name.
    EXPECT_EQ(refusal(R"({"notified":[],"notified, quoted_lines":1})").code, Code::unknown_field);
    EXPECT_EQ(refusal(R"({"notified":[],"quoted_lines":[{}]})").field, "quoted_lines[0].trade");
}

TEST(RecomputationJson, SaysEachAid) {
    const std::string json =
        recomputation_json(recomputed(embedded_rules(), invoiced(26'500),
                                      {{{anah, Money::euros(24'000), Money::euros(7'200)}}, {}}));
    EXPECT_THAT(json,
                testing::StartsWith(R"({"aids":[{"aid":"anah.mpr_accompagne","funder":"anah",)"
                                    R"("notified_cents":2400000,"recomputed_cents":2120000,)"
                                    R"("limit_cut_cents":0,"retained_cents":2120000,)"
                                    R"("received_cents":720000,"balance_cents":1400000,)"
                                    R"("decision":"recomputed_lower","text":")"));
    EXPECT_THAT(json, HasSubstr(R"("plan":{"income_class":"very_modest")"));
}

}  // namespace
}  // namespace deodat::rules::test
