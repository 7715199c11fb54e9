// A year of a small Déodatie, played through the desks: six dossiers from the first visit to the
// closing, the bank played too. Every figure it shows comes out of rules and ledger; nothing is
// written behind their back.
#pragma once
#include <cstdint>
#include <filesystem>
#include <ostream>

#include "api/desks/desk.h"

namespace deodat::demo {

// Plays the year into a data directory that must be new or empty, writes every file into `out`,
// which must be new or empty too, and tells what happens. Same program, same bytes. Refuses as the
// ledger does.
Result<Done> play(const std::filesystem::path& data, const std::filesystem::path& out,
                  const rules::RuleSet& rules, std::ostream& told);

}  // namespace deodat::demo
