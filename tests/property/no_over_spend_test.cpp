// Goal (G13): no funder's grant, no dossier's aids, no share of a household, no ceiling, no
// advance, no commitment of works, no limit of an account, a funder's agreement or the programme,
// and no money of other households is ever exceeded, what is reserved (ordered, approved, claimed,
// taken in charge) included, whoever asks at the same time. Method: threads that read, work out
// what is left and ask for it, or a cent more, while the others do the same; then the journal
// alone, entry by entry, is added up by a model that knows the agreements and nothing else. The
// limits are asserted to have been touched; who is served first is chance, so rounds go on until
// they are.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <random>
#include <thread>

#include "ledger/treasury/limits.h"
#include "tests/support/dossier_fixture.h"
#include "tests/support/seed.h"

namespace deodat {
namespace {

using funding::ClaimKind;
using store::Transaction;
using testing_support::must;

constexpr std::int64_t share_cents = 3'100'00;
constexpr std::int64_t ceiling_cents = 100'000'00;
// Limits, low enough to be met: on 4581 what is spent and committed, for the Anah what it is
// engaged for. The third is that 515 may not go credit, what is to be paid included.
constexpr std::int64_t spending_cents = 84'900'00;
constexpr std::int64_t engaged_cents = 80'000'00;

// What the entries add up to. It reads nothing but entries.
class Spending {
  public:
    // How near the limits it came.
    struct Reached {
        std::int64_t committed = 0;
        std::int64_t free = ceiling_cents;
        std::int64_t cover_left = ceiling_cents;
        std::int64_t spending = 0;
        std::int64_t engaged = 0;
        std::int64_t paid = 0, returned = 0;  // of commitments

        bool every_limit() const {
            return committed > ceiling_cents - 1'000'00 && free < 1'000'00 &&
                   cover_left < 1'000'00 && spending > spending_cents - 1'000'00 &&
                   engaged > engaged_cents - 16'000'00 && paid > 0 && returned > 0;
        }
    };
    Spending(std::map<std::int64_t, std::int64_t> agreed, bool limited, Reached& reached)
        : agreed_(std::move(agreed)), limited_(limited), reached_(reached) {}

    void add(const journal::EntryRow& entry) {
        for (const journal::PostingRow& p : entry.postings) {
            add(entry.event, p);
            add_to_works(entry, p);
        }
        check(entry.number.value);
        check_works(entry);
    }

  private:
    struct Grant {
        std::int64_t notified = 0, claimed = 0, titled = 0, received = 0;
    };
    struct Dossier {
        std::map<std::int64_t, Grant> grants;  // by funder
        std::int64_t cash = 0, payable = 0, ordered = 0, approved = 0, spent = 0;
        std::int64_t called = 0, share_received = 0;
    };

    // The commitment of one works order: its entries bear its reference.
    struct Works {
        std::int64_t committed = 0, open = 0, ordered = 0, paid = 0, returned = 0;
    };

    void add_to_works(const journal::EntryRow& entry, const journal::PostingRow& p) {
        Works& works = works_[entry.piece];
        const std::int64_t cents = p.amount.cents();
        if (p.role == "works_ordered") {
            works.open -= cents;
            if (entry.event == "works_ordered" || entry.event == "works_order_amended") {
                works.committed -= cents;
            } else if (entry.event == "works_order_finished") {
                works.returned += cents;
            } else {
                works.ordered += cents;
            }
        }
        if (p.role == "commitment_charged" && entry.journal == "HB") {
            works.ordered -= cents;
            works.paid += cents;
        }
    }

    void check_works(const journal::EntryRow& entry) {
        if (entry.journal != "HB") return;
        const Works& w = works_[entry.piece];
        EXPECT_EQ(w.committed, w.open + w.ordered + w.paid + w.returned) << entry.number.value;
        EXPECT_GE(std::min({w.open, w.ordered, w.paid, w.returned}), 0) << entry.number.value;
        reached_.paid = std::max(reached_.paid, w.paid);
        reached_.returned = std::max(reached_.returned, w.returned);
    }

    void add(const std::string& event, const journal::PostingRow& p) {
        const std::int64_t cents = p.amount.cents();
        Dossier& d = dossiers_[p.dossier.value];
        Grant& grant = d.grants[p.funder.value];
        const auto is = [&](const char* role, const char* what) {
            return p.role == role && event == what;
        };
        if (p.role == "cash") d.cash += cents;
        if (p.role == "contractor_payable" || p.role == "contractor_retention" ||
            p.role == "returned_transfer") {
            d.payable -= cents;
        }
        if (p.role == "works_ordered" || p.role == "commitment_ordered") d.ordered -= cents;
        if (p.role == "commitment_ordered") d.approved -= cents;
        if (p.role == "mandate_expenditure") d.spent += cents;
        if (is("grant_notified", "grant_notified")) grant.notified += cents;
        if (is("claim_filed", "claim_filed")) grant.claimed += cents;
        if (is("funder_receivable", "claim_title_issued")) grant.titled += cents;
        if (is("funder_receivable", "claim_received")) grant.received -= cents;
        if (is("household_receivable", "household_share_called")) d.called += cents;
        if (is("household_receivable", "household_receipt")) d.share_received -= cents;
    }

    void check(std::int64_t entry) {
        std::int64_t committed = 0;
        std::int64_t free = 0;
        std::int64_t spending = 0;
        std::int64_t engaged = 0;
        std::int64_t after_paying = 0;
        for (auto& [id, d] : dossiers_) {
            free += d.cash;
            const std::int64_t to_pay = d.payable + d.approved;
            after_paying += d.cash - to_pay;
            spending += d.spent + d.ordered;
            if (id == 0) continue;
            std::int64_t to_come = share_cents - d.share_received;
            for (const auto& [funder, grant] : d.grants) {
                if (funder == 0) continue;
                EXPECT_LE(grant.notified, agreed_.at(funder)) << "entry " << entry;
                EXPECT_LE(grant.claimed, grant.notified) << "entry " << entry;
                EXPECT_LE(grant.titled, grant.claimed) << "entry " << entry;
                EXPECT_LE(grant.received, grant.titled) << "entry " << entry;
                to_come += grant.notified - grant.received;
                if (funder == agreed_.begin()->first) engaged += grant.notified;
            }
            EXPECT_LE(d.called, share_cents) << "entry " << entry;
            EXPECT_LE(d.share_received, d.called) << "entry " << entry;
            EXPECT_GE(d.ordered, 0) << "entry " << entry << ": more paid than ordered";
            EXPECT_GE(d.payable, 0) << "entry " << entry << ": more paid than taken in charge";
            committed += std::max<std::int64_t>(0, d.payable + d.ordered - d.cash);
            EXPECT_GE(d.approved, 0) << "entry " << entry << ": more taken in charge than approved";
            // Once all that is approved is paid, the advance is still covered.
            const std::int64_t margin = to_come - std::max<std::int64_t>(0, to_pay - d.cash);
            if (to_pay != 0) reached_.cover_left = std::min(reached_.cover_left, margin);
            EXPECT_GE(margin, 0) << "entry " << entry << ": an advance that nothing covers";
            free -= std::max(d.cash, to_pay);
        }
        EXPECT_LE(committed, ceiling_cents) << "entry " << entry;
        EXPECT_GE(free, 0) << "entry " << entry << ": other households' money";
        reached_.committed = std::max(reached_.committed, committed);
        if (committed != 0) reached_.free = std::min(reached_.free, free);
        if (!limited_) return;
        EXPECT_LE(spending, spending_cents) << "entry " << entry << ": the limit of 4581";
        EXPECT_LE(engaged, engaged_cents) << "entry " << entry << ": the Anah's agreement";
        EXPECT_GE(after_paying, 0) << "entry " << entry << ": the limit of 515";
        reached_.spending = std::max(reached_.spending, spending);
        reached_.engaged = std::max(reached_.engaged, engaged);
    }

    std::map<std::int64_t, std::int64_t> agreed_;  // of each dossier with each funder
    bool limited_;                                 // as limit_all says
    std::map<std::int64_t, Dossier> dossiers_;     // 0: the fund
    std::map<std::string, Works> works_;
    Reached& reached_;
};

class G13_NoOverSpend : public testing_support::DossierTest {
  protected:
    static constexpr int dossiers = 6;

    // Dossiers with a signed plan, grants requested, and twice the works that the plan pays for.
    void prepare() {
        for (int i = 0; i < dossiers; ++i) {
            const DossierId dossier = open_dossier();
            add_quote(dossier, "A-" + std::to_string(i));
            add_quote(dossier, "B-" + std::to_string(i));
            keep_and_sign_plan(dossier);
            sign_mandates(dossier);
            request(dossier);
        }
        pay_in_fund(Money::euros(30'000));
    }
    void limit_all() {
        set_limit({programme, journal::Measure::debit, journal::Role::mandate_expenditure},
                  spending_cents);
        set_limit({programme, journal::Measure::credit, journal::Role::cash}, 0);
        set_limit({programme, journal::Measure::engaged, {}, anah}, engaged_cents);
    }
    void set_limit(const journal::LimitSubject& subject, std::int64_t cents) {
        must_write([&](Transaction& tx) {
            return treasury::set_limit(
                tx, {subject, Money::cents(cents), tx.today(), "Convention", authorising});
        });
    }

    // One of the people who ask at the same time, with a reader and a chance of their own.
    class Asker {
      public:
        Asker(G13_NoOverSpend& test, std::uint64_t seed)
            : test_(test),
              reader_(store::database_path(test.directory()), store::Database::Mode::read),
              random_(seed) {}

        void ask(int times) {
            constexpr std::array<void (Asker::*)(), 20> requests = {
                &Asker::notify,         &Asker::order_works, &Asker::bill,    &Asker::bill,
                &Asker::accept,         &Asker::make_order,  &Asker::approve, &Asker::approve,
                &Asker::release,        &Asker::release,     &Asker::pay,     &Asker::give_back,
                &Asker::claim,          &Asker::title,       &Asker::receive, &Asker::call,
                &Asker::household_pays, &Asker::amend,       &Asker::finish,  &Asker::refuse,
            };
            for (int i = 0; i < times; ++i) {
                (this->*requests.at(static_cast<std::size_t>(drawn(0, requests.size() - 1))))();
            }
        }
        const std::map<Code, int>& refused() const { return refused_; }

      private:
        std::int64_t drawn(std::int64_t least, std::int64_t most) {
            return std::uniform_int_distribution<std::int64_t>(least, most)(random_);
        }
        // All that is left, a cent more, or a part.
        Money near(std::int64_t left) {
            const std::int64_t lot = drawn(1, 8);
            if (lot <= 2) return Money::cents(std::max<std::int64_t>(1, left));
            if (lot == 3) return Money::cents(std::max<std::int64_t>(0, left) + 1);
            return Money::cents(drawn(1, std::max<std::int64_t>(1, left / 3)));
        }
        struct Found {
            std::int64_t id = 0;
            std::int64_t left = 0;
        };
        // One of the rows (id, what is left of it) as they were a moment ago.
        Found one_of(const char* sql) {
            std::vector<Found> found;
            auto rows = reader_.select(sql);
            while (rows.next()) found.push_back({rows.integer(0), rows.integer(1)});
            if (found.empty()) return {};
            return found[static_cast<std::size_t>(
                drawn(0, static_cast<std::int64_t>(found.size()) - 1))];
        }
        template <class Command>
        void command(Command run_it) {
            const auto outcome = test_.write(run_it);
            if (!outcome.ok()) ++refused_[outcome.refusal().code];
        }

        void notify() {
            const Found grant = one_of("SELECT id, requested_cents FROM funder_grant");
            const Money amount = Money::cents(grant.left + (drawn(1, 4) == 1 ? 1 : 0));
            command([&](Transaction& tx) {
                return funding::notify_grant(tx,
                                             {{grant.id}, amount, "N", tx.today(), test_.adviser});
            });
        }
        void order_works() {
            const Found quote = one_of("SELECT id, 0 FROM quote");
            command([&](Transaction& tx) {
                return payments::order_works(tx, {quote.id}, tx.today(), test_.adviser);
            });
        }
        void bill() {
            const Found order = one_of(
                "SELECT w.id, w.cents - coalesce((SELECT sum(l.ttc_cents) FROM invoice i"
                " JOIN invoice_line l ON l.invoice = i.id WHERE i.works_order = w.id), 0)"
                " FROM works_order w");
            const auto programme = funding::find_programme(reader_, test_.programme);
            const Money free = treasury::free_after_paying(reader_, *programme, {}, Money());
            const Money ttc =
                near(drawn(1, 3) == 1 ? std::min(order.left, free.cents()) : order.left);
            const Money retention = drawn(1, 2) == 1 ? Money() : Money::cents(ttc.cents() / 20);
            const std::string number = "F-" + std::to_string(drawn(1, INT64_C(1) << 60));
            const bool last = drawn(1, 12) == 1;
            command([&](Transaction& tx) {
                return payments::register_invoice(tx, {order.id,
                                                       number,
                                                       tx.today(),
                                                       tx.today(),
                                                       {{"", "Travaux", ttc, 0, ttc}},
                                                       retention,
                                                       test_.officer,
                                                       last});
            });
        }
        void amend() {
            if (drawn(1, 3) != 1) return;
            const Found order = one_of("SELECT id, 0 FROM works_order");
            const std::string reference = "A-" + std::to_string(drawn(1, INT64_C(1) << 60));
            const auto programme = funding::find_programme(reader_, test_.programme);
            std::int64_t left =
                ceiling_cents - treasury::position_of(reader_, *programme).committed.cents();
            for (const auto& limit : journal::limits_of(reader_, test_.programme, today_)) {
                const journal::Use use = journal::use_of(reader_, limit.subject);
                if (limit.subject.measure != journal::Measure::debit) continue;
                left = std::min(left, spending_cents - use.total().cents());
            }
            const Money more = near(std::min<std::int64_t>(left, 6'000'00));
            command([&](Transaction& tx) {
                return payments::amend_works_order(
                    tx, {order.id, reference, more, tx.today(), test_.adviser});
            });
        }
        void finish() {
            if (drawn(1, 30) != 1) return;
            const Found order = one_of("SELECT id, 0 FROM works_order");
            command([&](Transaction& tx) {
                return payments::finish_works_order(tx, order.id, tx.today(), test_.adviser);
            });
        }
        void refuse() {
            if (drawn(1, 8) != 1) return;
            const Found order =
                one_of("SELECT id, 0 FROM payment_order WHERE state IN ('made', 'approved')");
            const PersonId by = drawn(1, 2) == 1 ? test_.authorising : test_.accountant;
            command([&](Transaction& tx) {
                return payments::refuse_order(tx, {order.id}, "Pièce manquante", by, tx.today());
            });
        }
        void accept() {
            const Found invoice = one_of(
                "SELECT id, 0 FROM invoice WHERE id NOT IN (SELECT invoice FROM acceptance)");
            command([&](Transaction& tx) {
                return payments::accept_works(tx, {invoice.id}, tx.today(), tx.today(),
                                              test_.technician);
            });
        }
        void make_order() {
            const Found invoice = one_of("SELECT invoice, 0 FROM acceptance");
            command([&](Transaction& tx) {
                return payments::make_order(tx, {invoice.id}, test_.officer, tx.today());
            });
        }
        void approve() {
            const Found order = one_of("SELECT id, 0 FROM payment_order WHERE state = 'made'");
            const auto read = payments::find_order(reader_, {order.id});
            if (!read) return;
            const std::string hash = payments::order_hash(reader_, *read);
            command([&](Transaction& tx) {
                return payments::approve_order(tx, {order.id}, hash, test_.authorising, tx.today());
            });
        }
        void release() {
            const Found order = one_of("SELECT id, 0 FROM payment_order WHERE state = 'approved'");
            command([&](Transaction& tx) {
                return payments::release_order(tx, {order.id}, test_.accountant, tx.today());
            });
        }
        void pay() {
            command([&](Transaction& tx) {
                return payments::make_transfer_file(tx, test_.programme, tx.today(),
                                                    test_.accountant);
            });
            const Found transfer = one_of("SELECT id, 0 FROM transfer WHERE state = 'sent'");
            command([&](Transaction& tx) {
                return payments::transfer_paid(tx, transfer.id, tx.today(), "R", test_.accountant);
            });
        }
        void give_back() {
            if (drawn(1, 3) != 1) return;
            const Found transfer = one_of("SELECT id, 0 FROM transfer WHERE state = 'paid'");
            command([&](Transaction& tx) {
                return payments::transfer_returned(tx, transfer.id, "AC04", tx.today(), "R",
                                                   test_.accountant);
            });
            const Found order = one_of(
                "SELECT id, 0 FROM payment_order WHERE state = 'returned' OR refused_on NOT NULL");
            command([&](Transaction& tx) {
                return payments::make_order_again(tx, {order.id}, test_.officer, tx.today());
            });
        }
        void claim() {
            const Found grant = one_of(
                "SELECT g.id, coalesce(g.notified_cents, 0) -"
                " coalesce((SELECT sum(c.cents) FROM claim c WHERE c.funder_grant = g.id), 0)"
                " FROM funder_grant g");
            const Money amount = near(grant.left);
            const auto kind = drawn(1, 6) == 1 ? ClaimKind::balance : ClaimKind::instalment;
            command([&](Transaction& tx) {
                return funding::file_claim(tx,
                                           {{grant.id}, kind, amount, tx.today(), test_.adviser});
            });
        }
        void title() {
            const Found claim = one_of("SELECT id, 0 FROM claim WHERE title IS NULL");
            command([&](Transaction& tx) {
                return funding::issue_title(tx, {claim.id}, tx.today(), test_.authorising);
            });
        }
        void receive() {
            const Found claim = one_of("SELECT id, cents - received_cents FROM claim");
            const Money amount = near(claim.left);
            command([&](Transaction& tx) {
                return funding::receive_claim(tx, {claim.id}, amount, tx.today(), "R",
                                              test_.accountant);
            });
        }
        void call() {
            const Found dossier = one_of(
                "SELECT d.id, coalesce((SELECT sum(h.cents) FROM household_call h"
                " WHERE h.dossier = d.id), 0) FROM dossier d");
            const Money amount = near(share_cents - dossier.left);
            command([&](Transaction& tx) {
                return funding::call_share(tx, {dossier.id}, amount, tx.today(), test_.authorising);
            });
        }
        void household_pays() {
            const Found open = one_of("SELECT id, cents - received_cents FROM household_call");
            const Money amount = near(open.left);
            command([&](Transaction& tx) {
                return funding::receive_share(tx, open.id, amount, tx.today(), "R",
                                              test_.accountant);
            });
        }

        G13_NoOverSpend& test_;
        store::Database reader_;
        Day today_ = test_.today();
        std::mt19937_64 random_;
        std::map<Code, int> refused_;
    };

    void ask_together(std::uint64_t seed, std::map<Code, int>& refused) {
        constexpr std::uint64_t askers = 4;
        constexpr int times = 500;
        std::mutex mutex;
        std::vector<std::thread> threads;
        for (std::uint64_t i = 0; i < askers; ++i) {
            threads.emplace_back([&, i] {
                Asker asker(*this, seed * askers + i);
                asker.ask(times);
                const std::lock_guard guard(mutex);
                for (const auto& [code, count] : asker.refused()) refused[code] += count;
            });
        }
        for (std::thread& thread : threads) thread.join();
    }
};

TEST_F(G13_NoOverSpend, WhoeverAsksAtTheSameTime) {
    const std::uint64_t first_seed = testing_support::seed_of_this_run();
    const auto rounds = static_cast<std::uint64_t>(6 * testing_support::times_in_long_run(8));
    const std::uint64_t rounds_max = 5 * rounds;
    Spending::Reached reached;
    std::map<Code, int> refused;
    const auto limits_touched = [&] {
        const auto codes = {Code::over_commitment, Code::exposure_ceiling, Code::exposure_uncovered,
                            Code::funds_insufficient, Code::limit_exceeded};
        return reached.every_limit() && std::all_of(codes.begin(), codes.end(),
                                                    [&](Code code) { return refused[code] > 10; });
    };
    for (std::uint64_t round = 0;
         !HasFailure() && (round < rounds || (!limits_touched() && round < rounds_max)); ++round) {
        if (round != 0) {
            reopen_empty();
            set_up_people();
        }
        prepare();
        // Under limits the ceiling and the fund are not met, and the other way round.
        const bool limited = round % 3 == 2;
        if (limited) limit_all();
        ask_together(first_seed + round, refused);
        Spending spending({{anah.value, 16'000'00}, {region.value, 2'000'00}}, limited, reached);
        auto snapshot = store().snapshot();
        journal::for_each_entry(snapshot.db(), journal::last_entry(snapshot.db()),
                                [&](const journal::EntryRow& entry) { spending.add(entry); });
    }
    EXPECT_TRUE(limits_touched()) << "committed " << reached.committed << ", free " << reached.free
                                  << ", cover left " << reached.cover_left << ", spending "
                                  << reached.spending << ", engaged " << reached.engaged;
}

// A limit is reached, not only approached: a cent less and the step is refused, the sum itself and
// it is taken.
TEST_F(G13_NoOverSpend, ExactlyTheLimitsAreTaken) {
    constexpr Money all = Money::euros(21'100);
    constexpr Money cent = Money::cents(1);
    int programmes = 1;
    const auto started = [&](Money ceiling, Money fund) {
        const std::string number = std::to_string(++programmes);
        programme = open_programme("P" + number, "Programme " + number, "0" + number,
                                   "0000000010" + number, ceiling);
        pay_in_fund(fund);
        return notified_dossier("L-" + number);
    };
    const auto order = [&](const Notified& n) {
        return write(
            [&](Transaction& tx) { return payments::order_works(tx, n.quote, today(), adviser); });
    };
    EXPECT_EQ(order(started(all - cent, all)).refusal().code, Code::exposure_ceiling);

    const Notified poor = started(all, all - cent);
    const InvoiceId poor_bill = invoice(must(order(poor)), Money(), "L-poor");
    accept(poor_bill);
    EXPECT_EQ(approve(make_order(poor_bill), authorising).refusal().code, Code::funds_insufficient);

    const Notified n = started(all, all);
    const InvoiceId bill = invoice(must(order(n)), Money(), "L-exact");
    accept(bill);
    const OrderId paid = make_order(bill);
    must(approve(paid, authorising));
    must(release(paid, accountant));
    pay(transfer_file().transfers.at(0).id);
    claim_and_receive(n.anah, ClaimKind::advance, Money::euros(4'800), Money::euros(4'800));
    claim_and_receive(n.anah, ClaimKind::balance, Money::euros(11'200), Money::euros(11'200));
    claim_and_receive(n.region, ClaimKind::balance, Money::euros(2'000), Money::euros(2'000));
    const std::int64_t call = must_write([&](Transaction& tx) {
        return funding::call_share(tx, n.dossier, Money::cents(share_cents), today(), authorising);
    });
    must_write([&](Transaction& tx) {
        return funding::receive_share(tx, call, Money::cents(share_cents), today(), "R",
                                      accountant);
    });
    EXPECT_EQ(balance(journal::Role::cash, {.programme = programme}), all);
    must_write([&](Transaction& tx) {
        return treasury::close_dossier(tx, n.dossier, today(), authorising);
    });
}

}  // namespace
}  // namespace deodat
