#include "ledger/funding/programme.h"

#include <algorithm>

#include "ledger/base/checks.h"
#include "ledger/base/siret.h"
#include "ledger/base/text.h"
#include "ledger/people/person.h"

namespace deodat::funding {
namespace {

constexpr std::size_t code_points_max = 40;
constexpr std::size_t name_points_max = 120;

bool is_operation(std::string_view text) {
    return !text.empty() && text.size() <= 4 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Programme programme_of(store::Database& db, store::Rows& rows) {
    Programme programme{{{rows.integer(0)}, rows.text(3)},
                        rows.text(1),
                        rows.text(2),
                        rows.text(4),
                        rows.money(5),
                        rows.day(6),
                        {}};
    auto perimeter = db.select(
        "SELECT siren FROM programme_epci WHERE programme = ? ORDER BY siren", programme.ref.id);
    while (perimeter.next()) programme.epci_sirens.push_back(perimeter.text(0));
    return programme;
}

Result<Done> check_perimeter(std::vector<std::string> sirens) {
    if (sirens.empty()) {
        return Refusal{Code::missing, "programme.epci",
                       "Le périmètre doit nommer au moins un EPCI."};
    }
    for (const std::string& siren : sirens) {
        if (auto parsed = Siren::parse("programme.epci", siren); !parsed) return parsed.refusal();
    }
    std::sort(sirens.begin(), sirens.end());
    const auto twice = std::adjacent_find(sirens.begin(), sirens.end());
    if (twice != sirens.end()) {
        return Refusal{Code::duplicate, "programme.epci",
                       "L'EPCI " + *twice + " est nommé deux fois dans le périmètre."};
    }
    return Done{};
}

Funder funder_of(store::Rows& rows) {
    const auto family = journal::funder_family_of(rows.integer(3));
    DEODAT_ASSERT(family.has_value(), "a stored family is a family");
    return {{{rows.integer(0)}, *family}, rows.text(1), rows.text(2)};
}

}  // namespace

Result<ProgrammeId> open_programme(store::Transaction& tx, const NewProgramme& programme,
                                   PersonId administrator) {
    const auto role = people::require_role(tx.db(), administrator, people::Role::administrator);
    if (!role) return role.refusal();
    const auto code = clean_text("programme.code", programme.code, code_points_max);
    if (!code) return code.refusal();
    const auto name = clean_text("programme.name", programme.name, name_points_max);
    if (!name) return name.refusal();
    if (!is_operation(programme.operation)) {
        return Refusal{Code::malformed, "programme.operation",
                       "Le numéro d'opération « " + shown(programme.operation) +
                           " » doit compter un à quatre chiffres."};
    }
    if (auto amount = require_amount("programme.ceiling", programme.ceiling); !amount) {
        return amount.refusal();
    }
    if (auto perimeter = check_perimeter(programme.epci_sirens); !perimeter) {
        return perimeter.refusal();
    }
    auto taken =
        tx.db().select("SELECT name FROM programme WHERE code = ? OR operation = ? OR iban = ?",
                       *code, programme.operation, programme.account.text());
    if (taken.next()) {
        return Refusal{Code::duplicate, "programme",
                       "Le programme « " + taken.text(0) +
                           " » a déjà ce code, ce numéro d'opération ou ce compte."};
    }
    const ProgrammeId id{tx.db().insert(
        "INSERT INTO programme (code, name, operation, iban, ceiling_cents, opened_on)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        *code, *name, programme.operation, programme.account.text(), programme.ceiling,
        programme.opened_on)};
    for (const std::string& siren : programme.epci_sirens) {
        tx.db().run("INSERT INTO programme_epci VALUES (?, ?, ?)", id, siren, programme.opened_on);
    }
    return id;
}

std::optional<Programme> find_programme(store::Database& db, ProgrammeId id) {
    auto rows = db.select(
        "SELECT id, code, name, operation, iban, ceiling_cents, opened_on FROM programme"
        " WHERE id = ?",
        id);
    if (!rows.next()) return std::nullopt;
    return programme_of(db, rows);
}

std::vector<Programme> programmes(store::Database& db) {
    std::vector<Programme> out;
    auto rows = db.select(
        "SELECT id, code, name, operation, iban, ceiling_cents, opened_on FROM programme"
        " ORDER BY id");
    while (rows.next()) out.push_back(programme_of(db, rows));
    return out;
}

Result<Programme> programme_by_code(store::Database& db, std::string_view code) {
    std::string codes;
    const auto all = programmes(db);
    for (const Programme& programme : all) {
        if (programme.code == code || (code.empty() && all.size() == 1)) return programme;
        codes += (codes.empty() ? "" : ", ") + programme.code;
    }
    return Refusal{Code::not_found, "programme",
                   "Programme « " + shown(code) + " » inconnu : attendu parmi " + codes + "."};
}

Result<FunderId> add_funder(store::Transaction& tx, std::string_view code, std::string_view name,
                            journal::FunderFamily family, PersonId administrator) {
    const auto role = people::require_role(tx.db(), administrator, people::Role::administrator);
    if (!role) return role.refusal();
    const auto clean_code = clean_text("funder.code", code, code_points_max);
    if (!clean_code) return clean_code.refusal();
    const auto clean_name = clean_text("funder.name", name, name_points_max);
    if (!clean_name) return clean_name.refusal();
    if (funder_by_code(tx.db(), *clean_code).ok()) {
        return Refusal{Code::duplicate, "funder.code",
                       "Un financeur a déjà le code « " + *clean_code + " »."};
    }
    return FunderId{tx.db().insert("INSERT INTO funder (code, name, family) VALUES (?, ?, ?)",
                                   *clean_code, *clean_name, static_cast<int>(family))};
}

std::optional<Funder> find_funder(store::Database& db, FunderId id) {
    auto rows = db.select("SELECT id, code, name, family FROM funder WHERE id = ?", id);
    if (!rows.next()) return std::nullopt;
    return funder_of(rows);
}

Result<Funder> funder_by_code(store::Database& db, std::string_view code) {
    auto rows = db.select("SELECT id, code, name, family FROM funder WHERE code = ?", code);
    if (!rows.next()) {
        return Refusal{Code::not_found, "funder",
                       "Aucun financeur n'a le code « " + shown(code) + " »."};
    }
    return funder_of(rows);
}

std::vector<Funder> funders(store::Database& db) {
    std::vector<Funder> out;
    auto rows = db.select("SELECT id, code, name, family FROM funder ORDER BY family, code");
    while (rows.next()) out.push_back(funder_of(rows));
    return out;
}

}  // namespace deodat::funding
