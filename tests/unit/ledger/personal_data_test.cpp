// Goal: the list of what is personal is whole, and can be erased. Method: every column of every
// table, as the schema has it, is in the list of personal data or in the list of what is not, once.
#include "ledger/erasure/personal_data.h"

#include <map>
#include <set>

#include "ledger/erasure/acts.h"
#include "ledger/erasure/keeping.h"
#include "tests/support/ledger_fixture.h"

namespace deodat::erasure {
namespace {

class PersonalColumns : public testing_support::LedgerTest {
  protected:
    struct Column {
        bool nullable;
        bool key;
    };
    using Table = std::map<std::string, Column>;

    void SetUp() override {
        LedgerTest::SetUp();
        auto snapshot = store().snapshot();
        auto rows = snapshot.db().select(
            "SELECT t.name, c.name, c.\"notnull\", c.pk FROM sqlite_schema t,"
            " pragma_table_info(t.name) c WHERE t.type = 'table'"
            " AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'");
        while (rows.next()) {
            tables_[rows.text(0)][rows.text(1)] = {rows.integer(2) == 0, rows.integer(3) != 0};
        }
    }
    // Counts the columns named; "*" names all.
    void count(std::string_view table, std::string_view columns) {
        const auto found = tables_.find(std::string(table));
        ASSERT_NE(found, tables_.end()) << table << " is not a table";
        for (const std::string& name : column_names(columns)) {
            if (name == "*") {
                for (const auto& [column, kind] : found->second)
                    ++named_[found->first + "." + column];
                continue;
            }
            EXPECT_EQ(found->second.count(name), 1U) << table << "." << name;
            ++named_[found->first + "." + name];
        }
    }
    std::map<std::string, Table> tables_;
    std::map<std::string, int> named_;
};

TEST_F(PersonalColumns, EachColumnIsListedOnce) {
    for (const PersonalData& data : personal_data()) count(data.table, data.columns);
    for (const NotPersonal& data : not_personal()) count(data.table, data.columns);
    EXPECT_GT(tables_.size(), 40U);
    for (const auto& [table, columns] : tables_) {
        for (const auto& [column, kind] : columns) {
            EXPECT_EQ(named_[table + "." + column], 1)
                << table << "." << column
                << ": say in ledger/erasure/personal_data.cpp whether it is personal";
        }
    }
}

TEST_F(PersonalColumns, WhatIsErasedCanBeNullAndIsInNoKey) {
    for (const PersonalData& data : personal_data()) {
        EXPECT_FALSE(data.what.empty() || data.why.empty()) << data.table;
        if (data.rows.empty() || data.columns == "*") continue;
        const Table& table = tables_.at(std::string(data.table));
        std::set<std::string> erased;
        for (const std::string& name : column_names(data.columns)) {
            EXPECT_TRUE(table.at(name).nullable) << data.table << "." << name;
            EXPECT_FALSE(table.at(name).key)
                << data.table << "." << name << " would stay in records";
            erased.insert(name);
        }
        for (const std::string& name : column_names(data.never_null)) {
            EXPECT_EQ(erased.count(name), 1U) << data.table << "." << name;
        }
    }
}

// Else somebody could be forgotten while what it decided is kept.
TEST_F(PersonalColumns, EveryTraceOfAPersonIsAnAct) {
    std::set<std::string> listed;
    for (const Act& act : acts()) {
        listed.insert(std::string(act.table) + "." + std::string(act.column));
    }
    // Its own roles; and rows that come with an entry of the same person.
    const std::set<std::string> others = {"person_role.person", "period.closed_by",
                                          "erasure.erased_by"};
    auto snapshot = store().snapshot();
    auto rows = snapshot.db().select(
        "SELECT t.name || '.' || k.\"from\" FROM sqlite_schema t, pragma_foreign_key_list(t.name) k"
        " WHERE t.type = 'table' AND k.\"table\" = 'person'");
    int seen = 0;
    while (rows.next()) {
        ++seen;
        EXPECT_EQ(listed.count(rows.text(0)) + others.count(rows.text(0)), 1U)
            << rows.text(0) << ": say in ledger/erasure/acts.cpp when it was";
    }
    EXPECT_GE(seen, 18);
}

TEST(Keepings, AreCountedFromTheDayOrFromTheEndOfTheYear) {
    EXPECT_EQ(keeping(Period::accounting_pieces).over_on(Day::of(2026, 3, 20)),
              Day::of(2037, 1, 1));
    EXPECT_EQ(keeping(Period::accounting_pieces).over_on(Day::of(2026, 12, 31)),
              Day::of(2037, 1, 1));
    EXPECT_EQ(keeping(Period::occupancy).over_on(Day::of(2026, 3, 20)), Day::of(2035, 3, 21));
    EXPECT_EQ(keeping(Period::abandoned_contact).over_on(Day::of(2024, 2, 29)),
              Day::of(2026, 3, 1));
}

TEST(Keepings, ATextOfAnotherFormIsRefused) {
    const std::string good =
        "# why\naccounting_pieces 10 year_end a\noccupancy 9 end b\nabandoned_contact 2 end c\n";
    ASSERT_TRUE(parse_keeping(good).ok());
    EXPECT_EQ(parse_keeping(good)->at(1).why, "b");
    for (const auto& [from, to] :
         std::map<std::string, std::string>{{"10", "0"},
                                            {"10 ", "dix "},
                                            {"year_end", "month_end"},
                                            {"occupancy", "occupation"},
                                            {" c\n", "\n"},
                                            {"abandoned_contact 2 end c\n", ""},
                                            {" c\n", " c\noccupancy 9 end b\n"}}) {
        std::string bad = good;
        bad.replace(bad.find(from), from.size(), to);
        EXPECT_FALSE(parse_keeping(bad).ok()) << bad;
    }
}

}  // namespace
}  // namespace deodat::erasure
