// Goal: what is said to be proven has its test. The README's table of guarantees names tests that
// exist, and every test of a guarantee belongs to a row; every case of the casebook's areas that
// concern what exists has a test of its name, or stands in tests/data/casebook.txt with the reason.
// Method: the names of tests are read from their sources.
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

std::string text_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

std::vector<std::string> lines_of(const fs::path& path) {
    std::istringstream text(text_of(path));
    std::vector<std::string> out;
    for (std::string line; std::getline(text, line);) out.push_back(line);
    return out;
}

// "G03_Kill.EveryAcknowledged…" to the file that holds it.
std::map<std::string, std::string> tests() {
    static const std::regex test(
        R"re((?:TEST|TEST_F|TEST_P|RC_GTEST_PROP|RC_GTEST_FIXTURE_PROP)\(\s*(\w+),\s*(\w+)[,)])re");
    std::map<std::string, std::string> out;
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(DEODAT_ROOT) / "tests")) {
        if (entry.path().extension() != ".cpp") continue;
        const std::string text = text_of(entry.path());
        for (std::sregex_iterator at(text.begin(), text.end(), test), end; at != end; ++at) {
            out[(*at)[1].str() + "." + (*at)[2].str()] = entry.path().string();
        }
    }
    return out;
}

std::vector<std::string> words_of(const std::string& line) {
    std::istringstream stream(line);
    std::vector<std::string> out;
    for (std::string word; stream >> word;) out.push_back(word);
    return out;
}

// The two digits of "G07_TamperEvidence.…" or of "TwoDates.G16_…"; empty for another test.
std::string guarantee_of(const std::string& test) {
    static const std::regex number(R"re((?:^|\.)G([0-9]{2})_)re");
    std::smatch found;
    return std::regex_search(test, found, number) ? found[1].str() : "";
}

// A row: "| 7 | what is stated | `name` `name` | long | limits |".
struct Row {
    std::string number;
    std::string proof;
    std::string when_long;
};

std::vector<Row> guarantees() {
    static const std::regex row(R"re(^\| ([0-9]+) \| [^|]+ \| ([^|]+) \| ([^|]+) \| [^|]* \|$)re");
    std::vector<Row> out;
    for (const std::string& line : lines_of(fs::path(DEODAT_ROOT) / "README.md")) {
        std::smatch found;
        if (!std::regex_match(line, found, row)) continue;
        const std::string number = found[1];
        out.push_back({(number.size() == 1 ? "0" : "") + number, found[2], found[3]});
    }
    return out;
}

// How many times as much the tests of a source try in long runs.
std::set<int> factors_of(const std::string& source) {
    static const std::regex factor(R"re(times_in_long_run\(([0-9]+)\))re");
    std::set<int> out;
    for (std::sregex_iterator at(source.begin(), source.end(), factor), end; at != end; ++at) {
        out.insert(std::stoi((*at)[1]));
    }
    // What tests/run.sh asks of RapidCheck, beside its hundred.
    if (source.find("RC_GTEST_PROP") != std::string::npos) out.insert(20);
    return out;
}

TEST(Proofs, ALongRunTriesFiveTimesAsMuchAtLeast) {
    for (const auto& [test, file] : tests()) {
        if (guarantee_of(test).empty()) continue;
        for (const int factor : factors_of(text_of(file))) EXPECT_GE(factor, 5) << file;
    }
}

TEST(Proofs, EachGuaranteeOfTheReadmeHasItsTests) {
    const std::string times = "× ";
    const auto all = tests();
    ASSERT_GT(all.size(), 300U);
    const auto rows = guarantees();
    EXPECT_GE(rows.size(), 17U);
    std::set<std::string> listed;
    const std::regex quoted("`([^`]+)`");
    for (const Row& row : rows) {
        listed.insert(row.number);
        std::size_t of_its_number = 0;
        std::set<int> its_factors;
        for (std::sregex_iterator at(row.proof.begin(), row.proof.end(), quoted), end; at != end;
             ++at) {
            // A suite, or a test, named by its beginning.
            const std::string name = (*at)[1];
            std::size_t found = 0;
            std::set<int> factors;
            for (const auto& [test, file] : all) {
                const bool named =
                    test.starts_with(name) || test.substr(test.find('.') + 1).starts_with(name);
                if (!named) continue;
                ++found;
                if (guarantee_of(test) == row.number) ++of_its_number;
                factors.merge(factors_of(text_of(file)));
            }
            EXPECT_GT(found, 0U) << "no test is called " << name << " (guarantee " << row.number
                                 << ")";
            its_factors.merge(factors);
        }
        if (row.when_long.starts_with(times)) {
            const int factor = std::stoi(row.when_long.substr(times.size()));
            EXPECT_EQ(its_factors.count(factor), 1U)
                << "no test of guarantee " << row.number << " tries " << factor << " times as much";
        } else {
            EXPECT_TRUE(row.when_long.starts_with("all")) << row.when_long;
        }
        EXPECT_GT(of_its_number, 0U) << "guarantee " << row.number << " has no test of its number";
    }
    for (const auto& [test, file] : all) {
        const std::string number = guarantee_of(test);
        if (number.empty()) continue;
        EXPECT_EQ(listed.count(number), 1U) << test << " is of no guarantee in the README";
    }
}

struct Page {
    std::set<std::string> areas;
    std::map<std::string, std::vector<std::string>> elsewhere;  // case to its tests
    std::set<std::string> absent;
    std::set<std::string> part;
};

Page page() {
    Page out;
    for (const std::string& line : lines_of(fs::path(DEODAT_ROOT) / "tests/data/casebook.txt")) {
        if (line.empty() || line[0] == '#') continue;
        const auto words = words_of(line);
        EXPECT_GE(words.size(), 2U) << line;
        if (words[0] == "area") {
            out.areas.insert(line.substr(5));
        } else if (words[0] == "tested") {
            out.elsewhere[words[1]] = {words.begin() + 2, words.end()};
        } else {
            EXPECT_TRUE(words[0] == "absent" || words[0] == "part") << line;
            EXPECT_GE(words.size(), 3U) << "no reason: " << line;
            (words[0] == "absent" ? out.absent : out.part).insert(words[1]);
        }
    }
    return out;
}

TEST(Proofs, EachCaseOfTheCasebookIsTestedOrSaysWhyNot) {
    const auto all = tests();
    const Page said = page();
    const auto tested = [&](std::string id) {
        id[id.find('-')] = '_';
        return std::any_of(all.begin(), all.end(), [&](const auto& test) {
            return test.first.find("." + id + "_") != std::string::npos;
        });
    };
    for (const auto& [id, names] : said.elsewhere) {
        EXPECT_FALSE(names.empty()) << id;
        for (const std::string& name : names) EXPECT_EQ(all.count(name), 1U) << id << ": " << name;
    }
    for (const std::string& id : said.absent) {
        EXPECT_FALSE(tested(id)) << id << " is tested: it is not absent";
    }
    for (const std::string& id : said.part) EXPECT_TRUE(tested(id)) << id;

    const fs::path casebook = fs::path(DEODAT_ROOT) / "../shared/casebook/casebook.jsonl";
    if (!fs::exists(casebook)) GTEST_SKIP() << "skipped: no " << casebook;
    const std::regex id(R"re("id": *"([A-Z]+-[0-9]+)")re");
    const std::regex area(R"re("area": *"([^"]+)")re");
    std::set<std::string> areas_met;
    for (const std::string& line : lines_of(casebook)) {
        std::smatch its_id;
        std::smatch its_area;
        if (!std::regex_search(line, its_id, id) || !std::regex_search(line, its_area, area)) {
            ADD_FAILURE() << "not a case: " << line;
            continue;
        }
        if (said.areas.count(its_area[1]) == 0) continue;
        areas_met.insert(its_area[1]);
        const bool answered = tested(its_id[1]) || said.elsewhere.count(its_id[1]) != 0 ||
                              said.absent.count(its_id[1]) != 0;
        EXPECT_TRUE(answered) << its_id[1] << " has neither a test nor a reason";
    }
    EXPECT_EQ(areas_met, said.areas);
}

}  // namespace
