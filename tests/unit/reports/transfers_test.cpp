// Goal: a payment file that leaves is one that the bank takes, and pays exactly what was ordered.
// Method: the casebook's SEP faults, one fault at a time in a right file, the official schema where
// it is at hand, and random names, lists and damage.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "reports/transfers/sepa_text.h"
#include "reports/transfers/target_days.h"
#include "reports/transfers/transfer_file.h"
#include "tests/support/replaced.h"

namespace deodat::reports {
namespace {

using testing_support::replaced;

namespace files = std::filesystem;

Iban ours() {
    return french_iban({"99999", "00001", "00000000101"});
}
Iban theirs() {
    return french_iban({"99998", "00030", "00000000404"});
}

Transfer transfer(const std::string& id, Money amount) {
    return Transfer{.end_to_end_id = id,
                    .amount = amount,
                    .creditor_name = "Charpente Vosgienne",
                    .creditor_iban = theirs(),
                    .remittance = "Facture 12"};
}

TransferFile small_file() {
    return TransferFile{.message_id = "DEODAT-2026-000001",
                        .created = instant_in_paris(Day::of(2026, 11, 25), 10),
                        .initiator_name = "PETR du Pays de la Déodatie",
                        .debtor_name = "PETR du Pays de la Déodatie",
                        .debtor_iban = ours(),
                        .execution_day = Day::of(2026, 11, 26),
                        .transfers = {transfer("H26-000001-A1", Money::cents(123'456))}};
}

WrittenTransfers written(const TransferFile& file) {
    auto result = write_pain001(file);
    EXPECT_TRUE(result.ok()) << (result.ok() ? "" : result.refusal().message);
    return result.ok() ? std::move(result).value() : WrittenTransfers{};
}

Refusal refused(const TransferFile& file) {
    const auto result = write_pain001(file);
    EXPECT_FALSE(result.ok());
    return result.ok() ? Refusal{Code::usage, "", ""} : result.refusal();
}

std::size_t count_of(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
        ++count;
    }
    return count;
}

// What xmllint says of the text against the schema: true when valid, or when neither is at hand
// (said once).
bool valid_by_schema(const std::string& xml, const std::string& format = "pain.001.001.09") {
    const files::path schema =
        files::path(DEODAT_ROOT) / ("../shared/samples/xsd/iso20022/" + format + ".xsd");
    if (!files::exists(schema)) return true;
    const files::path out =
        files::temp_directory_path() / ("deodat-transfers-" + std::to_string(::getpid()) + ".xml");
    std::ofstream(out, std::ios::binary) << xml;
    const std::string command = "xmllint --nonet --noout --schema '" + schema.string() + "' '" +
                                out.string() + "' >/dev/null 2>&1";
    const bool valid = std::system(command.c_str()) == 0;
    files::remove(out);
    return valid;
}

TEST(TargetDays, KnowsEaster) {
    const std::vector<Day> easters = {
        Day::of(1961, 4, 2),  Day::of(2000, 4, 23), Day::of(2008, 3, 23), Day::of(2011, 4, 24),
        Day::of(2019, 4, 21), Day::of(2024, 3, 31), Day::of(2025, 4, 20), Day::of(2026, 4, 5),
        Day::of(2027, 3, 28), Day::of(2028, 4, 16), Day::of(2038, 4, 25), Day::of(2049, 4, 18)};
    for (const Day easter : easters)
        EXPECT_EQ(easter_sunday(easter.year()), easter) << easter.iso();
}

TEST(TargetDays, MovesToTheNextSettlementDay) {  // casebook SEP-26
    EXPECT_EQ(next_target_day(Day::of(2027, 3, 26)), Day::of(2027, 3, 30));
    EXPECT_EQ(next_target_day(Day::of(2027, 3, 27)), Day::of(2027, 3, 30));
    EXPECT_EQ(next_target_day(Day::of(2027, 3, 29)), Day::of(2027, 3, 30));
    EXPECT_EQ(next_target_day(Day::of(2026, 12, 26)), Day::of(2026, 12, 28));
    EXPECT_EQ(next_target_day(Day::of(2027, 5, 1)), Day::of(2027, 5, 3));
    EXPECT_EQ(next_target_day(Day::of(2027, 7, 14)), Day::of(2027, 7, 14));
    EXPECT_EQ(next_target_day(Day::of(2027, 1, 1)), Day::of(2027, 1, 4));
    EXPECT_EQ(next_target_day(Day::of(2026, 12, 25)), Day::of(2026, 12, 28));
    EXPECT_TRUE(is_target_day(Day::of(2027, 5, 6)));  // Ascension
    EXPECT_FALSE(is_target_day(Day::of(2026, 5, 1)));
    EXPECT_FALSE(is_target_day(Day::of(2028, 12, 26)));
}

TEST(TargetDays, CountsCutOffAndNotice) {  // casebook SEP-27
    const Day friday = Day::of(2026, 11, 27);
    const Day monday = Day::of(2026, 11, 30);
    const Notice one_day{.cut_off_hour = 16, .cut_off_minute = 0, .settlement_days = 1};
    EXPECT_EQ(execution_day(monday, instant_in_paris(friday, 17, 40), one_day),
              Day::of(2026, 12, 1));
    EXPECT_EQ(execution_day(monday, instant_in_paris(friday, 15, 59), one_day), monday);
    EXPECT_EQ(execution_day(friday, instant_in_paris(friday, 16, 0), Notice{}), monday);
    EXPECT_EQ(execution_day(friday, instant_in_paris(friday, 15, 59), Notice{}), friday);
    // Left unsent a week: the day is asked again and never lies in the past.
    EXPECT_EQ(execution_day(monday, instant_in_paris(Day::of(2026, 12, 4), 17, 40), one_day),
              Day::of(2026, 12, 8));
    EXPECT_EQ(execution_day(Day::of(2026, 12, 26), instant_in_paris(friday, 9), Notice{}),
              Day::of(2026, 12, 28));
}

TEST(SepaText, SpellsWhatItCan) {  // casebook SEP-03, SEP-04; pitfall 3
    const auto spelled = [](std::string_view text) { return *sepa_text("texte", text); };
    EXPECT_EQ(spelled("Würth"), "Wurth");
    EXPECT_EQ(spelled("Aimée Noël, Œuvre & Cœur"), "Aimee Noel, OEuvre + Coeur");
    EXPECT_EQ(spelled("Straße 12 €"), "Strasse 12 EUR");
    EXPECT_EQ(spelled("Martin & Fils <SARL>"), "Martin + Fils (SARL)");
    EXPECT_EQ(spelled("12 bis, allée de l'Église n°3 @ Bât. C_2"),
              "12 bis, allee de l'Eglise no3 (at) Bat. C-2");
    EXPECT_EQ(spelled("l’été\u00a0: « fini »"), "l'ete : ' fini '");
    EXPECT_EQ(spelled("  a \t\r\n b  "), "a b");
    EXPECT_EQ(spelled("e\u0301cole"), "ecole");
    EXPECT_EQ(spelled("ŁÓDŹ, ŞİŞLİ, Đakovo"), "LODZ, SISLI, Dakovo");
    for (const char* bad : {"Иван", "山田", "😀", "a\x01z", "\xff", "", "  ", "a\u200bz"}) {
        const auto result = sepa_text("nom", bad);
        ASSERT_FALSE(result.ok()) << bad;
        EXPECT_EQ(result.refusal().code, Code::text_invalid);
        EXPECT_EQ(result.refusal().field, "nom");
    }
}

TEST(SepaText, CutsNamesAtAWord) {  // casebook SEP-19
    const auto name = sepa_name("nom",
                                "Société Coopérative d'Intérêt Collectif Rénovation Énergétique & "
                                "Habitat Durable des Œuvres");
    ASSERT_TRUE(name.ok());
    EXPECT_EQ(*name, "Societe Cooperative d'Interet Collectif Renovation Energetique +");
    EXPECT_EQ(sepa_name("nom", std::string(90, 'a'))->size(), 70U);
    EXPECT_EQ(sepa_name("nom", std::string(70, 'a'))->size(), 70U);
    // The cut comes after the spelling: 40 ligatures are 80 letters.
    std::string ligatures;
    for (int i = 0; i < 40; ++i) ligatures += "œ";
    EXPECT_EQ(sepa_name("nom", ligatures)->size(), 70U);
}

TEST(SepaText, ChecksIdentifiers) {  // casebook SEP-09, SEP-11; pitfall 6
    for (const char* good :
         {"H26-004512-M001303-A1", "a/b", "NOTPROVIDED", "12345678901234567890123456789012345"}) {
        EXPECT_TRUE(check_sepa_identifier("id", good).ok()) << good;
    }
    for (const char* bad :
         {"", "/a", "a/", "a//b", "a_b", "é", "a b", "123456789012345678901234567890123456"}) {
        EXPECT_FALSE(check_sepa_identifier("id", bad).ok()) << bad;
    }
}

TEST(SepaText, RandomTextsStayInTheAlphabet) {
    EXPECT_TRUE(rc::check("what leaves is in the alphabet and spells to itself", [] {
        const std::vector<std::string> pool = {"é", "Œ", "ß",  "€",      "&", "<", "a", "Z",
                                               " ", "'", "’",  "\u00a0", "ü", "-", "—", "9",
                                               "°", "ñ", "\"", "@",      "_", "Ø", "И", "/"};
        std::string text;
        for (const auto i : *rc::gen::container<std::vector<std::size_t>>(
                 rc::gen::inRange<std::size_t>(0, pool.size()))) {
            text += pool[i];
        }
        const auto spelled = sepa_text("nom", text);
        if (text.find("И") != std::string::npos) RC_ASSERT(!spelled.ok());
        if (!spelled.ok()) return;
        RC_ASSERT(is_sepa_text(*spelled));
        RC_ASSERT(*sepa_text("nom", *spelled) == *spelled);
        RC_ASSERT(sepa_name("nom", text)->size() <= sepa_name_length_max);
        RC_ASSERT(count_of(*spelled, "n") >= count_of(text, "ñ"));
    }));
    EXPECT_TRUE(rc::check("any bytes are refused or spelled", [](const std::string& bytes) {
        const auto spelled = sepa_text("nom", bytes);
        if (spelled.ok()) RC_ASSERT(is_sepa_text(*spelled));
    }));
}

TEST(Transfers, WritesWhatTheSchemaAndBanksWant) {  // casebook SEP-22, SEP-23, SEP-24
    TransferFile file = small_file();
    file.transfers[0].creditor_name = "Martin & Fils <SARL>";
    file.transfers[0].instruction_id = "M001303";
    file.transfers.push_back(transfer("H26-000002-A1", Money::cents(29)));
    file.transfers[1].address = PostalAddress{.street = "place du Marché",
                                              .building = "3",
                                              .post_code = "61000",
                                              .town = "Alençon",
                                              .country = "FR"};
    file.transfers.push_back(transfer("H26-000003-A1", transfer_amount_max));
    file.transfers[2].address = PostalAddress{.street = "3 place du Marché", .country = "FR"};
    for (const AddressForm mode :
         {AddressForm::none, AddressForm::town_and_country, AddressForm::structured}) {
        file.address_form = mode;
        const WrittenTransfers out = written(file);
        EXPECT_TRUE(valid_by_schema(out.xml)) << out.xml;
        EXPECT_EQ(out.count, 3U);
        EXPECT_EQ(out.control_sum, Money::cents(100'000'123'484));
        EXPECT_TRUE(out.xml.starts_with(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document xmlns=\"urn:iso:std:iso:"
            "20022:tech:xsd:pain.001.001.09\">"));
        EXPECT_EQ(count_of(out.xml, "<NbOfTxs>3</NbOfTxs>"), 2U);
        EXPECT_EQ(count_of(out.xml, "<CtrlSum>1000001234.84</CtrlSum>"), 2U);
        EXPECT_EQ(count_of(out.xml, "CdtrAgt"), 0U);
        EXPECT_EQ(count_of(out.xml, "AdrLine"), 0U);
        EXPECT_EQ(count_of(out.xml, "<PstlAdr>"), mode == AddressForm::none ? 0U : 1U);
        EXPECT_EQ(count_of(out.xml, "<TwnNm>Alencon</TwnNm>"), mode == AddressForm::none ? 0U : 1U);
        EXPECT_EQ(count_of(out.xml, "<StrtNm>place du Marche</StrtNm>"),
                  mode == AddressForm::structured ? 1U : 0U);
        EXPECT_EQ(count_of(out.xml, "<Nm>Martin + Fils (SARL)</Nm>"), 1U);
        EXPECT_EQ(count_of(out.xml, "&"), 0U);
        for (const char* once :
             {"<PmtMtd>TRF</PmtMtd>", "<BtchBookg>false</BtchBookg>", "<Cd>SEPA</Cd>",
              "<ChrgBr>SLEV</ChrgBr>", "<ReqdExctnDt><Dt>2026-11-26</Dt></ReqdExctnDt>",
              "<Othr><Id>NOTPROVIDED</Id></Othr>", "<InstrId>M001303</InstrId>",
              "<CreDtTm>2026-11-25T09:00:00Z</CreDtTm>"}) {
            EXPECT_EQ(count_of(out.xml, once), 1U) << once;
        }
    }
    file.debtor_bic = "BDFEFRPPCCT";
    const WrittenTransfers out = written(file);
    EXPECT_TRUE(valid_by_schema(out.xml));
    EXPECT_EQ(count_of(out.xml, "<BICFI>BDFEFRPPCCT</BICFI>"), 1U);
    EXPECT_EQ(count_of(out.xml, "NOTPROVIDED"), 0U);
}

// Payment pitfall 2: the form of addresses is the channel's; 3 and SEP-03: every text is spelled.
TEST(Transfers, SEP_03_BothVersionsInEveryAddressForm) {
    TransferFile file = small_file();
    file.transfers[0].address = PostalAddress{.street = "allée de l'Église n°3 @ Bât. C_2",
                                              .building = "12 bis",
                                              .post_code = "88100",
                                              .town = "Saint-Dié-des-Vosges",
                                              .country = "FR"};
    for (const FileFormat format : {FileFormat::pain001_03, FileFormat::pain001_09}) {
        for (const AddressForm form : {AddressForm::none, AddressForm::town_and_country,
                                       AddressForm::hybrid, AddressForm::structured}) {
            file.format = format;
            file.address_form = form;
            const WrittenTransfers out = written(file);
            EXPECT_TRUE(valid_by_schema(out.xml, std::string(payments::file_format_name(format))))
                << out.xml;
            EXPECT_EQ(out.xml, written(file).xml);
            const auto read = read_pain001(out.xml);
            ASSERT_TRUE(read.ok()) << read.refusal().message;
            EXPECT_TRUE(read->faults.empty()) << read->faults.at(0).message;
            EXPECT_EQ(read->format, payments::file_format_name(format));
            EXPECT_EQ(count_of(out.xml, "<AdrLine>"), form == AddressForm::hybrid ? 1U : 0U);
            EXPECT_EQ(count_of(out.xml, "<TwnNm>Saint-Die-des-Vosges</TwnNm>"),
                      form == AddressForm::none ? 0U : 1U);
        }
    }
}

TEST(Transfers, TheSchemaIsReallyAsked) {
    if (!files::exists(files::path(DEODAT_ROOT) / "../shared/samples/xsd/iso20022")) {
        GTEST_SKIP() << "skipped: no schema here";
    }
    const std::string xml = written(small_file()).xml;
    EXPECT_TRUE(valid_by_schema(xml));
    EXPECT_FALSE(valid_by_schema(replaced(xml, "<PmtMtd>TRF</PmtMtd>\n", "")));
}

TEST(Transfers, ShowsWhatLeavesOtherwise) {
    TransferFile file = small_file();
    file.transfers[0].creditor_name =
        "Société Coopérative d'Intérêt Collectif Rénovation Énergétique & Habitat Durable des "
        "Œuvres";
    file.transfers[0].address = PostalAddress{.street = "3 place du Marché", .country = "FR"};
    const WrittenTransfers out = written(file);
    ASSERT_EQ(out.changes.size(), 4U);
    EXPECT_EQ(out.changes[0].field, "initiator_name");
    EXPECT_EQ(out.changes[0].sent, "PETR du Pays de la Deodatie");
    EXPECT_EQ(out.changes[2].field, "transfers[1].creditor_name");
    EXPECT_EQ(out.changes[2].sent,
              "Societe Cooperative d'Interet Collectif Renovation Energetique +");
    EXPECT_EQ(out.changes[3].field, "transfers[1].address");
    EXPECT_EQ(out.changes[3].sent, "");
}

TEST(Transfers, SumsCents) {  // casebook SEP-05
    TransferFile file = small_file();
    file.transfers.clear();
    int rank = 0;
    for (const char* amount : {"1.15", "4.35", "8.20", "1129.60", "0.29"}) {
        file.transfers.push_back(
            transfer("SUM-" + std::to_string(++rank), *money_from_decimal("montant", amount)));
    }
    const WrittenTransfers out = written(file);
    EXPECT_EQ(count_of(out.xml, "<CtrlSum>1143.59</CtrlSum>"), 2U);
    for (const char* amount : {"1.15", "4.35", "8.20", "1129.60", "0.29"}) {
        EXPECT_EQ(count_of(out.xml, std::string("<InstdAmt Ccy=\"EUR\">") + amount + "</InstdAmt>"),
                  1U);
    }
}

TEST(Transfers, RandomListsSumExactly) {
    EXPECT_TRUE(rc::check("control sums are the sums of the lines", [] {
        const auto amounts = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::int64_t>>(
            rc::gen::inRange<std::int64_t>(1, 10'000'000'000)));
        TransferFile file = small_file();
        file.transfers.clear();
        std::int64_t sum = 0;
        for (const std::int64_t cents : amounts) {
            sum += cents;
            file.transfers.push_back(
                transfer("R-" + std::to_string(file.transfers.size()), Money::cents(cents)));
        }
        const auto out = write_pain001(file);
        RC_ASSERT(out.ok());
        RC_ASSERT(out->control_sum.cents() == sum);
        const auto read = read_pain001(out->xml);
        RC_ASSERT(read.ok() && read->faults.empty());
        RC_ASSERT(read->sum->cents() == sum);
        RC_ASSERT(money_from_decimal("somme", read->announced_sum)->cents() == sum);
        RC_ASSERT(read->announced_count == std::to_string(amounts.size()));
    }));
}

using Change = void (*)(TransferFile&);

TEST(Transfers, RefusesWhatABankWould) {
    const std::vector<std::tuple<const char*, Code, Change>> faults = {
        {"transfers", Code::transfer_invalid, [](TransferFile& f) { f.transfers.clear(); }},
        {"transfers[2].end_to_end_id", Code::duplicate,
         [](TransferFile& f) { f.transfers.push_back(f.transfers[0]); }},
        {"transfers[1].amount", Code::amount_out_of_range,
         [](TransferFile& f) { f.transfers[0].amount = Money(); }},
        {"transfers[1].amount", Code::amount_out_of_range,
         [](TransferFile& f) { f.transfers[0].amount = Money::cents(-1); }},
        {"transfers[1].amount", Code::amount_out_of_range,
         [](TransferFile& f) { f.transfers[0].amount = transfer_amount_max + Money::cents(1); }},
        {"transfers[1].end_to_end_id", Code::transfer_identifier,
         [](TransferFile& f) { f.transfers[0].end_to_end_id = ""; }},
        {"transfers[1].end_to_end_id", Code::transfer_identifier,
         [](TransferFile& f) {
             f.transfers[0].end_to_end_id = "PREFI-2026-000123+PREFI-2026-000124+PREFI";
         }},
        {"transfers[1].instruction_id", Code::transfer_identifier,
         [](TransferFile& f) { f.transfers[0].instruction_id = "a//b"; }},
        {"message_id", Code::transfer_identifier, [](TransferFile& f) { f.message_id = "VIR_2"; }},
        {"transfers[1].creditor_name", Code::text_invalid,
         [](TransferFile& f) { f.transfers[0].creditor_name = "Иван"; }},
        {"transfers[1].creditor_name", Code::text_invalid,
         [](TransferFile& f) { f.transfers[0].creditor_name = " "; }},
        {"debtor_name", Code::text_invalid, [](TransferFile& f) { f.debtor_name = ""; }},
        {"transfers[1].remittance", Code::text_invalid,
         [](TransferFile& f) { f.transfers[0].remittance = std::string(141, 'a'); }},
        {"transfers[1].creditor_iban", Code::transfer_invalid,
         [](TransferFile& f) {
             f.transfers[0].creditor_iban =
                 iban_with_check_digits("BR", "12345678123451234567890P1");
         }},
        {"transfers[1].address.country", Code::transfer_invalid,
         [](TransferFile& f) {
             f.transfers[0].address = PostalAddress{.town = "Alençon", .country = "France"};
         }},
        {"transfers[1].address.town", Code::text_invalid,
         [](TransferFile& f) {
             f.transfers[0].address = PostalAddress{.town = std::string(36, 'a'), .country = "FR"};
         }},
        {"debtor_bic", Code::bic_invalid, [](TransferFile& f) { f.debtor_bic = "BDFE"; }},
        {"debtor_bic", Code::bic_invalid, [](TransferFile& f) { f.debtor_bic = "BDFE12PP"; }},
        {"execution_day", Code::transfer_invalid,
         [](TransferFile& f) { f.execution_day = Day::of(2026, 11, 24); }},
        {"execution_day", Code::transfer_invalid,
         [](TransferFile& f) { f.execution_day = Day::of(2027, 3, 26); }},
        {"transfers", Code::transfer_invalid,
         [](TransferFile& f) {
             for (std::size_t i = 0; i < transfers_max; ++i) {
                 f.transfers.push_back(transfer("N-" + std::to_string(i), Money::cents(1)));
             }
         }},
        {"transfers", Code::amount_out_of_range,
         [](TransferFile& f) {
             for (int i = 0; i < 101; ++i)
                 f.transfers.push_back(transfer("N-" + std::to_string(i), transfer_amount_max));
         }},
    };
    EXPECT_TRUE(write_pain001(small_file()).ok());
    for (const auto& [field, code, change] : faults) {
        TransferFile file = small_file();
        change(file);
        const Refusal refusal = refused(file);
        EXPECT_EQ(refusal.field, field) << refusal.message;
        EXPECT_EQ(refusal.code, code) << refusal.message;
    }
    TransferFile good_friday = small_file();
    good_friday.execution_day = Day::of(2027, 3, 26);
    EXPECT_NE(refused(good_friday).message.find("30/03/2027"), std::string::npos);
}

TEST(Transfers, ReadsFaultsInFilesOfOthers) {
    const std::string right = written(small_file()).xml;
    ASSERT_TRUE(read_pain001(right)->faults.empty());
    const std::vector<std::tuple<const char*, const char*, const char*>> faults = {
        {"<NbOfTxs>1<", "<NbOfTxs>2<", "NbOfTxs"},
        {"<CtrlSum>1234.56<", "<CtrlSum>1234.57<", "CtrlSum"},
        {">1234.56</InstdAmt>", ">1234.55</InstdAmt>", "CtrlSum"},
        {">1234.56</InstdAmt>", ">0.00</InstdAmt>", "transfers[1].InstdAmt"},
        {">1234.56</InstdAmt>", ">1234.561</InstdAmt>", "transfers[1].InstdAmt"},
        {"Ccy=\"EUR\"", "Ccy=\"CHF\"", "transfers[1].Ccy"},
        {"<IBAN>FR76999980", "<IBAN>FR76999989", "transfers[1].CdtrAcct"},
        {"H26-000001-A1", "/H26", "transfers[1].EndToEndId"},
        {"Charpente Vosgienne", "Charpente Vosgïenne", "Nm"},
        {"</Nm>\n</Cdtr>", "</Nm><PstlAdr><AdrLine>1 rue A</AdrLine></PstlAdr></Cdtr>",
         "transfers[1].Cdtr.PstlAdr"},
        {"<Dt>2026-11-26<", "<Dt>2026-11-28<", "ReqdExctnDt"},
        {">TRF<", ">CHK<", "PmtMtd"},
    };
    for (const auto& [from, to, field] : faults) {
        const auto read = read_pain001(replaced(right, from, to));
        ASSERT_TRUE(read.ok()) << to;
        bool found = false;
        for (const Refusal& fault : read->faults) found = found || fault.field == field;
        EXPECT_TRUE(found) << to;
    }
    EXPECT_EQ(read_pain001("<Document/>").refusal().code, Code::not_a_payment_file);
    EXPECT_FALSE(read_pain001(replaced(right, "pain.001.001.09", "pain.008.001.08")).ok());
}

TEST(Transfers, ReadsTheSamplesOfOthers) {
    const files::path samples = files::path(DEODAT_ROOT) / "../shared/samples/samples/pain001";
    if (!files::exists(samples)) GTEST_SKIP() << "skipped: no samples here";
    std::size_t read_count = 0;
    std::size_t disagreeing = 0;
    for (const auto& file : files::directory_iterator(samples)) {
        std::ifstream in(file.path(), std::ios::binary);
        std::ostringstream text;
        text << in.rdbuf();
        const auto read = read_pain001(text.str());
        ASSERT_TRUE(read.ok()) << file.path() << read.refusal().message;
        ++read_count;
        EXPECT_FALSE(read->transfers.empty()) << file.path();
        // Two samples announce another count than their own; nothing may differ without being a
        // fault.
        const bool agrees = std::to_string(read->transfers.size()) == read->announced_count;
        const bool told =
            std::any_of(read->faults.begin(), read->faults.end(),
                        [](const Refusal& fault) { return fault.code == Code::transfer_count; });
        EXPECT_NE(agrees, told) << file.path();
        disagreeing += agrees ? 0U : 1U;
    }
    EXPECT_EQ(disagreeing, 2U);
    EXPECT_EQ(read_count, 15U);  // versions .03 to .10 and .12, and a national one
}

TEST(Transfers, RandomDamageNeverThrows) {
    TransferFile file = small_file();
    file.transfers.push_back(transfer("H26-000002-A1", Money::cents(29)));
    const std::string right = written(file).xml;
    EXPECT_TRUE(rc::check("a damaged payment file gives a result", [&] {
        std::mt19937 random(*rc::gen::arbitrary<std::uint32_t>());
        for (int trial = 0; trial < 30; ++trial) {
            std::string xml = right;
            const std::size_t at = random() % xml.size();
            if (random() % 4 == 0)
                xml.resize(at);
            else
                xml[at] = static_cast<char>('0' + random() % 75);
            const auto read = read_pain001(xml);
            if (!read.ok()) RC_ASSERT(!read.refusal().message.empty());
        }
    }));
}

}  // namespace
}  // namespace deodat::reports
