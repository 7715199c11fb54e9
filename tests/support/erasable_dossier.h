// A dossier led to its end, closed or abandoned, with a distinctive name wherever a person may type
// one, and an address, a telephone, an e-mail and an account where people do type them; and time
// to let its keeping run out.
#pragma once
#include <fstream>

#include "api/demo/bank_play.h"
#include "ledger/bank/booking.h"
#include "ledger/bank/camt.h"
#include "ledger/base/numbering.h"
#include "ledger/erasure/erasure.h"
#include "tests/support/dossier_fixture.h"

namespace deodat::testing_support {

class ErasureTest : public DossierTest {
  protected:
    static constexpr const char* planted = "Zwykbrandt";
    static constexpr const char* street = "17 sente des Zwicks";
    static constexpr const char* mobile = "06 98 76 54 32";
    static constexpr const char* mail = "zwyk@courriel.example";
    static Iban own_account() { return french_iban({"99998", "00007", "00000776655"}); }
    static std::vector<std::string> all_planted() {
        return {planted, street, mobile, mail, own_account().text()};
    }
    static std::string reachable() { return std::string(planted) + " " + mobile + " " + mail; }

    DossierId named_dossier() {
        return must_write([&](store::Transaction& tx) {
            return dossiers::open_dossier(
                tx, {programme,
                     adviser,
                     today(),
                     {std::string("Famille ") + planted, 3, 24'000, "88413", "owner_occupier"},
                     {"88413", "house", 60, true, 110, "F", "C", 50}});
        });
    }
    QuoteId named_quote(DossierId dossier) {
        auto lines = works();
        lines[0].label = std::string("Murs, ") + street;
        return must_write([&](store::Transaction& tx) {
            return dossiers::add_quote(
                tx, {dossier, adviser, contractor,
                     numbered(std::string("DV-") + planted + "-", dossier.value), today(), lines});
        });
    }
    PlanId named_plan(DossierId dossier) {
        must_write([&](store::Transaction& tx) {
            return dossiers::give_aid(
                tx, dossier,
                {"local.commune", "region", "Aide", Money::euros(1), "Joindre " + reachable()},
                adviser, today());
        });
        auto plan = plan_of(dossier);
        plan.facts_json = plan.plan_json = plan.explanation_json =
            std::string("{\"ménage\":\"") + planted + "\"}";
        plan.aids[1].motive = std::string("Situation de ") + planted;
        return must_write([&](store::Transaction& tx) { return dossiers::keep_plan(tx, plan); });
    }
    DossierId abandoned_dossier() {
        const DossierId dossier = named_dossier();
        named_quote(dossier);
        named_plan(dossier);
        must_write([&](store::Transaction& tx) {
            return treasury::abandon_dossier(
                tx, dossier, planted + (" renonce, a donné l'IBAN " + own_account().text()),
                today(), adviser);
        });
        return dossier;
    }
    // What happened with the money, to take up again.
    struct Closed {
        DossierId dossier;
        OrderId order;
        std::int64_t transfer;
    };
    Closed closed_dossier() {
        const std::string name = planted;
        pay_in_fund(Money::euros(50'000));
        const DossierId dossier = named_dossier();
        const QuoteId quote = named_quote(dossier);
        const PlanId kept = named_plan(dossier);
        must_write([&](store::Transaction& tx) {
            return dossiers::sign_plan(tx, kept, today(), adviser);
        });
        sign_mandates(dossier);
        const auto grants = request(dossier);
        for (std::size_t i = 0; i < grants.size(); ++i) {
            must_write([&](store::Transaction& tx) {
                return funding::notify_grant(tx, {grants[i], Money::euros(i == 0 ? 16'000 : 2'000),
                                                  "ANAH-" + name, today(), adviser});
            });
        }
        const std::int64_t ordered = order_works(quote);
        auto lines = works();
        lines[0].label = std::string("Murs, ") + street + ", " + name;
        const InvoiceId bill = must_write([&](store::Transaction& tx) {
            return payments::register_invoice(
                tx, {ordered, "F-1", today(), today(), lines, Money(), officer});
        });
        accept(bill);
        const OrderId order = make_order(bill);
        must(approve(order, authorising));
        must(release(order, accountant));
        const std::int64_t transfer = transfer_file().transfers.at(0).id;
        pay(transfer);
        const ClaimId claim = claim_and_receive(grants[0], funding::ClaimKind::balance,
                                                Money::euros(16'000), Money::euros(15'000));
        claim_and_receive(grants[1], funding::ClaimKind::balance, Money::euros(2'000),
                          Money::euros(2'000));
        must_write([&](store::Transaction& tx) {
            return funding::reduce_claim(tx, {claim, Money::euros(1'000), name + " a moins isolé",
                                              funding::Bearer::household, today(), authorising});
        });
        must_write([&](store::Transaction& tx) {
            return funding::call_share(tx, dossier, Money::euros(3'100), today(), authorising);
        });
        for (const std::int64_t called : {3'100, 1'000}) household_pays(Money::euros(called));
        must_write([&](store::Transaction& tx) {
            return treasury::close_dossier(tx, dossier, today(), authorising);
        });
        return {dossier, order, transfer};
    }
    // A line of a statement, not matched yet.
    MovementId received(Money amount, const std::string& remittance) {
        ++statements_;
        const std::string xml = demo::camt053_08({french_iban({"99998", "00001", "00000000001"}),
                                                  "REL-" + std::to_string(statements_),
                                                  statements_,
                                                  clock().now(),
                                                  today(),
                                                  today(),
                                                  banked_,
                                                  {{today(),
                                                    amount,
                                                    std::string("E2E ") + planted,
                                                    std::string("M. ") + planted,
                                                    own_account(),
                                                    remittance,
                                                    {}}}});
        banked_ += amount;
        const auto read = must(bank::read_camt(xml));
        return must_write([&](store::Transaction& tx) {
                   return bank::import_statement(tx, read.at(0), xml, accountant);
               })
            .at(0);
    }
    // Through the bank, as it happens.
    void household_pays(Money amount) {
        std::int64_t call = 0;
        std::string reference;
        {
            auto snapshot = store().snapshot();
            auto open = snapshot.db().select(
                "SELECT id, reference FROM household_call WHERE cents = ? AND received_cents = 0",
                amount);
            ASSERT_TRUE(open.next());
            call = open.integer(0);
            reference = open.text(1);
        }
        const MovementId movement = received(
            amount, "Part de " + reachable() + " " + own_account().text() + " " + reference);
        must_write([&](store::Transaction& tx) {
            return bank::confirm_match(tx, movement, bank::Kind::household_call, call, accountant);
        });
    }
    void go_to(Day day) { clock().set(instant_in_paris(day, 10)); }
    erasure::Asked asked(erasure::Ground ground = erasure::Ground::period_over) {
        return {administrator, ground, today()};
    }
    Result<erasure::Erasure> erase(DossierId dossier) {
        return write(
            [&](store::Transaction& tx) { return erasure::erase_dossier(tx, dossier, asked()); });
    }
    Result<erasure::Erasure> erase(PersonId person) {
        return write(
            [&](store::Transaction& tx) { return erasure::erase_person(tx, person, asked()); });
    }
    // What the files of a data directory hold of all that was planted: "deodat.db: Zwykbrandt\n".
    static std::string found_in_files_of(const std::string& data) {
        std::string out;
        for (const auto& file : std::filesystem::recursive_directory_iterator(data)) {
            if (!file.is_regular_file()) continue;
            std::ifstream in(file.path(), std::ios::binary);
            const std::string bytes{std::istreambuf_iterator<char>(in), {}};
            for (const std::string& word : all_planted()) {
                if (bytes.find(word) == std::string::npos) continue;
                out += file.path().filename().string() + ": " + word + "\n";
            }
        }
        return out;
    }
    std::string found_in_files() { return found_in_files_of(directory()); }

  private:
    int statements_ = 0;
    Money banked_;
};

}  // namespace deodat::testing_support
