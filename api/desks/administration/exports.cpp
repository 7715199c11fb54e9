#include "api/desks/administration/exports.h"

#include <array>

#include "ledger/people/person.h"
#include "reports/chain_export.h"
#include "reports/journal/exports.h"
#include "reports/journal/hashed_output.h"

namespace deodat::administration_desk {
namespace {

constexpr std::array<std::string_view, 5> names = {"hledger", "beancount", "csv", "fec", "chain"};

reports::FecNotes write(store::Database& db, const ExportRequest& request, std::ostream& out) {
    switch (request.format) {
        case ExportFormat::hledger:
            reports::export_hledger(db, request.up_to, out);
            break;
        case ExportFormat::beancount:
            reports::export_beancount(db, request.up_to, out);
            break;
        case ExportFormat::csv:
            reports::export_csv(db, request.up_to, out);
            break;
        case ExportFormat::chain:
            reports::export_chain(db, out);
            break;
        case ExportFormat::fec:
            return reports::export_fec(db, request.year, out);
    }
    return {};
}

}  // namespace

std::optional<ExportFormat> export_format_of(std::string_view name) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names.at(i) == name) return static_cast<ExportFormat>(i);
    }
    return std::nullopt;
}

std::string_view export_format_name(ExportFormat format) {
    return names.at(static_cast<std::size_t>(format));
}

Result<int> fec_year(store::Database& db, std::optional<int> asked) {
    auto rows = db.select("SELECT min(day), max(day) FROM entry");
    rows.next();
    const auto oldest = rows.maybe_day(0);
    if (!oldest) {
        return Refusal{Code::not_found, "year",
                       "Le journal ne contient aucune écriture : il n'y a pas d'exercice à "
                       "exporter."};
    }
    if (!asked) return rows.day(1).year();
    if (*asked < oldest->year()) {
        return Refusal{Code::not_found, "year",
                       "L'exercice " + std::to_string(*asked) +
                           " précède la première écriture, du " + oldest->french() + "."};
    }
    return *asked;
}

Result<ExportMade> write_export(store::Database& db, const ExportRequest& asked,
                                std::ostream& out) {
    ExportRequest request = asked;
    const EntryId newest = journal::last_entry(db);
    if (!request.up_to) request.up_to = newest;
    if (newest < request.up_to) {
        return Refusal{Code::not_found, "entry",
                       "Aucune écriture n° " + std::to_string(request.up_to.value) +
                           " : la dernière porte le n° " + std::to_string(newest.value) + "."};
    }
    if (request.person && !people::find_person(db, request.person)) {
        return Refusal{Code::not_found, "person",
                       "Aucune personne n° " + std::to_string(request.person.value) + "."};
    }
    reports::HashedOutput hashed(out);
    ExportMade made{{0,
                     Instant(0),
                     request.person,
                     std::string(export_format_name(request.format)),
                     request.year,
                     request.up_to,
                     0,
                     {}},
                    write(db, request, hashed.stream())};
    const auto finished = hashed.finish();
    made.record.bytes = finished.bytes;
    made.record.sha256 = finished.sha256;
    return made;
}

std::int64_t register_export(store::Store& store, const ExportMade& made) {
    const Result<std::int64_t> number =
        store.write([&](store::Transaction& tx) -> Result<std::int64_t> {
            return journal::register_export(tx, made.record);
        });
    return *number;
}

}  // namespace deodat::administration_desk
