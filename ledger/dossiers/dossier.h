// A household's file: who, where, which works. Personal data live here and never enter the journal.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/funding/programme.h"
#include "ledger/journal/balances.h"

namespace deodat::dossiers {

struct Household {
    std::string name;
    std::int64_t persons;
    std::int64_t reference_income_eur;
    std::string commune_insee;
    std::string owner_status;  // owner_occupier, landlord, tenant
};

struct Dwelling {
    std::string commune_insee;
    std::string type;  // house, flat
    std::int64_t age_years;
    bool main_residence;
    std::int64_t living_area_m2;
    std::string dpe_before;  // A to G
    std::string dpe_after;
    std::int64_t energy_gain_pct;
};

struct OpenDossier {
    ProgrammeId programme;
    PersonId adviser;
    Day opened_on;
    Household household;
    Dwelling dwelling;
};

enum class State : std::uint8_t { open, abandoned, closed };
inline constexpr std::size_t state_count = 3;
std::string_view state_name(State state);
std::string_view state_label(State state);

struct Dossier {
    DossierId id;
    std::string reference;  // "D25-0001": the year it was opened, then a number in that year
    journal::ProgrammeRef programme;
    PersonId adviser;
    Day opened_on;
    State state;
    std::optional<Day> ended_on;
    std::int64_t version;  // of what figures are computed from
    EntryId ended_entry;   // 0 while it is open
    State state_as_of(const journal::AsOf& as_of) const;
};

// Refuses a day before the programme's opening, a commune that does not exist or lies outside the
// programme's perimeter, a household without a person, a class or a status that the dictionary of
// facts does not hold.
Result<DossierId> open_dossier(store::Transaction& tx, const OpenDossier& command);

Result<Dossier> find_dossier(store::Database& db, DossierId id);
// The dossier, unless it is abandoned or closed: then a refusal that says so.
Result<Dossier> open_dossier_of(store::Database& db, DossierId id);
std::vector<Dossier> dossiers_of(store::Database& db, ProgrammeId programme);
Result<Dossier> dossier_by_reference(store::Database& db, std::string_view reference);
// Both refuse (erased) when the household's data were erased; the commune of the dwelling stays.
Result<Household> household_of(store::Database& db, DossierId id);
Result<Dwelling> dwelling_of(store::Database& db, DossierId id);
std::string commune_of(store::Database& db, DossierId id);

// Sets the state of an open dossier at its end, which an entry records. The gates are those of the
// commands that end it.
void end_dossier(store::Transaction& tx, DossierId id, State state, Day day,
                 std::string_view reason, EntryId entry, std::string_view salt = {});
// SHA-256 of why a dossier was abandoned, salted: the journal keeps it when the reason is erased.
std::string reason_digest(std::string_view salt, std::string_view reason);

}  // namespace deodat::dossiers
