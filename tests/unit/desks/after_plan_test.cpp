// Goal: what the adviser asks of a plan once made: from the dossier as the ledger holds it, and
// without a trace. Method: a whole dossier through the ledger; every table is read before and
// after.
#include "api/desks/adviser/after_plan.h"

#include <gmock/gmock.h>

#include "api/desks/adviser/plans.h"
#include "rules/engine/rule_files.h"
#include "tests/support/dossier_fixture.h"

namespace deodat {
namespace {

using testing::HasSubstr;
using testing_support::must;

const std::string anah_aid = "anah.mpr_accompagne";

class AfterPlan : public testing_support::DossierTest {
  protected:
    desks::Desk desk() { return {store(), rules::embedded_rules(), adviser}; }

    // Every row of every table.
    std::string contents() {
        auto snapshot = store().snapshot();
        store::Database& db = snapshot.db();
        std::vector<std::string> queries;
        {
            auto columns = db.select(
                "SELECT m.name, group_concat('quote(\"' || c.name || '\")', '||'',''||') FROM"
                " sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' GROUP BY"
                " m.name ORDER BY m.name");
            while (columns.next()) {
                queries.push_back("SELECT " + columns.text(1) + " AS line FROM \"" +
                                  columns.text(0) + "\" ORDER BY line");
            }
        }
        std::string out;
        for (const std::string& query : queries) {
            out += query + "\n";
            auto rows = db.select(query);
            while (rows.next()) out += rows.text(0) + "\n";
        }
        return out;
    }

    // Very modest by 24 000 € for three: 80 % of 20 000 €, and nothing else.
    DossierId dossier_with_plan(const std::vector<dossiers::WorksLine>& lines = works()) {
        const DossierId dossier = open_dossier();
        quote_ = must_write([&](store::Transaction& tx) {
            return dossiers::add_quote(tx, {dossier, adviser, contractor, "DV-1", today(), lines});
        });
        auto at = desk();
        const PlanId plan = must(adviser_desk::keep_plan(at, dossier, today()));
        must(adviser_desk::sign_plan(at, plan));
        sign_mandates(dossier);
        return dossier;
    }

    // Its grant is notified, its works ordered, and those lines invoiced; accepted or not.
    InvoiceId invoiced(DossierId dossier, const std::vector<dossiers::WorksLine>& lines) {
        const auto grants = request(dossier);
        notify(grants.at(0), Money::euros(16'000));
        grant_ = grants.at(0);
        const std::int64_t order = order_works(quote_);
        return must_write([&](store::Transaction& tx) {
            return payments::register_invoice(
                tx, {order, "F-1", today(), today(), lines, Money(), officer});
        });
    }

    static std::vector<dossiers::WorksLine> cheaper(const std::string& label) {
        return {{"", label, Money::euros(18'000), 550, Money::euros(18'990)}};
    }

    QuoteId quote_;
    GrantId grant_;
};

TEST_F(AfterPlan, SupposesWithoutATrace) {
    const DossierId dossier = dossier_with_plan();
    const std::string before = contents();
    ASSERT_THAT(before, HasSubstr("DV-1"));
    const std::vector<rules::Supposition> changes = {
        rules::SetFact{rules::FactId::reference_income, 9'000'000},
        rules::AddLine{{"menuiseries", Money::euros(5'000), 550, true}}};
    const auto answer = must(adviser_desk::what_if(desk(), dossier, today(), changes));
    EXPECT_EQ(answer.before.aid(anah_aid)->amount, Money::euros(16'000));
    EXPECT_EQ(answer.after.income_class, rules::IncomeClass::upper);
    EXPECT_EQ(answer.after.works_ht, Money::euros(25'000));
    EXPECT_EQ(contents(), before);
    // A refusal leaves none either.
    const std::vector<rules::Supposition> bad = {rules::DropTrade{"toiture"}};
    EXPECT_EQ(adviser_desk::what_if(desk(), dossier, today(), bad).refusal().code, Code::not_found);
    EXPECT_EQ(contents(), before);
}

TEST_F(AfterPlan, RecomputesOnAcceptedInvoicesWithoutATrace) {
    const DossierId dossier = dossier_with_plan();
    accept(invoiced(dossier, cheaper("Isolation des murs par l'extérieur")));
    claim_and_receive(grant_, funding::ClaimKind::advance, Money::euros(4'800),
                      Money::euros(4'800));
    const std::string before = contents();
    const auto answer = must(adviser_desk::recompute_on_invoices(desk(), dossier));
    ASSERT_EQ(answer.recomputation.aids.size(), 1U);
    const rules::RecomputedAid& line = answer.recomputation.aids[0];
    EXPECT_EQ(line.notified, Money::euros(16'000));
    EXPECT_EQ(line.retained, Money::euros(14'400));
    EXPECT_EQ(line.balance(), Money::euros(9'600));
    EXPECT_THAT(answer.recomputation.lots.at(0).text, HasSubstr("isolation_mur_ite"));
    EXPECT_FALSE(answer.complete);  // 2 110 € of the order are neither invoiced nor given up
    EXPECT_FALSE(answer.under_other_rules);
    EXPECT_EQ(contents(), before);
}

// The class stays that of the signed plan, whatever the day.
TEST_F(AfterPlan, TheFactsAreThoseOfTheSignedPlan) {
    const DossierId dossier = dossier_with_plan();
    accept(invoiced(dossier, works()));
    clock().set(instant_in_paris(Day::of(2027, 6, 1), 10));
    const auto answer = must(adviser_desk::recompute_on_invoices(desk(), dossier));
    EXPECT_EQ(answer.recomputation.aids.at(0).retained, Money::euros(16'000));
    EXPECT_TRUE(answer.complete);
}

TEST_F(AfterPlan, RefusesWithoutASignedPlanOrAnAcceptedInvoice) {
    const auto code = [&](DossierId dossier) {
        return adviser_desk::recompute_on_invoices(desk(), dossier).refusal().code;
    };
    EXPECT_EQ(code({999}), Code::not_found);
    EXPECT_EQ(code(open_dossier()), Code::state_forbids);
    const DossierId dossier = dossier_with_plan();
    EXPECT_EQ(code(dossier), Code::state_forbids);
    invoiced(dossier, works());
    EXPECT_EQ(code(dossier), Code::state_forbids);
}

// An invoice names no trade: where the quote's lots differ, only the label tells them apart.
TEST_F(AfterPlan, AnInvoicedLineFindsItsLotByItsLabel) {
    std::vector<dossiers::WorksLine> lots = works();
    lots[0].ht = Money::euros(18'000);
    lots[0].ttc = Money::euros(18'990);
    lots.push_back(
        {"decoration", "Peintures", Money::euros(2'000), 1'000, Money::euros(2'200), false});
    const DossierId dossier = dossier_with_plan(lots);
    const auto grants = request(dossier);
    notify(grants.at(0), Money::euros(14'400));
    const std::int64_t order = order_works(quote_);
    const auto register_lines = [&](const char* number,
                                    const std::vector<dossiers::WorksLine>& lines) {
        return must_write([&](store::Transaction& tx) {
            return payments::register_invoice(
                tx, {order, number, today(), today(), lines, Money(), officer});
        });
    };
    accept(register_lines("F-1", {lots[1]}));
    const auto painted = must(adviser_desk::recompute_on_invoices(desk(), dossier));
    EXPECT_EQ(painted.recomputation.aids.at(0).retained, Money());  // not eligible
    accept(register_lines("F-2", {{"", "Divers", Money::euros(100), 550, Money::cents(10'550)}}));
    const auto refused = adviser_desk::recompute_on_invoices(desk(), dossier);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.refusal().code, Code::not_found);
    EXPECT_THAT(refused.refusal().message, HasSubstr("« Divers »"));
}

}  // namespace
}  // namespace deodat
