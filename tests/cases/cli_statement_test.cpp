// Goal: a treasurer shows any file of a bank and imports what may be booked, and a damaged or
// hostile one is refused with its place. Method: the built program on files of the tests' own
// writers, beside a ledger made by the ledger itself.
#include <sys/wait.h>

#include <fstream>

#include "tests/support/dossier_fixture.h"
#include "tests/support/programs.h"
#include "tests/support/replaced.h"
#include "tests/support/statement_writers.h"

namespace deodat {
namespace {

using testing_support::Answer;
using testing_support::camt053;
using testing_support::camt_statement;
using testing_support::replaced;
using testing_support::WrittenStatement;

bool says(const std::string& text, const std::string& what) {
    return text.find(what) != std::string::npos;
}

class CliStatement : public testing_support::DossierTest {
  protected:
    void SetUp() override {
        DossierTest::SetUp();
        ours_.bank = "99998";
        ours_.number = "00000000001";
        ours_.iban = french_iban({"99998", "00001", "00000000001"}).text();
        ours_.movements = {{{2026, 11, 2}, 500'000, "DOTATION HMD", "PETR", "", "R1"},
                           {{2026, 11, 3}, -90'000, "VIR", "CHARPENTE", "H26-1-A1", "R2"}};
        std::filesystem::create_directory(files_ / "d");
        store::Database(store::database_path(directory()), store::Database::Mode::write)
            .script("VACUUM INTO '" + (files_ / "d/deodat.db").string() + "'");
    }
    Answer deodat(const std::string& arguments) {
        return testing_support::run_in(files_, DEODAT_PROGRAM, arguments);
    }
    Answer show(const std::string& bytes, const std::string& more = "") {
        put("f", bytes);
        return deodat("statement f " + more);
    }
    void put(const std::string& name, const std::string& bytes) {
        std::ofstream(files_ / name, std::ios::binary) << bytes;
    }
    std::string camt() const { return camt053(camt_statement(ours_, 8), 8); }
    std::string as_accountant() const {
        return " --data d --person " + std::to_string(accountant.value);
    }

    WrittenStatement ours_;
    testing_support::TestDirectory files_;
};

TEST_F(CliStatement, ShowsEachFormatAsJson) {
    put("mapping", testing_support::csv_mapping(ours_, {}));
    for (const auto& [bytes, more] : std::vector<std::pair<std::string, std::string>>{
             {camt(), ""},
             {testing_support::cfonb120(ours_, "\r\n"), ""},
             {testing_support::csv_export(ours_, {}), "--mapping mapping"}}) {
        const Answer shown = show(bytes, more);
        EXPECT_EQ(shown.code, 0) << shown.err;
        EXPECT_TRUE(shown.err.empty()) << shown.err;
        EXPECT_TRUE(
            shown.out.starts_with("{\"bookable\":true,\"reasons\":[],\"statements\":[{\"format\":"))
            << shown.out;
        EXPECT_TRUE(says(shown.out, "\"account\":\"" + ours_.iban + "\""));
        EXPECT_TRUE(says(shown.out, "\"movement_count\":2,\"booked_sum_cents\":410000"));
        EXPECT_TRUE(says(shown.out, "\"amount_cents\":-90000"));
        EXPECT_TRUE(says(shown.out, "\"end_to_end_id\":\"H26-1-A1\""));
        EXPECT_TRUE(says(show(bytes, more + " --text").out, "Peut être comptabilisé."));
    }
    const Answer both = show(camt053(camt_statement(ours_, 2) + camt_statement(ours_, 2), 2));
    EXPECT_EQ(both.code, 0);
    EXPECT_NE(both.out.find("\"movement_count\""), both.out.rfind("\"movement_count\""));
}

TEST_F(CliStatement, ShowsWhatMayNotBeBookedWithItsReasons) {
    const auto reason = [&](const std::string& bytes) {
        const Answer shown = show(bytes);
        EXPECT_EQ(shown.code, 0) << shown.err;
        EXPECT_TRUE(
            shown.out.starts_with("{\"bookable\":false,\"reasons\":[{\"statement\":1,\"code\":"))
            << shown.out;
        put("g", bytes);
        const Answer imported = deodat("import bank g" + as_accountant());
        EXPECT_EQ(imported.code, 1) << imported.out;
        const std::string code = "\"code\":\"";
        const std::size_t at = shown.out.find(code) + code.size();
        return shown.out.substr(at, shown.out.find('"', at) - at);
    };
    EXPECT_EQ(reason(replaced(camt(), "OPBD", "ITBD")), "statement_balance_missing");
    EXPECT_EQ(reason(replaced(camt(), ">900.00<", ">900.01<")), "statement_balance_mismatch");
    EXPECT_EQ(reason(replaced(camt(), ">900.00<", ">900.000<")  // as many euros, written longer
                         .replace(camt().find("\"EUR\""), 5, "\"CHF\"")),
              "statement_currency");
    EXPECT_EQ(reason(replaced(camt(), ours_.iban, "1234")), "statement_account_unknown");
    EXPECT_EQ(reason(replaced(camt(), "<BookgDt><Dt>2026-11-02", "<BookgDt><Dt>2026-02-30")),
              "date_invalid");
}

TEST_F(CliStatement, BNK_06_NeverSaysThatNothingWasImported) {
    std::string intraday = replaced(camt(), "camt.053", "camt.052");
    for (const char* name : {"BkToCstmrStmt", "/BkToCstmrStmt"}) {
        intraday = replaced(intraday, "<" + std::string(name) + ">",
                            (name[0] == '/' ? "</" : "<") + std::string("BkToCstmrAcctRpt>"));
    }
    intraday = replaced(replaced(intraday, "<Stmt>", "<Rpt>"), "</Stmt>", "</Rpt>");
    const Answer shown = show(intraday);
    EXPECT_EQ(shown.code, 0) << shown.err;
    EXPECT_TRUE(says(shown.out, "statement_not_final"));
    const Answer imported = deodat("import bank f" + as_accountant());
    EXPECT_EQ(imported.code, 1);
    EXPECT_TRUE(says(imported.err, "en cours de journée")) << imported.err;
    EXPECT_TRUE(imported.out.empty());
}

TEST_F(CliStatement, RefusesWhatIsNoStatementOrDamaged) {
    const auto refused = [&](const std::string& bytes) {
        const Answer answer = show(bytes);
        EXPECT_EQ(answer.code, 1) << answer.out;
        EXPECT_FALSE(answer.err.empty());
        const std::string code = "{\"error\":{\"code\":\"";
        EXPECT_TRUE(answer.out.starts_with(code)) << answer.out;
        EXPECT_EQ(deodat("import bank f" + as_accountant()).code, 1);
        return answer.out.substr(code.size(), answer.out.find('"', code.size()) - code.size());
    };
    const std::string flat = testing_support::cfonb120(ours_, "\n");
    EXPECT_EQ(refused(""), "not_a_statement");
    EXPECT_EQ(refused("bonjour\n"), "not_a_statement");
    EXPECT_EQ(refused("<html></html>"), "not_a_statement");
    EXPECT_EQ(refused(camt().substr(0, camt().size() / 2)), "xml_malformed");
    EXPECT_EQ(refused("<!DOCTYPE a [<!ENTITY b \"c\">]>" + camt()), "xml_malformed");
    EXPECT_EQ(refused("<!DOCTYPE a SYSTEM \"file:///etc/passwd\">" + camt()), "xml_malformed");
    EXPECT_EQ(refused(replaced(camt(), "DOTATION", "DOTA\x01TION")), "xml_malformed");
    EXPECT_EQ(refused(replaced(camt(), ">5000.00<", ">5000.001<")), "statement_damaged");
    EXPECT_EQ(refused(flat.substr(0, flat.size() - 200)), "statement_damaged");
    EXPECT_EQ(refused(replaced(flat, "0000000050000{", "0000000050000Z")), "statement_damaged");
    EXPECT_EQ(refused(replaced(flat, "DOTATION", "DOTA\x01TIO")), "statement_damaged");
    EXPECT_EQ(deodat("statement nowhere").code, 1);
    EXPECT_EQ(deodat("statement").code, 2);
    EXPECT_EQ(deodat("statement f --reversals perhaps").code, 2);
    EXPECT_EQ(deodat("import bank f --data d").code, 2);
    EXPECT_EQ(deodat("import bank f --data d --date 2026-01-01 --person 1").code, 2);
}

TEST_F(CliStatement, ImportsOnceAndTellsWhatWasKnown) {
    put("f", camt());
    EXPECT_EQ(deodat("import bank f --data d --person " + std::to_string(adviser.value)).code, 1);
    const Answer first = deodat("import bank f" + as_accountant());
    EXPECT_EQ(first.code, 0) << first.err;
    EXPECT_TRUE(says(first.out, "2 mouvements importés ;")) << first.out;
    const Answer again = deodat("import bank f" + as_accountant());
    EXPECT_EQ(again.code, 1);
    EXPECT_TRUE(says(again.err, "déjà importé")) << again.err;
    ours_.last.day = 5;
    ours_.movements.push_back({{2026, 11, 5}, 100, "INTERETS", "", "", "R3"});
    put("g", testing_support::cfonb120(ours_, "\n"));
    const Answer more = deodat("import bank g" + as_accountant());
    EXPECT_EQ(more.code, 0) << more.err;
    EXPECT_TRUE(says(more.out, "1 mouvement importé, 2 étaient déjà connus")) << more.out;
    EXPECT_EQ(deodat("verify --data d").code, 0);
}

TEST_F(CliStatement, BNK_01_AReversalWrittenTheOtherWayNeedsTheBanksProfile) {
    // The bank writes that a debit of 900.00 was reversed, with the debit's own direction.
    const std::string debit = "<CdtDbtInd>DBIT</CdtDbtInd><Sts>";
    std::string file =
        replaced(camt(), debit, "<CdtDbtInd>DBIT</CdtDbtInd><RvslInd>true</RvslInd><Sts>");
    file = replaced(file, ">4100.00<", ">5900.00<");
    const Answer plain = show(file);
    EXPECT_EQ(plain.code, 0);
    EXPECT_TRUE(says(plain.out, "\"amount_cents\":-90000"));
    EXPECT_TRUE(says(plain.out, "--reversals original")) << plain.out;
    EXPECT_EQ(deodat("import bank f" + as_accountant()).code, 1);
    const Answer profiled = show(file, "--reversals original");
    EXPECT_TRUE(says(profiled.out, "\"amount_cents\":90000"));
    EXPECT_TRUE(profiled.out.starts_with("{\"bookable\":true"));
    EXPECT_EQ(deodat("import bank f --reversals original" + as_accountant()).code, 0);
}

}  // namespace
}  // namespace deodat
