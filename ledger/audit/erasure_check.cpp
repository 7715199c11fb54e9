#include "ledger/audit/erasure_check.h"

#include <map>

#include "ledger/erasure/erasure.h"
#include "ledger/store/records.h"

namespace deodat::audit {
namespace {

using erasure::Erasure;
using erasure::PersonalData;
using journal::add_fault;

using RowName = std::pair<std::string, std::string>;  // table, key
using Told = std::map<RowName, EntryId>;              // by which entry

std::string row_name(const RowName& row) {
    return "La ligne " + row.second + " de la table " + row.first;
}

bool sealed_by_its_entry(store::Database& db, const Erasure& erased) {
    const auto entry = journal::find_entry(db, erased.entry);
    return entry && entry->event == event_name(journal::Event::personal_data_erased) &&
           entry->piece == erased.reference && entry->digest == sha256(canonical_bytes(erased));
}

Told check_entries(journal::Verification& result, store::Database& db) {
    Told told;
    for (const Erasure& erased : erasure::erasures(db)) {
        const std::string number = std::to_string(erased.entry.value);
        if (!sealed_by_its_entry(db, erased)) {
            add_fault(result, erased.entry,
                      "L'effacement " + erased.reference +
                          " n'est pas celui que scelle l'écriture n° " + number + ".");
            continue;
        }
        for (const auto& row : erased.rows) told.emplace(RowName(row.table, row.key), erased.entry);
        result.erasures.push_back(
            "Effacement " + erased.reference + " : " + std::to_string(erased.rows.size()) +
            " lignes, empreintes présentes, contenu effacé par l'écriture n° " + number);
    }
    auto untold = db.select(
        "SELECT number FROM entry WHERE event = ? AND number NOT IN (SELECT entry FROM erasure)",
        event_name(journal::Event::personal_data_erased));
    while (untold.next()) {
        add_fault(result, {untold.integer(0)},
                  "L'écriture n° " + std::to_string(untold.integer(0)) +
                      " dit un effacement qui n'est plus inscrit.");
    }
    return told;
}

// The rows of a table on which a condition holds of any of these columns.
template <class Visitor>
void for_each_row(store::Database& db, const store::SealedTable& table, std::string_view columns,
                  std::string_view condition, Visitor visit) {
    std::string any;
    for (const std::string& column : erasure::column_names(columns)) {
        if (column == "*") continue;
        any += (any.empty() ? " WHERE " : " OR ") + column + std::string(condition);
    }
    auto rows = db.select(table.select + any);
    while (rows.next()) visit(RowName(table.name, key_text(table, rows)));
}

void check_table(journal::Verification& result, store::Database& db,
                 const store::SealedTable& table, const PersonalData& data, const Told& told) {
    for_each_row(db, table, data.columns, " IS NOT NULL", [&](const RowName& row) {
        const auto erased = told.find(row);
        if (erased == told.end()) return;
        add_fault(result, erased->second,
                  row_name(row) + ", effacée par l'écriture n° " +
                      std::to_string(erased->second.value) + ", contient de nouveau des données.");
    });
    if (data.never_null.empty()) return;
    for_each_row(db, table, data.never_null, " IS NULL", [&](const RowName& row) {
        if (told.count(row) != 0) return;
        add_fault(result, {}, row_name(row) + " a été effacée sans qu'aucune écriture ne le dise.");
    });
}

// Rows that went for good: sealed as gone, and by whom.
void check_gone(journal::Verification& result, store::Database& db, const PersonalData& data,
                const Told& told) {
    auto rows = db.select("SELECT row_key FROM record WHERE table_name = ? AND length(digest) = 0",
                          data.table);
    while (rows.next()) {
        const RowName row(data.table, rows.text(0));
        if (told.count(row) != 0) continue;
        add_fault(result, {}, row_name(row) + " a disparu sans qu'aucune écriture ne le dise.");
    }
}

}  // namespace

void check_erasures(journal::Verification& result, store::Database& db) {
    const Told told = check_entries(result, db);
    const auto tables = store::sealed_tables(db);
    for (const PersonalData& data : erasure::personal_data()) {
        for (const store::SealedTable& table : tables) {
            if (table.name == data.table) check_table(result, db, table, data, told);
        }
        check_gone(result, db, data, told);
    }
}

}  // namespace deodat::audit
