// Goal: an opening balance enters as one entry or not at all, and the whole still proves. Method:
// files taken over through the desk into an empty journal; each fault in a file of its own, and
// all of them in one.
#include "api/desks/administration/opening.h"

#include <gtest/gtest.h>

#include <sstream>

#include "ledger/base/canonical.h"
#include "reports/journal/exports.h"
#include "tests/support/dossier_fixture.h"

namespace deodat {
namespace {

using journal::Role;
using testing_support::must;

const std::string header = "compte;dossier;financeur;entreprise;montant\n";

class Opening : public testing_support::DossierTest {
  protected:
    void SetUp() override {
        DossierTest::SetUp();
        dossier_ = open_dossier();
        auto snapshot = store().snapshot();
        reference_ = dossiers::find_dossier(snapshot.db(), dossier_)->reference;
        siret_ = payments::find_contractor(snapshot.db(), contractor)->siret;
    }
    Result<EntryId> take(const std::string& file) {
        return administration_desk::import_opening(store(), file, "HMD", Day::of(2026, 1, 1),
                                                   accountant);
    }
    EntryId last_entry() {
        auto snapshot = store().snapshot();
        return journal::last_entry(snapshot.db());
    }
    void expect_refused(const std::string& file, Code code, const std::string& words) {
        const EntryId before = last_entry();
        const auto taken = take(file);
        ASSERT_FALSE(taken.ok()) << file;
        EXPECT_EQ(taken.refusal().code, code) << taken.refusal().message;
        EXPECT_NE(taken.refusal().message.find(words), std::string::npos)
            << taken.refusal().message;
        EXPECT_EQ(last_entry(), before);
    }
    std::string whole() const {
        return header + "515;;;;150000,00\n1021;;;;-150000,00\n\n515;" + reference_ +
               ";;;\"-1200.5\"\r\n44312;" + reference_ + ";anah;;2200,50\n458201;" + reference_ +
               ";;;-2200,50\n458101;" + reference_ + ";;;1300\n4041;" + reference_ + ";;" + siret_ +
               ";-99,5\n8018;" + reference_ + ";;" + siret_ + ";-500\nmemo.8018;" + reference_ +
               ";;" + siret_ + ";500\n";
    }

    DossierId dossier_;
    std::string reference_;
    std::string siret_;
};

TEST_F(Opening, IsOneEntryThatHoldsTheFilesHash) {
    const std::string file = "\xEF\xBB\xBF" + whole();
    EXPECT_EQ(must(take(file)).value, 1);
    auto snapshot = store().snapshot();
    const auto entry = journal::find_entry(snapshot.db(), {1});
    EXPECT_EQ(entry->postings.size(), 9U);
    EXPECT_EQ(entry->digest, sha256(file));
    EXPECT_EQ(entry->day, Day::of(2026, 1, 1));
    EXPECT_EQ(entry->journal, "AN");
    EXPECT_EQ(balance(Role::cash), Money::cents(14'879'950));
    EXPECT_EQ(balance(Role::funder_receivable, {.dossier = dossier_, .funder = anah}),
              Money::cents(220'050));
    EXPECT_EQ(balance(Role::works_ordered, {.contractor = contractor}), Money::euros(-500));
    std::ostringstream fec;
    EXPECT_EQ(reports::export_fec(snapshot.db(), 2026, fec).lines, 7);
}

// What follows an opening is still compared with the tables, to the cent.
TEST_F(Opening, WhatComesAfterIsProvenBesideIt) {
    must(take(whole()));
    EXPECT_TRUE(faults().empty()) << faults().at(0);
    tampered_ = true;
    must_write([&](store::Transaction& tx) {
        return journal::post(tx,
                             {today(),
                              journal::Event::household_share_called,
                              "Appel",
                              "P",
                              {programme, "01"},
                              accountant,
                              journal::events::household_share_called(dossier_, Money::cents(1))});
    });
    EXPECT_FALSE(faults().empty()) << "a call that no table knows";
}

// Dossiers of a running programme are signed before its balances are taken over.
TEST_F(Opening, MayFollowEntriesThatMoveNothingAndProves) {
    const DossierId signed_one = open_dossier();
    add_quote(signed_one);
    keep_and_sign_plan(signed_one);
    EXPECT_EQ(must(take(whole())).value, 2);
    EXPECT_TRUE(faults().empty()) << faults().at(0);
    const auto again = take(whole());
    ASSERT_FALSE(again.ok());
    EXPECT_EQ(again.refusal().code, Code::duplicate);
}

TEST_F(Opening, TheSameFileTwiceAndAJournalInUseAreRefused) {
    must(take(whole()));
    const auto again = take(whole());
    ASSERT_FALSE(again.ok());
    EXPECT_EQ(again.refusal().code, Code::duplicate);
    EXPECT_NE(again.refusal().message.find("déjà été repris"), std::string::npos);
    const auto other = take(header + "515;;;;1\n1021;;;;-1\n");
    ASSERT_FALSE(other.ok());
    EXPECT_EQ(other.refusal().code, Code::state_forbids);
    EXPECT_EQ(last_entry().value, 1);
}

TEST_F(Opening, OnlyThePublicAccountantTakesIt) {
    const auto taken =
        administration_desk::import_opening(store(), whole(), "HMD", Day::of(2026, 1, 1), officer);
    ASSERT_FALSE(taken.ok());
    EXPECT_EQ(taken.refusal().code, Code::role_missing);
    const auto elsewhere = administration_desk::import_opening(store(), whole(), "AUTRE",
                                                               Day::of(2026, 1, 1), accountant);
    ASSERT_FALSE(elsewhere.ok());
    EXPECT_EQ(elsewhere.refusal().field, "programme");
}

TEST_F(Opening, ABadFileIsRefusedWhole) {
    expect_refused("", Code::malformed, "première ligne");
    expect_refused("compte;montant\n515;1\n", Code::malformed, "première ligne");
    expect_refused(header, Code::missing, "aucun solde");
    expect_refused(header + "515;;;;1\xff\n", Code::text_invalid, "UTF-8");
    expect_refused(header + "515;;;;10\n1021;;;;-9,99\n", Code::entry_unbalanced, "0,01");
    // Balance sheet and memos do not make up for each other.
    expect_refused(header + "515;;;;10\n8018;" + reference_ + ";;" + siret_ + ";-10\n",
                   Code::entry_unbalanced, "du bilan");
}

TEST_F(Opening, EachBadLineIsNamed) {
    const std::string d = reference_;
    const std::vector<std::pair<std::string, std::string>> bad = {
        {"999;;;;1", "compte « 999 » inconnu"},
        {"44312;" + d + ";;;1", "nomme son financeur"},
        {"458201;;;;1", "demande un dossier"},
        {"4041;" + d + ";;;1", "demande une entreprise"},
        {"515;D99-0001;;;1", "dossier « D99-0001 » inconnu"},
        {"44312;" + d + ";nobody;;1", "financeur « nobody » inconnu"},
        {"4041;" + d + ";;123;1", "SIRET d'entreprise « 123 » inconnu"},
        {"515;;;;0", "montant est nul"},
        {"515;;;;1 000", "illisible"},
        {"515;;;;1.000,00", "illisible"},
        {"515;;;;1,005", "plus fin que le centime"},
        {"515;;;1", "4 cellules au lieu de 5"},
        {"\"515;;;;1", "guillemet"},
        {"47138;" + d + ";;;1", "créditeur"},
    };
    std::string all = header + "515;;;;10\n1021;;;;-10\n515;;;;10\n";
    for (const auto& [line, words] : bad) {
        expect_refused(header + "515;;;;1\n\n" + line + "\n", take(header + line).refusal().code,
                       "ligne 4 : ");
        expect_refused(header + line, take(header + line).refusal().code, words);
        all += line + "\n";
    }
    const auto taken = take(all);
    ASSERT_FALSE(taken.ok());
    EXPECT_NE(taken.refusal().message.find("15 lignes refusées"), std::string::npos);
    EXPECT_EQ(taken.refusal().facts.size(), 15U);
    EXPECT_EQ(taken.refusal().facts.at(0).first, "line 4");
    EXPECT_NE(taken.refusal().facts.at(0).second.find("ligne 2"), std::string::npos);
}

TEST_F(Opening, ADossierThatHasEndedOpensNothing) {
    must_write([&](store::Transaction& tx) {
        return treasury::abandon_dossier(tx, dossier_, "Renonce", today(), adviser);
    });
    expect_refused(header + "515;" + reference_ + ";;;1\n", Code::state_forbids, "est fini");
}

}  // namespace
}  // namespace deodat
