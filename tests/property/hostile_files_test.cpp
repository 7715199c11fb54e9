// Goal (guarantee 20): no file of others that we read, however spoilt, makes the program fail: it
// is read or refused, in a sentence, and a refused one leaves nothing. Method: good files of each
// kind, spoilt by chance in every way a file can be: bytes turned, cut out, doubled, put elsewhere,
// the end lost, signs that parsers stumble over put in. Facts and rule texts:
// rules_property_test.cpp and the fuzzers.
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <random>
#include <sstream>

#include "api/demo/bank_play.h"
#include "ledger/audit/anchor.h"
#include "ledger/bank/booking.h"
#include "ledger/bank/statement_file.h"
#include "ledger/payments/opening_balance.h"
#include "ledger/payments/qualification.h"
#include "tests/support/dossier_fixture.h"
#include "tests/support/dump.h"
#include "tests/support/programs.h"
#include "tests/support/seed.h"
#include "tests/support/statement_writers.h"

namespace deodat {
namespace {

using testing_support::bytes_of;

// Spoils a text once more, each time in one way.
class Spoiler {
  public:
    explicit Spoiler(std::uint64_t seed) : random_(seed) {}
    std::string spoilt(const std::string& good) {
        std::string out = good;
        for (std::size_t times = 1 + below(2); times > 0; --times) once(out);
        return out;
    }

  private:
    std::size_t below(std::size_t limit) { return limit == 0 ? 0 : random_() % limit; }
    void once(std::string& text) {
        static const std::vector<std::string> signs = {std::string(1, '\0'),
                                                       "\xff",
                                                       "\xc3",
                                                       "\xef\xbb\xbf",
                                                       "\"",
                                                       ";",
                                                       "\r",
                                                       "\n",
                                                       "<",
                                                       ">",
                                                       "&#0;",
                                                       "&x;",
                                                       "]]>",
                                                       "<!DOCTYPE a [<!ENTITY b \"c\">]>",
                                                       "-",
                                                       "9999999999999999999",
                                                       "0.001",
                                                       "1e9",
                                                       "2026-02-30",
                                                       "NaN",
                                                       std::string(2'000, '('),
                                                       std::string(300, '\xe9')};
        const std::size_t at = below(text.size() + 1);
        const std::size_t length = below(std::min<std::size_t>(text.size() - at, 200) + 1);
        switch (below(6)) {
            case 0:
                if (at < text.size()) text[at] = static_cast<char>(random_());
                break;
            case 1:
                text.erase(at, length);
                break;
            case 2:
                text.insert(below(text.size() + 1), text.substr(at, length));
                break;
            case 3:
                text.resize(at);
                break;
            case 4:
                text.replace(at, std::min<std::size_t>(length, 4), signs[below(signs.size())]);
                break;
            default:
                text.insert(at, signs[below(signs.size())]);
        }
    }
    std::mt19937_64 random_;
};

class G20_HostileFiles : public testing_support::DossierTest {
  protected:
    // Feeds the good file, which is taken, then spoilt ones, of which some must be refused. `feed`
    // is a command; nothing that it does is kept.
    template <class Feed>
    void feed_spoilt(const std::vector<std::string>& good, Feed feed) {
        Spoiler spoiler(testing_support::seed_of_this_run());
        const int count = 1'000 * testing_support::times_in_long_run(5);
        const auto whole = [&] {
            auto snapshot = store().snapshot();
            return testing_support::dump(snapshot.db());
        };
        const std::string before = whole();
        int taken = 0;
        int refused = 0;
        const auto try_one = [&](const std::string& file) {
            bool ok = false;
            const auto outcome = write([&](store::Transaction& tx) -> Result<Done> {
                const auto fed = feed(tx, file);
                ok = fed.ok();
                if (!ok) {
                    EXPECT_TRUE(is_sentence(fed.refusal().message)) << fed.refusal().message;
                }
                return Refusal{Code::state_forbids, "", "Seulement pour voir."};
            });
            EXPECT_FALSE(outcome.ok());
            return ok;
        };
        for (const std::string& file : good) EXPECT_TRUE(try_one(file));
        for (int i = 0; i < count && !HasFailure(); ++i) {
            const std::string file =
                spoiler.spoilt(good[static_cast<std::size_t>(i) % good.size()]);
            ++(try_one(file) ? taken : refused);
        }
        std::cout << taken << " taken, " << refused << " refused\n";
        EXPECT_GT(refused, count / 4);
        EXPECT_TRUE(before == whole()) << "something was kept";
    }
    // It may quote what was read, but is text, and has an end.
    static bool is_sentence(const std::string& message) {
        return !message.empty() && message.size() < 4'000 &&
               message.find('\0') == std::string::npos;
    }
};

TEST_F(G20_HostileFiles, Statements) {
    const std::string data = DEODAT_ROOT "/tests/data/bank/";
    const std::string played = demo::camt053_08(
        {french_iban({"99998", "00001", "00000000001"}),
         "REL-1",
         1,
         clock().now(),
         today(),
         today(),
         Money(),
         {{today(), Money::euros(500), "NOTPROVIDED", "Payeur", {}, "DOTATION HMD"},
          {today(), Money::euros(-2), "E2E-1", "Anah", {}, "", "AC04"}}});
    testing_support::WrittenStatement flat;
    flat.bank = "99998";
    flat.number = "00000000001";
    flat.movements = {{{2026, 11, 2}, 50'000, "DOTATION HMD", "PETR", "E2E", "REF"},
                      {{2026, 11, 3}, -200, "FRAIS"}};
    feed_spoilt({played, bytes_of(data + "camt053_v02_releve_groupe.xml"),
                 bytes_of(data + "camt053_v08_deux_comptes.xml"),
                 testing_support::cfonb120(flat, "\r\n"), testing_support::cfonb120(flat, "")},
                [&](store::Transaction& tx, const std::string& file) -> Result<Done> {
                    const auto read = bank::read_statements(file, {});
                    if (!read) return read.refusal();
                    for (const bank::Statement& statement : *read) {
                        // Whether it can be booked here is another question.
                        (void)bank::import_statement(tx, statement, file, accountant);
                    }
                    return Done{};
                });
}

TEST_F(G20_HostileFiles, OpeningBalances) {
    const DossierId dossier = open_dossier();
    std::string reference;
    {
        auto snapshot = store().snapshot();
        reference = testing_support::must(dossiers::find_dossier(snapshot.db(), dossier)).reference;
    }
    feed_spoilt(
        {"compte;dossier;financeur;entreprise;montant\n515;;;;150000,00\n1021;;;;-148799.50\n"
         "44312;" +
         reference + ";anah;;1200,50\n\"458201\";" + reference + ";;;-2401,00\n"},
        [&](store::Transaction& tx, const std::string& file) {
            return payments::take_opening_balance(
                tx, {file, *funding::find_programme(tx.db(), programme), today(), accountant});
        });
}

TEST_F(G20_HostileFiles, QualificationsOfContractors) {
    std::string siret;
    {
        auto snapshot = store().snapshot();
        siret = payments::find_contractor(snapshot.db(), contractor)->siret;
    }
    feed_spoilt(
        {"siret,code_qualification,nom_qualification,domaine,organisme,lien_date_debut,"
         "lien_date_fin\n" +
         siret + ",7131,ITE,Isolation des murs par l'extérieur,qualibat,2025-01-01,2026-12-31\n" +
         siret +
         ",7132,\"ITI, dite « \"\"par dedans\"\" »\",Isolation,qualibat,2025-01-01,"
         "2026-12-31\n"},
        [&](store::Transaction& tx, const std::string& file) {
            return payments::import_rge(tx, file, officer);
        });
}

// A signature kept elsewhere and brought back; a time stamp that is none. Neither is a command.
std::vector<std::string> words(const std::string& text) {
    std::istringstream stream(text);
    return {std::istream_iterator<std::string>(stream), {}};
}

TEST_F(G20_HostileFiles, Anchors) {
    pay_in_fund(Money::euros(10));
    SeededRandom random(20);
    const auto key =
        testing_support::must(audit::SigningKey::open_or_make(directory() + "/anchor.key", random));
    const std::string good = audit::signature_text(
        must_write([&](store::Transaction& tx) { return audit::sign_ledger(tx, key); }));
    must_write([](store::Transaction& tx) { return audit::request_time_stamp(tx); });
    Spoiler spoiler(testing_support::seed_of_this_run());
    auto snapshot = store().snapshot();
    const auto faults_of = [&](const std::string& text) {
        journal::Verification result;
        audit::check_signature_text(result, snapshot.db(), text);
        return result.faults.size();
    };
    EXPECT_EQ(faults_of(good), 0U);
    for (int i = 0; i < 1'000 * testing_support::times_in_long_run(5); ++i) {
        const std::string text = spoiler.spoilt(good);
        // What is only added at the end, or is nothing but white space, is no other signature.
        const std::vector<std::string> read = words(text);
        if (std::ranges::search(read, words(good)).begin() == read.begin()) continue;
        EXPECT_GT(faults_of(text), 0U) << text;
        const auto attached =
            write([&](store::Transaction& tx) { return audit::attach_response(tx, text, text); });
        ASSERT_FALSE(attached.ok());
        EXPECT_EQ(attached.refusal().code, Code::time_stamp_invalid);
    }
}

}  // namespace
}  // namespace deodat
