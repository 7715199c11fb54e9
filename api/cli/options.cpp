#include "api/cli/options.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "ledger/base/text.h"
#include "rules/plan/plan_json.h"

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

Exit refuse(const Refusal& refusal, bool as_json) {
    if (as_json) std::cout << rules::refusal_json(refusal) << '\n';
    return refuse(refusal);
}

namespace {

// Refuses with file_unreadable and out_of_range.
Result<std::string> read_all(std::istream& in, const std::string& name,
                             std::size_t expected_bytes = 0) {
    constexpr std::size_t piece_bytes = std::size_t{1} << 16U;
    std::string text;
    text.reserve(std::min(expected_bytes, input_bytes_max));
    for (std::string piece(piece_bytes, '\0'); in;) {
        in.read(piece.data(), static_cast<std::streamsize>(piece_bytes));
        text.append(piece, 0, static_cast<std::size_t>(in.gcount()));
        if (text.size() > input_bytes_max) {
            return Refusal{Code::out_of_range, "",
                           name + " pèse plus de " + std::to_string(input_bytes_max >> 20U) +
                               " Mio, la limite de ce qui se lit."};
        }
    }
    if (in.bad()) return Refusal{Code::file_unreadable, "", name + " ne peut être lu."};
    return text;
}

}  // namespace

Result<std::string> read_input(const std::string& path) {
    if (path.empty()) return read_all(std::cin, "L'entrée");
    const std::string name = "« " + shown(path) + " »";
    std::ifstream in(path, std::ios::binary);
    if (!in) return Refusal{Code::file_unreadable, "", name + " ne peut être lu."};
    // A file says how long it is; a pipe does not.
    std::error_code unknown;
    const auto size = std::filesystem::file_size(path, unknown);
    return read_all(in, name, unknown ? 0 : static_cast<std::size_t>(size));
}

}  // namespace deodat::cli
