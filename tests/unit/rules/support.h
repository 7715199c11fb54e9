// What tests of the rules share: the contract's example as facts, edits of it, and rule texts
// compiled at once.
#pragma once
#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "rules/engine/compiler.h"
#include "rules/engine/rule_files.h"
#include "rules/facts/facts_json.h"
#include "rules/plan/plan.h"
#include "tests/support/replaced.h"

namespace deodat::rules::test {

using testing_support::replaced;

// The example of the contract: three persons in Saint-Dié, modest, F to C, 24 180 € of works.
inline std::string example_json() {
    return R"({"deposit_date":"2025-10-15",
 "household":{"persons":3,"reference_income_eur":35000,"commune_insee":"88413"},
 "owner":{"status":"owner_occupier"},
 "dwelling":{"commune_insee":"88413","type":"house","age_years":60,"main_residence":true,
             "living_area_m2":110,"dpe_before":"F"},
 "works":{"dpe_after":"C","energy_gain_pct":52,
          "lines":[{"trade":"isolation_mur_ite","amount_ht_cents":2418000,"vat_bp":550,"eligible":true}]},
 "given_aids":[{"aid":"local.forced","funder":"commune","amount_cents":150000}]})";
}

// The example, without its given aid.
inline Facts example_facts() {
    Result<Facts> facts = facts_from_json(example_json());
    EXPECT_TRUE(facts);
    facts->given_aids.clear();
    return std::move(*facts);
}

inline std::int64_t rank(std::string_view insee) {
    return static_cast<std::int64_t>(rank_of(**commune("", insee)));
}

inline std::int64_t day(std::string_view iso) {
    return Day::parse("", iso)->number();
}

inline void set_works(Facts& facts, std::int64_t ht_cents, std::int64_t vat_bp = 550) {
    facts.lines = {{"travaux", Money::cents(ht_cents), vat_bp, true}};
    facts.derive();
}

// Energy classes, as facts hold them.
inline constexpr std::int64_t A = 0;
inline constexpr std::int64_t B = 1;
inline constexpr std::int64_t C = 2;
inline constexpr std::int64_t D = 3;
inline constexpr std::int64_t E = 4;
inline constexpr std::int64_t F = 5;
inline constexpr std::int64_t G = 6;

// A household that lives in its house, in that commune, with its income in euros.
inline Facts household(std::string_view deposit, std::int64_t persons, std::int64_t income,
                       std::string_view insee = "88413") {
    Facts facts = example_facts();
    facts.set(FactId::deposit_date, day(deposit));
    facts.set(FactId::persons, persons);
    facts.set(FactId::reference_income, income * 100);
    facts.set(FactId::dwelling_commune, rank(insee));
    facts.set(FactId::household_commune, rank(insee));
    facts.derive();
    return facts;
}

// Works of so many euros without VAT, at 5.5 %, from one class to another.
inline Facts with_works(Facts facts, std::int64_t before, std::int64_t after,
                        std::int64_t ht_euros) {
    facts.set(FactId::dpe_before, before);
    facts.set(FactId::dpe_after, after);
    set_works(facts, ht_euros * 100);
    return facts;
}

inline const PlannedAid& aid_of(const Plan& plan, std::string_view id) {
    const PlannedAid* aid = plan.aid(id);
    if (aid == nullptr) throw std::runtime_error("not in the plan: " + std::string(id));
    return *aid;
}

inline Loading load(std::string text) {
    const RuleFile file{"essai.rules", std::move(text)};
    return compile({&file, 1});
}

// The first error of a rule text, as shown; empty when it is in order.
inline std::string error_of(std::string text) {
    const Loading loading = load(std::move(text));
    return loading.errors.empty() ? "" : loading.errors.front().text();
}

// A rule text beside the income scales of the program.
inline std::shared_ptr<const RuleSet> with_scales(std::string text) {
    std::vector<RuleFile> files = {{"essai.rules", std::move(text)}};
    for (RuleFile& file : embedded_rule_files()) {
        if (file.name == "scales.rules") files.push_back(std::move(file));
    }
    Loading loading = compile(files);
    for (const RuleError& error : loading.errors) ADD_FAILURE() << error.text();
    return std::shared_ptr<const RuleSet>(std::move(loading.rules));
}

// An aid of 2025 open everywhere, with these clauses.
inline std::string aid_text(std::string_view id, std::string_view clauses) {
    return "aid " + std::string(id) + " \"Aide d'essai\"\n  paid by essai\n" +
           "  deposited 2025-01-01 .. 2026-12-31\n  " + std::string(clauses) + "\n";
}

}  // namespace deodat::rules::test
