// What a contractor is qualified (RGE) and insured for, day by day, and how a company ends.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/payments/contractor.h"

namespace deodat::payments {

// A line of the national list of RGE companies.
struct Qualification {
    std::string domain;  // its name for the kind of works
    std::string code;
    std::string name;
    std::string body;  // the certifying body
    Day from;
    Day to;  // the last day
};

struct RgeImport {
    std::int64_t rows = 0;     // in the file
    std::int64_t ours = 0;     // of companies that we know
    std::int64_t changed = 0;  // new, or with another last day than before
};

// Takes over, from a file of the national list or of its history (CSV in UTF-8, its columns named
// in the first line), what it says of companies that we know. Of the history the period observed
// counts: it is what a quote's signature is compared with. Refuses a file without the columns it
// needs (missing), and whole when a line of a company of ours cannot be read, with its number.
Result<RgeImport> import_rge(store::Transaction& tx, std::string_view file, PersonId officer);

// By domain and first day.
std::vector<Qualification> qualifications_of(store::Database& db, ContractorId contractor);

// Whether the contractor held that day a qualification for that trade; nothing for a trade that
// needs none (ledger/data/rge_domains.csv).
std::optional<bool> is_qualified(store::Database& db, ContractorId contractor,
                                 std::string_view trade, Day day);

struct Insurance {
    std::string insurer;
    std::string policy;
    Day from;
    Day to;  // the last day
};
// A ten-year liability insurance (décennale). Refuses unclean texts and an end before its start.
Result<Done> add_insurance(store::Transaction& tx, ContractorId contractor,
                           const Insurance& insurance, PersonId officer);
bool is_insured(store::Database& db, ContractorId contractor, Day day);

enum class ContractorEnd : std::uint8_t { closed, proceedings };
struct EndOfContractor {
    ContractorEnd kind;
    Day on;
    std::string source;  // where it was read: "BODACC du 3 mars 2026"
};
// The company is closed, or in the hands of the court: accounts confirmed before are not paid any
// more (contractor_account.h). Told once; refuses a day after today.
Result<Done> end_contractor(store::Transaction& tx, ContractorId contractor,
                            const EndOfContractor& end, PersonId officer);
std::optional<EndOfContractor> end_of(store::Database& db, ContractorId contractor);

}  // namespace deodat::payments
