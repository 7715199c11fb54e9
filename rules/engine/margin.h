// By how much a dossier misses what a condition asks: « 5 ans de moins que le minimum de 15 ans ».
//
// Read from the condition itself, for every ordered value there is (numbers, money, rates, dates,
// choices that have an order), never from the aid that asks. Frame and answers stay as they were.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "rules/engine/evaluator.h"

namespace deodat::rules {

// One thing that a dossier misses.
struct Miss {
    std::string text;  // « âge du logement : 10 ans, 5 ans de moins que le minimum de 15 ans »
    bool measured = false;              // the text says a distance
    std::optional<std::int64_t> cents;  // the distance, when it is money
};

// Why the answer to this test is no. One miss for each side of an « and » that fails; one for an
// « or », which says every side.
std::vector<Miss> misses(const Aid& aid, Frame& frame, NodeIndex test);

// The first table that a figure of this aid reaches and that has no row for the dossier; none when
// every table has one.
std::optional<Miss> outside_tables(const Aid& aid, Frame& frame, NodeIndex figure);

}  // namespace deodat::rules
