// Goal (guarantee 17): no verb of the command line puts anything into a closed year. Method: a
// ledger whose years are closed, made by the ledger itself; the verbs as the program lists them,
// each asked for what it does to a ledger; the journal as it was, by the bytes of its export. A new
// verb, or import, without its line here fails the test.
#include <sys/wait.h>

#include <fstream>

#include "ledger/treasury/period_closing.h"
#include "tests/support/dossier_fixture.h"
#include "tests/support/programs.h"

namespace deodat {
namespace {

using testing_support::Answer;
// What is asked of the closed ledger in "d", and the exit code. Years are those of the ledger: long
// closed when the test runs.
struct Asked {
    std::string arguments;
    int code;
};
const std::map<std::string, std::vector<Asked>> verbs = {
    {"demo", {{"demo --data d --out o", 1}}},
    {"batch", {{"batch allocate --facts nowhere.json", 1}}},
    {"invoice", {{"invoice nowhere.xml", 1}}},
    {"limit",
     {{"limit set engaged --amount 1000 --since 2025-12-31 --reason Budget --person 5 --data d",
       1}}},
    {"plan", {{"plan --facts nowhere.json", 1}}},
    {"rules", {{"rules check", 0}}},
    {"statement", {{"statement nowhere.xml", 1}}},
    {"verify", {{"verify --data d", 0}}},
    {"close-period",
     {{"close-period 2024 --data d", 1},
      {"close-period 2025 --data d", 1},
      {"close-period 1999 --data d", 1},
      {"close-period 2198 --data d", 1}}},
    {"anchor",
     {{"anchor sign --data d --out a.txt", 0},
      {"anchor request --data d --out a.tsq", 0},
      {"anchor attach a.tsq --data d --authority a.tsq", 1}}},
    {"backup", {{"backup --data d --out b.db", 0}}},
    {"restore", {{"restore b.db --data d", 1}, {"restore b.db --drill", 0}}},
    {"document", {{"document works-order W25-0001 --data d --out w.html", 1}}},
    {"erase",
     {{"erase dossier D25-0001 --data d", 1},
      {"erase dossier D25-0001 --data d --person 1 --ground period_over --asked-on 2025-12-31"
       " --confirm D25-0001",
       1}}},
    {"export", {{"export fec --year 2025 --data d", 0}, {"export csv --data d", 0}}},
    {"import",
     {{"import opening o.csv --data d --date 2025-12-31 --person 6", 1},
      {"import opening o.csv --data d --date 2024-06-01 --person 6", 1},
      {"import bank o.csv --data d --person 6", 1},
      {"import status s.xml --data d --person 6", 1}}},
    {"transfers", {{"transfers s.xml", 0}}},
    {"report", {{"report treasury --data d --out t.xlsx --as-of 2025-12-31", 0}}},
};
// The second words of import, each among the lines above.
const std::set<std::string> imports = {"bank", "opening", "status"};

class G17_CommandLine : public testing_support::DossierTest {
  protected:
    Answer deodat(const std::string& arguments) {
        return testing_support::run_in(files_, DEODAT_PROGRAM, arguments);
    }
    // A ledger of 2024 and 2025, both closed; in it signed plans, and with money or without.
    void prepare(bool money) {
        clock().set(instant_in_paris(Day::of(2024, 3, 20), 10));
        reopen_empty();
        set_up_people();
        keep_and_sign_plan(open_dossier());
        clock().set(instant_in_paris(Day::of(2025, 3, 20), 10));
        if (money) pay_in_fund(Money::euros(100));
        keep_and_sign_plan(open_dossier());
        clock().set(instant_in_paris(Day::of(2026, 1, 5), 10));
        for (const int year : {2024, 2025}) {
            must_write([&](store::Transaction& tx) {
                return treasury::close_period(tx, year, administrator);
            });
        }
        for (const auto& file : std::filesystem::directory_iterator(files_.path())) {
            std::filesystem::remove_all(file);
        }
        std::filesystem::create_directory(files_ / "d");
        store::Database(store::database_path(directory()), store::Database::Mode::write)
            .script("VACUUM INTO '" + (files_ / "d/deodat.db").string() + "'");
        std::ofstream(files_ / "s.xml")
            << "<Document><CstmrPmtStsRpt><GrpHdr><MsgId>R</MsgId></GrpHdr><OrgnlGrpInfAndSts>"
               "<OrgnlMsgId>DEODAT-V25-0001</OrgnlMsgId><GrpSts>RJCT</GrpSts>"
               "</OrgnlGrpInfAndSts></CstmrPmtStsRpt></Document>";
        std::ofstream(files_ / "o.csv")
            << "compte;dossier;financeur;entreprise;montant\n515;;;;1\n1021;;;;-1\n";
    }
    // The verbs that the program says it has, and the words that its imports take.
    std::map<std::string, std::string> listed() {
        std::map<std::string, std::string> out;
        std::istringstream help(deodat("--help").out);
        for (std::string line; std::getline(help, line);) {
            if (line.rfind("  deodat ", 0) != 0) continue;
            std::istringstream words(line.substr(9));
            std::string verb;
            words >> verb;
            std::getline(words, out[verb]);
        }
        return out;
    }

    testing_support::TestDirectory files_;
};

TEST_F(G17_CommandLine, NoVerbEntersAClosedYear) {
    const auto all = listed();
    EXPECT_GE(all.size(), 12U);
    for (const auto& [verb, usage] : all) EXPECT_EQ(verbs.count(verb), 1U) << verb;
    for (const auto& [verb, asked] : verbs) EXPECT_EQ(all.count(verb), 1U) << verb;
    std::istringstream alternatives(all.at("import"));
    for (std::string word; alternatives >> word;) {
        if (word.find_first_not_of("abcdefghijklmnopqrstuvwxyz") != std::string::npos) continue;
        EXPECT_EQ(imports.count(word), 1U) << "import " << word;
    }
    for (const bool money : {true, false}) {
        prepare(money);
        const std::string before = deodat("export hledger --data d").out;
        ASSERT_NE(before.find("2025"), std::string::npos);
        for (const auto& [verb, asked] : verbs) {
            for (const Asked& one : asked) {
                const Answer answer = deodat(one.arguments);
                EXPECT_EQ(answer.code, one.code) << one.arguments << "\n"
                                                 << answer.out << answer.err;
            }
        }
        EXPECT_EQ(deodat("export hledger --data d").out, before) << "the journal has moved";
        EXPECT_EQ(deodat("verify --data d").code, 0);
    }
    // Before the first amount, an opening is refused for its day alone.
    const Answer closed = deodat("import opening o.csv --data d --date 2025-12-31 --person 6");
    EXPECT_NE(closed.err.find("clos"), std::string::npos) << closed.err;
    const Answer open = deodat("import opening o.csv --data d --date 2026-01-01 --person 6");
    EXPECT_EQ(open.code, 0) << open.err;
}

}  // namespace
}  // namespace deodat
