// Goal: refusals have one published precedence, the order of ledger/base/refusal_codes.inc:
// whatever faults a command meets at once, the one that stands highest answers. Method: each
// command with arguments that it takes, and its faults, each of which puts one thing wrong: an
// argument, or (inside the command's transaction, undone with it) the state. A fault alone answers
// its code; then every combination of them is tried, and the table says which is to answer.
#include <functional>

#include "ledger/base/checks.h"
#include "ledger/payments/suspension.h"
#include "ledger/treasury/limits.h"
#include "ledger/treasury/period_closing.h"
#include "tests/support/dossier_fixture.h"

namespace deodat {
namespace {

using funding::ClaimKind;
using store::Transaction;
using testing_support::must;

// What is asked of a command. Each uses what it needs.
struct Asked {
    PersonId by;
    std::int64_t what = 0;
    Day day;
    Money amount = Money::euros(100);
    std::string text = "Motif";
    std::string state = {};  // SQL that puts the state wrong
};

struct Fault {
    Code code;
    std::string thing;  // what it puts wrong; two faults of one thing exclude each other
    std::function<void(Asked&)> put;
};

class Precedence : public testing_support::DossierTest {
  protected:
    using Command = std::function<Result<Done>(Transaction&, const Asked&)>;

    template <class Run>
    static Command command(Run run) {
        return [run](Transaction& tx, const Asked& asked) -> Result<Done> {
            const auto outcome = run(tx, asked);
            if (!outcome) return outcome.refusal();
            return Done{};
        };
    }

    // Tries every combination of faults; what is taken is undone.
    void highest_answers(const Asked& right, const std::vector<Fault>& faults,
                         const Command& command) {
        ASSERT_EQ(answer(right, command), "");
        for (std::size_t chosen = 1; chosen < std::size_t{1} << faults.size(); ++chosen) {
            Asked asked = right;
            std::vector<std::string> wrong;
            Code highest = Code::usage;
            bool apart = true;
            std::string codes;
            for (std::size_t i = 0; i < faults.size(); ++i) {
                if ((chosen >> i & 1) == 0) continue;
                apart =
                    apart && std::find(wrong.begin(), wrong.end(), faults[i].thing) == wrong.end();
                wrong.push_back(faults[i].thing);
                faults[i].put(asked);
                codes += " " + std::string(code_name(faults[i].code));
                if (wrong.size() == 1 || faults[i].code < highest) highest = faults[i].code;
            }
            if (!apart) continue;
            ++tried_;
            EXPECT_EQ(answer(asked, command), code_name(highest)) << "of" << codes;
        }
        EXPECT_GT(tried_, 3) << "a pair at least";
    }

    // ---- faults that many commands have

    Fault nobody() {
        return {Code::role_missing, "by", [this](Asked& a) { a.by = without_money; }};
    }
    static Fault unknown() {
        return {Code::not_found, "what", [](Asked& a) { a.what = 999; }};
    }
    static Fault early() {
        return {Code::date_invalid, "day", [](Asked& a) { a.day = a.day.plus_days(-40); }};
    }
    static Fault far_ahead() {
        return {Code::entry_date, "day", [](Asked& a) { a.day = a.day.plus_days(60); }};
    }
    static Fault blank() {
        return {Code::text_invalid, "text", [](Asked& a) { a.text = " "; }};
    }
    static Fault nothing() {
        return {Code::amount_not_positive, "amount", [](Asked& a) { a.amount = Money(); }};
    }
    static Fault huge() {
        return {Code::amount_out_of_range, "amount",
                [](Asked& a) { a.amount = entered_max + Money::cents(1); }};
    }
    static Fault beyond() {
        return {Code::over_commitment, "amount", [](Asked& a) { a.amount = Money::euros(50'000); }};
    }
    static Fault state(Code code, const std::string& thing, const std::string& sql) {
        return {code, thing, [sql](Asked& a) { a.state += sql + ";"; }};
    }
    static Fault ended_dossier() {
        return state(Code::state_forbids, "dossier", "UPDATE dossier SET state = 'abandoned'");
    }
    static Fault no_mandate() {
        return state(Code::gate_closed, "mandates", "DELETE FROM mandate");
    }
    static Fault low_ceiling() {
        return state(Code::exposure_ceiling, "ceiling", "UPDATE programme SET ceiling_cents = 1");
    }
    // Nothing may be engaged any more.
    static Fault limited(const std::string& measure, const std::string& of) {
        return state(Code::limit_exceeded, "limit",
                     "INSERT INTO spending_limit (programme, measure, " +
                         of.substr(0, of.find('=')) +
                         ", cents, since, reason, set_by, set_on, after_entry) SELECT 1, '" +
                         measure + "', " + of.substr(of.find('=') + 1) +
                         ", 0, '2026-01-01', 'Limite', 1, '2026-01-01', 0");
    }
    static Fault closed_year(Code code = Code::period_closed) {
        return state(code, "year", "INSERT INTO period SELECT 2026, max(number), 1, 0 FROM entry");
    }
    static Fault rejected_account() {
        return state(Code::gate_closed, "account",
                     "INSERT INTO account_rejection SELECT max(id), 'Faux', 1, '2026-03-20'"
                     " FROM contractor_iban");
    }

    // Who holds a role that decides on none of this.
    void SetUp() override {
        DossierTest::SetUp();
        without_money = add_person("Sans rôle d'argent", {people::Role::administrator});
    }
    PersonId without_money;

  private:
    // The refusal's code; nothing when the command is taken.
    std::string answer(const Asked& asked, const Command& command) {
        try {
            const auto outcome = write([&](Transaction& tx) -> Result<Done> {
                std::string sql = asked.state;
                for (std::size_t end = sql.find(';'); end != std::string::npos;
                     end = sql.find(';')) {
                    tx.db().run(sql.substr(0, end));
                    sql.erase(0, end + 1);
                }
                auto done = command(tx, asked);
                if (done.ok()) throw Taken();
                return done;
            });
            return std::string(code_name(outcome.refusal().code));
        } catch (const Taken&) {
            return "";
        }
    }
    struct Taken : std::runtime_error {
        Taken() : std::runtime_error("taken") {}
    };
    int tried_ = 0;
};

// ---- works

TEST_F(Precedence, order_works) {
    const Notified n = notified_dossier();
    highest_answers(
        {.by = adviser, .what = n.quote.value, .day = today()},
        {nobody(), unknown(), ended_dossier(), early(),
         state(Code::duplicate, "ordered",
               "INSERT INTO works_order (reference, dossier, quote, contractor, cents, signed_on)"
               " VALUES ('W', 1, 1, 1, 1, '2026-03-20')"),
         no_mandate(), low_ceiling(), limited("engaged", "role=NULL"), far_ahead(), closed_year()},
        command([&](Transaction& tx, const Asked& a) {
            return payments::order_works(tx, {a.what}, a.day, a.by);
        }));
}

TEST_F(Precedence, amend_works_order) {
    const std::int64_t works = order_works(notified_dossier().quote);
    highest_answers(
        {.by = adviser, .what = works, .day = today()},
        {nobody(), unknown(), ended_dossier(), blank(), nothing(), huge(), early(),
         state(Code::duplicate, "amended",
               "INSERT INTO works_order_amendment VALUES (1, 1, 'Motif', 1, '2026-03-20', 1)"),
         no_mandate(), low_ceiling(), limited("debit", "role='mandate_expenditure'"), far_ahead(),
         closed_year()},
        command([&](Transaction& tx, const Asked& a) {
            return payments::amend_works_order(tx, {a.what, a.text, a.amount, a.day, a.by});
        }));
}

TEST_F(Precedence, finish_works_order) {
    const std::int64_t works = order_works(notified_dossier().quote);
    highest_answers(
        {.by = adviser, .what = works, .day = today()},
        {nobody(), unknown(), ended_dossier(),
         state(Code::state_forbids, "works", "UPDATE works_order SET finished_on = '2026-03-20'"),
         early(), far_ahead(), closed_year()},
        command([&](Transaction& tx, const Asked& a) {
            return payments::finish_works_order(tx, a.what, a.day, a.by);
        }));
}

TEST_F(Precedence, register_invoice) {
    const std::int64_t works = order_works(notified_dossier().quote);
    highest_answers(
        {.by = officer, .what = works, .day = today(), .amount = Money()},
        {nobody(),
         unknown(),
         ended_dossier(),
         state(Code::state_forbids, "works", "UPDATE works_order SET finished_on = '2026-03-20'"),
         blank(),
         {Code::out_of_range, "amount", [](Asked& a) { a.amount = Money::euros(5'000); }},
         early(),
         state(Code::duplicate, "number",
               "INSERT INTO invoice (works_order, contractor, number, issued_on, received_on,"
               " retention_cents) VALUES (1, 1, 'Motif', '2026-03-20', '2026-03-20', 0)"),
         state(Code::over_commitment, "works amount", "UPDATE works_order SET cents = 1")},
        command([&](Transaction& tx, const Asked& a) {
            return payments::register_invoice(
                tx, {a.what, a.text, a.day, a.day, DossierTest::works(), a.amount, a.by});
        }));
}

TEST_F(Precedence, accept_works) {
    const InvoiceId bill = invoice(order_works(notified_dossier().quote));
    highest_answers({.by = technician, .what = bill.value, .day = today()},
                    {nobody(), unknown(), ended_dossier(),
                     state(Code::state_forbids, "acceptance",
                           "INSERT INTO acceptance VALUES (1, '2026-03-20', 1, '2026-03-20')"),
                     early()},
                    command([&](Transaction& tx, const Asked& a) {
                        return payments::accept_works(tx, {a.what}, a.day, a.day, a.by);
                    }));
}

// ---- payment orders

TEST_F(Precedence, make_order) {
    const InvoiceId bill = invoice(order_works(notified_dossier().quote));
    accept(bill);
    highest_answers(
        {.by = officer, .what = bill.value, .day = today()},
        {nobody(), unknown(), ended_dossier(), early(),
         state(Code::duplicate, "order",
               "INSERT INTO payment_order (number, invoice, purpose, cents, iban, attempt, made_by,"
               " made_on, state) VALUES ('P', 1, 'works', 1, '', 1, 1, '2026-03-20', 'made')"),
         rejected_account()},
        command([&](Transaction& tx, const Asked& a) {
            return payments::make_order(tx, {a.what}, a.by, a.day);
        }));
}

TEST_F(Precedence, make_retention_order) {
    pay_in_fund(Money::euros(50'000));
    const InvoiceId bill = invoice(order_works(notified_dossier().quote));
    accept(bill);
    const OrderId order = make_order(bill);
    must(approve(order, authorising));
    must(release(order, accountant));
    highest_answers(
        {.by = officer, .what = bill.value, .day = today().plus_months(13)},
        {nobody(),
         unknown(),
         ended_dossier(),
         state(Code::state_forbids, "retention", "UPDATE invoice SET retention_cents = 0"),
         {Code::date_invalid, "day", [](Asked& a) { a.day = a.day.plus_months(-14); }},
         state(Code::duplicate, "order",
               "INSERT INTO payment_order (number, invoice, purpose, cents, iban, attempt, made_by,"
               " made_on, state) VALUES ('P', 1, 'retention', 1, '', 1, 1, '2026-03-20', 'made')"),
         {Code::gate_closed, "day", [](Asked& a) { a.day = a.day.plus_months(-2); }},
         rejected_account()},
        command([&](Transaction& tx, const Asked& a) {
            return payments::make_retention_order(tx, {a.what}, a.by, a.day);
        }));
}

class PrecedenceOfOrders : public Precedence {
  protected:
    // Nothing is approved: by the stop button, by a limit of one order.
    static Fault suspended() {
        return state(Code::payments_suspended, "suspension",
                     "INSERT INTO payment_suspension (reason, suspended_by, suspended_on)"
                     " VALUES ('Fraude', 1, '2026-03-20')");
    }
    static Fault limited_order() {
        return state(Code::payment_limit_exceeded, "payment limit",
                     "INSERT INTO payment_limit (programme, scope, cents, reason, proposed_by,"
                     " proposed_on, decision, since)"
                     " VALUES (1, 'order', 1, 'Limite', 1, '2026-01-01', 1, '2026-01-01')");
    }
    void SetUp() override {
        Precedence::SetUp();
        pay_in_fund(Money::euros(50'000));
        const InvoiceId bill = invoice(order_works(notified_dossier().quote), Money());
        accept(bill);
        order = make_order(bill);
    }
    // What both decisions on an order meet, but for what an approval adds.
    std::vector<Fault> of_decisions(const std::string& other_state, PersonId decider) {
        return {nobody(),
                unknown(),
                state(Code::state_forbids, "state",
                      "UPDATE payment_order SET state = '" + other_state + "'"),
                state(Code::same_person, "maker",
                      "UPDATE payment_order SET made_by = " + std::to_string(decider.value)),
                early(),
                state(Code::order_expired, "made on",
                      "UPDATE payment_order SET made_on = '2025-11-01'"),
                no_mandate(),
                rejected_account(),
                low_ceiling(),
                far_ahead(),
                closed_year()};
    }
    OrderId order;
};

TEST_F(PrecedenceOfOrders, approve_order) {
    auto faults = of_decisions("approved", authorising);
    // An order made long before: it has expired on whatever day it is approved.
    faults[4] = {Code::date_invalid, "made on",
                 [](Asked& a) { a.state += "UPDATE payment_order SET made_on = '2026-07-01';"; }};
    faults.insert(faults.end() - 2,
                  {{Code::order_changed, "text", [](Asked& a) { a.text = "another"; }},
                   limited("credit", "role='cash'")});
    // The limit of 515 is met once nothing is left there.
    faults[faults.size() - 3].put = [put = faults[faults.size() - 3].put](Asked& a) {
        put(a);
        a.state +=
            "UPDATE balance SET cents = 0 WHERE account = (SELECT id FROM account WHERE"
            " role = 'cash');";
    };
    faults.push_back(suspended());
    faults.push_back(limited_order());
    highest_answers({.by = authorising, .what = order.value, .day = today(), .text = "hash"},
                    faults, command([&, hash = hash_of(order)](Transaction& tx, const Asked& a) {
                        return payments::approve_order(
                            tx, {a.what}, a.text == "hash" ? hash : a.text, a.by, a.day);
                    }));
}

TEST_F(PrecedenceOfOrders, what_an_approval_would_use_up) {
    const auto balance = [](const std::string& role) {
        return "UPDATE balance SET cents = 0 WHERE account IN (SELECT id FROM account WHERE role = "
               "'" +
               role + "')";
    };
    highest_answers(
        {.by = authorising, .what = order.value, .day = today()},
        {no_mandate(), low_ceiling(),
         state(Code::exposure_uncovered, "cover", balance("grant_notified")),
         state(Code::funds_insufficient, "funds", balance("cash")), far_ahead(), closed_year()},
        command([&, hash = hash_of(order)](Transaction& tx, const Asked& a) {
            return payments::approve_order(tx, {a.what}, hash, a.by, a.day);
        }));
}

TEST_F(PrecedenceOfOrders, release_order) {
    must(approve(order, authorising));
    auto faults = of_decisions("released", accountant);
    faults[4] = state(Code::date_invalid, "approved on",
                      "UPDATE payment_order SET approved_on = '2026-07-01'");
    faults.push_back(state(Code::order_changed, "cents", "UPDATE payment_order SET cents = 1"));
    highest_answers({.by = accountant, .what = order.value, .day = today()}, faults,
                    command([&](Transaction& tx, const Asked& a) {
                        return payments::release_order(tx, {a.what}, a.by, a.day);
                    }));
}

TEST_F(PrecedenceOfOrders, refuse_order) {
    highest_answers({.by = authorising, .what = order.value, .day = today()},
                    {nobody(), unknown(), ended_dossier(),
                     state(Code::state_forbids, "state", "UPDATE payment_order SET state = 'sent'"),
                     blank(), early(), far_ahead(), closed_year()},
                    command([&](Transaction& tx, const Asked& a) {
                        return payments::refuse_order(tx, {a.what}, a.text, a.by, a.day);
                    }));
}

TEST_F(PrecedenceOfOrders, make_order_again) {
    must_write([&](Transaction& tx) {
        return payments::refuse_order(tx, order, "Pièce manquante", authorising, today());
    });
    highest_answers(
        {.by = officer, .what = order.value, .day = today()},
        {nobody(), unknown(), ended_dossier(),
         state(Code::state_forbids, "state", "UPDATE payment_order SET refused_on = NULL"), early(),
         state(Code::over_commitment, "works", "UPDATE works_order SET cents = 1"),
         rejected_account()},
        command([&](Transaction& tx, const Asked& a) {
            return payments::make_order_again(tx, {a.what}, a.by, a.day);
        }));
}

TEST_F(PrecedenceOfOrders, transfers) {
    must(approve(order, authorising));
    must(release(order, accountant));
    highest_answers(
        {.by = accountant, .what = programme.value, .day = today()},
        {nobody(), unknown(),
         state(Code::state_forbids, "state", "UPDATE payment_order SET state = 'sent'"), early(),
         state(Code::order_changed, "cents", "UPDATE payment_order SET cents = 1")},
        command([&](Transaction& tx, const Asked& a) {
            return payments::make_transfer_file(tx, {a.what}, a.day, a.by);
        }));
    const std::int64_t transfer = transfer_file().transfers.at(0).id;
    highest_answers({.by = accountant, .what = transfer, .day = today()},
                    {nobody(), unknown(),
                     state(Code::state_forbids, "state",
                           "UPDATE transfer SET state = 'paid',"
                           " paid_on = '2026-03-20'"),
                     early(), far_ahead(), closed_year()},
                    command([&](Transaction& tx, const Asked& a) {
                        return payments::transfer_paid(tx, a.what, a.day, "R", a.by);
                    }));
    pay(transfer);
    highest_answers({.by = accountant, .what = transfer, .day = today()},
                    {nobody(), unknown(),
                     state(Code::state_forbids, "state", "UPDATE transfer SET state = 'sent'"),
                     early(), far_ahead(), closed_year()},
                    command([&](Transaction& tx, const Asked& a) {
                        return payments::transfer_returned(tx, a.what, "AC04", a.day, "R", a.by);
                    }));
}

// ---- grants, claims, the household's share

TEST_F(Precedence, notify_grant) {
    const DossierId dossier = open_dossier();
    add_quote(dossier);
    keep_and_sign_plan(dossier);
    sign_mandates(dossier);
    const GrantId grant = request(dossier).at(0);
    highest_answers(
        {.by = adviser, .what = grant.value, .day = today()},
        {nobody(), unknown(), ended_dossier(),
         state(Code::state_forbids, "grant", "UPDATE funder_grant SET refused_on = '2026-03-20'"),
         blank(), nothing(), huge(), early(), beyond(), limited("engaged", "funder=1"), far_ahead(),
         closed_year()},
        command([&](Transaction& tx, const Asked& a) {
            return funding::notify_grant(tx, {{a.what}, a.amount, a.text, a.day, a.by});
        }));
}

TEST_F(Precedence, refuse_grant) {
    const Notified n = notified_dossier();
    highest_answers(
        {.by = adviser, .what = n.region.value, .day = today()},
        {nobody(), unknown(), ended_dossier(),
         state(Code::state_forbids, "grant", "UPDATE funder_grant SET refused_on = '2026-03-20'"),
         early(), far_ahead(), closed_year()},
        command([&](Transaction& tx, const Asked& a) {
            return funding::refuse_grant(tx, {a.what}, a.day, a.by);
        }));
}

TEST_F(Precedence, file_claim) {
    const Notified n = notified_dossier();
    highest_answers(
        {.by = adviser, .what = n.anah.value, .day = today()},
        {nobody(), unknown(), ended_dossier(),
         state(Code::state_forbids, "first",
               "INSERT INTO claim (reference, funder_grant, kind, cents, filed_on)"
               " VALUES ('C', 1, 'instalment', 1, '2026-03-20')"),
         nothing(), huge(), early(), beyond(), no_mandate(), far_ahead(), closed_year()},
        command([&](Transaction& tx, const Asked& a) {
            return funding::file_claim(tx, {{a.what}, ClaimKind::advance, a.amount, a.day, a.by});
        }));
}

TEST_F(Precedence, claims) {
    const Notified n = notified_dossier();
    const ClaimId claim = must_write([&](Transaction& tx) {
        return funding::file_claim(
            tx, {n.anah, ClaimKind::advance, Money::euros(4'800), today(), adviser});
    });
    highest_answers({.by = authorising, .what = claim.value, .day = today()},
                    {nobody(), unknown(), ended_dossier(),
                     state(Code::state_forbids, "claim", "UPDATE claim SET title = 'T'"), early(),
                     far_ahead(), closed_year()},
                    command([&](Transaction& tx, const Asked& a) {
                        return funding::issue_title(tx, {a.what}, a.day, a.by);
                    }));
    must_write(
        [&](Transaction& tx) { return funding::issue_title(tx, claim, today(), authorising); });
    highest_answers({.by = accountant, .what = claim.value, .day = today()},
                    {nobody(), unknown(), ended_dossier(), nothing(), huge(), early(), beyond(),
                     state(Code::gate_closed, "claim", "UPDATE claim SET title = NULL"),
                     far_ahead(), closed_year()},
                    command([&](Transaction& tx, const Asked& a) {
                        return funding::receive_claim(tx, {a.what}, a.amount, a.day, "R", a.by);
                    }));
    highest_answers({.by = authorising, .what = claim.value, .day = today()},
                    {nobody(), unknown(), ended_dossier(), blank(), nothing(), huge(), early(),
                     beyond(), far_ahead(), closed_year()},
                    command([&](Transaction& tx, const Asked& a) {
                        return funding::reduce_claim(
                            tx, {{a.what}, a.amount, a.text, funding::Bearer::petr, a.day, a.by});
                    }));
}

TEST_F(Precedence, household_share) {
    const Notified n = notified_dossier();
    highest_answers({.by = authorising, .what = n.dossier.value, .day = today()},
                    {nobody(), unknown(), ended_dossier(), nothing(), huge(), early(), beyond(),
                     far_ahead(), closed_year()},
                    command([&](Transaction& tx, const Asked& a) {
                        return funding::call_share(tx, {a.what}, a.amount, a.day, a.by);
                    }));
    highest_answers({.by = accountant, .what = n.dossier.value, .day = today()},
                    {nobody(), unknown(), ended_dossier(), nothing(), huge(), early(), far_ahead(),
                     closed_year()},
                    command([&](Transaction& tx, const Asked& a) {
                        return funding::receive_share_early(tx, {a.what}, a.amount, a.day, "R",
                                                            a.by);
                    }));
    const std::int64_t call = must_write([&](Transaction& tx) {
        return funding::call_share(tx, n.dossier, Money::euros(1'000), today(), authorising);
    });
    highest_answers({.by = accountant, .what = call, .day = today()},
                    {nobody(), unknown(), ended_dossier(), nothing(), huge(), early(), beyond(),
                     far_ahead(), closed_year()},
                    command([&](Transaction& tx, const Asked& a) {
                        return funding::receive_share(tx, a.what, a.amount, a.day, "R", a.by);
                    }));
}

// ---- plans, the end of a dossier, limits, accounts

TEST_F(Precedence, sign_plan) {
    const DossierId dossier = open_dossier();
    add_quote(dossier);
    const auto kept = plan_of(dossier);
    const PlanId plan = must_write([&](Transaction& tx) { return dossiers::keep_plan(tx, kept); });
    highest_answers(
        {.by = adviser, .what = plan.value, .day = today()},
        {nobody(), unknown(), ended_dossier(),
         state(Code::state_forbids, "plan", "UPDATE plan SET signed_on = '2026-03-20'"),
         state(Code::version_moved, "version", "UPDATE dossier SET version = version + 1"),
         early()},
        command([&](Transaction& tx, const Asked& a) {
            return dossiers::sign_plan(tx, {a.what}, a.day, a.by);
        }));
}

TEST_F(Precedence, abandon_dossier) {
    pay_in_fund(Money::euros(1));
    const Notified n = notified_dossier();
    highest_answers({.by = adviser, .what = n.dossier.value, .day = today()},
                    {nobody(), unknown(), ended_dossier(),
                     state(Code::state_forbids, "money",
                           "UPDATE balance SET account = (SELECT id FROM account WHERE role ="
                           " 'cash') WHERE account = (SELECT id FROM account WHERE role ="
                           " 'grant_notified') AND cents = 200000"),
                     blank(), early(), far_ahead(), closed_year()},
                    command([&](Transaction& tx, const Asked& a) {
                        return treasury::abandon_dossier(tx, {a.what}, a.text, a.day, a.by);
                    }));
}

TEST_F(Precedence, set_limit) {
    highest_answers(
        {.by = authorising, .what = anah.value, .day = today()},
        {nobody(),
         unknown(),
         blank(),
         early(),
         {Code::amount_out_of_range, "amount", [](Asked& a) { a.amount = Money::cents(-1); }}},
        command([&](Transaction& tx, const Asked& a) {
            return treasury::set_limit(tx, {{programme, journal::Measure::engaged, {}, {a.what}},
                                            a.amount,
                                            a.day,
                                            a.text,
                                            a.by});
        }));
}

TEST_F(Precedence, confirm_account) {
    const AccountId account = must_write([&](Transaction& tx) {
        return payments::enter_account(tx, contractor,
                                       french_iban({"99998", "00003", "00000000909"}), officer);
    });
    const std::string end = [] {
        const std::string first = french_iban({"99998", "00003", "00000000101"}).text();
        return first.substr(first.size() - 4);
    }();
    const auto same = [&](Asked& a) { a.by = officer; };
    std::vector<Fault> faults = {
        nobody(),
        unknown(),
        rejected_account(),
        {Code::same_person, "by", same},
        blank(),
        early(),
        {Code::gate_closed, "amount", [](Asked& a) { a.amount = Money(); }},
    };
    faults[2].code = Code::state_forbids;
    highest_answers({.by = reviewer, .what = account.value, .day = today()}, faults,
                    command([&](Transaction& tx, const Asked& a) {
                        const std::string said = a.amount.is_zero() ? "0000" : end;
                        return payments::confirm_account(
                            tx, {{a.what}, telephone, a.text, a.day, said, "Ancien RIB", "RIB"},
                            a.by);
                    }));
}

TEST_F(Precedence, verify_payee) {
    highest_answers({.by = officer, .what = 1, .day = today()},
                    {nobody(),
                     unknown(),
                     blank(),
                     {Code::date_invalid, "day", [](Asked& a) { a.day = a.day.plus_days(1); }}},
                    command([&](Transaction& tx, const Asked& a) {
                        return payments::verify_payee(
                            tx, {{a.what}, payments::PayeeAnswer::close_match, a.text, a.day},
                            a.by);
                    }));
}

TEST_F(Precedence, close_period) {
    pay_in_fund(Money::euros(50'000));
    clock().set(instant_in_paris(Day::of(2027, 2, 1), 10));
    highest_answers(
        {.by = administrator, .what = 2026, .day = today()},
        {{Code::role_missing, "by", [this](Asked& a) { a.by = officer; }},
         {Code::state_forbids, "what", [](Asked& a) { a.what = 2025; }},
         closed_year(Code::state_forbids),
         state(Code::gate_closed, "movement",
               "INSERT INTO bank_statement (id, programme, identification, opening_cents,"
               " closing_cents, closing_on, content_hash, imported_on) VALUES (1, 1, 'S', 0, 0,"
               " '2026-12-31', x'00', '2027-01-02');"
               "INSERT INTO bank_movement (id, statement, ordinal, day, cents, end_to_end_id,"
               " return_reason, counterparty, remittance) VALUES (1, 1, 1, '2026-12-31', 1, '', '',"
               " '', '')")},
        command([&](Transaction& tx, const Asked& a) {
            return treasury::close_period(tx, static_cast<int>(a.what), a.by);
        }));
}

// ---- entries

TEST_F(Precedence, post) {
    pay_in_fund(Money::euros(1));
    highest_answers(
        {.by = accountant, .day = today()},
        {{Code::text_invalid, "text", [](Asked& a) { a.text = "e\xCC\x81"; }},
         {Code::entry_unbalanced, "what", [](Asked& a) { a.what = 1; }},
         limited("debit", "role='mandate_expenditure'"),
         far_ahead(),
         closed_year()},
        command([&](Transaction& tx, const Asked& a) {
            auto legs = journal::events::works_ordered({1}, contractor, a.amount);
            if (a.what == 1) legs[1].amount -= Money::cents(1);
            return journal::post(
                tx,
                {a.day, journal::Event::works_ordered, a.text, "P", {programme, "01"}, a.by, legs});
        }));
}

TEST_F(Precedence, reverse) {
    pay_in_fund(Money::euros(1));
    highest_answers({.by = accountant, .what = 1, .day = today()},
                    {unknown(),
                     blank(),
                     state(Code::already_reversed, "reversed",
                           "DROP TRIGGER entry_kept_update; UPDATE entry SET reverses = 1"),
                     {Code::entry_date, "day", [](Asked& a) { a.day = a.day.plus_days(-1); }},
                     closed_year()},
                    command([&](Transaction& tx, const Asked& a) {
                        return journal::reverse(tx, {a.what}, a.day, a.text, a.by);
                    }));
}

}  // namespace
}  // namespace deodat
