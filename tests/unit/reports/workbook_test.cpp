// Goal: a workbook holds exactly what was given, opens without repair, and is the same file for the
// same input. Method: another reader (Python), another spreadsheet (LibreOffice) and the casebook's
// inputs.
#include "reports/workbook.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <csignal>
#include <thread>

#include "tests/support/programs.h"

namespace deodat::reports {
namespace {

using testing_support::bytes_of;
using testing_support::read_xlsx;
using testing_support::ReadBook;
using testing_support::run;
using testing_support::TestDirectory;

Frame frame(std::filesystem::path temporary_directory = {}) {
    return {.title = "Essai & contrôle",
            .author = "PETR",
            .stated_at = "Arrêté au 31/10/2026, écriture n° 12",
            .created = instant_in_paris(Day::of(2026, 11, 2), 9, 12),
            .temporary_directory = std::move(temporary_directory)};
}

void write_texts(const std::filesystem::path& path, const std::vector<std::string>& texts) {
    Workbook book(path, frame());
    Sheet& sheet = book.add_sheet("Textes");
    sheet.begin_table({{"Texte", Kind::text, 40}});
    for (const std::string& text : texts) sheet.row({text});
    sheet.end_table("");
    book.close();
}

TEST(Workbook, KeepsCodesAsText) {  // XLS-10
    const TestDirectory directory;
    const std::vector<std::string> codes{"01000", "01053", "00099900300015", "0102030405",
                                         "30001007941234567890185"};
    write_texts(directory / "codes.xlsx", codes);
    const ReadBook book = read_xlsx(directory / "codes.xlsx");
    for (std::size_t i = 0; i < codes.size(); ++i) {
        const auto& cell = book.at({"Textes", "A" + std::to_string(i + 2)});
        EXPECT_EQ(cell.type, "inlineStr");
        EXPECT_EQ(cell.value, codes[i]);
    }
}

TEST(Workbook, NeverTurnsATextIntoAFormula) {  // XLS-19
    const TestDirectory directory;
    const std::vector<std::string> texts{"=1+1",       "+33 3 29",           "-5",
                                         "@SOMME(A1)", "=cmd|' /C calc'!A0", "{=1}"};
    write_texts(directory / "formulas.xlsx", texts);
    const ReadBook book = read_xlsx(directory / "formulas.xlsx");
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto& cell = book.at({"Textes", "A" + std::to_string(i + 2)});
        EXPECT_EQ(cell.value, texts[i]);
        EXPECT_EQ(cell.formula, "");
        EXPECT_EQ(cell.type, "inlineStr");
    }
}

TEST(Workbook, KeepsARowWithAForbiddenCharacterAndSaysSo) {  // XLS-03
    const TestDirectory directory;
    std::vector<std::string> texts(10'000, "ligne");
    texts[9'998] = "collé d'un\vPDF";
    write_texts(directory / "vt.xlsx", texts);
    const ReadBook book = read_xlsx(directory / "vt.xlsx");
    EXPECT_EQ(book.at({"Textes", "A10000"}).value, "collé d'un\ufffdPDF");
    EXPECT_EQ(book.at({"Textes", "A10001"}).value, "ligne");
    EXPECT_EQ(book.at({"Notes", "B4"}).value, "1");
    EXPECT_EQ(book.at({"Notes", "B5"}).value, "0");
    EXPECT_NE(book.at({"Notes", "A6"}).value.find("« Textes », cellule A10000"), std::string::npos);
}

TEST(Workbook, CutsWhatACellCannotHold) {  // XLS-04
    const TestDirectory directory;
    std::string exact;
    for (int i = 0; i < 32'767; ++i) exact += "é";
    std::string longer = exact;
    for (int i = 0; i < 7'233; ++i) longer += "é";
    write_texts(directory / "long.xlsx", {longer, exact});
    const ReadBook book = read_xlsx(directory / "long.xlsx");
    EXPECT_TRUE(book.at({"Textes", "A2"}).value.ends_with(cut_mark));
    EXPECT_EQ(utf16_units(book.at({"Textes", "A2"}).value), 32'767U);
    EXPECT_EQ(book.at({"Textes", "A3"}).value, exact);
    EXPECT_EQ(book.at({"Notes", "B5"}).value, "1");
}

TEST(Workbook, TakesAnyTitle) {
    const TestDirectory directory;
    Frame long_frame = frame();
    for (int i = 0; i < 100; ++i) long_frame.title += "&é\v<'\">";
    long_frame.stated_at = long_frame.author = long_frame.title;
    {
        Workbook book(directory / "title.xlsx", long_frame);
        book.add_sheet("Une").line({"a"}, Look::body);
        book.close();
    }
    EXPECT_EQ(read_xlsx(directory / "title.xlsx").at({"Une", "A1"}).value, "a");
}

TEST(Workbook, HasNoNotesWithoutReason) {
    const TestDirectory directory;
    write_texts(directory / "plain.xlsx", {"é œ €", "_x0041_"});
    const ReadBook book = read_xlsx(directory / "plain.xlsx");
    EXPECT_EQ(book.at({"Textes", "A3"}).value, "_x0041_");
    EXPECT_FALSE(book.contains({"Notes", "A1"}));
}

TEST(Workbook, NeverShiftsAnOldDay) {  // XLS-13
    const TestDirectory directory;
    {
        Workbook book(directory / "days.xlsx", frame());
        Sheet& sheet = book.add_sheet("Jours");
        sheet.begin_table({{"Jour", Kind::day, 12}});
        sheet.row({Day::of(1900, 1, 1)});
        sheet.row({Day::of(1900, 2, 28)});
        sheet.row({Day::of(1900, 3, 1)});
        sheet.row({Day::of(2026, 2, 28)});
        sheet.end_table("");
        book.close();
    }
    const ReadBook book = read_xlsx(directory / "days.xlsx");
    EXPECT_EQ(book.at({"Jours", "A2"}).value, "01/01/1900");
    EXPECT_EQ(book.at({"Jours", "A3"}).value, "28/02/1900");
    EXPECT_EQ(book.at({"Jours", "A4"}).value, "61");
    EXPECT_EQ(book.at({"Jours", "A5"}).value, "46081");
    EXPECT_EQ(book.at({"Jours", "A5"}).type, "n");
}

// Cents that doubles do not hold, and totals that a plain sum of doubles would miss.
void write_amounts(const std::filesystem::path& path) {
    Workbook book(path, frame());
    Sheet& sheet = book.add_sheet("L'été : montants");
    sheet.begin_table({{"Libellé", Kind::text, 20}, {"Montant", Kind::money, 24, true}});
    for (const std::int64_t cents : {10LL, 20LL, -30LL}) sheet.row({"speck", Money::cents(cents)});
    sheet.end_table("Total");
    Sheet& large = book.add_sheet("Bornes");
    large.begin_table({{"Libellé", Kind::text, 20}, {"Montant", Kind::money, 24, true}});
    large.row({"plus", Money::cents(Money::cents_max)});
    large.row({"moins", Money::cents(-9'999'999'999'999)});
    large.row({"deux", Money::cents(123'456)});
    large.end_table("Total");
    book.close();
}

TEST(Workbook, WritesFormulasWithTheirValues) {  // XLS-15, MNY-06
    const TestDirectory directory;
    write_amounts(directory / "amounts.xlsx");
    const ReadBook book = read_xlsx(directory / "amounts.xlsx");
    const auto& total = book.at({"L'été - montants", "B5"});
    EXPECT_EQ(total.formula, "ROUND(SUM('L''été - montants'!$B$2:$B$4),2)");
    EXPECT_EQ(total.value, "0");
    // The largest amount that a Money holds, to the cent.
    EXPECT_EQ(book.at({"Bornes", "B2"}).value, "100000000000");
    EXPECT_EQ(std::llround(std::stod(book.at({"Bornes", "B3"}).value) * 100), -9'999'999'999'999);
    EXPECT_EQ(book.at({"Bornes", "B5"}).value, "1234.57");
}

TEST(Workbook, ReadsInFrenchElsewhere) {
    if (!testing_support::has_program("soffice")) GTEST_SKIP() << "skipped: no LibreOffice";
    const TestDirectory directory;
    write_amounts(directory / "amounts.xlsx");
    // Every sheet as shown, in the program's own (English) locale.
    ASSERT_TRUE(testing_support::convert(
        directory, directory / "amounts.xlsx",
        "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,true,false,false,-1", "out"));
    std::string shown = bytes_of(directory / "out/amounts-L'été - montants.csv");
    EXPECT_EQ(shown, "Libellé;Montant\nspeck;0,10 €\nspeck;0,20 €\nspeck;-0,30 €\nTotal;0,00 €\n");
    shown = testing_support::plain_blanks(bytes_of(directory / "out/amounts-Bornes.csv"));
    EXPECT_NE(shown.find("deux;1 234,56 €"), std::string::npos) << shown;
    EXPECT_NE(shown.find("Total;1 234,57 €"), std::string::npos) << shown;
}

TEST(Workbook, IsTheSameFileForTheSameInput) {
    const TestDirectory directory;
    setenv("TZ", "Europe/Paris", 1);
    tzset();
    write_amounts(directory / "a.xlsx");
    std::this_thread::sleep_for(
        std::chrono::milliseconds(2'100));  // a zip's times count by two seconds
    setenv("TZ", "Pacific/Auckland", 1);
    tzset();
    write_amounts(directory / "b.xlsx");
    unsetenv("TZ");
    tzset();
    EXPECT_EQ(bytes_of(directory / "a.xlsx"), bytes_of(directory / "b.xlsx"));
    const auto properties =
        run("unzip -p '" + (directory / "a.xlsx").string() + "' docProps/core.xml");
    EXPECT_NE(properties.output.find("2026-11-02T08:12:00Z"), std::string::npos);
}

// The files that this process holds open; those under a directory.
std::size_t open_files(const std::string& under = {}) {
    std::size_t count = 0;
    for (const auto& each : std::filesystem::directory_iterator("/proc/self/fd")) {
        std::error_code gone;
        const std::string target = std::filesystem::read_symlink(each.path(), gone).string();
        if (target.starts_with(under)) ++count;
    }
    return count;
}

TEST(Workbook, LeavesNoTemporaryFile) {  // XLS-21
    const TestDirectory directory;
    const std::filesystem::path temporary = directory / "temporary";
    std::filesystem::create_directory(temporary);
    const std::size_t before = open_files();
    for (int i = 0; i < 300; ++i) {
        Workbook book(directory / "one.xlsx", frame(temporary));
        book.add_sheet("Une").line({"a", std::int64_t{1}}, Look::body);
        EXPECT_EQ(open_files(temporary.string()), 1U);
        if (i % 3 != 0) book.close();  // a report that was given up, too
    }
    EXPECT_TRUE(std::filesystem::is_empty(temporary));
    EXPECT_EQ(open_files(), before);
    EXPECT_FALSE(std::filesystem::exists(directory / "one.xlsx.part"));
}

TEST(Workbook, SaysWhenItCannotWrite) {
    const TestDirectory directory;
    const auto write_to = [&](const std::filesystem::path& path,
                              const std::filesystem::path& temporary) {
        Workbook book(path, frame(temporary));
        book.add_sheet("Une").line({"a"}, Look::body);
        book.close();
    };
    EXPECT_THROW(write_to(directory / "absent/one.xlsx", {}), EnvironmentFailure);
    EXPECT_THROW(write_to(directory / "one.xlsx", directory / "absent"), EnvironmentFailure);
    std::filesystem::create_directory(directory / "taken.xlsx");
    EXPECT_THROW(write_to(directory / "taken.xlsx", {}), EnvironmentFailure);
    EXPECT_FALSE(std::filesystem::exists(directory / "one.xlsx"));
    EXPECT_FALSE(std::filesystem::exists(directory / "one.xlsx.part"));
    EXPECT_FALSE(std::filesystem::exists(directory / "taken.xlsx.part"));
}

// In a process of its own, where no file may exceed 64 KiB: what a full disk looks like to the
// library.
int write_on_a_full_disk(const std::filesystem::path& path) {
    const rlimit limit{65'536, 65'536};
    std::signal(SIGXFSZ, SIG_IGN);
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0) return 2;
    try {
        write_texts(path, std::vector<std::string>(5'000, "une ligne qui prend de la place"));
    } catch (const EnvironmentFailure&) {
        return std::filesystem::exists(path) || std::filesystem::exists(path.string() + ".part")
                   ? 3
                   : 0;
    }
    return 1;
}

TEST(Workbook, SeesAFullDisk) {
    const TestDirectory directory;
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) _exit(write_on_a_full_disk(directory / "full.xlsx"));
    int status = -1;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0) << "1: no failure seen; 3: a broken file was left";
}

TEST(Workbook, GrowsNoMemoryWithItsRows) {
#if defined(__SANITIZE_ADDRESS__)
    GTEST_SKIP() << "skipped: the address sanitizer keeps what was freed";
#endif
    const TestDirectory directory;
    const auto resident_kib = [] {
        rusage usage{};
        getrusage(RUSAGE_SELF, &usage);
        return usage.ru_maxrss;
    };
    const long before = resident_kib();
    {
        Workbook book(directory / "many.xlsx", frame());
        Sheet& sheet = book.add_sheet("Lignes");
        sheet.begin_table({{"Dossier", Kind::text, 12},
                           {"Jour", Kind::day, 12},
                           {"Libellé", Kind::text, 30},
                           {"Montant", Kind::money, 16, true}});
        for (int i = 0; i < 100'000; ++i) {
            sheet.row({"D26-0001", Day::of(2026, 1, 1), "Évènement", Money::cents(i)});
        }
        sheet.end_table("Total");
        book.close();
    }
    EXPECT_LT(resident_kib() - before, 16 * 1'024);
}

}  // namespace
}  // namespace deodat::reports
