// Goal: what is personal is forgotten when it may be and not before, everything else stays and
// still proves, and whoever makes somebody's data disappear otherwise is found. Method: dossiers
// led to their end with a distinctive name in every text; each reason to refuse, to the day; the
// bytes of the files; the database changed behind the ledger's back, and sealed as if by the
// ledger.
#include "ledger/erasure/erasure.h"

#include "ledger/payments/qualification.h"
#include "ledger/store/records.h"
#include "tests/support/dump.h"
#include "tests/support/erasable_dossier.h"

namespace deodat {
namespace {

using erasure::Ground;
using erasure::Subject;
using testing_support::must;

class Erasing : public testing_support::ErasureTest {
  protected:
    std::string everything() {
        auto snapshot = store().snapshot();
        return testing_support::dump(snapshot.db());
    }
    Code refusal(const Result<erasure::Erasure>& outcome) {
        EXPECT_FALSE(outcome.ok());
        return outcome.ok() ? Code::usage : outcome.refusal().code;
    }
    std::string balances() {
        auto snapshot = store().snapshot();
        std::string out;
        for (const auto& account : journal::account_balances(snapshot.db())) {
            out += account.number + " " + french(account.amount) + "\n";
        }
        return out;
    }
    std::int64_t count(const std::string& sql) {
        auto snapshot = store().snapshot();
        auto rows = snapshot.db().select("SELECT count(*) FROM " + sql);
        rows.next();
        return rows.integer(0);
    }
    bool found(const std::string& words) {
        for (const std::string& fault : faults()) {
            if (fault.find(words) != std::string::npos) return true;
        }
        return false;
    }
};

TEST_F(Erasing, AClosedDossierForgetsItsHouseholdAndStillProves) {
    const DossierId dossier = closed_dossier().dossier;
    go_to(Day::of(2037, 1, 1));
    const std::string before = balances();
    EXPECT_NE(everything().find(planted), std::string::npos);
    const auto done = must(erase(dossier));
    EXPECT_EQ(done.reference, "E37-0001");
    // Nothing of it is left in any table, whatever the column: labels and pieces included.
    EXPECT_EQ(everything().find(planted), std::string::npos);
    EXPECT_EQ(balances(), before);
    EXPECT_EQ(count("household"), 0);
    EXPECT_EQ(count("plan WHERE facts_json IS NULL AND salt IS NULL AND works_ttc_cents = 2110000"),
              1);
    EXPECT_EQ(count("bank_movement WHERE counterparty IS NULL AND cents > 0"), 2);
    // Every digest is there; the salt of what is gone is not.
    EXPECT_GE(done.rows.size(), 12U);
    for (const auto& row : done.rows) EXPECT_EQ(row.digest.size(), hash_bytes) << row.table;
    EXPECT_EQ(count("record_salt WHERE table_name = 'household'"), 0);
    EXPECT_EQ(count("erased_row e JOIN record_salt s ON s.record = e.record"), 0);
    auto snapshot = store().snapshot();
    const auto proof = audit::verify(snapshot.db());
    EXPECT_TRUE(proof.proven()) << proof.faults.at(0).what;
    ASSERT_EQ(proof.erasures.size(), 1U);
    EXPECT_EQ(proof.erasures[0], "Effacement E37-0001 : " + std::to_string(done.rows.size()) +
                                     " lignes, empreintes présentes, contenu effacé par l'écriture"
                                     " n° " +
                                     std::to_string(done.entry.value));
}

TEST_F(Erasing, WhatWasErasedIsSaidWhereItStood) {
    const DossierId dossier = closed_dossier().dossier;
    go_to(Day::of(2037, 1, 1));
    must(erase(dossier));
    auto snapshot = store().snapshot();
    store::Database& db = snapshot.db();
    EXPECT_EQ(dossiers::household_of(db, dossier).refusal().code, Code::erased);
    EXPECT_EQ(dossiers::dwelling_of(db, dossier).refusal().code, Code::erased);
    EXPECT_EQ(dossiers::commune_of(db, dossier), "88413");
    const auto quote = dossiers::quotes_of(db, dossier).at(0);
    EXPECT_EQ(quote.number, "« effacé »");
    EXPECT_EQ(quote.lines[0].label, "« effacé »");
    EXPECT_EQ(bank::find_movement(db, {1})->counterparty, "« effacé »");
    EXPECT_EQ(dossiers::given_aids_of(db, dossier)[0].motive, "« effacé »");
    EXPECT_EQ(funding::calls_of(db, dossier)[0].reason, "« effacé »");
}

TEST_F(Erasing, AnAbandonedDossierIsKeptTwoYearsToTheDay) {
    const DossierId dossier = abandoned_dossier();  // on 20/03/2026
    go_to(Day::of(2028, 3, 20));
    const auto early = erase(dossier);
    EXPECT_EQ(refusal(early), Code::retention_runs);
    ASSERT_EQ(early.refusal().facts.size(), 1U);
    EXPECT_EQ(early.refusal().facts[0].second, "2028-03-21");
    EXPECT_NE(early.refusal().message.find("possible à partir du 21/03/2028"), std::string::npos);
    go_to(Day::of(2028, 3, 21));
    must(erase(dossier));
    EXPECT_EQ(everything().find(planted), std::string::npos);
}

// The pieces outlast the household's undertaking: ten years after the year, not nine after the day.
TEST_F(Erasing, AClosedDossierIsKeptAsLongAsItsPieces) {
    const DossierId dossier = closed_dossier().dossier;
    go_to(Day::of(2036, 12, 31));
    EXPECT_EQ(refusal(erase(dossier)), Code::retention_runs);
    const auto asked_for = write([&](store::Transaction& tx) {
        return erasure::erase_dossier(tx, dossier, asked(Ground::request));
    });
    EXPECT_NE(asked_for.refusal().message.find("article 17.3"), std::string::npos);
    go_to(Day::of(2037, 1, 1));
    EXPECT_TRUE(erase(dossier).ok());
}

TEST_F(Erasing, NotWhileTheDossierIsInProgress) {
    const DossierId dossier = named_dossier();
    const std::string before = everything();
    EXPECT_EQ(refusal(erase(dossier)), Code::state_forbids);
    EXPECT_EQ(everything(), before);
    auto snapshot = store().snapshot();
    const auto seen = must(erasure::assess_dossier(snapshot.db(), dossier, today()));
    EXPECT_EQ(seen.goes.size(), 2U);  // household, dwelling
    EXPECT_FALSE(seen.stays.empty());
    EXPECT_FALSE(seen.possible_from().has_value());
}

TEST_F(Erasing, NotWhileMoneyIsOpen) {
    const Notified open = notified_dossier();
    const auto refused = erase(open.dossier);
    EXPECT_EQ(refusal(refused), Code::state_forbids);
    EXPECT_NE(refused.refusal().message.find("subventions notifiées : il reste 18"),
              std::string::npos)
        << refused.refusal().message;
    const Closed closed = closed_dossier();
    go_to(Day::of(2037, 1, 1));
    must_write([&](store::Transaction& tx) {
        return payments::transfer_returned(tx, closed.transfer, "AC04", today(), "R/9", accountant);
    });
    const auto owed = erase(closed.dossier);
    EXPECT_EQ(refusal(owed), Code::balance_not_nil);
    EXPECT_NE(owed.refusal().message.find("n'est pas payé"), std::string::npos)
        << "the order of the returned transfer: " << owed.refusal().message;
    // The return is a piece of 2037: the keeping starts again.
    EXPECT_NE(owed.refusal().message.find("01/01/2048"), std::string::npos);
}

TEST_F(Erasing, NotWhileTheBankWroteOfItAndNobodyMatched) {
    const Closed closed = closed_dossier();
    go_to(Day::of(2037, 1, 1));
    received(Money::euros(12), "Trop perçu D26-0001");
    EXPECT_EQ(refusal(erase(closed.dossier)), Code::gate_closed);
}

TEST_F(Erasing, OnlyByAnAdministratorOfWhatThereIsAndOnce) {
    const DossierId dossier = abandoned_dossier();
    go_to(Day::of(2030, 1, 1));
    const auto by = [&](DossierId whose, PersonId person, Day day) {
        return write([&](store::Transaction& tx) {
            return erasure::erase_dossier(tx, whose, {person, Ground::request, day});
        });
    };
    EXPECT_EQ(refusal(by(dossier, adviser, today())), Code::role_missing);
    EXPECT_EQ(refusal(by({99}, administrator, today())), Code::not_found);
    EXPECT_EQ(refusal(by(dossier, administrator, today().plus_days(1))), Code::date_invalid);
    must(by(dossier, administrator, today()));
    EXPECT_EQ(refusal(by(dossier, administrator, today())), Code::erased);
}

// A notified grant moved no money, but who gave it may come back on it.
TEST_F(Erasing, AnAbandonedDossierThatWasNotifiedIsKeptAsLongAsPieces) {
    const Notified led = notified_dossier();
    must_write([&](store::Transaction& tx) {
        return treasury::abandon_dossier(tx, led.dossier, "Renonce", today(), adviser);
    });
    go_to(Day::of(2036, 12, 31));
    EXPECT_EQ(refusal(erase(led.dossier)), Code::retention_runs);
    go_to(Day::of(2037, 1, 1));
    EXPECT_TRUE(erase(led.dossier).ok());
}

// What the bank wrote of two households' entry is a piece of both, until the last is over.
TEST_F(Erasing, WhatTwoDossiersShareGoesWithTheLast) {
    const DossierId first = abandoned_dossier();
    const DossierId second = abandoned_dossier();
    const EntryId entry = must_write([&](store::Transaction& tx) {
        auto legs = journal::events::household_early_receipt(first, Money::euros(5));
        for (const journal::Leg& leg :
             journal::events::household_early_receipt(second, Money::euros(5))) {
            legs.push_back(leg);
        }
        return journal::post(tx, {today(),
                                  journal::Event::household_early_receipt,
                                  "Versement",
                                  "REL-1/1",
                                  {programme, "01"},
                                  accountant,
                                  legs});
    });
    const EntryId reversal = must_write([&](store::Transaction& tx) {
        return journal::reverse(tx, entry, today(), planted, accountant);
    });
    const std::string kept =
        "reversal WHERE reason IS NOT NULL AND entry = " + std::to_string(reversal.value);
    go_to(Day::of(2037, 1, 1));
    must(erase(first));
    EXPECT_EQ(count(kept), 1);
    must(erase(second));
    EXPECT_EQ(count(kept), 0);
}

TEST_F(Erasing, AnAbandonedDossierThatMovedMoneyIsKeptAsLongAsItsPieces) {
    const DossierId dossier = named_dossier();
    must_write([&](store::Transaction& tx) {
        return funding::receive_share_early(tx, dossier, Money::euros(5), today(), "R", accountant);
    });
    write_behind("UPDATE dossier SET state = 'abandoned', ended_on = '2026-03-20' WHERE id = 1");
    go_to(Day::of(2036, 12, 31));
    auto snapshot = store().snapshot();
    const auto seen = must(erasure::assess_dossier(snapshot.db(), dossier, today()));
    EXPECT_EQ(*seen.possible_from(), Day::of(2037, 1, 1));
}

// ---- a person who acted

TEST_F(Erasing, APersonWhoNeverActedIsForgottenAtOnce) {
    const PersonId person = add_person(planted, {people::Role::adviser, people::Role::officer});
    const auto done = must(erase(person));
    EXPECT_EQ(done.rows.size(), 3U);  // the name and two roles
    EXPECT_EQ(everything().find(planted), std::string::npos);
    auto snapshot = store().snapshot();
    EXPECT_EQ(people::find_person(snapshot.db(), person)->name, "« effacé »");
    EXPECT_FALSE(people::require_role(snapshot.db(), person, people::Role::adviser).ok());
    EXPECT_EQ(refusal(erase(person)), Code::erased);
}

TEST_F(Erasing, APersonWhoActedIsKeptAsLongAsThePieces) {
    const Closed closed = closed_dossier();
    EXPECT_EQ(refusal(erase(adviser)), Code::retention_runs);
    go_to(Day::of(2036, 12, 31));
    EXPECT_EQ(refusal(erase(adviser)), Code::retention_runs);
    EXPECT_EQ(refusal(erase(reviewer)), Code::retention_runs);  // only confirmed an account
    go_to(Day::of(2037, 1, 1));
    EXPECT_TRUE(erase(adviser).ok());
    EXPECT_TRUE(erase(reviewer).ok());
    EXPECT_EQ(refusal(erase(administrator)), Code::same_person);
    EXPECT_EQ(refusal(erase(PersonId{99})), Code::not_found);
    (void)closed;
}

// Whenever the company ended: who wrote it down did so today.
TEST_F(Erasing, APersonIsKeptFromTheDayItActedNotFromTheDayItToldOf) {
    const PersonId person = add_person(planted, {people::Role::officer});
    must_write([&](store::Transaction& tx) {
        return payments::end_contractor(
            tx, contractor, {payments::ContractorEnd::closed, Day::of(2011, 1, 1), "Greffe"},
            person);
    });
    EXPECT_EQ(refusal(erase(person)), Code::retention_runs);
}

TEST_F(Erasing, APersonWithWorkInHandStays) {
    named_dossier();
    const auto refused = erase(adviser);
    EXPECT_EQ(refusal(refused), Code::state_forbids);
    EXPECT_NE(refused.refusal().message.find("D26-0001"), std::string::npos);
}

// ---- out of the files

class ErasedBytes : public Erasing {};

TEST_F(ErasedBytes, AreGoneFromTheFilesOnceScrubbed) {
    // Enough rows beside it for pages to be split, before and after.
    for (int i = 0; i < 40; ++i) open_dossier();
    const DossierId dossier = abandoned_dossier();
    for (int i = 0; i < 40; ++i) open_dossier();
    ASSERT_NE(found_in_files(), "");
    go_to(Day::of(2030, 1, 1));
    must(erase(dossier));
    EXPECT_NE(found_in_files(), "") << "the control: without scrubbing something is left";
    EXPECT_TRUE(store().scrub());
    EXPECT_EQ(found_in_files(), "");
    EXPECT_TRUE(erase(add_person("Renfort", {people::Role::adviser})).ok());  // it goes on
}

TEST_F(ErasedBytes, AreGoneOfAWholeLife) {
    const DossierId dossier = closed_dossier().dossier;
    go_to(Day::of(2037, 1, 1));
    const std::string before = found_in_files();
    for (const std::string& word : all_planted()) {
        EXPECT_NE(before.find(word), std::string::npos) << "the control: " << word;
    }
    must(erase(dossier));
    EXPECT_TRUE(store().scrub());
    EXPECT_EQ(found_in_files(), "");
}

TEST_F(ErasedBytes, AReaderOfTheOldStateIsSaidToHoldThem) {
    const DossierId dossier = abandoned_dossier();
    go_to(Day::of(2030, 1, 1));
    {
        auto snapshot = store().snapshot();
        must(erase(dossier));
        EXPECT_FALSE(store().scrub());
        EXPECT_NE(found_in_files(), "");
    }
    EXPECT_TRUE(store().scrub());
    EXPECT_EQ(found_in_files(), "");
}

// ---- behind the ledger's back (guarantee 7)

class G07_Erasure : public Erasing {  // NOLINT(readability-identifier-naming)
  protected:
    // As the ledger would: the rows that the statement changes are sealed anew.
    void forge(const std::string& sql) { write_behind(sql); }
};

TEST_F(G07_Erasure, ARowMadeToDisappearIsNamed) {
    named_dossier();
    tampered_ = true;
    tamper_with("DELETE FROM household WHERE dossier = 1");
    EXPECT_TRUE(found("La ligne 1 de la table household"));
}

TEST_F(G07_Erasure, ARowMadeToDisappearAndSealedIsNamed) {
    named_dossier();
    forge("DELETE FROM household WHERE dossier = 1");
    EXPECT_TRUE(found("La ligne 1 de la table household a disparu sans qu'aucune écriture"));
}

TEST_F(G07_Erasure, EveryColumnEmptiedAndSealedIsNamed) {
    closed_dossier();
    int tried = 0;
    for (const auto& data : erasure::personal_data()) {
        for (const std::string& column : erasure::column_names(data.never_null)) {
            const std::string table(data.table);
            if (count(table) == 0) continue;
            const bool known = found("table " + table + " a été effacée sans");
            if (!known) {
                forge("UPDATE " + table + " SET " + column + " = NULL");
                EXPECT_TRUE(found("table " + table + " a été effacée sans qu'aucune écriture"))
                    << table << "." << column;
                ++tried;
            }
        }
    }
    EXPECT_GE(tried, 8);
}

TEST_F(G07_Erasure, WhatWasErasedDoesNotComeBack) {
    const DossierId dossier = abandoned_dossier();
    go_to(Day::of(2030, 1, 1));
    const auto done = must(erase(dossier));
    forge("INSERT INTO household VALUES (1, 'Autre', 1, 1, '88413', 'tenant')");
    EXPECT_TRUE(found("La ligne 1 de la table household, effacée par l'écriture n° " +
                      std::to_string(done.entry.value) + ", contient de nouveau des données"));
}

TEST_F(G07_Erasure, AnErasureIsWhatItsEntrySealed) {
    const DossierId dossier = abandoned_dossier();
    go_to(Day::of(2030, 1, 1));
    must(erase(dossier));
    tampered_ = true;
    must_write([&](store::Transaction& tx) -> Result<Done> {
        tx.db().script(
            "DROP TRIGGER erasure_kept_update; DROP TRIGGER erasure_kept_delete;"
            "DROP TRIGGER erased_row_kept_delete");
        tx.db().run("UPDATE erasure SET asked_on = '2029-12-31'");
        return Done{};
    });
    EXPECT_TRUE(found("L'effacement E30-0001 n'est pas celui que scelle l'écriture"));
    // Then its row is no longer told either.
    EXPECT_TRUE(found("La ligne 1 de la table household a disparu sans"));
    must_write([&](store::Transaction& tx) -> Result<Done> {
        tx.db().run("UPDATE erasure SET asked_on = '2030-01-01'");
        return Done{};
    });
    EXPECT_TRUE(faults().empty()) << faults().at(0);
    must_write([&](store::Transaction& tx) -> Result<Done> {
        tx.db().run("DELETE FROM erased_row WHERE table_name = 'household'");
        return Done{};
    });
    EXPECT_TRUE(found("n'est pas celui que scelle l'écriture"));
    must_write([&](store::Transaction& tx) -> Result<Done> {
        tx.db().run("DELETE FROM erased_row");
        tx.db().run("DELETE FROM erasure");
        return Done{};
    });
    EXPECT_TRUE(found("dit un effacement qui n'est plus inscrit"));
}

// ---- the journal's own bytes

TEST_F(Erasing, WhyAnEntryWasReversedStandsBesideTheJournal) {
    pay_in_fund(Money::euros(10));
    const EntryId reversal = must_write([&](store::Transaction& tx) {
        return journal::reverse(tx, journal::last_entry(tx.db()), today(), planted, accountant);
    });
    auto snapshot = store().snapshot();
    EXPECT_EQ(journal::find_entry(snapshot.db(), reversal)->label.find(planted), std::string::npos);
    EXPECT_EQ(count(std::string("reversal WHERE reason = '") + planted + "'"), 1);
}

// Digests that the journal keeps say nothing of what is erased: two alike differ.
TEST_F(Erasing, TheJournalsDigestsAreSalted) {
    abandoned_dossier();
    abandoned_dossier();
    auto snapshot = store().snapshot();
    auto rows = snapshot.db().select(
        "SELECT count(DISTINCT digest), count(*) FROM entry WHERE event = 'dossier_abandoned'");
    rows.next();
    EXPECT_EQ(rows.integer(0), 2);
    EXPECT_EQ(rows.integer(1), 2);
    dossiers::Plan plan = must([&]() -> Result<dossiers::Plan> {
        const Notified n = notified_dossier();
        auto fresh = store().snapshot();
        return *dossiers::signed_plan_of(fresh.db(), n.dossier);
    }());
    EXPECT_EQ(plan.salt.size(), hash_bytes);
    const std::string sealed = plan_digest(plan);
    plan.salt.assign(hash_bytes, 'x');
    EXPECT_NE(plan_digest(plan), sealed);
}

TEST_F(Erasing, AReasonChangedAfterwardsIsFound) {
    abandoned_dossier();
    write_behind("UPDATE dossier SET end_reason = 'Autre' WHERE id = 1");
    EXPECT_TRUE(found("Le motif d'abandon du dossier D26-0001 a changé depuis"));
}

}  // namespace
}  // namespace deodat
