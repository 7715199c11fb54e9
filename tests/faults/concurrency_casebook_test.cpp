// Goal: what others met when many people act at once does not happen here. Each test bears the id
// of its case. Method: as many threads as the case says, all let go together.
#include <gtest/gtest.h>

#include <barrier>
#include <set>
#include <thread>

#include "ledger/store/once.h"
#include "tests/support/dossier_fixture.h"

namespace deodat {
namespace {

using store::Transaction;
using testing_support::must;

class ConcurrencyCasebook : public testing_support::DossierTest {
  protected:
    void SetUp() override {
        DossierTest::SetUp();
        other_authorising = add_person("Ordonnateur bis", {people::Role::authorising_officer});
    }

    // Runs `act(i)` on so many threads at once.
    template <class Act>
    static void together(int count, Act act) {
        std::barrier ready(count);
        std::vector<std::thread> crowd;
        for (int i = 0; i < count; ++i) {
            crowd.emplace_back([&, i] {
                ready.arrive_and_wait();
                act(i);
            });
        }
        for (std::thread& one : crowd) one.join();
    }
    // How many were done, and what each of the others was told.
    struct Tally {
        std::mutex mutex;
        int done = 0;
        std::multiset<Code> refused;
        std::vector<std::string> sentences;

        template <class T>
        void hear(const Result<T>& outcome) {
            const std::lock_guard guard(mutex);
            if (outcome.ok()) {
                ++done;
            } else {
                refused.insert(outcome.refusal().code);
                sentences.push_back(outcome.refusal().message);
            }
        }
    };

    void wide_programme(Money fund) {
        programme = open_programme("LARGE", "Programme large", "02", "00000000077",
                                   Money::euros(1'000'000));
        if (!fund.is_zero()) pay_in_fund(fund);
    }
    // An order of 730,00 for a dossier of its own.
    OrderId order_of_730(int i) {
        const std::string n = std::to_string(i);
        const std::int64_t works_order = order_works(notified_dossier("D-" + n).quote);
        const InvoiceId bill = must_write([&](Transaction& tx) {
            return payments::register_invoice(
                tx, {works_order,
                     "F-" + n,
                     today(),
                     today(),
                     {{"isolation_mur_ite", "Acompte", Money::cents(691'94), 550, Money::euros(730),
                       true}},
                     Money(),
                     officer});
        });
        accept(bill);
        return make_order(bill);
    }
    std::int64_t count(const std::string& sql) {
        auto snapshot = store().snapshot();
        auto rows = snapshot.db().select(sql);
        rows.next();
        return rows.integer(0);
    }

    PersonId other_authorising;
};

TEST_F(ConcurrencyCasebook, CON_01_TwelvePaymentsOfAnAdvanceThatCoversOne) {
    wide_programme(Money::euros(730));
    std::vector<OrderId> orders;
    for (int i = 0; i < 12; ++i) orders.push_back(order_of_730(i));
    Tally tally;
    together(12,
             [&](int i) { tally.hear(approve(orders[static_cast<std::size_t>(i)], authorising)); });
    EXPECT_EQ(tally.done, 1);
    EXPECT_EQ(tally.refused.count(Code::funds_insufficient), 11U);
    Tally released;
    together(12, [&](int i) {
        released.hear(release(orders[static_cast<std::size_t>(i)], accountant));
    });
    EXPECT_EQ(released.done, 1);
    EXPECT_EQ(balance(journal::Role::contractor_payable, {.programme = programme}),
              Money::euros(-730));
    const auto file = transfer_file();
    ASSERT_EQ(file.transfers.size(), 1U);
    pay(file.transfers.at(0).id);
    EXPECT_EQ(balance(journal::Role::cash, {.programme = programme}), Money());
}

// Fifty approve and fifty refuse: one is heard, and its entry is the only one.
TEST_F(ConcurrencyCasebook, CON_02_AHundredApprovalsAndRefusalsAreOne) {
    wide_programme(Money::euros(730));
    pay_in_fund(Money::euros(21'100));
    const InvoiceId bill = invoice(order_works(notified_dossier().quote));
    accept(bill);
    const OrderId order = make_order(bill);
    Tally tally;
    together(100, [&](int i) {
        if (i % 2 == 0) {
            tally.hear(approve(order, authorising));
            return;
        }
        tally.hear(write([&](Transaction& tx) {
            return payments::refuse_order(tx, order, "Pièce manquante", other_authorising, today());
        }));
    });
    EXPECT_EQ(tally.done, 1);
    // An approved order is the accountant's to refuse.
    EXPECT_EQ(tally.refused.count(Code::state_forbids) + tally.refused.count(Code::role_missing),
              99U);
    EXPECT_EQ(
        count("SELECT count(*) FROM entry WHERE event IN ('order_approved', 'order_refused')"), 1);
}

// Two runs of 500 at once have 1 000 references; a second process cannot make any.
TEST_F(ConcurrencyCasebook, CON_05_NoTwoReferencesAreTheSame) {
    together(2, [&](int) {
        for (int i = 0; i < 500; ++i) (void)open_dossier();
    });
    EXPECT_EQ(count("SELECT count(*) FROM dossier"), 1'000);
    EXPECT_EQ(count("SELECT count(DISTINCT reference) FROM dossier"), 1'000);
    SetClock other_clock(clock().now());
    SeededRandom other_random(5);
    const auto second =
        store::Store::open(directory(), store::Store::Access::write, other_clock, other_random);
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.refusal().code, Code::data_directory_locked);
}

// Whatever must be unique: who comes second is told in French what is there already.
TEST_F(ConcurrencyCasebook, CON_06_TheLoserOfARaceReadsASentence) {
    pay_in_fund(Money::euros(50'000));
    const Notified n = notified_dossier("DV-A");
    const InvoiceId bill = invoice(order_works(n.quote), Money(), "F-A");
    accept(bill);
    const QuoteId quote = notified_dossier("DV-B").quote;
    const DossierId bare = open_dossier();
    const std::vector<std::function<Result<Done>(Transaction&)>> commands = {
        [&](Transaction& tx) -> Result<Done> {
            const auto made = payments::add_contractor(
                tx,
                {siret_with_check_digit(siren_with_check_digit("99900200"), "0001"), "Toitures",
                 "Épinal", "FR"},
                officer);
            if (!made) return made.refusal();
            return Done{};
        },
        [&](Transaction& tx) -> Result<Done> {
            const auto made = funding::add_funder(tx, "dept", "Département",
                                                  journal::FunderFamily::other, administrator);
            if (!made) return made.refusal();
            return Done{};
        },
        [&](Transaction& tx) -> Result<Done> {
            const auto made =
                funding::open_programme(tx,
                                        {"DEUX",
                                         "Programme deux",
                                         "03",
                                         french_iban({"99998", "00001", "00000000088"}),
                                         Money::euros(1),
                                         {"200071066"},
                                         today()},
                                        administrator);
            if (!made) return made.refusal();
            return Done{};
        },
        [&](Transaction& tx) -> Result<Done> {
            const auto made = payments::order_works(tx, quote, today(), adviser);
            if (!made) return made.refusal();
            return Done{};
        },
        [&](Transaction& tx) -> Result<Done> {
            const auto made = payments::make_order(tx, bill, officer, today());
            if (!made) return made.refusal();
            return Done{};
        },
        [&](Transaction& tx) { return funding::sign_mandate(tx, bare, anah, today(), adviser); },
    };
    for (std::size_t which = 0; which < commands.size(); ++which) {
        SCOPED_TRACE(which);
        Tally tally;
        together(20, [&](int) { tally.hear(write(commands[which])); });
        EXPECT_EQ(tally.done, 1);
        EXPECT_EQ(tally.refused.size(), 19U);
        EXPECT_EQ(tally.refused.count(Code::duplicate) + tally.refused.count(Code::state_forbids),
                  19U);
        for (const std::string& sentence : tally.sentences) {
            for (const char* raw : {"SQL", "UNIQUE", "constraint", "locked"}) {
                EXPECT_EQ(sentence.find(raw), std::string::npos) << sentence;
            }
        }
    }
    // Numbers given by the program: all succeed.
    Tally all;
    together(100, [&](int i) {
        all.hear(write([&](Transaction& tx) {
            return dossiers::add_quote(
                tx, {bare, adviser, contractor, "N-" + std::to_string(i), today(), works()});
        }));
    });
    EXPECT_EQ(all.done, 100);
}

// A click too many: with its key it is answered like the first; without, it is refused as done.
TEST_F(ConcurrencyCasebook, CON_07_OneClickOneDocument) {
    pay_in_fund(Money::euros(30'000));
    const InvoiceId bill = invoice(order_works(notified_dossier().quote));
    accept(bill);
    const auto clicked = [&](const std::string& key, PersonId person, auto command) {
        std::array<std::string, 8> answers;
        together(8, [&](int i) {
            const auto answer = store::write_once(store(), {person, key, "corps"},
                                                  [&](Transaction& tx) -> Result<std::string> {
                                                      const auto made = command(tx);
                                                      if (!made) return made.refusal();
                                                      return std::to_string(*made);
                                                  });
            answers.at(static_cast<std::size_t>(i)) = answer.ok() ? *answer : "refused";
        });
        for (const std::string& answer : answers) EXPECT_EQ(answer, answers[0]);
        return std::stoll(answers[0]);
    };
    const auto making = [&](Transaction& tx) -> Result<std::int64_t> {
        const auto made = payments::make_order(tx, bill, officer, today());
        if (!made) return made.refusal();
        return made->value;
    };
    const OrderId order{clicked("valider", officer, making)};
    EXPECT_EQ(count("SELECT count(*) FROM payment_order"), 1);
    EXPECT_EQ(write(making).refusal().code, Code::duplicate);
    must(approve(order, authorising));
    must(release(order, accountant));
    const auto paying = [&](Transaction& tx) -> Result<std::int64_t> {
        const auto made = payments::make_transfer_file(tx, programme, today(), accountant);
        if (!made) return made.refusal();
        return made->id;
    };
    clicked("payer", accountant, paying);
    EXPECT_EQ(count("SELECT count(*) FROM transfer_file"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM transfer"), 1);
    EXPECT_EQ(write(paying).refusal().code, Code::state_forbids);
}

}  // namespace
}  // namespace deodat
