// G8, anchored. Goal: a head stamped on a day proves everything up to it to somebody who trusts
// neither us nor the database. Method: the built programs; OpenSSL's own `ts` as the authority; the
// verifier that shares no code with the ledger reads the export; then everything that must be
// refused: another authority, another head, another nonce, a changed answer, a changed export.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <fstream>

#include "tests/support/seed.h"
#include "tests/support/time_stamp_authority.h"

namespace deodat {
namespace {

namespace fs = std::filesystem;
using testing_support::bytes_of;

class G08_Anchored : public ::testing::Test {  // NOLINT(readability-identifier-naming)
  protected:
    struct Answer {
        int code;
        std::string out;
    };
    Answer run(const std::string& program, const std::string& arguments) {
        const auto ran = testing_support::run("cd '" + directory_.path().string() + "' && '" +
                                              program + "' " + arguments + " 2>&1 </dev/null");
        return {WEXITSTATUS(ran.status), ran.output};
    }
    Answer deodat(const std::string& arguments) { return run(DEODAT_PROGRAM, arguments); }
    Answer verifier(const std::string& arguments) { return run(DEODAT_VERIFIER, arguments); }
    std::string text(const std::string& name) { return bytes_of(directory_ / name); }
    void write(const std::string& name, const std::string& bytes) {
        std::ofstream(directory_ / name, std::ios::binary) << bytes;
    }
    void SetUp() override {
        if (!testing_support::has_program("openssl")) GTEST_SKIP() << "skipped: no openssl";
        ASSERT_EQ(deodat("demo --data d --out o").code, 0);
        authority_.emplace(directory_ / "tsa");
    }
    void ask() { ASSERT_EQ(deodat("anchor request --data d --out r.tsq").code, 0); }
    void export_chain() { ASSERT_EQ(deodat("export chain --data d > c.txt").code, 0); }

    testing_support::TestDirectory directory_;
    std::optional<testing_support::TimeStampAuthority> authority_;
};

TEST_F(G08_Anchored, ATimeStampProvesTheChainToAStranger) {
    ask();
    authority_->answer(directory_ / "r.tsq", directory_ / "r.tsr");
    EXPECT_EQ(deodat("anchor attach r.tsr --data d --authority tsa/ca.pem").code, 0);
    const Answer again = deodat("anchor attach r.tsr --data d --authority tsa/ca.pem");
    EXPECT_EQ(again.code, 1) << again.out;
    EXPECT_NE(deodat("anchor list --data d").out.find("horodatage du 2"), std::string::npos);
    EXPECT_EQ(deodat("verify --data d").code, 0);
    export_chain();
    const Answer proved = verifier("c.txt --authority tsa/ca.pem");
    EXPECT_EQ(proved.code, 0) << proved.out;
    EXPECT_NE(proved.out.find("horodatée le 2"), std::string::npos) << proved.out;
    // The authority's own certificate is trust enough; another authority's is none.
    EXPECT_EQ(verifier("c.txt --authority tsa/tsa.pem").code, 0);
    const testing_support::TimeStampAuthority other(directory_ / "other");
    EXPECT_EQ(verifier("c.txt --authority other/ca.pem").code, 1);
}

TEST_F(G08_Anchored, WhatDoesNotAnswerOurRequestIsRefused) {
    ask();
    authority_->answer(directory_ / "r.tsq", directory_ / "r.tsr");
    const auto refused = [&](const std::string& arguments, const std::string& why) {
        const Answer answer = deodat("anchor attach " + arguments + " --data d");
        EXPECT_EQ(answer.code, 1) << arguments << answer.out;
        EXPECT_NE(answer.out.find(why), std::string::npos) << answer.out;
    };
    const testing_support::TimeStampAuthority other(directory_ / "other");
    refused("r.tsr --authority other/ca.pem", "autorité");
    // Any byte changed: in the signature at the end, in the middle, at the beginning.
    for (const std::size_t from_end : {10U, 700U, 1'100U}) {
        std::string changed = text("r.tsr");
        ASSERT_GT(changed.size(), from_end);
        char& byte = changed[changed.size() - from_end];
        byte = static_cast<char>(byte ^ 1);
        write("changed.tsr", changed);
        refused("changed.tsr --authority tsa/ca.pem", "Horodatage");
    }
    // The same head with a nonce that is not ours.
    const std::string query = text("r.tsq");
    const std::size_t imprint = query.find("\x04\x20", 0, 2);
    ASSERT_NE(imprint, std::string::npos);
    std::string digest;
    for (const char c : query.substr(imprint + 2, 32)) {
        char digits[3];
        std::snprintf(digits, sizeof digits, "%02x", static_cast<unsigned>(c) & 0xffU);
        digest += digits;
    }
    authority_->openssl("ts -query -sha256 -cert -digest " + digest + " -out ../n.tsq");
    authority_->answer(directory_ / "n.tsq", directory_ / "n.tsr");
    refused("n.tsr --authority tsa/ca.pem", "nonce");
    // Another head.
    authority_->openssl("ts -query -sha256 -cert -data tsa.cnf -out ../h.tsq");
    authority_->answer(directory_ / "h.tsq", directory_ / "h.tsr");
    refused("h.tsr --authority tsa/ca.pem", "aucune demande");
    refused("r.tsq --authority tsa/ca.pem", "RFC 3161");
    EXPECT_NE(deodat("anchor list --data d").out.find("sans réponse"), std::string::npos);
}

TEST_F(G08_Anchored, ASignatureKeptElsewhereProvesAndContradicts) {
    const Answer key = deodat("anchor key --data d > key.pem");
    EXPECT_EQ(key.code, 0);
    EXPECT_EQ(fs::status(directory_ / "d/anchor.key").permissions(),
              fs::perms::owner_read | fs::perms::owner_write);
    ASSERT_EQ(deodat("anchor sign --data d --out a.txt").code, 0);
    EXPECT_EQ(deodat("verify --data d --anchor a.txt").code, 0);
    export_chain();
    EXPECT_EQ(verifier("c.txt --anchor a.txt --public-key key.pem").code, 0);

    ASSERT_EQ(deodat("demo --data d2 --out o2").code, 0);  // the same story of another ledger
    ASSERT_EQ(deodat("anchor key --data d2 > key2.pem").code, 0);
    EXPECT_NE(text("key.pem"), text("key2.pem"));
    EXPECT_EQ(verifier("c.txt --anchor a.txt --public-key key2.pem").code, 1);

    std::string forged = text("a.txt");
    const std::size_t statement = forged.find("signature ") + 10;
    char& digit = forged[forged.find(' ', statement) - 1];
    digit = digit == '1' ? '2' : '1';  // the statement's last day digit
    write("forged.txt", forged);
    EXPECT_EQ(deodat("verify --data d --anchor forged.txt").code, 70);
    EXPECT_EQ(verifier("c.txt --anchor forged.txt --public-key key.pem").code, 1);
    write("nothing.txt", "deodat-anchor 1\nsignature 00 zz\n");
    EXPECT_EQ(deodat("verify --data d --anchor nothing.txt").code, 70);
    write("d/anchor.key", "no key");
    EXPECT_EQ(deodat("anchor sign --data d --out b.txt").code, 1);
}

// The verifier names the first line that is wrong.
TEST_F(G08_Anchored, TheVerifierFindsAnyChangeOfTheExport) {
    ASSERT_EQ(deodat("anchor sign --data d --out a.txt").code, 0);
    export_chain();
    const std::string chain = text("c.txt");
    ASSERT_EQ(verifier("c.txt").code, 0);
    const std::vector<std::string> lines = testing_support::split(chain, '\n');
    const auto with = [&](std::size_t skipped, std::size_t changed) {
        std::string out;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (i == skipped) continue;
            std::string line = lines[i];
            if (i == changed) line.back() = line.back() == '0' ? '1' : '0';
            out += line + "\n";
        }
        write("x.txt", out);
        return verifier("x.txt --anchor a.txt");
    };
    constexpr std::size_t none = SIZE_MAX;
    constexpr std::size_t entry_40 = 4 + 39;  // after the four lines of the header
    const Answer edited = with(none, entry_40);
    EXPECT_EQ(edited.code, 1);
    EXPECT_NE(edited.out.find("entry 40"), std::string::npos) << edited.out;
    const Answer missing = with(entry_40, none);
    EXPECT_EQ(missing.code, 1);
    EXPECT_NE(missing.out.find("entry 41"), std::string::npos) << missing.out;
    for (const std::size_t line : {1U, 2U, 3U}) EXPECT_EQ(with(none, line).code, 1) << line;
    for (const std::size_t line : {0U, 1U, 2U, 3U}) EXPECT_EQ(with(line, none).code, 1) << line;
    std::size_t last_record = lines.size() - 1;
    while (lines[last_record].rfind("record ", 0) != 0) --last_record;
    EXPECT_EQ(with(last_record, none).code, 1);
    EXPECT_EQ(with(none, last_record).code, 1);
    EXPECT_EQ(verifier("").code, 2);
    EXPECT_EQ(verifier("c.txt --nothing x").code, 2);
    EXPECT_EQ(verifier("a.txt").code, 1);
}

// Under --long: the verifier touches no byte that it should not.
TEST_F(G08_Anchored, TheVerifierIsCleanUnderValgrind) {
    if (!testing_support::long_run()) GTEST_SKIP() << "skipped: --long only";
    if (!testing_support::has_program("valgrind")) GTEST_SKIP() << "skipped: no valgrind";
    ask();
    authority_->answer(directory_ / "r.tsq", directory_ / "r.tsr");
    ASSERT_EQ(deodat("anchor attach r.tsr --data d --authority tsa/ca.pem").code, 0);
    ASSERT_EQ(deodat("anchor key --data d > key.pem").code, 0);
    ASSERT_EQ(deodat("anchor sign --data d --out a.txt").code, 0);
    export_chain();
    const std::string options =
        "--quiet --error-exitcode=99 --leak-check=full '" DEODAT_VERIFIER "' ";
    const Answer good = run(
        "valgrind", options + "c.txt --anchor a.txt --authority tsa/ca.pem --public-key key.pem");
    EXPECT_EQ(good.code, 0) << good.out;
    write("x.txt", text("c.txt").substr(0, 5'000));
    EXPECT_EQ(run("valgrind", options + "x.txt").code, 1);
}

}  // namespace
}  // namespace deodat
