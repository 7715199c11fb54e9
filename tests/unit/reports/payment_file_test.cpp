// Goal: any payment file is shown, and every reason against it is told, by code and place; what is
// none, or is damaged, is refused. Method: a right file of each kind, written by hand, and one
// thing put wrong in it at a time; then the files of others, each with its line in a table that
// says whether it is read and what is against it.
#include "reports/transfers/payment_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "tests/support/payment_files.h"
#include "tests/support/replaced.h"

namespace deodat::reports {
namespace {

using namespace testing_support;
using Codes = std::set<std::string>;

// The codes of the reasons; that of the refusal alone, after "!", when it is refused.
Codes reasons(const std::string& bytes, Day sending = sending_day) {
    const auto file = read_payment_file(bytes, sending);
    if (!file) return {"!" + std::string(code_name(file.refusal().code))};
    Codes out;
    const auto add = [&](const std::vector<Refusal>& faults) {
        for (const Refusal& fault : faults) {
            EXPECT_FALSE(fault.field.empty() || fault.message.empty());
            out.emplace(code_name(fault.code));
        }
    };
    if (const auto* transfers = std::get_if<ReadTransfers>(&*file)) {
        add(transfers->faults);
        const std::string json = payment_file_json(*file);
        EXPECT_NE(json.find(out.empty() ? "\"sendable\":true" : "\"sendable\":false"),
                  std::string::npos);
    } else {
        add(std::get<bank::StatusReport>(*file).remarks);
    }
    EXPECT_FALSE(payment_file_text(*file).empty());
    return out;
}

TEST(PaymentFiles, RightOnesHaveNothingAgainstThem) {
    for (const std::string& file : {right_pain001_03(), right_pain001_09(), right_pain002(),
                                    right_pes_aller(), right_acquit(), right_retour()}) {
        EXPECT_EQ(reasons(file), Codes()) << file;
    }
    const auto file = read_payment_file(right_pain001_03(), sending_day);
    ASSERT_TRUE(file.ok());
    const auto& read = std::get<ReadTransfers>(*file);
    EXPECT_EQ(read.format, "pain.001.001.03");
    EXPECT_EQ(read.transfers.size(), 2U);
    EXPECT_EQ(read.sum, Money::cents(1'500'29));
    EXPECT_EQ(read.transfers[1].execution_day, "2026-11-27");
}

struct Wrong {
    std::string from;
    std::string to;
    Codes codes;
};

// Payment pitfalls 1, 4, 5, 6, 7, 8 and 9; casebook SEP-03, SEP-13, SEP-17, SEP-24, SEP-26.
TEST(PaymentFiles, EachFaultOfATransferFileIsTold) {
    const std::vector<Wrong> table = {
        {"<NbOfTxs>2", "<NbOfTxs>3", {"transfer_count"}},
        {"B-1</PmtInfId><PmtMtd>TRF</PmtMtd><NbOfTxs>2",
         "B-1</PmtInfId><PmtMtd>TRF</PmtMtd><NbOfTxs>1",
         {"transfer_count"}},
        {"<CtrlSum>1500.29", "<CtrlSum>1500.28", {"transfer_sum"}},
        {"<CtrlSum>1500.29</CtrlSum><InitgPty>", "<InitgPty>", {"transfer_sum"}},
        {"</NbOfTxs><CtrlSum>1500.29</CtrlSum>\n<PmtTpInf>",
         "</NbOfTxs><CtrlSum>1500.30</CtrlSum>\n<PmtTpInf>",
         {"transfer_sum"}},
        {">E-2<", ">E-1<", {"duplicate"}},
        {">E-2<", "><", {"transfer_identifier"}},
        {">E-2<", ">//E<", {"transfer_identifier"}},
        {">E-2<", ">E_2<", {"transfer_identifier", "transfer_text"}},
        {"F-2026-1", std::string(36, 'x'), {"transfer_identifier"}},
        {"FR7420041010125123460U03388", "FR742004101012512346OUO3388", {"rib_key"}},
        {"FR7420041010125123460U03388", "FR7420041010125123460U03389", {"iban_check_digits"}},
        {"FR7420041010125123460U03388", "0001", {"iban_country"}},
        {"FR7420041010125123460U03388", "FR742004101012512346", {"iban_length"}},
        {"FR7420041010125123460U03388",
         "FR74#2004101012512346U03388",
         {"iban_character", "transfer_text"}},
        {"PSSTFRPPPAR", "PSST12PP", {"bic_invalid"}},
        {"AGRIFRPP", "AGRI", {"bic_invalid"}},
        {"<TwnNm>Senones</TwnNm><Ctry>FR</Ctry>", "", {"transfer_address"}},
        {"<TwnNm>Senones</TwnNm>", "", {"transfer_address"}},
        {"<AdrLine>3 rue Haute</AdrLine>",
         "<AdrLine>3</AdrLine><AdrLine>rue</AdrLine><AdrLine>Haute</AdrLine>",
         {"transfer_address"}},
        {"<AdrLine>3 rue Haute", "<AdrLine>" + std::string(71, 'a'), {"transfer_address"}},
        {"Menuiserie des Vosges", "Menuiserie Würth", {"transfer_text"}},
        {"3 rue Haute", "allée de l'Église", {"transfer_text"}},
        {"Menuiserie des Vosges", std::string(71, 'a'), {"transfer_text"}},
        {"FACTURE 12", std::string(141, 'a'), {"transfer_text"}},
        {"<Ustrd>FACTURE 12</Ustrd>", "<Ustrd>A</Ustrd><Ustrd>B</Ustrd>", {"transfer_text"}},
        {"2026-11-27", "2026-11-28", {"transfer_day"}},
        {"2026-11-27", "2026-12-25", {"transfer_day"}},
        {"2026-11-27", "2026-11-24", {"transfer_day"}},
        {"2026-11-27", "2026-02-30", {"date_invalid"}},
        {"FR7420041010125123460U03388", "FR74 2004 1010 1251 2346 0U03 388", {"iban_character"}},
        {"FR7420041010125123460U03388", "fr7420041010125123460u03388", {"iban_character"}},
        {"<Ctry>FR</Ctry>", "<Ctry>France</Ctry>", {"transfer_address"}},
        {"<Ustrd>FACTURE 12</Ustrd>",
         "<Ustrd>FACTURE "
         "12</Ustrd><Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd>",
         {"transfer_text"}},
        {"</Cdtr>",
         "</Cdtr><UltmtCdtr><Nm>A</Nm><PstlAdr><AdrLine>3 rue "
         "Haute</AdrLine></PstlAdr></UltmtCdtr>",
         {"transfer_address"}},
        {"SLEV", "DEBT", {"transfer_invalid"}},
        {">SEPA<", ">URGP<", {"transfer_invalid"}},
        {">TRF<", ">CHK<", {"transfer_invalid"}},
        {"Ccy=\"EUR\">1500", "Ccy=\"CHF\">1500", {"transfer_currency"}},
        {">0.29<", ">0.00<", {"amount_out_of_range", "transfer_sum"}},
        {">0.29<", ">0.291<", {"malformed", "transfer_sum"}},
        {">0.29<", ">-0.29<", {"malformed", "transfer_sum"}},
        {"<Amt><InstdAmt Ccy=\"EUR\">0.29</InstdAmt></Amt>", "", {"malformed", "transfer_sum"}},
        {"FR7630006000011234567890189</IBAN></Id></CdtrAcct>",
         "US64SVBKUS6S3300958879</IBAN></Id></CdtrAcct>",
         {"iban_country"}},
    };
    for (const auto& right : {right_pain001_09(), right_pain001_03()}) {
        for (const auto& [from, to, codes] : table) {
            EXPECT_EQ(reasons(replaced(right, from, to)), codes) << from << " -> " << to;
        }
    }
    // What a block need not say; a day with its hour; payments without a reference.
    for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
             {"B-1</PmtInfId><PmtMtd>TRF</PmtMtd><NbOfTxs>2</NbOfTxs>",
              "B-1</PmtInfId><PmtMtd>TRF</PmtMtd>"},
             {"<Dt>2026-11-27</Dt>", "<DtTm>2026-11-27T09:00:00</DtTm>"},
             {">E-2<", ">NOTPROVIDED<"}}) {
        EXPECT_EQ(reasons(replaced(right_pain001_09(), from, to)), Codes()) << to;
    }
    EXPECT_EQ(reasons(replaced(replaced(right_pain001_09(), ">E-2<", ">NOTPROVIDED<"), ">E-1<",
                               ">NOTPROVIDED<")),
              Codes());
    // The same payment under another identifier.
    const std::string again =
        replaced(replaced(right_pain001_09(), "Ccy=\"EUR\">0.29", "Ccy=\"EUR\">1500"),
                 "FR7630006000011234567890189</IBAN></Id></CdtrAcct>",
                 "FR7420041010125123460U03388</IBAN></Id></CdtrAcct><RmtInf><Ustrd>FACTURE "
                 "12</Ustrd></RmtInf>");
    EXPECT_EQ(reasons(again), (Codes{"duplicate", "transfer_sum"}));
}

// ISO's lists of statuses of groups and of transactions, as they stood when the reader was written.
TEST(PaymentFiles, EveryPublishedStatusIsKnown) {
    for (const char* code : {"ACCC", "ACCP", "ACFC", "ACFW", "ACIS", "ACPD", "ACSC", "ACSP", "ACTC",
                             "ACWC", "ACWP", "BLCK", "CANC", "CPUC", "PART", "PATC", "PDNG", "PRES",
                             "RCVC", "RCVD", "RJCT", "RVCM", "RVMC", "RVNA", "RVNC", "RVNM"}) {
        const auto file = read_payment_file(
            "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.10\"><CstmrPmtStsRpt>"
            "<GrpHdr><MsgId>R</MsgId><CreDtTm>2026-11-25T10:00:00</CreDtTm></GrpHdr>"
            "<OrgnlGrpInfAndSts><OrgnlMsgId>M</OrgnlMsgId>"
            "<OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId><GrpSts>" +
                std::string(code) + "</GrpSts></OrgnlGrpInfAndSts></CstmrPmtStsRpt></Document>",
            sending_day);
        ASSERT_TRUE(file.ok()) << code << file.refusal().message;
        EXPECT_TRUE(std::get<bank::StatusReport>(*file).remarks.empty()) << code;
    }
}

// A file that was right one day is not for ever.
TEST(PaymentFiles, ADayThatHasPassedIsTold) {
    EXPECT_EQ(reasons(right_pain001_09(), Day::of(2026, 11, 27)), Codes());
    EXPECT_EQ(reasons(right_pain001_09(), Day::of(2026, 11, 28)), Codes{"transfer_day"});
}

// Payment pitfalls 5, 8 and 20.
TEST(PaymentFiles, EachFaultOfAPesIsTold) {
    const std::vector<Wrong> table = {
        {"NbrPce V=\"2\"", "NbrPce V=\"3\"", {"transfer_count"}},
        {"MtBordHT V=\"1500.29\"", "MtBordHT V=\"1500.30\"", {"transfer_sum"}},
        {"MtHT V=\"0.29\"", "MtHT V=\"0\"", {"amount_not_positive", "transfer_sum"}},
        {"MtHT V=\"0.29\"", "MtHT V=\"0.291\"", {"malformed", "transfer_sum"}},
        {"IdBord V=\"12\"", "IdBord V=\"0\"", {"pes_invalid"}},
        {"IdPce V=\"302\"", "IdPce V=\"301\"", {"duplicate"}},
        {"IdPce V=\"302\"", "IdPce V=\"123456789\"", {"pes_invalid"}},
        {"V=\"f12.pdf\"/></PJRef>",
         "V=\"f12.pdf\"/></PJRef><PJRef><Support V=\"01\"/><IdUnique V=\"PJ1\"/></PJRef>",
         {"duplicate"}},
        {"35600000000048", "35600000000049", {"siret_invalid"}},
        {"NomFic V=\"FLUX1\"", "NomFic V=\"\"", {"pes_invalid"}},
        {"DteBordEm V=\"2026-11-25\"", "DteBordEm V=\"25/11/2026\"", {"date_invalid"}},
        {"FR7420041010125123460U03388", "FR742004101012512346OUO3388", {"rib_key"}},
        {"FR7420041010125123460U03388", "fr7420041010125123460u03388", {"pes_invalid"}},
        {"PSSTFRPPPAR", "psstfrpppar", {"bic_invalid"}},
        {"CleRib V=\"89\"", "CleRib V=\"88\"", {"rib_key"}},
        {"IdCpte V=\"12345678901\"", "IdCpte V=\"123\"", {"pes_invalid"}},
        {"TitCpte V=\"Martin\"", "TitCpte V=\"" + std::string(33, 'a') + "\"", {"transfer_text"}},
        {"Obj V=\"Facture 12\"", "Obj V=\"" + std::string(101, 'a') + "\"", {"transfer_text"}},
        {"Nom V=\"Couverture Martin\"", "Nom V=\"\"", {"transfer_text"}},
        {"<CpteBancaire><CodeEtab", "<Autre><CodeEtab", {"!xml_malformed"}},
        {"<IBAN V=\"FR7420041010125123460U03388\"/>", "", {"pes_invalid"}},
    };
    for (const auto& [from, to, codes] : table) {
        EXPECT_EQ(reasons(replaced(right_pes_aller(), from, to)), codes) << from << " -> " << to;
    }
    const std::string receipts =
        replaced(replaced(right_pes_aller(), "<PES_DepenseAller>", "<PES_RecetteAller>"),
                 "</PES_DepenseAller>", "</PES_RecetteAller>");
    EXPECT_EQ(reasons(receipts), Codes{"!not_a_payment_file"});
}

TEST(PaymentFiles, WhatIsNoneOrDamagedIsRefused) {
    const std::string right = right_pain001_09();
    std::string deep;
    for (int i = 0; i < 200; ++i) deep += "<a>";
    const std::map<std::string, std::string> table = {
        {"", "xml_malformed"},
        {"%PDF-1.7", "xml_malformed"},
        {right.substr(0, right.size() / 2), "xml_malformed"},
        {deep, "xml_malformed"},
        {replaced(right, "<Document ", "<!DOCTYPE Document [<!ENTITY a \"b\">]><Document "),
         "xml_malformed"},
        {replaced(right, ">PETR<", ">&a;<"), "xml_malformed"},
        {"<html/>", "not_a_payment_file"},
        {replaced(right, "pain.001.001.09", "pain.001.001.02"), "not_a_payment_file"},
        {replaced(right, "pain.001.001.09", "pain.008.001.08"), "not_a_payment_file"},
        {replaced(right, "<MsgId>F-2026-1</MsgId>", ""), "payment_file_damaged"},
        {replaced(right_pain002(), "<MsgId>R-1</MsgId>", ""), "payment_file_damaged"},
        {replaced(right_pain002(), "<OrgnlEndToEndId>E-1</OrgnlEndToEndId>", ""),
         "payment_file_damaged"},
        {replaced(right_acquit(), "EtatAck V=\"0\"", "EtatAck V=\"2\""), "payment_file_damaged"},
        {replaced(right_acquit(), "<NumPiece V=\"301\"/>", ""), "payment_file_damaged"},
        {replaced(right_retour(), "<IdBord V=\"12\"/>", ""), "payment_file_damaged"},
        {replaced(right_retour(), "<IdPce V=\"301\"/>", ""), "payment_file_damaged"},
    };
    for (const auto& [bytes, code] : table) EXPECT_EQ(reasons(bytes), Codes{"!" + code}) << bytes;
}

// Payment pitfall 20: down to piece, line and attachment; and what a pain.002 says line by line.
TEST(PaymentFiles, StatusesAreReadDownToTheLine) {
    const auto items = [](const std::string& bytes) {
        const auto file = read_payment_file(bytes, sending_day);
        EXPECT_TRUE(file.ok());
        std::string out;
        for (const auto& item : std::get<bank::StatusReport>(*file).items) {
            out += std::string(bank::status_level_name(item.level)) + " " + item.block + " " +
                   item.id + " " + item.instruction + " " +
                   std::string(bank::stage_name(item.stage));
            for (const auto& reason : item.reasons) out += " " + reason.code;
            out += "\n";
        }
        return out;
    };
    EXPECT_EQ(items(right_pain002()),
              "file    received\nline B-1 E-1  rejected BE04\nline B-1 E-2  taken_in_charge\n");
    EXPECT_EQ(items(right_acquit()),
              "attachment  PJ1  rejected ERREUR_DOUBLON_PJ\nblock 2026/12   rejected\n"
              "line 2026/12 301 1 rejected 1971\nblock 2026/13   technically_accepted\n");
    EXPECT_EQ(items(right_retour()),
              "line 2026/12 301  rejected\nline 2026/12 302  announced_paid\n");
}

// What is against each file of others, on a day when none of theirs is to come.
const std::map<std::string, Codes> samples = {
    {"iso20022js_example_sepa_pain_001_v3.xml",
     {"iban_check_digits", "transfer_day", "transfer_text"}},
    {"iso20022js_example_sepa_pain_001_v3_multiple_pmtinf.xml",
     {"duplicate", "iban_check_digits", "transfer_count", "transfer_day", "transfer_sum",
      "transfer_text"}},
    {"iso20022js_example_swift_pain_001_v3.xml",
     {"iban_country", "iban_length", "transfer_currency", "transfer_day", "transfer_invalid",
      "transfer_sum", "transfer_text"}},
    {"iso20022js_goldman_sachs_pain_001_v3_sepa.xml",
     {"bic_invalid", "date_invalid", "iban_country"}},
    {"moov_musterfile_pain.001_Nov2020.xml",
     {"iban_check_digits", "iban_country", "iban_structure", "malformed", "transfer_address",
      "transfer_count", "transfer_currency", "transfer_day", "transfer_invalid", "transfer_sum"}},
    {"php-sepa-xml_pain.001.001.03.xml", {"iban_structure", "transfer_day"}},
    {"php-sepa-xml_pain.001.001.04.xml", {"iban_structure", "transfer_day"}},
    {"php-sepa-xml_pain.001.001.05.xml", {"iban_structure", "transfer_day"}},
    {"php-sepa-xml_pain.001.001.06.xml", {"iban_structure", "transfer_day"}},
    {"php-sepa-xml_pain.001.001.07.xml", {"iban_structure", "transfer_day"}},
    {"php-sepa-xml_pain.001.001.08.xml", {"iban_structure", "transfer_day"}},
    {"php-sepa-xml_pain.001.001.09.xml", {"iban_structure", "transfer_day"}},
    {"php-sepa-xml_pain.001.001.10.xml", {"iban_structure", "transfer_day"}},
    {"php-sepa-xml_pain.001.001.12.xml", {"iban_structure", "transfer_day"}},
    {"sepa_king_pain.001.001.03.xml", {"transfer_day", "transfer_sum"}},
    {"iso20022js_cross_river_pain_002_batch_rejected.xml", {"payment_file_damaged"}},
    {"iso20022js_cross_river_pain_002_credit_accepted.xml", {"payment_file_damaged"}},
    {"iso20022js_cross_river_pain_002_transaction_rejected.xml", {"payment_file_damaged"}},
    {"iso20022js_goldman_sachs_pain_002_v3_accepted.xml", {}},
    {"iso20022js_goldman_sachs_pain_002_v3_group_accepted.xml", {}},
    {"iso20022js_goldman_sachs_pain_002_v3_payment_accepted.xml", {}},
    {"iso20022js_nordea_pain_002_v3_group_reject.xml", {}},
    {"iso20022js_nordea_pain_002_v3_payment_reject.xml", {}},
    {"iso20022js_nordea_pain_002_v3_txn_reject.xml", {}},
    {"s2low_pes_acquit.xml", {}},
    {"s2low_pes_retour.xml", {}},
    {"sesile_helios.xml", {}},
    {"stela_006111_190130123456-ACK-A3020100_A0000IDL_KO.xml", {}},
    {"stela_006111_190130123456-ACK-A3020100_A0000MIX_KO.xml", {}},
    {"stela_006111_190130123456-ACK-A3020100_A0000SDP_KO.xml", {}},
    {"stela_006111_190130123456-ACK-A3020100_A0000SEN_KO.xml", {}},
    {"stela_PESALR2_25060187900027_190328_001.xml", {"siret_invalid"}},
    {"stela_test-alteree.xml", {}},
    {"stela_test-perime-04-04-2016.xml", {"iban_check_digits"}},
};

TEST(PaymentFiles, FilesOfOthersAreReadOrSayWhyNot) {
    const auto folder = std::filesystem::path(DEODAT_ROOT) / "../shared/samples/samples";
    if (!std::filesystem::exists(folder)) GTEST_SKIP() << "skipped: no " << folder;
    std::set<std::string> seen;
    for (const char* kind : {"pain001", "pain002", "pes"}) {
        for (const auto& file : std::filesystem::directory_iterator(folder / kind)) {
            const std::string name = file.path().filename();
            seen.insert(name);
            std::ostringstream text;
            text << std::ifstream(file.path(), std::ios::binary).rdbuf();
            const auto said = samples.find(name);
            ASSERT_NE(said, samples.end()) << name << " is in no line of the table";
            EXPECT_EQ(reasons(text.str()), said->second) << name;
        }
    }
    EXPECT_EQ(seen.size(), samples.size());
}

}  // namespace
}  // namespace deodat::reports
