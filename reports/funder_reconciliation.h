// The workbook a funder receives: what it notified, what was claimed, received, paid to
// contractors, and what is left, grant by grant, with every movement behind it and the proof that
// it agrees with the ledger.
//
// The caller reads the ledger; this file only lays out. What it expects of the figures:
//   - `grants` holds every grant of the funder in the programme at (as_of, last_entry);
//   - `movements` holds, since the beginning and in the ledger's order, every movement of these
//   grants, signed: the sums by
//     state are the grants' columns (a reversal or a reduction is a negative movement). Payments to
//     contractors may be left out, their share being a calculation rather than a movement;
//   - `ledger` holds the same totals read from the ledger's accounts, not summed from the lines:
//   the control compares.
// Households appear under a pseudonym only.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "ledger/base/day.h"
#include "ledger/base/money.h"

namespace deodat::reports {

// The state words of a figure, the same on every screen and in every file.
enum class FigureState : std::uint8_t { notified, claimed, received, paid_to_contractors };

struct GrantFigures {
    Money notified;
    Money claimed;
    Money received;
    Money paid_to_contractors;  // the part of the contractors' payments attributed to this grant
    Money outstanding;          // what the funder still owes
    Money difference;           // what was claimed or expected and will not come as such; explained
};

struct GrantLine {
    std::string dossier;    // D26-0001
    std::string household;  // pseudonym
    std::string commune;
    std::string insee;
    std::string aid;  // the scheme's or aid's French label
    std::optional<Day> notified_on;
    GrantFigures figures;
    std::string difference_reason;
};

struct MovementLine {
    Day day;
    std::int64_t entry = 0;
    std::string dossier;
    std::string event;  // French label of the event
    std::string piece;
    FigureState state = FigureState::notified;
    Money amount;
    std::string bank_reference;
};

struct FunderReconciliation {
    std::string funder;
    std::string programme;
    std::string petr;
    Day as_of;
    std::int64_t last_entry = 0;
    std::string recorded_at;  // when that entry was: "02/11/2026 à 09 h 12"
    Instant created;          // the same moment, for the file's properties
    std::vector<GrantLine> grants;
    std::vector<MovementLine> movements;
    GrantFigures ledger;
    std::filesystem::path temporary_directory = {};
};

// Writes the workbook and says whether lines, movements and ledger agree (the file says it too).
// Throws EnvironmentFailure where the file cannot be written.
bool write_funder_reconciliation(const std::filesystem::path& path,
                                 const FunderReconciliation& data);

}  // namespace deodat::reports
