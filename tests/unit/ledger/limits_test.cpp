// Goal (G13): a limit holds what is used and what is reserved together, to the cent, for each of
// its measures; what a bank has done, a correction, and what engages nothing more go on; `verify`
// finds who went beyond. Method: the ledger's own commands around one limit at a time.
#include "ledger/treasury/limits.h"

#include "tests/support/dossier_fixture.h"

namespace deodat {
namespace {

using journal::LimitSubject;
using journal::Measure;
using journal::Role;
using store::Transaction;
using testing_support::must;

class G13_Limits : public testing_support::DossierTest {
  protected:
    static constexpr Money works_ttc = Money::euros(21'100);
    static constexpr Money cent = Money::cents(1);

    journal::Use limit(const LimitSubject& subject, std::optional<Money> amount, int in_days = 0) {
        return must_write([&](Transaction& tx) {
            return treasury::set_limit(
                tx, {subject, amount, tx.today().plus_days(in_days), "Convention", authorising});
        });
    }
    Result<std::int64_t> order(QuoteId quote) {
        return write(
            [&](Transaction& tx) { return payments::order_works(tx, quote, today(), adviser); });
    }
    std::string refused(const Result<std::int64_t>& outcome) {
        return outcome.ok() ? "" : std::string(code_name(outcome.refusal().code));
    }
    std::string fact(const Refusal& refusal, const std::string& name) {
        for (const auto& [key, value] : refusal.facts) {
            if (key == name) return value;
        }
        return "";
    }
    LimitSubject spending() { return {programme, Measure::debit, Role::mandate_expenditure}; }
    LimitSubject engaged() { return {programme, Measure::engaged}; }
    LimitSubject by_anah() { return {programme, Measure::engaged, {}, anah}; }
};

TEST_F(G13_Limits, WhatIsOrderedIsReservedAndTheRefusalSaysHowMuchIsLeft) {
    const Notified first = notified_dossier("L-1");
    const Notified second = notified_dossier("L-2");
    limit(spending(), works_ttc + works_ttc - cent);
    must(order(first.quote));
    const auto beyond = order(second.quote);
    ASSERT_EQ(refused(beyond), "limit_exceeded");
    EXPECT_EQ(fact(beyond.refusal(), "limit_cents"), "4219999");
    EXPECT_EQ(fact(beyond.refusal(), "used_cents"), "0");
    EXPECT_EQ(fact(beyond.refusal(), "reserved_cents"), "2110000");
    EXPECT_EQ(fact(beyond.refusal(), "asked_cents"), "2110000");
    EXPECT_EQ(fact(beyond.refusal(), "left_cents"), "2109999");
    limit(spending(), works_ttc + works_ttc);
    EXPECT_TRUE(order(second.quote).ok()) << "to the cent";
}

TEST_F(G13_Limits, WhatIsReservedBecomesUsedAndNothingIsCountedTwice) {
    pay_in_fund(Money::euros(50'000));
    const Notified n = notified_dossier();
    limit(engaged(), works_ttc);
    const InvoiceId bill = invoice(must(order(n.quote)), Money());
    accept(bill);
    const OrderId paid = make_order(bill);
    const auto use = [&] {
        auto snapshot = store().snapshot();
        const journal::Use now = journal::use_of(snapshot.db(), engaged());
        EXPECT_EQ(now.total(), works_ttc);
        return now.reserved;
    };
    EXPECT_EQ(use(), works_ttc);
    must(approve(paid, authorising));
    EXPECT_EQ(use(), works_ttc);
    must(release(paid, accountant));
    EXPECT_EQ(use(), Money());
    pay(transfer_file().transfers.at(0).id);
    EXPECT_EQ(use(), Money());
}

TEST_F(G13_Limits, AnUnusedPartIsFreeAgain) {
    const Notified first = notified_dossier("L-1");
    const Notified second = notified_dossier("L-2");
    limit(engaged(), works_ttc);
    const std::int64_t works = must(order(first.quote));
    EXPECT_EQ(refused(order(second.quote)), "limit_exceeded");
    must_write(
        [&](Transaction& tx) { return payments::finish_works_order(tx, works, today(), adviser); });
    EXPECT_TRUE(order(second.quote).ok());
}

TEST_F(G13_Limits, AFundersAgreementCountsWhatItHasPaid) {
    const Notified n = notified_dossier("L-1");
    claim_and_receive(n.anah, funding::ClaimKind::advance, Money::euros(4'800),
                      Money::euros(4'800));
    const journal::Use now = limit(by_anah(), Money::euros(16'000));
    EXPECT_EQ(now.used, Money::euros(4'800));
    EXPECT_EQ(now.reserved, Money::euros(11'200));
    const DossierId dossier = open_dossier();
    add_quote(dossier, "L-2");
    keep_and_sign_plan(dossier);
    sign_mandates(dossier);
    const GrantId grant = request(dossier).at(0);
    const auto notify = [&] {
        return write([&](Transaction& tx) {
            return funding::notify_grant(tx, {grant, Money::euros(16'000), "N", today(), adviser});
        });
    };
    EXPECT_EQ(notify().refusal().code, Code::limit_exceeded);
    limit(by_anah(), Money::euros(32'000));
    EXPECT_TRUE(notify().ok());
}

TEST_F(G13_Limits, WhatAFunderOwesIsGivenBackByItsPayments) {
    const LimitSubject owed{programme, Measure::outstanding, {}, anah};
    const Notified n = notified_dossier();
    limit(owed, Money::euros(16'000));
    claim_and_receive(n.anah, funding::ClaimKind::advance, Money::euros(4'800),
                      Money::euros(4'800));
    auto snapshot = store().snapshot();
    EXPECT_EQ(journal::use_of(snapshot.db(), owed).total(), Money::euros(11'200));
}

TEST_F(G13_Limits, TheTreasurysAccountGoesNoFurtherIntoCreditThanAllowed) {
    pay_in_fund(Money::euros(21'000));
    const InvoiceId bill = invoice(must(order(notified_dossier().quote)), Money());
    accept(bill);
    const OrderId paid = make_order(bill);
    limit({programme, Measure::credit, Role::cash}, Money::euros(100) - cent);
    EXPECT_EQ(approve(paid, authorising).refusal().code, Code::limit_exceeded);
    limit({programme, Measure::credit, Role::cash}, Money::euros(100));
    // The limit no longer forbids it; that the fund does not hold it does.
    EXPECT_EQ(approve(paid, authorising).refusal().code, Code::funds_insufficient);
}

TEST_F(G13_Limits, UnderALimitBelowWhatIsUsedEverythingElseGoesOn) {
    pay_in_fund(Money::euros(50'000));
    const Notified n = notified_dossier("L-1");
    const Notified other = notified_dossier("L-2");
    const InvoiceId bill = invoice(must(order(n.quote)), Money());
    accept(bill);
    EXPECT_EQ(limit(engaged(), Money()).total(), works_ttc) << "it is told at once";
    const OrderId paid = make_order(bill);
    must(approve(paid, authorising));
    must(release(paid, accountant));
    pay(transfer_file().transfers.at(0).id);
    EXPECT_EQ(refused(order(other.quote)), "limit_exceeded");
}

TEST_F(G13_Limits, HoldsFromItsDayUntilItIsLifted) {
    const Notified first = notified_dossier("L-1");
    const Notified second = notified_dossier("L-2");
    limit(engaged(), Money(), 1);
    EXPECT_TRUE(order(first.quote).ok());
    clock().set(instant_in_paris(today().plus_days(1), 10));
    EXPECT_EQ(refused(order(second.quote)), "limit_exceeded");
    limit(engaged(), {});
    EXPECT_TRUE(order(second.quote).ok());
    auto snapshot = store().snapshot();
    EXPECT_TRUE(treasury::limit_states(snapshot.db(), programme, today()).empty());
}

TEST_F(G13_Limits, WhatABankHasDoneAndACorrectionAreRecordedWhateverTheLimits) {
    limit({programme, Measure::debit, Role::cash}, Money::euros(1));
    pay_in_fund(Money::euros(50'000));
    limit({programme, Measure::credit, Role::cash}, Money());
    must_write(
        [&](Transaction& tx) { return journal::reverse(tx, {1}, today(), "Erreur", accountant); });
}

TEST_F(G13_Limits, OnlyTheAuthorisingOfficerSetsOneFromTodayOnAndSaysWhy) {
    const auto set = [&](LimitSubject of, Money amount, int in_days, const std::string& reason,
                         PersonId by) {
        const auto outcome = write([&](Transaction& tx) {
            return treasury::set_limit(tx, {of, amount, today().plus_days(in_days), reason, by});
        });
        return outcome.ok() ? "" : std::string(code_name(outcome.refusal().code));
    };
    const Money some = Money::euros(1);
    EXPECT_EQ(set(engaged(), some, 0, "Budget", accountant), "role_missing");
    EXPECT_EQ(set({{9}, Measure::engaged}, some, 0, "Budget", authorising), "not_found");
    EXPECT_EQ(set({programme, Measure::engaged, {}, {9}}, some, 0, "Budget", authorising),
              "not_found");
    EXPECT_EQ(set(engaged(), some, 0, " ", authorising), "text_invalid");
    EXPECT_EQ(set(engaged(), -cent, 0, "Budget", authorising), "amount_out_of_range");
    EXPECT_EQ(set(engaged(), some, -1, "Budget", authorising), "date_invalid");
    EXPECT_EQ(set(engaged(), some, 0, "Budget", authorising), "");
}

TEST_F(G13_Limits, AnAccountIsFoundByItsNumberAndAFundersIsNot) {
    auto snapshot = store().snapshot();
    const auto hmd = *funding::find_programme(snapshot.db(), programme);
    EXPECT_EQ(must(treasury::role_of_account(hmd, "458101", today())), Role::mandate_expenditure);
    for (const char* none : {"999", "44312", ""}) {
        EXPECT_EQ(treasury::role_of_account(hmd, none, today()).refusal().code, Code::not_found)
            << none;
    }
}

// A limit that somebody slips in as if it had been there before, sealed like any row: only adding
// up the entries again finds who went beyond it.
TEST_F(G13_Limits, VerifyNamesTheEntryBeyondALimit) {
    must(order(notified_dossier().quote));
    EXPECT_TRUE(faults().empty());
    limit(engaged(), works_ttc - cent);
    EXPECT_TRUE(faults().empty()) << "set after what is used: nobody went beyond it";
    write_behind(
        "INSERT INTO spending_limit SELECT 9, programme, measure, role, funder, cents,"
        " since, reason, set_by, set_on, 0 FROM spending_limit");
    const auto found = faults();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_NE(found[0].find("passe la limite de " + french(works_ttc - cent)), std::string::npos)
        << found[0];
}

TEST_F(G13_Limits, VerifyAddsUpWhatIsReservedAgain) {
    must(order(notified_dossier().quote));
    limit(engaged(), Money::euros(50'000));
    write_behind(
        "UPDATE balance SET cents = cents + 1 WHERE account IN (SELECT id FROM account"
        " WHERE role = 'works_ordered')");
    const auto found = faults();
    EXPECT_TRUE(std::any_of(found.begin(), found.end(), [](const std::string& fault) {
        return fault.find("Engagé par le programme : les soldes disent") != std::string::npos;
    }));
}

}  // namespace
}  // namespace deodat
