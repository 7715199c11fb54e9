// What the demonstration leaves behind: workbooks, journal, and a last word on the ledger.
#pragma once
#include <filesystem>
#include <ostream>
#include <string_view>

#include "ledger/funding/programme.h"

namespace deodat::demo {

// Throws EnvironmentFailure when the file cannot be written.
void write_file(const std::filesystem::path& path, std::string_view content);

// A reconciliation workbook per funder, the treasury's workbook, the hledger journal; then the
// positions and the ledger's proof, told. A ledger that does not prove is a broken invariant.
Result<Done> write_outputs(store::Store& store, ProgrammeId programme,
                           const std::filesystem::path& out, Instant now, std::ostream& told);

}  // namespace deodat::demo
