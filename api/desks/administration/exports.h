// Exports of the journal: written with their hash, then registered.
//
// Two steps, because a file may be taken beside a process that writes: then only that process could
// register it, and the caller must say so.
#pragma once
#include <optional>
#include <ostream>
#include <string_view>

#include "ledger/journal/export_register.h"
#include "reports/journal/fec.h"

namespace deodat::administration_desk {

enum class ExportFormat : std::uint8_t { hledger, beancount, csv, fec, chain };
std::optional<ExportFormat> export_format_of(std::string_view name);
std::string_view export_format_name(ExportFormat format);

struct ExportRequest {
    ExportFormat format;
    int year = 0;       // of a FEC, see fec_year; 0 for the other formats
    PersonId person{};  // who asks; 0 for the command line
    EntryId up_to{};    // of hledger, Beancount and CSV: the last entry told; 0 for the newest
};

struct ExportMade {
    journal::JournalExport record;  // not registered yet
    reports::FecNotes fec;          // of a FEC
};

// The year of a FEC: the one asked for, or that of the newest entry. Refuses a year before the
// first entry, and an empty ledger.
Result<int> fec_year(store::Database& db, std::optional<int> asked);

// Writes the export of a snapshot. Refuses a person that the ledger does not know, before a byte
// is written; an entry that the journal does not have. Throws EnvironmentFailure when the output
// fails.
Result<ExportMade> write_export(store::Database& db, const ExportRequest& request,
                                std::ostream& out);

// Returns the export's number in the register.
std::int64_t register_export(store::Store& store, const ExportMade& made);

}  // namespace deodat::administration_desk
