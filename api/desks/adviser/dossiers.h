// The adviser opens dossiers, adds quotes and aids decided elsewhere, and gives a dossier up.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "api/desks/desk.h"
#include "ledger/dossiers/plan.h"
#include "ledger/dossiers/works.h"

namespace deodat::adviser_desk {

Result<DossierId> open_dossier(desks::Desk& desk, ProgrammeId programme,
                               const dossiers::Household& household,
                               const dossiers::Dwelling& dwelling);

struct QuoteEntry {
    ContractorId contractor;
    std::string number;
    Day issued_on;
    std::vector<dossiers::WorksLine> lines;
};
Result<QuoteId> add_quote(desks::Desk& desk, DossierId dossier, const QuoteEntry& quote);

// An aid the rules do not know, with its motive.
Result<Done> give_aid(desks::Desk& desk, DossierId dossier, const dossiers::GivenAid& aid);

// Before works only.
Result<EntryId> abandon(desks::Desk& desk, DossierId dossier, std::string_view reason);

}  // namespace deodat::adviser_desk
