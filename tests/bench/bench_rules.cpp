// How many plans a second one core makes: facts struct to plan struct, the whole rule set loaded,
// reasons as bits; then the same with the explanation. One JSON line a figure. Every plan is
// verified after the timing.
#include <algorithm>
#include <chrono>
#include <iostream>
#include <vector>

#include "rules/engine/rule_files.h"
#include "rules/facts/facts_json.h"
#include "rules/plan/plan.h"

namespace {

using namespace deodat::rules;  // NOLINT(google-build-using-namespace): a program of one file

constexpr int rounds = 5;

std::vector<Facts> some_dossiers() {
    const char* communes[] = {"88413", "88136", "93047", "75056", "49007"};
    const char* dates[] = {"2025-10-15", "2025-12-01", "2026-03-02", "2026-06-30"};
    std::vector<Facts> made;
    for (int i = 0; i < 200; ++i) {
        const std::string commune = communes[i % 5];
        const std::string date = dates[i % 4];
        const std::string json =
            R"({"deposit_date":")" + date + R"(","household":{"persons":)" +
            std::to_string(1 + i % 7) + R"(,"reference_income_eur":)" +
            std::to_string(12000 + i * 350) + R"(,"commune_insee":")" + commune +
            R"("},"owner":{"status":"owner_occupier"},"dwelling":{"commune_insee":")" + commune +
            R"(","type":"house","age_years":60,"main_residence":true,"living_area_m2":110,)" +
            R"("dpe_before":")" + std::string(1, static_cast<char>('E' + i % 3)) +
            R"("},"works":{"dpe_after":"C","energy_gain_pct":52,"lines":[)" +
            R"({"trade":"isolation","amount_ht_cents":)" + std::to_string(1500000 + i * 9973) +
            R"(,"vat_bp":550,"eligible":true},{"trade":"ventilation","amount_ht_cents":345678,)" +
            R"("vat_bp":1000,"eligible":true}]}})";
        made.push_back(std::move(*facts_from_json(json)));
    }
    return made;
}

struct Measured {
    std::int64_t per_second;
    std::int64_t total_cents;
};

template <class Make>
Measured measure(std::vector<Facts>& dossiers, int repeats, const Make& make) {
    std::int64_t total = 0;
    const auto start = std::chrono::steady_clock::now();
    for (int r = 0; r < repeats; ++r) {
        for (Facts& facts : dossiers) total += make(facts);
    }
    const auto elapsed = std::chrono::duration_cast<std::chrono::nanoseconds>(
        std::chrono::steady_clock::now() - start);
    const auto plans = static_cast<std::int64_t>(dossiers.size()) * repeats;
    return {plans * 1'000'000'000 / std::max<std::int64_t>(1, elapsed.count()), total};
}

// The median of several rounds, after checking that every round gave the same cents as the
// explained plans.
template <class Make>
bool report(const char* name, std::vector<Facts>& dossiers, int repeats, std::int64_t expected_one,
            const Make& make) {
    std::vector<std::int64_t> speeds;
    for (int i = 0; i < rounds; ++i) {
        const Measured measured = measure(dossiers, repeats, make);
        if (measured.total_cents != expected_one * repeats) return false;
        speeds.push_back(measured.per_second);
    }
    std::sort(speeds.begin(), speeds.end());
    std::cout << R"({"name":")" << name << R"(","plans_per_second":)" << speeds[rounds / 2]
              << "}\n";
    return true;
}

}  // namespace

int main() {
    const RuleSet& rules = embedded_rules();
    std::vector<Facts> dossiers = some_dossiers();
    std::int64_t expected = 0;
    for (Facts& facts : dossiers) expected += explain(rules, facts)->plan.total_aid.cents();
    if (expected <= 0) return 1;
    // Totals and class jump are derived anew each time: they are part of a plan's work.
    const bool plain = report("plans", dossiers, 1000, expected, [&](Facts& facts) {
        facts.derive();
        return plan(rules, facts)->total_aid.cents();
    });
    const bool traced = report("plans_with_trace", dossiers, 50, expected, [&](Facts& facts) {
        facts.derive();
        return explain(rules, facts)->plan.total_aid.cents();
    });
    return plain && traced ? 0 : 1;
}
