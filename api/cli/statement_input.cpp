#include "api/cli/statement_input.h"

#include "ledger/base/text.h"

namespace deodat::cli {

Result<bank::BankProfile> bank_profile(const Options& options) {
    bank::BankProfile out;
    if (options.has("--mapping")) {
        const auto text = read_input(options.value("--mapping"));
        if (!text) return text.refusal();
        auto mapping = bank::read_csv_mapping(*text);
        if (!mapping) return mapping.refusal();
        out.mapping = std::move(*mapping);
    }
    const std::string reversals =
        options.has("--reversals") ? options.value("--reversals") : "booked";
    if (reversals != "booked" && reversals != "original") {
        return Refusal{Code::usage, "",
                       "--reversals : « " + shown(reversals) +
                           " » ne convient pas, booked ou original est attendu."};
    }
    if (reversals == "original") out.reversal_sign = bank::ReversalSign::of_the_original;
    return out;
}

Result<StatementInput> read_statement_input(const std::string& path, const Options& options) {
    const auto profile = bank_profile(options);
    if (!profile) return profile.refusal();
    auto file = read_input(path);
    if (!file) return file.refusal();
    auto statements = bank::read_statements(*file, *profile);
    if (!statements) return statements.refusal();
    return StatementInput{std::move(*file), std::move(*statements)};
}

}  // namespace deodat::cli
