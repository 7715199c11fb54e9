// Goal: what a bank writes is what we read, in each format. Method: random statements, written by
// the tests' own writers (tests/support/statement_writers.h) in every version, line end and style,
// read back through the door that all files come in by.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "ledger/bank/statement_file.h"
#include "tests/support/statement_writers.h"

namespace deodat {
namespace {

using namespace testing_support;

std::string word(std::size_t most, const std::string& alphabet) {
    const auto size = *rc::gen::inRange<std::size_t>(1, most + 1);
    std::string out;
    for (std::size_t i = 0; i < size; ++i) {
        const bool edge = i == 0 || i + 1 == size;
        const char c = alphabet[*rc::gen::inRange<std::size_t>(0, alphabet.size())];
        out += c == ' ' && (edge || out.back() == ' ') ? 'X' : c;
    }
    return out;
}

WrittenStatement drawn() {
    const std::string text = "ABCDEFGHIJKLMNOPQRSTUVWXYZ abc 0123456789&<;,'\"/.-";
    const std::string code = "ABCDEFGHIJ0123456789-";
    const auto flip = [] { return *rc::gen::arbitrary<bool>(); };
    WrittenStatement out;
    out.opening = *rc::gen::inRange<std::int64_t>(-99'999'999, 99'999'999);
    const auto count = *rc::gen::inRange<int>(1, 8);
    for (int i = 0; i < count; ++i) {
        WrittenMovement one;
        one.day = {2026, 11, 2 + (i * 2) / count};
        one.cents = *rc::gen::inRange<std::int64_t>(1, 9'999'999) * (flip() ? 1 : -1);
        one.label = word(31, text);
        if (flip()) one.name = word(35, text);
        if (flip()) one.end_to_end_id = word(30, code);
        if (flip()) one.reference = word(16, code);
        out.movements.push_back(one);
        // A true twin, now and then.
        if (*rc::gen::inRange(0, 4) == 0) out.movements.push_back(one);
    }
    return out;
}

void expect_same(const std::string& file, const bank::BankProfile& profile,
                 const WrittenStatement& written) {
    const auto read = bank::read_statements(file, profile);
    if (!read) RC_FAIL(read.refusal().message + "\n" + file);
    RC_ASSERT(read->size() == 1U);
    const bank::Statement& statement = read->front();
    for (const Refusal& obstacle : statement.obstacles) RC_FAIL(obstacle.message + "\n" + file);
    RC_ASSERT(statement.account_text == written.iban);
    RC_ASSERT(statement.opening->amount.cents() == written.opening);
    RC_ASSERT(statement.closing->amount.cents() == written.closing());
    RC_ASSERT(statement.movements.size() == written.movements.size());
    for (std::size_t i = 0; i < written.movements.size(); ++i) {
        const bank::Movement& one = statement.movements[i];
        const WrittenMovement& was = written.movements[i];
        RC_ASSERT(one.ordinal == static_cast<int>(i) + 1);
        RC_ASSERT(one.booking_day->iso() == iso(was.day));
        RC_ASSERT(one.amount.cents() == was.cents);
        RC_ASSERT(one.currency == "EUR");
        RC_ASSERT(one.bank_label + one.remittance == was.label);
        RC_ASSERT(one.counterparty_name == was.name);
        RC_ASSERT(one.end_to_end_id == was.end_to_end_id);
        RC_ASSERT(one.references.servicer == was.reference);
    }
}

TEST(StatementsProperty, CamtIsReadBackInEveryVersion) {
    EXPECT_TRUE(rc::check("camt.053", [] {
        const WrittenStatement written = drawn();
        const int version = *rc::gen::inRange(2, 14);
        expect_same(camt053(camt_statement(written, version), version), {}, written);
    }));
}

TEST(StatementsProperty, Cfonb120IsReadBackWithAnyLineEnd) {
    EXPECT_TRUE(rc::check("CFONB120", [] {
        const WrittenStatement written = drawn();
        const std::string line_end =
            *rc::gen::element<std::string>("\n", "\r\n", "\r", "", "   \r\n\r\n");
        expect_same(cfonb120(written, line_end, *rc::gen::inRange(2, 4)), {}, written);
    }));
}

TEST(StatementsProperty, CsvIsReadBackByItsMapping) {
    EXPECT_TRUE(rc::check("CSV", [] {
        const WrittenStatement written = drawn();
        CsvStyle style;
        style.separator = *rc::gen::element(';', ',', '\t');
        style.point = *rc::gen::element(",", ".");
        style.two_columns = *rc::gen::arbitrary<bool>();
        style.newest_first = *rc::gen::arbitrary<bool>();
        const auto mapping = bank::read_csv_mapping(csv_mapping(written, style));
        if (!mapping) RC_FAIL(mapping.refusal().message);
        expect_same(csv_export(written, style), {.mapping = *mapping}, written);
    }));
}

}  // namespace
}  // namespace deodat
