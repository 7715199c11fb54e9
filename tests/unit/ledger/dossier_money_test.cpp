// Goal: a dossier's money goes through the gates, under four eyes, and ends nil. Method: whole
// lives of dossiers through the ledger's commands, and each refusal asked for once.
#include <gtest/gtest.h>

#include "ledger/base/text.h"
#include "tests/support/dossier_fixture.h"

namespace deodat {
namespace {

using funding::ClaimKind;
using journal::Role;
using testing_support::must;

class DossierMoney : public testing_support::DossierTest {
  protected:
    // An order ready to approve, of a dossier whose grants are notified and works accepted.
    struct Ready {
        Notified dossier;
        InvoiceId invoice;
        OrderId order;
    };
    Ready ready_order(Money fund = Money::euros(50'000)) {
        if (fund.is_positive()) pay_in_fund(fund);
        const Notified notified = notified_dossier();
        const InvoiceId bill = invoice(order_works(notified.quote));
        accept(bill);
        return {notified, bill, make_order(bill)};
    }
    treasury::DossierPosition position(DossierId dossier) {
        auto snapshot = store().snapshot();
        return treasury::position_of(snapshot.db(), dossier);
    }
};

TEST_F(DossierMoney, AWholeLifeEndsNil) {
    const Ready r = ready_order();
    const std::int64_t call = must_write([&](store::Transaction& tx) {
        return funding::call_share(tx, r.dossier.dossier, Money::euros(3'100), today(),
                                   authorising);
    });
    must_write([&](store::Transaction& tx) {
        return funding::receive_share(tx, call, Money::euros(3'100), today(), "R/1", accountant);
    });
    must(approve(r.order, authorising));
    must(release(r.order, accountant));
    EXPECT_EQ(balance(Role::contractor_payable), -Money::euros(20'045));
    EXPECT_EQ(balance(Role::contractor_retention), -Money::euros(1'055));
    auto file = transfer_file();
    ASSERT_EQ(file.transfers.size(), 1U);
    EXPECT_EQ(file.transfers[0].end_to_end_id, "D26-0001-P26-0001-A1");
    pay(file.transfers[0].id);
    EXPECT_EQ(position(r.dossier.dossier).exposure, Money::euros(16'945));
    // The bank returns it; the account is corrected and the order approved again.
    must_write([&](store::Transaction& tx) {
        return payments::transfer_returned(tx, file.transfers[0].id, "AC04", today(), "R/2",
                                           accountant);
    });
    EXPECT_EQ(balance(Role::returned_transfer), -Money::euros(20'045));
    EXPECT_EQ(position(r.dossier.dossier).payable, Money::euros(21'100));
    enter_account("00000000102");
    must_write([&](store::Transaction& tx) {
        return payments::make_order_again(tx, r.order, officer, today());
    });
    must(approve(r.order, authorising));
    must(release(r.order, accountant));
    file = transfer_file();
    EXPECT_EQ(file.transfers[0].end_to_end_id, "D26-0001-P26-0001-A2");
    pay(file.transfers[0].id);
    EXPECT_TRUE(balance(Role::returned_transfer).is_zero());
    // The funders pay, Anah 1 000,00 less, which the household bears.
    claim_and_receive(r.dossier.region, ClaimKind::balance, Money::euros(2'000),
                      Money::euros(2'000));
    const ClaimId claim = claim_and_receive(r.dossier.anah, ClaimKind::balance,
                                            Money::euros(16'000), Money::euros(15'000));
    must_write([&](store::Transaction& tx) {
        return funding::reduce_claim(tx, {claim, Money::euros(1'000), "Surface retenue moindre",
                                          funding::Bearer::household, today(), authorising});
    });
    auto calls = [&] {
        auto snapshot = store().snapshot();
        return funding::calls_of(snapshot.db(), r.dossier.dossier);
    }();
    ASSERT_EQ(calls.size(), 2U);
    must_write([&](store::Transaction& tx) {
        return funding::receive_share(tx, calls[1].id, Money::euros(1'000), today(), "R/3",
                                      accountant);
    });
    const auto close = [&] {
        return write([&](store::Transaction& tx) {
            return treasury::close_dossier(tx, r.dossier.dossier, today(), authorising);
        });
    };
    EXPECT_EQ(close().refusal().code, Code::balance_not_nil);  // the retention is still held
    // A year later the retention goes.
    const auto early = write([&](store::Transaction& tx) {
        return payments::make_retention_order(tx, r.invoice, officer, today());
    });
    EXPECT_EQ(early.refusal().code, Code::gate_closed);
    clock().set(instant_in_paris(Day::of(2027, 3, 20), 10));
    const OrderId retention = must_write([&](store::Transaction& tx) {
        return payments::make_retention_order(tx, r.invoice, officer, today());
    });
    must(approve(retention, authorising));
    must(release(retention, accountant));
    pay(transfer_file().transfers.at(0).id);
    must(close());
    auto snapshot = store().snapshot();
    for (const auto& account : journal::account_balances(snapshot.db())) {
        const bool fund = account.number == "515" || account.number == "1021";
        EXPECT_EQ(account.amount.cents() != 0, fund)
            << account.number << " " << french(account.amount);
    }
    EXPECT_EQ(balance(Role::cash), Money::euros(50'000));
}

TEST_F(DossierMoney, FourEyesAreThreePersonsNoneOfWhomEnteredTheAccount) {
    const PersonId everything =
        add_person("Toutes casquettes", {people::Role::officer, people::Role::authorising_officer,
                                         people::Role::public_accountant});
    const Ready r = ready_order();
    EXPECT_EQ(approve(r.order, officer).refusal().code, Code::role_missing);
    EXPECT_EQ(release(r.order, accountant).refusal().code, Code::state_forbids);
    must(approve(r.order, everything));
    EXPECT_EQ(release(r.order, everything).refusal().code, Code::same_person);
    EXPECT_EQ(approve(r.order, authorising).refusal().code, Code::state_forbids);
    must(release(r.order, accountant));
}

TEST_F(DossierMoney, WhoeverEnteredTheAccountOrMadeTheOrderCannotApprove) {
    const PersonId both =
        add_person("Deux casquettes", {people::Role::officer, people::Role::authorising_officer,
                                       people::Role::public_accountant});
    const AccountId account = must_write([&](store::Transaction& tx) {
        return payments::enter_account(tx, contractor,
                                       french_iban({"99998", "00003", "00000000103"}), both);
    });
    make_payable(account);
    const Ready r = ready_order();
    EXPECT_EQ(approve(r.order, both).refusal().code, Code::same_person);
    must(approve(r.order, authorising));
    EXPECT_EQ(release(r.order, both).refusal().code, Code::same_person);
    const InvoiceId second = [&] {
        const Notified n = notified_dossier("DV-2");
        const InvoiceId bill = invoice(order_works(n.quote), Money(), "F-2");
        accept(bill);
        return bill;
    }();
    enter_account("00000000104");
    const OrderId made = must_write(
        [&](store::Transaction& tx) { return payments::make_order(tx, second, both, today()); });
    EXPECT_EQ(approve(made, both).refusal().code, Code::same_person);
}

TEST_F(DossierMoney, TheDatabaseEnforcesFourEyesToo) {
    ready_order();
    for (const char* sql :
         {"UPDATE payment_order SET approved_by = made_by",
          "UPDATE payment_order SET approved_by = (SELECT entered_by FROM contractor_iban)",
          "UPDATE payment_order SET released_by = 5",
          "INSERT INTO payment_order (number, invoice, purpose, cents, iban, attempt, made_by, "
          "made_on,"
          " state) VALUES ('P', 1, 'retention', 1, 'x', 1, 1, '2026-01-01', 'approved')"}) {
        EXPECT_THROW((void)write([&](store::Transaction& tx) -> Result<Done> {
                         tx.db().run(sql);
                         return Done{};
                     }),
                     EnvironmentFailure)
            << sql;
    }
}

TEST_F(DossierMoney, AnApprovalBindsWhatWasRead) {
    const Ready r = ready_order();
    const std::string read = hash_of(r.order);
    for (const char* change : {"cents = cents + 1", "iban = 'FR00'", "attempt = 2"}) {
        write_behind("UPDATE payment_order SET " + std::string(change));
        const auto approved = write([&](store::Transaction& tx) {
            return payments::approve_order(tx, r.order, read, authorising, today());
        });
        ASSERT_FALSE(approved.ok()) << change;
        EXPECT_EQ(approved.refusal().code, Code::order_changed) << change;
    }
    write_behind("UPDATE payment_order SET iban = (SELECT iban FROM contractor_iban)");
    must(approve(r.order, authorising));
    write_behind("UPDATE payment_order SET cents = cents + 1");
    EXPECT_EQ(release(r.order, accountant).refusal().code, Code::order_changed);
    auto snapshot = store().snapshot();
    const auto entry = journal::find_entry(snapshot.db(), journal::last_entry(snapshot.db()));
    EXPECT_EQ(entry->event, "order_approved");
    EXPECT_EQ(entry->digest.size(), 32U);
}

TEST_F(DossierMoney, WorksAreOrderedOnlyThroughTheGates) {
    const DossierId dossier = open_dossier();
    const QuoteId quote = add_quote(dossier);
    const auto order = [&] {
        return write([&](store::Transaction& tx) {
            return payments::order_works(tx, quote, today(), adviser);
        });
    };
    EXPECT_EQ(order().refusal().field, "signed_plan");
    keep_and_sign_plan(dossier);
    EXPECT_EQ(order().refusal().field, "notifications");
    EXPECT_EQ(write([&](store::Transaction& tx) {
                  return funding::request_grants(tx, dossier, adviser, today());
              })
                  .refusal()
                  .field,
              "mandate");
    sign_mandates(dossier);
    const auto grants = request(dossier);
    EXPECT_EQ(order().refusal().field, "notifications");
    notify(grants.at(0), Money::euros(16'000));
    notify(grants.at(1), Money::euros(2'000));
    must_write([&](store::Transaction& tx) {
        return funding::revoke_mandate(tx, dossier, anah, today(), adviser);
    });
    EXPECT_EQ(order().refusal().field, "mandates");
    must_write([&](store::Transaction& tx) {
        return funding::sign_mandate(tx, dossier, anah, today(), adviser);
    });
    must(order());
    EXPECT_EQ(order().refusal().code, Code::duplicate);
    EXPECT_EQ(position(dossier).committed, Money::euros(21'100));
}

TEST_F(DossierMoney, TheCeilingCountsWhatIsOrdered) {
    // A ceiling of 100 000,00 holds four dossiers of 21 100,00, not five.
    for (int i = 1; i <= 4; ++i) order_works(notified_dossier("DV-" + std::to_string(i)).quote);
    const Notified fifth = notified_dossier("DV-5");
    const auto refused = write([&](store::Transaction& tx) {
        return payments::order_works(tx, fifth.quote, today(), adviser);
    });
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.refusal().code, Code::exposure_ceiling);
}

TEST_F(DossierMoney, PayingNeverUsesAnotherHouseholdsMoney) {
    // Another household has paid 50 000,00 ahead; the fund itself holds one cent less than the
    // payment needs.
    const DossierId other = open_dossier();
    must_write([&](store::Transaction& tx) {
        return funding::receive_share_early(tx, other, Money::euros(50'000), today(), "R/9",
                                            accountant);
    });
    const Ready r = ready_order(Money::cents(2'109'999));
    const auto refused = approve(r.order, authorising);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.refusal().code, Code::funds_insufficient);
    pay_in_fund(Money::cents(1));
    must(approve(r.order, authorising));
    auto snapshot = store().snapshot();
    const auto all =
        treasury::position_of(snapshot.db(), *funding::find_programme(snapshot.db(), programme));
    EXPECT_EQ(all.held, Money::euros(50'000));
    EXPECT_EQ(all.committed, Money::euros(21'100));
}

TEST_F(DossierMoney, AnUncoveredPaymentIsNotApproved) {
    const Ready r = ready_order();
    // The Région withdraws before any payment: 2 000,00 are covered by nobody.
    must_write([&](store::Transaction& tx) {
        return funding::refuse_grant(tx, r.dossier.region, today(), adviser);
    });
    const auto refused = approve(r.order, authorising);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.refusal().code, Code::exposure_uncovered);
    EXPECT_EQ(balance(Role::grant_notified), Money::euros(16'000));
}

TEST_F(DossierMoney, MoneyPaidBeforeTheCallIsSetAgainstIt) {
    const Notified n = notified_dossier();
    must_write([&](store::Transaction& tx) {
        return funding::receive_share_early(tx, n.dossier, Money::euros(1'000), today(), "R/1",
                                            accountant);
    });
    must_write([&](store::Transaction& tx) {
        return funding::call_share(tx, n.dossier, Money::euros(3'100), today(), authorising);
    });
    EXPECT_TRUE(balance(Role::household_early_receipt).is_zero());
    EXPECT_EQ(balance(Role::household_receivable), Money::euros(2'100));
    const auto beyond = write([&](store::Transaction& tx) {
        return funding::call_share(tx, n.dossier, Money::cents(1), today(), authorising);
    });
    EXPECT_EQ(beyond.refusal().code, Code::over_commitment);
}

TEST_F(DossierMoney, ClaimsStayWithinWhatIsNotified) {
    const Notified n = notified_dossier();
    const auto claim = [&](GrantId grant, ClaimKind kind, Money amount) {
        return write([&](store::Transaction& tx) {
            return funding::file_claim(tx, {grant, kind, amount, today(), adviser});
        });
    };
    EXPECT_EQ(claim(n.anah, ClaimKind::advance, Money::cents(480'001)).refusal().code,
              Code::over_commitment);
    EXPECT_EQ(claim(n.anah, ClaimKind::balance, Money::euros(100)).refusal().code,
              Code::gate_closed);
    const ClaimId advance = must(claim(n.anah, ClaimKind::advance, Money::euros(4'800)));
    {
        auto snapshot = store().snapshot();
        EXPECT_EQ(must(funding::find_claim(snapshot.db(), advance)).kind, ClaimKind::advance);
    }
    EXPECT_EQ(claim(n.anah, ClaimKind::advance, Money::euros(1)).refusal().code,
              Code::state_forbids);
    EXPECT_EQ(claim(n.anah, ClaimKind::instalment, Money::cents(1'120'001)).refusal().code,
              Code::over_commitment);
    const auto receive = [&](Money amount) {
        return write([&](store::Transaction& tx) {
            return funding::receive_claim(tx, advance, amount, today(), "R", accountant);
        });
    };
    EXPECT_EQ(receive(Money::euros(4'800)).refusal().field, "claim.title");
    must_write([&](store::Transaction& tx) {
        return funding::issue_title(tx, advance, today(), authorising);
    });
    EXPECT_EQ(receive(Money::cents(480'001)).refusal().code, Code::over_commitment);
    must(receive(Money::euros(4'800)));
}

TEST_F(DossierMoney, InvoicesAreMatchedWithTheirOrder) {
    const Notified n = notified_dossier();
    const std::int64_t order = order_works(n.quote);
    const auto bill = [&](const std::string& number, std::vector<dossiers::WorksLine> lines,
                          Money retention) {
        return write([&](store::Transaction& tx) {
            return payments::register_invoice(
                tx, {order, number, today(), today(), std::move(lines), retention, officer});
        });
    };
    auto cent_off = works();
    cent_off[0].ttc -= Money::cents(1);
    auto two_off = works();
    two_off[0].ttc -= Money::cents(2);
    auto too_much = works();
    too_much.push_back({"", "Imprévu", Money::euros(1), 2'000, Money::cents(120)});
    auto bad_rate = works();
    bad_rate[0].vat_bp = 1'960;
    EXPECT_EQ(bill("F", two_off, Money()).refusal().code, Code::malformed);
    EXPECT_EQ(bill("F", bad_rate, Money()).refusal().field, "invoice.lines[0].vat_bp");
    EXPECT_EQ(bill("F", too_much, Money()).refusal().code, Code::over_commitment);
    EXPECT_EQ(bill("F", works(), Money::cents(105'501)).refusal().code, Code::out_of_range);
    EXPECT_EQ(bill(" ", works(), Money()).refusal().code, Code::text_invalid);
    const InvoiceId id = must(bill("F", cent_off, Money()));
    EXPECT_EQ(bill("F", works(), Money()).refusal().code, Code::duplicate);
    const auto before_acceptance = write(
        [&](store::Transaction& tx) { return payments::make_order(tx, id, officer, today()); });
    EXPECT_EQ(before_acceptance.refusal().field, "acceptance");
}

TEST_F(DossierMoney, AnAbandonedDossierGivesItsGrantsUp) {
    const Notified n = notified_dossier();
    const auto abandon = [&] {
        return write([&](store::Transaction& tx) {
            return treasury::abandon_dossier(tx, n.dossier, "Le ménage renonce", today(), adviser);
        });
    };
    EXPECT_EQ(position(n.dossier).cover, Money::euros(21'100));
    must(abandon());
    EXPECT_TRUE(balance(Role::grant_notified).is_zero());
    EXPECT_TRUE(position(n.dossier).cover.is_zero());
    EXPECT_EQ(abandon().refusal().code, Code::state_forbids);
    const Notified second = notified_dossier("DV-2");
    order_works(second.quote);
    const auto refused = write([&](store::Transaction& tx) {
        return treasury::abandon_dossier(tx, second.dossier, "Trop tard", today(), adviser);
    });
    EXPECT_EQ(refused.refusal().code, Code::state_forbids);
}

TEST_F(DossierMoney, APlanOfAnOlderVersionIsRefused) {
    const DossierId dossier = open_dossier();
    const auto stale = plan_of(dossier);
    add_quote(dossier);
    const auto refused =
        write([&](store::Transaction& tx) { return dossiers::keep_plan(tx, stale); });
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.refusal().code, Code::version_moved);
}

TEST_F(DossierMoney, BadDossiersAndQuotesAreRefusedByField) {
    const auto open = [&](auto change) {
        dossiers::OpenDossier command{programme,
                                      adviser,
                                      today(),
                                      {"Ménage", 3, 24'000, "88413", "owner_occupier"},
                                      {"88413", "house", 60, true, 110, "F", "C", 50}};
        change(command);
        return write([&](store::Transaction& tx) { return dossiers::open_dossier(tx, command); });
    };
    using Command = dossiers::OpenDossier;
    EXPECT_EQ(open([](Command& c) { c.household.persons = 0; }).refusal().field,
              "household.persons");
    EXPECT_EQ(open([](Command& c) { c.household.name = "\t"; }).refusal().code, Code::text_invalid);
    EXPECT_EQ(open([](Command& c) { c.dwelling.dpe_before = "H"; }).refusal().field,
              "dwelling.dpe_before");
    EXPECT_EQ(open([](Command& c) { c.dwelling.commune_insee = "88100"; }).refusal().field,
              "dwelling.commune_insee");
    EXPECT_EQ(open([](Command& c) { c.dwelling.commune_insee = "93047"; }).refusal().code,
              Code::gate_closed);
    EXPECT_EQ(open([&](Command& c) { c.adviser = officer; }).refusal().code, Code::role_missing);
    const DossierId dossier = open_dossier();
    auto lines = works();
    lines[0].ttc += Money::cents(1);
    const auto off = write([&](store::Transaction& tx) {
        return dossiers::add_quote(tx, {dossier, adviser, contractor, "DV-9", today(), lines});
    });
    EXPECT_EQ(off.refusal().field, "quote.lines[0].ttc_cents");
    auto snapshot = store().snapshot();
    EXPECT_TRUE(dossiers::quotes_of(snapshot.db(), dossier).empty());
}

}  // namespace
}  // namespace deodat
