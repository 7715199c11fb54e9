// Dossiers drawn by RapidCheck, for the properties of plans and of their explanations.
#pragma once
#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include "tests/unit/rules/support.h"

namespace deodat::rules::test {

template <class T>
T drawn(T least, T most) {
    return *rc::gen::inRange<T>(least, static_cast<T>(most + 1));
}

// A complete dossier: any commune, income, works; given aids now and then.
inline Facts some_dossier() {
    Facts facts = example_facts();
    facts.set(FactId::deposit_date, drawn(day("2025-01-01"), day("2026-12-31")));
    facts.set(FactId::persons, drawn<std::int64_t>(1, 12));
    facts.set(FactId::reference_income, drawn<std::int64_t>(0, 150'000) * 100);
    const auto ranks = static_cast<std::int64_t>(communes().size());
    facts.set(FactId::dwelling_commune,
              *rc::gen::element(rank("88413"), rank("75056"), drawn<std::int64_t>(0, ranks - 1)));
    facts.set(FactId::household_commune, drawn<std::int64_t>(0, ranks - 1));
    facts.set(FactId::owner_status, drawn<std::int64_t>(0, 2));
    facts.set(FactId::dwelling_age, drawn<std::int64_t>(10, 100));
    facts.set(FactId::dpe_before, drawn<std::int64_t>(3, 6));
    facts.set(FactId::dpe_after, drawn<std::int64_t>(0, 6));
    facts.lines.clear();
    const int lines = drawn(1, 4);
    for (int i = 0; i < lines; ++i) {
        facts.lines.push_back({"lot " + std::to_string(i),
                               Money::cents(drawn<std::int64_t>(0, 5'000'000)),
                               *rc::gen::element<std::int64_t>(550, 1000, 2000), drawn(0, 4) > 0});
    }
    if (drawn(0, 2) == 0) {
        facts.given_aids = {
            {"local.forced", "commune", Money::cents(drawn<std::int64_t>(0, 4'000'000))}};
    }
    facts.derive();
    return facts;
}

}  // namespace deodat::rules::test
