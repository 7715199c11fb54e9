// A ledger with people, a programme, funders and a contractor; and a dossier led to any step of its
// life.
#pragma once
#include <string>
#include <vector>

#include "ledger/audit/audit.h"
#include "ledger/funding/claim.h"
#include "ledger/funding/household_share.h"
#include "ledger/journal/events.h"
#include "ledger/payments/contractor_account.h"
#include "ledger/payments/transfer.h"
#include "ledger/people/person.h"
#include "ledger/treasury/closing.h"
#include "tests/support/ledger_fixture.h"

namespace deodat::testing_support {

// The value of a result that a test expects; the refusal fails the test with its sentence.
template <class T>
T must(Result<T> result) {
    if (!result) {
        ADD_FAILURE() << code_name(result.refusal().code) << ": " << result.refusal().message;
        throw std::runtime_error("a step that the test stands on was refused");
    }
    return std::move(*result);
}

class DossierTest : public LedgerTest {
  protected:
    void SetUp() override {
        LedgerTest::SetUp();
        set_up_people();
    }

    // Whatever a test did through the ledger, the whole still proves.
    void TearDown() override {
        if (!tampered_) {
            for (const std::string& fault : faults()) ADD_FAILURE() << fault;
        }
        LedgerTest::TearDown();
    }
    std::vector<std::string> faults() {
        auto snapshot = store().snapshot();
        std::vector<std::string> out;
        for (const auto& fault : audit::verify(snapshot.db()).faults) out.push_back(fault.what);
        return out;
    }
    template <class Command>
    auto write(Command command) {
        return store().write(command);
    }
    template <class Command>
    auto must_write(Command command) {
        return must(store().write(command));
    }
    Day today() { return clock().today(); }
    // Writes into the tables without the ledger; nothing is proven at the test's end.
    void write_behind(const std::string& sql) {
        tampered_ = true;
        must_write([&](store::Transaction& tx) -> Result<Done> {
            tx.db().run(sql);
            return Done{};
        });
    }
    Money balance(journal::Role role, journal::Selection selection = {}) {
        auto snapshot = store().snapshot();
        return journal::balance(snapshot.db(), role, selection);
    }

    PersonId add_person(const std::string& name, std::vector<people::Role> roles) {
        return must_write([&](store::Transaction& tx) {
            return people::add_person(tx, name, roles, administrator);
        });
    }

    // A programme with an operation of its own, and an account at the played bank.
    ProgrammeId open_programme(const std::string& code, const std::string& name,
                               const std::string& operation, const std::string& account,
                               Money ceiling) {
        return must_write([&](store::Transaction& tx) {
            return funding::open_programme(tx,
                                           {code,
                                            name,
                                            operation,
                                            french_iban({"99998", "00001", account}),
                                            ceiling,
                                            {"200071066"},
                                            today()},
                                           administrator);
        });
    }

    void set_up_people() {
        administrator = must_write([&](store::Transaction& tx) {
            return people::add_first_administrator(tx, "Administration");
        });
        adviser = add_person("Conseil", {people::Role::adviser});
        officer = add_person("Gestion", {people::Role::officer});
        technician = add_person("Technique", {people::Role::technician});
        authorising = add_person("Ordonnateur", {people::Role::authorising_officer});
        accountant = add_person("Comptable", {people::Role::public_accountant});
        reviewer = add_person("Contrôle", {people::Role::officer});
        programme = open_programme("HMD", "Habiter mieux en Déodatie", "01", "00000000001",
                                   Money::euros(100'000));
        const auto funder = [&](const char* code, const char* name, journal::FunderFamily family) {
            return must_write([&](store::Transaction& tx) {
                return funding::add_funder(tx, code, name, family, administrator);
            });
        };
        anah = funder("anah", "Anah", journal::FunderFamily::state);
        region = funder("region", "Région Grand Est", journal::FunderFamily::region);
        contractor = must_write([&](store::Transaction& tx) {
            return payments::add_contractor(
                tx,
                {siret_with_check_digit(siren_with_check_digit("99900100"), "0001"),
                 "Isolation des Hautes-Vosges", "Saint-Dié-des-Vosges", "FR"},
                officer);
        });
        telephone = must_write([&](store::Transaction& tx) {
            return payments::add_telephone(tx, contractor, "03 29 00 00 01", "Devis", officer);
        });
        enter_account("00000000101");
    }

    // An account that may be paid at once: confirmed, verified, its waiting time lifted.
    AccountId enter_account(const char* number) {
        const Iban iban = french_iban({"99998", "00003", number});
        const AccountId account = must_write([&](store::Transaction& tx) {
            return payments::enter_account(tx, contractor, iban, officer);
        });
        make_payable(account);
        return account;
    }
    void make_payable(AccountId account) {
        must_write([&](store::Transaction& tx) {
            // The account paid until now, as the person called says it.
            auto former = tx.db().select(
                "SELECT substr(iban, -4) FROM contractor_iban WHERE contractor = ?1 AND id < ?2"
                " AND iban <> (SELECT iban FROM contractor_iban WHERE id = ?2) AND id IN (SELECT "
                "account FROM account_confirmation) ORDER BY id DESC LIMIT 1",
                contractor, account);
            const std::string end = former.next() ? former.text(0) : "";
            return payments::confirm_account(
                tx, {account, telephone, "Le gérant", today(), end, "Ancien RIB", "RIB"}, reviewer);
        });
        must_write([&](store::Transaction& tx) {
            return payments::verify_payee(tx, {account, payments::PayeeAnswer::match, "", today()},
                                          officer);
        });
        for (const PersonId person : {authorising, accountant}) {
            must_write([&](store::Transaction& tx) {
                return payments::lift_waiting(tx, account, "Essai", person);
            });
        }
    }

    // Works of 20 000,00 HT at 5,5 %: 21 100,00.
    static std::vector<dossiers::WorksLine> works() {
        return {{"isolation_mur_ite", "Isolation des murs par l'extérieur", Money::euros(20'000),
                 550, Money::euros(21'100), true}};
    }

    DossierId open_dossier(const std::string& commune = "88413") {
        return must_write([&](store::Transaction& tx) {
            return dossiers::open_dossier(tx,
                                          {programme,
                                           adviser,
                                           today(),
                                           {"Ménage d'essai", 3, 24'000, commune, "owner_occupier"},
                                           {commune, "house", 60, true, 110, "F", "C", 50}});
        });
    }
    QuoteId add_quote(DossierId dossier, const std::string& number = "DV-1") {
        return must_write([&](store::Transaction& tx) {
            return dossiers::add_quote(tx,
                                       {dossier, adviser, contractor, number, today(), works()});
        });
    }
    // Anah 16 000,00 and Région 2 000,00: 3 100,00 remain.
    dossiers::KeepPlan plan_of(DossierId dossier) {
        auto snapshot = store().snapshot();
        const auto version = must(dossiers::find_dossier(snapshot.db(), dossier)).version;
        return {dossier,
                version,
                adviser,
                today(),
                "test",
                "{}",
                "{}",
                "{}",
                Money::euros(21'100),
                Money::euros(18'000),
                Money::euros(3'100),
                {{"anah.mpr_accompagne", "anah", "MaPrimeRénov'", Money::euros(16'000),
                  Money::euros(4'800)},
                 {"local.region", "region", "Aide de la Région", Money::euros(2'000), Money()}}};
    }
    void keep_and_sign_plan(DossierId dossier) {
        const auto command = plan_of(dossier);
        const PlanId plan =
            must_write([&](store::Transaction& tx) { return dossiers::keep_plan(tx, command); });
        must_write([&](store::Transaction& tx) {
            return dossiers::sign_plan(tx, plan, today(), adviser);
        });
    }
    void sign_mandates(DossierId dossier) {
        for (const FunderId funder : {anah, region}) {
            must_write([&](store::Transaction& tx) {
                return funding::sign_mandate(tx, dossier, funder, today(), adviser);
            });
        }
    }
    std::vector<GrantId> request(DossierId dossier) {
        return must_write([&](store::Transaction& tx) {
            return funding::request_grants(tx, dossier, adviser, today());
        });
    }
    void notify(GrantId grant, Money amount) {
        must_write([&](store::Transaction& tx) {
            return funding::notify_grant(tx, {grant, amount, "N-1", today(), adviser});
        });
    }

    // A dossier whose grants are notified, with its quote.
    struct Notified {
        DossierId dossier;
        QuoteId quote;
        GrantId anah;
        GrantId region;
    };
    Notified notified_dossier(const std::string& quote_number = "DV-1") {
        const DossierId dossier = open_dossier();
        const QuoteId quote = add_quote(dossier, quote_number);
        keep_and_sign_plan(dossier);
        sign_mandates(dossier);
        const auto grants = request(dossier);
        notify(grants.at(0), Money::euros(16'000));
        notify(grants.at(1), Money::euros(2'000));
        return {dossier, quote, grants.at(0), grants.at(1)};
    }
    std::int64_t order_works(QuoteId quote) {
        return must_write([&](store::Transaction& tx) {
            return payments::order_works(tx, quote, today(), adviser);
        });
    }
    InvoiceId invoice(std::int64_t works_order, Money retention = Money::euros(1'055),
                      const std::string& number = "F-1") {
        return must_write([&](store::Transaction& tx) {
            return payments::register_invoice(
                tx, {works_order, number, today(), today(), works(), retention, officer});
        });
    }
    void accept(InvoiceId invoice) {
        must_write([&](store::Transaction& tx) {
            return payments::accept_works(tx, invoice, today(), today(), technician);
        });
    }
    OrderId make_order(InvoiceId invoice) {
        return must_write([&](store::Transaction& tx) {
            return payments::make_order(tx, invoice, officer, today());
        });
    }
    std::string hash_of(OrderId order) {
        auto snapshot = store().snapshot();
        return payments::order_hash(snapshot.db(),
                                    must(payments::find_order(snapshot.db(), order)));
    }
    Result<EntryId> approve(OrderId order, PersonId person) {
        return write([&, hash = hash_of(order)](store::Transaction& tx) {
            return payments::approve_order(tx, order, hash, person, today());
        });
    }
    Result<Done> release(OrderId order, PersonId person) {
        return write([&](store::Transaction& tx) {
            return payments::release_order(tx, order, person, today());
        });
    }
    void pay_in_fund(Money amount) {
        must_write([&](store::Transaction& tx) {
            return journal::post(tx, {today(),
                                      journal::Event::fund_paid_in,
                                      "Fonds",
                                      "P",
                                      {programme, "01"},
                                      accountant,
                                      journal::events::fund_paid_in(amount)});
        });
    }
    payments::TransferFile transfer_file() {
        return must_write([&](store::Transaction& tx) {
            return payments::make_transfer_file(tx, programme, today(), accountant);
        });
    }
    void pay(std::int64_t transfer) {
        must_write([&](store::Transaction& tx) {
            return payments::transfer_paid(tx, transfer, today(), "R/1", accountant);
        });
    }
    // Claims, titles and receives an amount of a grant.
    ClaimId claim_and_receive(GrantId grant, funding::ClaimKind kind, Money claimed,
                              Money received) {
        const ClaimId claim = must_write([&](store::Transaction& tx) {
            return funding::file_claim(tx, {grant, kind, claimed, today(), adviser});
        });
        must_write([&](store::Transaction& tx) {
            return funding::issue_title(tx, claim, today(), authorising);
        });
        must_write([&](store::Transaction& tx) {
            return funding::receive_claim(tx, claim, received, today(), "R/2", accountant);
        });
        return claim;
    }

    PersonId administrator, adviser, officer, technician, authorising, accountant, reviewer;
    TelephoneId telephone;
    ProgrammeId programme;
    FunderId anah, region;
    ContractorId contractor;
    bool tampered_ = false;
};

}  // namespace deodat::testing_support
