// The commands of the ledger that write, by their names, as its headers declare them: what a test
// of every command is held against, so that a new one without its case fails.
#pragma once
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>

namespace deodat::testing_support {

inline std::set<std::string> ledger_commands() {
    std::set<std::string> out;
    const std::regex command(R"((\w+)\(\s*store::Transaction&)");
    const auto ledger = std::filesystem::path(DEODAT_ROOT) / "ledger";
    for (const auto& file : std::filesystem::recursive_directory_iterator(ledger)) {
        if (file.path().extension() != ".h") continue;
        std::ostringstream text;
        text << std::ifstream(file.path()).rdbuf();
        const std::string header = text.str();
        for (std::sregex_iterator found(header.begin(), header.end(), command), end; found != end;
             ++found) {
            out.insert((*found)[1]);
        }
    }
    return out;
}

}  // namespace deodat::testing_support
