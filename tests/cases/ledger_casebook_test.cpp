// Goal: what others met with ledgers does not happen here. Each test bears the id of its case; the
// figures are the case's. Method: the commands and files that exist, the whole proven at each end.
#include <sstream>

#include "api/demo/bank_play.h"
#include "ledger/bank/booking.h"
#include "ledger/bank/camt.h"
#include "ledger/payments/opening_balance.h"
#include "ledger/treasury/period_closing.h"
#include "reports/figures.h"
#include "reports/journal/exports.h"
#include "tests/support/dossier_fixture.h"

namespace deodat {
namespace {

using journal::Event;
using journal::Role;
using store::Transaction;
using testing_support::must;

class LedgerCasebook : public testing_support::DossierTest {
  protected:
    Result<EntryId> fund(Day day, Money amount) {
        return write([&](Transaction& tx) {
            return journal::post(tx, {day,
                                      Event::fund_paid_in,
                                      "Fonds",
                                      "P",
                                      {programme, "01"},
                                      accountant,
                                      journal::events::fund_paid_in(amount)});
        });
    }
    Result<EntryId> opening(const std::string& lines) {
        return write([&](Transaction& tx) {
            return payments::take_opening_balance(
                tx, {"compte;dossier;financeur;entreprise;montant\n" + lines,
                     *funding::find_programme(tx.db(), programme), today(), accountant});
        });
    }
    std::int64_t count(const std::string& sql) {
        auto snapshot = store().snapshot();
        auto rows = snapshot.db().select(sql);
        rows.next();
        return rows.integer(0);
    }
    EntryId last() {
        auto snapshot = store().snapshot();
        return journal::last_entry(snapshot.db());
    }

    // Five transfers of 21 100,00 in one file, paid.
    payments::TransferFile five_transfers() {
        programme = open_programme("LARGE", "Programme large", "02", "00000000077",
                                   Money::euros(1'000'000));
        pay_in_fund(Money::euros(200'000));
        for (int i = 0; i < 5; ++i) {
            const std::string n = std::to_string(i);
            const InvoiceId bill =
                invoice(order_works(notified_dossier("D-" + n).quote), Money(), "F-" + n);
            accept(bill);
            const OrderId order = make_order(bill);
            must(approve(order, authorising));
            must(release(order, accountant));
        }
        const auto file = transfer_file();
        EXPECT_EQ(file.transfers.size(), 5U);
        return file;
    }
    Result<EntryId> give_back(std::int64_t transfer) {
        return write([&](Transaction& tx) {
            return payments::transfer_returned(tx, transfer, "AC04", today(), "RETOUR", accountant);
        });
    }
    static constexpr Money each = Money::euros(21'100);
};

TEST_F(LedgerCasebook, LED_01_OnlyWholeCentsAreKept) {
    // 33 % of 1 234,57 is 407,4081.
    const Money advance = part_of(Money::cents(1'234'57), Ratio::percent(33), Rounding::half_up);
    EXPECT_EQ(advance, Money::cents(407'41));
    must(fund(today(), advance));
    EXPECT_EQ(balance(Role::cash), Money::cents(407'41));
    // Nothing else than whole cents goes into the tables.
    const auto keep = [&](const std::string& cents) {
        (void)write([&](Transaction& tx) -> Result<Done> {
            tx.db().run("INSERT INTO posting VALUES (2, 1, 1, 0, 0, 0, 0, " + cents + ")");
            return Refusal{Code::state_forbids, "", "Seulement pour voir."};
        });
    };
    EXPECT_NO_THROW(keep("40741"));
    for (const char* cents : {"40740.81", "'407,41'", "40741.5"}) {
        EXPECT_THROW(keep(cents), EnvironmentFailure) << cents;
    }
    // A difference that is refused is at least a cent, and is shown.
    const auto refused = write([&](Transaction& tx) {
        auto legs = journal::events::fund_paid_in(advance);
        legs.at(0).amount += Money::cents(1);
        return journal::post(
            tx, {today(), Event::fund_paid_in, "Fonds", "P", {programme, "01"}, accountant, legs});
    });
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.refusal().code, Code::entry_unbalanced);
    EXPECT_NE(refused.refusal().message.find("0,01"), std::string::npos);
}

// No entry has a line that is worked out from the others: it sums to zero or is refused.
TEST_F(LedgerCasebook, LED_03_AnAmountIsNotGuessedFromItsWriting) {
    const auto refused = opening("515;;;;6.4\n515;;;;3.17\n1021;;;;-9,57\n");
    EXPECT_EQ(refused.refusal().code, Code::duplicate) << "one account, two lines";
    const auto finer = opening("515;;;;6.405\n1021;;;;-6.405\n");
    EXPECT_FALSE(finer.ok()) << "finer than the cent";
    const auto unbalanced = opening("515;;;;6.4\n1021;;;;-9,57\n");
    ASSERT_FALSE(unbalanced.ok());
    EXPECT_EQ(unbalanced.refusal().code, Code::entry_unbalanced);
    EXPECT_NE(unbalanced.refusal().message.find("3,17"), std::string::npos)
        << unbalanced.refusal().message;
    for (const char* amount : {"6.4", "6.40", "6,4", "6,40"}) {
        reopen_empty();
        set_up_people();
        must(opening("515;;;;" + std::string(amount) + "\n1021;;;;-" + std::string(amount) + "\n"));
        auto snapshot = store().snapshot();
        std::vector<std::int64_t> cents;
        const auto entry = journal::find_entry(snapshot.db(), {1});
        for (const auto& p : entry->postings) cents.push_back(p.amount.cents());
        EXPECT_EQ(cents, (std::vector<std::int64_t>{640, -640})) << amount;
    }
}

TEST_F(LedgerCasebook, LED_09_AClosedYearReadsAsWhenItWasClosed) {
    clock().set(instant_in_paris(Day::of(2026, 11, 15), 10));
    const EntryId to_cancel = must(fund(today(), Money::euros(800)));
    const EntryId to_correct = must(fund(today(), Money::euros(250)));
    clock().set(instant_in_paris(Day::of(2027, 2, 10), 10));
    must_write([&](Transaction& tx) { return treasury::close_period(tx, 2026, administrator); });
    // The trial balance and the FEC of 2026 as of the last entry there is.
    const auto issue = [&] {
        auto snapshot = store().snapshot();
        std::ostringstream out;
        const journal::AsOf as_of{Day::of(2026, 12, 31), journal::last_entry(snapshot.db())};
        for (const auto& account : journal::account_balances(snapshot.db(), as_of)) {
            out << account.number << ' ' << account.amount.cents() << '\n';
        }
        reports::export_fec(snapshot.db(), 2026, out);
        return out.str();
    };
    const std::string closed = issue();
    EXPECT_NE(closed.find("515 105000"), std::string::npos);
    const auto reverse = [&](EntryId entry, Day day) {
        return write([&](Transaction& tx) {
            return journal::reverse(tx, entry, day, "Erreur", accountant);
        });
    };
    EXPECT_EQ(reverse(to_cancel, Day::of(2026, 11, 15)).refusal().code, Code::period_closed);
    EXPECT_EQ(fund(Day::of(2026, 11, 15), Money::euros(1)).refusal().code, Code::period_closed);
    const EntryId cancelled = must(reverse(to_cancel, today()));
    must(reverse(to_correct, today()));
    must(fund(today(), Money::euros(205)));
    EXPECT_EQ(issue(), closed);
    auto snapshot = store().snapshot();
    EXPECT_EQ(journal::find_entry(snapshot.db(), cancelled)->day, today());
    EXPECT_EQ(balance(Role::cash), Money::euros(205));
}

TEST_F(LedgerCasebook, LED_11_NoPaymentWithoutItsDate) {
    for (const char* date : {"", " ", "null", "0000-00-00", "2026-00-10", "2026-03"}) {
        const auto day = Day::parse("transfer.paid_on", date);
        ASSERT_FALSE(day.ok()) << date;
        EXPECT_EQ(day.refusal().field, "transfer.paid_on");
    }
    // A movement of the bank without a day, or with none that exists, is never booked.
    const std::string xml = demo::camt053_08(
        {french_iban({"99998", "00001", "00000000001"}),
         "REL-1",
         1,
         clock().now(),
         today(),
         today(),
         Money(),
         {{today(), Money::euros(50), "NOTPROVIDED", "Payeur", {}, "DOTATION HMD", {}}}});
    must(bank::read_camt(xml));
    const std::string date = "<BookgDt><Dt>" + today().iso() + "</Dt></BookgDt>";
    ASSERT_NE(xml.find(date), std::string::npos);
    for (const char* instead :
         {"", "<BookgDt></BookgDt>", "<BookgDt><Dt></Dt></BookgDt>",
          "<BookgDt><Dt>0000-00-00</Dt></BookgDt>", "<BookgDt><Dt>2026-02-30</Dt></BookgDt>"}) {
        std::string damaged = xml;
        damaged.replace(damaged.find(date), date.size(), instead);
        const auto read = bank::read_camt(damaged);
        if (!read) continue;  // refused whole
        const auto imported = write([&](Transaction& tx) {
            return bank::import_statement(tx, read->at(0), damaged, accountant);
        });
        EXPECT_FALSE(imported.ok()) << instead;
    }
    EXPECT_EQ(count("SELECT count(*) FROM bank_movement"), 0);
    must_write([&](Transaction& tx) {
        return bank::import_statement(tx, must(bank::read_camt(xml)).at(0), xml, accountant);
    });
    EXPECT_EQ(count("SELECT count(*) FROM bank_movement"), 1) << "with its day it is";
    // Nor does the schema take an entry without one.
    EXPECT_THROW(
        (void)write([&](Transaction& tx) -> Result<Done> {
            tx.db().run(
                "INSERT INTO entry VALUES (1, NULL, 0, 'BQ', 'fund_paid_in', '', '', 1, 1, 0,"
                " x'', zeroblob(32))");
            return Done{};
        }),
        EnvironmentFailure);
    EXPECT_EQ(last().value, 0);
}

TEST_F(LedgerCasebook, LED_16_ARejectedLineIsRejectedEverywhere) {
    const auto file = five_transfers();
    for (const auto& transfer : file.transfers) pay(transfer.id);
    const auto& third = file.transfers.at(2);
    must(give_back(third.id));
    auto snapshot = store().snapshot();
    const auto found = payments::find_transfer_file(snapshot.db(), file.id);
    for (std::size_t i = 0; i < 5; ++i) {
        const auto& transfer = found->transfers.at(i);
        const bool rejected = i == 2;
        EXPECT_EQ(transfer.state,
                  rejected ? payments::TransferState::returned : payments::TransferState::paid);
        EXPECT_EQ(payments::transfer_by_end_to_end_id(snapshot.db(), transfer.end_to_end_id)->state,
                  transfer.state);
        EXPECT_EQ(payments::find_order(snapshot.db(), transfer.order)->state,
                  rejected ? payments::OrderState::returned : payments::OrderState::paid);
        const auto order = must(payments::find_order(snapshot.db(), transfer.order));
        const auto bill = must(payments::find_invoice(snapshot.db(), order.invoice));
        EXPECT_EQ(balance(Role::returned_transfer, {.dossier = bill.dossier}),
                  rejected ? -each : Money());
        EXPECT_EQ(balance(Role::cash, {.dossier = bill.dossier}), rejected ? Money() : -each);
    }
    // The treasury's workbook says what the ledger says.
    const auto position = reports::read_treasury_position(
        snapshot.db(), *funding::find_programme(snapshot.db(), programme),
        {today(), journal::last_entry(snapshot.db())});
    std::vector<Money> balances;
    for (const auto& dossier : position.dossiers) balances.push_back(dossier.balance);
    EXPECT_EQ(std::count(balances.begin(), balances.end(), -each), 4);
    EXPECT_EQ(std::count(balances.begin(), balances.end(), Money()), 1);
}

TEST_F(LedgerCasebook, LED_18_The29thOfFebruaryIsWhereItIs) {
    EXPECT_FALSE(Day::parse("day", "2027-02-29").ok());
    EXPECT_FALSE(Day::parse("day", "2100-02-29").ok());
    const Day leap = must(Day::parse("day", "2028-02-29"));
    clock().set(instant_in_paris(leap, 10));
    const EntryId posted = must(fund(leap, Money::euros(1)));
    auto snapshot = store().snapshot();
    EXPECT_EQ(journal::find_entry(snapshot.db(), posted)->day.iso(), "2028-02-29");
    std::ostringstream fec;
    reports::export_fec(snapshot.db(), 2028, fec);
    EXPECT_NE(fec.str().find("\t20280229\t"), std::string::npos);
}

// What becomes of a file as a whole is the sum of its lines; a state of its own comes with the
// banks' payment status reports.
TEST_F(LedgerCasebook, CON_11_OneRejectedLineLeavesNoFileInDoubt) {
    const auto file = five_transfers();
    for (const auto& transfer : file.transfers) pay(transfer.id);
    must(give_back(file.transfers.at(4).id));
    const auto sum_of = [&](const char* state) {
        return Money::cents(
            count("SELECT sum(cents) FROM transfer WHERE state = '" + std::string(state) + "'"));
    };
    EXPECT_EQ(count("SELECT count(*) FROM transfer WHERE state = 'sent'"), 0);
    EXPECT_EQ(sum_of("paid"), Money::euros(4 * 21'100));
    EXPECT_EQ(sum_of("returned"), each);
    EXPECT_EQ(balance(Role::cash, {.programme = programme}),
              Money::euros(200'000) - sum_of("paid"));
    EXPECT_EQ(count("SELECT count(*) FROM entry WHERE event = 'transfer_paid'"), 5);
    EXPECT_EQ(count("SELECT count(*) FROM entry WHERE event = 'transfer_returned'"), 1);
    // The one to issue again, alone, in a file of its own.
    const OrderId order = file.transfers.at(4).order;
    must_write(
        [&](Transaction& tx) { return payments::make_order_again(tx, order, officer, today()); });
    must(approve(order, authorising));
    must(release(order, accountant));
    const auto again = transfer_file();
    ASSERT_EQ(again.transfers.size(), 1U);
    EXPECT_NE(again.transfers.at(0).end_to_end_id, file.transfers.at(4).end_to_end_id);
    pay(again.transfers.at(0).id);
    EXPECT_EQ(balance(Role::cash, {.programme = programme}), Money::euros(200'000 - 5 * 21'100));
}

}  // namespace
}  // namespace deodat
