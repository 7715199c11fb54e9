// How many plans a second one core makes with the whole rule set loaded, on the oracle's inputs:
// facts struct to plan struct, reasons as bits; then with the explanation; a portfolio re-planned
// under a changed rule set; the loading of the rules. One JSON line a figure. Every figure's plans
// are verified after the timing.
#include <algorithm>
#include <ctime>
#include <fstream>
#include <iostream>
#include <vector>

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "rules/engine/rule_files.h"
#include "rules/facts/facts_json.h"
#include "rules/plan/plan.h"

namespace {

using namespace deodat::rules;  // NOLINT(google-build-using-namespace): a program of one file

constexpr int rounds = 5;

// Time that this thread had on its core: what else runs on the machine does not count.
std::int64_t nanoseconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

std::int64_t median(std::vector<std::int64_t> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

// The facts of the oracle's cases, of every year.
std::vector<Facts> oracle_facts() {
    std::vector<Facts> made;
    for (const char* name : {"oracle_2024", "oracle_2025H1", "oracle_2025"}) {
        std::ifstream in(std::string(DEODAT_ROOT "/tests/data/") + name + ".jsonl");
        std::string line;
        while (std::getline(in, line)) {
            rapidjson::Document one;
            one.Parse(line.c_str());
            rapidjson::StringBuffer text;
            rapidjson::Writer<rapidjson::StringBuffer> writer(text);
            one["facts"].Accept(writer);
            made.push_back(std::move(*facts_from_json({text.GetString(), text.GetSize()})));
        }
    }
    return made;
}

// The rules of the program, with one point more for modest households.
std::unique_ptr<const RuleSet> changed_rules() {
    std::vector<RuleFile> files = embedded_rule_files();
    for (RuleFile& file : files) {
        std::size_t at = 0;
        while ((at = file.text.find(" modest: 60 %", at)) != std::string::npos) {
            file.text.replace(at, 13, " modest: 61 %");
        }
    }
    return std::move(compile(files).rules);
}

template <class Make>
bool report(const char* name, std::vector<Facts>& dossiers, int repeats, std::int64_t expected,
            const Make& make) {
    std::vector<std::int64_t> speeds;
    for (int i = 0; i < rounds; ++i) {
        std::int64_t total = 0;
        const auto start = nanoseconds();
        for (int r = 0; r < repeats; ++r) {
            for (Facts& facts : dossiers) total += make(facts);
        }
        const auto plans = static_cast<std::int64_t>(dossiers.size()) * repeats;
        speeds.push_back(plans * 1'000'000'000 / std::max<std::int64_t>(1, nanoseconds() - start));
        if (total != expected * repeats) return false;
    }
    std::cout << R"({"name":")" << name << R"(","plans_per_second":)" << median(speeds) << "}\n";
    return true;
}

bool report_loading() {
    const std::vector<RuleFile> files = embedded_rule_files();
    std::vector<std::int64_t> times;
    for (int i = 0; i < rounds; ++i) {
        const auto start = nanoseconds();
        const Loading loading = compile(files);
        times.push_back(nanoseconds() - start);
        if (loading.rules == nullptr || loading.rules->version != embedded_rules().version)
            return false;
    }
    std::cout << R"({"name":"rules_loading","microseconds":)" << median(times) / 1000 << "}\n";
    return true;
}

// A hundred thousand dossiers, their facts in memory, planned anew under other rules.
bool report_portfolio(const std::vector<Facts>& dossiers) {
    constexpr std::size_t portfolio = 100'000;
    std::vector<Facts> held;
    held.reserve(portfolio);
    for (std::size_t i = 0; i < portfolio; ++i) held.push_back(dossiers[i % dossiers.size()]);
    const std::unique_ptr<const RuleSet> changed = changed_rules();
    std::vector<std::int64_t> times;
    std::int64_t total = 0;
    for (int i = 0; i < rounds; ++i) {
        total = 0;
        const auto start = nanoseconds();
        for (const Facts& facts : held) total += plan(*changed, facts)->total_aid.cents();
        times.push_back(nanoseconds() - start);
    }
    std::int64_t before = 0;
    std::int64_t explained = 0;
    for (const Facts& facts : held) before += plan(embedded_rules(), facts)->total_aid.cents();
    for (std::size_t i = 0; i < held.size(); i += 100) {
        explained += explain(*changed, held[i])->plan.total_aid.cents();
        explained -= plan(*changed, held[i])->total_aid.cents();
    }
    if (total <= before || explained != 0) return false;
    std::cout << R"({"name":"portfolio_of_100000","milliseconds":)" << median(times) / 1'000'000
              << "}\n";
    return true;
}

}  // namespace

int main() {
    const RuleSet& rules = embedded_rules();
    std::vector<Facts> dossiers = oracle_facts();
    std::int64_t expected = 0;
    for (Facts& facts : dossiers) expected += explain(rules, facts)->plan.total_aid.cents();
    if (expected <= 0) return 1;
    // Totals and class jump are derived anew each time: they are part of a plan's work.
    const bool plain = report("plans", dossiers, 100, expected, [&](Facts& facts) {
        facts.derive();
        return plan(rules, facts)->total_aid.cents();
    });
    const bool traced = report("plans_with_trace", dossiers, 2, expected, [&](Facts& facts) {
        facts.derive();
        return explain(rules, facts)->plan.total_aid.cents();
    });
    return plain && traced && report_portfolio(dossiers) && report_loading() ? 0 : 1;
}
