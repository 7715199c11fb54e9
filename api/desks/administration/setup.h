// The administrator's desk: people, programmes, funders and the end of an exercice.
#pragma once
#include <string_view>
#include <vector>

#include "api/desks/desk.h"
#include "ledger/funding/programme.h"
#include "ledger/payments/payment_channel.h"
#include "ledger/people/person.h"

namespace deodat::administration_desk {

// The first person of a new ledger, an administrator. Refuses when there is one already.
Result<PersonId> add_first_administrator(store::Store& store, std::string_view name);
Result<PersonId> add_person(desks::Desk& desk, std::string_view name,
                            const std::vector<people::Role>& roles);
Result<ProgrammeId> open_programme(desks::Desk& desk, const funding::NewProgramme& programme);
Result<FunderId> add_funder(desks::Desk& desk, std::string_view code, std::string_view name,
                            journal::FunderFamily family);

// How the programme's payments leave from the next file on.
Result<Done> set_payment_channel(desks::Desk& desk, ProgrammeId programme,
                                 const payments::PaymentChannel& channel);

// Closes the exercice for ever (ledger/treasury/period_closing.h).
Result<EntryId> close_period(desks::Desk& desk, int year);

}  // namespace deodat::administration_desk
