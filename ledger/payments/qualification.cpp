#include "ledger/payments/qualification.h"

#include <algorithm>
#include <array>
#include <map>

#include "embedded/ledger_payments.h"
#include "ledger/base/checks.h"
#include "ledger/base/csv.h"
#include "ledger/base/text.h"
#include "ledger/people/person.h"

namespace deodat::payments {
namespace {

constexpr std::size_t text_points_max = 200;

enum Column : std::size_t { siret, code, name, domain, body, from, to, observed_from, observed_to };
constexpr std::size_t column_count = 9;
constexpr std::size_t needed_columns = 7;
constexpr std::array<std::string_view, column_count> column_names = {
    "siret",           "code_qualification", "nom_qualification", "domaine", "organisme",
    "lien_date_debut", "lien_date_fin",      "date_debut",        "date_fin"};

using Places = std::array<std::optional<std::size_t>, column_count>;

Result<Places> places_of(const std::vector<std::string>& names) {
    Places out;
    for (std::size_t column = 0; column < column_count; ++column) {
        const auto at = std::find(names.begin(), names.end(), column_names.at(column));
        if (at != names.end()) {
            out.at(column) = static_cast<std::size_t>(at - names.begin());
        } else if (column < needed_columns) {
            return Refusal{Code::missing, "rge",
                           "La colonne « " + std::string(column_names.at(column)) +
                               " » manque : attendu la liste nationale des entreprises RGE, avec "
                               "le nom des colonnes en première ligne."};
        }
    }
    return out;
}

std::string cell(const CsvRow& row, const Places& places, Column column) {
    const auto place = places.at(column);
    return place && *place < row.cells.size() ? row.cells[*place] : std::string();
}

Refusal at_line(const CsvRow& row, const Refusal& why) {
    return {why.code, "rge",
            "Ligne " + std::to_string(row.line) + " : " + why.message + " Rien n'est repris."};
}

Result<Qualification> qualification_of(const CsvRow& row, const Places& places) {
    std::string first = cell(row, places, observed_from);
    if (first.empty()) first = cell(row, places, from);
    std::string last = cell(row, places, observed_to);
    if (last.empty()) last = cell(row, places, to);
    const auto begins = Day::parse("lien_date_debut", first);
    if (!begins) return begins.refusal();
    const auto ends = Day::parse("lien_date_fin", last);
    if (!ends) return ends.refusal();
    Qualification out{"", "", "", "", *begins, *ends};
    for (const auto& [column, into] : {std::pair{domain, &out.domain}, std::pair{code, &out.code},
                                       std::pair{name, &out.name}, std::pair{body, &out.body}}) {
        auto text = clean_text(column_names.at(column), cell(row, places, column), text_points_max);
        if (!text) return text.refusal();
        *into = std::move(*text);
    }
    return out;
}

// Whether that changes what is known.
bool keep(store::Transaction& tx, ContractorId contractor, const Qualification& q) {
    store::Database& db = tx.db();
    auto known = db.select(
        "SELECT valid_to FROM qualification WHERE contractor = ? AND domain = ? AND code = ?"
        " AND valid_from = ?",
        contractor, q.domain, q.code, q.from);
    if (known.next()) {
        if (known.day(0) == q.to) return false;
        db.run(
            "UPDATE qualification SET valid_to = ?, imported_on = ? WHERE contractor = ?"
            " AND domain = ? AND code = ? AND valid_from = ?",
            q.to, tx.today(), contractor, q.domain, q.code, q.from);
        return true;
    }
    db.run("INSERT INTO qualification VALUES (?, ?, ?, ?, ?, ?, ?, ?)", contractor, q.domain,
           q.code, q.name, q.body, q.from, q.to, tx.today());
    return true;
}

std::map<std::string, ContractorId> contractors_by_siret(store::Database& db) {
    std::map<std::string, ContractorId> out;
    auto rows = db.select("SELECT siret, id FROM contractor");
    while (rows.next()) out.emplace(rows.text(0), rows.id<ContractorId>(1));
    return out;
}

// The domains that answer for each trade.
std::map<std::string, std::vector<std::string>> read_domains() {
    std::map<std::string, std::vector<std::string>> out;
    std::string_view text = embedded::rge_domains_csv();
    text.remove_prefix(text.find('\n') + 1);  // origin
    CsvReader file(text, ';');
    CsvRow row;
    DEODAT_ASSERT(*file.next(row) && row.cells.size() == 2, "the columns of the table of domains");
    while (*file.next(row)) {
        auto& domains = out[row.cells.at(0)];
        CsvReader names(row.cells.at(1), '|');
        CsvRow listed;
        if (*names.next(listed)) domains = listed.cells;
    }
    return out;
}

Result<ContractorId> require_contractor(store::Database& db, ContractorId id, PersonId officer) {
    if (auto role = people::require_role(db, officer, people::Role::officer); !role) {
        return role.refusal();
    }
    const auto found = find_contractor(db, id);
    if (!found) return found.refusal();
    return id;
}

std::string_view end_name(ContractorEnd kind) {
    return kind == ContractorEnd::closed ? "closed" : "proceedings";
}

}  // namespace

Result<RgeImport> import_rge(store::Transaction& tx, std::string_view file, PersonId officer) {
    if (auto role = people::require_role(tx.db(), officer, people::Role::officer); !role) {
        return role.refusal();
    }
    if (!is_utf8(file)) {
        return Refusal{Code::text_invalid, "rge", "La liste RGE n'est pas en UTF-8."};
    }
    CsvReader reader(file, ',');
    CsvRow row;
    if (const auto first = reader.next(row); !first) return at_line(row, first.refusal());
    const auto places = places_of(row.cells);
    if (!places) return places.refusal();
    const auto known = contractors_by_siret(tx.db());
    RgeImport out;
    for (;;) {
        const auto more = reader.next(row);
        if (!more) return at_line(row, more.refusal());
        if (!*more) return out;
        ++out.rows;
        const auto contractor = known.find(cell(row, *places, siret));
        if (contractor == known.end()) continue;
        ++out.ours;
        const auto q = qualification_of(row, *places);
        if (!q) return at_line(row, q.refusal());
        if (keep(tx, contractor->second, *q)) ++out.changed;
    }
}

std::vector<Qualification> qualifications_of(store::Database& db, ContractorId contractor) {
    std::vector<Qualification> out;
    auto rows = db.select(
        "SELECT domain, code, name, body, valid_from, valid_to FROM qualification"
        " WHERE contractor = ? ORDER BY domain, valid_from, code",
        contractor);
    while (rows.next()) {
        out.push_back(
            {rows.text(0), rows.text(1), rows.text(2), rows.text(3), rows.day(4), rows.day(5)});
    }
    return out;
}

std::optional<bool> is_qualified(store::Database& db, ContractorId contractor,
                                 std::string_view trade, Day day) {
    static const auto domains = read_domains();
    const auto answering = domains.find(std::string(trade));
    if (answering == domains.end()) return std::nullopt;
    const auto held = qualifications_of(db, contractor);
    return std::any_of(held.begin(), held.end(), [&](const Qualification& q) {
        return q.from <= day && day <= q.to &&
               std::find(answering->second.begin(), answering->second.end(), q.domain) !=
                   answering->second.end();
    });
}

Result<Done> add_insurance(store::Transaction& tx, ContractorId contractor,
                           const Insurance& insurance, PersonId officer) {
    store::Database& db = tx.db();
    if (auto found = require_contractor(db, contractor, officer); !found) return found.refusal();
    const auto insurer = clean_text("insurance.insurer", insurance.insurer, text_points_max);
    if (!insurer) return insurer.refusal();
    const auto policy = clean_text("insurance.policy", insurance.policy, text_points_max);
    if (!policy) return policy.refusal();
    if (auto dated = require_not_before("insurance.to", insurance.to, insurance.from,
                                        "le début de l'assurance");
        !dated) {
        return dated.refusal();
    }
    db.run(
        "INSERT INTO insurance (contractor, insurer, policy, valid_from, valid_to, entered_by,"
        " entered_on) VALUES (?, ?, ?, ?, ?, ?, ?)",
        contractor, *insurer, *policy, insurance.from, insurance.to, officer, tx.today());
    return Done{};
}

bool is_insured(store::Database& db, ContractorId contractor, Day day) {
    return db
        .select(
            "SELECT 1 FROM insurance WHERE contractor = ?1 AND valid_from <= ?2"
            " AND ?2 <= valid_to",
            contractor, day)
        .next();
}

Result<Done> end_contractor(store::Transaction& tx, ContractorId contractor,
                            const EndOfContractor& end, PersonId officer) {
    store::Database& db = tx.db();
    if (auto found = require_contractor(db, contractor, officer); !found) return found.refusal();
    const auto source = clean_text("source", end.source, text_points_max);
    if (!source) return source.refusal();
    if (auto dated = require_happened("ended_on", end.on, tx.today()); !dated) {
        return dated.refusal();
    }
    if (const auto known = end_of(db, contractor)) {
        return Refusal{Code::state_forbids, "contractor",
                       "La fin de l'entreprise est déjà enregistrée au " + known->on.french() +
                           " (" + known->source + ")."};
    }
    db.run("INSERT INTO contractor_end VALUES (?, ?, ?, ?, ?)", contractor, end_name(end.kind),
           end.on, *source, officer);
    return Done{};
}

std::optional<EndOfContractor> end_of(store::Database& db, ContractorId contractor) {
    auto rows = db.select("SELECT kind, ended_on, source FROM contractor_end WHERE contractor = ?",
                          contractor);
    if (!rows.next()) return std::nullopt;
    return EndOfContractor{rows.text(0) == end_name(ContractorEnd::closed)
                               ? ContractorEnd::closed
                               : ContractorEnd::proceedings,
                           rows.day(1), rows.text(2)};
}

}  // namespace deodat::payments
