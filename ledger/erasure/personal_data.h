// The one list of what is personal: which columns hold data of households and natural persons, why
// they are kept, how long, and whether an erasure forgets them. Beside it, what is not, with the
// reason. Together they name every column of every table: a test reads the schema.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace deodat::erasure {

enum class Subject : std::uint8_t {
    household,   // of a dossier
    person,      // who acts on the ledger
    contractor,  // may be a natural person; no erasure forgets it, its pieces name it
    anyone,      // words that do not say whom they are about; no erasure finds them
};

struct PersonalData {
    std::string_view table;
    std::string_view columns;     // separated by blanks; "*": every column, the row goes
    std::string_view never_null;  // of these, those that nothing but an erasure leaves null
    Subject subject;
    // An SQL condition: which rows are those of the subject with number ?1. Empty: never erased.
    std::string_view rows;
    std::string_view what;  // French, as the preview says it
    std::string_view why;   // French: what they are kept for, and how long
};
std::span<const PersonalData> personal_data();

struct NotPersonal {
    std::string_view table;
    std::string_view columns;  // "*": every one
    std::string_view because;
};
std::span<const NotPersonal> not_personal();

// "a b" -> {"a", "b"}
std::vector<std::string> column_names(std::string_view columns);

}  // namespace deodat::erasure
