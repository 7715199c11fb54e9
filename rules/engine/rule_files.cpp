#include "rules/engine/rule_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "embedded/rules_engine.h"
#include "ledger/base/text.h"

namespace deodat::rules {
namespace {

Refusal unreadable(const std::string& path, std::string_view why) {
    return {Code::file_unreadable, "", "« " + shown(path) + " » : " + std::string(why) + "."};
}

}  // namespace

std::vector<RuleFile> embedded_rule_files() {
    std::vector<RuleFile> files;
    for (const embedded::File& file : embedded::rules_engine_files()) {
        files.push_back({std::string(file.name), std::string(file.text)});
    }
    return files;
}

Result<std::vector<RuleFile>> rule_files_in(const std::string& directory) {
    std::error_code error;
    std::vector<std::filesystem::path> paths;
    for (std::filesystem::directory_iterator at(directory, error), end; !error && at != end;
         at.increment(error)) {
        if (at->path().extension() == ".rules") paths.push_back(at->path());
    }
    if (error) return unreadable(directory, "ce dossier ne peut être lu");
    if (paths.empty()) return unreadable(directory, "aucun fichier .rules dans ce dossier");
    std::sort(paths.begin(), paths.end());
    std::vector<RuleFile> files;
    for (const std::filesystem::path& path : paths) {
        std::ifstream in(path, std::ios::binary);
        std::ostringstream text;
        text << in.rdbuf();
        if (!in) return unreadable(path.string(), "ce fichier ne peut être lu");
        files.push_back({path.filename().string(), text.str()});
    }
    return files;
}

const RuleSet& embedded_rules() {
    static const Loading loading = [] {
        const std::vector<RuleFile> files = embedded_rule_files();
        Loading loaded = compile(files);
        DEODAT_ASSERT(loaded.rules != nullptr, "the rule texts inside the program are in order");
        return loaded;
    }();
    return *loading.rules;
}

}  // namespace deodat::rules
