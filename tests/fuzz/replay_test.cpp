// Goal: every input that the fuzzers kept, and every one that once broke something, still does no
// harm. Method: each is fed to the function that its fuzzer calls, compiled as everything else is.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/fuzz/inputs.h"

namespace deodat::fuzz {
namespace {

void replay(const std::string& folder, void (*feed)(std::string_view)) {
    std::size_t count = 0;
    const auto root = std::filesystem::path(DEODAT_ROOT) / "tests" / "fuzz" / "corpus" / folder;
    for (const auto& entry : std::filesystem::directory_iterator(root)) {
        std::ifstream in(entry.path(), std::ios::binary);
        std::ostringstream bytes;
        bytes << in.rdbuf();
        EXPECT_NO_THROW(feed(bytes.str())) << entry.path();
        ++count;
    }
    EXPECT_GE(count, 50U) << folder;
}

TEST(FuzzReplay, G20_RuleTexts) {
    replay("rules", &try_rules);
}

TEST(FuzzReplay, G20_Facts) {
    replay("facts", &try_facts);
}

TEST(FuzzReplay, G20_Requests) {
    replay("requests", &try_requests);
}

TEST(FuzzReplay, G20_BankMessagesAndTransferFiles) {
    replay("xml", &try_xml);
}

TEST(FuzzReplay, G20_Cfonb120) {
    replay("cfonb", &try_cfonb);
}

TEST(FuzzReplay, G20_PaymentFilesAndStatuses) {
    replay("payments", &try_payments);
}

TEST(FuzzReplay, G20_Tables) {
    replay("csv", &try_csv);
}

TEST(FuzzReplay, G20_Invoices) {
    replay("invoice", &try_invoice);
}

TEST(FuzzReplay, G20_InvoicesInPdf) {
    replay("pdf", &try_pdf);
}

TEST(FuzzReplay, G20_ExportedChains) {
    replay("chain", &try_chain);
}

}  // namespace
}  // namespace deodat::fuzz
