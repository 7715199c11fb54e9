// Goal: hledger reads our journal and finds our balances. Method: random entries (seeded) over
// account names that hold what the format does not, balances by hledger against our own sums; the
// escaping, case by case.
#include "reports/journal/hledger.h"

#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <sstream>

#include "tests/support/programs.h"

namespace deodat::reports {
namespace {

using testing_support::TestDirectory;

TEST(Hledger, WritesWhatItsContractShows) {
    std::ostringstream out;
    HledgerJournal journal(out, "Déodat");
    journal.write({.day = Day::of(2026, 1, 15),
                   .sequence = 42,
                   .event = "invoice_accepted",
                   .label = "Facture acceptée",
                   .piece = "F-2026-001",
                   .postings = {{{"4", "4581", "dossier D26-0001"}, Money::cents(123'450)},
                                {{"4", "4041", "SARL Étanche"}, Money::cents(-123'450)}}});
    EXPECT_EQ(out.str(),
              "; Déodat\ndecimal-mark .\ncommodity 1000.00 EUR\n\n"
              "2026-01-15 (42) Facture acceptée  ; event:invoice_accepted, piece:F-2026-001\n"
              "    4:4581:dossier D26-0001  1234.50 EUR\n"
              "    4:4041:SARL Étanche  -1234.50 EUR\n");
}

TEST(Hledger, EscapesAccountNames) {
    EXPECT_EQ(hledger_account({"4", "A  B\tC\nD"}), "4:A B C D");
    EXPECT_EQ(hledger_account({"4", "a\u00a0\u00a0b\u202f c"}), "4:a b c");
    EXPECT_EQ(hledger_account({"4", "x:y;z"}), "4:x/y,z");
    EXPECT_EQ(hledger_account({"4", "  "}), "4:(vide)");
    EXPECT_EQ(hledger_account({"(4)", "x"}), "'(4):x");
    EXPECT_EQ(hledger_account({"Créances"}), "Créances");
    EXPECT_EQ(hledger_text("a;b|c\nd"), "a,b/c d");
}

TEST(Hledger, RefusesAnUnbalancedEntry) {
    std::ostringstream out;
    HledgerJournal journal(out, "x");
    const HledgerEntry entry{.day = Day::of(2026, 1, 15),
                             .sequence = 1,
                             .event = {},
                             .label = "x",
                             .piece = {},
                             .postings = {{{"4"}, Money::cents(1)}}};
    EXPECT_THROW(journal.write(entry), BrokenInvariant);
    std::ofstream closed;
    EXPECT_THROW(HledgerJournal(closed, "x").write({Day::of(2026, 1, 15), 1, "", "", "", {}}),
                 EnvironmentFailure);
}

std::vector<std::string> random_account(std::mt19937_64& random) {
    static const std::vector<std::string> first{
        "1", "4",      "5", "8",      "(virtuel)", "[virtuel]", "* marqué",
        "!", "; rien", "",  "= auto", "~ période", "%",         "#"};
    static const std::vector<std::string> rest{"4581",
                                               "SARL  Étanche & Fils",
                                               "M. D'Âme; père",
                                               "a:b",
                                               "Œuvre\u00a0\u00a0sociale",
                                               "date:x",
                                               "[2026-01-01]",
                                               "1234.50 EUR",
                                               "@ 3 EUR",
                                               "tab\tici",
                                               "ligne\nsuite",
                                               "D26-0001",
                                               "Ørsted 日本 😀",
                                               "  bords  ",
                                               "\"guillemets\"",
                                               "= 5 EUR"};
    std::vector<std::string> path{first[random() % first.size()]};
    for (std::size_t i = random() % 3; i > 0; --i) path.push_back(rest[random() % rest.size()]);
    return path;
}

HledgerEntry random_entry(std::mt19937_64& random, std::int64_t sequence) {
    static const std::vector<std::string> labels{
        "Facture",         "; commentaire", "(99) code",    "* marque",    "a | b",   "",
        "date:2026-13-45", "deux\nlignes",  "[2026/99/99]", "=2026-01-01", "é œ €  x"};
    HledgerEntry entry{
        .day = Day::of(2026, 1, 1).plus_days(static_cast<std::int64_t>(random() % 365)),
        .sequence = sequence,
        .event = random() % 4 == 0 ? "" : "grant_notified",
        .label = labels[random() % labels.size()],
        .piece = random() % 4 == 0 ? "" : labels[random() % labels.size()],
        .postings = {}};
    Money sum;
    for (std::size_t i = 1 + random() % 5; i > 0; --i) {
        const auto cents = static_cast<std::int64_t>(random() % 2'000'000'001) - 1'000'000'000;
        entry.postings.push_back({random_account(random), Money::cents(cents)});
        sum += Money::cents(cents);
    }
    entry.postings.push_back({random_account(random), -sum});
    return entry;
}

TEST(Hledger, FindsOurBalances) {
    if (!testing_support::has_program("hledger")) GTEST_SKIP() << "skipped: no hledger";
    const TestDirectory directory;
    constexpr std::uint64_t seed = 20'260'115;
    std::mt19937_64 random(seed);
    std::map<std::string, std::int64_t> ours;
    std::ofstream file(directory / "journal.hledger");
    HledgerJournal journal(file, "Essai\nsur deux lignes");
    for (std::int64_t i = 1; i <= 200; ++i) {
        const HledgerEntry entry = random_entry(random, i);
        journal.write(entry);
        for (const HledgerPosting& posting : entry.postings) {
            ours[hledger_account(posting.account)] += posting.amount.cents();
        }
    }
    file.close();
    std::erase_if(ours, [](const auto& each) { return each.second == 0; });

    const testing_support::Outcome read = testing_support::run(
        "LC_ALL=C.UTF-8 hledger -f '" + (directory / "journal.hledger").string() +
        "' bal --flat -N -O csv 2>&1");
    ASSERT_EQ(read.status, 0) << read.output;
    std::map<std::string, std::int64_t> theirs;
    for (const std::string& line : testing_support::split(read.output, '\n')) {
        // "account","-1234.50 EUR", a quotation mark inside doubled
        const std::size_t between = line.rfind("\",\"");
        if (between == std::string::npos || line.starts_with("\"account\"")) continue;
        std::string account;
        for (std::size_t i = 1; i < between; ++i) {
            account += line[i];
            if (line[i] == '"') ++i;
        }
        std::string digits;
        for (const char c : line.substr(between + 3)) {
            if (c == '-' || (c >= '0' && c <= '9')) digits += c;
        }
        theirs[account] = std::stoll(digits);
    }
    EXPECT_EQ(theirs, ours) << "seed " << seed;
    EXPECT_GT(ours.size(), 100U);
}

}  // namespace
}  // namespace deodat::reports
