// Goal: what must not change a plan does not, and what must change it does just there: the order of
// blocks and files, a line cut in two, a second reading, one euro of income at a ceiling.
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "rules/engine/parser.h"
#include "rules/plan/plan_json.h"
#include "tests/property/drawing.h"
#include "tests/property/random_dossier.h"
#include "tests/property/random_rules.h"
#include "tests/unit/rules/support.h"

namespace deodat::rules::test {
namespace {

using deodat::test::chance;
using deodat::test::drawn;

const std::vector<std::string> places = {"88413", "88160", "54395", "75056", "97411", "49007"};

std::string bytes(const RuleSet& rules, const Facts& facts) {
    const Result<Explained> explained = explain(rules, facts);
    return explained ? explained_json(*explained) : refusal_json(explained.refusal());
}

// The text's blocks: what stands before the first one goes with it.
std::vector<std::string> blocks_of(const std::string& text) {
    std::vector<std::string> blocks;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const bool starts =
            line.starts_with("aid ") || line.starts_with("limit ") || line.starts_with("scale ");
        if (starts || blocks.empty()) blocks.emplace_back();
        blocks.back() += line + "\n";
    }
    return blocks;
}

template <class T>
void shuffle(std::vector<T>& values) {
    for (std::size_t i = values.size(); i > 1; --i) {
        std::swap(values[i - 1], values[drawn<std::size_t>(0, i - 1)]);
    }
}

std::vector<RuleFile> shuffled(std::vector<RuleFile> files) {
    for (RuleFile& file : files) {
        std::vector<std::string> blocks = blocks_of(file.text);
        shuffle(blocks);
        file.text.clear();
        for (const std::string& block : blocks) file.text += block;
    }
    shuffle(files);
    return files;
}

void same_in_any_order(const std::vector<RuleFile>& files) {
    const Loading one = compile(files);
    const Loading other = compile(shuffled(files));
    RC_ASSERT(one.rules != nullptr);
    RC_ASSERT(other.rules != nullptr);
    for (int i = 0; i < 5; ++i) {
        const Facts facts = random_dossier(one.rules->aid_ids, places);
        const std::string first = bytes(*one.rules, facts);
        const std::string second = bytes(*other.rules, facts);
        if (first != second) RC_LOG() << first << "\n" << second << "\n";
        RC_ASSERT(first == second);
    }
}

TEST(Invariance, TheOrderOfBlocksAndFilesChangesNothing) {
    EXPECT_TRUE(rc::check("embedded rules", [] { same_in_any_order(embedded_rule_files()); }));
    EXPECT_TRUE(rc::check("random rules", [] { same_in_any_order(random_rule_files()); }));
}

TEST(Invariance, TheSameFactsGiveTheSameBytes) {
    EXPECT_TRUE(rc::check("twice the same", [] {
        const std::vector<RuleFile> files = random_rule_files();
        const Loading first = compile(files);
        const Loading second = compile(files);
        const Facts facts = random_dossier(first.rules->aid_ids, places);
        const std::string once = bytes(*first.rules, facts);
        RC_ASSERT(bytes(*first.rules, facts) == once);
        RC_ASSERT(bytes(*second.rules, facts) == once);
        const Result<Plan> made = plan(*first.rules, facts);
        const Result<Explained> explained = explain(*first.rules, facts);
        RC_ASSERT(made.ok() == explained.ok());
        if (made.ok()) RC_ASSERT(plan_json(*made) == plan_json(explained->plan));
    }));
}

template <class Case>
void ten_times(const Case& one) {
    for (int i = 0; i < 10; ++i) one();
}

// A line cut in two keeps its amount without VAT; each half's VAT is rounded for itself, which
// moves the total by one cent at most, and what is computed on it by no more.
TEST(Invariance, ALineCutInTwoMovesOneCentOfVatAtMost) {
    int moved = 0;
    const auto one = [&] {
        Facts facts = random_dossier({}, places);
        facts.given_aids.clear();
        facts.set(FactId::deposit_date, day("2025-12-01"));
        const Result<Plan> whole = plan(embedded_rules(), facts);
        WorksLine half = facts.lines.front();
        const std::int64_t cents = half.amount_ht.cents();
        half.amount_ht = Money::cents(drawn<std::int64_t>(0, cents));
        facts.lines.front().amount_ht -= half.amount_ht;
        facts.lines.push_back(half);
        facts.derive();
        const Result<Plan> cut = plan(embedded_rules(), facts);
        RC_ASSERT(whole.ok());
        RC_ASSERT(cut.ok());
        const auto close = [](Money a, Money b) { return std::abs((a - b).cents()) <= 1; };
        RC_ASSERT(whole->works_ht == cut->works_ht);
        RC_ASSERT(close(whole->works_ttc, cut->works_ttc));
        moved += whole->works_ttc == cut->works_ttc ? 0 : 1;
        RC_ASSERT(whole->aids.size() == cut->aids.size());
        const PlannedAid* before = whole->aid("anah.mpr_accompagne");
        const PlannedAid* after = cut->aid("anah.mpr_accompagne");
        if (before == nullptr) return;
        RC_ASSERT(before->before_limit == after->before_limit);
        RC_ASSERT(close(before->amount, after->amount));
    };
    EXPECT_TRUE(rc::check("a line cut in two", [&] { ten_times(one); }));
    EXPECT_GE(moved, 20) << "the bound is reached";
}

// More works, more aid, until the base is at its cap; then not a cent.
TEST(Invariance, AnAidGrowsWithTheWorksUntilItsCap) {
    int capped = 0;
    int grown = 0;
    const auto one = [&] {
        Facts facts = random_dossier({}, places);
        facts.given_aids.clear();
        facts.set(FactId::deposit_date, day("2025-12-01"));
        const Result<Plan> less = plan(embedded_rules(), facts);
        facts.lines.front().eligible = true;
        facts.lines.front().amount_ht += Money::cents(drawn<std::int64_t>(1, 3'000'000));
        facts.derive();
        const Result<Plan> more = plan(embedded_rules(), facts);
        RC_ASSERT(less.ok());
        RC_ASSERT(more.ok());
        const PlannedAid* before = less->aid("anah.mpr_accompagne");
        const PlannedAid* after = more->aid("anah.mpr_accompagne");
        if (before == nullptr || !before->eligible) return;
        RC_ASSERT(after->before_limit >= before->before_limit);
        if (before->base == before->base_cap) {
            RC_ASSERT(after->before_limit == before->before_limit);
            ++capped;
        } else {
            RC_ASSERT(*after->base > *before->base);
            ++grown;
        }
    };
    EXPECT_TRUE(rc::check("more works", [&] { ten_times(one); }));
    EXPECT_GE(capped, 3);
    EXPECT_GE(grown, 5);
}

// What a limit may cut is never above its ceiling, whatever was given beside it.
TEST(Invariance, WhatALimitCutsStaysWithinItsCeiling) {
    int cut = 0;
    EXPECT_TRUE(rc::check("within the ceiling", [&] {
        const std::vector<RuleFile> files = random_rule_files();
        const Loading loading = compile(files);
        for (int i = 0; i < 60; ++i) {
            const Facts facts = random_dossier(loading.rules->aid_ids, places);
            const Result<Plan> made = plan(*loading.rules, facts);
            if (!made.ok()) continue;
            for (const LimitOutcome& limit : made->limits) {
                cut += limit.cut.is_positive() ? 1 : 0;
                const Money most = std::max(Money(), limit.ceiling);
                for (const AidIndex index : limit.limit->cuts) {
                    for (const PlannedAid& aid : made->aids) {
                        if (aid.aid->index != index || !aid.chosen) continue;
                        RC_ASSERT(aid.amount <= most);
                        RC_ASSERT((limit.excess.is_zero() || aid.amount.is_zero()));
                    }
                }
            }
        }
    }));
    EXPECT_GE(cut, 5);
}

IncomeClass class_at(const Facts& facts) {
    const Result<Plan> made = plan(embedded_rules(), facts);
    EXPECT_TRUE(made);
    return made->income_class;
}

// Every ceiling of every year, in both zones, for one person to twelve: the ceiling itself is in,
// one euro more is out.
TEST(Thresholds, OneEuroMoreChangesTheClassJustThere) {
    int checked = 0;
    for (const RuleFile& file : embedded_rule_files()) {
        for (const syntax::Scale& scale : parse(file).scales) {
            ASSERT_TRUE(scale.inclusive);
            for (const syntax::ScaleRow& row : scale.rows) {
                Facts facts = example_facts();
                facts.set(FactId::deposit_date, scale.dating.windows.at(0).from);
                facts.set(FactId::dwelling_commune, rank(row.zone == "idf" ? "75056" : "88413"));
                const auto level = *income_classes().index_of(row.income_class);
                for (std::int64_t persons = 1; persons <= 12; ++persons) {
                    const std::int64_t most =
                        row.cents[static_cast<std::size_t>(std::min<std::int64_t>(persons, 5) -
                                                           1)] +
                        std::max<std::int64_t>(0, persons - 5) * row.supplement_cents;
                    facts.set(FactId::persons, persons);
                    facts.set(FactId::reference_income, most);
                    facts.derive();
                    EXPECT_EQ(static_cast<std::int64_t>(class_at(facts)), level) << scale.label;
                    facts.set(FactId::reference_income, most + 100);
                    const bool last = row.income_class == "modest" && scale.rows.size() == 4;
                    EXPECT_EQ(static_cast<std::int64_t>(class_at(facts)),
                              last ? static_cast<std::int64_t>(IncomeClass::upper) : level + 1)
                        << scale.label;
                    ++checked;
                }
            }
        }
    }
    EXPECT_GE(checked, 11 * 4 * 12);
}

}  // namespace
}  // namespace deodat::rules::test
