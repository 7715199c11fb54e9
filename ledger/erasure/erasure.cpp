#include "ledger/erasure/erasure.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "ledger/base/checks.h"
#include "ledger/base/named.h"
#include "ledger/base/numbering.h"
#include "ledger/dossiers/dossier.h"
#include "ledger/people/person.h"
#include "ledger/store/numbering.h"
#include "ledger/store/records.h"

namespace deodat::erasure {
namespace {

struct GroundRow {
    std::string_view name;
    std::string_view label;
};
constexpr std::array<GroundRow, 2> grounds = {
    {{"request", "demande de la personne concernée (RGPD, article 17)"},
     {"period_over", "durée de conservation échue (RGPD, article 5.1.e)"}}};

// A household is found through its dossier.
constexpr std::array<std::string_view, 2> subject_names = {"dossier", "person"};

const store::SealedTable& table_named(const std::vector<store::SealedTable>& tables,
                                      std::string_view name) {
    const auto found = std::find_if(tables.begin(), tables.end(),
                                    [&](const auto& table) { return table.name == name; });
    DEODAT_ASSERT(found != tables.end(), "a table with personal data is sealed");
    return *found;
}

// The row's newest record, whose digest will be all that is left of it.
ErasedRow sealed_row(store::Database& db, const store::SealedTable& table, const store::Rows& row) {
    ErasedRow out{table.name, key_text(table, row), 0, {}};
    auto sealed = db.select(
        "SELECT r.number, r.digest FROM record_salt s JOIN record r ON r.number = s.record"
        " WHERE s.table_name = ? AND s.row_key = ?",
        out.table, out.key);
    DEODAT_ASSERT(sealed.next(), "a row was sealed by the command that wrote it");
    out.record = sealed.integer(0);
    out.digest = sealed.bytes(1);
    return out;
}

// Empties the rows of one table that are the subject's; what was there before is noted.
void empty(store::Database& db, const PersonalData& data, const store::SealedTable& table,
           std::int64_t id, std::vector<ErasedRow>& out) {
    std::string holding;
    std::string nothing;
    for (const std::string& column : column_names(data.columns)) {
        if (column == "*") continue;
        holding += (holding.empty() ? " AND (" : " OR ") + column + " IS NOT NULL";
        nothing += (nothing.empty() ? "" : ", ") + column + " = NULL";
    }
    const std::string where =
        " WHERE " + std::string(data.rows) + (holding.empty() ? "" : holding + ")");
    auto rows = db.select(table.select + where, id);
    while (rows.next()) out.push_back(sealed_row(db, table, rows));
    db.run((nothing.empty() ? "DELETE FROM " + table.name
                            : "UPDATE " + table.name + " SET " + nothing) +
               where,
           id);
}

std::vector<ErasedRow> empty_all(store::Database& db, Subject subject, std::int64_t id) {
    std::vector<ErasedRow> out;
    const auto tables = store::sealed_tables(db);
    for (const PersonalData& data : personal_data()) {
        if (data.subject == subject) empty(db, data, table_named(tables, data.table), id, out);
    }
    std::sort(out.begin(), out.end(), [](const ErasedRow& a, const ErasedRow& b) {
        return std::tie(a.table, a.key) < std::tie(b.table, b.key);
    });
    return out;
}

// All that stands in the way in one sentence, under the code of the first.
Refusal not_yet(const Assessment& seen, const Asked& asked) {
    std::string missing;
    bool kept = false;
    for (const Refusal& obstacle : seen.obstacles) {
        missing += (missing.empty() ? "" : " ; ") + obstacle.message;
        kept = kept || obstacle.code == Code::retention_runs;
    }
    Refusal out{seen.obstacles.front().code, seen.obstacles.front().field,
                "Les données du " + seen.name + " ne peuvent pas être effacées : " + missing + "."};
    if (const auto from = seen.possible_from(); from && kept) {
        out.message += " Ce sera possible à partir du " + from->french() + ".";
        out.facts.emplace_back("possible_from", from->iso());
        if (asked.ground == Ground::request) {
            out.message +=
                " Une demande d'effacement ne l'avance pas : le droit cède devant l'obligation de"
                " conserver (RGPD, article 17.3).";
        }
    }
    return out;
}

Result<Done> check_asked(store::Transaction& tx, const Asked& asked) {
    if (auto role = people::require_role(tx.db(), asked.administrator, people::Role::administrator);
        !role) {
        return role.refusal();
    }
    return require_happened("erasure.asked_on", asked.asked_on, tx.today());
}

Result<Erasure> erase(store::Transaction& tx, Subject subject, std::int64_t id,
                      const Assessment& seen, const std::string& label,
                      const journal::ProgrammeRef& programme, const Asked& asked) {
    if (!seen.obstacles.empty()) return not_yet(seen, asked);
    store::Database& db = tx.db();
    Erasure made{store::next_number(db, "erasure", "reference", yearly_prefix("E", tx.today())),
                 subject,
                 id,
                 asked.ground,
                 asked.asked_on,
                 asked.administrator,
                 {},
                 empty_all(db, subject, id)};
    const auto entry = journal::post(
        tx, {tx.today(),
             journal::Event::personal_data_erased,
             std::string(event_label(journal::Event::personal_data_erased)) + " – " + label,
             made.reference,
             programme,
             asked.administrator,
             {},
             sha256(canonical_bytes(made))});
    if (!entry) return entry.refusal();
    made.entry = *entry;
    const std::int64_t number = db.insert(
        "INSERT INTO erasure (reference, subject, subject_id, ground, asked_on, erased_by, entry)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        made.reference, subject_name(subject), id, ground_name(asked.ground), asked.asked_on,
        asked.administrator, made.entry);
    for (const ErasedRow& row : made.rows) {
        db.run("INSERT INTO erased_row VALUES (?, ?, ?, ?)", number, row.table, row.key,
               row.record);
    }
    return made;
}

Erasure erasure_at(store::Database& db, const store::Rows& rows) {
    const auto ground = ground_of(rows.text(4));
    DEODAT_ASSERT(ground.has_value(), "a stored ground is a ground");
    const bool household = rows.text(2) == subject_name(Subject::household);
    Erasure out{rows.text(1),      household ? Subject::household : Subject::person,
                rows.integer(3),   *ground,
                rows.day(5),       {rows.integer(6)},
                {rows.integer(7)}, {}};
    auto erased = db.select(
        "SELECT e.table_name, e.row_key, e.record, r.digest FROM erased_row e"
        " JOIN record r ON r.number = e.record WHERE e.erasure = ?"
        " ORDER BY e.table_name, e.row_key",
        rows.integer(0));
    while (erased.next()) {
        out.rows.push_back({erased.text(0), erased.text(1), erased.integer(2), erased.bytes(3)});
    }
    return out;
}

constexpr std::string_view columns =
    "SELECT id, reference, subject, subject_id, ground, asked_on, erased_by, entry FROM erasure";

}  // namespace

std::string_view ground_name(Ground ground) {
    return grounds.at(static_cast<std::size_t>(ground)).name;
}

std::string_view ground_label(Ground ground) {
    return grounds.at(static_cast<std::size_t>(ground)).label;
}

std::optional<Ground> ground_of(std::string_view name) {
    return named<Ground>(grounds, name, &GroundRow::name);
}

std::string_view subject_name(Subject subject) {
    return subject_names.at(static_cast<std::size_t>(subject));
}

std::string canonical_bytes(const Erasure& erasure) {
    CanonicalBytes bytes(std::string_view("DEODATE\x01", 8));
    bytes.text(erasure.reference)
        .text(subject_name(erasure.subject))
        .int64(erasure.subject_id)
        .text(ground_name(erasure.ground))
        .text(erasure.asked_on.iso())
        .int64(erasure.by.value)
        .uint32(static_cast<std::uint32_t>(erasure.rows.size()));
    for (const ErasedRow& row : erasure.rows) {
        bytes.text(row.table).text(row.key).int64(row.record).text(row.digest);
    }
    return bytes.bytes();
}

Result<Erasure> erase_dossier(store::Transaction& tx, DossierId id, const Asked& asked) {
    if (auto checked = check_asked(tx, asked); !checked) return checked.refusal();
    const auto seen = assess_dossier(tx.db(), id, tx.today());
    if (!seen) return seen.refusal();
    const auto dossier = dossiers::find_dossier(tx.db(), id);
    return erase(tx, Subject::household, id.value, *seen, dossier->reference, dossier->programme,
                 asked);
}

Result<Erasure> erase_person(store::Transaction& tx, PersonId id, const Asked& asked) {
    if (auto checked = check_asked(tx, asked); !checked) return checked.refusal();
    if (id == asked.administrator) {
        return Refusal{Code::same_person, "person",
                       "On n'efface pas son propre compte : un autre administrateur le fait."};
    }
    const auto seen = assess_person(tx.db(), id, tx.today());
    if (!seen) return seen.refusal();
    return erase(tx, Subject::person, id.value, *seen, "personne n° " + std::to_string(id.value),
                 {}, asked);
}

std::vector<Erasure> erasures(store::Database& db) {
    std::vector<Erasure> out;
    auto rows = db.select(std::string(columns) + " ORDER BY id");
    while (rows.next()) out.push_back(erasure_at(db, rows));
    return out;
}

std::optional<Erasure> erasure_of(store::Database& db, Subject subject, std::int64_t id) {
    auto rows = db.select(std::string(columns) + " WHERE subject = ? AND subject_id = ?",
                          subject_name(subject), id);
    if (!rows.next()) return std::nullopt;
    return erasure_at(db, rows);
}

}  // namespace deodat::erasure
