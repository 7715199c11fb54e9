// Goal: our FEC passes every check of the specification of formats, section 8, and the checker that
// says so would see each of them broken. Method: the FEC of a year with an opening, whole; then
// damaged in one way for each rule: the checker must name that rule's number and no other.
#include <gtest/gtest.h>

#include <set>

#include "tests/support/accounting_programs.h"
#include "tests/support/dossier_fixture.h"

namespace deodat {
namespace {

class FecChecks : public testing_support::DossierTest {
  protected:
    void SetUp() override {
        DossierTest::SetUp();
        pay_in_fund(Money::euros(1'000));
        clock().set(instant_in_paris(Day::of(2027, 3, 20), 10));
        pay_in_fund(Money::euros(20));
        pay_in_fund(Money::euros(300));
        auto snapshot = store().snapshot();
        path_ = testing_support::write_fec(snapshot.db(), directory_.path(), 2027);
        if (!testing_support::has_program("python3")) GTEST_SKIP() << "skipped: no python3";
    }

    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path description() const {
        return directory_ / "200071066FEC20271231-description.txt";
    }
    // The numbers of the rules that the checker finds broken, each once; empty for none.
    std::set<std::string> broken() const {
        const auto checked =
            testing_support::run("python3 '" DEODAT_ROOT "/tests/scripts/check_fec.py' '" +
                                 path_.string() + "' 2027 2>&1 >/dev/null");
        std::set<std::string> out;
        for (const std::string& line : testing_support::split(checked.output, '\n')) {
            out.insert(line.substr(0, line.find(' ')));
        }
        EXPECT_EQ(out.empty(), checked.status == 0);
        return out;
    }
    // The same once `from`, which must be there, is replaced by `to`; the file is whole again
    // after.
    std::set<std::string> broken_with(const std::string& from, const std::string& to) const {
        const std::string whole = testing_support::bytes_of(path_);
        const std::size_t at = whole.find(from);
        EXPECT_NE(at, std::string::npos) << from;
        std::string damaged = whole;
        if (at != std::string::npos) damaged.replace(at, from.size(), to);
        std::ofstream(path_, std::ios::binary) << damaged;
        const auto out = broken();
        std::ofstream(path_, std::ios::binary) << whole;
        return out;
    }

    std::filesystem::path path_;

  private:
    testing_support::TestDirectory directory_;
};

using Rules = std::set<std::string>;

TEST_F(FecChecks, Section8_EveryCheckPasses) {
    EXPECT_EQ(broken(), Rules{});
}

TEST_F(FecChecks, Section8_1_EighteenFieldsInOrder) {
    EXPECT_EQ(broken_with("JournalCode\tJournalLib", "JournalLib\tJournalCode"), Rules{"8.1"});
    EXPECT_EQ(broken_with("\tMontantdevise\tIdevise", "\tMontantdevise\tIdevise\tDateRglt"),
              Rules{"8.1"});
}

TEST_F(FecChecks, Section8_2_AFlatFile) {
    const std::vector<std::pair<std::string, std::string>> damages = {
        {"\t1000,00\t", "\t1000.00\t"},   // a point
        {"\t1000,00\t", "\t1 000,00\t"},  // thousands set apart
        {"AN-2027\t20270101", "AN-2027\t2027-01-01"},
        {"AN-2027\t20270101", "AN-2027\t20270230"},  // no day of the calendar
        {"\xc0 nouveau", "\xc3\x80 nouveau"},        // UTF-8
        {"\xc0 nouveau", "\xc0\nnouveau"},           // a line's end inside a field
        {"20270101\t\t\r\n", "20270101\t\t\n"},      // another end of record
    };
    for (const auto& [from, to] : damages) {
        EXPECT_TRUE(broken_with(from, to).contains("8.2")) << to;
    }
    const std::string whole = testing_support::bytes_of(path());
    std::ofstream(path(), std::ios::binary) << whole.substr(0, whole.size() - 2);
    EXPECT_TRUE(broken().contains("8.2"));
    std::ofstream(path(), std::ios::binary) << whole;
    const std::string words = testing_support::bytes_of(description());
    std::ofstream(description()) << "Description du fichier de 2027.";
    EXPECT_EQ(broken(), Rules{"8.2"});
    std::filesystem::remove(description());
    EXPECT_EQ(broken(), Rules{"8.2"});
}

TEST_F(FecChecks, Section8_2_TheLegalName) {
    for (const char* wrong : {"fec.txt", "200071066FEC20261231.txt", "200071066FEC20271231.csv",
                              "200071067FEC20271231.txt"}) {
        const auto legal = path_;
        path_.replace_filename(wrong);
        std::filesystem::rename(legal, path_);
        std::ofstream(path_.parent_path() / (path_.stem().string() + "-description.txt"))
            << testing_support::bytes_of(description());
        EXPECT_EQ(broken(), Rules{"8.2"}) << wrong;
        std::filesystem::rename(path_, legal);
        path_ = legal;
    }
}

TEST_F(FecChecks, Section8_3_AccountsEntriesAndMandatoryFields) {
    EXPECT_EQ(broken_with("\t1021\t", "\tF021\t"), Rules{"8.3"});
    EXPECT_EQ(broken_with("\t1021\t", "\t10\t"), Rules{"8.3"});
    EXPECT_EQ(broken_with("AN-2027", ""), Rules{"8.3"});
    EXPECT_EQ(broken_with("AN-2027", "AN|2027"), Rules{"8.3"});
    EXPECT_EQ(broken_with("\t\tAN-2027", "D25-0001\t\tAN-2027"), Rules{"8.3"});
    const std::string whole = testing_support::bytes_of(path());
    const std::size_t last = whole.rfind('\n', whole.size() - 2) + 1;
    std::ofstream(path(), std::ios::binary) << whole.substr(0, last);
    EXPECT_EQ(broken(), (Rules{"8.3", "8.4"}));  // an entry of one line does not balance
}

TEST_F(FecChecks, Section8_4_WhatTheTaxOfficesToolComplainsOf) {
    const std::vector<std::pair<std::string, std::string>> damages = {
        {"\t0,00\t1000,00\t", "\t1000,00\t1000,00\t"},  // both filled
        {"\t0,00\t1000,00\t", "\t0,00\t0,00\t"},        // both nil
        {"\t1\t20270101", "\t1\t20280101"},             // outside the year
        {"\r\nTR\t", "\r\n\r\nTR\t"},                   // a blank line
        {"AN-2027\t", "AN-2027\t\t"},                   // another number of fields
        {"\t0,00\t20,00\t", "\t0,00\t20,01\t"},         // unbalanced
        {"\r\nTR\t", "\r\nTI\t"},                       // two journals
    };
    for (const auto& [from, to] : damages) {
        EXPECT_TRUE(broken_with(from, to).contains("8.4")) << to;
    }
}

// Entries change places or numbers: whole records are rewritten.
TEST_F(FecChecks, Section8_4_NumbersWithoutHolesInOrderOfValidation) {
    const std::string whole = testing_support::bytes_of(path());
    auto records = testing_support::split(whole, '\n');
    ASSERT_EQ(records.size(), 7U);  // the names, then three entries of two lines
    const auto broken_as = [&](const std::vector<std::size_t>& order, const auto& rewrite) {
        std::ofstream file(path(), std::ios::binary);
        for (const std::size_t i : order) {
            std::string record = records[i];
            if (i != 0) rewrite(record, i);
            file << record << '\n';
        }
        file.close();
        return broken();
    };
    const auto kept = [](std::string&, std::size_t) {};
    const auto put = [](std::string& record, const std::string& from, const std::string& to) {
        const std::size_t at = record.find(from);
        ASSERT_NE(at, std::string::npos) << record;
        record.replace(at, from.size(), to);
    };
    EXPECT_EQ(broken_as({0, 1, 2, 3, 4, 5, 6}, kept), Rules{});
    EXPECT_EQ(broken_as({0, 1, 2, 5, 6}, kept), Rules{"8.4"});        // a hole
    EXPECT_EQ(broken_as({0, 1, 2, 5, 6, 3, 4}, kept), Rules{"8.4"});  // not in order
    EXPECT_EQ(broken_as({0, 3, 4, 1, 2, 5, 6},
                        [&](std::string& record, std::size_t i) {
                            if (i < 3) put(record, "\t1\t", "\t2\t");
                            if (i == 3 || i == 4) put(record, "\t2\t", "\t1\t");
                        }),
              Rules{"8.4"});  // an opening entry after one of the year
    EXPECT_EQ(broken_as({0, 1, 2, 3, 4, 5, 6},
                        [&](std::string& record, std::size_t i) {
                            if (i > 4) put(record, "\t\t\t20270320\t", "\t\t\t20270319\t");
                        }),
              Rules{"8.4"});  // validated before the one above
}

}  // namespace
}  // namespace deodat
