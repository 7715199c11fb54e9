// Goal: what if: each kind of change, before and after side by side, the facts left as they are,
// and each change that cannot be made.
#include "rules/plan/what_if.h"

#include <gmock/gmock.h>

#include "rules/plan/plan_json.h"
#include "tests/unit/rules/support.h"

namespace deodat::rules::test {
namespace {

using testing::HasSubstr;

// The example with a second lot.
Facts two_lots() {
    Facts facts = example_facts();
    facts.lines.push_back({"menuiseries", Money::euros(6'000), 550, true});
    facts.derive();
    return facts;
}

std::vector<Supposition> read(std::string_view changes) {
    const auto made = suppositions_from_json(R"({"changes":[)" + std::string(changes) + "]}");
    EXPECT_TRUE(made) << (made ? "" : made.refusal().message);
    return *made;
}

WhatIf asked(const Facts& facts, std::string_view changes) {
    Result<WhatIf> made = what_if(embedded_rules(), facts, read(changes));
    EXPECT_TRUE(made) << (made ? "" : made.refusal().message);
    return std::move(*made);
}

TEST(WhatIf, NothingChangedChangesNothing) {
    const WhatIf answer = asked(two_lots(), "");
    EXPECT_FALSE(answer.difference.any());
    EXPECT_EQ(plan_json(answer.before), plan_json(answer.after));
}

TEST(WhatIf, ALotDroppedAndTheFactsUntouched) {
    const Facts facts = two_lots();
    const std::string before = plan_json(*plan(embedded_rules(), facts));
    const WhatIf answer = asked(facts, R"({"drop_trade":"menuiseries"})");
    EXPECT_EQ(gain(answer.difference.works_ttc), -Money::euros(6'330));
    EXPECT_EQ(gain(answer.difference.total_aid), -Money::euros(3'600));
    EXPECT_EQ(answer.after.works_ht, Money::euros(24'180));
    EXPECT_EQ(plan_json(answer.before), before);
    EXPECT_EQ(facts.lines.size(), 2U);
    EXPECT_EQ(plan_json(*plan(embedded_rules(), facts)), before);
}

// Changes are made in their order: the second index counts the lines that the first left.
TEST(WhatIf, LinesAreDroppedAndAddedInOrder) {
    const WhatIf answer = asked(
        two_lots(),
        R"({"add_line":{"trade":"chauffage","amount_ht_cents":100000,"vat_bp":1000,"eligible":true}},)"
        R"({"drop_line":0},{"drop_line":0})");
    EXPECT_EQ(answer.after.works_ht, Money::euros(1'000));
    EXPECT_EQ(answer.after.works_ttc, Money::euros(1'100));
}

TEST(WhatIf, AnyFactMayBeAnother) {
    const WhatIf richer =
        asked(two_lots(), R"({"set":"household.reference_income_eur","value":90000})");
    EXPECT_EQ(richer.after.income_class, IncomeClass::upper);
    const WhatIf more = asked(two_lots(), R"({"set":"household.persons","value":9})");
    EXPECT_EQ(more.after.income_class, IncomeClass::very_modest);
    const WhatIf late = asked(two_lots(), R"({"set":"deposit_date","value":"2026-01-15"})");
    EXPECT_EQ(late.after.aid("anah.mpr_accompagne"), nullptr);
    EXPECT_THAT(what_if_text(late), HasSubstr("Aucun dispositif national n'accepte"));
    const WhatIf aimed = asked(two_lots(), R"({"set":"works.dpe_after","value":"E"})");
    EXPECT_EQ(aimed.after.class_jump, 1);
    EXPECT_EQ(aimed.after.total_aid, Money());
    const WhatIf assisted =
        asked(two_lots(), R"({"set":"costs.assistance_ttc_cents","value":200000})");
    // 2 000 € more to pay, 1 600 € of them by the Anah.
    EXPECT_EQ(gain(assisted.difference.remaining_cost), Money::euros(400));
    EXPECT_THAT(what_if_text(assisted), HasSubstr("Autres coûts"));
    EXPECT_THAT(what_if_text(aimed), HasSubstr("refusée"));
    EXPECT_THAT(what_if_text(aimed), HasSubstr("au moins deux classes"));
}

TEST(WhatIf, AnOptionalFactMayBeTakenAway) {
    Facts facts = two_lots();
    facts.set(FactId::rge_contractors, 0);
    const WhatIf answer = asked(facts, R"({"set":"works.rge_contractors","value":null})");
    EXPECT_FALSE(answer.before.aid("anah.mpr_accompagne")->eligible);
    EXPECT_TRUE(answer.after.aid("anah.mpr_accompagne")->eligible);
    EXPECT_THAT(what_if_text(answer), HasSubstr("cet obstacle tombe"));
}

TEST(WhatIf, ShowsBothPlansInColumns) {
    const std::string text = what_if_text(asked(two_lots(), R"({"drop_line":1})"));
    EXPECT_THAT(text, HasSubstr("AVANT"));
    EXPECT_THAT(text,
                HasSubstr("31\u202f839,90\u00a0€  25\u202f509,90\u00a0€  -6\u202f330,00\u00a0€"));
    EXPECT_THAT(text, HasSubstr("Reste à charge"));
}

Refusal refusal_of(std::string_view changes) {
    const auto read = suppositions_from_json(R"({"changes":[)" + std::string(changes) + "]}");
    if (!read) return read.refusal();
    const auto made = what_if(embedded_rules(), two_lots(), *read);
    EXPECT_FALSE(made) << changes;
    return made ? Refusal{Code::usage, "", ""} : made.refusal();
}

// As the JSON of facts refuses it: same code, same field.
TEST(WhatIf, RefusesAValueAsTheFactsWould) {
    EXPECT_EQ(refusal_of(R"({"set":"household.person","value":1})").code, Code::unknown_field);
    EXPECT_EQ(refusal_of(R"({"set":"income_class","value":"modest"})").code, Code::unknown_field);
    const Refusal bounds = refusal_of(R"({"set":"household.persons","value":0})");
    EXPECT_EQ(bounds.code, Code::out_of_range);
    EXPECT_EQ(bounds.field, "household.persons");
    EXPECT_EQ(refusal_of(R"({"set":"household.persons","value":2.5})").code, Code::malformed);
    EXPECT_EQ(refusal_of(R"({"set":"household.persons","value":null})").code, Code::missing);
    EXPECT_EQ(refusal_of(R"({"set":"works.dpe_after","value":"H"})").code, Code::malformed);
    EXPECT_EQ(refusal_of(R"({"set":"deposit_date","value":"2026-02-30"})").code,
              Code::date_invalid);
    EXPECT_EQ(refusal_of(R"({"set":"dwelling.commune_insee","value":"00000"})").code,
              Code::insee_unknown);
    EXPECT_EQ(refusal_of(R"({"set":"works.scheme","value":"no.such"})").code, Code::aid_unknown);
}

TEST(WhatIf, RefusesWhatIsNotThere) {
    const Refusal trade = refusal_of(R"({"drop_trade":"toiture"})");
    EXPECT_EQ(trade.code, Code::not_found);
    EXPECT_EQ(trade.field, "changes[0].drop_trade");
    EXPECT_THAT(trade.message, HasSubstr("isolation_mur_ite, menuiseries"));
    const Refusal line = refusal_of(R"({"drop_line":1},{"drop_line":1})");
    EXPECT_EQ(line.code, Code::not_found);
    EXPECT_EQ(line.field, "changes[1].drop_line");
    EXPECT_EQ(refusal_of(R"({"drop_line":1},{"drop_line":0})").field, "works.lines");
}

TEST(WhatIf, RefusesWhatIsNotOneChange) {
    EXPECT_EQ(refusal_of("{}").code, Code::malformed);
    EXPECT_EQ(refusal_of(R"({"drop_line":0,"drop_trade":"x"})").code, Code::malformed);
    EXPECT_EQ(refusal_of(R"({"drop_line":0,"value":1})").code, Code::malformed);
    EXPECT_EQ(refusal_of(R"({"drop":0})").code, Code::unknown_field);
    EXPECT_EQ(refusal_of(R"({"set":"household.persons"})").field, "changes[0].value");
    EXPECT_EQ(refusal_of(R"({"add_line":{"trade":"x"}})").field,
              "changes[0].add_line.amount_ht_cents");
    EXPECT_FALSE(suppositions_from_json("[]"));
    EXPECT_FALSE(suppositions_from_json(R"({"changes":{}})"));
}

TEST(WhatIfJson, HoldsBothPlansAndTheirDifference) {
    const WhatIf answer = asked(two_lots(), R"({"drop_line":1})");
    EXPECT_EQ(what_if_json(answer), R"({"before":)" + plan_json(answer.before) + R"(,"after":)" +
                                        plan_json(answer.after) + R"(,"difference":)" +
                                        difference_json(answer.difference) + "}");
}

}  // namespace
}  // namespace deodat::rules::test
