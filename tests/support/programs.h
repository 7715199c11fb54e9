// What the tests of reports share: a directory of their own, other programs, and another reader of
// XLSX.
#pragma once
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "ledger/base/invariant.h"

namespace deodat::testing_support {

// A directory that goes with the test.
class TestDirectory {
  public:
    explicit TestDirectory(
        const std::filesystem::path& under = std::filesystem::temp_directory_path()) {
        std::string pattern = (under / "deodat-XXXXXX").string();
        if (mkdtemp(pattern.data()) == nullptr)
            throw EnvironmentFailure("no directory for the test");
        path_ = pattern;
    }
    ~TestDirectory() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TestDirectory(const TestDirectory&) = delete;
    TestDirectory& operator=(const TestDirectory&) = delete;
    std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

struct Outcome {
    int status;
    std::string output;
};

inline Outcome run(const std::string& command) {
    std::FILE* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) return {-1, {}};
    std::string output;
    char buffer[4096];
    for (std::size_t got = 0; (got = fread(buffer, 1, sizeof buffer, pipe)) > 0;) {
        output.append(buffer, got);
    }
    return {pclose(pipe), output};
}

// What a program of ours answers, run in a directory, where its outputs stay in "out" and "err".
struct Answer {
    int code;
    std::string out;
    std::string err;
};

inline std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline Answer run_in(const TestDirectory& directory, const std::string& program,
                     const std::string& arguments) {
    const auto at = [&](const char* name) { return "'" + (directory / name).string() + "'"; };
    const Outcome ran = run("cd " + at("") + " && '" + program + "' " + arguments +
                            " </dev/null >" + at("out") + " 2>" + at("err"));
    return {WEXITSTATUS(ran.status), bytes_of(directory / "out"), bytes_of(directory / "err")};
}

inline bool has_program(const std::string& name) {
    return run("command -v " + name + " >/dev/null 2>&1").status == 0;
}

inline std::vector<std::string> split(const std::string& text, char at) {
    std::vector<std::string> parts;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, at);) parts.push_back(part);
    return parts;
}

struct ReadCell {
    std::string type;  // n, str (a formula's text), inlineStr, s
    std::string value;
    std::string formula;
};

// Sheet name and cell name ("F5") to the cell, as read by a Python script that knows nothing of our
// writer.
using ReadBook = std::map<std::pair<std::string, std::string>, ReadCell>;

inline ReadBook read_xlsx(const std::filesystem::path& path) {
    const Outcome read =
        run("python3 '" DEODAT_ROOT "/tests/scripts/read_xlsx.py' '" + path.string() + "'");
    EXPECT_EQ(read.status, 0) << path;
    ReadBook book;
    for (const std::string& line : split(read.output, '\n')) {
        std::vector<std::string> parts = split(line + "\t", '\t');
        parts.resize(5);
        book[{parts[0], parts[1]}] = {parts[2], parts[3], parts[4]};
    }
    return book;
}

// Which no-break space separates thousands is the spreadsheet's choice.
inline std::string plain_blanks(std::string text) {
    for (const std::string blank : {"\u00a0", "\u202f"}) {
        for (std::size_t at = 0; (at = text.find(blank)) != std::string::npos;) {
            text.replace(at, blank.size(), " ");
        }
    }
    return text;
}

// LibreOffice, with a profile of its own in the test's directory. Recalculates everything on
// loading.
inline bool convert(const TestDirectory& directory, const std::filesystem::path& file,
                    const std::string& to, const std::string& out) {
    // Files of another program are recalculated on loading only when told so: 0 = always.
    const std::filesystem::path profile = directory / "profile/user";
    std::filesystem::create_directories(profile);
    std::ofstream(profile / "registrymodifications.xcu")
        << R"(<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" )"
           R"(xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">)"
           R"(<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" )"
           R"(oor:op="fuse"><value>0</value></prop></item></oor:items>)";
    const std::string command = "timeout 120 soffice -env:UserInstallation=file://" +
                                (directory / "profile").string() + " --headless --convert-to '" +
                                to + "' --outdir '" + (directory / out).string() + "' '" +
                                file.string() + "' >/dev/null 2>&1";
    return run(command).status == 0;
}

}  // namespace deodat::testing_support
