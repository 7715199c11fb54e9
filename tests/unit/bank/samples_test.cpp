// Goal: every statement that others published is shown, or refused, as it should be. Method: what a
// reader in another language found in each file (an XML parser, exact decimals; the columns of
// CFONB120): statements, entries, their sum, the balances; and what of it may be booked.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "ledger/bank/statement_file.h"

namespace deodat::bank {
namespace {

namespace files = std::filesystem;

struct Sample {
    const char* file;
    const char* refused;  // the code; empty for what is shown
    std::int64_t statements;
    std::int64_t entries;
    std::int64_t cents;          // of all entries, booked or not, whatever the currency
    std::int64_t opening_cents;  // of all statements; a balance that is missing counts nothing
    std::int64_t closing_cents;
    std::int64_t bookable;  // statements
};

const std::vector<Sample>& samples() {
    static const std::vector<Sample> rows = {
        {"camt/genkgo_camt052.v1.xml", "not_a_statement", 0, 0, 0, 0, 0, 0},
        {"camt/genkgo_camt052.v2.other-account.xml", "", 1, 1, -20000000, 0, 0, 0},
        {"camt/genkgo_camt052.v2.with-account-name.xml", "", 1, 1, -20000000, 0, 0, 0},
        {"camt/genkgo_camt052.v2.xml", "", 1, 1, -20000000, 0, 0, 0},
        {"camt/genkgo_camt052.v4.xml", "", 1, 1, -20000000, 0, 0, 0},
        {"camt/genkgo_camt052.v6.Amt-zero.xml", "", 1, 1, -20000000, 0, 0, 0},
        {"camt/genkgo_camt052.v6.xml", "", 1, 1, -20000000, 0, 0, 0},
        {"camt/genkgo_camt052.v8.xml", "", 1, 1, -20000000, 0, 0, 0},
        {"camt/genkgo_camt053.v2.all-balance-types.xml", "", 1, 1, 885, 101, 404, 0},
        {"camt/genkgo_camt053.v2.five.decimals.xml", "", 1, 1, 885, 1815, 2705, 0},
        {"camt/genkgo_camt053.v2.minimal.ultimate.xml", "", 1, 1, 885, 1815, -2700, 0},
        {"camt/genkgo_camt053.v2.minimal.xml", "", 1, 1, 885, 1815, -2700, 0},
        {"camt/genkgo_camt053.v2.multi.statement.xml", "", 2, 2, 185, 4515, 4700, 2},
        {"camt/genkgo_camt053.v2.with-account-name.xml", "", 1, 1, 885, 0, 0, 0},
        {"camt/genkgo_camt053.v2.with-party-ids.xml", "", 1, 1, 885, 1815, -2700, 0},
        {"camt/genkgo_camt053.v2.wrong.xml", "statement_damaged", 0, 0, 0, 0, 0, 0},
        {"camt/genkgo_camt053.v3.xml", "", 1, 1, 885, 1815, -2700, 0},
        {"camt/genkgo_camt053.v4.xml", "", 1, 1, 885, 1815, -2700, 0},
        {"camt/genkgo_camt053.v8.xml", "", 1, 1, 885, 1815, -2700, 0},
        {"camt/genkgo_camt054.v2.with-account-name.xml", "", 1, 1, -20000000, 0, 0, 0},
        {"camt/genkgo_camt054.v2.xml", "", 1, 1, -20000000, 0, 0, 0},
        {"camt/genkgo_camt054.v4.xml", "", 1, 1, -20000000, 0, 0, 0},
        {"camt/genkgo_camt054.v8-with-UETR.xml", "", 1, 1, -20000000, 0, 0, 0},
        {"camt/genkgo_camt054.v8-with-financial-institution.xml", "", 1, 1, -20000000, 0, 0, 0},
        {"camt/genkgo_camt054.v8.xml", "", 1, 1, -20000000, 0, 0, 0},
        {"camt/genkgo_camt53.only-Dt-with-DtTm.xml", "", 1, 0, 0, 544209, 0, 0},
        {"camt/iso20022js_abn_amro_example_camt.xml", "", 1, 13, -90000, 100001, 10001, 1},
        {"camt/iso20022js_goldman_sachs_camt_053_uk_v2_1.xml", "", 2, 6, -20000, 33449342458,
         33449333293, 0},
        {"camt/iso20022js_goldman_sachs_camt_053_us_v2_sample.xml", "", 1, 15, 3094, -84368620,
         -84666515, 0},
        {"camt/iso20022js_ing_example_camt.xml", "", 1, 9, 60500, 100000, 160500, 1},
        {"camt/iso20022js_nordea_example_camt.xml", "", 1, 6, 860000, 20050, 880050, 0},
        {"camt/moov_200519_camt.052_P_CH2909000000250094239_1110092686_0_2019042416072347.xml", "",
         1, 2, -101600, 20850919, 0, 0},
        {"camt/"
         "moov_200519_camt.054-Credit_P_CH2909000000250094239_1110092691_0_2019042421291293.xml",
         "", 1, 1, 150000, 0, 0, 0},
        {"camt/"
         "moov_200519_camt.054-Debit_P_CH2909000000250094239_1110092692_0_2019042401501580.xml",
         "", 1, 1, -91300, 0, 0, 0},
        {"camt/moov_200519_camt.054_P_CH2909000000250094239_1111091335_0_2020061900081727.xml", "",
         1, 1, 169222, 0, 0, 0},
        {"camt/"
         "moov_200519_camt054-ESR-ASR_P_CH2909000000250094239_1110092704_0_2019042500372179.xml",
         "", 1, 2, 139000, 0, 0, 0},
        {"camt/moov_200519_camt054-chdd_p_ch2909000000250094239_1110097484_0_20190520700381159.xml",
         "", 1, 1, 450, 0, 0, 0},
        {"camt/moov_200519_camt054-epo_p_ch5109000000250092291_1110097605_0_2019052003522556.xml",
         "", 1, 1, -75000, 0, 0, 0},
        {"camt/moov_200519_camt054-epo_p_ch5109000000250092291_1110097605_0_2019052103322231.xml",
         "", 1, 1, -75000, 0, 0, 0},
        {"camt/"
         "moov_200519_camt054-returns_p_ch2909000000250094239_1109800798_0_2019052023472022.xml",
         "", 1, 1, 40000, 0, 0, 0},
        {"camt/moov_200924_camt.054_P_CH2909000000250094239_1110092703_0_2019042423412214.xml", "",
         1, 1, 150000, 0, 0, 0},
        {"camt/moov_200924_camt.054_P_CH2909000000250094239_1111091335_0_2020061900081727.xml", "",
         1, 1, 169222, 0, 0, 0},
        {"camt/moov_FI_camt_052_sample.xml.xml", "", 2, 2, 222000, 0, 0, 0},
        {"camt/moov_FI_camt_053_sample.xml.xml", "", 1, 10, 1364483, 1000000, 2364483, 1},
        {"camt/moov_FI_camt_054_sample.xml.xml", "", 1, 6, 36995, 0, 0, 0},
        {"camt/moov_camt.053_P_CH2909000000250094239_1110092698_0_2020112503071366.xml", "", 1, 5,
         465602, 21199319, 21511221, 0},
        {"camt/moov_camt054-returns_p_ch5109000000250092291_1110097606_0_2020112500512470.xml", "",
         1, 1, 50000, 0, 0, 0},
        {"camt/moov_valid_camt_v09.xml", "not_a_statement", 0, 0, 0, 0, 0, 0},
        {"camt/oca_test-camt053-no-ntry.xml", "", 1, 0, 0, 152076, 152076, 0},
        {"camt/oca_test-camt053-txdtls.xml", "", 1, 1, 348300, 7596015, 7944315, 0},
        {"camt/oca_test-camt053.xml", "", 1, 3, -1299, 1556827, 1512112, 0},
        {"camt/oca_test-camt054.xml", "", 1, 1, 500, 0, 0, 0},
        {"camt/prowide_camt.053.001.07.xml", "", 1, 0, 0, 0, 0, 0},
        {"cfonb120/akretion_bank_statement.cfo", "", 1, 4, -200000, 8, 1187114, 0},
        {"cfonb120/pennylane_end_of_statement_without_beginning.txt", "statement_damaged", 0, 0, 0,
         0, 0, 0},
        {"cfonb120/pennylane_example.txt", "", 2, 6, 2668, -43161, -40493, 2},
        {"cfonb120/pennylane_invalid_date.txt", "statement_damaged", 0, 0, 0, 0, 0, 0},
        {"cfonb120/pennylane_new_statement_without_previous_ended.txt", "statement_damaged", 0, 0,
         0, 0, 0, 0},
        {"cfonb120/pennylane_operation.txt", "statement_damaged", 0, 0, 0, 0, 0, 0},
        {"cfonb120/pennylane_operation_already_defined.txt", "statement_damaged", 0, 0, 0, 0, 0, 0},
        {"cfonb120/pennylane_operation_detail_without_operation.txt", "statement_damaged", 0, 0, 0,
         0, 0, 0},
        {"cfonb120/pennylane_operation_out_of_statement.txt", "statement_damaged", 0, 0, 0, 0, 0,
         0},
        {"cfonb120/pennylane_operation_unstarted.txt", "statement_damaged", 0, 0, 0, 0, 0, 0},
        {"cfonb120/silarhi_cfonb.240-complex-test.txt", "not_a_statement", 0, 0, 0, 0, 0, 0},
        {"cfonb120/silarhi_complex-test.txt", "", 8, 5, -521090, 67558178, 67037088, 8},
        {"cfonb120/silarhi_non-strict-test.txt", "", 8, 5, -521090, 67558178, 67037088, 8},
        {"cfonb120/silarhi_simple-test.txt", "", 1, 0, 0, 1669565, 1669565, 1},
        {"cfonb120/silarhi_test-unused-parts.txt", "", 8, 0, 0, 1989434, 1989434, 8},
    };
    return rows;
}

std::string bytes_of(const files::path& path) {
    std::ifstream in(path, std::ios::binary);
    EXPECT_TRUE(in.good()) << path;
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

Sample figures(const std::vector<Statement>& statements) {
    Sample out = {"", "", static_cast<std::int64_t>(statements.size()), 0, 0, 0, 0, 0};
    for (const Statement& one : statements) {
        if (!one.movements.empty()) out.entries += one.movements.back().entry_ordinal;
        for (const Movement& line : one.movements) out.cents += line.amount.cents();
        if (one.opening) out.opening_cents += one.opening->amount.cents();
        if (one.closing) out.closing_cents += one.closing->amount.cents();
        out.bookable += one.bookable() ? 1 : 0;
    }
    return out;
}

TEST(Samples, AreShownOrRefusedAsTheyShouldBe) {
    const files::path root = files::path(DEODAT_ROOT) / "../shared/samples/samples";
    if (!files::exists(root)) GTEST_SKIP() << "skipped: no samples here";
    std::set<std::string> seen;
    for (const char* kind : {"camt", "cfonb120"}) {
        for (const auto& file : files::directory_iterator(root / kind)) {
            const std::string extension = file.path().extension().string();
            // What another program read of them, and a message of another kind.
            if (extension == ".pydata" || extension == ".json") continue;
            seen.insert(std::string(kind) + "/" + file.path().filename().string());
        }
    }
    for (const Sample& row : samples()) {
        EXPECT_EQ(seen.erase(row.file), 1U) << row.file;
        const auto read = read_statements(bytes_of(root / row.file), {});
        EXPECT_EQ(read.ok() ? "" : code_name(read.refusal().code), row.refused) << row.file;
        if (!read.ok()) continue;
        const Sample found = figures(*read);
        EXPECT_EQ(found.statements, row.statements) << row.file;
        EXPECT_EQ(found.entries, row.entries) << row.file;
        EXPECT_EQ(found.cents, row.cents) << row.file;
        EXPECT_EQ(found.opening_cents, row.opening_cents) << row.file;
        EXPECT_EQ(found.closing_cents, row.closing_cents) << row.file;
        EXPECT_EQ(found.bookable, row.bookable) << row.file;
    }
    EXPECT_TRUE(seen.empty()) << *seen.begin() << " has no row";
}

}  // namespace
}  // namespace deodat::bank
