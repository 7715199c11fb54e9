// Goal (G2): a command that is refused, or fails at any of its writes, changes nothing. Method: for
// each command of the ledger, the whole database as text before and after it is refused, after its
// n-th write fails, for every n until it succeeds, and after its caller throws. The commands are
// read from the ledger's headers: one without a test here fails the last test.
#include <atomic>
#include <condition_variable>
#include <fstream>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "api/demo/bank_play.h"
#include "ledger/audit/anchor.h"
#include "ledger/audit/signature.h"
#include "ledger/bank/booking.h"
#include "ledger/bank/camt.h"
#include "ledger/erasure/erasure.h"
#include "ledger/journal/export_register.h"
#include "ledger/payments/opening_balance.h"
#include "ledger/payments/qualification.h"
#include "ledger/payments/suspension.h"
#include "ledger/treasury/limits.h"
#include "ledger/treasury/period_closing.h"
#include "tests/support/dossier_fixture.h"
#include "tests/support/dump.h"
#include "tests/support/ledger_commands.h"
#include "tests/support/time_stamp_authority.h"

namespace deodat {
namespace {

using funding::ClaimKind;
using journal::Event;
using people::Role;
using store::Transaction;
using testing_support::must;

class G02_AllOrNothing : public testing_support::DossierTest {
  protected:
    std::string whole() {
        auto snapshot = store().snapshot();
        return testing_support::dump(snapshot.db());
    }

    // The command is refused with this code, and leaves no trace.
    template <class Command>
    void refuses(Code code, Command command) {
        const std::string before = whole();
        const auto outcome = write(command);
        ASSERT_FALSE(outcome.ok()) << code_name(code);
        EXPECT_EQ(code_name(outcome.refusal().code), code_name(code)) << outcome.refusal().message;
        EXPECT_TRUE(before == whole()) << outcome.refusal().message;
    }

    // The command leaves no trace when its caller throws after it, nor when any of its writes
    // fails, the sealing of its rows included; when none does, it succeeds.
    template <class Command>
    void takes_whole(Command command) {
        const std::string before = whole();
        EXPECT_THROW((void)write([&](Transaction& tx) {
                         auto outcome = command(tx);
                         if (outcome.ok()) throw std::runtime_error("after the command");
                         return outcome;
                     }),
                     std::runtime_error);
        EXPECT_TRUE(before == whole()) << "thrown after the command";
        int writes = 0;
        while (!succeeds_but_for_write(writes, command) && !HasFailure()) {
            EXPECT_TRUE(before == whole()) << "write " << writes << " failed";
            ++writes;
        }
        EXPECT_GE(writes, 2) << "a row and its record at least";
        EXPECT_FALSE(before == whole()) << "the command did nothing";
        reopen();  // another connection, without the triggers
    }

  private:
    // Runs the command with its n-th write refused by SQLite; whether there was none such.
    template <class Command>
    bool succeeds_but_for_write(int n, Command command) {
        try {
            must(write([&](Transaction& tx) {
                fail_at_write(tx.db(), n);
                return command(tx);
            }));
            return true;
        } catch (const EnvironmentFailure& failure) {
            EXPECT_NE(std::string(failure.what()).find("played failure"), std::string::npos)
                << failure.what();
            return false;
        }
    }
    // Temporary triggers, which the command's undoing takes along.
    static void fail_at_write(store::Database& db, int n) {
        db.run("CREATE TEMP TABLE writes_left (n INTEGER)");
        db.run("INSERT INTO writes_left VALUES (?)", n);
        std::vector<std::string> tables;
        auto rows = db.select("SELECT name FROM main.sqlite_schema WHERE type = 'table'");
        while (rows.next()) tables.push_back(rows.text(0));
        for (const std::string& table : tables) {
            for (const std::string operation : {"INSERT", "UPDATE", "DELETE"}) {
                db.run("CREATE TEMP TRIGGER fail_" + operation + "_" + table + " BEFORE " +
                       operation + " ON main." + table +
                       " BEGIN SELECT RAISE(ABORT, 'played failure') FROM writes_left WHERE n = 0;"
                       " UPDATE writes_left SET n = n - 1; END");
            }
        }
    }

  protected:
    // The contractor's second account, as it comes; the first one's last four characters.
    AccountId new_account() {
        return must_write([&](Transaction& tx) {
            return payments::enter_account(tx, contractor,
                                           french_iban({"99998", "00003", "00000000909"}), officer);
        });
    }
    const std::string account_end = [] {
        const std::string first = french_iban({"99998", "00003", "00000000101"}).text();
        return first.substr(first.size() - 4);
    }();

    // Too far ahead for the journal, which is the last to look: what a command wrote before is
    // undone.
    Day too_late() { return today().plus_days(60); }

    // A dossier whose works are invoiced and accepted, with an order made.
    struct Ordered {
        Notified dossier;
        std::int64_t works;
        InvoiceId invoice;
        OrderId order;
    };
    Ordered ordered(Money retention = Money::euros(1'055)) {
        pay_in_fund(Money::euros(50'000));
        const Notified n = notified_dossier();
        const std::int64_t works = order_works(n.quote);
        const InvoiceId bill = invoice(works, retention);
        accept(bill);
        return {n, works, bill, make_order(bill)};
    }
    Ordered released(Money retention = Money::euros(1'055)) {
        const Ordered made = ordered(retention);
        must(approve(made.order, authorising));
        must(release(made.order, accountant));
        return made;
    }
    std::int64_t sent(Money retention = Money::euros(1'055)) {
        released(retention);
        return transfer_file().transfers.at(0).id;
    }
    ClaimId filed(GrantId grant) {
        return must_write([&](Transaction& tx) {
            return funding::file_claim(
                tx, {grant, ClaimKind::instalment, Money::euros(1'000), today(), adviser});
        });
    }
    ClaimId titled(GrantId grant) {
        const ClaimId claim = filed(grant);
        must_write(
            [&](Transaction& tx) { return funding::issue_title(tx, claim, today(), authorising); });
        return claim;
    }
    std::int64_t called(DossierId dossier) {
        return must_write([&](Transaction& tx) {
            return funding::call_share(tx, dossier, Money::euros(3'100), today(), authorising);
        });
    }
    std::vector<bank::Statement> statement(const std::string& xml) {
        return must(bank::read_camt(xml));
    }
    std::string played_statement() {
        return demo::camt053_08(
            {french_iban({"99998", "00001", "00000000001"}),
             "REL-1",
             1,
             clock().now(),
             today(),
             today(),
             Money(),
             {{today(), Money::euros(500), "NOTPROVIDED", "Payeur", {}, "DOTATION", {}}}});
    }
    audit::SigningKey signing_key() {
        SeededRandom random{2};
        return must(audit::SigningKey::open_or_make(directory() + "/anchor.key", random));
    }
};

// ---- people, programmes, contractors

TEST_F(G02_AllOrNothing, add_first_administrator) {
    const auto add = [](Transaction& tx) {
        return people::add_first_administrator(tx, "Administration");
    };
    refuses(Code::state_forbids, add);
    reopen_empty();
    refuses(Code::text_invalid,
            [](Transaction& tx) { return people::add_first_administrator(tx, " "); });
    takes_whole(add);
}

TEST_F(G02_AllOrNothing, add_person) {
    const auto add = [&](const std::string& name, PersonId by) {
        return [=](Transaction& tx) {
            return people::add_person(tx, name, {Role::adviser, Role::technician}, by);
        };
    };
    refuses(Code::role_missing, add("Renfort", adviser));
    refuses(Code::text_invalid, add("", administrator));
    takes_whole(add("Renfort", administrator));
}

TEST_F(G02_AllOrNothing, open_programme) {
    const auto open = [&](const std::string& code, const std::string& account, PersonId by) {
        return [=, this](Transaction& tx) {
            return funding::open_programme(tx,
                                           {code,
                                            "Montfermeil",
                                            "02",
                                            french_iban({"99998", "00001", account}),
                                            Money::euros(100'000),
                                            {"200071066"},
                                            today()},
                                           by);
        };
    };
    refuses(Code::role_missing, open("MTF", "00000000002", officer));
    refuses(Code::duplicate, open("HMD", "00000000002", administrator));
    refuses(Code::duplicate, open("MTF", "00000000001", administrator));
    takes_whole(open("MTF", "00000000002", administrator));
}

TEST_F(G02_AllOrNothing, add_funder) {
    const auto add = [&](const std::string& code, PersonId by) {
        return [=](Transaction& tx) {
            return funding::add_funder(tx, code, "Commune", journal::FunderFamily::commune, by);
        };
    };
    refuses(Code::role_missing, add("commune", adviser));
    refuses(Code::duplicate, add("anah", administrator));
    takes_whole(add("commune", administrator));
}

TEST_F(G02_AllOrNothing, add_contractor) {
    const auto add = [&](const char* siren, PersonId by) {
        return [=](Transaction& tx) {
            return payments::add_contractor(
                tx,
                {siret_with_check_digit(siren_with_check_digit(siren), "0001"), "Toitures",
                 "Raon-l'Étape", "FR"},
                by);
        };
    };
    refuses(Code::role_missing, add("99900200", adviser));
    refuses(Code::duplicate, add("99900100", officer));
    takes_whole(add("99900200", officer));
}

TEST_F(G02_AllOrNothing, enter_account) {
    const auto enter = [&](ContractorId of, PersonId by) {
        return [=](Transaction& tx) {
            return payments::enter_account(tx, of, french_iban({"99998", "00003", "00000000202"}),
                                           by);
        };
    };
    refuses(Code::role_missing, enter(contractor, adviser));
    refuses(Code::not_found, enter({99}, officer));
    takes_whole(enter(contractor, officer));
}

// An account that waits for its confirmation.
TEST_F(G02_AllOrNothing, confirm_account) {
    const AccountId account = new_account();
    const auto confirm = [=, this](const std::string& end, PersonId by) {
        return [=, this](Transaction& tx) {
            return payments::confirm_account(
                tx, {account, telephone, "La gérante", today(), end, "Ancien RIB", "RIB"}, by);
        };
    };
    refuses(Code::role_missing, confirm(account_end, adviser));
    refuses(Code::same_person, confirm(account_end, officer));
    refuses(Code::gate_closed, confirm("0000", reviewer));
    takes_whole(confirm(account_end, reviewer));
    refuses(Code::state_forbids, confirm(account_end, reviewer));
}

TEST_F(G02_AllOrNothing, verify_payee) {
    const AccountId account = new_account();
    const auto verify = [=, this](AccountId of, const std::string& name) {
        return [=, this](Transaction& tx) {
            return payments::verify_payee(
                tx, {of, payments::PayeeAnswer::close_match, name, today()}, officer);
        };
    };
    refuses(Code::not_found, verify({99}, "Autre"));
    refuses(Code::text_invalid, verify(account, ""));
    takes_whole(verify(account, "Isolation Vosges"));
}

TEST_F(G02_AllOrNothing, accept_payee_name) {
    const AccountId account = new_account();
    const auto accept = [=](PersonId by) {
        return [=](Transaction& tx) {
            return payments::accept_payee_name(tx, account, "Nom abrégé", by);
        };
    };
    refuses(Code::state_forbids, accept(reviewer));
    must_write([&](Transaction& tx) {
        return payments::verify_payee(
            tx, {account, payments::PayeeAnswer::close_match, "Isol. Vosges", today()}, officer);
    });
    refuses(Code::same_person, accept(officer));
    takes_whole(accept(reviewer));
}

TEST_F(G02_AllOrNothing, reject_account) {
    const AccountId account = new_account();
    const auto reject = [=, this](const std::string& why) {
        return [=, this](Transaction& tx) {
            return payments::reject_account(tx, account, why, officer);
        };
    };
    refuses(Code::text_invalid, reject(""));
    takes_whole(reject("RIB falsifié"));
    refuses(Code::state_forbids, reject("RIB falsifié"));
}

TEST_F(G02_AllOrNothing, lift_waiting) {
    const AccountId account = new_account();
    const auto lift = [=](PersonId by) {
        return [=](Transaction& tx) { return payments::lift_waiting(tx, account, "Urgence", by); };
    };
    refuses(Code::role_missing, lift(officer));
    refuses(Code::state_forbids, lift(authorising));
    must_write([&](Transaction& tx) {
        return payments::confirm_account(
            tx, {account, telephone, "La gérante", today(), account_end, "Ancien RIB", "RIB"},
            reviewer);
    });
    must_write([&](Transaction& tx) {
        return payments::verify_payee(tx, {account, payments::PayeeAnswer::match, "", today()},
                                      officer);
    });
    takes_whole(lift(authorising));
    refuses(Code::same_person, lift(authorising));
}

TEST_F(G02_AllOrNothing, add_telephone) {
    const auto add = [=, this](const std::string& number) {
        return [=, this](Transaction& tx) {
            return payments::add_telephone(tx, contractor, number, "Devis", officer);
        };
    };
    refuses(Code::malformed, add("0329"));
    takes_whole(add("+33 3 29 00 00 09"));
}

TEST_F(G02_AllOrNothing, import_rge) {
    const std::string header =
        "siret,code_qualification,nom_qualification,domaine,organisme,lien_date_debut,"
        "lien_date_fin\n";
    const auto take = [=, this](const std::string& rows) {
        return [=, this](Transaction& tx) {
            const auto siret = payments::find_contractor(tx.db(), contractor)->siret;
            return payments::import_rge(tx, header + siret + rows, officer);
        };
    };
    const std::string good = ",7131,ITE,Isolation des murs par l'extérieur,qualibat,2025-01-01,";
    refuses(Code::date_invalid, take(good + "2025-13-01\n"));
    takes_whole(take(good + "2026-12-31\n"));
}

TEST_F(G02_AllOrNothing, add_insurance) {
    const auto add = [=, this](Day to) {
        return [=, this](Transaction& tx) {
            return payments::add_insurance(tx, contractor, {"Assureur", "D-1", today(), to},
                                           officer);
        };
    };
    refuses(Code::date_invalid, add(today().plus_days(-1)));
    takes_whole(add(today().plus_days(365)));
}

TEST_F(G02_AllOrNothing, end_contractor) {
    const auto end = [=, this](Day on) {
        return [=, this](Transaction& tx) {
            return payments::end_contractor(
                tx, contractor, {payments::ContractorEnd::closed, on, "BODACC"}, officer);
        };
    };
    refuses(Code::date_invalid, end(today().plus_days(1)));
    takes_whole(end(today()));
    refuses(Code::state_forbids, end(today()));
}

// ---- dossiers

TEST_F(G02_AllOrNothing, open_dossier) {
    const auto open = [&](const std::string& commune, PersonId by) {
        return [=, this](Transaction& tx) {
            return dossiers::open_dossier(tx, {programme,
                                               by,
                                               today(),
                                               {"Ménage", 3, 24'000, commune, "owner_occupier"},
                                               {commune, "house", 60, true, 110, "F", "C", 50}});
        };
    };
    refuses(Code::role_missing, open("88413", officer));
    refuses(Code::insee_unknown, open("00000", adviser));
    takes_whole(open("88413", adviser));
}

TEST_F(G02_AllOrNothing, give_aid) {
    const DossierId dossier = open_dossier();
    const auto give = [&](const std::string& funder, const std::string& motive) {
        return [=, this](Transaction& tx) {
            return dossiers::give_aid(tx, dossier,
                                      {"local.taintrux", funder, "Aide", Money::euros(500), motive},
                                      adviser, today());
        };
    };
    refuses(Code::not_found, give("inconnu", "Délibération"));
    refuses(Code::text_invalid, give("region", " "));
    takes_whole(give("region", "Délibération"));
    refuses(Code::duplicate, give("region", "Délibération"));
}

TEST_F(G02_AllOrNothing, add_quote) {
    const DossierId dossier = open_dossier();
    const auto add = [&](const std::string& number, Money ttc) {
        return [=, this](Transaction& tx) {
            auto lines = works();
            lines.push_back(lines[0]);
            lines[1].ttc = ttc;
            return dossiers::add_quote(tx, {dossier, adviser, contractor, number, today(), lines});
        };
    };
    refuses(Code::malformed, add("DV-1", Money::euros(21'101)));
    takes_whole(add("DV-1", Money::euros(21'100)));
    refuses(Code::duplicate, add("DV-1", Money::euros(21'100)));
}

TEST_F(G02_AllOrNothing, keep_plan) {
    const DossierId dossier = open_dossier();
    add_quote(dossier);
    const auto keep = [](const dossiers::KeepPlan& plan) {
        return [=](Transaction& tx) { return dossiers::keep_plan(tx, plan); };
    };
    auto plan = plan_of(dossier);
    plan.dossier_version += 1;
    refuses(Code::version_moved, keep(plan));
    plan = plan_of(dossier);
    plan.aids[1].aid = plan.aids[0].aid;
    refuses(Code::duplicate, keep(plan));
    takes_whole(keep(plan_of(dossier)));
}

TEST_F(G02_AllOrNothing, sign_plan) {
    const DossierId dossier = open_dossier();
    add_quote(dossier);
    const auto plan = plan_of(dossier);
    const PlanId kept = must_write([&](Transaction& tx) { return dossiers::keep_plan(tx, plan); });
    const auto sign = [&](Day day, PersonId by) {
        return [=](Transaction& tx) { return dossiers::sign_plan(tx, kept, day, by); };
    };
    refuses(Code::role_missing, sign(today(), officer));
    refuses(Code::date_invalid, sign(today().plus_days(-1), adviser));
    takes_whole(sign(today(), adviser));
}

TEST_F(G02_AllOrNothing, close_dossier) {
    const Ordered work = released(Money());
    const DossierId dossier = work.dossier.dossier;
    pay(transfer_file().transfers.at(0).id);
    const auto close = [&](Day day, PersonId by) {
        return [=](Transaction& tx) { return treasury::close_dossier(tx, dossier, day, by); };
    };
    claim_and_receive(work.dossier.anah, ClaimKind::balance, Money::euros(16'000),
                      Money::euros(16'000));
    claim_and_receive(work.dossier.region, ClaimKind::balance, Money::euros(2'000),
                      Money::euros(2'000));
    const std::int64_t call = called(dossier);
    refuses(Code::balance_not_nil, close(today(), authorising));
    must_write([&](Transaction& tx) {
        return funding::receive_share(tx, call, Money::euros(3'100), today(), "R/3", accountant);
    });
    refuses(Code::role_missing, close(today(), adviser));
    refuses(Code::entry_date, close(too_late(), authorising));
    takes_whole(close(today(), authorising));
}

TEST_F(G02_AllOrNothing, abandon_dossier) {
    const Notified n = notified_dossier();
    const auto abandon = [&](const std::string& why, Day day) {
        return [=, this](Transaction& tx) {
            return treasury::abandon_dossier(tx, n.dossier, why, day, adviser);
        };
    };
    refuses(Code::text_invalid, abandon("", today()));
    refuses(Code::entry_date, abandon("Renonce", too_late()));
    takes_whole(abandon("Renonce", today()));
}

TEST_F(G02_AllOrNothing, close_period) {
    pay_in_fund(Money::euros(50'000));
    const auto close = [](int year, PersonId by) {
        return [=](Transaction& tx) { return treasury::close_period(tx, year, by); };
    };
    refuses(Code::state_forbids, close(2026, administrator));
    clock().set(instant_in_paris(Day::of(2027, 2, 1), 10));
    refuses(Code::role_missing, close(2026, accountant));
    refuses(Code::state_forbids, close(2025, administrator));
    takes_whole(close(2026, administrator));
    refuses(Code::state_forbids, close(2026, administrator));
}

TEST_F(G02_AllOrNothing, close_exercice) {
    pay_in_fund(Money::euros(50'000));
    const auto close = [&](int year) {
        return [=, this](Transaction& tx) {
            return journal::close_exercice(tx, year, {{programme, "01"}}, administrator);
        };
    };
    refuses(Code::state_forbids, close(2026));
    clock().set(instant_in_paris(Day::of(2027, 2, 1), 10));
    takes_whole(close(2026));
}

// ---- funding

TEST_F(G02_AllOrNothing, sign_mandate) {
    const DossierId dossier = open_dossier();
    const auto sign = [&](FunderId funder) {
        return [=, this](Transaction& tx) {
            return funding::sign_mandate(tx, dossier, funder, today(), adviser);
        };
    };
    refuses(Code::not_found, sign({99}));
    takes_whole(sign(anah));
    refuses(Code::duplicate, sign(anah));
}

TEST_F(G02_AllOrNothing, revoke_mandate) {
    const DossierId dossier = open_dossier();
    sign_mandates(dossier);
    const auto revoke = [&](FunderId funder) {
        return [=, this](Transaction& tx) {
            return funding::revoke_mandate(tx, dossier, funder, today(), adviser);
        };
    };
    refuses(Code::not_found, revoke({99}));
    takes_whole(revoke(anah));
    refuses(Code::not_found, revoke(anah));
}

TEST_F(G02_AllOrNothing, request_grants) {
    const DossierId dossier = open_dossier();
    add_quote(dossier);
    const auto ask = [&](Transaction& tx) {
        return funding::request_grants(tx, dossier, adviser, today());
    };
    refuses(Code::gate_closed, ask);
    keep_and_sign_plan(dossier);
    must_write([&](Transaction& tx) {
        return funding::sign_mandate(tx, dossier, anah, today(), adviser);
    });
    // The first aid could be requested; the second has no mandate.
    refuses(Code::gate_closed, ask);
    must_write([&](Transaction& tx) {
        return funding::sign_mandate(tx, dossier, region, today(), adviser);
    });
    takes_whole(ask);
}

TEST_F(G02_AllOrNothing, notify_grant) {
    const DossierId dossier = open_dossier();
    add_quote(dossier);
    keep_and_sign_plan(dossier);
    sign_mandates(dossier);
    const GrantId grant = request(dossier).at(0);
    const auto notify = [&](Money amount, Day day) {
        return [=, this](Transaction& tx) {
            return funding::notify_grant(tx, {grant, amount, "N-1", day, adviser});
        };
    };
    refuses(Code::over_commitment, notify(Money::cents(16'000'01), today()));
    refuses(Code::entry_date, notify(Money::euros(16'000), too_late()));
    takes_whole(notify(Money::euros(16'000), today()));
}

TEST_F(G02_AllOrNothing, refuse_grant) {
    const Notified n = notified_dossier();
    const auto refuse = [&](Day day, PersonId by) {
        return [=](Transaction& tx) { return funding::refuse_grant(tx, n.anah, day, by); };
    };
    refuses(Code::role_missing, refuse(today(), officer));
    refuses(Code::entry_date, refuse(too_late(), adviser));
    takes_whole(refuse(today(), adviser));
    refuses(Code::state_forbids, refuse(today(), adviser));
}

TEST_F(G02_AllOrNothing, file_claim) {
    const Notified n = notified_dossier();
    const auto file = [&](Money amount, Day day) {
        return [=, this](Transaction& tx) {
            return funding::file_claim(tx, {n.anah, ClaimKind::advance, amount, day, adviser});
        };
    };
    refuses(Code::over_commitment, file(Money::cents(4'800'01), today()));
    refuses(Code::entry_date, file(Money::euros(4'800), too_late()));
    takes_whole(file(Money::euros(4'800), today()));
}

TEST_F(G02_AllOrNothing, issue_title) {
    const ClaimId claim = filed(notified_dossier().anah);
    const auto issue = [&](Day day, PersonId by) {
        return [=](Transaction& tx) { return funding::issue_title(tx, claim, day, by); };
    };
    refuses(Code::role_missing, issue(today(), adviser));
    refuses(Code::entry_date, issue(too_late(), authorising));
    takes_whole(issue(today(), authorising));
    refuses(Code::state_forbids, issue(today(), authorising));
}

TEST_F(G02_AllOrNothing, receive_claim) {
    const ClaimId claim = titled(notified_dossier().anah);
    const auto receive = [&](Money amount, Day day) {
        return [=, this](Transaction& tx) {
            return funding::receive_claim(tx, claim, amount, day, "R/1", accountant);
        };
    };
    refuses(Code::over_commitment, receive(Money::cents(1'000'01), today()));
    refuses(Code::entry_date, receive(Money::euros(1'000), too_late()));
    takes_whole(receive(Money::euros(1'000), today()));
}

TEST_F(G02_AllOrNothing, reduce_claim) {
    const ClaimId claim = titled(notified_dossier().anah);
    const auto reduce = [&](Money amount, Day day, funding::Bearer bearer) {
        return [=, this](Transaction& tx) {
            return funding::reduce_claim(tx,
                                         {claim, amount, "Écrêtement", bearer, day, authorising});
        };
    };
    refuses(Code::over_commitment,
            reduce(Money::cents(1'000'01), today(), funding::Bearer::household));
    refuses(Code::entry_date, reduce(Money::euros(400), too_late(), funding::Bearer::petr));
    takes_whole(reduce(Money::euros(400), today(), funding::Bearer::petr));
    takes_whole(reduce(Money::euros(300), today(), funding::Bearer::household));
}

TEST_F(G02_AllOrNothing, call_share) {
    const Notified n = notified_dossier();
    must_write([&](Transaction& tx) {
        return funding::receive_share_early(tx, n.dossier, Money::euros(200), today(), "R/1",
                                            accountant);
    });
    const auto call = [&](Money amount, Day day) {
        return [=, this](Transaction& tx) {
            return funding::call_share(tx, n.dossier, amount, day, authorising);
        };
    };
    refuses(Code::over_commitment, call(Money::cents(3'100'01), today()));
    refuses(Code::entry_date, call(Money::euros(3'100), too_late()));
    takes_whole(call(Money::euros(3'100), today()));
}

TEST_F(G02_AllOrNothing, receive_share) {
    const std::int64_t call = called(notified_dossier().dossier);
    const auto receive = [&](Money amount, Day day) {
        return [=, this](Transaction& tx) {
            return funding::receive_share(tx, call, amount, day, "R/1", accountant);
        };
    };
    refuses(Code::over_commitment, receive(Money::cents(3'100'01), today()));
    refuses(Code::entry_date, receive(Money::euros(3'100), too_late()));
    takes_whole(receive(Money::euros(3'100), today()));
}

TEST_F(G02_AllOrNothing, receive_share_early) {
    const Notified n = notified_dossier();
    called(n.dossier);
    const auto receive = [&](Money amount, Day day) {
        return [=, this](Transaction& tx) {
            return funding::receive_share_early(tx, n.dossier, amount, day, "R/1", accountant);
        };
    };
    refuses(Code::amount_not_positive, receive(Money(), today()));
    refuses(Code::entry_date, receive(Money::euros(100), too_late()));
    takes_whole(receive(Money::euros(100), today()));
}

// ---- journal

TEST_F(G02_AllOrNothing, post) {
    const auto post = [&](Day day, Money back) {
        return [=, this](Transaction& tx) {
            auto legs = journal::events::fund_paid_in(Money::euros(100));
            legs[1].amount = -back;
            return journal::post(
                tx, {day, Event::fund_paid_in, "Fonds", "P", {programme, "01"}, accountant, legs});
        };
    };
    refuses(Code::entry_unbalanced, post(today(), Money::euros(99)));
    refuses(Code::entry_date, post(too_late(), Money::euros(100)));
    refuses(Code::entry_date, post(Day::of(2024, 12, 31), Money::euros(100)));
    takes_whole(post(today(), Money::euros(100)));
}

TEST_F(G02_AllOrNothing, reverse) {
    pay_in_fund(Money::euros(100));
    const EntryId entry{1};
    const auto reverse = [&](EntryId of, const std::string& why) {
        return [=, this](Transaction& tx) {
            return journal::reverse(tx, of, today(), why, accountant);
        };
    };
    refuses(Code::not_found, reverse({99}, "Erreur"));
    refuses(Code::text_invalid, reverse(entry, " "));
    takes_whole(reverse(entry, "Erreur"));
    refuses(Code::already_reversed, reverse(entry, "Erreur"));
}

TEST_F(G02_AllOrNothing, register_export) {
    // Nothing of it can be refused; it can fail.
    pay_in_fund(Money::euros(100));
    takes_whole([&](Transaction& tx) -> Result<std::int64_t> {
        return journal::register_export(
            tx, {0, tx.now(), accountant, "hledger", 0, {1}, 100, std::string(32, 'x')});
    });
}

// ---- payments

TEST_F(G02_AllOrNothing, take_opening_balance) {
    const auto take = [&](const std::string& credit, PersonId by) {
        const std::string file =
            "compte;dossier;financeur;entreprise;montant\n515;;;;1500,00\n1021;;;;" + credit + "\n";
        return [=, this](Transaction& tx) {
            const auto at = funding::find_programme(tx.db(), programme).value();
            return payments::take_opening_balance(tx, {file, at, tx.today(), by});
        };
    };
    refuses(Code::role_missing, take("-1500,00", adviser));
    refuses(Code::entry_unbalanced, take("-1499,99", accountant));
    takes_whole(take("-1500,00", accountant));
    refuses(Code::duplicate, take("-1500,00", accountant));
}

TEST_F(G02_AllOrNothing, order_works) {
    pay_in_fund(Money::euros(50'000));
    const Notified n = notified_dossier();
    const auto order = [&](Day day, PersonId by) {
        return [=](Transaction& tx) { return payments::order_works(tx, n.quote, day, by); };
    };
    refuses(Code::role_missing, order(today(), officer));
    refuses(Code::entry_date, order(too_late(), adviser));
    takes_whole(order(today(), adviser));
    refuses(Code::duplicate, order(today(), adviser));
}

TEST_F(G02_AllOrNothing, amend_works_order) {
    const std::int64_t order = order_works(notified_dossier().quote);
    const auto amend = [&](const std::string& reference, Money more, Day day) {
        return [=, this](Transaction& tx) {
            return payments::amend_works_order(tx, {order, reference, more, day, adviser});
        };
    };
    refuses(Code::text_invalid, amend(" ", Money::euros(500), today()));
    refuses(Code::amount_not_positive, amend("A-1", Money(), today()));
    refuses(Code::exposure_ceiling, amend("A-1", Money::euros(90'000), today()));
    refuses(Code::entry_date, amend("A-1", Money::euros(500), too_late()));
    takes_whole(amend("A-1", Money::euros(500), today()));
    refuses(Code::duplicate, amend("A-1", Money::euros(500), today()));
}

TEST_F(G02_AllOrNothing, finish_works_order) {
    const std::int64_t order = order_works(notified_dossier().quote);
    const auto finish = [&](Day day) {
        return [=, this](Transaction& tx) {
            return payments::finish_works_order(tx, order, day, adviser);
        };
    };
    refuses(Code::date_invalid, finish(today().plus_days(-1)));
    refuses(Code::entry_date, finish(too_late()));
    takes_whole(finish(today()));
    refuses(Code::state_forbids, finish(today()));
}

TEST_F(G02_AllOrNothing, register_invoice) {
    const std::int64_t order = order_works(notified_dossier().quote);
    const auto enter = [&](Money retention) {
        return [=, this](Transaction& tx) {
            return payments::register_invoice(
                tx, {order, "F-1", today(), today(), works(), retention, officer});
        };
    };
    refuses(Code::out_of_range, enter(Money::cents(1'055'01)));
    takes_whole(enter(Money::euros(1'055)));
    refuses(Code::duplicate, enter(Money::euros(1'055)));
}

TEST_F(G02_AllOrNothing, accept_works) {
    const InvoiceId bill = invoice(order_works(notified_dossier().quote));
    const auto accept = [&](PersonId by) {
        return [=, this](Transaction& tx) {
            return payments::accept_works(tx, bill, today(), today(), by);
        };
    };
    refuses(Code::role_missing, accept(officer));
    takes_whole(accept(technician));
    refuses(Code::state_forbids, accept(technician));
}

TEST_F(G02_AllOrNothing, make_order) {
    const InvoiceId bill = invoice(order_works(notified_dossier().quote));
    const auto make = [&](Transaction& tx) {
        return payments::make_order(tx, bill, officer, today());
    };
    refuses(Code::gate_closed, make);
    accept(bill);
    takes_whole(make);
    refuses(Code::duplicate, make);
}

TEST_F(G02_AllOrNothing, make_retention_order) {
    const Ordered work = released();
    const auto make = [&](Transaction& tx) {
        return payments::make_retention_order(tx, work.invoice, officer, tx.today());
    };
    refuses(Code::gate_closed, make);
    clock().set(Instant(clock().now().microseconds() + std::int64_t{400} * 86'400'000'000));
    takes_whole(make);
}

TEST_F(G02_AllOrNothing, make_order_again) {
    const std::int64_t transfer = sent();
    pay(transfer);
    const auto again = [&](Transaction& tx) {
        return payments::make_order_again(tx, {1}, officer, today());
    };
    refuses(Code::state_forbids, again);
    must_write([&](Transaction& tx) {
        return payments::transfer_returned(tx, transfer, "AC04", today(), "R/2", accountant);
    });
    takes_whole(again);
}

TEST_F(G02_AllOrNothing, approve_order) {
    const OrderId order = ordered().order;
    const std::string hash = hash_of(order);
    const auto approve = [&](const std::string& seen, PersonId by, Day day) {
        return [=](Transaction& tx) { return payments::approve_order(tx, order, seen, by, day); };
    };
    refuses(Code::order_changed, approve(std::string(32, 'x'), authorising, today()));
    refuses(Code::role_missing, approve(hash, officer, today()));
    refuses(Code::entry_date, approve(hash, authorising, too_late()));
    takes_whole(approve(hash, authorising, today()));
}

TEST_F(G02_AllOrNothing, refuse_order) {
    const OrderId order = ordered().order;
    must(approve(order, authorising));
    const auto refuse = [&](const std::string& why, PersonId by, Day day) {
        return [=](Transaction& tx) { return payments::refuse_order(tx, order, why, by, day); };
    };
    refuses(Code::role_missing, refuse("Pièce manquante", authorising, today()));
    refuses(Code::text_invalid, refuse("", accountant, today()));
    refuses(Code::entry_date, refuse("Pièce manquante", accountant, too_late()));
    takes_whole(refuse("Pièce manquante", accountant, today()));
    refuses(Code::state_forbids, refuse("Pièce manquante", authorising, today()));
}

TEST_F(G02_AllOrNothing, expire_orders) {
    must(approve(ordered().order, authorising));
    const auto expire = [&](ProgrammeId of, PersonId by) {
        return [=](Transaction& tx) { return payments::expire_orders(tx, of, by, tx.today()); };
    };
    clock().set(Instant(clock().now().microseconds() + std::int64_t{91} * 86'400'000'000));
    refuses(Code::role_missing, expire(programme, adviser));
    refuses(Code::not_found, expire({99}, officer));
    takes_whole(expire(programme, officer));
}

TEST_F(G02_AllOrNothing, release_order) {
    const OrderId order = ordered().order;
    const auto release = [&](PersonId by, Day day) {
        return [=](Transaction& tx) { return payments::release_order(tx, order, by, day); };
    };
    refuses(Code::state_forbids, release(accountant, today()));
    must(approve(order, authorising));
    refuses(Code::role_missing, release(officer, today()));
    refuses(Code::entry_date, release(accountant, too_late()));
    takes_whole(release(accountant, today()));
}

TEST_F(G02_AllOrNothing, make_transfer_file) {
    const OrderId order = ordered().order;
    const auto make = [&](Transaction& tx) {
        return payments::make_transfer_file(tx, programme, today(), accountant);
    };
    refuses(Code::state_forbids, make);
    must(approve(order, authorising));
    must(release(order, accountant));
    takes_whole(make);
}

TEST_F(G02_AllOrNothing, transfer_paid) {
    const std::int64_t transfer = sent();
    const auto paid = [&](std::int64_t id, Day day) {
        return [=, this](Transaction& tx) {
            return payments::transfer_paid(tx, id, day, "R/1", accountant);
        };
    };
    refuses(Code::not_found, paid(99, today()));
    refuses(Code::entry_date, paid(transfer, too_late()));
    takes_whole(paid(transfer, today()));
    refuses(Code::state_forbids, paid(transfer, today()));
}

TEST_F(G02_AllOrNothing, transfer_returned) {
    const std::int64_t transfer = sent();
    const auto returned = [&](Day day) {
        return [=, this](Transaction& tx) {
            return payments::transfer_returned(tx, transfer, "AC04", day, "R/2", accountant);
        };
    };
    refuses(Code::state_forbids, returned(today()));
    pay(transfer);
    refuses(Code::entry_date, returned(too_late()));
    takes_whole(returned(today()));
}

TEST_F(G02_AllOrNothing, set_limit) {
    const auto set = [&](PersonId by, Money amount, Day since) {
        return [=, this](Transaction& tx) {
            return treasury::set_limit(tx, {{programme, journal::Measure::engaged, {}, anah},
                                            amount,
                                            since,
                                            "Convention",
                                            by});
        };
    };
    refuses(Code::role_missing, set(officer, Money::euros(1), today()));
    refuses(Code::amount_out_of_range, set(authorising, Money::cents(-1), today()));
    refuses(Code::date_invalid, set(authorising, Money::euros(1), today().plus_days(-1)));
    takes_whole(set(authorising, Money::euros(1), today()));
}

TEST_F(G02_AllOrNothing, propose_payment_limit) {
    const auto propose = [&](PersonId by, Money amount) {
        return [=, this](Transaction& tx) {
            return payments::propose_payment_limit(
                tx, {programme, payments::LimitScope::order, amount, "Délibération", by});
        };
    };
    refuses(Code::role_missing, propose(officer, Money::euros(1)));
    refuses(Code::amount_not_positive, propose(authorising, Money()));
    takes_whole(propose(authorising, Money::euros(1)));
}

TEST_F(G02_AllOrNothing, confirm_payment_limit) {
    const auto proposal = must_write([&](Transaction& tx) {
        return payments::propose_payment_limit(
            tx, {programme, payments::LimitScope::order, std::nullopt, "Levée", authorising});
    });
    const auto confirm = [&](PersonId by) {
        return [=, id = proposal.id](Transaction& tx) {
            return payments::confirm_payment_limit(tx, id, by);
        };
    };
    refuses(Code::role_missing, confirm(officer));
    refuses(Code::same_person, confirm(authorising));
    takes_whole(confirm(accountant));
    refuses(Code::state_forbids, confirm(accountant));
}

TEST_F(G02_AllOrNothing, suspend_payments) {
    const auto suspend = [&](const std::string& reason) {
        return
            [=, this](Transaction& tx) { return payments::suspend_payments(tx, reason, officer); };
    };
    refuses(Code::text_invalid, suspend(" "));
    takes_whole(suspend("Fraude"));
    refuses(Code::state_forbids, suspend("Fraude"));
}

TEST_F(G02_AllOrNothing, lift_suspension) {
    const auto lift = [&](PersonId by) {
        return [=](Transaction& tx) { return payments::lift_suspension(tx, by); };
    };
    refuses(Code::state_forbids, lift(authorising));
    must_write([&](Transaction& tx) { return payments::suspend_payments(tx, "Fraude", officer); });
    takes_whole(lift(authorising));
    refuses(Code::same_person, lift(authorising));
    takes_whole(lift(accountant));
}

TEST_F(G02_AllOrNothing, approve_orders) {
    pay_in_fund(Money::euros(100'000));
    payments::ApprovalList list;
    for (const char* number : {"DV-1", "DV-2"}) {
        const InvoiceId bill =
            invoice(order_works(notified_dossier(number).quote), Money(), number);
        accept(bill);
        const OrderId order = make_order(bill);
        list.lines.push_back({order, hash_of(order)});
        list.total += Money::euros(21'100);
        ++list.count;
    }
    const auto approve_all = [&](const payments::ApprovalList& given) {
        return [=, this](Transaction& tx) {
            return payments::approve_orders(tx, given, authorising, today());
        };
    };
    payments::ApprovalList wrong = list;
    wrong.lines[1].hash = wrong.lines[0].hash;  // the first is approved by then
    refuses(Code::order_changed, approve_all(wrong));
    takes_whole(approve_all(list));
    refuses(Code::state_forbids, approve_all(list));
}

// ---- bank

TEST_F(G02_AllOrNothing, import_statement) {
    const std::string xml = played_statement();
    const auto read = statement(xml);
    const auto import = [&](Transaction& tx) {
        return bank::import_statement(tx, read.at(0), xml, accountant);
    };
    takes_whole(import);
    refuses(Code::statement_already_imported, import);
    const auto import_other = [&](const bank::Statement& other) {
        return [&](Transaction& tx) {
            return bank::import_statement(tx, other, xml + " ", accountant);
        };
    };
    refuses(Code::statement_already_imported, import_other(read.at(0)));
    bank::Statement elsewhere = read.at(0);
    elsewhere.opening->amount += Money::cents(1);
    elsewhere.closing->amount += Money::cents(1);
    elsewhere.closing->day = elsewhere.closing->day->plus_days(1);
    refuses(Code::statement_gap, import_other(elsewhere));
}

TEST_F(G02_AllOrNothing, confirm_match) {
    const std::string xml = played_statement();
    const auto read = statement(xml);
    const MovementId movement = must_write([&](Transaction& tx) {
                                    return bank::import_statement(tx, read.at(0), xml, accountant);
                                }).at(0);
    const auto confirm = [&](bank::Kind kind, std::int64_t target) {
        return [=, this](Transaction& tx) {
            return bank::confirm_match(tx, movement, kind, target, accountant);
        };
    };
    refuses(Code::not_found, confirm(bank::Kind::claim, 99));
    takes_whole(confirm(bank::Kind::fund, programme.value));
    refuses(Code::state_forbids, confirm(bank::Kind::fund, programme.value));
}

// ---- audit

TEST_F(G02_AllOrNothing, sign_ledger) {
    // Nothing of it can be refused; it can fail.
    pay_in_fund(Money::euros(100));
    const audit::SigningKey key = signing_key();
    takes_whole([&](Transaction& tx) { return audit::sign_ledger(tx, key); });
}

TEST_F(G02_AllOrNothing, request_time_stamp) {
    pay_in_fund(Money::euros(100));
    takes_whole([](Transaction& tx) { return audit::request_time_stamp(tx); });
}

TEST_F(G02_AllOrNothing, attach_response) {
    if (!testing_support::has_program("openssl")) GTEST_SKIP() << "skipped: no openssl";
    pay_in_fund(Money::euros(100));
    const auto anchor = must_write([](Transaction& tx) { return audit::request_time_stamp(tx); });
    const testing_support::TestDirectory files;
    const testing_support::TimeStampAuthority authority(files / "tsa");
    std::ofstream(files / "r.tsq", std::ios::binary) << anchor.request;
    authority.answer(files / "r.tsq", files / "r.tsr");
    const auto attach = [&](const std::string& response) {
        return [response, ca = testing_support::bytes_of(authority.certificate())](
                   Transaction& tx) { return audit::attach_response(tx, response, ca); };
    };
    refuses(Code::time_stamp_invalid, attach("ceci n'est pas une réponse"));
    const std::string response = testing_support::bytes_of(files / "r.tsr");
    takes_whole(attach(response));
    refuses(Code::duplicate, attach(response));
}

// ---- erasure

TEST_F(G02_AllOrNothing, erase_dossier) {
    const DossierId dossier = open_dossier();
    const auto erase = [&](PersonId by) {
        return [=](Transaction& tx) {
            return erasure::erase_dossier(tx, dossier, {by, erasure::Ground::request, tx.today()});
        };
    };
    refuses(Code::state_forbids, erase(administrator));
    must_write([&](Transaction& tx) {
        return treasury::abandon_dossier(tx, dossier, "Renonce", today(), adviser);
    });
    refuses(Code::retention_runs, erase(administrator));
    clock().set(Instant(clock().now().microseconds() + std::int64_t{800} * 86'400'000'000));
    refuses(Code::role_missing, erase(officer));
    takes_whole(erase(administrator));
    refuses(Code::erased, erase(administrator));
}

TEST_F(G02_AllOrNothing, erase_person) {
    const PersonId leaving = add_person("Renfort", {Role::adviser});
    const auto erase = [&](PersonId whom, PersonId by) {
        return [=](Transaction& tx) {
            return erasure::erase_person(tx, whom, {by, erasure::Ground::request, tx.today()});
        };
    };
    refuses(Code::same_person, erase(administrator, administrator));
    refuses(Code::retention_runs, erase(officer, administrator));
    takes_whole(erase(leaving, administrator));
    refuses(Code::erased, erase(leaving, administrator));
}

// ---- what commands share

// What one command of a batch does stands, whatever became of its neighbours in the transaction.
TEST_F(G02_AllOrNothing, ARefusedNeighbourTakesNobodyAlong) {
    const auto fund = [&](std::int64_t euros) {
        return [=, this](Transaction& tx) {
            return journal::post(tx, {today(),
                                      Event::fund_paid_in,
                                      "Fonds",
                                      "P",
                                      {programme, "01"},
                                      accountant,
                                      journal::events::fund_paid_in(Money::euros(euros))});
        };
    };
    constexpr int neighbours = 60;
    std::mutex mutex;
    std::condition_variable changed;
    int waiting = 0;
    std::vector<std::thread> threads;
    // Holds the writer until every neighbour is about to queue: most meet in the next batch.
    threads.emplace_back([&] {
        must_write([&](Transaction& tx) {
            std::unique_lock guard(mutex);
            changed.wait(guard, [&] { return waiting == neighbours; });
            return fund(1)(tx);
        });
    });
    std::atomic<int> refused = 0;
    std::atomic<int> thrown = 0;
    for (int i = 0; i < neighbours; ++i) {
        threads.emplace_back([&, i] {
            {
                const std::lock_guard guard(mutex);
                ++waiting;
            }
            changed.notify_all();
            try {
                const auto outcome = write([&](Transaction& tx) -> Result<EntryId> {
                    auto posted = fund(100)(tx);
                    if (i % 3 == 1) return Refusal{Code::state_forbids, "", "Essai"};
                    if (i % 3 == 2) throw std::runtime_error("played");
                    return posted;
                });
                if (!outcome.ok()) ++refused;
            } catch (const std::runtime_error&) {
                ++thrown;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(refused, neighbours / 3);
    EXPECT_EQ(thrown, neighbours / 3);
    EXPECT_EQ(balance(journal::Role::cash), Money::euros(1 + 100 * neighbours / 3));
    auto snapshot = store().snapshot();
    EXPECT_EQ(journal::last_entry(snapshot.db()).value, 1 + neighbours / 3);
}

// A broken invariant stops the writing for good, and its command leaves no trace.
TEST_F(G02_AllOrNothing, ABrokenInvariantLeavesNoTrace) {
    const std::string before = whole();
    const auto add = [&](Transaction& tx) {
        return people::add_person(tx, "Renfort", {Role::adviser}, administrator);
    };
    EXPECT_THROW((void)write([&](Transaction& tx) {
                     auto added = add(tx);
                     DEODAT_ASSERT(!added.ok(), "played");
                     return added;
                 }),
                 BrokenInvariant);
    EXPECT_TRUE(before == whole());
    EXPECT_THROW((void)write(add), BrokenInvariant);
    EXPECT_TRUE(before == whole());
}

// Every command of the ledger has its test above, by its name.
TEST(G02_Commands, EachHasItsTest) {
    const std::map<std::string, std::string> parts = {
        {"call_share_for_reduction", "a part of reduce_claim"},
        {"return_rest", "a part of finish_works_order and release_order"},
        {"end_dossier", "a part of close_dossier and abandon_dossier"},
    };
    const std::set<std::string> commands = testing_support::ledger_commands();
    EXPECT_GT(commands.size(), 40U);
    std::set<std::string> tested;
    const auto& all = *::testing::UnitTest::GetInstance();
    for (int s = 0; s < all.total_test_suite_count(); ++s) {
        const auto& suite = *all.GetTestSuite(s);
        for (int t = 0; t < suite.total_test_count(); ++t) {
            tested.insert(suite.GetTestInfo(t)->name());
        }
    }
    for (const std::string& name : commands) {
        EXPECT_EQ(tested.count(name) + parts.count(name), 1U) << name;
    }
    for (const auto& [name, why] : parts) EXPECT_TRUE(commands.count(name)) << name;
}

}  // namespace
}  // namespace deodat
