// Goal: no parser of what comes from outside holds more than ten times its input, and a fixed part
// that its own limits bound (1,000 statements, 10,000 transfers, 50,000 values, 100 errors…).
// Method: the allocator is counted; for each parser, inputs made of what costs it most a byte,
// small and large.
#include <gtest/gtest.h>

#include <iostream>

#include "ledger/bank/camt.h"
#include "ledger/bank/statement_file.h"
#include "ledger/base/csv.h"
#include "ledger/payments/electronic/pdf.h"
#include "reports/transfers/payment_file.h"
#include "rules/engine/compiler.h"
#include "rules/engine/lexer.h"
#include "rules/engine/parser.h"
#include "rules/facts/facts_json.h"
#include "rules/facts/strict_json.h"
#include "rules/plan/cash_plan.h"
#include "rules/plan/recomputation_json.h"
#include "rules/plan/what_if.h"
#include "tests/fuzz/inputs.h"
#include "tests/support/counted_memory.h"
#include "tests/support/raw_pdf.h"
#include "tests/support/statement_writers.h"

namespace deodat {
namespace {

constexpr std::size_t fixed_part = std::size_t{32} << 20U;
// A PDF may unpack to its bound, and each value of an array there costs qpdf a hundred bytes.
constexpr std::size_t pdf_part = std::size_t{128} << 20U;

std::string repeated(std::string_view what, std::size_t bytes) {
    std::string out;
    out.reserve(bytes + what.size());
    while (out.size() < bytes) out += what;
    return out;
}

template <class Parse>
void expect_bounded(const std::string& name, const std::string& input, const Parse& parse,
                    std::size_t fixed = fixed_part) {
    const std::size_t held = testing_support::most_memory_held([&] { parse(input); });
    std::cout << name << ": " << input.size() / 1024 << " KiB in, " << held / 1024 << " KiB held\n";
    EXPECT_LE(held, fixed + 10 * input.size()) << name;
}

// Begin, what is repeated, end: the repeated part is shown in the name.
struct Shape {
    std::string begin;
    std::string repeated_part;
    std::string end;
};

template <class Parse>
void expect_each_bounded(const std::string& parser, std::size_t bytes,
                         const std::vector<Shape>& shapes, const Parse& parse,
                         std::size_t fixed = fixed_part) {
    for (const Shape& shape : shapes) {
        for (const std::size_t size : {bytes / 32, bytes}) {
            expect_bounded(parser + " " + shape.repeated_part.substr(0, 40),
                           shape.begin + repeated(shape.repeated_part, size) + shape.end, parse,
                           fixed);
        }
    }
}

TEST(Memory, G20_BankMessages) {
    const std::string begin =
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt>";
    const std::string end = "</BkToCstmrStmt></Document>";
    const std::string amount = "<Amt Ccy=\"EUR\">1</Amt><CdtDbtInd>CRDT</CdtDbtInd>";
    const std::vector<Shape> shapes = {
        {begin + "<Stmt>", "<a/>", "</Stmt>" + end},
        {begin + "<Stmt>", "<a>b</a>", "</Stmt>" + end},
        {begin + "<Stmt>", "&#233;", "</Stmt>" + end},
        {begin, "<Stmt/>", end},
        {begin + "<Stmt>", "<Bal>" + amount + "</Bal>", "</Stmt>" + end},
        {begin + "<Stmt>", "<Ntry>" + amount + "<Sts>BOOK</Sts></Ntry>", "</Stmt>" + end},
        {begin + "<Stmt><Ntry>" + amount + "<Sts>BOOK</Sts><NtryDtls>", "<TxDtls/>",
         "</NtryDtls></Ntry></Stmt>" + end},
        {begin + "<Stmt><Ntry>" + amount + "<Sts>BOOK</Sts><NtryDtls><TxDtls><RmtInf>",
         "<Ustrd>a</Ustrd>", "</RmtInf></TxDtls></NtryDtls></Ntry></Stmt>" + end},
        {begin + "<Stmt><Ntry>" + amount + "<Sts>BOOK</Sts><AddtlNtryInf>" +
             std::string(100'000, 'x') + "</AddtlNtryInf><NtryDtls>",
         "<TxDtls>" + amount + "</TxDtls>", "</NtryDtls></Ntry></Stmt>" + end},
        {begin + "<Stmt><Ntry>" + amount + "<Sts>BOOK</Sts><NtryDtls>",
         "<TxDtls>" + amount + "</TxDtls>", "</NtryDtls></Ntry></Stmt>" + end},
    };
    expect_each_bounded("camt", std::size_t{4} << 20U, shapes,
                        [](const std::string& xml) { (void)bank::read_camt(xml); });
}

TEST(Memory, G20_Invoices) {
    const std::string cii =
        "<rsm:CrossIndustryInvoice "
        "xmlns:rsm=\"urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100\" "
        "xmlns:ram=\"urn:un:unece:uncefact:data:standard:"
        "ReusableAggregateBusinessInformationEntity:"
        "100\"><rsm:SupplyChainTradeTransaction>";
    const std::string cii_end = "</rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>";
    const std::string ubl =
        "<Invoice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\">";
    expect_each_bounded(
        "invoice", std::size_t{4} << 20U,
        {{cii, "<ram:IncludedSupplyChainTradeLineItem/>", cii_end},
         {cii + "<ram:ApplicableHeaderTradeSettlement>", "<ram:ApplicableTradeTax/>",
          "</ram:ApplicableHeaderTradeSettlement>" + cii_end},
         {cii, "<a b=\"c\" schemeID=\"0009\"/>", cii_end},
         {ubl, "<InvoiceLine/>", "</Invoice>"},
         {ubl, "<Note>a</Note>", "</Invoice>"},
         {ubl, "<AllowanceCharge/>", "</Invoice>"},
         {ubl, "<PaymentMeans/>", "</Invoice>"},
         {ubl,
          "<InvoiceLine><LineExtensionAmount "
          "currencyID=\"A\">1</LineExtensionAmount></InvoiceLine>",
          "</Invoice>"},
         {ubl + "<InvoiceLine>", "<AllowanceCharge><Amount>1</Amount></AllowanceCharge>",
          "</InvoiceLine></Invoice>"}},
        [](const std::string& xml) { fuzz::try_invoice(xml); });
}

TEST(Memory, G20_InvoicesInPdf) {
    const auto held = [](const std::string& name, const std::string& pdf) {
        expect_bounded(
            "pdf " + name, pdf,
            [](const std::string& bytes) { (void)payments::electronic::invoice_in_pdf(bytes); },
            pdf_part);
    };
    const std::size_t whole = payments::electronic::structure_bytes_max - 1'000;
    const std::string tree =
        "1 0 obj\n<< /Type /Catalog /Names << /EmbeddedFiles 2 0 R >> >>\nendobj\n";
    for (const std::string part : {"1 ", "[]", "<<>>", "()", "/a ", "(x) 2 0 R "}) {
        const std::string names = "<< /Names [" + repeated(part, whole) + "] >>";
        held(part, test::pdf_of({tree, "2 0 obj\n" + names + "\nendobj\n"}));
    }
    held("[", test::pdf_of({tree, "2 0 obj\n" + repeated("[", whole)}));
    held("objects", "%PDF-1.7\n" + repeated("1 0 obj\n1\nendobj\n", whole));
    held("xref", "%PDF-1.7\nxref\n0 99999999\n" + repeated("0000000000 65535 n \n", whole) +
                     "trailer\n<<>>\nstartxref\n9\n%%EOF");
    const auto cross_references = [](const std::string& filters, const std::string& data) {
        const std::string begin = "%PDF-1.7\n";
        return begin +
               test::stream_object(
                   1, "/Type /XRef /Root 1 0 R /W [1 1 1] /Size 999999 /Filter " + filters, data) +
               "startxref\n" + std::to_string(begin.size()) + "\n%%EOF";
    };
    // A run of 128 bytes is written in two; decoders stand one behind the other.
    held("runs", cross_references("[/FlateDecode /RunLengthDecode]",
                                  test::deflated(std::string(whole, '\x81'))));
    for (const char* filter : {"/Fl ", "/AHx ", "/RL "}) {
        held(filter, cross_references("[" + repeated(filter, whole) + "]", "x"));
    }
    // Small files that unpack to what is allowed, and to more.
    for (const std::size_t size : {whole, std::size_t{200} << 20U}) {
        const std::string entries = test::deflated(std::string(size, '\1'));
        held("cross-reference stream", cross_references("/FlateDecode", entries));
        held("embedded file",
             test::pdf_of({test::catalogue, test::file_spec,
                           test::stream_object(3, "/Filter /FlateDecode", entries)}));
    }
}

TEST(Memory, G20_FlatStatements) {
    const testing_support::WrittenStatement empty;
    const auto ends = testing_support::cfonb_records(empty, 2);
    testing_support::WrittenStatement one;
    one.movements = {{{2026, 11, 2}, 1, "X"}};
    const std::string movement = testing_support::cfonb_records(one, 2)[1] + "\n";
    const std::string complement =
        testing_support::padded("05" + movement.substr(2, 43) + "LIBX", 120) + "\n";
    expect_each_bounded("cfonb", std::size_t{4} << 20U,
                        {{ends[0] + "\n", movement, ends[1]},
                         {ends[0] + "\n" + movement, complement, ends[1]},
                         {"", "\n", ""},
                         {"", ends[0] + "\n", ""},
                         {"", ends[0] + "\n" + ends[1] + "\n", ""}},
                        [](const std::string& bytes) { (void)bank::read_statements(bytes, {}); });
    const bank::BankProfile profile = {
        .mapping = *bank::read_csv_mapping(testing_support::csv_mapping(one, {}))};
    const std::string headings = "Date;Libellé;Tiers;Référence;E2E;Montant;Solde\n";
    expect_each_bounded(
        "bank csv", std::size_t{4} << 20U,
        {{headings, "02/11/2026;X;;;;1;1000000\n", ""}, {"", ";", ""}},
        [&](const std::string& bytes) { (void)bank::read_statements(bytes, profile); },
        fixed_part + bank::movements_max * sizeof(bank::Movement));
}

// Three hundred megabytes, most of which nobody reads: what is held is the statement, not the file.
TEST(Memory, G20_AStatementOf300Megabytes) {
    testing_support::WrittenStatement one;
    one.movements.assign(50'000, {{2026, 11, 2}, 1, "VIR"});
    const std::string unread = "<Amt Ccy=\"EUR\">0.01</Amt><Xtra>" +
                               repeated("<x>" + std::string(100, 'y') + "</x>", 5'900) + "</Xtra>";
    std::string file;
    file.reserve(std::size_t{310} << 20U);
    const std::string plain = testing_support::camt053(testing_support::camt_statement(one, 8), 8);
    const std::string amount = "<Amt Ccy=\"EUR\">0.01</Amt>";
    std::size_t from = 0;
    for (std::size_t at = plain.find(amount, plain.find("<Ntry>")); at != std::string::npos;
         at = plain.find(amount, from)) {
        file.append(plain, from, at - from).append(unread);
        from = at + amount.size();
    }
    file.append(plain, from);
    ASSERT_GT(file.size(), 300'000'000U);
    std::size_t movements = 0;
    const std::size_t held = testing_support::most_memory_held([&] {
        const auto read = bank::read_statements(file, {});
        if (read.ok() && read->front().bookable()) movements = read->front().movements.size();
    });
    EXPECT_EQ(movements, 50'000U);
    EXPECT_LE(held, std::size_t{64} << 20U);
    // More movements than a file may hold end the reading there.
    one.movements.assign(bank::movements_max + 1, {{2026, 11, 2}, 1, "VIR"});
    for (const std::string& many :
         {testing_support::camt053(testing_support::camt_statement(one, 8), 8),
          testing_support::cfonb120(one, "\n")}) {
        const auto refused = bank::read_statements(many, {});
        ASSERT_FALSE(refused.ok());
        EXPECT_EQ(refused.refusal().code, Code::out_of_range);
    }
}

TEST(Memory, G20_TransferFiles) {
    const std::string begin =
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.09\"><CstmrCdtTrfInitn>";
    const std::string end = "</CstmrCdtTrfInitn></Document>";
    expect_each_bounded(
        "pain.001", std::size_t{4} << 20U,
        {{begin, "<PmtInf/>", end},
         {begin + "<PmtInf>", "<CdtTrfTxInf/>", "</PmtInf>" + end},
         {begin + "<PmtInf>",
          "<CdtTrfTxInf><Amt><InstdAmt Ccy=\"EUR\">1.00</InstdAmt></Amt></CdtTrfTxInf>",
          "</PmtInf>" + end}},
        [](const std::string& xml) { (void)reports::read_pain001(xml); });
}

TEST(Memory, G20_Tables) {
    expect_each_bounded("csv", std::size_t{4} << 20U,
                        {{"", ";", ""},
                         {"", "\n", ""},
                         {"", ";\n", ""},
                         {"", "a;b\n", ""},
                         {"\"", "x", ""},
                         {"\"", "\"\"", "\""},
                         {"", "\"", ""},
                         {"", "\"a\n", ""}},
                        [](const std::string& text) {
                            CsvReader reader(text, ';');
                            CsvRow row;
                            for (;;) {
                                const auto more = reader.next(row);
                                if (more && !*more) return;
                            }
                        });
}

TEST(Memory, G20_OpeningBalancesAndLists) {
    const std::string opening = "compte;dossier;financeur;entreprise;montant\n";
    const std::string rge =
        "siret,code_qualification,nom_qualification,domaine,organisme,lien_date_debut,"
        "lien_date_fin,date_debut,date_fin\n";
    fuzz::take_csv(opening);  // makes the ledger
    expect_each_bounded("opening or list", std::size_t{2} << 20U,
                        {{opening, ";\n", ""},
                         {opening, "515;;;;1\n", ""},
                         {opening, "\"\n", ""},
                         {opening, "999;;;;1\n", ""},
                         {rge, ",\n", ""},
                         {rge, "99900100100018,a,b,c,d,2025-01-01,2026-01-01\n", ""}},
                        [](const std::string& text) { fuzz::take_csv(text); });
}

TEST(Memory, G20_Json) {
    const std::vector<Shape> shapes = {
        {"", "[", ""},
        {"[", "1,", "1]"},
        {"[", "[],", "1]"},
        {"{", "\"a\":1,", "\"b\":1}"},
        {"\"", "\\u00e9", "\""},
        {"\"", "a", "\""},
        {"{\"changes\":[", "{\"drop_line\":0},", "{\"drop_line\":0}]}"},
        {"{\"changes\":[", "{},", "{}]}"},
        {"{\"notified\":[", "{\"aid\":\"a\",\"amount_cents\":1},",
         "{\"aid\":\"a\",\"amount_cents\":1}]}"},
        {"{\"invoices\":[", "{},", "{}]}"},
        {"{\"works\":{\"lines\":[", "{},", "{}]}}"},
    };
    expect_each_bounded("json", 990'000, shapes, [](const std::string& json) {
        (void)rules::facts_from_json(json);
        (void)rules::suppositions_from_json(json);
        (void)rules::notification_from_json(json);
        (void)rules::cash_calendar_from_json(json);
    });
}

TEST(Memory, G20_RuleTexts) {
    const std::string aid =
        "aid a.b \"A\"\n  paid by anah\n  deposited 2025-01-01 ..\n  source \"x\"\n";
    expect_each_bounded("rules", std::size_t{2} << 20U,
                        {{"", "a ", ""},
                         {"", "a\n", ""},
                         {"", "(", ""},
                         {"", "\n", ""},
                         {"", "# a\n", ""},
                         {aid + "  amount ", "1 + ", "1\n"},
                         {aid + "  amount ", "min(", "1\n"},
                         {aid + "  requires ", "dwelling.main_residence\n    ", "\n"},
                         {aid + "  requires owner.status in {", "a, ", "a}\n"},
                         {"", aid, ""},
                         {"", "aid\n", ""}},
                        [](const std::string& text) {
                            const std::vector<rules::RuleFile> files = {{"essai.rules", text}};
                            (void)rules::compile(files);
                        });
}

TEST(Memory, G20_ExportedChains) {
    expect_each_bounded("chain", std::size_t{4} << 20U,
                        {{"deodat-chain 1\n", "a", ""},
                         {"deodat-chain 1\nentry 1 ", "a", ""},
                         {"deodat-chain 1\nentry 1 00 00 ", "00", ""},
                         {"deodat-chain 1\nledger ", "00", "\n"},
                         {"deodat-chain 1\n", "ledger 00\n", ""},
                         {"deodat-chain 1\nsignature ", "00", " 00 00\n"}},
                        [](const std::string& text) { (void)fuzz::is_chain(text); });
    // What it accepts: links of nothing but what they must seal.
    expect_bounded("chain, entries", fuzz::chain_of_bare_entries(20'000),
                   [](const std::string& text) { EXPECT_TRUE(fuzz::is_chain(text)); });
}

// The limits that bound the fixed part, each one beyond what it admits.
TEST(Limits, G20_OfBankMessagesAndTransferFiles) {
    const auto code_of = [](const auto& read) {
        return read.ok() ? Code::not_found : read.refusal().code;
    };
    const auto many = [](const std::string& what, std::size_t count) {
        return repeated(what, what.size() * count);
    };
    const std::string camt =
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt>";
    const std::string camt_end = "</BkToCstmrStmt></Document>";
    const std::string entry = "<Amt Ccy=\"EUR\">1</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>";
    const auto statements = [&](std::size_t count) {
        return bank::read_camt(camt + many("<Stmt/>", count) + camt_end);
    };
    EXPECT_TRUE(statements(bank::statements_max).ok());
    EXPECT_EQ(code_of(statements(bank::statements_max + 1)), Code::out_of_range);
    const auto movements = [&](std::size_t count) {
        return bank::read_camt(camt + "<Stmt>" + many("<Ntry>" + entry + "</Ntry>", count) +
                               "</Stmt>" + camt_end);
    };
    const auto full = movements(bank::movements_max);
    ASSERT_TRUE(full.ok());
    EXPECT_EQ(full->front().movements.size(), bank::movements_max);
    EXPECT_LE(full->front().obstacles.size(), bank::remarks_max + 5);
    EXPECT_EQ(code_of(movements(bank::movements_max + 1)), Code::out_of_range);
    // Two hundred details would each repeat a hundred thousand signs.
    const auto repeating = bank::read_camt(
        camt + "<Stmt><Ntry><Amt Ccy=\"EUR\">200</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>" +
        "<NtryDtls>" + many("<TxDtls><Amt Ccy=\"EUR\">1</Amt></TxDtls>", 200) +
        "</NtryDtls><AddtlNtryInf>" + std::string(100'000, 'x') + "</AddtlNtryInf></Ntry></Stmt>" +
        camt_end);
    ASSERT_TRUE(repeating.ok());
    ASSERT_EQ(repeating->front().movements.size(), 1U);
    EXPECT_TRUE(repeating->front().movements[0].doubt.has_value());
    const auto transfers = [&](std::size_t count) {
        return reports::read_pain001(
            "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.09\"><CstmrCdtTrfInitn>"
            "<GrpHdr><MsgId>M</MsgId></GrpHdr><PmtInf>" +
            many("<CdtTrfTxInf/>", count) + "</PmtInf></CstmrCdtTrfInitn></Document>");
    };
    const auto file = transfers(reports::transfers_max);
    ASSERT_TRUE(file.ok());
    EXPECT_EQ(file->faults.size(), reports::faults_max);
    EXPECT_EQ(code_of(transfers(reports::transfers_max + 1)), Code::out_of_range);
    const auto lines = [&](std::size_t count) {
        return reports::read_payment_file("<PES_Aller><PES_DepenseAller><Bordereau><Piece>" +
                                              many("<LigneDePiece/>", count) +
                                              "</Piece></Bordereau></PES_DepenseAller></PES_Aller>",
                                          Day::of(2026, 11, 25));
    };
    EXPECT_TRUE(lines(reports::transfers_max).ok());
    EXPECT_EQ(code_of(lines(reports::transfers_max + 1)), Code::out_of_range);
}

TEST(Limits, G20_OfTablesFactsAndRules) {
    const std::string wide = std::string(CsvReader::cells_max, ';') + "\n";
    const std::string text = wide.substr(1) + wide + "a\n";
    CsvReader reader(text, ';');
    CsvRow row;
    ASSERT_TRUE(reader.next(row).ok());
    EXPECT_EQ(row.cells.size(), CsvReader::cells_max);
    const auto refused = reader.next(row);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.refusal().code, Code::malformed);
    ASSERT_TRUE(reader.next(row).ok());
    EXPECT_EQ(row.cells, std::vector<std::string>{"a"});
    EXPECT_EQ(row.line, 3);

    const std::string values = repeated("1,", 2 * rules::JsonDocument::values_max);
    const auto facts = rules::facts_from_json("[" + values + "1]");
    ASSERT_FALSE(facts.ok());
    EXPECT_EQ(facts.refusal().code, Code::out_of_range);

    const auto errors = [](const std::string& rule_text) {
        return rules::parse({"essai.rules", rule_text}).errors;
    };
    const auto long_one = errors(repeated("a\n", 2 * rules::tokens_max));
    ASSERT_EQ(long_one.size(), 1U);
    EXPECT_NE(long_one[0].message.find("mots et signes"), std::string::npos);
    EXPECT_EQ(errors(repeated("aid\n", 4'000)).size(), rules::errors_max);
    const std::string aid = "aid a.b \"A\"\n  requires ";
    EXPECT_TRUE(errors(aid + repeated("x\n", 2 * rules::conditions_max)).empty());
    const auto conditions = errors(aid + repeated("x\n", 2 * rules::conditions_max + 2));
    ASSERT_EQ(conditions.size(), 1U);
    EXPECT_NE(conditions[0].message.find("64 conditions"), std::string::npos);
}

}  // namespace
}  // namespace deodat
