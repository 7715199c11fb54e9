// Goal: the house's plan holds: who may include whom, what stays behind .cpp files, what the code
// may not say. Method: read every source file's #include lines and words.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

struct Source {
    std::string path;  // from the root: "ledger/base/money.h"
    std::string text;
    std::vector<std::string> includes;  // as written, quotes and brackets dropped
};

const std::vector<std::string> rooms = {"ledger", "rules", "reports", "api", "tests"};

std::vector<Source> sources() {
    std::vector<Source> out;
    const std::regex include(R"re(^\s*#include\s+["<]([^">]+)[">])re");
    for (const std::string& room : rooms) {
        for (const auto& entry : fs::recursive_directory_iterator(fs::path(DEODAT_ROOT) / room)) {
            const std::string extension = entry.path().extension().string();
            if (extension != ".h" && extension != ".cpp" && extension != ".inc") continue;
            std::ifstream file(entry.path());
            std::stringstream text;
            text << file.rdbuf();
            Source source{fs::relative(entry.path(), DEODAT_ROOT).generic_string(), text.str(), {}};
            std::istringstream lines(source.text);
            for (std::string line; std::getline(lines, line);) {
                std::smatch found;
                if (std::regex_search(line, found, include)) source.includes.push_back(found[1]);
            }
            out.push_back(std::move(source));
        }
    }
    return out;
}

std::string room_of(const std::string& path) {
    return path.substr(0, path.find('/'));
}

bool starts_with(const std::string& text, const std::string& with) {
    return text.rfind(with, 0) == 0;
}

bool may_include(const std::string& from, const std::string& to) {
    const std::string target = room_of(to);
    if (std::find(rooms.begin(), rooms.end(), target) == rooms.end()) return true;  // not ours
    const std::string room = room_of(from);
    if (room == "tests") return true;
    if (room == "ledger") return target == "ledger";
    if (room == "rules") return target == "rules" || starts_with(to, "ledger/base/");
    if (room == "reports") return target == "reports" || target == "ledger";
    return target != "tests";  // api
}

TEST(House, RoomsIncludeOnlyWhomTheyMay) {
    const auto all = sources();
    ASSERT_GT(all.size(), 60U);
    for (const Source& source : all) {
        for (const std::string& include : source.includes) {
            EXPECT_TRUE(may_include(source.path, include))
                << source.path << " includes " << include;
        }
    }
    EXPECT_FALSE(may_include("ledger/base/day.h", "rules/plan/plan.h"));
    EXPECT_FALSE(may_include("rules/plan/plan.cpp", "ledger/journal/entry.h"));
    EXPECT_FALSE(may_include("reports/figures.cpp", "rules/plan/plan.h"));
    EXPECT_FALSE(may_include("api/main.cpp", "tests/support/x.h"));
}

// Within the ledger each sub-room stands on those below it, and never looks up.
TEST(House, SubRoomsOfTheLedgerStandOnThoseBelow) {
    const std::map<std::string, std::set<std::string>> below = {
        {"base", {}},
        {"store", {"base"}},
        {"journal", {"base", "store"}},
        {"people", {"base", "store"}},
        {"dossiers", {"base", "store", "journal", "people", "funding/programme.h"}},
        {"funding", {"base", "store", "journal", "people", "dossiers"}},
        {"treasury", {"base", "store", "journal", "people", "dossiers", "funding"}},
        {"payments",
         {"base", "store", "journal", "people", "dossiers", "funding", "treasury", "bank/xml.h"}},
        {"bank",
         {"base", "store", "journal", "people", "dossiers", "funding", "treasury", "payments"}},
        {"erasure", {"base", "store", "journal", "people", "dossiers"}},
        {"audit",
         {"base", "store", "journal", "people", "dossiers", "funding", "treasury", "payments",
          "erasure"}},
    };
    for (const Source& source : sources()) {
        if (room_of(source.path) != "ledger") continue;
        const std::string own = room_of(source.path.substr(7));
        ASSERT_TRUE(below.count(own)) << source.path;
        for (const std::string& include : source.includes) {
            if (!starts_with(include, "ledger/")) continue;
            const std::string rest = include.substr(7);
            const bool fine = room_of(rest) == own || below.at(own).count(room_of(rest)) != 0 ||
                              below.at(own).count(rest) != 0;
            EXPECT_TRUE(fine) << source.path << " includes " << include;
        }
    }
}

TEST(House, PocoRapidJsonAndQpdfStayBehindCppFiles) {
    for (const Source& source : sources()) {
        const std::string room = room_of(source.path);
        if (room == "api" || room == "tests" || source.path.ends_with(".cpp")) continue;
        for (const std::string& include : source.includes) {
            EXPECT_FALSE(starts_with(include, "Poco/") || starts_with(include, "rapidjson/") ||
                         starts_with(include, "qpdf/") || include == "xlsxwriter.h" ||
                         include == "sqlite3.h")
                << source.path << " shows " << include;
        }
    }
}

TEST(House, NoFloatingPointNearMoney) {
    const std::regex word(R"(\b(double|float)\b)");
    for (const Source& source : sources()) {
        const std::string room = room_of(source.path);
        if (room == "api" || room == "tests") continue;
        std::istringstream lines(source.text);
        for (std::string line; std::getline(lines, line);) {
            if (line.find("// allowed") != std::string::npos ||
                line.find("double-entry") != std::string::npos) {
                continue;
            }
            EXPECT_FALSE(std::regex_search(line, word)) << source.path << ": " << line;
        }
    }
}

TEST(House, HeadersSayPragmaOnceAndBeginWithTheirContract) {
    for (const Source& source : sources()) {
        if (!source.path.ends_with(".h")) continue;
        EXPECT_NE(source.text.find("#pragma once"), std::string::npos) << source.path;
        EXPECT_TRUE(starts_with(source.text, "// "))
            << source.path << " opens without its contract";
    }
}

TEST(House, TheTopLevelIsThePlans) {
    const std::set<std::string> planned = {"CMakeLists.txt", "README.md", "ledger", "rules", "api",
                                           "reports",        "tests"};
    for (const auto& entry : fs::directory_iterator(DEODAT_ROOT)) {
        const std::string name = entry.path().filename().string();
        if (starts_with(name, ".") || starts_with(name, "build")) continue;
        EXPECT_TRUE(planned.count(name)) << name << " stands at the top level";
    }
}

}  // namespace
