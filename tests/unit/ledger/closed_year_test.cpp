// Goal (guarantee 17): nothing lands in a closed year, by no command, no statement, no SQL. Method:
// dossiers stand at each step of their life when a year is closed; then each command of the ledger,
// as its headers declare them, with a day of the closed year and with one of the open one. A
// command that posts is refused the first and takes the second; one that posts nothing is run as
// well, and posts nothing. A new command without its line here fails the test.
#include "api/demo/bank_play.h"
#include "ledger/bank/booking.h"
#include "ledger/bank/camt.h"
#include "ledger/erasure/erasure.h"
#include "ledger/payments/opening_balance.h"
#include "ledger/payments/qualification.h"
#include "ledger/treasury/limits.h"
#include "ledger/treasury/period_closing.h"
#include "tests/support/dossier_fixture.h"
#include "tests/support/ledger_commands.h"

namespace deodat {
namespace {

using funding::ClaimKind;
using journal::Event;
using testing_support::must;
using Tx = store::Transaction;

// Why the others are not tried here.
const std::map<std::string, std::string> not_tried = {
    {"call_share_for_reduction", "a part of reduce_claim"},
    {"end_dossier", "a part of close_dossier and abandon_dossier"},
    {"close_exercice", "a part of close_period"},
    {"return_rest", "a part of finish_works_order and release_order"},
    {"close_period", "closes the first year that is open: periods_test.cpp"},
    {"propose_payment_limit", "takes no day"},
    {"confirm_payment_limit", "takes no day"},
    {"suspend_payments", "takes no day"},
    {"lift_suspension", "takes no day"},
    {"approve_orders", "approve_order, several times"},
    {"add_first_administrator", "takes no day, and only a ledger without people"},
    {"add_person", "takes no day"},
    {"add_funder", "takes no day"},
    {"add_contractor", "takes no day"},
    {"add_telephone", "takes no day"},
    {"enter_account", "takes no day"},
    {"accept_payee_name", "takes no day"},
    {"reject_account", "takes no day"},
    {"lift_waiting", "takes no day"},
    {"import_rge", "takes no day of ours: those of certificates"},
    {"register_export", "takes no day"},
    {"sign_ledger", "takes no day"},
    {"request_time_stamp", "takes no day"},
    {"attach_response", "takes no day"},
};

class G17_ClosedYear : public testing_support::DossierTest {
  protected:
    void go_to(Day day) { clock().set(instant_in_paris(day, 10)); }
    void close(int year) {
        must_write([&](Tx& tx) { return treasury::close_period(tx, year, administrator); });
    }
    std::int64_t entries() {
        auto snapshot = store().snapshot();
        return journal::last_entry(snapshot.db()).value;
    }
    std::int64_t entries_of_the_closed_year() {
        auto snapshot = store().snapshot();
        auto rows = snapshot.db().select("SELECT count(*) FROM entry WHERE day <= ?", last_day);
        rows.next();
        return rows.integer(0);
    }

    // A command at that day; what refused it.
    template <class Command>
    std::optional<Refusal> run(Command command, Day day) {
        auto outcome = write([&](Tx& tx) { return command(tx, day); });
        if (outcome.ok()) return std::nullopt;
        return outcome.refusal();
    }
    template <class Command>
    void posts(const std::string& name, Command command, Code refusal = Code::period_closed) {
        SCOPED_TRACE(name);
        tried_.insert(name);
        const std::int64_t before = entries();
        const auto closed = run(command, last_day);
        ASSERT_TRUE(closed.has_value());
        EXPECT_EQ(code_name(closed->code), code_name(refusal)) << closed->message;
        EXPECT_EQ(entries(), before);
        const auto open = run(command, today());
        EXPECT_FALSE(open.has_value()) << open->message;
        EXPECT_GT(entries(), before) << "posts nothing";
    }
    // Whichever day it takes, it leaves the journal as it is; one of the two must be taken.
    template <class Command>
    void posts_nothing(const std::string& name, Command command) {
        SCOPED_TRACE(name);
        tried_.insert(name);
        const std::int64_t before = entries();
        const auto closed = run(command, last_day);
        const auto open = run(command, today());
        EXPECT_TRUE(!closed || !open) << closed->message << "\n" << open->message;
        EXPECT_EQ(entries(), before);
    }

    const Day last_day = Day::of(2026, 12, 31);
    const Day new_day = Day::of(2027, 1, 4);
    std::set<std::string> tried_;
};

TEST_F(G17_ClosedYear, NoCommandEntersIt) {
    // ---- what stands when the year ends
    pay_in_fund(Money::euros(200'000));
    const auto fund_entry = EntryId{1};
    programme =
        open_programme("GROS", "Programme d'essai", "02", "00000000002", Money::euros(400'000));
    pay_in_fund(Money::euros(200'000));
    const Notified fresh = notified_dossier("DV-1");
    const Notified working = notified_dossier("DV-2");
    const Notified early = notified_dossier("DV-3");
    const Notified given_up = notified_dossier("DV-4");
    const std::int64_t unfinished = order_works(notified_dossier("DV-5").quote);
    const auto accepted_bill = [&](const std::string& number) {
        const InvoiceId bill =
            invoice(order_works(notified_dossier("DV-" + number).quote), Money(), number);
        accept(bill);
        return bill;
    };
    const auto made = [&](const std::string& number) { return make_order(accepted_bill(number)); };
    const OrderId to_expire = made("F-15");
    go_to(Day::of(2026, 12, 1));  // what is ordered from here on is still valid in January
    const OrderId to_refuse = made("F-16");
    const DossierId bare = open_dossier();
    add_quote(bare, "DV-6");
    const DossierId planned = open_dossier();
    const PlanId plan =
        must_write([&, c = plan_of(planned)](Tx& tx) { return dossiers::keep_plan(tx, c); });
    const DossierId signed_one = open_dossier();
    keep_and_sign_plan(signed_one);
    const DossierId mandated = open_dossier();
    keep_and_sign_plan(mandated);
    sign_mandates(mandated);
    const DossierId asking = open_dossier();
    keep_and_sign_plan(asking);
    sign_mandates(asking);
    const auto asked = request(asking);
    const std::int64_t billable = order_works(notified_dossier("DV-7").quote);
    const InvoiceId to_accept =
        invoice(order_works(notified_dossier("DV-8").quote), Money(), "F-8");
    const InvoiceId to_order = accepted_bill("F-9");
    const OrderId to_approve = made("F-10");
    const OrderId to_release = made("F-11");
    must(approve(to_release, authorising));
    // Paid and whole, but not closed.
    const Notified settled = notified_dossier("DV-12");
    const InvoiceId settled_bill = invoice(order_works(settled.quote), Money::euros(1'055), "F-12");
    accept(settled_bill);
    const OrderId settled_order = make_order(settled_bill);
    must(approve(settled_order, authorising));
    must(release(settled_order, accountant));
    pay(transfer_file().transfers.at(0).id);
    const OrderId returned_order = made("F-13");
    must(approve(returned_order, authorising));
    must(release(returned_order, accountant));
    const std::int64_t to_return = transfer_file().transfers.at(0).id;
    pay(to_return);
    const Notified closable = notified_dossier("DV-14");
    const InvoiceId whole_bill = invoice(order_works(closable.quote), Money(), "F-14");
    accept(whole_bill);
    const OrderId whole_order = make_order(whole_bill);
    must(approve(whole_order, authorising));
    must(release(whole_order, accountant));
    pay(transfer_file().transfers.at(0).id);
    claim_and_receive(closable.anah, ClaimKind::balance, Money::euros(16'000),
                      Money::euros(16'000));
    claim_and_receive(closable.region, ClaimKind::balance, Money::euros(2'000),
                      Money::euros(2'000));
    const auto call = [&](DossierId dossier, std::int64_t euros) {
        return must_write([&](Tx& tx) {
            return funding::call_share(tx, dossier, Money::euros(euros), today(), authorising);
        });
    };
    const std::int64_t whole_call = call(closable.dossier, 3'100);
    must_write([&](Tx& tx) {
        return funding::receive_share(tx, whole_call, Money::euros(3'100), today(), "R",
                                      accountant);
    });
    const auto file = [&](GrantId grant, Money amount) {
        return must_write([&](Tx& tx) {
            return funding::file_claim(tx,
                                       {grant, ClaimKind::instalment, amount, today(), adviser});
        });
    };
    const ClaimId filed = file(working.region, Money::euros(500));
    const ClaimId titled = file(working.anah, Money::euros(900));
    must_write([&](Tx& tx) { return funding::issue_title(tx, titled, today(), authorising); });
    const std::int64_t open_call = call(working.dossier, 100);
    const DossierId forgotten = open_dossier();
    must_write([&](Tx& tx) {
        return treasury::abandon_dossier(tx, forgotten, "Renonce", today(), adviser);
    });
    const PersonId leaving = add_person("Sur le départ", {people::Role::adviser});
    go_to(new_day);
    close(2026);
    const std::int64_t sealed = entries_of_the_closed_year();

    // ---- what posts
    posts("sign_plan", [&](Tx& tx, Day d) { return dossiers::sign_plan(tx, plan, d, adviser); });
    posts("notify_grant", [&](Tx& tx, Day d) {
        return funding::notify_grant(tx, {asked.at(0), Money::euros(16'000), "N-1", d, adviser});
    });
    posts("refuse_grant",
          [&](Tx& tx, Day d) { return funding::refuse_grant(tx, fresh.region, d, adviser); });
    posts("order_works",
          [&](Tx& tx, Day d) { return payments::order_works(tx, fresh.quote, d, adviser); });
    posts("amend_works_order", [&](Tx& tx, Day d) {
        return payments::amend_works_order(
            tx, {unfinished, "Avenant 1", Money::euros(100), d, adviser});
    });
    posts("finish_works_order",
          [&](Tx& tx, Day d) { return payments::finish_works_order(tx, unfinished, d, adviser); });
    posts("call_share", [&](Tx& tx, Day d) {
        return funding::call_share(tx, fresh.dossier, Money::euros(100), d, authorising);
    });
    posts("receive_share", [&](Tx& tx, Day d) {
        return funding::receive_share(tx, open_call, Money::euros(60), d, "R", accountant);
    });
    posts("receive_share_early", [&](Tx& tx, Day d) {
        return funding::receive_share_early(tx, early.dossier, Money::euros(1), d, "R", accountant);
    });
    posts("file_claim", [&](Tx& tx, Day d) {
        return funding::file_claim(
            tx, {working.region, ClaimKind::instalment, Money::euros(100), d, adviser});
    });
    posts("issue_title",
          [&](Tx& tx, Day d) { return funding::issue_title(tx, filed, d, authorising); });
    posts("receive_claim", [&](Tx& tx, Day d) {
        return funding::receive_claim(tx, titled, Money::euros(400), d, "R", accountant);
    });
    for (const auto bearer : {funding::Bearer::petr, funding::Bearer::household}) {
        posts("reduce_claim", [&](Tx& tx, Day d) {
            return funding::reduce_claim(
                tx, {titled, Money::euros(100), "Plafond", bearer, d, authorising});
        });
    }
    posts("approve_order", [&](Tx& tx, Day d) {
        const auto order = must(payments::find_order(tx.db(), to_approve));
        return payments::approve_order(tx, to_approve, payments::order_hash(tx.db(), order),
                                       authorising, d);
    });
    posts("refuse_order", [&](Tx& tx, Day d) {
        return payments::refuse_order(tx, to_refuse, "Pièce manquante", authorising, d);
    });
    posts("expire_orders",
          [&](Tx& tx, Day d) { return payments::expire_orders(tx, programme, officer, d); });
    {
        auto snapshot = store().snapshot();
        EXPECT_EQ(must(payments::find_order(snapshot.db(), to_expire)).refused_on, today());
    }
    posts("release_order",
          [&](Tx& tx, Day d) { return payments::release_order(tx, to_release, accountant, d); });
    const std::int64_t sent = transfer_file().transfers.at(0).id;
    // A year is not closed before its transfers are answered: this one is the new year's.
    posts(
        "transfer_paid",
        [&](Tx& tx, Day d) { return payments::transfer_paid(tx, sent, d, "R", accountant); },
        Code::date_invalid);
    posts("transfer_returned", [&](Tx& tx, Day d) {
        return payments::transfer_returned(tx, to_return, "AC04", d, "R", accountant);
    });
    posts("close_dossier", [&](Tx& tx, Day d) {
        return treasury::close_dossier(tx, closable.dossier, d, authorising);
    });
    posts("abandon_dossier", [&](Tx& tx, Day d) {
        return treasury::abandon_dossier(tx, given_up.dossier, "Renonce", d, adviser);
    });
    posts("reverse",
          [&](Tx& tx, Day d) { return journal::reverse(tx, fund_entry, d, "Erreur", accountant); });
    posts("post", [&](Tx& tx, Day d) {
        return journal::post(tx, {d,
                                  Event::fund_paid_in,
                                  "Fonds",
                                  "P",
                                  {programme, "02"},
                                  accountant,
                                  journal::events::fund_paid_in(Money::euros(1))});
    });
    for (const Event event :
         {Event::fund_paid_in, Event::grant_notified, Event::transfer_paid, Event::loss_borne,
          Event::retention_released, Event::dossier_closed}) {
        const auto refused = run(
            [&](Tx& tx, Day d) {
                return journal::post(tx, {d,
                                          event,
                                          "Essai",
                                          "P",
                                          {programme, "02"},
                                          accountant,
                                          journal::events::fund_paid_in(Money::euros(1))});
            },
            last_day);
        ASSERT_TRUE(refused.has_value()) << journal::event_name(event);
        EXPECT_EQ(refused->code, Code::period_closed) << journal::event_name(event);
    }

    // ---- a statement that comes late: taken, and its movements match nothing; the next one's do
    const auto late = [&](const std::string& id, int sequence, Day day, Money opening) {
        const std::string xml =
            demo::camt053_08({french_iban({"99998", "00001", "00000000002"}),
                              id,
                              sequence,
                              clock().now(),
                              day,
                              day,
                              opening,
                              {{day, Money::euros(50), "NOTPROVIDED", "Payeur", {}, "DOTATION"},
                               {day, Money::euros(51), "NOTPROVIDED", "Anah", {}, "Demande"},
                               {day, Money::euros(5), "NOTPROVIDED", "Ménage", {}, "Appel"},
                               {day, Money::euros(6), "NOTPROVIDED", "Ménage", {}, "En avance"}}});
        return must_write([&](Tx& tx) {
            return bank::import_statement(tx, must(bank::read_camt(xml)).at(0), xml, accountant);
        });
    };
    tried_.insert({"import_statement", "confirm_match"});
    const std::int64_t before_statement = entries();
    const auto old_ones = late("REL-1", 1, last_day, Money());
    EXPECT_EQ(entries(), before_statement);
    const auto new_ones = late("REL-2", 2, today(), Money::euros(112));
    const std::vector<std::pair<bank::Kind, std::int64_t>> stand_for = {
        {bank::Kind::fund, programme.value},
        {bank::Kind::claim, titled.value},
        {bank::Kind::household_call, open_call},
        {bank::Kind::household_early, early.dossier.value}};
    for (std::size_t i = 0; i < stand_for.size(); ++i) {
        SCOPED_TRACE(bank::kind_name(stand_for[i].first));
        const auto matched = [&](MovementId movement) {
            return write([&](Tx& tx) {
                return bank::confirm_match(tx, movement, stand_for[i].first, stand_for[i].second,
                                           accountant);
            });
        };
        const auto refused = matched(old_ones.at(i));
        ASSERT_FALSE(refused.ok());
        EXPECT_EQ(refused.refusal().code, Code::period_closed) << refused.refusal().message;
        must(matched(new_ones.at(i)));
    }

    // ---- what posts nothing
    posts_nothing("open_programme", [&](Tx& tx, Day d) {
        return funding::open_programme(tx,
                                       {"AUTRE",
                                        "Autre",
                                        "03",
                                        french_iban({"99998", "00001", "00000000003"}),
                                        Money::euros(1'000),
                                        {"200071066"},
                                        d},
                                       administrator);
    });
    posts_nothing("open_dossier", [&](Tx& tx, Day d) {
        return dossiers::open_dossier(tx, {programme,
                                           adviser,
                                           d,
                                           {"Ménage d'essai", 3, 24'000, "88413", "owner_occupier"},
                                           {"88413", "house", 60, true, 110, "F", "C", 50}});
    });
    posts_nothing("add_quote", [&](Tx& tx, Day d) {
        return dossiers::add_quote(tx, {bare, adviser, contractor, "DV-99", d, works()});
    });
    posts_nothing("give_aid", [&](Tx& tx, Day d) {
        return dossiers::give_aid(
            tx, bare, {"local.commune", "region", "Aide", Money::euros(1), "Délibération"}, adviser,
            d);
    });
    posts_nothing("keep_plan", [&](Tx& tx, Day d) {
        auto kept = plan_of(planned);
        kept.kept_on = d;
        return dossiers::keep_plan(tx, kept);
    });
    posts_nothing("sign_mandate", [&](Tx& tx, Day d) {
        return funding::sign_mandate(tx, signed_one, anah, d, adviser);
    });
    posts_nothing("request_grants",
                  [&](Tx& tx, Day d) { return funding::request_grants(tx, mandated, adviser, d); });
    posts_nothing("revoke_mandate", [&](Tx& tx, Day d) {
        return funding::revoke_mandate(tx, mandated, region, d, adviser);
    });
    posts_nothing("register_invoice", [&](Tx& tx, Day d) {
        return payments::register_invoice(tx, {billable, "F-7", d, d, works(), Money(), officer});
    });
    posts_nothing("accept_works", [&](Tx& tx, Day d) {
        return payments::accept_works(tx, to_accept, d, d, technician);
    });
    posts_nothing("make_order",
                  [&](Tx& tx, Day d) { return payments::make_order(tx, to_order, officer, d); });
    posts_nothing("make_order_again", [&](Tx& tx, Day d) {
        return payments::make_order_again(tx, returned_order, officer, d);
    });
    must(approve(returned_order, authorising));
    for (const OrderId order : {to_approve, returned_order}) must(release(order, accountant));
    posts_nothing("set_limit", [&](Tx& tx, Day d) {
        return treasury::set_limit(tx, {{programme, journal::Measure::engaged},
                                        Money::euros(300'000),
                                        d,
                                        "Budget",
                                        authorising});
    });
    posts_nothing("make_transfer_file", [&](Tx& tx, Day d) {
        return payments::make_transfer_file(tx, programme, d, accountant);
    });
    const AccountId unverified = must_write([&](Tx& tx) {
        return payments::enter_account(tx, contractor,
                                       french_iban({"99998", "00003", "00000000202"}), officer);
    });
    posts_nothing("confirm_account", [&](Tx& tx, Day d) {
        const std::string first = french_iban({"99998", "00003", "00000000101"}).text();
        return payments::confirm_account(tx,
                                         {unverified, telephone, "La gérante", d,
                                          first.substr(first.size() - 4), "Ancien RIB", "RIB"},
                                         reviewer);
    });
    posts_nothing("verify_payee", [&](Tx& tx, Day d) {
        return payments::verify_payee(tx, {unverified, payments::PayeeAnswer::match, "", d},
                                      officer);
    });
    posts_nothing("add_insurance", [&](Tx& tx, Day d) {
        return payments::add_insurance(tx, contractor, {"Assureur", "D-1", d, d.plus_days(365)},
                                       officer);
    });
    posts_nothing("end_contractor", [&](Tx& tx, Day d) {
        return payments::end_contractor(
            tx, contractor, {payments::ContractorEnd::proceedings, d, "BODACC"}, officer);
    });

    // ---- years later: what has its time
    go_to(Day::of(2029, 2, 1));
    posts_nothing("make_retention_order", [&](Tx& tx, Day d) {
        return payments::make_retention_order(tx, settled_bill, officer, d);
    });
    // An erasure says on which day it was asked; it is dated when it is made.
    for (const auto& [name, erase] : std::map<std::string, std::function<Result<Done>(Tx&)>>{
             {"erase_dossier",
              [&](Tx& tx) -> Result<Done> {
                  const auto done = erasure::erase_dossier(
                      tx, forgotten, {administrator, erasure::Ground::period_over, last_day});
                  if (!done) return done.refusal();
                  return Done{};
              }},
             {"erase_person", [&](Tx& tx) -> Result<Done> {
                  const auto done = erasure::erase_person(
                      tx, leaving, {administrator, erasure::Ground::request, last_day});
                  if (!done) return done.refusal();
                  return Done{};
              }}}) {
        tried_.insert(name);
        const std::int64_t before = entries();
        const auto outcome = write(erase);
        EXPECT_TRUE(outcome.ok()) << name << ": " << outcome.refusal().message;
        EXPECT_EQ(entries(), before + 1) << name;
    }

    // ---- SQL that goes past the program
    EXPECT_THROW((void)write([&](Tx& tx) -> Result<Done> {
                     tx.db().run(
                         "INSERT INTO entry SELECT (SELECT max(number) + 1 FROM entry),"
                         " '2026-12-31', recorded_at, journal, event, label, piece,"
                         " programme, person, 0, digest, hash FROM entry WHERE number = 1");
                     return Done{};
                 }),
                 EnvironmentFailure);
    EXPECT_EQ(entries_of_the_closed_year(), sealed);

    tried_.insert("take_opening_balance");  // the test below
    for (const std::string& name : testing_support::ledger_commands()) {
        EXPECT_EQ(tried_.count(name) + not_tried.count(name), 1U) << name;
    }
}

// It comes before any other amount: a year can be closed over signed plans alone.
TEST_F(G17_ClosedYear, NoOpeningBalanceEntersIt) {
    keep_and_sign_plan(open_dossier());
    go_to(new_day);
    close(2026);
    posts("take_opening_balance", [&](Tx& tx, Day d) {
        return payments::take_opening_balance(
            tx, {"compte;dossier;financeur;entreprise;montant\n515;;;;1\n1021;;;;-1\n",
                 *funding::find_programme(tx.db(), programme), d, accountant});
    });
}

}  // namespace
}  // namespace deodat
