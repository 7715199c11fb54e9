// Goal: the program as a person or a script meets it: exit codes, French refusals, nothing else on
// the output. Method: the built program, run in a directory of its own.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "ledger/base/canonical.h"
#include "ledger/base/money.h"
#include "ledger/base/text.h"
#include "tests/support/programs.h"

namespace deodat {
namespace {

using testing_support::Answer;
namespace fs = std::filesystem;

class Cli : public ::testing::Test {
  protected:
    Answer deodat(const std::string& arguments) {
        return testing_support::run_in(directory_, DEODAT_PROGRAM, arguments);
    }
    void play() { ASSERT_EQ(deodat("demo --data d --out o").code, 0); }
    testing_support::TestDirectory directory_;
};

TEST_F(Cli, SaysHowItIsUsed) {
    EXPECT_EQ(deodat("").code, 2);
    EXPECT_EQ(deodat("--help").code, 0);
    EXPECT_NE(deodat("--help").out.find("deodat plan"), std::string::npos);
    for (const char* wrong :
         {"nothing", "demo", "demo --data d", "verify", "verify --data", "export --data d",
          "export word --data d", "report treasury --data d", "report funder --data d --out x",
          "anchor --data d", "anchor sign --data d", "anchor attach --data d --authority a",
          "anchor key", "plan --nothing", "rules", "rules explain",
          "demo --data a --data b --out o"}) {
        const Answer answer = deodat(wrong);
        EXPECT_EQ(answer.code, 2) << wrong;
        EXPECT_TRUE(answer.out.empty()) << wrong;
        EXPECT_FALSE(answer.err.empty()) << wrong;
    }
}

TEST_F(Cli, VerifiesExportsAndReports) {
    play();
    const Answer proof = deodat("verify --data d");
    EXPECT_EQ(proof.code, 0);
    EXPECT_NE(proof.out.find("✔"), std::string::npos);
    EXPECT_EQ(deodat("export hledger --data d").out,
              testing_support::bytes_of(directory_ / "o/journal.hledger"));
    EXPECT_EQ(deodat("report treasury --data d --out t.xlsx").code, 0);
    EXPECT_EQ(deodat("report funder --funder anah --data d --out f.xlsx").code, 0);
    EXPECT_GT(fs::file_size(directory_ / "f.xlsx"), 5'000U);
    const Answer nobody = deodat("report funder --funder nobody --data d --out n.xlsx");
    EXPECT_EQ(nobody.code, 1);
    EXPECT_NE(nobody.err.find("nobody"), std::string::npos);
    EXPECT_FALSE(fs::exists(directory_ / "n.xlsx"));
    EXPECT_EQ(deodat("report treasury --data d --programme XX --out n.xlsx").code, 1);
    EXPECT_EQ(deodat("report treasury --data d --out nowhere/n.xlsx").code, 74);
}

TEST_F(Cli, WritesDocumentsToPrint) {
    play();
    for (const char* asked :
         {"works-order W26-0001", "payment-notice P26-0001", "liquidation P26-0001"}) {
        const Answer answer =
            deodat("document " + std::string(asked) + " --data d --out document.html");
        EXPECT_EQ(answer.code, 0) << asked << answer.err;
        const std::string html = testing_support::bytes_of(directory_ / "document.html");
        EXPECT_NE(html.find(std::string(asked).substr(std::string(asked).find(' ') + 1)),
                  std::string::npos);
        fs::remove(directory_ / "document.html");
    }
    const Answer unknown = deodat("document liquidation P99-0001 --data d --out n.html");
    EXPECT_EQ(unknown.code, 1);
    EXPECT_NE(unknown.err.find("P99-0001"), std::string::npos);
    EXPECT_FALSE(fs::exists(directory_ / "n.html"));
    EXPECT_EQ(deodat("document letter P26-0001 --data d --out n.html").code, 2);
    EXPECT_EQ(deodat("document liquidation P26-0001 --data d --out nowhere/n.html").code, 74);
}

// Each export is in the register, with the hash of the bytes that went out.
TEST_F(Cli, RegistersEachExport) {
    play();
    std::vector<std::string> hashes;
    for (const std::string wanted :
         {"hledger", "beancount", "csv", "fec", "chain", "csv --person 1"}) {
        const Answer answer = deodat("export " + wanted + " --data d");
        EXPECT_EQ(answer.code, 0) << answer.err;
        EXPECT_TRUE(answer.err.empty()) << answer.err;
        hashes.push_back(hexadecimal(sha256(answer.out)));
    }
    const Answer list = deodat("export list --data d");
    const auto lines = testing_support::split(list.out, '\n');
    ASSERT_EQ(lines.size(), 1 + hashes.size()) << list.out;
    for (std::size_t i = 0; i < hashes.size(); ++i) {
        EXPECT_NE(lines[i + 1].find(hashes[i]), std::string::npos) << lines[i + 1];
        EXPECT_EQ(lines[i + 1].find("ligne de commande") == std::string::npos, i == 5);
    }
    EXPECT_NE(lines[4].find("fec 2026"), std::string::npos) << lines[4];
    // Nothing is written for what is refused, nor registered.
    for (const char* refused :
         {"fec --year 1999", "fec --year x", "csv --person 99", "csv --person -1"}) {
        const Answer answer = deodat("export " + std::string(refused) + " --data d");
        EXPECT_EQ(answer.code, 1) << refused;
        EXPECT_TRUE(answer.out.empty()) << refused;
        EXPECT_FALSE(answer.err.empty()) << refused;
    }
    for (const char* wrong : {"csv --year 2026", "fec --out o2", "fec --siren 200071066",
                              "list --year 2026", "list --person 1"}) {
        EXPECT_EQ(deodat("export " + std::string(wrong) + " --data d").code, 2) << wrong;
    }
    EXPECT_EQ(deodat("export list --data d").out, list.out);
}

TEST_F(Cli, ARegisteredExportIsNeverChanged) {
    play();
    ASSERT_EQ(deodat("export csv --data d").code, 0);
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open((directory_ / "d/deodat.db").c_str(), &db), SQLITE_OK);
    for (const char* change :
         {"UPDATE journal_export SET person = 1", "DELETE FROM journal_export"}) {
        EXPECT_EQ(sqlite3_exec(db, change, nullptr, nullptr, nullptr), SQLITE_CONSTRAINT) << change;
    }
    sqlite3_close(db);
}

TEST_F(Cli, AFecHasItsLegalNameAndItsDescription) {
    play();
    fs::create_directory(directory_ / "fec");
    const std::string command = "export fec --year 2026 --siren 200071066 --out fec --data d";
    const Answer answer = deodat(command);
    EXPECT_EQ(answer.code, 0) << answer.err;
    EXPECT_TRUE(answer.out.empty());
    EXPECT_EQ(testing_support::bytes_of(directory_ / "fec/200071066FEC20261231.txt"),
              deodat("export fec --year 2026 --data d").out);
    EXPECT_NE(testing_support::bytes_of(directory_ / "fec/200071066FEC20261231-description.txt")
                  .find("exercice 2026"),
              std::string::npos);
    EXPECT_EQ(deodat(command).code, 1) << "replaced";
    EXPECT_EQ(deodat("export fec --siren 200071067 --out fec --data d").code, 1);
    EXPECT_EQ(deodat("export fec --siren 200071066 --out nowhere --data d").code, 74);
}

// Beside a process that writes, the export is made and says that it could not be registered.
TEST_F(Cli, AnExportBesideAWriterSaysThatItIsNotRegistered) {
    play();
    ASSERT_EQ(deodat("export csv --data d").code, 0);
    const int lock = ::open((directory_ / "d/lock").c_str(), O_RDWR | O_CLOEXEC);
    ASSERT_EQ(::flock(lock, LOCK_EX | LOCK_NB), 0);
    const Answer answer = deodat("export csv --data d");
    EXPECT_EQ(answer.code, 0);
    EXPECT_NE(answer.err.find("n'a pas pu être inscrit"), std::string::npos) << answer.err;
    EXPECT_NE(answer.err.find(hexadecimal(sha256(answer.out))), std::string::npos) << answer.err;
    EXPECT_EQ(testing_support::split(deodat("export list --data d").out, '\n').size(), 2U);
    ::close(lock);
}

TEST_F(Cli, ImportsNoOpeningIntoAJournalInUse) {
    play();
    std::ofstream(directory_ / "opening.csv")
        << "compte;dossier;financeur;entreprise;montant\n515;;;;1\n1021;;;;-1\n";
    const std::string command = "import opening opening.csv --data d --date 2025-10-01";
    const Answer answer = deodat(command + " --person 7");
    EXPECT_EQ(answer.code, 1);
    EXPECT_NE(answer.err.find("contient déjà"), std::string::npos) << answer.err;
    EXPECT_EQ(deodat(command + " --person x").code, 1);
    EXPECT_EQ(deodat(command).code, 2);
    EXPECT_EQ(deodat("import nothing opening.csv --data d --date 2025-10-01 --person 7").code, 2);
    EXPECT_EQ(deodat("import opening nowhere.csv --data d --date 2025-10-01 --person 7").code, 1);
}

// Set, read, reached and lifted; refusals say what would be right.
TEST_F(Cli, SetsAndListsLimits) {
    play();
    EXPECT_EQ(deodat("limit list --data d").out, "Aucune limite n'est en vigueur.\n");
    const std::string set = "limit set engaged --data d --reason Convention";
    const Answer done = deodat(set + " --funder anah --amount 1234567,89");
    EXPECT_EQ(done.code, 0) << done.err;
    EXPECT_NE(done.out.find("Engagé par Anah : limite de " + french(Money::cents(1'234'567'89))),
              std::string::npos)
        << done.out;
    EXPECT_EQ(deodat("limit set credit --account 515 --amount 0 --data d --reason Trésor").code, 0);
    const std::string listed = deodat("limit list --data d").out;
    EXPECT_NE(listed.find("Engagé par Anah"), std::string::npos) << listed;
    EXPECT_NE(listed.find("Crédit de « Compte au Trésor »"), std::string::npos) << listed;
    EXPECT_EQ(deodat(set + " --funder anah --lift").code, 0);
    EXPECT_EQ(deodat("limit list --data d").out.find("Anah"), std::string::npos);
    EXPECT_EQ(deodat("verify --data d").code, 0);
    const std::vector<std::pair<std::string, std::string>> wrong = {
        {"limit set engaged --funder nobody --amount 1 --data d --reason R", "nobody"},
        {"limit set spent --amount 1 --data d --reason R", "« spent »"},
        {"limit set outstanding --amount 1 --data d --reason R", "un financeur"},
        {"limit set debit --amount 1 --data d --reason R", "un compte"},
        {"limit set debit --account 12 --amount 1 --data d --reason R", "« 12 »"},
        {"limit set engaged --account 515 --amount 1 --data d --reason R", "un compte"},
        {"limit set engaged --amount 1,234 --data d --reason R", "1.234"},
        {"limit set engaged --amount 1 --data d --reason R --since 2020-01-01", "01/01/2020"},
        {"limit set engaged --amount 1 --data d --reason R --person 1", "rôle"},
        {"limit set engaged --amount 1 --data d --reason R --programme XX", "XX"},
    };
    for (const auto& [arguments, said] : wrong) {
        const Answer refused = deodat(arguments);
        EXPECT_EQ(refused.code, 1) << arguments;
        EXPECT_NE(refused.err.find(said), std::string::npos) << arguments << ": " << refused.err;
    }
    for (const char* misused :
         {"limit --data d", "limit set engaged --data d --reason R",
          "limit set engaged --data d --amount 1", "limit list engaged --data d",
          "limit set engaged --data d --amount 1 --lift --reason R"}) {
        EXPECT_EQ(deodat(misused).code, 2) << misused;
    }
}

TEST_F(Cli, FindsACentMovedBehindTheLedgersBack) {
    play();
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open((directory_ / "d/deodat.db").c_str(), &db), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(db,
                           "DROP TRIGGER posting_kept_update;"
                           "UPDATE posting SET cents = cents + 1 WHERE entry = 40 AND line = 1",
                           nullptr, nullptr, nullptr),
              SQLITE_OK);
    sqlite3_close(db);
    const Answer proof = deodat("verify --data d");
    EXPECT_EQ(proof.code, 70);
    EXPECT_NE(proof.out.find("Première écriture en cause : n° 40"), std::string::npos) << proof.out;
}

TEST_F(Cli, G19_BacksUpRestoresAndDrills) {
    play();
    const Answer taken = deodat("backup --data d --out b.db");
    EXPECT_EQ(taken.code, 0) << taken.err;
    EXPECT_TRUE(fs::exists(directory_ / "b.db.manifest"));
    EXPECT_EQ(deodat("backup --data d --out b.db").code, 1);
    EXPECT_EQ(deodat("restore b.db --drill").code, 0);
    EXPECT_EQ(deodat("restore b.db --data again").code, 0);
    EXPECT_EQ(deodat("verify --data again").out, deodat("verify --data d").out);
    EXPECT_EQ(deodat("export hledger --data again").out, deodat("export hledger --data d").out);
    EXPECT_EQ(deodat("restore b.db --data again").code, 1);
    std::ofstream(directory_ / "b.db", std::ios::app) << "x";
    for (const char* damaged : {"restore b.db --drill", "restore b.db --data third"}) {
        const Answer answer = deodat(damaged);
        EXPECT_EQ(answer.code, 1) << damaged;
        EXPECT_NE(answer.err.find("SHA-256"), std::string::npos) << answer.err;
    }
    EXPECT_FALSE(fs::exists(directory_ / "third"));
    for (const char* wrong :
         {"backup --data d", "restore", "restore b.db", "restore b.db --data x --drill"}) {
        EXPECT_EQ(deodat(wrong).code, 2) << wrong;
    }
    EXPECT_EQ(deodat("backup --data nowhere --out n.db").code, 1);
    EXPECT_EQ(deodat("backup --data d --out nowhere/n.db").code, 74);
}

TEST_F(Cli, RefusesWhatIsNotADataDirectory) {
    EXPECT_EQ(deodat("verify --data nowhere").code, 1);
    EXPECT_EQ(deodat("export hledger --data nowhere").code, 1);
    play();
    EXPECT_EQ(deodat("demo --data d --out o2").code, 1);
    std::ofstream(directory_ / "d/deodat.db")
        << "not a database, but long enough to be read as one....";
    EXPECT_EQ(deodat("verify --data d").code, 74);
}

}  // namespace
}  // namespace deodat
