#include "ledger/audit/record_check.h"

#include "ledger/store/records.h"

namespace deodat::audit {
namespace {

using journal::add_fault;
using store::Record;
using store::SealedTable;

std::string row_name(std::string_view table, std::string_view key) {
    return "La ligne " + std::string(key) + " de la table " + std::string(table);
}

// Which records are the newest of a row that exists, by their number.
class Newest {
  public:
    explicit Newest(std::vector<bool> flags) : flags_(std::move(flags)) {}
    bool holds(std::int64_t number) const {
        return number > 0 && number < size() && flags_[static_cast<std::size_t>(number)];
    }
    void clear(std::int64_t number) { flags_[static_cast<std::size_t>(number)] = false; }
    void add(bool flag) { flags_.push_back(flag); }
    std::int64_t size() const { return static_cast<std::int64_t>(flags_.size()); }

  private:
    std::vector<bool> flags_;
};

Newest check_chain(journal::Verification& result, store::Database& db) {
    Newest newest({false});  // numbers start at 1
    const std::string nothing(hash_bytes, '\0');
    std::string previous = nothing;
    std::int64_t entry = 0;
    bool whole = true;  // what follows a gap is not looked at
    store::for_each_record(db, [&](const Record& record, const std::string& entry_hash) {
        const std::string name = "L'enregistrement n° " + std::to_string(record.number) +
                                 " (table " + record.table + ", ligne " + record.key + ")";
        if (!whole) return;
        if (record.number != newest.size()) {
            whole = false;
            add_fault(result, {},
                      name + " suit un trou : l'enregistrement n° " +
                          std::to_string(newest.size()) + " manque.");
            return;
        }
        if (record.entry.value < entry || (record.entry && entry_hash.empty())) {
            add_fault(result, record.entry,
                      name + " nomme l'écriture n° " + std::to_string(record.entry.value) +
                          ", qui n'existe pas ou n'est pas à sa place.");
        } else if (sha256(canonical_bytes(record, previous, record.entry ? entry_hash : nothing)) !=
                   record.hash) {
            add_fault(result, {}, name + " n'est plus celui qui a été scellé.");
        }
        if (record.previous != 0 && !newest.holds(record.previous)) {
            add_fault(result, {}, name + " ne suit pas l'enregistrement qu'il nomme.");
        } else if (record.previous != 0) {
            newest.clear(record.previous);
        }
        newest.add(!record.digest.empty());
        previous = record.hash;
        entry = record.entry.value;
    });
    result.records = newest.size() - 1;
    result.record_hash = previous;
    return newest;
}

// Every column, then for each whether it holds its default.
std::string select_with_defaults(const SealedTable& table) {
    std::string columns;
    std::string defaults;
    for (const SealedTable::Column& column : table.columns) {
        columns += column.name + ", ";
        defaults +=
            (defaults.empty() ? "" : ", ") + column.name + " IS (" + column.default_value + ")";
    }
    return "SELECT " + columns + defaults + " FROM " + table.name;
}

bool as_sealed(const SealedTable& table, const store::Rows& row, const store::Rows& seal) {
    const std::int64_t covered = seal.integer(3);
    const auto columns = static_cast<std::int64_t>(table.columns.size());
    if (covered < 1 || covered > columns) return false;
    for (std::int64_t c = covered; c < columns; ++c) {
        if (row.integer(static_cast<int>(columns + c)) != 1) return false;
    }
    return store::row_digest(table, row, static_cast<std::size_t>(covered), seal.bytes(1)) ==
           seal.bytes(2);
}

void check_rows(journal::Verification& result, store::Database& db, const SealedTable& table,
                Newest& newest) {
    auto rows = db.select(select_with_defaults(table));
    while (rows.next()) {
        const std::string key = key_text(table, rows);
        auto seal = db.select(
            "SELECT s.record, s.salt, r.digest, r.columns FROM record_salt s"
            " JOIN record r ON r.number = s.record WHERE s.table_name = ? AND s.row_key = ?",
            table.name, key);
        if (!seal.next() || !newest.holds(seal.integer(0))) {
            add_fault(result, {},
                      row_name(table.name, key) + " n'a été écrite par aucune commande de Déodat.");
            continue;
        }
        if (!as_sealed(table, rows, seal)) {
            add_fault(result, {},
                      row_name(table.name, key) + " n'est plus celle qui a été scellée" +
                          " (enregistrement n° " + std::to_string(seal.integer(0)) + ").");
        }
        newest.clear(seal.integer(0));
    }
}

void check_missing(journal::Verification& result, store::Database& db, const Newest& newest) {
    store::for_each_record(db, [&](const Record& record, const std::string&) {
        if (!newest.holds(record.number)) return;
        add_fault(result, {},
                  row_name(record.table, record.key) + ", scellée par l'enregistrement n° " +
                      std::to_string(record.number) + ", a disparu.");
    });
}

// A salt beside the newest record of a row that exists would keep what was erased guessable.
void check_salts(journal::Verification& result, store::Database& db, const Newest& written) {
    auto rows = db.select(
        "SELECT r.number, s.table_name, s.row_key FROM record_salt s LEFT JOIN record r"
        " ON r.number = s.record AND r.table_name = s.table_name AND r.row_key = s.row_key");
    while (rows.next()) {
        if (written.holds(rows.integer(0))) continue;
        add_fault(result, {},
                  row_name(rows.text(1), rows.text(2)) +
                      " n'existe pas, et pourtant le sel de son empreinte a été gardé.");
    }
}

}  // namespace

void check_records(journal::Verification& result, store::Database& db) {
    const Newest written = check_chain(result, db);
    Newest left = written;
    for (const SealedTable& table : store::sealed_tables(db)) check_rows(result, db, table, left);
    check_missing(result, db, left);
    check_salts(result, db, written);
}

}  // namespace deodat::audit
