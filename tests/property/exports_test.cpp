// Goal: whatever the journal holds, hledger, ledger, Beancount and a checker of the FEC accept what
// we export and find our balance on every account and auxiliary. Method: dossiers with drawn
// entries of every event, over two years, some reversed, labels and names chosen to break each
// format; the first year closed before the second; the real programs. 300 dossiers, 10,000 in long
// runs.
#include <gtest/gtest.h>

#include <random>

#include "ledger/journal/periods.h"
#include "tests/support/accounting_programs.h"
#include "tests/support/dossier_fixture.h"
#include "tests/support/seed.h"

namespace deodat {
namespace {

using journal::Event;
namespace events = journal::events;

class Exports : public testing_support::DossierTest {
  protected:
    // The tables behind the entries are not filled: only the journal is exported.
    void SetUp() override {
        DossierTest::SetUp();
        tampered_ = true;
    }
    std::int64_t drawn(std::int64_t least, std::int64_t most) {
        return std::uniform_int_distribution<std::int64_t>(least, most)(random_);
    }
    template <class T>
    const T& one_of(const std::vector<T>& from) {
        return from[static_cast<std::size_t>(drawn(0, static_cast<std::int64_t>(from.size()) - 1))];
    }

    void add_names() {
        must_write([&](store::Transaction& tx) -> Result<Done> {
            const std::vector<std::string> hostile = {"A:B ; C | D",
                                                      "\"Guillemets\" \\ fin",
                                                      "  (virtuel)  deux  blancs",
                                                      "Œuvre d'État – 3 €",
                                                      "= formule()",
                                                      "日本 😀",
                                                      "@ 3 EUR {2} [2026-01-01]"};
            for (std::size_t i = 0; i < hostile.size(); ++i) {
                const auto n = std::to_string(10'000'000 + i);
                const auto added = payments::add_contractor(
                    tx,
                    {siret_with_check_digit(siren_with_check_digit(n), "0001"), hostile[i],
                     "Épinal", "FR"},
                    officer);
                contractors_.push_back(testing_support::must(added));
                const auto family =
                    i % 2 == 0 ? journal::FunderFamily::commune : journal::FunderFamily::other;
                funders_.push_back(
                    {testing_support::must(funding::add_funder(tx, "f_" + std::to_string(i),
                                                               hostile[i], family, administrator)),
                     family});
            }
            return Done{};
        });
        // What no command lets in, and another program's data might hold.
        write_behind(
            "UPDATE contractor SET name = 'ligne' || char(10) || '  suite' || char(9) ||"
            " 'l''été ; \"fin\"' WHERE id = " +
            std::to_string(contractors_.back().value));
        funders_.push_back({anah, journal::FunderFamily::state});
        contractors_.push_back(contractor);
    }

    void close_year(int year) {
        must_write([&](store::Transaction& tx) {
            return journal::close_exercice(tx, year, {{programme, "01"}}, administrator);
        });
    }

    journal::EntryDraft some_entry(DossierId dossier) {
        // bean-query 2.3 shows no sum of a billion euros or more.
        const Money amount = Money::cents(drawn(1, drawn(1, 30) == 1 ? 100'000'000 : 4'000'000));
        const ContractorId company = one_of(contractors_);
        const journal::FunderRef funder = one_of(funders_);
        using Made = std::pair<Event, events::Legs>;
        const std::vector<Made> all = {
            {Event::fund_paid_in, events::fund_paid_in(amount)},
            {Event::grant_notified, events::grant_notified(dossier, funder, amount)},
            {Event::grant_refused, events::grant_refused(dossier, funder, amount)},
            {Event::works_ordered, events::works_ordered(dossier, company, amount)},
            {Event::household_share_called, events::household_share_called(dossier, amount)},
            {Event::household_receipt, events::household_receipt(dossier, amount)},
            {Event::household_early_receipt, events::household_early_receipt(dossier, amount)},
            {Event::order_released,
             events::order_released(dossier, company, amount,
                                    Money::cents(drawn(0, 1) * (amount.cents() / 20)))},
            {Event::order_approved, {}},
            {Event::commitment_ordered, events::commitment_ordered(dossier, company, amount)},
            {Event::commitment_paid, events::commitment_paid(dossier, company, amount)},
            {Event::transfer_paid,
             events::transfer_paid(dossier, company, amount, journal::Role::contractor_payable)},
            {Event::transfer_returned, events::transfer_returned(dossier, company, amount)},
            {Event::claim_filed, events::claim_filed(dossier, funder, amount)},
            {Event::claim_title_issued, events::claim_title_issued(dossier, funder, amount)},
            {Event::claim_received, events::claim_received(dossier, funder, amount)},
            {Event::claim_reduced, events::claim_reduced(dossier, funder, amount)},
            {Event::loss_borne, events::loss_borne(dossier, amount)},
            {Event::dossier_closed, events::dossier_closed(dossier, amount)},
        };
        const Made& made = one_of(all);
        static const std::vector<std::string> texts = {"Avance",
                                                       "; commentaire",
                                                       "(99) code * marque !",
                                                       "a | b",
                                                       "tag:valeur, x",
                                                       "\"cité\" \\n \\",
                                                       "2026-13-45 = 3 EUR",
                                                       "œ € – é 😀",
                                                       "=1+1",
                                                       "[2026/99/99] {x} #tag",
                                                       "première ligne\n    ; seconde\r\n  fin",
                                                       "\n  bilan:515    3 EUR\n",
                                                       "^lien @ %"};
        return {Day::of(today().year(), 1, 1).plus_days(drawn(0, today().month() == 12 ? 350 : 75)),
                made.first,
                one_of(texts),
                drawn(0, 5) == 0 ? "" : one_of(texts),
                {programme, "01"},
                accountant,
                made.second,
                made.second.empty() ? std::string(32, 'd') : ""};
    }

    void fill(std::int64_t count) {
        constexpr std::int64_t together = 200;
        for (std::int64_t done = 0; done < count; done += together) {
            must_write([&](store::Transaction& tx) -> Result<Done> {
                for (std::int64_t i = done; i < std::min(count, done + together); ++i) one(tx);
                return Done{};
            });
        }
    }

    std::mt19937_64 random_;

  private:
    void one(store::Transaction& tx) {
        const DossierId dossier = testing_support::must(
            dossiers::open_dossier(tx, {programme,
                                        adviser,
                                        today(),
                                        {"Ménage d'essai", 3, 24'000, "88413", "owner_occupier"},
                                        {"88413", "house", 60, true, 110, "F", "C", 50}}));
        for (std::int64_t i = drawn(1, 12); i > 0; --i) {
            const auto draft = some_entry(dossier);
            const EntryId posted = testing_support::must(journal::post(tx, draft));
            if (draft.legs.empty() || drawn(0, 20) != 0) continue;
            testing_support::must(journal::reverse(tx, posted, draft.day.plus_days(drawn(0, 5)),
                                                   "Erreur", accountant));
        }
    }

    std::vector<ContractorId> contractors_;
    std::vector<journal::FunderRef> funders_;
};

TEST_F(Exports, G20_EveryProgramFindsOurBalances) {
    random_.seed(testing_support::seed_of_this_run());
    add_names();
    const std::int64_t dossiers = 300 * testing_support::times_in_long_run(34);
    clock().set(instant_in_paris(Day::of(2026, 12, 20), 10));
    fill(dossiers * 3 / 4);
    clock().set(instant_in_paris(Day::of(2027, 3, 20), 10));
    close_year(2026);
    fill(dossiers / 4);
    const testing_support::TestDirectory directory;
    auto snapshot = store().snapshot();
    const std::string absent =
        testing_support::judge_exports(snapshot.db(), directory.path(), {2026, 2027});
    const std::string described =
        testing_support::bytes_of(directory / "200071066FEC20261231-description.txt");
    EXPECT_NE(described.find("Exercice clos"), std::string::npos) << described;
    EXPECT_GT(testing_support::ours_for_hledger(snapshot.db()).size(), 1'000U);
    if (!absent.empty()) GTEST_SKIP() << "skipped: no" << absent;
}

// Lines of the five origins that have no document or no words of their own.
TEST_F(Exports, FEC_08_PieceAndLabelAreFilledForEveryOrigin) {
    must_write([&](store::Transaction& tx) -> Result<Done> {
        const DossierId dossier = testing_support::must(
            dossiers::open_dossier(tx, {programme,
                                        adviser,
                                        today(),
                                        {"Ménage d'essai", 3, 24'000, "88413", "owner_occupier"},
                                        {"88413", "house", 60, true, 110, "F", "C", 50}}));
        const Money amount = Money::euros(10);
        const std::vector<std::pair<Event, events::Legs>> origins = {
            {Event::household_early_receipt, events::household_early_receipt(dossier, amount)},
            {Event::transfer_returned, events::transfer_returned(dossier, contractor, amount)},
            {Event::fund_paid_in, events::fund_paid_in(amount)},
            {Event::loss_borne, events::loss_borne(dossier, amount)},
            {Event::dossier_closed, events::dossier_closed(dossier, amount)}};
        for (const auto& [event, legs] : origins) {
            testing_support::must(
                journal::post(tx, {today(), event, "", "", {programme, "01"}, accountant, legs}));
        }
        return Done{};
    });
    auto snapshot = store().snapshot();
    std::ostringstream out;
    EXPECT_EQ(reports::export_fec(snapshot.db(), 2026, out).lines, 10);
    const auto lines = testing_support::split(out.str(), '\n');
    ASSERT_EQ(lines.size(), 11U);
    for (std::size_t i = 1; i < lines.size(); ++i) {
        const auto fields = testing_support::split(lines[i], '\t');
        EXPECT_EQ(fields.at(8), "ECR-" + std::to_string((i + 1) / 2));
        EXPECT_FALSE(fields.at(10).empty()) << lines[i];
    }
}

TEST_F(Exports, AYearWithoutEarlierOnesHasNoOpening) {
    pay_in_fund(Money::euros(1'000));
    auto snapshot = store().snapshot();
    std::ostringstream first;
    std::ostringstream second;
    EXPECT_EQ(reports::export_fec(snapshot.db(), 2026, first).lines, 2);
    EXPECT_EQ(first.str().find("AN\t"), std::string::npos);
    EXPECT_EQ(reports::export_fec(snapshot.db(), 2027, second).lines, 2);
    EXPECT_NE(second.str().find("\t1\t20270101\t1021\t"), std::string::npos);
}

}  // namespace
}  // namespace deodat
