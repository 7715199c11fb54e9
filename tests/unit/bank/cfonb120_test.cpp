// Goal: a CFONB120 file is read to the cent with all that it says, or refused at the line that is
// wrong. Method: own records for payment pitfalls 17, 18 and 19 and the casebook, one fault at a
// time.
#include "ledger/bank/cfonb120.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "ledger/bank/statement_file.h"
#include "tests/support/statement_writers.h"

namespace deodat::bank {
namespace {

using testing_support::cfonb120;
using testing_support::cfonb_records;
using testing_support::WrittenStatement;

WrittenStatement small() {
    WrittenStatement out;
    out.opening = 10'000;
    out.movements = {{{2026, 11, 2}, -1'000, "VIR SEPA CHARPENTE", "CHARPENTE", "H26-1-A1", "REF1"},
                     {{2026, 11, 3}, 3'000, "VIR ANAH", "ANAH", "", ""}};
    return out;
}

std::string lines(const std::vector<std::string>& records) {
    std::string out;
    for (const std::string& record : records) out += record + "\n";
    return out;
}

Statement only(const std::string& file) {
    const auto read = read_statements(file, {});
    EXPECT_TRUE(read.ok()) << (read.ok() ? "" : read.refusal().message);
    if (!read.ok() || read->size() != 1) return Statement{};
    return read->front();
}

// Where a damaged file is refused: "ligne 2".
std::string place_of_damage(const std::string& file) {
    const auto read = read_statements(file, {});
    if (read.ok()) return "read";
    EXPECT_EQ(read.refusal().code, Code::statement_damaged) << read.refusal().message;
    return read.refusal().field;
}

TEST(Cfonb120, KeepsWhatEachRecordSays) {
    const Statement s = only(cfonb120(small(), "\r\n"));
    EXPECT_TRUE(s.bookable());
    EXPECT_EQ(s.format, "CFONB120");
    EXPECT_EQ(s.kind, StatementKind::end_of_day);
    EXPECT_EQ(s.id, "2026-11-02_2026-11-03");
    EXPECT_EQ(s.account_text, "FR7699999000010000000010106");
    EXPECT_EQ(s.currency, "EUR");
    EXPECT_EQ(s.opening->day, Day::of(2026, 11, 2));
    ASSERT_EQ(s.movements.size(), 2U);
    EXPECT_EQ(s.movements[0].bank_code, "CFONB/B1");
    EXPECT_EQ(s.movements[0].bank_label, "VIR SEPA CHARPENTE");
    EXPECT_EQ(s.movements[0].counterparty_name, "CHARPENTE");
    EXPECT_EQ(s.movements[0].end_to_end_id, "H26-1-A1");
    EXPECT_EQ(s.movements[0].references.servicer, "REF1");
    EXPECT_EQ(s.movements[0].value_day, Day::of(2026, 11, 2));
    EXPECT_EQ(s.movements[1].counterparty_name, "ANAH");
}

TEST(Cfonb120, P17_TheLastSignBearsTheDigitAndTheSign) {
    auto records = cfonb_records(small(), 2);
    const auto closing_with = [&](const std::string& amount, char decimals) {
        auto changed = records;
        changed.back().replace(90, 14, amount);
        changed.back()[19] = decimals;
        return lines(changed);
    };
    const auto cents = [&](const std::string& amount, char decimals = '2') {
        return only(closing_with(amount, decimals)).closing->amount.cents();
    };
    EXPECT_EQ(cents("0000000166587J"), -1'665'871);
    EXPECT_EQ(cents("0000000166587A"), 1'665'871);
    EXPECT_EQ(cents("0000000001904}"), -19'040);
    EXPECT_EQ(cents("0000000001904{"), 19'040);
    EXPECT_EQ(cents("0000000000001R"), -19);
    EXPECT_EQ(cents("0000000000001I"), 19);
    EXPECT_EQ(cents("0000000012000{", '3'), 12'000);
    EXPECT_EQ(cents("0000000000012{", '0'), 12'000);
    for (const char* bad : {"00000000016658", "0000000166587S", "0000000166587j", "0000000166587 ",
                            "000000016658 J", "-000000166587J"}) {
        EXPECT_EQ(place_of_damage(closing_with(bad, '2')), "ligne 7") << bad;
    }
    EXPECT_EQ(place_of_damage(closing_with("0000000012000A", '3')), "ligne 7");
    EXPECT_EQ(place_of_damage(closing_with("0000000012000A", 'X')), "ligne 7");
    EXPECT_EQ(place_of_damage(closing_with("9999999999999I", '0')), "ligne 7");
    EXPECT_FALSE(only(closing_with("0000000012000A", '2')).bookable());
}

TEST(Cfonb120, P18_IsCutBy120AndRefusesOtherLengthsWithTheirLine) {
    const auto records = cfonb_records(small(), 2);
    EXPECT_TRUE(only(cfonb120(small(), "")).bookable());
    EXPECT_TRUE(only(cfonb120(small(), "\n\n")).bookable());
    EXPECT_TRUE(only(cfonb120(small(), "          \r\n")).bookable());
    auto wrapped = records;
    wrapped[1] = wrapped[1].substr(0, 90) + "\n" + wrapped[1].substr(90);
    EXPECT_EQ(place_of_damage(lines(wrapped)), "ligne 2");
    auto trimmed = records;
    trimmed[0].resize(104);
    EXPECT_EQ(place_of_damage(lines(trimmed)), "ligne 1");
    auto longer = records;
    longer[3] += "X";
    EXPECT_EQ(place_of_damage(lines(longer)), "ligne 4");
    EXPECT_EQ(place_of_damage(cfonb120(small(), "").substr(0, 250)), "enregistrement 3");
    // 240 characters of a CFONB120 end to end are two records, those of a CFONB240 none.
    const auto other = read_statements("31" + std::string(238, '0') + "\n", {});
    ASSERT_FALSE(other.ok());
    EXPECT_EQ(other.refusal().code, Code::not_a_statement);
}

TEST(Cfonb120, P18_ReadsAccentsInAnyEncodingOfTheirs) {
    auto written = small();
    written.movements[0].label = "V\xE9rif \xA7 \x80";  // Windows-1252
    const Statement western = only(cfonb120(written, "\n"));
    EXPECT_EQ(western.movements[0].bank_label, "Vérif § €");
    EXPECT_EQ(western.movements[0].end_to_end_id, "H26-1-A1");
    EXPECT_TRUE(western.bookable());
    EXPECT_EQ(only(cfonb120(written, "")).movements[0].bank_label, "Vérif § €");
    auto records = cfonb_records(small(), 2);
    records[1].replace(48, 5, "Vérif");
    EXPECT_EQ(only(lines(records)).movements[0].bank_label.substr(0, 6), "Vérif");
    EXPECT_TRUE(only("\xEF\xBB\xBF" + cfonb120(small(), "\n") + "\x1A").bookable());
    auto control = cfonb120(small(), "\n");
    control[200] = '\x07';
    EXPECT_EQ(place_of_damage(control), "ligne 2");
    control[200] = '\0';
    EXPECT_EQ(place_of_damage(control), "ligne 2");
    control[200] = '\t';
    EXPECT_EQ(place_of_damage(control), "ligne 2");
}

TEST(Cfonb120, P19_RefusesRecordsOutOfOrder) {
    const auto good = cfonb_records(small(), 2);  // 01 04 05 05 04 05 07
    const auto with = [&](const std::vector<int>& order) {
        std::vector<std::string> out;
        for (const int i : order) out.push_back(good[static_cast<std::size_t>(i)]);
        return place_of_damage(lines(out));
    };
    EXPECT_EQ(with({0, 1, 2, 3, 4, 5, 6}), "read");
    EXPECT_EQ(with({0, 2, 1, 3, 4, 5, 6}), "ligne 2");      // 05 before any 04
    EXPECT_EQ(with({6}), "enregistrement 1");               // 07 without 01
    EXPECT_EQ(with({0, 6, 6}), "ligne 3");                  // another after the end
    EXPECT_EQ(with({0, 1, 0, 6}), "ligne 3");               // a new 01 before 07
    EXPECT_EQ(with({1, 2, 3}), "ligne 1");                  // no balance at all
    EXPECT_EQ(with({0, 1, 2, 3, 4, 5}), "fin du fichier");  // cut short
    EXPECT_EQ(with({0, 6, 0, 2, 6}), "ligne 4");            // 05 of another statement's 04
    EXPECT_EQ(with({0, 1, 2, 3, 4, 5, 6, 0}), "fin du fichier");
    auto unknown = good;
    unknown[2][1] = '6';
    EXPECT_EQ(place_of_damage(lines(unknown)), "ligne 3");
    auto other_account = good;
    other_account[4].replace(21, 11, "00000000999");
    EXPECT_EQ(place_of_damage(lines(other_account)), "ligne 5");
    auto impossible = good;
    impossible[6].replace(34, 6, "310226");
    EXPECT_EQ(place_of_damage(lines(impossible)), "ligne 7");
    auto backwards = good;
    backwards[6].replace(34, 6, "011126");
    EXPECT_EQ(place_of_damage(lines(backwards)), "ligne 7");
}

TEST(Cfonb120, BNK_17_KeepsALineWhoseDayDoesNotExist) {
    auto records = cfonb_records(small(), 2);
    records[1].replace(34, 6, "300227");
    records[4].replace(42, 6, "290227");
    const Statement s = only(lines(records));
    ASSERT_EQ(s.movements.size(), 2U);
    EXPECT_EQ(s.movements[0].booking_day, std::nullopt);
    EXPECT_EQ(s.movements[0].proposed_booking_day, Day::of(2027, 2, 28));
    EXPECT_FALSE(s.bookable());
    EXPECT_EQ(s.obstacles.at(0).code, Code::date_invalid);
    EXPECT_EQ(s.movements[1].proposed_value_day, Day::of(2027, 2, 28));
    EXPECT_TRUE(s.movements[1].doubt.has_value());
}

TEST(Cfonb120, ReadsEveryComplement) {
    auto records = cfonb_records(small(), 2);
    const std::string before = records[2].substr(0, 45);
    std::vector<std::string> more;
    for (const char* text : {"LIBFACTURE 12", "LCCLOT TOITURE", "REFTR-9", "RUMRUM-7",
                             "CBEFR7699998000300000000040412", "MMOCHF2 1",
                             "RCNNOTPROVIDED                        SALA", "   "}) {
        more.push_back(testing_support::padded(before + text, 120));
    }
    records.insert(records.begin() + 2, more.begin(), more.end());
    const Movement line = only(lines(records)).movements.at(0);
    EXPECT_EQ(line.remittance, "FACTURE 12 LOT TOITURE MMO CHF2 1 SALA");
    EXPECT_EQ(line.references.transaction, "TR-9");
    EXPECT_EQ(line.references.mandate, "RUM-7");
    EXPECT_EQ(line.counterparty_iban, "FR7699998000300000000040412");
    EXPECT_EQ(line.end_to_end_id, "H26-1-A1");  // the other one says that there is none
}

TEST(Cfonb120, SaysWhatMayNotBeBooked) {
    auto records = cfonb_records(small(), 2);
    const auto first_reason = [&](const std::vector<std::string>& changed) {
        const Statement s = only(lines(changed));
        return s.obstacles.empty() ? "bookable" : std::string(code_name(s.obstacles[0].code));
    };
    EXPECT_EQ(first_reason(records), "bookable");
    auto francs = records;
    for (std::string& record : francs) record.replace(16, 3, "CHF");
    EXPECT_EQ(first_reason(francs), "statement_currency");
    auto blank = records;
    for (const std::size_t i : {std::size_t{0}, records.size() - 1})
        blank[i].replace(16, 4, "    ");
    EXPECT_EQ(first_reason(blank), "bookable");
    EXPECT_EQ(only(lines(blank)).remarks.size(), 2U);
    auto odd = records;
    for (std::string& record : odd) record.replace(21, 11, "0000000-101");
    EXPECT_EQ(first_reason(odd), "statement_account_unknown");
    // Another bank's code on a movement of the same branch and number is told.
    auto bank = records;
    bank[1].replace(2, 5, "10556");
    EXPECT_EQ(first_reason(bank), "bookable");
    EXPECT_EQ(only(lines(bank)).remarks.size(), 1U);
}

}  // namespace
}  // namespace deodat::bank
