// Programmes and funders: who finances, with which fund, under which ceiling, in which perimeter.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/iban.h"
#include "ledger/journal/entry.h"

namespace deodat::funding {

struct NewProgramme {
    std::string code;  // short and unique: "HMD"
    std::string name;
    std::string operation;                 // one to four digits, appended to accounts 4581 and 4582
    Iban account;                          // of the programme, at the Treasury
    Money ceiling;                         // of committed exposure
    std::vector<std::string> epci_sirens;  // its perimeter
    Day opened_on;
};

struct Programme {
    journal::ProgrammeRef ref;
    std::string code;
    std::string name;
    std::string iban;
    Money ceiling;
    Day opened_on;
    std::vector<std::string> epci_sirens;
};

// Refuses a code, operation or account that another programme has, an operation that is not digits,
// no EPCI, one that is not a SIREN or is named twice.
Result<ProgrammeId> open_programme(store::Transaction& tx, const NewProgramme& programme,
                                   PersonId administrator);
std::optional<Programme> find_programme(store::Database& db, ProgrammeId id);
std::vector<Programme> programmes(store::Database& db);
// The programme of that code; the only one when the code is empty.
Result<Programme> programme_by_code(store::Database& db, std::string_view code);

struct Funder {
    journal::FunderRef ref;
    std::string code;  // as rules and plans name it: "anah", "region"
    std::string name;
};

// Refuses a code that another funder has.
Result<FunderId> add_funder(store::Transaction& tx, std::string_view code, std::string_view name,
                            journal::FunderFamily family, PersonId administrator);
std::optional<Funder> find_funder(store::Database& db, FunderId id);
Result<Funder> funder_by_code(store::Database& db, std::string_view code);
std::vector<Funder> funders(store::Database& db);

}  // namespace deodat::funding
