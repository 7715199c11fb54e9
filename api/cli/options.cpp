#include "api/cli/options.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iostream>
#include <sstream>

#include "ledger/base/text.h"

namespace deodat::cli {
namespace {

bool listed(const std::vector<std::string_view>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

Refusal usage(std::string message) {
    return {Code::usage, "", std::move(message)};
}

}  // namespace

Result<Options> Options::read(Arguments arguments, const std::vector<std::string_view>& flags,
                              const std::vector<std::string_view>& with_value) {
    Options made;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string_view argument = arguments[i];
        if (!argument.starts_with("--")) {
            made.positional_.emplace_back(argument);
            continue;
        }
        const std::string shown_name = "« " + shown(argument) + " »";
        const bool takes_value = listed(with_value, argument);
        if (!takes_value && !listed(flags, argument)) {
            return usage("L'option " + shown_name + " n'existe pas pour cette commande.");
        }
        if (made.has(argument)) return usage("L'option " + shown_name + " est donnée deux fois.");
        if (takes_value && i + 1 == arguments.size()) {
            return usage("L'option " + shown_name + " attend une valeur.");
        }
        made.values_[std::string(argument)] = takes_value ? arguments[++i] : std::string_view();
    }
    return made;
}

std::string Options::value(std::string_view name) const {
    const auto at = values_.find(name);
    return at == values_.end() ? "" : at->second;
}

Result<std::int64_t> Options::number(std::string_view name, std::int64_t least,
                                     std::int64_t most) const {
    return whole_number(name, value(name), least, most);
}

Result<std::int64_t> whole_number(std::string_view name, const std::string& text,
                                  std::int64_t least, std::int64_t most) {
    const char* const end = text.data() + text.size();
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), end, number);
    if (read.ec == std::errc() && read.ptr == end && number >= least && number <= most) {
        return number;
    }
    std::string bounds = "à partir de " + std::to_string(least);
    if (most != INT64_MAX) bounds += ", jusqu'à " + std::to_string(most);
    return Refusal{Code::malformed,
                   std::string(name.substr(std::min(name.size(), name.find_first_not_of('-')))),
                   std::string(name) + " : « " + shown(text) +
                       " » ne convient pas, un nombre entier est attendu, " + bounds + "."};
}

Exit refuse(const Refusal& refusal) {
    std::cerr << "deodat : " << refusal.message << '\n';
    return refusal.code == Code::usage ? Exit::usage : Exit::refused;
}

Result<std::string> read_input(const std::string& path) {
    std::ostringstream text;
    if (path.empty()) {
        text << std::cin.rdbuf();
        return text.str();
    }
    std::ifstream in(path, std::ios::binary);
    if (in) text << in.rdbuf();
    if (!in) {
        return Refusal{Code::file_unreadable, "", "« " + shown(path) + " » ne peut être lu."};
    }
    return text.str();
}

}  // namespace deodat::cli
