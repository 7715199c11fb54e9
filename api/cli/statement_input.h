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

// The options that say how a bank writes its files: --mapping FILE, --reversals booked|original.
// Refuses (usage) another word, and as bank::read_csv_mapping does.
Result<bank::BankProfile> bank_profile(const Options& options);

// Refuses as bank::read_statements does.
Result<StatementInput> read_statement_input(const std::string& path, const Options& options);

}  // namespace deodat::cli
