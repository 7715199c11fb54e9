// Statements booked: imported whole or not at all, then each movement matched, by a person, with
// one thing.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/bank/statement.h"
#include "ledger/funding/programme.h"

namespace deodat::bank {

// Imports a bookable statement of a programme's account; `content` is the file, whose hash makes a
// second import impossible. What an earlier statement brought is not taken again (overlap.h).
// Refuses what is not bookable, an unknown account, a statement imported before, one that is older
// than the last or does not join it. Returns the movements to match: those that are new.
Result<std::vector<MovementId>> import_statement(store::Transaction& tx, const Statement& statement,
                                                 std::string_view content, PersonId accountant);

// What a movement can stand for.
enum class Kind : std::uint8_t {
    fund,
    transfer,
    returned_transfer,
    claim,
    household_call,
    household_early
};
inline constexpr std::size_t kind_count = 6;
std::string_view kind_name(Kind kind);

struct StoredMovement {
    MovementId id;
    ProgrammeId programme;
    std::string statement;
    std::int64_t ordinal;
    Day day;
    Money amount;  // above zero: received
    std::string end_to_end_id;
    std::string return_reason;
    std::string counterparty;
    std::string remittance;
    std::optional<Kind> matched;
    EntryId entry;
    std::string doubt;  // why a person must look before matching; empty: nothing
};
std::optional<StoredMovement> find_movement(store::Database& db, MovementId id);
std::vector<StoredMovement> unmatched_movements(store::Database& db, ProgrammeId programme);

// A proposal, with the reason a person reads before confirming.
struct Proposal {
    Kind kind;
    std::int64_t target;
    std::string label;
    std::string reason;
};
// In order of strength: end-to-end identification, then a reference in the text with an amount that
// fits.
std::vector<Proposal> proposals(store::Database& db, MovementId movement);

// A person confirms: the event is posted and the movement bound to its entry. Refuses a movement
// already matched, of nothing or of another programme than its target's, and all that the event
// itself refuses.
Result<EntryId> confirm_match(store::Transaction& tx, MovementId movement, Kind kind,
                              std::int64_t target, PersonId accountant);

}  // namespace deodat::bank
