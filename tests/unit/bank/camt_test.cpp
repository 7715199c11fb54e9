// Goal: a bank's statement is read to the cent or not at all, and nothing that contradicts itself
// may be booked. Method: own fixtures for the casebook's BNK and SEC-14 faults, one fault at a time
// in a small statement, and random damage. The samples of others: samples_test.cpp.
#include "ledger/bank/camt.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "api/demo/bank_play.h"
#include "ledger/bank/xml.h"
#include "tests/support/replaced.h"

namespace deodat::bank {
namespace {

using testing_support::replaced;

namespace files = std::filesystem;

std::string read_file(const files::path& path) {
    std::ifstream in(path, std::ios::binary);
    EXPECT_TRUE(in.good()) << path;
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

std::string fixture(const std::string& name) {
    return read_file(files::path(DEODAT_ROOT) / "tests/data/bank" / name);
}

Statement only(const Result<std::vector<Statement>>& read) {
    EXPECT_TRUE(read.ok()) << (read.ok() ? "" : read.refusal().message);
    if (!read.ok() || read->size() != 1) return Statement{};
    return read->front();
}

bool has_obstacle(const Statement& statement, Code code) {
    for (const Refusal& obstacle : statement.obstacles) {
        if (obstacle.code == code) return true;
    }
    return false;
}

Code refusal_of(std::string_view xml) {
    const auto read = read_camt(xml);
    EXPECT_FALSE(read.ok());
    return read.ok() ? Code::usage : read.refusal().code;
}

// 100.00 + 30.00 - 10.00 = 120.00.
std::string small() {
    return R"(<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>
<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-11-04T05:00:00</CreDtTm></GrpHdr>
<Stmt><Id>S1</Id><CreDtTm>2026-11-04T05:00:00</CreDtTm>
<Acct><Id><IBAN>FR7699999000010000000010106</IBAN></Id></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<Dt><Dt>2026-11-02</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">120.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<Dt><Dt>2026-11-03</Dt></Dt></Bal>
<Ntry><Amt Ccy="EUR">30.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
<BookgDt><Dt>2026-11-03</Dt></BookgDt><ValDt><Dt>2026-11-04</Dt></ValDt></Ntry>
<Ntry><Amt Ccy="EUR">10.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>
<BookgDt><Dt>2026-11-03</Dt></BookgDt></Ntry>
</Stmt></BkToCstmrStmt></Document>
)";
}

TEST(Camt, ReadsAGroupedStatement) {  // casebook BNK-03, BNK-08, BNK-21, BNK-22; pitfalls 11, 12
    const Statement s = only(read_camt(fixture("camt053_v02_releve_groupe.xml")));
    ASSERT_TRUE(s.bookable()) << s.obstacles.front().message;
    EXPECT_EQ(s.kind, StatementKind::end_of_day);
    EXPECT_EQ(s.format, "camt.053.001.02");
    EXPECT_EQ(s.id, "REL-0211");
    EXPECT_EQ(s.message_id, "REL-2026-11-03");
    EXPECT_EQ(s.sequence_number, 211);
    EXPECT_EQ(s.account->text(), "FR7699999000010000000010106");
    EXPECT_EQ(s.first_day, Day::of(2026, 11, 3));
    EXPECT_EQ(s.opening->amount, Money::euros(10'000));
    EXPECT_EQ(s.closing->amount, Money::cents(763'035));
    EXPECT_EQ(s.booked_sum(), Money::cents(-236'965));
    const std::vector<std::int64_t> cents = {-65'000, -35'000, -150'000, -2'600, -30'000, 90'000,
                                             -25'000, -25'000, 444'400,  4'510,  725,     400};
    ASSERT_EQ(s.movements.size(), cents.size());
    for (std::size_t i = 0; i < cents.size(); ++i) {
        EXPECT_EQ(s.movements[i].amount.cents(), cents[i]) << i;
        EXPECT_EQ(s.movements[i].ordinal, static_cast<int>(i) + 1);
        EXPECT_EQ(s.movements[i].currency, "EUR");
    }
    EXPECT_EQ(s.movements[1].entry_ordinal, 1);
    EXPECT_EQ(s.movements.back().entry_ordinal, 10);
}

TEST(Camt, KeepsWhatEachLineSays) {
    const Statement s = only(read_camt(fixture("camt053_v02_releve_groupe.xml")));
    ASSERT_EQ(s.movements.size(), 12U);
    const Movement& roof = s.movements[0];
    EXPECT_EQ(roof.end_to_end_id, "H26-000001-A1");
    EXPECT_EQ(roof.references.payment_information, "VIR-2026-11-03-1");
    EXPECT_EQ(roof.counterparty_name, "Toitures du Haut-Pré");
    EXPECT_EQ(roof.counterparty_iban, "FR7699998000300000000040412");
    EXPECT_EQ(roof.remittance, "Facture 17 lot couverture");
    EXPECT_EQ(roof.bank_code, "PMNT/ICDT/ESCT");
    EXPECT_EQ(roof.announced_details, 2);
    EXPECT_EQ(roof.booking_day, Day::of(2026, 11, 3));
    const Movement& charges = s.movements[3];
    EXPECT_TRUE(charges.charges);
    EXPECT_EQ(charges.end_to_end_id, "");
    const Movement& unexplained = s.movements[4];
    ASSERT_TRUE(unexplained.doubt.has_value());
    EXPECT_EQ(unexplained.doubt->code, Code::movement_details_mismatch);
    EXPECT_EQ(unexplained.end_to_end_id, "");
    const Movement& back = s.movements[5];
    EXPECT_EQ(back.return_reason, "AC04");
    EXPECT_EQ(back.end_to_end_id, "H26-000000-A1");
    EXPECT_EQ(back.counterparty_name, "Plomberie Noire");
    EXPECT_EQ(s.movements[7].bank_label, "VIR AIDE RENOV");
    EXPECT_EQ(s.movements[8].status, MovementStatus::pending);
    // Half past eleven in the evening in UTC is the next day in Paris; another zone's day is kept
    // as written.
    EXPECT_EQ(s.movements[9].booking_day, Day::of(2026, 11, 3));
    EXPECT_EQ(s.movements[10].booking_day, Day::of(2026, 11, 3));
}

TEST(Camt, NamesTheOtherPartyOfAReturnWithoutAccounts) {
    const std::string ours =
        "<DbtrAcct><Id><IBAN>FR7699999000010000000010106</IBAN></Id></DbtrAcct>";
    const Statement s =
        only(read_camt(replaced(fixture("camt053_v02_releve_groupe.xml"), ours, "")));
    ASSERT_EQ(s.movements.size(), 12U);
    EXPECT_EQ(s.movements[5].counterparty_name, "Plomberie Noire");
}

TEST(Camt, KeepsAccountsApart) {  // casebook BNK-05, BNK-24
    const auto read = read_camt(fixture("camt053_v08_deux_comptes.xml"));
    ASSERT_TRUE(read.ok()) << read.refusal().message;
    ASSERT_EQ(read->size(), 2U);
    const Statement& a = (*read)[0];
    const Statement& b = (*read)[1];
    EXPECT_EQ(a.account_text, "FR7699999000010000000010106");
    EXPECT_EQ(b.account_text, "FR7699998000300000000040412");
    EXPECT_TRUE(a.bookable());
    EXPECT_TRUE(b.bookable());
    ASSERT_EQ(a.movements.size(), 2U);
    ASSERT_EQ(b.movements.size(), 3U);
    EXPECT_EQ(a.opening->code, "PRCD");
    EXPECT_EQ(a.opening->amount.cents(), -500);
    EXPECT_EQ(a.sequence_number, 7);
    EXPECT_EQ(a.movements[0].counterparty_name, "Région & Cie");
    EXPECT_EQ(a.movements[0].end_to_end_id, "");
    EXPECT_EQ(a.movements[0].references.creditor_reference, "RF18539007547034");
    EXPECT_EQ(b.movements[0].ordinal, 1);
}

TEST(Camt, BooksOnlyWhatBalances) {
    EXPECT_TRUE(only(read_camt(small())).bookable());
    const Statement off = only(read_camt(replaced(small(), "120.00", "120.01")));
    EXPECT_TRUE(has_obstacle(off, Code::statement_balance_mismatch));
    EXPECT_NE(off.obstacles.front().message.find("120,01"), std::string::npos)
        << off.obstacles.front().message;
    const Statement pending = only(read_camt(replaced(small(), "BOOK", "PDNG")));
    EXPECT_TRUE(has_obstacle(pending, Code::statement_balance_mismatch));
    const Statement unknown_code = only(read_camt(replaced(small(), "BOOK", "XXXX")));
    EXPECT_EQ(unknown_code.movements[0].status, MovementStatus::other);
    EXPECT_FALSE(unknown_code.bookable());
    for (const char* code : {"OPBD", "CLBD"}) {
        const Statement less = only(read_camt(replaced(small(), code, "ITAV")));
        EXPECT_TRUE(has_obstacle(less, Code::statement_balance_missing)) << code;
        EXPECT_EQ(less.movements.size(), 2U);
    }
    const Statement odd = only(read_camt(replaced(small(), "FR7699999", "FR7799999")));
    EXPECT_TRUE(has_obstacle(odd, Code::statement_account_unknown));
    const Statement francs = only(read_camt(replaced(small(), "\"EUR\">30.00", "\"CHF\">30.00")));
    EXPECT_TRUE(has_obstacle(francs, Code::statement_currency));
}

TEST(Camt, ReadsAStatementWithoutMovement) {  // pitfall 14
    std::string xml = small();
    xml.erase(xml.find("<Ntry>"), xml.rfind("</Ntry>") + 7 - xml.find("<Ntry>"));
    const Statement off = only(read_camt(xml));
    EXPECT_FALSE(off.bookable());
    const Statement still = only(read_camt(replaced(xml, "120.00", "100.00")));
    EXPECT_TRUE(still.bookable());
    EXPECT_TRUE(still.movements.empty());
}

TEST(Camt, P15_ToleratesTextsButNotAmounts) {
    const std::string long_text(204, 'x');
    const std::string detail = "<NtryDtls><TxDtls><RmtInf><Ustrd>" + long_text +
                               "</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>";
    const Statement s = only(read_camt(replaced(small(), "</Ntry>", "<Unknown/>" + detail)));
    EXPECT_TRUE(s.bookable());
    EXPECT_EQ(s.movements[0].remittance, long_text);
    ASSERT_EQ(s.remarks.size(), 1U);
    EXPECT_EQ(s.remarks[0].code, Code::text_invalid);
    EXPECT_EQ(refusal_of(replaced(small(), ">30.00<", ">30.00.<")), Code::statement_damaged);
}

TEST(Camt, ReversalsFollowTheBanksProfile) {  // casebook BNK-01
    const std::string reversal =
        replaced(replaced(small(), "<Sts>BOOK</Sts>", "<RvslInd>true</RvslInd><Sts>BOOK</Sts>"),
                 "CRDT</CdtDbtInd><Rvsl", "DBIT</CdtDbtInd><Rvsl");
    // This bank repeats the debit of the original: taken as booked, the statement is 60 short.
    const Statement as_booked = only(read_camt(reversal));
    EXPECT_EQ(as_booked.movements[0].amount.cents(), -3'000);
    EXPECT_TRUE(has_obstacle(as_booked, Code::statement_balance_mismatch));
    EXPECT_NE(as_booked.obstacles.front().message.find("RvslInd"), std::string::npos);
    const Statement flipped = only(read_camt(reversal, ReversalSign::of_the_original));
    EXPECT_EQ(flipped.movements[0].amount.cents(), 3'000);
    EXPECT_TRUE(flipped.movements[0].reversal);
    EXPECT_TRUE(flipped.bookable());
}

TEST(Camt, ShowsButNeverBooksOtherMessages) {  // casebook BNK-06
    std::string intraday = small();
    for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
             {"camt.053.001.02", "camt.052.001.02"},
             {"<BkToCstmrStmt>", "<BkToCstmrAcctRpt>"},
             {"</BkToCstmrStmt>", "</BkToCstmrAcctRpt>"},
             {"<Stmt>", "<Rpt>"},
             {"</Stmt>", "</Rpt>"}}) {
        intraday = replaced(intraday, from, to);
    }
    const Statement s = only(read_camt(intraday));
    EXPECT_EQ(s.kind, StatementKind::intraday);
    EXPECT_EQ(s.movements.size(), 2U);
    EXPECT_TRUE(has_obstacle(s, Code::statement_not_final));
    for (const char* type :
         {"camt.053.001.14", "camt.053.001.01", "camt.055.001.09", "pain.001.001.09"}) {
        EXPECT_EQ(refusal_of(replaced(small(), "camt.053.001.02", type)), Code::not_a_statement);
    }
    EXPECT_EQ(refusal_of("<html><body/></html>"), Code::not_a_statement);
    // A camt.053 namespace around another message is not "0 lines, done".
    EXPECT_EQ(refusal_of(replaced(intraday, "camt.052.001.02", "camt.053.001.02")),
              Code::statement_damaged);
}

TEST(Camt, RefusesWhatMovesMoneyUnclearly) {
    for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
             {">30.00<", ">8.954<"},
             {">30.00<", ">-30.00<"},
             {">30.00<", "><"},
             {">30.00<", ">30,00<"},
             {"<Amt Ccy=\"EUR\">30.00", "<Amt>30.00"},
             {"<Sts>BOOK</Sts>", ""},
             {"<CdtDbtInd>DBIT</CdtDbtInd>", ""},
             {">10.00</Amt><CdtDbtInd>DBIT", ">10.00</Amt><CdtDbtInd>debit"}}) {
        EXPECT_EQ(refusal_of(replaced(small(), from, to)), Code::statement_damaged) << to;
    }
}

TEST(Camt, KeepsALineWhoseDayDoesNotExist) {  // casebook BNK-17
    const std::string xml = replaced(small(), "<BookgDt><Dt>2026-11-03", "<BookgDt><Dt>2027-02-30");
    const Statement s = only(read_camt(xml));
    ASSERT_EQ(s.movements.size(), 2U);
    EXPECT_EQ(s.movements[0].booking_day, std::nullopt);
    EXPECT_EQ(s.movements[0].proposed_booking_day, Day::of(2027, 2, 28));
    EXPECT_TRUE(has_obstacle(s, Code::date_invalid));
    const Statement value =
        only(read_camt(replaced(small(), "2026-11-04</Dt></ValDt>", "2027-02-29</Dt></ValDt>")));
    EXPECT_EQ(value.movements[0].proposed_value_day, Day::of(2027, 2, 28));
    EXPECT_TRUE(value.movements[0].doubt.has_value());
    EXPECT_TRUE(value.bookable());
    const Statement nonsense =
        only(read_camt(replaced(small(), "<BookgDt><Dt>2026-11-03", "<BookgDt><Dt>hier")));
    EXPECT_EQ(nonsense.movements[0].proposed_booking_day, std::nullopt);
    EXPECT_FALSE(nonsense.bookable());
}

// How many bytes the parser was shown of a file that is refused as XML: 0 when none. A parser that
// is shown a tag of megabytes, or an entity of its own, has already lost: time is what it costs.
std::size_t read_before_refusal(const std::string& xml) {
    const auto read = read_camt(xml);
    if (read.ok() || read.refusal().code != Code::xml_malformed) {
        ADD_FAILURE() << "not refused as XML: " << xml.substr(0, 100);
        return SIZE_MAX;
    }
    const auto& facts = read.refusal().facts;
    const auto at = std::find_if(facts.begin(), facts.end(),
                                 [](const auto& fact) { return fact.first == "bytes_read"; });
    return at == facts.end() ? SIZE_MAX : std::stoul(at->second);
}

TEST(Camt, RefusesHostileFilesAtOnce) {  // casebook SEC-14
    std::string bomb = "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY a \"ha\">";
    for (char c = 'b'; c < 'l'; ++c) {
        bomb += std::string("<!ENTITY ") + c + " \"";
        for (int i = 0; i < 10; ++i) bomb += std::string("&") + static_cast<char>(c - 1) + ";";
        bomb += "\">";
    }
    EXPECT_EQ(read_before_refusal(bomb + "]><Document>&k;</Document>"), 0U);
    EXPECT_EQ(read_before_refusal("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>"), 0U);
    EXPECT_EQ(read_before_refusal("<a b=\"" + std::string(100'000'000, 'x') + "\"/>"), 0U);
    // The parser reads an unfinished tag or comment again with each slice.
    const std::string long_value(30'000'000, 'x');
    std::string gaps = long_value;
    for (std::size_t i = 0; i < gaps.size(); i += 1'000) gaps[i] = '>';
    EXPECT_EQ(read_before_refusal("<a b=\"" + long_value + "\"/>"), 0U);
    EXPECT_EQ(read_before_refusal("<a b='" + gaps + "'/>"), 0U);
    EXPECT_EQ(read_before_refusal("<a><!--" + gaps + "--></a>"), 0U);
    EXPECT_EQ(read_before_refusal("<a><?p " + gaps + "?></a>"), 0U);
    EXPECT_EQ(read_before_refusal("<" + long_value + "/>"), 0U);
    EXPECT_EQ(read_before_refusal(std::string("<\0a\0/\0>\0", 8)), 0U);
    EXPECT_EQ(read_before_refusal(""), 0U);
    // A slice is 4,096 bytes: what is wrong within the first ends the reading there.
    std::string nested = "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\">";
    for (int i = 0; i < 1'000'000; ++i) nested += "<a>";
    for (int i = 0; i < 1'000'000; ++i) nested += "</a>";
    const auto deep = read_camt(nested + "</Document>");
    ASSERT_FALSE(deep.ok());
    EXPECT_NE(deep.refusal().message.find("niveaux"), std::string::npos) << deep.refusal().message;
    EXPECT_LE(read_before_refusal(nested + "</Document>"), 4'096U);
    EXPECT_LE(read_before_refusal("<a>&undeclared;" + long_value + "</a>"), 4'096U);
    std::string many = "<a>";
    for (int i = 0; i < 20'000; ++i) many += "<n" + std::to_string(i) + "/>";
    EXPECT_LE(read_before_refusal(many + "</a>"), 90'000U);  // ten thousand names of some 8 bytes
    EXPECT_EQ(read_before_refusal(small().substr(0, small().size() / 2)), small().size() / 2);
    // Long texts are no harm: read whole, and seen to be no statement.
    EXPECT_EQ(refusal_of("<a><![CDATA[" + gaps + "]]></a>"), Code::not_a_statement);
    EXPECT_EQ(refusal_of("<a>" + gaps + "</a>"), Code::not_a_statement);
}

TEST(Camt, SurvivesSumsBeyondBounds) {
    std::string huge = replaced(small(), ">30.00<", ">99999999999.99<");
    huge = replaced(huge, ">10.00</Amt><CdtDbtInd>DBIT", ">99999999999.99</Amt><CdtDbtInd>CRDT");
    const Statement s = only(read_camt(huge));
    EXPECT_EQ(s.booked_sum(), std::nullopt);
    EXPECT_TRUE(has_obstacle(s, Code::statement_balance_mismatch));
}

// One change of one of five kinds; most often a digit, which leaves the file well formed and its
// figures wrong.
void damage(std::string& xml, std::mt19937& random) {
    const auto below = [&](std::size_t limit) { return random() % limit; };
    if (xml.empty()) return;
    const std::size_t at = below(xml.size());
    const std::size_t span = std::min<std::size_t>(1 + below(40), xml.size() - at);
    switch (below(12)) {
        case 0:
            xml.resize(at);
            return;
        case 1:
            xml[at] = static_cast<char>(below(256));
            return;
        case 2:
            xml.erase(at, span);
            return;
        case 3:
            xml.insert(at, xml.substr(at, span));
            return;
        default:
            break;
    }
    const std::size_t digit = xml.find_first_of("0123456789", at);
    if (digit != std::string::npos) xml[digit] = static_cast<char>('0' + below(10));
}

bool proved(const Statement& s) {
    WideSum closing;
    closing.add(s.opening->amount);
    for (const Movement& m : s.movements) {
        if (m.status == MovementStatus::booked) closing.add(m.amount);
    }
    return closing.money() == s.closing->amount && s.account.has_value();
}

TEST(Camt, RandomDamageNeverThrows) {
    const std::vector<std::string> seeds = {small(), fixture("camt053_v02_releve_groupe.xml"),
                                            fixture("camt053_v08_deux_comptes.xml")};
    int read_whole = 0;
    int refused = 0;
    EXPECT_TRUE(rc::check("cut, changed, doubled or dropped bytes give a result", [&] {
        std::mt19937 random(*rc::gen::arbitrary<std::uint32_t>());
        for (int trial = 0; trial < 60; ++trial) {
            std::string xml = seeds[random() % seeds.size()];
            for (std::size_t i = 1 + random() % 4; i > 0; --i) damage(xml, random);
            const auto read = read_camt(xml);
            read.ok() ? ++read_whole : ++refused;
            if (!read.ok()) {
                RC_ASSERT(!read.refusal().message.empty());
                continue;
            }
            for (const Statement& s : *read) RC_ASSERT(!s.bookable() || proved(s));
        }
    }));
    // Else the damage is so heavy, or so light, that it tests nothing.
    EXPECT_GT(read_whole, 500);
    EXPECT_GT(refused, 500);
}

demo::PlayedStatement played() {
    const Iban ours = french_iban({"99999", "00001", "00000000101"});
    const Iban theirs = french_iban({"99998", "00030", "00000000404"});
    demo::PlayedStatement statement{.account = ours,
                                    .id = "R-2026-0001",
                                    .sequence_number = 1,
                                    .created = instant_in_paris(Day::of(2026, 11, 4), 6),
                                    .first_day = Day::of(2026, 11, 3),
                                    .last_day = Day::of(2026, 11, 3),
                                    .opening = Money::euros(50'000),
                                    .movements = {}};
    const Day day = Day::of(2026, 11, 3);
    statement.movements.push_back({.day = day,
                                   .amount = Money::cents(-123'456),
                                   .end_to_end_id = "H26-000001-A1",
                                   .counterparty_name = "Charpente & Fils <SARL>",
                                   .counterparty_iban = theirs,
                                   .remittance = "Facture n° 12 \"toiture\""});
    statement.movements.push_back({.day = day,
                                   .amount = Money::cents(123'456),
                                   .end_to_end_id = "H26-000001-A1",
                                   .counterparty_name = "Charpente & Fils <SARL>",
                                   .return_reason = "AC04"});
    statement.movements.push_back(
        {.day = day, .amount = Money::euros(12'000), .counterparty_name = "Anah"});
    return statement;
}

TEST(BankPlay, IsReadBackWhole) {
    const Statement s = only(read_camt(demo::camt053_08(played())));
    ASSERT_TRUE(s.bookable()) << s.obstacles.front().message;
    ASSERT_EQ(s.movements.size(), 3U);
    EXPECT_EQ(s.closing->amount, Money::euros(62'000));
    EXPECT_EQ(s.movements[0].counterparty_name, "Charpente & Fils <SARL>");
    EXPECT_EQ(s.movements[0].counterparty_iban, "FR7699998000300000000040412");
    EXPECT_EQ(s.movements[0].remittance, "Facture n° 12 \"toiture\"");
    EXPECT_EQ(s.movements[1].return_reason, "AC04");
    EXPECT_EQ(s.movements[1].counterparty_name, "Charpente & Fils <SARL>");
    EXPECT_EQ(s.movements[1].end_to_end_id, "H26-000001-A1");
    EXPECT_EQ(s.movements[2].end_to_end_id, "");
    EXPECT_EQ(s.movements[2].counterparty_name, "Anah");
}

TEST(BankPlay, IsValidAgainstTheSchema) {
    const files::path schema =
        files::path(DEODAT_ROOT) / "../shared/samples/xsd/iso20022/camt.053.001.08.xsd";
    if (!files::exists(schema)) GTEST_SKIP() << "skipped: no schema here";
    const files::path out = files::temp_directory_path() / "deodat_bank_play_test.xml";
    std::ofstream(out, std::ios::binary) << demo::camt053_08(played());
    const std::string command =
        "xmllint --nonet --noout --schema '" + schema.string() + "' '" + out.string() + "'";
    EXPECT_EQ(std::system(command.c_str()), 0);
    files::remove(out);
}

}  // namespace
}  // namespace deodat::bank
