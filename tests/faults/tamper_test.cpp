// G7, tamper evidence. Goal: whatever is written behind the ledger's back into a column that
// decides money, people or dates, `verify` finds it and names the row.
//
// Method: the demonstration's ledger, anchored; the tables and columns read from its schema; for
// each of them an edit, a deletion, an insertion, a swap of two rows, in a transaction that is
// rolled back, with all triggers dropped. A table that the demonstration leaves (almost) empty gets
// rows of any content, sealed as a command would: a new table is covered because it exists. Then
// what no rule inside the database can find: the whole past rewritten, the end cut off, an old copy
// put back.
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "api/demo/rules.h"
#include "api/demo/story.h"
#include "ledger/audit/anchor.h"
#include "ledger/audit/audit.h"
#include "ledger/journal/chain.h"
#include "ledger/store/records.h"
#include "tests/support/dossier_fixture.h"
#include "tests/support/time_stamp_authority.h"

namespace deodat {
namespace {

namespace fs = std::filesystem;
using store::Database;
using testing_support::must;

// Tables that may change without a named row, and why. Everything else must be named.
const std::map<std::string, std::string> found_but_not_named = {
    {"balance", "a cache of sums: the fault names the account, not the row"},
};

// The demonstration's year, played once, then signed and time-stamped.
class Played {
  public:
    Played() {
        std::ostringstream told;
        must(demo::play(directory_ / "data", directory_ / "out", demo::rule_set(), told));
        fs::copy_file(directory_ / "data/deodat.db", directory_ / "old.db");
        SetClock clock(instant_in_paris(Day::of(2026, 9, 30), 19));
        SeededRandom random(7);
        auto store = must(store::Store::open((directory_ / "data").string(),
                                             store::Store::Access::write, clock, random));
        const auto key =
            must(audit::SigningKey::open_or_make((directory_ / "anchor.key").string(), random));
        signature = audit::signature_text(must(
            store->write([&](store::Transaction& tx) { return audit::sign_ledger(tx, key); })));
        const auto anchor = must(
            store->write([](store::Transaction& tx) { return audit::request_time_stamp(tx); }));
        std::ofstream(directory_ / "r.tsq", std::ios::binary) << anchor.request;
        const testing_support::TimeStampAuthority authority(directory_ / "tsa");
        authority.answer(directory_ / "r.tsq", directory_ / "r.tsr");
        must(store->write([&](store::Transaction& tx) {
            return audit::attach_response(tx, testing_support::bytes_of(directory_ / "r.tsr"),
                                          testing_support::bytes_of(authority.certificate()));
        }));
        store.reset();
        seal_rows_of_any_content(random);
    }
    // A copy to change, its triggers dropped.
    std::unique_ptr<Database> copy(const std::string& of = "data/deodat.db") {
        const fs::path path = directory_ / "copy.db";
        for (const char* end : {"", "-wal", "-shm"}) fs::remove(path.string() + end);
        fs::copy_file(directory_ / of, path);
        auto db = std::make_unique<Database>(path.string(), Database::Mode::write);
        drop_triggers(*db);
        db->script("PRAGMA ignore_check_constraints = ON; PRAGMA synchronous = OFF");
        return db;
    }
    std::string signature;

  private:
    static void drop_triggers(Database& db) {
        std::string drops;
        auto rows = db.select("SELECT name FROM sqlite_schema WHERE type = 'trigger'");
        while (rows.next()) drops += "DROP TRIGGER " + rows.text(0) + ";";
        db.script(drops);
    }
    void seal_rows_of_any_content(Random& random) {
        Database db((directory_ / "data/deodat.db").string(), Database::Mode::write);
        db.script("PRAGMA ignore_check_constraints = ON");
        store::RecordChain chain(db, random);
        for (const store::SealedTable& table : store::sealed_tables(db)) {
            for (int row = 1; row <= 2; ++row) {
                auto count = db.select("SELECT count(*) FROM " + table.name);
                count.next();
                if (count.integer(0) >= 2) break;
                std::string values;
                auto columns = db.select("SELECT type FROM pragma_table_info(?)", table.name);
                while (columns.next()) {
                    const std::string n = std::to_string(900'000 + row);
                    values += values.empty() ? "" : ", ";
                    values += columns.text(0) == "INTEGER" ? n
                              : columns.text(0) == "TEXT"  ? "'any " + n + "'"
                                                           : "zeroblob(" + n + " % 64)";
                }
                db.script("INSERT INTO " + table.name + " VALUES (" + values + ")");
            }
        }
        chain.seal(instant_in_paris(Day::of(2026, 9, 30), 20));
    }
    testing_support::TestDirectory directory_;
};

Played& played() {
    static Played year;
    return year;
}

struct Column {
    std::string name;
    std::string type;
    bool key = false;
    bool unique = false;
};

struct Table {
    std::string name;
    std::vector<Column> columns;
};

std::vector<Table> tables_of(Database& db) {
    std::vector<Table> out;
    auto names = db.select(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE "
        "'!'"
        " ORDER BY name");
    while (names.next()) {
        Table table{names.text(0), {}};
        auto columns = db.select(
            "SELECT c.name, c.type, c.pk > 0, EXISTS (SELECT 1 FROM pragma_index_list(?1) l,"
            " pragma_index_info(l.name) i WHERE l.\"unique\" AND i.name = c.name)"
            " FROM pragma_table_info(?1) c ORDER BY c.cid",
            table.name);
        while (columns.next()) {
            table.columns.push_back({columns.text(0), columns.text(1), columns.integer(2) != 0,
                                     columns.integer(3) != 0});
        }
        out.push_back(std::move(table));
    }
    return out;
}

std::string other_value(const Column& column, bool far) {
    if (column.type == "INTEGER")
        return "coalesce(" + column.name + ", 0) + " + (far ? "1000000" : "1");
    if (column.type == "BLOB") return "randomblob(32)";
    return "CASE WHEN " + column.name + " LIKE '____-__-__' THEN date(" + column.name +
           ", '+1 day') ELSE coalesce(" + column.name + ", '') || 'x' END";
}

class G07_TamperEvidence : public ::testing::Test {  // NOLINT(readability-identifier-naming)
  protected:
    void SetUp() override {
        db_ = played().copy();
        for (const std::string& fault : faults()) known_.insert(fault);
        tables_ = tables_of(*db_);
    }
    std::vector<std::string> faults() {
        std::vector<std::string> out;
        for (const auto& fault : audit::verify(*db_).faults) out.push_back(fault.what);
        return out;
    }
    // Conditions on the key that single out the first and the last row.
    std::vector<std::string> two_rows(const Table& table) {
        std::string keys;
        std::string literal;
        for (const Column& column : table.columns) {
            if (!column.key) continue;
            keys += (keys.empty() ? "" : ", ") + column.name;
            literal += (literal.empty() ? "" : " || ' AND ") +
                       std::string(literal.empty() ? "'" : "") + column.name + " = ' || quote(" +
                       column.name + ")";
        }
        std::vector<std::string> out;
        for (const char* order : {"", " DESC"}) {
            std::string by = keys;
            for (std::size_t at = 0; (at = by.find(", ", at)) != std::string::npos; at += 2) {
                by.insert(at, order);
                at += std::string(order).size();
            }
            auto rows = db_->select("SELECT " + literal + " FROM " + table.name + " ORDER BY " +
                                    by + order + " LIMIT 1");
            if (rows.next()) out.push_back(rows.text(0));
        }
        if (out.size() == 2 && out[0] == out[1]) out.pop_back();
        return out;
    }
    // How a fault names a row: an entry by its number, any other by table and key.
    std::set<std::string> names(const Table& table, const std::string& condition) {
        std::set<std::string> out;
        auto rows = db_->select("SELECT * FROM " + table.name + " WHERE " + condition);
        while (rows.next()) {
            if (table.name == "entry" || table.name == "posting") {
                out.insert("n° " + std::to_string(rows.integer(0)));
            } else if (table.name == "record") {
                out.insert("n° " + std::to_string(rows.integer(0)));
                out.insert("La ligne " + rows.text(4) + " de la table " + rows.text(3));
            } else if (table.name == "record_salt") {
                out.insert("La ligne " + rows.text(1) + " de la table " + rows.text(0));
            } else {
                for (const auto& sealed : store::sealed_tables(*db_)) {
                    if (sealed.name != table.name) continue;
                    out.insert("La ligne " + key_text(sealed, rows) + " de la table " + table.name);
                }
            }
        }
        return out;
    }
    // The change is found, and one of the rows is named.
    void expect_found(const std::string& sql, const Table& table, std::set<std::string> named) {
        std::string fresh;
        bool found = false;
        for (const std::string& fault : faults()) {
            if (known_.count(fault) != 0) continue;
            fresh += fault + "\n";
            for (const std::string& name : named) {
                const std::size_t at = fault.find(name);
                const bool whole =
                    at != std::string::npos &&
                    std::isdigit(static_cast<unsigned char>((fault + " ")[at + name.size()])) == 0;
                found = found || whole;
            }
        }
        ++tried_;
        if (found_but_not_named.count(table.name) != 0) {
            EXPECT_FALSE(fresh.empty()) << sql;
            return;
        }
        EXPECT_TRUE(found) << sql << "\nnames " << ::testing::PrintToString(named) << "\n" << fresh;
    }
    // Runs SQL; false when a constraint that cannot be lifted refuses it.
    bool runs(const std::string& sql) {
        try {
            db_->script(sql);
            return true;
        } catch (const EnvironmentFailure&) {
            return false;
        }
    }
    template <class Work>
    void rolled_back(Work work) {
        db_->script("BEGIN");
        work();
        db_->script("ROLLBACK");
    }

    std::unique_ptr<Database> db_;
    std::set<std::string> known_;
    std::vector<Table> tables_;
    int tried_ = 0;
};

TEST_F(G07_TamperEvidence, TheLedgerProvesBeforeItIsChanged) {
    db_ = played().copy("old.db");
    EXPECT_TRUE(faults().empty()) << faults().at(0);
    EXPECT_GE(tables_.size(), 34U);
}

TEST_F(G07_TamperEvidence, AnEditOfAnyColumnOfAnyTableIsNamed) {
    for (const Table& table : tables_) {
        for (const std::string& row : two_rows(table)) {
            for (const Column& column : table.columns) {
                rolled_back([&] {
                    auto named = names(table, row);
                    const auto edit = [&](bool far) {
                        return "UPDATE " + table.name + " SET " + column.name + " = " +
                               other_value(column, far) + " WHERE " + row;
                    };
                    ASSERT_TRUE(runs(edit(column.key)) || runs(edit(true))) << edit(true);
                    expect_found(edit(false), table, named);
                });
            }
        }
    }
    EXPECT_GE(tried_, 400);
}

TEST_F(G07_TamperEvidence, ADeletedRowOfAnyTableIsNamed) {
    for (const Table& table : tables_) {
        for (const std::string& row : two_rows(table)) {
            rolled_back([&] {
                const auto named = names(table, row);
                const std::string sql = "DELETE FROM " + table.name + " WHERE " + row;
                ASSERT_TRUE(runs(sql));
                expect_found(sql, table, named);
            });
        }
    }
    EXPECT_GE(tried_, 60);
}

TEST_F(G07_TamperEvidence, AnInsertedRowOfAnyTableIsNamed) {
    for (const Table& table : tables_) {
        for (const std::string& row : two_rows(table)) {
            rolled_back([&] {
                std::string values;
                for (const Column& column : table.columns) {
                    values +=
                        (values.empty() ? "" : ", ") +
                        (column.key || column.unique ? other_value(column, true) : column.name);
                }
                db_->script("CREATE TEMP TABLE before AS SELECT * FROM main." + table.name);
                const std::string sql = "INSERT INTO " + table.name + " SELECT " + values +
                                        " FROM " + table.name + " WHERE " + row;
                ASSERT_TRUE(runs(sql)) << sql;
                std::string fresh;
                for (const Column& column : table.columns) {
                    if (!column.key) continue;
                    fresh += (fresh.empty() ? "" : " AND ") + ("b." + column.name) + " IS " +
                             table.name + "." + column.name;
                }
                expect_found(
                    sql, table,
                    names(table, "NOT EXISTS (SELECT 1 FROM temp.before b WHERE " + fresh + ")"));
            });
        }
    }
    EXPECT_GE(tried_, 60);
}

// Two rows keep their keys and exchange everything else.
TEST_F(G07_TamperEvidence, TwoRowsOfAnyTableSwappedAreNamed) {
    for (const Table& table : tables_) {
        const auto rows = two_rows(table);
        if (rows.size() < 2) continue;
        rolled_back([&] {
            std::string values;
            std::string differ;
            for (const Column& column : table.columns) {
                values += (values.empty() ? "" : ", ") + std::string(column.key ? "a." : "b.") +
                          column.name;
                if (!column.key) {
                    differ += (differ.empty() ? "" : " OR ") + ("a." + column.name) + " IS NOT b." +
                              column.name;
                }
            }
            if (differ.empty()) return;  // all key: nothing to exchange
            const std::string both = "(" + rows[0] + ") OR (" + rows[1] + ")";
            auto named = names(table, both);
            db_->script("CREATE TEMP TABLE one AS SELECT * FROM main." + table.name + " WHERE " +
                        rows[0] + "; CREATE TEMP TABLE two AS SELECT * FROM main." + table.name +
                        " WHERE " + rows[1]);
            auto same = db_->select("SELECT " + differ + " FROM temp.one a, temp.two b");
            same.next();
            if (same.integer(0) == 0) return;  // alike but for their keys: nothing would change
            const std::string sql = "DELETE FROM main." + table.name + " WHERE " + both +
                                    "; INSERT INTO main." + table.name + " SELECT " + values +
                                    " FROM temp.one a, temp.two b; INSERT INTO main." + table.name +
                                    " SELECT " + values + " FROM temp.two a, temp.one b";
            ASSERT_TRUE(runs(sql)) << sql;
            expect_found(sql, table, named);
        });
    }
    EXPECT_GE(tried_, 25);
}

// ---- What only an anchor finds: whoever does this leaves a ledger without a fault in itself.

std::vector<std::string> against(Database& db, const std::string& signature) {
    journal::Verification result;
    audit::check_signature_text(result, db, signature);
    std::vector<std::string> out;
    for (const auto& fault : result.faults) out.push_back(fault.what);
    return out;
}

TEST_F(G07_TamperEvidence, AnOldCopyPutBackIsFoundThroughTheAnchor) {
    EXPECT_TRUE(against(*db_, played().signature).empty());
    db_ = played().copy("old.db");
    db_->script(
        "DELETE FROM posting WHERE entry = (SELECT max(number) FROM entry);"
        "DELETE FROM entry WHERE number = (SELECT max(number) FROM entry);");
    const auto found = against(*db_, played().signature);
    ASSERT_FALSE(found.empty());
    EXPECT_NE(found.at(0).find("la fin a été coupée"), std::string::npos) << found.at(0);
}

// The kept anchors outlive the tail that they prove.
TEST_F(G07_TamperEvidence, ATailCutOffIsFoundThroughTheKeptAnchor) {
    db_->script(
        "DELETE FROM record WHERE number > 100; DELETE FROM posting WHERE entry > 20;"
        "DELETE FROM entry WHERE number > 20");
    journal::Verification result;
    audit::check_anchors(result, *db_);
    ASSERT_GE(result.faults.size(), 4U);  // entries and records, of both anchors
    EXPECT_NE(result.faults.at(0).what.find("L'ancre n° 1"), std::string::npos);
    EXPECT_NE(result.faults.at(0).what.find("la fin a été coupée"), std::string::npos);
}

// With our own program and all its hashes recomputed.
TEST_F(G07_TamperEvidence, APastRewrittenWholeIsFoundThroughTheAnchor) {
    db_ = played().copy("old.db");
    db_->script("UPDATE entry SET label = 'Autre chose' WHERE number = 40");
    std::vector<journal::EntryRow> entries;
    journal::for_each_entry(*db_, {INT64_MAX},
                            [&](const journal::EntryRow& entry) { entries.push_back(entry); });
    std::string previous(hash_bytes, '\0');
    for (const auto& entry : entries) {
        previous = sha256(journal::canonical_bytes(entry, previous));
        db_->run("UPDATE entry SET hash = ? WHERE number = ?", store::Value::bytes(previous),
                 entry.number);
    }
    std::vector<std::pair<store::Record, std::string>> records;
    store::for_each_record(*db_, [&](const store::Record& record, const std::string& entry_hash) {
        records.emplace_back(record, entry_hash);
    });
    const std::string nothing(hash_bytes, '\0');
    previous = nothing;
    for (const auto& [record, entry_hash] : records) {
        previous = sha256(
            store::canonical_bytes(record, previous, entry_hash.empty() ? nothing : entry_hash));
        db_->run("UPDATE record SET hash = ? WHERE number = ?", store::Value::bytes(previous),
                 record.number);
    }
    EXPECT_TRUE(faults().empty());  // the database alone proves
    const auto found = against(*db_, played().signature);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_NE(found.at(0).find("a été réécrite"), std::string::npos) << found.at(0);
}

// An erased row takes its salt with it; that a row went has to be told by an erasure, however well
// its going was sealed.
TEST_F(G07_TamperEvidence, AnErasureThatNoEntryTellsIsNamed) {
    db_ = played().copy("old.db");
    SeededRandom random(3);
    store::RecordChain chain(*db_, random);
    db_->run("DELETE FROM household WHERE dossier = 1");
    db_->run("UPDATE bank_movement SET counterparty = NULL WHERE id = 1");
    chain.seal(instant_in_paris(Day::of(2026, 10, 1), 9));
    const auto found = faults();
    ASSERT_EQ(found.size(), 2U);
    EXPECT_NE(found[0].find("La ligne 1 de la table household"), std::string::npos) << found[0];
    EXPECT_NE(found[1].find("La ligne 1 de la table bank_movement"), std::string::npos) << found[1];
    auto salt = db_->select(
        "SELECT count(*) FROM record_salt WHERE table_name = 'household' AND row_key = '1'");
    salt.next();
    EXPECT_EQ(salt.integer(0), 0);
}

}  // namespace
}  // namespace deodat
