// Goal: no money goes to an account that nobody but its enterer vouches for (checks 32 to 36 and
// 43). Method: each thing that a confirmation lacks, alone; the waiting time day by day; each
// answer of the payee's bank; the alerts planted and absent.
#include "ledger/base/telephone.h"
#include "ledger/payments/contractor_alerts.h"
#include "ledger/payments/qualification.h"
#include "tests/support/dossier_fixture.h"

namespace deodat {
namespace {

using payments::AccountState;
using payments::PayeeAnswer;

class ContractorAccounts : public testing_support::DossierTest {
  protected:
    static Iban iban(const char* number) { return french_iban({"99998", "00003", number}); }
    AccountId enter(const Iban& account, PersonId by) {
        return must_write([&](store::Transaction& tx) {
            return payments::enter_account(tx, contractor, account, by);
        });
    }
    void later(int days) {
        clock().set(Instant(clock().now().microseconds() + std::int64_t{days} * 86'400'000'000));
    }
    payments::CallBack call(AccountId account) {
        const std::string first = iban("00000000101").text();
        return {account,      telephone,    "La gérante", today(), first.substr(first.size() - 4),
                "Ancien RIB", "Nouveau RIB"};
    }
    Result<Done> confirm(const payments::CallBack& by_call, PersonId by) {
        return write(
            [&](store::Transaction& tx) { return payments::confirm_account(tx, by_call, by); });
    }
    void answer(AccountId account, PayeeAnswer what, const std::string& name = "") {
        must_write([&](store::Transaction& tx) {
            return payments::verify_payee(tx, {account, what, name, today()}, officer);
        });
    }
    AccountState state(const Iban& account) {
        auto snapshot = store().snapshot();
        return payments::account_standing(snapshot.db(), contractor, account.text(), today())
            ->state;
    }
    std::vector<std::string> alerts(const std::vector<payments::Alert>& of) {
        std::vector<std::string> out;
        for (const auto& alert : of) out.push_back(alert.name);
        return out;
    }
};

TEST_F(ContractorAccounts, SEC_32_EachThingThatAConfirmationLacksRefusesIt) {
    const AccountId account = enter(iban("00000000202"), officer);
    EXPECT_EQ(state(iban("00000000202")), AccountState::unconfirmed);
    EXPECT_EQ(confirm(call(account), officer).refusal().code, Code::same_person);
    EXPECT_EQ(confirm(call(account), adviser).refusal().code, Code::role_missing);
    const auto without = [&](auto change, Code code, const char* field) {
        auto by_call = call(account);
        change(by_call);
        const auto confirmed = confirm(by_call, reviewer);
        ASSERT_FALSE(confirmed.ok()) << field;
        EXPECT_EQ(confirmed.refusal().code, code) << field;
        EXPECT_EQ(confirmed.refusal().field, field);
    };
    using Call = payments::CallBack;
    without([](Call& c) { c.telephone = {99}; }, Code::not_found, "telephone");
    without([](Call& c) { c.reached = " "; }, Code::text_invalid, "reached");
    without([](Call& c) { c.former_end = "1234"; }, Code::gate_closed, "former_end");
    without([](Call& c) { c.former_document = ""; }, Code::text_invalid, "former_document");
    without([](Call& c) { c.document = ""; }, Code::text_invalid, "document");
    without([&](Call& c) { c.called_on = today().plus_days(-1); }, Code::date_invalid, "called_on");
    without([&](Call& c) { c.called_on = today().plus_days(1); }, Code::date_invalid, "called_on");
    testing_support::must(confirm(call(account), reviewer));
    EXPECT_EQ(state(iban("00000000202")), AccountState::unverified);
}

TEST_F(ContractorAccounts, SEC_32_ANumberOfTheSameWeekIsNoNumberToCall) {
    later(30);
    const TelephoneId fresh = must_write([&](store::Transaction& tx) {
        return payments::add_telephone(tx, contractor, "06 00 00 00 01", "Courriel", officer);
    });
    later(payments::telephone_known_days - 1);
    auto by_call = call(enter(iban("00000000202"), officer));
    by_call.telephone = fresh;
    const auto confirmed = confirm(by_call, reviewer);
    ASSERT_FALSE(confirmed.ok());
    EXPECT_EQ(confirmed.refusal().field, "telephone");
    EXPECT_NE(confirmed.refusal().message.find("+33600000001"), std::string::npos);
    later(1);
    by_call = call(enter(iban("00000000203"), officer));
    by_call.telephone = fresh;
    testing_support::must(confirm(by_call, reviewer));
}

TEST_F(ContractorAccounts, SEC_33_TwoWholeDaysPassUnlessTwoPersonsLiftThem) {
    const AccountId account = enter(iban("00000000202"), officer);
    testing_support::must(confirm(call(account), reviewer));
    answer(account, PayeeAnswer::match);
    for (int day = 0; day <= payments::account_waiting_days; ++day, later(1)) {
        EXPECT_EQ(state(iban("00000000202")), AccountState::waiting) << day;
    }
    EXPECT_EQ(state(iban("00000000202")), AccountState::payable);

    const AccountId urgent = enter(iban("00000000203"), officer);
    auto by_call = call(urgent);
    const std::string former = iban("00000000202").text();
    by_call.former_end = former.substr(former.size() - 4);
    testing_support::must(confirm(by_call, reviewer));
    answer(urgent, PayeeAnswer::match);
    const auto lift = [&](PersonId by) {
        return write([&](store::Transaction& tx) {
            return payments::lift_waiting(tx, urgent, "Liquidation proche", by);
        });
    };
    testing_support::must(lift(authorising));
    EXPECT_EQ(state(iban("00000000203")), AccountState::waiting) << "one is not enough";
    EXPECT_EQ(lift(authorising).refusal().code, Code::same_person);
    testing_support::must(lift(accountant));
    EXPECT_EQ(state(iban("00000000203")), AccountState::payable);
}

TEST_F(ContractorAccounts, SEC_34_TheBanksAnswerDecides) {
    const AccountId account = enter(iban("00000000202"), officer);
    testing_support::must(confirm(call(account), reviewer));
    later(payments::account_waiting_days + 1);
    EXPECT_EQ(state(iban("00000000202")), AccountState::unverified);
    answer(account, PayeeAnswer::no_match);
    EXPECT_EQ(state(iban("00000000202")), AccountState::not_payees);
    answer(account, PayeeAnswer::close_match, "ISOL HTES VOSGES");
    EXPECT_EQ(state(iban("00000000202")), AccountState::close_name);
    must_write([&](store::Transaction& tx) {
        return payments::accept_payee_name(tx, account, "Nom abrégé par la banque", reviewer);
    });
    EXPECT_EQ(state(iban("00000000202")), AccountState::payable);
    answer(account, PayeeAnswer::close_match, "AUTRE NOM");
    EXPECT_EQ(state(iban("00000000202")), AccountState::close_name)
        << "another name is asked again";
    answer(account, PayeeAnswer::not_possible);
    EXPECT_EQ(state(iban("00000000202")), AccountState::payable);
    must_write([&](store::Transaction& tx) {
        return payments::reject_account(tx, account, "RIB falsifié", officer);
    });
    EXPECT_EQ(state(iban("00000000202")), AccountState::rejected);
}

TEST_F(ContractorAccounts, AnOrderWaitsForItsAccount) {
    pay_in_fund(Money::euros(50'000));
    const Notified n = notified_dossier();
    const InvoiceId bill = invoice(order_works(n.quote), Money());
    accept(bill);
    const AccountId account = enter(iban("00000000202"), officer);
    const OrderId order = make_order(bill);
    const auto refused = approve(order, authorising);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.refusal().field, "contractor_account");
    EXPECT_NE(refused.refusal().message.find("n'est pas confirmé"), std::string::npos);
    testing_support::must(confirm(call(account), reviewer));
    answer(account, PayeeAnswer::match);
    later(payments::account_waiting_days);
    EXPECT_EQ(approve(order, authorising).refusal().field, "contractor_account");
    // A day ahead does not make the account older.
    const auto ahead = write([&](store::Transaction& tx) {
        return payments::approve_order(tx, order, hash_of(order), authorising,
                                       today().plus_days(10));
    });
    ASSERT_FALSE(ahead.ok());
    EXPECT_EQ(ahead.refusal().field, "contractor_account");
    later(1);
    EXPECT_FALSE(approve(order, reviewer).ok());
    testing_support::must(approve(order, authorising));
    // The bank changes its mind before the release.
    answer(account, PayeeAnswer::no_match);
    EXPECT_EQ(release(order, accountant).refusal().field, "contractor_account");
    answer(account, PayeeAnswer::match);
    testing_support::must(release(order, accountant));
}

TEST_F(ContractorAccounts, SEC_37_WhoConfirmedCannotApproveNorPay) {
    const PersonId both =
        add_person("Deux casquettes", {people::Role::officer, people::Role::authorising_officer,
                                       people::Role::public_accountant});
    pay_in_fund(Money::euros(50'000));
    const Notified n = notified_dossier();
    const InvoiceId bill = invoice(order_works(n.quote), Money());
    accept(bill);
    const AccountId account = enter(iban("00000000202"), officer);
    testing_support::must(confirm(call(account), both));
    answer(account, PayeeAnswer::match);
    later(payments::account_waiting_days + 1);
    const OrderId order = make_order(bill);
    EXPECT_EQ(approve(order, both).refusal().code, Code::same_person);
    const auto behind = [&](const std::string& column) {
        return write([&](store::Transaction& tx) -> Result<Done> {
            tx.db().run("UPDATE payment_order SET " + column + " = ?", both);
            return Done{};
        });
    };
    EXPECT_THROW((void)behind("approved_by"), EnvironmentFailure);
    testing_support::must(approve(order, authorising));
    EXPECT_EQ(release(order, both).refusal().code, Code::same_person);
    EXPECT_THROW((void)behind("released_by"), EnvironmentFailure);
    testing_support::must(release(order, accountant));
}

TEST_F(ContractorAccounts, SEC_43_AnAccountConfirmedBeforeTheEndIsNotPaid) {
    must_write([&](store::Transaction& tx) {
        return payments::end_contractor(
            tx, contractor,
            {payments::ContractorEnd::proceedings, today(), "BODACC du 20 mars 2026"}, officer);
    });
    EXPECT_EQ(state(iban("00000000101")), AccountState::ended);
    later(1);
    const AccountId liquidator = enter(iban("00000000303"), officer);
    testing_support::must(confirm(call(liquidator), reviewer));
    answer(liquidator, PayeeAnswer::not_possible);
    later(payments::account_waiting_days + 1);
    EXPECT_EQ(state(iban("00000000303")), AccountState::payable);
}

TEST_F(ContractorAccounts, SEC_35_WhatIsUnusualIsSaidBeforeApproval) {
    pay_in_fund(Money::euros(50'000));
    const Notified n = notified_dossier();
    const InvoiceId bill = invoice(order_works(n.quote), Money());
    accept(bill);
    const OrderId order = make_order(bill);
    const auto of_order = [&] {
        auto snapshot = store().snapshot();
        return alerts(payments::order_alerts(snapshot.db(), order, today()));
    };
    EXPECT_EQ(of_order(), (std::vector<std::string>{"not_qualified", "not_insured"}));
    must_write([&](store::Transaction& tx) -> Result<Done> {
        testing_support::must(payments::add_insurance(
            tx, contractor, {"Assureur", "D-1", today().plus_days(-30), today()}, officer));
        const auto siret = payments::find_contractor(tx.db(), contractor)->siret;
        testing_support::must(payments::import_rge(
            tx,
            "siret,code_qualification,nom_qualification,domaine,organisme,lien_date_debut,"
            "lien_date_fin\n" +
                siret +
                ",7131,ITE,Isolation des murs par l'extérieur,qualibat,2026-01-01,2026-03-20\n",
            officer));
        return Done{};
    });
    EXPECT_TRUE(of_order().empty()) << "a payment in order gives no alert";
    must_write([&](store::Transaction& tx) -> Result<Done> {
        const auto other = testing_support::must(payments::add_contractor(
            tx,
            {siret_with_check_digit(siren_with_check_digit("99900777"), "0001"), "Façades réunies",
             "Épinal", "FR"},
            officer));
        testing_support::must(payments::enter_account(tx, other, iban("00000000101"), officer));
        return Done{};
    });
    EXPECT_EQ(of_order(), (std::vector<std::string>{"shared_account"}));
    auto snapshot = store().snapshot();
    EXPECT_EQ(
        alerts(payments::account_alerts(snapshot.db(), contractor,
                                        iban_with_check_digits("DE", "370400440532013000").text())),
        (std::vector<std::string>{"foreign_account"}));
    EXPECT_EQ(
        alerts(payments::account_alerts(snapshot.db(), contractor,
                                        french_iban({"99998", "00001", "00000000001"}).text())),
        (std::vector<std::string>{"shared_account"}))
        << "the programme's own";
}

TEST_F(ContractorAccounts, RgeIsWhatTheListSaysOfThatDay) {
    const std::string siret = [&] {
        auto snapshot = store().snapshot();
        return payments::find_contractor(snapshot.db(), contractor)->siret;
    }();
    const std::string header =
        "siret,nom_entreprise,code_qualification,nom_qualification,domaine,organisme,"
        "lien_date_debut,lien_date_fin,date_debut,date_fin\n";
    const std::string row = siret +
                            ",\"Isolation, Vosges\",7131,ITE,Isolation des murs par l'extérieur,"
                            "qualibat,2025-01-01,2026-12-31,";
    const auto take = [&](const std::string& file) {
        return write(
            [&](store::Transaction& tx) { return payments::import_rge(tx, file, officer); });
    };
    const auto first = take(header + row + ",\n11111111111111,Autre,x,x,x,x,sans,date,,\n");
    ASSERT_TRUE(first.ok()) << first.refusal().message;
    EXPECT_EQ(first->rows, 2);
    EXPECT_EQ(first->ours, 1);
    EXPECT_EQ(first->changed, 1);
    EXPECT_EQ(take(header + row + ",\n")->changed, 0);
    const auto qualified = [&](const char* trade, Day day) {
        auto snapshot = store().snapshot();
        return payments::is_qualified(snapshot.db(), contractor, trade, day);
    };
    EXPECT_EQ(qualified("isolation_mur_ite", Day::of(2025, 1, 1)), true);
    EXPECT_EQ(qualified("isolation_mur_ite", Day::of(2024, 12, 31)), false);
    EXPECT_EQ(qualified("isolation_mur_ite", Day::of(2026, 12, 31)), true);
    EXPECT_EQ(qualified("ventilation", Day::of(2025, 6, 1)), false);
    EXPECT_EQ(qualified("electricite", Day::of(2025, 6, 1)), std::nullopt);
    // Withdrawn: the period observed is the one that counts.
    EXPECT_EQ(take(header + row + "2025-01-01,2025-09-30\n")->changed, 1);
    EXPECT_EQ(qualified("isolation_mur_ite", Day::of(2025, 10, 1)), false);
    EXPECT_EQ(take("siret,domaine\n").refusal().code, Code::missing);
    const auto bad = take(header + siret + ",N,7131,ITE,D,q,2025-01-01,jamais,,\n");
    EXPECT_NE(bad.refusal().message.find("Ligne 2"), std::string::npos) << bad.refusal().message;
}

TEST(Telephones, AreOneTextHoweverWritten) {
    const auto text = [](const char* typed) {
        const auto read = Telephone::parse("telephone", typed);
        return read ? read->text() : std::string(code_name(read.refusal().code));
    };
    for (const char* typed : {"03 29 00 00 01", "03.29.00.00.01", "+33 3 29 00 00 01",
                              "0033329000001", "+33 (0)3 29 00 00 01"}) {
        EXPECT_EQ(text(typed), "+33329000001") << typed;
    }
    EXPECT_EQ(text("+32 2 123 45 67"), "+3221234567");
    for (const char* typed : {"", "0329", "00 00 29 00 01", "03 29 00 00 0x", "3+29000001",
                              "+0329000001", "+123456789012345678"}) {
        EXPECT_EQ(text(typed), "malformed") << typed;
    }
}

}  // namespace
}  // namespace deodat
