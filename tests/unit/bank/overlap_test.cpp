// Goal: a movement of the bank is kept once, whatever files bring it: the same file again, another
// that overlaps, another format's, two sent at the same time. Method: statements written by the
// tests' own writers, imported through the real readers, for the casebook's cases and payment
// pitfalls 13 and 16.
#include <future>

#include "ledger/bank/booking.h"
#include "ledger/bank/statement_file.h"
#include "ledger/payments/opening_balance.h"
#include "tests/support/dossier_fixture.h"
#include "tests/support/statement_writers.h"

namespace deodat {
namespace {

using testing_support::camt053;
using testing_support::camt_statement;
using testing_support::must;
using testing_support::WrittenMovement;
using testing_support::WrittenStatement;

class Overlap : public testing_support::DossierTest {
  protected:
    // A statement of November of the programme's account.
    WrittenStatement written(int first, int last, std::int64_t opening,
                             std::vector<WrittenMovement> movements) {
        WrittenStatement out;
        out.bank = "99998";
        out.number = "00000000001";
        out.iban = french_iban({"99998", "00001", "00000000001"}).text();
        out.id = "REL-" + std::to_string(++number_);
        out.first = {2026, 11, first};
        out.last = {2026, 11, last};
        out.opening = opening;
        out.movements = std::move(movements);
        return out;
    }
    Result<std::vector<MovementId>> import_file(const std::string& file) {
        const auto read = bank::read_statements(file, {});
        if (!read) return read.refusal();
        return write([&](store::Transaction& tx) -> Result<std::vector<MovementId>> {
            std::vector<MovementId> out;
            for (const bank::Statement& one : *read) {
                const auto imported = bank::import_statement(tx, one, file, accountant);
                if (!imported) return imported.refusal();
                out.insert(out.end(), imported->begin(), imported->end());
            }
            return out;
        });
    }
    Result<std::vector<MovementId>> import(const WrittenStatement& one) {
        return import_file(camt053(camt_statement(one, 8), 8));
    }
    // How many new movements it brought, or the code of its refusal.
    std::string outcome(const Result<std::vector<MovementId>>& imported) {
        if (!imported) return std::string(code_name(imported.refusal().code));
        return std::to_string(imported->size());
    }
    std::vector<std::int64_t> kept() {
        std::vector<std::int64_t> out;
        auto snapshot = store().snapshot();
        for (const auto& one : bank::unmatched_movements(snapshot.db(), programme)) {
            out.push_back(one.amount.cents());
        }
        return out;
    }
    static WrittenMovement on(int day, std::int64_t cents, const std::string& label,
                              const std::string& reference = {}) {
        return {{2026, 11, day}, cents, label, "", "", reference};
    }
    int number_ = 0;
};

TEST_F(Overlap, BNK_25_CommonDaysAreBookedOnce) {
    const auto a = on(3, 100'000, "ANAH");
    const auto b = on(12, -2'500, "VIR AIDE RENOV");
    const auto c = on(15, -4'000, "CHARPENTE", "R1");
    const auto d = on(18, 7'000, "REGION");
    EXPECT_EQ(outcome(import(written(1, 15, 0, {a, b, b, c}))), "4");
    EXPECT_EQ(outcome(import(written(10, 20, 100'000, {b, b, c, d}))), "1");
    EXPECT_EQ(kept(), (std::vector<std::int64_t>{100'000, -2'500, -2'500, -4'000, 7'000}));
    // What follows goes on from there, and the whole ledger still proves.
    EXPECT_EQ(outcome(import(written(20, 30, 98'000, {on(20, 1, "X")}))), "1");
}

TEST_F(Overlap, TheOccurrenceOfTheDayCounts) {
    const auto b = on(15, -2'500, "VIR AIDE RENOV");
    must(import(written(1, 15, 0, {on(1, 10'000, "DOTATION"), b})));
    // The second of two alike was booked after the first statement was cut: it is new.
    EXPECT_EQ(outcome(import(written(15, 16, 10'000, {b, b}))), "1");
    EXPECT_EQ(kept(), (std::vector<std::int64_t>{10'000, -2'500, -2'500}));
}

TEST_F(Overlap, TheBanksReferenceTellsTwoAlikeApart) {
    const auto b = [](const char* reference) { return on(15, -2'500, "VIR", reference); };
    must(import(written(1, 15, 0, {on(1, 10'000, "DOTATION"), b("R1")})));
    EXPECT_EQ(outcome(import(written(14, 16, 10'000, {b("R2"), b("R1")}))), "1");
    // Other words of the bank for the same reference change nothing.
    EXPECT_EQ(outcome(import(written(
                  14, 17, 10'000, {on(15, -2'500, "AUTRE TEXTE", "R1"), b("R2"), on(17, 1, "X")}))),
              "1");
}

TEST_F(Overlap, AStatementThatBringsNothingOrContradictsIsRefused) {
    const auto a = on(3, 100'000, "ANAH");
    const auto b = on(12, -2'500, "CHARPENTE");
    must(import(written(1, 15, 0, {a, b})));
    EXPECT_EQ(outcome(import(written(1, 15, 0, {a, b}))), "statement_already_imported");
    EXPECT_EQ(outcome(import(written(10, 15, 100'000, {b}))), "statement_already_imported");
    // A day of the common ones differs from what was imported.
    EXPECT_EQ(outcome(import(written(10, 20, 100'000, {on(12, -2'400, "CHARPENTE")}))),
              "statement_gap");
    EXPECT_EQ(outcome(import(written(20, 25, 100'000, {}))), "statement_gap");
    EXPECT_EQ(outcome(import(written(1, 14, 0, {on(5, 1, "X")}))), "statement_gap");
    EXPECT_EQ(kept().size(), 2U);
    // The same balance later, without a movement.
    EXPECT_EQ(outcome(import(written(16, 20, 97'500, {}))), "0");
}

TEST_F(Overlap, WhatHappensTwiceOnTheDayTheLastOneEndedIsTwo) {
    const auto a = on(12, 100, "ANAH");
    const auto b = on(15, 2'500, "VIR AIDE RENOV");
    must(import(written(1, 15, 0, {a, b})));
    EXPECT_EQ(outcome(import(written(15, 15, 2'600, {b}))), "1");
    EXPECT_EQ(kept().size(), 3U);
    // A late entry of an earlier day, alike a known one, when balances join without it.
    EXPECT_EQ(outcome(import(written(14, 16, 5'100, {a}))), "1");
    EXPECT_EQ(kept().size(), 4U);
}

TEST_F(Overlap, CommonDaysThatSumToNothingAreKnownAllTheSame) {
    const auto out = on(12, -2'500, "CHARPENTE", "R1");
    const auto back = on(13, 2'500, "CHARPENTE", "R2");
    must(import(written(1, 15, 0, {on(2, 9'000, "ANAH"), out, back})));
    // It opens with the last closing balance, by chance.
    EXPECT_EQ(outcome(import(written(10, 20, 9'000, {out, back, on(16, 5, "X")}))), "1");
    EXPECT_EQ(kept().size(), 4U);
}

TEST_F(Overlap, BNK_08_TrueTwinsAreBothKeptAndTheFileOnce) {
    const auto twin = on(3, -25'000, "VIR AIDE RENOV");
    const std::string file =
        camt053(camt_statement(written(3, 3, 0, {on(3, 500'000, "DOTATION"), twin, twin}), 8), 8);
    EXPECT_EQ(outcome(import_file(file)), "3");
    EXPECT_EQ(outcome(import_file(file)), "statement_already_imported");
    EXPECT_EQ(kept(), (std::vector<std::int64_t>{500'000, -25'000, -25'000}));
}

TEST_F(Overlap, BNK_13_NumbersComeAgainEachYear) {
    auto first = written(1, 30, 0, {on(3, 100, "X")});
    auto second = written(1, 30, 100, {on(3, 100, "X")});
    first.id = second.id = "0001";
    second.first.year = second.last.year = second.movements[0].day.year = 2027;
    EXPECT_EQ(outcome(import(first)), "1");
    EXPECT_EQ(outcome(import(second)), "1");
}

TEST_F(Overlap, BNK_05_AnUnknownAccountRefusesTheWholeFile) {
    const auto ours = written(1, 2, 0, {on(1, 100, "X"), on(2, 200, "Y")});
    auto theirs = written(1, 2, 0, {on(1, 7, "A"), on(1, 8, "B"), on(2, 9, "C")});
    theirs.iban = "FR7699998000300000000040412";
    for (const std::string& both : {camt_statement(ours, 8) + camt_statement(theirs, 8),
                                    camt_statement(theirs, 8) + camt_statement(ours, 8)}) {
        const auto refused = import_file(camt053(both, 8));
        EXPECT_EQ(outcome(refused), "statement_account_unknown");
        EXPECT_NE(refused.refusal().message.find("FR7699998000300000000040412"), std::string::npos);
        EXPECT_TRUE(kept().empty());
    }
}

TEST_F(Overlap, BNK_24_AnIdenticalLineOfAnotherAccountIsAnother) {
    const ProgrammeId other =
        open_programme("MTF", "Montfermeil", "02", "00000000002", Money::euros(1'000));
    const auto ours = written(1, 2, 0, {on(1, 100, "X", "R1")});
    auto theirs = ours;
    theirs.iban = french_iban({"99998", "00001", "00000000002"}).text();
    EXPECT_EQ(outcome(import_file(camt053(camt_statement(ours, 8) + camt_statement(theirs, 8), 8))),
              "2");
    EXPECT_EQ(kept().size(), 1U);
    auto snapshot = store().snapshot();
    EXPECT_EQ(bank::unmatched_movements(snapshot.db(), other).size(), 1U);
}

TEST_F(Overlap, BNK_12_OneFileSentTwiceAtOnceIsOneImport) {
    std::vector<WrittenMovement> many(20'000, on(3, 1, "VIR"));
    const std::string file = camt053(camt_statement(written(1, 3, 0, std::move(many)), 8), 8);
    auto one = std::async(std::launch::async, [&] { return outcome(import_file(file)); });
    auto two = std::async(std::launch::async, [&] { return outcome(import_file(file)); });
    std::vector<std::string> answers = {one.get(), two.get()};
    std::sort(answers.begin(), answers.end());
    EXPECT_EQ(answers, (std::vector<std::string>{"20000", "statement_already_imported"}));
    EXPECT_EQ(kept().size(), 20'000U);
}

TEST_F(Overlap, AnotherFormatOfTheSameDaysIsRecognised) {
    const auto day = written(2, 3, 0, {on(2, 9'000, "ANAH", "R1"), on(3, -50, "FRAIS")});
    EXPECT_EQ(outcome(import(day)), "2");
    EXPECT_EQ(outcome(import_file(testing_support::cfonb120(day, "\n"))),
              "statement_already_imported");
    const auto longer =
        written(2, 4, 0, {on(2, 9'000, "ANAH", "R1"), on(3, -50, "FRAIS"), on(4, 1'000, "REGION")});
    EXPECT_EQ(outcome(import_file(testing_support::cfonb120(longer, "\n"))), "1");
}

TEST_F(Overlap, TheFirstStatementOpensWithWhatTheAccountsTookOver) {
    must(write([&](store::Transaction& tx) {
        return payments::take_opening_balance(
            tx, {"compte;dossier;financeur;entreprise;montant\n515;;;;1500,00\n1021;;;;-1500,00\n",
                 *funding::find_programme(tx.db(), programme), today(), accountant});
    }));
    EXPECT_EQ(outcome(import(written(1, 2, 0, {}))), "statement_gap");
    EXPECT_EQ(outcome(import(written(1, 2, 150'000, {on(2, 100, "X")}))), "1");
}

// P13: the money that came back comes in; P11, P12: what a line holds beside its amount is kept.
TEST_F(Overlap, P13_AReversalIsAMovementOfItsOwn) {
    std::string file =
        camt053(camt_statement(written(1, 2, 0,
                                       {on(1, 90'000, "DOTATION"), on(1, -90'000, "VIR"),
                                        on(2, 90'000, "ANNULATION")}),
                               8),
                8);
    const std::size_t last = file.rfind("<BookgDt>");
    file.insert(last, "<RvslInd>true</RvslInd>");
    EXPECT_EQ(outcome(import_file(file)), "3");
    EXPECT_EQ(kept(), (std::vector<std::int64_t>{90'000, -90'000, 90'000}));
}

TEST_F(Overlap, P12_WhatDoesNotAddUpIsHeldForAPerson) {
    std::string file = camt053(
        camt_statement(
            written(1, 2, 0, {on(1, 500'000, "DOTATION HMD"), on(2, 152'600, "DOTATION HMD")}), 8),
        8);
    const std::size_t last = file.rfind("<TxDtls>");
    file.insert(last + 8, "<Amt Ccy=\"EUR\">1500.00</Amt>");
    const auto ids = must(import_file(file));
    ASSERT_EQ(ids.size(), 2U);
    auto snapshot = store().snapshot();
    const auto held = bank::find_movement(snapshot.db(), ids[1]);
    EXPECT_EQ(held->amount.cents(), 152'600);
    EXPECT_NE(held->doubt.find(french(held->amount)), std::string::npos) << held->doubt;
    const auto proposed = bank::proposals(snapshot.db(), ids[1]);
    ASSERT_EQ(proposed.size(), 1U);
    EXPECT_NE(proposed[0].reason.find("À vérifier"), std::string::npos) << proposed[0].reason;
    EXPECT_EQ(bank::proposals(snapshot.db(), ids[0]).at(0).reason.find("À vérifier"),
              std::string::npos);
}

}  // namespace
}  // namespace deodat
