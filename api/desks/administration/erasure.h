// Erasure at the administrator's desk: look first, then act; and a list to keep outside, so that a
// restored backup forgets again what was forgotten after it.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "ledger/erasure/erasure.h"

namespace deodat::administration_desk {

// Whose data: a dossier's household by the dossier's reference, a person by its number.
struct Whose {
    erasure::Subject subject;
    std::int64_t id;
};
// Refuses what does not exist (not_found), or is neither "dossier" nor "person" (malformed).
Result<Whose> whose_data(store::Database& db, std::string_view subject, std::string_view name);

Result<erasure::Assessment> assess_erasure(store::Database& db, const Whose& whose, Day today);

// In the tables; what SQLite's files still hold of it goes by Store::scrub.
Result<erasure::Erasure> erase_rows(store::Store& store, const Whose& whose,
                                    const erasure::Asked& asked);

struct Erased {
    erasure::Erasure erasure;
    bool gone_from_files;  // false: a reader holds the log; scrub again
};
// What became of them, in French.
std::string_view files_label(bool gone);
// The act, then the files. Asked again for what was erased, it scrubs the files again and refuses
// (erased), saying what became of them.
Result<Erased> erase(store::Store& store, const Whose& whose, const erasure::Asked& asked);

// ---- the list, a text of lines:
//
//   deodat-erasures 1
//   ledger IDENTITY                      hash of the first record, as an exported chain says it
//   REFERENCE SUBJECT NAME GROUND ASKED-ON PERSON ENTRY          each erasure, in order
//
// No personal data: NAME is a dossier's reference or a person's number.
std::string erasure_list(store::Database& db);

// One line of it, and what became of it in the restored ledger.
struct ErasedAgain {
    std::string reference;  // as the list has it
    std::string name;       // "dossier D26-0001", "person 4"
    enum class Outcome : std::uint8_t { erased, was_erased, not_there } outcome;
};
// Erases again, as they were asked, those that the ledger does not have, and empties the files of
// them. Refuses a text of another form (malformed) or of another ledger (not_found), before
// anything is erased; and the first that the ledger refuses to erase again, as the ledger says it:
// those before it are then erased, so this is for a ledger that does not count yet.
Result<std::vector<ErasedAgain>> erase_again(store::Store& store, std::string_view list);

}  // namespace deodat::administration_desk
