#include "ledger/dossiers/dossier.h"

#include <algorithm>
#include <array>

#include "ledger/base/canonical.h"
#include "ledger/base/checks.h"
#include "ledger/base/named.h"
#include "ledger/base/numbering.h"
#include "ledger/base/territory.h"
#include "ledger/base/text.h"
#include "ledger/people/person.h"
#include "ledger/store/numbering.h"

namespace deodat::dossiers {
namespace {

constexpr std::size_t name_points_max = 120;
constexpr std::int64_t persons_max = 99;
constexpr std::int64_t age_years_max = 1'000;
constexpr std::int64_t area_m2_max = 10'000;
constexpr std::int64_t income_eur_max = 100'000'000;

struct StateRow {
    std::string_view name;
    std::string_view label;
};
constexpr std::array<StateRow, state_count> states = {
    {{"open", "en cours"}, {"abandoned", "abandonné"}, {"closed", "soldé"}}};

State state_of(std::string_view name) {
    const auto found = named<State>(states, name, &StateRow::name);
    DEODAT_ASSERT(found.has_value(), "a stored state is a state");
    return *found;
}

Result<Done> check_choice(std::string_view field, std::string_view value,
                          std::initializer_list<std::string_view> choices) {
    if (std::find(choices.begin(), choices.end(), value) != choices.end()) return Done{};
    std::string expected;
    for (const std::string_view choice : choices) {
        if (!expected.empty()) expected += ", ";
        expected += choice;
    }
    return Refusal{
        Code::malformed, std::string(field),
        "La valeur « " + shown(value) + " » n'est pas admise : attendu " + expected + "."};
}

Result<Done> check_class(std::string_view field, std::string_view value) {
    return check_choice(field, value, {"A", "B", "C", "D", "E", "F", "G"});
}

Result<Done> check_range(std::string_view field, std::int64_t value, std::int64_t least,
                         std::int64_t most) {
    if (value >= least && value <= most) return Done{};
    return Refusal{Code::out_of_range, std::string(field),
                   "La valeur " + std::to_string(value) + " doit être comprise entre " +
                       std::to_string(least) + " et " + std::to_string(most) + "."};
}

Result<Done> check_values(const OpenDossier& command) {
    const Household& h = command.household;
    const Dwelling& d = command.dwelling;
    for (const auto& checked :
         {check_range("household.persons", h.persons, 1, persons_max),
          check_range("household.reference_income_eur", h.reference_income_eur, 0, income_eur_max),
          check_choice("owner.status", h.owner_status, {"owner_occupier", "landlord", "tenant"}),
          check_choice("dwelling.type", d.type, {"house", "flat"}),
          check_range("dwelling.age_years", d.age_years, 0, age_years_max),
          check_range("dwelling.living_area_m2", d.living_area_m2, 1, area_m2_max),
          check_class("dwelling.dpe_before", d.dpe_before),
          check_class("works.dpe_after", d.dpe_after),
          check_range("works.energy_gain_pct", d.energy_gain_pct, 0, 100)}) {
        if (!checked) return checked.refusal();
    }
    return Done{};
}

Result<Done> check_perimeter(const funding::Programme& programme, const OpenDossier& command) {
    const auto home = commune("household.commune_insee", command.household.commune_insee);
    if (!home) return home.refusal();
    const auto place = commune("dwelling.commune_insee", command.dwelling.commune_insee);
    if (!place) return place.refusal();
    const auto& perimeter = programme.epci_sirens;
    const std::string epci = std::to_string((*place)->epci);
    if (std::find(perimeter.begin(), perimeter.end(), epci) == perimeter.end()) {
        return Refusal{Code::gate_closed, "dwelling.commune_insee",
                       std::string((*place)->name) + " (" + command.dwelling.commune_insee +
                           ") n'est pas dans le périmètre du programme « " + programme.name +
                           " »."};
    }
    return Done{};
}

constexpr std::string_view columns =
    "SELECT d.id, d.reference, d.programme, p.operation, d.adviser, d.opened_on, d.state, "
    "d.ended_on,"
    " d.version, d.ended_entry FROM dossier d JOIN programme p ON p.id = d.programme ";

Dossier dossier_of(store::Rows& rows) {
    return {{rows.integer(0)}, rows.text(1),    {{rows.integer(2)}, rows.text(3)},
            {rows.integer(4)}, rows.day(5),     state_of(rows.text(6)),
            rows.maybe_day(7), rows.integer(8), rows.id<EntryId>(9)};
}

Refusal were_erased(store::Database& db, DossierId id) {
    return {Code::erased, "dossier",
            "Les données du ménage du dossier " + find_dossier(db, id)->reference +
                " ont été effacées : seuls restent les montants et les écritures."};
}

}  // namespace

std::string_view state_name(State state) {
    return states.at(static_cast<std::size_t>(state)).name;
}

std::string_view state_label(State state) {
    return states.at(static_cast<std::size_t>(state)).label;
}

Result<DossierId> open_dossier(store::Transaction& tx, const OpenDossier& command) {
    store::Database& db = tx.db();
    if (auto role = people::require_role(db, command.adviser, people::Role::adviser); !role) {
        return role.refusal();
    }
    const auto programme = funding::find_programme(db, command.programme);
    if (!programme) return Refusal{Code::not_found, "programme", "Ce programme n'existe pas."};
    if (auto dated = require_not_before("dossier.opened_on", command.opened_on,
                                        programme->opened_on, "l'ouverture du programme");
        !dated) {
        return dated.refusal();
    }
    if (auto dated = require_happened("dossier.opened_on", command.opened_on, tx.today()); !dated) {
        return dated.refusal();
    }
    const auto name = clean_text("household.name", command.household.name, name_points_max);
    if (!name) return name.refusal();
    if (auto values = check_values(command); !values) return values.refusal();
    if (auto inside = check_perimeter(*programme, command); !inside) return inside.refusal();

    const std::string reference =
        store::next_number(db, "dossier", "reference", yearly_prefix("D", command.opened_on));
    const DossierId id{
        db.insert("INSERT INTO dossier (reference, programme, adviser, opened_on, state, version)"
                  " VALUES (?, ?, ?, ?, 'open', 1)",
                  reference, command.programme, command.adviser, command.opened_on)};
    const Household& h = command.household;
    db.run("INSERT INTO household VALUES (?, ?, ?, ?, ?, ?)", id, *name, h.persons,
           h.reference_income_eur, h.commune_insee, h.owner_status);
    const Dwelling& d = command.dwelling;
    db.run("INSERT INTO dwelling VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", id, d.commune_insee, d.type,
           d.age_years, d.main_residence, d.living_area_m2, d.dpe_before, d.dpe_after,
           d.energy_gain_pct);
    return id;
}

State Dossier::state_as_of(const journal::AsOf& as_of) const {
    const bool ended = ended_on && *ended_on <= as_of.day && ended_entry <= as_of.entry;
    return ended ? state : State::open;
}

Result<Dossier> find_dossier(store::Database& db, DossierId id) {
    static const std::string sql = std::string(columns) + "WHERE d.id = ?";
    auto rows = db.select(sql, id);
    if (!rows.next()) {
        return Refusal{Code::not_found, "dossier",
                       "Aucun dossier n° " + std::to_string(id.value) + "."};
    }
    return dossier_of(rows);
}

Result<Dossier> open_dossier_of(store::Database& db, DossierId id) {
    auto dossier = find_dossier(db, id);
    if (!dossier || dossier->state == State::open) return dossier;
    return Refusal{Code::state_forbids, "dossier",
                   "Le dossier " + dossier->reference + " est " +
                       std::string(state_label(dossier->state)) + " : il ne change plus."};
}

std::vector<Dossier> dossiers_of(store::Database& db, ProgrammeId programme) {
    static const std::string sql = std::string(columns) + "WHERE d.programme = ? ORDER BY d.id";
    std::vector<Dossier> out;
    auto rows = db.select(sql, programme);
    while (rows.next()) out.push_back(dossier_of(rows));
    return out;
}

Result<Dossier> dossier_by_reference(store::Database& db, std::string_view reference) {
    static const std::string sql = std::string(columns) + "WHERE d.reference = ?";
    auto rows = db.select(sql, reference);
    if (!rows.next()) {
        return Refusal{Code::not_found, "dossier", "Aucun dossier « " + shown(reference) + " »."};
    }
    return dossier_of(rows);
}

Result<Household> household_of(store::Database& db, DossierId id) {
    auto rows = db.select(
        "SELECT name, persons, reference_income_eur, commune_insee, owner_status FROM household"
        " WHERE dossier = ?",
        id);
    if (!rows.next()) return were_erased(db, id);
    return Household{rows.text(0), rows.integer(1), rows.integer(2), rows.text(3), rows.text(4)};
}

Result<Dwelling> dwelling_of(store::Database& db, DossierId id) {
    auto rows = db.select(
        "SELECT commune_insee, type, age_years, main_residence, living_area_m2, dpe_before, "
        "dpe_after,"
        " energy_gain_pct FROM dwelling WHERE dossier = ?",
        id);
    DEODAT_ASSERT(rows.next(), "a dossier has a dwelling");
    if (rows.is_null(2)) return were_erased(db, id);
    return Dwelling{rows.text(0),    rows.text(1), rows.integer(2), rows.integer(3) != 0,
                    rows.integer(4), rows.text(5), rows.text(6),    rows.integer(7)};
}

std::string commune_of(store::Database& db, DossierId id) {
    auto rows = db.select("SELECT commune_insee FROM dwelling WHERE dossier = ?", id);
    DEODAT_ASSERT(rows.next(), "a dossier has a dwelling");
    return rows.text(0);
}

void end_dossier(store::Transaction& tx, DossierId id, State state, Day day,
                 std::string_view reason, EntryId entry, std::string_view salt) {
    DEODAT_ASSERT(state != State::open, "a dossier ends abandoned or closed");
    const auto changed = tx.db().run(
        "UPDATE dossier SET state = ?, ended_on = ?, end_reason = ?, ended_entry = ?,"
        " end_salt = ? WHERE id = ? AND state = 'open'",
        state_name(state), day, reason, entry,
        salt.empty() ? store::Value(std::nullopt) : store::Value::bytes(salt), id);
    DEODAT_ASSERT(changed == 1, "an open dossier ends once");
}

std::string reason_digest(std::string_view salt, std::string_view reason) {
    return sha256(CanonicalBytes("DEODAT-END-2").raw(salt).text(reason).bytes());
}

}  // namespace deodat::dossiers
