// Goal: the demonstration is what we hand out: whole, repeatable, and agreed with by other people's
// programs. Method: played in-process once, its files read by hledger, LibreOffice and xmllint, its
// ledger read by us.
#include "api/demo/rules.h"
#include "api/demo/story.h"

#include <gmock/gmock.h>

#include <map>
#include <sstream>

#include "ledger/dossiers/dossier.h"
#include "ledger/journal/verification.h"
#include "reports/figures.h"
#include "reports/transfers/transfer_file.h"
#include "tests/support/accounting_programs.h"
#include "tests/support/dossier_fixture.h"
#include "tests/support/programs.h"

namespace deodat {
namespace {

namespace fs = std::filesystem;
using testing_support::must;

// The year, played once for all tests of this file.
struct Played {
    testing_support::TestDirectory directory;
    std::string told;
    Result<Done> outcome = play("data", "out", told);

    Result<Done> play(const std::string& data, const std::string& out, std::string& words) {
        std::ostringstream stream;
        auto result = demo::play(directory / data, directory / out, demo::rule_set(), stream);
        words = stream.str();
        return result;
    }
};

Played& played() {
    static Played year;
    return year;
}

std::vector<fs::path> files_of(const fs::path& directory, const std::string& extension) {
    std::vector<fs::path> out;
    for (const auto& entry : fs::directory_iterator(directory)) {
        if (entry.path().extension() == extension) out.push_back(entry.path());
    }
    std::sort(out.begin(), out.end());
    return out;
}

std::string schema(const std::string& name) {
    const char* given = std::getenv("DEODAT_SHARED");
    const fs::path shared =
        given != nullptr ? fs::path(given) : fs::path(DEODAT_ROOT) / "../shared";
    return (shared / "samples/xsd/iso20022" / name).string();
}

class Demo : public ::testing::Test {
  protected:
    void SetUp() override {
        ASSERT_TRUE(played().outcome.ok()) << played().outcome.refusal().message;
        clock_.emplace(instant_in_paris(Day::of(2026, 9, 30), 18));
        store_ = must(store::Store::open((played().directory / "data").string(),
                                         store::Store::Access::read, *clock_, random_));
    }
    fs::path out() { return played().directory / "out"; }
    std::optional<SetClock> clock_;
    SeededRandom random_{1};
    std::unique_ptr<store::Store> store_;
};

TEST_F(Demo, TellsTheWholeLifeOfSixDossiers) {
    const std::string& told = played().told;
    for (const char* expected :
         {"très modestes", "revenus modestes", "intermédiaires", "supérieurs", "deux taux de TVA",
          "Aide manuelle 1", "mandats de perception signés", "✋ Commander les travaux avant",
          "✋ Approuver l'ordre qu'on a établi soi-même", "motif AC04", "-A2", "1 000,00 € de moins",
          "abandonné avant travaux", "Dossier soldé", "soldes et dossiers vérifiés"}) {
        EXPECT_NE(told.find(expected), std::string::npos) << expected;
    }
    auto snapshot = store_->snapshot();
    std::map<std::string, int> states;
    for (const auto& dossier : dossiers::dossiers_of(snapshot.db(), {1})) {
        ++states[std::string(dossiers::state_name(dossier.state))];
    }
    EXPECT_EQ(states, (std::map<std::string, int>{{"closed", 4}, {"open", 1}, {"abandoned", 1}}));
}

TEST_F(Demo, EveryEventOfTheThinWayIsPosted) {
    auto snapshot = store_->snapshot();
    std::set<std::string> seen;
    journal::for_each_entry(snapshot.db(), journal::last_entry(snapshot.db()),
                            [&](const journal::EntryRow& entry) { seen.insert(entry.event); });
    for (const char* event :
         {"fund_paid_in", "grant_notified", "grant_refused", "works_ordered",
          "household_share_called", "household_receipt", "order_approved", "order_released",
          "transfer_paid", "transfer_returned", "claim_filed", "claim_title_issued",
          "claim_received", "claim_reduced", "dossier_closed"}) {
        EXPECT_TRUE(seen.count(event)) << event;
    }
}

TEST_F(Demo, PlayedTwiceGivesTheSameBytes) {
    std::string told;
    ASSERT_TRUE(played().play("data2", "out2", told).ok());
    EXPECT_EQ(told, played().told);
    std::size_t count = 0;
    for (const auto& entry : fs::directory_iterator(out())) {
        const fs::path other = played().directory / "out2" / entry.path().filename();
        EXPECT_EQ(testing_support::bytes_of(entry.path()), testing_support::bytes_of(other))
            << entry.path().filename();
        ++count;
    }
    EXPECT_GE(count, 5U + 1U + 1U + 6U + 24U);
}

TEST_F(Demo, OnlyANewDirectoryIsPlayedInto) {
    std::string told;
    const auto again = played().play("data", "out3", told);
    ASSERT_FALSE(again.ok());
    EXPECT_EQ(again.refusal().code, Code::data_directory_exists);
    const auto over = played().play("data3", "out", told);
    ASSERT_FALSE(over.ok());
    EXPECT_EQ(over.refusal().field, "out");
    EXPECT_FALSE(fs::exists(played().directory / "data3/deodat.db"));
}

TEST_F(Demo, TransferFilesAreWhatABankTakes) {
    const auto files = files_of(out(), ".xml");
    std::size_t transfers = 0;
    std::size_t statuses = 0;
    for (const fs::path& path : files) {
        const std::string xml = testing_support::bytes_of(path);
        const bool ours = path.filename().string().rfind("virements-", 0) == 0;
        const bool status = path.filename().string().rfind("compte-rendu-", 0) == 0;
        statuses += status ? 1U : 0U;
        if (ours) {
            const auto read = must(reports::read_pain001(xml));
            EXPECT_TRUE(read.faults.empty()) << path << read.faults.at(0).message;
            EXPECT_EQ(read.announced_count, std::to_string(read.transfers.size()));
            EXPECT_EQ(read.announced_sum, decimal_text(*read.sum));
            transfers += read.transfers.size();
            EXPECT_EQ(xml.find("AdrLine"), std::string::npos);
        }
        const std::string xsd = schema(ours     ? "pain.001.001.09.xsd"
                                       : status ? "pain.002.001.11.xsd"
                                                : "camt.053.001.08.xsd");
        if (!fs::exists(xsd) || !testing_support::has_program("xmllint")) continue;
        EXPECT_EQ(testing_support::run("xmllint --noout --schema '" + xsd + "' '" + path.string() +
                                       "' 2>&1")
                      .status,
                  0)
            << path;
    }
    EXPECT_EQ(transfers, 6U);  // five dossiers, one of them twice
    EXPECT_EQ(statuses, 6U);   // the bank takes each file
    if (!fs::exists(schema("pain.001.001.09.xsd"))) GTEST_SKIP() << "skipped: no schemas here";
}

// hledger, ledger, Beancount and the checker of the FEC find our balance on every account.
TEST_F(Demo, OtherProgramsAgreeOnEveryAccount) {
    auto snapshot = store_->snapshot();
    std::ostringstream hledger;
    reports::export_hledger(snapshot.db(), journal::last_entry(snapshot.db()), hledger);
    EXPECT_EQ(testing_support::bytes_of(out() / "journal.hledger"), hledger.str());
    const testing_support::TestDirectory directory;
    const std::string absent =
        testing_support::judge_exports(snapshot.db(), directory.path(), {2025, 2026});
    EXPECT_GE(testing_support::ours_for_hledger(snapshot.db()).size(), 8U);
    if (!absent.empty()) GTEST_SKIP() << "skipped: no" << absent;
}

// Recalculated by LibreOffice, every control still says that lines and ledger agree.
TEST_F(Demo, WorkbooksAgreeOnceRecalculatedElsewhere) {
    if (!testing_support::has_program("soffice")) GTEST_SKIP() << "skipped: no LibreOffice";
    const auto files = files_of(out(), ".xlsx");
    ASSERT_EQ(files.size(), 6U);
    for (const fs::path& path : files) {
        ASSERT_TRUE(testing_support::convert(played().directory, path, "xlsx", "recalculated"));
        const auto ours = testing_support::read_xlsx(path);
        const auto theirs = testing_support::read_xlsx(played().directory / "recalculated" /
                                                       path.filename().string());
        std::size_t formulas = 0;
        std::size_t agreed = 0;
        for (const auto& [place, cell] : ours) {
            if (cell.formula.empty()) continue;
            ++formulas;
            const auto found = theirs.find(place);
            ASSERT_NE(found, theirs.end()) << path.filename() << place.second;
            if (cell.type == "n") {
                EXPECT_NEAR(std::stod(found->second.value), std::stod(cell.value), 0.001)
                    << path.filename() << " " << place.first << " " << place.second;
            } else {
                EXPECT_EQ(found->second.value, cell.value);
                if (cell.value.find("concorde") != std::string::npos) ++agreed;
            }
            EXPECT_EQ(found->second.value.find("écart"), std::string::npos);
        }
        EXPECT_GT(formulas, 20U) << path;
        EXPECT_GE(agreed, 5U) << path;
    }
}

// The figures of the reconciliation are those of the ledger, funder by funder.
TEST_F(Demo, ReconciliationsAreTheLedgers) {
    auto snapshot = store_->snapshot();
    store::Database& db = snapshot.db();
    const auto programme = funding::find_programme(db, {1});
    for (const funding::Funder& funder : funding::funders(db)) {
        const auto data = reports::read_funder_reconciliation(
            db, *programme, funder, {clock_->today(), journal::last_entry(db)});
        EXPECT_FALSE(data.grants.empty()) << funder.name;
        reports::GrantFigures sum;
        for (const auto& line : data.grants) {
            sum.notified += line.figures.notified;
            sum.received += line.figures.received;
            sum.outstanding += line.figures.outstanding;
            sum.difference += line.figures.difference;
            EXPECT_EQ(line.figures.outstanding,
                      line.figures.notified - line.figures.received + line.figures.difference);
        }
        EXPECT_EQ(sum.notified, data.ledger.notified) << funder.name;
        EXPECT_EQ(sum.received, data.ledger.received) << funder.name;
        EXPECT_EQ(sum.outstanding, data.ledger.outstanding) << funder.name;
        EXPECT_EQ(sum.difference, data.ledger.difference) << funder.name;
        EXPECT_EQ(data.ledger.difference, funder.code == "anah" ? -Money::euros(1'000) : Money())
            << funder.name;
    }
}

}  // namespace
}  // namespace deodat
