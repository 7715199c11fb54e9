// deodat verify, report: what the ledger of a data directory proves and says.
#include <unistd.h>

#include <fstream>
#include <iostream>

#include "api/cli/data_directory.h"
#include "api/cli/options.h"
#include "ledger/audit/anchor.h"
#include "ledger/audit/audit.h"
#include "ledger/base/text.h"
#include "ledger/journal/balances.h"
#include "reports/figures.h"

namespace deodat::cli {
namespace {

// --as-of and --entry: what was valued by that day and recorded up to that number. Without them,
// today and the last entry.
Result<journal::AsOf> as_of(store::Database& db, const Options& options, Day today) {
    journal::AsOf out{today, journal::last_entry(db)};
    if (options.has("--as-of")) {
        const auto parsed = Day::parse("as_of", options.value("--as-of"));
        if (!parsed) return parsed.refusal();
        out.day = *parsed;
    }
    if (options.has("--entry")) {
        const auto number = options.number("--entry", 1, out.entry.value);
        if (!number) return number.refusal();
        out.entry = {*number};
    }
    return out;
}

Exit report_funder(store::Database& db, const Options& options, const funding::Programme& programme,
                   const journal::AsOf& as_of) {
    const auto funder = funding::funder_by_code(db, options.value("--funder"));
    if (!funder) return refuse(funder.refusal());
    const auto data = reports::read_funder_reconciliation(db, programme, *funder, as_of);
    DEODAT_ASSERT(reports::write_funder_reconciliation(options.value("--out"), data),
                  "a reconciliation agrees with the ledger");
    return Exit::done;
}

Exit report_treasury(store::Database& db, const Options& options,
                     const funding::Programme& programme, const journal::AsOf& as_of) {
    const auto data = reports::read_treasury_position(db, programme, as_of);
    DEODAT_ASSERT(reports::write_treasury_workbook(options.value("--out"), data),
                  "the treasury's workbook agrees with the ledger");
    return Exit::done;
}

}  // namespace

Exit verify(Arguments arguments) {
    const auto options = Options::read(arguments, {}, {"--data", "--anchor"});
    if (!options) return refuse(options.refusal());
    if (!options->has("--data") || !options->positional().empty()) return Exit::usage;
    std::string outside;
    if (options->has("--anchor")) {
        const auto text = read_input(options->value("--anchor"));
        if (!text) return refuse(text.refusal());
        outside = *text;
    }
    const auto reading = open_data(options->value("--data"), store::Store::Access::read);
    if (!reading) return refuse(reading.refusal());
    const bool terminal = ::isatty(STDERR_FILENO) == 1;
    auto snapshot = (*reading)->store->snapshot();
    auto proof = audit::verify(snapshot.db(), [&](std::int64_t entries) {
        if (terminal) std::cerr << "\r" << entries << " écritures…" << std::flush;
    });
    if (options->has("--anchor")) {
        audit::check_signature_text(proof, snapshot.db(), outside);
    }
    if (terminal) std::cerr << "\r\033[K";
    EntryId first_bad;
    for (const journal::VerificationFault& fault : proof.faults) {
        std::cout << "✘ " << fault.what << "\n";
        if (fault.entry && (!first_bad || fault.entry < first_bad)) first_bad = fault.entry;
    }
    if (first_bad) std::cout << "Première écriture en cause : n° " << first_bad.value << "\n";
    for (const std::string& erasure : proof.erasures) std::cout << erasure << "\n";
    std::cout << proof.entries << " écritures, " << proof.postings << " lignes, dernière empreinte "
              << hexadecimal(proof.head_hash) << "\n"
              << proof.records << " enregistrements, dernière empreinte "
              << hexadecimal(proof.record_hash) << "\n"
              << (proof.proven() ? "✔ chaîne, équilibre, soldes et dossiers vérifiés\n"
                                 : "Le grand livre n'est pas prouvé.\n");
    return proof.proven() ? Exit::done : Exit::broken_invariant;
}

Exit report(Arguments arguments) {
    const auto options = Options::read(
        arguments, {}, {"--data", "--out", "--funder", "--programme", "--as-of", "--entry"});
    if (!options) return refuse(options.refusal());
    if (!options->has("--data") || !options->has("--out") || options->positional().size() != 1) {
        return Exit::usage;
    }
    const std::string name = options->positional().front();
    const bool funder = name == "funder" && options->has("--funder");
    if (!funder && name != "treasury") return Exit::usage;
    const auto reading = open_data(options->value("--data"), store::Store::Access::read);
    if (!reading) return refuse(reading.refusal());
    auto snapshot = (*reading)->store->snapshot();
    const auto programme = funding::programme_by_code(snapshot.db(), options->value("--programme"));
    if (!programme) return refuse(programme.refusal());
    const auto quoted = as_of(snapshot.db(), *options, (*reading)->clock.today());
    if (!quoted) return refuse(quoted.refusal());
    return funder ? report_funder(snapshot.db(), *options, *programme, *quoted)
                  : report_treasury(snapshot.db(), *options, *programme, *quoted);
}

}  // namespace deodat::cli
