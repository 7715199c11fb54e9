// Goal: a statement is booked whole or not at all, once, without a gap; a movement is matched once,
// to the cent. Method: statements played by the test's own bank, imported through the real reader.
#include "ledger/bank/booking.h"

#include "api/demo/bank_play.h"
#include "ledger/bank/camt.h"
#include "tests/support/dossier_fixture.h"

namespace deodat {
namespace {

using testing_support::must;

class Booking : public testing_support::DossierTest {
  protected:
    demo::PlayedStatement statement(Money opening, std::vector<demo::PlayedMovement> movements) {
        return {french_iban({"99998", "00001", "00000000001"}),
                "REL-" + std::to_string(++number_),
                number_,
                clock().now(),
                today(),
                today(),
                opening,
                std::move(movements)};
    }
    Result<std::vector<MovementId>> import(const std::string& xml) {
        const auto read = must(bank::read_camt(xml));
        return write([&](store::Transaction& tx) {
            return bank::import_statement(tx, read.at(0), xml, accountant);
        });
    }
    std::vector<bank::Proposal> proposals(MovementId id) {
        auto snapshot = store().snapshot();
        return bank::proposals(snapshot.db(), id);
    }
    Result<EntryId> confirm(MovementId id, bank::Kind kind, std::int64_t target) {
        return write([&](store::Transaction& tx) {
            return bank::confirm_match(tx, id, kind, target, accountant);
        });
    }
    demo::PlayedMovement credit(Money amount, std::string remittance) {
        return {today(), amount, "NOTPROVIDED", "Payeur", {}, std::move(remittance), {}};
    }
    int number_ = 0;
};

TEST_F(Booking, ImportsOnceInSequenceAndOnlyOurAccount) {
    const std::string first =
        demo::camt053_08(statement(Money(), {credit(Money::euros(500), "DOTATION HMD"),
                                             credit(Money::euros(500), "DOTATION HMD")}));
    EXPECT_EQ(must(import(first)).size(), 2U);  // two identical movements are two
    EXPECT_EQ(import(first).refusal().code, Code::statement_already_imported);
    const std::string gap = demo::camt053_08(statement(Money::euros(900), {}));
    EXPECT_EQ(import(gap).refusal().code, Code::statement_gap);
    const std::string next = demo::camt053_08(statement(Money::euros(1'000), {}));
    EXPECT_TRUE(import(next).ok());
    auto stranger = statement(Money(), {});
    stranger.account = french_iban({"99998", "00001", "00000000077"});
    EXPECT_EQ(import(demo::camt053_08(stranger)).refusal().code, Code::statement_account_unknown);
}

TEST_F(Booking, ADamagedOrUnbalancedFileBooksNothing) {
    const std::string good =
        demo::camt053_08(statement(Money(), {credit(Money::euros(500), "DOTATION HMD")}));
    EXPECT_FALSE(bank::read_camt(good.substr(0, good.size() / 2)).ok());
    EXPECT_FALSE(bank::read_camt("ceci n'est pas un relevé").ok());
    std::string wrong = good;
    const std::size_t amount = wrong.find("500.00");
    wrong.replace(amount, 6, "400.00");
    const auto read = bank::read_camt(wrong);
    ASSERT_TRUE(read.ok());
    EXPECT_FALSE(read->at(0).bookable());
    EXPECT_EQ(import(wrong).refusal().code, Code::statement_not_bookable);
    auto snapshot = store().snapshot();
    EXPECT_TRUE(bank::unmatched_movements(snapshot.db(), programme).empty());
}

TEST_F(Booking, ProposesByReferenceAndAPersonConfirmsOnce) {
    pay_in_fund(Money::euros(50'000));
    const Notified n = notified_dossier();
    const ClaimId claim = must_write([&](store::Transaction& tx) {
        return funding::file_claim(
            tx, {n.anah, funding::ClaimKind::advance, Money::euros(4'800), today(), adviser});
    });
    must_write([&](store::Transaction& tx) {
        return funding::issue_title(tx, claim, today(), authorising);
    });
    const auto ids = must(import(
        demo::camt053_08(statement(Money(), {credit(Money::euros(4'800), "SUBVENTION C26-0001"),
                                             credit(Money::euros(9'000), "SUBVENTION C26-0001"),
                                             credit(Money::euros(7), "SANS REFERENCE")}))));
    const auto found = proposals(ids.at(0));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].kind, bank::Kind::claim);
    EXPECT_EQ(found[0].target, claim.value);
    EXPECT_TRUE(proposals(ids.at(1)).empty());  // more than is open
    EXPECT_TRUE(proposals(ids.at(2)).empty());
    EXPECT_EQ(confirm(ids.at(1), bank::Kind::claim, claim.value).refusal().code,
              Code::over_commitment);
    must(confirm(ids.at(0), bank::Kind::claim, claim.value));
    EXPECT_EQ(confirm(ids.at(0), bank::Kind::claim, claim.value).refusal().code,
              Code::state_forbids);
    EXPECT_TRUE(proposals(ids.at(0)).empty());
    EXPECT_TRUE(balance(journal::Role::funder_receivable).is_zero());
}

TEST_F(Booking, TransfersAreMatchedByIdentifierAndExactAmount) {
    pay_in_fund(Money::euros(50'000));
    const Notified n = notified_dossier();
    const InvoiceId bill = invoice(order_works(n.quote), Money());
    accept(bill);
    const OrderId order = make_order(bill);
    must(approve(order, authorising));
    must(release(order, accountant));
    const auto transfer = transfer_file().transfers.at(0);
    const auto movement = [&](Money amount, std::optional<std::string> reason) {
        return demo::PlayedMovement{today(), amount, transfer.end_to_end_id, "Entreprise", {},
                                    "F",     reason};
    };
    const auto ids = must(import(demo::camt053_08(
        statement(Money::euros(50'000) - Money::euros(50'000),
                  {movement(-transfer.amount + Money::cents(1), {}), movement(-transfer.amount, {}),
                   movement(transfer.amount, "AC04")}))));
    EXPECT_TRUE(proposals(ids.at(0)).empty());
    EXPECT_EQ(confirm(ids.at(0), bank::Kind::transfer, transfer.id).refusal().code,
              Code::over_commitment);
    EXPECT_TRUE(proposals(ids.at(2)).empty());  // nothing paid yet: nothing can come back
    ASSERT_EQ(proposals(ids.at(1)).size(), 1U);
    must(confirm(ids.at(1), bank::Kind::transfer, transfer.id));
    const auto back = proposals(ids.at(2));
    ASSERT_EQ(back.size(), 1U);
    EXPECT_EQ(back[0].kind, bank::Kind::returned_transfer);
    EXPECT_EQ(confirm(ids.at(2), bank::Kind::transfer, transfer.id).refusal().code,
              Code::state_forbids);
    must(confirm(ids.at(2), bank::Kind::returned_transfer, transfer.id));
    EXPECT_EQ(balance(journal::Role::returned_transfer), -transfer.amount);
}

// A file may hold several statements of one account, and a movement may be of nothing.
TEST_F(Booking, EachStatementOfAFileIsImportedOnce) {
    const std::string file = demo::camt053_08(statement(Money(), {}));
    const auto first = must(bank::read_camt(file)).at(0);
    auto second = first;
    second.id = "REL-9";
    const auto import_one = [&](const bank::Statement& one) {
        return write([&](store::Transaction& tx) {
            return bank::import_statement(tx, one, file, accountant);
        });
    };
    must(import_one(first));
    must(import_one(second));
    EXPECT_EQ(import_one(first).refusal().code, Code::statement_already_imported);
}

TEST_F(Booking, AMovementOfNothingMatchesNothing) {
    const DossierId dossier = open_dossier();
    auto read =
        must(bank::read_camt(demo::camt053_08(statement(Money(), {credit(Money::euros(1), "x")}))));
    read.at(0).movements.at(0).amount = Money();
    read.at(0).closing->amount = Money();
    const auto ids = must(write([&](store::Transaction& tx) {
        return bank::import_statement(tx, read.at(0), "x", accountant);
    }));
    EXPECT_FALSE(confirm(ids.at(0), bank::Kind::household_early, dossier.value).ok());
    EXPECT_FALSE(confirm(ids.at(0), bank::Kind::fund, programme.value).ok());
}

TEST_F(Booking, AStatementWithoutADayOrWithANameTooLongIsNotBooked) {
    const auto import_changed = [&](auto change) {
        auto read = must(bank::read_camt(demo::camt053_08(statement(Money(), {}))));
        change(read.at(0));
        return write([&](store::Transaction& tx) {
            return bank::import_statement(tx, read.at(0), "x", accountant);
        });
    };
    EXPECT_EQ(import_changed([](bank::Statement& s) { s.closing->day.reset(); }).refusal().code,
              Code::statement_not_bookable);
    EXPECT_EQ(
        import_changed([](bank::Statement& s) { s.id = std::string(500, 'x'); }).refusal().code,
        Code::text_invalid);
}

TEST_F(Booking, OlderStatementsAreNotImportedAfterNewerOnes) {
    must(import(demo::camt053_08(statement(Money(), {}))));
    auto older = statement(Money(), {});
    older.first_day = older.last_day = today().plus_days(-1);
    EXPECT_EQ(import(demo::camt053_08(older)).refusal().code, Code::statement_gap);
}

TEST_F(Booking, MoneyOfOneProgrammeIsNotMatchedWithAnother) {
    const ProgrammeId other =
        open_programme("MTF", "Montfermeil", "02", "00000000002", Money::euros(1'000));
    const DossierId dossier = open_dossier();
    auto stranger = statement(Money(), {credit(Money::euros(500), "x")});
    stranger.account = french_iban({"99998", "00001", "00000000002"});
    const auto ids = must(import(demo::camt053_08(stranger)));
    EXPECT_EQ(confirm(ids.at(0), bank::Kind::household_early, dossier.value).refusal().code,
              Code::not_found);
    EXPECT_EQ(confirm(ids.at(0), bank::Kind::fund, programme.value).refusal().code,
              Code::not_found);
    must(confirm(ids.at(0), bank::Kind::fund, other.value));
    EXPECT_TRUE(balance(journal::Role::cash, {.programme = programme}).is_zero());
}

TEST_F(Booking, AReferenceIsAWholeWord) {
    pay_in_fund(Money::euros(50'000));
    const Notified n = notified_dossier();
    must_write([&](store::Transaction& tx) {
        return funding::file_claim(
            tx, {n.anah, funding::ClaimKind::advance, Money::euros(4'800), today(), adviser});
    });
    const auto ids = must(import(demo::camt053_08(statement(
        Money(), {credit(Money::euros(1), "C26-00010"), credit(Money::euros(1), "XC26-0001"),
                  credit(Money::euros(1), "(C26-0001)")}))));
    EXPECT_TRUE(proposals(ids.at(0)).empty());
    EXPECT_TRUE(proposals(ids.at(1)).empty());
    EXPECT_EQ(proposals(ids.at(2)).size(), 1U);
}

}  // namespace
}  // namespace deodat
