// Goal: whatever a person or a file hands the ledger is refused or booked, and never stops the
// writing. Method: commands that a mistaken or hostile hand would send, each once, on dossiers at
// every step of their lives.
#include <gtest/gtest.h>

#include "ledger/base/text.h"
#include "tests/support/dossier_fixture.h"

namespace deodat {
namespace {

using funding::ClaimKind;
using journal::Role;
using testing_support::must;

class Refusals : public testing_support::DossierTest {
  protected:
    template <class Command>
    Code code_of(Command command) {
        const auto outcome = write(command);
        if (outcome.ok()) {
            ADD_FAILURE() << "the command was taken";
            return Code::usage;
        }
        return outcome.refusal().code;
    }
    std::int64_t call(DossierId dossier, Money amount) {
        return must_write([&](store::Transaction& tx) {
            return funding::call_share(tx, dossier, amount, today(), authorising);
        });
    }
    static std::vector<dossiers::WorksLine> one_line(Money ht, std::int64_t vat_bp, Money ttc) {
        return {{"isolation_mur_ite", "Isolation", ht, vat_bp, ttc, true}};
    }
    static std::string four_byte_letters(std::size_t count) {
        std::string out;
        for (std::size_t i = 0; i < count; ++i) out += "\U00010348";
        return out;
    }
};

TEST_F(Refusals, TheLongestTextsThatAreTakenFitTheJournal) {
    const DossierId dossier = open_dossier();
    auto plan = plan_of(dossier);
    plan.aids[0].label = four_byte_letters(120);
    const PlanId id =
        must_write([&](store::Transaction& tx) { return dossiers::keep_plan(tx, plan); });
    must_write(
        [&](store::Transaction& tx) { return dossiers::sign_plan(tx, id, today(), adviser); });
    sign_mandates(dossier);
    notify(request(dossier).at(0), Money::euros(16'000));
    EXPECT_EQ(balance(Role::grant_notified), Money::euros(16'000));
}

TEST_F(Refusals, AmountsAreAboveZeroAndBounded) {
    const DossierId dossier = open_dossier();
    const auto early = [&](Money amount) {
        return code_of([&](store::Transaction& tx) {
            return funding::receive_share_early(tx, dossier, amount, today(), "R", accountant);
        });
    };
    EXPECT_EQ(early(Money()), Code::amount_not_positive);
    EXPECT_EQ(early(Money::cents(-1)), Code::amount_not_positive);
    const Notified n = notified_dossier();
    const std::int64_t share = call(n.dossier, Money::euros(100));
    EXPECT_EQ(code_of([&](store::Transaction& tx) {
                  return funding::receive_share(tx, share, Money(), today(), "R", accountant);
              }),
              Code::amount_not_positive);
    const auto quote = [&](const std::vector<dossiers::WorksLine>& lines) {
        return code_of([&](store::Transaction& tx) {
            return dossiers::add_quote(tx, {dossier, adviser, contractor, "DV-9", today(), lines});
        });
    };
    const Money most = Money::cents(Money::cents_max);
    EXPECT_EQ(quote(one_line(most, 2'000, most)), Code::amount_out_of_range);
    EXPECT_EQ(code_of([&](store::Transaction& tx) {
                  return dossiers::give_aid(tx, dossier, {"a", "anah", "A", most, "motif"}, adviser,
                                            today());
              }),
              Code::amount_out_of_range);
    // A cent of tolerance does not make an invoice of nothing.
    const std::int64_t order = order_works(n.quote);
    EXPECT_EQ(code_of([&](store::Transaction& tx) {
                  return payments::register_invoice(
                      tx, {order, "F", today(), today(), one_line(Money::cents(1), 0, Money()),
                           Money(), officer});
              }),
              Code::amount_not_positive);
}

TEST_F(Refusals, WhatIsNamedExists) {
    const DossierId dossier = open_dossier();
    EXPECT_EQ(
        code_of([&](store::Transaction& tx) {
            return dossiers::add_quote(tx, {dossier, adviser, {99}, "DV-9", today(), works()});
        }),
        Code::not_found);
    EXPECT_EQ(code_of([&](store::Transaction& tx) {
                  return payments::make_transfer_file(tx, {99}, today(), accountant);
              }),
              Code::not_found);
}

TEST_F(Refusals, APlanNamesAnAidOnceAndLeavesNoNegativeRest) {
    const DossierId dossier = open_dossier();
    auto twice = plan_of(dossier);
    twice.aids[1].aid = twice.aids[0].aid;
    EXPECT_EQ(code_of([&](store::Transaction& tx) { return dossiers::keep_plan(tx, twice); }),
              Code::duplicate);
    auto beyond = plan_of(dossier);
    beyond.works_ttc = Money::euros(17'000);
    beyond.remaining_cost = Money::euros(-1'000);
    EXPECT_EQ(code_of([&](store::Transaction& tx) { return dossiers::keep_plan(tx, beyond); }),
              Code::over_commitment);
}

TEST_F(Refusals, OnlyTheNewestPlanIsSigned) {
    const DossierId dossier = open_dossier();
    const auto command = plan_of(dossier);
    const auto keep = [&] {
        return must_write([&](store::Transaction& tx) { return dossiers::keep_plan(tx, command); });
    };
    const PlanId older = keep();
    keep();
    EXPECT_EQ(code_of([&](store::Transaction& tx) {
                  return dossiers::sign_plan(tx, older, today(), adviser);
              }),
              Code::state_forbids);
}

TEST_F(Refusals, ApprovedOrdersTogetherNeverSpendMoreThanThereIs) {
    pay_in_fund(Money::euros(21'100));
    std::vector<OrderId> orders;
    for (const char* number : {"1", "2"}) {
        const Notified n = notified_dossier("DV-" + std::string(number));
        const InvoiceId bill = invoice(order_works(n.quote), Money(), "F-" + std::string(number));
        accept(bill);
        orders.push_back(make_order(bill));
    }
    must(approve(orders[0], authorising));
    EXPECT_EQ(approve(orders[1], authorising).refusal().code, Code::funds_insufficient);
    // What an approval reserves comes free again when the order is refused.
    must_write([&](store::Transaction& tx) {
        return payments::refuse_order(tx, orders[0], "Pièce manquante", accountant, today());
    });
    must(approve(orders[1], authorising));
    must(release(orders[1], accountant));
}

// A cent less invoiced than ordered, or works stopped half-way, never keep a dossier open.
TEST_F(Refusals, WhatWillNotBeInvoicedIsGivenUp) {
    const Notified n = notified_dossier();
    const std::int64_t order = order_works(n.quote);
    auto lines = works();
    lines[0].ttc -= Money::cents(1);
    must_write([&](store::Transaction& tx) {
        return payments::register_invoice(
            tx, {order, "F-1", today(), today(), lines, Money(), officer});
    });
    const auto finish = [&](PersonId person) {
        return write([&](store::Transaction& tx) {
            return payments::finish_works_order(tx, order, today(), person);
        });
    };
    EXPECT_EQ(finish(officer).refusal().code, Code::role_missing);
    must(finish(adviser));
    EXPECT_EQ(balance(Role::works_ordered), -Money::cents(2'109'999));
    EXPECT_EQ(finish(adviser).refusal().code, Code::state_forbids);
    EXPECT_EQ(code_of([&](store::Transaction& tx) {
                  return payments::register_invoice(
                      tx, {order, "F-2", today(), today(),
                           one_line(Money::cents(1), 0, Money::cents(1)), Money(), officer});
              }),
              Code::state_forbids);
}

TEST_F(Refusals, NoRetentionIsPaidBeforeItIsWithheld) {
    const Notified n = notified_dossier();
    const InvoiceId bill = invoice(order_works(n.quote));
    accept(bill);
    clock().set(instant_in_paris(Day::of(2027, 3, 20), 10));
    EXPECT_EQ(code_of([&](store::Transaction& tx) {
                  return payments::make_retention_order(tx, bill, officer, today());
              }),
              Code::state_forbids);
}

TEST_F(Refusals, ANotifiedGrantThatIsNotAllClaimedCanBeGivenUpForTheRest) {
    const Notified n = notified_dossier();
    claim_and_receive(n.anah, ClaimKind::advance, Money::euros(4'800), Money::euros(4'800));
    must_write([&](store::Transaction& tx) {
        return funding::refuse_grant(tx, n.anah, today(), adviser);
    });
    EXPECT_TRUE(balance(Role::grant_notified, {.funder = anah}).is_zero());
    EXPECT_EQ(code_of([&](store::Transaction& tx) {
                  return funding::refuse_grant(tx, n.anah, today(), adviser);
              }),
              Code::state_forbids);
}

TEST_F(Refusals, MoneyThatNamesNoCallIsSetAgainstAnOpenOne) {
    const Notified n = notified_dossier();
    call(n.dossier, Money::euros(3'100));
    must_write([&](store::Transaction& tx) {
        return funding::receive_share_early(tx, n.dossier, Money::euros(3'500), today(), "R",
                                            accountant);
    });
    EXPECT_TRUE(balance(Role::household_receivable).is_zero());
    EXPECT_EQ(balance(Role::household_early_receipt), -Money::euros(400));
}

TEST_F(Refusals, WhatAFunderDoesNotPayNeverEatsTheSignedShare) {
    const Notified n = notified_dossier();
    const ClaimId claim =
        claim_and_receive(n.anah, ClaimKind::advance, Money::euros(4'800), Money::euros(4'000));
    must_write([&](store::Transaction& tx) {
        return funding::reduce_claim(tx, {claim, Money::euros(800), "Reste à charge",
                                          funding::Bearer::household, today(), authorising});
    });
    call(n.dossier, Money::euros(3'100));
    EXPECT_EQ(balance(Role::household_receivable), Money::euros(3'900));
}

TEST_F(Refusals, AcceptanceFollowsTheInvoiceInAnOpenDossier) {
    const Notified n = notified_dossier();
    const InvoiceId bill = invoice(order_works(n.quote));
    const auto accepted = [&](Day accepted_on, Day signed_on) {
        return code_of([&](store::Transaction& tx) {
            return payments::accept_works(tx, bill, accepted_on, signed_on, technician);
        });
    };
    const Day yesterday = today().plus_days(-1);
    EXPECT_EQ(accepted(yesterday, yesterday), Code::date_invalid);
    EXPECT_EQ(accepted(today(), yesterday), Code::date_invalid);  // before the works were ordered
    EXPECT_EQ(accepted(today(), today().plus_days(1)), Code::date_invalid);
    EXPECT_EQ(accepted(today().plus_days(1), today()), Code::date_invalid);
}

TEST_F(Refusals, NothingPrecedesWhatItStandsOn) {
    const Day yesterday = today().plus_days(-1);
    EXPECT_EQ(code_of([&](store::Transaction& tx) {
                  return dossiers::open_dossier(tx,
                                                {programme,
                                                 adviser,
                                                 yesterday,
                                                 {"Ménage", 3, 24'000, "88413", "owner_occupier"},
                                                 {"88413", "house", 60, true, 110, "F", "C", 50}});
              }),
              Code::date_invalid);
    const Notified n = notified_dossier();
    EXPECT_EQ(code_of([&](store::Transaction& tx) {
                  return payments::order_works(tx, n.quote, yesterday, adviser);
              }),
              Code::date_invalid);
    EXPECT_EQ(code_of([&](store::Transaction& tx) {
                  return funding::call_share(tx, n.dossier, Money::euros(1), yesterday,
                                             authorising);
              }),
              Code::date_invalid);
    EXPECT_EQ(code_of([&](store::Transaction& tx) {
                  return funding::refuse_grant(tx, n.region, yesterday, adviser);
              }),
              Code::date_invalid);
    const ClaimId claim = must_write([&](store::Transaction& tx) {
        return funding::file_claim(
            tx, {n.anah, ClaimKind::advance, Money::euros(4'800), today(), adviser});
    });
    EXPECT_EQ(code_of([&](store::Transaction& tx) {
                  return funding::issue_title(tx, claim, yesterday, authorising);
              }),
              Code::date_invalid);
    must_write([&](store::Transaction& tx) {
        return funding::issue_title(tx, claim, today(), authorising);
    });
    EXPECT_EQ(code_of([&](store::Transaction& tx) {
                  return funding::receive_claim(tx, claim, Money::euros(1), yesterday, "R",
                                                accountant);
              }),
              Code::date_invalid);
    const InvoiceId bill = invoice(order_works(n.quote));
    accept(bill);
    EXPECT_EQ(code_of([&](store::Transaction& tx) {
                  return payments::make_order(tx, bill, officer, yesterday);
              }),
              Code::date_invalid);
    pay_in_fund(Money::euros(50'000));
    const OrderId order = make_order(bill);
    EXPECT_EQ(code_of([&, hash = hash_of(order)](store::Transaction& tx) {
                  return payments::approve_order(tx, order, hash, authorising, yesterday);
              }),
              Code::date_invalid);
    must(approve(order, authorising));
    EXPECT_EQ(code_of([&](store::Transaction& tx) {
                  return payments::release_order(tx, order, accountant, yesterday);
              }),
              Code::date_invalid);
    must(release(order, accountant));
    EXPECT_EQ(code_of([&](store::Transaction& tx) {
                  return payments::make_transfer_file(tx, programme, yesterday, accountant);
              }),
              Code::date_invalid);
    const auto transfer = transfer_file().transfers.at(0).id;
    EXPECT_EQ(code_of([&](store::Transaction& tx) {
                  return payments::transfer_paid(tx, transfer, yesterday, "R", accountant);
              }),
              Code::date_invalid);
    pay(transfer);
    EXPECT_EQ(code_of([&](store::Transaction& tx) {
                  return payments::transfer_returned(tx, transfer, "AC04", yesterday, "R",
                                                     accountant);
              }),
              Code::date_invalid);
}

TEST_F(Refusals, EachStepAsksForItsRole) {
    const Notified n = notified_dossier();
    EXPECT_EQ(code_of([&](store::Transaction& tx) {
                  return funding::refuse_grant(tx, n.region, today(), officer);
              }),
              Code::role_missing);
    EXPECT_EQ(code_of([&](store::Transaction& tx) {
                  return funding::receive_share_early(tx, n.dossier, Money::euros(1), today(), "R",
                                                      adviser);
              }),
              Code::role_missing);
    EXPECT_EQ(code_of([&](store::Transaction& tx) {
                  return payments::add_contractor(
                      tx,
                      {siret_with_check_digit(siren_with_check_digit("99900109"), "0001"), "X", "Y",
                       "FR"},
                      accountant);
              }),
              Code::role_missing);
}

TEST_F(Refusals, APerimeterNamesEachGroupingOnce) {
    const auto open = [&](std::vector<std::string> sirens) {
        return code_of([&](store::Transaction& tx) {
            return funding::open_programme(
                tx,
                {"MTF", "Montfermeil", "02", french_iban({"99998", "00001", "00000000002"}),
                 Money::euros(1), sirens, today()},
                administrator);
        });
    };
    EXPECT_EQ(open({"200071066", "200071066"}), Code::duplicate);
    EXPECT_EQ(open({"Déodatie"}), Code::siren_invalid);
}

}  // namespace
}  // namespace deodat
