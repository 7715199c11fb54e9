// Goal (guarantees 10 and 11): no payment leaves without three natural persons, none of the last
// two having touched the payee's account, whatever roles they hold, and the program bypassed as
// well; an approval is for what was shown, to the last field. Method: every person, of all roles,
// of another role or of none, tries every step in every state of an order; then every field that
// the approval's hash covers is changed at every step.
#include <array>
#include <map>

#include "tests/support/dossier_fixture.h"

namespace deodat {
namespace {

using payments::OrderState;
using testing_support::must;
using Tx = store::Transaction;

class FourEyes : public testing_support::DossierTest {
  protected:
    void SetUp() override {
        DossierTest::SetUp();
        pay_in_fund(Money::euros(100'000));
        for (const char* name : {"maker", "editor", "confirmer", "approver", "payer", "other"}) {
            everybody[name] = add_person(name, all_roles);
        }
        everybody["administrator"] = administrator;
        everybody["nobody"] = {999};
        enter_account_by_hand();
        const InvoiceId bill = invoice(order_works(notified_dossier().quote));
        accept(bill);
        order = must_write(
            [&](Tx& tx) { return payments::make_order(tx, bill, everybody["maker"], today()); });
    }

    // The order led to a state by the right persons.
    void lead_to(OrderState state) {
        if (state == OrderState::made) return;
        if (state == OrderState::refused) {
            must_write([&](Tx& tx) {
                return payments::refuse_order(tx, order, "Pièce", everybody["approver"], today());
            });
            return;
        }
        must(approve(order, everybody["approver"]));
        if (state == OrderState::approved) return;
        must(release(order, everybody["payer"]));
        if (state == OrderState::released) return;
        const std::int64_t transfer = transfer_file().transfers.at(0).id;
        if (state == OrderState::sent) return;
        pay(transfer);
        if (state == OrderState::paid) return;
        must_write([&](Tx& tx) {
            return payments::transfer_returned(tx, transfer, "AC04", today(), "R/2", accountant);
        });
    }

    // What a command answers, after some SQL; nothing when it is taken. Nothing of it is kept.
    template <class Command>
    std::string answer(const std::string& sql, Command command) {
        struct Taken : std::runtime_error {
            Taken() : std::runtime_error("taken") {}
        };
        try {
            const auto outcome = write([&](Tx& tx) -> Result<Done> {
                if (!sql.empty()) tx.db().run(sql);
                const auto done = command(tx);
                if (done.ok()) throw Taken();
                return done.refusal();
            });
            return std::string(code_name(outcome.refusal().code));
        } catch (const Taken&) {
            return "";
        } catch (const EnvironmentFailure&) {
            return "SQL";
        }
    }

    std::map<std::string, PersonId> everybody;
    OrderId order;

  private:
    void enter_account_by_hand() {
        const std::string former = french_iban({"99998", "00003", "00000000101"}).text();
        const AccountId account = must_write([&](Tx& tx) {
            return payments::enter_account(tx, contractor,
                                           french_iban({"99998", "00003", "00000000303"}),
                                           everybody["editor"]);
        });
        must_write([&](Tx& tx) {
            return payments::confirm_account(
                tx,
                {account, telephone, "La gérante", today(), former.substr(former.size() - 4),
                 "Ancien RIB", "RIB"},
                everybody["confirmer"]);
        });
        must_write([&](Tx& tx) {
            return payments::verify_payee(tx, {account, payments::PayeeAnswer::match, "", today()},
                                          officer);
        });
        for (const PersonId person : {authorising, accountant}) {
            must_write(
                [&](Tx& tx) { return payments::lift_waiting(tx, account, "Essai", person); });
        }
    }

    const std::vector<people::Role> all_roles = {
        people::Role::adviser,           people::Role::technician,
        people::Role::officer,           people::Role::authorising_officer,
        people::Role::public_accountant, people::Role::administrator};
};

// ---- guarantee 10

struct Step {
    const char* name;
    std::vector<OrderState> in;         // the states that it takes
    std::vector<std::string> excluded;  // who may not, there
};

const std::array<Step, 4> steps = {
    {{"approve", {OrderState::made}, {"maker", "editor", "confirmer"}},
     {"release", {OrderState::approved}, {"maker", "editor", "confirmer", "approver"}},
     // Stopping a payment, or making the order anew, moves nothing: two others still decide.
     {"refuse", {OrderState::made, OrderState::approved}, {}},
     {"make again", {OrderState::returned, OrderState::refused}, {}}}};

class G10_FourEyes : public FourEyes, public testing::WithParamInterface<OrderState> {
  protected:
    Result<Done> take(Tx& tx, const std::string& step, const std::string& hash, PersonId person) {
        const auto done = [](const auto& outcome) -> Result<Done> {
            if (!outcome) return outcome.refusal();
            return Done{};
        };
        if (step == "approve") {
            return done(payments::approve_order(tx, order, hash, person, today()));
        }
        if (step == "release") return payments::release_order(tx, order, person, today());
        if (step == "refuse") {
            return done(payments::refuse_order(tx, order, "Doute", person, today()));
        }
        return payments::make_order_again(tx, order, person, today());
    }
};

TEST_P(G10_FourEyes, EveryPersonAtEveryStep) {
    lead_to(GetParam());
    const std::string hash = hash_of(order);
    int taken = 0;
    for (const Step& step : steps) {
        for (const auto& [name, person] : everybody) {
            const auto among = [&name = name](const auto& list) {
                return std::find(list.begin(), list.end(), name) != list.end();
            };
            const bool in_state =
                std::find(step.in.begin(), step.in.end(), GetParam()) != step.in.end();
            std::string expected = "";
            if (name == "nobody") {
                expected = "not_found";
            } else if (name == "administrator") {
                expected = "role_missing";
            } else if (!in_state) {
                expected = "state_forbids";
            } else if (among(step.excluded)) {
                expected = "same_person";
            }
            const std::string got = answer(
                "", [&, person = person](Tx& tx) { return take(tx, step.name, hash, person); });
            EXPECT_EQ(got, expected) << name << " would " << step.name << " an order "
                                     << payments::order_state_name(GetParam());
            if (got.empty()) ++taken;
        }
    }
    const bool ends = GetParam() == OrderState::released || GetParam() == OrderState::sent ||
                      GetParam() == OrderState::paid;
    EXPECT_EQ(taken == 0, ends);
}

INSTANTIATE_TEST_SUITE_P(States, G10_FourEyes,
                         testing::Values(OrderState::made, OrderState::approved,
                                         OrderState::released, OrderState::sent, OrderState::paid,
                                         OrderState::returned, OrderState::refused),
                         [](const auto& state) {
                             return std::string(payments::order_state_name(state.param));
                         });

class G10_FourEyesInSql : public FourEyes {};

TEST_F(G10_FourEyesInSql, NobodyIsLetPastWhenTheProgramIsBypassed) {
    const auto done = [](Tx&) -> Result<Done> { return Done{}; };
    for (const auto& [name, person] : everybody) {
        const bool excluded = name == "maker" || name == "editor" || name == "confirmer";
        EXPECT_EQ(answer("UPDATE payment_order SET state = 'approved', approved_on = made_on,"
                         " approved_by = " +
                             std::to_string(person.value),
                         done),
                  excluded || name == "nobody" ? "SQL" : "")
            << name;
    }
    lead_to(OrderState::approved);
    for (const auto& [name, person] : everybody) {
        const bool excluded =
            name == "maker" || name == "editor" || name == "confirmer" || name == "approver";
        EXPECT_EQ(answer("UPDATE payment_order SET state = 'released', released_by = " +
                             std::to_string(person.value),
                         done),
                  excluded || name == "nobody" ? "SQL" : "")
            << name;
    }
}

// ---- guarantee 11

// Every field that an approval is about, each changed by itself.
const std::array<const char*, 9> changes = {
    "UPDATE payment_order SET cents = cents + 1",
    "UPDATE payment_order SET iban = 'FR7699998000030000000010165'",
    "UPDATE payment_order SET number = 'P26-0009'",
    "UPDATE payment_order SET attempt = attempt + 1",
    "UPDATE payment_order SET purpose = 'retention'",
    "UPDATE invoice SET number = 'F-9'",
    "UPDATE invoice SET retention_cents = retention_cents - 1",
    "UPDATE contractor SET siret = '99900200900010'",
    "UPDATE dossier SET reference = 'D26-0009'",
};

class G11_ApprovalBinds : public FourEyes {};

TEST_F(G11_ApprovalBinds, WhatWasShownIsWhatIsApproved) {
    const std::string shown = hash_of(order);
    for (const char* change : changes) {
        EXPECT_EQ(answer(change,
                         [&](Tx& tx) {
                             return payments::approve_order(tx, order, shown, everybody["approver"],
                                                            today());
                         }),
                  "order_changed")
            << change;
    }
}

TEST_F(G11_ApprovalBinds, WhatWasApprovedIsWhatIsReleased) {
    lead_to(OrderState::approved);
    for (const char* change : changes) {
        EXPECT_EQ(answer(change,
                         [&](Tx& tx) {
                             return payments::release_order(tx, order, everybody["payer"], today());
                         }),
                  "order_changed")
            << change;
    }
}

TEST_F(G11_ApprovalBinds, WhatWasApprovedIsWhatIsSent) {
    lead_to(OrderState::released);
    for (const char* change : changes) {
        EXPECT_NE(answer(change,
                         [&](Tx& tx) {
                             return payments::make_transfer_file(tx, programme, today(),
                                                                 accountant);
                         }),
                  "")
            << change;
    }
}

}  // namespace
}  // namespace deodat
