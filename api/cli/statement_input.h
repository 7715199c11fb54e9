// A file of statements as the command line names it: with the mapping of its bank, when it needs
// one.
#pragma once
#include "api/cli/options.h"
#include "ledger/bank/statement_file.h"

namespace deodat::cli {

struct StatementInput {
    std::string bytes;
    std::vector<bank::Statement> statements;
};

// Refuses as bank::read_statements and bank::read_csv_mapping do.
inline Result<StatementInput> read_statement_input(const std::string& path,
                                                   const Options& options) {
    std::optional<bank::CsvMapping> mapping;
    if (options.has("--mapping")) {
        const auto text = read_input(options.value("--mapping"));
        if (!text) return text.refusal();
        auto read = bank::read_csv_mapping(*text);
        if (!read) return read.refusal();
        mapping = std::move(*read);
    }
    auto file = read_input(path);
    if (!file) return file.refusal();
    auto statements = bank::read_statements(*file, mapping);
    if (!statements) return statements.refusal();
    return StatementInput{std::move(*file), std::move(*statements)};
}

}  // namespace deodat::cli
