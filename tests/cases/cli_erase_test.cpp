// Goal: a person with the program forgets a household or a person, and nothing and nobody else; and
// what was forgotten stays so, though an old backup comes back, and proves to a stranger. Method:
// dossiers abandoned long ago, because the program has the machine's own clock; the built programs;
// the bytes of the files; the database changed behind the ledger's back.
#include <sqlite3.h>
#include <sys/wait.h>

#include "ledger/base/text.h"
#include "tests/support/dump.h"
#include "tests/support/erasable_dossier.h"
#include "tests/support/programs.h"

namespace deodat {
namespace {

namespace fs = std::filesystem;
using testing_support::Answer;
using testing_support::bytes_of;
using testing_support::must;

class CliErase : public testing_support::ErasureTest {
  protected:
    void SetUp() override {
        go_to(long_ago);
        ErasureTest::SetUp();
    }
    Answer run(const std::string& program, const std::string& arguments) {
        return testing_support::run_in(beside_, program, arguments);
    }
    // With the fixture's own store closed meanwhile; it opens again in the program's time.
    Answer deodat(const std::string& arguments) {
        close();
        Answer answer = run(DEODAT_PROGRAM, arguments);
        clock().set(SystemClock().now());
        reopen();
        return answer;
    }
    std::string data() { return " --data '" + directory() + "' "; }
    // The act, confirmed and asked for today.
    std::string acting(const std::string& what, const std::string& name, PersonId by) {
        return what + " " + name + data() + "--person " + std::to_string(by.value) +
               " --ground period_over --asked-on " + SystemClock().today().iso() + " --confirm " +
               name;
    }
    Answer erase_with_program(const std::string& what, const std::string& name) {
        return deodat("erase " + acting(what, name, administrator));
    }
    std::string everything() {
        auto snapshot = store().snapshot();
        return testing_support::dump(snapshot.db());
    }
    std::string kept_list() {
        const std::string list = deodat("erase list" + data()).out;
        write_file("list", list);
        return list;
    }
    void write_file(const char* name, const std::string& text) {
        std::ofstream(beside_ / name, std::ios::binary) << text;
    }
    std::string beside(const char* name) { return (beside_ / name).string(); }

    static constexpr const char* reference = "D12-0001";
    const Day long_ago = Day::of(2012, 3, 20);
    testing_support::TestDirectory beside_;
};

TEST_F(CliErase, APreviewShowsWhatGoesAndChangesNothing) {
    abandoned_dossier();
    const std::string before = everything();
    const Answer seen = deodat("erase dossier D12-0001" + data());
    EXPECT_EQ(seen.code, 0) << seen.err;
    for (const char* shown :
         {"aperçu, rien n'est effacé", "ménage : nom, personnes, revenu fiscal de référence",
          "libellés des lignes de devis (1 ligne)",
          "Ce qui reste :", "les écritures et les montants",
          "À conserver jusqu'au 20/03/2014 inclus", "--confirm D12-0001"}) {
        EXPECT_NE(seen.out.find(shown), std::string::npos) << shown << "\n" << seen.out;
    }
    for (const std::string& word : all_planted()) {
        EXPECT_EQ(seen.out.find(word), std::string::npos) << word;
    }
    EXPECT_TRUE(everything() == before);
    const Answer person = deodat("erase person 2" + data());
    EXPECT_EQ(person.code, 0) << person.out;
    EXPECT_NE(person.out.find("rôles de la personne (1 ligne)"), std::string::npos) << person.out;
    EXPECT_TRUE(everything() == before);
}

TEST_F(CliErase, WhatIsConfirmedIsGoneFromEveryFileAndStillProves) {
    abandoned_dossier();
    const std::string before = found_in_files();
    for (const std::string& word : all_planted()) {
        EXPECT_NE(before.find(word), std::string::npos) << "the control: " << word;
    }
    const Answer done = erase_with_program("dossier", reference);
    EXPECT_EQ(done.code, 0) << done.err;
    EXPECT_NE(done.out.find("durée de conservation échue"), std::string::npos) << done.out;
    EXPECT_NE(done.out.find("rien n'y reste"), std::string::npos) << done.out;
    EXPECT_EQ(found_in_files(), "");
    const Answer proof = deodat("verify" + data());
    EXPECT_EQ(proof.code, 0) << proof.out;
    EXPECT_NE(proof.out.find("lignes, empreintes présentes, contenu effacé par l'écriture n° "),
              std::string::npos)
        << proof.out;
    const auto lines = testing_support::split(kept_list(), '\n');
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_NE(lines[2].find(" dossier D12-0001 period_over " + SystemClock().today().iso() + " 1 "),
              std::string::npos)
        << lines[2];
    for (const std::string& again : {"erase dossier D12-0001" + data(),
                                     "erase " + acting("dossier", reference, administrator)}) {
        const Answer answer = deodat(again);
        EXPECT_EQ(answer.code, 1) << again;
        EXPECT_NE(answer.err.find("ont déjà été effacées"), std::string::npos) << answer.err;
    }
    EXPECT_EQ(kept_list(), lines[0] + "\n" + lines[1] + "\n" + lines[2] + "\n");
}

TEST_F(CliErase, APersonIsForgottenByItsNumber) {
    const PersonId person = add_person(planted, {people::Role::adviser});
    const std::string number = std::to_string(person.value);
    EXPECT_EQ(deodat("erase person " + number + data()).code, 0);
    const Answer done = erase_with_program("person", number);
    EXPECT_EQ(done.code, 0) << done.err;
    EXPECT_NE(done.out.find("2 lignes effacées"), std::string::npos) << done.out;
    EXPECT_EQ(found_in_files(), "");
    EXPECT_EQ(erase_with_program("person", number).code, 1);
    EXPECT_EQ(deodat("verify" + data()).code, 0);
}

// Whoever reads beside keeps the old pages alive: that is said, and asking again ends it.
TEST_F(CliErase, AReaderBesideIsSaidAndAskingAgainEmptiesTheFiles) {
    abandoned_dossier();
    clock().set(SystemClock().now());
    close();
    {
        const store::Snapshot reader(store::database_path(directory()));
        const Answer done =
            run(DEODAT_PROGRAM, "erase " + acting("dossier", reference, administrator));
        EXPECT_EQ(done.code, 0) << done.err;
        EXPECT_NE(done.out.find("Un lecteur tient encore l'ancien état"), std::string::npos);
        EXPECT_NE(found_in_files(), "");
    }
    reopen();
    const Answer again = erase_with_program("dossier", reference);
    EXPECT_EQ(again.code, 1);
    EXPECT_NE(again.err.find("rien n'y reste"), std::string::npos) << again.err;
    EXPECT_EQ(found_in_files(), "");
}

TEST_F(CliErase, WhatMayNotBeErasedStays) {
    abandoned_dossier();
    clock().set(SystemClock().now());
    abandoned_dossier();
    named_dossier();
    const std::string year = std::to_string(clock().today().year() % 100);
    const auto without = [&](const std::string& from, const std::string& to) {
        std::string out = acting("dossier", reference, administrator);
        return out.replace(out.find(from), from.size(), to);
    };
    const auto tomorrow = clock().today().plus_days(1).iso();
    struct Try {
        std::string command;
        const char* said;
    };
    const std::string ended = "D" + year + "-0001";
    const std::string open = "D" + year + "-0002";
    const std::string before = everything();
    for (const Try& refused : std::vector<Try>{
             {"dossier " + ended + data(), "à conserver jusqu'au"},
             {acting("dossier", ended, administrator), "Ce sera possible à partir du"},
             {"dossier " + open + data(), "il est en cours"},
             {acting("dossier", open, administrator), "il est en cours"},
             {acting("dossier", reference, officer), "rôle"},
             {acting("dossier", reference, {99}), "99"},
             {without("--confirm D12-0001", "--confirm D12-0002"), "rien n'est effacé"},
             {without("--ground period_over", "--ground whim"), "request"},
             {without("--person 1", "--person x"), "--person"},
             {without(SystemClock().today().iso(), tomorrow), "est à venir"},
             {without(SystemClock().today().iso(), "hier"), "hier"},
             {"dossier D12-0099" + data(), "Aucun dossier « D12-0099 »"},
             {acting("dossier", "D12-0099", administrator), "Aucun dossier"},
             {"person 99" + data(), "Aucune personne n° 99"},
             {acting("person", "1", administrator), "On n'efface pas son propre compte"},
             {acting("person", "2", administrator), "a cette personne pour conseiller"},
             {"person deux" + data(), "attendu « dossier D26-0001 » ou « person 4 »"},
             {"household 1" + data(), "attendu « dossier D26-0001 » ou « person 4 »"}}) {
        const Answer answer = deodat("erase " + refused.command);
        EXPECT_EQ(answer.code, 1) << refused.command;
        EXPECT_NE((answer.out + answer.err).find(refused.said), std::string::npos)
            << refused.command << "\n"
            << answer.out << answer.err;
    }
    for (const std::string& wrong : std::vector<std::string>{
             "erase", "erase list", "erase dossier D12-0001", "erase nothing" + data(),
             "erase list D12-0001 again" + data(), "erase list --person 1" + data(),
             "erase dossier D12-0001 --person 1 --confirm D12-0001" + data()}) {
        EXPECT_EQ(deodat(wrong).code, 2) << wrong;
    }
    EXPECT_TRUE(everything() == before);
    EXPECT_EQ(testing_support::split(kept_list(), '\n').size(), 2U);
}

// ---- an old backup comes back

TEST_F(CliErase, G19_ARestoredBackupForgetsAgainBeforeItCounts) {
    abandoned_dossier();
    abandoned_dossier();
    const PersonId person = add_person(planted, {people::Role::adviser});
    ASSERT_EQ(erase_with_program("dossier", "D12-0002").code, 0);
    ASSERT_EQ(deodat("backup" + data() + "--out b.db").code, 0);
    ASSERT_EQ(erase_with_program("dossier", reference).code, 0);
    ASSERT_EQ(erase_with_program("person", std::to_string(person.value)).code, 0);
    // Somebody who came after the backup.
    const PersonId late = add_person(planted, {people::Role::adviser});
    ASSERT_EQ(erase_with_program("person", std::to_string(late.value)).code, 0);
    kept_list();
    // The control: without the list everything is there again, and that is said.
    const Answer without = deodat("restore b.db --data old");
    EXPECT_EQ(without.code, 0) << without.err;
    EXPECT_NE(without.out.find("--erasures LISTE"), std::string::npos);
    EXPECT_NE(found_in_files_of(beside("old")), "");

    const Answer back = deodat("restore b.db --data new --erasures list");
    EXPECT_EQ(back.code, 0) << back.err;
    for (const char* said :
         {"(dossier D12-0002) : déjà effacé dans la sauvegarde",
          "(dossier D12-0001) : effacé de nouveau", "(person 8) : effacé de nouveau",
          "(person 9) : absent de la sauvegarde"}) {
        EXPECT_NE(back.out.find(said), std::string::npos) << said << "\n" << back.out;
    }
    EXPECT_EQ(found_in_files_of(beside("new")), "");
    EXPECT_EQ(deodat("verify --data new").code, 0);
    EXPECT_FALSE(fs::exists(beside("new/restoring")));
    EXPECT_EQ(deodat("erase dossier D12-0001 --data new").code, 1);
    // It is a ledger like another: again is refused, and it goes on.
    EXPECT_EQ(deodat("restore b.db --data new --erasures list").code, 1);
    EXPECT_EQ(deodat("backup --data new --out after.db").code, 0);
}

TEST_F(CliErase, NothingIsRestoredWhenAnErasureCannotBeDoneAgain) {
    abandoned_dossier();
    ASSERT_EQ(deodat("backup" + data() + "--out b.db").code, 0);
    const PersonId second = must_write([&](store::Transaction& tx) {
        return people::add_person(tx, "Remplacement", {people::Role::administrator}, administrator);
    });
    ASSERT_EQ(deodat("erase " + acting("dossier", reference, second)).code, 0);
    const std::string list = kept_list();
    const auto lines = testing_support::split(list, '\n');
    write_file("other", lines[0] + "\nledger " + std::string(64, '0') + "\n" + lines[2] + "\n");
    write_file("torn", list.substr(0, list.size() - 8));
    write_file("strange", "deodat-erasures 2\n" + list.substr(list.find('\n') + 1));
    write_file("empty", "");
    struct Try {
        const char* list;
        const char* said;
    };
    for (const Try& refused :
         {Try{"list", "(dossier D12-0001) ne peut pas être refait"},
          Try{"other", "celle d'un autre grand livre"}, Try{"torn", "ligne 3"},
          Try{"strange", "ligne 1"}, Try{"empty", "ligne 1"}, Try{"nowhere", "nowhere"}}) {
        const Answer answer =
            deodat(std::string("restore b.db --data new --erasures ") + refused.list);
        EXPECT_EQ(answer.code, 1) << refused.list;
        EXPECT_NE(answer.err.find(refused.said), std::string::npos) << answer.err;
        EXPECT_FALSE(fs::exists(beside("new"))) << refused.list;
    }
    EXPECT_EQ(deodat("restore b.db --drill --erasures list").code, 2);
}

// ---- what a stranger and `verify` say of it

TEST_F(CliErase, AStrangerProvesTheChainOfAnErasedLedger) {
    abandoned_dossier();
    ASSERT_EQ(erase_with_program("dossier", reference).code, 0);
    const Answer exported = deodat("export chain" + data());
    ASSERT_EQ(exported.code, 0) << exported.err;
    write_file("chain", exported.out);
    const Answer proved = run(DEODAT_VERIFIER, "chain");
    EXPECT_EQ(proved.code, 0) << proved.out << proved.err;
    for (const std::string& word : all_planted()) {
        EXPECT_EQ(exported.out.find(hexadecimal(word)), std::string::npos) << word;
    }
    // One digit of the digest of what was erased, changed in the export, is found.
    std::string changed = exported.out;
    const auto record = changed.find(hexadecimal("household"));
    ASSERT_NE(record, std::string::npos);
    const auto end = changed.find('\n', record);
    changed[end - 1] = changed[end - 1] == '0' ? '1' : '0';
    write_file("changed", changed);
    EXPECT_NE(run(DEODAT_VERIFIER, "changed").code, 0);
}

TEST_F(CliErase, G07_VerifyStillFindsWhatWasTamperedWith) {
    abandoned_dossier();
    abandoned_dossier();
    ASSERT_EQ(erase_with_program("dossier", reference).code, 0);
    close();
    const std::string database = store::database_path(directory());
    fs::copy_file(database, beside("erased.db"));
    struct Try {
        const char* change;
        const char* named;
    };
    for (const Try& tampering :
         {Try{"INSERT INTO household VALUES (1, 'Autre', 1, 1, '88413', 'tenant')",
              "La ligne 1 de la table household"},
          Try{"UPDATE dwelling SET age_years = 60 WHERE dossier = 1",
              "La ligne 1 de la table dwelling"},
          Try{"UPDATE quote SET issued_on = '2012-03-19' WHERE dossier = 1",
              "La ligne 1 de la table quote"},
          Try{"UPDATE erased_row SET record = 1 WHERE table_name = 'household'", "erased_row"},
          Try{"DELETE FROM record WHERE table_name = 'household' AND row_key = '1'",
              "(table dossier, ligne 1) suit un trou"},
          Try{"DELETE FROM household WHERE dossier = 2", "La ligne 2 de la table household"},
          Try{"UPDATE plan SET facts_json = NULL WHERE dossier = 2",
              "La ligne 2 de la table plan"}}) {
        sqlite3* db = nullptr;
        ASSERT_EQ(sqlite3_open(database.c_str(), &db), SQLITE_OK);
        for (const char* trigger : {"erased_row_kept_update", "record_kept_delete"}) {
            sqlite3_exec(db, ("DROP TRIGGER " + std::string(trigger)).c_str(), nullptr, nullptr,
                         nullptr);
        }
        ASSERT_EQ(sqlite3_exec(db, tampering.change, nullptr, nullptr, nullptr), SQLITE_OK)
            << tampering.change << ": " << sqlite3_errmsg(db);
        ASSERT_GT(sqlite3_changes(db), 0) << tampering.change;
        sqlite3_close(db);
        const Answer proof = run(DEODAT_PROGRAM, "verify" + data());
        EXPECT_EQ(proof.code, 70) << tampering.change << "\n" << proof.out;
        EXPECT_NE(proof.out.find(tampering.named), std::string::npos) << tampering.change << "\n"
                                                                      << proof.out;
        fs::copy_file(beside("erased.db"), database, fs::copy_options::overwrite_existing);
    }
    reopen();
}

}  // namespace
}  // namespace deodat
