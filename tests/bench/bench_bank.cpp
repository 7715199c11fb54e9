// A bank's file of 100,000 movements, read and matched against 20,000 open items, from the file on
// disk to a proposal for each movement that has one; each format in a process of its own, whose
// peak memory counts the file too. What is matched is what ledger/bank matches receipts with today:
// the references that payers quote. Four movements in five quote one. Open items are made in
// memory: reading them from a ledger is not in the figure, nor is importing.
//
//   {"name":"bank_cfonb120","movements":…,"open_items":…,"seconds":…,"read_seconds":…,"file_mib":…}
#include <fstream>
#include <sstream>

#include "ledger/bank/open_items.h"
#include "ledger/bank/overlap.h"
#include "ledger/bank/statement_file.h"
#include "tests/bench/measure.h"
#include "tests/support/statement_writers.h"

namespace deodat::bench {
namespace {

constexpr int movement_count = 100'000;
constexpr int item_count = 20'000;
constexpr int runs = 5;

std::string reference(int number) {
    return "C26-" + testing_support::digits(number, 5);
}

testing_support::WrittenStatement statement() {
    testing_support::WrittenStatement out;
    for (int i = 0; i < movement_count; ++i) {
        const bool quotes = i % 5 != 0;
        out.movements.push_back({{2026, 11, 2 + (i * 2) / movement_count},
                                 1'000 + i % 977,
                                 (quotes ? "SUBV " + reference(i % item_count) : "VIR SANS REF") +
                                     " " + std::to_string(i),
                                 "AGENCE " + std::to_string(i % 50),
                                 "E" + std::to_string(i),
                                 "R" + std::to_string(i)});
    }
    return out;
}

bank::OpenItems open_items() {
    bank::OpenItems out;
    for (int i = 0; i < item_count; ++i) {
        out.add({bank::Kind::claim, i, reference(i), "Demande de paiement " + reference(i),
                 Money::euros(100)});
    }
    return out;
}

bank::StoredMovement stored(const bank::Movement& line) {
    return {.id = {},
            .programme = {},
            .statement = "",
            .ordinal = line.ordinal,
            .day = *line.booking_day,
            .amount = line.amount,
            .end_to_end_id = line.end_to_end_id,
            .return_reason = line.return_reason,
            .counterparty = line.counterparty_name,
            .remittance = bank::kept_text(line),
            .matched = {},
            .entry = {},
            .doubt = ""};
}

std::string bytes_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary | std::ios::ate);
    std::string out(static_cast<std::size_t>(in.tellg()), '\0');
    in.seekg(0);
    in.read(out.data(), static_cast<std::streamsize>(out.size()));
    return out;
}

bool measure(const std::string& name, const std::string& path) {
    std::vector<std::int64_t> whole;
    std::vector<std::int64_t> reading;
    std::size_t file_bytes = 0;
    bool proven = true;
    for (int run = 0; run < runs; ++run) {
        const bank::OpenItems items = open_items();
        std::size_t matched = 0;
        std::vector<bank::Statement> statements;
        reading.push_back(nanoseconds([&] {
            const std::string file = bytes_of(path);
            file_bytes = file.size();
            statements = *bank::read_statements(file, {});
        }));
        whole.push_back(reading.back() + nanoseconds([&] {
                            for (const bank::Movement& line : statements.at(0).movements) {
                                matched += items.proposals(stored(line)).size();
                            }
                        }));
        proven = proven && statements[0].bookable() && matched == movement_count / 5 * 4 &&
                 statements[0].movements.size() == movement_count;
    }
    const auto seconds = [](std::vector<std::int64_t> values) {
        return thousandths(median(std::move(values)) / 1'000'000);
    };
    std::ostringstream figures;
    figures << "\"movements\":" << movement_count << ",\"open_items\":" << item_count
            << ",\"seconds\":" << seconds(whole) << ",\"read_seconds\":" << seconds(reading)
            << ",\"file_mib\":" << (file_bytes >> 20U);
    return say(name, figures.str(), proven);
}

// The writer's memory is not the reader's: another process.
bool measure_written(const std::string& name, const std::function<std::string()>& written) {
    const Directory directory;
    const std::string path = directory.path + "/statement";
    const bool wrote = in_a_process([&] {
        std::ofstream(path, std::ios::binary) << written();
        return true;
    });
    return wrote && in_a_process([&] { return measure(name, path); });
}

}  // namespace
}  // namespace deodat::bench

int main() {
    using namespace deodat;
    const bool flat = bench::measure_written(
        "bank_cfonb120", [] { return testing_support::cfonb120(bench::statement(), "\r\n"); });
    const bool xml = bench::measure_written("bank_camt", [] {
        return testing_support::camt053(testing_support::camt_statement(bench::statement(), 8), 8);
    });
    return flat && xml ? 0 : 1;
}
